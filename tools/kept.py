"""Keep executed pages in jupyter-cache so that nothing half-written is ever read.

jupyter-cache notes a page before it writes it, and writes in place. Each note therefore carries the hash of
what must stand in the file. A page that does not agree with its note is forgotten, and executed again.
"""

import hashlib
import os
import shutil
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from sqlalchemy.exc import SQLAlchemyError

KEPT_CACHES = 4
# by these words SQLite says that it cannot read what is there; other errors, of a full disk say, pass
UNREADABLE = ("no such table", "no such column", "not a database", "malformed")


def hash_of(text: str) -> str:
    """Return the hash of a notebook's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def place(cache, hashkey: str) -> Path:
    """Return the file that jupyter-cache keeps a page in."""
    return Path(cache.path, "executed", hashkey, "base.ipynb")


def open_cache(folder: Path):
    """Return the cache in a folder, with whole pages only; a cache that cannot be read begins anew.

    Raises ``OSError`` where the folder cannot be made or written; then the pages in it stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        cache = cache_of_whole_pages(folder)
    except (RuntimeError, SQLAlchemyError) as error:
        if not any(words in why(error) for words in UNREADABLE):
            raise OSError(None, why(error), str(folder)) from error
        print(f"{folder} was left unfinished: its pages are executed again.", flush=True)
        shutil.rmtree(folder)
        folder.mkdir()
        try:
            cache = cache_of_whole_pages(folder)
        except (RuntimeError, SQLAlchemyError) as error:
            raise OSError(None, why(error), str(folder)) from error
    os.utime(folder)  # the newest of all, whatever the clock said when it was made
    return cache


def cache_of_whole_pages(folder: Path):
    """Return the cache in a folder, and forget each page in it that is not whole."""
    cache = get_cache(str(folder))
    cache.list_project_records(), cache.get_cache_limit()  # an interruption may have left some tables out
    for record in cache.list_cache_records():
        if not is_whole(cache, record):
            # the note goes last: an interruption here leaves it, and the next run comes back to it
            shutil.rmtree(place(cache, record.hashkey).parent, ignore_errors=True)
            type(record).remove_record(record.pk, cache.db)
    return cache


def why(error: Exception) -> str:
    """Return what SQLite says was wrong."""
    cause = error.__cause__ or error
    return str(getattr(cause, "orig", cause))


def is_whole(cache, record) -> bool:
    """Return whether the file of a page is the one that was to be written."""
    try:
        text = place(cache, record.hashkey).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    return hash_of(text) == (record.data or {}).get("hash")


def keep(cache, notebook, source: str, data: dict):
    """Keep an executed page. Raises ``OSError`` where it cannot be written."""
    bare, hashkey = cache.create_hashed_notebook(notebook)
    data = {**data, "hash": hash_of(nbformat.writes(bare, nbformat.NO_CONVERT))}
    # jupyter-cache stumbles over a folder without a page in it
    shutil.rmtree(place(cache, hashkey).parent, ignore_errors=True)
    try:
        cache.cache_notebook_bundle(
            CacheBundleIn(notebook, source, data=data), check_validity=False, overwrite=True
        )
    except (RuntimeError, SQLAlchemyError) as error:
        raise OSError(None, why(error), str(cache.path)) from error


def tidy(folder: Path):
    """Keep the few newest of the folders beside this one, and this one in any case."""
    others = [path for path in folder.parent.iterdir() if path.is_dir() and path != folder]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT_CACHES - 1 :]:
        shutil.rmtree(path)
