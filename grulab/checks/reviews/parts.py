"""Parts of the labelled reviews: each review in one part, once, beside its own label."""

from collections import Counter

import numpy as np

from grulab.checks.answer import expect, expect_array, named


def expect_drawn(answer, x, y, size, seed):
    """Raise ``Wrong`` unless a seed draws parts of sorted reviews at random, and another seed others."""
    parts = parts_of(answer(x, y, size, seed), x, y, size)
    places = sorted(place for place, review in enumerate(x) if ids_of(review) in parts[2])
    gaps = np.diff([*places, places[0] + len(x)])
    expect(
        np.sum(gaps > 1) > 1 and 0 < np.mean(parts[3]) < 1,
        "The validation part is one piece of the list, or has one class only. On a file that is sorted by "
        "label that validates on one class: draw the reviews at random.",
    )
    again, other = (parts_of(answer(x, y, size, one), x, y, size) for one in (seed, seed + 1))
    expect(
        set(again[2]) == set(parts[2]),
        "The same seed must draw the same reviews, but a second call draws others. Make a generator from "
        "the seed.",
    )
    expect(set(other[2]) != set(parts[2]), "Two different seeds draw the same reviews. Is the seed used?")


def parts_of(value, x, y, size):
    """Return the four parts of a split, reviews as tuples of ids and labels as arrays, once they hold."""
    expect(
        isinstance(value, tuple | list) and len(value) == 4,
        f"Return four things: x_train, y_train, x_validation, y_validation. Now it is {named(value)}"
        f"{f' of {len(value)}' if isinstance(value, tuple | list) else ''}.",
    )
    lengths = [length_of(one) for one in value]
    train = len(x) - size
    expect(
        lengths != [train, size, train, size] or train == size,
        "The four stand in another order: both x first, then both y. Each part's labels stand behind its "
        "reviews: x_train, y_train, x_validation, y_validation.",
    )
    expect(
        lengths != [size, size, train, train] or train == size,
        "The two parts are exchanged: the first pair is for training, the second for validation.",
    )
    wanted = [train, train, size, size]
    expect(
        lengths == wanted,
        f"Of {len(x)} reviews, size={size} must give the lengths {wanted}, training first; they are "
        f"{lengths}.",
    )
    for place in (0, 2):
        expect(
            not isinstance(value[place], np.ndarray),
            "The reviews must come back as two lists: they differ in length, so most of them fit into no "
            "array.",
        )
    for place in (1, 3):
        expect(
            isinstance(value[place], np.ndarray),
            "Return the labels as arrays: index the array of labels, and make no list of it.",
        )
    x_train, x_validation = ([ids_of(review) for review in value[place]] for place in (0, 2))
    y_train = expect_array(value[1], (train,), "y_train")
    y_validation = expect_array(value[3], (size,), "y_validation")
    expect_each_once(x_train, x_validation, [ids_of(review) for review in x])
    labels = {ids_of(review): label for review, label in zip(x, y, strict=True)}
    expect(
        all(
            labels[review] == label
            for reviews, found in ((x_train, y_train), (x_validation, y_validation))
            for review, label in zip(reviews, found, strict=True)
        ),
        "A review has lost its label. Draw one order, and use it for the reviews and for the labels.",
    )
    return x_train, y_train, x_validation, y_validation


def length_of(part):
    """Return how many reviews or labels a part holds, ``None`` for what holds none."""
    is_row = isinstance(part, list | tuple) or (isinstance(part, np.ndarray) and part.ndim > 0)
    return len(part) if is_row else None


def ids_of(review):
    """Return a review as a tuple of ids; raise ``Wrong`` when it is none."""
    try:
        ids = np.asarray(review)
    except ValueError:
        ids = np.empty(())
    expect(
        ids.ndim == 1 and ids.dtype.kind in "iu",
        f"Each review must come back as it is, an array of ids; one has become {named(review)}.",
    )
    return tuple(ids.tolist())


def expect_each_once(x_train, x_validation, given):
    """Raise ``Wrong`` unless every review given, each of another text, stands in one part, and once."""
    strange = set(x_train + x_validation) - set(given)
    expect(not strange, "A review that was never given stands in a part. Leave each review as it is.")
    both = len(set(x_train) & set(x_validation))
    expect(
        not both,
        f"{both} of the reviews to validate with stand in the training part, too. What validates must not "
        "train.",
    )
    twice = [review for review, times in Counter(x_train + x_validation).items() if times > 1]
    expect(
        not twice,
        f"{len(twice)} reviews stand in one part more than once, and others in none. Draw without putting "
        "back: a permutation holds each place once.",
    )
