"""Judge the weights of a latch: one unit that takes a number at a signal, and holds it.

A latch is tried on noise, and at the ends of the range, where a weak one suffers most: whether weights are
right must not be a matter of luck.
"""

import numpy as np

from grulab.cell import Weights, run
from grulab.checks.answer import Wrong, expect, expect_array

# how long a note must last, in steps, and how far it may be off
HOLD, LIMIT = 50, 0.05


def as_weights(parts, features):
    """Return the weights of one unit from an answer's three arrays; raise ``Wrong`` when a shape is off."""
    expect(
        isinstance(parts, tuple | list) and len(parts) == 3,
        "Return the three arrays, and nothing else: kernel, recurrent, bias.",
    )
    shapes = {"kernel": (features, 3), "recurrent": (1, 3), "bias": (2, 3)}
    arrays = [
        expect_array(part, shape, f"The array {name} (columns z, r, candidate)")
        for part, (name, shape) in zip(parts, shapes.items(), strict=True)
    ]
    with np.errstate(over="ignore"):
        arrays = [array.astype(float) for array in arrays]
    for name, array in zip(shapes, arrays, strict=True):
        # the sums must not overflow
        expect(np.abs(array).max() <= 1e100, f"The {name} holds {np.abs(array).max():.3g}: far less will do.")
    return Weights(*arrays, reset_after=True)


def marked_sequences(rng, signals, features, count=20):
    """Return sequences with a signal every 51 steps: the inputs, what to hold, and the states to begin with.

    ``signals`` lists the feature that is 1 at each signal, in order. Feature 0 asks for the value beside it,
    feature 1 asks for 0 and has the value 0 beside it. The value is the last feature. The first ``count``
    sequences are noise; in four more all values stand at the ends of the range, where a weak latch suffers
    most: whether a latch is right must not be a matter of luck. The shapes are (count + 4, time_steps,
    features), (count + 4, time_steps) and (count + 4, 1).
    """
    times = len(signals) * (HOLD + 1)
    values = rng.uniform(-1, 1, (count + 4, times))
    h0 = rng.uniform(-0.9, 0.9, (count + 4, 1))
    # a high or a low note, and after it high or low values for 50 steps
    values[count:] = [[1.0], [1.0], [-1.0], [-1.0]]
    values[count:, :: HOLD + 1] = [[1.0], [-1.0], [1.0], [-1.0]]
    h0[count:] = [[-0.9], [0.9], [-0.9], [0.9]]
    xs = np.zeros((count + 4, times, features))
    xs[:, :, -1] = values
    for number, signal in enumerate(signals):
        t = number * (HOLD + 1)
        xs[:, t, signal] = 1
        xs[:, t, -1] *= signal == 0
    noted = np.tanh(2 * xs[:, :: HOLD + 1, -1])
    return xs, np.repeat(noted, HOLD + 1, axis=1), h0


def worst_error(weights, xs, noted, h0):
    """Return the largest distance of the state from what it should be, over all steps of all sequences."""
    return np.abs(run(weights, xs, h0).h[:, :, 0] - noted).max()


