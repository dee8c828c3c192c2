"""Pages by html-manager, to compare with: which scripts they load, and what is said where npm is missing."""

import json
from pathlib import Path

import pytest

from benchmarks import manager, pages
from benchmarks.measuring import Row

STATE = {"a": {"model_name": "AnyModel", "state": {"_esm": "draw()</script>", "_css": "", "z": 0.5}}}
PAGE = """<html><head><meta charset="utf-8">
<script type="application/vnd.jupyter.widget-state+json">{state}</script>
<script defer="" src="../_static/widgets.js?v=1"></script></head>
<body><script type="application/vnd.jupyter.widget-view+json">{{"model_id": "a"}}</script></body></html>
"""


@pytest.fixture
def site(tmp_path):
    """A site of one page with one widget."""
    for folder in ("book", "_static"):
        (tmp_path / folder).mkdir()
    state = manager.embed.escape_script(json.dumps({"state": STATE, "version_major": 2}))
    (tmp_path / "book/one.html").write_text(PAGE.format(state=state))
    (tmp_path / "book/none.html").write_text("<html></html>")
    (tmp_path / "_static/widgets.js").write_text("run()")
    return tmp_path


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """html-manager's three scripts, of 1000 bytes each."""
    monkeypatch.setattr(manager, "FOLDER", tmp_path / "bench")
    paths = [tmp_path / name for name in ("require.js", "embed-amd.js", "index.js")]
    for path in paths:
        path.write_bytes(b"x" * 1000)
    return manager.Manager(*paths)


def sources(path):
    """Return the names of the scripts that a page loads."""
    return [part.split('"')[0].rpartition("/")[2] for part in path.read_text().split(' src="')[1:]]


def test_a_page_gets_other_scripts_in_the_place_of_the_runtime(site, theirs):
    path = theirs.in_place(site, "book/one.html")
    assert sources(path) == ["require.js", "embed-amd.js"]
    text = path.read_text()
    # what the page loads besides lies where it lay
    assert f'<head><base href="{(site / "book/one.html").as_uri()}">' in text
    assert json.dumps((theirs.anywidget.parent / "index").as_uri()) in text
    assert manager.STATE.search(text)[1] == manager.STATE.search((site / "book/one.html").read_text())[1]


def test_a_page_without_the_runtime_is_refused(site, theirs):
    with pytest.raises(
        ValueError, match=r"none\.html should load the course's runtime once, but does 0 times"
    ):
        theirs.in_place(site, "book/none.html")


def test_the_widgets_alone_are_the_same_with_either_scripts(site, theirs):
    paths = theirs.alone(site, "book/one.html")
    assert sources(paths["ours"]) == ["widgets.js"]
    assert sources(paths["theirs"]) == ["require.js", "embed-amd.js"]
    for path in paths.values():
        text = path.read_text()
        assert "://cdn" not in text
        assert json.loads(manager.STATE.search(text)[1])["state"] == STATE
        assert [json.loads(view) for view in manager.VIEW.findall(text)] == [{"model_id": "a"}]


def test_the_scripts_of_a_page_are_set_beside_those_of_html_manager(site, theirs):
    weights = pages.weights(site)
    assert list(weights) == ["book/one.html"]
    module = len(json.dumps(STATE["a"]["state"]["_esm"]))
    ours, whole = module + len("run()"), 3000 + module
    assert weights["book/one.html"] | {"data": 0} == {
        "widgets": 1, "modules": module, "script": ours, "data": 0,
    }  # fmt: skip
    row = pages.weighed(weights, theirs, "")
    assert row.ratio == whole / ours
    assert (row.target, row.met) == ("under 150 kB", True)
    assert pages.weighed(weights, None, "not measured: x") == Row(
        row.what, row.ours, "not measured: x", None, row.target, True
    )
    weights["book/one.html"]["script"] = 150_000
    assert not pages.weighed(weights, theirs, "").met


def test_without_npm_there_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(manager, "FOLDER", tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(manager.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(manager.NotFetched, match="there is no npm here"):
        manager.fetched()


def test_what_npm_says_is_told_on_one_line_and_nothing_is_left(tmp_path, monkeypatch):
    program = tmp_path / "npm"
    program.write_text("#!/bin/sh\necho 'npm error\n  404' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(manager, "FOLDER", tmp_path / "bench")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(manager.NotFetched, match=r"^npm pack failed: npm error 404$"):
        manager.fetched()
    # the environment's own is asked where the machine has none
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(manager.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(manager.NotFetched, match=r"^npm pack failed: npm error 404$"):
        manager.fetched()
    assert not list(manager.FOLDER.iterdir())


def test_a_site_that_is_not_there_has_a_sentence(tmp_path, monkeypatch, site):
    monkeypatch.setenv("GRULAB_SITE", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match=r"There is no built site in .*nowhere. Run: make book"):
        pages.built()
    (site / "index.html").touch()
    monkeypatch.setenv("GRULAB_SITE", str(site))
    assert pages.built() == Path(site).resolve()
