"""axe-core finds nothing to mend on any page: light, dark, on a phone, and with all folds open."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from markup import PAGES
from tabs import turn

AXE = Axe()
# what cannot be mended here, with the reason; nothing so far
KEPT = {}
# what depends on colours and on the width of the page
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
# Code has thousands of coloured words: of each kind in a block, axe looks at the first.
READY = """async () => {
    await window.MathJax?.startup?.promise;
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    for (const fold of document.querySelectorAll(".toggle-hidden > .toggle-button")) fold.click();
    for (const block of document.querySelectorAll("div.highlight pre")) {
        const seen = new Set();
        for (const word of block.querySelectorAll("span[class]")) {
            if (seen.has(word.className) && !word.childElementCount) word.replaceWith(word.textContent);
            seen.add(word.className);
        }
    }
}"""

# theme and course let the keyboard into what scrolls, a moment after the page has changed its width
SCROLLING = ".bd-article :is(pre, table, div.math, mjx-container)"
REACHED = f"""() => [...document.querySelectorAll("{SCROLLING}")].every(
    block => getComputedStyle(block).overflowX === "visible"
        || block.scrollWidth <= block.clientWidth || block.tabIndex === 0
)"""


def found(page, *rules):
    """Return what axe-core finds on a page, as sentences; ``rules`` are looked at alone."""
    # without preload it asks for no style sheet a second time
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": list(rules)} if rules else {})
    violations = AXE.run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary']}"
        for each in violations
        if each["id"] not in KEPT
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, served, name):
    page = visit(served + name, served, reduced_motion="reduce", color_scheme="light")
    page.evaluate(READY)
    assert found(page) == []
    turn(page, "dark")
    assert found(page, *LOOKS) == []
    page.set_viewport_size({"width": 375, "height": 667})
    page.wait_for_function(REACHED)
    assert found(page, *LOOKS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_buttons_open(visit, served, scheme):
    page = visit(f"{served}book/quiz.html", served, reduced_motion="reduce", color_scheme=scheme)
    page.get_by_role("button", name="Download this page").click()
    page.locator(".dropdown-menu.show").wait_for()
    assert found(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog[open]").wait_for()
    assert found(page) == []
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{served}book/quiz.html", wait_until="load")
    page.locator(".primary-toggle").click()
    page.get_by_role("link", name="Glossary").first.wait_for()
    assert found(page) == []


# what has the focus, and whether that shows: an outline, or a shadow that was not there
FOCUS = """() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    return {
        text: (here.getAttribute("aria-label") ?? here.textContent).trim().slice(0, 40),
        shown: style.outlineStyle !== "none" || style.boxShadow !== "none",
        seen: box.width > 0 && box.height > 0 && here.checkVisibility(),
    };
}"""


def test_the_keyboard_reaches_all_and_shows_where_it_is(visit, served):
    page = visit(f"{served}book/01_concepts.html", served)
    page.locator(".grulab").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
    asked = page.locator("main :is(a[href], button, input, select, summary)").count()
    reached = []
    for _ in range(2 * asked):
        place = page.evaluate(FOCUS)
        assert place["shown"], place
        assert place["seen"], place
        reached.append(place["text"])
        if page.evaluate("document.activeElement.classList.contains('right-next')"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('right-next')")
    assert {"Reset", "Copy link", "Answer", "Not sure"} <= set(reached)
