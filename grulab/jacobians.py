"""How one state depends on the state before: Jacobians of the three cells, and their products along a run.

``jacobian[i, j]`` is the derivative of number i of the new state for number j of the old one. The state of
an LSTM is h and c side by side: 2·units numbers. Everything is computed in the dtype of the weights.
"""

import sys
from typing import NamedTuple

import numpy as np

from grulab.arguments import check_size
from grulab.arrays import check_floats, check_numbers
from grulab.cell import Weights, blocks, check_trace, from_keras, run, squash
from grulab.weights import check_activations, check_weights


class Paths(NamedTuple):
    """Hold the four ways from the old state of a GRU to the new one; each (batch, time_steps, units, units).

    ``direct``: kept by z. ``update``: through the sum behind z. ``reset``: through the sum behind r, inside
    the candidate. ``candidate``: the candidate's own look at the old state. Their sum is the Jacobian.
    """

    direct: np.ndarray
    update: np.ndarray
    reset: np.ndarray
    candidate: np.ndarray


def gru_paths(weights, trace):
    """Return the ``Paths`` at each step of a run; ``trace`` is what ``cell.run`` returned.

    Raise a ValueError for a run with a mask or with a gate that was held.
    """
    check_weights(weights)
    check_trace(weights, trace)
    if trace.mask is not None or trace.clamp is not None:
        raise ValueError("trace must come from a run without a mask and without clamp.")
    units = weights.units
    recurrent_z, recurrent_r, recurrent_candidate = blocks(weights.recurrent, units)  # (units, units) each
    z, r, candidate, _ = trace
    # the state that each step started from
    h = np.concatenate([trace.h0[:, None], trace.h[:, :-1]], axis=1)  # (batch, time_steps, units)
    # the slopes of sigmoid and tanh, where the sums stand
    slope_z, slope_r, slope_candidate = z * (1 - z), r * (1 - r), 1 - candidate**2
    into_candidate = rows((1 - z) * slope_candidate)  # (batch, time_steps, units, 1)
    if weights.reset_after:
        h_candidate = h @ recurrent_candidate
        if weights.bias is not None:
            h_candidate = h_candidate + weights.bias[1, 2 * units :]
        through_r = into_candidate * rows(h_candidate * slope_r) * recurrent_r.T
        through_candidate = into_candidate * rows(r) * recurrent_candidate.T
    else:
        # r acts on the old state, before the matrix
        through_r = into_candidate * (recurrent_candidate.T @ (rows(h * slope_r) * recurrent_r.T))
        through_candidate = into_candidate * recurrent_candidate.T * r[..., None, :]
    return Paths(
        direct=rows(z) * np.eye(units, dtype=z.dtype),
        update=rows((h - candidate) * slope_z) * recurrent_z.T,
        reset=through_r,
        candidate=through_candidate,
    )


def gru(weights, xs, h0=None):
    """Return the Jacobian of each step of a GRU: (batch, time_steps, units, units).

    ``weights`` is a ``grulab.cell.Weights``, ``xs`` (batch, time_steps, features), ``h0`` as in ``cell.run``.
    """
    return sum(gru_paths(weights, run(weights, xs, h0)))


def simple_rnn(kernel, recurrent, bias, xs):
    """Return the Jacobian of each step of a plain RNN, tanh(x W + b + h U): (…, units, units).

    ``kernel`` (features, units), ``recurrent`` (units, units), ``bias`` (units,), ``xs`` (batch, time_steps,
    features); the state starts at zero.
    """
    kernel, recurrent, bias, xs = _checked(1, kernel, recurrent, bias, xs)
    projected = xs @ kernel + bias  # (batch, time_steps, units)
    h = np.zeros_like(projected[:, 0])
    jacobians = []
    for t in range(xs.shape[1]):
        h = np.tanh(projected[:, t] + h @ recurrent)
        jacobians.append(rows(1 - h**2) * recurrent.T)
    return np.stack(jacobians, axis=1)


def lstm(kernel, recurrent, bias, xs):
    """Return the Jacobian of each step of an LSTM for its whole state (h, c): (…, 2·units, 2·units).

    ``kernel`` (features, 4·units), ``recurrent`` (units, 4·units), ``bias`` (4·units,), in Keras' order:
    input gate, forget gate, candidate, output gate. ``xs`` (batch, time_steps, features); both states start
    at zero.
    """
    kernel, recurrent, bias, xs = _checked(4, kernel, recurrent, bias, xs)
    units = recurrent.shape[0]
    recurrent_i, recurrent_f, recurrent_g, recurrent_o = np.split(recurrent, 4, axis=1)
    projected = xs @ kernel + bias  # (batch, time_steps, 4*units)
    h = c = np.zeros_like(projected[:, 0, :units])
    jacobians = []
    for t in range(xs.shape[1]):
        sums = np.split(projected[:, t] + h @ recurrent, 4, axis=1)
        i, f, o = (squash(sums[block]) for block in (0, 1, 3))
        g = np.tanh(sums[2])
        c_new = f * c + i * g
        # how the new c depends on the old h, through three sums, and on the old c
        c_by_h = (
            rows(g * i * (1 - i)) * recurrent_i.T
            + rows(c * f * (1 - f)) * recurrent_f.T
            + rows(i * (1 - g**2)) * recurrent_g.T
        )
        c_by_c = rows(f) * np.eye(units, dtype=f.dtype)
        # h_new = o * tanh(c_new)
        shown = rows(o * (1 - np.tanh(c_new) ** 2))
        h_by_h = rows(np.tanh(c_new) * o * (1 - o)) * recurrent_o.T + shown * c_by_h
        jacobians.append(np.block([[h_by_h, shown * c_by_c], [c_by_h, c_by_c]]))
        h, c = o * np.tanh(c_new), c_new
    return np.stack(jacobians, axis=1)


