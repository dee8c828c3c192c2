"""Trained numbers on their way into a page: arrays as bytes, small where the page says so."""

import numpy as np

from grulab.cell import Weights

KINDS = ("float32", "float16", "int8")


def packed(array, kind="float32"):
    """Return an array of floats as a dictionary that a widget's trait can hold: kind, shape and bytes.

    ``kind`` is "float32" (exact for Keras' weights), "float16" (relative error at most 2⁻¹¹ for numbers
    between 6e-5 and 65,504) or "int8" (error at most 1/254 of the largest number in the same row, where a
    row is everything behind the first axis; its scale travels beside it). ``transport.js`` reads it.

    Raise a ValueError for another kind, for numbers that are not finite, or too large for the kind.
    """
    array = np.asarray(array)
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, but it must be one of {', '.join(KINDS)}.")
    if array.ndim == 0 or array.dtype.kind not in "fiu":
        raise ValueError(f"array must be an array of numbers, but is {array.dtype} of shape {array.shape}.")
    if not np.isfinite(array).all():
        raise ValueError("array must be finite, but holds NaN or an infinite number.")
    if kind == "int8":
        rows = array.reshape(len(array), -1).astype("float32")
        scale = np.abs(rows).max(axis=1, initial=0) / 127
        # a row of zeros stays one, whatever its scale
        steps = np.round(rows / np.where(scale > 0, scale, 1)[:, None])
        parts = {"scale": scale.astype("<f4").tobytes(), "data": steps.astype("i1").tobytes()}
    else:
        with np.errstate(over="ignore"):
            numbers = array.astype(np.dtype(kind).newbyteorder("<"))
        if not np.isfinite(numbers).all():
            most = np.abs(array).max()
            raise ValueError(f"array holds {most:g}, but {kind} takes at most {np.finfo(kind).max:g}.")
        parts = {"data": numbers.tobytes()}
    return {"kind": kind, "shape": list(array.shape), **parts}


def unpacked(parts):
    """Return the array, float32, that ``transport.js`` reads from what ``packed`` returned."""
    shape, kind = parts["shape"], parts["kind"]
    if kind == "int8":
        steps = np.frombuffer(parts["data"], "i1").reshape(shape[0], -1)
        rows = steps * np.frombuffer(parts["scale"], "<f4")[:, None]
        return rows.astype("float32").reshape(shape)
    return np.frombuffer(parts["data"], np.dtype(kind).newbyteorder("<")).astype("float32").reshape(shape)


def packed_weights(weights, kind="float32"):
    """Return the ``grulab.cell.Weights`` of a layer for a trait; ``weightsOf`` of transport.js reads them."""
    if not isinstance(weights, Weights):
        raise TypeError(
            f"packed_weights takes grulab.cell.Weights, but was given a {type(weights).__name__}; "
            "grulab.cell.from_keras(layer) makes them."
        )
    return {
        "kernel": packed(weights.kernel, kind),
        "recurrent": packed(weights.recurrent, kind),
        "bias": None if weights.bias is None else packed(weights.bias, kind),
        "reset_after": weights.reset_after,
    }
