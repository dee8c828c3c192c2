"""ConventionSwitch on its page: every control, every number and both curves, against Python."""

import pytest
from numbers_on_page import check_numbers, read

from grulab.widgets import ConventionSwitch
from grulab.widgets.conventionswitch import CONVENTIONS

PAGE = "book/02_equations.html"
HEIGHTS = """root => [...root.querySelectorAll("polyline")].map(line => [
    line.classList.contains("faint"),
    line.getAttribute("points").split(" ").map(point => Number(point.split(",")[1])),
])"""


@pytest.fixture
def switch(find_widget):
    """Return a function that opens the page and returns (page, widget)."""
    return lambda query="", **options: find_widget(PAGE + query, ".convention", **options)


def check(root):
    """Compare every number, the code, the names and both curves with Python."""
    shown = read(root)
    state = shown["state"]
    widget = ConventionSwitch(**state)
    other = ConventionSwitch(**state | {"convention": 1 - widget.convention})
    trained = ConventionSwitch(**state | {"convention": 0, "negated": 0})
    sign = -1 if widget.negated else 1
    z, h, candidate = widget.z(widget.h), widget.h, widget.candidate
    kept = (z, 1 - z)[widget.convention]
    wanted = state | {
        "on_x": sign * widget.update_x,
        "on_h": sign * widget.update_h,
        "bias": sign * widget.update_bias,
        "sum": sign * (widget.update_x * widget.x + widget.update_h * h + widget.update_bias),
        "z": z,
        "rest": 1 - z,
        "kept": kept,
        "written": 1 - kept,
        "kept_part": kept * h,
        "written_part": (1 - kept) * candidate,
        "new_h": widget.states()[1],
    }
    assert {name for name, _ in shown["numbers"]} >= set(wanted) - {"convention", "negated"}
    check_numbers(shown, wanted)

    now = CONVENTIONS[widget.convention]
    text = root.inner_text()
    assert now["code"] in text
    assert f"z is {now['z']};" in text
    assert f"Written so by {now['used_by']}." in text
    equations = [line for line in text.splitlines() if line.startswith("new h =")]
    assert [line.replace(" ", "") for line in equations] == [
        ("newh=z×h+(1−z)×candidate", "newh=(1−z)×h+z×candidate")[widget.convention]
    ]

    # 154 units high, with 1 at 12 and −1 at 166
    drawn = dict(root.evaluate(HEIGHTS))
    for is_faint, one in ((False, widget), (True, other)):
        assert drawn[is_faint] == pytest.approx([12 + 77 * (1 - value) for value in one.states()], abs=6e-3)

    verdict = root.locator(".convention-verdict").inner_text()
    assert verdict.startswith("✓" if widget.states() == pytest.approx(trained.states(), abs=1e-12) else "✗")
    return widget, verdict


def test_every_control_moves_by_keyboard_and_everything_follows(switch, home):
    _, root = switch(home=home)
    for control in root.locator("[data-control]").all():
        for key in ("Home", "End", "ArrowUp", "PageDown"):
            control.press(key)
            check(root)


def test_the_page_s_task(switch):
    _, root = switch()
    convention, negated = (root.locator(f"[data-control={name}]") for name in ("convention", "negated"))
    for flip, sign, new_h, mark in ((0, 0, 0.5, "✓"), (1, 0, -0.1, "✗"), (1, 1, 0.5, "✓"), (0, 1, -0.1, "✗")):
        convention.select_option(str(flip))
        negated.select_option(str(sign))
        widget, verdict = check(root)
        assert round(widget.states()[1], 2) == new_h
        assert verdict.startswith(mark)
    # whatever the weights are, both switches together change nothing
    convention.select_option("1")
    for name in ("update_x", "update_h", "update_bias"):
        root.locator(f"[data-control={name}]").press("PageUp")
        assert check(root)[1].startswith("✓")


def test_at_one_half_no_convention_can_be_told_from_the_other(switch):
    query = "?convention=convention:1,negated:0,h:0.8,candidate:-0.4,x:1,update_x:0,update_h:0,update_bias:0"
    _, root = switch(query)
    widget, verdict = check(root)
    assert widget.z(0.8) == 0.5
    assert verdict.startswith("✓")
    words = root.locator("svg text.start.number")
    boxes = sorted((words.nth(i).bounding_box() for i in range(2)), key=lambda box: box["y"])
    # the curves lie on each other, their names do not
    assert boxes[1]["y"] - boxes[0]["y"] >= 14
