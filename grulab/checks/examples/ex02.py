"""Exercise 02: the cell in NumPy."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.cells.asking import SIZES, TOLERANCE, asked, numbers
from grulab.checks.cells.count import expect_count
from grulab.checks.cells.flip import expect_flipped
from grulab.checks.cells.gradients import expect_gradients
from grulab.checks.cells.inputs import drawn, sequences
from grulab.checks.cells.sigmoid import expect_sigmoid
from grulab.checks.cells.step import expect_step
from grulab.checks.cells.walk import expect_walk
from grulab.checks.question import example


@example(stars=1)
def sigmoid(answer):
    """Squeeze numbers into 0 to 1, without a warning."""
    # by hand: the sigmoid of ln 3 is 3/4, that of ln 9 is 9/10
    expect_sigmoid(answer, np.log([[3.0, 9.0], [1.0, 1 / 3]]))
    for dtype in ("float64", "float32"):
        expect_sigmoid(answer, np.array([-1000, -100, -20, 0, 2, 1000], dtype))
    expect_sigmoid(answer, np.linspace(-6, 6, 12).reshape(2, 3, 2))


@example(stars=1)
def parameter_count(answer):
    """Count the trained numbers of a layer."""
    expect_count(answer, 32, 64)
    for options in (
        {"reset_after": False},
        {"use_bias": False},
        {"use_bias": False, "reset_after": False},
        {"use_bias": True, "reset_after": True},
    ):
        expect_count(answer, 32, 64, **options)
    expect_count(answer, 4, 3)


@example(stars=2)
def gru_step(answer):
    """Compute one step: the pencil's first, then random weights with both places of the reset gate."""
    # z = 0.75, r = 0.5, candidate = -0.4
    pencil = np.array([[np.log(3), 0, np.arctanh(-0.4) - 0.4]]), np.array([[0.0, 0.0, 1.0]]), np.zeros((2, 3))
    state = asked(answer, SIZES, np.array([[1.0]]), np.array([[0.8]]), *pencil)
    state = numbers(state, (1, 1), "One sample and one unit: the new state").item()
    rng = np.random.default_rng(2)
    expect_step(answer, *drawn(rng, 5, 3, 4, True, "float32"), reset_after=None)
    expect_step(answer, *drawn(rng, 2, 5, 3, False, "float64"), reset_after=False)
    expect_step(answer, *drawn(rng, 3, 2, 6, True, "float64"), reset_after=True)
    expect(
        abs(state - 0.5) < TOLERANCE,
        f"The pencil's step of page 02, with z = 0.75, r = 0.5, candidate = -0.4, gives 0.5; yours "
        f"{state:.4g}. It has one sample, one unit and one feature.",
    )


@example(stars=2)
def gru_forward(answer):
    """Walk through sequences: plain, from a first state, with a mask, with r in its other place."""
    rng = np.random.default_rng(2)
    xs, h0, weights = sequences(rng, 5, 7, 3, 4, True, "float32")
    expect_walk(answer, xs, weights)
    expect_walk(answer, xs, weights, h0=h0)
    # steps left out at the end, at the beginning, in the middle; step 3 counts everywhere, step 4 nowhere
    mask = np.ones((5, 7), dtype=bool)
    mask[0, 4:] = mask[1, :2] = mask[2, 2] = mask[3, [0, 5]] = mask[:, 4] = False
    expect_walk(answer, xs, weights, h0=h0, mask=mask)
    # a sequence that is all padding, without a first state
    xs, _, weights = sequences(rng, 3, 4, 5, 2, False, "float64")
    mask = np.array([[False] * 4, [True, False, True, True], [False, True, True, False]])
    expect_walk(answer, xs, weights, reset_after=False)
    expect_walk(answer, xs, weights, mask=mask, reset_after=False)


@example(stars=2)
def flip_convention(answer):
    """Convert weights for a cell in which z writes."""
    rng = np.random.default_rng(2)
    for features, units, reset_after, dtype in ((6, 4, True, "float32"), (2, 3, False, "float64")):
        expect_flipped(answer, *sequences(rng, 5, 7, features, units, reset_after, dtype), reset_after)


@example(stars=3)
def gru_backward(answer):
    """Walk back: one step alone, where a mistake shows by itself, then seven."""
    rng = np.random.default_rng(2)
    for time_steps in (1, 7):
        xs, h0, weights = sequences(rng, 5, time_steps, 3, 4, True, "float64")
        expect_gradients(answer, xs, h0, weights, rng.normal(size=h0.shape))
    xs, h0, weights = sequences(rng, 2, 4, 5, 3, True, "float32")
    expect_gradients(answer, xs, h0, weights, rng.normal(size=h0.shape).astype("float32"))
