"""Hidden checks of exercise 08: other sizes, other strokes, other company for the new ones."""

from grulab.checks.strokes.blind import expect_blind
from grulab.checks.strokes.model import expect_model
from grulab.checks.strokes.prepared import expect_prepared, scribbles
from grulab.checks.strokes.trained import expect_trained


def prepare(answer, rng):
    """Prepare strokes of random number and length."""
    for _ in range(3):
        expect_prepared(answer, *scribbles(int(rng.integers(3, 9)), int(rng.integers(6, 20)), rng))


def baseline_predict(answer, rng):
    """Ask about other strokes, whose classes have other numbers."""
    expect_blind(answer, int(rng.integers(14, 24)), rng)


def build(answer, rng):
    """Build models of random sizes."""
    time_steps, features, classes = (int(rng.integers(low, low + 4)) for low in (5, 2, 3))
    expect_model(answer, time_steps, features, classes, int(rng.integers(3, 9)), rng)


def fit_predict(answer, rng):
    """Train twice, and let other new strokes stand beside those that are asked about."""
    seed, time_steps = int(rng.integers(1, 1000)), int(rng.integers(11, 15))
    expect_trained(answer, seed, time_steps, rng, is_alone=True)
