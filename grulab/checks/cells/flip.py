"""Weights for a cell in which z writes, compared by the states that they give."""

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong, expect, named
from grulab.checks.cells import wrong_steps
from grulab.checks.cells.asking import SIZES, asked, expect_decimals, is_near, numbers
from grulab.checks.cells.wrong_walks import carry

NAMES = "kernel", "recurrent", "bias"


def expect_flipped(answer, xs, h0, weights, reset_after):
    """Run the new weights where z writes and the old ones where z keeps; expect the same states."""
    value = asked(answer, f"bias may be (2, 3·units) or (3·units,). {SIZES}", *weights)
    expect(
        isinstance(value, list | tuple) and len(value) == 3,
        "Three arrays are asked for, kernel, recurrent and bias, but "
        + (f"{len(value)} come" if isinstance(value, list | tuple) else f"{named(value)} comes")
        + " back.",
    )
    new = [
        numbers(one, old.shape, f"{name} goes in as {old.shape}: what comes out")
        for name, old, one in zip(NAMES, weights, value, strict=True)
    ]

    def writing(x, h):
        return wrong_steps.step(x, h, *new, reset_after, **wrong_steps.Z_WRITES)

    with np.errstate(all="ignore"):
        states = carry(writing, xs, h0, np.ones(xs.shape[:2], bool))
        right = cell.run(cell.Weights(*weights, reset_after), xs, h0).h
        if is_near(states, right):
            return
        units = h0.shape[1]
        for name, old, one in zip(NAMES, weights, new, strict=True):
            expect_block_z_turned(name, old, one, units)
        away = np.abs(states - right).max()
    raise Wrong(
        f"The states differ by up to {away:.3g}. Turn the sign of the sum behind z, and nothing else."
    )


def expect_block_z_turned(name, old, new, units):
    """Name what was done to one array of weights, when it was not right."""
    expect_decimals(new, name)
    turned, kept = np.isclose(new, -old), np.isclose(new, old)
    rows = turned.all(axis=-1)
    expect(
        not rows.any() or rows.all() or not (rows | kept.all(axis=-1)).all(),
        f"Some rows of {name} are negated. Blocks lie side by side: the first units columns are z's.",
    )
    expect(
        not (turned[..., ::3].all() and kept[..., 1::3].all() and kept[..., 2::3].all()),
        f"Every third column of {name} is negated. Blocks lie side by side: the first units columns are z's.",
    )
    z, r, candidate = np.split(turned, 3, axis=-1)
    same = np.split(kept, 3, axis=-1)
    expect(
        not (z.all() and r.all() and candidate.all()),
        f"All blocks of {name} are negated. Only one block stands behind z.",
    )
    expect(
        not r.any(), f"The block r of {name} is negated. The reset gate has the same place in both formulas."
    )
    expect(
        not candidate.any(),
        f"The block candidate of {name} is negated. That turns the proposal round, not the gate.",
    )
    expect(
        not np.allclose(new, 1 - old) and not np.allclose(new[..., :units], 1 - old[..., :units]),
        f"1 - {name} is not what is needed: it is the gate that becomes 1 - z, and 1 - σ(a) = σ(-a).",
    )
    exchanged = np.concatenate([old[..., units : 2 * units], old[..., :units]], axis=-1)
    expect(
        not np.allclose(np.abs(new[..., : 2 * units]), np.abs(exchanged)),
        f"The blocks z and r of {name} are exchanged. Their order stays: z, r, candidate.",
    )
    expect(
        not same[0].all(),
        f"The block z of {name} is as it was. Kernel, recurrent and bias all stand in the sum behind z.",
    )
    expect(
        z.all() or not (z | same[0]).all(),
        f"The block z of {name} is not turned as a whole: every number in it must change its sign.",
    )
    expect(
        same[1].all() and same[2].all(),
        f"The blocks r and candidate of {name} must stay as they are.",
    )
