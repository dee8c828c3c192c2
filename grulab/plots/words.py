"""A review word by word: its words as ticks, the answer after each, what each word is worth."""

import numpy as np

from grulab.arguments import check_list, check_number, check_size, check_text
from grulab.arrays import check_numbers
from grulab.palette import LIGHT
from grulab.plots.given import check_ax, check_shares, check_words
from grulab.plots.paper import SIGNED


def word_ticks(ax, words):
    """Write the words of a review below the axis, one for each time step, from bottom to top."""
    check_ax(ax)
    words = check_words("words", words)
    ax.set_xticks(range(len(words)), words, rotation=90, fontsize=8)
    ax.set_xlim(-0.5, len(words) - 0.5)
    return ax


def running_answer(ax, probability, words, title):
    """Draw the model's answer after each word: ``probability`` (time_steps,), 0 for blame, 1 for praise."""
    check_ax(ax)
    words = check_words("words", words)
    probability = check_shares("probability", probability, (len(words),))
    check_text("title", title)
    steps = np.arange(len(words))
    ax.axhline(0.5, color=LIGHT["x"], linewidth=0.8)
    ax.fill_between(steps, 0.5, probability, step="mid", color=LIGHT["h"], alpha=0.2, linewidth=0)
    ax.step(steps, probability, where="mid", color=LIGHT["h"])
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["blame 0", "0.5", "praise 1"])
    ax.set_title(title)
    return word_ticks(ax, words)


def twin_answers(ax, answers, words, exchanged):
    """Draw the answers to two texts after each word in one panel: ``answers`` holds two rows (time_steps,).

    ``words`` names the steps; ``exchanged`` lists the steps at which the texts differ, marked by lines.
    """
    check_ax(ax)
    words = check_words("words", words)
    answers = check_shares("answers", answers, (2, len(words)))
    exchanged = [
        check_size("one of exchanged", step, 0, len(words) - 1)
        for step in check_list("exchanged", exchanged, "steps")
    ]
    steps = np.arange(len(words))
    for step in exchanged:
        ax.axvline(step, color=LIGHT["x"], linewidth=0.8, linestyle=":")
    ax.axhline(0.5, color=LIGHT["x"], linewidth=0.8)
    looks = (("first text", LIGHT["z"], "o", "-", 2.4), ("second text", LIGHT["r"], "s", "--", 1.2))
    for (label, colour, mark, line, width), values in zip(looks, answers, strict=True):
        ax.plot(steps, values, line, color=colour, marker=mark, markersize=4, linewidth=width, label=label)
    ax.set_ylim(-0.04, 1.04)
    ax.set_yticks([0, 0.5, 1], ["blame 0", "0.5", "praise 1"])
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return word_ticks(ax, words)


def coloured_words(ax, words, values, title, line=84, written=0.1):
    """Write a text with each word on a ground of its colour: orange for a value below 0, blue for one above.

    ``values`` (words,) are drawn on a scale from −0.5 to 0.5; where they are ``written`` or more in size, the
    number stands below the word, so that nothing is told by colour alone. ``line`` counts letters.
    """
    check_ax(ax)
    words = check_words("words", words)
    values = check_numbers("values", values, (len(words),))
    check_text("title", title)
    line, written = check_size("line", line, 1, 10_000), check_number("written", written, 0)
    spots, column, row = [], 0, 0
    for word in words:
        if column and column + len(word) > line:
            column, row = 0, row + 1
        spots.append((column, row))
        # the number below needs five letters and a space
        column += max(len(word), 5) + 1
    ax.set_xlim(0, line)
    ax.set_ylim(row + 0.75, -0.45)
    ax.axis("off")
    size = 0.97 * ax.figure.get_figwidth() * 72 / line / 0.602  # a letter of DejaVu Sans Mono is 0.602 high
    for word, value, (column, row) in zip(words, values, spots, strict=True):
        ground = SIGNED(0.5 + np.clip(value, -0.5, 0.5) * 0.8)
        box = {"facecolor": ground, "edgecolor": "none", "boxstyle": "square,pad=0.15"}
        font = {"family": "DejaVu Sans Mono", "ha": "left", "va": "center"}
        ax.text(column, row, word, size=size, bbox=box, **font)
        if abs(value) >= written:
            ax.text(column, row + 0.42, f"{value:+.2f}", size=0.75 * size, **font)
    ax.set_title(title)
    return ax
