"""The colours of widgets follow the page's theme, whatever shows the page and whenever it changes."""

import pytest
from made import film, speech, timeline

from grulab.palette import DARK, LIGHT
from grulab.widgets import GateLab, TrainingGround

# how each place says that it is dark
DARK_PAGES = {
    "the site": "document.documentElement.dataset.theme = 'dark'",
    "Colab": "document.documentElement.setAttribute('theme', 'dark')",
    "JupyterLab": "document.body.dataset.jpThemeLight = 'false'",
    "VS Code": "document.body.className = 'vscode-body vscode-dark'",
    "VS Code, high contrast": "document.body.className = 'vscode-body vscode-high-contrast'",
}
LIGHT_PAGES = {
    "no mark": "",
    "the site": "document.documentElement.dataset.theme = 'light'",
    "Colab": "document.documentElement.setAttribute('theme', 'light')",
    "JupyterLab": "document.body.dataset.jpThemeLight = 'true'",
    "VS Code": "document.body.className = 'vscode-body vscode-light'",
    "VS Code, high contrast": (
        "document.body.className = 'vscode-body vscode-high-contrast vscode-high-contrast-light'"
    ),
}
CANVASES = {
    "maps": lambda: timeline(),
    "field": lambda: TrainingGround(),
    "beliefs": lambda: speech(step=7),
    "frames": lambda: film(),
}
each_canvas = pytest.mark.parametrize("name", CANVASES)
# the marks in a map have the colour of the text
STYLE = """<style>
    .grulab { --pst-color-text-base: #102030; }
    [data-theme="dark"] .grulab { --pst-color-text-base: #e0f0ff; }
</style>"""
# the widgets are drawn first, and come onto the page when `arrive` is called
LATE = """<script>
    window.places = [];
    const after = HTMLScriptElement.prototype.after;
    HTMLScriptElement.prototype.after = function (place) {
        window.places.push(place);
        window.arrive = () => after.call(this, place);
    };
</script>"""
PIXELS = """async root => {
    for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
    return [...root.querySelectorAll("canvas")].map(canvas => canvas.toDataURL());
}"""


def toned(root):
    """Return the colours of the quantities in a widget."""
    return root.evaluate(
        "(root, names) => names.map(name => getComputedStyle(root).getPropertyValue(`--gru-${name}`).trim())",
        list(LIGHT),
    )


@pytest.mark.parametrize(
    ("marks", "colours"),
    [(mark, DARK) for mark in DARK_PAGES.values()] + [(mark, LIGHT) for mark in LIGHT_PAGES.values()],
    ids=[f"dark in {name}" for name in DARK_PAGES] + [f"light in {name}" for name in LIGHT_PAGES],
)
def test_colours_are_those_of_the_place(shown, marks, colours):
    page = shown(GateLab(stage="dial"))
    root = page.locator(".grulab")
    root.wait_for()
    page.evaluate(marks)
    assert toned(root) == list(colours.values())


@each_canvas
def test_canvases_are_painted_anew_in_another_theme(shown, name):
    page = shown(CANVASES[name](), extra=STYLE)
    root = page.locator(".grulab")
    root.wait_for()
    light = root.evaluate(PIXELS)
    assert len(light) > 0
    page.evaluate(DARK_PAGES["the site"])
    dark = root.evaluate(PIXELS)
    # frames of a film are grey everywhere
    assert [one != other for one, other in zip(light, dark, strict=True)].count(True) == {
        "maps": 4,
        "field": 1,
        "beliefs": 1,
        "frames": 0,
    }[name]
    # as if the page had been dark when it opened
    begun = shown(CANVASES[name](), extra=f"{STYLE}<script>{DARK_PAGES['the site']}</script>")
    begun.locator(".grulab").wait_for()
    assert begun.locator(".grulab").evaluate(PIXELS) == dark
    page.evaluate("delete document.documentElement.dataset.theme")
    assert root.evaluate(PIXELS) == light


@pytest.mark.parametrize("place", ["Colab", "JupyterLab", "VS Code", "VS Code, high contrast"])
def test_canvases_follow_notebooks_as_well(shown, place):
    page = shown(timeline())
    root = page.locator(".grulab")
    root.wait_for()
    light = root.evaluate(PIXELS)
    page.evaluate(DARK_PAGES[place])
    assert all(one != other for one, other in zip(light, root.evaluate(PIXELS), strict=True))


@each_canvas
def test_what_is_drawn_before_it_is_on_the_page_has_its_colours_there(shown, name):
    page = shown(CANVASES[name](), extra=STYLE)
    page.locator(".grulab").wait_for()
    expected = page.locator(".grulab").evaluate(PIXELS)
    page = shown(CANVASES[name](), extra=STYLE + LATE)
    page.wait_for_function("window.places[0]?.querySelector('.grulab canvas')")
    page.evaluate("async () => { await new Promise(requestAnimationFrame); window.arrive(); }")
    assert page.locator(".grulab").evaluate(PIXELS) == expected
