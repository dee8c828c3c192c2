"""Download a file so that nothing half-written, damaged or endless ever gets its name.

The bytes go to a temporary name beside the file, are compared with a length and a hash known beforehand,
and only then take its place. Every wait has a limit: a silent network ends in a sentence, not in a hang.
"""

import hashlib
import http
import http.client
import os
import queue
import ssl
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SECONDS_TO_ANSWER = 5
SECONDS_OF_SILENCE = 5
BYTES_A_SECOND = 20_000
_BLOCK = 1 << 16


class Pin(NamedTuple):
    """Say what a file must be: its length in bytes and its hash."""

    size: int
    algorithm: str
    digest: str

    def hash(self):
        """Return a fresh hash object. It guards against damage and holds no secret, so md5 may serve."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


class Unavailable(Exception):
    """Say in one sentence why a file cannot be had. ``short`` is that sentence without paths, for a page."""

    def __init__(self, sentence, short=None):
        super().__init__(sentence)
        self.short = short or sentence


def fault(path, pin):
    """Say what is wrong with a file, as the end of a sentence; ``None`` if it is good."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            return "is a folder, not a file"
        if size != pin.size:
            return f"is damaged: it holds {size:,} bytes instead of {pin.size:,}"
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, pin.hash).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"
    except OSError as error:
        return f"cannot be read ({reason(error)})"
    return None if digest == pin.digest else f"is damaged: its {pin.algorithm} hash is not the expected one"


def download(url, path, pin):
    """Fetch ``url`` to ``path``, verified against ``pin``; raise ``Unavailable`` otherwise.

    Two processes may do so at once: each has a temporary file of its own, and both end with a good copy.
    """
    host = urllib.parse.urlsplit(url).netloc
    with _open(url, host) as response:
        _tidy(path)
        try:
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        except OSError as error:
            raise not_written(path, error) from error
        try:
            with open(handle, "wb") as file, Progress(path.name, pin.size) as progress:
                for block in _blocks(response, path.name, pin, host):
                    file.write(block)
                    progress.add(len(block))
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except OSError as error:
            raise not_written(path, error) from error
        finally:
            Path(temporary).unlink(missing_ok=True)


def _tidy(path):
    """Remove what downloads of the same file left that were killed a day ago or earlier."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > 86_400:
                part.unlink()


def _blocks(response, name, pin, host):
    """Yield what the host sends, and raise ``Unavailable`` unless it is all of the file and nothing else."""
    digest, received = pin.hash(), 0
    window, before = time.monotonic(), 0
    while received <= pin.size:
        try:
            block = response.read1(_BLOCK)
        except TimeoutError:
            raise Unavailable(
                f"{host} stopped after {received:,} of the {pin.size:,} bytes of {name}"
            ) from None
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(f"the connection to {host} broke ({reason(error)})") from error
        if not block:
            break
        received += len(block)
        digest.update(block)
        yield block
        seconds = time.monotonic() - window
        if seconds > SECONDS_OF_SILENCE:
            if received - before < BYTES_A_SECOND * seconds:
                raise Unavailable(f"{host} sends {name} too slowly")
            window, before = time.monotonic(), received
    if received < pin.size:
        raise Unavailable(f"{host} sent {received:,} of the {pin.size:,} bytes of {name}")
    if received > pin.size or digest.hexdigest() != pin.digest:
        raise Unavailable(f"what {host} sent is not the expected {name}")


def _open(url, host):
    """Open a URL, or raise ``Unavailable`` within ``SECONDS_TO_ANSWER``.

    The time limit of a socket does not cover the look-up of the host's name; a thread of its own does.
    """
    answers, abandoned = queue.Queue(), threading.Event()

    def work():
        try:
            answer = urllib.request.urlopen(url, timeout=SECONDS_OF_SILENCE)
        except Exception as error:
            answer = error
        answers.put(answer)
        if abandoned.is_set() and hasattr(answer, "close"):
            answer.close()

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=SECONDS_TO_ANSWER)
    except queue.Empty:
        abandoned.set()
        raise Unavailable(f"{host} did not answer within {SECONDS_TO_ANSWER} seconds") from None
    if isinstance(answer, urllib.error.HTTPError):
        answer.close()
        raise Unavailable(f"{host} answered {answer.code} ({phrase(answer.code)})")
    if isinstance(answer, http.client.HTTPException):
        raise Unavailable(f"what {host} answered is not HTTP ({type(answer).__name__})")
    if isinstance(answer, Exception):
        raise Unavailable(f"{host} cannot be reached ({reason(answer)})") from answer
    return answer


def not_written(path, error):
    """Return the ``Unavailable`` for a file or folder that the disk or its rights do not allow."""
    why = f"cannot be written ({reason(error)})"
    return Unavailable(f"{path} {why}", f"{path.name} {why}")


def phrase(code):
    """Return what a status of HTTP means: a server's own words may hold anything, and are not repeated."""
    return next((status.phrase for status in http.HTTPStatus if status == code), "no status of HTTP")


def reason(error):
    """Return an error's own words in one line, without a path."""
    inner = getattr(error, "reason", error)
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate is refused: {inner.verify_message}; is this machine's clock right?"
    words = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


class Progress:
    """Show how far a download is: one line that is written anew, in a notebook or on a terminal."""

    def __init__(self, name, size):
        self.name, self.size = name, size
        self.received, self.tenth, self.line = 0, -1, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.tenth >= 0 and self.line is None and sys.stderr.isatty():
            print(file=sys.stderr)

    def add(self, count):
        """Count bytes received, and show them once for every tenth of the file."""
        self.received += count
        tenth = 10 * self.received // self.size
        if tenth == self.tenth:
            return
        self.tenth = tenth
        text = f"{self.name}: {self.received / 1e6:.1f} of {self.size / 1e6:.1f} MB"
        if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
            from IPython.display import display

            content = {"text/plain": text}
            if self.line is None:
                self.line = display(content, raw=True, display_id=True)
            else:
                self.line.update(content, raw=True)
        else:
            start, end = ("\r", "") if sys.stderr.isatty() else ("", "\n")
            print(f"{start}{text}", end=end, file=sys.stderr, flush=True)
