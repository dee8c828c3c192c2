"""Binder: what its builder (repo2docker) makes of ``.binder/``, then a learner at work in the browser.

The builder's steps: a Python of ``runtime.txt``, an ordinary user whose home is the repository, ``pip install
-r .binder/requirements.txt`` without a cache, then ``.binder/postBuild``. ``.binder/start`` starts
JupyterLab as that user.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import nbformat
import server

from benchmarks.build import Peak
from environments import checkout
from environments.colab import FOLDERS
from environments.machine import pythons, surroundings
from environments.place import BUILD, PLACES, ROOT, Failure, Place, place
from environments.trial import GB, MOST, execute, execute_all, say_kernel

FOLDER = ROOT / ".binder"
KNOWN = {"requirements.txt", "runtime.txt", "postBuild", "start"}  # the files whose steps are done here
NOBODY = 65534


def version_of(folder: Path) -> str:
    """Return the version of Python that ``runtime.txt`` names; raise ``Failure`` for a step unknown here."""
    unknown = {path.name for path in folder.iterdir()} - KNOWN
    if unknown:
        raise Failure(
            f".binder/{min(unknown)} is a step of Binder's builder that environments/binder.py lacks."
        )
    return (folder / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")


def user() -> tuple[str, ...]:
    """Return the words before a command that make an ordinary user run it; none where nobody else can."""
    if os.geteuid():
        return ()
    # setpriv itself can still open what only root may; what `env` starts cannot
    words = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "env")
    reaches = (
        shutil.which("setpriv")
        and not subprocess.run(
            [*words, "test", "-x", str(BUILD)], check=False, capture_output=True
        ).returncode
    )
    return words if reaches else ()


def own(path: Path):
    """Give a folder to the ordinary user."""
    if user():
        for one in (path, *path.rglob("*")):
            os.chown(one, NOBODY, NOBODY, follow_symlinks=False)


def step(command, home: Path, environment: dict):
    """Run one step of the build in the repository, as the user; raise ``Failure`` with its last lines."""
    done = subprocess.run(
        [*user(), *command], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failure(f"{' '.join(map(str, command))} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def build(home: Path, environment: dict, say) -> tuple[Place, float]:
    """Do what the builder does; return the environment, and the seconds that its packages took."""
    version = version_of(FOLDER)
    python = pythons((version,), user()).get(version)
    if python is None:
        raise Failure(f"Binder's Python is {version}; this machine has none that an ordinary user may run.")

    def with_pip(python, folder, packages):
        folder.mkdir()
        own(folder)
        step([python, "-m", "venv", folder], home, environment)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-cache-dir"]
        step([*pip, "-r", ".binder/requirements.txt"], home, environment)

    pins = "".join(
        path.read_text(encoding="utf-8") for path in (FOLDER / "requirements.txt", ROOT / "requirements.txt")
    )
    made, seconds = place("binder", python, pins, say, with_pip)
    environment["PATH"] = os.pathsep.join((str(made.folder / "bin"), environment["PATH"]))
    step(["./.binder/postBuild"], home, environment)
    return made, seconds


@contextmanager
def jupyterlab(there: Place, home: Path, environment: dict):
    """Start JupyterLab as the user, in the repository; give its address and the watch over its memory."""
    options = ["--LabApp.expose_app_in_browser=True"]
    options += [] if user() or os.geteuid() else ["--allow-root"]
    python = [*user(), "./.binder/start", there.python]
    places = {"cwd": home, "env": environment}
    try:
        with server.jupyterlab(python, BUILD / "binder.log", *options, **places) as (address, one):
            watch = Peak(one.pid)
            watch.start()
            try:
                yield address, watch
            finally:
                watch.ended.set()
    except server.NotServed as error:
        raise Failure(str(error)) from None


def browse(address: str):
    """Have a learner work in the browser; raise ``Failure`` with what was seen when it did not go well."""
    tests = str(ROOT / "tests" / "browser" / "binder_way.py")
    path = os.pathsep.join((str(ROOT / "tools"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "tools/browser.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not done.returncode:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests]
        surroundings = os.environ | {"GRULAB_BINDER": address, "PYTHONPATH": path}
        done = subprocess.run(
            command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise Failure((done.stdout + done.stderr)[-6000:])


def recorded() -> dict[str, int]:
    """Return the bytes that pages held when `make book` executed them: page → bytes, if known."""
    from execution import cache_folder
    from jupyter_cache import get_cache

    from book import pages_of_toc, read_page

    cache = get_cache(str(cache_folder()))
    found = {}
    for page in pages_of_toc():
        notebook = read_page(page)
        try:
            memory = notebook and cache.match_cache_notebook(notebook).data.get("memory")
        except KeyError:
            continue
        if memory:
            found[page] = memory
    return found


def to_execute(pages: list[str], known: dict[str, int]) -> list[str]:
    """Return the pages to execute: those whose memory is unknown, and the one that held the most."""
    return [page for page in pages if page not in known or known[page] == max(known.values())]


def run(say) -> tuple[str, float]:
    """Try the course as on Binder; return what passed, and the seconds of packages. Raises ``Failure``."""
    if not os.geteuid():
        for folder in (BUILD.parent, BUILD, PLACES):  # whatever the umask was, the ordinary user gets in
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
    home = checkout.copy(BUILD / "binder")
    own(home)
    environment = surroundings(home)
    there, seconds = build(home, environment, say)
    with jupyterlab(there, home, environment) as (address, watch):
        browse(address)
    say(f"  JupyterLab: an exercise solved, widgets moved; server and kernels {watch.bytes / GB:.2f} GB")

    built = (path for name in FOLDERS for path in sorted((home / name).glob("*.ipynb")))
    pages = [f"{path.parent.name}/{path.stem}" for path in built]
    known = recorded()
    # whose kernel it is changes nothing in what it holds
    kernel = say_kernel(there, str(home / ".binder" / "start"))
    jobs = [
        partial(
            execute, page, nbformat.read(home / f"{page}.ipynb", 4), kernel, (home / page).parent, environment
        )
        for page in to_execute(pages, known)
    ]
    ran = execute_all(jobs, say)
    held = known | {one.name: one.memory for one in ran}
    page, memory = max(held.items(), key=lambda item: item[1])
    if memory > MOST:
        raise Failure(f"{page} held {memory / GB:.2f} GB; a notebook may hold {MOST / GB} GB")
    who = "an ordinary user" if user() or os.geteuid() else "root, since no other user reaches this folder"
    return (
        f"built and served as {who}; an exercise solved in the browser; {len(held)} notebooks, "
        f"{len(ran)} of them executed here; {memory / GB:.2f} GB at most ({page})"
    ), seconds
