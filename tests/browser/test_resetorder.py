"""ResetOrder on its page: every control, every number and every pipe, against Python."""

import numpy as np
import pytest
from numbers_on_page import check_numbers, read

from grulab.widgets import ResetOrder
from grulab.widgets.resetorder import PRESETS

PAGE = "book/02_equations.html"
# the width of each pipe, in the order of the drawing
WIDTHS = """root => [...root.querySelectorAll("svg.resetorder-ways")].map(
    svg => [...svg.querySelectorAll(".pipe")].map(pipe => Number(pipe.getAttribute("stroke-width"))))"""


@pytest.fixture
def orders(find_widget):
    """Return a function that opens the page and returns (page, widget)."""
    return lambda query="", **options: find_widget(PAGE + query, ".resetorder", **options)


def check(root):
    """Compare every number, both drawings and the verdict with Python."""
    shown = read(root)
    widget = ResetOrder(**shown["state"])
    h, r, recurrent = widget.arrays()
    after, before = widget.products()
    candidate_after, candidate_before = widget.candidates()
    received, given = h @ recurrent + widget.bias, r * h
    named = {
        "after": after,
        "before": before,
        "received": received,
        "difference": before - after,
        "candidate_after": candidate_after,
        "candidate_before": candidate_before,
    }
    wanted = shown["state"] | {
        f"{name}_{i + 1}": values[i] for name, values in named.items() for i in range(2)
    }
    assert {name for name, _ in shown["numbers"]} == set(wanted)
    check_numbers(shown, wanted)

    mixed_after, mixed_before = ((sent[:, None] * recurrent).ravel() for sent in (h, given))
    flows = [[*received, *mixed_after, *after], [*h, *mixed_before, *before]]
    for widths, flow in zip(root.evaluate(WIDTHS), flows, strict=True):
        assert widths == pytest.approx([1.5 + 6.6 * abs(one) for one in flow], abs=6e-3)
    agrees = np.allclose(after, before, atol=1e-12, rtol=0)
    verdict = root.locator(".resetorder-verdict").inner_text()
    assert verdict.startswith("✓ Both orders agree" if agrees else "✗ The orders differ by up to")
    return widget, agrees


def test_every_control_moves_by_keyboard_and_every_number_follows(orders, home):
    _, root = orders(home=home)
    check(root)
    for control in root.locator("[data-control]").all():
        for key in ("Home", "End", "ArrowLeft", "PageDown"):
            control.press(key)
            check(root)


def test_the_page_s_task(orders):
    _, root = orders()
    buttons = root.locator("[data-act^=preset]")
    assert buttons.all_inner_texts() == [f"Load {words}" for words in PRESETS]
    for (words, values), agrees in zip(PRESETS.items(), (False, True, True, False), strict=True):
        root.get_by_role("button", name=f"Load {words}", exact=True).click()
        widget, found = check(root)
        assert {name: getattr(widget, name) for name in values} == values
        assert found == agrees, words
    # one more case: nothing to hear
    buttons.first.click()
    for name in ("h_1", "h_2"):
        control = root.locator(f"[data-control={name}]")
        control.evaluate("node => { node.value = 0; node.dispatchEvent(new Event('input')); }")
    assert check(root)[1]


def test_the_drawings_say_what_arrives(orders):
    _, root = orders()
    after, before = (svg.get_attribute("aria-label") for svg in root.get_by_role("img").all())
    assert "unit 1 receives 0.400, r 0.50 lets 0.200 arrive" in after
    assert "unit 1 gives away r 0.50 of 0.80, and 0.400 arrives" in before
