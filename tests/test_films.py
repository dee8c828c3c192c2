"""Films of moving shapes: twins to the last grey level, a motion that is the one that was drawn."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from grulab import films as films_
from grulab import plots
from grulab.data import moving_shapes
from grulab.data.films import LEVELS, SHAPES, WAYS


def test_a_twin_is_the_same_film_backwards_and_goes_the_other_way():
    films, ways = moving_shapes(200, time_steps=7, size=8, seed=3)
    assert films.shape == (200, 7, 8, 8)
    assert films.dtype == np.float32
    np.testing.assert_array_equal(films[1::2], films[::2, ::-1])
    np.testing.assert_array_equal(ways[::2] + ways[1::2], 1)
    # whoever counts frames, or adds them up, sees the same twice
    levels = np.rint(films * LEVELS).astype(int)
    np.testing.assert_array_equal(levels[::2].sum(axis=1), levels[1::2].sum(axis=1))
    assert abs(films * LEVELS - levels).max() < 1e-4
    assert (films.min(), films.max()) == (0, 1)


def centre(film):
    """Return the column of the light in each frame, as an angle: what leaves comes in on the other side."""
    width = film.shape[-1]
    angles = np.exp(2j * np.pi * np.arange(width) / width)
    return np.angle((film.sum(axis=1) * angles).sum(axis=1))


def test_without_noise_the_light_moves_as_its_way_and_speed_say():
    size = 12
    films, ways = moving_shapes(300, size=size, speed=(0.5, 1.5), noise=0, seed=1)
    for film, way in zip(films, ways, strict=True):
        turned = np.diff(np.unwrap(centre(film))) * size / (2 * np.pi)  # columns a frame
        assert (np.sign(turned) == (1 if WAYS[way] == "right" else -1)).all()
        assert 0.4 < abs(turned).mean() < 1.6


def test_a_speed_of_one_grid_less_one_column_looks_like_one_column_back():
    one, ways = moving_shapes(40, size=10, speed=(1, 1), noise=0, seed=2)
    nine, same = moving_shapes(40, size=10, speed=(9, 9), noise=0, seed=2)
    np.testing.assert_array_equal(ways, same)
    assert (np.sign(films_.motion(one)) == 2 * ways - 1).all()
    assert (np.sign(films_.motion(nine)) == 1 - 2 * ways).all()


def test_every_shape_keeps_its_light_and_all_occur():
    films, _ = moving_shapes(400, noise=0, seed=0)
    light = films.sum(axis=(2, 3))
    wanted = sorted(sum(row.count("#") for row in rows) for rows in SHAPES.values())
    assert abs(light - np.rint(light)).max() < 0.1
    assert sorted(set(np.rint(light).astype(int).ravel())) == sorted(set(wanted))


def test_no_pixel_tells_the_way_on_average():
    films, ways = moving_shapes(8_000, seed=0)
    right, left = (films[ways == way].mean(axis=0) for way in (1, 0))
    # a pixel deviates by about a quarter, so means of 4,000 differ by about 0.006, at most some times that
    assert np.abs(right - left).max() < 0.03


def test_the_seed_decides_the_draw():
    first, again, other = (moving_shapes(20, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"n": 7}, "n is 7, but films come in pairs"),
        ({"n": 0}, "n is 0, but films come in pairs"),
        ({"n": 4, "time_steps": 1}, "time_steps is 1 and size is 10"),
        ({"n": 4, "size": 4}, "size is 4, but a film needs two steps and 5 pixels"),
        ({"n": 4, "speed": (-1.5, -0.5)}, "speed is -1.5, but it must be at least 0"),
        ({"n": 4, "speed": (-0.5, 0.5)}, "speed is -0.5, but it must be at least 0"),
    ],
)
def test_films_that_cannot_be_are_a_sentence(given, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        moving_shapes(**given)


def test_motion_is_the_sum_that_it_says():
    film = np.random.default_rng(0).random((1, 4, 3, 5))
    total = 0
    for t in range(1, 4):
        for row in range(3):
            for column in range(5):
                before, now = film[0, t - 1, row], film[0, t, row, column]
                total += (before[(column - 1) % 5] - before[(column + 1) % 5]) * now
    assert films_.motion(film) == pytest.approx([total])


def test_motion_changes_its_sign_with_the_order_and_not_with_the_light():
    films, _ = moving_shapes(100, seed=4)
    np.testing.assert_allclose(films_.motion(films[:, ::-1]), -films_.motion(films))
    np.testing.assert_allclose(films_.motion(films + 3), films_.motion(films), atol=1e-3)


def test_a_film_becomes_rows_of_pixels():
    films = np.arange(2 * 3 * 4 * 5, dtype=float).reshape(2, 3, 4, 5)
    rows = films_.as_rows(films)
    assert rows.shape == (2, 3, 20)
    np.testing.assert_array_equal(rows[1, 2], films[1, 2].ravel())
    for act in (films_.as_rows, films_.motion):
        with pytest.raises(ValueError, match="films must have the shape"):
            act(films[0])


def test_a_strip_shows_each_frame_with_its_number():
    fig, axes = plots.figure(rows=2)
    films, _ = moving_shapes(2, time_steps=3, size=6, seed=0)
    plots.film_strips(axes, films, ["one", "two"])
    for ax, film, title in zip(axes, films, ["one", "two"], strict=True):
        strip = np.asarray(ax.images[0].get_array())
        assert strip.shape == (6, 3 * 7 - 1)
        for t in range(3):
            np.testing.assert_array_equal(strip[:, 7 * t : 7 * t + 6], film[t])
        assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "3"]
        assert ax.get_title(loc="left") == title
    plt.close(fig)
