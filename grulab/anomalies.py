"""Find odd stretches of a series: put some in, score by a forecast's error, set a threshold, count alarms.

NumPy only. A series is (n,), the oldest value first. A stretch is a pair ``(start, end)`` of places, the end
not included. A score is (n,), one number a place, with NaN where there is none yet: the further a value lies
from what was expected of it, the higher.
"""

from dataclasses import dataclass

import numpy as np

from grulab.arguments import check_function, check_list, check_number, check_size
from grulab.arrays import check_numbers
from grulab.forecasting import windows


def with_spike(series, at, height):
    """Return a copy of the series whose value at place ``at`` is higher by ``height``."""
    changed = check_numbers("series", series, ("n",)).astype(float)
    changed[check_size("at", at, 0, len(changed) - 1)] += check_number("height", height)
    return changed


def with_flat(series, start, length):
    """Return a copy that stands still for ``length`` places, at the value before ``start``.

    A sensor that hangs looks like this. ``start`` must be at least 1.
    """
    (start, end), changed = _inside(series, check_size("start", start, 1), length)
    changed[start:end] = changed[start - 1]
    return changed


def with_shift(series, start, length, by):
    """Return a copy that runs ``by`` places ahead of time for ``length`` places: place t shows t + ``by``.

    A clock that is set wrong looks like this. The series must reach ``by`` places further.
    """
    by = check_size("by", by, 1)
    (start, end), changed = _inside(series, start, length, by)
    changed[start:end] = changed[start + by : end + by].copy()
    return changed


def _inside(series, start, length, more=0):
    """Return ``((start, end), copy)``; a stretch that leaves the series is a ``ValueError``."""
    copy = check_numbers("series", series, ("n",)).astype(float)
    start = check_size("start", start, 0)
    end = start + check_size("length", length, 1)
    if end + more > len(copy):
        raise ValueError(
            f"the stretch needs places {start} to {end + more - 1}, but the series has {len(copy)}."
        )
    return (start, end), copy


def usual_year(train, period=12):
    """Return the mean of each place in the period, (period,), over the training part, which begins one.

    A part shorter than one period is a ``ValueError``.
    """
    train = check_numbers("train", train, ("n",)).astype(float)
    period = check_size("period", period, 1)
    if len(train) < period:
        raise ValueError(f"a usual year needs {period} values at least, but train has {len(train)}.")
    return np.array([train[place::period].mean() for place in range(period)])


def error_scores(series, forecast, width, horizon=1):
    """Return the size of each forecast's error at the place of its target, (n,); NaN before the first target.

    ``forecast`` maps windows (batch, width, 1) to the values ``horizon`` places after their last, (batch,).
    """
    check_function("forecast", forecast, "maps windows (batch, width, 1) to (batch,)")
    x, y = windows(series, width, horizon)
    made = check_numbers("what forecast returned", forecast(x))
    if made.shape != y.shape:
        raise ValueError(f"forecast must map {x.shape} to {y.shape}, but gave {made.shape}.")
    return np.concatenate([np.full(len(series) - len(y), np.nan), np.abs(made - y)])


@dataclass(frozen=True)
class Tally:
    """Count the alarms of one scorer: where a stretch was hit, and how many alarms lie in none."""

    alarms: np.ndarray  # a bool a place: (n,)
    inside: tuple  # how many alarms lie in each stretch
    false: int  # how many lie in none

    @property
    def hits(self):
        """Return how many stretches hold an alarm at least."""
        return sum(count > 0 for count in self.inside)


def tally(scores, threshold, stretches, start=0):
    """Return the `Tally` of the places from ``start`` on whose score is above the threshold.

    A place without a score raises no alarm. ``stretches`` is a list of stretches that lie in the series; what
    is none is a ``ValueError``.
    """
    scores = check_numbers("scores", scores, ("n",), is_finite=False).astype(float)
    threshold, start = check_number("threshold", threshold), check_size("start", start, 0, len(scores))
    stretches = [
        _stretch(i, one, len(scores)) for i, one in enumerate(check_list("stretches", stretches, "pairs"))
    ]
    alarms = np.zeros(len(scores), dtype=bool)
    alarms[start:] = scores[start:] > threshold  # NaN is not above anything
    in_stretch = np.zeros(len(scores), dtype=bool)
    for first, end in stretches:
        in_stretch[first:end] = True
    inside = tuple(int(alarms[first:end].sum()) for first, end in stretches)
    return Tally(alarms, inside, int((alarms & ~in_stretch).sum()))


def _stretch(number, stretch, places):
    """Return a stretch as a pair of ints; raise an error unless it is one within so many ``places``."""
    name = f"stretches[{number}]"
    pair = check_list(name, stretch, "its first place and the one behind its last")
    if len(pair) != 2:
        raise ValueError(f"{name} must be a pair (start, end), but has {len(pair)} entries.")
    start = check_size(f"the start of {name}", pair[0], 0, places - 1)
    return start, check_size(f"the end of {name}", pair[1], start + 1, places)
