"""Decide where reviews come from: IMDB, or the embedded reviews.

The environment variable ``GRULAB_REVIEWS`` says what "auto" means: "auto" (IMDB when it is cached or can be
fetched, the embedded reviews otherwise), "imdb" (nothing else) or "embedded" (no network is touched).
"""

import os

from grulab.arguments import named
from grulab.data import cache
from grulab.data.download import Unavailable

SOURCES = ("auto", "imdb", "embedded")


def wanted(source):
    """Return the source to use after the environment was asked, and the reason if it is "embedded"."""
    if not isinstance(source, str) or source not in SOURCES:
        raise ValueError(f'source must be "auto", "imdb" or "embedded", not {named(source)}.')
    if source != "auto":
        return source, 'source="embedded" was asked for'
    chosen = os.environ.get("GRULAB_REVIEWS") or "auto"
    if chosen not in SOURCES:
        raise ValueError(f"GRULAB_REVIEWS must be auto, imdb or embedded, not {chosen!r}.")
    return chosen, "GRULAB_REVIEWS=embedded asks for them"


def has_imdb(choice):
    """Make IMDB ready for Keras; return ``(True, where from)``, or ``(False, the Unavailable)``.

    Raises ``ConnectionError`` when ``choice`` is "imdb" and IMDB cannot be had.
    """
    try:
        return True, cache.provide()
    except Unavailable as error:
        return False, missing(choice, error)


def missing(choice, error):
    """Return the ``Unavailable``, or raise it as a ``ConnectionError`` when ``choice`` is "imdb"."""
    if choice == "imdb":
        raise ConnectionError(f"The IMDB reviews cannot be had: {error}.") from None
    return error


def available_source():
    """Return what ``load_reviews()`` would give without a network; compare hashes, load nothing."""
    choice, _ = wanted("auto")
    if choice == "auto":
        return "imdb" if cache.is_cached() else "embedded"
    return choice


def fetch():
    """Fetch IMDB unless it is cached or not wanted; return one line: which source will be used, and why.

    Raises ``ConnectionError`` when ``GRULAB_REVIEWS`` asks for IMDB and it cannot be had.
    """
    choice, why = wanted("auto")
    if choice == "embedded":
        return f"Reviews: embedded, because {why}"
    ready, found = has_imdb(choice)
    return f"Reviews: imdb, {found}" if ready else f"Reviews: embedded, because IMDB cannot be had ({found})"
