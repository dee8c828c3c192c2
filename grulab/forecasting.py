"""Forecast a series of numbers: windows, scaling, the first baselines, and forecasts that feed on themselves.

NumPy only. A series is (n,), the oldest value first. A window is a row of neighbouring values. A forecaster
is any function that maps windows (batch, width, 1) to one value each, (batch,).
"""

import numpy as np

from grulab.arguments import check_function, check_number, check_size
from grulab.arrays import as_array, check_numbers

FLAT = 1e-9  # a wave below this share of its values is rounding


def windows(series, width, horizon=1):
    """Return ``(x, y)``: every run of ``width`` values, and the value ``horizon`` steps after its last one.

    ``series`` is (n,), ``x`` (count, width, 1), ``y`` (count,), in order. count is n - width - horizon + 1.
    A series too short for one window and its target is a ``ValueError``.
    """
    series = check_numbers("series", series, ("n",))
    width, horizon = check_size("width", width, 1), check_size("horizon", horizon, 1)
    count = len(series) - width - horizon + 1
    if count < 1:
        raise ValueError(
            f"A window of {width} and a target {horizon} later need {width + horizon} values, "
            f"but the series has {len(series)}."
        )
    places = np.arange(count)[:, None] + np.arange(width)  # (count, width)
    return series[places][:, :, None], series[width + horizon - 1 :].copy()


def scale_fit(train):
    """Return ``(low, high)`` of a training part (n,); a part that never changes is a ``ValueError``."""
    train = check_numbers("train", train, ("n",))
    low, high = float(train.min()), float(train.max())
    if low == high:
        raise ValueError(f"All {len(train)} values of train are {low}: there is no range to scale by.")
    return low, high


def scale(values, low, high):
    """Return ``values`` (any shape) moved so that ``low`` becomes 0 and ``high`` becomes 1.

    Values beyond the two go below 0 or above 1. ``low`` not under ``high`` is a ``ValueError``.
    """
    low, high = _check_range(low, high)
    return (check_numbers("values", values) - low) / (high - low)


def unscale(values, low, high):
    """Return scaled ``values`` (any shape) in the units they came from; ``scale`` turned round."""
    low, high = _check_range(low, high)
    return check_numbers("values", values) * (high - low) + low


def _check_range(low, high):
    """Return both as floats, since whole numbers of NumPy can wrap; raise an error unless low is smaller."""
    ends = float(check_number("low", low)), float(check_number("high", high))
    if not ends[0] < ends[1]:
        raise ValueError(f"low must lie under high, but low is {low} and high is {high}.")
    return ends


def persistence(x):
    """Forecast that nothing changes: return the last value of each window, (batch, width, 1) to (batch,)."""
    return check_numbers("x", x, ("batch", "width", 1))[:, -1, 0]


def linear_fit(x, y):
    """Return the least-squares weights of a window and an intercept: (width + 1,), the intercept first.

    ``x`` is (n, width, 1), ``y`` is (n,). The second number belongs to the oldest value of the window, the
    last one to the newest. Where several answers fit equally well, the shortest is returned.
    """
    x = check_numbers("x", x, ("n", "width", 1))
    y = check_numbers("y", y, (len(x),))
    table = np.column_stack([np.ones(len(x)), x[:, :, 0]])  # (n, width + 1)
    # LAPACK knows no float16 and no longdouble
    return np.linalg.lstsq(table.astype(float, copy=False), y.astype(float, copy=False), rcond=None)[0]


def linear_forecast(weights, x):
    """Return the forecasts (batch,) of ``linear_fit``'s weights for windows of at least that width.

    ``x`` is (batch, width, 1). Only the newest values are used, as many as there are weights for.
    """
    weights = check_numbers("weights", weights, ("width + 1",))
    x = check_numbers("x", x, ("batch", "width", 1))
    lags = len(weights) - 1
    if x.shape[1] < lags:
        raise ValueError(f"The weights need windows of {lags} values, but x has windows of {x.shape[1]}.")
    return weights[0] + x[:, x.shape[1] - lags :, 0] @ weights[1:]


