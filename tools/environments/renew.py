"""Renew tests/colab.txt from what `pip freeze` says in Colab: `make colab FREEZE=freeze.txt COLAB=3.13`."""

import datetime
import re
import sys
import tempfile
import tomllib
from pathlib import Path

from environments.colab import PINS
from environments.machine import VERSIONS
from environments.place import ROOT, Failure, uv

# a kernel and its widgets, beside what the package needs
KERNEL = ("ipykernel", "ipython", "notebook", "jupyter-client")
HEADER = """\
# What Colab has of all that this course needs: Python {python}, on {date}.
# Renewed by `make colab` from Colab's `pip freeze`; ENVIRONMENTS.md says how and when.
"""


def frozen(text: str) -> list[str]:
    """Return the pins of a freeze: lines with a version, none that lead to a file or an address."""
    return [line for line in text.splitlines() if re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)]


def plain(name: str) -> str:
    """Return a package's name as it is compared: in small letters, its parts joined by ``-``."""
    return re.sub("[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def renewed(freeze: str, python: str, date: str) -> str:
    """Return the text of tests/colab.txt: what the course needs, at the versions of the freeze."""
    pins = frozen(freeze)
    if not any(pin.startswith("tensorflow==") for pin in pins):
        raise Failure("This freeze names no tensorflow==…: is it what `pip freeze` printed in Colab?")
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lacking = {plain(need) for need in [*needs, *KERNEL]} - {plain(pin) for pin in pins}
    if lacking:
        raise Failure(f"This freeze lacks {', '.join(sorted(lacking))}, which notebooks import in Colab.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "freeze.txt"
        file.write_text("\n".join(pins), encoding="utf-8")
        options = ("--quiet", "--only-binary", ":all:", "--python-version", python, "--constraint", file)
        wanted = "\n".join([*needs, *KERNEL])
        found = uv("pip", "compile", *options, "--no-annotate", "--no-header", "-", text=wanted)
    return HEADER.format(python=python, date=date) + found


def main(arguments: list[str]) -> int:
    """Write the file; return the exit status."""
    if len(arguments) != 2 or arguments[1] not in VERSIONS or not Path(arguments[0]).is_file():
        print(
            f"Name Colab's freeze and Python: make colab FREEZE=freeze.txt COLAB={VERSIONS[-1]}",
            file=sys.stderr,
        )
        return 1
    freeze, python = arguments
    try:
        text = renewed(Path(freeze).read_text(encoding="utf-8"), python, datetime.date.today().isoformat())
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    PINS.write_text(text, encoding="utf-8")
    print(f"{PINS.name} is renewed. Look at the difference, then run: make environments NAMES=colab")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
