"""Keep verified copies of IMDB's two files where Keras looks for them.

``keras.datasets.imdb`` downloads without a time limit and writes in place. This module does the fetching
before Keras is asked: every file is compared with the hash that Keras pins, downloaded to a temporary name
beside it, verified, and only then moved to its name. A network that is silent ends in a sentence, not a hang.
Nothing here imports Keras.
"""

import hashlib
import http.client
import os
import queue
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NamedTuple


class Pin(NamedTuple):
    """Say what a file must be: its length in bytes and its hash."""

    size: int
    algorithm: str
    digest: str


# hashes as in keras/src/datasets/imdb.py; a test compares them with the installed Keras
PINS = {
    "imdb.npz": Pin(17_464_789, "sha256", "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"),
    "imdb_word_index.json": Pin(1_641_221, "md5", "bfafd718b763782e994055a2d397834f"),
}
_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_FALLBACK = Path("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir(), ".keras")
_SECONDS_TO_ANSWER = 6
_SECONDS_OF_SILENCE = 6
_SLOWEST = 4_096  # bytes a second, on average since the start, after the first seconds
_BLOCK = 1 << 16


class Unavailable(Exception):
    """Say in one sentence why IMDB cannot be had. ``short`` is that sentence without paths, for a page."""

    def __init__(self, sentence, short=None):
        super().__init__(sentence)
        self.short = short or sentence


def keras_home():
    """Return the folder that Keras takes: ``KERAS_HOME``, else ``~/.keras``, and its fallback when read-only.

    Keras itself decides so in ``get_file``; the fallback is shared by all users of the machine, which is why
    a hash stands before every use.
    """
    home = _named_home()
    return home if os.access(home, os.W_OK) else _FALLBACK


def _named_home():
    if "KERAS_HOME" in os.environ:
        return Path(os.path.expanduser(os.environ["KERAS_HOME"] or "\0missing"))
    home = os.path.expanduser("~")
    return Path(home if os.access(home, os.W_OK) else "/tmp", ".keras")


def is_cached():
    """Tell whether good copies of both files are at hand. Touches no network and writes nothing."""
    return all(
        any(fault(folder / "datasets" / name, pin) is None for folder in (keras_home(), _named_home()))
        for name, pin in PINS.items()
    )


def fault(path, pin):
    """Say what is wrong with a file, as the end of a sentence; ``None`` if it is good."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            return "is a folder, not a file"
        if size != pin.size:
            return f"is damaged: it holds {size:,} bytes instead of {pin.size:,}"
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, lambda: _hash(pin)).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except (OSError, ValueError) as error:
        return f"cannot be read ({_reason(error)})"
    return (
        None
        if digest == pin.digest
        else f"is damaged: its {pin.algorithm} hash is not the one that Keras pins"
    )


def provide(say=None):
    """Make sure that Keras will find good copies of both files; return where they are from, in words.

    ``say`` takes a sentence for the reader. Raises ``Unavailable`` when a file is missing or damaged and
    cannot be fetched.
    """
    say = say or _say
    if "KERAS_HOME" in os.environ or not os.path.isdir(_named_home()):
        _make_folder(_named_home(), must_exist=False)
    folder = keras_home() / "datasets"
    _make_folder(folder, must_exist=True)
    origins = []
    for name, pin in PINS.items():
        path = folder / name
        found = fault(path, pin)
        if found is None:
            origins.append("cached")
            continue
        read_only = _named_home() / "datasets" / name
        if read_only != path and fault(read_only, pin) is None:
            _link(read_only, path)
            origins.append("cached")
            continue
        if found != "missing":
            say(f"{path} {found}; it is not used, and a fresh copy is fetched.")
        try:
            download(name, pin, path, say)
        except Unavailable as error:
            if found != "missing":
                short = f"the cached {name} {found}, and {error.short}"
                raise Unavailable(f"{path} {found}, and {error}", short) from error
            raise
        origins.append("downloaded")
    if "downloaded" in origins:
        return f"downloaded from {urllib.parse.urlsplit(_ORIGIN).netloc} to {folder}"
    return f"cached in {folder}"


def download(name, pin, path, say):
    """Fetch one file to a temporary name beside ``path``, verify it, and only then give it its name.

    Two processes may do so at once: each has its own temporary file, and both end with a good copy.
    """
    host = urllib.parse.urlsplit(_ORIGIN).netloc
    with _open(_ORIGIN + name, host) as response:
        try:
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{name}.", suffix=".part")
        except OSError as error:
            raise _not_written(path, error) from error
        try:
            with Progress(name, pin.size) as progress:
                _receive(response, handle, name, pin, host, path, progress)
            try:
                os.chmod(temporary, 0o644)
                os.replace(temporary, path)
            except OSError as error:
                raise _not_written(path, error) from error
        finally:
            Path(temporary).unlink(missing_ok=True)


def _receive(response, handle, name, pin, host, path, progress):
    """Copy the response into the open file ``handle``, and verify what came."""
    digest, received, start = _hash(pin), 0, time.monotonic()
    with open(handle, "wb") as file:
        while True:
            try:
                block = response.read1(_BLOCK)
            except TimeoutError as error:
                raise Unavailable(
                    f"{host} stopped sending {name} after {received:,} of {pin.size:,} bytes."
                ) from error
            except (OSError, http.client.HTTPException) as error:
                raise Unavailable(f"the connection to {host} broke ({_reason(error)}).") from error
            if not block:
                break
            received += len(block)
            digest.update(block)
            try:
                file.write(block)
            except OSError as error:
                raise _not_written(path, error) from error
            if received > pin.size:
                break
            progress.show(received)
            seconds = time.monotonic() - start
            if seconds > _SECONDS_OF_SILENCE and received < _SLOWEST * seconds:
                raise Unavailable(f"{host} sends {name} too slowly ({received:,} bytes in {seconds:.0f} s).")
        try:
            file.flush()
            os.fsync(handle)
        except OSError as error:
            raise _not_written(path, error) from error
    if received < pin.size:
        raise Unavailable(f"{host} sent {received:,} of the {pin.size:,} bytes of {name}.")
    if received > pin.size or digest.hexdigest() != pin.digest:
        raise Unavailable(f"what {host} sent is not the {name} that Keras pins.")


def _open(url, host):
    """Open a URL, or raise within ``_SECONDS_TO_ANSWER``.

    The time limit of a socket does not cover the look-up of the host's name; a thread of its own does.
    """
    answers, abandoned = queue.Queue(), threading.Event()

    def work():
        try:
            response = urllib.request.urlopen(url, timeout=_SECONDS_OF_SILENCE)
        except Exception as error:
            answers.put(error)
            return
        if abandoned.is_set():
            response.close()
        answers.put(response)

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=_SECONDS_TO_ANSWER)
    except queue.Empty:
        abandoned.set()
        raise Unavailable(f"{host} did not answer within {_SECONDS_TO_ANSWER} seconds.") from None
    if isinstance(answer, urllib.error.HTTPError):
        answer.close()
        raise Unavailable(f"{host} answered {answer.code} ({answer.reason}).") from answer
    if isinstance(answer, Exception):
        raise Unavailable(f"{host} cannot be reached ({_reason(answer)}).") from answer
    return answer


def _make_folder(folder, must_exist):
    try:
        os.makedirs(folder, exist_ok=True)
    except (OSError, ValueError) as error:
        if must_exist:
            raise Unavailable(
                f"the folder {folder} cannot be made ({_reason(error)}); KERAS_HOME names another.",
                f"Keras' folder for data cannot be made ({_reason(error)}).",
            ) from error


def _link(source, path):
    """Point Keras' fallback folder at a good copy in a folder that Keras will not read from."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.link")
    try:
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(source.resolve())
        os.replace(temporary, path)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path, error):
    return Unavailable(
        f"{path} cannot be written ({_reason(error)}).", f"{path.name} cannot be written ({_reason(error)})."
    )


def _hash(pin):
    # a check against damage, as Keras does it; machines that forbid md5 for secrets allow it for this
    return hashlib.new(pin.algorithm, usedforsecurity=False)


def _reason(error):
    """Return an error's own words, without a path or a number in brackets."""
    inner = getattr(error, "reason", error)
    return getattr(inner, "strerror", None) or str(inner) or type(inner).__name__


def _say(sentence):
    print(sentence, file=sys.stderr, flush=True)


class Progress:
    """Show how far a download is: in one line that is written anew, in a notebook as on a terminal."""

    def __init__(self, name, size):
        self.name, self.size, self.shown, self.line = name, size, -1, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.line is None and self.shown >= 0 and sys.stderr.isatty():
            print(file=sys.stderr)

    def show(self, received):
        """Tell the number of bytes received, once for every tenth of the file."""
        tenth = 10 * received // self.size
        if tenth == self.shown:
            return
        self.shown = tenth
        text = f"{self.name}: {received / 1e6:.1f} of {self.size / 1e6:.1f} MB"
        if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
            from IPython.display import display

            content = {"text/plain": text}
            if self.line is None:
                self.line = display(content, raw=True, display_id=True)
            else:
                self.line.update(content, raw=True)
        elif sys.stderr.isatty():
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)
