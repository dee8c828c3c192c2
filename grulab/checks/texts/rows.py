"""Padded rows and their mask: what is filled, what is cut, and where to look when sides are exchanged."""

import numpy as np

from grulab.checks.answer import Wrong, as_array, expect, named


def expect_empty_padded(answer, ids, maxlen, padding="pre", truncating="pre"):
    """Like ``expect_padded``, with a sentence of its own for a text without words that stops the answer."""
    reply = answer.reply(ids, maxlen, padding, truncating)
    if reply.error is not None:
        kind, said, _ = reply.error
        fuller = [row or [7] for row in ids]
        expect_padded(answer(fuller, maxlen, padding, truncating), fuller, maxlen, padding, truncating)
        raise Wrong(f"An empty text stops pad with {kind}: {said[:200]}. It becomes a row of zeros.")
    expect_padded(reply.value, ids, maxlen, padding, truncating)


def expect_sides_used(answer, ids, maxlen):
    """Raise ``Wrong`` when all four choices of sides give the same rows, as they must not."""
    sides = [(padding, truncating) for padding in ("pre", "post") for truncating in ("pre", "post")]
    first, *others = (answer(ids, maxlen, *both) for both in sides)
    expect(
        not (isinstance(first, tuple | list) and all(is_same(one, first) for one in others)),
        "All four choices of padding and truncating give the same rows. Are the two arguments used?",
    )


def is_same(one, other):
    """Return whether two answers have the same rows."""
    return isinstance(one, tuple | list) and np.array_equal(as_array(one[:1]), as_array(other[:1]))


def padded(ids, maxlen, padding, truncating):
    """Return the rows that the lists become."""
    rows = np.zeros((len(ids), maxlen), int)
    for row, one in zip(rows, ids, strict=True):
        kept = one[:maxlen] if truncating == "post" else one[max(len(one) - maxlen, 0) :]
        start = 0 if padding == "post" else maxlen - len(kept)
        row[start : start + len(kept)] = kept
    return rows


def expect_padded(found, ids, maxlen, padding="pre", truncating="pre"):
    """Raise ``Wrong`` unless ``found`` holds rows and mask of the lists."""
    shape = (len(ids), maxlen)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        f"Return two things, the rows and the mask; this is {named(found)}.",
    )
    rows, mask = found
    for part, what in ((rows, "The rows"), (mask, "The mask")):
        expect(isinstance(part, np.ndarray), f"{what} must be an array, but this is {named(part)}.")
    expect(rows.dtype != bool or mask.dtype == bool, "Return the rows first and the mask second.")
    expect(
        rows.shape[:1] == shape[:1] or [] not in ids,
        f"An empty text is a text, too: {len(ids)} lists become {len(ids)} rows, and yours are {len(rows)}."
        if rows.ndim
        else "The rows are one number.",
    )
    expect(
        rows.shape == shape,
        f"The rows must be (n, maxlen) = {shape}, but their shape is {rows.shape}. Short lists are filled "
        "up, long ones cut.",
    )
    expect(rows.dtype.kind in "iu", f"The ids are whole numbers, but the rows have the dtype {rows.dtype}.")
    expect(mask.dtype == bool, f"The mask is an array of True and False, but its dtype is {mask.dtype}.")
    expect(mask.shape == shape, f"The mask must be (n, maxlen) = {shape}, but its shape is {mask.shape}.")
    expect_rows(rows, ids, maxlen, padding, truncating)
    expect_mask(mask, padded(ids, maxlen, padding, truncating), padding)


def expect_rows(rows, ids, maxlen, padding, truncating):
    """Raise ``Wrong`` unless the array ``rows``, of the right shape, is what the lists become."""
    said = f'padding="{padding}", truncating="{truncating}", maxlen={maxlen}: '
    other = {"pre": "post", "post": "pre"}
    right = padded(ids, maxlen, padding, truncating)
    filled = padded(ids, maxlen, other[padding], truncating)
    cut = padded(ids, maxlen, padding, other[truncating])
    for one, mine, row, turned, kept in zip(ids, rows, right, filled, cut, strict=True):
        if np.array_equal(mine, row):
            continue
        expect(one, f"{said}an empty text becomes a row of zeros, not {mine.tolist()}.")
        if len(one) < maxlen:
            side = "in front of" if padding == "pre" else "behind"
            expect(
                not np.array_equal(mine, turned),
                f'{said}padding="{padding}" fills {side} the words; here the sides are exchanged.',
            )
        elif len(one) > maxlen:
            expect(
                not np.array_equal(mine, kept) or padding == truncating,
                f"{said}{one} was cut on the side that is filled. Only truncating says what is cut; padding "
                "has no say in it.",
            )
            part = "beginning" if truncating == "pre" else "end"
            expect(
                not np.array_equal(mine, kept),
                f'{said}truncating="{truncating}" loses the {part}; here the sides are exchanged.',
            )
        else:
            raise Wrong(f"{said}{one} fits exactly and stays as it is, but it became {mine.tolist()}.")
        raise Wrong(f"{said}{one} should become {row.tolist()}, not {mine.tolist()}.")


def expect_mask(mask, rows, padding):
    """Raise ``Wrong`` unless the array ``mask``, of the right shape, is that of the rows."""
    right = rows != 0
    if np.array_equal(mask, right):
        return
    said = f'padding="{padding}": '
    expect(not np.array_equal(mask, ~right), f"{said}the mask is inverted: True stands for a word.")
    expect(
        not np.array_equal(mask, rows > 1),
        f"{said}the mask hides the id 1. It stands for an unknown word, and that is a word.",
    )
    expect(
        not np.array_equal(mask, right[:, ::-1]),
        f"{said}the mask has its words on the other side of the row.",
    )
    for row, mine in zip(rows, mask, strict=True):
        expect(
            np.array_equal(mine, row != 0),
            f"{said}the mask is True where a word stands, and False at each 0: with the row {row.tolist()} "
            f"it cannot be {mine.tolist()}.",
        )
