"""Good arguments and what spoils them: what the tests of bad input draw from.

A ``Kind`` makes bad values of one argument from a good one, so that they are wrong in one way at a time.
``refused`` holds what an error must be: a TypeError or a ValueError of one sentence, raised by the course's
own code, that names the argument.
"""

import copy
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import grulab

# in one place: the same draws at every run, and no limit of time on a busy machine
DRAWS = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HOME = str(Path(grulab.__file__).parent)
HUGE = 10**30


class Frame:
    """An object that looks like a table of pandas, and holds texts."""

    columns = ("a", "b")
    shape = (2, 2)

    def __array__(self, dtype=None, copy=None):
        return np.array([["a", "b"], ["c", "d"]], dtype=object)

    def __len__(self):
        return 2


class Broken:
    """An object that fails when it is asked for its array."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")


NO_NUMBER = (
    None,
    "three",
    "\ud800\x00<b>",
    b"x",
    2 + 1j,
    object(),
    [],
    {},
    [1, 2],
    np.array(["a"]),
    np.zeros((2, 2)),
    True,
    np.True_,
    np.array(None),
    np.datetime64("2020-01-01"),
)
NO_ARRAY = (
    None,
    "three",
    "\ud800\x00<b>",
    b"x",
    object(),
    {},
    [],
    [[1], [1, 2]],
    {1},
    Frame(),
    Broken(),
    print,
    np.array("a"),
    np.array(None),
    np.zeros((0, 3)),
)
NO_TEXT = (None, 1, 1.5, b"bytes", ["a", "b"], object(), True, {}, np.array(["a"]))
NO_OBJECT = (None, 1, "weights", [], {}, object(), np.zeros((2, 3)), print)


@dataclass(frozen=True)
class Kind:
    """What an argument may be: ``bad(good, rng)`` lists what must be refused, ``alike`` what does as well."""

    bad: Callable
    alike: Callable = field(default=lambda good: ())


def size(least=1, most=None):
    """Return the kind of a whole number."""
    beyond = () if most is None else (most + 1,)
    return Kind(
        lambda good, rng: (
            *NO_NUMBER,
            1.5,
            np.nan,
            np.inf,
            -np.inf,
            float(good),
            least - 1,
            -HUGE,
            HUGE,
            *beyond,
        ),
        lambda good: (
            *((np.int64(good), np.int16(good)) if abs(good) < 2**15 else ()),
            *((np.uint8(good),) if 0 <= good < 2**8 else ()),
        ),
    )


def seed():
    """Return the kind of a seed: any whole number from 0 on."""
    return Kind(lambda good, rng: (*NO_NUMBER, 1.5, np.nan, -1), lambda good: (np.int64(good),))


def number(least=None, most=None, *more, none=False):
    """Return the kind of a finite number within limits; ``more`` are bad, None is not where ``none``."""
    limits = [
        value
        for value, beyond in ((least, -1e-3), (most, 1e-3))
        if value is not None
        for value in (value + beyond,)
    ]
    bad = [one for one in NO_NUMBER if not (none and one is None)]
    return Kind(lambda good, rng: (*bad, np.nan, np.inf, -np.inf, 10**400, *limits, *more))


def flag():
    """Return the kind of a yes or no."""
    return Kind(lambda good, rng: (None, 0, 1, "yes", 1.5, [], np.array([True, False]), object()))


def text(*more):
    """Return the kind of a string."""
    return Kind(lambda good, rng: (*NO_TEXT, *more))


def option(*more):
    """Return the kind of one of some words."""
    return Kind(lambda good, rng: (*NO_TEXT, "", "\ud800", "__class__", *more))


def function():
    """Return the kind of a function."""
    return Kind(lambda good, rng: (None, 1, "max", [], {}, np.zeros(3), object()))


def thing():
    """Return the kind of an object of one class."""
    return Kind(lambda good, rng: NO_OBJECT)


def spoiled_arrays(good, rng, *, is_finite=True, is_free=False):
    """Yield arrays that differ from a good one in one way; with ``is_free`` any shape would do."""
    yield from (one for one in NO_ARRAY)
    yield good.astype(complex) + 1j
    yield good.astype(str)
    yield good.astype(object)
    yield good.astype("datetime64[s]") if good.dtype.kind in "iu" else good.astype(bool)
    yield np.ma.masked_array(good, np.ones(good.shape, bool))
    yield np.empty((0, *good.shape[1:]), good.dtype)
    if not is_free:
        yield good[None]
        yield good[..., None]
        yield good.ravel()[0]
        if good.ndim > 1:
            yield good[0]
    if is_finite and good.dtype.kind == "f":
        for value in (np.nan, np.inf, -np.inf):
            spoiled = good.copy()
            spoiled.flat[rng.integers(good.size)] = value
            yield spoiled


def forms(good):
    """Yield the same array with other memory below it: not in a row, backwards, not to be written to."""
    wide = np.zeros((*good.shape[:-1], 2 * good.shape[-1]), good.dtype)
    wide[..., ::2] = good
    yield wide[..., ::2]
    yield np.asfortranarray(good)
    yield good[::-1].copy()[::-1]
    frozen = good.copy()
    frozen.flags.writeable = False
    yield frozen


def floats(*fixed):
    """Return the kind of a float32 or float64 array; the axes ``fixed`` may have no other size."""

    def bad(good, rng):
        yield from spoiled_arrays(good, rng)
        yield good.astype("float16")
        yield (good * 10).astype(int)
        yield good.astype(good.dtype.newbyteorder())
        for axis in fixed:
            yield np.concatenate([good, good.take([0], axis)], axis)

    return Kind(bad, lambda good: (*forms(good), *([good.tolist()] if good.dtype == "float64" else [])))


def numbers(*fixed, is_finite=True, is_free=False):
    """Return the kind of an array of any real numbers."""

    def bad(good, rng):
        yield from spoiled_arrays(good, rng, is_finite=is_finite, is_free=is_free)
        for axis in fixed:
            yield np.concatenate([good, good.take([0], axis)], axis)

    return Kind(bad, lambda good: (*forms(good), good.tolist(), good.astype(good.dtype.newbyteorder())))


def ids(*fixed, most=None):
    """Return the kind of an array of whole numbers, from 0 to ``most`` where there is one."""

    def bad(good, rng):
        yield from spoiled_arrays(good, rng)
        yield good + 0.5
        yield good.astype(float)
        for axis in fixed:
            yield np.concatenate([good, good.take([0], axis)], axis)
        for value in () if most is None else (-1, most + 1, 2**62):
            spoiled = good.astype("int64")
            spoiled.flat[rng.integers(good.size)] = value
            yield spoiled

    return Kind(bad, lambda good: (*forms(good), good.tolist(), good.astype("int16"), good.astype(">i4")))


def listed(*more, alike=()):
    """Return the kind of a list whose entries are spoiled by ``more``, functions of the good list."""
    return Kind(
        lambda good, rng: (None, 1, "text", 1.5, object(), {"a": 1}, True, *(spoil(good) for spoil in more)),
        lambda good: tuple(make(good) for make in alike),
    )


def notes(*more):
    """Return the kind of a list of ``(midi pitch, beats)``; ``more`` are as in ``listed``."""
    return listed(
        lambda good: [(60,)],
        lambda good: [60],
        lambda good: [("C", 1)],
        lambda good: [(60, 0)],
        lambda good: [(128, 1)],
        lambda good: [(60, np.nan)],
        lambda good: [(60.5, 1)],
        *more,
        alike=(tuple,),
    )


def mapping(*more):
    """Return the kind of a dictionary; ``more`` are bad ones."""
    return Kind(lambda good, rng: (None, 1, "text", [1, 2], object(), np.zeros(2), *more))


@dataclass(frozen=True)
class Entry:
    """A public function: how to call it well, by the arguments ``good(draw)``, and the kind of each."""

    call: Callable
    good: Callable
    kinds: dict
    names: dict = field(
        default_factory=dict
    )  # what the message calls an argument, where that is not its name
    rounds: int = 4  # of good arguments


class Draw:
    """Small sizes and arrays, all from one seed."""

    def __init__(self, number):
        self.rng = np.random.default_rng(number)
        self.batch, self.time_steps, self.features, self.units = (int(n) for n in self.rng.integers(2, 5, 4))

    def array(self, *shape, dtype="float64", low=-1.0, high=1.0):
        return self.rng.uniform(low, high, shape).astype(dtype)

    def ids(self, *shape, below=5):
        return self.rng.integers(0, below, shape)


def spoiled(data, entry):
    """Draw ``(argument, arguments with it spoiled)`` of an entry; ``data`` is what hypothesis draws from."""
    made = Draw(data.draw(st.integers(0, 2**16), "numbers"))
    name = data.draw(st.sampled_from(sorted(entry.kinds)), "argument")
    arguments = entry.good(made)
    bad = list(entry.kinds[name].bad(arguments[name], made.rng))
    return name, arguments | {name: bad[data.draw(st.integers(0, len(bad) - 1), "which")]}


def refused(action, name):
    """Run an action that must fail as the course's functions do: with a sentence on the argument ``name``."""
    try:
        result = action()
    except (TypeError, ValueError) as error:
        raised = traceback.extract_tb(error.__traceback__)[-1]
        sentence = str(error)
        assert raised.filename.startswith(HOME), f"raised in {raised.filename}:{raised.lineno}: {sentence}"
        assert raised.line.startswith(("raise", ")", 'f"', '"')), (
            f"not said by the course: {raised.line} {sentence}"
        )
        assert "\n" not in sentence
        assert 15 < len(sentence) < 400, sentence
        sentence.encode()
        if name is not None:
            assert re.search(name, sentence), f"{name} is not named: {sentence}"
        return error
    raise AssertionError(f"{name} was accepted, and the result is {result!r:.200}")


def one_spoiled_is_refused(data, entry):
    """Call an entry with one argument spoiled, and hold that the error names it."""
    argument, arguments = spoiled(data, entry)
    refused(lambda: entry.call(**arguments), entry.names.get(argument, argument))


def unchanged(arguments, before):
    """Say which arguments a call has changed in place."""
    return [name for name in before if not same(arguments[name], before[name])]


def same(a, b):
    """Return whether two results hold the same numbers."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list) and a and {float} == {type(one) for one in a + b}:
        return same(np.array(a), np.array(b))  # losses of a training, each a sum of many
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(same(*pair) for pair in zip(a, b, strict=True))
    if isinstance(a, np.ndarray | np.generic):
        # sums over another order in memory may differ in the last digits
        return np.shape(a) == np.shape(b) and (
            np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)
            if np.asarray(a).dtype.kind in "iufb"
            else np.array_equal(a, b)
        )
    if hasattr(a, "__dict__") and not callable(a):
        return same(vars(a), vars(b))
    return a == b or callable(a) or type(a) is object


def copied(arguments):
    """Return copies of what can be copied."""
    return {
        name: value if callable(value) and not hasattr(value, "_fields") else copy.deepcopy(value)
        for name, value in arguments.items()
    }
