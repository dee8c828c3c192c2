"""The setup cell, outside the checkout: it fetches the course where grulab is missing, and installs nothing.

A local clone stands in for GitHub: git itself is told to find the address there, so that the notebook that
runs is the very one that readers open.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import notebooks
import pytest
import settings
from source import HEADER

from tests.committing import commit

ROOT = Path(__file__).resolve().parents[1]
URL = "https://github.com/owner/name"
PAGE = """# A page

```{code-cell} ipython3
import numpy as np

from grulab.cell import Weights, step
```

```{code-cell} ipython3
weights = Weights(np.zeros((2, 3)), np.zeros((1, 3)), None, True)
step(weights, np.ones((1, 2)), np.ones((1, 1))).h.item()
```
"""
# Runs a notebook's code as Colab would see it: with every installed package, but not the course's own. Python
# with -S reads no .pth file, and such a file makes the checkout importable in the virtual environment.
READER = """
import ast, importlib.metadata, importlib.util, json, sys
sys.path += sys.argv[2:]
assert importlib.util.find_spec("grulab") is None, "grulab must be missing here"
installed = lambda: sorted((d.name, d.version) for d in importlib.metadata.distributions(path=sys.argv[2:]))
before = installed()
names, value = {}, None
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
print(json.dumps({"grulab": names["grulab"].__file__, "value": value, "same": installed() == before}))
"""


def start(command, folder, environment):
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def github(tmp_path_factory):
    """Return a repository of the package as it is now, with one commit after the one that readers fetch."""
    folder = tmp_path_factory.mktemp("github")
    shutil.copytree(ROOT / "grulab", folder / "grulab", ignore=shutil.ignore_patterns("__pycache__"))
    fetched = commit(folder, "what readers fetch")
    (folder / "grulab/cell.py").write_text(
        "raise ImportError('a later commit, which no notebook asked for')\n"
    )
    commit(folder, "later")
    return folder, fetched


@pytest.fixture
def read(tmp_path, github):
    """Build a page with an address, and run it in an empty folder; return what the process said."""
    repository, fetched = github
    course, outside = tmp_path / "course", tmp_path / "outside"
    for folder in (course / "book", course / "solutions", outside):
        folder.mkdir(parents=True)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    config = settings.replaced(config, ("repository", "url"), "")
    (course / "book/01_a.md").write_text(HEADER + PAGE)

    def run(url=URL, ref=fetched, repository=repository, path=os.environ["PATH"]):
        (course / "_config.yml").write_text(
            settings.with_address(config, url, ref) if url else config, encoding="utf-8"
        )
        notebooks.build(course)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT"))
        }
        environment |= {
            "PATH": path,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{repository}.insteadOf",
            "GIT_CONFIG_VALUE_0": URL,
        }
        packages = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        command = [sys.executable, "-I", "-S", "-c", READER, str(course / "book/01_a.ipynb"), *packages]
        return start(command, outside, environment), outside

    return run


def said(done):
    """Return the last line of a process that failed."""
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_the_course_is_fetched_where_it_is_missing_and_nothing_is_installed(read, github):
    done, outside = read()
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    folder = outside / f"grulab-{github[1][:12]}"
    assert result == {"grulab": str(folder / "grulab/__init__.py"), "value": 0.5, "same": True}
    assert [path.name for path in outside.iterdir()] == [folder.name]
    assert done.stderr == ""


def test_a_folder_that_was_fetched_is_used_again_without_a_network(read, tmp_path):
    read()
    done, _ = read(repository=tmp_path / "nothing")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["value"] == 0.5


@pytest.mark.parametrize("fault", ["no network", "no such commit", "half a folder"])
def test_what_cannot_be_fetched_ends_in_a_sentence(read, github, tmp_path, fault):
    ref = "0123456789ab" if fault == "no such commit" else github[1]
    folder = tmp_path / "outside" / f"grulab-{ref[:12]}"
    if fault == "half a folder":
        folder.mkdir()
        (folder / "README.md").touch()
    done, _ = read(ref=ref, repository=tmp_path / "nothing" if fault == "no network" else github[0])
    assert said(done) == (
        f"RuntimeError: The course did not come from {URL} ({ref}). Is there a network? "
        f"Delete the folder {folder} if it is there, and run this cell again."
    )


def test_without_git_the_cell_says_so(read, tmp_path):
    done, _ = read(path=str(tmp_path))
    assert said(done) == f"RuntimeError: git is missing: install it, or get the course from {URL} by hand."


def test_without_an_address_the_cell_says_what_to_do(read):
    done, outside = read(url="")
    message = "grulab is missing: open this notebook with `make lab` in a copy of the course."
    assert said(done) == f"ModuleNotFoundError: {message}"
    assert list(outside.iterdir()) == []


def test_where_grulab_is_at_hand_the_cell_does_nothing(tmp_path):
    for url in ("", URL):
        command = [sys.executable, "-c", notebooks.setup_cell(url, "main")]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PATH": ""}
        done = start(command, tmp_path, environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
