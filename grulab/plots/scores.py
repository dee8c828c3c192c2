"""Measures of models and runs: one line or mark a seed, one value an epoch or a step."""

from itertools import cycle

import numpy as np

from grulab.arguments import check_number, check_size, check_text
from grulab.palette import CELLS, LIGHT
from grulab.plots.given import (
    check_ax,
    check_each,
    check_kinds,
    check_positive,
    check_series,
    check_share,
    check_shares,
    check_words,
)
from grulab.plots.paper import draw_level


def seed_lines(ax, x, runs, chance):
    """Draw one line for each seed: ``runs`` is a dictionary from a kind of cell to values (seeds, len(x)).

    The kinds are those of ``grulab.palette.CELLS``, told apart by colour, mark and dash. ``chance`` is the
    score of a guess, drawn as a thin line across.
    """
    check_ax(ax)
    x = check_series("x", x)
    runs = check_kinds("runs", runs, check_shares, ("seeds", len(x)))
    check_share("chance", chance)
    draw_level(ax, chance, "chance", va="top")
    for kind, values in runs.items():
        colour, mark, dash = CELLS[kind]
        for seed, line in enumerate(values):
            style = {"color": colour, "marker": mark, "markersize": 4, "linewidth": 1.2, "alpha": 0.85}
            ax.plot(x, line, label=kind if seed == 0 else None, **style, **({"dashes": dash} if dash else {}))
    ax.set(ylim=(0, 1.04), ylabel="share named right")
    return ax


def seed_marks(ax, runs, chance):
    """Draw one mark for each seed: ``runs`` is a dictionary from a kind of cell to scores (seeds,).

    ``chance`` is the score of a guess, drawn as a thin line across.
    """
    check_ax(ax)
    runs = check_kinds("runs", runs, check_shares, ("seeds",))
    check_share("chance", chance)
    draw_level(ax, chance, "chance")
    for place, (kind, scores) in enumerate(runs.items()):
        colour, mark, _ = CELLS[kind]
        # beside each other, so that equal scores stay visible
        places = place + (np.arange(len(scores)) - (len(scores) - 1) / 2) * 0.14
        ax.plot(places, scores, mark, color=colour, markersize=7, alpha=0.85)
    ax.set(xlim=(-0.5, len(runs) - 0.5), ylim=(0, 1.04), ylabel="share named right")
    ax.set_xticks(range(len(runs)), list(runs))
    return ax


def part_scores(ax, scores, parts, chance):
    """Draw the accuracy of several models on parts of the data, a row a model and a mark a part and seed.

    ``scores`` is a dictionary from a model's name to values (seeds, len(parts)); ``parts`` names the columns.
    """
    check_ax(ax)
    parts = check_words("parts", parts, what="names of parts")
    if len(parts) > 4:
        raise ValueError(f"parts holds {len(parts)} names, but at most 4 can be told apart.")
    scores = check_each("scores", scores, check_shares, ("seeds", len(parts)))
    check_share("chance", chance)
    ax.axvline(chance, color=LIGHT["x"], linewidth=0.8)
    styles = list(zip("osD^", (LIGHT["z"], LIGHT["r"], LIGHT["candidate"], LIGHT["h"]), strict=True))
    for row, values in enumerate(scores.values()):
        for column, (mark, colour) in zip(range(len(parts)), styles, strict=False):
            # each part has a height of its own, so that equal scores stay visible
            height = np.full(len(values), row + (column - (len(parts) - 1) / 2) * 0.2)
            label = parts[column] if row == 0 else None
            face = {"markerfacecolor": "none", "markeredgewidth": 1.3}
            ax.plot(
                np.asarray(values)[:, column], height, mark, color=colour, markersize=6, label=label, **face
            )
    ax.set_yticks(range(len(scores)), list(scores))
    lowest = min(chance, *(np.min(values) for values in scores.values()))
    ax.set(
        xlabel="accuracy on fresh texts", xlim=(min(0.4, lowest - 0.03), 1.03), ylim=(len(scores) - 0.5, -0.5)
    )
    return ax


def seen_and_fresh(ax, seen, fresh, level, level_name, ylabel, step=None):
    """Draw a measure after each epoch on training and on fresh data, and a level to compare with.

    ``seen`` is (epochs,). ``fresh`` is alike, or shorter where it was measured after every ``step`` epochs
    (``validation_freq`` of Keras). Left out, ``step`` is the one that gives that many numbers; where several
    do, it is a ``ValueError``. ``ylabel`` names the measure, ``level_name`` the level.
    """
    check_ax(ax)
    seen, fresh = check_series("seen", seen), check_series("fresh", fresh)
    steps = [every for every in range(1, len(seen) + 1) if len(seen) // every == len(fresh)]
    if not steps:
        raise ValueError(
            f"fresh must hold a number for each of the {len(seen)} epochs, or for every so many of them, "
            f"but holds {len(fresh)}."
        )
    if step is None and len(steps) > 1:
        raise ValueError(
            f"fresh may have been measured after every {steps[0]} or {steps[-1]} epochs of {len(seen)}: "
            "say which by step."
        )
    step = steps[0] if step is None else check_size("step", step, steps[0], steps[-1])
    check_number("level", level)
    check_text("level_name", level_name)
    check_text("ylabel", ylabel)
    epochs = range(1, len(seen) + 1)
    every = max(1, len(seen) // 10)
    draw_level(ax, level, level_name, va="top")
    ax.plot(epochs, seen, color=LIGHT["z"], marker="o", markersize=4, markevery=every, label="training data")
    ax.plot(
        epochs[step - 1 :: step], fresh, color=LIGHT["r"], marker="s", markersize=4,
        markevery=max(1, every // step), dashes=(5, 2), label="fresh data",
    )  # fmt: skip
    ax.set(xlabel="epoch", ylabel=ylabel)
    return ax


def drift(ax, curves):
    """Draw the largest difference of two runs after each step, on a log axis.

    ``curves`` is a dictionary from a label to values (time_steps,) above 0.
    """
    check_ax(ax)
    curves = check_each("curves", curves, check_positive, ("time_steps",))
    styles = (("o", (), LIGHT["z"]), ("s", (5, 2), LIGHT["r"]), ("^", (2, 2), LIGHT["candidate"]))
    for (label, values), (mark, dashes, colour) in zip(curves.items(), cycle(styles)):
        style = {"color": colour, "marker": mark, "markersize": 4, "markevery": 10, "label": label}
        ax.plot(range(1, len(values) + 1), values, **style, **({"dashes": dashes} if dashes else {}))
    ax.set(xlabel="time step", ylabel="largest difference in h", yscale="log")
    ax.legend(frameon=False)
    return ax
