"""No page, notebook or widget asks another place for anything unless the reader presses a launch button."""

import json
import re

import pytest
import settings
from conftest import ROOT
from markup import PAGES, read
from test_every_widget import CONTROLS

from benchmarks import pages as measured
from grulab import widgets

ELSEWHERE = re.compile(r"\s*(?:https?:|wss?:|ftp:)?//", re.IGNORECASE)
# attributes by which a page loads; a link of the text, <a href>, waits for a press
LOADS = (
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "ping",
    "xlink:href",
    "formaction",
    "action",
    "manifest",
)
# ways by which a script asks, and the frames and workers that could ask in its place
ASKS = re.compile(
    r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|serviceWorker|RTCPeerConnection"
    r"|new Image\b|<iframe|createElement\(.(?:script|iframe|img|link)"
)
OURS = sorted(path.name for path in (ROOT / "book/_static").glob("*.js"))


@pytest.mark.parametrize("name", PAGES)
def test_no_tag_loads_from_elsewhere(site, name):
    page = read(site / name)
    loads = [(tag, a[key]) for tag, a in page.tags for key in LOADS if ELSEWHERE.match(a.get(key, ""))]
    # every <link>, so preconnect and dns-prefetch too; where the page lies, nobody loads
    loads += [
        (tag, a["href"])
        for tag, a in page.tags
        if tag in ("link", "base", "use", "image")
        and ELSEWHERE.match(a.get("href", ""))
        and a.get("rel") != "canonical"
    ]
    assert loads == []
    styles = [a["style"] for _, a in page.tags if "style" in a]
    styles += [text for (tag, _), text in page.inline if tag == "style"]
    assert [style for style in styles if loads_by_style(style)] == []
    assert [tag for tag, _ in page.tags if tag in ("iframe", "object", "embed", "frame", "portal")] == []


def loads_by_style(text):
    """Return the places elsewhere that a style sheet loads from."""
    named = re.findall(r"""(?:url\(|@import\s*(?:url\()?)\s*["']?([^"')\s;]+)""", text)
    return [place for place in named if ELSEWHERE.match(place)]


def test_no_style_sheet_and_no_picture_loads_from_elsewhere(site):
    sheets = [*site.rglob("*.css"), *site.rglob("*.svg")]
    assert len(sheets) > 5
    found = {sheet: loads_by_style(sheet.read_text(encoding="utf-8")) for sheet in sheets}
    assert {name: places for name, places in found.items() if places} == {}


def test_no_script_of_ours_can_ask(site):
    scripts = {name: (site / "_static" / name).read_text(encoding="utf-8") for name in OURS}
    scripts |= {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "grulab/widgets").glob("*.js")
    }
    assert {name: ASKS.findall(text) for name, text in scripts.items() if ASKS.search(text)} == {}
    # nor does a widget have its script or style from an address
    for kind in widgets.__all__:
        made = getattr(widgets, kind)
        assert "export default" in str(made._esm), kind
        assert not ELSEWHERE.match(str(made._css)), kind
        assert loads_by_style(str(made._css)) == [], kind


def test_no_notebook_shows_a_picture_of_another_place():
    books = [
        path for folder in ("book", "exercises", "solutions") for path in (ROOT / folder).glob("*.ipynb")
    ]
    assert len(books) > 20
    # where the course has an address, its own pictures come from there, for Colab has the notebook alone
    address = settings.from_config((ROOT / settings.CONFIG).read_text(encoding="utf-8"))
    own = address.raw("") if address.url else None
    for path in books:
        book = json.loads(path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                shown = re.findall(r"!\[[^\]]*\]\(([^)\s]+)|<[^a][^>]*\s(?:src|href)=[\"']([^\"']+)", text)
                places = [place for pair in shown for place in pair if ELSEWHERE.match(place)]
                assert [place for place in places if not (own and place.startswith(own))] == [], path.name


WATCHED = """() => {
    window.asked = [];
    new PerformanceObserver(list => window.asked.push(...list.getEntries().map(entry => entry.name)))
        .observe({ type: "resource", buffered: true });
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_whose_every_control_is_touched_asks_nobody(visit, served, name):
    page = visit(served + name, served)
    page.evaluate(WATCHED)
    measured.unfold(page.locator("article.bd-article"))
    for root in page.locator(".grulab").all():
        for control in root.locator(CONTROLS).all():
            if control.is_enabled() and control.is_visible():
                control.press("End")
        for button in root.get_by_role("button").all():
            if button.is_enabled() and button.is_visible():
                button.click(timeout=5000)
    for button in page.locator(":is(.quiz, .quiz-end) button").all():
        button.click()
    asked = page.evaluate("window.asked")
    assert [place for place in asked if not place.startswith((served, "blob:", "data:"))] == []
