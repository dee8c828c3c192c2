"""A learner on Binder: `make environments` starts JupyterLab there and names its address."""

import os

import pytest
from conftest import ROOT  # noqa: F401  (the fixtures)
from lab import open_notebook
from learner import Learner
from numbers_on_page import check, read

from grulab.checks.course import sections
from grulab.checks.question import questions

ADDRESS = os.environ["GRULAB_BINDER"]
EXERCISE = "ex01"


def test_an_exercise_is_solved(visit):
    learner = Learner(open_notebook(visit, ADDRESS, "exercises/01_gates.ipynb"))
    learner.do("notebook:run-all-cells")
    assert not any(cell["failed"] for cell in learner.cells())
    complete = rf'^complete\("{EXERCISE}"\)$'
    assert "Left for a complete exercise 01" in learner.said(complete)
    answers = {name: code for section in sections(EXERCISE) for name, code in section.answers.items()}
    for name in questions(EXERCISE):
        learner.type(rf"^def {name}\(", answers[name])
    learner.do("notebook:run-all-cells")
    assert "Exercise 01 is complete." in learner.said(complete)


def test_a_widget_moves_by_mouse_and_keys_and_python_sees_it(visit):
    page = open_notebook(visit, ADDRESS, "book/index.ipynb")
    learner = Learner(page)
    first = learner.place(r'^GateLab\(stage="dial"\)$')
    learner.type(
        r'^GateLab\(stage="dial"\)$', 'from grulab.widgets import GateLab\n\nlab = GateLab(stage="dial")\nlab'
    )
    root = page.locator(".jp-Cell").nth(first).locator(".grulab")
    root.wait_for()
    check("dial", read(root), 12)
    control = root.locator("[data-control=z]")
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    moved = read(root)["state"]["z"]
    assert moved == pytest.approx(0.8, abs=0.05)
    control.press("ArrowLeft")
    assert read(root)["state"]["z"] == pytest.approx(moved - 0.01)
    check("dial", read(root), 12)
    assert float(learner.ask("print(lab.z)")) == pytest.approx(moved - 0.01)
