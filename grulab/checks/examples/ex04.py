"""Exercise 04: forecast a series, and say how far to trust it."""

import numpy as np

from grulab.checks.question import example
from grulab.checks.series.horizon import expect_horizon
from grulab.checks.series.line import expect_line
from grulab.checks.series.runs import Forecaster, expect_free_run
from grulab.checks.series.scales import expect_flat_refused, expect_range, expect_scaled, expect_unscaled
from grulab.checks.series.windows import expect_too_short, expect_windows


@example(stars=1)
def windows(answer):
    """Cut twenty values, each its own place, then others; refuse a series that is too short."""
    places = np.arange(20.0)
    for width, horizon in ((8, 1), (4, 1), (4, 3), (1, 1), (19, 1), (3, 5)):
        expect_windows(answer, places, width, horizon)
    uneven = np.array([2.5, -1.25, 0.75, 4.5, 3.25, -0.5, 1.75])
    expect_windows(answer, uneven, 2, 2)
    expect_windows(answer, uneven, 3)  # the horizon's default
    for count, width, horizon in ((7, 10, 1), (10, 10, 1), (12, 10, 3)):
        expect_too_short(answer.reply(np.arange(float(count)), width, horizon), count, width, horizon)


@example(stars=1)
def scale_fit(answer):
    """Find smallest and largest value, negative ones, too; refuse a part that never changes."""
    for train in ([3.0, 2.0, 6.0, 4.0, 5.5], [-3.5, -7.5, -4.0], [30.25, 12.0], [0.0, 1.5, 0.75, 0.0]):
        expect_range(answer, np.array(train))
    expect_flat_refused(answer.reply(np.full(5, 3.0)), 3.0)


@example(stars=1)
def scale(answer):
    """Scale by 2 and 6: beyond them, in three axes, one number, whole numbers."""
    expect_scaled(answer, np.array([8.0, 1.0, 5.0]), 2.0, 6.0)
    expect_scaled(answer, np.linspace(0, 5.5, 12).reshape(3, 4, 1), 2.0, 6.0)
    expect_scaled(answer, 5.0, 2.0, 6.0)
    expect_scaled(answer, np.array([8, 1, 5]), 2.0, 6.0)


@example(stars=1)
def unscale(answer):
    """Turn the scale of 2 and 6 round: beyond 0 and 1, in three axes, one number, whole numbers."""
    expect_unscaled(answer, np.array([1.5, -0.25, 0.75]), 2.0, 6.0)
    expect_unscaled(answer, np.linspace(-0.5, 1.25, 12).reshape(3, 4, 1), 2.0, 6.0)
    expect_unscaled(answer, 0.75, 2.0, 6.0)
    expect_unscaled(answer, np.array([0, 1, 2]), 2.5, 6.0)


@example(stars=2)
def two_lag_fit(answer):
    """Find the law of a sine around 0, then of one between 0 and 1, then a line through uneven values."""
    sine = np.sin(0.8 * np.arange(60))
    expect_line(answer(sine), sine, "a sine around 0")
    scaled = (sine + 1) / 2
    expect_line(answer(scaled), scaled, "a sine scaled to 0–1")
    uneven = np.array([4.0, 1.0, 3.5, 0.5, 2.0, 5.5, 1.5, 2.5, 6.0, 3.0, 1.0, 7.0])
    expect_line(answer(uneven), uneven, "twelve uneven values")


@example(stars=2)
def free_run(answer):
    """Run on sums whose every slip shows, then from a window of whole numbers."""
    expect_free_run(answer, Forecaster([1, 0, 0, 2], 0, 6), np.array([2.5, 1.5, 4.0, 3.0]), 6)
    expect_free_run(answer, Forecaster([0.5, 0, 0.25], 0.6, 5), np.array([1, 4, 6]), 5)


@example(stars=3)
def horizon_until(answer):
    """Look in the middle, at a negative error, at none, at the first one, at one equal to the limit."""
    for errors, limit in (
        ([0.0, 0.05, 0.2, 0.02, 0.04, 0.06, 0.35, 0.4, 0.15], 0.1),
        ([0.0, 0.05, -0.2, 0.05, 0.3], 0.1),
        ([0.0, 0.05, -0.05], 0.1),
        ([0.5, 0.0], 0.1),
        ([0.0, -0.25, 0.25, 0.5, 0.0], 0.25),
    ):
        expect_horizon(answer(np.array(errors), limit), np.array(errors), limit)
