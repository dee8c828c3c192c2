"""The setting that a sweep picks: what is expected, and where to look for another one."""

import numpy as np

from grulab.checks.answer import Wrong, expect, is_whole, named
from grulab.checks.series.numbers import shown
from grulab.seeds import is_clear, pick, spread


def expect_pick(answer, scores, sizes, baseline):
    """Expect the smallest setting that beats the baseline and is not clearly worse than the best of those."""
    found, right = answer(scores, sizes, baseline), pick(scores, sizes, baseline)
    expect(is_whole(found), f"pick must return an index, a whole number, but it returns {named(found)}.")
    found, means, lows = int(found), *spread(scores).T[:2]
    if found == right:
        return
    rows = ", ".join(f"{size}: {shown(row)}" for size, row in zip(sizes, scores, strict=True))
    case = f"With the sizes and scores {rows} and the baseline {baseline:.3g} pick returns {found}."
    expect(
        right != -1,
        f"{case} No setting beats the baseline with every seed: −1 is asked for.",
    )
    expect(found != -1, f"{case} But setting {right} beats the baseline with every seed.")
    expect(
        0 <= found < len(sizes) or found not in sizes,
        f"{case} That is a size. Return the place of the setting, counted from 0.",
    )
    expect(0 <= found < len(sizes), f"{case} There is no such setting: places count from 0.")
    expect(
        lows[found] > baseline,
        f"{case} That setting does not beat the baseline with every seed: its lowest score is "
        f"{lows[found]:.3g}.",
    )
    able = np.flatnonzero(lows > baseline)
    best, top = able[np.argmax(means[able])], np.argmax(means)
    good = [place for place in able if not is_clear(scores[place], scores[best])]
    expect(
        found != best,
        f"{case} That setting has the best mean, but the range of a smaller one overlaps with its range: "
        "the seeds do not say that the smaller one is worse.",
    )
    expect(
        found in good,
        f"{case} That setting is clearly worse than the best one, {best}: their ranges lie apart."
        + (
            f" Setting {top} has a higher mean, but not every seed of it beats the baseline."
            if top != best
            else " It is the best with one of the seeds; look at all of them."
            if found in np.argmax(scores, axis=0)
            else ""
        ),
    )
    expect(
        sizes[found] != max(sizes[place] for place in good),
        f"{case} That is the largest of the settings that will do. Take the smallest.",
    )
    raise Wrong(
        f"{case} Setting {right} is smaller, and its range overlaps with that of the best, {best}, as well: "
        "the one with the highest mean. The sizes need not be in order."
    )
