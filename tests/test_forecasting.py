"""Windows, scales, baselines and free runs: what they return, and what they say when they cannot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grulab.data import random_walks, rising_wave, sine, sunspots
from grulab.forecasting import (
    free_run,
    horizon_until,
    linear_fit,
    linear_forecast,
    persistence,
    rmse,
    scale,
    scale_fit,
    unscale,
    wave_errors,
    windows,
)

checked = settings(deadline=None, derandomize=True)
numbers = st.floats(-1e6, 1e6)


@checked
@given(st.integers(1, 12), st.integers(1, 9), st.integers(0, 20))
def test_windows_hold_neighbours_and_targets_come_later(width, horizon, more):
    series = np.arange(width + horizon + more)
    x, y = windows(series, width, horizon)
    assert x.shape == (more + 1, width, 1)
    assert np.array_equal(x[:, :, 0], np.arange(more + 1)[:, None] + np.arange(width))
    assert np.array_equal(y, x[:, -1, 0] + horizon)
    assert y[-1] == series[-1]


def test_a_thousand_values_have_990_windows_of_ten():
    assert len(windows(sine(), 10)[0]) == 990


def test_windows_and_targets_do_not_share_memory_with_the_series():
    series = np.arange(9.0)
    x, y = windows(series, 3)
    x[:], y[:] = -1, -1
    assert np.array_equal(series, np.arange(9.0))


@checked
@given(st.lists(numbers, min_size=2, max_size=20), st.lists(numbers, min_size=1, max_size=20))
def test_a_scale_goes_there_and_back(train, other):
    train = np.array([*train, max(train) + 1])
    low, high = scale_fit(train)
    scaled = scale(train, low, high)
    assert (scaled.min(), scaled.max()) == (0, 1)
    back = unscale(scale(other, low, high), low, high)
    assert np.allclose(back, other, rtol=1e-6, atol=1e-6 * (high - low) + 1e-6)


def test_values_beyond_the_training_part_leave_the_unit_range():
    assert np.array_equal(scale([8, 1], 2, 6), [1.5, -0.25])


def test_the_ends_of_a_scale_may_be_whole_numbers_of_numpy():
    low, high = np.int16(-30_000), np.int16(30_000)
    assert np.array_equal(scale([-30_000, 0, 30_000], low, high), [0, 0.5, 1])
    assert np.array_equal(unscale([0, 0.5, 1], low, high), [-30_000, 0, 30_000])


@pytest.mark.parametrize("dtype", ["float16", "longdouble"])
def test_fits_take_floats_that_lapack_does_not_know(dtype):
    x, y = (part.astype(dtype) for part in windows(sine(60), 3))
    expected = linear_fit(x.astype(float), y.astype(float))
    # the same fit twice may differ by rounding: LAPACK's order of sums hangs on where the numbers lie
    assert np.allclose(linear_fit(x, y), expected, rtol=0, atol=1e-12)
    wave = x[None, :, 0, 0]
    assert np.allclose(wave_errors(wave, wave, np.array(0.5, dtype)), 0, atol=1e-12)


def test_persistence_repeats_the_last_value():
    x, _ = windows(np.arange(7), 3)
    assert np.array_equal(persistence(x), [2, 3, 4, 5])


def test_two_lags_find_the_law_of_the_sine():
    weights = linear_fit(*windows(sine(), 2))
    assert np.allclose(weights, [0, -1, 2 * np.cos(100 / 999)], atol=1e-9)


def test_a_sine_off_zero_needs_the_intercept():
    series = sine() / 2 + 0.5
    weights = linear_fit(*windows(series, 2))
    x, y = windows(series, 10)
    assert weights[0] == pytest.approx(0.5 * (2 - 2 * np.cos(100 / 999)))
    assert rmse(linear_forecast(weights, x), y) < 1e-10


def test_a_free_run_follows_a_law_exactly_and_leaves_its_start_alone():
    series = sine()
    start = series[:10].copy()
    weights = linear_fit(*windows(series, 2))
    ran = free_run(lambda x: linear_forecast(weights, x), start, 300)
    assert np.allclose(ran, series[10:310], atol=1e-8)
    assert np.array_equal(start, series[:10])


def test_several_starts_run_as_each_alone():
    def predict(x):
        return x[:, 0, 0] + 2 * x[:, -1, 0]

    starts = np.array([[1.0, 2, 3], [0, -1, 2]])
    together = free_run(predict, starts, 5)
    assert together.shape == (2, 5)
    assert np.array_equal(together[0, :2], [7, 16])
    for start, alone in zip(starts, together, strict=True):
        assert np.array_equal(free_run(predict, start, 5), alone)


@checked
@given(st.lists(st.floats(-2, 2), min_size=1, max_size=15), st.floats(0, 2))
def test_the_horizon_counts_the_steps_before_the_first_large_error(errors, limit):
    held = horizon_until(errors, limit)
    assert all(abs(error) <= limit for error in errors[:held])
    assert held == len(errors) or abs(errors[held]) > limit
    assert np.array_equal(horizon_until([errors, errors], limit), [held, held])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: windows(np.arange(10), 10), "a target 1 later need 11 values, but the series has 10"),
        (lambda: windows(np.arange(10), 0), "width is 0, but it must be at least 1"),
        (lambda: windows([1, np.nan, 2], 1), "series must hold finite numbers, but holds nan at"),
        (lambda: windows(np.ones((4, 1)), 1), r"series must have the shape \(n,\)"),
        (lambda: scale_fit([3, 3, 3]), "All 3 values of train are 3.0: there is no range"),
        (lambda: scale([1], 2, 2), "low must lie under high, but low is 2 and high is 2"),
        (lambda: unscale([1], 3, 2), "low must lie under high"),
        (
            lambda: linear_forecast([0, 1, 1], np.ones((4, 1, 1))),
            "need windows of 2 values, but x has windows of 1",
        ),
        (
            lambda: free_run(lambda x: x[:, -1], [1, 2], 3),
            r"must map \(1, 2, 1\) to \(1,\), but gave \(1, 1\)",
        ),
        (lambda: rmse([1, 2], [1]), r"forecast has the shape \(2,\), but truth has \(1,\)"),
        (lambda: rising_wave(period=0), "period must be positive"),
    ],
)
def test_what_cannot_be_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_text_is_no_series():
    with pytest.raises(TypeError, match="series must be an array of numbers"):
        windows(["a", "b", "c"], 1)


def test_the_sine_has_its_thousand_values():
    assert np.array_equal(sine(), np.sin(np.linspace(0, 100, 1_000)))


def test_the_rising_wave_rises_and_the_seed_decides():
    first, again, other = rising_wave(seed=1), rising_wave(seed=1), rising_wave(seed=2)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    steep = rising_wave(n=3, slope=np.int64(2**62), noise=0)
    assert np.allclose(steep, 2.0**62 * np.arange(3))
    plain = rising_wave(n=51, period=25, slope=0.5, noise=0)
    assert np.allclose(plain[25:] - plain[:-25], 12.5)


def test_steps_of_a_random_walk_are_independent_draws():
    steps = np.diff(random_walks(200, 300), axis=1)
    assert steps.mean() == pytest.approx(0, abs=0.02)
    assert steps.std() == pytest.approx(1, abs=0.02)
    assert abs(np.corrcoef(steps[:, 1:].ravel(), steps[:, :-1].ravel())[0, 1]) < 0.02


def test_the_sunspots_run_from_1700_to_2008():
    years, counted = sunspots()
    assert years.shape == counted.shape == (309,)
    assert (years[0], years[-1]) == (1700, 2008)
    assert np.array_equal(np.diff(years), np.ones(308))
    assert counted.min() >= 0
    assert 150 < counted.max() < 250


def test_a_wave_that_is_early_and_too_high_is_measured():
    angle, steps = 0.1, np.arange(63)
    phases, heights = np.array([0.3, -2.0, 0.0]), np.array([1.5, 0.2, 1.0])
    begins = np.array([[0], [1], [5]])
    truth = 2 * np.sin(angle * steps + begins) - 0.5
    made = heights[:, None] * 2 * np.sin(angle * steps + begins + phases[:, None])
    phase, amplitude = wave_errors(made, truth, angle)
    assert np.allclose(phase, phases)
    assert np.allclose(amplitude, heights - 1)
    with pytest.raises(ValueError, match=r"truth must have the shape \(3, 63\)"):
        wave_errors(made, truth[:2], angle)
    truth[1] = 4.0
    with pytest.raises(ValueError, match=r"truth\[1\] holds no wave that turns by 0\.1 a step"):
        wave_errors(made, truth, angle)
