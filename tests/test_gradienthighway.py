"""GradientHighway: what survives in Python and in the page's JavaScript, and the norm that both rest on."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab import jacobians
from grulab.widgets import GradientHighway
from grulab.widgets.gradienthighway import BLOCKS

SEEDS, UNITS, OTHER_UNITS, FEATURES, TIME_STEPS = 2, 4, 5, 3, 120

SCRIPT = """
const { traits: first, states, matrices } = question;
const numbers = js.highwayOf((name) => first[name]);
const kinds = ["SimpleRNN", "GRU", "LSTM", "before", "after"];
const reachOf = (state, kind) => {
  const get = (name) => ({ ...first, ...state })[name];
  return js.reachOf(js.walkOf(get, numbers, kind), kind, get("length"));
};
console.log(JSON.stringify({
  reaches: states.map((state) => Object.fromEntries(kinds.map((kind) =>
    [kind, reachOf(state, kind)]))),
  norms: matrices.map((one) => js.spectralNorm(Float64Array.from(one.flat()))),
  texts: [0, 1.234e-20, 0.0083, 1.5, 5120, 123456, 0.00004].map(js.shareText),
}));
"""


def random_layers(rng, kind, units=UNITS):
    """Return the arrays of one layer for each seed."""
    columns = BLOCKS[kind] * units
    bias = (2, columns) if kind == "GRU" else (columns,)
    shapes = (FEATURES, columns), (units, columns), bias
    return [[rng.normal(scale=0.6, size=shape).astype("float32") for shape in shapes] for _ in range(SEEDS)]


def parts(time_steps=TIME_STEPS):
    """Return what the class takes: layers, inputs, the trained pair and its sequence, all random."""
    rng = np.random.default_rng(0)
    layers = {kind: random_layers(rng, kind) for kind in BLOCKS}
    xs = rng.normal(size=(SEEDS, time_steps, FEATURES)).astype("float32")
    trained = random_layers(rng, "GRU", OTHER_UNITS), random_layers(rng, "GRU", OTHER_UNITS)
    return layers, xs, trained, rng.normal(size=(time_steps, FEATURES)).astype("float32")


STATES = [
    {},
    {"length": 10, "seed": 1, "update_bias": 3.0, "forget_bias": 0.0},
    {"length": 70, "input_scale": 0.0, "update_bias": 6.0, "forget_bias": 6.0},
    {"length": 120, "input_scale": 5.0, "seed": 1, "update_bias": 1.25, "forget_bias": 2.5},
    {"length": 50, "input_scale": 0.25, "update_bias": 0.5},
]
RNG = np.random.default_rng(1)
ORTHOGONAL = np.linalg.qr(RNG.normal(size=(16, 16)))[0]
MATRICES = [
    np.zeros((3, 3)),
    np.eye(16),
    1e-200 * RNG.normal(size=(8, 8)),
    1e200 * RNG.normal(size=(8, 8)),
    ORTHOGONAL,
    np.outer(RNG.normal(size=8), RNG.normal(size=8)),
    np.diag([3.0, -7.0, 7.0]),
    np.array([[-2.0]]),
    *RNG.normal(size=(20, 16, 16)),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Ask Node for all states and all norms at once."""
    folder = tmp_path_factory.mktemp("highway")
    widget = GradientHighway(*parts())
    names = [*widget.quantities(), "layers", "inputs", "trained", "probe"]
    traits = {name: getattr(widget, name) for name in names}
    matrices = [matrix.tolist() for matrix in MATRICES]
    return ask_widget(
        folder, GradientHighway, SCRIPT, {"traits": traits, "states": STATES, "matrices": matrices}
    )


@pytest.mark.parametrize("at", range(len(STATES)))
def test_the_page_computes_what_python_computes(found, at):
    widget = GradientHighway(*parts(), **STATES[at])
    for kind in (*BLOCKS, "before", "after"):
        there = found["reaches"][at][kind]
        norms = widget.survives(kind)
        lags = [lag for lag, _ in there["norms"]]
        assert lags[0] == 1
        assert lags[-1] == len(norms) == widget.length
        assert len(lags) <= 32
        np.testing.assert_allclose([norm for _, norm in there["norms"]], norms[np.array(lags) - 1], rtol=1e-9)
        assert (there["direct"] is None) == (kind == "SimpleRNN")
        for name, value in widget.reaches(kind)._asdict().items():
            if np.isnan(value):
                continue
            assert there[name] == pytest.approx(value, rel=1e-9, abs=1e-12), (kind, name)


