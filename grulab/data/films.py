"""Films of a shape that moves to the right or to the left, on a grid of grey pictures.

Each film has a twin: the same pictures in the reverse order, and so the other way. A picture, or a heap of
pictures without their order, therefore occurs once under each answer, and tells nothing.
"""

import numpy as np

from grulab.arguments import check_list, check_number, check_room, check_size, generator

WAYS = ("left", "right")
LEVELS = 127  # grey levels above black, as a camera counts them

# each shape as rows of a small picture: "#" is light
SHAPES = {
    "square": ("##", "##"),
    "bar": ("#", "#", "#"),
    "ring": ("###", "# #", "###"),
    "plus": (" # ", "###", " # "),
    "hook": ("#  ", "#  ", "###"),
}


def moving_shapes(n, time_steps=9, size=10, speed=(0.5, 1.5), noise=0.3, seed=0):
    """Return ``(films, ways)``: n films (n, time_steps, size, size), float32 from 0 to 1, and ways (n,).

    Way 1 is to the right, 0 to the left, as in ``WAYS``. Films 2k and 2k + 1 are twins: one is the other
    backwards, to the last grey level. Shape, place, ``speed`` (columns a frame, from the lowest to the
    highest) and a drift up or down (at most half a row a frame) are drawn for each pair; what leaves the
    picture on one side comes in again on the other. ``noise`` is the standard deviation of what the camera
    adds to each pixel, in parts of full light; grey levels are rounded to 1/127.

    Raise a ValueError for an n that is not even, a grid that the shapes do not fit, fewer than two steps, or
    a speed below 0, which would go the other way than its label says. At speed 0 nothing tells the way.
    """
    n, time_steps, size = (
        check_size(name, value, -np.inf)
        for name, value in (("n", n), ("time_steps", time_steps), ("size", size))
    )
    if n < 2 or n % 2:
        raise ValueError(f"n is {n!r}, but films come in pairs of twins: give an even number from 2 on.")
    if time_steps < 2 or size < 5:
        raise ValueError(
            f"time_steps is {time_steps!r} and size is {size!r}, but a film needs two steps and 5 pixels."
        )
    check_room(n=n, time_steps=time_steps, rows=size, columns=size)
    noise = float(check_number("noise", noise, 0))
    speed = [float(check_number("speed", one, 0)) for one in check_list("speed", speed, "lowest and highest")]
    if len(speed) != 2 or not speed[0] <= speed[1]:
        raise ValueError(f"speed is {speed}, but it must be a pair (lowest, highest).")
    rng = generator(seed)
    pairs = n // 2
    drawn = np.array([_on_grid(rows, size) for rows in SHAPES.values()])
    shape = drawn[rng.integers(len(drawn), size=pairs)]  # (pairs, size, size)
    ways = rng.integers(2, size=pairs)
    start = rng.uniform(0, size, (pairs, 2))  # row and column
    speed = np.stack([rng.uniform(-0.5, 0.5, pairs), (2 * ways - 1) * rng.uniform(*speed, pairs)], axis=1)
    places = start[:, None] + speed[:, None] * np.arange(time_steps)[:, None]  # (pairs, time_steps, 2)
    films = _moved(shape, places) + rng.normal(0, noise, (pairs, time_steps, size, size))
    films = np.round(np.clip(films, 0, 1) * LEVELS) / LEVELS
    twins = np.stack([films, films[:, ::-1]], axis=1).reshape(n, time_steps, size, size)
    return twins.astype("float32"), np.stack([ways, 1 - ways], axis=1).ravel()


def _on_grid(rows, size):
    """Return a shape in the corner of a dark picture (size, size)."""
    picture = np.zeros((size, size))
    for row, line in enumerate(rows):
        for column, mark in enumerate(line):
            picture[row, column] = mark == "#"
    return picture


def _moved(shape, places):
    """Return the shapes (pairs, size, size) at the places (pairs, time_steps, 2), around the edges.

    A place between two pixels shares the light out to both.
    """
    size = shape.shape[-1]
    whole = np.floor(places).astype(int)
    part = places - whole
    pair = np.arange(len(shape))[:, None, None, None]
    films = 0
    for down in (0, 1):
        for right in (0, 1):
            row, column = (
                (np.arange(size) - whole[..., axis, None] - by) % size for axis, by in ((0, down), (1, right))
            )
            share = np.abs(1 - down - part[..., 0]) * np.abs(1 - right - part[..., 1])  # (pairs, time_steps)
            films = films + share[..., None, None] * shape[pair, row[..., :, None], column[..., None, :]]
    return films
