"""A question of an exercise: what the learner's notebook asks to check, to hint and to solve."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from grulab.checks import examples
from grulab.checks.judging import judge_example
from grulab.checks.verdict import Verdict


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

    def check(self, answer) -> Verdict:
        """Try an answer on the example check: the same at every run, done in a moment."""
        return judge_example(self, answer)

    def hint(self):
        """Return the next hint; after the last one, the first again."""
        from grulab.checks.course import next_hint

        return next_hint(self)

    def solution(self):
        """Return the course's own answer with its remark."""
        from grulab.checks.course import solution_of

        return solution_of(self)

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
def questions(exercise: str) -> dict[str, Question]:
    """Return the questions of an exercise by name, in order; raise ``ValueError`` for an unknown one."""
    if exercise not in exercises():
        raise ValueError(f"there is no exercise {exercise!r}; there are {', '.join(exercises())}")
    module = importlib.import_module(f"{examples.__name__}.{exercise}")
    found = (getattr(one, "question", None) for one in vars(module).values())
    return {one.name: one for one in found if isinstance(one, Question) and one.exercise == exercise}


def question(exercise: str, name: str) -> Question:
    """Return a question by its exercise and the name of the function that answers it.

    Raises ``ValueError`` with the names that there are.
    """
    known = questions(exercise)
    if name not in known:
        raise ValueError(f"{exercise} asks for no {name!r}; it asks for {', '.join(known)}")
    return known[name]
