"""ParameterCounter: shapes, counts and the line of Keras, in Python and in the page's JavaScript."""

import re
from itertools import product

import pytest
import traitlets
from node import ask_widget

from grulab.widgets import ParameterCounter
from grulab.widgets.parametercounter import KINDS

SCRIPT = """
const counted = question.map((state) => {
  const layer = js.layerOf((name) => state[name]);
  const [line, doubled] = [js.kerasLine(layer), js.doubled(layer)];
  return { parts: js.partsOf(layer), count: js.countOf(layer), line, doubled };
});
console.log(JSON.stringify({
  counted, names: Object.keys(js.default), thousands: [0, 12, 999, 1000, 9408, 1234567].map(js.thousands),
}));
"""
STATES = [
    {"kind": kind, "units": units, "features": features, "use_bias": use_bias, "reset_after": reset_after}
    for kind, (units, features), use_bias, reset_after in product(
        range(len(KINDS)), [(32, 64), (1, 1), (7, 256), (256, 3)], range(2), range(2)
    )
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Ask Node for all states at once."""
    folder = tmp_path_factory.mktemp("counter")
    return ask_widget(folder, ParameterCounter, SCRIPT, [state | {"kinds": KINDS} for state in STATES])


def test_the_page_counts_what_python_counts(found):
    assert found["names"] == ["render"]
    for state, shown in zip(STATES, found["counted"], strict=True):
        widget = ParameterCounter(**state)
        shapes = {one["part"]: (one["rows"], one["columns"]) for one in shown["parts"] if one["rows"]}
        assert shapes == widget.shapes()
        assert shown["count"] == widget.count() == sum(one["count"] for one in shown["parts"])
        assert shown["line"] == widget.keras_line()


def test_twice_the_units_are_counted_by_the_same_rule(found):
    for state, shown in zip(STATES, found["counted"], strict=True):
        counts = [int(text.replace(",", "")) for text in re.findall(r"would be ([\d,]+), ", shown["doubled"])]
        factors = [float(text) for text in re.findall(r", ([\d.]+) times", shown["doubled"])]
        now = ParameterCounter(**state).count()
        for name, count, factor in zip(("units", "features"), counts, factors, strict=True):
            doubled = state | {name: 2 * state[name]}
            if doubled[name] <= 256:
                assert count == ParameterCounter(**doubled).count()
            assert factor == pytest.approx(count / now, abs=0.00501)


def test_the_page_s_formula():
    for state in STATES:
        if KINDS[state["kind"]]["name"] == "GRU":
            units, features = state["units"], state["features"]
            bias_rows = state["use_bias"] * (1 + state["reset_after"])
            count = 3 * (features * units + units * units + bias_rows * units)
            assert ParameterCounter(**state).count() == count
    assert ParameterCounter().count() == 9_408


def test_thousands_have_commas(found):
    assert found["thousands"] == ["0", "12", "999", "1,000", "9,408", "1,234,567"]


def test_the_line_of_python_makes_the_same_widget():
    widget = ParameterCounter(**STATES[-1])
    assert repr(eval(repr(widget), {"ParameterCounter": ParameterCounter})) == repr(widget)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"units": 0}, "ParameterCounter: units must be a whole number from 1 to 256, but is 0."),
        ({"features": 2.5}, "ParameterCounter: features must be a whole number from 1 to 256, but is 2.5."),
        ({"kind": 3}, "ParameterCounter: kind must be a whole number from 0 to 2, but is 3."),
    ],
)
def test_a_wrong_value_raises_a_sentence(values, sentence):
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        ParameterCounter(**values)
