"""An answer as a check sees it: something to call and to build models with, wherever it runs."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from inspect import signature

import numpy as np

from grulab.checks.values import Garbled, Helper, Opaque, pack, unpack, with_article
from grulab.checks.workshop import Workshop
from grulab.testset import TestSet

NUMBERS = "?biuf"  # truth values, whole numbers, floats


class Wrong(Exception):
    """One sentence, or a few, on what is wrong with an answer and where to look."""


def expect(condition, sentence):
    """Raise ``Wrong`` with a sentence unless the condition holds."""
    if not condition:
        raise Wrong(sentence)


def is_close(value, expected, tolerance=1e-6):
    """Return whether a value is an array or number of the expected shape, within an absolute tolerance."""
    value = as_array(value)
    expected = np.asarray(expected, dtype=float)
    if value.dtype.kind not in NUMBERS or value.shape != expected.shape:
        return False
    with np.errstate(over="ignore"):  # in the difference of huge numbers
        return bool(np.allclose(value.astype(float), expected, rtol=0, atol=tolerance))


def is_whole(value):
    """Return whether a value is one whole number: of Python's, NumPy's or Keras', but no True or False."""
    if isinstance(value, np.ndarray):
        return value.shape == () and value.dtype.kind in "iu"
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def expect_array(value, shape, what):
    """Return a value as an array of real numbers of the given shape; raise ``Wrong`` when it is none.

    ``what`` begins the sentence, as in "The new state". Lists that NumPy reads as numbers will do.
    """
    array, shape = as_array(value), tuple(map(int, shape))
    real = "real " if array.dtype.kind == "c" else ""
    held = f"hold {real}numbers" if shape else f"be a {real}number"
    expect(array.dtype.kind in NUMBERS, f"{what} must {held}, but it is {named(value)}.")
    asked = f"have the shape {shape}" if shape else "be one number"
    expect(array.shape == shape, f"{what} must {asked}, but its shape is {array.shape}.")
    return array


def as_array(value):
    """Return a value as NumPy reads it; an empty array of text when it reads nothing."""
    try:
        return np.asarray(value)
    except (TypeError, ValueError, OverflowError):
        return np.empty(0, "U1")


