"""Exercise 01: gates by hand."""

import numpy as np

from grulab.checks.answer import expect, expect_array, is_close
from grulab.checks.question import example


@example(stars=1)
def mix(answer):
    """Mix an old state and a candidate by z, which keeps."""
    # two sequences, two units
    h, candidate = np.array([[0.8, -0.6], [0.2, 0.5]]), np.array([[-0.4, 0.2], [-0.9, 0.1]])
    at_one = expect_array(answer(1.0, h, candidate), (2, 2), "The new state")
    expect(
        not is_close(at_one, candidate),
        "Here z writes: at z = 1 your mix returns the candidate. In this course z keeps, so the old state must come out.",
    )
    expect(is_close(at_one, h), "At z = 1 the old state alone must come out.")
