"""Player on its page: the trained layer in the page believes what the one in Python believes."""

import re
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from made import speech as speech_of
from numbers_on_page import check_numbers, follow, read, settle
from saved import weights_of

from grulab.widgets import Player
from grulab.widgets.transport import unpacked

PLAYING = "() => document.querySelector('[data-act=play]').textContent === 'Pause'"
AT_REST = "() => document.querySelector('[data-act=play]').textContent === 'Play'"
HELD = """document.querySelector('[data-player=speech] [data-act=listen]').textContent"""


@pytest.fixture
def player(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""
    return partial(find_twin, "book/08d_video.html", "[data-player=player]", "player", in_python)


@pytest.fixture
def speech(find_twin):
    """Return a function that opens the page with sounds and returns (page, widget, its like in Python)."""
    return partial(find_twin, "book/08c_speech.html", "[data-player=speech]", "speech", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    sound = {"samples": [unpacked(one) for one in state["sounds"]], "columns": state["columns"]}
    sound |= {name: state["setting"][name] for name in ("rate", "blank")}
    return Player(
        [weights_of(layer) for layer in state["layers"]],
        (unpacked(state["output"]["kernel"]), unpacked(state["output"]["bias"])),
        [unpacked(one) for one in state["frames"]],
        state["truths"],
        state["classes"],
        state["titles"],
        **(sound if state["sounds"] else {}),
    )


def check(root, widget):
    """Compare the numbers, words and frames on the page with those of Python."""
    shown = follow(root, widget)
    beliefs = widget.beliefs()
    at = widget.step - 1
    wanted = {f"belief_{k}": share for k, share in enumerate(beliefs[at])} | shown["state"]
    assert {f"belief_{k}" for k in range(2)} <= {name for name, _ in shown["numbers"]}
    check_numbers(shown, wanted, within=1e-5)
    words = root.locator(".grulab-verdict").inner_text()
    best = widget.classes[beliefs[at].argmax()]
    assert words.startswith(f"After {widget.step} of {len(beliefs)} frames: {best}, ")
    truth = widget.classes[widget.truths[widget.example]]
    if widget.order:
        assert words.endswith(f"Recorded was: {truth}.")
    else:
        assert f"The truth: {truth}." in words
        assert ("✓ The same." in words) == (best == truth)
        assert ("✗ Not the same." in words) == (best != truth)
    # below each frame stands its number in the recording
    numbers = root.locator(".recorded-cell").all_inner_texts()
    assert [int(number) for number in numbers] == (widget.places() + 1).tolist()
    assert root.locator(".recorded-cell.now").inner_text() == str(widget.places()[at] + 1)
    return beliefs


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?player=example:0,step:9",
        "?player=example:3,step:2,order:1",
        "?player=example:7,step:9,order:0",
        "?player=example:5,step:5,order:2,draw:99",
    ],
)
def test_the_beliefs_are_those_of_the_layer(player, query):
    _, root, widget = player(query)
    check(root, widget)


PIXELS = """canvas => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, i) => data[4 * i]);
}"""


def test_the_frame_on_the_screen_is_the_one_that_is_read(player):
    _, root, widget = player("?player=example:2,step:4,order:2,draw:5")
    check(root, widget)
    grey = np.array(root.locator(".recorded-frame").evaluate(PIXELS)).reshape(10, 10)
    frame = unpacked(widget.frames[2])[widget.places()[3]]
    assert np.abs(grey - 255 * frame).max() <= 0.51
    small = root.locator(".recorded-cell canvas").nth(3).evaluate(PIXELS)
    assert np.array_equal(np.reshape(small, (10, 10)), grey)


def test_the_tasks_of_the_page_can_be_done(player):
    page, root, widget = player()

    def ends(**settings):
        for name, value in settings.items():
            root.locator(f"[data-control={name}]").select_option(str(value))
        root.locator("[data-control=step]").press("End")
        settle(page)
        return check(root, widget)[-1].argmax()

    truths = widget.truths
    # six films end right, and backwards the other way
    assert [ends(example=k, order=0) for k in range(6)] == truths[:6]
    assert [ends(example=k, order=1) for k in range(6)] == [1 - truth for truth in truths[:6]]
    # at nine columns a frame the other way is named
    assert ends(example=7, order=0) != truths[7]
    # the shuffle decides
    answers = set()
    ends(example=0, order=2)
    root.locator("[data-control=draw]").press("Home")
    for _ in range(12):
        root.locator("[data-control=draw]").press("ArrowRight")
        settle(page)
        answers.add(check(root, widget)[-1].argmax())
    assert answers == {0, 1}


def expect_said(page, root, begin):
    """Wait until screen readers have heard the belief that stands there, which begins so."""
    words = root.locator(".grulab-verdict").inner_text()
    assert words.startswith(begin)
    said = "document.querySelector('.recorded [aria-live]').textContent"
    page.wait_for_function(f"words => {said} === words", arg=words)


def test_play_goes_frame_by_frame_to_the_end_and_begins_anew(player):
    page, root, widget = player()
    root.locator("[data-control=pace]").press("End")
    play = root.locator("[data-act=play]")
    play.click()
    page.wait_for_function(PLAYING)
    page.wait_for_function(AT_REST)
    assert read(root)["state"]["step"] == 9
    check(root, widget)
    expect_said(page, root, "After 9 of ")
    # at the end it starts over; a press pauses it where it is
    root.locator("[data-control=pace]").press("Home")
    play.click()
    settle(page)
    assert read(root)["state"]["step"] == 1
    play.click()
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(1500)
    assert read(root)["state"]["step"] == 1
    expect_said(page, root, "After 1 of ")


