"""The page that GitHub Pages shows where there is none: at any depth, with search and a way on."""

import re
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import QuietHandler

sys.path.append(str(Path(__file__).parents[2] / "book/_ext"))

from sharing import rooted

ROOTED = re.compile(r'data-content_root="(/[^"]*)"')


class AsPublished(QuietHandler):
    """Serve the site below a path ``base``, and its page 404 for whatever is not there."""

    def __init__(self, *args, base, **options):
        self.base = base
        super().__init__(*args, **options)

    def translate_path(self, path):
        inside = path.startswith(self.base)
        return super().translate_path("/" + path.removeprefix(self.base) if inside else "/nowhere")

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html").read_text(encoding="utf-8")
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(rooted(page, f"https://owner.github.io{self.base}").encode())


@pytest.fixture
def published(site):
    """Return the address of the site as GitHub Pages serves it."""
    # a site that has its address is made for that path
    found = ROOTED.search((site / "404.html").read_text(encoding="utf-8"))
    base = found[1] if found else "/course/"
    handler = partial(AsPublished, base=base, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()


def find_a_page(page):
    """Search from the page for a missing one."""
    assert page.locator("article h1").inner_text() == "This page is not here"
    # the theme's style has come
    assert page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).borderRadius") != "0px"
    page.locator("main input[name=q]").fill("gate")
    page.locator("main button[type=submit]").click()
    page.locator("#search-results li a").first.wait_for()


@pytest.mark.parametrize("place", ["nothing.html", "book/a/b/c/nothing.html"])
def test_a_page_that_is_missing_leads_to_one_that_is_there(visit, published, place):
    page = visit(published + place, published)
    # the browser says that the page itself is missing, and no more than that
    assert {one for one in visit.problems if not one.startswith("Failed to load")} == {
        f"missing: {published}{place}"
    }
    assert len(visit.problems) == 2
    visit.problems.clear()
    address = page.get_by_role("link", name="Begin with the first page").evaluate("link => link.href")
    assert address == published + "book/index.html"
    find_a_page(page)


def test_before_the_site_has_an_address_the_page_opens_where_it_lies(visit, site, home):
    if 'href="_static' in (site / "404.html").read_text(encoding="utf-8"):
        find_a_page(visit(home + "404.html", home))
