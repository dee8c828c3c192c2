"""Ask an answer for arrays, and compare them with what is right and with what is known to be wrong."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array

# float32 keeps seven digits; over a few steps five of them are left, and every mistake moves the second
TOLERANCE = 1e-4
PARAMETERS = {
    "sigmoid": ["a"],
    "parameter_count": ["units", "features"],
    "gru_step": ["x", "h", "kernel", "recurrent", "bias"],
    "gru_forward": ["xs", "kernel", "recurrent", "bias"],
    "flip_convention": ["kernel", "recurrent", "bias"],
    "gru_backward": ["xs", "h0", "kernel", "recurrent", "bias", "dh_last"],
}
SIZES = "Write the shape of each part beside that line. Any size may come; units is recurrent.shape[0]."


def asked(answer, advice, *arguments, **options):
    """Return what the answer returns; an error is told with the shapes that were given, and with advice."""
    try:
        reply = answer.reply(*arguments, **options)
    except Wrong as wrong:
        # an array that was never filled, or filled with None
        is_unfilled = "no finite number" in str(wrong) or "returns a ndarray" in str(wrong)
        returns = " Is each place written, and does every function that it calls return?" * is_unfilled
        raise Wrong(f"{wrong}{returns}") from None
    if reply.error is None:
        return reply.value
    kind, words, line = (text[:300] for text in reply.error)
    called = dict(zip(PARAMETERS[answer.name], arguments, strict=True)) | options
    given = [f"{key} {np.shape(one)}" if np.ndim(one) else f"{key}={one}" for key, one in called.items()]
    if "NoneType" in words:
        advice = "Something that it uses is None: is each function that it calls written, with a return?"
    elif "truth value" in words:
        is_none = "ask whether it is None" if options else "choose number by number"
        advice = f"An array is neither true nor false as a whole: {is_none}."
    elif kind == "AxisError":
        advice = "Is every function that it calls written, and does it return an array?"
    elif kind == "NameError":
        advice = "Is it spelt as it was defined, and has that cell been run?"
    elif "same shape" in words:
        advice = "Does every function that it calls return one array, and nothing else?"
    elif "unpack" in words and options.get("reset_after") is False:
        advice = (
            "With reset_after=False the bias has one row, (3·units,). Is reset_after used, and handed on?"
        )
    elif "bias" in called and ("equal division" in words or "bias" in line) and "matmul" not in words:
        bias = np.shape(called["bias"])
        advice = f"The bias is {bias} here, and the blocks of every array lie side by side, in the last axis."
    elif "mask" in line and "broadcast" in words:
        advice = "mask[:, t] holds one boolean a sample, the state a row of numbers. Which axis is missing?"
    elif kind not in ("ValueError", "IndexError"):
        advice = ""
    where = f" in the line `{line}`" if line else ""
    stops = f"{answer.name} stops at {', '.join(given)} with {kind}: {words.rstrip('. ')}{where}."
    raise Wrong(f"{stops} {advice}".strip())


def numbers(value, shape, what):
    """Return a value as a float64 array of the given shape; raise ``Wrong`` when it is none."""
    if isinstance(value, tuple) and shape_of(value) != tuple(shape):
        raise Wrong(f"{what}: a tuple of {len(value)} comes back. Return that array alone.")
    array = expect_array(value, shape, what)
    expect(array.dtype.kind != "c", f"{what} holds complex numbers. Real ones are asked for.")
    with np.errstate(all="ignore"):
        return array.astype("float64")


def expect_decimals(found, what):
    """Raise ``Wrong`` when an array that is not right holds zeros alone, or whole numbers."""
    expect(found.any(), f"{what} holds zeros only. Is it ever written, and with decimals?")
    expect(
        (found != np.round(found)).any(), f"{what} holds whole numbers only. Where are the decimals cut off?"
    )


def shape_of(value):
    """Return the shape that NumPy reads in a value, ``None`` when it reads none."""
    try:
        return np.shape(value)
    except ValueError:
        return None


def gap(found, right):
    """Return the largest distance of two arrays, relative to the largest number where that is more than 1."""
    with np.errstate(all="ignore"):
        return float(np.abs(found - right).max() / max(1.0, np.abs(right).max()))


def is_near(found, right):
    """Return whether two arrays agree but for rounding."""
    return gap(found, right) < TOLERANCE


def first_named(found, mistakes):
    """Return the sentence of the first of (sentence, array) that ``found`` agrees with, else ""."""
    with np.errstate(all="ignore"):
        return next((sentence for sentence, wrong in mistakes if is_near(found, wrong)), "")
