"""Read a page's Markdown source: its header, and the markers that make an exercise of a solution.

Every line keeps its number in the file, so that a fault can be told with file and line.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""

CODE_MARKERS = {"### BEGIN SOLUTION": "begin", "### END SOLUTION": "end"}
TEXT_MARKERS = {
    "<!-- BEGIN SOLUTION -->": ("begin", "solution"),
    "<!-- END SOLUTION -->": ("end", "solution"),
    "<!-- BEGIN EXERCISE -->": ("begin", "exercise"),
    "<!-- END EXERCISE -->": ("end", "exercise"),
}
LOOKS_LIKE_MARKER = re.compile(r"^\s*(#+|<!--)\s*(BEGIN|END)\s+(SOLUTION|EXERCISE)\b", re.IGNORECASE)


class Fault(Exception):
    """What is wrong with a source, in one sentence that begins with file and line."""


@dataclass(frozen=True)
class Line:
    """One line of a file and its number there, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """The lines of one file; ``name`` is its path in the repository."""

    name: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Return the lines as one string."""
        return "".join(f"{line.text}\n" for line in self.lines)

    def fault(self, number: int, sentence: str) -> Fault:
        """Return a fault at a line of this file."""
        return Fault(f"{self.name}:{number}: {sentence}")


def from_text(text: str, name: str = "text") -> Source:
    """Return a source with its lines numbered."""
    return Source(name, tuple(Line(number, line) for number, line in enumerate(text.splitlines(), 1)))


def read(path: Path, root: Path) -> Source:
    """Read a file below the repository's root."""
    name = path.relative_to(root).as_posix()
    try:
        return from_text(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        raise Fault(f"{name}:1: the file is not text in UTF-8; save it in that encoding.") from None


def is_notebook(source: Source) -> bool:
    """Return whether a page has the header that makes a notebook of it; a similar one is a fault."""
    if not source.lines or source.lines[0].text.strip() != "---":
        return False
    if source.text.startswith(HEADER):
        return True
    block = source.text.split("\n---", 1)[0]
    if "jupytext" not in block and "kernelspec" not in block:
        return False
    try:
        yaml.safe_load(block)
    except yaml.YAMLError:
        raise source.fault(1, "the header is not readable YAML; copy the one in CONTRIBUTING.md.") from None
    raise source.fault(
        1, "the header differs from the one in CONTRIBUTING.md; copy that one, it holds no versions."
    )


def select(source: Source, part: str) -> Source:
    """Return the source as the ``"solution"`` or the ``"exercise"`` has it, without any line of markers."""
    kept: list[Line] = []
    inside: tuple[str, int] | None = None  # the text block that is open, and the line where it began
    code: int | None = None  # the line where the solution's code began

    for line in source.lines:
        word = line.text.strip()
        if word in TEXT_MARKERS:
            action, block = TEXT_MARKERS[word]
            if code is not None:
                raise source.fault(
                    line.number, f'"{word}" stands inside the "### BEGIN SOLUTION" of line {code}.'
                )
            if action == "begin":
                if inside:
                    raise source.fault(
                        line.number, f'"{word}" stands inside the block that began in line {inside[1]}.'
                    )
                inside = (block, line.number)
            else:
                if not inside or inside[0] != block:
                    raise source.fault(line.number, f'"{word}" ends a block that was not begun.')
                inside = None
        elif word in CODE_MARKERS:
            if CODE_MARKERS[word] == "begin":
                if code is not None:
                    raise source.fault(line.number, f'"{word}" stands inside the one of line {code}.')
                code = line.number
                if part == "exercise" and not inside:
                    indentation = line.text[: len(line.text) - len(line.text.lstrip())]
                    kept.append(Line(line.number, f"{indentation}..."))
            else:
                if code is None:
                    raise source.fault(line.number, f'"{word}" ends a block that was not begun.')
                code = None
        elif LOOKS_LIKE_MARKER.match(line.text):
            known = ", ".join(f'"{marker}"' for marker in (*CODE_MARKERS, *TEXT_MARKERS))
            raise source.fault(line.number, f'"{word}" is not quite a marker; the markers are {known}.')
        elif inside and inside[0] != part:
            continue
        elif code is not None and part == "exercise":
            if re.match(r"^\s*(`{3,}|:{3,})\s*$", line.text):
                raise source.fault(
                    line.number, f'the cell ends before the "### BEGIN SOLUTION" of line {code} does.'
                )
        else:
            kept.append(line)

    if inside or code is not None:
        began = inside[1] if inside else code
        raise source.fault(began, "this block of solution or exercise has no end.")
    return Source(source.name, tuple(kept))


def strip_markers(text: str) -> str:
    """Return a solution's Markdown without markers, and without what stands only in the exercise."""
    return select(from_text(text), "solution").text
