"""Is the difference larger than the seeds'? A table of variants to sort, and two of them side by side."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import traitlets

from grulab.arguments import (
    check_flag,
    check_list,
    check_mapping,
    check_number,
    check_size,
    check_text,
    named,
)
from grulab.seeds import chance_apart, is_clear, least_lead
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.given import check_titled

# what the table can be sorted by: what the head of the column says; "{score}" is what the widget is told
COLUMNS = [
    ["name", "variant"],
    ["parameters", "parameters"],
    ["mean", "{score}, mean"],
    ["training_seconds", "training, s"],
    ["prediction_seconds", "prediction, s"],
]
FIELDS = ("name", "parameters", "scores", "training_seconds", "prediction_seconds")
LARGEST = 1e100  # that a number may be: so sums and differences of several stay finite


class VariantTable(CourseWidget):
    """Show variants of a model in a table, and say of two whether their seeds allow to rank them.

    ``rows`` is a list of dictionaries: ``name``, ``parameters``, ``scores`` (one a seed, two at least),
    ``training_seconds`` and ``prediction_seconds``. ``score`` names what was measured; ``baselines`` (name →
    score) are drawn as lines; scores are written with ``digits`` decimals.

    ``first`` and ``second`` are the two rows to compare, counted from 0. ``sort`` is 0 for the order of
    ``rows``, else a column counted from 1; ``descending`` is 0 or 1.
    """

    _esm = module("varianttable", "variants")
    _css = style("varianttable")

    first = Quantity(0, 0, 99, 1, help="one of the two rows to compare")
    second = Quantity(1, 0, 99, 1, help="the other one")
    sort = Quantity(0, 0, len(COLUMNS), 1, help="the column to sort by; 0 leaves the rows in their order")
    descending = Quantity(0, 0, 1, 1, help="whether the largest stands on top")

    # what the page needs and nobody moves
    rows = traitlets.List(read_only=True, help="the variants").tag(sync=True)
    columns = traitlets.List(read_only=True).tag(sync=True)
    setting = traitlets.Dict(read_only=True, help="score, baselines and what else stays").tag(sync=True)

    def __init__(self, rows, score="accuracy", higher_is_better=True, baselines=None, digits=3, **values):
        rows = [_checked(row) for row in check_list("VariantTable: rows", rows, "dictionaries")]
        check_text("VariantTable: score", score)
        check_flag("VariantTable: higher_is_better", higher_is_better)
        baselines = {} if baselines is None else baselines
        check_titled("VariantTable: baselines", baselines, "scores", lambda name, line: line)
        digits = check_size("VariantTable: digits", digits, 0, 12)
        names = [row["name"] for row in rows]
        if len(rows) < 2 or len(set(names)) < len(names):
            raise ValueError(f"VariantTable: rows must be two or more, each with its own name, not {names}.")
        self.set_trait("rows", rows)
        self.set_trait("columns", [[key, words.format(score=score)] for key, words in COLUMNS])
        lines = {str(name): _number(f"baseline {name!r}", line) for name, line in baselines.items()}
        kept = {"score": score, "higher_is_better": bool(higher_is_better)}
        self.set_trait("setting", kept | {"baselines": lines, "digits": digits})
        last = len(rows) - 1
        self.narrow({"first": [0, last, 1], "second": [0, last, 1]})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given its rows."""
        kept = self.setting | {name: getattr(self, name) for name in (*self.quantities(), "name")}
        return f"VariantTable(rows, {', '.join(f'{name}={value!r}' for name, value in kept.items())})"

    def order(self):
        """Return the indices of ``rows`` as the table shows them, from top to bottom."""
        places = list(range(len(self.rows)))
        if self.sort == 0:
            return places
        key = COLUMNS[self.sort - 1][0]
        values = [row[key].lower() if key == "name" else row[key] for row in self.rows]
        return sorted(places, key=lambda place: values[place], reverse=bool(self.descending))

    def leaders(self):
        """Return the names of all rows whose range meets that of the best mean: none of them is ranked."""
        sign = 1 if self.setting["higher_is_better"] else -1
        best = max(self.rows, key=lambda row: sign * row["mean"])
        return [row["name"] for row in self.rows if not is_clear(row["scores"], best["scores"])]

    def verdict(self):
        """Return one sentence on ``first`` and ``second``: no rank, or which is better and by how much."""
        one, two = self.rows[self.first], self.rows[self.second]
        score, digits = self.setting["score"], self.setting["digits"]
        if one is two:
            return f"Both are {one['name']}: pick another variant to compare."
        if not is_clear(one["scores"], two["scores"]):
            ranges = [
                f"{row['name']} from {written(min(row['scores']), digits)} to "
                f"{written(max(row['scores']), digits)}"
                for row in (one, two)
            ]
            return (
                f"≈ They cannot be ranked: over the seeds the ranges of {score} overlap, "
                f"{ranges[0]}, {ranges[1]}."
            )
        better, worse = self._ranked(one, two)
        lead = least_lead(one["scores"], two["scores"])
        return (
            f"✓ {better['name']} is better than {worse['name']}, by at least {written_least(lead, digits)} "
            f"of {score}: its worst seed is ahead of the other's best."
        )

    def chance(self):
        """Return how often two variants that are alike would come apart with so many seeds."""
        one, two = self.rows[self.first], self.rows[self.second]
        return chance_apart(len(one["scores"]), len(two["scores"]))

    def _ranked(self, one, two):
        """Return two rows whose ranges lie apart, the better one first."""
        is_higher = min(one["scores"]) > max(two["scores"])
        return (one, two) if is_higher == self.setting["higher_is_better"] else (two, one)

    @traitlets.default("name")
    def _own_name(self):
        return "variants"


