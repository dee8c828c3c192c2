"""Cells that nbval may compare without their numbers print seconds, and no other number that was computed."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = re.compile(r"\A(---\n(?:.*\n)*?---\n|(?::.*\n)+)")
TIMED = re.compile(r"seconds|took|spent|times|speed|gains")
STATEMENTS = (ast.For, ast.If, ast.Assign, ast.Expr)


def tagged():
    """Yield the page and the code of each cell with the tag."""
    for path in sorted([*(ROOT / "book").glob("*.md"), *(ROOT / "solutions").glob("*.md")]):
        for cell in CELL.findall(path.read_text(encoding="utf-8")):
            if "nbval-ignore-output" in cell:
                yield pytest.param(OPTIONS.sub("", cell), id=f"{path.stem}-{len(cell)}")


def words(node):
    """Return the names and the texts of an expression."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return found | {str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant)}


def made_of(tree):
    """Return what each name of a cell is made of: names and texts."""
    made = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.For | ast.comprehension):
            pairs = [(node.target, node.iter)]
        else:
            continue
        for target, value in pairs:
            for name in words(target):
                made.setdefault(name, set()).update(words(value))
    return made


def is_timed(node, made):
    """Return whether an expression is made of seconds."""
    seen, waiting = set(), words(node)
    while waiting:
        word = waiting.pop()
        if TIMED.search(word):
            return True
        seen.add(word)
        waiting |= made.get(word, set()) - seen
    return False


def untimed(code):
    """Return the numbers of a cell, with a format for numbers, that are not made of seconds."""
    tree = ast.parse(code)
    made = made_of(tree)
    formatted = (node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) and node.format_spec)
    numbers = (node for node in formatted if re.search(r"[feg%]", ast.unparse(node.format_spec)[2:-1]))
    return [ast.unparse(node.value) for node in numbers if not is_timed(node.value, made)]


@pytest.mark.parametrize("code", list(tagged()))
def test_a_cell_whose_numbers_are_not_compared_prints_seconds_and_no_other_result(code):
    tree = ast.parse(code)
    assert re.search(r"second|\bs an epoch|takes", code), "it must say that it prints seconds"
    assert untimed(code) == []
    # it hands nothing on, and shows nothing but printed lines
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            assert ast.unparse(node).startswith("print(")
        elif isinstance(node, ast.stmt):
            assert isinstance(node, STATEMENTS), ast.unparse(node)


def test_there_are_such_cells_and_a_score_among_seconds_is_found():
    assert len(list(tagged())) > 10
    assert untimed("print(f'{score:.2f} in {seconds:.1f} seconds')") == ["score"]
    assert untimed("for name, took in seconds.items():\n    print(f'{name:<9}{took / 2:.1f} seconds')") == []
    assert untimed("share = a / b\nprint(f'{share:.0%} of the seconds')") == ["share"]
