"""What padding and truncation do to a text: which words are left, and what a padded step does."""

import numpy as np

from grulab.arguments import check_size, check_text
from grulab.arrays import check_mask, check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_each, check_series, check_shares, check_words
from grulab.plots.paper import SIGNED


def kept_words(ax, words, cuts):
    """Draw which words of a text are left after truncation, a row a cut and a column a word.

    ``words`` lists the words of the text. ``cuts`` is a dictionary from a label to the number of words that
    are left: above 0 the last ones, as truncation at the front leaves them; below 0 the first ones.
    """
    check_ax(ax)
    words = check_words("words", words)
    cuts = check_each("cuts", cuts, check_size, -len(words), len(words))
    total = len(words)
    for row, (label, left) in enumerate(cuts.items()):
        kept = range(total - left, total) if left > 0 else range(-left)
        for column, word in enumerate(words):
            is_kept = column in kept
            look = (
                {"color": "black", "weight": "bold"} if is_kept else {"color": LIGHT["x"], "style": "italic"}
            )
            ground = {"facecolor": LIGHT["h"] if is_kept else "white", "alpha": 0.22 if is_kept else 1}
            ax.bar(column, 0.86, width=0.96, bottom=row - 0.43, linewidth=0, **ground)
            ax.text(column, row, word if is_kept else f"({word})", ha="center", va="center", size=7.5, **look)
        ax.text(-0.7, row, label, ha="right", va="center", size=9)
    ax.set_xlim(-0.5, total - 0.5)
    ax.set_ylim(len(cuts) - 0.5, -0.5)
    ax.axis("off")
    return ax


def padded_states(ax, states, words, is_word, title):
    """Draw the state over the steps of one padded text, a line a unit and a column a step.

    ``states`` is (time_steps, units), ``words`` (time_steps,) names the steps, ``is_word`` (time_steps,) is
    False at padding: a grey bar stands above these steps.
    """
    check_ax(ax)
    states = check_numbers("states", states, ("time_steps", "units"))
    words = check_words("words", words, len(states))
    is_word = check_mask("is_word", is_word, (len(states),))
    check_text("title", title)
    drawn = ax.imshow(states.T, aspect="auto", interpolation="nearest", cmap=SIGNED, vmin=-1, vmax=1)
    for step in np.flatnonzero(~np.asarray(is_word)):
        ax.axvspan(step - 0.5, step + 0.5, ymin=1.01, ymax=1.05, color=LIGHT["x"], clip_on=False)
    ax.set_xticks(range(len(words)), words, rotation=90, fontsize=8)
    ax.set(yticks=[], ylabel="unit")
    ax.set_title(title, pad=13)
    return drawn


def answers_over_padding(ax, pads, answers):
    """Draw the answer against the number of padded steps: ``answers`` maps a label to values (len(pads),).

    Labels that end in "with a mask" get a solid line with squares, all others a dashed one with circles;
    those that begin with "blame" get open marks.
    """
    check_ax(ax)
    pads = check_series("pads", pads)
    answers = check_each("answers", answers, check_shares, pads.shape)
    for label, values in answers.items():
        is_masked = label.endswith("with a mask")
        colour, mark, dashes = (LIGHT["h"], "s", ()) if is_masked else (LIGHT["r"], "o", (4, 2))
        style = {"color": colour, "marker": mark, "markersize": 5, "linewidth": 1.2, "label": label}
        if label.startswith("blame"):
            style["markerfacecolor"] = "white"
        ax.plot(pads, values, **style, **({"dashes": dashes} if dashes else {}))
    ax.axhline(0.5, color=LIGHT["x"], linewidth=0.8)
    ax.set(xlabel="zeros behind the last word", ylabel="answer", ylim=(-0.04, 1.04), xticks=pads[::2])
    ax.set_yticks([0, 0.5, 1], ["blame 0", "0.5", "praise 1"])
    return ax
