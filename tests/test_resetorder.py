"""ResetOrder: both orders in Python and in the page's JavaScript, and when they agree."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab.widgets import ResetOrder
from grulab.widgets.resetorder import PRESETS

SCRIPT = """
const computed = question.map((state) => {
  const settings = js.settingsOf((name) => state[name]);
  return { ...js.ordersOf(settings), ...js.differences(settings), verdict: js.verdictOf(settings) };
});
console.log(JSON.stringify({ computed, names: Object.keys(js.default) }));
"""
ONE_WAY = {"u_12": 0.0, "u_21": 1.5}
CASES = {
    # what the sentence must say, and whether the orders agree
    "pencil": (
        PRESETS["the pencil's numbers"],
        "r differs between two units, and one hears the other",
        False,
    ),
    "equal": (PRESETS["equal r"], "r is the same in both units", True),
    "alone": (PRESETS["no mixing"], "no unit hears the other", True),
    "bias": (PRESETS["no mixing, with a bias"], "r scales the bias", False),
    "open": ({"r_1": 1.0, "r_2": 1.0, "bias": 0.7}, "and r leaves the bias whole", True),
    "heard nothing": ({**ONE_WAY, "h_2": 0.0}, "nothing passes between the units", True),
    "one way": (ONE_WAY, "one hears the other", False),
    "two reasons": ({"bias": 0.5}, "one hears the other; r scales the bias", False),
    # unit 1: (1 − 0.5) × 0.4 × 1 + (1 − 0.5) × −0.4 = 0
    "by chance": ({"h_1": 0.0, "bias": -0.4}, "two differences cancel out", True),
}
RANDOM = [
    {name: round(float(rng.uniform(*trait.limits[:2])), 2) for name, trait in ResetOrder.quantities().items()}
    for rng in map(np.random.default_rng, range(30))
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Ask Node for all cases at once."""
    folder = tmp_path_factory.mktemp("orders")
    widgets = [ResetOrder(**state) for state in [*(case[0] for case in CASES.values()), *RANDOM]]
    question = [{name: getattr(one, name) for name in one.quantities()} for one in widgets]
    answer = ask_widget(folder, ResetOrder, SCRIPT, question)
    assert answer["names"] == ["render"]
    return list(zip(widgets, answer["computed"], strict=True))


def test_the_page_computes_what_python_computes(found):
    for widget, shown in found:
        after, before = widget.products()
        np.testing.assert_allclose([shown["after"], shown["before"]], [after, before], rtol=0, atol=1e-14)
        both = [shown["candidate_after"], shown["candidate_before"]]
        np.testing.assert_allclose(both, widget.candidates(), rtol=0, atol=1e-14)
        np.testing.assert_allclose(both, np.tanh([after, before]), rtol=0, atol=1e-14)
        h, r, recurrent = widget.arrays()
        np.testing.assert_allclose(shown["received"], h @ recurrent + widget.bias, rtol=0, atol=1e-14)
        np.testing.assert_allclose(shown["given"], r * h, rtol=0, atol=1e-14)


def test_mixing_and_bias_explain_the_whole_difference(found):
    for widget, shown in found:
        after, before = widget.products()
        explained = np.add(shown["mixing"], shown["biased"])
        np.testing.assert_allclose(before - after, explained, rtol=0, atol=1e-14)


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_says_whether_the_orders_agree_and_why(found, case):
    widget, shown = found[list(CASES).index(case)]
    _, sentence, agrees = CASES[case]
    assert shown["verdict"]["isSame"] == agrees == np.allclose(*widget.products(), atol=1e-12)
    assert sentence in shown["verdict"]["words"]
    assert shown["verdict"]["words"].startswith("✓" if agrees else "✗")


def test_the_preset_is_the_page_s_example():
    np.testing.assert_allclose(ResetOrder().products(), [[0.2, 0.8], [0.4, 0.4]])


def test_presets_stay_within_the_limits():
    for values in PRESETS.values():
        widget = ResetOrder(**values)
        assert {name: getattr(widget, name) for name in values} == values


def test_the_line_of_python_makes_the_same_widget():
    widget = ResetOrder(**RANDOM[0])
    assert repr(eval(repr(widget), {"ResetOrder": ResetOrder})) == repr(widget)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"r_1": -0.1}, "ResetOrder: r_1 must be a number from 0 to 1, but is -0.1."),
        ({"u_12": 3}, "ResetOrder: u_12 must be a number from -2 to 2, but is 3."),
    ],
)
def test_a_wrong_value_raises_a_sentence(values, sentence):
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        ResetOrder(**values)
