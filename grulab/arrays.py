"""Check the arrays that come from outside, and say in one sentence what is wrong with them."""

import numpy as np

from grulab.arguments import describe

FLOATS = (np.dtype("float32"), np.dtype("float64"))


def as_array(name, value, expected):
    """Return ``value`` as an array, or raise a TypeError that says what was ``expected``."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} must be {expected}, but is a masked array: fill or drop what is masked.")
    try:
        return np.asarray(value)
    except Exception as error:  # whatever an object says that is asked for its array
        given = type(value).__name__
        raise TypeError(f"{name} must be {expected}, but the {given} given is not an array.") from error


def refuse_dtype(name, value, array, expected):
    """Raise the TypeError for an array of another dtype than ``expected``."""
    given = f"has the dtype {array.dtype}"
    if array.dtype == object and not isinstance(value, np.ndarray):
        given = f"is of type {type(value).__name__}"
    raise TypeError(f"{name} must be {expected}, but {given}.")


def check_finite(name, array):
    """Raise a ValueError that says where, unless all numbers of the array are finite."""
    finite = np.isfinite(array)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        more = array.size - np.count_nonzero(finite) - 1
        place = f" at {describe(where)} and {more} more that are not finite" if where else ""
        raise ValueError(f"{name} must hold finite numbers, but holds {array[where]}{place}.")


def check_numbers(name, value, shape=None, is_finite=True):
    """Return ``value`` as an array of floats of ``shape``; whole numbers become float64, floats stay.

    Without a ``shape`` any will do. Raise a TypeError for anything but real numbers, a ValueError for another
    shape, no number at all, and unless ``is_finite`` is False for NaN or infinity.
    """
    expected = "an array of numbers"
    array = as_array(name, value, expected)
    if array.dtype.kind not in "iuf":
        refuse_dtype(name, value, array, expected)
    if shape is not None:
        check_shape(name, array, shape)
    elif not array.size:
        raise ValueError(f"{name} must hold at least one number, but has the shape {describe(array.shape)}.")
    array = array if array.dtype.kind == "f" else array.astype(float)
    if is_finite:
        check_finite(name, array)
    return array


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
        refuse_dtype(name, value, array, "an array of float32 or float64 numbers")
    if dtype is not None and array.dtype != dtype:
        raise TypeError(
            f"{name} must have the dtype {dtype} of the other arrays, but has {array.dtype}; "
            f"convert it with .astype({str(dtype)!r})."
        )
    check_shape(name, array, shape)
    check_finite(name, array)
    return array


def check_row(name, value):
    """Return ``value`` as an array (n,) of at least one whole number; raise a TypeError or a ValueError."""
    row = as_array(name, value, "a row of whole numbers")
    check_shape(name, row, ("n",))
    if not np.issubdtype(row.dtype, np.integer):
        raise TypeError(f"{name} must be a row of whole numbers, but has the dtype {row.dtype}.")
    return row


def check_ids(name, value, shape, count):
    """Return ``value`` as an array of ``shape``: whole numbers from 0 to ``count`` - 1, or an error."""
    expected = "an array of whole numbers"
    array = as_array(name, value, expected)
    if array.dtype.kind not in "iu":
        refuse_dtype(name, value, array, expected)
    check_shape(name, array, shape)
    if array.min() < 0 or array.max() >= count:
        raise ValueError(
            f"{name} must lie from 0 to {count - 1}, but reach from {array.min()} to {array.max()}."
        )
    return array


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
        refuse_dtype(name, value, array, expected)
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
