"""What is said of an answer, as plain text and as HTML."""

from dataclasses import dataclass
from html import escape

RIGHT, WRONG, NOT_ATTEMPTED = "right", "wrong", "not attempted"
OPENINGS = {RIGHT: "Right.", WRONG: "Not yet right.", NOT_ATTEMPTED: "Not attempted yet."}
SIGNS = {RIGHT: "✓", WRONG: "✗", NOT_ATTEMPTED: "…"}


@dataclass(frozen=True)
class Verdict:
    """The verdict on one answer.

    ``outcome`` is "right", "wrong" or "not attempted". ``message`` says what is wrong and where to look, and
    is empty for a right answer. ``remarks`` are sentences beside the verdict. ``seed`` is that of the hidden
    checks' random inputs, ``None`` when only the example check ran.
    """

    question: str
    outcome: str
    message: str = ""
    remarks: tuple[str, ...] = ()
    seed: int | None = None

    @property
    def is_right(self):
        """Whether the answer is right."""
        return self.outcome == RIGHT

    @property
    def sentences(self):
        """What is said after the first word: the message and the remarks."""
        return [sentence for sentence in (self.message, *self.remarks) if sentence]

    def __repr__(self):
        said = " ".join([OPENINGS[self.outcome], *self.sentences])
        return f"{SIGNS[self.outcome]} {self.question}: {said}"

    def _repr_html_(self):
        said = " ".join(map(escape, self.sentences))
        return (
            f"<div><strong>{SIGNS[self.outcome]} <code>{escape(self.question)}</code>: "
            f"{OPENINGS[self.outcome]}</strong> {said}</div>"
        )
