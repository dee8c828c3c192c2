"""minGRU in NumPy: a cell whose gate sees the input alone, walked step by step, or all steps at once.

Feng et al. 2024, "Were RNNs All We Needed?" (arXiv 2410.01201), the version without logarithms. The paper
lets z write; here z keeps, as everywhere in this course: ``h = z * h_prev + (1 - z) * candidate``.
Arrays are float32 or float64, never mixed; results have the same dtype.
"""

from typing import NamedTuple

import numpy as np

from grulab.arguments import check_function
from grulab.arrays import check_floats
from grulab.cell import squash


class MinWeights(NamedTuple):
    """Hold the weights: ``kernel`` (features, 2·units) and ``bias`` (2·units,), in the order z, candidate."""

    kernel: np.ndarray
    bias: np.ndarray


def gate_and_candidate(weights, xs):
    """Return ``(z, candidate)`` of all time steps, (batch, time_steps, units) each.

    ``xs`` is (batch, time_steps, features). No state is needed: that is the point of the cell.
    """
    if not isinstance(weights, MinWeights):
        raise TypeError(
            f"weights must be a grulab.mingru.MinWeights, but is of type {type(weights).__name__}."
        )
    kernel = check_floats("kernel", weights.kernel, ("features", "2*units"))
    bias = check_floats("bias", weights.bias, (kernel.shape[1],), kernel.dtype)
    xs = check_floats("xs", xs, ("batch", "time_steps", len(kernel)), kernel.dtype)
    if kernel.shape[1] % 2:
        raise ValueError(f"kernel must have 2*units columns, one half for z, but has {kernel.shape[1]}.")
    z_sum, candidate = np.split(xs @ kernel + bias, 2, axis=-1)  # (batch, time_steps, units) each
    return squash(z_sum), candidate


def loop(keep, add):
    """Return all states, starting from 0, one step after the other: ``h = keep * h_prev + add``.

    ``keep`` and ``add`` are (batch, time_steps, units).
    """
    keep, add = _checked(keep, add)
    h, states = np.zeros_like(add[:, 0]), np.empty_like(add)
    for t in range(add.shape[1]):
        h = keep[:, t] * h + add[:, t]  # (batch, units)
        states[:, t] = h
    return states


def scan(keep, add, concatenate=np.concatenate):
    """Return the same states as ``loop``, in about log2(time_steps) rounds over all steps at once.

    Two steps in a row are one of the same kind: ``k2 * (k1 * h + a1) + a2 = (k2 * k1) * h + (k2 * a1 + a2)``.
    So each round joins every step with the one ``distance`` before it, and doubles the distance: the scan of
    Hillis and Steele (1986). ``concatenate`` is that of the library whose arrays these are, such as
    ``keras.ops``.
    """
    if concatenate is np.concatenate:
        keep, add = _checked(keep, add)
    distance = 1
    while distance < add.shape[1]:
        k1, a1 = keep[:, :-distance], add[:, :-distance]
        k2, a2 = keep[:, distance:], add[:, distance:]
        add = concatenate([add[:, :distance], k2 * a1 + a2], axis=1)
        keep = concatenate([keep[:, :distance], k2 * k1], axis=1)
        distance *= 2
    return add


def _checked(keep, add):
    """Return both as arrays (batch, time_steps, units) of one shape and dtype, or raise an error."""
    add = check_floats("add", add, ("batch", "time_steps", "units"))
    return check_floats("keep", keep, add.shape, add.dtype), add


def run(weights, xs, walk=scan):
    """Return the states (batch, time_steps, units) for ``xs`` (batch, time_steps, features), from 0.

    ``walk`` is ``scan`` or ``loop``: the result is the same.
    """
    check_function("walk", walk, "maps keep and add to the states, such as scan")
    z, candidate = gate_and_candidate(weights, xs)
    return walk(z, (1 - z) * candidate)
