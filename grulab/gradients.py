"""The gradients of the GRU by hand: the steps of ``grulab.cell`` walked back from the last to the first."""

from typing import NamedTuple

import numpy as np

from grulab.products import add_up, times

# what serves so many time steps at once stays in the processor's cache, however long the sequences are
STEPS = 32


class Gradients(NamedTuple):
    """Hold the gradients of a loss, each in the shape of what it belongs to.

    ``kernel``, ``recurrent`` and ``bias`` (None without one) for the weights, ``dxs`` for the inputs (batch,
    time_steps, features), ``dh0`` for the state before the first step (batch, units).
    """

    kernel: np.ndarray
    recurrent: np.ndarray
    bias: np.ndarray | None
    dxs: np.ndarray
    dh0: np.ndarray


class Sums(NamedTuple):
    """Hold the gradients of a loss for the sums behind gates and candidate, each sequence and step by itself.

    ``inputs`` and ``states`` (batch, time_steps, 3·units) are for the input's share of each sum and for the
    state's share, ``hs`` (batch, time_steps, units) the states that the steps started from, and ``dh0``
    (batch, units) the gradient for the first of them.
    """

    inputs: np.ndarray
    states: np.ndarray
    hs: np.ndarray
    dh0: np.ndarray


def walk_back(weights, xs, trace, dh):
    """Return the ``Gradients``; everything is in the order of the walk, ``dxs`` too.

    ``dh`` (batch, time_steps, units) is the gradient of the loss for each state taken by itself.
    """
    units = weights.units
    dx_sums, dh_sums, hs, dh0 = sums_back(weights, trace, dh)
    # every step used the same weights, so their gradients add up over sequences and steps
    kernel = add_up(xs, dx_sums)  # (features, 3*units)
    recurrent = add_up(hs, dh_sums)  # (units, 3*units)
    if not weights.reset_after:
        recurrent[:, 2 * units :] = add_up(trace.r * hs, dh_sums[:, :, 2 * units :])
    bias = None
    if weights.bias is not None:
        bias = dx_sums.sum(axis=(0, 1))  # (3*units,)
        if weights.reset_after:
            bias = np.stack([bias, dh_sums.sum(axis=(0, 1))])  # (2, 3*units)
    return Gradients(kernel, recurrent, bias, times(dx_sums, weights.kernel.T), dh0)


def sums_back(weights, trace, dh):
    """Return the ``Sums``; everything is in the order of the walk, ``dh`` as ``walk_back`` takes it."""
    units, recurrent = weights.units, weights.recurrent
    recurrent_candidate = recurrent[:, 2 * units :]  # (units, units)
    # the state that each step started from
    hs = np.concatenate([trace.h0[:, None], trace.h[:, :-1]], axis=1)  # (batch, time_steps, units)
    # the gradients for the three sums: the input's share and the state's share
    dx_sums = np.empty((*dh.shape[:2], 3 * units), dh.dtype)  # (batch, time_steps, 3*units)
    dh_sums = np.empty_like(dx_sums)  # (batch, time_steps, 3*units)
    vanished = np.finfo(dh.dtype).tiny / np.finfo(dh.dtype).eps
    # what the later steps want from the state
    dh_next = np.zeros_like(dh[:, 0])  # (batch, units)
    for t in reversed(range(dh.shape[1])):
        if t == dh.shape[1] - 1 or t % STEPS == STEPS - 1:
            # what does not depend on the gradient is computed for many steps at once
            first = t - t % STEPS
            to_z, to_candidate, to_r = factors(weights, trace, hs, slice(first, t + 1))
            # what has vanished is zero: processors are slow with numbers that are nearly too small to write
            dh_next[np.abs(dh_next) < vanished] = 0
        k = t - first
        dh_new = dh[:, t] + dh_next  # (batch, units)
        # a masked step handed the state on, and hands the gradient back the same way
        dh_used = dh_new if trace.mask is None else np.where(trace.mask[:, t, None], dh_new, 0)
        dz_sum = dh_used * to_z[:, k]
        dcandidate_sum = dh_used * to_candidate[:, k]
        dh_next = dh_new - dh_used + dh_used * trace.z[:, t]
        if weights.reset_after:
            dr_sum = dcandidate_sum * to_r[:, k]
            dh_sums[:, t] = np.concatenate([dz_sum, dr_sum, dcandidate_sum * trace.r[:, t]], axis=1)
            dh_next += times(dh_sums[:, t], recurrent.T)
        else:
            drh = times(dcandidate_sum, recurrent_candidate.T)
            dr_sum = drh * to_r[:, k]
            dh_sums[:, t] = np.concatenate([dz_sum, dr_sum, dcandidate_sum], axis=1)
            dh_next += drh * trace.r[:, t] + times(dh_sums[:, t, : 2 * units], recurrent[:, : 2 * units].T)
        dx_sums[:, t] = np.concatenate([dz_sum, dr_sum, dcandidate_sum], axis=1)
    return Sums(dx_sums, dh_sums, hs, dh_next)


def factors(weights, trace, hs, steps):
    """Return how much of a gradient some ``steps`` hand to their sums: three arrays (batch, steps, units).

    The first two take the gradient for the new state to the sums of z and of the candidate. The third takes
    the gradient for what r multiplies it with to the sum of r: ``hs`` holds the states before each step.
    """
    z, r, candidate, h = trace.z[:, steps], trace.r[:, steps], trace.candidate[:, steps], hs[:, steps]
    # h_new = z * h + (1 - z) * candidate, and the slope of sigmoid is sigmoid * (1 - sigmoid)
    to_z = (h - candidate) * z * (1 - z)
    # candidate = tanh(sum), and the slope of tanh is 1 - tanh²
    to_candidate = (1 - z) * (1 - candidate**2)
    if weights.reset_after:
        # sum = x_candidate + r * h_candidate, with h_candidate = h @ recurrent_candidate + bias
        h_candidate = times(h, weights.recurrent[:, 2 * weights.units :])
        if weights.bias is not None:
            h_candidate += weights.bias[1, 2 * weights.units :]
        to_r = h_candidate * r * (1 - r)
    else:
        # sum = x_candidate + (r * h) @ recurrent_candidate
        to_r = h * r * (1 - r)
    # a gate that was held did not come from its sum
    for gate, factor in (("z", to_z), ("r", to_r)):
        if gate in (trace.clamp or {}):
            factor[~np.isnan(trace.clamp[gate][:, steps])] = 0
    return to_z, to_candidate, to_r
