import numpy as np
import pytest

from grulab.data.memory import coin_tosses, flagged_value


def test_one_step_is_flagged_and_its_value_decides():
    x, y = flagged_value(300, time_steps=7, features=4, seed=3)
    assert x.shape == (300, 7, 4)
    assert x.dtype == np.float32
    assert y.shape == (300,)
    np.testing.assert_array_equal(x[:, :, 0].sum(axis=1), 1)
    assert set(np.unique(x[:, :, 0])) == {0.0, 1.0}
    for sequence, label in zip(x, y, strict=True):
        value = sequence[sequence[:, 0] == 1, 1].item()
        assert label == (value > 0.5)


def test_every_step_is_flagged_and_both_labels_occur_about_equally():
    x, y = flagged_value(2_000, seed=0)
    counts = x[:, :, 0].sum(axis=0)
    # 200 expected at each of 10 steps, standard deviation 13
    assert counts.min() > 140
    assert counts.max() < 260
    assert 0.45 < y.mean() < 0.55


def test_values_away_from_the_flag_do_not_matter():
    x, y = flagged_value(4_000, seed=1)
    elsewhere = np.where(x[:, :, 0] == 0, x[:, :, 1], np.nan)
    means = np.nanmean(elsewhere, axis=1)
    assert abs(means[y == 1].mean() - means[y == 0].mean()) < 0.02


def test_the_seed_decides_the_draw():
    first, again, other = (flagged_value(20, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"n": 0}, "n is 0, but it must be at least 1"),
        ({"n": 5, "time_steps": 0}, "time_steps is 0, but it must be at least 1"),
        ({"n": 5, "features": 1}, "features is 1, but it must be at least 2"),
    ],
)
def test_sizes_that_cannot_be_are_named(sizes, message):
    with pytest.raises(ValueError, match=message):
        flagged_value(**sizes)


def test_coin_tosses_have_the_shape_of_the_task_and_nothing_to_find():
    x, y = coin_tosses(4_000, seed=2)
    alike, _ = flagged_value(4_000)
    assert x.shape == alike.shape
    assert x.dtype == alike.dtype
    assert set(y) == {0, 1}
    # no number of the sequences goes along with the label; the standard deviation of a difference is 0.009
    difference = x[y == 1].mean(axis=0) - x[y == 0].mean(axis=0)
    assert np.abs(difference).max() < 0.05


def test_coin_tosses_are_drawn_as_the_pages_have_always_drawn_them():
    x, y = coin_tosses(5, features=3, seed=7)
    rng = np.random.default_rng(7)
    np.testing.assert_array_equal(x, rng.random((5, 10, 3), dtype=np.float32))
    np.testing.assert_array_equal(y, rng.integers(2, size=5))


def test_coin_tosses_without_a_feature_are_refused():
    with pytest.raises(ValueError, match="features is 0, but it must be at least 1"):
        coin_tosses(5, features=0)
