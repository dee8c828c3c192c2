"""The grader's side of a graded process: ask it, watch it, end it. Every byte that it sends is suspect."""

import os
import select
import signal
import subprocess
import time
from contextlib import suppress

import numpy as np
import psutil

from grulab.checks import frames
from grulab.checks.answer import Wrong
from grulab.checks.values import Garbled, pack, unpack

LIMIT = 128 * 2**20  # bytes of one message from a graded process
MEMORY = 3 * 2**30  # bytes of all processes of one submission
CONSULTATIONS = 50_000  # times that one call may ask for what a helper says
TICK = 0.1  # seconds between two looks at the memory


class Lost(Exception):
    """The graded process is gone; the words say why, as in "did not come back within 10 seconds"."""


class Child:
    """One graded process, from its start to its end."""

    def __init__(self, house, seconds: float = 30.0):
        self.why = None  # what a lost process has done
        self._buffer = bytearray()
        self._looked = 0.0
        self.house, self.process = house, house.start()
        self._source, self._sink = self.process.stdout.fileno(), self.process.stdin.fileno()
        for descriptor in (self._source, self._sink, self.process.stderr.fileno()):
            os.set_blocking(descriptor, False)
        try:
            kind, _ = self._receive(time.monotonic() + seconds, f"did not start within {seconds:g} seconds")
            if kind != frames.READY:
                raise Lost("did not start")
        except Lost as lost:
            said = self._words_of_failure()
            self.close()
            raise Lost(f"{lost}{said}") from None

    def exchange(self, kind: bytes, payload: bytes, seconds: float, consult=None) -> bytes:
        """Send one message and return the reply; questions that come back on the way go to ``consult``.

        Raises ``Lost`` when no reply comes in time, or none that may be; the process is ended then.
        """
        if self.why is not None:
            raise Lost(self.why)
        deadline = time.monotonic() + seconds
        late = f"did not come back within {seconds:g} seconds: is there a loop that does not end?"
        asked = 0
        try:
            if self._buffer or select.select([self._source], [], [], 0)[0]:
                self._read()
                if self._buffer:
                    raise Lost("sent bytes that nobody asked for")
            self._send(kind, payload, deadline, late)
            while True:
                kind, payload = self._receive(deadline, late)
                if kind == frames.REPLY:
                    return payload
                asked += 1
                if kind != frames.CONSULT or consult is None or asked > CONSULTATIONS:
                    raise Lost("sent bytes that are no answer")
                self._send(*consulted(consult, payload), deadline, late)
        except BaseException as stopped:
            self.why = str(stopped) if isinstance(stopped, Lost) else "was stopped"
            self.close()
            raise

    def serve(self, name: str):
        """Return the ``serve`` of an ``Answer`` named ``name``: what is lost is ``Wrong``, in a sentence."""

        def serve(request, consult, deadline):
            try:
                return self.exchange(frames.ASK, request, deadline, consult)
            except Lost as lost:
                raise Wrong(f"{name} {lost}" + ("" if str(lost).endswith("?") else ".")) from None

        return serve

    def is_odd(self) -> bool:
        """Return whether it is gone, or has left processes behind that nobody asked for."""
        return self.why is not None or len(self._tree()) > 2

    def close(self):
        """End the process and all that it has started."""
        self.why = self.why or "was ended"
        tree = self._tree()
        for one in tree:
            with suppress(psutil.Error):
                one.kill()
        try:
            # when the first process of a sandbox has gone, so have all others, and bubblewrap ends by itself
            self.process.wait(2 if tree and self.house.is_closed else 0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(OSError):
                stream.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- parts ----

    def _tree(self):
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.Error:
            return []

    def _watch(self):
        """Look at the memory of all its processes, now and then."""
        now = time.monotonic()
        if now - self._looked < TICK:
            return
        used = 0
        for one in self._tree():
            with suppress(psutil.Error):
                used += one.memory_info().rss
        self._looked = time.monotonic()
        if used > MEMORY:
            raise Lost(f"used more than {MEMORY / 2**30:g} GB of memory")

    def _wait(self, descriptor, event, deadline, late):
        """Wait until a descriptor is ready; raise ``Lost`` after the deadline."""
        poll = select.poll()
        poll.register(descriptor, event)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Lost(late)
            self._watch()
            if poll.poll(min(left, TICK) * 1000):
                return

    def _send(self, kind, payload, deadline, late):
        left = memoryview(frames.frame(kind, payload))
        while left:
            self._wait(self._sink, select.POLLOUT, deadline, late)
            try:
                left = left[os.write(self._sink, left) :]
            except BlockingIOError:
                continue
            except OSError:
                raise Lost(self._epitaph()) from None

    def _receive(self, deadline, late):
        header = frames.HEADER
        while len(self._buffer) < header.size:
            self._wait(self._source, select.POLLIN, deadline, late)
            self._read()
        kind, length = header.unpack_from(self._buffer)
        if kind not in (frames.READY, frames.REPLY, frames.CONSULT):
            raise Lost("sent bytes that are no answer")
        if length > LIMIT:
            raise Lost(f"sent back more than {LIMIT // 2**20} MB")
        while len(self._buffer) < header.size + length:
            self._wait(self._source, select.POLLIN, deadline, late)
            self._read()
        payload = bytes(memoryview(self._buffer)[header.size : header.size + length])
        del self._buffer[: header.size + length]
        return kind, payload

    def _read(self):
        try:
            part = os.read(self._source, 2**20)
        except BlockingIOError:
            return
        if not part:
            raise Lost(self._epitaph())
        self._buffer += part

    def _epitaph(self):
        """Say how the process has ended."""
        for _ in range(20):
            if (status := self.process.poll()) is not None:
                break
            time.sleep(0.05)
        else:
            return "closed the way on which its answers come"
        number = -status if status < 0 else status - 128
        if number in {one.value for one in signal.Signals}:
            return f"ended its process: {signal.Signals(number).name}"
        return f"ended its process with the exit status {status}"

    def _words_of_failure(self):
        with suppress(OSError):
            said = os.read(self.process.stderr.fileno(), 2000).decode(errors="replace").strip()
            if said:
                return f": {said.splitlines()[-1]}"
        return ""


def consulted(consult, payload) -> tuple[bytes, bytes]:
    """Answer a question from the graded process: what a helper says, or its error as type and words."""
    try:
        question = unpack(payload)
        if not (isinstance(question, list) and len(question) == 4 and isinstance(question[3], np.ndarray)):
            raise Lost("sent a question that is none")
        kind, number, method, arguments = question
        if not (isinstance(kind, str) and type(number) is int and number >= 0 and isinstance(method, str)):
            raise Lost("sent a question that is none")
        return frames.ANSWER, consult(kind, number, method, arguments.tobytes())
    except Garbled:
        raise Lost("sent a question that is none") from None
    except (Wrong, Lost):
        raise
    except Exception as error:
        return frames.FAULT, pack([type(error).__name__, str(error)[:500]])
