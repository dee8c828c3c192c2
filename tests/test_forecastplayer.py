"""ForecastPlayer: free runs, horizons and waves in the page's JavaScript are those of grulab.forecasting."""

import re

import numpy as np
import pytest
import traitlets
from playing import in_node

from grulab.forecasting import horizon_until, rmse
from grulab.widgets import ForecastPlayer

WAVE = 0.4  # radians a step: a wave has 16 steps
STEPS_OF_WAVE = {WAVE: 16, 2 * np.pi / 4.5: 5, 2 * np.pi / 2.5: 3}


def example(**settings):
    """Return a widget with two random GRUs of 4 units on a wave of 90 values, counted from 100 on."""
    rng = np.random.default_rng(0)
    shapes = (1, 12), (4, 12), (2, 12), (4, 1), (1,)
    forecasters = {
        name: [rng.normal(scale=0.8, size=shape).astype("float32") for shape in shapes] for name in "ab"
    }
    given = {"starts": (106, 149), "ends": (-2, 2), "width": 6, "origin": 100, "wave": WAVE}
    series = 2 * np.sin(WAVE * np.arange(90))
    return ForecastPlayer(forecasters, series, [0.02, -0.9, 1.8], **given | settings)


SETTINGS = [
    {},
    {"forecaster": 1, "start": 149, "steps": 41, "limit": 0.5},
    {"forecaster": 1, "start": 120, "steps": 15, "limit": 1.0},
    {"forecaster": 0, "start": 131, "steps": 2, "limit": 0.01},
]


# the last two: a turn of 4 and a half steps, and the shortest wave that there is
@pytest.mark.parametrize("wave", [WAVE, None, 2 * np.pi / 4.5, 2 * np.pi / 2.5])
def test_the_page_computes_what_python_computes(tmp_path, wave):
    held = []
    for settings, found in zip(SETTINGS, in_node(tmp_path, example(wave=wave), SETTINGS), strict=True):
        widget = example(wave=wave, **settings)
        made = widget.runs()
        np.testing.assert_allclose(found["truth"], made["truth"], atol=1e-12)
        for name, values in found["runs"].items():
            np.testing.assert_allclose(values, made[name], rtol=1e-9, atol=1e-9, err_msg=name)
        assert found["rmse"] == pytest.approx(rmse(made["gru"], made["truth"]), rel=1e-9)
        horizons = widget.horizons()
        assert {name: list(one) for name, one in horizons.items()} == found["horizons"]
        assert found["known"][0] is None  # nothing is said of a run that has not begun
        held += [count for one in horizons.values() for count in one / widget.steps]
        if wave is None:
            assert found["waves"] is None
            with pytest.raises(ValueError, match="waves needs wave, the angle of one step"):
                widget.waves()
        else:
            assert len(found["waves"]) == max(0, widget.steps - STEPS_OF_WAVE[wave] + 1)
            np.testing.assert_allclose(np.reshape(found["waves"], (-1, 2)), widget.waves(), atol=1e-9)
    # some forecasts fail at once, some on the way, some hold to the end
    assert {0, 1} < set(held)


def test_a_horizon_is_that_of_the_errors():
    widget = example(start=120)
    errors, horizons = widget.errors(), widget.horizons()
    assert list(errors) == list(horizons) == ["gru", "line", "persistence"]
    for name, error in errors.items():
        assert horizons[name][120 - 106] == horizon_until(error, widget.limit)


def test_limits_follow_the_data():
    widget = example()
    assert widget.limits["forecaster"] == [0, 1, 1]
    assert widget.limits["start"] == [106, 149, 1]
    # from the last start a run of all steps ends on the last value
    assert widget.limits["steps"] == [2, 41, 1]
    assert (widget.start, widget.steps, widget.name) == (106, 41, "forecast")
    with pytest.raises(traitlets.TraitError, match="start must be a whole number from 106 to 149"):
        widget.start = 150


def test_the_line_of_python_makes_the_same_widget():
    widget = example(name="other", unit="spots", step="year", **SETTINGS[2])
    known = {
        "forecasters": {
            label: [np.zeros(s) for s in ((1, 3), (1, 3), (2, 3), (1, 1), (1,))] for label in "ab"
        },
        "series": np.zeros(90),
        "line": widget.line,
    }
    again = eval(repr(widget), {"ForecastPlayer": ForecastPlayer} | known)
    assert repr(again) == repr(widget)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts": (105, 149)}, "starts must leave 6 values before and two after, but they are 105 and 149"),
        ({"starts": (106, 189)}, "and the series has the shape (90,) and begins at 100"),
        ({"starts": (120, 110)}, "but they are 120 and 110"),
        ({"wave": 2.6}, "wave is 2.6, but it must be the angle of one step in radians, of which 3 to 100,"),
        ({"wave": 7}, "wave is 7, but it must be the angle of one step in radians"),
        ({"wave": 1e-300}, "wave is 1e-300, but it must be the angle of one step in radians"),
        ({"limit": 2}, "limit must be a number from 0.01 to 1, but is 2"),
        ({"speed": 1}, "ForecastPlayer knows no 'speed'"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changed, sentence):
    with pytest.raises((TypeError, ValueError, traitlets.TraitError), match=re.escape(sentence)):
        example(**changed)


def test_weights_and_lines_that_do_not_fit_are_a_sentence():
    given = {"series": np.zeros(20), "starts": (6, 10), "ends": (0, 1), "width": 4}
    right = [np.zeros(shape) for shape in ((1, 6), (2, 6), (2, 6), (2, 1), (1,))]
    assert ForecastPlayer({"a": right}, line=[0, 1], **given).labels == ["a"]
    for wrong in (right[:4], [*right[:2], np.zeros(6), *right[3:]], [np.zeros((2, 6)), *right[1:]], []):
        with pytest.raises(ValueError, match="'a' must hold the weights of one GRU with reset_after"):
            ForecastPlayer({"a": wrong}, line=[0, 1], **given)
    for line in ([1], [0] * 6):
        with pytest.raises(ValueError, match=f"intercept and 1 to 4 weights, but holds {len(line)}"):
            ForecastPlayer({"a": right}, line=line, **given)
