"""Memory tasks: sequences whose label can only be known by keeping something for a while. NumPy only.

One more, ``coin_tosses``, has nothing to find: what a training reaches there is chance, or learnt by heart.
"""

import numpy as np

from grulab.arguments import check_room, check_size, generator, named


def delayed_recall(n, lag, *, time_steps=None, symbols=8, noise=3, seed=0):
    """Return ``(x, y)``: each sequence shows one symbol, then noise, and ``y`` asks which symbol it was.

    ``x`` has shape (n, time_steps, symbols + noise), float32. The first ``symbols`` features are 0 but for a
    single 1, at the step where the symbol is shown; the last ``noise`` features are drawn from a normal
    distribution of mean 0 and deviation 1 at every step. ``y`` has shape (n,): the symbol, 0 to symbols - 1,
    so that a guess is right once in ``symbols`` times.

    ``lag`` is the number of steps from the symbol to the last step: one whole number for all sequences, or a
    pair ``(low, high)`` for mixed lags, drawn evenly for each sequence, both ends included. ``time_steps`` is
    the length of each sequence; left out, it is the largest lag plus 1: the longest wait begins at step 0.

    A size that is too small, a lag that is negative or does not fit, or a pair out of order is a
    ``ValueError``; a lag that is neither a whole number nor a pair of them is a ``TypeError``.
    """
    n, symbols = check_size("n", n, 1), check_size("symbols", symbols, 2)
    noise = check_size("noise", noise, 0)
    try:
        low, high = (
            (check_size("lag", lag, -np.inf, np.inf),) * 2
            if np.ndim(lag) == 0
            else (check_size("lag", one, -np.inf, np.inf) for one in lag)
        )
    except (TypeError, ValueError):
        raise TypeError(
            f"lag is {named(lag)}, but it must be a whole number, or a pair of them: (low, high)."
        ) from None
    if not 0 <= low <= high:
        raise ValueError(f"lag is {named(lag)}, but a lag is at least 0, and low is at most high.")
    check_size("lag", high, 0)
    time_steps = high + 1 if time_steps is None else check_size("time_steps", time_steps, 1)
    if time_steps <= high:
        raise ValueError(
            f"A lag of {high} needs at least {high + 1} time steps, but time_steps is {time_steps}: "
            "give more steps or a shorter lag."
        )
    check_room(n=n, time_steps=time_steps, features=symbols + noise)
    rng = generator(seed)
    y = rng.integers(symbols, size=n)
    shown = time_steps - 1 - rng.integers(low, high + 1, size=n)
    x = np.zeros((n, time_steps, symbols + noise), dtype=np.float32)
    x[:, :, symbols:] = rng.standard_normal((n, time_steps, noise), dtype=np.float32)
    x[np.arange(n), shown, y] = 1
    return x, y


def flagged_value(n, time_steps=10, features=8, seed=0):
    """Return ``(x, y)``: one step of each sequence is flagged, and the value beside the flag decides.

    ``x`` has shape (n, time_steps, features), float32. Feature 0 is 1 at one random step and 0 elsewhere;
    the other features are drawn evenly from [0, 1). ``y`` has shape (n,): 1 where feature 1 at the flagged
    step is above 0.5, else 0. A size that leaves no step or no value to flag is a ``ValueError``.
    """
    # two features: the flag and the value
    n, time_steps = check_size("n", n, 1), check_size("time_steps", time_steps, 1)
    features = check_size("features", features, 2)
    check_room(n=n, time_steps=time_steps, features=features)
    rng = generator(seed)
    x = rng.random((n, time_steps, features), dtype=np.float32)
    flagged = rng.integers(time_steps, size=n)
    x[:, :, 0] = 0
    x[np.arange(n), flagged, 0] = 1
    y = (x[np.arange(n), flagged, 1] > 0.5).astype(np.int64)
    return x, y


def coin_tosses(n, time_steps=10, features=8, seed=0):
    """Return ``(x, y)``: noise in the shape of ``flagged_value``, and labels drawn by a coin.

    ``x`` has shape (n, time_steps, features), float32, drawn evenly from [0, 1). ``y`` has shape (n,):
    0 or 1, whatever ``x`` holds. A size below 1 is a ``ValueError``.
    """
    n, time_steps = check_size("n", n, 1), check_size("time_steps", time_steps, 1)
    features = check_size("features", features, 1)
    check_room(n=n, time_steps=time_steps, features=features)
    rng = generator(seed)
    x = rng.random((n, time_steps, features), dtype=np.float32)
    return x, rng.integers(2, size=n)
