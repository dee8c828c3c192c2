"""Tunes as a piano roll: pitch against time, a bar a note."""

from grulab.arguments import check_size
from grulab.data.tunes import SEMITONES, check_notes, note_name
from grulab.palette import LIGHT
from grulab.plots.given import check_ax


def piano_roll(ax, notes, heard=0):
    """Draw notes ``[(midi pitch, beats)]`` one after the other, the first ``heard`` in grey.

    A thin white line ends each note, so that repeated notes can be counted.
    """
    check_ax(ax)
    notes = check_notes(notes)
    heard = check_size("heard", heard, 0, len(notes))
    if not notes:
        raise ValueError("notes must hold at least one note, but is empty.")
    at, pitches = 0.0, [pitch for pitch, _ in notes]
    for number, (pitch, beats) in enumerate(notes):
        colour, label = (LIGHT["x"], "given") if number < heard else (LIGHT["z"], "continued")
        first = number in (0, heard)
        ax.barh(
            pitch, beats, left=at, height=0.8, color=colour, edgecolor="white", linewidth=1.2,
            hatch="" if number < heard else "////", label=label if first else None,
        )  # fmt: skip
        at += beats
    # the white keys have letters of their own
    keys = [key for key in range(min(pitches) - 1, max(pitches) + 2) if key % 12 in SEMITONES.values()]
    ax.set_yticks(keys, [note_name(key) for key in keys], fontsize=7)
    ax.grid(axis="y", linewidth=0.3)
    ax.set_axisbelow(True)
    ax.set(xlim=(0, at), xlabel="beats", ylabel="pitch")
    return ax
