"""Inputs and weights on which each mistake shows."""


def drawn(rng, batch, features, units, reset_after, dtype):
    """Return (x, h, weights) for one step; ``weights`` are kernel, recurrent and bias."""
    xs, h0, weights = sequences(rng, batch, 1, features, units, reset_after, dtype)
    return xs[:, 0], h0, weights


def sequences(rng, batch, time_steps, features, units, reset_after, dtype):
    """Return (xs, h0, weights), numbers neither near zero nor large, so that each mistake shows."""

    def some(*shape):
        return (rng.uniform(0.3, 1.2, shape) * rng.choice([-1, 1], shape)).astype(dtype)

    bias = some(2, 3 * units) if reset_after else some(3 * units)
    weights = some(features, 3 * units), some(units, 3 * units), bias
    return some(batch, time_steps, features), (0.7 * some(batch, units)).astype(dtype), weights
