"""A walk through sequences, compared with ``grulab.cell.run``."""

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong, expect
from grulab.checks.cells import wrong_steps, wrong_walks
from grulab.checks.cells.asking import SIZES, asked, expect_decimals, first_named, is_near, numbers, shape_of
from grulab.checks.cells.wrong_walks import carry


def expect_walk(answer, xs, weights, h0=None, mask=None, reset_after=None):
    """Compare all states with ``cell.run``; options that are None are left out."""
    given = {"h0": h0, "mask": mask, "reset_after": reset_after}
    options = {key: one for key, one in given.items() if one is not None}
    reset_after = reset_after is not False
    batch, time_steps, _ = xs.shape
    units = weights[1].shape[0]
    value = asked(
        answer,
        f"Axis 1 of xs is time. {SIZES}" + ("" if reset_after else " Is reset_after handed on?"),
        *(xs, *weights),
        **options,
    )
    shape, right_shape = shape_of(value), (batch, time_steps, units)
    if shape != right_shape:
        for other, sentence in (
            ((batch, units), "Only one state a sequence comes back. Keep the state of every step."),
            (
                (time_steps, batch, units),
                "Time comes first in your result. It is axis 1, after the samples.",
            ),
            ((batch, units, time_steps), "Time comes last in your result. It is axis 1, and units are last."),
            (
                (batch, time_steps + 1, units),
                "One state too many comes back. The one before the first step stays out.",
            ),
            (
                (batch, time_steps - 1, units),
                "One state too few comes back: the first and the last step have one, too.",
            ),
            ((batch, 1, units), "Only one step comes back. Keep the state of every step."),
            (
                (batch * time_steps, units),
                "Samples and steps share one axis. Make it two: samples, then time.",
            ),
            (
                (batch, batch, units),
                "The loop takes as many steps as there are samples. Axis 1 of xs says how many there are.",
            ),
            ((time_steps, units), "One sequence comes back: is the state of each sample kept?"),
        ):
            expect(shape != other, sentence)
    case = f"{batch} sequences, {time_steps} steps, {units} units: the array of states"
    states = numbers(value, right_shape, case)
    full = cell.Weights(*weights, reset_after)
    right = cell.run(full, xs, h0, mask).h
    if is_near(states, right):
        return
    expect_decimals(states, "The array of states")
    start = np.zeros((batch, units), xs.dtype) if h0 is None else h0
    seen = np.ones((batch, time_steps), bool) if mask is None else mask
    known = {**wrong_walks.WALKS, **(wrong_walks.MASKED if mask is not None else {})}

    def advance(x, h):
        return wrong_steps.step(x, h, *weights, reset_after)

    walks = ((sentence, walk(advance, xs, start, seen)) for sentence, walk in known.items())
    if sentence := first_named(states, walks):
        raise Wrong(sentence)
    # the walk may be right, and its step wrong
    steps = (
        (
            sentence,
            carry(wrong_step(weights, reset_after, change), xs, start, seen),
        )
        for sentence, change in wrong_steps.mistakes(reset_after)
    )
    with_options = " and ".join("reset_after=False" if key == "reset_after" else key for key in options)
    place = f"With {with_options}" if options else "Without h0 and mask"
    if sentence := first_named(states, steps):
        raise Wrong(f"{place} the step itself is not right: {sentence}")
    t = next(t for t in range(time_steps) if not is_near(states[:, t], right[:, t]))
    what = "Is each step's old state the state of the one before?"
    if t == 0 and mask is None:
        what = "Look at the step itself, and at the state that the walk begins with" + (
            ": zeros, without h0." if h0 is None else "."
        )
    elif mask is not None:
        row = np.argmax(np.abs(states[:, t] - right[:, t]).max(axis=1))
        is_real = "counts" if mask[row, t] else "is masked: the old state stays"
        what = f"For sample {row} this step {is_real}."
    raise Wrong(
        f"{place} your states are up to {np.abs(states - right).max():.3g} away, from step {t} on. {what}"
    )


def wrong_step(weights, reset_after, change):
    """Return a step (x, h) → state with a mistake."""
    return lambda x, h: wrong_steps.step(x, h, *weights, reset_after, **change)
