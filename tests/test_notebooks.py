"""Notebooks are built the same every time, exercises are cut cleanly, and nobody's work is lost."""

import ast
import json
import resource
from pathlib import Path

import jupytext
import nbformat
import notebooks
import pytest
import settings
from cells import METADATA
from jupytext.config import load_jupytext_config
from markdown_it import MarkdownIt
from source import HEADER, Fault, strip_markers

ROOT = Path(__file__).resolve().parents[1]
URL = "https://github.com/owner/name"
CONFIG = 'repository:\n  url: ""\n  branch: main\nsphinx:\n  config:\n    clone_ref: ""\n'

PAGE = """
# A page

Some text with [the exercise](../exercises/06_x.ipynb).

```{code-cell} ipython3
---
mystnb:
  image:
    alt: A line
tags: [nbval-ignore-output]
---
1 + 1  # … é
```

More text.

+++

A cell of its own.
"""

SOLUTION = """
<!-- BEGIN SOLUTION -->
# Solution
<!-- END SOLUTION -->
<!-- BEGIN EXERCISE -->
# Exercise

Only here.
<!-- END EXERCISE -->

Text of both.

```{code-cell} ipython3
def double(x):
    \"\"\"Return twice x.\"\"\"
    ### BEGIN SOLUTION
    result = x + x

    return result
    ### END SOLUTION


class Layer:
    def call(self):
        ### BEGIN SOLUTION
        return 1
        ### END SOLUTION
```

<!-- BEGIN SOLUTION -->
The answer in words.

```{code-cell} ipython3
double(2)
```
<!-- END SOLUTION -->
"""


@pytest.fixture
def tree(tmp_path):
    for folder in ("book", "solutions", "exercises"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "book/01_a.md").write_text(HEADER + PAGE)
    (tmp_path / "book/plain.md").write_text("# No notebook\n")
    (tmp_path / "solutions/06_x.md").write_text(HEADER + SOLUTION)
    return tmp_path


def cells(path):
    return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(path.read_text())["cells"]]


