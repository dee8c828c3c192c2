"""Read the numbers of an answer, compare them, name the mistake that gives them, show them."""

import re

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, named


def as_read(value):
    """Return a value as NumPy reads it, an array of shape (0,) when it cannot."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.empty(0)


def accepted(answer, case, *arguments):
    """Return what an answer makes of good input; when it stops with an error, say for which input."""
    try:
        return answer(*arguments)
    except Wrong as wrong:
        where = f" That is for {case}." if f"{answer.name} stops with " in str(wrong) else ""
        raise Wrong(f"{wrong}{where}") from None


def numbers(value, what):
    """Return real numbers of any shape as an array of floats; raise ``Wrong`` for anything else."""
    array = expect_array(value, as_read(value).shape, what)
    expect(array.dtype.kind in "iuf", f"{what} must hold numbers, but the array is of {array.dtype}.")
    return array.astype(float)


def near(found, expected, tolerance=1e-5):
    """Return whether shapes agree, and numbers as closely as float32 can make them."""
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if found.shape != expected.shape:
        return False
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(found - expected) <= tolerance * (1 + np.abs(expected))))


def expect_values(found, right, case, mistakes, otherwise, tolerance=1e-5):
    """Expect the right values; else say the sentence of the first mistake that gives what was found."""
    expect(
        not is_rounded(found, right),
        f"{case} That is nearly right. Is something rounded? Numbers must come back as they are.",
    )
    if near(found, right, tolerance):
        return
    for mistake, sentence in mistakes:
        expect(not near(found, mistake, tolerance), f"{case} {sentence}")
    raise Wrong(f"{case} {otherwise}")


def is_rounded(found, right):
    """Return whether numbers are the right ones, rounded to one to four places."""
    return not near(found, right, 1e-6) and any(
        near(found, np.round(right, places), 1e-9) for places in (1, 2, 3, 4)
    )


def expect_refused(reply, sentence):
    """Expect a ``ValueError`` with some words; ``sentence`` says why there must be one."""
    sentence = f"{sentence}: raise a ValueError with a sentence."
    if reply.error is None:
        raise Wrong(f"{sentence} Yours returns {named(reply.value)}.")
    kind, words, _ = reply.error
    expect(kind == "ValueError", f"{sentence} Yours stops with {kind}: {words[:150]}")
    expect(re.search(r"[^\W\d_]{2}", words) is not None, f"{sentence} Yours has no words in it.")


def shown(values, most=6):
    """Return up to ``most`` numbers for a sentence."""
    values = np.asarray(values, dtype=float)
    if values.shape == ():
        return f"{values:.4g}"
    row = ", ".join(f"{one:.4g}" for one in values.flat[:most])
    return f"[{row}{', …' if values.size > most else ''}]"
