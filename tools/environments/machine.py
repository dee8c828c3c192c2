"""Find the Pythons that this machine has, and what their processes get of its surroundings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")
# what a reader's machine would not have: settings of the checkout and of whoever runs this
OURS = (
    "PYTHON",
    "GIT",
    "JUPYTER",
    "IPYTHON",
    "GRULAB",
    "MAKE",
    "MFLAGS",
    "MPL",
    "TF_XLA",
    "VIRTUAL_ENV",
    "KERAS",
)


def candidates(version: str):
    """Yield what may be ``python3.x``: on the PATH, then pyenv's, then what this environment is made of."""
    yield shutil.which(f"python{version}")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True)
    yield Path(sys.base_prefix) / "bin" / f"python{version}"
    yield from (Path(folder) / f"python{version}" for folder in ("/usr/local/bin", "/usr/bin"))


def real(path, version: str, user=()) -> str:
    """Return the Python that a program is, or "" if it does not run for a user, or cannot make environments.

    A stub or a shim is no Python: what it starts is.
    """
    code = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2], sys.executable)"
    command = [*user, path, "-I", "-c", code]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found, _, executable = done.stdout.strip().partition(" ")
    return executable if done.returncode == 0 and found == version else ""


def pythons(versions=VERSIONS, user=()) -> dict[str, str]:
    """Return the Pythons of this machine: version → path; ``user`` are words that have somebody run it."""
    found = {}
    for version in versions:
        for path in filter(None, candidates(version)):
            if executable := real(path, version, user):
                found[version] = executable
                break
    return found


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return an environment for processes: this one's without the checkout's settings, with a home."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    # the reviews are looked for where the caller has them
    keras = {name: os.environ[name] for name in ("KERAS_HOME",) if name in os.environ}
    return kept | {"HOME": str(home), "JUPYTER_PLATFORM_DIRS": "1", "PYTHONHASHSEED": "0"} | keras | more
