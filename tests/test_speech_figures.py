"""The figures of speech: peaks at the formants, letters above what they name, five looks for five letters."""

import matplotlib.pyplot as plt
import numpy as np

from grulab import plots
from grulab.data.vowels import HOP, LETTERS, RATE


def test_each_vowel_has_its_curve_and_its_marks(ax):
    curves = np.ones((5, 100)) * [[1], [10], [1], [1], [1]]
    formants = np.array([[500, 1000, 2000]] * 5)
    plots.resonances(ax, curves, formants)
    lines, marks = ax.lines[::2], ax.lines[1::2]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(LETTERS)
    assert len({(line.get_color(), str(line._dash_pattern)) for line in lines}) == 5
    assert [line.get_ydata()[0] for line in lines] == [0, 20 - 40, -80, -120, -160]
    assert all(list(mark.get_xdata()) == [500, 1000, 2000] for mark in marks)


def test_letters_stand_over_what_was_spoken_and_over_what_was_written():
    fig, axes = plots.figure(rows=2, sharex=True)
    spoken = np.array([0, 1, 1, 0, 2, 2])
    written = np.array([0, 0, 1, 0, 0, 2])
    probabilities = np.eye(6)[written]
    plots.transcript(axes, np.random.default_rng(0).standard_normal(6 * HOP), spoken, probabilities)
    step = HOP / RATE
    for ax, places in zip(axes, ([2 * step, 5 * step], [2.5 * step, 5.5 * step]), strict=True):
        assert [text.get_text() for text in ax.texts] == ["a", "e"]
        np.testing.assert_allclose([text.xy[0] for text in ax.texts], places)
    drawn = {line.get_label(): line for line in axes[1].lines}
    np.testing.assert_array_equal(drawn["a"].get_ydata(), probabilities[:, 1])
    assert axes[1].get_legend_handles_labels()[1] == ["blank", *LETTERS]
    plt.close(fig)
