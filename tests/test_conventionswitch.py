"""ConventionSwitch: both conventions in Python and in the page's JavaScript, and the page's table of them."""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab import cell
from grulab.widgets import ConventionSwitch
from grulab.widgets.conventionswitch import CONVENTIONS, STEPS

PAGE = Path(__file__).parents[1] / "book" / "02_equations.md"
SCRIPT = """
const compared = question.map((state) => js.compare((name) => state[name]));
console.log(JSON.stringify({ compared, names: Object.keys(js.default) }));
"""
UNITS = [
    {},
    {"h": -0.35, "candidate": 0.9, "x": -1.2, "update_x": 0.7, "update_h": 2.5, "update_bias": -0.6},
    {"h": 1.0, "candidate": -0.99, "x": 2.0, "update_x": -5.0, "update_h": 5.0, "update_bias": 5.0},
    {"h": 0.2, "candidate": 0.6, "update_x": 0.0},
]
STATES = [unit | {"convention": c, "negated": n} for unit, c, n in product(UNITS, range(2), range(2))]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Ask Node for all states at once."""
    folder = tmp_path_factory.mktemp("switch")
    widgets = [ConventionSwitch(**state) for state in STATES]
    question = [{name: getattr(one, name) for name in (*one.quantities(), "steps")} for one in widgets]
    answer = ask_widget(folder, ConventionSwitch, SCRIPT, question)
    assert answer["names"] == ["render"]
    return list(zip(widgets, answer["compared"], strict=True))


def test_the_page_computes_what_python_computes(found):
    for widget, shown in found:
        values = shown["values"]
        np.testing.assert_allclose(shown["here"], widget.states(), rtol=0, atol=1e-14)
        assert values["new_h"] == pytest.approx(widget.states()[1], abs=1e-14)
        assert values["z"] == pytest.approx(widget.z(widget.h), abs=1e-14)
        assert values["rest"] == pytest.approx(1 - values["z"], abs=1e-14)
        assert values["kept_part"] + values["written_part"] == pytest.approx(values["new_h"], abs=1e-14)


def test_where_z_keeps_it_is_the_cell_of_the_course():
    for state in STATES:
        widget = ConventionSwitch(**state | {"convention": 0})
        sign = -1 if widget.negated else 1
        weights = cell.Weights(
            kernel=np.array([[sign * widget.update_x, 0.0, 0.0]]),
            recurrent=np.array([[sign * widget.update_h, 0.0, 0.0]]),
            bias=np.array([sign * widget.update_bias, 0.0, np.arctanh(widget.candidate)]),
            reset_after=False,
        )
        xs, h0 = np.full((1, STEPS, 1), widget.x), np.array([[widget.h]])
        np.testing.assert_allclose(
            widget.states()[1:], cell.run(weights, xs, h0).h[0, :, 0], rtol=0, atol=1e-12
        )


def test_both_switches_together_change_nothing_and_each_alone_changes_the_state(found):
    for unit in range(len(UNITS)):
        trained, turned, flipped, both = (shown for _, shown in found[4 * unit : 4 * unit + 4])
        np.testing.assert_allclose(both["here"], trained["here"], rtol=0, atol=1e-14)
        # flipping and turning the sign are the same change
        np.testing.assert_allclose(flipped["here"], turned["here"], rtol=0, atol=1e-14)
        assert max(trained["gap"], both["gap"]) < 1e-14
        # z is exactly one half in the last unit alone: there nothing can tell the conventions apart
        differs = unit != len(UNITS) - 1
        assert (flipped["gap"] > 0.05) == (turned["gap"] > 0.05) == differs


def test_the_preset_shows_the_page_s_two_states():
    keeps, writes = (ConventionSwitch(convention=convention) for convention in range(2))
    assert round(keeps.z(keeps.h), 2) == 0.75
    assert (round(keeps.states()[1], 2), round(writes.states()[1], 2)) == (0.5, -0.1)


def test_the_line_of_code_is_the_convention():
    for convention, words in enumerate(CONVENTIONS):
        widget = ConventionSwitch(convention=convention)
        known = {"h": widget.h, "z": widget.z(widget.h), "candidate": widget.candidate}
        exec(words["code"], known)
        assert known["h"] == pytest.approx(widget.states()[1], abs=1e-15)
        # each name says what z does at 1
        is_old_left = (
            ConventionSwitch(convention=convention, update_bias=5.0, update_x=5.0).states()[1] > 0.79
        )
        assert ("kept" in words["z"]) == ("keeps" in words["name"]) == is_old_left


def test_who_writes_it_so_agrees_with_the_table_of_the_page():
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (z keeps|z writes) \|", text, re.MULTILINE)
    assert len(rows) == 8
    used_by = {words["name"]: words["used_by"] for words in CONVENTIONS}
    authors = {"cho2014learning": "Cho et al. (2014)", "chung2014empirical": "Chung et al. (2014)"}
    authors["jozefowicz2015empirical"] = "Jozefowicz et al. (2015)"
    for source, convention in rows:
        cited = re.search(r"\{cite:t\}`(\w+)`", source)
        name = authors[cited[1]] if cited else re.match(r"\*?(\w+(?: into Deep Learning)?)", source)[1]
        assert name in used_by[convention], source
        assert all(name not in used_by[other] for other in used_by if other != convention), source


def test_the_line_of_python_makes_the_same_widget():
    widget = ConventionSwitch(**STATES[7])
    assert repr(eval(repr(widget), {"ConventionSwitch": ConventionSwitch})) == repr(widget)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"convention": 2}, "ConventionSwitch: convention must be a whole number from 0 to 1, but is 2."),
        ({"update_x": 9}, "ConventionSwitch: update_x must be a number from -5 to 5, but is 9."),
    ],
)
def test_a_wrong_value_raises_a_sentence(values, sentence):
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        ConventionSwitch(**values)
