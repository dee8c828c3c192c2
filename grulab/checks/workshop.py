"""Where a learner's functions run: the same for the notebook's kernel and for the grader's closed process.

A workshop serves requests: call a function, build a model, ask the model. Everything goes in and comes out as
``grulab.checks.values`` knows it, so a check sees the same in either place, and neither side can change what
the other holds.
"""

import traceback
import warnings

import numpy as np

from grulab.checks.attempted import is_attempted
from grulab.checks.values import Garbled, Helper, Opaque, name_of, pack, type_name, unpack, with_article
from grulab.testset import TestSet


class Workshop:
    """Serve requests on the functions of one learner.

    ``functions`` maps names to functions. ``consult(kind, number, method, arguments)`` asks the check's side
    for what only a helper there can say: what a callable returns, or what a test set holds.
    """

    def __init__(self, functions, consult):
        self.functions, self.consult = functions, consult
        self.models = []

    def serve(self, request: bytes) -> bytes:
        """Answer one request ``(operation, arguments)``: a dictionary of value, error, changed, warnings."""
        operation, arguments = unpack(request)
        reply = getattr(self, f"do_{operation}")(*arguments)
        try:
            return pack(reply)
        except Garbled as error:
            return pack({"error": ("ValueError", f"what comes back is too large: {error}", "")})

    # ---- operations ----

    def do_state(self, name):
        """Say whether a function is there and has a body: "missing", "not attempted" or "attempted"."""
        function = self.functions.get(name)
        if function is None:
            return {"value": "missing"}
        if not callable(function):
            return {"value": with_article(type_name(function))}
        try:
            return {"value": "attempted" if is_attempted(function) else "not attempted"}
        except Exception:  # an object that is called like a function, and answers strangely when looked at
            return {"value": "attempted"}

    def do_call(self, name, arguments, options):
        """Call a function; its arguments are compared before and after."""
        given = {**dict(enumerate(arguments)), **options}
        before = {key: pack(one) for key, one in given.items()}
        usable = {key: self.usable(one) for key, one in given.items()}
        positional = [usable[place] for place in range(len(arguments))]
        changed = []

        def call():
            if self.functions.get(name) is None:
                raise NameError(f"name {name!r} is not defined")
            value = self.functions[name](*positional, **{key: usable[key] for key in options})
            changed.extend(key for key, one in before.items() if pack(given[key]) != one)
            return value

        return {**self.guarded(name, call), "changed": changed}

    def do_build(self, name, arguments, options, seed):
        """Call a function that returns a Keras model, after ``keras.utils.set_random_seed``; keep it."""
        from grulab.quiet import keras

        def build():
            keras.utils.set_random_seed(seed)
            model = self.functions[name](*arguments, **options)
            if not isinstance(model, keras.Model):
                return Opaque("None" if model is None else type_name(model))
            self.models.append(model)
            return len(self.models) - 1

        return self.guarded(name, build)

    def do_model(self, name, number, method, arguments):
        """Ask a kept model, with a function of ``grulab.checks.models``."""
        from grulab.checks import models

        return self.guarded(name, lambda: getattr(models, method)(self.models[number], *arguments))

    # ---- parts ----

    def guarded(self, name, action):
        """Return what an action gives, or the error that stops it, and the warnings on the way.

        The value is a plain copy: whatever the answer does later, it stays as it is.
        """
        error, value, heard = None, None, []
        # as Python and NumPy have it at their start, whatever the notebook has set
        with warnings.catch_warnings(record=True) as said, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            try:
                value = plain(action())
                heard = [str.__str__(str(one.message))[:500] for one in said[:20]]
            except KeyboardInterrupt:
                raise
            except BaseException as stopped:  # SystemExit and its like, too, must not end the check
                error, value = told(stopped), None
        return {"value": value, "error": error, "warnings": heard}

    def usable(self, value):
        """Return an argument as the function gets it: helpers become callables and test sets."""
        if not isinstance(value, Helper):
            return value

        def ask(method, *arguments):
            return unpack(self.consult(value.kind, value.number, method, pack(arguments)))

        if value.kind == "testset":
            return DistantTestSet(ask)

        def given(*arguments, **named):
            if named:
                raise TypeError(f"hand it its argument without a name, and not as {', '.join(named)}=…")
            return ask("call", *arguments)

        return given


class DistantTestSet(TestSet):
    """A test set whose labels and count of questions stay with the check."""

    def __init__(self, ask):
        self._ask = ask

    @property
    def asked(self):
        """The names of the models that were evaluated, in order."""
        return self._ask("asked")

    @property
    def reviews(self):
        """The inputs."""
        return self._ask("reviews")

    def __len__(self):
        return self._ask("length")

    def judge(self, name, probabilities):
        """Return the accuracy of the probabilities, and note ``name``."""
        return self._ask("judge", str(name), np.asarray(probabilities))


def plain(value):
    """Return a value as a check will see it; raise ``ValueError`` with a sentence when it is too large."""
    try:
        return unpack(pack(value))
    except Garbled as error:
        raise ValueError(f"what it returns cannot be read: {error}") from None


def told(error):
    """Return an error as its type, its words, and the line of the learner's that it came from.

    A class of the learner's own is told as what it is made from: their kind of ``ValueError`` is one.
    """
    kind, line, words = type_name(error), "", "no words"
    try:
        kind = next(name_of(one) for one in type.mro(type(error)) if one.__module__ != "__main__")
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "ipykernel" in frame.filename or frame.filename.startswith("<")]
        line = own[-1].line or "" if own else ""
        words = str.__str__(str(error))
    except BaseException as stopped:  # an error whose words are an error themselves
        if isinstance(stopped, KeyboardInterrupt):
            raise
    return kind, words[:500], line[:200]
