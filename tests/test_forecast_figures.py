"""The figures of forecasts: every series is drawn, told apart by colour and dash, and in its place."""

import numpy as np
import pytest

from grulab import plots


def looks(lines):
    return {(line.get_color(), str(line._dash_pattern)) for line in lines}


def test_truth_and_four_forecasts_are_five_looks(ax):
    lines = {name: np.arange(30.0) + place for place, name in enumerate(("truth", "a", "b", "c", "d"))}
    plots.forecast_lines(ax, np.arange(30), lines)
    assert [line.get_label() for line in ax.lines] == list(lines)
    assert len(looks(ax.lines)) == 5
    for line, values in zip(ax.lines, lines.values(), strict=True):
        assert np.array_equal(line.get_ydata(), values)


def test_each_seed_is_a_line_and_each_kind_one_entry(ax):
    plots.error_growth(ax, {"one": np.ones(20), "three": np.ones((3, 20))})
    assert len(ax.lines) == 4
    assert ax.get_legend_handles_labels()[1] == ["one", "three"]
    assert list(ax.lines[0].get_xdata()[:2]) == [1, 2]
    assert len(looks(ax.lines)) == 2


def test_horizons_leave_room_above_the_longest(ax):
    plots.horizons(ax, [0, 5, 10], {"short": [3, 2, 4], "long": [50, 50, 50]}, longest=50)
    assert ax.get_ylim() == pytest.approx((0, 100))
    assert ax.get_yscale() == "symlog"
    assert [text.get_text() for text in ax.texts] == ["as far as tried"]
    assert ax.get_legend_handles_labels()[1] == ["short", "long"]
