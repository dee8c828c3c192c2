"""Widgets in JupyterLab, with a kernel: the same as on the site, and Python sees what the reader moves."""

import ast
from pathlib import Path

import nbformat
import pytest
from lab import jupyterlab, open_notebook
from numbers_on_page import check, read

from grulab import widgets

HERE = Path(__file__).parent
KINDS = widgets.__all__


def write(path, cells):
    """Write a notebook with these cells of code."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """Write a notebook with a GateLab, one that shows it twice, and one with every widget, into a folder."""
    folder = tmp_path_factory.mktemp("lab")
    lab = "from grulab.widgets import GateLab\n\nlab = GateLab(stage='step')\nlab"
    write(folder / "trial.ipynb", [lab, "print('z is', lab.z)"])
    first = f"import sys; sys.path.append({str(HERE)!r})\nfrom taken import TAKEN\nfrom grulab import widgets"
    made = [f"one = widgets.{kind}(**TAKEN.get({kind!r}, {{}}))\none" for kind in KINDS]
    seen = "print({name: getattr(one, name) for name in one.quantities()})"
    write(folder / "twice.ipynb", [lab, "lab.z = 0.9\nlab", "print('z is', lab.z)"])
    write(folder / "every.ipynb", [first, *(cell for one in made for cell in (one, seen))])
    return folder


@pytest.fixture(scope="module")
def jupyter(notebook, tmp_path_factory):
    """Start JupyterLab on the folder and return its address."""
    with jupyterlab(notebook, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


def run_cell(page, index):
    """Run a cell as a reader does."""
    page.locator(".jp-Cell").nth(index).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def test_sliders_move_in_jupyterlab_and_python_sees_it(visit, jupyter):
    page = open_notebook(visit, jupyter, "trial.ipynb")
    run_cell(page, 0)
    root = page.locator(".grulab")
    root.wait_for()
    check("step", read(root), 25)
    assert root.get_by_role("button", name="Copy link").count() == 0

    control = root.locator("[data-control=z]")
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    shown = read(root)
    assert shown["state"]["z"] == pytest.approx(0.8, abs=0.05)
    check("step", shown, 25)

    # arrows move the slider, not the notebook; letters such as x do not cut the cell
    cells = page.locator(".jp-Cell").count()
    control.focus()
    for key in ("Home", "ArrowRight", "ArrowUp", "x", "a"):
        page.keyboard.press(key)
    shown = read(root)
    assert shown["state"]["z"] == pytest.approx(0.02)
    check("step", shown, 25)
    assert page.locator(".jp-Cell").count() == cells
    assert control.evaluate("node => node === document.activeElement")

    run_cell(page, 1)
    page.locator(".jp-Cell").nth(1).locator(".jp-OutputArea-output", has_text="z is 0.02").wait_for()

    # running the cell again takes the first widget away, and its listeners with it
    page.evaluate("""() => {
        window.released = 0;
        const remove = window.removeEventListener;
        window.removeEventListener = (...all) => {
            window.released += all[0] === "keydown" && all[2] === true;
            remove.apply(window, all);
        };
    }""")
    run_cell(page, 0)
    page.wait_for_function("window.released === 1")
    page.locator(".grulab [data-control=z]").wait_for()
    page.wait_for_function("document.querySelector('.grulab [data-control=z]').value === '0.5'")
    assert page.locator(".grulab").count() == 1
    check("step", read(page.locator(".grulab")), 25)


def test_reset_leads_to_the_beginning_from_a_second_display_too(visit, jupyter):
    page = open_notebook(visit, jupyter, "twice.ipynb")
    for index in (0, 1):
        run_cell(page, index)
        page.locator(".jp-Cell").nth(index).locator(".grulab").wait_for()
    second = page.locator(".jp-Cell").nth(1).locator(".grulab")
    assert read(second)["state"]["z"] == 0.9
    second.get_by_role("button", name="Reset").click()
    for root in page.locator(".grulab").all():
        assert read(root)["state"]["z"] == 0.5
        check("step", read(root), 25)
    run_cell(page, 2)
    page.locator(".jp-Cell").nth(2).locator(".jp-OutputArea-output", has_text="z is 0.5").wait_for()


def test_every_widget_lives_in_jupyterlab_and_python_sees_its_numbers(visit, jupyter):
    page = open_notebook(visit, jupyter, "every.ipynb")
    run_cell(page, 0)
    for number, kind in enumerate(KINDS):
        place = 1 + 2 * number
        run_cell(page, place)
        root = page.locator(".jp-Cell").nth(place).locator(".grulab")
        root.wait_for()
        sliders = root.locator("input[type=range]")
        control = (sliders if sliders.count() else root.locator("select")).first
        before = control.input_value()
        control.press("End")
        if control.input_value() == before:
            control.press("Home")
        state = read(root)["state"]
        assert state[control.get_attribute("data-control")] != float(before), kind
        assert root.locator("[role=alert]").text_content() == "", kind

        run_cell(page, place + 1)
        told = page.locator(".jp-Cell").nth(place + 1).locator(".jp-OutputArea-output")
        told.wait_for()
        numbers = ast.literal_eval(told.text_content())
        assert {name: numbers[name] for name in state} == state, kind
