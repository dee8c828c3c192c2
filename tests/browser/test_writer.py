"""Writer on its page: what it writes, how probable it says the next letter is, its buttons, what is typed."""

import re

import numpy as np
import pytest
from made import writer as writer_of
from numbers_on_page import follow, number, read, settle
from saved import weights_of

from benchmarks.pages import at_rest, script_times
from grulab.nextsymbol import NextSymbol
from grulab.widgets import Writer
from grulab.widgets.transport import unpacked

PAGES = {"writer": "book/08a_language.html", "writer-notes": "book/08e_music.html"}


@pytest.fixture
def writer(find_twin):
    """Return a function that opens the page and returns (page, widget, the widget in Python)."""

    def find(query="", name="writer", **options):
        return find_twin(PAGES[name], f"[data-writer={name}]", name, in_python, query, **options)

    return find


def in_python(state):
    """Return the page's widget, made again in Python from the state in the page."""
    parts = NextSymbol(
        unpacked(state["table"]),
        weights_of(state["layer"]),
        *(unpacked(state["output"][name]) for name in ("kernel", "bias")),
    )
    return Writer(parts, state["symbols"], dict(state["presets"]), length=state["limits"]["written"][1])


def check(root, widget):
    """Compare sequence, probabilities and surprise on the page with those of Python."""
    follow(root, widget)
    if widget.preset == len(widget.presets):
        widget.text = root.locator("textarea").input_value()
    ids, symbols = widget.ids(), widget.symbols
    assert root.locator(".writer-sequence").evaluate("node => node.textContent") == "".join(
        symbols[i] for i in ids
    )
    assert root.locator(".writer-symbol.written").count() == (widget.written if len(ids) else 0)
    p = np.sort(widget.next_probabilities())[::-1]
    bars = [number(text) for text in root.locator(".writer-next b").all_inner_texts()]
    assert bars == pytest.approx([*p[:8], p[8:].sum()], abs=6e-4)
    best = root.locator(".writer-next li").first.inner_text()
    assert best.startswith(
        {" ": "space"}.get(symbol := symbols[widget.next_probabilities().argmax()], symbol)
    )
    bits = widget.surprise()
    shares = root.locator(".writer-symbol").evaluate_all(
        "nodes => nodes.map(node => Number(node.style.getPropertyValue('--share')))"
    )
    assert shares[1:] == pytest.approx(np.minimum(1, bits / 8), abs=6e-4)
    begun, verdict = len(widget.beginning()), root.locator(".grulab-verdict").inner_text()
    means = [float(one) for one in re.findall(r"([\d.]+) bits", verdict)]
    parts = [bits[: begun - 1], bits[begun - 1 :]]
    expected = [*(part.mean() for part in parts if len(part)), np.log2(len(symbols))]
    assert means == pytest.approx(expected, abs=6e-3)
    assert verdict.split("written")[0] in root.get_by_role("img").get_attribute("aria-label")
    return widget


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?writer=preset:0,temperature:1,seed:7,written:120",
        "?writer=preset:1,temperature:0,seed:0,written:60",
        "?writer=preset:2,temperature:0.4,seed:99,written:1",
        "?writer=preset:3,temperature:2,seed:3,written:33",
    ],
)
def test_the_page_writes_what_python_writes(writer, query):
    _, root, widget = writer(query)
    check(root, widget)


def test_one_letter_run_pause_and_begin_again(writer):
    page, root, widget = writer()
    one = root.locator("[data-act=once]")
    assert one.inner_text() == "One letter"
    for count in (1, 2):
        one.click()
        settle(page)
        assert check(root, widget).written == count
    run = root.locator("[data-act=run]")
    run.click()
    assert run.inner_text() == "Pause"
    page.wait_for_function("document.querySelectorAll('.writer-symbol.written').length > 6")
    run.click()
    assert run.inner_text() == "Write on"
    stopped = check(root, widget).written
    page.wait_for_timeout(400)
    assert read(root)["state"]["written"] == stopped
    # all that was written is said, not what stood there before the run
    newest = "".join(root.locator(".writer-symbol.written").all_text_contents())
    said = "document.querySelector('.writer [aria-live]').textContent"
    page.wait_for_function(f"newest => {said}.startsWith(`Written: ${{newest}}. `)", arg=newest)
    root.locator("[data-act=again]").click()
    settle(page)
    assert check(root, widget).written == 0


