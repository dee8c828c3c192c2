"""Grade one submission: read its file, run each question in a closed process, and say what came of it."""

import os
import re
import stat
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from grulab.checks import frames
from grulab.checks.answer import Answer, Wrong
from grulab.checks.judging import generator, hidden_checks, judge
from grulab.checks.question import exercises, questions
from grulab.checks.remote import Child, Lost
from grulab.checks.sandbox import OpenHouse, Sandbox
from grulab.checks.values import Garbled, pack, unpack
from grulab.checks.verdict import RIGHT, WRONG, Verdict

UNGRADED = "could not be graded"
LARGEST = 20 * 2**20  # bytes of a notebook
READING = 30.0  # seconds to read a notebook, and to execute the definitions of an answer
STARTING = 120.0  # seconds to load TensorFlow
QUESTION = 120.0  # seconds of all the calls of one question
FULL = 1800.0  # seconds of all the calls of a run on the real data; each has ten minutes


class Ungraded(Exception):
    """A submission, or a question of it, that cannot be graded; the sentence says why."""


@dataclass(frozen=True)
class Options:
    """What one run of the grader has been told, the same for every submission."""

    seed: int
    folders: tuple[Path, ...]
    exercise: str | None = None
    is_full: bool = False
    is_closed: bool = True

    @property
    def house(self):
        """What starts the graded processes."""
        return Sandbox() if self.is_closed else OpenHouse()


def grade(path: str, options: Options, notebook: bytes | None = None) -> dict:
    """Return the record of one submission: its rows, and what was left out of it.

    Whatever a submission holds or does, this returns; what cannot be graded is a row that says so.
    """
    record = {"submission": shown(path, 500), "exercise": options.exercise or "", "rows": []}
    record |= {"left_out": [], "unreadable": []}
    start = time.monotonic()
    try:
        notebook = contents(path) if notebook is None else notebook
        record["sha256"] = sha256(notebook).hexdigest()
        grade_notebook(record, path, notebook, options)
    except Ungraded as why:
        record["rows"].append(row("", UNGRADED, str(why), options.seed, start))
    except Exception as error:
        message = f"The grader itself stopped: {last_line(error)}."
        record["rows"].append(row("", UNGRADED, message, options.seed, start))
    return record


def contents(path) -> bytes:
    """Return the bytes of a submission; raise ``Ungraded`` for what is no ordinary file of a modest size."""
    try:
        # a link may lead to another submission; a pipe or a device would never end
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Ungraded("There is no such file.") from None
    except (OSError, ValueError) as error:
        if os.path.islink(path):
            raise Ungraded("This is a link to another file. Give the file itself.") from None
        raise Ungraded(f"The file cannot be read: {type(error).__name__}.") from None
    try:
        about = os.fstat(file)
        if stat.S_ISDIR(about.st_mode):
            raise Ungraded("This is a folder. Give the notebooks in it: folder/*.ipynb.")
        if not stat.S_ISREG(about.st_mode):
            raise Ungraded("This is no ordinary file.")
        if about.st_size > LARGEST:
            raise Ungraded(
                f"The file has {about.st_size / 2**20:.0f} MB; a notebook may have {LARGEST // 2**20} MB. "
                "Clear its outputs and hand it in again."
            )
        parts, left = [], LARGEST + 1
        while left and (part := os.read(file, min(left, 2**20))):
            parts.append(part)
            left -= len(part)
        if not left:
            raise Ungraded(f"The file grows beyond {LARGEST // 2**20} MB.")
        return b"".join(parts)
    finally:
        os.close(file)


def grade_notebook(record, path, notebook, options):
    """Fill in a record: the exercise, a row for each question, and what was left out."""
    with Children(options.house, notebook) as children:
        told = children.told
        record["left_out"] = [shown(one, 300) for one in told["left_out"]]
        record["unreadable"] = [shown(one, 300) for one in told["faults"]]
        exercise = options.exercise or exercise_of(path, set(told["names"]))
        record["exercise"] = exercise
        if not any((folder / f"{exercise}.py").is_file() for folder in options.folders):
            raise Ungraded(f"There are no hidden checks for {exercise}.")
        for question in questions(exercise).values():
            start = time.monotonic()
            verdict = verdict_on(question, children, options)
            message = verdict.message
            if question.name not in told["names"]:
                why = [f"{told['unmade'][question.name]}."] if question.name in told["unmade"] else []
                message = " ".join([message, *why, *record["unreadable"]][:2])
            record["rows"].append(
                row(question.name, verdict.outcome, message, options.seed, start, verdict.remarks)
            )
        if options.is_full:
            grade_in_full(record, exercise, children, options)


def verdict_on(question, children, options) -> Verdict:
    """Return the verdict on one question; a check that fails itself is no verdict on the answer."""
    try:
        child = children.one_for(question)
        child.open(question.name, options.seed)
        answer = Answer(question.name, within(child, question.name, QUESTION), question.deadline)
        return judge(question, answer, options.seed, options.folders)
    except Wrong as wrong:
        return Verdict(question.name, WRONG, str(wrong))
    except Ungraded as why:
        return Verdict(question.name, UNGRADED, str(why))
    except Exception as error:
        message = f"The check of {question.name} stopped itself, which is a defect of it: {last_line(error)}."
        return Verdict(question.name, UNGRADED, message)


