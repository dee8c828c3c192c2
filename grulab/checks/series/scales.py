"""A scale: fitting it, using it, turning it round, and where to look when that goes wrong."""

import numpy as np

from grulab.checks.answer import expect, named
from grulab.checks.series.numbers import accepted, as_read, expect_refused, expect_values, numbers, shown

CUT = "The decimals are cut off: fractions must come out, even where whole numbers go in."


def expect_range(answer, train):
    """Expect ``(low, high)`` of a training part."""
    found = accepted(answer, f"the training part {shown(train)}, which has a range", train)
    expect(
        isinstance(found, tuple | list | np.ndarray) and np.shape(as_read(found)) == (2,),
        f"scale_fit must return two numbers, low and high, but it returns {named(found)}.",
    )
    found = numbers(found, "(low, high)")
    low, high = np.min(train), np.max(train)
    expect_values(
        found,
        (low, high),
        f"For {shown(train)} scale_fit returns {shown(found)}.",
        (
            ((high, low), "low and high are exchanged."),
            ((low, high - low), "The second number is the range, but high itself is asked for."),
            (
                (train[0], train[-1]),
                "Those are the first and the last value, not the smallest and the largest.",
            ),
            (
                (min(low, 0), max(high, 0)),
                "Where does the 0 come from? Both must be values of the training part.",
            ),
            ((np.trunc(low), np.trunc(high)), "The decimals are cut off."),
            (
                (np.argmin(train), np.argmax(train)),
                "Those are places in the series. The values that stand there are asked for.",
            ),
            (
                (np.mean(train), np.std(train)),
                "Those are mean and deviation, not the smallest and the largest.",
            ),
            (
                (np.min(np.abs(train)), np.max(np.abs(train))),
                "Those are sizes without their signs: a negative value is smaller than a positive one.",
            ),
        ),
        "Which of its values is the smallest, and which the largest?",
    )


def expect_flat_refused(reply, value):
    """Expect the refusal of a training part that holds one value only."""
    expect_refused(
        reply,
        f"A training part whose values are all {value:g} has no range, and scaling would divide by zero",
    )


def expect_scaled(answer, v, low, high):
    """Expect ``v`` on the scale where ``low`` is 0 and ``high`` is 1."""
    found = same_shape(answer, v, low, high)
    right = (v - low) / (high - low)
    expect_values(
        found,
        right,
        f"With low {low:g} and high {high:g}, {shown(v)} becomes {shown(found)}.",
        (
            (np.trunc(right), CUT),
            (np.floor(right), CUT),
            *(
                (np.clip(right, *ends), "Values beyond low and high must leave 0 to 1, not be cut off.")
                for ends in ((0, 1), (0, None), (None, 1))
            ),
            (np.abs(right), "Values below low must come out below 0: where does the sign get lost?"),
            (
                (v - np.min(v)) / (np.ptp(v) or 1),
                "The values were fitted anew, from 0 to 1. Use the low and high that are given.",
            ),
            (v - low, "low lands on 0, but high does not land on 1: the stretch is missing."),
            ((v - low) * (high - low), "low lands on 0, but high does not land on 1: stretch or shrink?"),
            (
                (v - low) / high,
                "low lands on 0, but high does not land on 1. How far is it from low to high?",
            ),
            (v / (high - low), "low itself must land on 0: what has to happen before the stretch?"),
            (v / high, "low itself must land on 0: what has to happen before the stretch?"),
            (v - low / (high - low), "Brackets: a division comes before a subtraction."),
            (v - low / high - low, "Brackets: a division comes before a subtraction."),
            ((v - low) / high - low, "Brackets: a division comes before a subtraction."),
            ((high - v) / (high - low), "The scale stands on its head: low must land on 0, and high on 1."),
            ((low - v) / (high - low), "The scale stands on its head: high must land on 1."),
            (2 * right - 1, "That is a scale from −1 to 1: low must land on 0."),
            (v * (high - low) + low, "That is the way back, unscale."),
            (
                (v - np.mean(v)) / (np.std(v) or 1),
                "Mean and deviation of the values are no part of it. Use the low and high that are given.",
            ),
        ),
        "What do low and high themselves become?",
    )


def expect_unscaled(answer, v, low, high):
    """Expect ``v`` in its old units: 0 is ``low`` and 1 is ``high``."""
    found = same_shape(answer, v, low, high)
    right = v * (high - low) + low
    expect_values(
        found,
        right,
        f"With low {low:g} and high {high:g}, {shown(v)} becomes {shown(found)}.",
        (
            (np.trunc(right), CUT),
            *(
                (
                    np.clip(right, *ends),
                    "Forecasts beyond low and high must come out as they are, not be cut off.",
                )
                for ends in ((low, high), (low, None), (None, high))
            ),
            (v * (high - low), "0 must become low again: the move is missing."),
            (v + low, "1 must become high again: the stretch is missing."),
            (v * high + low, "1 must become high, but becomes high + low. How far is it from low to high?"),
            (v * high, "0 must become low again: the move is missing."),
            ((v + low) * (high - low), "Undo the stretch first, and the move last."),
            (v / (high - low) + low, "scale divides by the range. What turns a division round?"),
            (v * (high - low) - low, "scale takes low away. What turns that round?"),
            ((v - low) / (high - low), "That is scale once more, not the way back."),
            (high - v * (high - low), "The scale stands on its head: 0 must become low, and 1 high."),
            (v * (low - high) + low, "The scale stands on its head: 1 must become high."),
            (
                v * (np.ptp(v) or 1) + np.min(v),
                "The values' own range is no part of it. Use the low and high that are given.",
            ),
            (
                (v - np.min(v)) / (np.ptp(v) or 1) * (high - low) + low,
                "The values were fitted anew first. What is given is scaled already.",
            ),
            ((v + 1) / 2 * (high - low) + low, "That is the way back from a scale of −1 to 1."),
        ),
        "What do 0 and 1 themselves become?",
    )


def same_shape(answer, v, low, high):
    """Return what ``scale`` or ``unscale`` gives as floats; expect the shape of what went in."""
    case = f"an array of shape {np.shape(v)}" if np.ndim(v) else f"one number, {v:g}"
    found = numbers(accepted(answer, case, v, low, high), f"What {answer.name} returns")
    expect(
        found.shape == np.shape(v),
        f"{answer.name} must keep the shape: {np.shape(v)} went in, but {found.shape} came out.",
    )
    return found
