"""Hidden checks of exercise 09: other sizes, other series, each id."""

import numpy as np

from grulab.checks.repairs.causes import expect_cause
from grulab.checks.repairs.parts import expect_parts
from grulab.checks.repairs.readings import expect_readings
from grulab.checks.reviews.reader import expect_whole_reading


def diagnosis_1(answer, rng):
    """Ask again: a name is a name."""
    expect_cause(answer, "ids as amounts")


def repair_ids(answer, rng):
    """Ask models of random size; each id below num_words must have a meaning of its own."""
    expect_whole_reading(answer, int(rng.integers(12, 60)), int(rng.integers(3, 8)), rng)


def diagnosis_2(answer, rng):
    """Ask again: a name is a name."""
    expect_cause(answer, "leak")


def repair_leak(answer, rng):
    """Cut series of random length, width and share, most of them beyond the training part's range."""
    for slope in (0.3, -0.3, float(rng.uniform(0.1, 1))):
        n = int(rng.integers(30, 80))
        width = int(rng.integers(2, 6))
        cut = int(rng.integers(2 * width + 4, n - 2 * width - 4))
        # never half a value: there are several ways to round it
        share = (cut + rng.uniform(-0.4, 0.4)) / n
        expect_parts(answer, slope * np.arange(n) + rng.normal(size=n), width, share)


def diagnosis_3(answer, rng):
    """Ask again: a name is a name."""
    expect_cause(answer, "numbers misplaced")


def repair_time(answer, rng):
    """Turn readings of random sizes."""
    for _ in range(3):
        expect_readings(answer, *map(int, rng.choice(np.arange(2, 9), 3, replace=False)))