def built(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.ipynb"))


def test_each_page_with_the_header_becomes_a_notebook(tree):
    assert notebooks.build(tree) == ["notebooks: 3 in order, 3 of them written"]
    assert built(tree) == ["book/01_a.ipynb", "exercises/06_x.ipynb", "solutions/06_x.ipynb"]
    assert notebooks.check(tree) == []
    shown = cells(tree / "book/01_a.ipynb")
    assert [kind for kind, _ in shown] == ["markdown", "code", "code", "markdown", "markdown"]
    assert shown[1][1] == notebooks.setup_cell("", "main")
    assert shown[2][1] == "1 + 1  # … é"


def test_a_second_build_writes_nothing_and_gives_the_same_bytes(tree):
    notebooks.build(tree)
    before = {name: ((tree / name).read_bytes(), (tree / name).stat().st_mtime_ns) for name in built(tree)}
    assert notebooks.build(tree) == ["notebooks: 3 in order, 0 of them written"]
    after = {name: ((tree / name).read_bytes(), (tree / name).stat().st_mtime_ns) for name in built(tree)}
    assert after == before
    for name in built(tree):
        (tree / name).unlink()
    notebooks.build(tree)
    assert all((tree / name).read_bytes() == content for name, (content, _) in before.items())


def test_a_built_notebook_is_valid_and_holds_nothing_that_changes(tree):
    notebooks.build(tree)
    for name in built(tree):
        text = (tree / name).read_bytes().decode()
        assert text.endswith("}\n")
        assert "\r" not in text
        notebook = nbformat.reads(text, nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert [cell.id for cell in notebook.cells] == [str(n) for n in range(len(notebook.cells))]
        assert notebook.metadata == METADATA
        assert all(
            cell.execution_count is None and not cell.outputs for cell in notebook.cells if "outputs" in cell
        )
        # Jupyter would write the very same text
        assert nbformat.writes(notebook) + "\n" == text
    assert "… é" in (tree / "book/01_a.ipynb").read_text(encoding="utf-8")


def test_tags_and_figure_texts_stay(tree):
    notebooks.build(tree)
    cell = json.loads((tree / "book/01_a.ipynb").read_text())["cells"][2]
    assert cell["metadata"] == {"mystnb": {"image": {"alt": "A line"}}, "tags": ["nbval-ignore-output"]}


def test_the_solution_keeps_its_answers_and_loses_its_markers(tree):
    notebooks.build(tree)
    shown = cells(tree / "solutions/06_x.ipynb")
    assert shown[0] == ("markdown", "# Solution\n\nText of both.")
    assert "    result = x + x\n\n    return result\n\n\nclass Layer" in shown[2][1]
    assert shown[3:] == [("markdown", "The answer in words."), ("code", "double(2)")]
    assert "BEGIN" not in (tree / "solutions/06_x.ipynb").read_text()


def test_the_exercise_has_blanks_in_their_place(tree):
    notebooks.build(tree)
    shown = cells(tree / "exercises/06_x.ipynb")
    aid = notebooks.FIRST_AID
    assert shown[0] == ("markdown", f"# Exercise\n\n{aid}\n\nOnly here.\n\nText of both.")
    assert shown[1] == ("code", notebooks.setup_cell("", "main"))
    assert shown[2:] == [
        (
            "code",
            'def double(x):\n    """Return twice x."""\n    ...\n\n\n'
            "class Layer:\n    def call(self):\n        ...",
        )
    ]


def test_the_site_shows_the_code_of_the_notebooks(tree):
    notebooks.build(tree)
    solution = (tree / "solutions/06_x.md").read_text()
    shown = nbformat.reads(notebooks.site_source("exercises/06_x", "", tree), 4)
    code = [("code", cell.source) for cell in shown.cells if cell.cell_type == "code"]
    assert code == [cell for cell in cells(tree / "exercises/06_x.ipynb") if cell[0] == "code"][1:]
    stripped = notebooks.site_source("solutions/06_x", solution, tree)
    assert stripped == strip_markers(solution)
    assert "BEGIN" not in stripped
    assert "Only here" not in stripped
    assert notebooks.site_source("book/01_a", "text", tree) == "text"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("### BEGIN SOLUTION\n1", "12: this block of solution or exercise has no end"),
        ("### END SOLUTION", '12: "### END SOLUTION" ends a block that was not begun'),
        (
            "### BEGIN SOLUTION\n### BEGIN SOLUTION",
            '13: "### BEGIN SOLUTION" stands inside the one of line 12',
        ),
        ("<!-- BEGIN SOLUTION -->\ntext", "12: this block of solution or exercise has no end"),
        ("<!-- END EXERCISE -->", '12: "<!-- END EXERCISE -->" ends a block that was not begun'),
        ("<!-- BEGIN SOLUTION -->\n<!-- END EXERCISE -->", '13: "<!-- END EXERCISE -->" ends a block'),
        (
            "<!-- BEGIN EXERCISE -->\n<!-- BEGIN SOLUTION -->",
            "13: .* stands inside the block that began in line 12",
        ),
        ("### BEGIN SOLUTION\n<!-- END SOLUTION -->", "13: .* stands inside the"),
        ("# begin solution", '12: "# begin solution" is not quite a marker'),
        ("<!--BEGIN SOLUTION-->", '12: "<!--BEGIN SOLUTION-->" is not quite a marker'),
    ],
)
def test_a_wrong_marker_stops_with_file_and_line(tree, text, fault):
    (tree / "solutions/06_x.md").write_text(f"{HEADER}\n# Title\n{text}\n".replace("---\n\n#", "---\n#"))
    with pytest.raises(Fault, match=rf"^solutions/06_x\.md:{fault}"):
        notebooks.build(tree)


