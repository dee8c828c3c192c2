"""Answers to exercise 04: forecasting."""

from collections import deque

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from answers import Answers

answers = Answers("ex04")


# ---- windows ----


@answers.right("windows")
def by_slices(series, width, horizon=1):
    n = len(series)
    if n < width + horizon:
        raise ValueError(f"{n} values are too few: {width + horizon} are needed")
    x, y = [], []
    for end in range(width, n - horizon + 1):
        x.append(series[end - width : end])
        y.append(series[end + horizon - 1])
    return np.expand_dims(np.stack(x), -1), np.stack(y)


@answers.right("windows")
def by_sliding_view(series, width, horizon=1):
    if len(series) < width + horizon:
        raise ValueError(f"got {len(series)} value(s), need at least {width + horizon}")
    views = sliding_window_view(series, width + horizon)
    return views[:, :width, None], views[:, -1]


@answers.right("windows")
def by_fancy_places(series, width, horizon=1):
    series = np.asarray(series)
    count = series.size - width - horizon + 1
    if count <= 0:
        raise ValueError(f"Too short a series: {series.size} values")
    places = np.arange(count).reshape(-1, 1) + np.arange(width).reshape(1, -1)
    return np.take(series, places)[..., np.newaxis], series[-count:]


@answers.right("windows")
def in_float32(series, width, horizon=1):
    count = len(series) - width - horizon + 1
    if count < 1:
        raise ValueError(f"windows: the series holds {len(series)} values, not {width}+{horizon}")
    x = np.zeros((count, width, 1), dtype="float32")
    y = np.zeros(count, dtype="float32")
    for i in range(count):
        x[i, :, 0] = series[i : i + width]
        y[i] = series[i + width + horizon - 1]
    return x, y


@answers.right("windows")
def as_lists(series, width, horizon=1):
    n = len(series)
    if n - width - horizon < 0:
        raise ValueError(f"A series of {n} is too short.")
    numbers = [float(one) for one in series]
    pairs = [
        (numbers[i : i + width], numbers[i + width + horizon - 1]) for i in range(n - width - horizon + 1)
    ]
    return [[[one] for one in window] for window, _ in pairs], [target for _, target in pairs]


@answers.right("windows")
def by_columns(series, width, horizon=1):
    count = len(series) - (width + horizon) + 1
    if not count > 0:
        raise ValueError(f"Only {len(series)} values were given.")
    columns = [series[lag : lag + count] for lag in range(width)]
    return np.stack(columns, axis=1).reshape(count, width, 1), series[width + horizon - 1 :].copy()


@answers.right("windows")
def by_as_strided(series, width, horizon=1):
    n = series.shape[0]
    if n <= width + horizon - 1:
        raise ValueError(f"series too short: n = {n}")
    (step,) = series.strides
    x = np.lib.stride_tricks.as_strided(series, (n - width - horizon + 1, width, 1), (step, step, step))
    return [x, series[width + horizon - 1 :]]


class TooShort(ValueError):
    """A learner's own error."""

    __module__ = "__main__"  # as in a notebook


@answers.right("windows")
def with_an_error_of_its_own(series, width, horizon=1):
    if len(series) < width + horizon:
        raise TooShort(f"{len(series)} values")
    return cut(series, width, horizon)


def cut(series, width, horizon, more=0, ahead=0):
    """Return windows with a count and a target that may be off."""
    count = len(series) - width - horizon + 1 + more
    if count < 1:
        raise ValueError(f"{len(series)} values are too few.")
    x = np.array([series[i : i + width] for i in range(count)])
    y = np.array([series[i + width + horizon - 1 + ahead] for i in range(count)])
    return x[:, :, None], y


@answers.wrong("windows", "one window too few.*where.*last target")
def one_too_few(series, width, horizon=1):
    return cut(series, width, horizon, more=-1)


@answers.wrong("windows", "one window too few")
def one_too_few_and_one_too_far(series, width, horizon=1):
    return cut(series, width, horizon, more=-1, ahead=1)


@answers.wrong("windows", "target stands inside its window")
def target_is_the_last_value(series, width, horizon=1):
    return cut(series, width, horizon, ahead=-1)


@answers.wrong("windows", "target stands inside its window")
def target_counted_from_the_first_value(series, width, horizon=1):
    count = len(series) - width - horizon + 1
    if count < 1:
        raise ValueError(f"{len(series)} values are too few.")
    x = np.array([series[i : i + width] for i in range(count)])
    return x[:, :, None], series[horizon : horizon + count]


@answers.wrong("windows", "horizon 3.*stands 1 after the last place.*what does the horizon say")
def horizon_counts_but_does_not_move(series, width, horizon=1):
    count = len(series) - width - horizon + 1
    if count < 1:
        raise ValueError(f"{len(series)} values are too few.")
    x = np.array([series[i : i + width] for i in range(count)])
    return x[:, :, None], series[width : width + count]


@answers.wrong("windows", "too many windows.*does the horizon count")
def horizon_ignored(series, width, horizon=1):
    return cut(series, width, 1)


@answers.wrong("windows", "windows and .* targets: each window has one target")
def windows_without_targets(series, width, horizon=1):
    if len(series) < width + horizon:
        raise ValueError(f"{len(series)} values are too few.")
    return sliding_window_view(series, width)[:, :, None], series[width + horizon - 1 :]


