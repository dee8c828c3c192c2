"""GateLab on the built pages: every control, by mouse and by keyboard, against ``grulab.cell``."""

import pytest
from numbers_on_page import check, read, settle

from benchmarks.pages import unfold
from grulab.cell import run
from grulab.widgets import GateLab
from grulab.widgets.gatelab import LATCH, STAGES

# stage: page, controls, and the numbers that it shows at least
PLACES = {
    "dial": ("book/index.html", 1, 12),
    "step": ("book/01_concepts.html", 7, 25),
    "weights": ("book/01_concepts.html", 17, 230),
}


NO_CLIPBOARD = "() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }"


@pytest.fixture
def lab(find_widget):
    """Return a function that opens the page of a stage and returns (page, widget), all folds open."""

    def find(stage, query="", **options):
        page, root = find_widget(PLACES[stage][0] + query, f".stage-{stage}", **options)
        unfold(root)
        return page, root

    return find


@pytest.mark.parametrize("stage", PLACES)
def test_every_control_moves_by_keyboard_and_every_number_is_right(lab, home, stage):
    page, root = lab(stage, home=home)
    _, controls, least = PLACES[stage]
    inputs = root.locator("input[type=range]")
    assert inputs.count() == controls
    check(stage, read(root), least)
    for control in inputs.all():
        name = control.get_attribute("data-control")
        limits = GateLab.quantities()[name].limits
        seen = []
        control.focus()
        for key in ("Home", "End", "ArrowLeft", "ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
            shown = read(root)
            check(stage, shown, least)
            seen.append(shown["state"][name])
        low, high, size = limits
        assert seen == pytest.approx([low, high, high - size, high - 2 * size, high - size]), name
        # somewhere in the middle for the rest of the walk
        for _ in range(3):
            page.keyboard.press("PageDown")


@pytest.mark.parametrize("stage", PLACES)
def test_every_control_moves_by_mouse(lab, home, stage):
    page, root = lab(stage, home=home)
    for control in root.locator("input[type=range]").all():
        name = control.get_attribute("data-control")
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        before = read(root)["state"][name]
        low, high, size = GateLab.quantities()[name].limits
        share = 0.7 if before < low + 0.6 * (high - low) else 0.3
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=3)
        page.mouse.up()
        shown = read(root)
        check(stage, shown, PLACES[stage][2])
        assert shown["state"][name] != before, name
        assert shown["state"][name] == pytest.approx(
            low + share * (high - low), abs=size + 0.1 * (high - low)
        )


def test_three_tasks_of_the_page_can_be_done(lab):
    page, root = lab("step")

    def press(name, key):
        root.locator(f"[data-control={name}]").press(key)

    def new_h():
        return root.locator("td [data-number=new_h]").inner_text()

    # 1: z = 1, and nothing but h itself matters
    press("z", "End")
    settle(page)
    for name in ("r", "x", "w", "u", "bias"):
        for key in ("Home", "End"):
            press(name, key)
            settle(page)
            assert new_h() == "0.800"
    # 2: z = 0 and r = 0, and h does not matter
    press("z", "Home")
    press("x", "Home")
    press("r", "Home")
    seen = set()
    for key in ("Home", "End"):
        press("h", key)
        settle(page)
        seen.add(new_h())
    assert len(seen) == 1

    # 3: the smallest bias of the latch that holds 0.6 for 20 steps
    root = page.locator(".stage-weights")
    root.get_by_role("button", name="Load the latch").click()
    settle(page)
    verdict = root.locator(".gatelab-verdict")
    assert verdict.inner_text().startswith("✓ held")
    bias = root.locator("[data-control=update_bias]")
    for _ in range(40):
        bias.press("ArrowLeft")
        settle(page)
        if verdict.inner_text().startswith("✗ lost"):
            break
    smallest = round(bias.evaluate("input => input.valueAsNumber") + 0.1, 1)
    assert 5.0 <= smallest <= 5.6
    for step, held in ((0.0, True), (-0.1, False)):
        latch = GateLab(stage="weights", **(LATCH | {"update_bias": round(smallest + step, 1)}))
        h = run(latch.weights(), latch.inputs()).h[0, :, 0]
        assert all(h[latch.flag_step : latch.flag_step + 21] >= 0.6) == held


