"""Exercise 07: a sweep over units and layers, and what its seeds allow to say."""

import numpy as np

from grulab.checks.question import example
from grulab.checks.sweeps.grid import expect_sweep
from grulab.checks.sweeps.picked import expect_pick
from grulab.checks.sweeps.ranges import expect_clear, expect_spread
from grulab.checks.sweeps.stack import expect_stack


@example(stars=1)
def spread(answer):
    """Summarise four settings with five seeds, and two with four, all above one or all below zero."""
    scores = [[0.5, 0.9, 0.7, 0.6, 0.6], [0.8, 0.7, 0.9, 0.8, 0.6], [0.5, 0.5, 0.5, 0.5, 0.5]]
    expect_spread(answer, np.array([*scores, [0.62, 0.68, 0.61, 0.66, 0.7]]))
    expect_spread(answer, np.array([[1.25, 1.5, 1.75, 1.4], [-3.0, -2.0, -1.0, -4.0]]))


@example(stars=2)
def is_clear(answer):
    """Compare ranges that lie apart, touch, overlap, and lie within each other."""
    cases = [
        ([0.9, 0.8, 0.85], [0.7, 0.75, 0.6]),
        ([0.7, 0.75, 0.6], [0.9, 0.8, 0.85]),
        # a shared score
        ([0.9, 0.8, 0.85], [0.8, 0.75, 0.6]),
        ([0.8, 0.75, 0.6], [0.9, 0.8, 0.85]),
        # ahead with each seed
        ([0.9, 0.8, 0.7], [0.85, 0.75, 0.65]),
        ([0.65, 0.75, 0.85], [0.7, 0.8, 0.9]),
        ([0.9, 0.1], [0.5, 0.6]),
        ([0.5, 0.6], [0.9, 0.1]),
        # far apart on average
        ([0.9, 0.9, 0.9, 0.6], [0.6, 0.6, 0.6, 0.7]),
        # near each other, and still apart
        ([0.801, 0.9], [0.8, 0.7, 0.6]),
        ([0.5, 0.5], [0.5, 0.5]),
    ]
    for a, b in cases:
        expect_clear(answer, np.array(a), np.array(b))


@example(stars=2)
def pick(answer):
    """Pick where the best mean, the best seed, the baseline and the order of sizes mislead."""
    few, some, many = [0.60, 0.70, 0.65], [0.84, 0.92, 0.88], [0.86, 0.95, 0.90]
    cases = [
        # the best mean is not needed
        ([few, some, many], [4, 16, 64], 0.55),
        # sizes in another order
        ([many, few, some], [64, 4, 16], 0.55),
        ([some, many, few], [16, 64, 4], 0.55),
        # the smallest will do
        ([[0.85, 0.90, 0.88], some, many], [4, 16, 64], 0.55),
        # all but the largest are clearly worse
        ([few, [0.7, 0.72, 0.71], many], [4, 16, 64], 0.55),
        # the best mean has a seed below the baseline
        ([[0.70, 0.74, 0.72], [0.50, 0.99, 0.98]], [4, 16], 0.65),
        # one seed is lucky
        ([[0.60, 0.96, 0.62], [0.7, 0.71, 0.72], [0.80, 0.82, 0.81]], [64, 4, 16], 0.61),
        ([[0.60, 0.96, 0.62], [0.7, 0.71, 0.72], [0.80, 0.82, 0.81]], [64, 4, 16], 0.55),
        # the best mean is neither the best lowest score nor the best median
        ([[0.70, 0.79, 0.72], [0.80, 0.81, 0.82], [0.78, 0.80, 0.99]], [4, 16, 64], 0.55),
        # the first overlaps with the second and the second with the best, but not the first with the best
        ([[0.70, 0.74, 0.72], [0.73, 0.86, 0.80], [0.82, 0.90, 0.88]], [4, 16, 64], 0.55),
        # the ranges touch
        ([[0.60, 0.70, 0.80], [0.80, 0.90, 0.85]], [4, 16], 0.55),
        # the smallest of those that will do has not the lowest mean
        ([some, [0.85, 0.93, 0.89], many], [16, 4, 64], 0.55),
        # nobody beats the baseline
        ([few, some, many], [4, 16, 64], 0.97),
        # not with every seed
        ([few, some, many], [4, 16, 64], 0.87),
        # the worst seed equals it
        ([few, some, many], [4, 16, 64], 0.86),
        # the best mean of all does not count, and its wide range takes in a setting that is clearly worse
        ([[0.50, 0.99, 0.98], [0.7, 0.71, 0.72], [0.80, 0.82, 0.81]], [64, 4, 16], 0.65),
        # the best of those that count is not the last of them
        ([[0.94, 0.95, 0.96], [0.80, 0.82, 0.81], [0.84, 0.88, 0.86]], [64, 16, 4], 0.55),
    ]
    for scores, sizes, baseline in cases:
        expect_pick(answer, np.array(scores), sizes, baseline)


@example(stars=2, uses_keras=True, deadline=20)
def build_stack(answer):
    """Build stacks of one, two and three layers, and look at what they do."""
    probabilities = np.array([0.1, 0.3, 0.4, 0.7, 0.9, 0.45], "float32")
    truth = np.array([0, 1, 1, 1, 0, 1])
    expect_stack(answer, 6, 3, 5, 3, probabilities, truth)
    expect_stack(answer, 4, 2, 3, 1, probabilities, truth)
    # as many features as units: a layer could be called twice
    expect_stack(answer, 5, 4, 4, 2, probabilities, truth)


@example(stars=2)
def sweep(answer):
    """Sweep over three settings with two seeds, and over two with three, all with known scores."""
    expect_sweep(answer, [32, 4, 16], [5, 2], np.random.default_rng(0))
    expect_sweep(answer, [(8, 2), (8, 1)], [3, 0, 7], np.random.default_rng(1))
