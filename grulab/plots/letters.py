"""A text letter by letter: how surprised a model was at each."""

from grulab.arguments import check_text
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_series


def letter_bars(ax, letters, bits):
    """Draw the surprise of each letter of a text as a bar; one behind a space has another colour and hatch.

    ``letters`` is a string, ``bits`` its surprise, (len(letters),) or one less: the first letter may
    have none.
    """
    check_ax(ax)
    bits = check_series("bits", bits)
    if len(check_text("letters", letters)) - len(bits) not in (0, 1):
        raise ValueError(
            f"bits must be as many numbers as letters, {len(letters)}, or one less, but are {len(bits)}."
        )
    first = len(letters) - len(bits)
    for place, value in enumerate(bits, start=first):
        begins = place > 0 and letters[place - 1] == " "
        style = {"color": LIGHT["r"], "hatch": "//"} if begins else {"color": LIGHT["z"]}
        ax.bar(place, value, width=0.8, edgecolor="white", linewidth=0.5, **style)
    ax.set_xticks(range(len(letters)), [letter if letter != " " else "␣" for letter in letters], fontsize=8)
    ax.tick_params(axis="x", length=0)
    ax.set(xlim=(-0.8, len(letters) - 0.2), ylabel="surprise, in bits")
    return ax
