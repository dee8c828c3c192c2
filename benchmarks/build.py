"""The book and ``make test`` in a fresh clone, against the budgets: time, and memory at its peak.

What is cloned is the last commit, into the folder for temporary files (TMPDIR names another), with an
environment of its own: about 6 GB. Installing packages has a line of its own, and is not counted. The site
stays in ``SITE``, where the rows on pages find it.
"""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.measuring import FOLDER, Row, duration, runs_for
from grulab.processes import end_with_parent

ROOT = Path(__file__).parents[1]
LOG, SITE = FOLDER / "build.log", FOLDER / "html"
# the steps of `make test`; the book goes first, so that nothing which another step leaves behind is there
INSTALL, BOOK, OTHERS = ".venv/.tools", "book", ("lint", "check", "unit", "nbval", "embedded", "browser")
# budgets in seconds; a third of each should be left
COLD, AGAIN, TEST, LEFT = 20 * 60, 30, 50 * 60, 1 / 3
GIB = 2**30
MEMORY = 4 * GIB
# a page to be changed, and a cell that changes it
PAGE = "book/02_equations"
CELL = "\n```{code-cell} ipython3\n1 + 1;\n```\n"
# what belongs to the checkout that measures, and not to the clone
OURS = re.compile(r"MAKE|MFLAGS|TF_XLA_FLAGS|IPYTHONDIR|MPLCONFIGDIR|GRULAB_|VIRTUAL_ENV")


@dataclass(frozen=True)
class Step:
    """Hold what a command took: ``seconds``, ``memory`` in bytes at its peak, and what it printed."""

    seconds: float
    memory: int
    said: str


def memory_of(process: psutil.Process) -> int:
    """Return the bytes that a process and all below it hold; what several share counts once, on Linux."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            held = one.memory_full_info()
            # a share of each page, so that the sum counts it once; other systems tell what is a process' own
            total += getattr(held, "pss", held.uss)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue  # it has ended meanwhile
    return total


class Peak(threading.Thread):
    """Look at a process and all below it, each second, and keep the most memory that they held."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.process = psutil.Process(pid)
        self.ended = threading.Event()
        self.bytes = 0

    def run(self):
        """Look until it has ended."""
        while not self.ended.wait(1):
            try:
                self.bytes = max(self.bytes, memory_of(self.process))
            except psutil.NoSuchProcess:
                return


def make(clone: Path, target: str) -> Step:
    """Run a command of the Makefile; raise a RuntimeError with its last lines if it fails."""
    environment = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    begin = time.perf_counter()
    with LOG.open("a+") as log:
        start = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            ["make", target],
            cwd=clone,
            env=environment,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent,
        )
        peak = Peak(process.pid)
        peak.start()
        code = process.wait()
        seconds = time.perf_counter() - begin
        peak.ended.set()
        log.seek(start)
        said = log.read()
    if code:
        raise RuntimeError(f"make {target} ended with {code}; the whole log is {LOG}.\n{said[-2000:]}")
    return Step(seconds, peak.bytes, said)


def within_budget(what: str, seconds: float, budget: float, runs: int = 1) -> Row:
    """Return the row of a time of which a third of the budget should be left."""
    ratio, share = seconds / budget, 1 - LEFT
    texts = duration(seconds), f"budget: {duration(budget)}"
    return Row(what, *texts, ratio, f"at most {share:.2g} of it", ratio <= share, runs)


def repeated(action: Callable[[], float]) -> tuple[float, int]:
    """Return the median of the seconds that an action tells, and how often it was called for that."""
    seconds = [action()]
    seconds += [action() for _ in range(runs_for(seconds[0]) - 1)]
    return statistics.median(seconds), len(seconds)


def memory(peak: int) -> str:
    """Return bytes as text; none were seen where the system does not tell."""
    return f"{peak / GIB:.2g} GiB" if peak else "not measured"


def page_changed(clone: Path) -> float:
    """Change a page and build the book; return the seconds that it took beside the page's own execution."""
    with (clone / f"{PAGE}.md").open("a") as page:
        page.write(CELL)
    step = make(clone, BOOK)
    return step.seconds - float(re.search(rf"{PAGE}: (\d+) s", step.said)[1])


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    shutil.rmtree(SITE, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "course"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        yield Row("– installing packages, not counted", duration(make(clone, INSTALL).seconds))
        book = make(clone, BOOK)
        shutil.copytree(clone / "_build" / "html", SITE)
        yield within_budget("`make book`, cold", book.seconds, COLD)
        fits = book.memory < MEMORY if book.memory else None
        yield Row("memory of `make book` at its peak", memory(book.memory), target="under 4 GiB", met=fits)
        steps = {BOOK: book} | {name: make(clone, name) for name in OTHERS}
        yield within_budget("`make test`", sum(step.seconds for step in steps.values()), TEST)
        parts = ", ".join(f"{name} {duration(step.seconds)}" for name, step in steps.items())
        yield Row("– its steps", parts)
        peaks = ", ".join(f"{name} {memory(step.memory)}" for name, step in steps.items())
        yield Row("– their memory at its peak", peaks)
        again, runs = repeated(lambda: make(clone, BOOK).seconds)
        yield within_budget("`make book`, nothing changed", again, AGAIN, runs)
        changed, runs = repeated(lambda: page_changed(clone))
        what = f"`make book`, one page changed (`{PAGE}`), beside that page's own time"
        yield within_budget(what, changed, AGAIN, runs)
