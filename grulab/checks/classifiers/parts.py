"""Two parts of some sequences: nothing shared, nothing lost, nothing torn apart, and drawn at random."""

import numpy as np

from grulab.checks.answer import expect, named


def expect_split(answer, n, fraction, seed):
    """Split ``n`` sequences and look at the four parts; return the places that are kept aside."""
    # the six values of a sequence are ten times its place and on: so each can be told
    x = np.arange(n)[:, None, None] * 10.0 + np.arange(6).reshape(3, 2)
    y = np.random.default_rng(n).permutation(np.arange(n) % 2)
    parts = answer(x, y, fraction, seed)
    expect(
        isinstance(parts, tuple | list) and len(parts) == 4,
        f"split must return four arrays, x_train, y_train, x_aside, y_aside, but it returns {named(parts)}"
        + (f" of {len(parts)}." if isinstance(parts, tuple | list) else "."),
    )
    x_train, x_aside = (
        sequences(part, name) for part, name in ((parts[0], "x_train"), (parts[2], "x_aside"))
    )
    y_train, y_aside = (labels(part, name) for part, name in ((parts[1], "y_train"), (parts[3], "y_aside")))
    expect(
        len(x_train) == len(y_train) and len(x_aside) == len(y_aside),
        "A part has unequal numbers of sequences and labels. The order is x_train, y_train, x_aside, "
        "y_aside.",
    )
    size = round(n * fraction)
    expect(
        len(x_aside) == size or len(x_aside) != n - size,
        "The two parts are exchanged: the fraction is what is kept aside.",
    )
    expect(
        len(x_aside) == size,
        f"{fraction:.0%} of {n} sequences are {n * fraction:.1f}, rounded {size}, but {len(x_aside)} are "
        "kept aside.",
    )
    train, aside = (part.min(axis=(1, 2)) // 10 for part in (x_train, x_aside))
    expect(
        set(train) | set(aside) <= set(range(n)),
        "A sequence stands in a part that was never given. Leave the values as they are.",
    )
    train, aside = train.astype(int), aside.astype(int)
    expect(
        np.array_equal(y[train], y_train) and np.array_equal(y[aside], y_aside),
        "Sequences stand beside labels of others: x and y were shuffled apart. One order must serve both.",
    )
    expect(not set(train) & set(aside), "Some sequences stand in both parts. Cut one order into two pieces.")
    expect(
        len(set(aside)) == len(aside) and set(train) | set(aside) == set(range(n)) and len(train) == n - size,
        "Some sequences are drawn twice or lost. A permutation holds each place once, and every place goes "
        "into one of the two parts.",
    )
    expect(
        np.array_equal(x_train, x[train]) and np.array_equal(x_aside, x[aside]),
        "Inside a sequence the values are no longer where they were. Draw whole sequences, and leave their "
        "steps alone.",
    )
    return aside


def expect_draws(answer, n, fraction, seeds):
    """Ask for random parts: another for each seed, the same for the same one."""
    draws = [expect_split(answer, n, fraction, seed) for seed in seeds]
    again = expect_split(answer, n, fraction, seeds[0])
    expect(
        set(again) == set(draws[0]),
        "The same seed gave two different draws. Make the generator from the seed inside the function.",
    )
    # the gaps between neighbours, from the last place round to the first
    gaps = [np.diff(np.sort(draw), append=np.sort(draw)[0] + n) for draw in draws]
    expect(
        any(np.sum(gap > 1) > 1 for gap in gaps),
        "The part kept aside is one piece of the data as they lie. When data are sorted by label, it holds "
        "one label only. Draw at random.",
    )
    expect(
        any(np.ptp(np.sort(gap)[1:-1]) > 1 for gap in gaps),
        f"The places kept aside stand at equal distances, such as every {round(1 / fraction)}th. That is a "
        "pattern, and data may have the same one. Draw at random.",
    )
    different = len({tuple(sorted(draw)) for draw in draws})
    expect(different > 1, f"{len(draws)} seeds gave one and the same draw: is the seed used?")
    expect(
        different == len(draws),
        f"{len(draws)} seeds gave only {different} different draws. Use the seed as it is, and let the "
        "generator draw the order.",
    )


def expect_all_pairs(answer, seeds):
    """Expect each two of eight sequences to be kept aside together with some of the seeds, of 150 or more.

    A fair draw of four misses a pair with all of them in less than 1 of 10^10 runs, and one with equal shares
    of both labels in less than 1 of 10^9.
    """
    together = np.zeros((8, 8), bool)
    for seed in seeds:
        aside = expect_split(answer, 8, 0.5, seed)
        together[np.ix_(aside, aside)] = True
    apart = np.argwhere(~together)
    expect(
        not len(apart),
        f"Eight sequences were split in halves with {len(seeds)} seeds, and those at the places "
        f"{' and '.join(map(str, np.unique(apart[:1])))} were never kept aside together. Draw from all "
        "places at once, each like the others.",
    )


def sequences(part, name):
    """Return a part of the sequences as an array (n, 3, 2)."""
    shape = np.shape(part) if is_numbers(part) else ()
    expect(
        len(shape) == 3 and shape[1:] == (3, 2),
        f"Each sequence must keep its shape (3, 2), but {name} is {named(part)}. The order is x_train, "
        "y_train, x_aside, y_aside.",
    )
    return np.asarray(part)


def labels(part, name):
    """Return a part of the labels as an array (n,)."""
    expect(
        is_numbers(part) and np.ndim(part) == 1,
        f"The labels of a part have the shape (n,), but {name} is {named(part)}. The order is x_train, "
        "y_train, x_aside, y_aside.",
    )
    return np.asarray(part)


def is_numbers(part):
    """Return whether NumPy reads a value as an array of real numbers."""
    try:
        return np.asarray(part).dtype.kind in "iuf"
    except (TypeError, ValueError):
        return False
