"""What a learner has done so far, kept in a small JSON file: which questions were right, and when all were.

The file is ``GRULAB_PROGRESS`` where that is set, else ``.grulab/progress.json`` in the home folder. Nothing
here raises for a file that cannot be read or written: there is a sentence instead, and what another program
wrote is set aside, never overwritten.
"""

import errno
import json
import os
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from grulab.processes import opened, take

FORMAT = "progress in the exercises of Inside the GRU, 1"
LARGEST = 1_000_000  # bytes; a file of this course has a few hundred
PATIENCE = 5.0  # seconds; another notebook needs a few thousandths


def place() -> Path:
    """Return where the file is, or will be; raise ``OSError`` when there is no home folder to put it in."""
    named = os.environ.get("GRULAB_PROGRESS")
    try:
        path = Path(named).expanduser() if named else Path.home() / ".grulab" / "progress.json"
    except RuntimeError:
        whose = f"{named}: there is no such" if named else "there is no"
        raise OSError(f"{whose} home folder") from None
    try:
        path.stat()
    except OSError as error:
        # asked here, for Path.resolve says it of a loop before Python 3.13 only
        if error.errno == errno.ELOOP:
            raise OSError(f"{path} is a link to itself") from None
    return path.resolve()


def load() -> tuple[dict, str]:
    """Return what was kept of each exercise, and a sentence where there is something to say of the file.

    An exercise has ``{"right": [names], "complete": date or None}``.
    """
    try:
        return read(place())
    except OSError as error:
        return {}, f"Your progress cannot be read ({words_of(error)})."


def note(exercise: str, right, is_complete: bool) -> str:
    """Add to the file which questions of an exercise are right; return a sentence if that cannot be done.

    What was right once stays so, and the day of the first complete run is kept.
    """
    try:
        path = place()
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            exercises, sentence = read(path)
            kept = exercises.setdefault(exercise, {"right": [], "complete": None})
            kept["right"] = sorted({*kept["right"], *right})
            if is_complete:
                kept["complete"] = kept["complete"] or date.today().isoformat()
            write(path, {"format": FORMAT, "exercises": exercises})
        return sentence
    except OSError as error:
        return (
            f"Your progress could not be kept ({words_of(error)}). "
            "The environment variable GRULAB_PROGRESS names another file for it."
        )


def words_of(error: OSError) -> str:
    """Return an error of the file system in words, with the file's name."""
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def read(path: Path) -> tuple[dict, str]:
    """Return what a file holds, and a sentence if it held something else and was set aside.

    Raises ``OSError``.
    """
    if not path.exists():
        return {}, ""
    if not path.is_file():
        raise OSError(f"{path} is no file")
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        return exercises_in(json.loads(path.read_text(encoding="utf-8"))), ""
    except (ValueError, RecursionError):
        aside = set_aside(path)
    return {}, f"{path} held something else: it is kept as {aside.name}, and a new file begins."


def exercises_in(kept) -> dict:
    """Return the exercises in what was read; raise ``ValueError`` when it has another form."""
    match kept:
        case {"format": str(form), "exercises": dict(exercises)} if form == FORMAT:
            for one in exercises.values():
                match one:
                    case {"right": [*names], "complete": (None | str())} if all(
                        isinstance(name, str) for name in names
                    ):
                        continue
                raise ValueError("an exercise has another form")
            return exercises
    raise ValueError("the file has another form")


def set_aside(path: Path) -> Path:
    """Rename a file to a name that is free, and return it."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.set-aside-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    return aside


def write(path: Path, kept: dict):
    """Write the file as a whole: it is never half there."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


@contextmanager
def alone(path: Path):
    """Keep other notebooks from writing inside the block; raise ``OSError`` after ``PATIENCE`` seconds."""
    deadline = time.monotonic() + PATIENCE
    with opened(path.with_name(f"{path.name}.lock")) as lock:
        while True:
            try:
                take(lock)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise OSError(f"another notebook is writing {path}") from None
                time.sleep(0.02)
        yield
