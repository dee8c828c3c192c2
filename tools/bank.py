"""Read the bank of questions, ``book/quiz.yml``: what site and notebooks ask comes from there alone.

Its texts are MyST, with links as seen from ``book/``.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from source import Fault

BANK = "book/quiz.yml"
LETTERS = "abcd"
NEEDED = {"id", "page", "objective", "asks", "options", "see"}


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right, or what leads there and what shows it false."""

    says: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question: the page and the number of the objective that it asks for, and a link to the place.

    ``again`` names an earlier page whose idea comes back in it.
    """

    id: str
    page: str
    objective: int
    asks: str
    options: tuple[Option, ...]
    see: str
    again: str = ""

    @property
    def lettered(self) -> list[tuple[str, Option]]:
        """Return the options with the letters that stand before them."""
        return list(zip(LETTERS, self.options, strict=False))

    @property
    def right(self) -> int:
        """Return the place of the right option, counted from 0."""
        return next(place for place, option in enumerate(self.options) if option.right)

    @property
    def verdict(self) -> str:
        """Return the sentence that names the right option."""
        return f"({LETTERS[self.right]}) is right."


def read_bank(root: Path) -> tuple[Question, ...]:
    """Return all questions in their order; a `Fault` names the one that is not as it must be."""
    try:
        entries = yaml.safe_load((root / BANK).read_text(encoding="utf-8"))["questions"]
    except yaml.YAMLError as error:
        raise Fault(f"{BANK}: not readable as YAML: {error}") from None
    questions = tuple(map(question_of, entries))
    names = [question.id for question in questions]
    for name in names:
        if names.count(name) > 1:
            raise Fault(f'{BANK}: the id "{name}" stands there twice; each question needs one of its own.')
    return questions


def question_of(entry: dict) -> Question:
    """Return the question that an entry of the bank holds."""
    name = f'{BANK}: the question "{entry.get("id", "without id")}"'
    if missing := NEEDED - entry.keys():
        raise Fault(f"{name} lacks {', '.join(sorted(missing))}.")
    try:
        options = tuple(Option(**option) for option in entry["options"])
        question = Question(**{**entry, "options": options})
    except TypeError as error:
        raise Fault(f"{name} has a key too many or too few: {error}.") from None
    for text in (question.asks, question.see, *(text for one in options for text in (one.says, one.why))):
        if not isinstance(text, str):
            raise Fault(f"{name} has {text!r} where a text is expected; put it between quotes.")
    if sum(option.right for option in options) != 1:
        raise Fault(f"{name} needs exactly one option with right: true.")
    if not 2 <= len(options) <= len(LETTERS):
        raise Fault(f"{name} has {len(options)} options; it needs 2 to {len(LETTERS)}.")
    return question


def choose(bank: tuple[Question, ...], names: list[str], page: str) -> list[Question]:
    """Return the questions that names ask for: ids, or pages with all of theirs; without names, ``page``.

    A name that fits nothing is a ``LookupError``.
    """
    chosen = []
    for name in names or [page]:
        found = [question for question in bank if name in (question.id, question.page)]
        if not found:
            raise LookupError(f'{BANK} has no question and no page "{name}".')
        chosen += found
    return chosen


def as_markdown(question: Question) -> str:
    """Return a question as notebooks show it: lettered options, and one folded answer with all feedback."""
    asks, _, rest = question.asks.strip().partition("\n\n")
    options = "\n".join(f"- ({letter}) {option.says}" for letter, option in question.lettered)
    whys = "\n".join(f"- ({letter}) {option.why}" for letter, option in question.lettered)
    asked = [f"**Question.** {asks}", *([rest] if rest else []), options]
    answer = [question.verdict, whys, f"Look again: {question.see}"]
    return "\n\n".join([*asked, "<details>\n<summary>Answer</summary>", *answer, "</details>"])
