"""VariantTable: orders, verdicts and words, in Python and in the page's JavaScript."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab.widgets import VariantTable
from grulab.widgets.varianttable import COLUMNS

SCRIPT = """
const found = question.map(({ rows, columns, setting, first, second, sort, descending }) => {
  const [one, two] = [rows[first], rows[second]];
  return {
    order: js.orderOf(rows, columns[sort - 1]?.[0], descending), leaders: js.leadersOf(rows, setting),
    verdict: js.verdictOf(one, two, setting), chance: js.chanceApart(one.scores.length, two.scores.length),
    lead: js.leadWords(rows, setting), caution: js.chanceWords(one, two),
    sides: js.sidesOf(one, two, setting),
  };
});
const written = [0.0312, 0.124, 6.21, 14.25, 99.96, 1234.5, 1].map(js.threeDigits);
console.log(JSON.stringify({ found, written, names: Object.keys(js.default) }));
"""


def row(name, *scores, parameters=100, training=2.0, prediction=0.5):
    """Return a row of the table."""
    return {
        "name": name,
        "parameters": parameters,
        "scores": scores,
        "training_seconds": training,
        "prediction_seconds": prediction,
    }


def drawn(rng):
    """Draw a table whose numbers are often equal, and a place in it."""
    rows = [
        row(
            f"{rng.choice(['gru', 'GRU', 'lstm', 'Ω'])} {i}",
            *rng.integers(0, 17, rng.integers(2, 6)) / 16 - rng.integers(0, 2),
            parameters=int(rng.integers(1, 5000)),
            training=float(rng.choice([1.0, 2.5])),
            prediction=float(rng.uniform(0.001, 5)),
        )
        for i in range(rng.integers(2, 9))
    ]
    return VariantTable(
        rows,
        score="error",
        higher_is_better=bool(rng.integers(2)),
        baselines={"last": 0.5},
        digits=int(rng.integers(0, 5)),
        first=int(rng.integers(len(rows))),
        second=int(rng.integers(len(rows))),
        sort=int(rng.integers(len(COLUMNS) + 1)),
        descending=int(rng.integers(2)),
    )


ROWS = [row("GRU", 0.95, 0.96), row("LSTM", 0.94, 0.955), row("RNN", 0.6, 0.7), row("big", 0.9601, 0.99)]
RANDOM = [drawn(rng) for rng in map(np.random.default_rng, range(60))]
CASES = {
    "overlap": (
        VariantTable(ROWS),
        "≈ They cannot be ranked: over the seeds the ranges of accuracy overlap, GRU from 0.950 to 0.960, "
        "LSTM from 0.940 to 0.955.",
    ),
    "clear": (
        VariantTable(ROWS, first=2),
        "✓ LSTM is better than RNN, by at least 0.240 of accuracy: "
        "its worst seed is ahead of the other's best.",
    ),
    "lower is better": (
        VariantTable(ROWS, "RMSE", higher_is_better=False, second=2),
        "✓ RNN is better than GRU, by at least 0.250 of RMSE: its worst seed is ahead of the other's best.",
    ),
    "a small lead is not zero": (
        VariantTable(ROWS, second=3),
        "✓ big is better than GRU, by at least 0.0001 of accuracy: "
        "its worst seed is ahead of the other's best.",
    ),
    "touching": (
        VariantTable([row("a", 0.5, 0.5625), row("b", 0.5625, 0.75)]),
        # ties go away from zero
        "≈ They cannot be ranked: over the seeds the ranges of accuracy overlap, a from 0.500 to 0.563, "
        "b from 0.563 to 0.750.",
    ),
    "the same": (VariantTable(ROWS, second=0), "Both are GRU: pick another variant to compare."),
    "a lead too small to be written": (
        VariantTable([row("a", 0.1 + 0.2, 0.1 + 0.2), row("b", 0.3, 0.3)]),
        "✓ a is better than b, by at least 0.00000000000000 of accuracy: "
        "its worst seed is ahead of the other's best.",
    ),
    "a small lead has all of its digits": (
        VariantTable([row("a", 2e-9, 2e-9), row("b", 0, 0)], digits=7),
        "✓ a is better than b, by at least 0.000000002 of accuracy: "
        "its worst seed is ahead of the other's best.",
    ),
    "a zero has all of its digits": (
        VariantTable([row("a", 0, 0), row("b", 0, 0)], digits=12),
        "≈ They cannot be ranked: over the seeds the ranges of accuracy overlap, a from 0.000000000000 to "
        "0.000000000000, b from 0.000000000000 to 0.000000000000.",
    ),
    "large scores": (
        VariantTable([row("a", -1e25, 1.5e30), row("b", 1e20, 3)], digits=12),
        "≈ They cannot be ranked: over the seeds the ranges of accuracy overlap, a from −1e+25 to 1.5e+30, "
        "b from 3.000000000000 to 100000000000000000000.000000000000.",
    ),
    "a large lead": (
        VariantTable([row("a", 1e100, 1e100), row("b", -1e100, -1e100)], digits=12),
        "✓ a is better than b, by at least 2e+100 of accuracy: its worst seed is ahead of the other's best.",
    ),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Ask Node for all tables at once."""
    tables = [*(table for table, _ in CASES.values()), *RANDOM]
    kept = ("rows", "columns", "setting", "first", "second", "sort", "descending")
    question = [{name: getattr(table, name) for name in kept} for table in tables]
    answer = ask_widget(tmp_path_factory.mktemp("variants"), VariantTable, SCRIPT, question)
    return answer | {"pairs": list(zip(tables, answer["found"], strict=True))}


