"""Is an exercise complete, and how far is the course? All checks at once, and what is kept of them."""

import ast
import inspect
import io
import secrets
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from grulab.checks import course, record
from grulab.checks.answer import Answer, here
from grulab.checks.judging import NoHiddenChecks, hidden_checks_for, judge_surely
from grulab.checks.question import Misuse, exercises, questions
from grulab.checks.report import Overview, Report
from grulab.checks.shown import promise
from grulab.checks.verdict import NOT_ATTEMPTED, NOT_JUDGED, WRONG, Verdict


def complete(exercise: str, seed: int | None = None) -> Report:
    """Run the example checks and the hidden checks of an exercise on the functions of this notebook.

    The exercise is complete when all questions with one or two stars are right. ``seed`` draws the inputs of
    the hidden checks; without it they are new at each run. What was right is kept for ``progress``.
    Raises ``Misuse`` for an exercise that is none, and for a seed that is no whole number from 0 on.
    """
    asked = tuple(questions(exercise).values())
    functions = sys._getframe(1).f_globals
    drawn = secrets.randbelow(10**9) if seed is None else seed
    if type(drawn) is not int or drawn < 0:
        raise Misuse(f"seed is {seed!r:.50}, but it must be a whole number from 0 on, as complete() names it")
    closing = []
    try:
        folders = hidden_checks_for(exercise)
    except NoHiddenChecks as missing:
        folders, closing = (), [str(missing)]
    with silence():
        verdicts = tuple(verdict_on(question, functions, drawn, folders) for question in asked)
    needed = [one.is_right for question, one in zip(asked, verdicts, strict=True) if question.is_needed]
    is_complete = bool(folders) and all(needed)
    closing = [*what_is_left(exercise, asked, verdicts, folders), *closing]
    if folders:
        if all(needed) and all(is_of_course(one, functions) for one in asked if one.is_needed):
            closing.append("These are the course's own answers, so nothing is kept of them for progress().")
        else:
            right = [one.question for one in verdicts if one.is_right]
            closing.append(record.note(exercise, right, is_complete))
    report = Report(course.title_of(exercise), asked, verdicts, tuple(filter(None, closing)), is_complete)
    return promise(report)


def progress() -> Overview:
    """Return a table over all exercises: questions right, those for the keen, when complete, what comes next."""
    kept, sentence = record.load()
    rows, following = [], None
    for exercise in exercises():
        asked = questions(exercise).values()
        mine = kept.get(exercise, {"right": [], "complete": None})
        needed = [one.name for one in asked if one.is_needed]
        keen = [one.name for one in asked if not one.is_needed]
        left = [name for name in needed if name not in mine["right"]]
        rows.append(
            (
                course.title_of(exercise),
                f"{len(needed) - len(left)} of {len(needed)}",
                f"{sum(name in mine['right'] for name in keen)} of {len(keen)}" if keen else "–",
                (mine["complete"] or "–")[:10],
            )
        )
        if following is None and not mine["complete"]:
            following = f"Next: {course.title_of(exercise)}."
            if left and len(left) < len(needed):
                following = f"{following[:-1]}, from {left[0]} on."
    closing = [following or "All exercises are complete.", sentence]
    return promise(Overview(tuple(rows), tuple(filter(None, closing))))


# ---- parts ----


def verdict_on(question, functions, seed, folders) -> Verdict:
    """Return the verdict on one of the notebook's functions; say what to do where it is missing."""
    if question.name not in functions:
        missing = (
            f"There is no function {question.name} in this notebook: run its cell, or restart and run all."
        )
        return Verdict(question.name, NOT_ATTEMPTED, missing)
    answer = Answer(question.name, here(functions), question.deadline)
    said = judge_surely(question, answer, seed, folders)
    return Verdict(question.name, NOT_ATTEMPTED) if said.outcome == NOT_ATTEMPTED else said


def what_is_left(exercise, asked, verdicts, folders) -> list[str]:
    """Return the sentences below the table. They are the same at every run unless something is wrong."""
    left = [question for question, one in zip(asked, verdicts, strict=True) if not one.is_right]
    needed = [one.name for one in left if one.is_needed]
    keen = [one.name for one in left if not one.is_needed]
    number = exercise.removeprefix("ex")
    said = []
    if needed:
        said.append(f"Left for a complete exercise {number}: {', '.join(needed)}.")
    elif folders:
        said.append(f"Exercise {number} is complete.")
    else:
        said.append(
            "Every example check is passed. Whether the exercise is complete, the hidden checks decide."
        )
    if keen:
        said.append(f"For the keen, and not needed: {', '.join(keen)}.")
    if folders and any(one.outcome in (WRONG, NOT_JUDGED) for one in verdicts):
        seed = next(one.seed for one in verdicts if one.outcome in (WRONG, NOT_JUDGED))
        said.append(
            f'The inputs of the hidden checks are new at each run. complete("{exercise}", seed={seed}) repeats these.'
        )
    return said


def is_of_course(question, functions) -> bool:
    """Return whether a function is the course's own answer, word for word: then a solution's page is running."""
    found = course.section_of(question)
    if found is None:
        return False
    try:
        written = ast.parse(inspect.getsource(functions[question.name]))
        own = ast.parse(found.answers[question.name])
    except (OSError, TypeError, SyntaxError):
        return False
    return any(ast.dump(one) == ast.dump(written.body[0]) for one in own.body)


class Nowhere(io.TextIOBase):
    """Takes every word and keeps none."""

    def write(self, text):
        """Return the number of characters, as a file does."""
        return len(text)

    def writable(self):
        """Return that one may write."""
        return True


@contextmanager
def silence():
    """Swallow what answers print or display inside the block."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    with redirect_stdout(Nowhere()), redirect_stderr(Nowhere()):
        if shell is None:
            yield
            return
        from IPython.core.displaypub import CapturingDisplayPublisher

        publisher, shell.display_pub = shell.display_pub, CapturingDisplayPublisher()
        try:
            yield
        finally:
            shell.display_pub = publisher