def expect_latch(parts, rng, signals):
    """Raise ``Wrong`` unless the three arrays make a latch."""
    latch = as_weights(parts, features=2)
    xs, noted, h0 = marked_sequences(rng, signals, features=2)
    trace = run(latch, xs, h0)
    h = trace.h[:, :, 0]
    if np.abs(h - noted).max() <= LIMIT:
        return
    for order, what in {
        (1, 0, 2): "The columns of z and r are exchanged: z stands in the first one, r in the second.",
        (2, 1, 0): "The columns of z and the candidate are exchanged: z stands first, the candidate last.",
    }.items():
        other = Weights(*(array[:, list(order)] for array in parts_of(latch)), reset_after=True)
        expect(worst_error(other, xs, noted, h0) > LIMIT, what)
    other = Weights(latch.kernel[::-1], latch.recurrent, latch.bias, reset_after=True)
    expect(
        worst_error(other, xs, noted, h0) > LIMIT,
        "The rows of the kernel are exchanged: the first belongs to the flag, the second to the value.",
    )
    is_flag = xs[0, :, 0] == 1
    at_flag, waiting = trace.z[:, is_flag, 0], trace.z[:, ~is_flag, 0]
    expect(
        at_flag.mean() < waiting.mean() + 0.1,
        f"The flag is turned around: z is {at_flag.mean():.2f} at the flag and {waiting.mean():.2f} without "
        "one. So the unit writes at every step but the flagged ones. Look at the signs in the column of z: "
        "bias and flag.",
    )
    # how far the state moves while it waits, and where z is lowest then
    drift = np.abs(h - np.repeat(h[:, is_flag], HOLD + 1, axis=1)).max()
    high, low = np.clip([waiting.max(), waiting.min()], 1e-9, 1 - 1e-9)
    expect(
        drift <= 0.04 or logit(high) - logit(low) < 1,
        f"Without a flag z must stay near 1, but it moves between {low:.4f} and {high:.4f}. It reads more "
        "than the flag: look at the column of z, at the row of the value and at the recurrent weights.",
    )
    expect(
        drift <= 0.04,
        f"The note leaks: without a flag z is {low:.4f}. That is a half-life of "
        f"{np.log(0.5) / np.log(low):,.1f} steps. Over {HOLD} steps the state moves by up to {drift:.3f}, "
        f"and {LIMIT} is the limit. Look at what holds z near 1 when there is no flag: it must be stronger.",
    )
    expect(
        at_flag.max() < 0.01,
        f"At the flag z is {at_flag.max():.2f}: that share of the old note stays. The flag must bring the "
        "sum behind z as far below 0 as it was above. Look at sign and size of the flag's weight in the "
        "column of z.",
    )
    # the same flag, once with a high and once with a low note before it
    from_high, from_low = (run(latch, xs[:, :1], np.full_like(h0, old)).h for old in (0.9, -0.9))
    expect(
        np.abs(from_high - from_low).max() < 0.02,
        "What is noted depends on what stood there before: your candidate looks at the old state. Look at "
        "the column of the candidate in the recurrent weights.",
    )
    values, candidate = xs[:, is_flag, 1], trace.candidate[:, is_flag, 0]
    worst = np.abs(candidate - np.tanh(2 * values)).argmax()
    value, found = values.flat[worst], candidate.flat[worst]
    expect(
        abs(found - np.tanh(2 * value)) < 0.005,
        f"z is right, but the candidate is not: at a flag with the value {value:.2f} it is {found:.2f}, and "
        f"tanh(2 * value) is {np.tanh(2 * value):.2f}. Look at the column of the candidate: kernel and bias.",
    )
    error = np.abs(h - noted)
    raise Wrong(
        f"At the flag the state misses tanh(2 * value) by up to {error[:, is_flag].max():.3f}, and {HOLD} "
        f"steps later by up to {error.max():.3f}, more than {LIMIT}. Let z come nearer to 0 at the flag, "
        "and nearer to 1 without."
    )


def expect_clearable(parts, rng, signals):
    """Raise ``Wrong`` unless the three arrays make a latch that a second signal clears."""
    latch = as_weights(parts, features=3)
    xs, noted, h0 = marked_sequences(rng, signals, features=3)
    trace = run(latch, xs, h0)
    error = np.abs(trace.h[:, :, 0] - noted)
    if error.max() <= LIMIT:
        return
    for order in ([0, 2, 1], [1, 2, 0], [2, 0, 1], [2, 1, 0]):
        other = Weights(latch.kernel[order], latch.recurrent, latch.bias, reset_after=True)
        expect(
            worst_error(other, xs, noted, h0) > LIMIT,
            "The rows of the kernel stand in another order than the features: the first row belongs to "
            "write, the second to clear, the last to the value.",
        )
    # without a clear it must be a latch
    without = Weights(latch.kernel[[0, 2]], latch.recurrent, latch.bias, reset_after=True)
    try:
        expect_latch(parts_of(without), rng, [0, 0])
    except Wrong as wrong:
        raise Wrong(f"Before anything is cleared: write stands for the flag of question 3. {wrong}") from None
    is_clear = xs[0, :, 1] == 1
    z, r = trace.z[:, is_clear, 0], trace.r[:, is_clear, 0]
    candidate = np.abs(trace.candidate[:, is_clear, 0]).max()
    is_cleared = error[:, is_clear].max() <= 0.03
    expect(
        is_cleared or z.mean() < 0.5 or r.max() > 0.1,
        f"Clearing by r alone clears nothing. At the clear signal r is {r.mean():.2f}, but z is "
        f"{z.mean():.4f}, and that share of the old state is kept. r only hides the old state from the "
        f"candidate, and only the share {1 - z.mean():.4f} of the candidate gets in.",
    )
    expect(
        is_cleared or z.max() < 0.02,
        f"At the clear signal z is {z.max():.4f}: that share of the old state is kept. Look at the row of "
        "clear in the column of z.",
    )
    expect(
        is_cleared,
        f"At the clear signal z lets the candidate in, but the candidate is up to {candidate:.2f} away from "
        "0. Look at the column of the candidate: what does it add up when the value is 0?",
    )
    raise Wrong(
        f"The note is cleared, but later it is off by up to {error.max():.2f}. What is cleared must stay "
        "so, and the next write must work."
    )


def parts_of(weights):
    """Return the three arrays."""
    return weights.kernel, weights.recurrent, weights.bias


def logit(z):
    """Return the sum that a gate is the sigmoid of."""
    return np.log(z / (1 - z))
