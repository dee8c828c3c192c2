"""Know what a page may refer to: other pages, pictures, papers, terms and numbered equations."""

import os
import posixpath
import re
from functools import cached_property
from pathlib import Path

from bank import BANK, Question, choose, read_bank
from settings import Address
from source import Fault

BIBLIOGRAPHY = "book/references.bib"
GLOSSARY = "book/glossary.md"
ELSEWHERE = re.compile(r"^(https?:|mailto:)")


class Library:
    """What all pages share: the repository's files, papers, questions and numbered equations.

    ``notebooks`` maps a source's path to the notebook built from it; ``equations`` maps a label to the source
    that holds it and its number there.
    """

    def __init__(self, root: Path, notebooks: dict[str, str], equations: dict[str, tuple[str, int]]):
        self.root = root
        self.notebooks = notebooks
        self.equations = equations

    @cached_property
    def papers(self):
        """Return the entries of the bibliography by key, whatever their case."""
        from pybtex.database import BibliographyData, parse_file
        from pybtex.exceptions import PybtexError

        path = self.root / BIBLIOGRAPHY
        try:
            return parse_file(str(path)).entries if path.exists() else BibliographyData().entries
        except PybtexError as error:
            raise Fault(f"{BIBLIOGRAPHY}: not readable as BibTeX: {error}") from None

    @cached_property
    def bank(self) -> tuple[Question, ...]:
        """Return all questions of the quiz."""
        return read_bank(self.root)

    def paper(self, key: str) -> tuple[str, str, str]:
        """Return the authors, the year and the address of a paper, ready to print."""
        if key not in self.papers:
            raise LookupError(f'there is no paper "{key}" in {BIBLIOGRAPHY}.')
        entry = self.papers[key]
        people = [surname(person) for person in entry.persons.get("author", [])]
        if not people or "year" not in entry.fields:
            raise LookupError(f'the paper "{key}" in {BIBLIOGRAPHY} needs author and year.')
        authors = f"{people[0]} et al." if len(people) > 2 else " and ".join(people)
        fields = entry.fields
        if "doi" in fields:
            address = f"https://doi.org/{fields['doi']}"
        elif "eprint" in fields:
            address = f"https://arxiv.org/abs/{fields['eprint']}"
        else:
            address = fields.get("url", "")
        return authors, fields["year"], address.replace("(", "%28").replace(")", "%29")


def surname(person) -> str:
    """Return a person's last name with its particles, without LaTeX."""
    from pybtex.richtext import Text

    words = [Text.from_latex(word).render_as("text") for word in (*person.prelast_names, *person.last_names)]
    return " ".join(words)


class References:
    """What one notebook refers to: on GitHub once its address is known, by relative paths until then."""

    def __init__(
        self, library: Library, source: str, notebook: str, address: Address, numbers: dict[str, int]
    ):
        self.library = library
        self.source = source
        self.notebook = notebook
        self.address = address
        self.numbers = numbers

    def path(self, target: str) -> str:
        """Return the path in the repository that a relative target names."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), target))
        if path.startswith("../") or path == ".." or target.startswith("/"):
            raise LookupError(f'"{target}" leads out of the repository.')
        notebooks = self.library.notebooks
        if path not in {*notebooks, *notebooks.values()} and not (self.library.root / path).is_file():
            raise LookupError(f'"{target}" leads to {path}, which does not exist.')
        return path

    def relative(self, path: str) -> str:
        """Return a path of the repository as seen from the notebook's folder."""
        return os.path.relpath(path, posixpath.dirname(self.notebook) or ".").replace(os.sep, "/")

    def link(self, target: str) -> str:
        """Return where a link leads in the notebook; ``""`` for a place in the page itself."""
        if ELSEWHERE.match(target):
            return target
        target, _, place = target.partition("#")
        if not target:
            return ""
        path = self.path(target)
        path = self.library.notebooks.get(path, path)
        if place and path == self.notebook:
            return ""
        return self.address.page(path) if self.address.url else self.relative(path)

    def image(self, target: str) -> str:
        """Return where a picture is found."""
        if ELSEWHERE.match(target):
            return target
        path = self.path(target)
        return self.address.raw(path) if self.address.url else self.relative(path)

    def questions(self, names: list[str]) -> list[Question]:
        """Return the questions that a quiz on this page asks for."""
        folder, page = posixpath.split(self.source.removesuffix(".md"))
        if folder != posixpath.dirname(BANK):
            raise LookupError(f"a {{quiz}} stands on pages of {posixpath.dirname(BANK)}/ only.")
        return choose(self.library.bank, names, page)

    def citations(self, keys: str) -> str:
        """Return papers in brackets: (Cho et al., 2014; Dey and Salem, 2017), each with its link."""
        papers = [self.library.paper(key.strip()) for key in keys.split(",")]
        return (
            "(" + "; ".join(linked(f"{authors}, {year}", address) for authors, year, address in papers) + ")"
        )

    def citations_in_text(self, keys: str) -> str:
        """Return papers as part of the sentence: Cho et al. (2014)."""
        papers = [self.library.paper(key.strip()) for key in keys.split(",")]
        return ", ".join(linked(f"{authors} ({year})", address) for authors, year, address in papers)

    def term(self, content: str) -> str:
        """Return a term with a link to the glossary; ``text <term>`` shows the text."""
        shown = re.sub(r"\s*<[^<>]*>$", "", content)
        if self.source == GLOSSARY:
            return shown
        return f"[{shown}]({self.link(posixpath.relpath(GLOSSARY, posixpath.dirname(self.source)))})"

    def equation(self, label: str) -> str:
        """Return an equation's number in brackets, with a link where it stands on another page."""
        if label in self.numbers:
            return f"({self.numbers[label]})"
        if label not in self.library.equations:
            raise LookupError(f'there is no equation with the label "{label}".')
        source, number = self.library.equations[label]
        return f"[({number})]({self.link(posixpath.relpath(source, posixpath.dirname(self.source)))})"


def linked(text: str, address: str) -> str:
    """Return a Markdown link, or the text alone where there is no address."""
    return f"[{text}]({address})" if address else text
