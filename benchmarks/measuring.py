"""Measure two things side by side, in turn, so that a busy moment of the machine hits both."""

import importlib
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# what a run leaves behind: logs, pages, what npm fetched
FOLDER = Path(__file__).parents[1] / "_build" / "bench"


@dataclass(frozen=True)
class Timing:
    """Hold how long one of the things took, in seconds: the ``first`` call, the ``median`` and its ``runs``.

    What is done once only (tracing, compiling, loading) is in the first call alone.
    """

    first: float
    median: float
    runs: int

    def times(self, factor: float) -> "Timing":
        """Return the timing of ``factor`` times as much of the same."""
        return Timing(self.first * factor, self.median * factor, self.runs)


@dataclass(frozen=True)
class Row:
    """Hold one line of the table.

    ``ours`` and ``against`` are figures with their units, as text; ``ratio`` is what the target speaks of,
    and ``met`` whether it stands (None where the line has no target). ``runs`` says how often each was run.
    """

    what: str
    ours: str
    against: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    runs: int = 1


HEAD = "| what | ours | against | ratio | target | met | runs |\n|---|---|---|---|---|---|---|"


def line(row: Row) -> str:
    """Return a row as a line of a table in Markdown."""
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    met = {None: "", True: "yes", False: "**no**"}[row.met]
    return f"| {row.what} | {row.ours} | {row.against} | {ratio} | {row.target} | {met} | {row.runs} |"


def duration(seconds: float) -> str:
    """Return a time as text, in the unit that suits it."""
    if seconds < 1:
        return f"{1000 * seconds:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 100 else f"{seconds / 60:.3g} min"


def accuracies(test: list[float], validation: list[float]) -> str:
    """Return as text what trainings came to: the mean, the worst and the best, and the mean on validation."""
    if len(test) == 1:
        return f"{test[0]:.4f}"
    chosen = f"; validation {statistics.mean(validation):.4f}" if validation else ""
    return f"{statistics.mean(test):.4f} ({min(test):.4f} to {max(test):.4f}{chosen})"


def costs(what: str, ours: Timing, name: str, against: Timing, at_most: float | None = None) -> Row:
    """Return the row that says how many times the other's time ours takes, ``at_most`` so many if given."""
    ratio = ours.median / against.median
    target, met = ("", None) if at_most is None else (f"at most {at_most:g}", ratio <= at_most)
    return beside(f"{what}, times the cost", ours, name, against, ratio, target, met)


def is_faster(what: str, ours: Timing, name: str, against: Timing, at_least: float | None = None) -> Row:
    """Return the row that says how many times faster ours is, ``at_least`` so many if given."""
    ratio = against.median / ours.median
    target, met = ("", None) if at_least is None else (f"at least {at_least:g}", ratio >= at_least)
    return beside(f"{what}, times faster", ours, name, against, ratio, target, met)


def beside(what: str, ours: Timing, name: str, against: Timing, ratio: float, target: str, met) -> Row:
    """Return the row of two timings."""
    texts = duration(ours.median), f"{name}: {duration(against.median)}"
    return Row(what, *texts, ratio, target, met, min(ours.runs, against.runs))


def within(what: str, ours: Timing, seconds: float, against: str = "") -> Row:
    """Return the row of a time that has to stay under so many seconds."""
    target, met = f"under {duration(seconds)}", ours.median < seconds
    return Row(what, duration(ours.median), against, None, target, met, ours.runs)


def first_calls(what: str, ours: Timing, name: str, against: Timing) -> Row:
    """Return the row of the two first calls, which pay for tracing, compiling and loading."""
    texts = duration(ours.first), f"{name}: {duration(against.first)}"
    return Row(what, *texts, ours.first / against.first)


def rows_of(name: str) -> tuple[list[Row], bool]:
    """Return the lines of one benchmark, and whether it failed.

    It is a module of this folder with a function ``rows()``. After an error the last line says so, behind
    those that were there before, and all of it is printed.
    """
    rows, failed = [], False
    try:
        for row in importlib.import_module(f"benchmarks.{name}").rows():
            rows.append(row)  # each by itself: those before an error stay
    except Exception as error:
        traceback.print_exc()
        said = " ".join(str(error).split())[:200]
        rows.append(Row(name, f"failed: {type(error).__name__}: {said}"))
        failed = True
    return rows, failed


def runs_for(seconds: float) -> int:
    """Return how often to run what takes so many seconds: 5 times below 10 s, 3 below a minute, else once."""
    return 5 if seconds < 10 else 3 if seconds < 60 else 1


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long one call takes, in seconds."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def in_turn(*actions: Callable[[], object], seconds_of: Callable[..., float] = seconds_of) -> list[Timing]:
    """Call each action once, and then all of them in turn; return the ``Timing`` of each.

    The first call says how often the others follow: the slowest action decides for all. What takes a minute
    or more is not called again. ``seconds_of`` calls an action and returns how long it took; it is
    ``operator.call`` where the action itself returns that.
    """
    first = [seconds_of(action) for action in actions]
    runs = runs_for(max(first))
    if runs == 1:
        return [Timing(seconds, seconds, 1) for seconds in first]
    rounds = [[seconds_of(action) for action in actions] for _ in range(runs)]
    return [
        Timing(begin, statistics.median(times), runs)
        for begin, times in zip(first, zip(*rounds, strict=True), strict=True)
    ]
