"""What is asked of the checks themselves, for one exercise at a time."""

import ast
import copy
import re
import signal
import tomllib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from answers import FOLDER, entries
from mutants import mutants

from grulab.checks.answer import Answer, here
from grulab.checks.definitions import cells_of, functions_for, needed, read
from grulab.checks.judging import HIDDEN, judge
from grulab.checks.question import questions

ROOT = Path(__file__).resolve().parents[1]


def verdict(question, functions, seed=0, folders=(HIDDEN,)):
    """Return the verdict on the function of the question's name among ``functions``."""
    answer = Answer(question.name, here(functions), question.deadline)
    return judge(question, answer, seed, folders)


def verdicts(question, functions, seeds):
    """Yield the example check's verdict and, once it accepts, that of the hidden check with each seed.

    As ``judge`` does, but the example check, which knows no seed, runs once for all of them.
    """
    said = verdict(question, functions, folders=())
    yield said
    if said.is_right:
        hidden = replace(question, example=lambda answer: None)
        yield from (verdict(hidden, functions, seed) for seed in seeds)


def solution(exercise):
    """Return what the solution's notebook defines."""
    (path,) = (ROOT / "solutions").glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    return read(cells_of(path.read_bytes()))


def check_right(entry, seeds):
    """Assert that a right answer passes with each seed."""
    question = questions(entry.exercise)[entry.question]
    for said in verdicts(question, {question.name: entry.function}, seeds):
        assert said.is_right, f"seed {said.seed}: {said.message}"


def check_wrong(entry, seeds):
    """Assert that a wrong answer is caught by the check meant for it, and that the message names it."""
    question = questions(entry.exercise)[entry.question]
    example, *hidden = verdicts(question, {question.name: entry.function}, seeds)
    assert example.is_right == entry.is_hidden, f"the example check says: {example}"
    for said in hidden or [example]:
        assert said.outcome == "wrong", f"seed {said.seed}"
        assert re.search(entry.says, said.message, re.IGNORECASE), f"seed {said.seed}: {said.message}"


def check_numbers(exercise):
    """Assert that each question has at least five right answers and three wrong ones."""
    found = entries(exercise)
    for name in questions(exercise):
        mine = [entry for entry in found if entry.question == name]
        assert sum(entry.says is None for entry in mine) >= 5, f"{name}: right answers"
        assert sum(entry.says is not None for entry in mine) >= 3, f"{name}: wrong answers"
    assert {entry.question for entry in found} == set(questions(exercise))


def check_solution(exercise, seeds):
    """Assert that the course's own answers pass with each seed."""
    found = solution(exercise)
    for question in questions(exercise).values():
        for said in verdicts(question, functions_for(found, question.name), seeds):
            assert said.is_right, f"{question.name}, seed {said.seed}: {said.message}"


class TooLong(BaseException):
    """A mutant that does not come back."""


@contextmanager
def at_most(seconds):
    """Raise ``TooLong`` inside the block when it takes longer."""

    def stop(number, frame):
        raise TooLong

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def survivors(question, seeds=(0, 1)):
    """Return the small changes to the course's answer that every check lets pass."""
    found = solution(question.exercise)
    seconds = 120 if question.uses_keras else 20  # several trainings, on a slow machine
    original = next(
        statement
        for _, statement in needed(found.statements, question.name)
        if isinstance(statement, ast.FunctionDef) and statement.name == question.name
    )
    alive = []
    for change, mutant in mutants(original):
        changed = copy.copy(found)
        changed.statements = [(n, mutant if one is original else one) for n, one in found.statements]
        try:
            with at_most(seconds):
                functions = functions_for(changed, question.name)
                passes = all(said.is_right for said in verdicts(question, functions, seeds))
        except TooLong:
            passes = False
        if passes:
            alive.append(change)
    return alive


def check_mutants(question):
    """Assert that only the listed changes pass, at most three, each with its reason."""
    listed = tomllib.loads((FOLDER / "survivors.toml").read_text(encoding="utf-8"))
    reasons = listed.get(question.exercise, {}).get(question.name, {})
    assert len(reasons) <= 3
    assert all(isinstance(reason, str) and len(reason) > 20 for reason in reasons.values())
    assert sorted(survivors(question)) == sorted(reasons)


def by_entry(exercises, is_right):
    """Run a test once for each right, or each wrong, answer to the exercises."""
    found = [
        entry for exercise in exercises for entry in entries(exercise) if (entry.says is None) == is_right
    ]
    return pytest.mark.parametrize("entry", found, ids=str)


def by_question(exercises):
    """Run a test once for each question of the exercises."""
    found = [question for exercise in exercises for question in questions(exercise).values()]
    return pytest.mark.parametrize("question", found, ids=lambda one: f"{one.exercise}-{one.name}")
