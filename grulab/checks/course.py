"""Titles, hints and solutions, read where they stand: in ``solutions/NN_name.md`` of a copy of the course."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grulab.checks.shown import Note

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HINT = re.compile(r"<details><summary>Hint \d: ([^\n]*)</summary>\n(.*?)\n</details>", re.DOTALL)
REMARK = re.compile(r"^<!-- BEGIN SOLUTION -->\n(.*?)^<!-- END SOLUTION -->$", re.MULTILINE | re.DOTALL)
OPTIONS = re.compile(r"\A(---\n.*?\n---\n|(:[\w-]+:[^\n]*\n)+)", re.DOTALL)

_told: dict[tuple[str, str], int] = {}  # how many hints were given, by exercise and heading


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a solution: a question, which one function or several answer."""

    title: str
    hints: tuple[tuple[str, str], ...]
    answers: dict[str, str]
    remark: str


def page_of(exercise: str) -> Path | None:
    """Return the file with the solution of an exercise, ``None`` where there is no copy of the course."""
    found = sorted(SOLUTIONS.glob(f"{exercise.removeprefix('ex')}_*.md"))
    return found[0] if found else None


def title_of(exercise: str) -> str:
    """Return the title of an exercise, as in "Exercise 01: gates by hand"."""
    page = page_of(exercise)
    found = re.search(r"^# (Exercise .*)$", page.read_text(encoding="utf-8"), re.MULTILINE) if page else None
    return found[1] if found else f"Exercise {exercise.removeprefix('ex')}"


@cache
def sections(exercise: str) -> tuple[Section, ...]:
    """Return what the solution's page says of each question; nothing where there is no copy of the course."""
    page = page_of(exercise)
    if page is None:
        return ()
    parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(section(part) for part in parts)


def section(text: str) -> Section:
    """Read what stands under one heading."""
    answers = {}
    for cell in CELL.findall(text):
        if "### BEGIN SOLUTION" in cell:
            code = re.sub(r"^[ \t]*### (BEGIN|END) SOLUTION\n", "", OPTIONS.sub("", cell), flags=re.MULTILINE)
            answers |= dict.fromkeys(re.findall(r"^def (\w+)\(", code, re.MULTILINE), code.strip("\n"))
    remarks = "\n\n".join(remark.strip() for remark in REMARK.findall(text))
    return Section(
        title=text.partition("\n")[0].strip(),
        hints=tuple((title.strip(), hint.strip()) for title, hint in HINT.findall(text)),
        answers=answers,
        remark=plain_markdown(remarks),
    )


def plain_markdown(text: str) -> str:
    """Return MyST as Markdown that every notebook shows: cells as code, links and roles as their words."""
    text = CELL.sub(lambda cell: f"```python\n{OPTIONS.sub('', cell[1]).strip()}\n```", text)
    text = re.sub(r"\{\w+(?::\w+)?\}`([^`<]*?)(?: <[^`>]*>)?`", r"\1", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", text)


def section_of(question) -> Section | None:
    """Return the section that a question's function stands in."""
    return next((one for one in sections(question.exercise) if question.name in one.answers), None)


def next_hint(question) -> Note:
    """Return the next hint on a question; after the last one, the first again.

    Functions under one heading share its hints.
    """
    found = section_of(question)
    if found is None or not found.hints:
        return elsewhere(question, "hints", "are folded below the function in the exercise's notebook")
    place = (question.exercise, found.title)
    number = _told.get(place, 0) % len(found.hints)
    _told[place] = number + 1
    title, text = found.hints[number]
    end = "This was the last hint. The next call begins again." if number + 1 == len(found.hints) else ""
    heading = f"**Hint {number + 1} of {len(found.hints)} for `{question.name}`: {title}**"
    return Note("\n\n".join(filter(None, [heading, plain_markdown(text), end])))


def solution_of(question) -> Note:
    """Return the course's own answer to a question, with the remark that the solution's page makes."""
    found = section_of(question)
    if found is None:
        return elsewhere(question, "solution", "is on the page of the course's site beside the exercise")
    heading = f"**The course's answer: `{question.name}`**"
    code = f"```python\n{found.answers[question.name]}\n```"
    return Note("\n\n".join(filter(None, [heading, code, found.remark])))


def elsewhere(question, what: str, place: str) -> Note:
    """Say where hints and solutions are when there is no copy of the course at hand."""
    number = question.exercise.removeprefix("ex")
    return Note(
        f"There is no copy of the course beside this package. The {what} for `{question.name}` {place}, "
        f"and in `solutions/{number}_….md` of the course's repository."
    )
