"""A sweep over settings and seeds: which trainings are asked for, and where each score must stand."""

from collections import Counter
from itertools import permutations

import numpy as np

from grulab.checks.answer import Wrong, as_array, expect, expect_array, is_close


def expect_sweep(answer, grid, seeds, rng):
    """Expect each setting to be trained once with each seed, and all scores in their places.

    Settings and seeds must be different values, and not equally many. ``rng`` draws the scores.
    """
    scores = rng.random((len(grid), len(seeds)))
    expect_scores(answer, grid, seeds, scores)
    # a setting scores the same wherever it stands in the grid
    expect_scores(answer, grid[::-1], seeds, scores[::-1])


def expect_scores(answer, grid, seeds, scores):
    """Hand out known scores, and expect them as an array (settings, seeds)."""
    asked = Counter()

    def train(setting, seed):
        # a row of a grid that was made an array
        setting = setting.tolist() if isinstance(setting, np.ndarray) else setting
        if setting in seeds and seed in grid:
            raise Wrong("train was called with the seed first. It takes the setting, then the seed.")
        if setting not in grid:
            raise Wrong(
                f"train was asked for the setting {setting!r:.40}, but the grid is {grid}. Hand on each "
                "setting as it stands there."
            )
        if seed not in seeds:
            raise Wrong(
                f"train was asked for the seed {seed!r:.40}, but seeds is {seeds}. Every setting gets "
                "these, and no others: neither places nor a count that goes on."
            )
        asked[setting, seed] += 1
        return float(scores[grid.index(setting), seeds.index(seed)])

    found = answer(train, list(grid), list(seeds))
    never = [(s, k) for s in grid for k in seeds if not asked[s, k]]
    expect(
        not never,
        f"For the grid {grid} and seeds {seeds}, {len(never)} of {scores.size} trainings were left out, such "
        f"as setting {never[0][0] if never else ''} with seed {never[0][1] if never else ''}. Every setting "
        "gets every seed, whatever the others score.",
    )
    most = max(asked.values())
    expect(
        most == 1,
        f"One setting was trained {most} times with the same seed. A training costs time, and the same seed "
        "gives the same score: train once.",
    )
    shape = as_array(found).shape
    expect(
        shape != scores.T.shape,
        f"The shape is {shape}: a row a seed. Turn it round, a row a setting.",
    )
    expect(
        shape != (len(grid),) and shape != (len(seeds),),
        f"The shape is {shape}: one number a row. Keep the score of every seed; a mean hides the spread.",
    )
    found = expect_array(found, scores.shape, "What sweep returns")
    if is_close(found, scores):
        return
    expect(
        not is_close(found, np.sort(scores, axis=1)) and not is_close(found, -np.sort(-scores, axis=1)),
        "The scores of each setting were sorted. Column k belongs to seed k.",
    )
    expect(
        not any(is_close(found[:, order], scores) for order in orders(len(seeds))),
        f"The columns stand in another order than the seeds, {seeds}.",
    )
    expect(
        not any(is_close(found[order], scores) for order in orders(len(grid))),
        f"The rows stand in another order than the grid, {grid}. Row i belongs to setting i.",
    )
    raise Wrong(
        f"For the grid {grid} and seeds {seeds} some scores are not those that train returned. Row i, column "
        "k holds train(grid[i], seeds[k])."
    )


def orders(n):
    """Return all other orders of n places."""
    return [list(order) for order in permutations(range(n))][1:]
