"""From an answer to a verdict: the example check first, then the hidden ones with their random inputs."""

import importlib.util
import os
import random
import sys
import traceback
import zlib
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from grulab.checks.answer import Answer, Wrong, here
from grulab.checks.verdict import NOT_ATTEMPTED, NOT_JUDGED, RIGHT, WRONG, Verdict

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


def hidden_checks_for(exercise: str) -> tuple[Path, ...]:
    """Return the folders to judge an exercise with; raise ``NoHiddenChecks`` when there is none for it."""
    folder = hidden_folder()
    if not (folder / f"{exercise}.py").is_file():
        raise NoHiddenChecks(
            f"The hidden checks are not at hand: {folder} has none for {exercise}. "
            "The checks of each question work without them."
        )
    return (folder,)


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


def judge_surely(question, answer: Answer, seed: int, folders=()) -> Verdict:
    """Return the verdict on an answer in this process, also where the check itself fails.

    Answers that draw from the global generators draw the same at each run with the same seed, and the
    notebook's own generators are left as they were.
    """
    try:
        with drawing_from(seed):
            return judge(question, answer, seed, folders)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = (
            "This is a defect of the course, not of your answer. Please report it where the course is kept, "
            f"with these words: {question.exercise} {question.name}, seed {seed}, {type(error).__name__}: "
            f"{str(error)[:300]} ({Path(last.filename).name}, line {last.lineno})."
        )
        return Verdict(question.name, NOT_JUDGED, message, tuple(answer.remarks), seed)


@contextmanager
def drawing_from(seed: int):
    """Seed the global generators of Python and NumPy inside the block, and put them back afterwards."""
    kept = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(kept[0])
        np.random.set_state(kept[1])  # noqa: NPY002


def judge_example(question, function) -> Verdict:
    """Return the verdict of the example check on a function of this process."""
    return judge_surely(question, Answer(question.name, here({question.name: function})), seed=0)
