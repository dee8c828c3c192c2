"""What readers type, what links say and what widgets are given from Python is text: nothing of it runs."""

import json
import re

import pytest
from numbers_on_page import read, settle

# each would set this if anything of it ran
RAN = "window.grulabRan = true"
NASTY = (
    f'<img src=x onerror="{RAN}">',
    f"<script>{RAN}</script>",
    f'"><svg onload="{RAN}"><iframe srcdoc="<b>film</b>">',
    f"{{{{{RAN}}}}} ${{{RAN}}} javascript:{RAN}",
    "\x00 film \x00",
    "\u202e\u05e1\u05e8\u05d8 film \u202c \u200f the \u0645\u0645\u062a\u0627\u0632",
    "🧑🏽‍🚀❤️ film \ud83d the",
    "the film " * 11_000,
)
BOXES = {
    "writer": ("book/08a_language.html", "[data-writer=writer]"),
    "review": ("book/06_imdb.html", ".review"),
}
# pages with widgets that show words from Python
SHOWN = (
    ("book/03_keras_example.html", "labels features"),
    ("book/04_forecasting.html", "labels"),
    ("book/05_text.html", "texts"),
    ("book/06_imdb.html", "presets"),
    ("book/07_variants.html", "rows"),
    ("book/08a_language.html", "presets noun"),
    ("book/08c_speech.html", "titles classes"),
)
FOREIGN = "img, script, iframe, object, embed, a, link, style, [onerror], [onload], [onclick], [srcdoc]"


def nothing_ran(page, root):
    """Hold that no element came from a text, and that no text ran."""
    assert root.locator(FOREIGN).count() == 0
    assert page.evaluate("() => window.grulabRan") is None


@pytest.mark.parametrize("name", BOXES)
def test_a_text_stays_a_text_and_the_page_answers(find_widget, name):
    page, root = find_widget(*BOXES[name])
    box = root.locator("textarea")
    for text in NASTY:
        # as a paste does; a lone surrogate stays one
        box.evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', {bubbles: true})); }",
            json.loads(json.dumps(text)),
        )
        settle(page)
        read(root)
        nothing_ran(page, root)
        assert box.evaluate("box => box.value.length") == len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert "It was not read: shorten it." in root.inner_text()
    box.fill("the film")
    settle(page)
    assert "It was not read" not in root.inner_text()
    nothing_ran(page, root)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("writer", NASTY[0]),
        ("review", NASTY[1]),
        ("writer", "preset:NaN"),
        ("review", "preset:-1"),
        ("writer", "__proto__:1"),
    ],
)
def test_a_link_that_says_nonsense_leaves_the_widget_as_it_begins(find_widget, name, text):
    place, selector = BOXES[name]
    page, root = find_widget(place, selector)
    begun = read(root)["state"]
    query = page.evaluate("text => encodeURIComponent(text)", text)
    page.goto(f"{page.url.split('?')[0]}?{name}={query}", wait_until="load")
    root.wait_for()
    assert read(root)["state"] == begun
    assert root.get_by_role("alert").inner_text().startswith("The shared state was not used: the link ")
    nothing_ran(page, root)


def with_markup(state, names):
    """Return a widget's state whose words from Python hold markup, in the traits of these names."""

    def spoil(value):
        if isinstance(value, str):
            return NASTY[0] + value
        if isinstance(value, list):
            return [spoil(one) for one in value]
        kept = ("ids",)
        return (
            {k: one if k in kept else spoil(one) for k, one in value.items()}
            if isinstance(value, dict)
            else value
        )

    return {name: spoil(value) if name in names else value for name, value in state.items()}


@pytest.mark.parametrize(("place", "names"), SHOWN)
def test_words_from_python_are_shown_as_they_are(site, serve, visit, tmp_path, place, names):
    folder, file = place.split("/")
    (tmp_path / folder).mkdir()
    for source in (*site.iterdir(), *(site / folder).iterdir()):
        if source not in (site / folder, site / place):
            (tmp_path / source.relative_to(site)).symlink_to(source)
    page_text = (site / place).read_text(encoding="utf-8")
    block = re.compile(
        r'(<script type="application/vnd.jupyter.widget-state\+json">)(.*?)(</script>)', re.DOTALL
    )
    saved = json.loads(block.search(page_text)[2])
    spoiled = 0
    for model in saved["state"].values():
        if "_esm" in model["state"]:
            before = model["state"]
            model["state"] = with_markup(before, names.split())
            spoiled += model["state"] != before
    assert spoiled, "no widget of this page has such words"
    written = json.dumps(saved).replace("</", "<\\/")
    (tmp_path / folder / file).write_text(
        block.sub(lambda found: found[1] + written + found[3], page_text), encoding="utf-8"
    )
    page = visit((home := serve(tmp_path)) + place, home)
    root = page.locator(".grulab").first
    root.wait_for()
    read(root)
    nothing_ran(page, page.locator(".grulab"))
    shown = page.locator(".grulab").evaluate_all("nodes => nodes.map(node => node.textContent).join()")
    described = page.locator(".grulab [aria-label], .grulab option").evaluate_all(
        "nodes => nodes.map(node => node.getAttribute('aria-label') + node.textContent).join()"
    )
    assert NASTY[0] in shown + described
