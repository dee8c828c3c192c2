"""Exercise 08: strokes of a pen, whose order alone says what they are."""

import numpy as np

from grulab.checks.question import example
from grulab.checks.strokes.blind import expect_blind
from grulab.checks.strokes.model import expect_model
from grulab.checks.strokes.prepared import expect_prepared, scribbles
from grulab.checks.strokes.trained import expect_trained


@example(stars=1)
def prepare(answer):
    """Prepare strokes that end before their rows do."""
    expect_prepared(answer, *scribbles(5, 9, np.random.default_rng(0)))


@example(stars=2)
def baseline_predict(answer):
    """Ask about strokes that place and size tell apart, and about the same points in another order."""
    expect_blind(answer, 16, np.random.default_rng(0))


@example(stars=2, uses_keras=True, deadline=30)
def build(answer):
    """Build a model for strokes of 7 steps, and one for longer rows."""
    expect_model(answer, 7, 3, 4, 5, np.random.default_rng(0))


@example(stars=2, uses_keras=True, deadline=60)
def fit_predict(answer):
    """Train once, on strokes that are learnt with ease, and ask about fresh ones."""
    expect_trained(answer, 0, 12, np.random.default_rng(0))