def of_layer(layer, xs):
    """Return the Jacobian of each step of a built Keras layer, in float64: (batch, time_steps, n, n).

    ``layer`` is a SimpleRNN, GRU or LSTM that starts from zeros; ``xs`` is (batch, time_steps, features). For
    an LSTM n is 2·units, h before c; otherwise it is units. With ``go_backwards`` the steps stand in the
    order of the walk: index 0 belongs to the last time step. Raise a TypeError for another layer or one that
    is not built, a ValueError for other activations than tanh and sigmoid, or for one without biases.
    """
    keras = sys.modules.get("keras")
    kinds = () if keras is None else (keras.layers.SimpleRNN, keras.layers.GRU, keras.layers.LSTM)
    if not isinstance(layer, kinds) or not layer.built:
        raise TypeError(
            f"layer must be a built SimpleRNN, GRU or LSTM of Keras, but is of type {type(layer).__name__}; "
            "build it with layer.build((None, None, features))."
        )
    xs = check_numbers("xs", xs, ("batch", "time_steps", layer.get_weights()[0].shape[0])).astype("float64")
    if layer.go_backwards:
        xs = xs[:, ::-1]
    if isinstance(layer, keras.layers.GRU):
        weights = from_keras(layer)
        bias = None if weights.bias is None else weights.bias.astype("float64")
        kernel, recurrent = (array.astype("float64") for array in (weights.kernel, weights.recurrent))
        return gru(Weights(kernel, recurrent, bias, weights.reset_after), xs)
    check_activations(layer)
    if not layer.use_bias:
        raise ValueError(f"layer must have a bias, but {layer.name!r} was made with use_bias=False.")
    arrays = (np.asarray(array, "float64") for array in layer.get_weights())
    return (lstm if isinstance(layer, keras.layers.LSTM) else simple_rnn)(*arrays, xs)


def reach(jacobians, part=None):
    """Return how much of a nudge to the state arrives at the end, for each lag: (batch, time_steps).

    ``jacobians`` is (batch, time_steps, n, n). Index lag − 1 holds the spectral norm of the derivative of the
    last state for the state ``lag`` steps before: the largest factor for a nudge in any direction. With
    ``part`` only the first so many numbers of the state count, at both ends: ``part=units`` leaves c out.
    It is infinite for a lag at which the product of the Jacobians has become too large for a float.
    """
    jacobians = check_numbers("jacobians", jacobians, ("batch", "time_steps", "n", "n"))
    check_numbers("jacobians", jacobians, (*jacobians.shape[:3], jacobians.shape[2]))
    part = None if part is None else check_size("part", part, 1, jacobians.shape[-1])
    jacobians = jacobians.astype("float64", copy=False)  # LAPACK knows no float16
    product = np.broadcast_to(np.eye(jacobians.shape[-1]), jacobians[:, 0].shape)
    norms = []
    for t in reversed(range(jacobians.shape[1])):
        with np.errstate(over="ignore", invalid="ignore"):
            product = product @ jacobians[:, t]
        shown = product[:, :part, :part]
        fits = np.isfinite(shown).all(axis=(1, 2))  # (batch,)
        norm = np.linalg.norm(np.where(fits[:, None, None], shown, 0), 2, axis=(1, 2))
        norms.append(np.where(fits, norm, np.inf))
    return np.stack(norms, axis=1)


def _checked(blocks, kernel, recurrent, bias, xs):
    """Return the arrays of a layer with so many blocks, and its inputs, if they fit; else raise an error."""
    recurrent = check_floats("recurrent", recurrent, ("units", "columns"))
    units, dtype = len(recurrent), recurrent.dtype
    check_floats("recurrent", recurrent, (units, blocks * units))
    kernel = check_floats("kernel", kernel, ("features", blocks * units), dtype)
    bias = check_floats("bias", bias, (blocks * units,), dtype)
    return kernel, recurrent, bias, check_floats("xs", xs, ("batch", "time_steps", len(kernel)), dtype)


def rows(array):
    """Make numbers (…, units) ready to scale the rows of matrices (…, units, units)."""
    return array[..., None]
