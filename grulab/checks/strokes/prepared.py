"""A stroke made ready for a network: in the middle, of one size, and nothing behind its end."""

import numpy as np

from grulab.checks.answer import as_array, expect, expect_array, is_close

TOLERANCE = 1e-4


def prepared(points, lengths, centre=None, size=None):
    """Return strokes as the exercise asks, (n, time_steps, 3), or with a mistaken centre or size."""
    real = np.arange(points.shape[1]) < lengths[:, None]
    weights = real[:, :, None].astype(float)
    if centre is None:
        centre = (points * weights).sum(axis=1, keepdims=True) / weights.sum(axis=1, keepdims=True)
    moved = (points - centre) * weights
    if size is None:
        size = np.abs(moved).max(axis=(1, 2), keepdims=True)
    return np.concatenate([moved / size, weights], axis=2)


def expect_prepared(answer, points, lengths):
    """Expect strokes in the middle, of size 1, with zeros behind. Each must be shorter than its row."""
    n, time_steps, _ = points.shape
    found = answer(points, lengths)
    shape = as_array(found).shape
    expect(
        shape != (n, time_steps, 2),
        f"Strokes {points.shape} come back as {shape}: the third number is missing, 1 for a drawn point and "
        "0 behind the stroke.",
    )
    found = expect_array(found, (n, time_steps, 3), "The prepared strokes").astype(float)
    right = prepared(points, lengths)
    if is_close(found, right, TOLERANCE):
        return
    for mistake, sentence in mistakes(points, lengths):
        expect(not is_close(found, mistake, TOLERANCE), sentence)
    expect_flags(found[:, :, 2], right[:, :, 2])
    behind = right[:, :, 2] == 0
    expect(
        np.abs(found[behind]).max() < TOLERANCE,
        "Behind the end of a stroke all three numbers must be 0. What stands there? Put the zeros in last.",
    )
    drawn = ~behind
    middle = np.array([row[mask][:, :2].mean(axis=0) for row, mask in zip(found, drawn, strict=True)])
    expect(
        np.abs(middle).max() < TOLERANCE,
        "The drawn points of a stroke must have the mean 0 in x and in y, but one is "
        f"{np.abs(middle).max():.3g}. "
        "Take the mean of the drawn points alone, for each stroke its own.",
    )
    largest = np.abs(found[:, :, :2]).max(axis=(1, 2))
    odd = largest[np.abs(largest - 1).argmax()]
    expect(
        np.abs(largest - 1).max() < TOLERANCE,
        "The largest x or y of each stroke, without its sign, must be 1, but one is "
        f"{odd:.3g}. "
        "First move each stroke, then divide it by its own largest number.",
    )
    expect(False, "Mean and size are right, but points do not stand where they were drawn. Keep their order.")


def expect_flags(flags, right):
    """Expect 1 for a drawn point and 0 behind."""
    expect(
        not is_close(flags, 1 - right, TOLERANCE),
        "The third number is turned round: it is 1 for a drawn point, and 0 behind the stroke.",
    )
    counts, wanted = flags.sum(axis=1), right.sum(axis=1)
    expect(
        not np.allclose(np.abs(counts - wanted), 1),
        f"The third number marks {counts[0]:g} points of a stroke of length {wanted[0]:g}: off by one.",
    )
    expect(
        not np.allclose(flags, 1),
        "The third number is 1 everywhere, so lengths is not used: behind a stroke it is 0.",
    )
    expect(
        is_close(flags, right, TOLERANCE),
        "The third number must be 1 for the first lengths[i] points of stroke i, and 0 behind them.",
    )


def mistakes(points, lengths):
    """Yield what a known mistake gives, and a sentence on it."""
    right = prepared(points, lengths)
    whole = np.full_like(lengths, points.shape[1])
    middle = points.mean(axis=1, keepdims=True)
    real = right[:, :, 2:]
    yield (
        prepared(points, whole),
        "lengths is not used: where the lifted pen hovers is taken for points of the stroke.",
    )
    yield (
        prepared(points, lengths, centre=middle),
        "The mean is that of the whole row, hovering included. Only the drawn points count.",
    )
    yield (
        prepared(points, lengths, centre=(points * real).mean(axis=1, keepdims=True)),
        "The mean counts the zeros behind a stroke as points. Divide the sum by the stroke's length.",
    )
    yield (
        prepared(points, lengths, size=np.abs(points - middle).max(axis=(1, 2), keepdims=True)),
        "The size is that of the whole row, hovering included. Only the drawn points count.",
    )
    centre = (points * real).sum(axis=1, keepdims=True) / real.sum(axis=1, keepdims=True)
    moved = points - centre
    drawn = moved * real
    yield (
        prepared(points, lengths, size=np.abs(moved).max(axis=(1, 2), keepdims=True)),
        "The size is that of the whole row, hovering included. Only the drawn points count.",
    )
    largest = np.abs(drawn).max(axis=(1, 2), keepdims=True)
    yield (
        np.concatenate([moved / largest, real], axis=2),
        "Where the lifted pen hovers is still there behind a stroke. Put zeros in its place.",
    )
    yield (
        prepared(points, lengths, size=np.abs(drawn).max(axis=1, keepdims=True)),
        "x and y are divided by two different numbers, so a flat stroke becomes as high as it is broad. One "
        "number for both keeps its form.",
    )
    yield (
        prepared(points, lengths, size=np.abs(drawn).max()),
        "All strokes are divided by one number. Each has a size of its own.",
    )
    of_all = drawn_mean(points, real)
    yield (
        prepared(points, lengths, centre=of_all),
        "All strokes are moved by the same way, the mean of all of them. Each has a middle of its own.",
    )
    yield (
        prepared(points, lengths, size=1.0),
        "The strokes are moved, but not divided by their size.",
    )
    yield (
        prepared(points, lengths, centre=0.0),
        "The strokes are divided, but not moved: the mean of each one must become 0.",
    )
    yield (
        prepared(points, lengths, size=np.sqrt((drawn**2).sum(axis=2)).max(axis=1)[:, None, None]),
        "The size is the largest distance from the middle. Asked for is the largest x or y, without its "
        "sign.",
    )
    yield (
        right[:, :, [2, 0, 1]],
        "The order of the three numbers is x, y, and then 1 or 0.",
    )
    yield (
        right[:, ::-1],
        "Time runs backwards: the first drawn point must stay first.",
    )
    yield (
        shifted_to_the_end(right, lengths),
        "The zeros stand before the strokes. Each point stays at its step, and zeros stand behind.",
    )


def drawn_mean(points, real):
    """Return the mean of all drawn points of all strokes."""
    return (points * real).sum(axis=(0, 1)) / real.sum()


def shifted_to_the_end(right, lengths):
    """Return prepared strokes with their zeros before them."""
    return np.array([np.roll(row, -length, axis=0) for row, length in zip(right, lengths, strict=True)])


def scribbles(n, time_steps, rng):
    """Return strokes (n, time_steps, 2) that no rule describes, in units of the tablet, and their lengths.

    Each row holds numbers behind its length, too; no length is that of the row.
    """
    middle = rng.uniform(300, 700, (n, 1, 2))
    points = middle + rng.uniform(60, 250, (n, 1, 1)) * rng.uniform(-1, 1, (n, time_steps, 2))
    lengths = rng.integers(time_steps // 2, time_steps, n)
    behind = np.arange(time_steps) >= lengths[:, None]
    points[behind] = rng.uniform(0, 1000, (behind.sum(), 2))
    return points.round().astype("float32"), lengths
