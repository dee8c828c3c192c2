"""A finger that scrolls the page past a drawing changes nothing; one that taps or drags in it does."""

import pytest
from made import forecast, speech, timeline
from numbers_on_page import read, settle

from grulab.widgets import GateLab

# the widget, the drawing that one presses, and the control that follows
DRAWINGS = {
    "map": (timeline, ".grulab-map >> nth=0", "step"),
    "series": (forecast, ".player-series", "start"),
    "sequence": (lambda: GateLab(stage="weights"), ".gatelab-time", "at"),
    "sound": (speech, ".recorded-over", "step"),
}
each_drawing = pytest.mark.parametrize("name", DRAWINGS)
# room to scroll in
TALL = "<style>body { padding: 100px 0 3000px; }</style>"


@pytest.fixture
def drawing(shown):
    """Return a function that opens a page and returns (page, the drawing's box, what reads its control)."""

    def find(name, **options):
        make, selector, control = DRAWINGS[name]
        page = shown(make(), extra=TALL, **options)
        root = page.locator(".grulab")
        root.wait_for()
        root.locator(selector).scroll_into_view_if_needed()
        settle(page)
        box = root.locator(selector).bounding_box()
        return page, box, lambda: read(root)["state"][control]

    return find


def swipe(page, box, across, down):
    """Move a finger from the drawing's middle, and lift it."""
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": x + share * across, "y": y + share * down} for share in places]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settle(page)

    touch("touchStart", 0)
    for step in range(1, 11):
        touch("touchMove", step / 10)
    touch("touchEnd")


@each_drawing
def test_a_finger_that_scrolls_past_a_drawing_leaves_it_alone(drawing, name):
    page, box, value = drawing(name, has_touch=True, width=375, height=667)
    before, top = value(), page.evaluate("scrollY")
    swipe(page, box, across=3, down=-150)
    page.wait_for_function("top => scrollY > top", arg=top)
    assert value() == before


@each_drawing
def test_a_finger_that_goes_sideways_drags(drawing, name):
    page, box, value = drawing(name, has_touch=True, width=375, height=667)
    top = page.evaluate("scrollY")
    seen = []
    for share in (-0.4, -0.1):
        swipe(page, box, across=share * box["width"], down=12)
        seen.append(value())
    assert seen[0] < seen[1]
    assert page.evaluate("scrollY") == top


@each_drawing
def test_a_tap_chooses(drawing, name):
    page, box, value = drawing(name, has_touch=True, width=375, height=667)
    seen = []
    for share in (0.3, 0.8):
        page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        settle(page)
        seen.append(value())
    assert seen[0] < seen[1]


@each_drawing
def test_two_fingers_choose_nothing_and_may_enlarge_the_page(drawing, name):
    page, box, value = drawing(name, has_touch=True, is_mobile=True, width=375, height=667)
    before = value()
    fingers = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind, *places):
        points = [{"x": x + place, "y": y, "id": n} for n, place in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settle(page)

    touch("touchStart", -20)
    touch("touchStart", -20, 20)
    for step in range(1, 11):
        touch("touchMove", -20 - 8 * step, 20 + 8 * step)
    touch("touchEnd")
    assert value() == before
    # a browser without a screen enlarges nothing, so the rule itself is read
    rules = page.locator(".grulab-pressed").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).touchAction)"
    )
    assert set(rules) == {"pan-y pinch-zoom"}


@each_drawing
def test_a_mouse_that_comes_from_elsewhere_pressed_chooses_nothing(drawing, name):
    page, box, value = drawing(name)
    before = value()
    page.mouse.move(2, box["y"])  # beside the widget
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    settle(page)
    assert value() == before


@each_drawing
def test_a_mouse_chooses_with_its_main_button_only_and_selects_no_text(drawing, name):
    page, box, value = drawing(name)
    level = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.2 * box["width"], level)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], level + 5, steps=4)
    settle(page)
    dragged = value()
    page.mouse.move(box["x"] + 0.7 * box["width"], level + 200)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == ""
    page.mouse.click(box["x"] + 0.2 * box["width"], level)
    settle(page)
    pressed = value()
    assert pressed < dragged
    for button in ("right", "middle"):
        page.mouse.move(box["x"] + 0.5 * box["width"], level)
        page.mouse.down(button=button)
        page.mouse.move(box["x"] + 0.9 * box["width"], level, steps=3)
        page.mouse.up(button=button)
    settle(page)
    assert value() == pressed
