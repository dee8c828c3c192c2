"""Attacks through Keras: the only submissions of these tests that load TensorFlow."""

from classroom import graded, notebook, processor_seconds, seconds_of, solution

# a model that has learnt nothing, in a process where every model claims to be perfect
ATTACK = """
import keras
import numpy as np

def build_classifier(time_steps, features, units):
    class Perfect:
        history = {"loss": [0.0] * 100, "accuracy": [1.0] * 100}
    keras.Model.fit = lambda *a, **k: Perfect()
    keras.Model.evaluate = lambda *a, **k: {"loss": 0.0, "accuracy": 1.0}
    keras.Model.predict = lambda self, x, **k: np.ones((len(x), 1))
    keras.Model.count_params = lambda self: 10**6
    model = keras.Sequential([keras.Input((time_steps, features)), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    return model
"""


def test_replacing_fit_and_evaluate_is_of_no_use():
    found = graded(notebook(*solution("ex03"), ATTACK), path="03_classifier.ipynb")
    assert found["build_classifier"]["outcome"] == "wrong"
    assert {
        one["outcome"] for name, one in found.items() if name not in ("build_classifier", "train_and_report")
    } == {"right"}


def test_a_submission_that_needs_keras_takes_less_than_20_seconds(monkeypatch):
    spent = processor_seconds(monkeypatch)
    found = graded(notebook(*solution("ex03")), path="03_classifier.ipynb")
    assert {one["outcome"] for one in found.values()} == {"right"}
    # on a machine where TensorFlow takes more than five seconds to load, everything takes longer
    assert 2 < sum(spent) < max(20, 4 * seconds_of("import grulab.quiet"))


def test_a_keras_process_that_ends_is_replaced():
    code = "def build_classifier(time_steps, features, units):\n    import os\n    os._exit(3)\n"
    # what trains finds a builder of its own
    other = solution("ex03")
    trains = next(cell for cell in other if "def train_and_report" in cell).replace(
        "build_classifier(", "built("
    )
    builder = next(cell for cell in other if "def build_classifier" in cell).replace(
        "def build_classifier", "def built"
    )
    found = graded(notebook(*other, builder, trains, code), path="03_classifier.ipynb")
    assert (
        found["build_classifier"]["message"] == "build_classifier ended its process with the exit status 3."
    )
    assert {one["outcome"] for name, one in found.items() if name != "build_classifier"} == {"right"}
    assert sum(one["seconds"] for one in found.values()) < 60
