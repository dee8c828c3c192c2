"""ReviewGates on its page: it reads what is typed as Python does, at once, and keeps it in the page."""

from functools import partial

import numpy as np
import pytest
from made import review as review_of
from numbers_on_page import follow, number, read, settle
from reviewing import disturbed, in_node
from saved import weights_of

from benchmarks.pages import at_rest, script_times, weight
from grulab.data import encode, load_reviews
from grulab.data.text import FIRST_WORD, PADDING, UNKNOWN
from grulab.widgets import ReviewGates
from grulab.widgets.gatetimeline import in_order
from grulab.widgets.transport import unpacked

PAGE = "book/06_imdb.html"
LONG = "The plot is slow, but on the whole it seemed superb to Amina and to me. "


@pytest.fixture
def review(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""
    return partial(find_twin, PAGE, ".review", "review", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    head = unpacked(state["output"]["kernel"])[:, None], unpacked(state["output"]["bias"])
    words = state["vocabulary"].split("\n")
    made = ReviewGates(
        unpacked(state["table"]),
        weights_of(state["layer"]),
        head,
        {word: i for i, word in enumerate(words, FIRST_WORD)},
        state["maxlen"],
        dict(state["presets"]),
    )
    # the page's order of units is kept, and packing again changes nothing
    assert np.array_equal(made.weights.kernel, in_order(made.weights, np.arange(32)).kernel)
    assert made.table == state["table"]
    return made


def check(root, widget):
    """Compare the numbers on the page, and the words, with those of Python."""
    shown = follow(root, widget)
    text = root.locator("textarea").input_value()
    own = shown["state"]["preset"] == len(widget.presets)
    if own:
        widget.text = text
    else:
        assert text == widget.presets[widget.preset][1]
    ids, running, trace = widget.ids(), widget.running(), widget.trace()
    at = min(widget.step, len(ids) - 1)
    numbers = {name: number(shown_text) for name, shown_text in shown["numbers"]}
    assert numbers["answer"] == pytest.approx(running[-1], abs=6e-4)
    assert numbers["so_far"] == pytest.approx(running[at], abs=6e-4)
    assert numbers["without"] == pytest.approx(widget.without(), abs=6e-4)
    if at:
        assert numbers["change"] == pytest.approx(running[at] - running[at - 1], abs=6e-4)
    for quantity in ("z", "r", "candidate", "h"):
        value = getattr(trace, quantity)[0, at, widget.unit]
        assert numbers[f"{quantity}_value"] == pytest.approx(value, abs=6e-4), quantity
    # a mark for each id, the unknown ones marked, a signed number where the answer moves
    marks = root.locator(".review-word")
    assert marks.count() == len(ids)
    assert root.locator(".review-word .unknown").count() == (ids == UNKNOWN).sum()
    moved = np.diff(running)
    for text, change in zip(marks.locator("small").all_inner_texts()[1:], moved, strict=True):
        if abs(abs(change) - 0.05) > 1e-5:
            assert bool(text) == (abs(change) >= 0.05)
        assert not text or number(text) == pytest.approx(change, abs=6e-3)
    return widget


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?review=preset:1,step:2,unit:31",
        "?review=preset:2,step:0,unit:7",
        "?review=preset:3,step:49,unit:0",
        "?review=preset:4,step:12,unit:16",
        "?review=preset:5,step:0,unit:3",
    ],
)
def test_the_numbers_are_those_of_the_model(review, query):
    _, root, widget = review(query)
    check(root, widget)


def test_500_reviews_with_all_kinds_of_changes_are_read_as_in_python(review, tmp_path):
    _, _, widget = review()
    source = "imdb" if len(widget.word_index) > 1_000 else "embedded"
    reviews = load_reviews(source=source, num_words=10_000)
    assert reviews.word_index == widget.word_index
    texts = disturbed(reviews.ids_validation, reviews.word_index, 500)
    rows = encode(texts, reviews.word_index, 10_000, widget.maxlen)
    found = in_node(tmp_path, widget, texts)
    assert [one["ids"] for one in found] == [row[row != PADDING].tolist() for row in rows]
    last = [one["answers"][-1] for one in found]
    np.testing.assert_allclose(last, widget.predict(list(rows)), atol=1e-5)
    assert np.ptp(last) > 0.9, "some praise and some blame"


