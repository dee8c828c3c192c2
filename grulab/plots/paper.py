"""What all figures share: paper, the look of a quantity, a level, a name above a place, a scale of colours.

Figures keep a white background: the dark mode of the site shows them on paper, and print shows the same.
"""

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

from grulab.arguments import check_flag, check_one_of, check_size, check_text
from grulab.arrays import check_numbers
from grulab.palette import DASH, LIGHT
from grulab.plots.given import MOST_ROWS, check_ax, check_inches

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

# a signed value goes from orange over paper to blue
SIGNED = LinearSegmentedColormap.from_list("signed", [LIGHT["r"], "white", LIGHT["z"]])


def figure(width=7.0, height=3.0, rows=1, columns=1, sharex=False, sharey=False):
    """Return ``(figure, axes)`` in the style of the course: ``rows`` by ``columns``, sizes in inches."""
    check_inches("width", width)
    check_inches("height", height)
    rows, columns = check_size("rows", rows, 1, MOST_ROWS), check_size("columns", columns, 1, MOST_ROWS)
    shared = {"sharex": check_flag("sharex", sharex), "sharey": check_flag("sharey", sharey)}
    # a notebook's backend turns interactive mode on when it loads: let it load before the context,
    # whose end would turn it off again, and all later figures with it
    plt.switch_backend(plt.get_backend())
    with plt.rc_context(STYLE):
        made = plt.subplots(rows, columns, figsize=(width, height), **shared)
        # the first figure loads the notebook's backend, which turns this on; leaving the block would undo it,
        # and no later figure would be shown
        interactive = plt.isinteractive()
    plt.rcParams["interactive"] = interactive
    return made


def quantity(ax, name, values, label=None, **style):
    """Draw one of ``x, h, z, r, candidate`` over the time steps, in its colour and dash.

    ``style`` goes to Matplotlib's ``Axes.plot``, which says what it cannot take.
    """
    check_ax(ax)
    check_one_of("name", name, LIGHT)
    values = check_numbers("values", values, ("time_steps",))
    if label is not None:
        check_text("label", label)
    own = {"color": LIGHT[name], "label": label or name}
    if DASH[name]:
        own["dashes"] = DASH[name]
    ax.plot(values, **(own | style))
    return ax


def draw_level(ax, value, name, side="right", va="bottom"):
    """Draw a thin line across at ``value`` to compare with, its name at one ``side``, above it or below."""
    ax.axhline(value, color=LIGHT["x"], linewidth=0.8)
    place = (1 if side == "right" else 0, value)
    ax.annotate(name, place, xycoords=("axes fraction", "data"), ha=side, va=va, fontsize=8)
    return ax


def write_above(ax, x, name, fontsize=8):
    """Write a name above the frame, in the middle over ``x``; a ``fontsize`` of None is that of the text."""
    place = {"xycoords": ("data", "axes fraction"), "ha": "center", "va": "bottom"}
    ax.annotate(name, (x, 1), fontsize=fontsize, **place)
    return ax
