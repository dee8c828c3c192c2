"""Follow a trained model through one review: its answer after each word, and its answer without each word.

These say what a model does, not why.
Nothing here imports TensorFlow: it calls the ``predict`` that it is given.
"""

import numpy as np

from grulab.arguments import check_function, check_mapping
from grulab.arrays import as_array, check_numbers, check_row
from grulab.data.text import PADDING, START, words_by_id


def answers_so_far(predict, ids):
    """Return the model's answer to the review as it stands after each of its ids: (words,).

    ``predict`` maps rows of ids (batch, words), filled with 0 at the end, to probabilities, (batch,) or
    (batch, 1). ``ids`` (words,) is one review without padding. The model is asked once for each prefix, so
    this works for any model, and the last value is its answer to the whole review. Raise a TypeError or a
    ValueError for anything but one row of ids.
    """
    ids = check_row("ids", ids)
    check_function("predict", predict, "maps rows of ids to probabilities")
    prefixes = np.where(np.tri(len(ids), dtype=bool), ids, PADDING)  # (words, words)
    return _answers(predict, prefixes)


def answers_without(predict, ids):
    """Return the model's answer to the review with one of its ids left out, for each of them: (words,).

    ``predict`` and ``ids`` are as in `answers_so_far`.
    """
    ids = check_row("ids", ids)
    check_function("predict", predict, "maps rows of ids to probabilities")
    kept = ~np.eye(len(ids), dtype=bool)
    rows = np.full((len(ids), len(ids)), PADDING, dtype=ids.dtype)
    rows[:, :-1] = np.broadcast_to(ids, kept.shape)[kept].reshape(len(ids), len(ids) - 1)
    return _answers(predict, rows)


def words_of(ids, word_index):
    """Return the words of one review, one for each id but padding; "·" for start, "[?]" for unknown."""
    check_mapping("word_index", word_index, "from words to ids")
    ids = as_array("ids", ids, "a row of whole numbers")
    ids = check_row("ids", ids) if ids.size or ids.ndim != 1 else ids.astype(int)
    word_of = words_by_id(ids, word_index) | {START: "·"}
    return [word_of.get(i, "[?]") for i in ids.tolist() if i != PADDING]


def _answers(predict, rows):
    """Return what ``predict`` says to each row, (rows,); raise an error for anything else it returns."""
    answers = check_numbers("what predict returned", predict(rows), is_finite=False)
    if answers.shape not in ((len(rows),), (len(rows), 1)):
        raise ValueError(
            f"predict must return ({len(rows)},) or ({len(rows)}, 1), but returned {answers.shape}."
        )
    return answers.reshape(-1)
