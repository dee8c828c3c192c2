"""The memory tasks: what each sequence shows, and what is said when it cannot be made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grulab.arguments import check_room
from grulab.data import delayed_recall, flagged_value


def lags(x, symbols=8):
    """Return the steps from each symbol to the last step."""
    return x.shape[1] - 1 - x[:, :, :symbols].any(axis=2).argmax(axis=1)


def test_one_symbol_is_shown_and_asked_for():
    x, y = delayed_recall(50, 7)
    shown = x[:, :, :8]
    assert x.shape == (50, 8, 11)
    assert x.dtype == np.float32
    assert np.array_equal(shown.sum(axis=(1, 2)), np.ones(50))
    assert np.array_equal(shown.max(axis=1).argmax(axis=1), y)
    assert set(y) == set(range(8))


def test_one_lag_shows_the_symbol_at_the_first_step():
    x, _ = delayed_recall(20, 7)
    assert set(lags(x)) == {7}


def test_longer_sequences_keep_the_lag():
    x, _ = delayed_recall(20, 7, time_steps=30)
    assert x.shape[1] == 30
    assert set(lags(x)) == {7}


def test_mixed_lags_reach_both_ends():
    x, _ = delayed_recall(500, (2, 5))
    assert x.shape[1] == 6
    assert set(lags(x)) == {2, 3, 4, 5}


def test_noise_stands_at_every_step_and_knows_nothing_of_the_symbol():
    x, y = delayed_recall(4000, 5)
    noise = x[:, :, 8:]
    assert np.all(noise != 0)
    assert noise.mean() == pytest.approx(0, abs=0.02)
    assert noise.std() == pytest.approx(1, abs=0.02)
    by_symbol = np.array([noise[y == symbol].mean(axis=0) for symbol in range(8)])
    assert np.abs(by_symbol).max() < 0.2


def test_without_noise_only_the_symbol_is_left():
    x, _ = delayed_recall(10, 4, symbols=3, noise=0)
    assert x.shape == (10, 5, 3)
    assert x.sum() == 10


def test_a_lag_of_zero_asks_at_once():
    x, y = delayed_recall(10, 0)
    assert x.shape[1] == 1
    assert np.array_equal(x[:, 0, :8].argmax(axis=1), y)


def test_the_seed_decides():
    first, again, other = (delayed_recall(30, (1, 9), seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@settings(deadline=None, derandomize=True)
@given(st.integers(1, 20), st.integers(0, 12), st.integers(0, 12), st.integers(0, 5), st.integers(2, 9))
def test_every_lag_lies_within_its_pair(n, low, more, spare, symbols):
    high = low + more
    x, y = delayed_recall(n, (low, high), time_steps=high + 1 + spare, symbols=symbols, noise=1)
    assert x.shape == (n, high + 1 + spare, symbols + 1)
    assert ((low <= lags(x, symbols)) & (lags(x, symbols) <= high)).all()
    assert ((y >= 0) & (y < symbols)).all()


def test_whole_numbers_of_numpy_are_lags_too():
    x, _ = delayed_recall(3, np.int64(4))
    assert x.shape[1] == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"n": 0, "lag": 3}, "n is 0, but it must be at least 1"),
        ({"n": 5, "lag": 3, "symbols": 1}, "symbols is 1, but it must be at least 2"),
        ({"n": 5, "lag": 3, "noise": -1}, "noise is -1, but it must be at least 0"),
        ({"n": 5, "lag": -1}, "lag is -1, but a lag is at least 0"),
        ({"n": 5, "lag": (6, 2)}, r"lag is \(6, 2\), but .* low is at most high"),
        ({"n": 5, "lag": 9, "time_steps": 9}, "A lag of 9 needs at least 10 time steps, but time_steps is 9"),
        ({"n": 5, "lag": (1, 9), "time_steps": 4}, "A lag of 9 needs at least 10 time steps"),
    ],
)
def test_impossible_sizes_get_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        delayed_recall(**arguments)


@pytest.mark.parametrize("lag", [2.5, "ten", None, (1, 2, 3), (1,), (1, 2.5), [[1, 2]]])
def test_what_is_no_lag_gets_a_sentence(lag):
    with pytest.raises(TypeError, match="must be a whole number, or a pair of them"):
        delayed_recall(5, lag)


@pytest.mark.parametrize(("name", "value"), [("n", "3"), ("time_steps", 2.5), ("symbols", None)])
def test_sizes_are_whole_numbers(name, value):
    with pytest.raises(TypeError, match=f"{name} is {value!r}, but it must be a whole number"):
        delayed_recall(**{"n": 3, "lag": 1, name: value})


def test_small_whole_numbers_of_numpy_make_the_same_data():
    x, y = delayed_recall(
        np.uint8(200), np.uint8(4), time_steps=np.uint8(5), symbols=np.uint8(200), noise=np.uint8(100)
    )
    again, labels = delayed_recall(200, 4, time_steps=5, symbols=200, noise=100)
    assert np.array_equal(x, again)
    assert np.array_equal(y, labels)


def test_the_room_is_counted_without_wrapping():
    with pytest.raises(ValueError, match="features=60000 ask for 216,000,000,000,000 numbers"):
        flagged_value(np.uint16(60_000), np.uint16(60_000), np.uint16(60_000))
    with pytest.raises(ValueError, match="a=100000, b=100000 ask for 10,000,000,000 numbers"):
        check_room(a=np.int32(100_000), b=np.int32(100_000))


@pytest.mark.parametrize(
    ("lag", "sentence"),
    [
        (2 * 10**9, "lag is 2000000000, but it must be at most 1000000000"),
        ((1, 10**5000), r"lag is \(1, a whole number of 16610 bits\)|lag is a whole number of 16610 bits"),
        (10**8, "n=2, time_steps=100000001, features=11 ask for"),
    ],
)
def test_a_lag_that_asks_for_too_much_is_no_other_kind_of_number(lag, sentence):
    with pytest.raises(ValueError, match=sentence):
        delayed_recall(2, lag)
