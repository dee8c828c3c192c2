"""The sigmoid, compared with the formula."""

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong, expect
from grulab.checks.cells.asking import asked, first_named, is_near, numbers


def expect_sigmoid(answer, a):
    """Compare with the sigmoid, and expect no warning."""
    is_large = np.abs(a).max() > 80
    try:
        reply = answer.reply(a)
    except Wrong as wrong:
        expect(
            not (is_large and "finite" in str(wrong)),
            f"{wrong} It comes of {a.dtype} numbers as large as ±{np.abs(a).max():.0f}: "
            "np.exp of a large positive number is infinite.",
        )
        raise
    error = reply.error[0] if reply.error else ""
    expect(
        error != "OverflowError",
        f"sigmoid stops at numbers as large as ±{np.abs(a).max():.0f} with an OverflowError. "
        "Keep exp from large positive numbers.",
    )
    advice = "It must take an array of any shape."
    found = numbers(
        reply.value if reply.error is None else asked(answer, advice, a),
        a.shape,
        f"Numbers of shape {a.shape} go in: what comes out",
    )
    right = cell.sigmoid(a.astype("float64"))
    with np.errstate(all="ignore"):
        known = [
            ("Yours falls from 1 to 0. Look at the sign in the exponent: 1 / (1 + exp(-a)).", 1 - right),
            ("Is that tanh? sigmoid(0) is 0.5 by the formula, and a gate goes from 0 to 1.", np.tanh(a)),
            ("(1 + tanh(a)) / 2 is too steep: tanh takes half of a.", (1 + np.tanh(a)) / 2),
            ("tanh(a / 2) goes from -1 to 1. A gate goes from 0 to 1.", np.tanh(a / 2)),
            ("1 + tanh(a / 2) goes from 0 to 2. A gate goes from 0 to 1.", 1 + np.tanh(a / 2)),
            ("With |a| both signs give the same. sigmoid(-a) is 1 - sigmoid(a).", cell.sigmoid(np.abs(a))),
            ("With -|a| both signs give the same. sigmoid(-a) is 1 - sigmoid(a).", cell.sigmoid(-np.abs(a))),
            ("That is exp(a), not yet a share: the formula is a fraction.", np.exp(a.astype("float64"))),
            ("That is exp(-a), not yet a share: the formula is a fraction.", np.exp(-a.astype("float64"))),
            (
                "A step from 0 to 1 has no slope, and the sigmoid has one. Or are the decimals cut off?",
                (a > 0) * 1.0,
            ),
            (
                "A step from 0 to 1 has no slope, and the sigmoid has one. Or are the decimals cut off?",
                (a >= 0) * 1.0,
            ),
            ("That is Keras' hard_sigmoid, made of three lines.", np.clip(a / 6 + 0.5, 0, 1)),
            ("That is a hard sigmoid, made of three lines.", np.clip(0.2 * a + 0.5, 0, 1)),
        ]
        if not np.abs(a).max() > 700:
            share = np.exp(a.astype("float64"))
            known.append(("That is a softmax, where all numbers add up to 1.", share / share.sum()))
    far = np.abs(found - right) >= 1e-6
    if far.any():
        name = first_named(found, known) if not is_near(found, right) else ""
        place = tuple(np.argwhere(far)[0])
        at = "sigmoid(ln 3)" if is_by_hand(a, place) else f"The sigmoid of {a[place]:.4g}"
        is_close = abs(found[place] - right[place]) < 1e-3
        digits = ".8g" if is_close else ".4g"
        if abs(a[place]) >= 10:
            bound = " Is a limited too early?"
        elif (found == np.round(found)).all():
            bound = " All of yours are whole numbers: where are the decimals cut off?"
        else:
            bound = " Is something rounded?" if is_close else ""
        raise Wrong(
            name
            or f"{at} is {right[place]:{digits}} by the formula; yours gives {found[place]:{digits}}.{bound}"
        )
    expect(
        not reply.warnings,
        f"At numbers as large as ±{np.abs(a).max():.0f} in {a.dtype} a warning comes up: "
        f"{', '.join(dict.fromkeys(reply.warnings))[:200]}. Keep np.exp from large positive numbers"
        + ("; in float32 it overflows from 89 on." if a.dtype == "float32" else "."),
    )


def is_by_hand(a, place):
    """Return whether the number at a place is ln 3, which the page works by hand."""
    return bool(np.isclose(a[place], np.log(3)))
