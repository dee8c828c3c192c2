"""What more sequences and more time steps cost: all gates, and a training update, timed at several sizes."""

import time

import numpy as np

from grulab import cell
from grulab.arguments import check_function, check_list, check_mapping, check_number, check_room, check_size
from grulab.optim import Adam

FACTORS = (1, 4, 16)
ROUNDS = 5


def start(features, units, rng):
    """Return random ``Weights`` as Keras starts them in size, float32."""
    kernel = rng.normal(scale=(features + units) ** -0.5, size=(features, 3 * units))
    recurrent = rng.normal(scale=units**-0.5, size=(units, 3 * units))
    arrays = (kernel, recurrent, np.zeros((2, 3 * units)))
    return cell.Weights(*(array.astype("float32") for array in arrays), reset_after=True)


def gates(batch, time_steps, features=32, units=32):
    """Return an action without arguments: all gates of random inputs (batch, time_steps, features)."""
    batch, time_steps, features, units = _sizes(batch, time_steps, features, units)
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(batch, time_steps, features)).astype("float32")
    weights = start(features, units, rng)
    return lambda: cell.run(weights, xs)


def _sizes(batch, time_steps, features, units):
    """Return four sizes as ints; raise an error for what is none, or asks for too much."""
    given = {"batch": batch, "time_steps": time_steps, "features": features, "units": units}
    sizes = {name: check_size(name, size, 1) for name, size in given.items()}
    check_room(**{name: sizes[name] for name in ("batch", "time_steps", "features")})
    check_room(**{name: sizes[name] for name in ("batch", "time_steps", "units")})
    check_room(columns=3 * sizes["units"], rows=max(sizes["units"], sizes["features"]))
    return sizes.values()


class Update:
    """Train a GRU on one random batch: each call is one update, and returns the loss before it.

    ``xs`` is (batch, time_steps, features). The last state should meet the ``goal`` (batch, units); the loss
    is the mean squared error. ``weights`` and ``adam`` change from call to call. Everything is float32.
    """

    def __init__(self, batch, time_steps, features=32, units=32):
        batch, time_steps, features, units = _sizes(batch, time_steps, features, units)
        rng = np.random.default_rng(0)
        self.xs = rng.normal(size=(batch, time_steps, features)).astype("float32")
        self.goal = rng.uniform(-1, 1, (batch, units)).astype("float32")
        self.weights = start(features, units, rng)
        self.adam = Adam()

    def __call__(self):
        """Walk forward and back, take one step of Adam, and return the loss."""
        weights = self.weights
        trace = cell.run(weights, self.xs)
        error = trace.h[:, -1] - self.goal  # (batch, units)
        dh = np.zeros_like(trace.h)
        # the loss sees the last state alone
        dh[:, -1] = 2 * error / error.size
        gradients = cell.backward(weights, self.xs, trace, dh)
        moved = self.adam.step([weights.kernel, weights.recurrent, weights.bias], list(gradients[:3]))
        self.weights = cell.Weights(*moved, reset_after=True)
        return float(np.mean(error**2))


def growth(make, batch, time_steps, factors=FACTORS, rounds=ROUNDS):
    """Return the seconds of one call for more sequences, and for more time steps.

    ``make(batch, time_steps)`` returns the action to be timed: ``gates`` and ``Update`` do. The result is a
    dictionary from "sequences" and "steps" to a dictionary from factor to seconds: the least of several
    ``rounds``, since what disturbs a measurement only makes it longer. Raise a TypeError or a ValueError for
    sizes that are not whole numbers above 0.
    """
    batch, time_steps = check_size("batch", batch, 1), check_size("time_steps", time_steps, 1)
    check_function("make", make, "maps batch and time_steps to an action")
    factors = [
        check_size("a factor", factor, 1) for factor in check_list("factors", factors, "whole numbers")
    ]
    if not factors:
        raise ValueError("factors must hold at least one whole number, but is empty.")
    rounds = check_size("rounds", rounds, 1)
    sizes = {
        "sequences": {factor: (factor * batch, time_steps) for factor in factors},
        "steps": {factor: (batch, factor * time_steps) for factor in factors},
    }
    return {what: timed(make, each, rounds) for what, each in sizes.items()}


def timed(make, sizes, rounds):
    """Return the least seconds of an action for each of the ``sizes``: a dictionary from factor to sizes."""
    actions = {
        factor: check_function("what make returned", make(*size), "does what is to be timed")
        for factor, size in sizes.items()
    }
    for action in actions.values():
        action()  # the first call is for the caches
    least = dict.fromkeys(sizes, float("inf"))
    for _ in range(rounds):
        for factor, action in actions.items():
            begin = time.perf_counter()
            action()
            least[factor] = min(least[factor], time.perf_counter() - begin)
    return least


def dearest(seconds):
    """Return how many times as much a sequence and step costs at its dearest size as at the smallest.

    ``seconds`` is a dictionary from factor to seconds. 1 or less says that the cost grows no faster than
    the size; a cost that grows with the square gives the largest factor.
    """
    check_mapping("seconds", seconds, "from factor to seconds")
    if not seconds:
        raise ValueError("seconds must hold at least one factor, but is empty.")
    for factor, each in seconds.items():
        check_size("a factor of seconds", factor, 1)
        check_number(f"seconds[{factor}]", each, above=0)
    shares = {factor: each / factor for factor, each in seconds.items()}
    return max(shares.values()) / shares[min(shares)]
