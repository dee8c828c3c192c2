"""Odd stretches: what is put in, what is scored, what is counted."""

import numpy as np
import pytest

from grulab.anomalies import error_scores, tally, usual_year, with_flat, with_shift, with_spike
from grulab.data import sea_surface
from grulab.forecasting import persistence

SERIES = np.arange(12.0) ** 2


def test_the_sea_has_a_value_for_each_month_and_both_great_el_ninos():
    months, degrees = sea_surface()
    assert (len(months), str(months[0]), str(months[-1])) == (732, "1950-01", "2010-12")
    assert degrees[0] == 23.11
    assert degrees[-1] == 22.07
    beside_usual = degrees - np.tile(usual_year(degrees[:300]), 61)
    warmest = {str(month)[:4] for month in months[np.argsort(beside_usual)[-12:]]}
    assert warmest == {"1983", "1997", "1998"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (with_spike(SERIES, 3, -2), {3: 7}),
        (with_flat(SERIES, 4, 3), {4: 9, 5: 9, 6: 9}),
        (with_shift(SERIES, 2, 2, 5), {2: 49, 3: 64}),
        (with_spike(SERIES, 11, 1), {11: 122}),
    ],
)
def test_what_is_put_in_changes_its_places_and_no_other(changed, expected):
    assert {int(i): changed[i] for i in np.flatnonzero(changed != SERIES)} == expected
    assert np.array_equal(SERIES, np.arange(12.0) ** 2)


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (lambda: with_spike(SERIES, 12, 1), "at is 12, but it must be at most 11"),
        (lambda: with_spike(SERIES, -1, 1), "at is -1, but it must be at least 0"),
        (lambda: with_flat(SERIES, 10, 3), "needs places 10 to 12"),
        (lambda: with_flat(SERIES, 0, 3), "start is 0"),
        (lambda: with_shift(SERIES, 6, 4, 3), "needs places 6 to 12"),
        (lambda: with_shift(SERIES, 2, 4, 0), "by is 0"),
        (lambda: usual_year(SERIES, 13), "needs 13 values at least, but train has 12"),
    ],
)
def test_what_does_not_fit_is_said(put, words):
    with pytest.raises(ValueError, match=words):
        put()


def test_a_usual_year_is_the_mean_by_month():
    assert np.array_equal(usual_year([1, 2, 3, 5, 6, 7], 3), [3, 4, 5])
    assert np.array_equal(usual_year([1, 2, 3, 5], 3), [3, 2, 3])


@pytest.mark.parametrize(("width", "horizon"), [(1, 1), (3, 1), (2, 4)])
def test_a_score_stands_at_the_place_of_its_target(width, horizon):
    scores = error_scores(SERIES, persistence, width, horizon)
    assert np.isnan(scores[: width + horizon - 1]).all()
    for place in range(width + horizon - 1, len(SERIES)):
        assert scores[place] == SERIES[place] - SERIES[place - horizon]


def test_a_forecast_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"must map \(9, 3, 1\) to \(9,\), but gave \(9, 1\)"):
        error_scores(SERIES, lambda x: x[:, -1], 3)


def test_alarms_are_counted_inside_and_outside():
    scores = [np.nan, 9, 1, 5, 5, 1, 9, 2, 9]
    counted = tally(scores, 4, [(2, 4), (4, 6), (7, 8)], start=2)
    assert np.flatnonzero(counted.alarms).tolist() == [3, 4, 6, 8]
    assert (counted.inside, counted.hits, counted.false) == ((1, 1, 0), 2, 2)
    # the threshold itself is no alarm
    assert tally(scores, 5, [], start=2).false == 2
