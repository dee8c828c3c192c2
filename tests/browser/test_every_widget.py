"""What holds for every widget on its built page: controls, links, contrast, phones, screen readers."""

import re

import pytest
from numbers_on_page import read, settle
from tabs import turn
from taken import TAKEN

from benchmarks import pages
from grulab import widgets

# name in a link: page, selector of the widget's root, its class, and a control that changes a drawing
WIDGETS = {
    "gatelab-dial": ("book/index.html", ".stage-dial", "GateLab", "z"),
    "gatelab-step": ("book/01_concepts.html", ".stage-step", "GateLab", "z"),
    "gatelab-weights": ("book/01_concepts.html", ".stage-weights", "GateLab", "update_bias"),
    "convention": ("book/02_equations.html", ".convention", "ConventionSwitch", "h"),
    "parameters": ("book/02_equations.html", ".parameters", "ParameterCounter", "units"),
    "reset-order": ("book/02_equations.html", ".resetorder", "ResetOrder", "h_1"),
    "timeline": ("book/03_keras_example.html", ".timeline", "GateTimeline", "unit"),
    "padding": ("book/05_text.html", ".padding", "PaddingLab", "maxlen"),
    "forecast": ("book/04_forecasting.html", "[data-player=forecast]", "ForecastPlayer", "start"),
    "forecast-sunspots": (
        "book/04_forecasting.html",
        "[data-player=forecast-sunspots]",
        "ForecastPlayer",
        "start",
    ),
    "highway": ("book/02b_gradients.html", ".highway", "GradientHighway", "update_bias"),
    "training": ("book/02b_gradients.html", ".training", "TrainingGround", "seed"),
    "review": ("book/06_imdb.html", ".review", "ReviewGates", "unit"),
    "writer": ("book/08a_language.html", "[data-writer=writer]", "Writer", "written"),
    "writer-notes": ("book/08e_music.html", "[data-writer=writer-notes]", "Writer", "written"),
    "player": ("book/08d_video.html", "[data-player=player]", "Player", "step"),
    "speech": ("book/08c_speech.html", "[data-player=speech]", "Player", "step"),
    "variants": ("book/07_variants.html", ".variants", "VariantTable", "second"),
}
each_widget = pytest.mark.parametrize("name", WIDGETS)
CONTROLS = "[data-control]"
CLIPBOARD = "() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }"


def test_every_widget_has_its_place():
    assert {made for _, _, made, _ in WIDGETS.values()} == set(widgets.__all__)


@pytest.fixture
def find(find_widget):
    """Return a function that opens the page of a widget and returns (page, widget), all folds open."""

    def find(name, **options):
        place, selector, _, _ = WIDGETS[name]
        page, root = find_widget(place, selector, **options)
        pages.unfold(root)
        return page, root

    return find


def move(control):
    """Move a control by keyboard to another value."""
    before = control.evaluate("node => node.value")
    for key in ("End", "Home"):
        control.press(key)
        if control.evaluate("node => node.value") != before:
            return
    pytest.fail(f"{control.get_attribute('data-control')} does not move")


def move_all(controls):
    """Move controls, the last first: one further up may leave those below it no room."""
    for control in reversed(controls):
        move(control)


@each_widget
def test_every_control_goes_from_end_to_end_by_keyboard(find, home, name):
    page, root = find(name, home=home)
    controls = root.locator(CONTROLS)
    assert controls.count() > 0
    for control in controls.all():
        trait = control.get_attribute("data-control")
        ends = control.evaluate(
            "node => node.options ? [0, node.options.length - 1] : [Number(node.min), Number(node.max)]"
        )
        seen = []
        for key in ("Home", "End"):
            control.press(key)
            settle(page)
            seen.append(read(root)["state"][trait])
        assert seen == ends, trait


@each_widget
def test_a_copied_link_restores_the_state_and_leaves_the_address_alone(find, visit, home, name):
    page, root = find(name, home=home)
    first = read(root)
    page.evaluate(CLIPBOARD)
    move_all(root.locator(CONTROLS).all()[:3])
    address = page.url
    moved = read(root)
    assert moved["state"] != first["state"]
    root.get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.copied")
    link = page.evaluate("window.copied")
    assert page.url == address
    assert link.startswith(address.partition("#")[0] + "?")

    again = visit(link, home)
    opened = again.locator(WIDGETS[name][1])
    opened.wait_for()
    assert read(opened) == moved
    opened.get_by_role("button", name="Reset").click()
    assert read(opened) == first


