"""Try the course in each of its environments: `make environments`, or some by name.

python -m environments [NAME …]       a line for each environment: what passed, memory, seconds
"""

import argparse
import importlib
import os
import sys
import time

from source import Fault

from environments import checkout
from environments.place import BUILD, ROOT, Failure
from environments.trial import KERNELS
from grulab.processes import alone

NAMES = ("colab", "versions", "binder")
BUDGET = 25 * 60  # seconds, packages not counted


def say(text: str):
    """Print a line at once."""
    print(text, flush=True)


def attempt(name: str) -> tuple[bool, float]:
    """Try one environment and say what came of it; return whether it passed, and its seconds."""
    start = time.perf_counter()
    try:
        said, downloaded = importlib.import_module(f"environments.{name}").run(say)
    except (Failure, Fault) as failure:
        say(f"{name}: FAILED. {failure}")
        return False, time.perf_counter() - start
    seconds = time.perf_counter() - start - downloaded
    say(f"{name}: {said}; {seconds:.0f} s")
    return True, seconds


def main() -> int:
    """Try them one after the other; return 0 when all passed within the budget."""
    parser = argparse.ArgumentParser(prog="environments", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)} (default: all)")
    options = parser.parse_args()
    for name in options.names:
        if name not in NAMES:
            parser.error(f"{name} is no environment; there are {', '.join(NAMES)}")
    os.environ["JUPYTER_PATH"] = str(KERNELS)
    with alone(
        BUILD / "lock", "Other trials of environments are at work in this folder; waiting until they end."
    ):
        try:
            # all of them work on copies of what git knows: without it nothing is downloaded
            checkout.git(ROOT, "rev-parse", "HEAD")
        except Failure as failure:
            say(f"environments: {failure}")
            return 1
        outcomes = [attempt(name) for name in options.names or NAMES]
    total = sum(seconds for _, seconds in outcomes)
    say(f"environments: {total / 60:.0f} min without packages; the budget is {BUDGET // 60} min")
    return 0 if all(passed for passed, _ in outcomes) and total <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