def test_another_film_ends_the_play(player):
    page, root, widget = player()
    root.locator("[data-act=play]").click()
    page.wait_for_function(PLAYING)
    root.locator("[data-control=example]").select_option("3")
    page.wait_for_function(AT_REST)
    check(root, widget)


def test_who_wants_less_motion_gets_two_frames_a_second(player):
    page, root, _ = player(reduced_motion="reduce")
    root.locator("[data-control=pace]").press("End")
    root.locator("[data-act=play]").click()
    # at twelve a second it would be at the end
    page.wait_for_timeout(1200)
    assert 1 < read(root)["state"]["step"] <= 4


def test_a_tap_on_a_frame_chooses_it(player):
    page, root, widget = player(has_touch=True)
    root.locator(".recorded-cell").nth(6).tap()
    settle(page)
    assert read(root)["state"]["step"] == 7
    check(root, widget)


def test_the_chart_tells_in_words_what_was_believed_so_far(player):
    _, root, widget = player("?player=step:3")
    beliefs = check(root, widget)
    words = root.locator("svg.grulab-chart").get_attribute("aria-label")
    told = re.search(r"right ([\d., ]+)\. The first numbers", words)[1].split(", ")
    # before any frame, and after each of three
    assert len(told) == 4
    assert [float(one) for one in told[1:]] == pytest.approx(beliefs[:3, 1], abs=0.0051)


@pytest.mark.parametrize("query", ["", "?speech=example:0,step:40", "?speech=example:1,step:7"])
def test_what_is_heard_is_what_the_layers_write(speech, query):
    _, root, widget = speech(query)
    shown = follow(root, widget)
    beliefs, classes = widget.beliefs(), widget.classes
    share = {f"belief_{k}": one for k, one in enumerate(beliefs[widget.step - 1])}
    check_numbers(shown, share | shown["state"], within=1e-5)
    words = root.locator(".grulab-verdict").inner_text()
    written = " ".join(classes[k] for k in widget.written()) or "nothing"
    spoken = " ".join(classes[k] for k in widget.truths[widget.example])
    assert f"Written down, of all columns: {written}." in words
    assert f"The truth: {spoken}." in words
    assert ("✓" in words) == (written == spoken)
    # a stretch for each run of one class, the blank without a word
    true, heard = (row.locator("b").all_inner_texts() for row in root.locator(".recorded-words").all())
    for row, values in ((true, widget.columns[widget.example]), (heard, beliefs.argmax(axis=1))):
        runs = [values[0], *(k for before, k in pairwise(values) if k != before)]
        assert row == ["" if k == widget.setting["blank"] else classes[k] for k in runs]


def test_listen_moves_the_cursor_and_ends_by_itself(speech):
    page, root, widget = speech()
    last = len(widget.beliefs())
    assert read(root)["state"]["step"] == 1
    root.locator("[data-act=listen]").click()
    page.wait_for_function(f"{HELD} === 'Stop the sound'")
    page.wait_for_function(f"{HELD} === 'Listen'")
    assert read(root)["state"]["step"] > 0.8 * last


def test_a_sound_can_be_stopped_and_turned_down(speech):
    page, root, _ = speech()
    listen = root.locator("[data-act=listen]")
    listen.click()
    page.wait_for_function(f"{HELD} === 'Stop the sound'")
    root.locator("[data-control=level]").press("Home")
    listen.click()
    page.wait_for_function(f"{HELD} === 'Listen'")
    step = read(root)["state"]["step"]
    page.wait_for_timeout(500)
    shown = read(root)["state"]
    assert (shown["step"], shown["level"]) == (step, 0)
    # another recording ends the sound of the one before
    listen.click()
    page.wait_for_function(f"{HELD} === 'Stop the sound'")
    root.locator("[data-control=example]").select_option("1")
    page.wait_for_function(f"{HELD} === 'Listen'")


def test_a_press_in_the_picture_moves_the_cursor(speech):
    page, root, widget = speech()
    over = root.locator(".recorded-over")
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 30)
    settle(page)
    last = len(widget.beliefs())
    assert read(root)["state"]["step"] == last // 2 + 1


def test_a_browser_without_sound_says_so(speech):
    page, root, _ = speech(fresh=True)
    page.add_init_script("delete window.AudioContext; delete window.webkitAudioContext;")
    page.reload()
    root.wait_for()
    assert root.get_by_text("This browser has no sound.").count() == 1
    assert root.locator("[data-act=listen]").count() == 0
    assert root.locator("[data-control=step]").get_attribute("max") > "1"


@pytest.mark.parametrize("act", ["slider", "picture"])
def test_who_moves_while_it_sounds_ends_the_sound_and_stays_there(shown, act):
    page = shown(speech_of())
    root = page.locator(".grulab")
    root.wait_for()
    listen = root.locator("[data-act=listen]")
    listen.click()
    page.wait_for_function("document.querySelector('[data-control=step]').value > 1")
    assert listen.inner_text() == "Stop the sound"
    if act == "slider":
        root.locator("[data-control=step]").press("End")
    else:
        box = root.locator(".recorded-over").bounding_box()
        page.mouse.click(box["x"] + 0.99 * box["width"], box["y"] + 20)
    assert listen.inner_text() == "Listen"
    page.wait_for_timeout(400)
    assert read(root)["state"]["step"] == 20
