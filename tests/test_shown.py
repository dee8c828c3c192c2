"""In a notebook every verdict is seen once, wherever in the cell it was asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHELL = """
import sys
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
shell.run_cell("from grulab.checks import complete, question")
shell.run_cell("def mix(z, h, candidate): return z * h + (1 - z) * candidate")
shell.run_cell("def half_life(z): ...")
print("---")
result = shell.run_cell(sys.argv[1], store_history=True)
print("---")
shell.run_cell("1")
"""
MIX, HALF_LIFE = "✓ mix: Right.", "… half_life: Not attempted yet. half_life has no body yet."
CHECK_MIX = 'question("ex01", "mix").check(mix)'
CHECK_HALF_LIFE = 'question("ex01", "half_life").check(half_life)'


def shown(cell, tmp_path):
    """Return the lines that a cell shows in a terminal's notebook."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path), "NO_COLOR": "1"}
    command = [sys.executable, "-c", SHELL, cell]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("---\n")[1].split("\n---")[0].strip().splitlines()


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        (CHECK_MIX, [f"Out[1]: {MIX}"]),
        (f"verdict = {CHECK_MIX}", [MIX]),
        (f"{CHECK_MIX}\n{CHECK_HALF_LIFE}", [MIX, f"Out[1]: {HALF_LIFE}"]),
        (f"for one in (1, 2):\n    {CHECK_MIX}", [MIX, MIX]),
        (f"print({CHECK_MIX})", [MIX]),
        (f"assert {CHECK_MIX}.is_right\n'done'", ["Out[1]: 'done'", MIX]),
        (f"{CHECK_MIX};", []),
    ],
)
def test_a_verdict_is_seen_once(cell, lines, tmp_path):
    assert shown(cell, tmp_path) == lines


def test_what_an_answer_displays_while_complete_works_is_swallowed(tmp_path):
    cell = (
        "from IPython.display import display\n"
        "def mix(z, h, candidate):\n    display('noise')\n    print('noise')\n    return 0\n"
        "complete('ex01', seed=1)"
    )
    lines = shown(cell, tmp_path)
    assert lines[0] == "Out[1]: "
    assert lines[1] == "Exercise 01: gates by hand"
    assert "noise" not in "".join(lines)


def test_misuse_is_one_line(tmp_path):
    cell = 'question("ex01", "mix").check(mix(1, 2, 3))'
    lines = shown(cell, tmp_path)
    assert lines == ["Misuse: check was given 2. Write .check(mix): the function itself, without calling it."]