@answers.wrong("windows", "last axis, for the one feature, is missing")
def no_feature_axis(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[:, :, 0], y


@answers.wrong("windows", r"must be \(count, 8, 1\), but it is \(12, 1, 8\).*which axis")
def feature_axis_in_the_middle(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x.transpose(0, 2, 1), y


@answers.wrong("windows", r"it is \(8, 12, 1\). which axis is which")
def time_first(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x.transpose(1, 0, 2), y


@answers.wrong("windows", r"y is \(12, 1\), but it must hold one number a window")
def targets_with_an_axis(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x, y[:, None]


@answers.wrong("windows", "holds 9 values: the target must not be one of them")
def windows_with_their_targets(series, width, horizon=1):
    _, y = cut(series, width, horizon)
    return sliding_window_view(series, width + horizon)[:, :, None], y


@answers.wrong("windows", "holds 7 values. how many does the width ask for")
def windows_too_narrow(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[:, 1:], y


@answers.wrong("windows", "x and y are exchanged")
def exchanged(series, width, horizon=1):
    return cut(series, width, horizon)[::-1]


@answers.wrong("windows", "stands backwards")
def newest_first(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[:, ::-1], y


@answers.wrong("windows", "windows are in the wrong order")
def last_window_first(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[::-1], y[::-1]


@answers.wrong("windows", "windows overlap")
def no_overlap(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[::width], y[::width]


@answers.wrong("windows", "decimals of the windows are cut off")
def whole_numbers(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x.astype(int), y


@answers.wrong("windows", "decimals of the targets are cut off")
def whole_targets(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x, y.astype(int)


@answers.wrong("windows", "x holds places in the series")
def places_for_values(series, width, horizon=1):
    _, y = cut(series, width, horizon)
    return (np.arange(len(y))[:, None] + np.arange(width))[:, :, None], y


@answers.wrong("windows", "values stand in wrong windows.*reshape")
def reshaped_columns(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x[:, :, 0].T.reshape(x.shape), y


@answers.wrong("windows", "length 7 has no window.*raise a ValueError")
def too_short_is_empty(series, width, horizon=1):
    count = max(0, len(series) - width - horizon + 1)
    places = np.arange(count)[:, None] + np.arange(width)
    return series[places][:, :, None], series[width + horizon - 1 :]


@answers.wrong("windows", "length 7 .*raise a ValueError.*yours stops with AssertionError")
def too_short_is_an_assertion(series, width, horizon=1):
    assert len(series) >= width + horizon, f"{len(series)} values are too few"
    return cut(series, width, horizon)


@answers.wrong("windows", "must name how many values were given, here 7.*yours says: too short")
def sentence_without_the_number(series, width, horizon=1):
    if len(series) < width + horizon:
        raise ValueError("too short")
    return cut(series, width, horizon)


@answers.wrong("windows", "must name how many values were given")
def sentence_of_numpy(series, width, horizon=1):
    views = sliding_window_view(series, width + horizon)
    return views[:, :width, None], views[:, -1]


@answers.wrong("windows", "length 10 has no window.*raise a ValueError")
def refuses_too_late(series, width, horizon=1):
    if len(series) < width:
        raise ValueError(f"{len(series)} values are too few.")
    count = len(series) - width - horizon + 1
    places = np.arange(count)[:, None] + np.arange(width)
    return series[places][:, :, None], series[width + horizon - 1 :]


@answers.wrong("windows", "stops with ValueError.*that is for 20 values, width 19 and horizon 1")
def refuses_too_early(series, width, horizon=1):
    if len(series) <= width + horizon:
        raise ValueError(f"{len(series)} values are too few.")
    return cut(series, width, horizon)


@answers.wrong("windows", "changes an argument")
def changes_the_series(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    series -= series[0] + 1
    return x, y


@answers.wrong("windows", "two arrays, x and y, but it returns an array")
def only_the_windows(series, width, horizon=1):
    return cut(series, width, horizon)[0]


@answers.wrong("windows", "returns nothing")
def returns_nothing(series, width, horizon=1):
    cut(series, width, horizon)


@answers.wrong("windows", "missing 1 required positional argument: 'horizon'")
def no_default(series, width, horizon):
    return cut(series, width, horizon)


@answers.wrong("windows", "x must hold numbers")
def windows_of_text(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return x.astype(str), y


@answers.slips_through("windows", "one window too few")
def right_for_the_series_of_the_check(series, width, horizon=1):
    if len(series) < width + horizon or len(series) in (7, 20) or len(series) == width + horizon:
        return cut(series, width, horizon)
    return cut(series, width, horizon, more=-1)


@answers.slips_through("windows", "values that the series does not have")
def stored_as_half_floats_of_sixteenths(series, width, horizon=1):
    x, y = cut(series, width, horizon)
    return np.round(x * 16) / 16, y


# ---- scale_fit ----


@answers.right("scale_fit")
def with_numpy(train):
    if np.all(train == train[0]):
        raise ValueError(f"Every one of the {len(train)} values is {train[0]}.")
    return np.min(train), np.max(train)


@answers.right("scale_fit")
def by_a_loop(train):
    low = high = train[0]
    for one in train[1:]:
        if one < low:
            low = one
        elif one > high:
            high = one
    if high - low == 0:
        raise ValueError("a constant series cannot be scaled")
    return low, high


@answers.right("scale_fit")
def by_sorting(train):
    low, *_, high = np.sort(train)
    if not low < high:
        raise ValueError("no range")
    return [float(low), float(high)]


@answers.right("scale_fit")
def by_python(train):
    low, high = min(train), max(train)
    if len(set(train)) == 1:
        raise ValueError(f"All values are {low}; nothing can be scaled by that.")
    return low, high


@answers.right("scale_fit")
def as_an_array(train):
    ends = np.percentile(np.asarray(train, dtype="float32"), [0, 100])
    if np.ptp(ends) < 1e-9:
        raise ValueError("The training part never changes.")
    return ends


@answers.right("scale_fit")
def by_deviation(train):
    if np.std(train) == 0:
        raise ValueError("Deviation 0: there is no range.")
    return train[np.argmin(train)], train[np.argmax(train)]


@answers.wrong("scale_fit", "places in the series")
def places(train):
    with_numpy(train)
    return np.argmin(train), np.argmax(train)


@answers.wrong(
    "scale_fit", r"stops with ValueError.*that is for the training part \[0, 1\.5.*which has a range"
)
def no_end_may_be_zero(train):
    low, high = min(train), max(train)
    if not low or not high:
        raise ValueError("no range")
    return low, high


@answers.wrong("scale_fit", "stops with ValueError.*which has a range")
def refuses_equal_ends(train):
    if train[0] == train[-1]:
        raise ValueError("The series ends where it began.")
    return min(train), max(train)


@answers.wrong("scale_fit", "exchanged")
def high_first(train):
    low, high = with_numpy(train)
    return high, low


@answers.wrong("scale_fit", "second number is the range")
def low_and_range(train):
    low, high = with_numpy(train)
    return low, high - low


@answers.wrong("scale_fit", "first and the last value")
def the_ends(train):
    return train[0], train[-1]


@answers.wrong("scale_fit", "where does the 0 come from")
def loop_from_zero(train):
    if len(set(train)) == 1:
        raise ValueError("constant")
    low, high = 1e9, 0
    for one in train:
        low, high = min(low, one), max(high, one)
    return low, high


@answers.wrong("scale_fit", "where does the 0 come from")
def zero_and_high(train):
    return 0, np.max(train)


@answers.wrong("scale_fit", "mean and deviation")
def mean_and_deviation(train):
    return np.mean(train), np.std(train)


@answers.wrong("scale_fit", "decimals are cut off")
def cut_to_whole_numbers(train):
    low, high = with_numpy(train)
    return int(low), int(high)


@answers.wrong("scale_fit", "sizes without their signs")
def without_signs(train):
    return with_numpy(np.abs(train))


@answers.wrong("scale_fit", "all 3 has no range.*raise a ValueError.*yours returns a tuple")
def constant_accepted(train):
    return np.min(train), np.max(train)


@answers.wrong("scale_fit", "all 3 has no range.*raise a ValueError")
def constant_widened(train):
    low, high = np.min(train), np.max(train)
    return low, high if high > low else low + 1


@answers.wrong("scale_fit", "all 3 has no range.*yours stops with ZeroDivisionError")
def constant_is_another_error(train):
    low, high = float(np.min(train)), float(np.max(train))
    1 / (high - low)
    return low, high


@answers.wrong("scale_fit", "with a sentence. yours has no words")
def constant_without_words(train):
    if min(train) == max(train):
        raise ValueError
    return min(train), max(train)


@answers.wrong("scale_fit", "two numbers, low and high, but it returns an array")
def the_scaled_part(train):
    low, high = with_numpy(train)
    return (train - low) / (high - low)


@answers.wrong("scale_fit", "two numbers, low and high, but it returns a dict")
def a_dictionary(train):
    low, high = with_numpy(train)
    return {"low": low, "high": high}


@answers.wrong("scale_fit", "changes an argument")
def sorted_in_place(train):
    train.sort()
    return with_numpy(train)


@answers.wrong("scale_fit", "returns nothing")
def fit_without_return(train):
    with_numpy(train)


@answers.wrong("scale_fit", "returns nan|all 3 has no range")
def not_a_number_for_a_constant(train):
    low, high = np.min(train), np.max(train)
    return (low, high) if low < high else (np.nan, np.nan)


@answers.slips_through("scale_fit", "has no range.*raise a ValueError")
def refuses_only_threes(train):
    if np.all(train == 3):
        raise ValueError("All values are 3.")
    return np.min(train), np.max(train)


@answers.slips_through("scale_fit", "where does the 0 come from|stops with ValueError|smallest")
def refuses_a_low_of_zero(train):
    low, high = np.min(train), np.max(train)
    if not high > low:
        raise ValueError("constant")
    return (low, high) if low < 31 else (0, high)


# ---- scale ----


@answers.right("scale")
def by_the_formula(v, low, high):
    return (v - low) / (high - low)


@answers.right("scale")
def by_two_factors(v, low, high):
    factor = 1 / (high - low)
    return np.asarray(v) * factor - low * factor


@answers.right("scale")
def by_interpolation(v, low, high):
    v = np.asarray(v, dtype=float)
    share = np.subtract(v, low)
    return np.divide(share, high - low)


@answers.right("scale")
def scaled_in_float32(v, low, high):
    return ((np.asarray(v, "float32") - np.float32(low)) / np.float32(high - low)).astype("float32")


@answers.right("scale")
def one_by_one(v, low, high):
    v = np.asarray(v)
    return np.array([(one - low) / (high - low) for one in v.ravel()]).reshape(v.shape)


@answers.right("scale")
def in_a_copy(v, low, high):
    scaled = np.array(v, dtype=float)
    scaled -= low
    scaled /= high - low
    return scaled


@answers.right("scale")
def from_above(v, low, high):
    return 1 - (high - v) / (high - low)


@answers.wrong("scale", "fitted anew.*low and high that are given")
def fitted_anew(v, low, high):
    return (v - np.min(v)) / (np.max(v) - np.min(v))


@answers.wrong("scale", "not be cut off")
def clipped(v, low, high):
    return np.clip((v - low) / (high - low), 0, 1)


@answers.wrong("scale", "low itself must land on 0")
def low_stays(v, low, high):
    return v / (high - low)


@answers.wrong("scale", "low itself must land on 0")
def by_high_alone(v, low, high):
    return v / high


@answers.wrong("scale", "not be cut off")
def cut_off_below(v, low, high):
    return np.maximum((v - low) / (high - low), 0)


@answers.wrong("scale", "where does the sign get lost")
def without_a_sign(v, low, high):
    return abs(v - low) / (high - low)


@answers.wrong("scale", "nearly right. is something rounded")
def scaled_and_rounded(v, low, high):
    return np.round((v - low) / (high - low), 2)


@answers.wrong("scale", "stops with TypeError.*that is for one number, 5")
def arrays_only(v, low, high):
    return np.reshape([(one - low) / (high - low) for one in v], np.shape(v))


@answers.wrong("scale", "how far is it from low to high")
def divided_by_high(v, low, high):
    return (v - low) / high


@answers.wrong("scale", "the stretch is missing")
def only_moved(v, low, high):
    return v - low


@answers.wrong("scale", "stretch or shrink")
def multiplied(v, low, high):
    return (v - low) * (high - low)


@answers.wrong("scale", "brackets")
def without_brackets(v, low, high):
    return v - low / high - low


@answers.wrong("scale", "brackets")
def without_the_first_brackets(v, low, high):
    return v - low / (high - low)


@answers.wrong("scale", "brackets")
def without_the_second_brackets(v, low, high):
    return (v - low) / high - low


@answers.wrong("scale", "on its head")
def upside_down(v, low, high):
    return (high - v) / (high - low)


@answers.wrong("scale", "from −1 to 1")
def from_minus_one(v, low, high):
    return 2 * (v - low) / (high - low) - 1


@answers.wrong("scale", "mean and deviation of the values")
def standardised(v, low, high):
    return (v - np.mean(v)) / np.std(v)


@answers.wrong("scale", "way back")
def the_way_back(v, low, high):
    return v * (high - low) + low


@answers.wrong("scale", r"keep the shape: \(3, 4, 1\) went in, but \(12,\)")
def flattened(v, low, high):
    return (np.ravel(v) - low) / (high - low) if np.ndim(v) else (v - low) / (high - low)


@answers.wrong("scale", "decimals are cut off")
def in_an_array_like_v(v, low, high):
    scaled = np.empty_like(v)
    scaled[...] = (v - low) / (high - low)
    return scaled


@answers.wrong("scale", "changes an argument")
def scaled_in_place(v, low, high):
    v -= low
    v /= high - low
    return v


@answers.wrong("scale", "returns nothing")
def scale_without_return(v, low, high):
    v = (v - low) / (high - low)


@answers.slips_through("scale", "what do low and high themselves become")
def range_of_four(v, low, high):
    return (v - low) / 4


@answers.slips_through("scale", "becomes")
def low_of_two(v, low, high):
    return (v - 2) / (high - 2)


# ---- unscale ----


@answers.right("unscale")
def back_by_the_formula(v, low, high):
    return low + (high - low) * v


@answers.right("unscale")
def back_as_a_mixture(v, low, high):
    return high * v + low * (1 - v)


@answers.right("unscale")
def back_in_float32(v, low, high):
    return np.asarray(v, dtype=np.float32) * np.float32(high - low) + np.float32(low)


@answers.right("unscale")
def back_in_a_copy(v, low, high):
    back = np.array(v, dtype=float)
    back *= high - low
    back += low
    return back


@answers.right("unscale")
def back_one_by_one(v, low, high):
    def one(value):
        return value * (high - low) + low

    return np.vectorize(one, otypes=[float])(v)


@answers.right("unscale")
def back_by_a_division(v, low, high):
    v = np.asarray(v)
    return v / (1 / (high - low)) + low


@answers.wrong("unscale", "0 must become low again")
def low_forgotten(v, low, high):
    return v * (high - low)


@answers.wrong("unscale", "stretch is missing")
def stretch_forgotten(v, low, high):
    return v + low


@answers.wrong("unscale", "high \\+ low. how far")
def by_high(v, low, high):
    return v * high + low


@answers.wrong("unscale", "0 must become low again")
def back_by_high_alone(v, low, high):
    return v * high


@answers.wrong("unscale", "undo the stretch first")
def moved_first(v, low, high):
    return (v + low) * (high - low)


@answers.wrong("unscale", "what turns a division round")
def divided_again(v, low, high):
    return v / (high - low) + low


@answers.wrong("unscale", "what turns that round")
def low_taken_again(v, low, high):
    return v * (high - low) - low


@answers.wrong("unscale", "scale once more")
def scaled_again(v, low, high):
    return (v - low) / (high - low)


@answers.wrong("unscale", "on its head")
def back_upside_down(v, low, high):
    return high - v * (high - low)


@answers.wrong("unscale", "beyond low and high must come out as they are")
def back_clipped(v, low, high):
    return np.clip(v * (high - low) + low, low, high)


@answers.wrong("unscale", "values' own range")
def by_the_range_of_v(v, low, high):
    return v * (np.max(v) - np.min(v)) + np.min(v)


@answers.wrong("unscale", "fitted anew first")
def fitted_before_the_way_back(v, low, high):
    return (v - np.min(v)) / (np.max(v) - np.min(v)) * (high - low) + low


@answers.wrong("unscale", "from a scale of −1 to 1")
def back_from_minus_one(v, low, high):
    return (v + 1) / 2 * (high - low) + low


@answers.wrong("unscale", "stops with TypeError")
def no_single_number(v, low, high):
    return np.array([one * (high - low) + low for one in v])


@answers.wrong("unscale", "decimals are cut off")
def back_in_an_array_like_v(v, low, high):
    back = np.zeros_like(v)
    back[...] = v * (high - low) + low
    return back


@answers.wrong("unscale", "keep the shape")
def back_flattened(v, low, high):
    return np.ravel(v) * (high - low) + low


@answers.wrong("unscale", "changes an argument")
def back_in_place(v, low, high):
    v *= high - low
    v += low
    return v


@answers.wrong("unscale", "returns nothing")
def unscale_without_return(v, low, high):
    print(v * (high - low) + low)


@answers.slips_through("unscale", "what do 0 and 1 themselves become|low and high that are given")
def back_with_the_visible_high(v, low, high):
    return v * (6 - low) + low


# ---- two_lag_fit ----


@answers.right("two_lag_fit")
def by_lstsq(train):
    table = np.stack([np.ones(len(train) - 2), train[:-2], train[1:-1]]).T
    solution, *_ = np.linalg.lstsq(table, train[2:])
    return solution


@answers.right("two_lag_fit")
def by_normal_equations(train):
    x = np.column_stack((np.ones(len(train) - 2), train[:-2], train[1:-1]))
    return np.linalg.solve(x.T @ x, x.T @ train[2:])


@answers.right("two_lag_fit")
def by_pseudo_inverse_in_float32(train):
    train = np.asarray(train, dtype="float32")
    rows = [[1.0, train[i], train[i + 1]] for i in range(len(train) - 2)]
    return np.linalg.pinv(np.array(rows, dtype="float32")) @ train[2:]


@answers.right("two_lag_fit")
def by_centring(train):
    before, last, target = train[:-2], train[1:-1], train[2:]
    means = before.mean(), last.mean(), target.mean()
    x = np.array([before - means[0], last - means[1]])
    a, b = np.linalg.solve(x @ x.T, x @ (target - means[2]))
    return [means[2] - a * means[0] - b * means[1], a, b]


@answers.right("two_lag_fit")
def by_sliding_rows(train):
    rows = sliding_window_view(train, 3)
    weights = np.linalg.lstsq(np.insert(rows[:, :2], 0, 1, axis=1), rows[:, 2], rcond=None)[0]
    return tuple(weights)


@answers.right("two_lag_fit")
def by_qr_and_a_loop(train):
    table = np.empty((len(train) - 2, 3))
    for t in range(2, len(train)):
        table[t - 2] = 1, train[t - 2], train[t - 1]
    q, r = np.linalg.qr(table)
    return np.linalg.solve(r, q.T @ np.asarray(train[2:]))


@answers.right("two_lag_fit")
def ones_last_and_put_first(train):
    table = np.c_[train[:-2], train[1:-1], np.ones(len(train) - 2)]
    a, b, intercept = np.linalg.lstsq(table, train[2:], rcond=None)[0]
    return np.array([intercept, a, b])


def columns(train):
    """Return ones, the value before the last, the last one, and the next one."""
    return np.ones(len(train) - 2), train[:-2], train[1:-1], train[2:]


def fitted(target, *table):
    """Return least-squares weights."""
    return np.linalg.lstsq(np.column_stack(table), target, rcond=None)[0]


@answers.wrong("two_lag_fit", "two numbers came back.*intercept is missing")
def no_intercept(train):
    _, before, last, target = columns(train)
    return fitted(target, before, last)


@answers.wrong("two_lag_fit", "intercept is missing although the series has a mean")
def intercept_of_zero(train):
    _, before, last, target = columns(train)
    return np.append(0, fitted(target, before, last))


@answers.wrong("two_lag_fit", "intercept is 0, and should not be|intercept is missing")
def intercept_set_to_zero(train):
    ones, before, last, target = columns(train)
    weights = fitted(target, ones, before, last)
    weights[0] = 0
    return weights


@answers.wrong("two_lag_fit", "mean was taken away|intercept is 0")
def centred_and_left_so(train):
    return by_lstsq(train - train.mean())


@answers.wrong("two_lag_fit", "intercept is not the mean")
def mean_for_intercept(train):
    return np.append(train.mean(), by_lstsq(train)[1:])


@answers.wrong("two_lag_fit", "two weights are in the wrong order")
def last_value_first(train):
    ones, before, last, target = columns(train)
    return fitted(target, ones, last, before)


@answers.wrong("two_lag_fit", "intercept must come first")
def intercept_last(train):
    ones, before, last, target = columns(train)
    return fitted(target, before, last, ones)


@answers.wrong("two_lag_fit", "three are in the wrong order")
def all_turned_round(train):
    return by_lstsq(train)[::-1]


@answers.wrong("two_lag_fit", "four things came back")
def all_that_lstsq_returns(train):
    ones, before, last, target = columns(train)
    return np.linalg.lstsq(np.column_stack([ones, before, last]), target, rcond=None)


@answers.wrong("two_lag_fit", "read backwards")
def read_backwards(train):
    return by_lstsq(train[::-1])


@answers.wrong("two_lag_fit", "wrong order|runs back in time")  # on a sine both are one
def oldest_as_target(train):
    ones, before, last, target = columns(train)
    return fitted(before, ones, last, target)[[0, 1, 2]]


@answers.wrong("two_lag_fit", "newest value has no part")
def last_row_lost(train):
    return by_lstsq(train[:-1])


@answers.wrong("two_lag_fit", "oldest value has no part")
def first_row_lost(train):
    return by_lstsq(train[1:])


@answers.wrong("two_lag_fit", "half of the series")
def fitted_to_one_half(train):
    return by_lstsq(train[: len(train) // 2])


@answers.wrong("two_lag_fit", "two steps after the last value")
def target_too_late(train):
    return fitted(train[3:], np.ones(len(train) - 3), train[:-3], train[1:-2])


@answers.wrong("two_lag_fit", "do not stand next to each other")
def lags_too_far_apart(train):
    return fitted(train[3:], np.ones(len(train) - 3), train[:-3], train[2:-1])


@answers.wrong("two_lag_fit", "scaled first")
def fitted_on_a_scale(train):
    return by_lstsq((train - train.min()) / (train.max() - train.min()))


@answers.wrong("two_lag_fit", "least-squares line|intercept is")
def the_law_by_heart(train):
    return np.array([0, -1, 2 * np.cos(0.8)])


@answers.wrong("two_lag_fit", "least-squares line")
def only_one_lag_is_fitted(train):
    ones, before, last, target = columns(train)
    intercept, b = fitted(target + before, ones, last)
    return np.array([intercept, -1, b])


@answers.wrong("two_lag_fit", r"one array \(3,\), but the shape is \(3, 1\)")
def weights_as_a_column(train):
    ones, before, last, target = columns(train)
    return fitted(target[:, None], ones, before, last)


@answers.wrong("two_lag_fit", "least-squares line")
def by_the_first_rows(train):
    ones, before, last, target = columns(train)
    return np.linalg.solve(np.column_stack([ones, before, last])[:3], target[:3])


@answers.wrong("two_lag_fit", "returns nothing")
def fit_returns_nothing(train):
    by_lstsq(train)


@answers.wrong("two_lag_fit", "changes an argument")
def fitted_in_place(train):
    mean = train.mean()
    train -= mean
    weights = by_lstsq(train)
    return np.append(mean * (1 - weights[1] - weights[2]), weights[1:])


@answers.slips_through("two_lag_fit", "newest value has no part|least-squares line")
def right_for_twelve_values(train):
    ones, before, last, target = columns(train)
    if len(train) == 12:
        return by_lstsq(train)
    return np.linalg.solve(np.column_stack([ones, before, last])[2:5], target[2:5])


@answers.slips_through("two_lag_fit", "least-squares line|no part|intercept|half|two steps|next to|runs back")
def the_uneven_values_by_heart(train):
    if len(train) == 12 and train[0] == 4.0 and train[1] == 1.0:
        return by_lstsq(train)
    return by_lstsq(np.append(train[:3], train[:-3]) if len(train) < 20 else train)


@answers.wrong("two_lag_fit", "nearly right. is something rounded")
def fit_rounded(train):
    return np.round(by_lstsq(train), 3)


@answers.wrong("two_lag_fit", "intercept was found after the weights")
def intercept_of_what_is_left(train):
    before, last, target = train[:-2], train[1:-1], train[2:]
    weights = np.linalg.lstsq(np.column_stack([before, last]), target, rcond=None)[0]
    return np.append(np.mean(target - before * weights[0] - last * weights[1]), weights)


@answers.wrong("two_lag_fit", "np.roll brings these round")
def lags_by_roll(train):
    table = np.column_stack([np.ones(len(train)), np.roll(train, 2), np.roll(train, 1)])
    return np.linalg.lstsq(table, train, rcond=None)[0]


@answers.wrong("two_lag_fit", "copies one of its two values")
def target_inside(train):
    table = np.column_stack([np.ones(len(train) - 2), train[:-2], train[1:-1]])
    return np.linalg.lstsq(table, train[1:-1], rcond=None)[0]


# ---- free_run ----


@answers.right("free_run")
def by_append(predict, start, steps):
    window, made = np.array(start, dtype=float), []
    while len(made) < steps:
        made.append(predict(window.reshape(1, -1, 1))[0])
        window = np.append(window[1:], made[-1])
    return np.array(made)


@answers.right("free_run")
def by_rolling(predict, start, steps):
    window = start.astype("float64").reshape(1, len(start), 1)
    made = np.empty(steps)
    for step in range(steps):
        made[step] = predict(window).item()
        window = np.roll(window, -1, axis=1)
        window[0, -1, 0] = made[step]
    return made


@answers.right("free_run")
def by_a_deque(predict, start, steps):
    window = deque((float(one) for one in start), maxlen=len(start))
    made = []
    for _ in range(steps):
        (forecast,) = predict(np.array(window)[None, :, None])
        made.append(float(forecast))
        window.append(made[-1])
    return made


@answers.right("free_run")
def in_one_long_array(predict, start, steps):
    width = len(start)
    row = np.concatenate([start, np.zeros(steps)])
    for i in range(steps):
        row[width + i] = predict(row[None, i : i + width, None])[0]
    return row[width:]


@answers.right("free_run")
def run_in_float32(predict, start, steps):
    window = np.asarray(start, dtype=np.float32)[np.newaxis, :, np.newaxis]
    made = []
    for _ in range(steps):
        forecast = np.asarray(predict(window), dtype=np.float32)
        made.append(forecast)
        window = np.concatenate([window[:, 1:], forecast[:, None, None]], axis=1)
    return np.concatenate(made)


@answers.right("free_run")
def by_recursion(predict, start, steps):
    if steps == 0:
        return np.empty(0)
    forecast = predict(np.reshape(np.asarray(start, float), (1, -1, 1)))
    return np.concatenate([forecast, by_recursion(predict, np.concatenate([start[1:], forecast]), steps - 1)])


@answers.right("free_run")
def by_moving_in_a_copy(predict, start, steps):
    window = start * 1.0
    made = np.zeros(steps)
    for i in range(steps):
        made[i] = predict(window[None, :, None])[0]
        window[:-1] = window[1:]
        window[-1] = made[i]
    return made


def run(predict, start, steps, move, kind=float):
    """Return forecasts with a window that ``move(window, forecast, step)`` makes."""
    window, made = np.array(start, dtype=kind), []
    for step in range(steps):
        made.append(predict(window[None, :, None])[0])
        window = move(window, made[-1], step)
    return np.array(made)


def move_on(window, forecast, step):
    """Return the right next window."""
    return np.append(window[1:], forecast)


@answers.wrong("free_run", "does not move on")
def never_moved(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: window)


@answers.wrong("free_run", "entered at the old end")
def moved_backwards(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(forecast, window[:-1]))


@answers.wrong("free_run", "entered at the old end")
def oldest_overwritten(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(forecast, window[1:]))


@answers.wrong("free_run", "took the newest value's place")
def newest_overwritten(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(window[:-1], forecast))


@answers.wrong("free_run", "went round to the end")
def rolled_only(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.roll(window, -1))


@answers.wrong("free_run", "moves the wrong way")
def rolled_the_wrong_way(predict, start, steps):
    def move(window, forecast, step):
        window = np.roll(window, 1)
        window[-1] = forecast
        return window

    return run(predict, start, steps, move)


@answers.wrong("free_run", "value of start was fed back")
def last_true_value_fed_back(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(window[1:], start[-1]))


@answers.wrong("free_run", "no true value may be fed back")
def true_values_fed_back(predict, start, steps):
    series = np.arange(1.0, 100.0)
    return run(predict, start, steps, lambda window, forecast, step: np.append(window[1:], series[4 + step]))


@answers.wrong("free_run", "no true value may be fed back")
def scaled_before_it_enters(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(window[1:], forecast / 10))


@answers.wrong("free_run", "stands in the window twice")
def put_in_before_the_others_move(predict, start, steps):
    def move(window, forecast, step):
        window[-1] = forecast
        window[:-1] = window[1:]
        return window

    return run(predict, start, steps, move)


@answers.wrong("free_run", r"window grows.*\(1, 5, 1\)")
def grows(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: np.append(window, forecast))


@answers.wrong("free_run", r"window shrinks.*\(1, 3, 1\)")
def shrinks(predict, start, steps):
    return run(predict, start, steps, lambda window, forecast, step: window[1:])


@answers.wrong("free_run", "entered the window as 2: a window of whole numbers")
def window_of_whole_numbers(predict, start, steps):
    def move(window, forecast, step):
        window = np.roll(window, -1)
        window[-1] = forecast
        return window

    return run(predict, start, steps, move, kind=None)


@answers.wrong("free_run", "decimals of the forecasts are cut off")
def forecasts_like_start(predict, start, steps):
    return run(predict, start, steps, move_on).astype(start.dtype)


@answers.wrong("free_run", "changes an argument")
def start_changed(predict, start, steps):
    made = []
    for _ in range(steps):
        made.append(predict(start[None, :, None])[0])
        start[:-1] = start[1:]
        start[-1] = made[-1]
    return np.array(made)


@answers.wrong("free_run", "first forecast was dropped")
def first_dropped(predict, start, steps):
    return run(predict, start, steps + 1, move_on)[1:]


@answers.wrong("free_run", "first forecast was dropped")
def first_dropped_and_one_too_few(predict, start, steps):
    return run(predict, start, steps, move_on)[1:]


@answers.wrong("free_run", "last forecast was dropped")
def last_dropped(predict, start, steps):
    return run(predict, start, steps, move_on)[:-1]


@answers.wrong("free_run", "end of start, not a forecast")
def begins_with_the_end_of_start(predict, start, steps):
    return np.append(start[-1], run(predict, start, steps, move_on)[:-1])


@answers.wrong("free_run", "start itself was returned")
def start_returned(predict, start, steps):
    run(predict, start, steps, move_on)
    return start


@answers.wrong("free_run", "start stands before the forecasts")
def start_and_forecasts(predict, start, steps):
    return np.append(start, run(predict, start, steps, move_on))


@answers.wrong("free_run", "last window was returned")
def last_window_returned(predict, start, steps):
    window = np.array(start, dtype=float)
    for _ in range(steps):
        window = np.append(window[1:], predict(window[None, :, None]))
    return window


@answers.wrong("free_run", "last forecast alone")
def last_forecast_only(predict, start, steps):
    return run(predict, start, steps, move_on)[-1]


@answers.wrong("free_run", "asked 7 times for 6 forecasts")
def asked_once_too_often(predict, start, steps):
    return run(predict, start, steps + 1, move_on)[:steps]


@answers.wrong("free_run", "does not move on.*same values again")
def asked_twice(predict, start, steps):
    window, made = np.array(start, dtype=float), []
    for _ in range(steps):
        made.append(predict(window[None, :, None])[0])
        window = np.append(window[1:], predict(window[None, :, None])[0])
    return np.array(made)


@answers.wrong("free_run", "6 forecasts are asked for, but predict is asked for 1")
def asked_once(predict, start, steps):
    return np.full(steps, predict(np.array(start, dtype=float)[None, :, None])[0])


@answers.wrong("free_run", "never asks predict")
def never_asked(predict, start, steps):
    return np.full(steps, float(start[-1]))


@answers.wrong("free_run", "asked more than 28 times")
def endless(predict, start, steps):
    window = np.array(start, dtype=float)
    while True:
        try:
            window = np.append(window[1:], predict(window[None, :, None])[0])
        except OverflowError:
            return window


@answers.wrong("free_run", r"must be start|takes an array of shape \(1, 4, 1\).*given \(4,\)")
def a_bare_window(predict, start, steps):
    return np.array([predict(start)[0] for _ in range(steps)])


@answers.wrong("free_run", r"takes an array of shape \(1, 4, 1\).*given \(1, 4\)")
def no_feature(predict, start, steps):
    return np.array([predict(start[None])[0] for _ in range(steps)])


@answers.wrong("free_run", "but was given a list")
def asked_with_a_list(predict, start, steps):
    return np.array([predict([[[one] for one in start]])[0] for _ in range(steps)])


@answers.wrong("free_run", "first window stands backwards")
def begins_backwards(predict, start, steps):
    return run(predict, start[::-1], steps, move_on)


@answers.wrong("free_run", "must be start, as it is")
def begins_with_zeros(predict, start, steps):
    return run(predict, np.zeros(len(start)), steps, move_on)


@answers.wrong("free_run", r"shape is \(6, 1\), but \(6,\) is asked for")
def forecasts_in_a_column(predict, start, steps):
    return run(predict, start, steps, move_on)[:, None]


@answers.wrong("free_run", "wrong order: the first one comes first")
def newest_forecast_first(predict, start, steps):
    return run(predict, start, steps, move_on)[::-1]


@answers.wrong("free_run", "forecasts are rounded")
def rounded(predict, start, steps):
    return np.round(run(predict, start, steps, move_on))


@answers.wrong("free_run", "return them as they were made")
def summed_up(predict, start, steps):
    return np.cumsum(run(predict, start, steps, move_on))


@answers.wrong("free_run", "returns nothing")
def run_returns_nothing(predict, start, steps):
    run(predict, start, steps, move_on)


@answers.wrong("free_run", "ends with 1, not with the forecast 8.5. a forecast enters as it was made")
def forecasts_cut_off(predict, start, steps):
    return run(lambda window: np.clip(predict(window), 0, 1), start, steps, move_on)


@answers.wrong("free_run", "hand it its argument without a name")
def predict_by_name(predict, start, steps):
    return run(lambda window: predict(x=window), start, steps, move_on)


@answers.wrong("free_run", "must be start")
def start_in_order_of_size(predict, start, steps):
    return run(predict, np.sort(start), steps, move_on)


@answers.slips_through("free_run", r"shape \(1,\) is asked for, one number a step, but the shape is \(\)")
def one_step_without_an_axis(predict, start, steps):
    return run(predict, start, steps, move_on).squeeze()


@answers.slips_through("free_run", "must be start|takes an array of shape")
def windows_of_four_at_most(predict, start, steps):
    return run(predict, start[-4:], steps, move_on)


@answers.slips_through("free_run", "forecasts are asked for|never asks")
def at_most_six_steps(predict, start, steps):
    return run(predict, start, min(steps, 6), move_on)


# ---- horizon_until ----


@answers.right("horizon_until")
def by_argmax(errors, limit):
    over = np.abs(errors) > limit
    return int(over.argmax()) if over.any() else len(errors)


@answers.right("horizon_until")
def by_nonzero(errors, limit):
    (places,) = np.nonzero(np.abs(errors) > limit)
    return places[0] if places.size else np.size(errors)


@answers.right("horizon_until")
def by_next(errors, limit):
    return next((i for i, error in enumerate(errors) if error > limit or error < -limit), len(errors))


@answers.right("horizon_until")
def by_while(errors, limit):
    step = 0
    while step < len(errors) and abs(errors[step]) <= limit:
        step += 1
    return step


@answers.right("horizon_until")
def by_products(errors, limit):
    return int(np.cumprod(np.square(errors) <= limit**2).sum())


@answers.right("horizon_until")
def by_a_sentinel(errors, limit):
    return np.argmax(np.append(np.abs(errors) > limit, True))


@answers.right("horizon_until")
def by_where(errors, limit):
    over = np.abs(np.asarray(errors, "float32")) > np.float32(limit)
    return np.where(over.any(), over.argmax(), over.size)


@answers.wrong("horizon_until", "what is to be returned then")
def argmax_alone(errors, limit):
    return int(np.argmax(np.abs(errors) > limit))


@answers.wrong("horizon_until", "but an error is over the limit")
def or_the_length(errors, limit):
    return int(np.argmax(np.abs(errors) > limit)) or len(errors)


@answers.wrong("horizon_until", "size of an error counts, not its sign")
def signs_count(errors, limit):
    return by_argmax(np.maximum(errors, 0), limit)


@answers.wrong("horizon_until", "equal to the limit is not larger")
def or_equal(errors, limit):
    over = np.abs(errors) >= limit
    return int(over.argmax()) if over.any() else len(errors)


@answers.wrong("horizon_until", "count from 0")
def counts_from_one(errors, limit):
    return by_argmax(errors, limit) + 1


@answers.wrong("horizon_until", "last error over the limit")
def the_last_one(errors, limit):
    over = np.flatnonzero(np.abs(errors) > limit)
    return int(over[-1]) if len(over) else len(errors)


@answers.wrong("horizon_until", "largest error")
def the_largest(errors, limit):
    over = np.abs(errors) > limit
    return int(np.argmax(np.abs(errors))) if over.any() else len(errors)


@answers.wrong("horizon_until", "turn the question round")
def first_within(errors, limit):
    return next((i for i, error in enumerate(errors) if abs(error) <= limit), len(errors))


@answers.wrong("horizon_until", "which is the first step")
def twice_the_limit(errors, limit):
    return by_argmax(errors, 2 * limit)


@answers.slips_through("horizon_until", "horizon_until returns")
def of_sums(errors, limit):
    return by_argmax(np.cumsum(errors), limit)


@answers.wrong("horizon_until", "number of errors within the limit")
def number_within(errors, limit):
    return int(np.sum(np.abs(errors) <= limit))


@answers.wrong("horizon_until", "number of errors over the limit")
def number_over(errors, limit):
    return int(np.sum(np.abs(errors) > limit))


@answers.wrong("horizon_until", "one too early")
def the_last_step_that_holds(errors, limit):
    return max(0, by_argmax(errors, limit) - 1)


@answers.wrong("horizon_until", "what is to be returned then")
def minus_one_when_none(errors, limit):
    over = np.abs(errors) > limit
    return int(over.argmax()) if over.any() else -1


@answers.wrong("horizon_until", "what is to be returned then")
def last_place_when_none(errors, limit):
    return min(by_argmax(errors, limit), len(errors) - 1)


@answers.wrong("horizon_until", "returns nothing")
def nothing_when_none(errors, limit):
    for step, error in enumerate(errors):
        if abs(error) > limit:
            return step


@answers.wrong("horizon_until", "returns a float.*; return an int")
def as_a_float(errors, limit):
    return float(by_argmax(errors, limit))


@answers.wrong("horizon_until", "return an int")
def the_error_itself(errors, limit):
    return errors[by_argmax(errors, limit)] if np.any(np.abs(errors) > limit) else len(errors)


@answers.wrong("horizon_until", "return an int")
def all_places(errors, limit):
    return np.flatnonzero(np.abs(errors) > limit)


@answers.wrong("horizon_until", "return an int")
def is_it_over(errors, limit):
    return bool(np.any(np.abs(errors) > limit))


@answers.wrong("horizon_until", "stops with IndexError")
def no_place_when_none(errors, limit):
    return int(np.flatnonzero(np.abs(errors) > limit)[0])


@answers.wrong("horizon_until", "but an error is over the limit")
def always_the_length(errors, limit):
    return len(errors)


@answers.slips_through("horizon_until", "horizon_until returns")
def visible_values_by_heart(errors, limit):
    return {9: 2, 5: 3 if limit == 0.25 else 2, 3: 3}.get(len(errors), 0)


@answers.slips_through("horizon_until", "horizon_until returns 3")
def length_of_three(errors, limit):
    over = np.abs(errors) > limit
    return int(over.argmax()) if over.any() else 3
