"""What a check may ask of a Keras model that an answer has built. Imported only where Keras is needed."""

from contextlib import suppress

import numpy as np

from grulab.quiet import keras


def predict(model, x):
    """Return the model's answers to ``x``, without training: an array, or a list of arrays.

    Up to a thousand rows are answered directly: ``model.predict`` would compile first, for a second or more.
    """
    if isinstance(x, np.ndarray) and len(x) <= 1000:
        answers = model(x, training=False)
    else:
        answers = model.predict(x, verbose=0, batch_size=250)
    return answers if isinstance(answers, list) else np.asarray(answers)


def evaluate(model, x, y):
    """Return what the model reports of ``x, y``: names and numbers, the loss among them."""
    # in one batch: a smaller one at the end would be compiled by itself
    measured = model.evaluate(x, y, batch_size=len(x), verbose=0, return_dict=True)
    return {name: float(value) for name, value in measured.items()}


def score(model, y, answers):
    """Return what the compiled loss and metrics say of given answers to ``y``: names and numbers.

    The model reads and learns nothing, and nothing is compiled. Penalties on weights count into the loss.
    """
    answers = keras.ops.convert_to_tensor(answers, "float32")
    model.reset_metrics()
    said = {name: float(value) for name, value in model.compute_metrics(None, y, answers, None).items()}
    model.reset_metrics()
    return {**said, "loss": float(model.compute_loss(y=y, y_pred=answers))}


def fit(model, x, y, epochs, batch_size, seed, rate=1.0):
    """Train the model and return the loss of each epoch. The seed draws order and dropout.

    ``rate`` multiplies the learning rate before, unless the model follows a schedule of its own.
    """
    keras.utils.set_random_seed(seed)
    if rate != 1.0:
        with suppress(TypeError):
            model.optimizer.learning_rate = float(model.optimizer.learning_rate) * rate
    history = model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return [float(loss) for loss in history.history["loss"]]


def weights(model):
    """Return all weights, in Keras' order."""
    return [np.asarray(one) for one in model.get_weights()]


def set_weights(model, values):
    """Put weights in, in Keras' order."""
    model.set_weights(values)


def describe(model):
    """Return what the model says of itself, as plain values.

    ``is_built``, ``is_compiled``, ``parameters``, ``inputs`` and ``outputs`` (lists of shapes, ``None`` for
    any size), ``layers`` (class name, its recurrent core's class name or "", units or ``None``, in order;
    layers inside a ``Bidirectional`` or another wrapper are seen as its core), ``optimizer``,
    ``learning_rate``, ``metrics``.
    """
    compiled = bool(getattr(model, "compiled", False))
    optimizer = model.optimizer if compiled else None
    told = {
        "is_built": bool(model.built),
        "is_compiled": compiled,
        "parameters": int(model.count_params()) if model.built else None,
        "inputs": shapes(model, "inputs"),
        "outputs": shapes(model, "outputs"),
        "layers": [one for layer in model.layers for one in described(layer)],
        "optimizer": type(optimizer).__name__ if optimizer is not None else "",
        "learning_rate": rate(optimizer),
        "metrics": str(model.get_compile_config().get("metrics")) if compiled else "",
    }
    return told


def shapes(model, which):
    """Return the shapes of a model's inputs or outputs, none when it is not built."""
    if not model.built:
        return []
    try:
        return [tuple(one.shape) for one in getattr(model, which)]
    except (AttributeError, TypeError):
        return []


def described(layer):
    """Return (class name, recurrent core, units) for a layer, and for each layer of a model inside."""
    if isinstance(layer, keras.Model):
        return [one for inner in layer.layers for one in described(inner)]
    core = getattr(layer, "forward_layer", layer)
    cell = getattr(core, "cell", None)
    name = type(core).__name__
    if type(cell).__name__.endswith("Cell") and name == "RNN":
        name = type(cell).__name__.removesuffix("Cell")
    is_recurrent = isinstance(core, keras.layers.RNN)
    units = getattr(core, "units", getattr(cell, "units", None))
    return [(type(layer).__name__, name if is_recurrent else "", units if isinstance(units, int) else None)]


def rate(optimizer):
    """Return an optimizer's learning rate as a number, ``None`` for a schedule or no optimizer."""
    try:
        return float(optimizer.learning_rate)
    except (AttributeError, TypeError, ValueError):
        return None
