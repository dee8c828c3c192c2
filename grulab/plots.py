"""The figures of the course. Each function draws on Axes and returns them.

Figures keep a white background: the dark mode of the site shows them on paper, and print shows the same.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from grulab.palette import CELLS, DASH, LIGHT

STYLE = {
    "figure.dpi": 110,
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": "medium",
    "font.size": 10,
    "legend.frameon": False,
}


def figure(width=7.0, height=3.0, rows=1, columns=1, **kwargs):
    """Return ``(figure, axes)`` in the style of the course; sizes in inches."""
    # a notebook's backend turns interactive mode on when it loads: let it load before the context,
    # whose end would turn it off again, and all later figures with it
    plt.switch_backend(plt.get_backend())
    with plt.rc_context(STYLE):
        made = plt.subplots(rows, columns, figsize=(width, height), **kwargs)
        # the first figure loads the notebook's backend, which turns this on; leaving the block would undo it,
        # and no later figure would be shown
        interactive = plt.isinteractive()
    plt.rcParams["interactive"] = interactive
    return made


def quantity(ax, name, values, label=None, **kwargs):
    """Draw one of ``x, h, z, r, candidate`` over the time steps, in its colour and dash."""
    style = {"color": LIGHT[name], "label": label or name}
    if DASH[name]:
        style["dashes"] = DASH[name]
    ax.plot(values, **(style | kwargs))
    return ax


# a signed value goes from orange over paper to blue
SIGNED = LinearSegmentedColormap.from_list("signed", [LIGHT["r"], "white", LIGHT["z"]])


def gate_maps(trace, words, row=0, order=None, width=9.0):
    """Draw z, r, candidate and h of one review as four maps, a unit a line and a word a column.

    ``trace`` holds arrays (batch, time_steps, units), as `grulab.cell.run` returns them; ``words`` names its
    time steps. ``order`` lists the units from top to bottom. Return the Axes, one for each quantity.
    """
    units = trace.h.shape[-1]
    order = np.arange(units) if order is None else np.asarray(order)
    titles = {
        "z": "z, update gate: 1 keeps the old state",
        "r": "r, reset gate: 0 keeps the old state out of the candidate",
        "candidate": "candidate: what would be written",
        "h": "h: the state after the word",
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


def word_ticks(ax, words):
    """Write the words of a review below the axis, one for each time step, from bottom to top."""
    ax.set_xticks(range(len(words)), words, rotation=90, fontsize=8)
    ax.set_xlim(-0.5, len(words) - 0.5)
    return ax


def running_answer(ax, probability, words, title):
    """Draw the model's answer after each word: ``probability`` (time_steps,), 0 for blame, 1 for praise."""
    steps = np.arange(len(words))
    ax.axhline(0.5, color=LIGHT["x"], linewidth=0.8)
    ax.fill_between(steps, 0.5, probability, step="mid", color=LIGHT["h"], alpha=0.2, linewidth=0)
    ax.step(steps, probability, where="mid", color=LIGHT["h"])
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["blame 0", "0.5", "praise 1"])
    ax.set_title(title)
    return word_ticks(ax, words)


def coloured_words(ax, words, values, title, line=84, written=0.1):
    """Write a text with each word on a ground of its colour: orange for a value below 0, blue for one above.

    ``values`` (words,) are drawn on a scale from −0.5 to 0.5; where they are ``written`` or more in size, the
    number stands below the word, so that nothing is told by colour alone. ``line`` counts letters.
    """
    spots, column, row = [], 0, 0
    for word in words:
        if column and column + len(word) > line:
            column, row = 0, row + 1
        spots.append((column, row))
        # the number below needs five letters and a space
        column += max(len(word), 5) + 1
    ax.set_xlim(0, line)
    ax.set_ylim(row + 0.75, -0.45)
    ax.axis("off")
    size = 0.97 * ax.figure.get_figwidth() * 72 / line / 0.602  # a letter of DejaVu Sans Mono is 0.602 high
    for word, value, (column, row) in zip(words, values, spots, strict=True):
        ground = SIGNED(0.5 + np.clip(value, -0.5, 0.5) * 0.8)
        box = {"facecolor": ground, "edgecolor": "none", "boxstyle": "square,pad=0.15"}
        font = {"family": "DejaVu Sans Mono", "ha": "left", "va": "center"}
        ax.text(column, row, word, size=size, bbox=box, **font)
        if abs(value) >= written:
            ax.text(column, row + 0.42, f"{value:+.2f}", size=0.75 * size, **font)
    ax.set_title(title)
    return ax


def seed_lines(ax, x, runs, chance):
    """Draw one line for each seed: ``runs`` is a dictionary from a kind of cell to values (seeds, len(x)).

    The kinds are those of ``grulab.palette.CELLS``, told apart by colour, mark and dash. ``chance`` is the
    score of a guess, drawn as a thin line across.
    """
    ax.axhline(chance, color="#5f6368", linewidth=0.8)
    ax.annotate("chance", (1, chance), xycoords=("axes fraction", "data"), ha="right", va="top", fontsize=8)
    for kind, values in runs.items():
        colour, mark, dash = CELLS[kind]
        for seed, line in enumerate(values):
            style = {"color": colour, "marker": mark, "markersize": 4, "linewidth": 1.2, "alpha": 0.85}
            ax.plot(x, line, label=kind if seed == 0 else None, **style, **({"dashes": dash} if dash else {}))
    ax.set(ylim=(0, 1.04), ylabel="share named right")
    return ax


