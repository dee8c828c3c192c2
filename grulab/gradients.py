"""The gradients of the GRU by hand: the steps of ``grulab.cell`` walked back from the last to the first."""

from typing import NamedTuple

import numpy as np


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


def walk_back(weights, xs, trace, dh):
    """Return the ``Gradients``; everything is in the order of the walk, ``dxs`` too.

    ``dh`` (batch, time_steps, units) is the gradient of the loss for each state taken by itself.
    """
    units = weights.units
    recurrent_z, recurrent_r, recurrent_candidate = np.split(weights.recurrent, 3, axis=1)
    clamp = trace.clamp or {}
    # the state that each step started from
    hs = np.concatenate([trace.h0[:, None], trace.h[:, :-1]], axis=1)  # (batch, time_steps, units)
    # the gradients for the three sums: the input's share and the state's share
    dx_sums = np.empty((*dh.shape[:2], 3 * units), dh.dtype)  # (batch, time_steps, 3*units)
    dh_sums = np.empty_like(dx_sums)  # (batch, time_steps, 3*units)
    # what the later steps want from the state
    dh_next = np.zeros_like(dh[:, 0])  # (batch, units)
    for t in reversed(range(dh.shape[1])):
        z, r, candidate, h = trace.z[:, t], trace.r[:, t], trace.candidate[:, t], hs[:, t]
        dh_new = dh[:, t] + dh_next  # (batch, units)
        # a masked step handed the state on, and hands the gradient back the same way
        dh_used = dh_new if trace.mask is None else np.where(trace.mask[:, t, None], dh_new, 0)
        dh_next = dh_new - dh_used
        # h_new = z * h + (1 - z) * candidate
        dz = dh_used * (h - candidate)
        dcandidate = dh_used * (1 - z)
        dh_next += dh_used * z
        # candidate = tanh(sum), and the slope of tanh is 1 - tanh²
        dcandidate_sum = dcandidate * (1 - candidate**2)
        if weights.reset_after:
            # sum = x_candidate + r * h_candidate, with h_candidate = h @ recurrent_candidate + bias
            h_candidate = h @ recurrent_candidate
            if weights.bias is not None:
                h_candidate += weights.bias[1, 2 * units :]
            dr = dcandidate_sum * h_candidate
            dh_candidate = dcandidate_sum * r
            dh_next += dh_candidate @ recurrent_candidate.T
        else:
            # sum = x_candidate + (r * h) @ recurrent_candidate
            dh_candidate = dcandidate_sum
            drh = dcandidate_sum @ recurrent_candidate.T
            dr = drh * h
            dh_next += drh * r
        # z = sigmoid(sum), and the slope of sigmoid is sigmoid * (1 - sigmoid); the same for r
        dz_sum = dz * z * (1 - z)
        dr_sum = dr * r * (1 - r)
        # a gate that was held did not come from its sum
        if "z" in clamp:
            dz_sum = np.where(np.isnan(clamp["z"][:, t]), dz_sum, 0)
        if "r" in clamp:
            dr_sum = np.where(np.isnan(clamp["r"][:, t]), dr_sum, 0)
        dh_next += dz_sum @ recurrent_z.T + dr_sum @ recurrent_r.T
        dx_sums[:, t] = np.concatenate([dz_sum, dr_sum, dcandidate_sum], axis=1)
        dh_sums[:, t] = np.concatenate([dz_sum, dr_sum, dh_candidate], axis=1)

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
    return Gradients(kernel, recurrent, bias, dx_sums @ weights.kernel.T, dh_next)


def add_up(inputs, dsums):
    """Return the gradient (n, m) of a matrix that took ``inputs`` (…, n) to sums with gradients (…, m)."""
    return inputs.reshape(-1, inputs.shape[-1]).T @ dsums.reshape(-1, dsums.shape[-1])