def test_the_page_says_what_python_says(asked):
    assert asked["names"] == ["render"]
    for table, shown in asked["pairs"]:
        assert shown["order"] == table.order()
        assert shown["leaders"] == table.leaders()
        assert shown["verdict"] == table.verdict()
        assert shown["chance"] == pytest.approx(table.chance(), rel=1e-12)
    # the draws meet every kind of verdict
    assert {table.verdict()[0] for table in RANDOM} == {"≈", "✓", "B"}


@pytest.mark.parametrize("case", CASES)
def test_overlapping_ranges_are_not_ranked(case):
    table, sentence = CASES[case]
    assert table.verdict() == sentence


def test_a_lead_is_never_said_to_be_larger_than_it_is():
    for table in RANDOM:
        said = re.search(r"at least ([\d.]+) of", table.verdict())
        if said:
            one, two = (table.rows[place]["scores"] for place in (table.first, table.second))
            lead = max(min(one) - max(two), min(two) - max(one))
            assert 0 < float(said[1]) <= lead + 1e-12


def test_the_table_does_not_rank_its_best_where_ranges_meet(asked):
    assert VariantTable(ROWS).leaders() == ["big"]
    assert VariantTable(ROWS[:3]).leaders() == ["GRU", "LSTM"]
    assert VariantTable(ROWS, higher_is_better=False).leaders() == ["RNN"]
    shown = dict(zip(CASES, asked["found"], strict=False))
    assert shown["overlap"]["lead"] == "big has the best mean of all, and no other range meets its range."
    assert "ranges of a, b meet that of the best mean" in shown["touching"]["lead"]
    assert "2 and 2 seeds would still lie apart in 33.3% of" in shown["overlap"]["caution"]


def test_two_rows_side_by_side(asked):
    for table, shown in asked["pairs"]:
        one, two = table.rows[table.first], table.rows[table.second]
        sides = {words: cells for words, *cells in shown["sides"]}
        for words, key in (("parameters", "parameters"), ("prediction, s", "prediction_seconds")):
            assert float(sides[words][2]) == pytest.approx(two[key] / one[key], rel=0.0051)
            assert float(sides[words][1].replace(",", "")) == pytest.approx(two[key], rel=0.0051)
        for name, line in table.setting["baselines"].items():
            sign = 1 if table.setting["higher_is_better"] else -1
            better = [sum(sign * score > sign * line for score in each["scores"]) for each in (one, two)]
            counts = [f"{n} of {len(each['scores'])}" for n, each in zip(better, (one, two), strict=True)]
            assert sides[f"seeds better than {name}"] == [*counts, ""]


def test_three_digits_count(asked):
    assert asked["written"] == ["0.0312", "0.124", "6.21", "14.3", "100.0", "1235", "1.00"]


def test_the_line_of_python_makes_the_same_widget():
    for table in RANDOM:
        again = eval(repr(table), {"VariantTable": VariantTable, "rows": fields(table.rows)})
        assert (repr(again), again.rows) == (repr(table), table.rows)


def fields(rows):
    """Return rows as they are given, without the mean."""
    return [{name: value for name, value in one.items() if name != "mean"} for one in rows]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (ROWS[:1], "rows must be two or more, each with its own name, not ['GRU']"),
        ([ROWS[0], ROWS[0]], "rows must be two or more, each with its own name, not ['GRU', 'GRU']"),
        ([*ROWS, {"name": "x"}], "a row must hold name, parameters, scores, training_seconds, "),
        ([*ROWS, row("x", 0.5)], "x needs scores of two seeds or more, but has 1"),
        ([*ROWS, row("x", 0.5, float("nan"))], "a score of x must be a number, but is nan"),
        ([*ROWS, row("x", 0.5, 0.6, training=None)], "training_seconds of x must be a number, but is None"),
        ([*ROWS, row("x", 0.5, 0.6, prediction=0.0)], "parameters and seconds of x must be above 0"),
        ([*ROWS, row("x", 0.5, -2e100)], "a score of x must be at most 1e+100 in size, but is -2e+100"),
    ],
)
def test_rows_that_do_not_fit_are_a_sentence(rows, sentence):
    with pytest.raises(ValueError, match=re.escape(f"VariantTable: {sentence}")):
        VariantTable(rows)


def test_a_baseline_or_a_place_that_does_not_fit_is_a_sentence():
    with pytest.raises(ValueError, match="baseline 'last' must be a number, but is 'much'"):
        VariantTable(ROWS, baselines={"last": "much"})
    with pytest.raises(traitlets.TraitError, match="second must be a whole number from 0 to 3, but is 4"):
        VariantTable(ROWS, second=4)
    with pytest.raises(traitlets.TraitError, match="sort must be a whole number from 0 to 5, but is 6"):
        VariantTable(ROWS, sort=6)
