"""Check what comes from outside and is no array, and say in one sentence what is wrong with it.

``grulab.arrays`` does the same for arrays. Both check where a value comes in, never in a loop.
"""

import math
import operator
from collections.abc import Iterable, Mapping

import numpy as np

LARGEST = 10**9  # numbers that one call may be asked to make: more is a slip, and no machine has the room


def describe(shape):
    """Return a shape whose dimensions may have names as text, such as ``(batch, time_steps, 3)``."""
    inside = ", ".join(str(size) for size in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def named(value):
    """Return a value for a sentence: numbers and short texts as they are, else shape or type."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {describe(value.shape)}"
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a whole number of {value.bit_length()} bits"
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes, np.generic)):
        text = repr(value)
        return text if len(text) <= 60 else f"{text[:59]}…"
    if isinstance(value, list | tuple) and len(value) < 5 and all(np.isscalar(one) for one in value):
        return "({})".format(", ".join(named(one) for one in value))
    return f"of type {type(value).__name__}"


def check_size(name, value, least, most=LARGEST):
    """Return a whole number from ``least`` to ``most`` as an int; else raise a TypeError or a ValueError."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        size = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {named(value)}, but it must be a whole number.") from None
    if size < least:
        raise ValueError(f"{name} is {named(value)}, but it must be at least {least}.")
    if size > most:
        raise ValueError(f"{name} is {named(value)}, but it must be at most {most}.")
    return size


def check_room(**sizes):
    """Raise a ValueError when an array of these sizes would hold more than ``LARGEST`` numbers."""
    product = math.prod(map(int, sizes.values()))
    if product > LARGEST:
        given = ", ".join(f"{name}={size}" for name, size in sizes.items())
        raise ValueError(f"{given} ask for {product:,} numbers, but at most {LARGEST:,} can be made at once.")


def check_number(name, value, least=-math.inf, most=math.inf, above=None, below=None):
    """Return a finite number as it is: from ``least`` to ``most``, over ``above`` and under ``below``.

    Raise a TypeError for anything but one real number, a ValueError for one outside.
    """
    limits = [f"at least {least:g}"] if least > -math.inf else []
    limits += [f"above {above:g}"] if above is not None else []
    limits += [f"at most {most:g}"] if most < math.inf else []
    limits += [f"below {below:g}"] if below is not None else []
    expected = " ".join(["a finite number", " and ".join(limits)]).strip()
    is_number = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        is_number = value.dtype.kind in "iuf"
    if not is_number:
        raise TypeError(f"{name} is {named(value)}, but it must be {expected}.")
    # a whole number may be too long for a float
    is_finite = value.bit_length() < 1000 if isinstance(value, int) else np.isfinite(value)
    fits = is_finite and least <= value <= most
    fits = fits and (above is None or value > above) and (below is None or value < below)
    if not fits:
        expected = " and ".join(limits) if is_finite else expected
        raise ValueError(f"{name} is {named(value)}, but it must be {expected}.")
    return value


def check_flag(name, value):
    """Return ``value`` as a bool; raise a TypeError for anything but True and False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, but is of type {type(value).__name__}.")
    return bool(value)


def check_one_of(name, value, options):
    """Return ``value`` if it is one of some texts; raise a ValueError that lists them otherwise."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} is {named(value)}, but it must be one of {', '.join(options)}.")
    return value


def check_text(name, value):
    """Return a string as it is; raise a TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, but is {named(value)}.")
    return value


def check_function(name, value, what):
    """Return ``value``, which says what it does in ``what``; raise a TypeError if it cannot be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function that {what}, but is {named(value)}.")
    return value


def check_mapping(name, value, what):
    """Return a dictionary as it is; raise a TypeError that says from ``what`` to what it leads otherwise."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a dictionary {what}, but is {named(value)}.")
    return value


def check_list(name, value, what):
    """Return what ``value`` lists as a list; raise a TypeError for a text, a dictionary or no list at all."""
    is_one = isinstance(value, str | bytes | Mapping) or (isinstance(value, np.ndarray) and not value.ndim)
    if is_one or not isinstance(value, Iterable):
        raise TypeError(f"{name} must be a list of {what}, but is {named(value)}.")
    return list(value)


def check_pair(name, value, what):
    """Return two things as a list; raise a TypeError or a ValueError for what is no list of two."""
    pair = check_list(name, value, what)
    if len(pair) != 2:
        raise ValueError(f"{name} must be {what}, but holds {len(pair)}.")
    return pair


def generator(seed):
    """Return NumPy's generator for a ``seed``, a whole number from 0 on; else raise an error as above."""
    return np.random.default_rng(check_size("seed", seed, 0, math.inf))