def written(value, digits):
    """Write a number as the page does: a tie goes away from zero, a true minus, no minus before zero.

    From 1e21 on JavaScript writes powers of ten, and so does this.
    """
    if abs(value) >= 1e21:
        return f"{float(value)!r}".replace("-", "−")
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=50))
    return f"{abs(rounded):f}" if rounded == 0 else f"{rounded:f}".replace("-", "−")


def written_least(value, digits):
    """Write a positive number rounded down, with up to 11 more digits where it would read zero without."""
    most = digits + 11
    digits = next((more for more in range(digits, most) if math.floor(value * 10**more + 1e-6)), most)
    return written(math.floor(value * 10**digits + 1e-6) / 10**digits, digits)


def _number(what, value):
    """Return ``value`` as a float; raise a ValueError unless it is a number, at most ``LARGEST`` in size."""
    try:
        number = float(check_number(what, value))
    except (TypeError, ValueError):
        raise ValueError(f"VariantTable: {what} must be a number, but is {named(value)}.") from None
    if abs(number) > LARGEST:
        raise ValueError(f"VariantTable: {what} must be at most {LARGEST:g} in size, but is {named(value)}.")
    return number


def _checked(row):
    """Return a row as plain numbers and text; raise a ValueError with a sentence for what does not fit."""
    check_mapping("VariantTable: one of rows", row, f"with {', '.join(FIELDS)}")
    if set(row) != set(FIELDS):
        held = ", ".join(named(field) for field in row)
        raise ValueError(f"VariantTable: a row must hold {', '.join(FIELDS)}, but one of rows holds {held}.")
    name = check_text("VariantTable: the name in one of rows", row["name"])
    scores = check_list(f"VariantTable: scores of {name}", row["scores"], "numbers")
    scores = [_number(f"a score of {name}", score) for score in scores]
    if len(scores) < 2:
        raise ValueError(f"VariantTable: {name} needs scores of two seeds or more, but has {len(scores)}.")
    mean = math.fsum(scores) / len(scores)
    parameters = check_size(f"VariantTable: parameters of {name}", row["parameters"], 0, math.inf)
    made = {"name": name, "parameters": parameters, "scores": scores, "mean": mean}
    for field in FIELDS[3:]:
        made[field] = _number(f"{field} of {name}", row[field])
    if min(made["parameters"], made["training_seconds"], made["prediction_seconds"]) <= 0:
        raise ValueError(f"VariantTable: parameters and seconds of {name} must be above 0.")
    return made
