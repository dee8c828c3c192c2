"""One training update in NumPy, forward, backward and Adam, against ``train_on_batch`` of the same model."""

from collections.abc import Iterator

import numpy as np

from benchmarks import measuring
from benchmarks.measuring import Row, in_turn
from grulab import growth
from grulab.quiet import keras

BATCH, LENGTH, FEATURES, UNITS = 64, 50, 32, 32
# an update takes milliseconds: a run is so many of them
UPDATES = 50


def same_model(update, **options):
    """Return a Keras model with the weights, the loss and the optimizer of an ``Update``."""
    layer = keras.layers.GRU(UNITS)
    model = keras.Sequential([keras.Input((LENGTH, FEATURES)), layer])
    model.compile(keras.optimizers.Adam(update.adam.learning_rate), "mse", **options)
    layer.set_weights([update.weights.kernel, update.weights.recurrent, update.weights.bias])
    return model


def check() -> None:
    """Raise an AssertionError unless NumPy and Keras see the same losses, update after update."""
    update = growth.Update(BATCH, LENGTH, FEATURES, UNITS)
    model = same_model(update)
    for _ in range(20):
        # Keras gives the mean over the updates of an epoch, so each is one of its own
        model.reset_metrics()
        theirs = model.train_on_batch(update.xs, update.goal)
        np.testing.assert_allclose(update(), theirs, rtol=1e-4)


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    check()
    update = growth.Update(BATCH, LENGTH, FEATURES, UNITS)
    kinds = {"train_on_batch": {}, "train_on_batch, jit_compile": {"jit_compile": True}}
    models = {name: same_model(update, **options) for name, options in kinds.items()}

    def many(call):
        """Return an action: so many updates in a row."""
        return lambda: [call() for _ in range(UPDATES)]

    trained = [lambda model=model: model.train_on_batch(update.xs, update.goal) for model in models.values()]
    timings = in_turn(*map(many, [update, *trained]))
    ours, *others = (timing.times(1 / UPDATES) for timing in timings)
    what = f"a training update, {BATCH} sequences of {LENGTH} steps"
    for name, other, target in zip(models, others, (1, None), strict=True):
        yield measuring.costs(what, ours, name, other, at_most=target)
    for name, timing in zip(models, timings[1:], strict=True):
        yield measuring.first_calls(f"– the first {UPDATES}, with tracing", timings[0], name, timing)
