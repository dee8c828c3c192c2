"""One step, compared with ``grulab.cell.step``."""

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong
from grulab.checks.cells import wrong_steps
from grulab.checks.cells.asking import SIZES, asked, expect_decimals, first_named, is_near, numbers

NAMES = "kernel", "recurrent", "bias"
BLOCKS = "z", "r", "candidate"


def expect_step(answer, x, h, weights, reset_after):
    """Compare one step with ``cell.step``; ``reset_after=None`` leaves the option out, and means True."""
    options = {} if reset_after is None else {"reset_after": reset_after}
    reset_after = reset_after is not False
    batch, units = h.shape
    value = asked(answer, SIZES, x, h, *weights, **options)
    state = numbers(value, h.shape, f"{batch} samples and {units} units: the new state")
    right = cell.step(cell.Weights(*weights, reset_after), x, h).h
    if not is_near(state, right):
        expect_decimals(state, "The new state")
        place = f"With reset_after={reset_after}"
        if sentence := name_of_step(state, x, h, weights, reset_after):
            raise Wrong(f"{place} {sentence}")
        raise Wrong(
            f"{place} your state is up to {np.abs(state - right).max():.3g} away. "
            + weak_spot(answer, x, h, weights, reset_after)
        )


def name_of_step(state, x, h, weights, reset_after):
    """Return what is said of the mistake, or of the two, that gives this state; "" when none is known."""
    known = wrong_steps.mistakes(reset_after)
    for mistakes in (known, wrong_steps.pairs(known)):
        states = (
            (sentence, wrong_steps.step(x, h, *weights, reset_after, **options))
            for sentence, options in mistakes
        )
        if sentence := first_named(state, states):
            return sentence
    return ""


def weak_spot(answer, x, h, weights, reset_after):
    """Return what the answer gets wrong when all weights but one block of one array are zero."""
    nothing = [0 * array for array in weights]
    units = h.shape[1]
    tries = [
        (
            "With all weights 0 both gates are 0.5 and the candidate is 0, so half of the old state is left. "
            "With yours it is not.",
            nothing,
        )
    ]
    for block, gate in enumerate(BLOCKS):
        for which, name in enumerate(NAMES):
            rows = range(2) if name == "bias" and reset_after else [None]
            for row in rows:
                alone = [array.copy() for array in nothing]
                columns = slice(block * units, (block + 1) * units)
                place = (..., columns) if row is None else (row, columns)
                alone[which][place] = weights[which][place]
                if gate == "r":
                    # r shows only where the candidate looks at the old state
                    alone[1][:, 2 * units :] = weights[1][:, 2 * units :]
                called = name if row is None else f"row {row} of {name}"
                tries.append((f"Look at how {gate} uses its block of {called}.", alone))
    for sentence, arrays in tries:
        value = asked(answer, SIZES, x, h, *arrays, reset_after=reset_after)
        state = numbers(value, h.shape, "The new state")
        if not is_near(state, wrong_steps.step(x, h, *arrays, reset_after)):
            return sentence
    return "Each block works alone. Look at how the sums of z, r and candidate are put together."
