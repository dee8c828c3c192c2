"""Counts of followers: by hand, as probabilities, against runs that were never seen."""

import numpy as np
import pytest

from grulab.ngrams import Followers


def test_two_letters_by_hand():
    # a follows a once, b follows a once; b is followed by nothing
    counts = Followers([[0, 0, 1]], symbols=2, longest=1)
    # no run: counts 2 and 1, two kinds, and the rest evenly: (2 + 2 / 2) / (3 + 2)
    assert counts.probability([], 0) == pytest.approx(3 / 5)
    # after a: 1 and 1, two kinds: (1 + 2 * 3 / 5) / (2 + 2)
    assert counts.probability([0], 0) == pytest.approx((1 + 2 * 3 / 5) / 4)
    # b was never followed: what is known without it
    assert counts.probability([1], 0) == pytest.approx(3 / 5)
    assert counts.stored(1) == counts.stored(0) == 2


@pytest.mark.parametrize("longest", range(5))
def test_probabilities_add_up_after_any_run(longest):
    rng = np.random.default_rng(longest)
    counts = Followers([rng.integers(5, size=80), rng.integers(5, size=3)], 6, longest)
    for _ in range(50):
        run = rng.integers(6, size=rng.integers(7)).tolist()
        shares = [counts.probability(run, symbol) for symbol in range(6)]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) > 0, "symbol 5 was never seen, and is not impossible"


def test_only_the_last_symbols_of_a_run_count():
    counts = Followers([np.arange(60) % 7], 7, 2)
    assert counts.probability([3, 4, 5, 6], 0) == counts.probability([5, 6], 0)
    assert counts.probability([5, 6], 0) > 0.8


@pytest.mark.parametrize("asked", range(4))
def test_shorter_runs_are_answered_as_by_shorter_counts(asked):
    row = np.random.default_rng(0).integers(3, size=200)
    long, short = (Followers([row], 3, longest) for longest in (3, asked))
    rows = row[np.arange(100, 150)[:, None] + np.arange(-asked, 1)]  # (50, asked + 1)
    assert np.array_equal(long.surprise(rows), short.surprise(rows))
    assert long.stored(asked) == short.stored(asked)


def test_no_run_reaches_into_the_next_row():
    counts = Followers([[0, 1], [2, 0]], 3, 1)
    assert counts.counts[1] == {(0,): {1: 1}, (2,): {0: 1}}


def test_surprise_is_in_bits():
    counts = Followers([np.arange(60) % 7], 7, 2)
    rows = np.array([[4, 5, 6], [1, 2, 4]])
    bits = counts.surprise(rows)
    assert bits == pytest.approx([-np.log2(counts.probability(row[:-1], row[-1])) for row in rows.tolist()])
    assert bits[0] < 0.3 < 3 < bits[1]


def test_wrong_sizes_get_a_sentence():
    with pytest.raises(ValueError, match="symbols is 0"):
        Followers([[0]], 0, 1)
    with pytest.raises(TypeError, match=r"rows\[0\] must be an array of whole numbers"):
        Followers([[0.5]], 2, 1)
