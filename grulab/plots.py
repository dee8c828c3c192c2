"""The figures of the course. Each function draws on Axes and returns them.

Figures keep a white background: the site's dark mode shows them on paper, and what is printed is what was seen.
"""

import matplotlib.pyplot as plt

from grulab.palette import DASH, LIGHT

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
    with plt.rc_context(STYLE):
        return plt.subplots(rows, columns, figsize=(width, height), **kwargs)


def quantity(ax, name, values, label=None, **kwargs):
    """Draw one of ``x, h, z, r, candidate`` over the time steps, in its colour and dash."""
    style = {"color": LIGHT[name], "label": label or name}
    if DASH[name]:
        style["dashes"] = DASH[name]
    ax.plot(values, **(style | kwargs))
    return ax
