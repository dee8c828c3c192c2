"""Right and wrong answers to every question, and what the checks have to say of them.

One module an exercise (``ex01``). Its functions are answers, marked with the decorators of ``Answers``;
whatever else stands in it (imports, a function that several answers call) is there for them as the rest of a
notebook would be.
"""

import ast
import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Exercises whose answers train or build with Keras: their checks take seconds, not milliseconds.
WITH_KERAS = {"ex03", "ex06", "ex07", "ex08", "ex09"}


@dataclass(frozen=True)
class Entry:
    """An answer, and for a wrong one what its message must match (a regular expression, ignoring case)."""

    exercise: str
    question: str
    function: Callable
    says: str | None
    is_hidden: bool

    def __str__(self):
        return f"{self.exercise}-{self.question}-{self.function.__name__}"


class Answers:
    """The answers to one exercise, each marked where it is defined."""

    def __init__(self, exercise):
        self.exercise = exercise
        self.entries = []

    def right(self, question):
        """Mark a right answer: no check may reject it, with any seed."""
        return self._mark(question, None, False)

    def wrong(self, question, says):
        """Mark a wrong answer that the example check rejects with a message that matches ``says``."""
        return self._mark(question, says, False)

    def slips_through(self, question, says):
        """Mark a wrong answer that only the hidden check can reject, such as values learnt by heart."""
        return self._mark(question, says, True)

    def _mark(self, question, says, is_hidden):
        def mark(function):
            self.entries.append(Entry(self.exercise, question, function, says, is_hidden))
            return function

        return mark


def exercises():
    """Return the names of the exercises that have answers here."""
    return sorted(path.stem for path in FOLDER.glob("ex*.py"))


def entries(exercise):
    """Return the answers to an exercise."""
    return importlib.import_module(f"answers.{exercise}").answers.entries


def notebook_of(entry):
    """Return the bytes of a notebook in which an answer stands, with the module's other code around it."""
    tree = ast.parse((FOLDER / f"{entry.exercise}.py").read_text(encoding="utf-8"))
    cells = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and statement.decorator_list:
            if statement.name != entry.function.__name__:
                continue
            statement.decorator_list, statement.name = [], entry.question
        elif "answers" in ast.unparse(statement).split("(")[0]:
            continue
        cells.append(ast.unparse(statement))
    return json.dumps(
        {
            "cells": [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    ).encode()