def test_the_norm_is_the_largest_singular_value(found):
    np.testing.assert_allclose(found["norms"], [np.linalg.norm(one, 2) for one in MATRICES], rtol=1e-12)


def test_shares_are_written_with_two_digits(found):
    assert found["texts"] == ["0", "1.2e−20", "0.0083", "1.5", "5100", "1.2e5", "4.0e−5"]


def test_what_survives_is_what_the_jacobians_of_the_layers_say():
    layers, xs, trained, probe = parts()
    widget = GradientHighway(layers, xs, trained, probe, length=30, seed=1, input_scale=2.0, forget_bias=0.5)
    doubled = 2.0 * xs[1:, :30].astype("float64")
    kernel, recurrent, bias = (array.astype("float64") for array in layers["LSTM"][1])
    bias[UNITS : 2 * UNITS] = 0.5
    expected = jacobians.reach(jacobians.lstm(kernel, recurrent, bias, doubled))[0]
    np.testing.assert_allclose(widget.survives("LSTM"), expected, rtol=1e-12)
    # the gate of a plain RNN is the slope of tanh
    kernel, recurrent, bias = (array.astype("float64") for array in layers["SimpleRNN"][1])
    h, slopes = np.zeros(UNITS), []
    for x in doubled[0]:
        h = np.tanh(x @ kernel + bias + h @ recurrent)
        slopes.append(1 - h**2)
    reach = widget.reaches("SimpleRNN")
    assert reach.gate == pytest.approx(np.mean(slopes))
    assert np.isnan(reach.direct)


def test_without_recurrent_weights_the_slope_is_of_the_direct_path():
    layers, xs, trained, probe = parts()
    layers["GRU"] = [[kernel, 0 * recurrent, bias] for kernel, recurrent, bias in layers["GRU"]]
    reach = GradientHighway(layers, xs, trained, probe, update_bias=2.0).reaches("GRU")
    assert reach.slope == pytest.approx(reach.direct, rel=1e-12)
    still = GradientHighway(layers, xs, trained, probe, update_bias=2.0, input_scale=0.0).reaches("GRU")
    # only the second row of the bias is left beside the slider's: z is the same at every step
    assert still.slope == pytest.approx(still.direct, rel=1e-12)


def test_the_sliders_leave_the_trained_layer_alone():
    first, moved = GradientHighway(*parts()), GradientHighway(*parts(), update_bias=5.0, input_scale=3.0)
    assert np.array_equal(first.survives("after"), moved.survives("after"))
    shorter = GradientHighway(*parts(), length=20)
    assert np.array_equal(first.survives("after")[:20], shorter.survives("after"))


def test_the_line_of_python_makes_the_same_widget():
    widget = GradientHighway(*parts(), **STATES[3])
    layers, xs, trained, probe = parts()
    known = {"layers": layers, "xs": xs, "trained": trained, "probe": probe}
    again = eval(repr(widget), {"GradientHighway": GradientHighway} | known)
    assert repr(again) == repr(widget)


def test_limits_follow_the_data():
    widget = GradientHighway(*parts())
    assert widget.limits["seed"] == [0, 1, 1]
    assert widget.limits["length"] == [10, 120, 10]
    assert GradientHighway(*parts(time_steps=209)).limits["length"] == [10, 150, 10]
    with pytest.raises(traitlets.TraitError, match="length must be a whole number from 10 to 120"):
        widget.length = 130


def test_below_the_dotted_line_float32_holds_nothing():
    smallest = GradientHighway(*parts()).smallest
    assert np.float32(smallest) > 0
    assert np.float32(smallest / 2.1) == 0


@pytest.mark.parametrize(
    ("place", "changed", "sentence"),
    [
        (0, {"GRU": []}, "layers must have SimpleRNN, GRU, LSTM, not GRU."),
        (1, np.zeros((2, 120)), "but the shapes are (2, 120) and (120, 3)"),
        (1, np.zeros((3, 120, 3)), "3 seeds in xs need as many layers, not 2."),
        (2, ([], []), "2 seeds in xs need as many layers, not 0."),
        (2, ([[np.zeros(3)]] * 2, []), "a GRU has a kernel, recurrent weights and a bias"),
        (2, ([[np.zeros((3, 12)), np.zeros((4, 12)), np.zeros(12)]] * 2, []), "(3, 12), (4, 12), (12,)"),
        (3, np.zeros((7, 3)), "but the shapes are (2, 120, 3) and (7, 3)"),
    ],
)
def test_what_does_not_fit_is_a_sentence(place, changed, sentence):
    given = list(parts())
    given[place] = changed
    with pytest.raises(ValueError, match=re.escape(sentence)):
        GradientHighway(*given)