def test_what_is_typed_is_read_word_by_word(review):
    page, root, widget = review()
    box = root.get_by_label("The text that the model reads")

    def type_in(text, last):
        box.press_sequentially(text)
        # the word before the caret is the chosen one
        root.locator(".review-word.now", has_text=last).wait_for()
        check(root, widget)

    box.fill("")
    type_in("The film was Superb,", "superb")
    assert read(root)["state"]["step"] == 4
    for _ in range(len(" Superb,")):
        box.press("ArrowLeft")
    type_in(" not", "not")
    assert box.input_value() == "The film was not Superb,"
    # to the model one unknown word is like another, to the reader it is not
    type_in(" qxz", "qxz [?]")
    type_in("yv", "qxzyv [?]")
    page.wait_for_function(
        "document.querySelector('.review [aria-live]').textContent.includes('The chosen word is “qxzyv”')"
    )


def test_a_word_is_chosen_by_press_by_keyboard_and_in_a_map(review):
    page, root, widget = review("?review=preset:4,step:1,unit:0")
    root.locator(".review-word").nth(7).click()
    settle(page)
    check(root, widget)
    assert read(root)["state"]["step"] == 7
    root.locator("[data-control=step]").press("ArrowRight")
    settle(page)
    check(root, widget)
    assert read(root)["state"]["step"] == 8
    canvas = root.locator("canvas").nth(2)
    canvas.scroll_into_view_if_needed()
    bounds = canvas.bounding_box()
    page.mouse.click(bounds["x"] + 0.5 * bounds["width"], bounds["y"] + bounds["height"] * 20.5 / 32)
    settle(page)
    check(root, widget)
    state = read(root)["state"]
    assert state["unit"] == 20
    assert abs(state["step"] - len(widget.ids()) // 2) <= 1


def test_text_is_only_ever_text_and_stays_in_the_page(review):
    page, root, widget = review()
    page.evaluate(
        "() => { navigator.clipboard.writeText = async text => { (window.copied ??= []).push(text); }; }"
    )
    nasty = "<img src=x onerror='window.broken=1'> a <b>dull</b> \"film\" \\ ${1} 🎬 </script>"
    root.locator("textarea").fill(nasty)
    settle(page)
    check(root, widget)
    assert page.evaluate("window.broken") is None
    assert root.locator("img[src], .review-words b").count() == 0
    root.get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.copied?.length === 1")
    assert "dull" not in page.evaluate("window.copied[0]")
    assert "not what you typed" in root.inner_text()
    root.get_by_role("button", name="Copy as Python").click()
    page.wait_for_function("window.copied?.length === 2")
    known = {
        "table": widget.vectors, "weights": widget.weights, "word_index": widget.word_index,
        "head": (widget.head[0][:, None], np.array([widget.head[1]])), "maxlen": widget.maxlen,
        "presets": dict(widget.presets), "ReviewGates": ReviewGates,
    }  # fmt: skip
    assert eval(page.evaluate("window.copied[1]"), known).text == nasty
    root.get_by_role("button", name="Reset").click()
    settle(page)
    check(root, widget)
    root.locator("[data-control=preset]").press("End")
    settle(page)
    assert root.locator("textarea").input_value() == ""
    assert root.locator(".review-word").count() == 1


def test_a_text_beyond_the_limit_is_refused_with_a_sentence(review):
    page, root, widget = review()
    before = read(root)
    root.locator("textarea").fill("a " * 10_001)
    settle(page)
    complaint = root.locator(".grulab-complaint")
    assert "This text has 20002 characters, and the box reads 20000 at most." in complaint.inner_text()
    assert read(root) == before
    root.locator("textarea").fill("a " * 10_000)
    settle(page)
    assert complaint.inner_text() == ""
    check(root, widget)
    assert f"its first {10_000 - widget.maxlen} words fall off" in root.inner_text()
    # the start is no word: it gives way to the last of as many words as the row holds
    row = f"The text is longer than the model's row of {widget.maxlen}"
    for count, sentence in ((0, ""), (1, f"{row}: its first word falls off in front.")):
        root.locator("textarea").fill("a " * (widget.maxlen + count))
        settle(page)
        check(root, widget)
        assert f"after {widget.maxlen} words" in root.inner_text()
        assert root.locator(".review-words + .grulab-legend").inner_text() == sentence
    # another text of the list takes the place of what was refused
    root.locator("textarea").fill("a " * 10_001)
    root.locator("[data-control=preset]").select_option("1")
    settle(page)
    assert complaint.inner_text() == ""
    check(root, widget)


@pytest.mark.parametrize("text", ["", "🎬 ?!", "<>"])
def test_a_text_without_a_word_gets_a_sentence_of_its_own(review, text):
    page, root, widget = review("?review=preset:4,step:12,unit:3")
    root.locator("textarea").fill(text)
    settle(page)
    check(root, widget)
    answer = f"{widget.running()[0]:.3f}"
    assert f"There is no word to read. After the start alone the model says {answer}" in root.inner_text()
    # of the start alone there is no second word to go to
    root.locator("[data-control=step]").press("End")
    settle(page)
    assert read(root)["state"]["step"] == 0


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_up_or_down_from_word_to_word(review, width):
    page, root, _ = review("?review=preset:4,step:1,unit:0", width=width)
    heights = set()
    for _ in range(20):
        root.locator("[data-control=step]").press("ArrowRight")
        settle(page)
        heights.add(root.evaluate("node => node.offsetHeight"))
    assert len(heights) == 1


def test_a_word_of_1400_letters_stays_within_the_page(review):
    page, root, widget = review(width=375)
    root.locator("textarea").fill("superb" * 233)
    settle(page)
    check(root, widget)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    verdict = root.locator(".grulab-verdict").inner_text()
    assert "after 1 word, 1 of them unknown" in verdict
    assert len(verdict) < 200


@pytest.mark.timed
def test_a_word_more_takes_less_than_a_frame(review):
    page, root, _ = review()
    words = (LONG * 70).split()[:1_000]
    for count in (20, 99, 1_000):
        # one word after the other, up to so many
        texts = [" ".join(words[: count - 20 + i]) for i in range(20)]
        typed = root.locator("textarea")
        took = at_rest(page, lambda typed=typed, texts=texts: np.median(script_times(typed, texts)), 16)
        assert 0 < took < 16, f"{count} words"


@pytest.mark.timed
def test_a_long_text_pasted_does_not_freeze_the_page(review):
    page, root, widget = review()
    for count in (500, 1_000):
        text = " ".join((LONG * 70).split()[:count])
        typed = root.locator("textarea")
        took = at_rest(page, lambda typed=typed, text=text: script_times(typed, ["", text])[1], 50)
        assert 0 < took < 50, f"{count} words"
        settle(page)
        check(root, widget)


def test_the_page_sends_little(site):
    assert 0 < weight(site, PAGE)["data"] < 1_500_000


def test_two_views_leave_each_other_the_word_that_is_chosen(shown):
    reader = review_of()
    page = shown(reader, reader)
    page.wait_for_function("document.querySelectorAll('.grulab').length === 2")
    first, second = page.locator(".grulab").all()
    first.locator("textarea").fill("the film was dull the film was superb")
    settle(page)
    # what is typed stays in its view: the other one has no text, and shows its start
    assert (read(first)["state"]["step"], read(second)["state"]["step"]) == (8, 0)
    first.locator("[data-control=step]").press("ArrowLeft")
    settle(page)
    assert (read(first)["state"]["step"], read(second)["state"]["step"]) == (7, 0)
    assert "“was”" in first.locator(".review-chosen").inner_text()


def test_a_shorter_text_ends_at_its_last_word(shown):
    page = shown(review_of(step=4))
    root = page.locator(".grulab")
    root.wait_for()
    assert "“superb”" in root.locator(".review-chosen").inner_text()
    root.locator("[data-control=preset]").select_option("1")
    settle(page)
    assert "“dull”" in root.locator(".review-chosen").inner_text()
    # the state is what stands there, so that a link and a line of Python say the same
    root.locator("[data-control=preset]").select_option("0")
    settle(page)
    assert read(root)["state"]["step"] == 1
