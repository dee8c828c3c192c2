"""Make an environment of given packages once, and find it again by a hash of what it is made of."""

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# hidden: Sphinx looks for pages below every other folder, and there are tens of thousands here
BUILD = ROOT / "_build" / ".environments"
PLACES = BUILD / "places"
GB = 1e9
ROOM = 4  # GB that an environment takes, about
KEPT = 2  # environments of one name: the present one and the one before


class Failure(Exception):
    """What did not hold in an environment, in a sentence."""


def uv(*words, text: str | None = None) -> str:
    """Run uv and return what it prints; raise ``Failure`` with its last lines."""
    command = [sys.executable, "-m", "uv", *map(str, words)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise Failure(f"uv {words[0]} {words[1]} failed:\n{done.stderr.strip()}")
    return done.stdout


@dataclass(frozen=True)
class Place:
    """A virtual environment: ``name`` for people, ``folder`` where it lies."""

    name: str
    folder: Path

    @property
    def python(self) -> str:
        """The path of its Python."""
        return str(self.folder / "bin" / "python")

    def frozen(self) -> str:
        """Return the packages that are installed, one line each."""
        return uv("pip", "freeze", "--python", self.python)


def folder_for(name: str, python: str, packages: str, recipe: str = "") -> Path:
    """Return where an environment lies; another Python, package or recipe gives another folder."""
    version = subprocess.run([python, "-VV"], capture_output=True, text=True, check=True).stdout
    # an environment knows its own path: in a checkout that was moved it is another one
    made_of = "\0".join((str(ROOT), python, version, packages, recipe))
    return PLACES / f"{name}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"


def tidy(name: str):
    """Remove all but the newest environments of a name."""
    folders = PLACES.glob(f"{name}-????????????")
    for folder in sorted(folders, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(folder)


def with_uv(python: str, folder: Path, packages: str):
    """Make an environment of wheels alone, by uv."""
    uv("venv", "--quiet", "--no-project", "--python", python, folder)
    options = ("--quiet", "--no-deps", "--only-binary", ":all:", "--python", folder / "bin" / "python")
    uv("pip", "install", *options, "--requirement", "-", text=packages)


def check_room():
    """Raise ``Failure`` where the disk is too small for one more environment."""
    free = shutil.disk_usage(BUILD).free / GB
    if free < ROOM:
        raise Failure(f"An environment takes about {ROOM} GB of disk; {free:.1f} GB are free in {BUILD}.")


def place(name: str, python: str, packages: str, say, make=with_uv) -> tuple[Place, float]:
    """Return an environment of these pins, made if it is missing, and the seconds that its packages took."""
    folder = folder_for(name, python, packages, make.__name__)
    made = folder / ".made"
    start = time.perf_counter()
    if not made.exists():
        shutil.rmtree(folder, ignore_errors=True)
        check_room()
        folder.parent.mkdir(parents=True, exist_ok=True)
        make(python, folder, packages)
        made.touch()
        say(f"{name}: packages installed in {time.perf_counter() - start:.0f} s (not counted)")
    tidy(name)
    return Place(name, folder), time.perf_counter() - start