def test_reset_brings_the_page_back_and_leaves_the_other_widget_alone(lab):
    page, root = lab("step")
    other = page.locator(".stage-weights")
    first, first_other = read(root), read(other)
    for name in ("z", "h", "w"):
        root.locator(f"[data-control={name}]").press("End")
    assert read(root) != first
    assert read(other) == first_other
    root.get_by_role("button", name="Reset").click()
    assert read(root) == first


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?gatelab-step=z:7", "the link sets z to “7”, but it must be a number from 0 to 1"),
        ("?gatelab-step=q:1", "the link names “q”"),
        ("?gatelab-step=z:<img src=x>", "the link sets z to “<img src=x>”"),
        ("?gatelab-step=z:", "the link sets z to “”"),
    ],
)
def test_a_broken_link_is_said_and_not_used(lab, query, sentence):
    _, root = lab("step", query)
    assert sentence in root.get_by_role("alert").inner_text()
    assert read(root)["state"] == {name: getattr(GateLab(), name) for name in STAGES["step"]}


def test_without_a_clipboard_the_text_waits_in_a_field(lab):
    page, root = lab("dial")
    page.evaluate(NO_CLIPBOARD)
    root.get_by_role("button", name="Copy as Python").click()
    field = root.get_by_label("text to copy")
    field.wait_for()
    assert field.input_value().startswith('GateLab(stage="dial", z=')


def test_play_walks_and_stops_and_less_motion_means_the_end_at_once(lab):
    page, root = lab("weights")
    root.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('.stage-weights [data-control=at]').value > 5")
    root.get_by_role("button", name="Pause").click()
    stopped = read(root)["state"]["at"]
    page.wait_for_timeout(450)
    assert read(root)["state"]["at"] == stopped

    page, root = lab("weights", reduced_motion="reduce")
    root.get_by_role("button", name="Play").click()
    assert read(root)["state"]["at"] == 29
    durations = "root => [...root.querySelectorAll('*')].map(n => getComputedStyle(n).transitionDuration)"
    assert set(root.evaluate(durations)) == {"0s"}


def test_a_tap_on_the_drawing_chooses_the_time_step(lab):
    page, root = lab("weights")
    drawing = root.locator("svg.gatelab-time")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    page.mouse.click(box["x"] + 30 + (box["width"] - 56) * 20 / 29, box["y"] + 100)
    shown = read(root)
    assert shown["state"]["at"] == 20
    check("weights", shown, 230)


PLAYS = "() => [...document.querySelectorAll('[data-act=play]')].map(button => button.textContent)"


def test_reset_ends_the_walk(shown):
    page = shown(GateLab(stage="weights"))
    root = page.locator(".grulab")
    root.wait_for()
    first = read(root)
    root.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('[data-control=at]').value > 3")
    root.get_by_role("button", name="Reset").click()
    assert page.evaluate(PLAYS) == ["Play"]
    page.wait_for_timeout(600)
    assert read(root) == first


def test_two_views_walk_together_to_the_end_and_no_further(shown):
    lab = GateLab(stage="weights", at=24)
    page = shown(lab, lab)
    page.wait_for_function("document.querySelectorAll('.grulab').length === 2")
    for button in page.locator("[data-act=play]").all():
        button.click()
    page.wait_for_function(f"({PLAYS})().every(words => words === 'Play')")
    for root in page.locator(".grulab").all():
        check("weights", read(root), 230)
        assert read(root)["state"]["at"] == 29
        assert root.locator(".grulab-alert").text_content() == ""
