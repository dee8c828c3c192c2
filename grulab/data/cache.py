"""Keep verified copies of IMDB's two files where Keras looks for them.

``keras.datasets.imdb`` downloads without a time limit and writes in place; this module fetches before Keras
is asked, and every file is compared with the hash that Keras pins. Nothing here imports Keras.
"""

import os
import sys
import tempfile
import urllib.parse
from contextlib import suppress
from pathlib import Path

from grulab.data.download import Pin, Unavailable, download, fault, not_written

# hashes as in keras/src/datasets/imdb.py; a test compares them with the installed Keras
PINS = {
    "imdb.npz": Pin(17_464_789, "sha256", "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"),
    "imdb_word_index.json": Pin(1_641_221, "md5", "bfafd718b763782e994055a2d397834f"),
}
_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_FALLBACK = os.path.join("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir(), ".keras")


def folders():
    """Return the folder that Keras reads data from, and the one that ``KERAS_HOME`` names.

    They are the same, but where the latter is read-only: there Keras turns to a folder of its own in /tmp,
    without looking for a copy in the first. ``KERAS_HOME`` is made if it is missing, as Keras does.
    """
    default = os.path.expanduser("~")
    default = os.path.join(default if os.access(default, os.W_OK) else "/tmp", ".keras")
    home = os.path.expanduser(os.environ.get("KERAS_HOME", default))
    with suppress(OSError):
        os.makedirs(home, exist_ok=True)
    return [Path(base, "datasets") for base in (home if os.access(home, os.W_OK) else _FALLBACK, home)]


def is_cached():
    """Tell whether Keras will find good copies of both files without a network, as ``provide`` sees to it."""
    folder, named = folders()
    # what lies in the other folder is of use where a link to it can be made
    sources = [folder, named] if _can_be_made(folder) else [folder]
    return all(any(fault(source / name, pin) is None for source in sources) for name, pin in PINS.items())


def _can_be_made(folder):
    """Tell whether files can be written into a folder, or into one that has yet to be made."""
    there = next(path for path in (folder, *folder.parents) if os.path.exists(path))
    return there.is_dir() and os.access(there, os.W_OK)


def provide():
    """Make sure that Keras will find good copies of both files; return in words where they are from.

    A damaged file is said on the error stream and replaced. Raises ``Unavailable`` when a file is missing or
    damaged and cannot be fetched.
    """
    folder, named = folders()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    fetched = [name for name, pin in PINS.items() if _fetch(name, pin, folder / name, named / name)]
    if fetched:
        return f"downloaded from {urllib.parse.urlsplit(_ORIGIN).netloc} to {folder}"
    return f"cached in {folder}"


def _fetch(name, pin, path, elsewhere):
    """Make ``path`` a good copy; return whether it had to be downloaded."""
    found = fault(path, pin)
    if found is None:
        return False
    if elsewhere != path and fault(elsewhere, pin) is None:
        _link(elsewhere, path)
        return False
    if os.path.exists(path):
        print(f"{path} {found}. It is not used; a fresh copy is fetched.", file=sys.stderr, flush=True)
    try:
        download(_ORIGIN + name, path, pin)
    except Unavailable as error:
        if not os.path.exists(path):
            raise
        raise Unavailable(f"{path} {found}, and {error}", f"{name} {found}, and {error.short}") from error
    return True


def _link(source, path):
    """Give Keras' own folder a link to a good copy that lies where Keras will not look."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.link")
    try:
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(source.resolve())
        os.replace(temporary, path)
    except OSError as error:
        raise not_written(path, error) from error
