"""`make address` writes two values into _config.yml and leaves every other letter as it is."""

from functools import partial
from pathlib import Path

import notebooks
import pytest
import settings
import yaml
from source import Fault

from tests.committing import SETTINGS, commit, git

CONFIG = (Path(__file__).resolve().parents[1] / "_config.yml").read_text(encoding="utf-8")
BARE = 'title: x\nrepository:\n  url: ""   # note\n  branch: main\nsphinx:\n  config:\n    other: 1\n'
URL = "https://github.com/owner/some.name-1"


@pytest.mark.parametrize("url", [URL, URL + ".git", URL + "/", f"  {URL}  "])
def test_an_address_is_written_in_its_plain_form(url):
    assert settings.validated(url) == URL


@pytest.mark.parametrize(
    "url",
    [
        "",
        "github.com/owner/name",
        "http://github.com/owner/name",
        "https://gitlab.com/owner/name",
        "https://github.com/owner",
        "https://github.com/owner/name/tree/main",
        "https://github.com/owner/name?tab=1",
        'https://github.com/owner/na"me',
        "git@github.com:owner/name.git",
    ],
)
def test_anything_else_is_refused_with_a_sentence(url):
    with pytest.raises(Fault, match=r"is not the address of a repository on GitHub\. Give it as https://"):
        settings.validated(url)


@pytest.mark.parametrize("user", ["me", "me:secret", ":secret"])
def test_credentials_are_refused_and_not_repeated(user):
    with pytest.raises(Fault) as caught:
        settings.validated(f"https://{user}@github.com/owner/name")
    assert "user name or a password" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("ref", ["-x", 'a"b', "a b", ""])
def test_a_ref_that_is_no_name_is_refused(ref):
    with pytest.raises(Fault, match="not the name of a commit or a tag"):
        settings.with_address(BARE, URL, ref)


@pytest.mark.parametrize(
    "text", [CONFIG, BARE, BARE.replace("    other: 1", "    clone_ref: x\n    other: 1")]
)
def test_only_two_values_change(text):
    new = settings.with_address(text, URL, "abc123")
    address = settings.from_config(new)
    assert (address.url, address.ref) == (URL, "abc123")
    old_lines, new_lines = text.splitlines(), new.splitlines()
    changed = [line for line in new_lines if line not in old_lines]
    assert len(changed) == 2
    assert all("url:" in line or "clone_ref:" in line for line in changed)
    assert [line.split("#")[1:] for line in old_lines if "url:" in line] == [
        line.split("#")[1:] for line in new_lines if "url:" in line
    ]
    assert settings.with_address(new, URL, "abc123") == new


def test_a_config_that_is_not_understood_is_left_alone():
    with pytest.raises(Fault, match="repository"):
        settings.with_address("title: x\n", URL, "abc")
    with pytest.raises(Fault, match="by hand"):
        settings.with_address(
            'repository: {url: ""}\nrepository:\n  url: ""\nsphinx:\n  config: {}\n', URL, "abc"
        )


def test_without_an_address_the_ref_is_main():
    assert settings.from_config("title: x\n") == settings.Address("", "main", "main")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "grulab").mkdir()
    (tmp_path / "book").mkdir()
    (tmp_path / "grulab/__init__.py").write_text("x = 1\n")
    (tmp_path / "_config.yml").write_text(CONFIG)
    commit(tmp_path, "first")
    return tmp_path, partial(git, tmp_path)


def test_the_current_commit_is_what_notebooks_fetch(repository):
    root, git = repository
    notebooks.set_address(URL, None, root)
    written = yaml.safe_load((root / "_config.yml").read_text())
    assert written["repository"]["url"] == URL
    assert written["sphinx"]["config"]["clone_ref"] == git("rev-parse", "HEAD")


def test_a_second_run_changes_nothing_not_even_once_the_first_is_committed(repository):
    root, git = repository
    first = git("rev-parse", "HEAD")
    notebooks.set_address(URL, None, root)
    written = {path: path.read_bytes() for path in [root / "_config.yml", *root.rglob("*.ipynb")]}
    notebooks.set_address(URL, None, root)
    commit(root, "the address")
    notebooks.set_address(URL, None, root)
    assert git("status", "--porcelain") == ""
    assert {path: path.read_bytes() for path in written} == written
    # a fork has the commit in its history
    notebooks.set_address(f"{URL}-fork", None, root)
    assert settings.from_config((root / "_config.yml").read_text()).ref == first


@pytest.mark.parametrize(
    "change", ["grulab/__init__.py", "tests/hidden/ex01.py", "solutions/01_a.md", "book/02_equations.md"]
)
def test_what_notebooks_read_is_fetched_anew_once_it_has_changed(repository, change):
    root, git = repository
    notebooks.set_address(URL, None, root)
    (root / change).parent.mkdir(parents=True, exist_ok=True)
    (root / change).write_text("changed = True\n")
    commit(root, "a change")
    # no header: no page, so that nothing is built from it
    notebooks.set_address(URL, None, root)
    assert settings.from_config((root / "_config.yml").read_text()).ref == git("rev-parse", "HEAD")


def test_a_commit_of_another_history_is_not_kept(repository):
    root, git = repository
    config = root / "_config.yml"
    config.write_text(settings.with_address(config.read_text(), URL, "0" * 40))
    notebooks.set_address(URL, None, root)
    assert settings.from_config(config.read_text()).ref == git("rev-parse", "HEAD")


def test_a_package_that_differs_from_the_commit_is_refused(repository):
    root, _ = repository
    (root / "grulab/__init__.py").write_text("x = 2\n")
    with pytest.raises(Fault, match="Commit it first"):
        notebooks.set_address(URL, None, root)
    assert (root / "_config.yml").read_text() == CONFIG


def test_without_a_commit_a_ref_is_asked_for(tmp_path):
    with pytest.raises(Fault, match=r"not a git repository.*Name one: REF="):
        settings.commit_to_fetch(tmp_path, "main")


def test_the_commit_of_a_repository_around_a_copy_is_not_what_notebooks_fetch(repository):
    root, _ = repository
    assert settings.is_top(root)
    assert not settings.is_top(root / "book")
    with pytest.raises(Fault, match=r"book lies inside another repository\. .*REF="):
        settings.commit_to_fetch(root / "book", "main")


def test_the_command_says_its_sentence_without_a_traceback(capsys):
    assert notebooks.main(["--address", "ftp://x"]) == 1
    assert capsys.readouterr().err.startswith('"ftp://x" is not the address')
