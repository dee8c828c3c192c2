"""Free runs: a forecaster that keeps what it was asked, and where to look when the window goes wrong."""

import numpy as np

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.series.numbers import near, numbers, shown

DROPPED = "The first forecast was dropped: it is the one made from start itself."
LAST_WINDOW = "The last window was returned. Collect the forecasts one by one."
LAST_ONE = "The last forecast alone was returned. Collect all of them."
HEAD = "The first number returned is the end of start, not a forecast."


class Forecaster:
    """A forecaster that keeps what it was asked, and what it said: a weighted sum of its window."""

    def __init__(self, weights, constant, steps, dtype=float):
        self.weights, self.constant, self.dtype = np.asarray(weights, dtype=float), constant, dtype
        self.most = 3 * steps + 10  # so that no loop goes on for ever
        self.asked, self.said = [], []

    def __call__(self, *arguments):
        """Return the forecast (1,) for a window (1, width, 1); raise ``Wrong`` for anything else."""
        wanted = f"an array of shape (1, {len(self.weights)}, 1)"
        expect(len(arguments) == 1, f"predict takes {wanted}, but was given {len(arguments)} things.")
        expect(
            len(self.asked) < self.most, f"predict is asked more than {self.most} times. What ends the loop?"
        )
        values = self.values_of(arguments[0], wanted)
        with np.errstate(all="ignore"):
            forecast = np.sum(self.weights * values) + self.constant
        expect(np.isfinite(forecast), "The windows given to predict run away to infinity.")
        self.asked.append(values)
        self.said.append(float(forecast))
        return np.array([forecast], dtype=self.dtype)

    def values_of(self, window, wanted):
        """Return the values (width,) of a window; raise ``Wrong`` for another shape, or no numbers."""
        width = len(self.weights)
        expect(isinstance(window, np.ndarray), f"predict takes {wanted}, but was given {named(window)}.")
        expect(
            window.dtype.kind in "iuf", f"predict takes numbers, but was given a window of {window.dtype}."
        )
        if self.asked and window.ndim == 3 and window.shape[::2] == (1, 1):
            expect(
                window.shape[1] <= width,
                f"The window grows: predict takes {wanted}, but was given {window.shape}. "
                "When the forecast enters, the oldest value leaves.",
            )
            expect(
                window.shape[1] == width,
                f"The window shrinks: predict takes {wanted}, but was given {window.shape}. "
                "When the oldest value leaves, the forecast enters.",
            )
        expect(
            window.shape == (1, width, 1),
            f"predict takes {wanted}: one window, one feature. It was given {window.shape}.",
        )
        values = window[0, :, 0].astype(float)
        expect(np.isfinite(values).all(), "predict was given a window with a number that is not finite.")
        return values


def expect_free_run(answer, forecaster, start, steps):
    """Expect ``steps`` forecasts, each made from a window that holds the forecasts before it."""
    found = answer(forecaster, start, steps)
    asked, said = forecaster.asked, np.array(forecaster.said)
    expect(asked, "free_run never asks predict, but every forecast comes from it.")
    if not near(asked[0], start):
        expect(
            not near(asked[0], start[::-1]),
            "The first window stands backwards: the oldest value comes first, as in start.",
        )
        raise Wrong(
            f"The first window that predict is asked about is {shown(asked[0])}. It must be start, as it is."
        )
    for before, forecast, after in zip(asked, said, asked[1:], strict=False):
        expect_moved_on(before, forecast, after, start)
    found = numbers(found, "What free_run returns")
    expect(not (len(said) > steps and near(found, said[1 : steps + 1])), DROPPED)
    expect(
        len(said) <= steps,
        f"predict is asked {len(said)} times for {steps} forecasts. Ask once for each, no more.",
    )
    expect(
        len(said) == steps,
        f"{steps} forecasts are asked for, but predict is asked for {len(said)}. Ask once for each.",
    )
    expect_forecasts(found, said, start, np.append(asked[-1][1:], said[-1]))


def expect_moved_on(before, forecast, after, start):
    """Expect that the window moved on by one forecast."""
    right = np.append(before[1:], forecast)
    if near(after, right):
        return
    expect(
        not near(after, before),
        "The window does not move on: predict is asked about the same values again. "
        "Put the forecast into the window before you ask next.",
    )
    if len(after) > 1:
        expect(
            not near(after[0], forecast),
            "The forecast entered at the old end of the window: it must come last. The oldest value leaves.",
        )
        expect(
            not near(after, np.append(before[1:-1], (forecast, forecast))),
            "The forecast stands in the window twice: move the others on first, then put it at the end.",
        )
        expect(
            not near(after, np.append(before[:-1], forecast)),
            "The forecast took the newest value's place: the oldest value leaves, and all others move on.",
        )
    if near(after[:-1], right[:-1]):
        expect(
            not (near(after[-1], np.trunc(forecast)) or near(after[-1], np.round(forecast))),
            f"The forecast {forecast:.6g} entered the window as {after[-1]:.6g}: "
            "a window of whole numbers cuts the decimals off. Begin with a copy of floats.",
        )
    if len(after) > 1:
        expect(
            not near(after, np.roll(before, -1)),
            "The oldest value went round to the end of the window, where the forecast must stand.",
        )
        expect(
            near(after[:-1], right[:-1]),
            "The window moves the wrong way, or by more than one place: "
            "the oldest value leaves, and all others keep their order.",
        )
    is_old = np.any(np.isclose(start, after[-1]))
    raise Wrong(
        f"The next window ends with {after[-1]:.6g}, not with the forecast {forecast:.6g}. "
        + (
            "A value of start was fed back."
            if is_old
            else "A forecast enters as it was made, and no true value may be fed back."
        )
    )


def expect_forecasts(found, said, start, last_window):
    """Expect the forecasts (steps,) as they were made."""
    steps = len(said)
    if near(found, said):
        return
    for mistake, sentence in (
        (start, "start itself was returned, not the forecasts."),
        (last_window, LAST_WINDOW),
        (last_window[None, :, None], LAST_WINDOW),
        (np.append(start, said), "start stands before the forecasts: return the forecasts alone."),
        *((one, LAST_ONE) for one in (said[-1], said[-1:]) if steps > 1),
        (said[1:], DROPPED),
        (said[:-1], "The last forecast was dropped: collect it before the window moves on, or right after."),
        (np.append(start[-1], said[:-1]), HEAD),
        (np.append(start[-1], said), HEAD),
        (said[::-1], "The forecasts are in the wrong order: the first one comes first."),
        (np.trunc(said), "The decimals of the forecasts are cut off: collect them as floats."),
        (np.round(said), "The forecasts are rounded: return them as predict made them."),
    ):
        expect(not near(found, mistake), sentence)
    expect(
        found.shape != (steps, 1),
        f"The shape is {found.shape}, but ({steps},) is asked for: predict returns an array (1,).",
    )
    expect(
        found.shape == (steps,),
        f"An array of shape ({steps},) is asked for, one number a step, but the shape is {found.shape}.",
    )
    raise Wrong(
        f"predict said {shown(said)}, but free_run returns {shown(found)}. Return them as they were made."
    )
