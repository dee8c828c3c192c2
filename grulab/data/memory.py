"""Memory tasks: sequences whose label can only be known by keeping something for a while. NumPy only."""

import numpy as np


def flagged_value(n, time_steps=10, features=8, seed=0):
    """Return ``(x, y)``: one step of each sequence is flagged, and the value beside the flag decides.

    ``x`` has shape (n, time_steps, features), float32. Feature 0 is 1 at one random step and 0 elsewhere;
    the other features are drawn evenly from [0, 1). ``y`` has shape (n,): 1 where feature 1 at the flagged
    step is above 0.5, else 0. A size that leaves no step or no value to flag is a ``ValueError``.
    """
    if n < 1:
        raise ValueError(f"n is {n}, but there must be at least 1 sequence.")
    if time_steps < 1:
        raise ValueError(f"time_steps is {time_steps}, but there must be at least 1 step to flag.")
    if features < 2:
        raise ValueError(f"features is {features}, but it must be at least 2: the flag and the value.")
    rng = np.random.default_rng(seed)
    x = rng.random((n, time_steps, features), dtype=np.float32)
    flagged = rng.integers(time_steps, size=n)
    x[:, :, 0] = 0
    x[np.arange(n), flagged, 0] = 1
    y = (x[np.arange(n), flagged, 1] > 0.5).astype(np.int64)
    return x, y