@each_widget
def test_copied_python_is_the_same_state_and_reset_brings_everything_back(find, name):
    page, root = find(name)
    first = read(root)
    page.evaluate(CLIPBOARD)
    move_all(root.locator(CONTROLS).all())
    root.get_by_role("button", name="Copy as Python").click()
    page.wait_for_function("window.copied")
    kind = WIDGETS[name][2]
    taken = TAKEN.get(kind, {}) | TAKEN.get(name, {})
    made = eval(page.evaluate("window.copied"), {kind: getattr(widgets, kind)} | taken)
    assert made.name == name
    assert {trait: getattr(made, trait) for trait in read(root)["state"]} == read(root)["state"]
    assert read(root) != first
    root.get_by_role("button", name="Reset").click()
    assert read(root) == first


GROUNDS = """
    const channels = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = node => {
        for (let one = node; one; one = one.parentElement) {
            const colour = channels(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const contrast = (ink, ground) => {
        const [a, b] = [ink, ground].map(light).sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    };
"""
CONTRAST = f"""root => {{
    {GROUNDS}
    return [...root.querySelectorAll("*")]
        .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
        .filter(node => node.getClientRects().length)
        .map(node => {{
            const style = getComputedStyle(node);
            const ink = channels(node instanceof SVGElement ? style.fill : style.color);
            return [node.textContent.slice(0, 30), contrast(ink, behind(node))];
        }});
}}"""
# the edges of what one picks from, writes in or presses, against what lies inside and around them
EDGES = f"""root => {{
    {GROUNDS}
    return [...root.querySelectorAll("select, textarea, .grulab-field, .grulab-button")].map(node => {{
        const edge = channels(getComputedStyle(node).borderTopColor);
        return [node, node.parentElement].map(one => contrast(edge, behind(one)));
    }});
}}"""


def in_each_scheme(find, name):
    """Yield "light" and the widget in light colours, then the same in dark ones."""
    page, root = find(name, color_scheme="light", reduced_motion="reduce")
    for scheme in ("light", "dark"):
        turn(page, scheme)
        settle(page)
        yield scheme, root


@each_widget
def test_text_stands_out_in_light_and_dark(find, name):
    for scheme, root in in_each_scheme(find, name):
        found = root.evaluate(CONTRAST)
        # title, control, chart and buttons of the smallest widget have more
        assert len(found) > 10
        assert [(text, ratio) for text, ratio in found if ratio < 4.5] == [], scheme


@each_widget
def test_edges_of_controls_stand_out_in_light_and_dark(find, name):
    for scheme, root in in_each_scheme(find, name):
        found = root.evaluate(EDGES)
        # the buttons below, and the field to copy from
        assert len(found) >= 4
        assert min(min(ratios) for ratios in found) >= 3, scheme


@each_widget
def test_a_phone_needs_no_sideways_scrolling(find, name):
    page, root = find(name, width=375, height=667, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    # a wide table may scroll inside a box that fits
    beyond = """root => [...root.querySelectorAll('*')].filter(
        (node) => node.getBoundingClientRect().right > 375 && !node.parentElement.closest("[tabindex]")
    ).length"""
    assert root.evaluate(beyond) == 0


@each_widget
def test_screen_readers_are_told(find, name):
    page, root = find(name)
    labels = root.locator(CONTROLS).evaluate_all("controls => controls.map(control => control.ariaLabel)")
    assert all(labels)
    # nobody can tell two of one name apart
    assert len(set(labels)) == len(labels)
    for control in root.locator("input[type=range]").all():
        assert re.fullmatch(r"−?\d+(\.\d+)?", control.get_attribute("aria-valuetext"))
    drawings = root.get_by_role("img")
    before = [drawing.get_attribute("aria-label") for drawing in drawings.all()]
    assert before
    assert all(before)
    move(root.locator(f"[data-control={WIDGETS[name][3]}]"))
    settle(page)
    after = [drawing.get_attribute("aria-label") for drawing in drawings.all()]
    assert any(old != new for old, new in zip(before, after, strict=True))
    live = f"document.querySelector('{WIDGETS[name][1]} [aria-live]').textContent"
    page.wait_for_function(live)
    # two widgets on one page must not share an id
    assert root.locator("[id]").count() == 0


@pytest.mark.timed
@each_widget
def test_a_move_takes_a_few_milliseconds_of_script(find, name):
    page, root = find(name)
    for control in root.locator("input[type=range]").all():
        took = pages.at_rest(page, lambda moved=control: pages.move(moved), 4)
        assert 0 < took < 4, control.get_attribute("data-control")


@pytest.mark.timed
@each_widget
def test_a_page_with_widgets_is_light_and_quick(browser, site, name):
    page = WIDGETS[name][0]
    weight = pages.weight(site, page)
    assert 0 < weight["script"] < 150_000
    assert 0 < weight["data"] < 1_500_000
    blank = browser.new_page()
    address = (site / page).as_uri()
    seconds = pages.at_rest(blank, lambda: pages.drawn(browser, address, weight["widgets"]), 1.5)
    assert 0 < seconds < 1.5
    blank.close()