def free_run(predict, start, steps):
    """Return ``steps`` forecasts, each made from the one before: the window moves on by its own forecast.

    ``predict`` maps windows (batch, width, 1) to (batch,). One ``start`` (width,) gives (steps,), several
    starts (batch, width) give (batch, steps). ``start`` stays as it is.
    """
    steps = check_size("steps", steps, 1)
    check_function("predict", predict, "maps windows (batch, width, 1) to (batch,)")
    several = as_array("start", start, "an array of numbers").ndim == 2
    window = check_numbers("start", start, ("batch", "width") if several else ("width",))
    window = np.atleast_2d(window)
    made = []
    for _ in range(steps):
        forecast = check_numbers("what predict returned", predict(window[:, :, None]), is_finite=False)
        if forecast.shape != (len(window),):
            raise ValueError(
                f"predict must map {window[:, :, None].shape} to ({len(window)},), but gave {forecast.shape}."
            )
        made.append(forecast)
        # the oldest value leaves, the forecast comes in
        window = np.column_stack([window[:, 1:], forecast])
    made = np.stack(made, axis=1)  # (batch, steps)
    return made if several else made[0]


def horizon_until(errors, limit):
    """Return how many steps pass before an error is larger than ``limit``: the length, when none is.

    ``errors`` is forecast minus truth, (steps,) or (batch, steps); its sign does not count. The answer is
    an int or an array (batch,).
    """
    limit = check_number("limit", limit, 0)
    several = as_array("errors", errors, "an array of numbers").ndim > 1
    too_large = np.abs(check_numbers("errors", errors, ("batch", "steps")[not several :])) > limit
    first = np.where(too_large.any(axis=-1), too_large.argmax(axis=-1), too_large.shape[-1])
    return int(first) if first.ndim == 0 else first


def rmse(forecast, truth):
    """Return the root of the mean squared error of two arrays of one shape, in their own units."""
    forecast, truth = check_numbers("forecast", forecast), check_numbers("truth", truth)
    if forecast.shape != truth.shape:
        raise ValueError(f"forecast has the shape {forecast.shape}, but truth has {truth.shape}.")
    return float(np.sqrt(np.mean((forecast - truth) ** 2)))


def wave_errors(forecast, truth, angle):
    """Return the errors in phase (radians, above 0 where early) and in amplitude (as a share) of waves.

    ``forecast`` and ``truth`` are (waves, n): values of a wave that turns by ``angle`` radians a step. A sine
    of that frequency and a constant are fitted to each row by least squares; the two fits are compared. A
    ``truth`` without such a wave is a ``ValueError``.
    """
    forecast = check_numbers("forecast", forecast, ("waves", "n")).astype(float, copy=False)
    truth = check_numbers("truth", truth, forecast.shape).astype(float, copy=False)
    if forecast.shape[1] < 3:
        raise ValueError(f"forecast must hold at least 3 values of each wave, but holds {forecast.shape[1]}.")
    angles = float(check_number("angle", angle, above=0)) * np.arange(forecast.shape[1])
    table = np.column_stack([np.sin(angles), np.cos(angles), np.ones(len(angles))])  # (n, 3)
    # an amplitude and a phase are the length and the direction of one complex number
    fits = (np.linalg.lstsq(table, rows.T, rcond=None)[0] for rows in (forecast, truth))  # (3, waves) each
    made, true = (sine + 1j * cosine for sine, cosine, _ in fits)
    if (flat := np.abs(true) <= FLAT * np.abs(truth).max(axis=1)).any():
        row = int(flat.argmax())
        raise ValueError(f"truth[{row}] holds no wave that turns by {angle:g} a step, so it has no phase.")
    return np.angle(made / true), np.abs(made / true) - 1
