"""Readings of sensors: features before time, and what a repair may do with the axes."""

import numpy as np

from grulab.checks.answer import Wrong, as_array, expect, expect_array


def expect_readings(answer, n, features, time_steps):
    """Expect readings (n, features, time_steps) as (n, time_steps, features), each number at its step.

    The three sizes must differ.
    """
    sample, feature, step = np.indices((n, features, time_steps))
    readings = (100 * sample + 10 * feature + step).astype("float32") + np.float32(0.25)
    right = np.swapaxes(readings, 1, 2)
    case = f"Readings of shape {readings.shape}"
    found = answer(readings)
    shape = as_array(found).shape
    expect(
        shape != readings.shape,
        f"{case} came back in the same shape. A GRU takes (batch, time_steps, features).",
    )
    expect(
        sorted(shape) != sorted(right.shape) or shape[0] == n,
        f"{case} came back as {shape}. The batch stays the first axis; the other two change places.",
    )
    found = expect_array(found, right.shape, f"{case}: the result")
    if np.array_equal(found, right):
        return
    for mistake, sentence in (
        (
            readings.reshape(right.shape),
            "The shape is right, but the numbers were only counted anew: reshape keeps their order in memory "
            "and exchanges no axes.",
        ),
        (
            readings.reshape(right.shape, order="F"),
            "order='F' counts anew in another order: no axes change places.",
        ),
        (right[:, ::-1], "The steps run backwards now: time must run on as it did."),
        (right[:, :, ::-1], "The features stand in the reverse order now. Only the two axes change places."),
        (right[::-1], "The sequences stand in the reverse order now, and would meet the labels of others."),
        (np.trunc(right), "The decimals are cut off. Keep the numbers as they are."),
    ):
        expect(not np.array_equal(found, mistake), f"{case}: {sentence}")
    i, t, f = (int(place) for place in np.argwhere(found != right)[-1])
    raise Wrong(
        f"{case}: number [{i}, {f}, {t}] must come to [{i}, {t}, {f}], and so each other one. There stands "
        f"{found[i, t, f]:g}, but it must be {right[i, t, f]:g}."
    )
