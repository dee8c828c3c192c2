"""The tables that ``complete`` and ``progress`` show, as plain text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from grulab.checks.shown import Shown
from grulab.checks.verdict import COLOURS, SAID, SIGNS, Verdict, as_html

CELL = "text-align: left; vertical-align: top; padding: 0.15em 0.5em 0.15em 0; border: 0; white-space: normal"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of text as lines whose columns stand under each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def table(head: Sequence[str], rows: Sequence[str]) -> str:
    """Return a table in HTML: words for the first row, and rows that are HTML."""
    cells = "".join(f'<th scope="col" style="{CELL}; font-weight: bold">{escape(word)}</th>' for word in head)
    row = '<tr style="background: transparent">'
    body = "".join(f"{row}{one}</tr>" for one in rows)
    return (
        '<table style="border-collapse: collapse; width: auto; margin: 0.4em 0"><thead>'
        f"{row}{cells}</tr></thead><tbody>{body}</tbody></table>"
    )


def paragraphs(sentences: Sequence[str]) -> str:
    """Return sentences as HTML, each on a line of its own."""
    return "".join(f'<div style="overflow-wrap: anywhere">{as_html(one)}</div>' for one in sentences)


@dataclass(frozen=True, repr=False)
class Report(Shown):
    """What ``complete`` found: a verdict on each question, and what is left."""

    title: str
    questions: tuple
    verdicts: tuple[Verdict, ...]
    closing: tuple[str, ...]
    is_complete: bool

    @property
    def text(self):
        """The report as plain text."""
        head = [("", "question", "stars", "outcome", "message")]
        rows = [
            (SIGNS[one.outcome], question.name, "★" * question.stars, one.outcome, " ".join(one.sentences))
            for question, one in zip(self.questions, self.verdicts, strict=True)
        ]
        return "\n".join([self.title, "", *aligned(head + rows), "", *self.closing])

    @property
    def html(self):
        """The report as HTML; a message stands below its question, so that it fits a narrow window."""
        rows = []
        for question, one in zip(self.questions, self.verdicts, strict=True):
            sign = f'<span style="color: {COLOURS[one.outcome]}">{SIGNS[one.outcome]}</span>'
            name = f'<code style="white-space: normal">{escape(question.name)}</code>'
            rows.append(
                f'<td style="{CELL}; overflow-wrap: anywhere">{sign}&nbsp;{name}</td>'
                f'<td style="{CELL}; white-space: nowrap">{"★" * question.stars}</td>'
                f'<td style="{CELL}">{one.outcome}</td>'
            )
            if one.sentences:
                said = " ".join(map(as_html, one.sentences))
                rows.append(
                    f'<td colspan="3" style="{CELL}; padding-left: 1.5em; '
                    f'overflow-wrap: anywhere">{said}</td>'
                )
        return (
            f"<div {SAID}><strong>{escape(self.title)}</strong>"
            f"{table(('question', 'stars', 'outcome'), rows)}{paragraphs(self.closing)}</div>"
        )


@dataclass(frozen=True, repr=False)
class Overview(Shown):
    """What ``progress`` found: a row for each exercise, and what comes next."""

    rows: tuple[tuple[str, str, str, str], ...]
    closing: tuple[str, ...]
    head = ("exercise", "right", "for the keen", "complete")

    @property
    def text(self):
        """The table as plain text."""
        return "\n".join([*aligned([self.head, *self.rows]), "", *self.closing])

    @property
    def html(self):
        """The table as HTML."""
        rows = [
            f'<td style="{CELL}">{escape(title)}</td>'
            + "".join(f'<td style="{CELL}; white-space: nowrap">{escape(cell)}</td>' for cell in cells)
            for title, *cells in self.rows
        ]
        return f"<div {SAID}>{table(self.head, rows)}{paragraphs(self.closing)}</div>"
