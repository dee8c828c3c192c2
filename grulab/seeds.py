"""What several seeds of one setting allow to say: their range, and whether two ranges lie apart."""

from math import comb

import numpy as np

from grulab.arguments import check_number, check_size
from grulab.arrays import check_numbers


def spread(scores):
    """Return mean, lowest and highest score of each setting, (settings, 3), from (settings, seeds)."""
    scores = check_numbers("scores", scores, ("settings", "seeds")).astype(float)
    return np.stack([scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)], axis=1)


def is_clear(a, b):
    """Return whether the ranges of two settings' scores (seeds,) lie apart; ranges that touch do not."""
    a, b = check_numbers("a", a, ("seeds",)), check_numbers("b", b, ("seeds",))
    return bool(np.min(a) > np.max(b) or np.max(a) < np.min(b))


def least_lead(a, b):
    """Return how far the worst score of the higher range is above the best of the lower; 0 if they meet."""
    a, b = check_numbers("a", a, ("seeds",)), check_numbers("b", b, ("seeds",))
    return max(0.0, float(np.min(a) - np.max(b)), float(np.min(b) - np.max(a)))


def chance_apart(seeds, others):
    """Return how often the ranges of so many scores each lie apart although both settings are alike.

    All orders of the scores are then equally likely, and two of them keep the settings apart.
    """
    seeds, others = check_size("seeds", seeds, 1, 1000), check_size("others", others, 1, 1000)
    return 2 / comb(seeds + others, seeds)


def pick(scores, sizes, baseline):
    """Return the index of the smallest setting that is not clearly worse than the best; -1 if there is none.

    ``scores`` is (settings, seeds), higher is better; ``sizes`` (settings,) says what is smaller. Only
    settings whose every seed is above ``baseline`` count; the best has the highest mean of them.
    """
    scores = check_numbers("scores", scores, ("settings", "seeds")).astype(float)
    sizes, baseline = check_numbers("sizes", sizes, (len(scores),)), check_number("baseline", baseline)
    means, lows, _ = spread(scores).T
    able = [i for i in range(len(scores)) if lows[i] > baseline]
    if not able:
        return -1
    best = max(able, key=lambda i: means[i])
    return min((i for i in able if not is_clear(scores[i], scores[best])), key=lambda i: sizes[i])
