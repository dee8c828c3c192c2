"""A series with its odd stretches marked, and the alarms of several scorers below each other."""

from grulab.arrays import check_mask
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_each, check_series, check_stretches
from grulab.plots.paper import write_above


def shade(ax, x, stretches):
    """Shade stretches, a dictionary from a name to places ``(start, end)`` on ``x``, each with its name."""
    check_ax(ax)
    x = check_series("x", x, least=2)
    stretches = check_stretches("stretches", stretches, len(x))
    for name, (start, end) in stretches.items():
        # from the middle before the first place to the middle behind the last
        left = x[start] - (x[1] - x[0]) / 2
        right = x[end - 1] + (x[1] - x[0]) / 2
        ax.axvspan(left, right, color=LIGHT["x"], alpha=0.22, linewidth=0)
        write_above(ax, (left + right) / 2, name)
    return ax


def alarm_rows(ax, x, alarms, stretches):
    """Draw a tick for each alarm: ``alarms`` is a dictionary from a scorer's name to booleans (len(x),).

    An alarm inside a stretch is drawn tall and dark, one outside short and orange.
    """
    check_ax(ax)
    x = check_series("x", x)
    alarms = check_each("alarms", alarms, check_mask, x.shape)
    stretches = check_stretches("stretches", stretches, len(x))
    for row, marks in enumerate(alarms.values()):
        for place in marks.nonzero()[0]:
            inside = any(start <= place < end for start, end in stretches.values())
            size = 0.38 if inside else 0.2
            ax.plot(
                [x[place]] * 2, [row - size, row + size], color=LIGHT["z" if inside else "r"], linewidth=1.6
            )
    ax.set_yticks(range(len(alarms)), list(alarms))
    ax.set(ylim=(len(alarms) - 0.5, -0.5), xlim=(x[0], x[-1]))
    ax.tick_params(axis="y", length=0)
    return ax