def named(value):
    """Return what a value is, for a sentence: "None", "a list", "an array of shape (2, 3)"."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        kinds = {"U": "text of ", "c": "complex numbers of ", "b": "truth values of "}
        what = kinds.get(value.dtype.kind, "")
        return f"an array of {what}shape {value.shape}"
    return with_article(value.type_name if isinstance(value, Opaque) else type(value).__name__)


@dataclass(frozen=True)
class Reply:
    """What came of one call: the value, or the error that stopped it, and the warnings on the way.

    ``error`` is ``None`` or (type, words, line of code).
    """

    value: object
    error: tuple[str, str, str] | None
    warnings: tuple[str, ...]


class Helpers:
    """What a check hands to an answer and keeps in its own hands: callables and test sets."""

    def __init__(self):
        self.kept, self.raised = [], None

    def offer(self, value):
        """Return a value as it travels: a ``Helper`` for a callable or a test set."""
        if isinstance(value, TestSet):
            kind = "testset"
        elif callable(value) and not isinstance(value, type):
            kind = "callable"
        else:
            return value
        self.kept.append(value)
        return Helper(kind, len(self.kept) - 1)

    def consult(self, kind, number, method, arguments: bytes) -> bytes:
        """Answer a question from the answer's side.

        A ``Wrong`` that a helper raises is kept, and ends the check. Every other error is one of the answer,
        which asked for what there is not.
        """
        kept = self.kept[number]
        arguments = unpack(arguments)
        try:
            if kind == "callable" and method == "call":
                with suppress(ValueError):  # of a callable that does not say what it takes
                    signature(kept).bind(*arguments)  # else the error would name a function of the check
                return pack(kept(*arguments))
            if kind == "testset" and method in ("asked", "length", "reviews", "judge"):
                return pack(of_testset(kept, method, arguments))
        except Wrong as wrong:
            self.raised = self.raised or wrong
            raise
        raise Garbled(f"a helper has no {method}")


def of_testset(test, method, arguments):
    """Answer one question to a test set: its reviews, never its labels, and the accuracy of probabilities."""
    if method == "asked":
        return list(test.asked)
    if method == "length":
        return len(test)
    if method == "reviews":
        return list(test.reviews)
    name, probabilities = arguments
    return test.judge(str(name)[:200], probabilities)  # names are kept, and nobody counts the questions


class Answer:
    """One learner's answer to one question. Call it like the function that it is.

    ``serve(request, consult, deadline)`` sends one request to the ``Workshop`` where the function lives and
    returns its reply; ``consult`` answers what only a helper on this side can say.
    """

    def __init__(self, name: str, serve: Callable, deadline: float = 10.0):
        self.name, self.deadline = name, deadline
        self.remarks: list[str] = []
        self._serve = serve

    def __call__(self, *arguments, **options):
        """Return what the function returns.

        Raises ``Wrong`` when it stops with an error, returns nothing or nothing that a check can read,
        returns NaN or an infinite number, or changes its arguments. Arguments are copies: the check's own
        never change.
        """
        reply = self.reply(*arguments, **options)
        self._expect_no_error(reply)
        return reply.value

    def reply(self, *arguments, **options) -> Reply:
        """Call the function and return what came of it, an error included: for input that it must refuse.

        Raises ``Wrong`` for changed arguments and for values that no check can read, never for an error.
        """
        helpers = Helpers()
        said = self._ask(
            helpers,
            "call",
            self.name,
            [helpers.offer(one) for one in arguments],
            {key: helpers.offer(one) for key, one in options.items()},
        )
        reply = Reply(said.get("value"), said.get("error"), tuple(said.get("warnings", ())))
        if reply.error is None:
            expect(
                not said.get("changed"),
                f"{self.name} changes an argument that it was given. "
                + how_to_keep(arguments, options, said.get("changed", [])),
            )
            expect(reply.value is not None, f"{self.name} returns nothing: is a return missing?")
            self._expect_readable(reply.value)
        return reply

    def build(self, *arguments, seed=0, **options) -> "Model":
        """Call a function that returns a Keras model and return a handle on it. Keras' seed is set before."""
        said = self._ask(Helpers(), "build", self.name, list(arguments), options, seed)
        reply = Reply(said.get("value"), said.get("error"), ())
        self._expect_no_error(reply)
        expect(
            type(reply.value) is int,
            f"{self.name} must return the Keras model, but it returns {named(reply.value)}."
            if not (isinstance(reply.value, Opaque) and reply.value.type_name == "None")
            else f"{self.name} returns nothing: is its return missing?",
        )
        return Model(self, reply.value)

    def state(self, name=None) -> str:
        """Return "attempted", "not attempted", "missing", or what stands there instead of a function."""
        said = self._ask(Helpers(), "state", name or self.name)
        self._expect_no_error(Reply(None, said.get("error"), ()))
        return str(said.get("value"))[:200]

    def of(self, name) -> "Answer":
        """Return another function of the same learner, for checks of the whole pipeline."""
        other = Answer(name, self._serve, self.deadline)
        other.remarks = self.remarks
        return other

    def remark(self, sentence):
        """Say something beside the verdict that does not change it."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    # ---- parts ----

    def _ask(self, helpers, operation, *arguments):
        try:
            request = pack([operation, list(arguments)])
            reply = unpack(self._serve(request, helpers.consult, self.deadline))
            if not has_form(reply):
                raise Garbled("the reply has another form")
        except Garbled as error:
            raise Wrong(f"{self.name} gave back bytes that are no answer: {error}.") from None
        finally:
            if helpers.raised is not None:
                raise helpers.raised
        return reply

    def _expect_no_error(self, reply):
        if reply.error is not None:
            kind, words, line = reply.error
            where = f" in the line `{line}`" if line else ""
            raise Wrong(
                f"{self.name} stops with {kind}: {words}{where}" + ("" if words.endswith(".") else ".")
            )

    def _expect_readable(self, value):
        strange = first_strange(value)
        if isinstance(strange, Helper):
            strange = Opaque(strange.kind)
        if isinstance(strange, Opaque):
            raise Wrong(
                f"{self.name} returns {named(strange)}. A check reads numbers, text, arrays, lists, tuples "
                "and dictionaries."
            )
        expect(strange is None, f"{self.name} returns {strange}, which is no finite number.")


class Model:
    """A Keras model that an answer has built, in the answer's own place."""

    def __init__(self, answer: Answer, number: int):
        self.answer, self.number = answer, number

    def predict(self, x):
        """Return the model's answers to ``x``, finite numbers, as an array."""
        answers = self._ask("predict", x)
        self.answer._expect_readable(answers)
        return answers

    def evaluate(self, x, y):
        """Return what the model reports: a dictionary from names to numbers."""
        return self._expect(is_scores, "evaluate", x, y)

    def score(self, y, answers):
        """Return what the compiled loss and metrics say of given answers: names and numbers."""
        return self._expect(is_scores, "score", y, answers)

    def fit(self, x, y, epochs=1, batch_size=32, seed=0, rate=1.0):
        """Train, and return the loss of each epoch. ``rate`` multiplies the learning rate before."""
        return self._expect(is_row, "fit", x, y, epochs, batch_size, seed, rate)

    def weights(self):
        """Return the list of weights."""
        return self._expect(is_weights, "weights")

    def set_weights(self, weights):
        """Put weights in."""
        self._ask("set_weights", weights)

    def describe(self):
        """Return what ``grulab.checks.models.describe`` says."""
        return self._ask("describe")

    def _expect(self, is_right, method, *arguments):
        """Ask, and hold the reply to its form: the grader gets it from a process that may send anything."""
        value = self._ask(method, *arguments)
        expect(is_right(value), f"The model of {self.answer.name} gave back something else at {method}.")
        return value

    def _ask(self, method, *arguments):
        answer = self.answer
        said = answer._ask(Helpers(), "model", answer.name, self.number, method, list(arguments))
        if said.get("error") is not None:
            kind, words, _ = said["error"]
            raise Wrong(f"The model of {answer.name} stops at {method} with {kind}: {words}")
        return said.get("value")


