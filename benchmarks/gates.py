"""All gates of 25,000 reviews: ``grulab.cell.run`` against ``predict``, and against a loop over a GRUCell."""

import logging
from collections.abc import Iterator

import numpy as np

from benchmarks import measuring
from benchmarks.measuring import Row, in_turn
from grulab import cell
from grulab.quiet import keras

REVIEWS, LENGTH, FEATURES, UNITS = 25_000, 100, 32, 32
# predict shows its best when it may choose how many reviews it takes at a time
BATCHES = (32, 256, 1024, 4096, REVIEWS)
# what fit and predict take when nobody says otherwise
USUAL = 32
# the loop over a GRUCell walks through one review of so many
PART = 25


def recorded(layer, xs, batch: int) -> np.ndarray:
    """Return z, r and h of every step (samples, time_steps, 3·units), recorded while a GRUCell walks.

    The cell shows h alone: the gates are computed beside it, from the cell's own weights.
    """
    kernel, recurrent, bias = (array[..., : 2 * UNITS] for array in layer.cell.get_weights())
    walks = []
    for first in range(0, len(xs), batch):
        part = xs[first : first + batch]
        h = keras.ops.zeros((len(part), UNITS))
        steps = []
        for t in range(part.shape[1]):
            x = part[:, t]
            sums = keras.ops.matmul(x, kernel) + bias[0] + keras.ops.matmul(h, recurrent) + bias[1]
            gates = keras.ops.sigmoid(sums)
            h, _ = layer.cell(x, [h])
            steps.append(np.concatenate([gates, h], axis=1))
        walks.append(np.stack(steps, axis=1))
    return np.concatenate(walks)


def check(layer, model, weights, xs) -> None:
    """Raise an AssertionError unless all three compute the same."""
    trace = cell.run(weights, xs)
    np.testing.assert_allclose(trace.h, model.predict(xs, verbose=0), rtol=0, atol=1e-5)
    found = np.concatenate([trace.z, trace.r, trace.h], axis=2)
    np.testing.assert_allclose(found, recorded(layer, xs, USUAL), rtol=0, atol=1e-5)


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    # TensorFlow warns of several functions traced in a row: here they are meant
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    keras.utils.set_random_seed(0)
    layer = keras.layers.GRU(UNITS, return_sequences=True)
    xs = np.random.default_rng(0).normal(size=(REVIEWS, LENGTH, FEATURES)).astype("float32")

    def predictor(batch):
        """Return an action: predict with so many reviews at a time, and a function traced for it alone."""
        model = keras.Sequential([keras.Input((LENGTH, FEATURES)), layer])
        return lambda: model.predict(xs, batch_size=batch, verbose=0)

    predictors = [predictor(batch) for batch in BATCHES]
    weights = cell.from_keras(layer)
    check(layer, keras.Sequential([layer]), weights, xs[: 2 * USUAL])

    def gates():
        return cell.run(weights, xs)

    ours, *predicts = in_turn(gates, *predictors)
    what = f"all gates of {REVIEWS:,} reviews"
    best = min(range(len(BATCHES)), key=lambda number: predicts[number].median)
    for number, (batch, predict) in enumerate(zip(BATCHES, predicts, strict=True)):
        target = 1.5 if number == best else None
        yield measuring.costs(what, ours, f"predict (no gates), batch {batch:,}", predict, at_most=target)
    yield measuring.first_calls("– the first call, with tracing", ours, "predict", predicts[best])

    # the whole loop takes minutes, and each of its batches the same
    few = xs[: REVIEWS // PART]
    ours, loop = in_turn(gates, lambda: recorded(layer, few, USUAL))
    name = f"GRUCell, step by step, batch {USUAL} (one review in {PART}, times {PART})"
    yield measuring.is_faster(what, ours, name, loop.times(PART), at_least=20)
    ours, loop = in_turn(gates, lambda: recorded(layer, xs, REVIEWS))
    yield measuring.is_faster(what, ours, "GRUCell, step by step, all at once", loop)
