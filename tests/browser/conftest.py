"""A real browser, the built site over HTTP and from disk, and no way out to any other place.

Whatever a page asks for outside the served folder is blocked, and fails the test; so does every error and
warning in its console.
"""

import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import browser as tool
import pytest
from made import write_page
from playwright.sync_api import sync_playwright
from saved import state_of
from tabs import Tabs

ROOT = Path(__file__).parents[2]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a line for each."""

    def log_message(self, *details):
        pass


class QuietServer(ThreadingHTTPServer):
    """Say nothing of a browser that has gone on to another page before it had everything."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def site():
    """Return the folder of the built site."""
    folder = Path(os.environ.get("GRULAB_SITE", ROOT / "_build" / "html")).resolve()
    if not (folder / "index.html").exists():
        pytest.fail(f"There is no built site in {folder}. Run: make book", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def serve():
    """Return a function that serves a folder and returns its address."""
    servers = []

    def start(folder):
        handler = partial(QuietHandler, directory=str(folder))
        server = QuietServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Start Chromium: one that is installed, else Playwright's own."""
    with sync_playwright() as playwright:
        chromium = tool.start(playwright)
        if chromium is None:
            pytest.fail(tool.HELP, pytrace=False)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def served(site, serve):
    """Return the address of the site over HTTP."""
    return serve(site)


@pytest.fixture(params=["http", "file"])
def home(request, site, served):
    """Return the address of the site: once over HTTP, once straight from disk."""
    return served if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture(scope="session")
def tabs(browser):
    """Return the browser's tabs."""
    return Tabs(browser)


@pytest.fixture
def visit(tabs):
    """Return a function that opens an address with nothing stored; what goes wrong there fails the test."""

    def open_page(address, inside, **options):
        return tabs.open(address, inside, **options)

    # a test that expects a complaint takes it from the list
    open_page.problems = tabs.problems
    tabs.problems.clear()
    yield open_page
    tabs.leave()
    assert tabs.problems == []


@pytest.fixture
def shown(tmp_path, serve, visit):
    """Return a function that opens a page made here, with the given widgets; ``extra`` stands before them."""

    def show(*widgets, extra="", **options):
        write_page(tmp_path, *widgets, extra=extra)
        home = serve(tmp_path)
        return visit(f"{home}page.html", home, **options)

    return show


@pytest.fixture
def find_widget(visit, served):
    """Return a function that opens a page and returns (page, the widget that a selector names)."""

    def find(place, selector, home=served, **options):
        page = visit(home + place, home, **options)
        root = page.locator(selector)
        root.wait_for()
        assert root.count() == 1
        return page, root

    return find


@pytest.fixture
def find_twin(find_widget):
    """Return a function that opens a page and returns (page, widget, the same widget in Python).

    ``in_python`` makes it again from the state that the page holds under the widget's name in links.
    """

    def find(place, selector, name, in_python, query="", **options):
        page, root = find_widget(place + query, selector, **options)
        return page, root, in_python(state_of(page, name))

    return find
