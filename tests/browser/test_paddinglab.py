"""PaddingLab on its page: rows, answers and states are those of Python, for every control."""

from functools import partial

import numpy as np
import pytest
from numbers_on_page import check_numbers, follow, number, settle
from saved import weights_of

from grulab.widgets import PaddingLab
from grulab.widgets.transport import unpacked


@pytest.fixture
def padding(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""
    return partial(find_twin, "book/05_text.html", ".padding", "padding", in_python)


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    readers = [
        (
            weights_of(reader["layer"]),
            unpacked(reader["table"]),
            unpacked(reader["output"]["kernel"])[:, None],
            unpacked(reader["output"]["bias"]),
        )
        for reader in state["readers"]
    ]
    # the start id is no word
    texts = {text["title"]: " ".join(text["words"][1:]) for text in state["texts"]}
    word_index = {
        word: i for text in state["texts"] for word, i in zip(text["words"][1:], text["ids"][1:], strict=True)
    }
    made = PaddingLab(readers, texts, word_index)
    assert made.texts == state["texts"]
    assert made.readers == state["readers"]
    return made


def check(root, lab):
    """Compare what the page shows with Python: the numbers, the row, the sentences."""
    shown = follow(root, lab)
    trace, answers, alone, row = lab.trace(), lab.answers(), lab.alone()[-1], lab.row()
    at, unit = lab.step, lab.unit
    z, candidate, h = (getattr(trace, name)[0, at, unit] for name in ("z", "candidate", "h"))
    moved = abs(answers[-1] - alone)
    wanted = {"answer": answers[-1], "alone": alone, "moved": moved, "z": z, "rest": 1 - z}
    wanted |= {"candidate": candidate, "h": h, "before": trace.h[0, at - 1, unit] if at else 0.0}
    numbers = [pair for pair in shown["numbers"] if pair[0] not in shown["state"]]
    # the page computes in 64 bits, Python in 32
    check_numbers({"numbers": numbers}, wanted, within=1e-5)

    verdict = root.locator(".grulab-verdict").inner_text()
    turned = (answers[-1] > 0.5) != (alone > 0.5)
    assert ("turns" in verdict) == turned
    assert ("✓" in verdict) == (moved < 0.0005)
    equations = root.locator(".grulab-equation")
    is_skipped = bool(lab.mask and row[at] == 0)
    assert [equations.nth(i).is_visible() for i in (0, 1)] == [not is_skipped, is_skipped]

    # a band in each chart where zeros stand
    assert root.locator(".band").count() == (2 if 0 in row else 0)
    words = lab.texts[lab.text]["words"]
    kept = int((row > 0).sum())
    lost = len(words) - kept
    cells = root.locator(".padding-row li")
    place = "node => [node.className, (node.querySelector('s') ?? node).firstChild.textContent]"
    drawn = [cell.evaluate(place) for cell in cells.all()]
    words_left = words[:kept] if lab.truncating else words[lost:]
    in_row = iter(words_left)
    wanted_row = [["", next(in_row)] if i else ["zero", "0"] for i in row]
    wanted_row[at][0] = f"{wanted_row[at][0]} now".strip()
    fell = [["lost", word] for word in (words[kept:] if lab.truncating else words[:lost])]
    assert drawn == (wanted_row + fell if lab.truncating else fell + wanted_row)
    assert cells.get_by_text("skipped").count() == (int((row == 0).sum()) if lab.mask else 0)
    return shown["state"]


QUERIES = [
    "",
    "?padding=text:0,maxlen:31,padding:1,mask:1,step:20,unit:31,seed:1",
    "?padding=text:1,maxlen:24,padding:0,mask:0,step:2,unit:7,seed:2",
    "?padding=text:2,maxlen:8,truncating:0,step:7,unit:16,seed:0",
    "?padding=text:2,maxlen:10,truncating:1,step:9,unit:3,seed:2",
    "?padding=text:3,maxlen:40,padding:0,mask:1,step:0,unit:0,seed:1",
    "?padding=text:3,maxlen:1,truncating:1,step:0,unit:30,seed:0",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_numbers_and_the_row_are_those_of_python(padding, query):
    _, root, lab = padding(query)
    check(root, lab)


def test_every_control_moves_what_it_says(padding):
    page, root, lab = padding()
    for name, values in (
        ("text", "1230"),
        ("seed", "012"),
        ("mask", "10"),
        ("padding", "01"),
        ("truncating", "10"),
    ):
        for value in values:
            root.locator(f"[data-control={name}]").select_option(value)
            settle(page)
            assert check(root, lab)[name] == int(value)
    for name in ("maxlen", "step", "unit"):
        slider = root.locator(f"[data-control={name}]")
        for key in ("Home", "ArrowRight", "End", "ArrowLeft"):
            slider.press(key)
            settle(page)
            check(root, lab)


def test_the_tasks_of_the_page_can_be_done(padding):
    page, root, lab = padding()
    difference = root.locator("[data-number=moved]")
    maxlen = root.locator("[data-control=maxlen]")

    def bring(value):
        while (now := int(maxlen.input_value())) != value:
            maxlen.press("ArrowLeft" if now > value else "ArrowRight")
        settle(page)
        check(root, lab)
        return number(difference.inner_text())

    # as long as the text, nothing differs; then zeros behind the words until the answer has moved
    assert bring(11) == 0
    zeros = next(zeros for zeros in range(1, 21) if bring(11 + zeros) > 0.1)
    moves = np.abs(lab.answers(text=0, mask=0, padding=1, maxlen=31)[10:] - lab.alone(text=0)[-1])
    assert zeros == int(np.argmax(moves > 0.1))
    # with a mask nothing moves, on either side
    root.locator("[data-control=mask]").select_option("1")
    assert bring(20) == 0
    root.locator("[data-control=padding]").select_option("0")
    assert bring(16) == 0
    # words fall off in front, and the verdict turns; at the end, and it stays
    root.locator("[data-control=text]").select_option("2")
    assert bring(8) > 0.5
    root.locator("[data-control=truncating]").select_option("1")
    assert bring(10) < 0.5


def test_a_step_past_the_end_of_the_row_is_its_last_place_and_comes_back(padding):
    page, root, lab = padding()
    step, maxlen = (root.locator(f"[data-control={name}]") for name in ("step", "maxlen"))
    step.press("End")
    settle(page)
    assert check(root, lab)["step"] == 15
    maxlen.press("ArrowLeft")
    settle(page)
    assert check(root, lab)["step"] == 14
    assert step.get_attribute("aria-valuetext") == "14"
    maxlen.press("ArrowRight")
    settle(page)
    assert check(root, lab)["step"] == 15


def test_a_tap_on_a_place_or_in_the_map_chooses_it(padding):
    page, root, lab = padding(has_touch=True)
    root.locator(".padding-row li").nth(7).tap()
    settle(page)
    assert check(root, lab)["step"] == 7
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 12.5 / 16, box["y"] + box["height"] * 20.5 / 32)
    settle(page)
    state = check(root, lab)
    assert (state["step"], state["unit"]) == (12, 20)
    # a word that fell off is no place of the row
    root.locator("[data-control=maxlen]").press("Home")
    settle(page)
    root.locator(".padding-row li.lost").first.tap()
    settle(page)
    assert check(root, lab)["step"] == 0
