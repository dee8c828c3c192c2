"""A change in what results depend on must change the folder of executed pages."""

import subprocess

import execution
import pytest


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in (
        "grulab/cell.py",
        "grulab/widgets/gate.js",
        "tests/hidden/ex01.py",
        "tools/widget_state.py",
        "requirements.txt",
        "book/_ext/course.py",
        "_config.yml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    (tmp_path / "_toc.yml").write_text("root: x")
    monkeypatch.setattr(execution, "ROOT", tmp_path)
    monkeypatch.setenv("GRULAB_REVIEWS", "embedded")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "grulab/cell.py",
        "grulab/widgets/gate.js",
        "tests/hidden/ex01.py",
        "tools/widget_state.py",
        "requirements.txt",
    ],
)
def test_code_and_pins_are_part_of_the_key(tree, name):
    before = execution.execution_key()
    assert execution.execution_key() == before
    (tree / name).write_text("changed")
    assert execution.execution_key() != before


def test_the_source_of_the_reviews_is_part_of_the_key(tree, monkeypatch):
    before = execution.execution_key()
    monkeypatch.setenv("GRULAB_REVIEWS", "imdb")
    assert execution.execution_key() != before


def test_what_python_leaves_behind_is_not(tree):
    before = execution.execution_key()
    (tree / "grulab/__pycache__").mkdir()
    (tree / "grulab/__pycache__/cell.pyc").write_text("x")
    assert execution.execution_key() == before


@pytest.mark.parametrize("name", ["book/_ext/course.py", "_config.yml", "book/papers.bib", "book/quiz.yml"])
def test_settings_change_the_look_but_not_the_results(tree, name):
    results, look = execution.execution_key(), execution.rendering_key()
    (tree / name).write_text("# changed")
    assert execution.execution_key() == results
    assert execution.rendering_key() != look


def test_the_address_of_a_remote_changes_the_look(tree, monkeypatch):
    for name in ("BOOK_REPOSITORY_URL", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    before = execution.rendering_key()
    git = ["git", "-C", str(tree)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    assert execution.rendering_key() == before
    remote = [*git, "remote", "add", "origin", "https://github.com/owner/course"]
    subprocess.run(remote, check=True)
    assert execution.rendering_key() != before


def test_a_page_that_reads_the_prose_has_a_key_of_it(monkeypatch):
    assert execution.data_key("book/01_concepts") == ""
    before = execution.data_key("book/08a_language")
    assert execution.data_key("book/08a_language") == before != ""
    monkeypatch.setattr(execution, "read_prose", lambda: {"01_concepts": "another text"})
    assert execution.data_key("book/08a_language") != before
