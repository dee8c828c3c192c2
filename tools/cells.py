"""Read the cells of a MyST page, and write a notebook the same, byte for byte, every time."""

import json
from collections.abc import Iterable

from source import Line, Source

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cells_of(source: Source) -> Iterable[tuple[str, list[Line], str, dict]]:
    """Yield the kind of each cell, the lines of its text, its source and its metadata."""
    from jupytext.myst import MystMetadataParsingError, myst_to_notebook

    try:
        notebook = myst_to_notebook(source.text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise source.fault(1, f"a cell's options are not readable: {error}.") from None
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        first = start
        while not source.lines[first].text:
            first += 1
        lines = list(source.lines[first : first + len(cell.source.splitlines())])
        number = source.lines[min(start, len(source.lines) - 1)].number
        unknown = set(cell.metadata) - ({"tags", "mystnb"} if cell.cell_type == "code" else set())
        if unknown or cell.cell_type == "raw":
            what = f'the option "{min(unknown)}" of a cell' if unknown else "a raw cell"
            raise source.fault(number, f"{what} is not known; cells have tags and mystnb.")
        yield cell.cell_type, lines, cell.source, json.loads(json.dumps(cell.metadata))


def markdown_cell(text: str) -> dict:
    """Return a cell of text."""
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code_cell(text: str, metadata: dict | None = None) -> dict:
    """Return a cell of code that was not run."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata or {},
        "outputs": [],
        "source": text,
    }


def notebook_of(cells: list[dict]) -> str:
    """Return a notebook as text, in the form in which Jupyter writes it; a cell's id is its index."""
    numbered = [
        {**cell, "id": str(index), "source": cell["source"].splitlines(keepends=True)}
        for index, cell in enumerate(cells)
    ]
    content = {"cells": numbered, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
