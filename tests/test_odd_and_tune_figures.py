"""Figures of odd stretches and of tunes: each alarm, each note in its place."""

import numpy as np
import pytest

from grulab import plots

X = 1980 + np.arange(48) / 12


def test_stretches_are_shaded_from_their_first_place_to_their_last(ax):
    plots.shade(ax, X, {"one": (12, 24), "other": (30, 31)})
    spans = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches]
    assert spans == [
        pytest.approx((1981 - 1 / 24, 1982 - 1 / 24)),
        pytest.approx((1982.5 - 1 / 24, 1982.5 + 1 / 24)),
    ]
    assert [text.get_text() for text in ax.texts] == ["one", "other"]


def test_alarms_inside_and_outside_have_two_colours_and_two_heights(ax):
    marks = np.zeros(48, dtype=bool)
    marks[[3, 12, 23, 24]] = True
    plots.alarm_rows(ax, X, {"none": np.zeros(48, dtype=bool), "some": marks}, {"one": (12, 24)})
    assert [line.get_xdata()[0] for line in ax.lines] == X[[3, 12, 23, 24]].tolist()
    heights = [round(float(np.ptp(line.get_ydata())), 2) for line in ax.lines]
    assert heights == [0.4, 0.76, 0.76, 0.4]
    assert len({line.get_color() for line in ax.lines}) == 2
    assert [label.get_text() for label in ax.get_yticklabels()] == ["none", "some"]


def test_a_roll_has_a_bar_for_each_note(ax):
    plots.piano_roll(ax, [(60, 1.0), (62, 0.5), (67, 2.0)], heard=2)
    bars = [(bar.get_x(), bar.get_width(), bar.get_y() + 0.4) for bar in ax.patches]
    assert bars == [(0, 1, 60), (1, 0.5, 62), (1.5, 2, 67)]
    assert ax.get_legend_handles_labels()[1] == ["given", "continued"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["B3", "C4", "D4", "E4", "F4", "G4"]
    assert len({bar.get_hatch() for bar in ax.patches}) == 2
