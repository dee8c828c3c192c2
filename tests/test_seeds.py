"""Ranges over seeds: when they lie apart, by how much, how often by chance, and what to pick."""

from itertools import permutations

import numpy as np
import pytest

from grulab.seeds import chance_apart, is_clear, least_lead, pick, spread


def test_spread_is_mean_lowest_and_highest():
    np.testing.assert_allclose(spread([[0.2, 0.4, 0.9], [1, 1, 1]]), [[0.5, 0.2, 0.9], [1, 1, 1]])


@pytest.mark.parametrize("scores", [[0.1, 0.2], [[], []], 0.5])
def test_scores_of_another_shape_are_a_sentence(scores):
    with pytest.raises(ValueError, match=r"scores must have the shape \(settings, seeds\).* but has"):
        spread(scores)


@pytest.mark.parametrize(
    ("a", "b", "clear", "lead"),
    [
        ([0.9, 0.8], [0.7, 0.6], True, 0.1),
        ([0.6, 0.7], [0.9, 0.8], True, 0.1),
        ([0.9, 0.7], [0.8, 0.6], False, 0),
        # the one lies within the other
        ([0.9, 0.1], [0.5, 0.4], False, 0),
        ([0.9, 0.8], [0.8, 0.7], False, 0),
        ([0.8, 0.8], [0.8, 0.8], False, 0),
    ],
)
def test_ranges_are_clear_where_they_lie_apart(a, b, clear, lead):
    assert is_clear(a, b) is is_clear(b, a) is clear
    assert least_lead(a, b) == pytest.approx(lead)


def test_chance_counts_the_orders_that_keep_two_settings_apart():
    for seeds, others in ((2, 2), (2, 4), (3, 3)):
        orders = list(permutations(range(seeds + others)))
        apart = sum(is_clear(order[:seeds], order[seeds:]) for order in orders)
        assert chance_apart(seeds, others) == pytest.approx(apart / len(orders))


@pytest.mark.parametrize(
    ("scores", "sizes", "baseline", "wanted"),
    [
        # the smallest overlaps the best
        ([[0.80, 0.90], [0.85, 0.95], [0.86, 0.96]], [8, 16, 32], 0.5, 0),
        # sizes need not be sorted
        ([[0.86, 0.96], [0.80, 0.90], [0.85, 0.95]], [32, 8, 16], 0.5, 1),
        # clearly worse
        ([[0.60, 0.70], [0.85, 0.95], [0.86, 0.96]], [8, 16, 32], 0.5, 1),
        # one seed of the smallest is below the baseline
        ([[0.80, 0.90], [0.85, 0.95]], [8, 16], 0.82, 1),
        ([[0.80, 0.90], [0.85, 0.95]], [8, 16], 0.85, -1),
        # the best mean has a seed below the baseline, so it does not count
        ([[0.70, 0.72], [0.50, 1.00]], [8, 16], 0.6, 0),
    ],
)
def test_the_smallest_that_is_not_clearly_worse_is_picked(scores, sizes, baseline, wanted):
    assert pick(scores, sizes, baseline) == wanted
