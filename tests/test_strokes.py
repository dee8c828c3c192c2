"""Strokes of a pen: four orders of the same points, four classes, and nothing for those who see no order."""

from collections import Counter

import numpy as np
import pytest

from grulab import plots
from grulab.data import pen_strokes
from grulab.data.strokes import CLASSES, EDGE, order_blind_limit


def bag(points):
    return Counter(map(tuple, points.tolist()))


def area(points):
    """Return the signed area of a closed loop: above 0 counter-clockwise, with y upwards."""
    x, y = points.T
    return (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2


def test_four_strokes_have_the_same_points_and_four_classes():
    points, lengths, classes = pen_strokes(200, seed=3)
    for first in range(0, 200, 4):
        bags = [bag(points[row, : lengths[row]]) for row in range(first, first + 4)]
        assert bags[0] == bags[1] == bags[2] == bags[3]
        assert len(bags[0]) > 1
        assert sorted(classes[first : first + 4]) == [0, 1, 2, 3]
        orders = {points[row, : lengths[row]].tobytes() for row in range(first, first + 4)}
        assert len(orders) == 4


def test_each_stroke_is_drawn_as_its_class_says():
    for row, length, label in zip(*pen_strokes(200, seed=4), strict=True):
        drawn = row[:length]
        turn, start = CLASSES[label].split(" from the ")
        assert (area(drawn) > 0) == (turn == "counter-clockwise")
        end = drawn[:, 0].min() if start == "left" else drawn[:, 0].max()
        assert drawn[0, 0] == end


@pytest.mark.parametrize("time_steps", [8, 15, 40])
def test_shapes_kinds_and_limits(time_steps):
    points, lengths, classes = pen_strokes(80, seed=0, time_steps=time_steps)
    assert points.shape == (80, time_steps, 2)
    assert points.dtype == np.float32
    assert (points == points.round()).all()
    assert 0 <= points.min() <= points.max() <= EDGE
    assert lengths.shape == classes.shape == (80,)
    assert time_steps // 2 <= lengths.min() < lengths.max() <= time_steps


def test_the_lifted_pen_hovers_on_from_the_end():
    points, lengths, _ = pen_strokes(400, seed=1)
    for row, length in zip(points, lengths, strict=True):
        assert np.abs(np.diff(row[length - 1 :], axis=0)).max(initial=0) < 200
    behind = np.concatenate([row[length:] for row, length in zip(points, lengths, strict=True)])
    assert (behind.std(axis=0) > 50).all()


def test_the_seed_decides():
    np.testing.assert_array_equal(pen_strokes(8, seed=5)[0], pen_strokes(8, seed=5)[0])
    assert not np.array_equal(pen_strokes(8, seed=5)[0], pen_strokes(8, seed=6)[0])


def test_without_order_one_in_four_is_the_limit():
    points, lengths, classes = pen_strokes(200, seed=2)
    assert order_blind_limit(points, lengths, classes) == 0.25
    # with the pen's hovering taken for points, no two strokes are alike
    assert order_blind_limit(points, np.full(200, 40), classes) > 0.9
    # with labels that order does not decide, everything can be known
    assert order_blind_limit(points, lengths, np.arange(200) // 4) == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: pen_strokes(10), "n is 10, but it must be a multiple of 4"),
        (lambda: pen_strokes(0), "n is 0, but it must be at least 4"),
        (lambda: pen_strokes(4, time_steps=7), "time_steps is 7, but it must be at least 8"),
        (
            lambda: order_blind_limit(np.zeros((3, 8)), [4, 4, 4], [0, 1, 2]),
            r"points must have the shape \(3, time_steps, 2\), but has \(3, 8\)",
        ),
        (
            lambda: order_blind_limit(np.zeros((3, 8, 2)), [4, 4, 4], [0, 1]),
            r"classes must have the shape \(3,\), but has \(2,\)",
        ),
    ],
)
def test_bad_input_is_named_in_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_stroke_is_drawn_with_its_start_marked_and_what_hovers_apart(ax):
    points, lengths, _ = pen_strokes(4, seed=0)
    plots.pen_path(ax, points[0], lengths[0])
    lines = {line.get_label(): line.get_xydata() for line in ax.lines}
    np.testing.assert_array_equal(lines["drawn"], points[0, : lengths[0]])
    np.testing.assert_array_equal(lines["lifted"], points[0, lengths[0] :])
    np.testing.assert_array_equal(lines["start"], points[:1, 0])
    (arrow,) = ax.texts
    step = np.subtract(arrow.xy, arrow.xyann)
    assert any((step == one).all() for one in np.diff(points[0, : lengths[0]], axis=0))
