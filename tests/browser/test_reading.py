"""A page is read without JavaScript, and on paper: all its text, equations, figures and folded answers."""

import pytest
from markup import COURSE, tags_of

# The text of the article that nobody sees, and the figures that are none.
UNSEEN = """(beside) => {
    const article = document.querySelector("article.bd-article");
    const unseen = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const node = walker.currentNode.parentElement;
        if (!text || node.closest(`script, style, mjx-container, a.headerlink, ${beside}`)) continue;
        const seen = node.checkVisibility({
            contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true,
        });
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (!seen || box.width === 0 || box.height === 0) unseen.push(text.slice(0, 60));
    }
    for (const figure of article.querySelectorAll("img"))
        if (!figure.checkVisibility() || !figure.naturalWidth || figure.width < 20) unseen.push(figure.src);
    return unseen;
}"""
# what is wider than its place, and so cut on paper
CUT = """() => [...document.querySelectorAll("article.bd-article *")]
    .filter(node => node.matches("pre, table, img, .math, p, .grulab, svg"))
    .filter(node => node.checkVisibility())
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1
        || (!(node instanceof SVGElement) && !node.matches("span") && node.scrollWidth > node.clientWidth + 1
            && getComputedStyle(node).display !== "inline"
            && getComputedStyle(node).overflowX !== "visible"))
    .map(node => node.outerHTML.slice(0, 120))"""
# of no use on paper; options of the quiz can be ticked with a pencil
SHOWN = """(what) => [...document.querySelectorAll(what)]
    .filter(node => node.checkVisibility()).map(node => node.outerHTML.slice(0, 80))"""
BUTTONS = """button, input:not([type=radio]), select, textarea, .bd-header-article, .bd-sidebar,
.prev-next-area, .copybtn, .pst-back-to-top, .skip-link"""
ON_PAPER = 718  # pixels between the margins of A4
# the title stands above the table of contents there
BESIDE_ON_PAPER = "h1, .grulab, button, .quiz-buttons, .quiz-said, .quiz-end"


@pytest.mark.parametrize("name", COURSE)
def test_without_javascript_everything_can_be_read(visit, served, name):
    page = visit(served + name, served, java_script_enabled=False)
    folds = page.locator("article.bd-article details")
    # a fold opens by itself; what was inside stays where it was when it is open
    if folds.count():
        folds.first.locator("> summary").click()
        assert folds.first.evaluate("fold => fold.open")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert page.evaluate(UNSEEN, "mjx-container") == []
    equations = page.locator("article.bd-article .math").all_text_contents()
    assert [text for text in equations if not ("\\(" in text or "\\[" in text)] == []
    # the scripts of the page are not even asked for
    visit.problems[:] = [problem for problem in visit.problems if not problem.endswith("(csp)")]


def test_without_javascript_a_phone_has_the_contents_below_the_page(visit, served):
    page = visit(f"{served}book/05_text.html", served, width=375, height=667, java_script_enabled=False)
    chapter = page.locator(".bd-sidebar-primary").get_by_role("link", name="Read film reviews").first
    chapter.scroll_into_view_if_needed()
    assert chapter.evaluate("link => link.getBoundingClientRect().right <= innerWidth")
    assert page.evaluate(SHOWN, "button") == []
    chapter.click()
    page.wait_for_url("**/book/06_imdb.html")
    visit.problems[:] = [problem for problem in visit.problems if not problem.endswith("(csp)")]


@pytest.mark.parametrize("name", COURSE)
def test_paper_holds_everything_and_no_buttons(visit, site, served, name):
    page = visit(served + name, served, width=ON_PAPER, color_scheme="dark")
    page.evaluate("() => window.MathJax?.startup?.promise")
    page.emulate_media(media="print")
    assert page.evaluate(UNSEEN, BESIDE_ON_PAPER) == []
    assert page.locator(".onlyprint h1").inner_text() == page.locator(".bd-article h1").evaluate(
        "title => title.firstChild.textContent"
    )
    assert page.evaluate(CUT) == []
    assert page.evaluate(SHOWN, BUTTONS) == []


def test_a_page_in_dark_colours_is_printed_in_light_ones(visit, site, served):
    name = "book/01_concepts.html"
    page = visit(served + name, served, color_scheme="dark")
    page.evaluate("""() => window.matchMedia("print").addEventListener(
        "change", () => { window.printed ??= document.documentElement.dataset.theme; }
    )""")
    paper = page.pdf(format="A4")
    pictures = [img for img in tags_of(site / name, "img") if img["src"].endswith(".png")]
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Subtype /Image") >= len(pictures) > 0
    assert page.evaluate("[window.printed, document.documentElement.dataset.theme]") == ["light", "dark"]
