"""Prepared rows: what is kept, where zeros go, which ids change."""

import numpy as np

from grulab.checks.answer import expect, expect_array, named


def rows_of(value, count, maxlen):
    """Return prepared rows, an int32 array (count, maxlen), or raise ``Wrong``."""
    expect(isinstance(value, np.ndarray), f"Return one array of rows, but it is {named(value)}.")
    rows = expect_array(
        value, (count, maxlen), f"The array of the rows of {count} reviews, with maxlen={maxlen},"
    )
    expect(rows.dtype == np.int32, f"The ids must be int32, but they are {rows.dtype}.")
    return rows


def expect_prepared(answer):
    """Raise ``Wrong`` unless a short review and a long one become the rows that the exercise asks for."""
    short, long = np.array([1, 14, 22], np.int32), np.array([1, 14, 22, 16, 49, 50, 7], np.int32)
    rows = rows_of(answer([short, long], maxlen=5, num_words=50), 2, 5)
    first, second = rows.tolist()
    added = set((rows[0, :3] - short).tolist())
    expect(
        len(added) > 1 or added == {0},
        f"{min(added):+d} was added to each id. The ids carry the offset of the special ids already: add "
        "and subtract nothing.",
    )
    expect(
        first != [0, 0, 1, 14, 22],
        "The zeros stand in front. They belong behind the review: look at the side of the padding.",
    )
    expect(
        first == [1, 14, 22, 0, 0],
        f"[1, 14, 22] with maxlen=5 must become [1, 14, 22, 0, 0]; it became {first}.",
    )
    expect(
        second[:4] != [1, 14, 22, 16],
        "Of a long review the first words are kept. Its end was cut off: keep the last words, and look at "
        "the side of the cut.",
    )
    expect(
        second not in ([14, 22, 16, 49, 7], [22, 16, 49, 7, 0]),
        "An id out of range was left out, so the review became shorter. It must stay in its place, as 2.",
    )
    expect(second[2] != 2, "With num_words=50 id 49 is the last one that the network knows, but it became 2.")
    expect(
        second[3] != 50,
        "With num_words=50 id 50 is out of range: the network knows 0 to 49 only. Does the comparison use "
        "num_words, and what does it say of num_words itself?",
    )
    expect(
        second[3] == 2 or second[:3] != [22, 16, 49],
        f"An id out of range became {second[3]}. It must become 2, the unknown word: 0 is padding, and "
        "every id from 4 on is another word.",
    )
    expect(
        second == [22, 16, 49, 2, 7],
        f"{long.tolist()} with maxlen=5 and num_words=50 became {second}. Keep the last five, and change "
        "only what is out of range.",
    )
