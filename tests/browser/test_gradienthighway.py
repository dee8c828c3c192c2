"""GradientHighway on its page: the numbers and the lines are those of Python, and its tasks can be done."""

from functools import partial

import numpy as np
import pytest
from numbers_on_page import follow, number, read, settle

from benchmarks.pages import at_rest, script_times
from grulab.widgets import GradientHighway
from grulab.widgets.gradienthighway import BLOCKS
from grulab.widgets.transport import unpacked

POINTS = """lines => lines.map(
    line => line.getAttribute("points").split(" ").map(point => point.split(",").map(Number)))"""


@pytest.fixture
def highway(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""
    return partial(find_twin, "book/02b_gradients.html", ".highway", "highway", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""

    def of_seeds(group):
        return list(zip(*(unpacked(group[name]) for name in ("kernel", "recurrent", "bias")), strict=True))

    layers = {kind: of_seeds(state["layers"][kind]) for kind in BLOCKS}
    trained = [of_seeds(state["trained"][when]) for when in ("before", "after")]
    return GradientHighway(layers, unpacked(state["inputs"]), trained, unpacked(state["probe"]))


def check(root, widget):
    """Compare every number of the table and the end of every line with Python."""
    shown = follow(root, widget)
    kinds = [*BLOCKS, *(["before", "after"] if widget.shown else [])]
    numbers = dict(shown["numbers"])
    for kind in kinds:
        for name, value in widget.reaches(kind)._asdict().items():
            if np.isnan(value):
                continue
            tolerance = {"rel": 0.06} if name == "share" else {"abs": 6e-4}
            assert number(numbers[f"{kind}_{name}"]) == pytest.approx(value, **tolerance), (kind, name)
    rows = root.locator("tbody tr")
    assert rows.count() == len(kinds)
    # the chart has its upper end at 10^10 and its lower one at 10^-52; it is 330 high, with 12 and 34 left
    places = root.locator("svg.grulab-chart polyline").evaluate_all(POINTS)
    assert len(places) == 1 + len(kinds)
    for kind, points in zip(kinds, places[1:], strict=True):
        xs, powers = np.array(points)[:, 0], 10 - (np.array(points)[:, 1] - 12) * 62 / 284
        assert abs(powers[0]) < 0.01
        wanted = np.log10(widget.survives(kind))
        if wanted[-1] > -46:
            assert powers[-1] == pytest.approx(min(wanted[-1], 10), abs=0.01)
            lags = np.round((xs - xs[0]) / (xs[-1] - xs[0]) * widget.length).astype(int)[1:]
            np.testing.assert_allclose(powers[1:], np.minimum(wanted[lags - 1], 10), atol=0.01)
        else:
            # what lies below is not drawn at all
            assert powers.min() > -46.01
    return numbers


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?highway=update_bias:3,forget_bias:0,length:50,input_scale:0,seed:1,shown:1",
        "?highway=update_bias:6,forget_bias:6,length:150,input_scale:5,seed:2,shown:1",
        "?highway=update_bias:0.25,forget_bias:4.75,length:150,input_scale:0,seed:0,shown:0",
        "?highway=update_bias:0,forget_bias:1,length:10,input_scale:0.25,seed:0,shown:1",
    ],
)
def test_the_numbers_and_the_lines_are_those_of_python(highway, query):
    _, root, widget = highway(query)
    check(root, widget)


def test_every_control_moves_what_it_should(highway):
    page, root, widget = highway()

    def moved(control, key, times=1):
        before = check(root, widget)
        for _ in range(times):
            root.locator(f"[data-control={control}]").press(key)
        settle(page)
        after = check(root, widget)
        return {kind for kind in BLOCKS if before[f"{kind}_share"] != after[f"{kind}_share"]}

    assert moved("update_bias", "ArrowRight", 12) == {"GRU"}
    assert moved("forget_bias", "ArrowRight", 3) == {"LSTM"}
    assert moved("input_scale", "ArrowLeft") == set(BLOCKS)
    assert moved("length", "ArrowLeft") == set(BLOCKS)
    assert moved("seed", "ArrowRight") == set(BLOCKS)
    root.locator("[data-control=shown]").select_option("1")
    settle(page)
    check(root, widget)
    # the sliders of the new layers leave the trained one alone
    trained = read(root)["numbers"]
    moved("update_bias", "Home")
    kept = [pair for pair in read(root)["numbers"] if pair[0].startswith("after_")]
    assert kept == [pair for pair in trained if pair[0].startswith("after_")]


def test_the_first_task_of_the_page_can_be_done(highway):
    page, root, widget = highway()
    bias = 0.0
    while number(dict(read(root)["numbers"])["GRU_share"]) < 0.01:
        root.locator("[data-control=update_bias]").press("ArrowRight")
        settle(page)
        bias += 0.25
    assert widget.limits["update_bias"][2] == 0.25
    assert 2.5 <= bias <= 3.5
    words = root.locator(".grulab-verdict").inner_text()
    assert words.startswith("Over 100 steps the GRU hands back 0.0")


@pytest.mark.timed
def test_a_bias_over_the_longest_sequence_stays_within_four_milliseconds(highway):
    page, root, widget = highway(
        "?highway=update_bias:0,forget_bias:1,length:150,input_scale:1,seed:0,shown:1"
    )
    for name in ("update_bias", "forget_bias"):
        # along the whole slider, each value unlike the one before
        low, high, step = widget.limits[name]
        values = np.arange(high, low - step / 2, -step).tolist()
        control = root.locator(f"[data-control={name}]")
        took = at_rest(page, lambda c=control, v=values: np.median(script_times(c, v * 3)), 4)
        assert 0 < took < 4, name
