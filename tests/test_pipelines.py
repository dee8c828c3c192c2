"""The input of a training: no thread tunes it, so no epoch waits for one."""

import numpy as np
import pytest

from grulab.models import sequence_classifier
from grulab.quiet import tensorflow

X, Y = np.zeros((8, 3, 2), "float32"), np.arange(8) % 2


@pytest.fixture
def tuned(monkeypatch):
    """Return a list that notes of each pipeline that starts whether TensorFlow tunes it."""
    noted, start = [], tensorflow.data.Dataset.__iter__

    def noting(dataset):
        noted.append(dataset.options().autotune.enabled)
        return start(dataset)

    monkeypatch.setattr(tensorflow.data.Dataset, "__iter__", noting)
    return noted


def test_no_thread_tunes_what_keras_makes_of_arrays(tuned):
    model = sequence_classifier(3, 2, units=2)
    model.fit(X, Y, batch_size=4, epochs=2, validation_data=(X, Y), verbose=0)
    model.evaluate(X, Y, verbose=0)
    model.predict(X, verbose=0)
    assert len(tuned) >= 5
    assert set(tuned) == {False}


def test_who_asks_for_the_tuner_has_it(tuned):
    model, options = sequence_classifier(3, 2, units=2), tensorflow.data.Options()
    assert options.autotune.enabled is False
    options.autotune.enabled = True
    assert options.autotune.enabled is True
    with pytest.raises(TypeError, match="must be of type"):
        options.autotune.enabled = "yes"
    model.fit(tensorflow.data.Dataset.from_tensors((X, Y)).with_options(options), shuffle=False, verbose=0)
    assert True in tuned
