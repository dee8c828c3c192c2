"""The book's own run of every exercise and solution: one is untouched and says so, the other is complete.

What the pages said when the book was built is read here; nothing is run again.
"""

import re

import nbformat
import pytest
from conftest import ROOT

from grulab.checks.question import exercises, questions

EXECUTED = ROOT / "_build" / "jupyter_execute"


def said(folder, exercise):
    """Return the text below each cell of code, by the cell's code."""
    (path,) = (EXECUTED / folder).glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    found = {}
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            outputs = (one.get("data", one) for one in cell.outputs)
            found[cell.source.strip()] = "\n".join(
                one.get("text/plain", one.get("text", "")) for one in outputs
            )
    return found


@pytest.mark.parametrize("exercise", exercises())
def test_an_untouched_exercise_reads_not_attempted(exercise):
    outputs = said("exercises", exercise)
    for name in questions(exercise):
        check = outputs[f'question("{exercise}", "{name}").check({name})']
        assert check == f"… {name}: Not attempted yet. {name} has no body yet."
    report = outputs[f'complete("{exercise}")']
    assert len(re.findall(r"^…  .*  not attempted$", report, re.MULTILINE)) == len(questions(exercise))
    assert "Left for a complete exercise" in report


@pytest.mark.parametrize("exercise", exercises())
def test_every_solution_is_complete(exercise):
    outputs = said("solutions", exercise)
    for name in questions(exercise):
        check = outputs[f'question("{exercise}", "{name}").check({name})']
        assert check.strip().startswith(f"✓ {name}: Right.")
    report = outputs[f'complete("{exercise}")']
    assert len(re.findall(r"^✓  .*  right\b", report, re.MULTILINE)) == len(questions(exercise))
    assert f"Exercise {exercise.removeprefix('ex')} is complete." in report
    assert "This is the page of the solution: nothing is kept of it" in report
