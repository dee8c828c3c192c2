"""From sounds to letters without an alignment: a model for CTC, what its answers mean, how wrong they are.

CTC is from Graves et al., "Connectionist Temporal Classification", Proceedings of the 23rd International
Conference on Machine Learning (2006), 369-376. Letters are numbers from 1; 0 is the blank.
"""

import itertools

import numpy as np

from grulab.arguments import check_flag, check_list, check_size, named
from grulab.arrays import check_floats, check_ids, check_row


def transcriber(time_steps, bands, letters, units=32, both_ways=True):
    """Return a compiled model that writes letters down while it listens, to be trained with CTC.

    Input: (batch, time_steps, bands). Output: logits (batch, time_steps, letters + 1), place 0 for the blank.
    It learns from strings (batch, longest) of numbers from 1 to ``letters``, with zeros after the last.
    ``both_ways`` reads the sound from its end as well. Adam starts at a rate of 0.01.
    """
    from grulab.quiet import keras

    letters, units = check_size("letters", letters, 1), check_size("units", units, 1)
    time_steps, bands = check_size("time_steps", time_steps, 1), check_size("bands", bands, 1)
    both_ways = check_flag("both_ways", both_ways)
    reader = keras.layers.GRU(units, return_sequences=True, name="gru")
    model = keras.Sequential(
        [
            keras.Input((time_steps, bands)),
            # what a frame means may be told by what comes before it, and by what comes after it
            keras.layers.Bidirectional(reader, name="both_ways") if both_ways else reader,
            # a score for the blank and for each letter, in each frame: CTC turns them into probabilities
            keras.layers.Dense(letters + 1, name="answer"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=keras.losses.CTC(),
        jit_compile=True,
        steps_per_execution=8,
    )
    return model


def collapse(path):
    """Return the letters that a path (time_steps,) stands for, as a list: merge neighbours, drop blanks."""
    return [number for number, _ in itertools.groupby(check_row("path", path).tolist()) if number]


def alignments(letters, time_steps, kinds):
    """Return all paths (count, time_steps) that collapse to ``letters``, found by trying every path.

    ``kinds`` is how many letters there are. More than a million paths to try are a ``ValueError``.
    """
    time_steps, kinds = check_size("time_steps", time_steps, 1), check_size("kinds", kinds, 1)
    letters = [check_size(f"letters[{i}]", one, 1, kinds) for i, one in enumerate(as_letters(letters))]
    # two kinds and the blank make a million paths in 13 frames: so the power below stays short
    count = (kinds + 1) ** min(time_steps, 20)
    if count > 1_000_000:
        raise ValueError(
            f"{kinds} letters and the blank have {count:,} paths over {time_steps} frames"
            f"{' or more' if time_steps > 20 else ''}: "
            "too many to try one by one."
        )
    paths = itertools.product(range(kinds + 1), repeat=time_steps)
    found = [path for path in paths if collapse(path) == letters]
    return np.array(found, dtype=int).reshape(-1, time_steps)


def path_sum(probabilities, letters):
    """Return the probability of ``letters``: the sum over all paths that collapse to them.

    ``probabilities`` is (time_steps, kinds + 1), the blank first. CTC's loss is minus the logarithm of this
    sum. It is for a handful of frames: every path is tried.
    """
    probabilities = check_floats("probabilities", probabilities, ("time_steps", "kinds + 1"))
    time_steps, width = probabilities.shape
    if width < 2:
        raise ValueError("probabilities must have a column for the blank and for each letter, but have one.")
    if probabilities.min() < 0 or probabilities.max() > 1:
        raise ValueError(
            "probabilities must lie from 0 to 1, but reach from "
            f"{probabilities.min()} to {probabilities.max()}."
        )
    paths = alignments(letters, time_steps, width - 1)  # (count, time_steps)
    return probabilities[np.arange(time_steps), paths].prod(axis=1).sum()


def edit_distance(found, wanted):
    """Return how many letters must be put in, taken out or exchanged to turn one list into the other."""
    found, wanted = as_letters(found, "found"), as_letters(wanted, "wanted")
    costs = list(range(len(wanted) + 1))  # from nothing to the beginnings of wanted
    for done, letter in enumerate(found, start=1):
        corner, costs[0] = costs[0], done
        for place, other in enumerate(wanted, start=1):
            exchange = corner + (letter != other)
            corner, costs[place] = costs[place], min(exchange, costs[place] + 1, costs[place - 1] + 1)
    return costs[-1]


def as_letters(letters, name="letters"):
    """Return a row of letters, a string or an array as a list; raise an error for anything else."""
    if isinstance(letters, str):
        return list(letters)
    if isinstance(letters, np.ndarray) and letters.ndim == 1 and letters.dtype.kind in "iuU":
        return letters.tolist()
    letters = check_list(name, letters, "letters")
    for i, one in enumerate(letters):
        if not isinstance(one, (int, np.integer, str)) or isinstance(one, bool):
            raise TypeError(f"{name}[{i}] must be a letter or its number, but is {named(one)}.")
    return letters


def transcript_errors(found, wanted):
    """Return ``(edits, right)``: edits for each wanted letter, and the share of strings without an edit.

    ``found`` is a list of lists of letters, ``wanted`` (n, longest) with zeros after the last letter.
    """
    found = check_list("found", found, "transcripts")
    wanted = check_ids("wanted", wanted, ("n", "longest"), np.inf)
    if len(found) != len(wanted):
        raise ValueError(f"There are {len(found)} transcripts for {len(wanted)} strings.")
    if not wanted.any():
        raise ValueError("wanted must hold at least one letter, but holds nothing but zeros.")
    strings = [[int(number) for number in row if number] for row in wanted]
    edits = np.array([edit_distance(*pair) for pair in zip(found, strings, strict=True)])
    return edits.sum() / sum(map(len, strings)), (edits == 0).mean()
