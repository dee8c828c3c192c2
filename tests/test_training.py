"""Training with a line of progress: what comes back, and what is said to input that does not fit."""

import numpy as np
import pytest

from grulab.models import restart, sequence_classifier
from grulab.quiet import keras
from grulab.training import fit, half_cosine


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


def test_only_a_compiled_model_starts_anew():
    for other in (3, keras.Sequential()):
        with pytest.raises(TypeError, match="must be a compiled Keras model"):
            restart(other, 0)
