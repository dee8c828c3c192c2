"""From an answer to a verdict: the example check first, then the hidden ones with their random inputs."""

import importlib.util
import os
import sys
import zlib
from functools import cache
from pathlib import Path

import numpy as np

from grulab.checks.answer import Answer, Wrong, here
from grulab.checks.verdict import NOT_ATTEMPTED, RIGHT, WRONG, Verdict

HIDDEN = Path(__file__).resolve().parents[2] / "tests" / "hidden"


class NoHiddenChecks(Exception):
    """The hidden checks are not at hand."""


def hidden_folder() -> Path:
    """Return the folder of the hidden checks: ``GRULAB_HIDDEN``, else the one of the checkout.

    Raises ``NoHiddenChecks`` with a sentence when there is none.
    """
    named = os.environ.get("GRULAB_HIDDEN")
    folder = Path(named) if named else HIDDEN
    if not folder.is_dir():
        where = (
            f"GRULAB_HIDDEN names {named}, which is no folder"
            if named
            else "they lie in a copy of the course, in tests/hidden"
        )
        raise NoHiddenChecks(
            f"The hidden checks are not at hand: {where}. The checks of each question work without them."
        )
    return folder


@cache
def hidden_checks(folder: Path, exercise: str) -> dict:
    """Return the hidden checks of an exercise by the question's name; empty when the folder has none."""
    path = Path(folder) / f"{exercise}.py"
    if not path.is_file():
        return {}
    name = f"grulab_hidden_{zlib.crc32(str(path.resolve()).encode()):08x}_{exercise}"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return {
        key: one
        for key, one in vars(module).items()
        if callable(one) and getattr(one, "__module__", None) == name and not key.startswith("_")
    }


def generator(question, seed: int) -> np.random.Generator:
    """Return the generator that draws a question's hidden inputs; each question has a stream of its own."""
    return np.random.default_rng([seed, zlib.crc32(f"{question.exercise} {question.name}".encode())])


def judge(question, answer: Answer, seed: int, folders=()) -> Verdict:
    """Return the verdict on an answer: example check, then the hidden checks of each folder."""
    try:
        state = answer.state()
        if state == "missing":
            return Verdict(question.name, NOT_ATTEMPTED, f"There is no function {question.name}.")
        if state == "not attempted":
            return Verdict(question.name, NOT_ATTEMPTED, f"{question.name} has no body yet.")
        if state != "attempted":
            raise Wrong(f"{question.name} must be a function, but it is {state}.")
        question.example(answer)
        for folder in folders:
            if check := hidden_checks(folder, question.exercise).get(question.name):
                check(answer, generator(question, seed))
    except Wrong as wrong:
        return Verdict(question.name, WRONG, str(wrong), tuple(answer.remarks), seed if folders else None)
    return Verdict(question.name, RIGHT, "", tuple(answer.remarks), seed if folders else None)


def judge_example(question, function) -> Verdict:
    """Return the verdict of the example check on a function of this process.

    Raises ``TypeError`` when it is given something that is no function.
    """
    if not callable(function):
        raise TypeError(
            f"check was given {function!r}, of type {type(function).__name__}; it takes the function itself, "
            f"without calling it: .check({question.name})"
        )
    return judge(question, Answer(question.name, here({question.name: function})), seed=0)