def grade_in_full(record, exercise, children, options):
    """Add a row for each folder of checks that has a run on the real data, a function ``full``."""
    for folder in options.folders:
        check = hidden_checks(folder, exercise).get("full")
        if check is None:
            continue
        start, outcome = time.monotonic(), RIGHT
        try:
            with children.new(uses_keras=True) as child:
                child.open(None, options.seed)
                answer = Answer("full", within(child, "full", FULL), deadline=600.0)
                message = check(answer, generator(next(iter(questions(exercise).values())), options.seed))
        except Wrong as wrong:
            outcome, message = WRONG, str(wrong)
        except Exception as error:
            outcome, message = UNGRADED, str(error) if isinstance(error, Ungraded) else last_line(error)
        record["rows"].append(row("full", outcome, str(message or ""), options.seed, start))


class Children:
    """The graded processes of one submission: a fresh one for each question, one for all that need Keras."""

    def __init__(self, house, notebook):
        self.house, self.notebook = house, notebook
        self.current = self.keras = None
        self.told = {"names": [], "left_out": [], "unmade": {}, "faults": []}
        self.first = self.new(uses_keras=False)

    def one_for(self, question) -> "Learner":
        """Return a process for a question; the one before has ended, unless both need Keras."""
        if self.current is not None and self.current is not self.keras:
            self.current.close()
        if question.uses_keras:
            if self.keras is None or self.keras.is_odd():
                if self.keras is not None:
                    self.keras.close()
                self.keras = self.new(uses_keras=True)
            self.current = self.keras
        else:
            self.current, self.first = self.first or self.new(uses_keras=False), None
        return self.current

    def new(self, uses_keras):
        """Start a process and let it read the notebook; none of the learner's code runs yet."""
        try:
            child = Learner(self.house)
        except Lost as lost:
            raise Ungraded(f"The process for it {lost}.") from None
        try:
            if uses_keras:
                said = unpack(child.exchange(frames.WARM, b"", STARTING))
                if said["error"] is not None:
                    raise Ungraded(
                        f"TensorFlow does not load in the sandbox: {said['error'][0]}: {said['error'][1]}"
                    )
            told = unpack(child.exchange(frames.LOAD, self.notebook, READING))
        except Lost as lost:
            raise Ungraded(f"The process that reads the notebook {lost}.") from None
        except BaseException:
            child.close()
            raise
        if told["fault"] is not None:
            child.close()
            raise Ungraded(told["fault"])
        self.told = told
        return child

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in (self.first, self.current, self.keras):
            if child is not None:
                child.close()


class Learner(Child):
    """A graded process that has read a notebook."""

    def open(self, name, seed):
        """Execute what one function needs; raise ``Wrong`` when that stops with an error."""
        try:
            # a seed of its own: from that of the checks it could tell what they will draw
            own = int.from_bytes(sha256(f"{name} {seed}".encode()).digest()[:4])
            said = unpack(self.exchange(frames.OPEN, pack([name, own]), READING))
            error = said.get("error") if isinstance(said, dict) else ("", "", "")
            if error is not None:
                kind, words, line = map(str, error)
        except (Garbled, TypeError, ValueError):
            raise Wrong("The definitions of the notebook sent back bytes that are no answer.") from None
        except Lost as lost:
            raise Wrong(
                f"What stands around {name} in the notebook {lost}" + "." * (str(lost)[-1] != "?")
            ) from None
        if error is not None:
            where = f" in the line `{line}`" if line else ""
            raise Wrong(f"The notebook's definitions that {name} needs stop with {kind}: {words}{where}.")


def within(child, name, seconds):
    """Return the ``serve`` of an answer, with so many seconds for all calls together."""
    serve, left = child.serve(name), seconds

    def serve_in_time(request, consult, deadline):
        nonlocal left
        if left <= 0:
            raise Wrong(f"The checks of {name} took more than {seconds:g} seconds in all: it is too slow.")
        start = time.monotonic()
        try:
            return serve(request, consult, min(deadline, max(left, 1.0)))
        finally:
            left -= time.monotonic() - start

    return serve_in_time


def exercise_of(path, names: set) -> str:
    """Return the exercise of a notebook: the one in its file's name, if it defines any of its functions.

    Else the one of whose functions it defines the most. Raises ``Ungraded`` when that is none, or several.
    """
    counts = {one: len(names & set(questions(one))) for one in exercises()}
    best = [one for one, count in counts.items() if count == max(counts.values())]
    stem = Path(path).stem.lower()
    for number in [
        *re.findall(r"ex(?:ercise)?[ _-]?(\d{1,2})(?!\d)", stem),
        *re.findall(r"(?<!\d)(\d\d)_", stem),
    ]:
        named = f"ex{int(number):02d}"
        if named in counts and (counts[named] or not max(counts.values())):
            return named
    if max(counts.values()) and len(best) == 1:
        return best[0]
    raise Ungraded(
        "Which exercise is this? Neither its name nor its functions say. Name it with --exercise ex01, or "
        "give the file its number: 01_gates.ipynb."
    )


def row(question, outcome, message, seed, start, remarks=()) -> dict:
    """Return one row of the table of grades."""
    return {
        "question": question,
        "outcome": outcome,
        "message": shown(message),
        "remarks": " ".join(shown(one) for one in remarks),
        "seed": seed,
        "seconds": round(time.monotonic() - start, 2),
    }


def shown(text, most=1000) -> str:
    """Return text that may come from anybody as one line that is safe to print, and not too long."""
    text = text[: most + 1]
    line = "".join(
        one if one.isprintable() else " " if one.isspace() else one.encode("unicode_escape").decode()
        for one in text
    )
    return line if len(line) <= most else line[: most - 1] + "…"


def last_line(error) -> str:
    """Return an error as one line: its type, its words and where it arose."""
    where = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    words = "no words"
    with suppress(Exception):
        words = str(error)[:300]
    return f"{type(error).__name__}: {words}{place}"
