"""Grade a class: ``python -m grulab.checks.grade submissions/*.ipynb --out grades.csv``."""

import argparse
import importlib.util
import json
import os
import re
import secrets
import signal
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

from grulab.arguments import check_list, check_text, named
from grulab.checks.cohort import graded
from grulab.checks.grades import Grades
from grulab.checks.judging import NoHiddenChecks, hidden_folder
from grulab.checks.question import exercises
from grulab.checks.remote import Child, Lost
from grulab.checks.sandbox import NoSandbox, bubblewrap
from grulab.checks.submission import UNGRADED, Options, Ungraded, contents
from grulab.processes import opened, take

ALL_GRADED, SOME_NOT, MISUSED, INTERRUPTED = 0, 1, 2, 130


def arguments():
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m grulab.checks.grade",
        description="Grade notebooks of the exercises. Each question runs in a closed process of its own.",
        epilog="Run the same command again to go on after an interruption: what is graded and has not "
        "changed is kept. Exit status: 0 all graded, 1 some could not be graded, 2 the command is not right.",
    )
    parser.add_argument("files", nargs="+", metavar="FILES", help="the notebooks handed in")
    parser.add_argument("--out", required=True, type=Path, metavar="CSV", help="the table of grades")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same with all that was left out")
    parser.add_argument(
        "--exercise", choices=exercises(), help="else told from the file's name or its functions"
    )
    parser.add_argument(
        "--hidden", type=Path, metavar="DIR", help="a folder of private checks, on top of the course's"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="submissions side by side (1)")
    parser.add_argument("--seed", type=natural, metavar="S", help="else drawn; it stands in each row")
    parser.add_argument("--full", action="store_true", help="exercise 06 on the real data, too: minutes each")
    parser.add_argument(
        "--dask", metavar="ADDRESS", help="grade on a Dask cluster (pip install grulab[cluster])"
    )
    parser.add_argument(
        "--no-sandbox", action="store_true", help="without bubblewrap: limits, but no security boundary"
    )
    return parser


def positive(text):
    """Return a whole number from 1."""
    if (number := natural(text)) < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {text}")
    return number


def natural(text):
    """Return a whole number from 0."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0, not {text}")
    return int(text)


def main(words=None) -> int:
    """Grade what the command line names, and return the exit status."""
    told = arguments().parse_args(None if words is None else checked(words))
    try:
        check_use(told)
        with only_run(told.out):
            return begin(told)
    except (Misuse, NoHiddenChecks, NoSandbox) as why:
        print(why, file=sys.stderr)
    except OSError as why:  # a journal that is a folder, or somebody else's
        print(f"--out {told.out} cannot be used: {why.filename}: {why.strerror}.", file=sys.stderr)
    return MISUSED


def checked(words):
    """Return the words of a command line as a list; raise an error for what cannot be one."""
    words = [check_text("one of words", word) for word in check_list("words", words, "texts")]
    for word in words:
        try:
            fits = b"\0" not in os.fsencode(word)
        except UnicodeEncodeError:
            fits = False
        if not fits:
            raise ValueError(f"one of words is {named(word)}, but no command line can hold it.")
    return words


@contextmanager
def only_run(out):
    """Hold a table's lock inside the ``with`` block; raise ``Misuse`` while another run writes the table."""
    with opened(out.with_name(f".{out.name}.lock")) as file:
        try:
            take(file)
        except BlockingIOError:
            raise Misuse(
                f"Another run writes {out}. Wait until it has ended, or name another file."
            ) from None
        yield


def begin(told) -> int:
    """Go on with a table, or begin one, as the command line says; return the exit status."""
    folders = (hidden_folder(), *([told.hidden] if told.hidden else []))
    grades = Grades(told.out)
    options = Options(
        seed=next(one for one in (told.seed, grades.seed, secrets.randbelow(2**31)) if one is not None),
        folders=tuple(folder.resolve() for folder in folders),
        exercise=told.exercise,
        is_full=told.full,
        is_closed=not told.no_sandbox,
    )
    if not told.dask:
        try_the_sandbox(options)
    if told.no_sandbox:
        print(
            "No sandbox: submissions run in a separate process with limits. That is no security boundary; "
            "they can read and change your files. Grade only what you trust.",
            file=sys.stderr,
        )
    signal.signal(signal.SIGTERM, interrupt)
    try:
        return run(told, options, grades)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as why:  # a full disk, a cluster that is not there
        print(f"{why}. What is graded is kept; the same command goes on from there.", file=sys.stderr)
        return MISUSED


class Misuse(Exception):
    """The command line asks for something that cannot be; the sentence says what."""


