"""nbval runs the notebook that readers open and compares it with the book's execution, figure by figure."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import graft
import nbformat
import notebooks
import pytest
from cells import code_cell, markdown_cell, notebook_of
from nbclient import NotebookClient
from source import Fault

ROOT = Path(__file__).resolve().parents[1]
CODE = [
    # the value of a last line with a semicolon is no output
    "import ipywidgets\n\n[1, 2, 3];",
    # progress comes and goes, as in grulab.training
    "from IPython.display import display\n\nline = display({}, raw=True, display_id=True)\n"
    "line.update({'text/plain': 'epoch 1'}, raw=True)\nline.update({}, raw=True)\nprint('trained')",
    "ipywidgets.IntSlider(3)",
    "0.5 + 0.25",
    "1 / 8",
    "display({'image/png': 'AAAA'}, raw=True)",
    "import time\n\nprint(f'training took {time.perf_counter():.6f} seconds')",
    "print(f'it took {time.perf_counter():.6f} seconds')",
    "ipywidgets.VBox([ipywidgets.FloatText(0.1 + 0.2)])",
]
SECONDS = {"tags": ["nbval-ignore-output"]}


def write(path, code, setup):
    cells = [markdown_cell("# A page")]
    sources = [notebooks.setup_cell("", "main"), *code] if setup else code
    cells += [code_cell(source, SECONDS if "took" in source else {}) for source in sources]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook_of(cells), encoding="utf-8")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Return a folder with one page as the book's execution leaves it: run, and without the setup cell."""
    folder = tmp_path_factory.mktemp("executed")
    path = folder / "book/01_a.ipynb"
    write(path, CODE, setup=False)
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, kernel_name="python3").execute()
    nbformat.write(notebook, path)
    return folder


@pytest.fixture
def root(tmp_path):
    write(tmp_path / "book/01_a.ipynb", CODE, setup=True)
    return tmp_path


def compare(root, executed, tmp_path, *changes):
    """Return what nbval says of the page when each of the texts in the book's outputs was another."""
    said = graft.prepare(root, executed, ["book/01_a.ipynb"])
    assert said == ["nbval: 1 notebooks with the book's outputs in _build/nbval"]
    path = root / graft.TARGET / "book/01_a.ipynb"
    for old, new in changes:
        assert path.read_text().count(old) == 1, old
        path.write_text(path.read_text().replace(old, new))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path / "ipython")}
    command = [sys.executable, "-m", "pytest", "-q", "-c", "tests/nbval.ini", "-p", "no:cacheprovider"]
    command += ["--nbval", str(root / graft.TARGET)]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    ).stdout


def test_all_that_a_reader_sees_is_compared(root, executed, tmp_path):
    said = compare(
        root,
        executed,
        tmp_path,
        ('"0.125"', '"0.126"'),
        ('"AAAA"', '"AAAB"'),
        ('"it took ', '"we took '),
        ('"value": 0.30000000000000004', '"value": 0.3'),
    )
    # each change is a failure, and nothing else is: neither seconds nor the random ids of widgets
    assert "4 failed, 7 passed" in said, said
    failed = re.findall(r"^FAILED \S+::(Cell \d+|Widgets)", said, re.MULTILINE)
    assert failed == ["Cell 5", "Cell 6", "Cell 8", "Widgets"]
    assert "0.126" in said
    assert re.search(
        r"not the same as in the book: value of widget \d \(FloatTextModel\)$", said, re.MULTILINE
    )


def test_the_grafted_notebook_is_the_committed_one_with_outputs(root, executed):
    graft.prepare(root, executed, ["book/01_a.ipynb"])
    committed = json.loads((root / "book/01_a.ipynb").read_text())
    grafted = json.loads((root / graft.TARGET / "book/01_a.ipynb").read_text())
    nbformat.validate(nbformat.from_dict(grafted))
    assert [c["source"] for c in grafted["cells"]] == [c["source"] for c in committed["cells"]]
    code = [c for c in grafted["cells"] if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert code[0]["outputs"] == []
    assert code[5]["outputs"][0]["data"]["text/plain"] == ["0.125"]


def test_an_executed_page_with_its_setup_cell_fits_as_well():
    cells = [code_cell("setup"), code_cell("1 + 1")]
    built = json.loads(notebook_of(cells))
    executed = json.loads(notebook_of(cells))
    for number, cell in enumerate(executed["cells"], 1):
        cell["execution_count"] = number
    assert [c["execution_count"] for c in graft.graft(built, executed, "x")["cells"]] == [1, 2]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cells: cells.pop(), r"book/01_a\.ipynb has 9 cells of code beside its setup, not 8"),
        (lambda cells: cells[2].update(source=["2"]), r"book/01_a\.ipynb: cell 2 of its code differs"),
        (
            lambda cells: cells[4].update(execution_count=None),
            r"book/01_a\.ipynb: cell 4 .* was never executed",
        ),
    ],
)
def test_pages_that_do_not_fit_are_told(root, executed, tmp_path, change, sentence):
    other = json.loads((executed / "book/01_a.ipynb").read_text())
    change(other["cells"])
    folder = tmp_path / "other"
    (folder / "book").mkdir(parents=True)
    (folder / "book/01_a.ipynb").write_text(json.dumps(other))
    with pytest.raises(Fault, match=rf"^{sentence}.*Run: make book$"):
        graft.prepare(root, folder, ["book/01_a.ipynb"])
    assert not (root / graft.TARGET).exists()


def test_a_page_that_was_not_executed_is_told(root, tmp_path):
    with pytest.raises(Fault, match=r"^nothing/book/01_a\.ipynb is missing\. Run: make book$"):
        graft.prepare(root, tmp_path / "nothing", ["book/01_a.ipynb"])
    (tmp_path / "nothing/book").mkdir(parents=True)
    (tmp_path / "nothing/book/01_a.ipynb").write_text("")
    with pytest.raises(Fault, match=r"^nothing/book/01_a\.ipynb is no notebook"):
        graft.prepare(root, tmp_path / "nothing", ["book/01_a.ipynb"])
