"""The whole classifier: built from the arguments, with a GRU that reads, an end that is a probability."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.classifiers.compiled import expect_accuracy, expect_compiled, expect_loss
from grulab.checks.classifiers.probabilities import expect_one_sigmoid, expect_sigmoid, probabilities_of
from grulab.checks.classifiers.reading import expect_reads_all


def expect_classifier(answer, time_steps, features, units, probabilities, truth):
    """Build a model of the given sizes, ask it, and judge the given answers with its loss and metric.

    ``probabilities`` (n,) and ``truth`` (n,) go to the model's loss and metrics as if it had answered so.
    """
    model = answer.build(time_steps, features, units)
    expect_input(described(model), time_steps, features)
    x = np.random.default_rng(0).normal(size=(60, time_steps, features)).astype("float32")
    p = probabilities_of(model, 3 * x)
    told = described(model)
    expect_gru(told["layers"], units)
    expect_reads_all(model, x)
    expect_one_sigmoid(model, 3 * x)
    expect_sigmoid(model, x, p)
    expect_compiled(told)
    expect_loss(model, truth, probabilities)
    expect_accuracy(model, truth, probabilities)


def expect_input(told, time_steps, features):
    """Expect a model that is built to read sequences of the given sizes."""
    if told["is_built"] and len(told["inputs"]) == 1:
        shape = told["inputs"][0]
        expect(
            time_steps == features or tuple(shape[1:]) != (features, time_steps),
            "time_steps and features are exchanged: a sequence is (time_steps, features), time comes first.",
        )
        expect(
            len(shape) == 3 and shape[1] in (None, time_steps) and shape[2] in (None, features),
            f"The input must be (batch, {time_steps}, {features}), but the model reads {tuple(shape)}. Make "
            "it from the arguments.",
        )


def described(model):
    """Return what the model says of itself, held to its form."""
    told = model.describe()
    forms = {"is_built": bool, "is_compiled": bool, "inputs": list, "layers": list, "optimizer": str}
    expect(
        isinstance(told, dict)
        and all(isinstance(told.get(key), form) for key, form in forms.items())
        and all(isinstance(one, tuple) for one in told["inputs"])
        and all(
            isinstance(one, tuple) and len(one) == 3 and isinstance(one[1], str) for one in told["layers"]
        )
        and isinstance(told.get("learning_rate"), float | None),
        "The model says nothing of itself that a check can read.",
    )
    return told


def expect_gru(layers, units):
    """Expect a GRU of the asked size among the layers."""
    recurrent = [(core, size) for _, core, size in layers if core]
    kinds = [core for core, _ in recurrent]
    expect(
        "GRU" in kinds,
        f"The model has no GRU layer: {', '.join(kinds)[:80] or 'nothing recurrent'} reads the sequence.",
    )
    sizes = [size for core, size in recurrent if core == "GRU"]
    expect(
        units in sizes,
        f"Asked for {units} units, the model has a GRU of {sizes[0]}: hand the argument units on.",
    )
