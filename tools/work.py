"""Tell a notebook in which somebody worked from one that was only built, and keep the former."""

import json
from pathlib import Path

from cells import notebook_of


def is_as_built(text: str) -> bool:
    """Return whether a notebook has the very form of a built one: nobody ran or saved it in Jupyter."""
    try:
        content = json.loads(text)
        cells = [{**cell, "source": "".join(cell["source"])} for cell in content["cells"]]
        clean = all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
        return clean and notebook_of(cells) == text
    except (ValueError, KeyError, TypeError):
        return False


def holds_work(old: str, new: str) -> bool:
    """Return whether a notebook holds somebody's work: more than outputs of the cells that ``new`` has."""
    if is_as_built(old):
        return False

    def sources(text):
        return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]

    try:
        return sources(old) != sources(new)
    except (ValueError, KeyError, TypeError):
        return True


def keep(path: Path) -> Path:
    """Move a notebook aside under a name that is never overwritten; return that name."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.kept-{number}.ipynb")).exists():
        number += 1
    return path.rename(kept)
