"""One number drawn against a gate, or along steps: what z mixes, and what r lets through."""

from itertools import cycle

import numpy as np

from grulab.arguments import check_number, check_size
from grulab.arrays import check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_axes, check_each, check_series, check_share, check_shares
from grulab.plots.paper import draw_level, quantity


def dial(ax, h, candidate, marks=(0, 0.25, 0.5, 0.75, 1)):
    """Draw the mixture of an old and a new number against z, with its value written at each of ``marks``."""
    check_ax(ax)
    check_number("h", h)
    check_number("candidate", candidate)
    marks = check_shares("marks", marks, ("n",))
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
    check_ax(ax)
    check_number("h", h)
    check_number("candidate", candidate)
    check_share("at", at)
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


def one_step(ax, h, candidates):
    """Draw the new state against z, from each candidate (``candidates``: label → number) to the old ``h``."""
    check_ax(ax)
    check_number("h", h)
    candidates = check_each("candidates", candidates, check_number)
    z = np.linspace(0, 1, 11)
    for (label, candidate), mark in zip(candidates.items(), cycle("os^D")):
        ax.plot(z, z * h + (1 - z) * candidate, color=LIGHT["h"], marker=mark, markersize=5, label=label)
    draw_level(ax, h, "old state", side="left")
    ax.set(xlabel="z", ylabel="new state", ylim=(-1.04, 1.04))
    return ax


def reset_orders(axes, h, recurrent, at):
    """Draw what reaches two candidates as r of unit 1 opens and r of unit 2 is 1, for both orders.

    ``axes`` are two Axes: r after the product and before it. ``h`` is (2,), ``recurrent`` (2, 2); the values
    at r = ``at`` are written down.
    """
    axes = check_axes(axes, 2)
    h = check_numbers("h", h, (2,))
    recurrent = check_numbers("recurrent", recurrent, (2, 2))
    check_share("at", at)
    r = np.stack([np.linspace(0, 1, 11), np.ones(11)], axis=1)  # (11, 2)
    orders = {"after": lambda r: r * (h @ recurrent), "before": lambda r: (r * h) @ recurrent}
    for ax, (order, arrives) in zip(axes, orders.items(), strict=True):
        now = arrives(np.array([at, 1.0]))
        for unit, (mark, dashes) in enumerate((("o", ()), ("s", (5, 2)))):
            style = {"color": LIGHT["candidate"], "marker": mark, "markersize": 4}
            if dashes:
                style["dashes"] = dashes
            ax.plot(r[:, 0], arrives(r)[:, unit], label=f"unit {unit + 1}", **style)
        for value in sorted(set(now.round(12))):
            ax.annotate(f"{value:.1f}", (at, value), xytext=(-5, 5), textcoords="offset points", ha="right")
        ax.axvline(at, color=LIGHT["x"], linewidth=0.8, linestyle=":")
        ax.set(title=f"r acts {order} the product", xlabel="r of unit 1")
        ax.margins(y=0.15)
        ax.legend(loc="upper left", bbox_to_anchor=(0, 0.82), frameon=False)
    axes[0].set(ylabel="what arrives")
    return axes


def fading(ax, zs, steps):
    """Draw what is left of a note after each step when z stays the same; one line for each of ``zs``."""
    check_ax(ax)
    zs = check_shares("zs", zs, ("n",))
    steps = check_size("steps", steps, 1, 10**6)
    draw_level(ax, 0.5, "half")
    left = np.arange(steps + 1)
    for z, mark in zip(zs, cycle("os^Dv")):
        quantity(
            ax, "z", z**left, label=f"z = {z:g}", marker=mark, markevery=max(1, steps // 12), markersize=4
        )
    ax.set(xlabel="steps", ylabel="share of the note left", ylim=(0, 1.04))
    return ax


def held_notes(ax, notes, target):
    """Draw how the state of several cells goes on: ``notes`` is a dictionary from a label to states (steps,).

    ``target`` is what was noted, drawn as a thin line across.
    """
    check_ax(ax)
    notes = check_each("notes", notes, check_series)
    check_number("target", target)
    draw_level(ax, target, "what was noted", side="left")
    for (label, states), dashes in zip(notes.items(), cycle(((), (6, 2), (2, 2), (8, 2, 2, 2)))):
        ax.plot(
            states, color=LIGHT["h"], label=label, linewidth=1.4, **({"dashes": dashes} if dashes else {})
        )
    ax.set(xlabel="steps since the note was taken", ylabel="state h", ylim=(-1.04, 1.04))
    return ax