def check_use(told):
    """Raise ``Misuse`` for what the parser cannot see."""
    for option, path in {"--out": told.out, "--json": told.json}.items():
        if path is None:
            continue
        if not path.parent.is_dir():
            raise Misuse(f"{option} {path}: there is no folder {path.parent}. Make it first.")
        if path.is_dir():
            raise Misuse(f"{option} {path} is a folder; name a file in it.")
        if path.suffix == ".ipynb":
            raise Misuse(f"{option} {path} would overwrite a notebook; name a file of another kind.")
        try:
            with tempfile.TemporaryFile(dir=path.parent):
                pass
        except OSError as error:
            raise Misuse(f"{option} {path} cannot be written: {error.strerror}.") from None
    if told.json and told.json.resolve() == told.out.resolve():
        raise Misuse(f"--json {told.json} would overwrite the table of --out; name another file.")
    if told.out.exists() and not Grades(told.out).journal.exists():
        raise Misuse(
            f"{told.out} is there, but its journal {Grades(told.out).journal.name} is not, so this run would "
            "overwrite grades that it does not know. Name another file, or remove this one."
        )
    if told.hidden and not any(told.hidden.glob("ex*.py")):
        raise Misuse(f"--hidden {told.hidden} has no checks: it must be a folder with files such as ex02.py.")
    if told.dask is not None and not re.fullmatch(
        r"inproc://\S+|((tcp|tls|wss?|ucx)://)?[^\s/]+:\d+", told.dask
    ):
        raise Misuse(f"--dask {told.dask!r} is no address of a scheduler, such as tcp://10.0.0.1:8786.")
    if told.dask and importlib.util.find_spec("distributed") is None:
        raise Misuse("--dask needs the package distributed: pip install distributed, or grulab[cluster].")
    if told.dask and told.jobs > 1:
        raise Misuse("--jobs is for this machine, and --dask for a cluster: give one of them.")


def try_the_sandbox(options):
    """Raise ``NoSandbox`` with a sentence when no graded process can be started here."""
    if options.is_closed:
        bubblewrap()
    try:
        Child(options.house).close()
    except Lost as lost:
        hint = ""
        if options.is_closed:
            hint = (
                " Some systems forbid the namespaces that it needs: on Ubuntu 24.04, sudo sysctl "
                "kernel.apparmor_restrict_unprivileged_userns=0 allows them; a container needs the right to "
                "make them. --no-sandbox would grade in a separate process with limits, which is no security "
                "boundary."
            )
        raise NoSandbox(f"The process for submissions {lost}.{hint}") from None


def interrupt(*_):
    """Make of a request to end what Ctrl-C makes."""
    raise KeyboardInterrupt


def run(told, options, grades) -> int:
    """Grade what is not graded yet, write the table, and say how it went."""
    checks = fingerprint(options)
    paths = list(dict.fromkeys(str(Path(one)) for one in told.files))
    keys = {path: key_of(path, checks, options) for path in paths}
    todo = [path for path in paths if keys[path] not in grades]
    bar = tqdm(total=len(paths), initial=len(paths) - len(todo), unit=" submissions", disable=None)
    try:
        for path, record in graded(todo, options, told.jobs, told.dask):
            grades.add(keys[path], options.seed, record)
            bar.update()
    finally:
        bar.close()
        done = [keys[path] for path in paths if keys[path] in grades]
        if done:
            grades.write_table(done)
            if told.json:
                grades.write_json(told.json, done)
        if len(done) < len(paths):
            print(
                f"stopped after {len(done)} of {len(paths)} submissions; the same command goes on from there "
                f"with the seed {options.seed}"
            )
    print(summary(grades.records(done), told.out, options.seed))
    return SOME_NOT if any(is_ungraded(one) for one in grades.records(done)) else ALL_GRADED


def is_ungraded(record):
    """Return whether any row of a record could not be graded."""
    return any(one["outcome"] == UNGRADED for one in record["rows"])


def summary(records, out, seed) -> str:
    """Return the last line: how many were graded, how many could not be, and why."""
    count, why = 0, Counter()
    for record in records:
        count += 1
        found = [one for one in record["rows"] if one["outcome"] == UNGRADED]
        if found:
            where = f"{record['submission']} {found[0]['question']}".strip()
            why[f"{where}: {found[0]['message']}"] += 1
    said = f"graded {count - len(why)} of {count} submissions into {out}, seed {seed}"
    if why:
        first = [one if len(one) < 300 else one[:299] + "…" for one in list(why)[:3]]
        more = f" and {len(why) - 3} more" if len(why) > 3 else ""
        said += f"; {len(why)} could not be graded: {' '.join(first)}{more}"
    return said


def fingerprint(options) -> str:
    """Return a hash of the checks and of what they are told: when it changes, everything is graded anew."""
    told = sha256(json.dumps([options.exercise, options.is_full, options.is_closed, options.seed]).encode())
    for folder in (Path(__file__).parent, *options.folders):
        for path in sorted(folder.rglob("*.py")):
            told.update(path.read_bytes())
    return told.hexdigest()


def key_of(path, checks, options) -> str:
    """Return what tells a submission as it is now from every other, and from itself when it changes."""
    try:
        inside = sha256(contents(path)).hexdigest()
    except Ungraded as why:
        inside = str(why)
    return sha256(f"{os.fsencode(path)!r} {inside} {checks}".encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
