import numpy as np
import pytest

from grulab.films import film_reader


@pytest.fixture(scope="module")
def model():
    return film_reader(5, 12, units=7)


def test_it_answers_after_each_frame_with_a_belief(model):
    x = np.random.default_rng(0).random((6, 5, 12), dtype=np.float32)
    beliefs = model.predict(x, verbose=0)
    assert beliefs.shape == (6, 5, 2)
    np.testing.assert_allclose(beliefs.sum(axis=2), 1, atol=1e-6)
    # the first beliefs know nothing of later frames
    cut = model.predict(np.where(np.arange(5)[:, None] < 3, x, 0), verbose=0)
    np.testing.assert_allclose(cut[:, :3], beliefs[:, :3], atol=1e-6)
    assert np.abs(cut[:, 3:] - beliefs[:, 3:]).max() > 1e-3


def test_it_has_the_sizes_that_it_is_given(model):
    assert model.get_layer("gru").units == 7
    assert model.count_params() == 3 * (12 * 7 + 7 * 7 + 2 * 7) + 2 * 8
    with pytest.raises(ValueError, match="time_steps is 0"):
        film_reader(0, 12)
