"""ForecastPlayer on its page: the forecasters run as those in Python, in slices of a frame."""

import numpy as np
import pytest
from numbers_on_page import follow, number, read, settle

from benchmarks.pages import at_rest
from grulab.forecasting import rmse
from grulab.widgets import ForecastPlayer
from grulab.widgets.forecastplayer import PARTS
from grulab.widgets.transport import unpacked

PLACE = "book/04_forecasting.html"


@pytest.fixture
def player(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""

    def find(name="forecast", query="", **options):
        query = query and f"?{name}={query}"
        return find_twin(PLACE, f"[data-player={name}]", name, in_python, query, **options)

    return find


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    trained = [[unpacked(parts[part]) for part in PARTS] for parts in state["trained"]]
    forecasters = dict(zip(state["labels"], trained, strict=True))
    return ForecastPlayer(forecasters, unpacked(state["truth"]), state["line"], **state["setting"])


def check(root, widget):
    """Compare the numbers and the sentence on the page with those of Python."""
    shown = follow(root, widget)
    numbers = {name: number(text) for name, text in shown["numbers"] if name not in shown["state"]}
    made, horizons = widget.runs(), widget.horizons()
    at = widget.start - widget.setting["starts"][0]
    for name in ("gru", "line", "persistence"):
        assert numbers[f"holds_{name}"] == horizons[name][at], name
        assert numbers[f"rmse_{name}"] == pytest.approx(rmse(made[name], made["truth"]), abs=6e-4), name
    if widget.setting["wave"] and len(widget.waves()):
        phase, amplitude = widget.waves()[-1]
        assert numbers["phase"] == pytest.approx(phase, abs=6e-4)
        assert numbers["amplitude"] == pytest.approx(amplitude, abs=6e-4)
    verdict = root.locator(".player-verdict").inner_text()
    assert verdict.startswith(f"From {widget.start}, within {widget.limit:g}: the GRU holds ")
    assert ("the GRU holds to the end" in verdict) == (horizons["gru"][at] == widget.steps)
    return horizons


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("forecast", ""),
        ("forecast", "forecaster:0,start:843,steps:300,limit:0.2"),
        ("forecast", "forecaster:5,start:899,steps:63,limit:0.01"),
        ("forecast", "forecaster:3,start:861,steps:2,limit:0.03"),
        ("forecast-sunspots", ""),
        ("forecast-sunspots", "forecaster:2,start:1956,steps:7,limit:0.2"),
    ],
)
def test_the_numbers_are_those_of_the_forecasters(player, name, query):
    _, root, widget = player(name, query)
    check(root, widget)


@pytest.mark.parametrize("name", ["forecast", "forecast-sunspots"])
def test_all_starts_are_tried_while_the_page_rests(player, name):
    _, root, widget = player(name)
    horizons = check(root, widget)["gru"]
    first, last = widget.setting["starts"]
    words = root.get_by_text(f"All {last + 1 - first} starts")
    words.wait_for()
    place = first + int(horizons.argmin())
    ties = int((horizons == horizons.min()).sum())
    also = f" (and {ties - 1} more)" if ties > 1 else ""
    assert words.inner_text() == (
        f"All {len(horizons)} starts: the GRU holds for {horizons.min()} {widget.setting['step']}s at the "
        f"shortest, first from {place}{also}; median {np.median(horizons):g}, longest {horizons.max()}."
    )
    # the bars say the same
    bars = root.locator(".player-bars").get_attribute("d").split("M")[1:]
    heights = [float(floor) - float(top) for floor, top in (bar.split(" ")[1].split("V") for bar in bars)]
    tallest = max(10, horizons.max(), widget.horizons()["persistence"].max())
    np.testing.assert_allclose(heights, 60 * horizons / tallest, atol=0.01)


def test_a_drag_in_the_chart_moves_the_start(player):
    page, root, widget = player()
    chart = root.locator(".player-series")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    level = box["y"] + 0.4 * box["height"]
    page.mouse.move(box["x"] + 5, level)
    page.mouse.down()
    settle(page)
    assert read(root)["state"]["start"] == 800
    seen = []
    for share in (0.3, 0.4, 0.99):
        page.mouse.move(box["x"] + share * box["width"], level)
        settle(page)
        check(root, widget)
        seen.append(widget.start)
    assert 800 < seen[0] < seen[1] < seen[2] == 899
    page.mouse.up()
    page.mouse.move(box["x"] + 5, level)
    assert read(root)["state"]["start"] == 899


def test_a_tap_in_the_strip_chooses_its_start(player):
    page, root, widget = player(has_touch=True)
    root.get_by_text("All 100 starts").wait_for()
    chart = root.locator(".player-series")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    bars = root.locator(".player-bars").get_attribute("d").split("M")[1:]
    x = float(bars[43].split(" ")[0]) * box["width"] / chart.evaluate("node => node.viewBox.baseVal.width")
    page.touchscreen.tap(box["x"] + x, box["y"] + 0.8 * box["height"])
    settle(page)
    assert read(root)["state"]["start"] == 843
    check(root, widget)


# the script of each frame from a move to a start not seen before, until the run is whole
FRAMES = """async (input) => {
    const root = input.closest(".player");
    const ask = window.requestAnimationFrame.bind(window);
    window.requestIdleCallback = () => 1; // no start is computed beforehand
    let spent = 0;
    window.requestAnimationFrame = (act) => ask((now) => {
        const begin = performance.now();
        act(now);
        spent += performance.now() - begin;
    });
    const frames = [];
    for (let i = 1; i <= 25; i += 1) {
        input.value = Number(input.min) + 4 * i - 1;
        input.dispatchEvent(new Event("input"));
        do {
            spent = 0;
            await new Promise(ask);
            frames.push(spent);
        } while (root.getAttribute("aria-busy") === "true");
    }
    return frames;
}"""


@pytest.mark.timed
def test_a_new_start_comes_in_slices_of_a_frame(player):
    page, root, _ = player(query="forecaster:3,start:800,steps:300,limit:0.1")
    start = root.locator("[data-control=start]")

    def frame():
        frames = start.evaluate(FRAMES)
        # several frames a start: else nothing was left to do, and the test would say nothing
        assert len(frames) > 50
        return np.median(frames)

    assert 0 < at_rest(page, frame, 4) < 4
