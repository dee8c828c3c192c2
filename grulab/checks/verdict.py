"""What is said of an answer, as plain text and as HTML."""

import re
import unicodedata
from dataclasses import dataclass
from html import escape

from grulab.checks.shown import Shown

RIGHT, WRONG, NOT_ATTEMPTED, NOT_JUDGED = "right", "wrong", "not attempted", "not judged"
OPENINGS = {
    RIGHT: "Right.",
    WRONG: "Not yet right.",
    NOT_ATTEMPTED: "Not attempted yet.",
    NOT_JUDGED: "The check itself failed.",
}
SIGNS = {RIGHT: "✓", WRONG: "✗", NOT_ATTEMPTED: "…", NOT_JUDGED: "!"}
# Each stands out on white and on black; sign and words say the same without it.
COLOURS = {RIGHT: "#2e8b57", WRONG: "#d2691e", NOT_ATTEMPTED: "#808080", NOT_JUDGED: "#b565c9"}
SAID = 'class="grulab-said"'  # the site's style sheet lets the page's own ground and ink through
LONGEST = 1200  # characters of a message
ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-_])")


def harmless(text: str, longest: int = LONGEST) -> str:
    """Return text on one line, without terminal escapes and invisible characters, and not too long.

    What a learner's code says ends up in messages; it must not colour, overwrite or turn round what stands
    beside it.
    """
    text = str(text)[: 20 * longest]
    text = " ".join(ESCAPES.sub("", text).split())
    text = "".join("�" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co") else one for one in text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def as_html(text: str) -> str:
    """Return text escaped for HTML; what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """The verdict on one answer.

    ``outcome`` is "right", "wrong" or "not attempted", and "not judged" when the check itself failed.
    ``message`` says what is wrong and where to look, and is empty for a right answer. ``remarks`` are
    sentences beside the verdict. ``seed`` is that of the hidden checks' random inputs, ``None`` when only the
    example check ran.
    """

    question: str
    outcome: str
    message: str = ""
    remarks: tuple[str, ...] = ()
    seed: int | None = None

    def __post_init__(self):
        object.__setattr__(self, "message", harmless(self.message))
        object.__setattr__(self, "remarks", tuple(map(harmless, self.remarks)))

    @property
    def is_right(self):
        """Whether the answer is right."""
        return self.outcome == RIGHT

    @property
    def sentences(self):
        """What is said after the first word: the message and the remarks."""
        return [sentence for sentence in (self.message, *self.remarks) if sentence]

    @property
    def text(self):
        """The verdict as plain text, on one line."""
        said = " ".join([OPENINGS[self.outcome], *self.sentences])
        return f"{SIGNS[self.outcome]} {self.question}: {said}"

    @property
    def html(self):
        """The verdict as HTML that fits a light page and a dark one."""
        return (
            f'<div {SAID} style="border-left: 4px solid {COLOURS[self.outcome]}; padding: 0.2em 0.8em; '
            f'margin: 0.4em 0; overflow-wrap: anywhere"><strong>{SIGNS[self.outcome]} '
            f"<code>{escape(self.question)}</code>: {OPENINGS[self.outcome]}</strong> "
            f"{' '.join(map(as_html, self.sentences))}</div>"
        )
