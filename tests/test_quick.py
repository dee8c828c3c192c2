"""What is left out to be quick is missed by nobody: notebooks are checked all the same."""

import subprocess
import sys
from pathlib import Path

import quick

ROOT = Path(__file__).resolve().parents[1]
CHECKED = """
import sys
sys.path.insert(0, "tools")
import quick
import nbformat
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
nbformat.validate(notebook)
notebook.cells[0].source = 1
try:
    nbformat.validate(notebook)
except nbformat.ValidationError:
    print("lark" in sys.modules)
"""


def test_notebooks_are_checked_without_the_grammar_of_addresses():
    done = subprocess.run(
        [sys.executable, "-c", CHECKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_as_a_program_it_is_jupyter_book():
    command = [sys.executable, quick.__file__, "build", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--builder" in done.stdout
