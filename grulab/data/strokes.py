"""Strokes of a pen that differ in nothing but the order in which their points are drawn."""

from collections import Counter, defaultdict

import numpy as np

from grulab.arguments import check_room, check_size, generator
from grulab.arrays import check_numbers, check_row, check_shape

CLASSES = (
    "clockwise from the left",
    "clockwise from the right",
    "counter-clockwise from the left",
    "counter-clockwise from the right",
)
EDGE = 1000  # the tablet counts from 0 to here, to the right and upwards
HOVER = 30  # how far the lifted pen wanders in a step


def pen_strokes(n, seed=0, time_steps=40):
    """Return ``(points, lengths, classes)`` of ``n`` closed loops, as a tablet reports them.

    ``points`` (n, time_steps, 2), float32: x and y in whole units of the tablet, 0 to 1000, y upwards.
    ``lengths`` (n,), int: how many of a row's points were drawn, from half of them to all. Behind them the
    pen is lifted, and the row holds where it hovers. ``classes`` (n,), int: a place in ``CLASSES``. The rows
    4i to 4i + 3 hold the same points in four orders, one of each class.
    ``n`` that is no multiple of four, or fewer than 8 ``time_steps``, is a ``ValueError``.
    """
    n, time_steps = check_size("n", n, 4), check_size("time_steps", time_steps, 8)
    if n % 4:
        raise ValueError(f"n is {n}, but it must be a multiple of 4: each loop is drawn in four orders.")
    check_room(n=n, time_steps=time_steps, axes=2)
    rng = generator(seed)
    lengths = np.repeat(rng.integers(time_steps // 2, time_steps + 1, n // 4), 4)
    points = np.empty((n, time_steps, 2))
    for first in range(0, n, 4):
        for row, drawn in enumerate(_four_orders(_loop(rng, lengths[first])), start=first):
            wander = rng.normal(0, HOVER, (time_steps - len(drawn), 2)).cumsum(axis=0)
            points[row] = np.concatenate([drawn, drawn[-1] + wander])
    points = np.clip(np.round(points), 0, EDGE)
    return points.astype(np.float32), lengths, np.tile(np.arange(4), n // 4)


def _loop(rng, length):
    """Return the points of a loop (length, 2), counter-clockwise: a circle with dents, at a random place."""
    angle = 2 * np.pi * (np.arange(length) + rng.uniform(-0.3, 0.3, length)) / length
    waves = sum(rng.uniform(0, 0.12) * np.cos(k * angle + rng.uniform(0, 2 * np.pi)) for k in (2, 3))
    radius = rng.uniform(120, 220) * (1 + waves)
    return np.round(
        rng.uniform(300, 700, 2) + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    )


def _four_orders(loop):
    """Return the same points in the order of each class."""
    starts = loop[:, 0].argmin(), loop[:, 0].argmax()
    forwards = [np.roll(loop, -start, axis=0) for start in starts]
    backwards = [np.roll(one[::-1], 1, axis=0) for one in forwards]  # the start stays first
    return [*backwards, *forwards]


def order_blind_limit(points, lengths, classes):
    """Return the largest share of strokes that any answer can get right which sees no order.

    Strokes with the same points, whatever their order, get the same answer from it: at best their most
    frequent class. ``points`` is (n, time_steps, 2), ``lengths`` and ``classes`` are (n,).
    Arrays that do not fit each other are a ``ValueError``.
    """
    points, lengths, classes = (
        check_numbers("points", points),
        check_row("lengths", lengths),
        check_row("classes", classes),
    )
    check_shape("points", points, (len(lengths), "time_steps", 2))
    check_shape("classes", classes, (len(lengths),))
    if lengths.min() < 0 or lengths.max() > points.shape[1]:
        raise ValueError(
            f"lengths must lie from 0 to {points.shape[1]}, but reach from {lengths.min()} "
            f"to {lengths.max()}."
        )
    found = defaultdict(Counter)
    for row, length, label in zip(points, lengths, classes, strict=True):
        found[tuple(sorted(map(tuple, row[:length].tolist())))][int(label)] += 1
    return sum(max(counts.values()) for counts in found.values()) / len(points)
