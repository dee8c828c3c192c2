"""Every page of the built site: nothing from outside, a clean console, no trace of the machine."""

import re
from pathlib import Path

from tabs import turn

# pages that Sphinx makes by itself are looked at, too
LEFT_OVER = {"_static", "_sources", "_downloads", "_images"}

# traces of the machine that built the page
TRACES = {
    "a line of TensorFlow's log": r"\bI0000\b|oneDNN|cuda_dnn|cpu_feature_guard",
    "a path of the machine": r"(?<![\w/])/(?:home|root|work|tmp|Users|usr/local)/[\w.-]+",
    "a progress bar": r"\d+/\d+\s*━|\x08|█{3,}|\d+/\d+ \[[=>.]+\]|\b\d+%\|",
    "an address in memory": r"\bat 0x[0-9a-f]{6,}",
    "a traceback": r"Traceback \(most recent call last\)",
}

WIDE = """() => [document.documentElement.scrollWidth, window.innerWidth]"""


def pages(folder):
    """List the site's pages, as paths below its folder."""
    found = sorted(path.relative_to(folder) for path in Path(folder).rglob("*.html"))
    # the first page leads on to book/index.html and has nothing of its own; 404.html has a test of its own,
    # since it works at its published address alone
    apart = {Path("index.html"), Path("404.html")}
    return [path.as_posix() for path in found if not LEFT_OVER & set(path.parts) and path not in apart]


def test_the_first_page_leads_to_the_course(visit, home):
    page = visit(home + "index.html", home)
    page.wait_for_url("**/book/index.html")


def test_every_page_opens_cleanly_and_draws_its_equations(visit, site, home):
    names = pages(site)
    assert {"book/index.html", "book/01_concepts.html"} <= set(names)
    equations = 0
    page = visit(home + "book/index.html", home)
    for name in names:
        page.goto(home + name, wait_until="load")
        page.wait_for_function(
            "() => [...document.querySelectorAll('script[type$=\"widget-view+json\"]')]"
            ".every(script => script.nextElementSibling?.childNodes.length)"
        )
        alerts = page.locator("[role=alert]").all_inner_texts()
        assert [text for text in alerts if text.strip()] == [], name
        asked = page.locator(".math").count()
        if asked:
            page.wait_for_function("() => window.MathJax?.startup?.promise")
            page.evaluate("() => MathJax.startup.promise")
            assert page.locator("mjx-container").count() == asked, name
            assert page.locator("mjx-merror").count() == 0, name
        equations += asked
    assert equations > 50


def test_every_page_fits_a_phone(visit, site, served):
    page = visit(served + "book/index.html", served, width=375, height=667)
    for name in pages(site):
        page.goto(served + name, wait_until="load")
        for scheme in ("light", "dark"):
            turn(page, scheme)
            wide, window = page.evaluate(WIDE)
            assert wide <= window, f"{name} is {wide} pixels wide on a phone of {window}"


IN_PLACE = """(script) => {
    const place = getComputedStyle(script.parentElement, "::after").content;
    const code = [...document.querySelectorAll(".bd-article div.highlight pre")];
    return [place, code.filter(one => one.scrollWidth > one.clientWidth).length];
}"""


def test_paper_says_where_a_widget_stands_and_cuts_no_code(visit, served):
    page = visit(served + "book/05_text.html", served, width=718)
    page.locator(".grulab").first.wait_for()
    script = page.locator("script[type$='widget-view+json']").first
    place, cut = script.evaluate(IN_PLACE)
    assert place == "none"
    assert cut > 0
    page.emulate_media(media="print")
    place, cut = script.evaluate(IN_PLACE)
    assert "An interactive box stands here" in place
    assert cut == 0


def test_without_javascript_the_place_of_a_widget_says_so(visit, served):
    page = visit(served + "book/05_text.html", served, java_script_enabled=False)
    place, _ = page.locator("script[type$='widget-view+json']").first.evaluate(IN_PLACE)
    assert "An interactive box stands here" in place
    # the scripts of the page are not even asked for
    visit.problems[:] = [problem for problem in visit.problems if not problem.endswith("(csp)")]


# the outline of what has the focus, the frame of a fold, whether code has colours, and the theme
COLOURS = """() => {
    const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
    return [
        getComputedStyle(document.activeElement).outlineStyle,
        style(".bd-article details", "borderTopStyle"),
        style(".bd-article div.highlight .kn", "color") !== style("body", "color"),
        document.documentElement.dataset.theme,
    ];
}"""


def test_without_javascript_a_page_has_the_light_colours(visit, served):
    page = visit(
        served + "book/03_keras_example.html", served, java_script_enabled=False, color_scheme="dark"
    )
    page.keyboard.press("Tab")
    assert page.evaluate(COLOURS) == ["solid", "solid", True, "light"]
    # the scripts of the page are not even asked for
    visit.problems[:] = [problem for problem in visit.problems if not problem.endswith("(csp)")]


def test_a_first_visit_has_the_colours_of_the_system(visit, home):
    for scheme in ("light", "dark"):
        page = visit(home + "book/01_concepts.html", home, color_scheme=scheme)
        page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
        assert page.evaluate("document.documentElement.dataset.mode") == "auto"


def test_the_search_finds_pages(visit, home):
    page = visit(home + "search.html?q=gate", home)
    page.locator("#search-results li a").first.wait_for()


def test_no_page_shows_traces_of_the_machine(site):
    found = []
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        for kind, pattern in TRACES.items():
            match = re.search(pattern, text)
            if match:
                found.append(f"{name} shows {kind}: {text[max(0, match.start() - 40) : match.end() + 40]!r}")
    assert found == []


def test_no_page_is_heavier_than_a_slow_line_can_bear(site):
    # a widget costs its size in the page, each time one is made
    sizes = {name: (site / name).stat().st_size for name in pages(site)}
    assert {name: size for name, size in sizes.items() if size > 1_500_000} == {}
