"""A network trained on strokes: what it must answer, and what must change nothing in its answers."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.strokes.blind import classes_of, with_behind
from grulab.checks.strokes.prepared import scribbles
from grulab.data.strokes import order_blind_limit, pen_strokes

# whole batches, for Keras compiles a smaller one at the end by itself
TRAIN, FRESH, ODD = 320, 128, 160
ENOUGH = 0.8


def expect_trained(answer, seed, time_steps, rng, is_alone=False):
    """Expect answers far above what can be known without order, which hovering does not change.

    In training the lifted pen waits where the class says: who reads it learns that instead. ``is_alone`` asks
    whether answers depend on the other new strokes, and costs a second training.
    """
    names = rng.permutation(4)
    while (names == np.arange(4)).any():
        names = rng.permutation(4)
    x, lengths, turns = drawn(TRAIN, time_steps, rng)
    y = names[turns]
    corners = np.array([[0, 0], [0, 1000], [1000, 0], [1000, 1000]])
    x = waiting(x, lengths, corners[turns], rng)
    fresh, fresh_lengths, fresh_turns = drawn(FRESH, time_steps, rng)
    right = names[fresh_turns]
    odd, odd_lengths = scribbles(ODD, time_steps, rng)
    new, new_lengths = np.concatenate([fresh, odd]), np.concatenate([fresh_lengths, odd_lengths])
    waits = rng.integers(0, 4, (2, len(new)))
    rows = np.concatenate([waiting(new, new_lengths, corners[wait], rng) for wait in waits])
    two_lengths = np.tile(new_lengths, 2)

    expect(
        answer.reply(x, lengths, y, rows, two_lengths, seed="a word").error is not None,
        "With a word in place of a seed the training runs as well, so seed is not used. Hand it to "
        "keras.utils.set_random_seed.",
    )
    found = classes_of(answer, x, lengths, y, rows, two_lengths, seed)
    one, other = found.reshape(2, -1)
    expect(
        np.mean(one != other) < 0.05,
        "Where the lifted pen hovers behind a new stroke changes the answer. prepare takes the lengths: "
        "len_train with x_train, len_new with x_new.",
    )
    limit = order_blind_limit(fresh, fresh_lengths, fresh_turns)
    expect_score(one[:FRESH], right, names, fresh_turns, limit)
    if is_alone:
        expect_alone(answer, (x, lengths, y), (rows, two_lengths), found, seed, rng)


def drawn(n, time_steps, rng):
    """Return strokes, lengths and classes in a random order of rows."""
    strokes = pen_strokes(n, seed=int(rng.integers(10**6)), time_steps=time_steps)
    order = rng.permutation(n)
    return tuple(part[order] for part in strokes)


def waiting(points, lengths, places, rng):
    """Return strokes whose lifted pen waits near a place (n, 2)."""
    return with_behind(points, lengths, places[:, None] + rng.integers(-20, 20, points.shape))


def expect_score(found, right, names, turns, limit):
    """Expect fresh strokes to be told far better than without order, and name what misleads."""
    score = np.mean(found == right)
    without = (
        f"Without order at most {limit:.2f} of the fresh strokes can be right, and yours gets {score:.2f}."
    )
    if score > ENOUGH:
        return
    expect(
        len(set(found.tolist())) > 1,
        f"{without} Every stroke gets one and the same answer. Is the model trained?",
    )
    expect(
        np.mean(found == turns) < ENOUGH,
        f"{without} The answers are right in numbers that y_train does not use: here the classes have "
        "changed "
        "their numbers. Learn them from y_train.",
    )
    expect(
        np.mean(found == names[turns ^ 2]) < ENOUGH,
        f"{without} Clockwise and counter-clockwise are exchanged. Do training and new strokes run "
        "through time "
        "in the same direction?",
    )
    for pairs, what in (([0, 1], "which way round"), ([0, 2], "where a stroke starts")):
        told = np.mean(np.isin(found, names[pairs]) == np.isin(turns, pairs))
        expect(
            told < 0.9 or score > 0.65,
            f"{without} It knows {what}, and no more. Does the order of the points reach the network whole?",
        )
    expect(
        score > limit + 0.15,
        f"{without} So order does not reach the network, or the labels do not belong to their strokes. Is "
        "time "
        "shuffled? Is the hovering pen left in, of x_train or of x_new? Is the model trained?",
    )
    expect(
        False,
        f"{without} These strokes are learnt with ease, up to nearly all. Is the model of question 3 "
        "trained for all "
        "EPOCHS, and do len_train and len_new both go through prepare?",
    )


def expect_alone(answer, train, asked, found, seed, rng):
    """Expect each scribble to get the same answer when short, flat strokes stand beside it.

    Between the classes of a scribble a hair decides, so another network or another scale shows.
    """
    rows, lengths = asked
    flat = np.full((600, rows.shape[1], 2), 500, rows.dtype)
    flat[:, 1, 0] += rng.integers(50, 300, 600)
    more, more_lengths = np.concatenate([rows, flat]), np.append(lengths, np.full(600, 2))
    odd = np.arange(len(found)) % (FRESH + ODD) >= FRESH
    second = classes_of(answer, *train, more, more_lengths, seed)[: len(found)]
    if np.mean((second != found)[odd]) < 0.03:
        return
    again = classes_of(answer, *train, rows, lengths, seed)
    expect(
        np.mean((again != found)[odd]) < 0.03,
        "The same seed, on the same training data, gave two different networks. Call "
        "keras.utils.set_random_seed(seed) before you build the model.",
    )
    expect(
        False,
        "A new stroke gets another answer when other new strokes stand beside it. Whatever is fitted, a "
        "scale as well as weights, is fitted on the training strokes alone.",
    )
