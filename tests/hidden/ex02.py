"""Hidden checks of exercise 02: fresh sizes, weights, masks and dtypes, compared with ``grulab.cell``."""

import numpy as np

from grulab import cell
from grulab.checks.answer import expect
from grulab.checks.cells.asking import TOLERANCE
from grulab.checks.cells.count import expect_count
from grulab.checks.cells.flip import expect_flipped
from grulab.checks.cells.gradients import expect_gradients
from grulab.checks.cells.inputs import drawn, sequences
from grulab.checks.cells.sigmoid import expect_sigmoid
from grulab.checks.cells.step import expect_step
from grulab.checks.cells.walk import expect_walk
from grulab.checks.cells.wrong_gradients import NAMES

DTYPES = "float64", "float32"


def sigmoid(answer, rng):
    """Draw arrays of one to three axes, small numbers and large ones together."""
    for dtype in DTYPES:
        for axes in rng.permutation([1, 2, 3]):
            shape = rng.integers(2, 6, axes)
            a = np.where(rng.random(shape) < 0.3, rng.uniform(-1500, 1500, shape), rng.normal(0, 4, shape))
            expect_sigmoid(answer, a.astype(dtype))


def parameter_count(answer, rng):
    """Draw sizes, and try every combination of the options."""
    for use_bias in (True, False):
        for reset_after in (True, False):
            units, features = (int(size) for size in rng.choice(np.arange(2, 200), 2, replace=False))
            expect_count(answer, units, features, use_bias=use_bias, reset_after=reset_after)
    expect_count(answer, 1, int(rng.integers(2, 50)))
    expect_count(answer, int(rng.integers(2, 50)), 1, reset_after=False)


def gru_step(answer, rng):
    """Draw sizes for both places of the reset gate and both dtypes; one sample alone, too."""
    for reset_after in (True, False):
        for dtype in DTYPES:
            batch, features, units = _sizes(rng, 3)
            expect_step(answer, *drawn(rng, batch, features, units, reset_after, dtype), reset_after)
    expect_step(answer, *drawn(rng, 1, *_sizes(rng, 2), True, "float64"), None)


def gru_forward(answer, rng):
    """Draw sizes, first states and masks; one sequence alone and one step alone, too."""
    for reset_after in (True, False):
        for has_h0 in (True, False):
            sizes = _sizes(rng, 4)
            xs, h0, weights = sequences(rng, *sizes, reset_after, str(rng.choice(DTYPES)))
            mask = rng.random(sizes[:2]) < 0.6
            # after a step that is left out everywhere the walk goes on
            mask[:, -2], mask[0, -1] = False, True
            h0 = h0 if has_h0 else None
            expect_walk(answer, xs, weights, h0, mask, reset_after)
            expect_walk(answer, xs, weights, h0, None, reset_after)
    for batch, time_steps in ((1, 4), (3, 1)):
        xs, h0, weights = sequences(rng, batch, time_steps, *_sizes(rng, 2), True, "float64")
        expect_walk(answer, xs, weights, h0, rng.random((batch, time_steps)) < 0.5)


def flip_convention(answer, rng):
    """Draw sizes for both shapes of the bias, each number of units once."""
    every_units = iter(_sizes(rng, 4))
    for reset_after in (True, False):
        for dtype in DTYPES:
            units = next(every_units)
            features = next(size for size in _sizes(rng, 2) if size != units)
            expect_flipped(answer, *sequences(rng, 3, 5, features, units, reset_after, dtype), reset_after)


def gru_backward(answer, rng):
    """Draw sizes; at the end hold one number of each gradient against a difference of losses."""
    for dtype in DTYPES:
        xs, h0, weights = sequences(rng, *_sizes(rng, 4), True, dtype)
        expect_gradients(answer, xs, h0, weights, rng.normal(size=h0.shape).astype(dtype))
    xs, h0, weights = sequences(rng, 1, 3, *_sizes(rng, 2), True, "float64")
    dh_last = rng.normal(size=h0.shape)
    arrays, gradients = [xs, h0, *weights], expect_gradients(answer, xs, h0, weights, dh_last)
    for number, (name, gradient) in enumerate(zip(NAMES, gradients, strict=True)):
        place = tuple(rng.integers(0, arrays[number].shape))
        losses = []
        for change in (1e-5, -1e-5):
            moved = [array.copy() for array in arrays]
            moved[number][place] += change
            full = cell.Weights(*moved[2:], reset_after=True)
            losses.append((dh_last * cell.run(full, moved[0], moved[1]).h[:, -1]).sum())
        slope, found = (losses[0] - losses[1]) / 2e-5, gradient[place]
        expect(
            abs(slope - found) < TOLERANCE * (1 + abs(slope)),
            f"{name}{list(map(int, place))} is {found:.5f}, but a difference of losses gives {slope:.5f}.",
        )


def _sizes(rng, count):
    """Return sizes from 2 to 6, no two of them equal: exchanged axes must show."""
    return [int(size) for size in rng.permutation(np.arange(2, 7))[:count]]