def how_to_keep(arguments, options, changed):
    """Return a sentence on how to leave alone what was changed: places of arguments and names of options."""
    given = {**dict(enumerate(arguments)), **options}
    keys = [one for one in changed if isinstance(one, int | str)]
    if any(isinstance(given.get(one), np.ndarray) for one in keys):
        return "Make a new one: z * h does, while h *= z and h[:] = … change the caller's own."
    return (
        "Make a new one, or change a copy: append, pop, sort, shuffle, setdefault and an assignment to a "
        "place in it change the caller's own."
    )


def has_form(reply):
    """Return whether a reply has its form: the grader gets it from a process that may send anything."""
    if not (isinstance(reply, dict) and is_error(reply.get("error"))):
        return False
    warnings, changed = reply.get("warnings", []), reply.get("changed", [])
    return (
        isinstance(warnings, list)
        and all(isinstance(one, str) for one in warnings)
        and isinstance(changed, list)
    )


def is_error(error):
    """Return whether a reply's error has its form: nothing, or three texts."""
    return error is None or (
        isinstance(error, tuple) and len(error) == 3 and all(isinstance(one, str) for one in error)
    )


def is_row(value):
    """Return whether a value is a list of floats."""
    return isinstance(value, list) and all(type(one) is float for one in value)


def is_scores(value):
    """Return whether a value is a dictionary from names to floats."""
    return (
        isinstance(value, dict) and all(isinstance(key, str) for key in value) and is_row([*value.values()])
    )


def is_weights(value):
    """Return whether a value is a list of arrays of numbers."""
    return isinstance(value, list) and all(
        isinstance(one, np.ndarray) and one.dtype.kind in NUMBERS for one in value
    )


def first_strange(value):
    """Return the first thing in a value that no check can judge: no plain value, or NaN or an infinity."""
    if isinstance(value, Opaque | Helper):
        return value
    if isinstance(value, list | tuple):
        found = (first_strange(one) for one in value)
        return next((one for one in found if one is not None), None)
    if isinstance(value, dict):
        return first_strange([*value.keys(), *value.values()])
    if isinstance(value, float | np.floating | np.complexfloating) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "fc"
    ):
        infinite = ~np.isfinite(value)
        return str(np.asarray(value)[infinite].flat[0]) if np.any(infinite) else None
    return None


def here(functions) -> Callable:
    """Return the ``serve`` of functions that live in this process: those of the notebook's kernel."""
    workshop = Workshop(functions, None)

    def serve(request, consult, deadline):
        workshop.consult = consult
        return workshop.serve(request)

    return serve
