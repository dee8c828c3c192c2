"""A check of an answer in the notebook, and a class of 200 submissions that need no TensorFlow."""

import csv
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from operator import call
from pathlib import Path

import pytest

from benchmarks.measuring import Row, Timing, duration, in_turn, within
from grulab.checks import submission
from grulab.checks.definitions import functions_for, read
from grulab.checks.question import Question, exercises, questions
from grulab.checks.sandbox import NoSandbox, bubblewrap
from tests.classroom import OPTIONS, notebook, processor_seconds, solution

ROOT = Path(__file__).parents[1]
EXERCISE, QUESTION, FILE = "ex02", "gru_step", "02_cell.ipynb"
SUBMISSIONS, JOBS = 200, 2
# the line of the solution that a mistake changes, into what, and what the grader has to say of that question
LINE = "return z * h + (1 - z) * candidate"
MISTAKES = {
    "right": (LINE, "right"),
    "wrong": ("return (1 - z) * h + z * candidate", "wrong"),
    "broken": ("return z * h +", "not attempted"),
}


def answered() -> Iterator[tuple[Question, dict]]:
    """Yield each question of the course with the function of its solution, by its name."""
    for exercise in exercises():
        found = read(solution(exercise))
        for question in questions(exercise).values():
            yield question, functions_for(found, question.name)[question.name]


def check(question: Question, answer) -> None:
    """Check an answer as a cell of the notebook does; raise an AssertionError unless it is right."""
    verdict = question.check(answer)
    assert verdict.is_right, f"{question.exercise}, {question.name}: {verdict.message}"


def slowest_check(answers) -> tuple[Timing, str]:
    """Time each check; return the slowest and its question."""
    timed = []
    for question, answer in answers:
        (timing,) = in_turn(lambda question=question, answer=answer: check(question, answer))
        timed.append((timing, f"`{question.exercise}`, `{question.name}`"))
    return max(timed, key=lambda one: one[0].median)


def kinds() -> list[bytes]:
    """Return a notebook of each kind: a right, a wrong and a broken one."""
    cells = solution(EXERCISE)
    assert sum(cell.count(LINE) for cell in cells) == 1
    return [notebook(*(cell.replace(LINE, line) for cell in cells)) for line, _ in MISTAKES.values()]


def handed_in(folder: Path) -> list[str]:
    """Write the submissions of a class into a folder, each kind in turn; return the files' names."""
    notebooks = kinds()
    names = [f"{number:03}_{FILE}" for number in range(SUBMISSIONS)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(notebooks[number % len(notebooks)])
    return names


def graded() -> float:
    """Grade the class once, by the command of ``make grade``; return the seconds it took.

    Raises a RuntimeError with the grader's words if it fails, and an AssertionError unless each submission
    has the outcome that it should have.
    """
    with tempfile.TemporaryDirectory() as place:
        names = handed_in(Path(place))
        words = [*names, "--out", "grades.csv", "--jobs", str(JOBS)]
        command = [sys.executable, "-m", "grulab.checks.grade", *words]
        # the course of this folder, wherever the command runs
        environment = os.environ | {"PYTHONPATH": os.fspath(ROOT)}
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise RuntimeError(f"the grader ended with {done.returncode}: {done.stderr[-1000:]}")
        with Path(place, "grades.csv").open(newline="", encoding="utf-8") as file:
            table = [one for one in csv.DictReader(file) if one["question"] == QUESTION]
    expected = [outcome for _, outcome in MISTAKES.values()]
    wanted = {name: expected[number % len(expected)] for number, name in enumerate(names)}
    assert {one["submission"]: one["outcome"] for one in table} == wanted
    return seconds


def processor_time() -> float:
    """Return the processor's seconds that a submission takes: the mean over one of each kind."""
    notebooks = kinds()
    with pytest.MonkeyPatch.context() as patch:
        spent = processor_seconds(patch)
        begin = time.process_time()
        for each in notebooks:
            submission.grade(FILE, OPTIONS, each)
        spent.append(time.process_time() - begin)
    return sum(spent) / len(notebooks)


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    # solutions import Keras; it is loaded here, without TensorFlow's log lines
    importlib.import_module("grulab.quiet")
    answers = list(answered())
    quick = [one for one in answers if not one[0].uses_keras]
    timing, name = slowest_check(quick)
    what = f"a check, slowest of the {len(quick)} without Keras ({name})"
    yield within(what, timing, 1, f"its first call: {duration(timing.first)}")
    others = [one for one in answers if one[0].uses_keras]
    timing, name = slowest_check(others)
    what = f"– slowest of the {len(others)} with Keras, which build and train models ({name})"
    yield within(what, timing, 1, f"its first call: {duration(timing.first)}")
    what = f"to grade {SUBMISSIONS} submissions of `{EXERCISE}` (right, wrong, broken), {JOBS} jobs"
    try:
        bubblewrap()
    except NoSandbox as why:
        yield Row(what, f"not measured: {why}", target="under 2 min")
        return
    (timing,) = in_turn(graded, seconds_of=call)
    yield within(what, timing, 120)
    # what a machine takes that does nothing else
    (timing,) = in_turn(processor_time, seconds_of=call)
    share = timing.times(SUBMISSIONS / JOBS)
    yield Row(f"– processor time of each of {JOBS} cores", duration(share.median), runs=share.runs)
