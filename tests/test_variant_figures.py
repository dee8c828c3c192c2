"""The figures of chapter 07: a mark for each seed, a row or a place for each setting."""

import numpy as np
import pytest

from grulab import plots


def test_each_setting_is_a_row_with_its_seeds_and_its_range(ax):
    scores = {"one": [0.6, 0.8, 0.7], "two": [0.9, 0.9, 0.95]}
    plots.seed_rows(ax, scores, {"guess": 0.5})
    guess, *lines = ax.lines
    assert set(guess.get_xdata()) == {0.5}
    assert [text.get_text() for text in ax.texts] == ["guess"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["one", "two"]
    for row, values in enumerate(scores.values()):
        span, *marks = [line for line in lines if set(line.get_ydata()) == {row}]
        assert list(span.get_xdata()) == [min(values), max(values)]
        assert [mark.get_xdata()[0] for mark in marks] == values
        assert len({mark.get_marker() for mark in marks}) == 3
    assert ax.get_legend_handles_labels()[1] == ["seed 0", "seed 1", "seed 2"]
    # the first row stands on top
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_a_sweep_shows_each_seed_and_the_means(ax):
    scores = [[0.5, 0.7], [0.8, 0.8], [0.9, 0.7]]
    plots.sweep(ax, ["a", 2, 3.5], scores)
    means, *seeds = ax.lines
    assert means.get_ydata() == pytest.approx([0.6, 0.8, 0.8])
    np.testing.assert_array_equal([line.get_ydata() for line in seeds], np.transpose(scores))
    assert [text.get_text() for text in ax.get_xticklabels()] == ["a", "2", "3.5"]
