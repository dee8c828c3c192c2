"""The builder on a small tree of its own: progress, failures, and nothing stale."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from interrupting import hear_interrupts
from source import HEADER

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "a course"
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("book", "grulab", "solutions"):
        (root / folder).mkdir()
    (root / "requirements.txt").touch()
    (root / "_config.yml").write_text((ROOT / "_config.yml").read_text())
    (root / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/01_one\n")
    (root / "grulab/cell.py").write_text("x = 1")
    page(root, "book/index", "1 + 1")
    page(root, "book/01_one", "2 + 2")
    return root


def page(root, name, code):
    (root / f"{name}.md").write_text(f"{HEADER}\n# {name}\n\n```{{code-cell}} ipython3\n{code}\n```\n")


def execute(root):
    command = [sys.executable, "tools/book.py", "--execute", "--jobs", "1"]
    environment = os.environ | {"GRULAB_REVIEWS": "embedded"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_pages_are_executed_once_and_again_after_a_change(tree):
    first = execute(tree)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "pages to execute: 2 of 2" in first.stdout
    assert "[2/2]" in first.stdout
    assert "pages to execute: 0 of 2" in execute(tree).stdout
    page(tree, "book/01_one", "2 + 3")
    assert "pages to execute: 1 of 2" in execute(tree).stdout
    (tree / "grulab/cell.py").write_text("x = 2")
    assert "pages to execute: 2 of 2" in execute(tree).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels start in the usual way")
def test_pages_of_which_there_are_many_find_tensorflow_loaded(tree):
    for name in ("book/index", "book/01_one", "book/02_two"):
        page(tree, name, "import sys\nassert 'tensorflow' in sys.modules")
    with (tree / "_toc.yml").open("a") as contents:
        contents.write("- file: book/02_two\n")
    assert "[3/3]" in execute(tree).stdout


def test_a_page_that_reads_other_pages_is_executed_again_when_they_change(tree):
    page(tree, "book/08a_language", "3 + 3")
    (tree / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n- file: book/08a_language\n"
    )
    assert "pages to execute: 2 of 2" in execute(tree).stdout
    assert "pages to execute: 0 of 2" in execute(tree).stdout
    # as if the prose had been another one when the page ran
    (records,) = tree.glob("_build/executed/*/global.db")
    with sqlite3.connect(records) as known:
        known.execute('UPDATE nbcache SET data = replace(data, \'"data_key": "\', \'"data_key": "0\')')
        known.execute('UPDATE nbcache SET data = replace(data, \'"data_key": "0"\', \'"data_key": ""\')')
    known.close()
    doctree = tree / "_build/.doctrees/book/08a_language.doctree"
    doctree.parent.mkdir(parents=True)
    doctree.touch()
    assert "pages to execute: 1 of 2" in execute(tree).stdout
    assert not doctree.exists(), "or Sphinx would not look at it again"
    assert "pages to execute: 0 of 2" in execute(tree).stdout


def test_a_page_that_fails_is_named_with_its_error_and_the_others_still_run(tree):
    page(tree, "book/index", "1 / 0")
    answer = execute(tree)
    assert answer.returncode == 1
    assert "book/index: failed" in answer.stdout
    assert "ZeroDivisionError" in answer.stdout
    assert "book/01_one: " in answer.stdout
    assert "nothing was rendered" in answer.stdout


def test_what_changed_while_a_page_ran_is_kept_under_no_name(tree):
    page(tree, "book/index", "from pathlib import Path\nPath('../grulab/cell.py').write_text('x = 2')")
    answer = execute(tree)
    assert answer.returncode == 1
    assert "book/index: not kept, for the package or the source of the reviews changed" in answer.stdout
    answer = execute(tree)
    assert "pages to execute: 2 of 2" in answer.stdout
    assert answer.returncode == 0


def test_a_kernel_that_dies_is_a_page_that_failed_and_the_others_still_run(tree):
    page(tree, "book/index", "import os; os._exit(1)")
    answer = execute(tree)
    assert answer.returncode == 1
    assert "book/index: failed" in answer.stdout
    assert "DeadKernelError" in answer.stdout
    assert "[2/2]" in answer.stdout
    assert answer.stderr == ""


def test_an_interrupted_build_ends_at_once_and_the_next_one_goes_on(tree):
    page(tree, "book/index", "2 + 2  # a longer page than the other, so that it comes first")
    page(tree, "book/01_one", "import time; time.sleep(600)")
    command = [sys.executable, "-u", "tools/book.py", "--execute", "--jobs", "1"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    options["preexec_fn"] = hear_interrupts
    environment = os.environ | {"GRULAB_REVIEWS": "embedded"}
    build = subprocess.Popen(command, cwd=tree, env=environment, **options)
    assert "2 of 2" in build.stdout.readline()
    assert "book/index" in build.stdout.readline()
    # as a terminal does it: the whole group of processes hears of it
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=20)
    assert build.returncode == 1
    assert said.startswith("Interrupted.")
    assert len(said.splitlines()) == 1
    page(tree, "book/01_one", "2 + 2")
    assert "pages to execute: 1 of 2" in execute(tree).stdout


def test_what_cannot_be_executed_is_a_sentence(tree):
    for options, sentence in (
        (["--execute", "nowhere"], "nowhere is no page"),
        (["--jobs", "0"], "--jobs is 0"),
    ):
        command = [sys.executable, "tools/book.py", *options]
        answer = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        assert answer.returncode == 2
        assert sentence in answer.stderr