def seed_marks(ax, runs, chance):
    """Draw one mark for each seed: ``runs`` is a dictionary from a kind of cell to a score a seed."""
    ax.axhline(chance, color="#5f6368", linewidth=0.8)
    ax.annotate(
        "chance", (1, chance), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8
    )
    for place, (kind, scores) in enumerate(runs.items()):
        colour, mark, _ = CELLS[kind]
        # beside each other, so that equal scores stay visible
        places = place + (np.arange(len(scores)) - (len(scores) - 1) / 2) * 0.14
        ax.plot(places, scores, mark, color=colour, markersize=7, alpha=0.85)
    ax.set(xlim=(-0.5, len(runs) - 0.5), ylim=(0, 1.04), ylabel="share named right")
    ax.set_xticks(range(len(runs)), list(runs))
    return ax


def fading(ax, zs, steps):
    """Draw what is left of a note after each step when z stays the same; one line for each of ``zs``."""
    ax.axhline(0.5, color="#5f6368", linewidth=0.8)
    ax.annotate("half", (1, 0.5), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    left = np.arange(steps + 1)
    for z, mark in zip(zs, "os^Dv", strict=False):
        quantity(
            ax, "z", z**left, label=f"z = {z:g}", marker=mark, markevery=max(1, steps // 12), markersize=4
        )
    ax.set(xlabel="steps", ylabel="share of the note left", ylim=(0, 1.04))
    return ax


def held_notes(ax, notes, target):
    """Draw how the state of several cells goes on: ``notes`` is a dictionary from a label to its states."""
    ax.axhline(target, color=LIGHT["x"], linewidth=0.8)
    ax.annotate("what was noted", (0, target), xycoords=("axes fraction", "data"), va="bottom", fontsize=8)
    for (label, states), dashes in zip(notes.items(), ((), (6, 2), (2, 2), (8, 2, 2, 2)), strict=False):
        ax.plot(
            states, color=LIGHT["h"], label=label, linewidth=1.4, **({"dashes": dashes} if dashes else {})
        )
    ax.set(xlabel="steps since the note was taken", ylabel="state h", ylim=(-1.04, 1.04))
    return ax


def one_step(ax, h, candidates):
    """Draw the new state against z, from each candidate (``candidates``: label → number) to the old ``h``."""
    z = np.linspace(0, 1, 11)
    for (label, candidate), mark in zip(candidates.items(), "os^D", strict=False):
        ax.plot(z, z * h + (1 - z) * candidate, color=LIGHT["h"], marker=mark, markersize=5, label=label)
    ax.axhline(h, color=LIGHT["x"], linewidth=0.8)
    ax.annotate("old state", (0, h), xycoords=("axes fraction", "data"), va="bottom", fontsize=8)
    ax.set(xlabel="z", ylabel="new state", ylim=(-1.04, 1.04))
    return ax


def latch_run(axes, xs, trace):
    """Draw a one-unit GRU at work on (flag, value): inputs above, z, candidate and state below."""
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


def unit_gates(ax, gates):
    """Draw the mean of z in each unit, sorted; ``gates`` goes from before and after to (seeds, units)."""
    for (label, values), mark, dashes in zip(gates.items(), "ox", ((2, 2), (6, 2)), strict=True):
        for seed, one in enumerate(values):
            style = {"color": LIGHT["z"], "marker": mark, "markersize": 4, "linewidth": 1, "dashes": dashes}
            ax.plot(np.sort(one), label=label if seed == 0 else None, **style)
    ax.set(xlabel="unit, sorted by its z", ylabel="mean z while waiting", ylim=(0, 1.04))
    return ax


def dial(ax, h, candidate, marks=(0, 0.25, 0.5, 0.75, 1)):
    """Draw the mixture of an old and a new number against z, with its value written at each of ``marks``."""
    z = np.asarray(marks)
    mixture = z * h + (1 - z) * candidate
    ax.plot(z, mixture, color=LIGHT["h"], marker="o")
    above = {"xytext": (0, 7), "textcoords": "offset points", "ha": "center"}
    for place, value in zip(z, mixture, strict=True):
        ax.annotate(f"{value:.1f}".replace("-", "−"), (place, value), **above)
    lines = (
        ("old number", h, LIGHT["h"], 0, "left"),
        ("new number", candidate, LIGHT["candidate"], 1, "right"),
    )
    for name, value, colour, place, side in lines:
        ax.axhline(value, color=colour, linewidth=1, linestyle=":")
        ax.annotate(name, (place, value), xytext=(0, 4), textcoords="offset points", ha=side, color=colour)
    ax.set(xlabel="z", ylabel="result", xticks=z)
    ax.margins(y=0.18)
    return ax


def conventions(ax, h, candidate, at):
    """Draw the new state against z under both conventions, with their values at z = ``at`` written down."""
    z = np.linspace(0, 1, 21)
    rules = {
        "z keeps: z·h + (1 − z)·candidate": (z * h + (1 - z) * candidate, "o", (), "bottom"),
        "z writes: (1 − z)·h + z·candidate": ((1 - z) * h + z * candidate, "s", (5, 2), "top"),
    }
    for (label, states, mark, dashes, place), colour in zip(
        ((label, *rest) for label, rest in rules.items()), (LIGHT["h"], LIGHT["r"]), strict=True
    ):
        style = {"color": colour, "marker": mark, "markersize": 4, "label": label}
        ax.plot(z, states, **style, **({"dashes": dashes} if dashes else {}))
        value = float(np.interp(at, z, states))
        text = f"{value:.1f}".replace("-", "−")
        sides = {"ha": "right", "xytext": (-6, 5)} if place == "bottom" else {"ha": "left", "xytext": (6, 5)}
        ax.annotate(text, (at, value), textcoords="offset points", va="bottom", color=colour, **sides)
    ax.axvline(at, color=LIGHT["x"], linewidth=0.8, linestyle=":")
    ax.set(xlabel="z", ylabel="new state")
    ax.margins(y=0.15)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, frameon=False)
    return ax


def weight_blocks(ax, features, units):
    """Draw the weights of one GRU layer to scale, with the count of numbers written in each block."""
    names = ("z", "r", "candidate")
    gap = max(features + units, 40) * 0.1
    rows = (("kernel", features), ("recurrent", units), ("bias", 2))
    top = 0
    for name, height in rows:
        for column, block in enumerate(names):
            patch = plt.Rectangle(
                (column * units, top), units, height, facecolor=LIGHT[block], edgecolor="white", linewidth=2,
                alpha=0.85,
            )  # fmt: skip
            ax.add_patch(patch)
            text = f"{block}\n{height} × {units} = {height * units:,}"
            if height > 8:
                ax.annotate(
                    text, ((column + 0.5) * units, top + height / 2), ha="center", va="center", color="white"
                )
        ax.annotate(f"{name}\n({height}, {3 * units})", (-1, top + height / 2), ha="right", va="center")
        total = height * 3 * units
        ax.annotate(f"{total:,} numbers", (3 * units + 1, top + height / 2), ha="left", va="center")
        top += height + gap
    ax.set_xlim(-0.2 * 3 * units, 1.25 * 3 * units)
    ax.set_ylim(top, -gap / 2)
    ax.axis("off")
    return ax


def drift(ax, curves):
    """Draw the largest difference of two runs after each step, on a log axis; ``curves``: label to values."""
    styles = (("o", (), LIGHT["z"]), ("s", (5, 2), LIGHT["r"]), ("^", (2, 2), LIGHT["candidate"]))
    for (label, values), (mark, dashes, colour) in zip(curves.items(), styles, strict=False):
        style = {"color": colour, "marker": mark, "markersize": 4, "markevery": 10, "label": label}
        ax.plot(range(1, len(values) + 1), values, **style, **({"dashes": dashes} if dashes else {}))
    ax.set(xlabel="time step", ylabel="largest difference in h", yscale="log")
    ax.legend(frameon=False)
    return ax


def seen_and_fresh(ax, seen, fresh, level, level_name, ylabel):
    """Draw a measure after each epoch on training and on fresh data, and a level to compare with."""
    epochs = range(1, len(seen) + 1)
    every = max(1, len(seen) // 10)
    ax.axhline(level, color=LIGHT["x"], linewidth=0.8)
    ax.annotate(level_name, (1, level), xycoords=("axes fraction", "data"), ha="right", va="top", fontsize=8)
    ax.plot(epochs, seen, color=LIGHT["z"], marker="o", markersize=4, markevery=every, label="training data")
    ax.plot(
        epochs, fresh, color=LIGHT["r"], marker="s", markersize=4, markevery=every, dashes=(5, 2),
        label="fresh data",
    )  # fmt: skip
    ax.set(xlabel="epoch", ylabel=ylabel)
    return ax


def unit_map(ax, values, first, name):
    """Draw a quantity as a map: ``values`` (units, steps) from 0 to 1; ``first`` numbers the first step."""
    steps = values.shape[1]
    colours = LinearSegmentedColormap.from_list(name, ["white", LIGHT[name]])
    drawn = ax.imshow(values, aspect="auto", interpolation="nearest", cmap=colours, vmin=0, vmax=1)
    ax.set_xticks(
        range(steps), [f"{t:+d}".replace("-", "−") if t else "flag" for t in range(first, first + steps)]
    )
    ax.set(xlabel="steps after the flag", ylabel="unit", yticks=[])
    ax.figure.colorbar(drawn, ax=ax, ticks=[0, 0.5, 1], label=name)
    return ax
