"""Measure what the reader waits for and print one table: ``python -m benchmarks [NAME …]``.

Each benchmark is a module of this folder with a function ``rows()`` that yields lines of the table. It runs
in a process of its own, one after the other, so that none inherits another's memory or compiled functions.
One that fails has a line that says so, behind those that it has; the others go on. The command ends with 1.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks import build, machine
from benchmarks.measuring import HEAD, Row, line, rows_of
from grulab.processes import end_with_parent

# in the order of the table, and of the runs: pages are measured of the site that `build` has built
NAMES = ("sine", "imdb", "gates", "update", "growth", "epoch", "build", "pages", "checks")


def in_order(asked: Sequence[str]) -> list[str]:
    """Return the benchmarks that are asked for, each once, in the order of ``NAMES``; all, if none is.

    Raises a ValueError with a sentence for a name that is none of them.
    """
    if unknown := [name for name in asked if name not in NAMES]:
        raise ValueError(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(NAMES)}.")
    return [name for name in NAMES if name in asked or not asked]


def main() -> int:
    """Print the table of the benchmarks that are named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(NAMES)} (all, if none)")
    try:
        names = in_order(parser.parse_args().names)
    except ValueError as error:
        parser.error(str(error))
    # compiling counts, so nothing is taken from what TensorFlow compiled in an earlier run
    os.environ.pop("TF_XLA_FLAGS", None)
    print(f"{machine.described()}\n\n{HEAD}", flush=True)
    begin, missed, failed = time.perf_counter(), 0, 0
    for name in names:
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=end_with_parent) as process:
            try:
                rows, has_failed = process.submit(rows_of, name).result()
            except Exception as error:  # the process itself is gone
                traceback.print_exception(error)
                rows, has_failed = [Row(name, f"failed: {type(error).__name__}")], True
        failed += has_failed
        for row in rows:
            print(line(row), flush=True)
            missed += row.met is False
        if name == "build" and (build.SITE / "index.html").exists():
            # pages are measured of this site, unless somebody names another
            os.environ.setdefault("GRULAB_SITE", os.fspath(build.SITE))
    minutes = (time.perf_counter() - begin) / 60
    print(f"\n{minutes:.1f} min; {missed} targets missed, {failed} benchmarks failed.")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
