"""Ways through the site: each link has a target, each id is given once, next leads through the course."""

import os
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import ROOT
from markup import COURSE, PAGES, ids_of, read, tags_of
from test_pages import pages

# attributes that name ids of the same page, one or more
BY_ID = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form")
TARGETS = ("href", "src", "action", "poster", "data")


def targets(path):
    """Yield what a page links to or loads, without what leads to other places."""
    for tag, attributes in read(path).tags:
        # where the page lies once it is published; it has no address yet
        if tag == "link" and attributes.get("rel") == "canonical":
            continue
        for name in TARGETS:
            target = attributes.get(name, "").strip()
            if target and not urlsplit(target).scheme and not target.startswith("//"):
                yield target


def missing(site, name):
    """Yield each link of a page that leads nowhere."""
    for target in targets(site / name):
        place = urlsplit(urljoin(name, target))
        path = site / unquote(place.path)
        if not path.is_file() or not path.resolve().is_relative_to(site):
            yield f"{name}: {target} is no file"
        elif place.fragment and path.suffix == ".html" and unquote(place.fragment) not in set(ids_of(path)):
            yield f"{name}: {target} names no id"


def test_every_page_of_the_course_is_built_and_no_other(site):
    assert sorted(pages(site)) == sorted(PAGES)


@pytest.mark.parametrize("name", [*PAGES, "index.html"])
def test_every_link_and_anchor_has_its_target(site, name):
    assert list(missing(site, name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_id_is_given_once_and_what_names_one_finds_it(site, name):
    given = Counter(ids_of(site / name))
    assert {each: times for each, times in given.items() if times > 1} == {}
    asked = [
        each
        for _, attributes in read(site / name).tags
        for key in BY_ID
        for each in attributes.get(key, "").split()
    ]
    assert set(asked) <= set(given)


def followed(site, name, button):
    """Return the page that a page's button leads to, or ``None``; the head must name the same one."""
    links = [a["href"] for a in tags_of(site / name, "a") if button in a.get("class", "").split()]
    relation = {"left-prev": "prev", "right-next": "next"}[button]
    heads = [link["href"] for link in tags_of(site / name, "link") if link.get("rel") == relation]
    assert links == heads, name
    return os.path.normpath(Path(name).parent / links[0]) if links else None


@pytest.mark.parametrize(("button", "way"), [("right-next", COURSE), ("left-prev", COURSE[::-1])])
def test_next_and_previous_walk_the_whole_course(site, button, way):
    walked = [way[0]]
    while (name := followed(site, walked[-1], button)) and len(walked) <= len(way):
        walked.append(name)
    assert walked == way


@pytest.mark.parametrize("name", COURSE)
def test_the_download_of_a_page_is_there_when_the_page_is_a_notebook(site, name):
    stem = name.removesuffix(".html")
    offered = [a["href"] for a in tags_of(site / name, "a") if a["href"].endswith(".ipynb")]
    own = [link for link in offered if link.endswith(f"notebooks/{stem}.ipynb")]
    assert len(own) == (ROOT / f"{stem}.ipynb").exists()


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_has_an_alternative_text(site, name):
    # beside a name a logo is decoration: the course's, and those of Colab and Binder on their buttons
    pictures = [img for img in tags_of(site / name, "img") if "logo__image" not in img.get("class", "")]
    spoken = [img for img in pictures if "_static/images/logo_" not in img["src"]]
    assert [img["src"][:80] for img in spoken if len(img.get("alt", "").split()) < 5] == []
    drawn = [a for _, a in read(site / name).tags if a.get("role") == "img"]
    assert [a for a in drawn if not (a.get("aria-label") or a.get("aria-labelledby"))] == []
    unnamed = [a for a in tags_of(site / name, "svg") if "aria-hidden" not in a and a.get("role") != "img"]
    assert unnamed == []