def test_a_marker_that_leaves_its_cell_is_a_fault(tree):
    text = "# T\n\n```{code-cell} ipython3\n### BEGIN SOLUTION\n1\n```\n\nText.\n### END SOLUTION\n"
    (tree / "solutions/06_x.md").write_text(HEADER + text)
    with pytest.raises(Fault, match=r"06_x\.md:16: the cell ends before"):
        notebooks.build(tree)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (
            "---\njupytext:\n  formats: md:myst\n---\n# T\n",
            r"1: the header differs from the one in CONTRIBUTING\.md",
        ),
        ("---\njupytext: [\n---\n# T\n", "1: the header is not readable YAML"),
        (HEADER + "text first\n", "1: a page begins with its title"),
        (HEADER + "# T\n\n### BEGIN SOLUTION\n", "13: markers of an exercise stand in solutions/ only"),
        (HEADER + "# T\n\n```{code-cell} ipython3\n:load: x.py\n```\n", r'14: the option "load" of a cell'),
        (HEADER + "# T\n\n```{code-cell} ipython3\n:tags: [\n```\n", "1: a cell's options are not readable"),
        (HEADER + "# T\n\n```{raw-cell}\nx\n```\n", "14: a raw cell is not known"),
        (HEADER + "# T\n\nok\n\n```{code-cell} ipython3\n1\n```\n\nsee {ref}`x`\n", "19: the role {ref}"),
    ],
)
def test_a_wrong_page_stops_with_file_and_line(tree, page, fault):
    (tree / "book/01_a.md").write_text(page)
    with pytest.raises(Fault, match=rf"^book/01_a\.md:{fault}"):
        notebooks.build(tree)


def test_faults_of_several_pages_are_told_at_once(tree):
    for name in ("01_a", "02_b"):
        (tree / f"book/{name}.md").write_text(HEADER + "# T\n\n{ref}`x`\n")
    with pytest.raises(Fault, match=r"^book/01_a\.md:13: .*\nbook/02_b\.md:13: .*"):
        notebooks.build(tree)


def test_a_page_in_another_encoding_stops_with_a_sentence(tree):
    (tree / "book/01_a.md").write_bytes(b"# \xff\n")
    with pytest.raises(Fault, match=r"^book/01_a\.md:1: .*UTF-8"):
        notebooks.build(tree)


def test_two_pages_cannot_share_an_equation_label(tree):
    for name in ("01_a", "02_b"):
        (tree / f"book/{name}.md").write_text(HEADER + "# T\n\n$$ x $$ (eq-x)\n")
    with pytest.raises(Fault, match=r"book/02_b\.md:1: .*\"eq-x\" also stands in book/01_a\.md"):
        notebooks.build(tree)


def test_stale_missing_and_stray_notebooks_are_told_with_the_cure(tree):
    notebooks.build(tree)
    (tree / "book/01_a.md").write_text(HEADER + PAGE + "\nOne more line.\n")
    (tree / "exercises/06_x.ipynb").unlink()
    (tree / "book/09_old.ipynb").write_bytes((tree / "book/01_a.ipynb").read_bytes())
    (tree / "exercises/mine.ipynb").write_text("{}")
    faults = notebooks.check(tree)
    assert faults == [
        "book/01_a.ipynb differs from its Markdown. Run: make notebooks",
        "exercises/06_x.ipynb is missing. Run: make notebooks",
        "book/09_old.ipynb is built from no page. Run: make notebooks",
        "exercises/mine.ipynb is built from no page. Move it elsewhere: built notebooks only stand here.",
    ]
    said = notebooks.build(tree)
    assert "book/09_old.ipynb removed: no page builds it any more" in said
    assert "exercises/mine.ipynb is built from no page: left alone; move it elsewhere" in said
    assert notebooks.check(tree) == faults[3:]


