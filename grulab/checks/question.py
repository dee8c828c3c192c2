"""A question of an exercise: what the learner's notebook asks to check, to hint and to solve."""

import difflib
import importlib
import io
import pkgutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from grulab.checks import examples
from grulab.checks.answer import named
from grulab.checks.judging import judge_example
from grulab.checks.shown import Note, promise
from grulab.checks.verdict import Verdict, harmless

NOTHING = object()
TRIED = WeakKeyDictionary()  # answer → what the example check of each question has said of it last


class Misuse(ValueError):
    """A question that is asked in a way that nobody can answer: one sentence says how it is meant.

    A notebook shows that sentence alone, without the lines of code that led to it.
    """

    def _render_traceback_(self):
        return [f"Misuse: {self}"]


@dataclass(frozen=True)
class Question:
    """One question, which one function answers.

    ``stars`` is 1 to 3; three stars are for the keen, and not needed for a complete exercise. ``uses_keras``
    says whether the answer itself needs TensorFlow. ``deadline`` is the number of seconds that one call may
    take when a class is graded.
    """

    exercise: str
    name: str
    example: Callable
    stars: int
    uses_keras: bool
    deadline: float

    @property
    def is_needed(self):
        """Whether a complete exercise needs this answer."""
        return self.stars < 3

    def check(self, answer=NOTHING) -> Verdict:
        """Try an answer on the example check: the same at every run, done in a moment.

        Raises ``Misuse`` when it is given anything but a function.
        """
        how = f"Write .check({self.name}): the function itself, without calling it."
        if answer is NOTHING:
            raise Misuse(f"check was given nothing. {how}")
        if not callable(answer):
            raise Misuse(f"check was given {described(answer)}. {how}")
        name = getattr(answer, "__name__", None)
        if isinstance(name, str) and name != self.name and name in questions(self.exercise):
            raise Misuse(f"check was given {name}, but this question asks for {self.name}. {how}")
        return promise(tried(self, answer))

    def hint(self) -> Note:
        """Return the next hint; after the last one, the first again."""
        from grulab.checks.course import next_hint

        return promise(next_hint(self))

    def solution(self) -> Note:
        """Return the course's own answer with its remark."""
        from grulab.checks.course import solution_of

        return promise(solution_of(self))

    def __repr__(self):
        return f"{self.exercise}, {self.name} {'★' * self.stars}: .check({self.name}), .hint(), .solution()"


def example(*, stars, uses_keras=False, deadline=10.0):
    """Make a function of ``grulab.checks.examples`` the example check of the question of its name."""

    def mark(function):
        exercise = function.__module__.rpartition(".")[2]
        function.question = Question(exercise, function.__name__, function, stars, uses_keras, deadline)
        return function

    return mark


@cache
def exercises() -> tuple[str, ...]:
    """Return the names of all exercises, in order: "ex01", "ex02" and so on."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(examples.__path__)))


@cache
def questions_of(exercise: str) -> dict[str, Question]:
    """Return the questions of an exercise that there is."""
    module = importlib.import_module(f"{examples.__name__}.{exercise}")
    found = (getattr(one, "question", None) for one in vars(module).values())
    return {one.name: one for one in found if isinstance(one, Question) and one.exercise == exercise}


def questions(exercise: str) -> dict[str, Question]:
    """Return the questions of an exercise by name, in order. Raises ``Misuse`` for an unknown exercise."""
    if not isinstance(exercise, str) or exercise not in exercises():
        raise Misuse(f"There is no exercise {described(exercise)}. {nearest(exercise, exercises())}")
    return questions_of(exercise)


def question(exercise: str = "", name: str = "") -> Question:
    """Return a question by its exercise and the name of the function that answers it.

    Raises ``Misuse`` with the names that there are.
    """
    known = questions(exercise)
    if isinstance(name, str) and name in known:
        return known[name]
    if not isinstance(name, str) or not name:
        example = getattr(name, "__name__", None) or next(iter(known))
        raise Misuse(f'Name the function in quotes, as in question("{exercise}", "{example}").')
    raise Misuse(f"{exercise} asks for no {described(name)}. {nearest(name, known)}")


def are_right(exercise: str, *functions) -> bool:
    """Return whether the example checks accept all these answers; nothing is shown, nor what they print.

    For the cells of an exercise that use answers: a wrong one must not stop the notebook there. An answer is
    known by the name that the cell has for it, since a lambda or a partial has none of its own. One that was
    tried before is not tried again: a check that builds models takes seconds, and many cells ask.
    """
    cell = sys._getframe(1).f_globals
    names = {id(cell[name]): name for name in questions(exercise) if name in cell}
    with redirect_stdout(io.StringIO()):
        return all(
            is_right(question(exercise, names.get(id(one), getattr(one, "__name__", ""))), one)
            for one in functions
        )


def is_right(question: Question, answer) -> bool:
    """Return whether the example check accepts an answer; what it said last holds."""
    try:
        return TRIED[answer][question.name].is_right
    except (KeyError, TypeError):  # never tried, or nothing that can be kept
        return tried(question, answer).is_right


def tried(question: Question, answer) -> Verdict:
    """Return the verdict of the example check, and keep it."""
    verdict = judge_example(question, answer)
    with suppress(TypeError):  # an answer without a hash
        TRIED.setdefault(answer, {})[question.name] = verdict
    return verdict


def described(value) -> str:
    """Return a value for a sentence: a text in quotes, a number as it is, else what it is."""
    if isinstance(value, int) and value.bit_length() > 200:  # Python writes no number of thousands of digits
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, str | int | float):
        return harmless(repr(value), 60)
    return named(value)


def nearest(name, known) -> str:
    """Return sentences on a name that is unknown: what was probably meant, and what there is."""
    close = difflib.get_close_matches(str(name).lower(), known, n=1) if isinstance(name, str) else []
    guess = f"Did you mean {close[0]!r}? " if close else ""
    return f"{guess}There are {', '.join(known)}."
