"""VariantTable on its page: every head, both choices, every number and every point, against Python."""

import json
import statistics
from functools import partial

import pytest
from numbers_on_page import settle

from benchmarks import pages
from grulab.widgets import VariantTable
from grulab.widgets.varianttable import COLUMNS, FIELDS

LOOK = """root => {
    const words = (node) => node.textContent;
    const place = (node) => parseFloat(node.getAttribute("cx"));
    const points = (svg) => [...svg.querySelectorAll(".seed")].map(place);
    const table = root.querySelector(".variants-table");
    return {
        sorts: [...table.querySelectorAll("[aria-sort]")].map(node => node.getAttribute("aria-sort")),
        rows: [...table.tBodies[0].rows].map(row => ({
            words: [...row.cells].map(words), points: points(row), isPicked: row.classList.contains("picked"),
        })),
        picked: [...root.querySelectorAll("[data-control]")].map(node => Number(node.value)),
        duel: points(root.querySelector(".variants-duel")),
        shared: root.querySelectorAll(".variants-duel .shared").length,
        verdict: words(root.querySelector(".variants-verdict")),
    };
}"""


@pytest.fixture
def table(find_twin):
    """Return a function that opens the page and returns (page, widget, the same widget in Python)."""
    return partial(find_twin, "book/07_variants.html", ".variants", "variants", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    rows = [{name: row[name] for name in FIELDS} for row in state["rows"]]
    return VariantTable(rows, **state["setting"])


def shares(values, among):
    """Return the places of values on a scale that just holds ``among``, in per cent."""
    low, high = min(among), max(among)
    return [pytest.approx(100 * (value - low) / (high - low), abs=0.0051) for value in values]


def check(root, twin):
    """Compare the table, the points, the duel and the verdict with Python."""
    shown = root.evaluate(LOOK)
    twin.first, twin.second = shown["picked"]
    sorts = ["none"] * len(COLUMNS)
    if twin.sort:
        sorts[twin.sort - 1] = "descending" if twin.descending else "ascending"
    assert shown["sorts"] == sorts

    every = [score for row in twin.rows for score in row["scores"]]
    scale = [*every, *twin.setting["baselines"].values()]
    for place, line in zip(twin.order(), shown["rows"], strict=True):
        row, (name, parameters, mean, _, training, prediction) = twin.rows[place], line["words"]
        letters = [
            letter for letter, one in zip("AB", (twin.first, twin.second), strict=True) if one == place
        ]
        assert name == " ".join(letters) + row["name"]
        assert line["isPicked"] == bool(letters)
        assert int(parameters.replace(",", "")) == row["parameters"]
        assert float(mean.replace("−", "-")) == pytest.approx(
            row["mean"], abs=0.51 * 10 ** -twin.setting["digits"]
        )
        assert float(training) == pytest.approx(row["training_seconds"], rel=0.0051)
        assert float(prediction) == pytest.approx(row["prediction_seconds"], rel=0.0051)
        assert line["points"] == shares(row["scores"], scale)
    pair = [*twin.rows[twin.first]["scores"], *twin.rows[twin.second]["scores"]]
    assert shown["duel"] == shares(pair, pair)
    assert shown["verdict"] == twin.verdict()
    assert shown["shared"] == (not twin.verdict().startswith("✓"))


def test_every_pair_has_python_s_verdict(table, home):
    _, root, twin = table(home=home)
    check(root, twin)
    first, second = root.locator("[data-control]").all()
    assert [first.get_attribute("data-control"), second.get_attribute("data-control")] == ["first", "second"]
    for control in (second, first):
        for key in ("Home", "End", "ArrowUp", "ArrowUp", "Home", "ArrowDown"):
            control.press(key)
            settle(root.page)
            check(root, twin)


def test_every_head_sorts_by_keyboard_the_best_first_and_then_the_other_way(table):
    page, root, twin = table()
    for column, (key, _) in enumerate(COLUMNS, start=1):
        head = root.locator(f"[data-sort='{column}']")
        best = twin.setting["higher_is_better"] if key == "mean" else False
        for press, descending in (("Enter", best), ("Space", not best), ("Enter", best)):
            head.press(press)
            settle(page)
            twin.sort, twin.descending = column, int(descending)
            check(root, twin)
            assert head.evaluate("node => node === document.activeElement")
        said = f"Sorted by {dict(twin.columns)[key]}, {'largest' if best else 'smallest'} first."
        page.wait_for_function(
            f"document.querySelector('.variants [aria-live]').textContent === {json.dumps(said)}"
        )
    root.get_by_role("button", name="Reset").click()
    settle(page)
    twin.sort = twin.descending = 0
    check(root, twin)


def test_a_link_holds_the_order_as_well(table):
    _, root, twin = table("?variants=first:1,second:0,sort:2,descending:1")
    twin.sort, twin.descending = 2, 1
    check(root, twin)
    assert root.evaluate(LOOK)["picked"] == [1, 0]
    assert root.locator("[role=alert]").inner_text() == ""


def test_on_a_phone_the_table_is_still_a_table(table):
    _, root, twin = table(width=375, height=667)
    check(root, twin)
    lines = root.get_by_role("table").first.get_by_role("row")
    assert lines.count() == 1 + len(twin.rows)
    assert lines.nth(1).get_by_role("rowheader").count() == 1
    assert lines.nth(1).get_by_role("cell").count() == len(COLUMNS)
    # each number says what it is, for the heads stand no longer above it
    said = "node => getComputedStyle(node, '::before').content"
    assert lines.nth(1).get_by_role("cell").first.evaluate(said) == '"parameters "'
    for head in root.locator("[data-sort]").all():
        box = head.bounding_box()
        assert box["x"] + box["width"] <= 375
        assert box["height"] >= 24


@pytest.mark.timed
def test_a_choice_takes_a_few_milliseconds_of_script(table):
    page, root, _ = table()
    control = root.locator("[data-control=second]")
    took = pages.at_rest(page, lambda: statistics.median(pages.script_times(control, [0, 1] * 20)), 4)
    assert 0 < took < 4
