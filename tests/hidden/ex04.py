"""Hidden checks of exercise 04: fresh series, sizes and forecasters, compared with a reference."""

import numpy as np

from grulab.checks.series.horizon import expect_horizon
from grulab.checks.series.line import TOLERANCE, expect_line, fit, two_lags
from grulab.checks.series.runs import Forecaster, expect_free_run
from grulab.checks.series.scales import expect_flat_refused, expect_range, expect_scaled, expect_unscaled
from grulab.checks.series.windows import expect_too_short, expect_windows


def windows(answer, rng):
    """Draw length, width and horizon; floats and whole numbers; the shortest series, and shorter ones."""
    for dtype in ("float64", "float32", "int64"):
        width, horizon, more = (int(size) for size in rng.integers((1, 1, 0), (13, 6, 20)))
        series = _distinct(rng, width + horizon + more)
        series = (np.floor(series) if dtype == "int64" else series).astype(dtype)
        expect_windows(answer, series, width, horizon)
    width, horizon = (int(size) for size in rng.integers((2, 1), (9, 5)))
    shortest = _distinct(rng, width + horizon)
    expect_windows(answer, shortest, width, horizon)
    expect_windows(answer, shortest, width)
    for count in (width + horizon - 1, int(rng.integers(1, width + 1))):
        expect_too_short(answer.reply(shortest[:count], width, horizon), count, width, horizon)


def scale_fit(answer, rng):
    """Draw series on either side of 0 and across it; floats of both sizes, whole numbers; constant ones."""
    for middle in (-60, 0, 60):
        train = _distinct(rng, int(rng.integers(2, 30))) + middle
        expect_range(answer, train)
    # a range that begins, or ends, at 0; the same value at both ends
    for train in (np.append(0, rng.uniform(0.5, 9, 5)), -np.append(rng.uniform(0.5, 9, 4), 0)):
        expect_range(answer, train)
    train = np.append(train, train[0])
    expect_range(answer, train)
    train = rng.permutation(np.arange(-5, 8))
    expect_range(answer, train)
    train = _distinct(rng, 12).astype("float32")
    expect_range(answer, train)
    value = int(rng.integers(-40, 40)) / 4
    expect_flat_refused(answer.reply(np.full(int(rng.integers(2, 20)), value)), value)
    expect_flat_refused(answer.reply(np.zeros(4)), 0.0)


def scale(answer, rng):
    """Draw ranges and shapes, values beyond the range, one number, whole numbers."""
    for v, low, high in _on_a_scale(rng):
        expect_scaled(answer, v, low, high)


def unscale(answer, rng):
    """Draw ranges and shapes, values beyond 0 and 1, one number, whole numbers."""
    for v, low, high in _on_a_scale(rng):
        expect_unscaled(answer, v, low, high)


def two_lag_fit(answer, rng):
    """Draw a wave with a mean of its own, and short uneven series in which every row matters."""
    omega, mean, height, phase = rng.uniform((0.6, 0.5, 1, 0), (2.4, 2, 2, 6))
    wave = mean + height * np.sin(omega * np.arange(int(rng.integers(12, 60))) + phase)
    expect_line(answer(wave), wave, "a fresh wave with a mean of its own")
    lengths = rng.choice(np.arange(9, 17), 2, replace=False)
    for n, dtype in zip(lengths, ("float64", "float32"), strict=True):
        uneven = _uneven(rng, n).astype(dtype)
        expect_line(answer(uneven), uneven.astype(float), f"{len(uneven)} fresh values")


def free_run(answer, rng):
    """Draw width, steps and weights; whole numbers and floats to start from; one step and one value, too."""
    sizes = [(*rng.integers((5, 7), (9, 13)), float), (*rng.integers((2, 2), (9, 13)), int)]
    for width, steps, kind in (*sizes, (1, 4, int), (int(rng.integers(2, 6)), 1, float)):
        weights = rng.uniform(0.2, 1, width) * rng.choice([-1, 1], width)
        weights *= 0.9 / np.abs(weights).sum()  # the run stays small, and a float32 close to it
        start = rng.permutation(np.arange(-20, 20))[: int(width)] * 0.75
        start = (start / 0.75 if kind is int else start).astype(kind)
        forecaster = Forecaster(weights, rng.uniform(3, 6), int(steps), rng.choice(["float32", "float64"]))
        expect_free_run(answer, forecaster, start, int(steps))


def horizon_until(answer, rng):
    """Draw errors in quarters, so that some equal the limit; some stay within it, some are out at once."""
    for _ in range(6):
        errors = rng.integers(-8, 9, int(rng.integers(1, 25))) / 4
        limit = int(rng.integers(1, 9)) / 4
        expect_horizon(answer(errors, limit), errors, limit)
    within = rng.integers(-4, 5, int(rng.integers(2, 25))) / 4
    for some in (within, within[1:]):
        expect_horizon(answer(some, 1.0), some, 1.0)
    late = np.append(within, rng.choice([-1.25, 1.25]))
    expect_horizon(answer(late.astype("float32"), 1.0), late, 1.0)


def _distinct(rng, n):
    """Return ``n`` values on both sides of 0, none a whole number, no two closer than 0.4."""
    return rng.permutation(n) - n // 2 + rng.uniform(0.2, 0.8, n)


def _on_a_scale(rng):
    """Yield values with a range (low, high) to scale them by: floats, axes, one number, whole numbers."""
    for shape in (int(rng.integers(3, 20)), tuple(rng.integers(1, 5, 3)), (2, 3)):
        low = rng.uniform(-9, 9)
        v = rng.uniform(-9, 9, shape).astype(rng.choice(["float32", "float64"]))
        yield v, float(low), float(low + rng.uniform(0.5, 12))
    yield float(rng.uniform(-3, 3)), -1.5, 2.0
    yield rng.integers(-9, 9, 8), 0.5, float(rng.uniform(2, 12))


def _uneven(rng, n):
    """Return ``n`` values whose line changes clearly when its first or its last value is left out."""
    while True:
        series = rng.normal(rng.uniform(-3, 3), 2, n)
        before, last = series[:-2], series[1:-1]
        table = np.column_stack([np.ones(len(before)), before, last])
        right = two_lags(series)
        others = two_lags(series[1:]), two_lags(series[:-1]), (0, *fit(series[2:], before, last))
        is_told = all(
            np.abs(right - other).max() > 30 * TOLERANCE * (1 + np.abs(right).max()) for other in others
        )
        if np.linalg.cond(table) < 12 and is_told:
            return series
