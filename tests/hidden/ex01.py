"""Hidden checks of exercise 01: fresh inputs at each run, compared with a reference."""

from grulab.checks.answer import expect, expect_array, is_close


def mix(answer, rng):
    """Compare with the formula on random states of random size."""
    batch, units = rng.integers(1, 6, 2)
    z = rng.uniform(0, 1, (batch, units))
    h, candidate = rng.uniform(-1, 1, (2, batch, units))
    found = expect_array(answer(z, h, candidate), (batch, units), "The new state")
    expect(
        is_close(found, z * h + (1 - z) * candidate),
        "On random states the mixture is not right: look at the two weights.",
    )
