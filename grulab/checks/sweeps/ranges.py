"""Means and ranges over seeds: what is expected, and where to look for what is not."""

import numpy as np

from grulab.checks.answer import Wrong, as_array, expect, expect_array, is_close, named
from grulab.checks.series.numbers import is_rounded, shown
from grulab.checks.sweeps.grid import orders
from grulab.seeds import is_clear, spread


def expect_spread(answer, scores):
    """Expect mean, lowest and highest score of each setting. Neither settings nor seeds may be three."""
    found, right = answer(scores), spread(scores)
    shape = as_array(found).shape
    settings, seeds = scores.shape
    case = f"{settings} settings with {seeds} seeds each"
    expect(
        shape != (3, settings),
        f"For {case} the shape is (3, {settings}): a row a setting is asked for, and you have a column each. "
        "Turn it round.",
    )
    expect(
        shape not in ((seeds, 3), (3, seeds)),
        f"For {case} the shape is {shape}: mean, lowest and highest were taken over the settings. Take them "
        "over the seeds, along the other axis.",
    )
    expect(
        shape != (3,),
        "Three numbers came back for all settings together. Each setting has a mean and a range of its own.",
    )
    expect(
        shape not in ((settings, 2), (settings,)),
        f"For {case} the shape is {shape}. Each setting needs three numbers: mean, lowest, highest.",
    )
    found = expect_array(found, right.shape, "What spread returns").astype(float)
    if is_close(found, right):
        return
    mean, low, high = right.T
    expect(
        not any(is_close(found, right[:, order]) for order in orders(3)),
        "The three numbers stand in another order: mean, lowest, highest.",
    )
    expect(
        not is_close(found[:, 0], np.median(scores, axis=1)) or is_close(found[:, 0], mean),
        "The first column holds medians, but the mean is asked for.",
    )
    deviation = [scores.std(axis=1, ddof=ddof) for ddof in (0, 1)]
    expect(
        not any(
            is_close(found[:, 1:], pair)
            for one in deviation
            for pair in (np.stack([mean - one, mean + one], 1), np.stack([one, one], 1))
        ),
        "The range was made from the standard deviation. With so few seeds, say what they scored: the "
        "lowest and the highest.",
    )
    expect(
        not is_rounded(found, right),
        "That is nearly right. Is something rounded? Leave the numbers as they are.",
    )
    for column, name, known in ((0, "mean", mean), (1, "lowest score", low), (2, "highest score", high)):
        off = np.abs(found[:, column] - known)
        row = int(np.argmax(off))
        expect(
            off[row] <= 1e-6,
            f"The column of the {name} is not that of the setting's own seeds: for {shown(scores[row])} row "
            f"{row} says {found[row, column]:.4g}.",
        )


def expect_clear(answer, a, b):
    """Expect True where two ranges lie apart, and False where they overlap or touch."""
    found, right = truth(answer(a, b), "is_clear"), is_clear(a, b)
    if found == right:
        return
    case = f"For a = {shown(a)} and b = {shown(b)} is_clear returns {found}."
    if right:
        higher, lower = ("a", "b") if np.min(a) > np.max(b) else ("b", "a")
        raise Wrong(
            f"{case} But every score of {higher} is above every score of {lower}, so the ranges do not "
            "overlap. Either of the two may be the higher one."
        )
    expect(
        np.min(a) != np.max(b) and np.max(a) != np.min(b),
        f"{case} The two ranges touch in one score. Only ranges that share nothing are clear.",
    )
    expect(
        len(a) != len(b) or not (np.all(a > b) or np.all(a < b)),
        f"{case} Seed by seed one is ahead each time, and yet the ranges overlap: compare the ranges.",
    )
    expect(
        not (min(a) < min(b) and max(a) > max(b)) and not (min(b) < min(a) and max(b) > max(a)),
        f"{case} One range lies within the other, so they overlap.",
    )
    raise Wrong(f"{case} The ranges overlap, whatever the means say: compare lowest and highest scores.")


def truth(found, name):
    """Return a value as True or False; raise ``Wrong`` when it is neither."""
    array = as_array(found)
    expect(
        array.shape == () and array.dtype.kind == "b",
        f"{name} must return True or False, but it returns {named(found)}"
        + (": one answer for each pair of seeds. Compare whole ranges." if array.dtype.kind == "b" else "."),
    )
    return bool(array)
