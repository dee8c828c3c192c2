"""What settings and extension make of a page: buttons with and without an address, cards, the download."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from source import HEADER

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://github.com/owner/course"
PAGE = f"""{HEADER}
# A page

What a gate does, in one sentence.

```{{code-cell}} ipython3
1 + 1
```

## A part
"""
QUIZ = """
questions:
- id: half
  page: 01_one
  objective: 1
  asks: How much is left?
  options:
    - {says: half, why: So it is., right: true}
    - {says: all, why: It is not.}
  see: "[A part](01_one.md#a-part)"
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Return a course of two pages, without a remote, whose notebooks are built."""
    root = tmp_path_factory.mktemp("course")
    leave = shutil.ignore_patterns("__pycache__", "*.ipynb", "*.md")
    for folder in ("tools", "book"):
        shutil.copytree(ROOT / folder, root / folder, ignore=leave)
    for folder in ("grulab", "solutions", "exercises"):
        (root / folder).mkdir()
    shutil.copy(ROOT / "_config.yml", root)
    (root / "requirements.txt").touch()
    (root / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/01_one\n")
    (root / "book/quiz.yml").write_text(QUIZ)
    (root / "book/index.md").write_text(PAGE)
    (root / "book/01_one.md").write_text(f"{PAGE}\n```{{quiz}}\n```\n")
    # what pytest and Jupyter leave behind is no page, wherever it lies
    for folder in (".pytest_cache", "tests/.pytest_cache", "exercises/.ipynb_checkpoints"):
        (root / folder).mkdir(parents=True)
        (root / folder / "README.md").write_text("# Left behind")
    run(root, "tools/notebooks.py")
    return root


def run(root, script, **environment):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BOOK_", "GITHUB_"))}
    answer = subprocess.run(
        [sys.executable, script],
        cwd=root,
        env=kept | {"GRULAB_REVIEWS": "embedded"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def links(html):
    return re.findall(r'href="(https?://[^"]*)"', html)


@pytest.fixture(scope="module")
def without(tree):
    """Return the page of a site that has no address."""
    run(tree, "tools/book.py")
    return (tree / "_build/html/book/01_one.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def with_address(tree, without):
    """Return the same page once the address is known when the site is built; credentials come with it."""
    run(tree, "tools/book.py", BOOK_REPOSITORY_URL="https://name:secret@github.com/owner/course.git")
    return (tree / "_build/html/book/01_one.html").read_text(encoding="utf-8")


def test_without_an_address_no_button_leads_nowhere(without):
    assert not [link for link in links(without) if "github" in link or "binder" in link or "colab" in link]


def test_with_an_address_each_button_leads_to_the_notebook(with_address):
    assert "https://mybinder.org/v2/gh/owner/course/main?urlpath=lab/tree/book/01_one.ipynb" in with_address
    colab = "https://colab.research.google.com/github/owner/course/blob/main/book/01_one.ipynb"
    assert colab in links(with_address)
    assert any(link.startswith(f"{ADDRESS}/issues/new?") for link in links(with_address))
    assert "secret" not in with_address


@pytest.mark.parametrize("site", ["without", "with_address"])
def test_the_download_is_the_committed_notebook(tree, site, request):
    html = request.getfixturevalue(site)
    assert 'href="../notebooks/book/01_one.ipynb"' in html
    offered = (tree / "_build/html/notebooks/book/01_one.ipynb").read_bytes()
    assert offered == (tree / "book/01_one.ipynb").read_bytes()


def test_a_shared_page_has_title_description_and_picture(tree, with_address):
    tags = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', with_address))
    assert tags["title"] == "A page"
    assert tags["description"].startswith("What a gate does")
    home = "https://owner.github.io/course/"
    assert tags["image"].startswith(home)
    assert (tree / "_build/html" / tags["image"].removeprefix(home)).stat().st_size > 1000


def test_the_footer_has_version_and_date(without):
    assert re.search(r"Version \d+\.\d+\.\d+, \d{4}-\d\d-\d\d", without)


def test_nothing_is_loaded_from_another_place(with_address):
    assert not re.findall(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//', with_address)
    assert not re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="(?:https?:)?//', with_address)


def test_a_question_is_complete_and_asks_what_misled_once_there_is_an_address(without, with_address):
    for html in (without, with_address):
        assert re.search(r"<legend>How much is left\?</legend>", html)
        assert re.findall(r'<input name="quiz-half" type="radio" value="(\d)"', html) == ["0", "1"]
        folded = re.search(r"<details><summary>Answer</summary>(.*?)</details>", html, re.DOTALL)[1]
        assert all(text in folded for text in ("(a) is right.", "(a) So it is.", "(b) It is not."))
        assert 'href="#a-part"' in folded
    misled = f"{ADDRESS}/issues/new?title=Misleading+question%3A+quiz-half"
    assert (misled in links(without), misled in links(with_address)) == (False, True)


def test_a_page_loads_the_script_of_the_quiz_where_it_has_one(tree, with_address):
    index = (tree / "_build/html/book/index.html").read_text(encoding="utf-8")
    for file in ("quiz.js", "quiz.css"):
        assert file in with_address
        assert file not in index
