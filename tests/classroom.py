"""A class for the tests of the grader: notebooks to hand in, and what the grader says of them."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import psutil

from grulab.checks import remote, submission
from grulab.checks.definitions import cells_of
from grulab.checks.judging import HIDDEN
from grulab.checks.submission import Options

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = Options(seed=7, folders=(HIDDEN,))
RIGHT_MIX = "def mix(z, h, candidate):\n    return z * h + (1 - z) * candidate\n"


def notebook(*cells) -> bytes:
    """Return a notebook of some cells of code."""
    written = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def solution(exercise="ex01") -> list[str]:
    """Return the code of the cells of a solution."""
    (path,) = (ROOT / "solutions").glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    return cells_of(path.read_bytes())


def answers(code) -> bytes:
    """Return exercise 01 with every answer right, but for what one more cell says."""
    return notebook(*solution(), code)


def impatient(monkeypatch, seconds=2.0):
    """Let each call have a few seconds, so that a test of an endless loop has an end."""
    ask = submission.questions
    monkeypatch.setattr(
        submission,
        "questions",
        lambda exercise: {name: replace(one, deadline=seconds) for name, one in ask(exercise).items()},
    )


def processor_seconds(monkeypatch) -> list[float]:
    """Return a list that gets the processor's seconds of each graded process when it ends."""
    spent, close = [], remote.Child.close

    def counted(self):
        for process in self._tree():
            with suppress(psutil.Error):
                spent.append(sum(process.cpu_times()[:2]))
        close(self)

    monkeypatch.setattr(remote.Child, "close", counted)
    return spent


def seconds_of(code) -> float:
    """Return the processor's seconds that a fresh process takes for a line of code: how slow a machine is."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def graded(notebook, path="01_gates.ipynb", options=OPTIONS) -> dict:
    """Return the rows of one submission by their questions, each a dictionary."""
    record = submission.grade(os.fspath(path), options, notebook)
    return {one["question"]: one for one in record["rows"]}


def says(rows, question="mix") -> str:
    """Return outcome and message of one row as one text, and assert that every other answer is right."""
    others = {name: one["outcome"] for name, one in rows.items() if name != question}
    assert set(others.values()) == {"right"}, others
    assert len(others) >= 2
    return f"{rows[question]['outcome']}: {rows[question]['message']}"
