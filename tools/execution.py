"""Decide where executed pages are kept, so that a change in the code never shows stale results.

jupyter-cache compares notebooks, not the modules that they import. The folder's name therefore carries a
hash of everything else that a result depends on: the package, the hidden checks, the pins, Python, what is
kept of a run, and where the reviews come from.
"""

import hashlib
import os
import platform
from pathlib import Path

import settings
from address import find_address

from grulab.data.prose import read_prose
from grulab.data.source import available_source

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "_build"
READS_PROSE = {"book/08a_language"}  # pages whose data are other pages
FOLDER = "GRULAB_EXECUTED"  # by this variable Sphinx learns where the pages are that were executed for it
LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints"}


def digest(paths, *words) -> str:
    """Return a short hash of the names and contents of files, and of words."""
    hasher = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        hasher.update(f"\0{path.relative_to(ROOT)}\0".encode())
        hasher.update(path.read_bytes())
    return hasher.hexdigest()[:16]


def files(*folders):
    """Yield every file below the folders, but for what Python leaves behind."""
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not LEFT_BEHIND & set(path.parts):
                yield path


def execution_key() -> str:
    """Return the hash of what results depend on beside the page itself."""
    return digest(
        [*files("grulab", "tests/hidden"), ROOT / "tools" / "widget_state.py", ROOT / "requirements.txt"],
        available_source(),
        platform.python_version(),
        platform.machine(),
    )


def data_key(page: str) -> str:
    """Return the hash of what a page reads of other pages; "" for a page that reads nothing."""
    return digest((), *read_prose().values()) if page in READS_PROSE else ""


def rendering_key() -> str:
    """Return the hash of what the look of the site depends on beside the pages."""
    looks = [ROOT / "_config.yml", ROOT / "_toc.yml"]
    looks += [path for path in (ROOT / "book").glob("*") if path.suffix in {".bib", ".yml"}]
    environment = [
        f"{name}={os.environ.get(name, '')}" for name in sorted(os.environ) if name.startswith("BOOK_")
    ]
    # the address that buttons lead to may come from a remote of git
    configured = settings.from_config((ROOT / settings.CONFIG).read_text(encoding="utf-8")).url
    words = [execution_key(), find_address(configured, ROOT), *environment]
    looks += files("book/_ext", "book/_static", "book/_templates", "tools")
    return digest(looks, *words)


def cache_folder() -> Path:
    """Return the folder of executed pages for the state of the code as it is now."""
    return BUILD / "executed" / execution_key()
