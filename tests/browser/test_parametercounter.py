"""ParameterCounter on its page: every control, every count, and the drawing's areas, against Python."""

import pytest
from numbers_on_page import read

from grulab.widgets import ParameterCounter
from grulab.widgets.parametercounter import KINDS

PAGE = "book/02_equations.html"
TABLE = """root => Object.fromEntries([...root.querySelectorAll("[data-part]")].map(
    node => [node.dataset.part, node.textContent]))"""
BLOCKS = """root => [...root.querySelectorAll("rect.block")].map(
    node => [Number(node.getAttribute("width")), Number(node.getAttribute("height"))])"""


@pytest.fixture
def counter(find_widget):
    """Return a function that opens the page and returns the widget."""
    return lambda query="", **options: find_widget(PAGE + query, ".parameters", **options)[1]


def check(root):
    """Compare the line of Keras, the table, the bars and the drawing with Python."""
    shown = read(root)
    widget = ParameterCounter(**shown["state"])
    head, total = root.locator(".parameters-sum p").all_inner_texts()
    assert head.startswith(f"{widget.keras_line()} on {widget.features} feature")
    assert total.endswith(f"= {widget.count():,}")
    # the sum is Python as well
    for term in total.replace("×", "*").replace(",", "").split("="):
        assert eval(term) == widget.count(), total

    shapes = widget.shapes()
    table = root.evaluate(TABLE)
    assert table["all count"] == f"{widget.count():,}"
    for part in ("kernel", "recurrent", "bias"):
        rows, columns = shapes.get(part, (0, 0))
        assert table[f"{part} count"] == f"{rows * columns:,}"
        vector = part == "bias" and rows == 1
        assert table[f"{part} shape"] == (
            "none" if not rows else str((columns,) if vector else (rows, columns))
        )
    for part, _, left, width in shown["bars"]:
        rows, columns = shapes.get(part, (0, 0))
        assert (left, width) == (0, pytest.approx(100 * rows * columns / widget.count(), abs=0.01))

    # every block has its own rows and columns, all to one scale
    blocks = root.evaluate(BLOCKS)
    count = len(KINDS[widget.kind]["blocks"])
    assert len(blocks) == count * len(shapes)
    scale = blocks[0][0] / widget.units
    for n, (rows, columns) in enumerate(shapes.values()):
        for width, height in blocks[n * count : (n + 1) * count]:
            assert width == pytest.approx(scale * columns / count, abs=0.011)
            assert height == pytest.approx(scale * rows, abs=0.02 + 0.011 * rows / widget.units)
    return widget


def test_every_control_moves_by_keyboard_and_every_count_follows(counter, home):
    root = counter(home=home)
    assert check(root).count() == 9_408
    for control in root.locator("[data-control]").all():
        for key in ("Home", "End", "ArrowUp", "PageDown"):
            control.press(key)
            check(root)


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_every_kind_on_a_phone(counter, kind):
    query = f"?parameters=units:3,features:200,use_bias:1,reset_after:1,kind:{kind}"
    root = counter(query, width=375, height=667)
    check(root)
    for name in ("reset_after", "use_bias"):
        before = check(root).count()
        root.locator(f"[data-control={name}]").select_option("0")
        is_read = name == "use_bias" or KINDS[kind]["has_reset"]
        assert (check(root).count() != before) == is_read
    note = "changes no count" if KINDS[kind]["has_reset"] else "has no reset gate"
    assert note in root.inner_text()


def test_the_page_s_task(counter):
    root = counter("?parameters=units:32,features:79,use_bias:1,reset_after:1,kind:1")
    root.locator("[data-control=features]").press("ArrowRight")
    assert check(root).count() == 10_944
    assert "With 64 units it would be 28,032, 2.56 times as many" in root.inner_text()
