"""Hidden checks of exercise 01: fresh inputs at each run, compared with a reference."""

from grulab.checks.answer import expect, expect_array, is_close
from grulab.checks.examples.ex01 import expect_half_life
from grulab.checks.latches import expect_clearable, expect_latch


def mix(answer, rng):
    """Compare with the formula on random states of random size, with every shape of z."""
    # no size of the example's, and no two equal ones
    batch, units = map(int, rng.permutation([1, 3, 4, 5])[:2])
    h, candidate = rng.uniform(-3, 3, (2, batch, units))
    for shape in ((), (units,), (batch, 1), (batch, units)):
        z = rng.uniform(0.05, 0.95, shape) if shape else float(rng.uniform(0.05, 0.95))
        found = expect_array(answer(z, h, candidate), (batch, units), "The new state")
        expect(
            is_close(found, z * h + (1 - z) * candidate, 1e-5),
            f"On random states (batch {batch}, units {units}) with a z of the shape {shape} the mixture is "
            "not right. Look at the two weights, and at numbers that stand in your answer but did not come "
            "in.",
        )


def half_life(answer, rng):
    """Ask for random shares, short and long ones."""
    for z in (*rng.uniform(0.02, 0.98, 4), 1 - 10.0 ** rng.uniform(-4, -3)):
        expect_half_life(answer, float(z))


def latch_weights(answer, rng):
    """Hold fresh notes through fresh noise."""
    expect_latch(answer(), rng, [0] * rng.integers(2, 4))


def clearable_latch_weights(answer, rng):
    """Write and clear in a random order, a first clear and two in a row among them."""
    expect_clearable(answer(), rng, [1, 0, *rng.integers(0, 2, 2), 1])
