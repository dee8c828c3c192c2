"""The weights of a layer, drawn to scale."""

import matplotlib.pyplot as plt

from grulab.arguments import check_size
from grulab.palette import LIGHT
from grulab.plots.given import check_ax


def weight_blocks(ax, features, units):
    """Draw the weights of one GRU layer to scale, with the count of numbers written in each block."""
    check_ax(ax)
    features, units = check_size("features", features, 1), check_size("units", units, 1)
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
