"""A baseline that sees no order: what it must learn, and what must change nothing in its answers."""

import numpy as np

from grulab.checks.answer import expect, expect_array

EACH = 12  # training strokes of each class
NEW = 32


def expect_blind(answer, time_steps, rng):
    """Expect a baseline that learns place and size; order and hovering must be nothing to it."""
    names = rng.permutation(4)
    places = np.tile(np.arange(4), EACH)
    x, lengths = placed(places, time_steps, rng)
    y = names[places]
    asked = np.tile(np.arange(4), NEW // 4)
    new, new_lengths = placed(asked, time_steps, rng)
    shuffled, hovering = shuffled_points(new, new_lengths, rng), hovered(new, new_lengths, rng)
    rows = np.concatenate([new, shuffled, hovering])
    found = classes_of(answer, x, lengths, y, rows, np.tile(new_lengths, 3))
    plain, other_order, other_hover = found.reshape(3, NEW)
    expect(
        np.mean(plain != other_order) < 0.05,
        "The same points in another order get another answer, so this baseline sees order. Sum up each "
        "stroke by numbers such as means, which no order changes.",
    )
    expect(
        np.mean(plain != other_hover) < 0.05,
        "Where the lifted pen hovers behind a new stroke changes the answer. Use len_new: only drawn points "
        "count.",
    )
    expect(
        len(set(plain.tolist())) > 1,
        "The baseline gives one answer to every stroke. It must learn what can be learnt without order: "
        "place and size.",
    )
    right = names[asked]
    score = np.mean(plain == right)
    by_place, by_size = (np.mean(np.isin(plain, names[p]) == np.isin(asked, p)) for p in ([0, 1], [0, 2]))
    hint = ""
    if score < 0.8 and max(by_place, by_size) > 0.9:
        known, missing = ("place", "size") if by_place > by_size else ("size", "place")
        hint = f" It knows the {known} of a stroke, but not its {missing}."
    expect(
        score > 0.8,
        f"Here the classes differ in place and size, and your baseline gets {score:.2f} of new strokes "
        "right; "
        f"with mean and standard deviation of x and y it would be nearly all.{hint} Do its answers come from "
        "y_train, and do they keep the order of the new strokes?",
    )
    again = classes_of(answer, hovered(x, lengths, rng), lengths, y, new, new_lengths)
    expect(
        np.mean(plain != again) < 0.05,
        "Where the lifted pen hovers behind the training strokes changes the answers. Use len_train: only "
        "drawn points count.",
    )
    some = np.flatnonzero(asked == 3)
    alone = classes_of(answer, x, lengths, y, new[some], new_lengths[some])
    expect(
        np.array_equal(alone, plain[some]),
        "A new stroke gets another answer when other new strokes stand beside it. Whatever is fitted, such "
        "as a scale, is fitted on the training strokes alone.",
    )


def classes_of(answer, *given):
    """Return the classes that an answer names for the new strokes, the fourth array given."""
    n = len(given[3])
    found = answer(*given)
    shape = np.shape(found) if isinstance(found, np.ndarray) else None
    expect(
        shape is None or len(shape) != 2 or shape[0] != n or shape[1] < 2,
        f"The answer is {shape} for {n} new strokes: that looks like a number for each class. Name the "
        "class of "
        "the largest, with argmax(axis=1).",
    )
    found = expect_array(found, (n,), "The classes of the new strokes")
    expect(
        np.all(found == np.round(found.astype(float))),
        "A class is a whole number, such as those in y_train.",
    )
    found = found.astype(int)
    strange = sorted(set(found.tolist()) - set(np.unique(given[2]).tolist()))
    expect(not strange, f"There is no class {strange[:1]} in y_train.")
    return found


def placed(places, time_steps, rng):
    """Return strokes and lengths: 0 is left and small, 1 left and large, 2 right and small, 3 the last."""
    n = len(places)
    centre = np.stack([np.where(places < 2, 250, 750), np.full(n, 500)], axis=1) + rng.uniform(
        -15, 15, (n, 2)
    )
    size = np.where(places % 2, 200, 30)[:, None, None]
    points = centre[:, None] + size * rng.uniform(-1, 1, (n, time_steps, 2))
    lengths = rng.integers(time_steps // 2, time_steps, n)
    return hovered(points.round().astype("float32"), lengths, rng), lengths


def hovered(points, lengths, rng):
    """Return strokes whose pen, once lifted, waits at some far corner of the tablet."""
    corners = rng.choice([0, 1000], (len(points), 2)) + rng.integers(-20, 20, (len(points), 2))
    return with_behind(points, lengths, corners[:, None])


def with_behind(points, lengths, values):
    """Return strokes with other ``values`` behind their ends; these broadcast to (n, time_steps, 2)."""
    is_drawn = np.arange(points.shape[1]) < lengths[:, None]
    return np.where(is_drawn[:, :, None], points, values).astype(points.dtype)


def shuffled_points(points, lengths, rng):
    """Return strokes whose drawn points stand in another order; what hovers stays."""
    changed = points.copy()
    for row, length in zip(changed, lengths, strict=True):
        row[:length] = rng.permutation(row[:length])
    return changed
