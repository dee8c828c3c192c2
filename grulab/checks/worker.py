"""The process in which a learner's functions run: it answers the grader's questions and knows no check.

It is started by ``grulab.checks.sandbox``. Nothing in here protects the grader: a learner's code may change
all of it. What protects is around this process, and on the other side of the pipe.
"""

import builtins
import os
import random
import sys
from contextlib import contextmanager

import numpy as np

from grulab.checks import confine, frames
from grulab.checks.definitions import Definitions, cells_of, defined_by, functions_for, read, why_unmade
from grulab.checks.values import Garbled, pack, unpack
from grulab.checks.workshop import Workshop, told


class Functions(dict):
    """The functions of a notebook, each made when it is first asked for."""

    def __init__(self, found: Definitions):
        self.found = found

    def __missing__(self, name):
        made = functions_for(self.found, name)
        if name not in made:
            raise KeyError(name)
        self[name] = made[name]
        return made[name]

    def get(self, name, default=None):
        """Return a function, or the default when the notebook defines none of this name."""
        try:
            return self[name]
        except KeyError:
            if name in {one for _, statement in self.found.statements for one in defined_by(statement)}:
                raise
            return default


class Worker:
    """Answer one message after the other, over two file descriptors of its own."""

    def __init__(self, source: int, sink: int):
        self.source, self.sink = source, sink
        self.found = Definitions()
        self.workshop = Workshop({}, self.consult)

    def run(self):
        """Answer until the grader closes its end."""
        self.send(frames.READY, b"")
        answers = {frames.LOAD: self.load, frames.WARM: warm, frames.OPEN: self.open, frames.ASK: self.ask}
        while True:
            kind, payload = self.receive()
            self.send(frames.REPLY, answers[kind](payload))

    def load(self, notebook):
        """Read a notebook, execute nothing, and say what it defines and what is left out of it."""
        try:
            self.found = read(cells_of(notebook))
        except ValueError as error:
            return pack({"fault": str(error)})
        names = {name for _, statement in self.found.statements for name in defined_by(statement)}
        unmade = [name for name in self.found.unmade if name not in names][:200]
        return pack(
            {
                "fault": None,
                "names": sorted(names)[:5000],
                "left_out": self.found.left_out[:200],
                "unmade": {name: why_unmade(self.found, name) for name in unmade},
                "faults": self.found.faults[:200],
            }
        )

    def open(self, payload):
        """Make a new workshop and execute what one function needs; the learner's code runs from here on.

        The global generators are seeded, so that an answer that draws from them draws the same again.
        """
        name, seed = unpack(payload)
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        self.workshop = Workshop(Functions(self.found), self.consult)
        try:
            if name is not None:
                self.workshop.functions.get(name)
        except BaseException as stopped:
            return pack({"value": None, "error": told(stopped)})
        return pack({"value": None, "error": None})

    def ask(self, request):
        """Let the workshop serve a request; whatever goes wrong is an answer, too."""
        try:
            return self.workshop.serve(request)
        except BaseException as stopped:
            return pack({"value": None, "error": told(stopped)})

    def consult(self, kind, number, method, arguments):
        """Ask the check's side for what only a helper there can say."""
        self.send(frames.CONSULT, pack([kind, number, method, np.frombuffer(arguments, np.uint8)]))
        said, payload = self.receive()
        if said == frames.ANSWER:
            return payload
        name, words = unpack(payload)
        error = getattr(builtins, name, None)
        is_plain = isinstance(error, type) and issubclass(error, Exception)
        try:
            raised = error(words) if is_plain else RuntimeError(words)
        except TypeError:  # an error that wants more than words
            raised = RuntimeError(words)
        raise raised

    # ---- parts ----

    def receive(self):
        """Return the kind and the bytes of the next message."""
        kind, length = frames.HEADER.unpack(self.exactly(frames.HEADER.size))
        return kind, self.exactly(length)

    def exactly(self, length):
        """Return so many bytes; end this process when the grader has closed its end."""
        parts = []
        while length:
            part = os.read(self.source, min(length, 2**20))
            if not part:
                os._exit(0)  # the grader has closed its end
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def send(self, kind, payload):
        """Send one message."""
        left = memoryview(frames.frame(kind, payload))
        while left:
            left = left[os.write(self.sink, left) :]


def warm(payload):
    """Load TensorFlow before any of the learner's code, so that no deadline counts its seconds."""
    try:
        # Keras loads these, where they are installed, for kinds of data that no answer is given
        with not_found("sklearn", "pandas"):
            import grulab.quiet  # noqa: F401
        optimise_graphs(False)
    except Exception as error:
        return pack({"value": None, "error": told(error)})
    return pack({"value": None, "error": None})


def optimise_graphs(wanted: bool):
    """Say whether TensorFlow rewrites the graphs of models: for one that trains a second it takes longer."""
    import tensorflow

    tensorflow.config.optimizer.set_experimental_options({"disable_meta_optimizer": not wanted})


@contextmanager
def not_found(*modules):
    """Let some modules, unless they are loaded, not be found inside the ``with`` block."""
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def main(processes: int, user: int | None):
    """Confine this process, then serve the grader on what were its standard input and output."""
    source, sink = os.dup(0), os.dup(1)
    try:
        confine.limit(processes)
        if user is not None:
            confine.drop(user)
    except confine.NotConfined as error:
        os.write(2, str(error).encode())
        os._exit(70)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.argv = [""]
    try:
        Worker(source, sink).run()
    except (Garbled, KeyError, OSError):
        os._exit(70)
