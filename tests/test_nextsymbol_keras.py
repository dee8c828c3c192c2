"""The Keras model of the next symbol, and the same in NumPy."""

import numpy as np
import pytest

from grulab import nextsymbol
from grulab.quiet import keras


@pytest.fixture(scope="module")
def trained():
    """Return a model that has read a cycle of seven symbols, and its rows."""
    keras.utils.set_random_seed(0)
    model = nextsymbol.next_symbol_model(7, units=12, embedding=5, learning_rate=0.02)
    x, y = nextsymbol.shifted_rows(np.arange(641) % 7, 10)
    model.fit(x, y, epochs=12, batch_size=16, verbose=0)
    return model, x


def test_numpy_has_the_probabilities_of_keras(trained):
    model, x = trained
    found = nextsymbol.probabilities(nextsymbol.from_keras(model), x)
    assert found.shape == (64, 10, 7)
    np.testing.assert_allclose(found, model.predict(x, verbose=0), atol=1e-6)


def test_a_cycle_is_learnt_and_written(trained):
    model, x = trained
    parts = nextsymbol.from_keras(model)
    assert nextsymbol.surprise(parts, x)[:, 2:].mean() < 0.5
    assert nextsymbol.continuation(parts, [2, 3], 9, temperature=0).tolist() == [4, 5, 6, 0, 1, 2, 3, 4, 5]


def test_steps_without_weight_teach_nothing():
    keras.utils.set_random_seed(0)
    model = nextsymbol.next_symbol_model(3, units=4, embedding=2)
    before = [array.copy() for array in model.get_weights()]
    x = np.zeros((8, 5), int)
    model.fit(x, x, sample_weight=np.zeros((8, 5)), verbose=0)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
