"""The course's own prose as data: what the pages 01 to 06 say, in small letters, without code and formulas.

The text changes when a page changes, and what a model scores on it may change with it. Pages from 07 on are
not in it, so that no page reads itself.
"""

import re
import unicodedata
from pathlib import Path

from grulab.arguments import check_text, named

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = (
    "01_concepts",
    "02_equations",
    "02b_gradients",
    "03_keras_example",
    "04_forecasting",
    "05_text",
    "06_imdb",
)
LETTERS = " abcdefghijklmnopqrstuvwxyz.,:;?'-"

# left out or replaced in this order
_RULES = (
    (r"(?s)\A---\n.*?\n---\n", ""),  # the header
    (r"(?ms)^```(\{code-cell\}|python|text).*?^```$", ""),
    (r"(?ms)^\$\$.*?^\$\$[^\n]*$", ""),
    (r"(?m)^(```|:::).*$", ""),  # the frame of a box, not what stands in it
    (r"(?m)^\|.*$", ""),  # tables
    (r"(?s)<!--.*?-->|</?\w[^>\n]*>", "\n\n"),
    (r"!\[.*?\]\(.*?\)", ""),  # pictures
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),  # links keep their words
    (r"\{cite:[pt]\}`[^`]*`", ""),
    (r"\{\w+\}`([^`<]*?)\s*(<[^`]*>)?`", r"\1"),  # roles keep their words
    (r"`([A-Za-z ]+)`", r"\1"),  # code that is a word is one
    (r"\$[^$\n]+\$|`[^`\n]*`", "0"),  # formulas and other code in a line: no sentence of words
)


def read_prose(folder=BOOK):
    """Return the prose of the pages: a dictionary from a page's name to its text.

    A text holds the characters of ``LETTERS`` alone: small letters, the space, a few marks. A sentence with a
    digit, a formula or another sign in it is left out. So is a paragraph that stands on an earlier page: each
    is there once, whatever page it comes from. Raise a FileNotFoundError where the pages are not at hand.
    """
    if not isinstance(folder, str | Path) or "\0" in str(folder):
        raise TypeError(f"folder must be the path of a folder, but is {named(folder)}.")
    known, found = set(), {}
    for page in PAGES:
        path = Path(folder) / f"{page}.md"
        if not path.exists():
            raise FileNotFoundError(
                f"{path} is missing: the course's prose is read from its pages. "
                "Work in a copy of the whole course."
            )
        paragraphs = [plain(part) for part in paragraphs_of(path.read_text(encoding="utf-8"))]
        fresh = [part for part in dict.fromkeys(paragraphs) if part and part not in known]
        known.update(fresh)
        found[page] = " ".join(fresh)
    return found


def paragraphs_of(page):
    """Return the paragraphs of a page in Markdown, without code, formulas, tables, pictures and frames."""
    check_text("page", page)
    for pattern, kept in _RULES:
        page = re.sub(pattern, kept, page)
    # an entry of a list and a line of a box are paragraphs of their own
    page = re.sub(r"^ *(- |\d+\. |#+ |> ?)", "\n", page, flags=re.MULTILINE)
    return re.split(r"\n\s*\n", page)


def plain(paragraph):
    """Return a paragraph in the characters of ``LETTERS``, without its sentences that hold others."""
    check_text("paragraph", paragraph)
    text = unicodedata.normalize("NFC", paragraph).lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"[–—−]", "-", text)
    text = re.sub(r"[*\"“”()\[\]]", "", text)
    sentences = re.split(r"(?<=[.:?!;])\s+", " ".join(text.split()))
    kept = " ".join(one for one in sentences if not set(one) - set(LETTERS))
    return kept if re.search("[a-z]{3}", kept) else ""
