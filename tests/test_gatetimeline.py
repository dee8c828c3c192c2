"""GateTimeline: what it holds and what comes of it, in Python and in the page's JavaScript."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab import cell
from grulab.widgets import GateTimeline
from grulab.widgets.gatetimeline import GATES, in_order

SCRIPT = """
const { traits: first, states } = question;
const { layer, output, sequences } = js.trained((name) => first[name]);
console.log(JSON.stringify(states.map((state) => {
  const get = (name) => ({ ...first, ...state })[name];
  const xs = sequences[get("sequence")];
  const clamp = js.clampOf(get, xs, layer.recurrent.length);
  const steps = js.run(layer, xs, { clamp });
  const t = get("step");
  const before = t ? steps[t - 1].h : steps[0].h.map(() => 0);
  return {
    probability: js.probabilityOf(output, steps[steps.length - 1].h),
    h: steps.map(({ h }) => h),
    sums: js.sumsBehind(layer, xs[t], before, steps[t], get("unit")),
  };
})));
"""


def example(reset_after=True, **settings):
    """Return a widget with a random layer of 5 units and 6 sequences of 7 steps and 3 features."""
    rng = np.random.default_rng(0)
    shapes = (3, 15), (5, 15), (2, 15) if reset_after else (15,)
    weights = cell.Weights(*(rng.normal(size=shape).astype("float32") for shape in shapes), reset_after)
    xs = rng.normal(size=(6, 7, 3))
    xs[:, :, 0] = np.eye(7)[rng.integers(7, size=6)]
    head = rng.normal(size=(5, 1)).astype("float32"), np.array([0.3], "float32")
    return GateTimeline(weights, head, xs, [0, 1] * 3, ["flag", "a", "b"], marked="flag", **settings)


SETTINGS = [
    {"gate": 0},
    {"gate": 1, "value": 1.0, "units_held": 1, "steps_held": 2, "sequence": 3},
    {"gate": 2, "value": 0.25, "units_held": 0, "steps_held": 1, "unit": 4, "sequence": 5, "step": 6},
    {"gate": 3, "value": 0.0, "units_held": 1, "steps_held": 0, "step": 2, "sequence": 1, "unit": 2},
    {"gate": 1, "value": 0.6, "units_held": 0, "steps_held": 0, "step": 3, "unit": 1},
]


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_page_computes_what_python_computes(tmp_path, reset_after):
    widget = example(reset_after)
    names = [*widget.quantities(), "layer", "output", "inputs", "marked", "labels"]
    traits = {name: getattr(widget, name) for name in names}
    for settings, found in zip(
        SETTINGS,
        ask_widget(tmp_path, GateTimeline, SCRIPT, {"traits": traits, "states": SETTINGS}),
        strict=True,
    ):
        widget = example(reset_after, **settings)
        _, held = widget.runs()
        assert found["probability"] == pytest.approx(widget.probability(held), abs=1e-6)
        np.testing.assert_allclose(found["h"], held.h[0], atol=1e-5)
        # the sums behind the gates that are not held give the gates themselves
        t, unit = widget.step, widget.unit
        for part in found["sums"]:
            squash = np.tanh if part["gate"] == "candidate" else cell.sigmoid
            if part["gate"] not in GATES[widget.gate]:
                value = getattr(held, part["gate"])[0, t, unit]
                assert squash(part["sum"]) == pytest.approx(value, abs=1e-5), part["gate"]
            total = part["input"] + part["state"] + part["bias"]
            assert part["sum"] == pytest.approx(total, abs=1e-12)


def test_nothing_held_is_the_untouched_run():
    widget = example()
    assert widget.clamp() == {}
    untouched, held = widget.runs()
    assert np.array_equal(untouched.h, held.h)


def test_a_probability_is_that_of_one_sequence():
    widget = example()
    several = cell.run(widget.weights, np.zeros((6, 7, 3), "float32"))
    with pytest.raises(
        ValueError, match=r"trace\.\w+ must have the shape \(1, time_steps, 5\), but has \(6, "
    ):
        widget.probability(several)


def test_the_marked_step_is_held_wherever_it_stands():
    for sequence in range(6):
        widget = example(gate=1, steps_held=2, sequence=sequence)
        xs = np.frombuffer(widget.inputs["data"], "<f4").reshape(6, 7, 3)
        held = widget.clamp()["z"][0]
        assert np.array_equal(~np.isnan(held), np.repeat(xs[sequence, :, :1] > 0, 5, axis=1))


def test_the_order_of_units_changes_no_answer():
    order = [3, 1, 4, 0, 2]
    for settings in SETTINGS:
        if settings.get("units_held", 1):
            one, other = example(**settings), example(order=order, **settings)
            first, second = one.runs()[1], other.runs()[1]
            assert one.probability(first) == pytest.approx(other.probability(second), abs=1e-6)
            np.testing.assert_allclose(first.h[..., order], second.h, atol=1e-6)
    assert in_order(example().weights, np.arange(5)).kernel.tolist() == example().weights.kernel.tolist()


def test_limits_follow_the_data():
    widget = example()
    assert widget.limits["sequence"] == [0, 5, 1]
    assert widget.limits["unit"] == [0, 4, 1]
    assert widget.limits["steps_held"] == [0, 2, 1]
    with pytest.raises(traitlets.TraitError, match="step must be a whole number from 0 to 6, but is 7"):
        widget.step = 7
    weights, head = widget.weights, (widget.head[0][:, None], np.array([widget.head[1]]))
    unmarked = GateTimeline(weights, head, np.zeros((1, 2, 3)), [0])
    assert unmarked.limits["steps_held"] == [0, 1, 1]
    assert unmarked.features == ["feature 0", "feature 1", "feature 2"]


@pytest.mark.parametrize("given", [{}, {"order": np.arange(5)[::-1]}])
def test_the_line_of_python_makes_the_same_widget(given):
    widget = example(**SETTINGS[2], **given)
    head = widget.head[0][:, None], np.array([widget.head[1]])
    xs = np.frombuffer(widget.inputs["data"], "<f4").reshape(6, 7, 3)
    known = {"weights": widget.weights, "head": head, "xs": xs, "labels": widget.labels}
    again = eval(repr(widget), {"GateTimeline": GateTimeline} | known | given)
    assert repr(again) == repr(widget)
    assert ("order=order" in repr(widget)) == bool(given)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weights": None}, "weights must be grulab.cell.Weights, not NoneType"),
        ({"xs": np.zeros((2, 3))}, "but xs has the shape (2, 3) and there are 2 labels"),
        ({"labels": [0]}, "and there are 1 labels"),
        ({"head": (np.zeros((4, 1)), np.zeros(1))}, "head must be a kernel (5, 1) and a bias (1,)"),
        ({"features": ["a"]}, "3 features need as many names, not 1"),
        ({"marked": "flag"}, "marked is 'flag', but the features are feature 0"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changed, sentence):
    widget = example()
    given = {
        "weights": widget.weights,
        "head": (np.zeros((5, 1)), np.zeros(1)),
        "xs": np.zeros((2, 4, 3)),
        "labels": [0, 1],
    }
    with pytest.raises((TypeError, ValueError), match=re.escape(sentence)):
        GateTimeline(**given | changed)
