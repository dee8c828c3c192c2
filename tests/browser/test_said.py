"""What widgets say to screen readers: what is new, and nothing that stands on the page when it opens."""

import pytest
from made import film, forecast, review, speech, timeline, writer
from numbers_on_page import settle

from grulab.widgets import ConventionSwitch, GateLab, ResetOrder, TrainingGround

WIDGETS = [
    *(lambda stage=stage: GateLab(stage=stage, name=f"lab-{stage}") for stage in ("dial", "step", "weights")),
    *(timeline, film, forecast, review, writer, ConventionSwitch, ResetOrder, TrainingGround),
    lambda: speech(name="speech"),
]
SAID = "[...document.querySelectorAll('.grulab [aria-live]')].map(line => line.textContent)"
# longer than a text must stand until it is said
MOMENT = 1_200


@pytest.mark.parametrize("width", [1280, 375])
def test_a_page_that_opens_is_not_told_twice(shown, width):
    page = shown(*(make() for make in WIDGETS), width=width)
    page.wait_for_function("count => document.querySelectorAll('.grulab').length === count", arg=len(WIDGETS))
    page.wait_for_timeout(MOMENT)
    assert page.evaluate(SAID) == [""] * len(WIDGETS)
    # nor are another width or other colours news
    page.set_viewport_size({"width": 600, "height": 900})
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(MOMENT)
    assert page.evaluate(SAID) == [""] * len(WIDGETS)


def test_each_change_is_said_and_so_is_the_way_back(shown):
    page = shown(GateLab(stage="dial"))
    root = page.locator(".grulab")
    root.wait_for()
    line = root.locator("[aria-live]")
    root.locator("[data-control=z]").press("End")
    line.get_by_text("z is 1.00: the result is ").wait_for()
    root.get_by_role("button", name="Reset").click()
    line.get_by_text("z is 0.50: the result is ").wait_for()


def test_what_comes_back_at_once_is_not_said(shown):
    page = shown(GateLab(stage="dial"))
    root = page.locator(".grulab")
    root.wait_for()
    for key in ("ArrowRight", "ArrowLeft"):
        root.locator("[data-control=z]").press(key)
        settle(page)
    page.wait_for_timeout(MOMENT)
    assert page.evaluate(SAID) == [""]