@pytest.mark.parametrize("change", [b" ", b"\r"])
def test_one_changed_byte_is_stale(tree, change):
    notebooks.build(tree)
    path = tree / "book/01_a.ipynb"
    path.write_bytes(path.read_bytes().replace(b"\n", change + b"\n", 1))
    assert notebooks.check(tree) == ["book/01_a.ipynb differs from its Markdown. Run: make notebooks"]


def work_in(path, answer):
    """Save a notebook as Jupyter does after a cell was changed and run."""
    notebook = nbformat.read(path, 4)
    notebook.metadata.language_info.version = "3.12.0"
    notebook.cells[2].source = answer(notebook.cells[2].source)
    notebook.cells[2].execution_count = 1
    nbformat.write(notebook, path)
    return path.read_bytes()


def test_work_in_an_exercise_is_kept_beside_the_new_one(tree):
    notebooks.build(tree)
    path = tree / "exercises/06_x.ipynb"
    for number in (1, 2):
        work = work_in(path, lambda code, n=number: code.replace("...", f"return {n}"))
        said = notebooks.build(tree)
        kept = f"exercises/06_x.kept-{number}.ipynb"
        assert f"exercises/06_x.ipynb holds work of yours: kept as {kept}" in said
        assert (tree / kept).read_bytes() == work
        assert notebooks.check(tree) == []


def test_without_room_for_the_new_notebook_nobody_s_work_is_moved(tree):
    notebooks.build(tree)
    work = work_in(tree / "exercises/06_x.ipynb", lambda code: code.replace("...", "return 1"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))  # a real write that fails, as on a full disk
    try:
        with pytest.raises(OSError, match="File too large"):
            notebooks.build(tree)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name for path in (tree / "exercises").iterdir()} == {"06_x.ipynb"}
    assert (tree / "exercises/06_x.ipynb").read_bytes() == work


