"""Colab: its packages, an empty folder, and the notebooks as Colab opens them.

Each notebook's setup cell fetches the course and finds all that it needs; every import holds; the solutions
train, pass every check and are complete; every widget lives in an ipywidgets of Colab's. At the end Colab's
packages are what they were.
"""

import json
import re
import shutil
import subprocess
from functools import partial
from pathlib import Path

import nbformat

from environments import checkout, comms
from environments.machine import pythons, surroundings
from environments.place import BUILD, ROOT, Failure, Place, place
from environments.trial import GB, Ran, execute, execute_all, say_kernel

PINS = ROOT / "tests" / "colab.txt"
FOLDERS = ("book", "exercises", "solutions")
# runs a notebook's setup cell, then the imports of the notebooks named behind it; says where grulab is from
READER = """
import ast, importlib.util, json, sys
assert importlib.util.find_spec("grulab") is None, "grulab must be missing before the setup cell"
code = lambda path: ["".join(cell["source"]) for cell in json.load(open(path, encoding="utf-8"))["cells"]
                     if cell["cell_type"] == "code"]
names = {}
exec(code(sys.argv[1])[0], names)
for source in [cell for path in sys.argv[2:] for cell in code(path)[1:]]:
    plain = "\\n".join(line for line in source.splitlines() if not line.startswith(("%", "!")))
    for one in ast.parse(plain).body:
        if isinstance(one, (ast.Import, ast.ImportFrom)):
            exec(compile(ast.Module([one], []), "imports", "exec"), names)
print(names["grulab"].__file__)
"""


def python_of(pins: str) -> str:
    """Return the version of Python that the first line of the file names."""
    found = re.match(r"#.*\bPython (3\.\d+)\b.*\b\d{4}-\d{2}-\d{2}\b", pins)
    if not found:
        raise Failure(
            f"The first line of {PINS.name} must name a Python and a date: # … Python 3.13, on 2026-11-22."
        )
    return found[1]


def read_setup(place: Place, folder: Path, environment: dict, notebook: Path, *others: Path):
    """Run a notebook's setup cell in an empty folder, then the imports of others; raise ``Failure``."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    name = f"{notebook.parent.name}/{notebook.stem}"
    command = [place.python, "-c", READER, *map(str, (notebook, *others))]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"{name}: {done.stderr.strip()}")
    found = Path(done.stdout.strip().splitlines()[-1])
    if not found.is_relative_to(folder.resolve()):
        raise Failure(f"{name}: grulab came from {found}, not from the clone")
    shutil.rmtree(folder)


def by_setup(notebooks: list[Path]) -> list[list[Path]]:
    """Return the notebooks in groups whose setup cells have the same text: what runs for one runs for all."""
    groups = {}
    for path in notebooks:
        first = next(cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
        groups.setdefault(first.source, []).append(path)
    return list(groups.values())


def loud(notebook) -> str:
    """Return what a notebook's cells wrote to stderr: warnings that a learner would see."""
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", ())]
    return "".join(one["text"] for one in outputs if one.get("name") == "stderr")


def solve(path: Path, kernel: str, folder: Path, environment: dict) -> Ran:
    """Execute a solution; raise ``Failure`` unless it is complete, without a warning."""
    name = f"{path.parent.name}/{path.stem}"
    folder.mkdir(parents=True, exist_ok=True)
    ran = execute(name, nbformat.read(path, 4), kernel, folder, environment)
    text = json.dumps(ran.notebook.cells)
    number = path.stem.split("_")[0]
    if f"Exercise {number} is complete." not in text:
        raise Failure(f"{name} ran, but it does not say that exercise {number} is complete")
    if loud(ran.notebook):
        raise Failure(f"{name} shows a warning: {loud(ran.notebook)}")
    return ran


def run(say) -> tuple[str, float]:
    """Try the course in Colab's set; return what passed, and the seconds of packages. Raises ``Failure``."""
    pins = PINS.read_text(encoding="utf-8")
    version = python_of(pins)
    python = pythons((version,)).get(version)
    if python is None:
        raise Failure(f"Colab has Python {version}, which this machine lacks; install it.")
    colab, seconds = place("colab", python, pins, say)
    before = colab.frozen()

    folder = BUILD / "colab"
    shutil.rmtree(folder, ignore_errors=True)
    github = checkout.copy(folder / "github")
    environment = surroundings(folder / "home", **checkout.publish(github))
    built = [path for name in FOLDERS for path in sorted((github / name).glob("*.ipynb"))]
    for group in by_setup(built):
        read_setup(colab, folder / "content", environment, group[0], *group)
    say(f"  the setup cell and all imports of {len(built)} notebooks: nothing is missing")

    kernel = say_kernel(colab)
    solutions = [path for path in built if path.parent.name == "solutions"]
    content = folder / "content"
    trial = nbformat.v4.new_notebook()
    setup = "".join(nbformat.read(solutions[0], 4).cells[1].source)
    trial.cells = [nbformat.v4.new_code_cell(source) for source in comms.cells(setup)]
    content.mkdir(parents=True, exist_ok=True)
    jobs = [partial(execute, "every widget", trial, kernel, content, environment)]
    jobs += [partial(solve, path, kernel, content / path.stem, environment) for path in solutions]
    # what Keras says to mistakes is not the same in all versions
    errors = nbformat.read(github / "book/errors.ipynb", 4)
    jobs.append(partial(execute, "book/errors", errors, kernel, content, environment))
    ran = execute_all(jobs, say)
    anywidget = re.search(r"^anywidget==(\S+)$", pins, re.MULTILINE)[1]
    count = comms.check(trial, anywidget)
    if colab.frozen() != before:
        shutil.rmtree(colab.folder)  # or the next run would take what is there now for Colab's
        raise Failure("The course changed Colab's packages.")
    memory = max(one.memory for one in ran) / GB
    return (
        f"{len(built)} setup cells, {len(solutions)} solutions complete, every error message, "
        f"{count} widgets; "
        f"packages unchanged; {memory:.2f} GB at most"
    ), seconds
