import numpy as np
import pytest

from grulab.models import sequence_classifier
from grulab.nextsymbol import next_symbol_model
from grulab.variants import stacked


@pytest.fixture(scope="module")
def model():
    return sequence_classifier(10, 8, units=32, learning_rate=1e-2)


def test_it_has_the_parameters_that_page_02_counts(model):
    assert model.count_params() == 3 * (8 * 32 + 32 * 32 + 2 * 32) + 33


def test_it_takes_the_sizes_and_the_rate_it_is_given(model):
    assert model.input_shape == (None, 10, 8)
    assert model.output_shape == (None, 1)
    assert float(model.optimizer.learning_rate) == pytest.approx(1e-2)
    assert sequence_classifier(5, 3, units=7).layers[0].units == 7


def test_it_answers_with_probabilities_that_depend_on_the_order_of_the_steps(model):
    x = np.random.default_rng(0).normal(size=(6, 10, 8)).astype("float32")
    forwards, backwards = (model.predict(a, verbose=0) for a in (x, x[:, ::-1]))
    assert forwards.shape == (6, 1)
    assert ((forwards > 0) & (forwards < 1)).all()
    assert np.abs(forwards - backwards).max() > 1e-3


@pytest.mark.parametrize("rate", [1, np.float32(0.5), np.array(0.25)])
def test_any_number_will_do_as_a_rate(rate):
    for model in (sequence_classifier(2, 2, units=2, learning_rate=rate), next_symbol_model(2, 2, 2, rate)):
        assert float(model.optimizer.learning_rate) == rate


def test_sizes_may_be_small_whole_numbers_of_numpy():
    model = sequence_classifier(np.uint8(3), np.uint8(2), units=np.uint8(100))
    assert model.layers[0].get_weights()[0].shape == (2, 300)
    assert stacked(np.uint8(100), np.uint8(2))[0].units == 100
    assert type(next_symbol_model(np.uint8(5), np.uint8(90), 2).get_layer("gru").units) is int
