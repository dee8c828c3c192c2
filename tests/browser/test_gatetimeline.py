"""GateTimeline on its page: the trained layer in the page answers as the one in Python."""

from functools import partial

import numpy as np
import pytest
from made import timeline as timeline_of
from numbers_on_page import follow, number, read, settle
from saved import weights_of

from grulab.widgets import GateTimeline
from grulab.widgets.transport import unpacked


@pytest.fixture
def timeline(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""
    return partial(find_twin, "book/03_keras_example.html", ".timeline", "timeline", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    head = unpacked(state["output"]["kernel"])[:, None], unpacked(state["output"]["bias"])
    return GateTimeline(
        weights_of(state["layer"]),
        head,
        unpacked(state["inputs"]),
        state["labels"],
        state["features"],
        marked=state["features"][state["marked"]],
    )


def check(root, widget):
    """Compare the numbers on the page with those of Python."""
    shown = follow(root, widget)
    untouched, held = widget.runs()
    numbers = {name: number(text) for name, text in shown["numbers"] if name not in shown["state"]}
    assert numbers["untouched"] == pytest.approx(widget.probability(untouched), abs=6e-4)
    assert numbers["held"] == pytest.approx(widget.probability(held), abs=6e-4)
    t, unit = widget.step, widget.unit
    for quantity in ("z", "r", "candidate", "h"):
        value = getattr(held, quantity)[0, t, unit]
        assert numbers[f"{quantity}_value"] == pytest.approx(value, abs=6e-4), quantity
    turned = (widget.probability(untouched) > 0.5) != (widget.probability(held) > 0.5)
    verdict = root.locator(".grulab-verdict").inner_text()
    assert verdict.startswith(f"The label is {widget.labels[widget.sequence]}.")
    assert ("turns the answer" in verdict) == turned


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?timeline=gate:1,value:1,units_held:1,steps_held:2",
        "?timeline=gate:2,value:0,units_held:1,steps_held:1,sequence:7,step:9,unit:31",
        "?timeline=gate:3,value:0.37,units_held:0,steps_held:0,sequence:59,step:3,unit:12",
    ],
)
def test_the_numbers_are_those_of_the_layer(timeline, query):
    _, root, widget = timeline(query)
    check(root, widget)


def test_the_tasks_of_the_page_can_be_done(timeline):
    page, root, widget = timeline()

    def hold(**settings):
        for name, value in settings.items():
            root.locator(f"[data-control={name}]").select_option(str(value))
        settle(page)
        check(root, widget)

    def counted():
        # counting begins when the reader rests, and goes on a few sequences at a time
        page.wait_for_timeout(1500)
        text = root.get_by_text("Answered right").inner_text()
        return [int(word) for word in text.replace(",", "").replace(".", "").split() if word.isdigit()]

    # at the flag the answer turns, and about half of all are right
    hold(gate=1, steps_held=2)
    assert "turns the answer" in root.locator(".grulab-verdict").inner_text()
    total, free, held = counted()
    assert total == 60
    assert free >= 50
    assert held <= 42
    # at another step it does not
    flag = int(np.flatnonzero(unpacked(widget.inputs)[0, :, 0])[0])
    hold(steps_held=0)
    root.locator("[data-control=step]").press("Home")
    for _ in range(flag + 1):
        root.locator("[data-control=step]").press("ArrowRight")
    settle(page)
    check(root, widget)
    assert "stays the same" in root.locator(".grulab-verdict").inner_text()


def test_a_tap_in_a_map_chooses_unit_and_step(timeline):
    page, root, widget = timeline(has_touch=True)
    canvas = root.locator("canvas").nth(1)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.touchscreen.tap(box["x"] + 0.65 * box["width"], box["y"] + box["height"] * 20.5 / 32)
    settle(page)
    state = read(root)["state"]
    assert (state["step"], state["unit"]) == (6, 20)
    check(root, widget)


def test_a_mouse_that_passes_reads_a_number_and_chooses_nothing(timeline):
    page, root, widget = timeline()
    before = read(root)["state"]
    canvas = root.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + box["height"] * 5.5 / 32)
    untouched, _ = widget.runs()
    text = root.get_by_text("z of unit 5 at step 2: ").inner_text()
    assert number(text.rpartition(" ")[2]) == pytest.approx(untouched.z[0, 2, 5], abs=6e-4)
    assert read(root)["state"] == before


def test_what_was_read_in_a_map_stands_no_longer_than_it_is_true(shown):
    page = shown(timeline_of())
    root = page.locator(".grulab")
    root.wait_for()
    hint = "Press or drag in a map, or use the sliders, to choose a step and a unit."
    line = root.locator(".grulab-maps + .grulab-legend")
    box = root.locator("canvas").first.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    assert line.inner_text().startswith("z of unit 2 at step 2: ")
    # another step is another mark in the same maps, another sequence is not
    root.locator("[data-control=step]").press("ArrowRight")
    settle(page)
    assert line.inner_text().startswith("z of unit 2 at step 2: ")
    root.locator("[data-control=sequence]").press("ArrowRight")
    settle(page)
    assert line.inner_text() == hint
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    assert line.inner_text().startswith("z of unit 2 at step 3: ")
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] - 30)
    assert line.inner_text() == hint


def test_a_sequence_of_one_step_is_drawn(shown):
    page = shown(timeline_of(time_steps=1))
    root = page.locator(".grulab")
    root.wait_for()
    root.locator("[data-control=gate]").select_option("1")
    settle(page)
    assert root.locator(".grulab-chart polyline").count() == 4
    assert "NaN" not in root.evaluate("node => node.outerHTML")
    assert root.locator(".grulab-alert").text_content() == ""


def test_what_is_held_is_named(shown):
    page = shown(timeline_of())
    root = page.locator(".grulab")
    root.wait_for()
    names = root.locator(".timeline-hold [data-control]").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert names == ["Hold which gate", "hold at this value", "hold in which units", "hold at which steps"]
    for name in names[2:]:
        assert root.get_by_role("combobox", name=name, exact=True).is_visible()
