"""What more of the same costs: a line for each kind of work, beside the line of equal shares."""

from itertools import cycle

import numpy as np

from grulab.arguments import check_mapping, check_number, named
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_each

COLOURS = tuple(LIGHT[name] for name in ("z", "r", "candidate", "h"))


def growth_lines(ax, costs):
    """Draw how many times the time several times the work takes, on logarithmic axes.

    ``costs`` is a dictionary from a label to a dictionary from factor to seconds; the factor 1 is among them.
    The grey line is linear growth: so many times the work, so many times the time.
    """
    check_ax(ax)
    check_each("costs", costs, _check_seconds)
    factors = sorted({factor for seconds in costs.values() for factor in seconds})
    ax.plot(factors, factors, color=LIGHT["x"], linewidth=4, alpha=0.45, label="linear")
    for (label, seconds), mark, colour in zip(costs.items(), cycle("os^D"), cycle(COLOURS)):
        sizes = sorted(seconds)
        times = np.array([seconds[size] for size in sizes]) / seconds[1]
        ax.plot(sizes, times, marker=mark, color=colour, label=label, markerfacecolor="none", linewidth=1.3)
    ax.set(xscale="log", yscale="log")
    names = [str(factor) for factor in factors]
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks(factors, names)
        axis.set_ticks([], minor=True)
    return ax


def _check_seconds(name, value):
    """Raise an error unless this is a dictionary from factors to seconds, the factor 1 among them."""
    for factor, seconds in check_mapping(name, value, "from factors to seconds").items():
        check_number(f"a factor of {name}", factor, above=0)
        check_number(f"the seconds of {name}", seconds, above=0)
    if 1 not in value:
        raise ValueError(f"{name} must hold the seconds for the factor 1, but holds {named(list(value))}.")