@pytest.mark.parametrize("text", ["", "12!"])
def test_without_a_beginning_nothing_is_written_and_what_is_missing_is_said(writer, text):
    page, root, _ = writer()
    root.locator("textarea").fill(text)
    settle(page)
    for act in ("run", "once"):
        root.locator(f"[data-act={act}]").click()
        settle(page)
        assert root.locator("[data-act=run]").inner_text() == "Write on"
        assert read(root)["state"]["written"] == 0
    said = "document.querySelector('.writer [aria-live]').textContent"
    page.wait_for_function(f"{said}.startsWith('Type at least one letter that the model knows.')")


def test_a_run_ends_by_itself_and_begins_anew(writer):
    page, root, widget = writer("?writer=preset:0,temperature:0.5,seed:2,written:117")
    run = root.locator("[data-act=run]")
    run.click()
    page.wait_for_function("document.querySelectorAll('.writer-symbol.written').length === 120")
    page.wait_for_function("document.querySelector('[data-act=run]').textContent === 'Write on'")
    check(root, widget)
    run.click()
    page.wait_for_function("document.querySelectorAll('.writer-symbol.written').length < 20")
    root.get_by_role("button", name="Reset").click()
    settle(page)
    assert read(root)["state"]["written"] == 0
    assert run.inner_text() == "Write on"


def test_who_wants_less_motion_gets_more_letters_at_a_time(writer):
    page, root, _ = writer(reduced_motion="reduce")
    root.locator("[data-act=run]").click()
    page.wait_for_function("document.querySelectorAll('.writer-symbol.written').length > 0")
    assert root.locator(".writer-symbol.written").count() % 8 == 0


def test_what_is_typed_is_read_at_once_and_only_as_text(writer):
    page, root, widget = writer("?writer=preset:0,temperature:1,seed:0,written:40")
    box = root.get_by_label("The beginning – change it")
    box.fill("<b>The RESET</b> gate, 12 times\nover")
    settle(page)
    check(root, widget)
    assert root.locator(".writer-sequence b").count() == 0
    assert read(root)["state"] == {"preset": len(widget.presets), "temperature": 1, "seed": 0, "written": 0}
    assert "characters unknown to the model left out" in root.locator(".grulab-verdict").inner_text()
    box.press_sequentially(" aga")
    settle(page)
    check(root, widget)
    root.locator("[data-act=once]").click()
    settle(page)
    check(root, widget)
    # nothing that the model knows
    box.fill("12!")
    settle(page)
    assert "Type at least one letter that the model knows." in root.locator(".grulab-verdict").inner_text()
    assert not root.locator(".writer-next").is_visible()
    root.locator("[data-act=once]").click()
    box.fill("a" * 401)
    settle(page)
    assert "This text has 401 characters, and the box reads 400 at most." in root.inner_text()
    root.get_by_role("button", name="Reset").click()
    settle(page)
    check(root, widget)


def test_a_tune_is_written_shown_and_heard_only_after_a_press(writer):
    page, root, widget = writer(
        "?writer-notes=preset:1,temperature:0.8,seed:4,written:20,level:0.3", "writer-notes"
    )
    check(root, widget)
    assert root.locator("textarea").count() == 0
    listen = root.locator("[data-act=listen]")
    assert listen.inner_text() == "Listen"
    assert root.locator(".now").count() == 0
    listen.click()
    # the symbol that sounds is marked
    root.locator(".writer-symbol.now").wait_for()
    assert listen.inner_text() == "Stop the sound"
    # what is written anew is another tune: the old one ends
    root.locator("[data-act=once]").click()
    page.wait_for_function("!document.querySelector('.writer-symbol.now')")
    assert listen.inner_text() == "Listen"
    check(root, widget)


@pytest.mark.timed
@pytest.mark.parametrize("name", ["temperature", "seed", "written"])
def test_a_move_in_a_long_text_takes_less_than_a_frame(writer, name):
    page, root, _ = writer("?writer=preset:0,temperature:1,seed:0,written:120")
    control = root.locator(f"[data-control={name}]")
    low, step = (float(control.get_attribute(part)) for part in ("min", "step"))
    values = [low + 5 * step, low + 6 * step] * 10
    assert 0 < at_rest(page, lambda: np.median(script_times(control, values)), 16) < 16


def test_characters_are_counted_as_in_python(shown):
    page = shown(writer_of())
    root = page.locator(".grulab")
    root.wait_for()
    complaint = root.locator(".grulab-complaint")
    # each of these takes two places in a text of JavaScript
    for count, words in (
        (400, ""),
        (401, "This text has 401 characters, and the box reads 400 at most. It was not read: shorten it."),
    ):
        writer_of(text="🎬" * min(count, 400))
        root.locator("textarea").fill("🎬" * count)
        settle(page)
        assert complaint.inner_text() == words
    assert "400 characters unknown to the model left out" in root.locator(".grulab-verdict").inner_text()
