"""What settings and extensions make of a page: buttons with and without an address, what a page shares."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
import settings
import yaml
from PIL import Image
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
HOME = "https://owner.github.io/course/"
DESCRIPTIONS = """
book/index: Where this small course begins, said in a "sentence" with all that HTML must not take for its own.
book/01_one: What one gate does to one number, on a page that is here to be looked at by tests.
genindex: All the terms of this small course, from the first letter to the last one.
search: Look for a word in all the pages of this small course, of which it has two.
"404": There is no page at this address, as far as anybody can tell from here.
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
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    # without an address, whatever the checkout has: a fork's tests pass, too
    for keys in (("repository", "url"), ("sphinx", "config", "clone_ref")):
        config = settings.replaced(config, keys, "")
    (root / "_config.yml").write_text(config, encoding="utf-8")
    (root / "requirements.txt").touch()
    (root / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/01_one\n")
    (root / "book/quiz.yml").write_text(QUIZ)
    (root / "book/descriptions.yml").write_text(DESCRIPTIONS)
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
def with_address(tree, without, kept):
    """Return the same page once the site is built in a clone; its remote holds credentials."""
    remote = "https://name:token-0123456789@github.com/owner/course.git"
    for words in (("init", "--quiet"), ("remote", "add", "origin", remote)):
        subprocess.run(["git", *words], cwd=tree, check=True)
    run(tree, "tools/book.py")
    return (tree / "_build/html/book/01_one.html").read_text(encoding="utf-8")


def test_without_an_address_no_button_leads_nowhere(without):
    assert not [link for link in links(without) if "github" in link or "binder" in link or "colab" in link]


def test_with_an_address_each_button_leads_to_the_notebook(with_address):
    assert "https://mybinder.org/v2/gh/owner/course/main?urlpath=lab/tree/book/01_one.ipynb" in with_address
    colab = "https://colab.research.google.com/github/owner/course/blob/main/book/01_one.ipynb"
    assert colab in links(with_address)
    assert any(link.startswith(f"{ADDRESS}/issues/new?") for link in links(with_address))


def test_no_file_of_the_site_holds_the_credentials_of_a_remote(tree, with_address):
    assert ADDRESS in with_address
    files = [path for path in (tree / "_build/html").rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if b"token-0123456789" in path.read_bytes()] == []


@pytest.mark.parametrize("site", ["without", "with_address"])
def test_the_download_is_the_committed_notebook(tree, site, request):
    html = request.getfixturevalue(site)
    assert 'href="../notebooks/book/01_one.ipynb"' in html
    offered = (tree / "_build/html/notebooks/book/01_one.ipynb").read_bytes()
    assert offered == (tree / "book/01_one.ipynb").read_bytes()


def said(html):
    """Return what a page says of itself to whoever shares it."""
    found = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', html)
    return {name: unescape(text) for name, text in found}


def canonical(html):
    return re.findall(r'<link rel="canonical" href="([^"]*)"', html)


def test_a_shared_page_has_title_description_and_picture(tree, with_address):
    tags = said(with_address)
    assert (tags["og:title"], tags["og:site_name"]) == ("A page", "Inside the GRU")
    assert tags["description"] == tags["og:description"] == yaml.safe_load(DESCRIPTIONS)["book/01_one"]
    assert canonical(with_address) == [tags["og:url"]] == [HOME + "book/01_one.html"]
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["og:image"].startswith(HOME)
    with Image.open(tree / "_build/html" / tags["og:image"].removeprefix(HOME)) as card:
        assert card.size == (1200, 630) == (int(tags["og:image:width"]), int(tags["og:image:height"]))
        assert len(card.getcolors()) > 20


def test_without_an_address_a_page_says_what_it_is_and_names_none(tree, without):
    tags = said(without)
    assert tags["description"] == yaml.safe_load(DESCRIPTIONS)["book/01_one"]
    assert not {"og:url", "og:image"} & set(tags)
    assert "github.io" not in without


@pytest.fixture(scope="module")
def kept(tree, without):
    """Return the pages of the site without an address that the next build writes anew."""
    names = ("index", "404", "book/index")
    pages = {name: (tree / f"_build/html/{name}.html").read_text(encoding="utf-8") for name in names}
    return pages, sorted(path.name for path in (tree / "_build/html").glob("*.[xt]*"))


def test_the_first_address_says_what_the_course_is(tree, kept, with_address):
    first = yaml.safe_load(DESCRIPTIONS)["book/index"]
    now = (tree / "_build/html/index.html").read_text(encoding="utf-8")
    for html in (kept[0]["index"], now):
        assert said(html)["description"] == first
        assert "<title>Inside the GRU</title>" in html
        assert 'url=book/index.html"' in html
        assert '<a href="book/index.html">' in html
    assert canonical(kept[0]["index"]) == []
    assert canonical(now) == [HOME + "book/index.html"]


def test_the_map_of_the_site_names_its_pages_once_there_is_an_address(tree, kept, with_address):
    assert kept[1] == []
    sitemap = ElementTree.parse(tree / "_build/html/sitemap.xml").getroot()
    assert [place.text for place in sitemap.findall(".//{*}loc")] == [
        HOME + f"book/{name}.html" for name in ("01_one", "index")
    ]
    # GitHub's own robots.txt counts for all sites of its host
    assert not (tree / "_build/html/robots.txt").exists()


def parts_of(html):
    """Return the addresses that a page loads or leads to, but for those inside it."""
    found = re.findall(r'<[^>]*\s(?:href|src|action|data-content_root)="([^"#][^"]*)"', html)
    return [address for address in found if not address.startswith(("http", "mailto:"))]


def test_the_page_for_a_missing_one_works_at_any_depth(tree, kept, with_address):
    now = (tree / "_build/html/404.html").read_text(encoding="utf-8")
    for html, begins in ((kept[0]["404"], ""), (now, "/course/")):
        assert len(parts_of(html)) > 10
        for address in parts_of(html):
            assert address.startswith(begins)
            assert (tree / "_build/html" / re.split("[?#]", address.removeprefix(begins))[0]).exists(), (
                address
            )
        assert f'action="{begins}search.html"' in html
        assert f'<a href="{begins}book/index.html">Begin with the first page</a>' in html
        assert canonical(html) == []


def test_a_domain_of_its_own_has_a_file_for_robots(tree, with_address):
    html = tree / "_build/html"
    run(tree, "tools/book.py", BOOK_SITE_URL="https://gru.example.org")
    page = (html / "book/01_one.html").read_text(encoding="utf-8")
    assert canonical(page) == ["https://gru.example.org/book/01_one.html"]
    assert 'href="/_static/' in (html / "404.html").read_text(encoding="utf-8")
    assert "Sitemap: https://gru.example.org/sitemap.xml" in (html / "robots.txt").read_text()


def test_a_page_begins_in_light_colours_and_its_script_chooses(tree, without):
    # without JavaScript the theme has colours for light and dark, and for nothing else
    html = tree / "_build/html"
    for name in ("book/01_one", "book/index", "search", "404"):
        page = (html / f"{name}.html").read_text(encoding="utf-8")
        assert re.search('<html[^>]* data-theme="light">', page), name
    for name in ("mode", "theme"):
        assert f'dataset.{name} = localStorage.getItem("{name}") || "auto"' in without


def test_nothing_asks_for_the_storage_before_all_else_in_the_head(tree, without):
    # Chromium now and then forgets what a page opened from disk has stored, if it was asked for at once
    for name in ("book/01_one", "book/index", "search", "404"):
        head = (tree / f"_build/html/{name}.html").read_text(encoding="utf-8").partition("</head>")[0]
        before, asks, after = head.partition("localStorage")
        assert asks, name
        assert re.fullmatch(r'.*</script>.*<script data-cfasync="false">[^<]*', before, re.DOTALL), name
        assert re.fullmatch(r"[^<]*</script>\s*", after), name


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