def test_what_was_kept_is_said_although_the_run_is_cut_short(tree, monkeypatch, capsys):
    notebooks.build(tree)
    work_in(tree / "exercises/06_x.ipynb", lambda code: code.replace("...", "return 1"))
    monkeypatch.setattr(notebooks, "ROOT", tree)
    monkeypatch.setattr(notebooks, "strays", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr(notebooks.build, "__defaults__", (tree, None, None))
    with pytest.raises(KeyboardInterrupt):
        notebooks.main([])
    assert "06_x.ipynb holds work of yours: kept as exercises/06_x.kept-1.ipynb" in capsys.readouterr().out


def test_a_notebook_that_was_only_run_is_built_anew_without_a_copy(tree):
    notebooks.build(tree)
    work_in(tree / "exercises/06_x.ipynb", lambda code: code)
    assert notebooks.build(tree) == ["notebooks: 3 in order, 1 of them written"]
    assert len(built(tree)) == 3


@pytest.mark.parametrize("broken", [b"", b"not json", b'{"cells": 3}', b"[]", b"\xff"])
def test_a_broken_notebook_is_kept_and_built_anew(tree, broken):
    notebooks.build(tree)
    (tree / "exercises/06_x.ipynb").write_bytes(broken)
    assert "kept as exercises/06_x.kept-1.ipynb" in notebooks.build(tree)[0]
    assert (tree / "exercises/06_x.kept-1.ipynb").read_bytes() == broken
    assert notebooks.check(tree) == []


def test_a_fault_in_one_page_leaves_everything_as_it_was(tree):
    notebooks.build(tree)
    before = {name: (tree / name).read_bytes() for name in built(tree)}
    (tree / "book/01_a.md").write_text(HEADER + "# Changed\n")
    (tree / "solutions/06_x.md").write_text(HEADER + "# T\n\n{ref}`x`\n")
    with pytest.raises(Fault):
        notebooks.set_address(URL, "abc", tree)
    assert {name: (tree / name).read_bytes() for name in built(tree)} == before
    assert (tree / "_config.yml").read_text() == CONFIG


def test_the_address_reaches_every_notebook_in_one_step(tree):
    notebooks.build(tree)
    notebooks.set_address(URL + ".git", "abc123", tree)
    assert notebooks.check(tree) == []
    for name in built(tree):
        assert cells(tree / name)[1] == ("code", notebooks.setup_cell(URL, "abc123"))
    assert f"({URL}/blob/main/exercises/06_x.ipynb)" in cells(tree / "book/01_a.ipynb")[0][1]


# ---- the course itself ----


def course(address):
    """Return the notebooks of this course, with an address or without."""
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    config = settings.replaced(config, ("repository", "url"), URL if address else "")
    found = notebooks.expected_notebooks(ROOT, config)
    assert "book/01_concepts.ipynb" in found
    return {name: nbformat.reads(text, nbformat.NO_CONVERT) for name, text in found.items()}


def tokens(notebook):
    """Yield every token of the notebook's text, as a reader of Markdown sees it."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for token in MarkdownIt().enable("table").parse(cell.source):
                yield token
                yield from token.children or ()


def addresses(notebook):
    found = [token.attrs.get("href") or token.attrs.get("src") for token in tokens(notebook)]
    return [address for address in found if address]


@pytest.mark.parametrize("address", [False, True], ids=["without address", "with address"])
def test_every_link_and_image_of_the_course_leads_to_a_file(address):
    targets = 0
    prefixes = (f"{URL}/blob/main/", "https://raw.githubusercontent.com/owner/name/main/")
    for name, notebook in course(address).items():
        for target in addresses(notebook):
            path = None
            if target.startswith(prefixes):
                path = (
                    ROOT
                    / next(target.removeprefix(p) for p in prefixes if target.startswith(p)).split("?")[0]
                )
            elif not target.startswith("https://"):
                assert not address, f"{name}: {target} leads nowhere in Colab"
                path = (ROOT / name).parent / target
            if path:
                targets += 1
                assert path.resolve().is_relative_to(ROOT)
                assert path.is_file(), f"{name}: {target}"
    assert targets


def test_no_raw_myst_reaches_a_reader():
    for name, notebook in course(False).items():
        nbformat.validate(notebook)
        for token in tokens(notebook):
            assert not (token.type == "fence" and token.info.startswith("{")), name
            for raw in (":::", "}`", "<!--", "SOLUTION"):
                assert not (token.type == "text" and raw in token.content), f"{name}: {token.content}"


def test_every_exercise_is_python_and_says_first_aid():
    exercises = {name: n for name, n in course(False).items() if name.startswith("exercises/")}
    assert exercises
    for name, notebook in exercises.items():
        assert notebooks.FIRST_AID in notebook.cells[0].source
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        for source in code:
            lines = [line for line in source.splitlines() if not line.startswith(("%", "!"))]
            ast.parse("\n".join(lines), filename=name)
        assert any("..." in source for source in code)


def test_a_page_saved_in_jupyterlab_keeps_its_header():
    text = HEADER + "\n# T\n\n```{code-cell} ipython3\n:tags: [a]\n\n1 + 1\n```\n"
    config = load_jupytext_config(str(ROOT / "book/01_a.md"))
    notebook = jupytext.reads(text, "md:myst", config=config)
    # what JupyterLab adds while it shows the page
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13.1", "pygments_lexer": "ipython3"}
    notebook.metadata["kernelspec"]["path"] = "/somewhere"
    notebook.cells[1].metadata.update(trusted=True, scrolled=False)
    assert jupytext.writes(notebook, "md:myst", config=config) == text
    assert not config.default_formats("book/01_a.md")


def test_a_disk_without_room_leaves_the_old_notebook_and_nothing_beside_it(tmp_path):
    path = tmp_path / "01_a.ipynb"
    notebooks.replace(path, "old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))  # a real write that fails, as on a full disk
    try:
        with pytest.raises(OSError, match="File too large"):
            notebooks.replace(path, "new" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [one.name for one in tmp_path.iterdir()] == ["01_a.ipynb"]
    assert path.read_text() == "old"
