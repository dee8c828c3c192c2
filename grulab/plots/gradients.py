"""How much of a gradient survives, lag by lag, and what a training does meanwhile."""

from itertools import cycle

import numpy as np

from grulab.arguments import check_text
from grulab.arrays import check_numbers
from grulab.palette import CELLS, LIGHT
from grulab.plots.given import check_ax, check_each, check_level, check_positive, check_series, check_share

# for lines that are no kind of cell: colour, mark, dash
OTHERS = (
    (LIGHT["h"], "v", ()),
    (LIGHT["z"], "D", (6, 2)),
    (LIGHT["r"], "s", (2, 2)),
    (LIGHT["candidate"], "^", (8, 2, 2, 2)),
    (LIGHT["x"], "o", (1, 1.2)),
    ("#1b1b1b", "x", (4, 1.5)),
)


def styles(labels):
    """Return colour, mark and dash for each label: its own for a kind of cell, else the next one."""
    others = cycle(OTHERS)
    return {label: CELLS[label] if label in CELLS else next(others) for label in labels}


def surviving(ax, bands, powers=None):
    """Draw how much of a gradient survives against the lag, on a log axis: a band over seeds, a line inside.

    ``bands`` is a dictionary from a label to norms (seeds, lags), where index 0 belongs to lag 1; the line is
    the mean of the logarithms. ``powers`` is a dictionary from a label to a z: each becomes the straight line
    z to the power of the lag. Kinds of ``grulab.palette.CELLS`` have their own look.
    """
    check_ax(ax)
    bands = check_each("bands", bands, check_positive, ("seeds", "lags"))
    powers = check_each("powers", {} if powers is None else powers, check_share, least=0)
    looks = styles(bands)
    for label, norms in bands.items():
        colour, mark, dash = looks[label]
        lags = np.arange(1, norms.shape[1] + 1)
        every = max(1, norms.shape[1] // 8)
        style = {"color": colour, "marker": mark, "markersize": 4, "markevery": (every - 1, every)}
        ax.fill_between(lags, norms.min(axis=0), norms.max(axis=0), color=colour, alpha=0.2, linewidth=0)
        middle = np.exp(np.log(norms).mean(axis=0))
        ax.plot(lags, middle, label=label, linewidth=1.4, **style, **({"dashes": dash} if dash else {}))
    for label, z in (powers or {}).items():
        lags = np.arange(1, max(norms.shape[1] for norms in bands.values()) + 1)
        ax.plot(lags, z**lags, color=LIGHT["z"], linewidth=1, dashes=(1, 1.5), label=label)
    ax.set(yscale="log", xlabel="lag in steps", ylabel="share that survives")
    return ax


def trainings(ax, updates, runs, ylabel, level=None):
    """Draw a measure over updates, a line a seed: ``runs`` is a dictionary from a label to (seeds, updates).

    ``level`` is a pair of a number and its name, drawn as a thin line across.
    """
    check_ax(ax)
    updates = check_series("updates", updates)
    runs = check_each("runs", runs, check_numbers, ("seeds", len(updates)))
    check_text("ylabel", ylabel)
    level = None if level is None else check_level("level", level)
    looks = styles(runs)
    if level is not None:
        value, name = level
        ax.axhline(value, color=LIGHT["x"], linewidth=0.8)
        # clear of marks that lie on the level
        place = {"xycoords": ("axes fraction", "data"), "xytext": (0, 4), "textcoords": "offset points"}
        ax.annotate(name, (1, value), ha="right", fontsize=8, **place)
    for label, values in runs.items():
        colour, mark, dash = looks[label]
        for seed, line in enumerate(values):
            style = {"color": colour, "marker": mark, "markersize": 4, "linewidth": 1.2, "alpha": 0.85}
            more = {"dashes": dash} if dash else {}
            ax.plot(updates, line, label=label if seed == 0 else None, **style, **more)
    ax.set(xlabel="updates", ylabel=ylabel)
    return ax
