"""Forecasts beside the truth, how their error grows, and how far they hold."""

import numpy as np

from grulab.arguments import check_number, named
from grulab.arrays import check_numbers, check_shape
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_each, check_gaps, check_series
from grulab.plots.paper import draw_level

# truth first, then forecasts: colour, mark, dash
STYLES = (
    (LIGHT["x"], "", ()),
    (LIGHT["z"], "o", (5, 2)),
    (LIGHT["r"], "s", (2, 1.5)),
    (LIGHT["candidate"], "^", (7, 1.5, 1, 1.5)),
    (LIGHT["h"], "D", (1, 1.2)),
)


def look(number):
    """Return colour and dash of one of up to five lines, for ``plot``."""
    colour, _, dash = STYLES[number]
    return {"color": colour, **({"dashes": dash} if dash else {})}


def _styled(number):
    return look(number) | {"marker": STYLES[number][1], "markersize": 4}


def forecast_lines(ax, x, lines):
    """Draw a series and forecasts of it: ``lines`` is a dictionary from a label to values (len(x),).

    The first line is the truth, broad and grey; up to four forecasts follow. NaN leaves a gap.
    """
    check_ax(ax)
    x = check_series("x", x)
    lines = check_each("lines", lines, check_gaps, x.shape, most=len(STYLES))
    every = max(1, len(x) // 12)
    for number, (label, values) in enumerate(lines.items()):
        style = {"linewidth": 1.4} if number else {"linewidth": 4, "alpha": 0.45}
        ax.plot(x, values, label=label, markevery=every, **(_styled(number) | style))
    return ax


def error_growth(ax, curves):
    """Draw errors over the steps of a free run: ``curves`` is a dictionary from a label to errors.

    Errors are (steps,), or (seeds, steps) for one line a seed. Up to four kinds have colour, mark and dash.
    """
    check_ax(ax)
    curves = check_each("curves", curves, check_gaps, most=len(STYLES) - 1)
    for label, errors in curves.items():
        rows = errors[None] if errors.ndim == 1 else errors
        check_shape(f"curves[{named(label)}]", rows, ("seeds", "steps"))
    for number, (label, errors) in enumerate(curves.items(), start=1):
        for seed, line in enumerate(np.atleast_2d(errors)):
            every = max(1, len(line) // 10)
            ax.plot(
                range(1, len(line) + 1), line, label=None if seed else label, markevery=every, linewidth=1.3,
                **_styled(number),
            )  # fmt: skip
    return ax


def horizons(ax, starts, held, longest):
    """Draw how many steps a forecast holds from each start.

    ``held`` is a dictionary from a label to steps (starts,). ``longest`` is the number of steps tried; a mark
    on that level held to the end.
    """
    check_ax(ax)
    starts = check_series("starts", starts)
    held = check_each("held", held, check_numbers, starts.shape, most=len(STYLES) - 1)
    longest = float(check_number("longest", longest, above=0))
    draw_level(ax, longest, "as far as tried", side="left")
    for number, (label, steps) in enumerate(held.items(), start=1):
        ax.plot(starts, steps, label=label, linewidth=1.1, **_styled(number))
    # even steps up to 1, a log axis beyond: 0 has its place, and short horizons stay legible
    ax.set_yscale("symlog", linthresh=1)
    ax.set(ylim=(0, longest * 2), ylabel="steps until the error passes the limit")
    ax.yaxis.set_major_formatter("{x:.0f}")
    return ax
