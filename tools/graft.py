"""Give the built notebooks the outputs of the book's execution, so that nbval compares the two.

Sphinx executes the Markdown; readers open the notebooks built from it, which have a setup cell on top. nbval
runs the very notebook that readers open, and finds in it what the book's execution printed.
"""

import json
import shutil
from pathlib import Path

from source import Fault

TARGET = "_build/nbval"
LEAVE_OUT = {"skip-execution", "nbval-skip"}


def text_of(cell: dict) -> str:
    """Return a cell's source as one string, without blank lines around it."""
    return "".join(cell["source"]).strip()


def code_cells(notebook: dict) -> list[dict]:
    """Return the cells of code."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def graft(built: dict, executed: dict, name: str) -> dict:
    """Return the built notebook with outputs and widgets of the executed one; their code must be the same."""
    setup, *cells = code_cells(built)
    ran = code_cells(executed)
    if len(ran) == len(cells) + 1:
        cells = [setup, *cells]
    if len(ran) != len(cells):
        raise Fault(f"{name} has {len(cells)} cells of code beside its setup, not {len(ran)}. Run: make book")
    setup["execution_count"] = 1
    for number, (cell, result) in enumerate(zip(cells, ran, strict=True), 1):
        if text_of(cell) != text_of(result):
            raise Fault(f"{name}: cell {number} of its code differs from the executed page. Run: make book")
        if result.get("execution_count") is None:
            if LEAVE_OUT & set(cell["metadata"].get("tags", [])):
                continue
            raise Fault(f"{name}: cell {number} of its code was never executed. Run: make book")
        cell["execution_count"] = result["execution_count"]
        cell["outputs"] = result["outputs"]
    if "widgets" in executed["metadata"]:
        built["metadata"]["widgets"] = executed["metadata"]["widgets"]
    return built


def read_json(path: Path, name: str) -> dict:
    """Read a notebook, or say what is wrong with it."""
    if not path.is_file():
        raise Fault(f"{name} is missing. Run: make book")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise Fault(f"{name} is no notebook. Run: make book") from None


def prepare(root: Path, executed: Path, names) -> list[str]:
    """Write below ``_build/nbval`` each of the named notebooks with its outputs; return what there is to say.

    The committed notebook is read from the disk; the executed one has the same path below ``executed``.
    """
    grafted = {}
    for name in names:
        result = read_json(executed / name, f"{executed.name}/{name}")
        grafted[name] = graft(read_json(root / name, name), result, name)
    shutil.rmtree(root / TARGET, ignore_errors=True)
    for name, notebook in grafted.items():
        path = root / TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [f"nbval: {len(grafted)} notebooks with the book's outputs in {TARGET}"]
