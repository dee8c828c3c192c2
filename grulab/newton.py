"""Train a small forecaster by Gauss–Newton steps: a few dear ones, where Adam takes thousands of cheap ones.

Adam knows the slope of the loss, number by number. Here each window tells how its own forecast answers to
every weight: that is a Jacobian. With it one equation says which weights would mend all errors at once, if
forecasts were linear in the weights. They are not, so the step is damped (Levenberg 1944, Marquardt 1963):
less where the last step helped, more where it did not. The equation has one row a window, so this is for
hundreds of windows, not for many thousands. NumPy only; arrays are float64.
"""

from typing import NamedTuple

import numpy as np

from grulab.arguments import check_number, check_room, check_size, generator
from grulab.arrays import check_floats
from grulab.cell import Weights, run
from grulab.gradients import sums_back
from grulab.weights import check_weights

# the damping, as a share of the mean of the equation's diagonal: at first, and where a step is given up
FIRST, LAST = 0.1, 1e8
LESS, MORE = 5, 4


class Forecaster(NamedTuple):
    """Hold a GRU and the line from its last state to one number: ``kernel`` (units,) and ``bias``."""

    weights: Weights
    kernel: np.ndarray
    bias: float

    def __call__(self, x):
        """Forecast one number for each window: (batch, time_steps, features) to (batch,)."""
        return run(self.weights, x).h[:, -1] @ self.kernel + self.bias

    def moved(self, step):
        """Return the forecaster whose numbers, in the order of ``jacobian``, lie ``step`` further."""
        weights = self.weights
        arrays = (weights.kernel, weights.recurrent, weights.bias, self.kernel)
        ends = np.cumsum([array.size for array in arrays])
        *parts, bias = np.split(step, ends)
        kernel, recurrent, biases, line = (a + b.reshape(a.shape) for a, b in zip(arrays, parts, strict=True))
        return Forecaster(Weights(kernel, recurrent, biases, reset_after=True), line, self.bias + bias[0])


def start(units, features=1, seed=0):
    """Return an untrained ``Forecaster``, a GRU(units) and a Dense(1).

    As in Keras, kernels are drawn evenly from Glorot's range, rows of ``recurrent`` have length 1 and stand
    at right angles, and biases are 0. The numbers are others than Keras draws.
    """
    units, features = check_size("units", units, 1), check_size("features", features, 1)
    check_room(units=units, columns=3 * max(units, features))
    rng = generator(seed)
    widest = (6 / (features + 3 * units)) ** 0.5
    kernel = rng.uniform(-widest, widest, (features, 3 * units))
    # rows of length 1 at right angles
    recurrent = np.linalg.qr(rng.normal(size=(3 * units, units)))[0].T
    widest = (6 / (units + 1)) ** 0.5
    weights = Weights(kernel, recurrent, np.zeros((2, 3 * units)), reset_after=True)
    return Forecaster(weights, rng.uniform(-widest, widest, units), 0.0)


def check_model(model):
    """Raise an error unless this is a ``Forecaster`` in float64 whose parts fit, with all of its biases."""
    if not isinstance(model, Forecaster):
        raise TypeError(f"model must be a grulab.newton.Forecaster, but is of type {type(model).__name__}.")
    check_weights(model.weights)
    if model.weights.dtype != np.float64:
        raise TypeError(
            f"model must be float64, as start makes it, but its weights have the dtype {model.weights.dtype}."
        )
    if model.weights.bias is None or not model.weights.reset_after:
        raise ValueError("model.weights must have a bias and reset_after=True, but lack one of them.")
    check_floats("model.kernel", model.kernel, (model.weights.units,), model.weights.dtype)
    check_number("model.bias", model.bias)


def jacobian(model, x):
    """Return ``(forecasts, jacobian)``: (batch,), and (batch, numbers) for each forecast and weight.

    The numbers stand in the order kernel, recurrent, bias of the GRU, then kernel and bias of the line.
    """
    check_model(model)
    x = check_floats("x", x, ("batch", "time_steps", model.weights.features), model.weights.dtype)
    trace = run(model.weights, x)
    last = trace.h[:, -1]  # (batch, units)
    dh = np.zeros_like(trace.h)
    dh[:, -1] = model.kernel
    sums = sums_back(model.weights, trace, dh)
    batch = len(x)
    parts = [
        x.transpose(0, 2, 1) @ sums.inputs,  # (batch, features, 3*units)
        sums.hs.transpose(0, 2, 1) @ sums.states,  # (batch, units, 3*units)
        sums.inputs.sum(axis=1),  # (batch, 3*units)
        sums.states.sum(axis=1),  # (batch, 3*units)
        last,
        np.ones((batch, 1)),
    ]
    return last @ model.kernel + model.bias, np.concatenate(
        [part.reshape(batch, -1) for part in parts], axis=1
    )


def fit(model, x, y, steps=40, enough=0.0):
    """Train a ``Forecaster``; return ``(model, losses)``: the mean squared error at first and after a step.

    ``x`` is (batch, time_steps, features), ``y`` (batch,), float64. Training ends after so many ``steps``,
    as soon as the loss is at most ``enough``, or when no step makes it smaller.
    """
    check_model(model)
    enough = check_number("enough", enough, 0)
    x = check_floats("x", x, ("batch", "time_steps", model.weights.features), model.weights.dtype)
    y = check_floats("y", y, (len(x),), model.weights.dtype)
    damping, losses = FIRST, [float(np.mean((model(x) - y) ** 2))]
    for _ in range(check_size("steps", steps, 1)):
        if losses[-1] <= enough:
            break
        forecasts, slopes = jacobian(model, x)
        errors = forecasts - y
        # one row a window instead of one a weight: the same step, from a far smaller equation
        equation = slopes @ slopes.T  # (batch, batch)
        unit = np.trace(equation) / len(y) * np.eye(len(y))
        while damping < LAST:
            step = -slopes.T @ np.linalg.solve(equation + damping * unit, errors)  # (numbers,)
            further = model.moved(step)
            loss = float(np.mean((further(x) - y) ** 2))
            if loss < losses[-1]:
                break
            damping *= MORE
        else:
            break
        model, damping = further, damping / LESS
        losses.append(loss)
    return model, losses
