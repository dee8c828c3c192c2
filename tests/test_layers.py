"""Attention over states and minGRU as Keras layers: beside NumPy, rebuilt, and saved."""

import numpy as np
import pytest

from grulab import mingru
from grulab.layers import AttendStates, MinGRU
from grulab.quiet import keras


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def test_mingru_hands_on_the_last_state_of_the_loop():
    xs, layer = draw(2, 11, 3), MinGRU(5)
    last = np.asarray(layer(xs))
    layer.set_weights([draw(3, 10), draw(10, seed=1)])
    weights = mingru.MinWeights(*layer.get_weights())
    expected = mingru.run(weights, xs, mingru.loop)[:, -1]
    np.testing.assert_allclose(np.asarray(layer(xs)), expected, rtol=0, atol=1e-5)
    assert last.shape == (2, 5)
    assert layer.count_params() == 2 * 5 * (3 + 1)


def test_mingru_asks_for_a_fixed_length():
    with pytest.raises(ValueError, match="needs a fixed number of time steps"):
        MinGRU(5)(keras.Input((None, 3)))


def test_attention_is_a_weighted_sum_with_shares_by_the_equation():
    states, layer = draw(2, 7, 4), AttendStates(3)
    layer.build(states.shape)
    w, u, b, v = (draw(*weight.shape, seed=seed) for seed, weight in enumerate(layer.get_weights()))
    layer.set_weights([w, u, b, v])
    scores = np.stack([np.tanh(states[:, t] @ w + states[:, -1] @ u + b) @ v[:, 0] for t in range(7)], axis=1)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.asarray(layer.shares(states)), shares, atol=1e-6)
    np.testing.assert_allclose(
        np.asarray(layer(states)), np.einsum("bt,btf->bf", shares, states), rtol=0, atol=1e-5
    )
    assert layer.count_params() == 3 * (4 + 4 + 1 + 1)


@pytest.mark.parametrize("layer", [AttendStates(3), MinGRU(3)])
# Keras 3.15 saves through a call that NumPy 2.4 calls outdated
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_saved_layer_is_the_same_one(layer, tmp_path):
    model = keras.Sequential([keras.Input((6, 4)), layer])
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", compile=False)
    xs = draw(2, 6, 4)
    assert np.array_equal(model.predict_on_batch(xs), again.predict_on_batch(xs))
    assert keras.models.clone_model(model).layers[0].units == 3
