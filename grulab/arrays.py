"""Check the arrays that come from outside, and say in one sentence what is wrong with them."""

import operator

import numpy as np

FLOATS = (np.dtype("float32"), np.dtype("float64"))


def describe(shape):
    """Return a shape whose dimensions may have names as text, such as ``(batch, time_steps, 3)``."""
    inside = ", ".join(str(size) for size in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def as_array(name, value, expected):
    """Return ``value`` as an array, or raise a TypeError that says what was ``expected``."""
    try:
        return np.asarray(value)
    except (TypeError, ValueError) as error:
        given = type(value).__name__
        raise TypeError(f"{name} must be {expected}, but the {given} given is not an array.") from error


def check_shape(name, array, shape):
    """Raise a ValueError unless ``array`` has ``shape``, where a named dimension may have any size but 0."""
    fits = array.ndim == len(shape) and all(
        isinstance(wanted, str) or size == wanted for size, wanted in zip(array.shape, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} must have the shape {describe(shape)}, but has {describe(array.shape)}.")
    for size, wanted in zip(array.shape, shape, strict=True):
        if size == 0:
            raise ValueError(
                f"{name} must have the shape {describe(shape)} with at least one in each dimension, "
                f"but has {describe(array.shape)}: {wanted} is 0."
            )


def check_floats(name, value, shape, dtype=None):
    """Return ``value`` as an array of finite float32 or float64 numbers.

    ``shape`` lists sizes, or names for sizes that are free. With ``dtype`` no other one will do.
    Raise a TypeError for another dtype, a ValueError for another shape, an empty dimension, NaN or infinity.
    """
    array = as_array(name, value, "an array of float32 or float64 numbers")
    if array.dtype not in FLOATS:
        given = f"has the dtype {array.dtype}"
        if array.dtype == object and not isinstance(value, np.ndarray):
            given = f"is of type {type(value).__name__}"
        raise TypeError(f"{name} must be an array of float32 or float64 numbers, but {given}.")
    if dtype is not None and array.dtype != dtype:
        raise TypeError(
            f"{name} must have the dtype {dtype} of the other arrays, but has {array.dtype}; "
            f"convert it with .astype({str(dtype)!r})."
        )
    check_shape(name, array, shape)
    finite = np.isfinite(array)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(
            f"{name} must hold finite numbers, but holds {array[where]} at {describe(where)} "
            f"and {array.size - np.count_nonzero(finite) - 1} more that are not finite."
        )
    return array


def check_size(name, value, least):
    """Return a whole number of at least ``least`` as an int; raise a TypeError or a ValueError otherwise."""
    try:
        size = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}, but it must be a whole number.") from None
    if size < least:
        raise ValueError(f"{name} is {value!r}, but it must be at least {least}.")
    return size


def check_row(name, value):
    """Return ``value`` as an array (n,) of at least one whole number; raise a TypeError or a ValueError."""
    row = as_array(name, value, "a row of whole numbers")
    check_shape(name, row, ("n",))
    if not np.issubdtype(row.dtype, np.integer):
        raise TypeError(f"{name} must be a row of whole numbers, but has the dtype {row.dtype}.")
    return row


def check_mask(name, value, shape):
    """Return ``value`` as a boolean array of ``shape``; raise a TypeError or a ValueError otherwise."""
    expected = "an array of booleans, True where a time step counts"
    array = as_array(name, value, expected)
    if array.dtype != bool:
        raise TypeError(f"{name} must be {expected}, but has the dtype {array.dtype}.")
    check_shape(name, array, shape)
    return array


def check_shares(name, value, shape, dtype):
    """Return ``value`` spread over ``shape``: numbers from 0 to 1 of ``dtype``, nan where none is given.

    A number will do, and any array that broadcasts to ``shape``. The result is a view: do not write into it.
    Raise a TypeError for anything but real numbers, a ValueError for a shape that does not broadcast or a
    number outside 0 to 1.
    """
    expected = "a number or an array of numbers from 0 to 1"
    array = as_array(name, value, expected)
    if array.dtype.kind not in "iuf":
        given = f"has the dtype {array.dtype}"
        if array.dtype == object and not isinstance(value, np.ndarray):
            given = f"is of type {type(value).__name__}"
        raise TypeError(f"{name} must be {expected}, but {given}.")
    try:
        np.broadcast_to(array, shape)
    except ValueError:
        raise ValueError(
            f"{name} must be a number or have a shape that broadcasts to {describe(shape)}, "
            f"but has {describe(array.shape)}."
        ) from None
    outside = ~(np.isnan(array) | ((array >= 0) & (array <= 1)))
    if outside.any():
        where = tuple(int(i) for i in np.argwhere(outside)[0])
        place = f" at {describe(where)} and {np.count_nonzero(outside) - 1} more outside" if where else ""
        raise ValueError(
            f"{name} must lie from 0 to 1, or be nan where the gate is left alone, "
            f"but holds {array[where]}{place}."
        )
    return np.broadcast_to(array.astype(dtype), shape)


def check_flag(name, value):
    """Return ``value`` as a bool; raise a TypeError for anything but True and False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, but is of type {type(value).__name__}.")
    return bool(value)
