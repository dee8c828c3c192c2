"""Is an exercise complete, and how far is the course? All checks at once, and what is kept of them."""

import ast
import inspect
import io
import secrets
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from grulab.checks import course, record
from grulab.checks.answer import Answer, here
from grulab.checks.judging import NoHiddenChecks, hidden_checks_for, judge_surely
from grulab.checks.question import Misuse, described, exercises, questions
from grulab.checks.report import Overview, Report
from grulab.checks.shown import promise, running_shell
from grulab.checks.verdict import NOT_ATTEMPTED, NOT_JUDGED, WRONG, Verdict


def complete(exercise: str = "", seed: int | None = None) -> Report:
    """Run the example checks and the hidden checks of an exercise on the functions of this notebook.

    The exercise is complete when all questions with one or two stars are right. ``seed`` draws the inputs of
    the hidden checks; without it they are new at each run. What was right is kept for ``progress``.
    Raises ``Misuse`` for an unknown exercise, and for a seed that is no whole number from 0 on.
    """
    asked = tuple(questions(exercise).values())
    functions = sys._getframe(1).f_globals
    drawn = secrets.randbelow(10**9) if seed is None else seed
    if type(drawn) is not int or drawn < 0:
        raise Misuse(f"The seed is {described(seed)}, but it must be a whole number from 0 on.")
    missing = ""
    try:
        folders = hidden_checks_for(exercise)
    except NoHiddenChecks as error:
        folders, missing = (), str(error)
    with silence():
        verdicts = tuple(verdict_on(question, functions, drawn, folders) for question in asked)
    is_complete = bool(folders) and all(
        one.is_right for question, one in zip(asked, verdicts, strict=True) if question.is_needed
    )
    closing = [*what_is_left(exercise, asked, verdicts, folders), missing]
    if is_complete and is_solution(asked, functions):
        closing.append("This is the page of the solution: nothing is kept of it for `progress()`.")
    elif folders:
        right = [one.question for one in verdicts if one.is_right]
        closing.append(record.note(exercise, right, is_complete) if right else "")
        if is_complete:
            closing.append("How far the course is: `from grulab.checks import progress`, then `progress()`.")
    report = Report(course.title_of(exercise), asked, verdicts, tuple(filter(None, closing)), is_complete)
    return promise(report)


def progress() -> Overview:
    """Return a table of all exercises: questions right, those for the keen, when complete, what is next."""
    kept, sentence = record.load()
    rows, following = [], ""
    for exercise in exercises():
        asked = questions(exercise).values()
        right = kept.get(exercise, {}).get("right", [])
        day = kept.get(exercise, {}).get("complete")
        needed = [one.name for one in asked if one.is_needed]
        keen = [one.name for one in asked if not one.is_needed]
        left = [name for name in needed if name not in right]
        title = course.title_of(exercise)
        rows.append((title, share(needed, right), share(keen, right), day or "–"))
        if not following and not day:
            begun = 0 < len(left) < len(needed)
            following = f"Next: {title}, from {left[0]} on." if begun else f"Next: {title}."
    closing = [following or "All exercises are complete.", sentence]
    return promise(Overview(tuple(rows), tuple(filter(None, closing))))


# ---- parts ----


def share(names, right) -> str:
    """Return how many of some questions are right: "2 of 3", or a dash where there are none."""
    return f"{sum(name in right for name in names)} of {len(names)}" if names else "–"


def verdict_on(question, functions, seed, folders) -> Verdict:
    """Return the verdict on one of the notebook's functions; say what to do where it is missing."""
    if question.name not in functions:
        sentence = f"There is no function {question.name} here: run its cell, or restart and run all."
        return Verdict(question.name, NOT_ATTEMPTED, sentence)
    answer = Answer(question.name, here(functions), question.deadline)
    said = judge_surely(question, answer, seed, folders)
    return Verdict(question.name, NOT_ATTEMPTED) if said.outcome == NOT_ATTEMPTED else said


def what_is_left(exercise, asked, verdicts, folders) -> list[str]:
    """Return the sentences below the table. They are the same at every run unless something is wrong."""
    left = [question for question, one in zip(asked, verdicts, strict=True) if not one.is_right]
    needed = [one.name for one in left if one.is_needed]
    keen = [one.name for one in left if not one.is_needed]
    number = exercise.removeprefix("ex")
    if needed:
        said = [f"Left for a complete exercise {number}: {', '.join(needed)}."]
    elif folders:
        said = [f"Exercise {number} is complete."]
    else:
        said = ["Every example check is passed. The hidden checks decide whether the exercise is complete."]
    if keen:
        said.append(f"For the keen, and not needed: {', '.join(keen)}.")
    seeds = {one.seed for one in verdicts if one.outcome in (WRONG, NOT_JUDGED)}
    if folders and seeds:
        again = f'complete("{exercise}", seed={seeds.pop()})'
        said.append(f"The inputs of the hidden checks are new at each run. `{again}` repeats these.")
    return said


def is_solution(asked, functions) -> bool:
    """Return whether the page that runs is a solution of the course, not a learner's exercise.

    It runs in a folder of that name and holds the course's own answers. In Colab nobody can tell.
    """
    try:
        folder = Path.cwd().name
    except OSError:  # the folder is gone
        return False
    needed = (question for question in asked if question.is_needed)
    return folder == "solutions" and all(is_of_course(one, functions) for one in needed)


def is_of_course(question, functions) -> bool:
    """Return whether a function is the course's own answer, word for word."""
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
    shell = running_shell()
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
