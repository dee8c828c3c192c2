"""Hidden checks of exercise 07: other scores, other sizes, other grids."""

import numpy as np

from grulab.checks.sweeps.grid import expect_sweep
from grulab.checks.sweeps.picked import expect_pick
from grulab.checks.sweeps.ranges import expect_clear, expect_spread
from grulab.checks.sweeps.stack import expect_stack


def spread(answer, rng):
    """Summarise random scores, of random numbers of settings and seeds."""
    for _ in range(3):
        settings, seeds = map(int, rng.choice([2, 4, 5, 6, 7], 2, replace=False))
        expect_spread(answer, rng.uniform(rng.choice([-2.0, 0.0]), 1, (settings, seeds)))


def is_clear(answer, rng):
    """Compare random ranges: apart, touching and overlapping, in both directions."""
    for gap in (0.2, -0.2, 0.0, float(rng.uniform(-0.3, 0.3))):
        low, high = (rng.uniform(0, 0.5, rng.integers(2, 6)) for _ in range(2))
        # the upper range begins ``gap`` above the end of the lower one
        high = high - high.min()
        low = low - low.max()
        start = float(rng.choice([0.25, 0.5]))
        a, b = start + low, start + gap + high
        expect_clear(answer, a, b)
        expect_clear(answer, b, a)


def pick(answer, rng):
    """Pick from random sweeps, with baselines below, among and above the scores."""
    for baseline in (0.0, 0.3, 0.45, 0.6, 0.75, 1.1):
        settings, seeds = int(rng.integers(4, 8)), int(rng.integers(2, 5))
        middle = rng.uniform(0.4, 0.9, (settings, 1))
        scores = middle + rng.uniform(-0.08, 0.08, (settings, seeds))
        sizes = [int(size) for size in rng.choice(np.arange(10, 200), settings, replace=False)]
        expect_pick(answer, scores, sizes, baseline)


def build_stack(answer, rng):
    """Build a stack of random sizes."""
    time_steps, features, units = map(int, rng.choice(np.arange(2, 8), 3, replace=False))
    probabilities = rng.uniform(0.02, 0.98, 40)
    # none so near the threshold that rounding decides
    probabilities[np.abs(probabilities - 0.5) < 0.01] = 0.6
    truth = np.where(rng.random(40) < 0.3, probabilities > 0.5, rng.random(40) < 0.5)
    layers = int(rng.integers(2, 5))
    expect_stack(
        answer, time_steps, features, units, layers, probabilities.astype("float32"), truth.astype(int)
    )


def sweep(answer, rng):
    """Sweep over a random grid, of numbers and of pairs."""
    settings, seeds = map(int, rng.choice([2, 3, 4, 5], 2, replace=False))
    drawn = [int(seed) for seed in rng.choice(1000, seeds, replace=False)]
    sizes = [int(size) for size in 1000 + rng.choice(1000, settings, replace=False)]
    expect_sweep(answer, sizes, drawn, rng)
    expect_sweep(answer, [(size, int(rng.integers(1, 4))) for size in sizes], drawn, rng)
