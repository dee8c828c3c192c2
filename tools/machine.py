"""Say in one sentence why the course cannot be installed here with this Python, before any download.

    python3 tools/machine.py [GB that must be free]

It needs nothing but Python 3.6, so that an interpreter that is too old can say so. Where all is well, what it
says ends with the word "suits", and its exit status is 0.
"""

import importlib.util
import os
import platform
import shutil
import sys

OLDEST, NEWEST = (3, 11), (3, 13)  # TensorFlow has wheels for these
GLIBC = (2, 28)  # what the wheels of NumPy and others are built against
PROCESSORS = {"linux": ("x86_64", "aarch64"), "darwin": ("arm64",), "win32": ("AMD64",)}
NEED_GB = 6
ANOTHER = "Install one, for example with your package manager, or name it: make PYTHON=/path/to/python3.13"
ELSEWHERE = "Read the course on its site, or open its notebooks in Colab or Binder."


def of_python() -> str:
    """Return what is amiss with the interpreter, or ``""``."""
    here = f"{sys.executable} is Python {platform.python_version()}"
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return f"{here}, but TensorFlow has wheels for Python 3.11, 3.12 and 3.13 only. {ANOTHER}"
    kind = "free-threaded" if "free-threading" in sys.version else platform.python_implementation()
    if kind != "CPython":
        return f"{here} ({kind}), but TensorFlow has wheels for the usual CPython only. {ANOTHER}"
    if sys.maxsize <= 2**32:
        return f"{here} with 32 bit, but TensorFlow has wheels for 64 bit only. {ANOTHER}"
    for name in ("venv", "ensurepip"):
        if importlib.util.find_spec(name) is None:
            mend = f"On Debian and Ubuntu: sudo apt install python3.{sys.version_info[1]}-venv"
            return f"{sys.executable} lacks the module {name}. {mend}"
    return ""


def of_system() -> str:
    """Return what is amiss with the operating system, or ``""``."""
    processor = platform.machine()
    if (sys.platform, processor) == ("darwin", "x86_64"):
        return f"TensorFlow has no wheel for Macs with an Intel processor, nor for their Python. {ELSEWHERE}"
    if processor not in PROCESSORS.get(sys.platform, ()):
        return f"TensorFlow has no wheel for {platform.system()} on {processor}. {ELSEWHERE}"
    if sys.platform != "linux":
        return ""
    name, version = platform.libc_ver()
    if name != "glibc":
        return f"TensorFlow has no wheel for a Linux without glibc, such as Alpine with its musl. {ELSEWHERE}"
    if tuple(int(part) for part in version.split(".")[:2]) < GLIBC:
        return f"This Linux has glibc {version}, but the packages need 2.28 or newer. {ELSEWHERE}"
    return ""


def of_folder(folder: str, need: float) -> str:
    """Return what is amiss with the folder that the environment is made in, or ``""``."""
    if os.pathsep in folder:
        return f'Python makes no environment below a path with "{os.pathsep}" in it. Move {folder}.'
    if not os.access(folder, os.W_OK):
        return f"You may not write in {folder}. Clone the course to a folder of your own."
    try:
        free = shutil.disk_usage(folder).free / 1e9
    except OSError:  # a disk that does not tell
        return ""
    if free < need:
        mend = "Make room, or move the checkout."
        return f"The packages need about {need:g} GB of disk; {free:.1f} GB are free in {folder}. {mend}"
    return ""


if __name__ == "__main__":
    need = float(sys.argv[1]) if len(sys.argv) > 1 else NEED_GB
    amiss = of_python() or of_system() or of_folder(os.getcwd(), need)
    print(amiss or f"Python {platform.python_version()} suits")
    sys.exit(bool(amiss))
