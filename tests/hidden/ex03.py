"""Hidden checks of exercise 03: other sizes, other draws, labels that hold nothing to learn."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.classifiers.majority import expect_majorities
from grulab.checks.classifiers.model import expect_classifier
from grulab.checks.classifiers.parts import expect_all_pairs, expect_draws, expect_split
from grulab.checks.classifiers.report import expect_majority_reported, report_of
from grulab.checks.classifiers.shapes import expect_shapes


def majority_accuracy(answer, rng):
    """Try labels of random number and share, and one part with one label only."""
    cases = [
        (
            (rng.random(rng.integers(5, 30)) < share).astype(int),
            (rng.random(rng.integers(5, 30)) < 0.4).astype(int),
        )
        for share in rng.uniform(0, 1, 5)
    ]
    cases += [(np.ones(7, int), np.array([0, 1, 0])), (np.zeros(7, int), np.array([0, 1, 0]))]
    expect_majorities(answer, cases)


def output_shape(answer, rng):
    """Try random sizes."""
    for _ in range(3):
        expect_shapes(answer, *map(int, rng.choice(np.arange(2, 100), 3, replace=False)))


def split(answer, rng):
    """Split random numbers of sequences at random fractions."""
    for _ in range(3):
        n = int(rng.integers(30, 80))
        aside = int(rng.integers(4, n - 4))
        # never half a sequence: there are several ways to round it
        expect_split(answer, n, (aside + rng.uniform(-0.4, 0.4)) / n, int(rng.integers(1000)))
    expect_draws(answer, 60, 0.2, [int(seed) for seed in rng.choice(10_000, 8, replace=False)])
    expect_all_pairs(answer, rng.choice(10_000, 150, replace=False).tolist())


def build_classifier(answer, rng):
    """Build a model of random sizes."""
    time_steps, features, units = map(int, rng.choice(np.arange(2, 8), 3, replace=False))
    probabilities = rng.uniform(0.02, 0.98, 40)
    # none so near the threshold that rounding decides
    probabilities[np.abs(probabilities - 0.5) < 0.01] = 0.6
    truth = np.where(rng.random(40) < 0.3, probabilities > 0.5, rng.random(40) < 0.5)
    expect_classifier(answer, time_steps, features, units, probabilities.astype("float32"), truth.astype(int))


def train_and_report(answer, rng):
    """Train twice on coin tosses with one seed: nothing to learn, and the second report is known before."""
    n, m = 320, 2_048  # whole batches
    seed = int(rng.integers(10_000))
    x, x_fresh = (rng.uniform(-1, 1, (size, 4, 8)).astype("float32") for size in (n, m))
    y, y_fresh = _coins(n, rng), _coins(m, rng)
    train, fresh, majority = report_of(answer, x, y, x_fresh, y_fresh, seed)
    expect_majority_reported(majority, y, y_fresh)
    expect(
        abs(fresh - 0.5) < 0.05,
        f"Fresh coin tosses score {fresh:.3f} in your report. Nobody can foresee a coin: were they trained "
        "on, or is the number a fixed one?",
    )
    # the fresh data are now the training data, twice, and those of before, with all labels turned round
    x_both, y_both = np.concatenate([x, x, x_fresh]), 1 - np.concatenate([y, y, y_fresh])
    second = report_of(answer, x, y, x_both, y_both, seed)
    expect_majority_reported(second[2], y, y_both)
    expected = 1 - (2 * n * train + m * fresh) / (2 * n + m)
    is_same = abs(second[0] - train) < 2e-3
    if is_same and abs(second[1] - expected) < 1e-3:
        return
    if is_same:
        again = report_of(answer, x, y, x_fresh, y_fresh, seed)
        is_same = np.abs(again - (train, fresh, majority)).max() < 2e-3
    expect(
        is_same,
        "The same seed, on the same training data, gave two different networks. Call "
        "keras.utils.set_random_seed(seed) before you build the model.",
    )
    expect(
        False,
        "The network scores one thing on its training data, and another when the same data are given as "
        "fresh. Evaluate on x, y after the training: what Keras shows for the last epoch is an average "
        "from before its end.",
    )


def _coins(n, rng):
    """Return n labels, of which slightly more than half are equal."""
    return rng.permutation(np.arange(n) < n * rng.choice([0.48, 0.52])).astype(int)
