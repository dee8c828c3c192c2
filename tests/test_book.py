"""The builder on a small tree of its own: progress, failures, and nothing stale."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""


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


def test_a_page_that_fails_is_named_with_its_error_and_the_others_still_run(tree):
    page(tree, "book/index", "1 / 0")
    answer = execute(tree)
    assert answer.returncode == 1
    assert "book/index: failed" in answer.stdout
    assert "ZeroDivisionError" in answer.stdout
    assert "book/01_one: " in answer.stdout
    assert "nothing was rendered" in answer.stdout
