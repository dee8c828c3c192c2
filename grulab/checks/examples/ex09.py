"""Exercise 09: three programs that are wrong without an error."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.classifiers.model import described
from grulab.checks.question import example
from grulab.checks.repairs.causes import expect_cause
from grulab.checks.repairs.parts import expect_parts
from grulab.checks.repairs.readings import expect_readings
from grulab.checks.reviews.reader import expect_reader


@example(stars=1)
def diagnosis_1(answer):
    """Expect the cause of the first program."""
    expect_cause(answer, "ids as amounts")


@example(stars=2, uses_keras=True, deadline=60.0)
def repair_ids(answer):
    """Ask a fresh model what ids, zeros behind a text and the order of words change in its answers."""
    model, _ = expect_reader(answer, 500, 5, 15, np.random.default_rng(0))
    kinds = {core for _, core, _ in described(model)["layers"] if core}
    expect(
        not kinds or kinds & {"GRU", "RNN"},
        f"The words are read by {' and '.join(sorted(kinds))[:60]}, but a GRU is asked for.",
    )


@example(stars=1)
def diagnosis_2(answer):
    """Expect the cause of the second program."""
    expect_cause(answer, "leak")


@example(stars=2)
def repair_leak(answer):
    """Cut a rising series of 30 values, and one whose largest value lies in the training part.

    One share is rounded down, the other up.
    """
    steps = np.arange(30)
    rising = 0.3 * steps + np.sin(steps)
    expect_parts(answer, rising, 3, 0.71)
    expect_parts(answer, 2.5 - 0.2 * steps + np.cos(1.3 * steps), 4, 0.56)


@example(stars=1)
def diagnosis_3(answer):
    """Expect the cause of the third program."""
    expect_cause(answer, "numbers misplaced")


@example(stars=2)
def repair_time(answer):
    """Turn readings of three sizes, each number of which can be told from the others."""
    expect_readings(answer, 4, 3, 5)
