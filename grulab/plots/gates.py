"""The gates and the state of a layer: along the time steps, and unit by unit."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from grulab.arguments import LARGEST, check_list, check_one_of, check_size
from grulab.arrays import check_ids, check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_axes, check_shares, check_trace, check_words
from grulab.plots.paper import SIGNED, figure, quantity
from grulab.plots.words import word_ticks


def latch_run(axes, xs, trace):
    """Draw a one-unit GRU at work on (flag, value): inputs above, z, candidate and state below.

    ``axes`` are two Axes, ``xs`` is (1, time_steps, 2) with one flag, ``trace`` is what `grulab.cell.run`
    made of it.
    """
    axes = check_axes(axes, 2)
    xs = check_numbers("xs", xs, (1, "time_steps", 2))
    check_trace(trace, (*xs.shape[:2], 1))
    if np.count_nonzero(xs[0, :, 0]) != 1:
        raise ValueError(f"xs must have one flag, but has {np.count_nonzero(xs[0, :, 0])}.")
    upper, lower = axes
    flag, value = xs[0, :, 0], xs[0, :, 1]
    quantity(upper, "x", value, label="value", marker="o", markersize=3)
    (at,) = np.flatnonzero(flag)
    for ax in axes:
        ax.axvline(at, color=LIGHT["x"], linewidth=0.8)
        ax.set(ylim=(-1.04, 1.04))
    upper.annotate("flag", (at, 1), xytext=(4, -2), textcoords="offset points", va="top", fontsize=9)
    quantity(lower, "candidate", trace.candidate[0, :, 0], linewidth=1)
    quantity(lower, "z", trace.z[0, :, 0])
    quantity(lower, "h", trace.h[0, :, 0], linewidth=2.2)
    lower.set(xlabel="time step")
    return axes


def open_units(axes, kept):
    """Draw which units z keeps open for which symbol, one map for each seed.

    ``axes`` are as many Axes as there are seeds; ``kept`` lists for each seed (symbols, units): the share of
    its note, 0 to 1, that the unit still has after the wait.
    """
    kept = check_list("kept", kept, "shares (symbols, units), one for each seed")
    kept = [check_shares(f"kept[{seed}]", shares, ("symbols", "units")) for seed, shares in enumerate(kept)]
    axes = check_axes(axes, len(kept))
    colours = LinearSegmentedColormap.from_list("z", ["white", LIGHT["z"]])
    for ax, shares in zip(axes, kept, strict=True):
        drawn = ax.imshow(shares, aspect="auto", interpolation="nearest", cmap=colours, vmin=0, vmax=1)
        ax.set(xlabel="unit", yticks=range(len(shares)))
    axes[0].set_ylabel("symbol")
    axes[0].figure.colorbar(drawn, ax=axes, ticks=[0, 0.5, 1], label="share kept by z")
    return axes


def unit_map(ax, values, first, name):
    """Draw the gate ``name`` as a map: ``values`` (units, steps) from 0 to 1, steps counted from the flag.

    ``first`` is the number of the first step: -2 where the map begins two steps before the flag.
    """
    check_ax(ax)
    values = check_shares("values", values, ("units", "steps"))
    first = check_size("first", first, -LARGEST)
    check_one_of("name", name, ("z", "r"))
    steps = values.shape[1]
    colours = LinearSegmentedColormap.from_list(name, ["white", LIGHT[name]])
    drawn = ax.imshow(values, aspect="auto", interpolation="nearest", cmap=colours, vmin=0, vmax=1)
    ax.set_xticks(
        range(steps), [f"{t:+d}".replace("-", "−") if t else "flag" for t in range(first, first + steps)]
    )
    ax.set(xlabel="steps after the flag", ylabel="unit", yticks=[])
    ax.figure.colorbar(drawn, ax=ax, ticks=[0, 0.5, 1], label=name)
    return ax


def gate_maps(trace, words, row=0, order=None, width=9.0):
    """Draw z, r, candidate and h of one sequence as four maps, a unit a line and a time step a column.

    ``trace`` holds arrays (batch, time_steps, units), as `grulab.cell.run` returns them; ``words`` names its
    time steps, with the words of a review for example. ``order`` lists the units from top to bottom. Return
    the Axes, one for each quantity.
    """
    check_trace(trace, ("batch", "time_steps", "units"))
    words = check_words("words", words, trace.h.shape[1])
    row, units = check_size("row", row, 0, len(trace.h) - 1), trace.h.shape[-1]
    order = np.arange(units) if order is None else check_ids("order", order, ("units",), units)
    titles = {
        "z": "z, update gate: 1 keeps the old state",
        "r": "r, reset gate: 0 keeps the old state out of the candidate",
        "candidate": "candidate: what would be written",
        "h": "h: the state after the step",
    }
    fig, axes = figure(width, 1.3 + 4 * (0.35 + 0.055 * units), rows=4, sharex=True)
    for ax, (name, title) in zip(axes, titles.items(), strict=True):
        values = getattr(trace, name)[row][:, order].T  # (units, time_steps)
        if name in ("z", "r"):
            colours = {"cmap": LinearSegmentedColormap.from_list(name, ["white", LIGHT[name]]), "vmin": 0}
        else:
            colours = {"cmap": SIGNED, "vmin": -1}
        drawn = ax.imshow(values, aspect="auto", interpolation="nearest", vmax=1, **colours)
        fig.colorbar(drawn, ax=ax, ticks=[colours["vmin"], 1], pad=0.01)
        ax.set_title(title)
        ax.set_ylabel("unit")
        ax.set_yticks([])
    word_ticks(axes[-1], words)
    return axes
