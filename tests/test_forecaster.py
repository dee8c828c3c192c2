"""The forecaster: what stands in it, and that it learns and starts anew."""

import numpy as np
import pytest
from playing import in_node

from grulab.data import sine
from grulab.forecasting import windows
from grulab.models import forecaster, restart
from grulab.widgets import ForecastPlayer


def test_one_layer_answers_one_number_a_window():
    model = forecaster(6, units=5)
    assert model.predict_on_batch(np.zeros((3, 6, 1), "float32")).shape == (3, 1)
    # 3 (5·1 + 5·5 + 2·5) for the GRU, 5 + 1 for the answer
    assert model.count_params() == 120 + 6


def test_a_stack_hands_on_all_states_with_dropout_between():
    model = forecaster(6, units=5, layers=3, dropout=0.2)
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds == ["GRU", "Dropout", "GRU", "Dropout", "GRU", "Dense"]
    assert [layer.output.shape[1:] for layer in model.layers[::2]] == [(6, 5), (6, 5), (5,)]
    assert "Dropout" not in [type(layer).__name__ for layer in forecaster(6, units=5, layers=2).layers]


def test_a_bounded_answer_lies_between_0_and_1():
    model = forecaster(4, units=3, activation="sigmoid")
    answers = model.predict_on_batch(100 * np.random.default_rng(0).standard_normal((50, 4, 1)))
    assert answers.min() >= 0
    assert answers.max() <= 1


def test_no_layer_gets_a_sentence():
    with pytest.raises(ValueError, match="layers is 0, but it must be at least 1"):
        forecaster(4, layers=0)


def test_it_learns_and_can_start_anew_with_its_first_rate():
    x, y = windows(sine(70), 6)
    model = forecaster(6, units=4, steps_per_execution=4)
    restart(model, 0)
    fresh = model.get_weights()
    loss = model.fit(x, y, batch_size=16, epochs=40, verbose=0).history["loss"]
    assert loss[-1] < loss[0] / 2
    restart(model, 0)
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), fresh, strict=True))
    assert float(model.optimizer.learning_rate) == pytest.approx(0.01)


def test_a_free_run_in_the_page_is_that_of_keras(tmp_path):
    series = sine(400)
    x, y = windows((series + 1) / 2, 10)
    model = forecaster(10, units=16)
    restart(model, 0)
    model.fit(x, y, batch_size=30, epochs=6, verbose=0)
    widget = ForecastPlayer(
        {"trained": model.get_weights()}, series, [0, 1], starts=(200, 250), ends=(-1, 1), width=10, start=230
    )
    found = in_node(tmp_path, widget, [{"steps": 150}])[0]["runs"]["gru"]
    window = x[220:221].astype("float32")
    for value in found[:120]:
        made = model.predict_on_batch(window)  # (1, 1)
        assert (value + 1) / 2 == pytest.approx(made.item(), abs=1e-5)
        window = np.concatenate([window[:, 1:], made[:, :, None]], axis=1)
