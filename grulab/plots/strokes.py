"""Strokes of a pen: where each begins, and which way it goes."""

from grulab.arguments import check_size
from grulab.arrays import check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax


def pen_path(ax, points, length):
    """Draw a stroke (time_steps, 2) up to its ``length``, and the hovering pen behind it as small crosses.

    A large ring marks the start, an arrow near it the direction.
    """
    check_ax(ax)
    points = check_numbers("points", points, ("time_steps", 2))
    length = check_size("length", length, 2, len(points))
    drawn, lifted = points[:length], points[length:]
    ax.plot(*drawn.T, "-", marker=".", color=LIGHT["h"], linewidth=1.2, label="drawn")
    ax.plot(*lifted.T, "x", color=LIGHT["x"], markersize=4, label="lifted")
    ax.plot(*drawn[0], "o", markersize=11, fillstyle="none", color=LIGHT["r"], label="start")
    ahead = min(length - 1, length // 8 + 1)
    arrow = {"arrowstyle": "-|>", "color": LIGHT["r"], "linewidth": 2, "mutation_scale": 18}
    ax.annotate("", xy=drawn[ahead], xytext=drawn[ahead - 1], arrowprops=arrow)
    ax.set_aspect("equal")
    return ax
