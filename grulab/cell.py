"""The GRU in NumPy: one step, a whole sequence with every gate kept, and the gradients by hand.

The convention is that of Keras: ``h = z * h_prev + (1 - z) * candidate``, so z keeps.
``reset_after=False`` is the cell of Cho et al. 2014 (arXiv 1406.1078); ``reset_after=True`` is the default of
Keras and the only mode of cuDNN. Arrays are float32 or float64, never mixed; results have the same dtype.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from grulab.arguments import check_flag, named
from grulab.arrays import check_floats, check_mask, check_numbers, check_shares
from grulab.gradients import STEPS, Gradients, walk_back
from grulab.products import rows_of_a_piece, times
from grulab.weights import Weights, check_weights, from_keras

__all__ = ["Gradients", "Step", "Trace", "Weights", "backward", "from_keras", "run", "sigmoid", "step"]

# sequences know nothing of each other: this many at a time stay in the processor's cache
SEQUENCES = 256
# and NumPy hands Python's lock on while it computes: so many cores find work before they wait for the lock
THREADS = min(4, os.cpu_count() or 1)


class Step(NamedTuple):
    """Hold what one step computed; each array is (batch, units)."""

    z: np.ndarray
    r: np.ndarray
    candidate: np.ndarray
    h: np.ndarray


@dataclass(frozen=True, eq=False)
class Trace:
    """Hold every gate and state of a run; each array is (batch, time_steps, units), in the order of the walk.

    With ``go_backwards`` index 0 belongs to the last time step, as in the output of Keras.
    At a masked step ``h`` repeats the state before it. ``z``, ``r`` and ``candidate`` hold what the cell
    computed there before the mask threw it away: leave them out of averages with ``trace.z[trace.mask]``.
    A gate that was held shows the value it was held at.
    How it was run stays with it, in copies, so that ``backward`` walks the same way: ``h0`` (batch, units),
    ``mask`` (batch, time_steps; in the order of the walk) or None, ``go_backwards``, ``clamp`` (None, or a
    dictionary from "z" or "r" to (batch, time_steps, units), in the order of the walk, nan where nothing was
    held). Iteration yields z, r, candidate, h.
    """

    z: np.ndarray
    r: np.ndarray
    candidate: np.ndarray
    h: np.ndarray
    h0: np.ndarray
    mask: np.ndarray | None
    go_backwards: bool
    clamp: dict | None

    def __iter__(self):
        """Yield the four arrays, as ``Step`` does."""
        return iter((self.z, self.r, self.candidate, self.h))


def sigmoid(x):
    """Squash each number into 0 to 1, at ±1000 as well; raise a TypeError for anything but real numbers."""
    return squash(check_numbers("x", x, is_finite=False))


@np.errstate(over="ignore")
def squash(x):
    """Return the sigmoid of an array that was checked before: for the loops over time steps."""
    # where exp(-x) overflows to infinity, 1 / infinity is the right answer
    return 1 / (1 + np.exp(-x))


def step(weights, x, h):
    """Compute one time step and return a ``Step``.

    ``x`` is (batch, features), ``h`` the state before the step (batch, units).
    """
    check_weights(weights)
    x = check_floats("x", x, ("batch", weights.features), weights.dtype)
    h = check_floats("h", h, (len(x), weights.units), weights.dtype)
    return advance(weights, project(weights, x), h)


def run(weights, xs, h0=None, mask=None, go_backwards=False, clamp=None):
    """Walk through whole sequences and return a ``Trace`` with every gate at every step.

    ``xs`` is (batch, time_steps, features). ``h0`` (batch, units) is the state before the first step, or None
    for zeros. Where ``mask`` (batch, time_steps) is False the step is skipped and the state carried on, as
    Keras does. ``go_backwards`` walks from the last time step to the first.

    ``clamp`` holds gates at given values: a dictionary with the keys "z", "r" or both. Each value is a number
    from 0 to 1 or an array of such numbers that broadcasts to (batch, time_steps, units), with nan where the
    gate is left alone. It acts inside the step: a held r changes the candidate. Like ``mask`` it counts time
    steps as ``xs`` does, with ``go_backwards`` too. A masked step carries the state on, held or not.

    One difference from Keras is left: before the first unmasked step Keras also keeps the state at h0, but
    shows zeros as its output. The trace shows the state.
    """
    check_weights(weights)
    xs = check_floats("xs", xs, ("batch", "time_steps", weights.features), weights.dtype)
    batch, time_steps, _ = xs.shape
    h0 = np.zeros((batch, weights.units), xs.dtype) if h0 is None else h0
    # the trace keeps copies: what the caller does to the arrays later must not change ``backward``
    h0 = check_floats("h0", h0, (batch, weights.units), weights.dtype).copy()
    mask = None if mask is None else check_mask("mask", mask, (batch, time_steps)).copy()
    if check_flag("go_backwards", go_backwards):
        xs = xs[:, ::-1]
        mask = None if mask is None else mask[:, ::-1]
    clamp = None if clamp is None else check_clamp(clamp, (batch, time_steps, weights.units), xs.dtype)
    if clamp is not None and go_backwards:
        clamp = {gate: values[:, ::-1] for gate, values in clamp.items()}

    z, r, candidate, states = (np.empty((batch, time_steps, weights.units), xs.dtype) for _ in range(4))

    def walk(rows):
        """Walk through some of the sequences and keep what each step computed."""
        h = h0[rows]  # (rows, units)
        for t in range(time_steps):
            if t % STEPS == 0:
                # the inputs do not depend on the state: one matrix product serves many time steps
                projected = project(weights, xs[rows, t : t + STEPS])  # (rows, STEPS, 3*units)
            held = {} if clamp is None else {gate: values[rows, t] for gate, values in clamp.items()}
            z[rows, t], r[rows, t], candidate[rows, t], h_new = advance(
                weights, projected[:, t % STEPS], h, held
            )
            # a masked step carries the state on
            h = h_new if mask is None else np.where(mask[rows, t, None], h_new, h)
            states[rows, t] = h

    parts = [slice(first, first + SEQUENCES) for first in range(0, batch, SEQUENCES)]
    # the products of a wide layer have threads of their own
    if len(parts) == 1 or not rows_of_a_piece(weights.recurrent.size):
        for rows in parts:
            walk(rows)
    else:
        with ThreadPoolExecutor(THREADS) as threads:
            # list waits for all of them, and raises here what was raised there
            list(threads.map(walk, parts))
    return Trace(z, r, candidate, states, h0, mask, bool(go_backwards), clamp)


def backward(weights, xs, trace, dh):
    """Walk back through a run and return the ``Gradients`` of a loss.

    ``xs`` are the inputs that ``run`` had, ``trace`` is what it returned: mask, h0, direction and clamp come
    with it.
    ``dh`` (batch, time_steps, units) is the gradient of the loss for each state of ``trace.h`` by itself.
    When the loss sees the last state alone, it is zero at all other steps. A held gate is a constant, so it
    hands no gradient on to its sum.
    """
    check_weights(weights)
    xs = check_floats("xs", xs, ("batch", "time_steps", weights.features), weights.dtype)
    shape = (*xs.shape[:2], weights.units)
    check_trace(weights, trace, shape)
    dh = check_floats("dh", dh, shape, weights.dtype)
    if trace.go_backwards:
        gradients = walk_back(weights, xs[:, ::-1], trace, dh)
        return gradients._replace(dxs=gradients.dxs[:, ::-1])
    return walk_back(weights, xs, trace, dh)


def check_trace(weights, trace, shape=None):
    """Raise an error unless ``trace`` is a ``Trace`` of these weights; without ``shape`` of any length."""
    if not isinstance(trace, Trace):
        raise TypeError(f"trace must be the Trace that run returned, but is of type {type(trace).__name__}.")
    for name, array in zip(Step._fields, trace, strict=True):
        check_floats(f"trace.{name}", array, shape or ("batch", "time_steps", weights.units), weights.dtype)


def check_clamp(clamp, shape, dtype):
    """Return a dictionary from "z" or "r" to an array of ``shape``: what is held, nan where nothing is.

    Raise a TypeError or a ValueError for anything that ``run`` does not take.
    """
    if not isinstance(clamp, dict):
        raise TypeError(
            f"clamp must be a dict such as {{'z': 1.0}}, with the keys 'z', 'r' or both, "
            f"but is of type {type(clamp).__name__}."
        )
    for gate in clamp:
        if gate not in ("z", "r"):
            raise ValueError(f"clamp has the key {named(gate)}, but only the gates 'z' and 'r' can be held.")
    return {gate: check_shares(f"clamp[{gate!r}]", values, shape, dtype) for gate, values in clamp.items()}


def project(weights, x):
    """Return the share of the input in all three sums: (…, features) becomes (…, 3·units)."""
    projected = times(x, weights.kernel)
    if weights.bias is not None:
        projected += weights.bias[0] if weights.reset_after else weights.bias
    return projected


def advance(weights, projected, h, held=None):
    """Compute one step from the projected input (batch, 3·units) and the state (batch, units).

    ``held`` is a dictionary from "z" or "r" to values (batch, units) that take the gate's place, but for nan.
    """
    held = held or {}
    units, recurrent = weights.units, weights.recurrent
    # what the input says to each of the three sums
    x_z, x_r, x_candidate = blocks(projected, units)  # (batch, units) each
    if weights.reset_after:
        # what the state says to them, with a bias of its own
        h_sums = times(h, recurrent)  # (batch, 3*units)
        if weights.bias is not None:
            h_sums += weights.bias[1]
        h_z, h_r, h_candidate = blocks(h_sums, units)  # (batch, units) each
        # two gates, each between 0 and 1
        z = hold(squash(x_z + h_z), held.get("z"))  # (batch, units)
        r = hold(squash(x_r + h_r), held.get("r"))  # (batch, units)
        # the reset gate acts after the product with the recurrent weights
        candidate = np.tanh(x_candidate + r * h_candidate)  # (batch, units)
    else:
        recurrent_z, recurrent_r, recurrent_candidate = blocks(recurrent, units)  # (units, units) each
        z = hold(squash(x_z + times(h, recurrent_z)), held.get("z"))  # (batch, units)
        r = hold(squash(x_r + times(h, recurrent_r)), held.get("r"))  # (batch, units)
        # the reset gate acts before the product with the recurrent weights
        candidate = np.tanh(x_candidate + times(r * h, recurrent_candidate))  # (batch, units)
    # keep the share z of the old state, take the rest from the candidate
    h = z * h + (1 - z) * candidate  # (batch, units)
    return Step(z, r, candidate, h)


def hold(gate, values):
    """Return the gate with ``values`` in its place where they are not nan; None leaves all of it alone."""
    return gate if values is None else np.where(np.isnan(values), gate, values)


def blocks(array, units):
    """Cut the last dimension into the three blocks z, r, candidate."""
    return array[..., :units], array[..., units : 2 * units], array[..., 2 * units :]
