"""Training with a line of progress: what comes back, and what is said to input that does not fit."""

import numpy as np
import pytest

from grulab.models import restart, sequence_classifier
from grulab.quiet import keras
from grulab.training import fit, half_cosine, make_variables


@pytest.fixture(scope="module")
def model():
    return sequence_classifier(3, 2, units=2)


def test_history_and_seconds_come_back_and_nothing_is_printed(model, capsys):
    x, y = np.zeros((4, 3, 2)), np.array([0, 1, 0, 1])
    seen = []
    callback = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(epoch))
    history, seconds = fit(model, x, y, epochs=2, validation_data=(x, y), callbacks=[callback])
    assert set(history) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert len(history["loss"]) == 2
    assert seconds > 0
    assert seen == [0, 1]
    assert capsys.readouterr().out == ""


# Keras 3.15 reads the rate through a call that NumPy 2.4 calls outdated
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_the_rate_falls_along_half_a_cosine(model):
    x, y = np.zeros((4, 3, 2)), np.zeros(4)
    history, _ = fit(model, x, y, epochs=4, callbacks=[half_cosine(0.1, 4)])
    half = 0.05 * np.sqrt(0.5)
    np.testing.assert_allclose(history["learning_rate"], [0.1, 0.05 + half, 0.05, 0.05 - half], rtol=1e-6)
    with pytest.raises(ValueError, match="epochs is 0, but it must be at least 1"):
        half_cosine(0.1, 0)


class Traced(keras.Sequential):
    """Counts how often a training step is traced."""

    times = 0

    def train_step(self, data):
        self.times += 1
        return super().train_step(data)


@pytest.mark.parametrize("y", [np.arange(32) % 2, np.eye(3)[np.arange(32) % 3]])
def test_a_training_step_is_traced_once(y):
    outputs = y.shape[1] if y.ndim == 2 else 1
    model = Traced([keras.Input((4, 2)), keras.layers.GRU(3), keras.layers.Dense(outputs, "sigmoid")])
    model.compile(loss="binary_crossentropy" if outputs == 1 else "mse", metrics=["accuracy"])
    fit(model, np.ones((32, 4, 2), "float32"), y, epochs=2, batch_size=16)
    assert model.times == 1


def test_variables_are_made_without_learning_or_drawing():
    def trained(make):
        keras.utils.set_random_seed(1)
        layers = [
            keras.layers.GRU(3, recurrent_dropout=0.3),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(1),
        ]
        model = keras.Sequential([keras.Input((4, 2)), *layers])
        model.compile("adam", "mse", metrics=["mae"])
        make(model, x, y)
        history = model.fit(x, y, epochs=2, shuffle=True, verbose=0).history
        return history, model.get_weights()

    x, y = np.ones((40, 4, 2), "float32"), np.arange(40.0)
    (plain, weights), (ours, ours_weights) = trained(lambda *_: None), trained(make_variables)
    assert plain == ours
    for one, other in zip(weights, ours_weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_model_that_is_not_built_or_not_compiled_is_left_as_it_is():
    x, y = np.ones((8, 4, 2), "float32"), np.ones(8)
    unbuilt = keras.Sequential([keras.layers.GRU(3), keras.layers.Dense(1)])
    unbuilt.compile("sgd", "mse")
    make_variables(unbuilt, x, y)
    assert not unbuilt.built
    make_variables(keras.Sequential([keras.Input((4, 2)), keras.layers.GRU(1)]), x, y)


def test_what_does_not_fit_is_named(model):
    x, y = np.zeros((4, 3, 2)), np.zeros(4)
    with pytest.raises(TypeError, match="model must be a Keras model, but is of type int"):
        fit(3, x, y)
    with pytest.raises(TypeError, match="knows no verbose"):
        fit(model, x, y, verbose=1)
    with pytest.raises(ValueError, match=r"their shapes are \(4, 3, 2\) and \(3,\)"):
        fit(model, x, y[:3])
    for shape in ((4, 3, 5), (4, 2)):
        with pytest.raises(ValueError, match=r"x must have the shape \(batch, 3, 2\), but has \(4, "):
            fit(model, np.zeros(shape), y)


def test_a_model_with_several_inputs_takes_a_list_of_as_many_arrays():
    one, other = keras.Input((3, 2)), keras.Input((5,))
    both = keras.layers.concatenate([keras.layers.GRU(2)(one), other])
    model = keras.Model([one, other], keras.layers.Dense(1)(both))
    model.compile(loss="mse")
    x, y = [np.zeros((4, 3, 2)), np.zeros((4, 5))], np.zeros(4)
    history, _ = fit(model, x, y)
    assert len(history["loss"]) == 1
    with pytest.raises(ValueError, match="x holds 1 arrays, but the model has 2 inputs"):
        fit(model, x[:1], y)
    with pytest.raises(
        ValueError, match=r"x\[1\] and y must have equally many rows, but .* \(3, 5\) and \(4,\)"
    ):
        fit(model, [x[0], x[1][:3]], y)
    with pytest.raises(ValueError, match=r"x\[1\] must have the shape \(batch, 5\), but has \(4, 3, 2\)"):
        fit(model, x[:1] * 2, y)


def test_only_a_compiled_model_starts_anew():
    for other in (3, keras.Sequential()):
        with pytest.raises(TypeError, match="must be a compiled Keras model"):
            restart(other, 0)
