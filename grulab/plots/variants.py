"""Settings of a model beside each other: one mark a seed, the range as a line, baselines across."""

from itertools import cycle

import numpy as np

from grulab.arguments import check_list, check_number
from grulab.arrays import check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_each, check_series
from grulab.plots.paper import write_above

# the same seed has the same mark in each row
MARKS = "os^Dv"


def seed_rows(ax, scores, baselines=None):
    """Draw a row for each setting: ``scores`` is a dictionary from a name to values (seeds,).

    ``baselines`` is a dictionary from a name to a score, drawn as a thin line from top to bottom.
    """
    check_ax(ax)
    scores = check_each("scores", scores, check_series)
    given = {} if baselines is None else baselines
    baselines = check_each("baselines", given, check_number, least=0)
    for name, value in (baselines or {}).items():
        ax.axvline(value, color=LIGHT["x"], linewidth=0.8)
        write_above(ax, value, name)
    for row, values in enumerate(scores.values()):
        ax.plot([min(values), max(values)], [row, row], color=LIGHT["x"], linewidth=1, zorder=1)
        for seed, (value, mark) in enumerate(zip(values, cycle(MARKS))):
            label = f"seed {seed}" if row == 0 else None
            style = {"color": LIGHT["h"], "markerfacecolor": "none", "markeredgewidth": 1.3, "linestyle": ""}
            ax.plot(value, row, marker=mark, label=label, markersize=7, **style)
    ax.set_yticks(range(len(scores)), list(scores))
    ax.set(ylim=(len(scores) - 0.5, -0.5))
    return ax


def sweep(ax, settings, scores):
    """Draw the scores of settings that are tried in a row: a mark a seed, and a line through the means.

    ``settings`` are the labels, ``scores`` is (settings, seeds).
    """
    check_ax(ax)
    # a dictionary names its settings by its keys
    settings = check_list("settings", settings.keys() if isinstance(settings, dict) else settings, "labels")
    scores = check_numbers("scores", scores, (len(settings), "seeds"))
    places = np.arange(len(settings))
    ax.plot(places, scores.mean(axis=1), color=LIGHT["h"], linewidth=1.2)
    for column, mark in zip(scores.T, cycle(MARKS)):
        ax.plot(places, column, mark, color=LIGHT["h"], markerfacecolor="none", markersize=6)
    ax.set_xticks(places, [str(setting) for setting in settings])
    return ax
