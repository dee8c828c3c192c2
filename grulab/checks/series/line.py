"""A line on two lags: the reference, and where to look when another line comes out."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.series.numbers import expect_values, numbers, shown

TOLERANCE = 1e-3  # float32 and the normal equations lose digits
MISSING = "The intercept is missing although the series has a mean of its own. Which column gives one?"


def fit(target, *columns):
    """Return the least-squares weights of columns."""
    return np.linalg.lstsq(np.column_stack(columns), target, rcond=None)[0]


def two_lags(series):
    """Return the reference: intercept, weight of the value before the last, weight of the last value."""
    return fit(series[2:], np.ones(len(series) - 2), series[:-2], series[1:-1])


def expect_line(found, series, where):
    """Expect the least-squares line of a series on the two values before."""
    expect(
        not (isinstance(found, tuple | list) and len(found) == 4),
        "Four things came back. np.linalg.lstsq returns four; the weights are the first.",
    )
    found = numbers(found, "What two_lag_fit returns")
    expect(
        found.shape != (2,),
        "Two numbers came back, but three are asked for: the intercept is missing, or the weight of a lag.",
    )
    expect(
        found.shape == (3,),
        f"Three numbers are asked for, in one array (3,), but the shape is {found.shape}.",
    )
    right = two_lags(series)
    expect_values(
        found,
        right,
        f"On {where} two_lag_fit returns {shown(found)}.",
        [*mistakes(series, right)],
        "That is not the least-squares line: do the slices belong together, and is train used, all of it?",
        TOLERANCE,
    )


def mistakes(series, right):
    """Yield what known mistakes give for a series, each with its sentence."""
    intercept, a, b = right
    before, last, target = series[:-2], series[1:-1], series[2:]
    ones = np.ones(len(target))
    through_zero = fit(target, before, last)
    backwards = two_lags(series[::-1])
    order = "The three are in the wrong order: intercept, value before the last, last value."
    yield (
        (intercept, b, a),
        "The two weights are in the wrong order: that of the value before the last comes first.",
    )
    yield (a, b, intercept), "The intercept must come first, not last."
    yield (b, a, intercept), order
    yield (b, intercept, a), order
    yield (a, intercept, b), order
    yield (0, *through_zero), MISSING
    yield (0, *through_zero[::-1]), MISSING
    yield (0, a, b), "The intercept is 0, and should not be: the series has a mean of its own."
    yield (
        (np.mean(series), a, b),
        "The intercept is not the mean of the series: fit it together with the weights.",
    )
    yield (np.mean(series), *through_zero), "The intercept is not the mean: fit it together with the weights."
    yield (
        (np.mean(target - np.column_stack([before, last]) @ through_zero), *through_zero),
        "The intercept was found after the weights. Fit all three together.",
    )
    for copied in ((0, 0, 1), (0, 1, 0)):
        yield copied, "This line copies one of its two values: is the target the value that comes after both?"
    turned = np.roll(series, 2), np.roll(series, 1)
    yield (
        fit(series, np.ones(len(series)), *turned),
        "The first two targets have values from the end beside them: np.roll brings these round. Use slices.",
    )
    yield backwards, "The series was read backwards: its oldest value comes first."
    yield backwards[[0, 2, 1]], "The line runs back in time: the target is the newest of the three values."
    if len(series) > 6:
        yield two_lags(series[:-1]), "The newest value has no part in this line: which slice ends too early?"
        yield two_lags(series[1:]), "The oldest value has no part in this line: which slice begins too late?"
        yield (
            two_lags(series[: len(series) // 2]),
            "Half of the series has no part in this line: use all of it.",
        )
        yield (
            fit(target[1:], ones[1:], before[:-1], last[:-1]),
            "The target stands two steps after the last value, not one.",
        )
        yield (
            fit(target[1:], ones[1:], before[:-1], last[1:]),
            "The two values of a row do not stand next to each other in the series.",
        )
    scaled = (series - np.min(series)) / np.ptp(series)
    yield two_lags(scaled), "The series was scaled first. Fit it in the units that it is given in."
    yield two_lags(series - np.mean(series)), "The mean was taken away first. Fit the series as it is given."
