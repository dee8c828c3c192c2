"""What the site weighs: as a whole, and what a first visit of a page loads."""

import re

import pytest
from test_pages import pages

from benchmarks.pages import loaded

HEAVIEST = 4


def on_disk(site, name):
    """Return the bytes of a page and of the pictures in it."""
    path = site / name
    pictures = set(re.findall(r'<img[^>]*\bsrc="([^":]+)"', path.read_text(encoding="utf-8")))
    return path.stat().st_size + sum((path.parent / each).stat().st_size for each in pictures)


@pytest.fixture(scope="module")
def heaviest(site):
    """Return the pages that weigh most by themselves; what all of them load besides is the same."""
    return sorted(pages(site), key=lambda name: on_disk(site, name))[-HEAVIEST:]


def test_no_page_loads_more_than_3_mb(browser, served, heaviest):
    loads = {name: loaded(browser, served + name) for name in heaviest}
    # the page itself counts, and scripts and styles do
    assert min(loads.values()) > 1_000_000
    assert {name: size for name, size in loads.items() if size > 3_000_000} == {}


def test_the_whole_site_is_smaller_than_40_mb(site):
    assert 10_000_000 < sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 40_000_000


def test_every_icon_that_a_page_shows_is_there(browser, served, heaviest):
    page = browser.new_page()
    page.goto(served + heaviest[-1], wait_until="load")
    page.wait_for_function("() => !document.querySelector('i.fas, i.fa-solid')")
    drawn, missing = page.locator("svg[data-icon]").count(), page.locator("svg[data-icon] .missing").count()
    page.close()
    # for a name that it does not know FontAwesome draws a mark of its own
    assert drawn > 5
    assert missing == 0
