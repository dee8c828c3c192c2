"""Windows and their targets: what is expected, and where to look for what is not."""

import re

import numpy as np

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.series.numbers import accepted, expect_refused, near, numbers


def expect_windows(answer, series, width, *horizon):
    """Expect ``(x, y)``, all windows of a series with their targets. The values of the series must differ."""
    given, n, horizon = (series, width, *horizon), len(series), horizon[0] if horizon else 1
    count = n - width - horizon + 1
    case = f"{n} values, width {width} and horizon {horizon}"
    both = accepted(answer, case, *given)
    expect(
        isinstance(both, tuple | list) and len(both) == 2,
        f"windows must return two arrays, x and y, but it returns {named(both)}.",
    )
    x, y = numbers(both[0], "x"), numbers(both[1], "y")
    expect(
        not (x.ndim == 1 and y.ndim > 1),
        "x and y are exchanged: the windows come first, then the targets.",
    )
    expect(
        x.ndim != 2,
        f"x is {x.shape}: the last axis, for the one feature, is missing. x must be (count, {width}, 1).",
    )
    if x.ndim == 3 and x.shape[2] == 1 and x.shape[1] not in (width, count):
        expect(
            x.shape[1] != width + horizon,
            f"For {case} each window holds {x.shape[1]} values: the target must not be one of them.",
        )
        raise Wrong(f"For {case} each window holds {x.shape[1]} values. How many does the width ask for?")
    expect(
        x.ndim == 3 and x.shape[1:] == (width, 1),
        f"For {case}, x must be (count, {width}, 1), but it is {x.shape}. Which axis is which?",
    )
    expect(y.ndim == 1, f"y is {y.shape}, but it must hold one number a window: (count,).")
    expect(
        len(x) == len(y),
        f"For {case} there are {len(x)} windows and {len(y)} targets: each window has one target, "
        "and a window without a target is left out.",
    )
    expect_count(len(x), f"{case} give {count} windows, not {len(x)}.", n, width, horizon)
    expect_order(x[:, :, 0], series, width, count)
    expect_targets(y, series, width, horizon, f"For {case}")


def expect_count(found, case, n, width, horizon):
    """Expect the right number of windows, and say what another number may come from."""
    count = n - width - horizon + 1
    if found == count:
        return
    expect(
        found != count - 1,
        f"One window too few: {case} Where in the series does your last target stand?",
    )
    expect(
        found <= count,
        f"Too many windows: {case} "
        + ("Does the horizon count as well?" if horizon > 1 else "Has the last one a target behind it?"),
    )
    expect(
        found not in (-(-count // width), n // width, (n - horizon) // width),
        f"Too few windows: {case} Windows overlap: each begins one step after the one before.",
    )
    raise Wrong(f"Too few windows: {case} Which is the last one that has a target?")


def expect_order(x, series, width, count):
    """Expect the windows (count, width) of a series in order."""
    places = np.arange(count)[:, None] + np.arange(width)
    right = series[places]
    if near(x, right):
        return
    for mistake, sentence in (
        (right[:, ::-1], "Each window stands backwards: its oldest value comes first."),
        (right[::-1], "The windows are in the wrong order: the one that begins at place 0 comes first."),
        (np.trunc(right), "The decimals of the windows are cut off: x must take fractions, too."),
        (places, "x holds places in the series. It must hold the values that stand there."),
        (
            right.T.reshape(right.shape),
            "The values stand in wrong windows: reshape keeps the order in memory, it exchanges no axes.",
        ),
    ):
        expect(not near(x, mistake), sentence)
    expect(
        all(np.isclose(series, one, atol=1e-4).any() for one in np.unique(x)),
        "x holds values that the series does not have: each must be as it is there.",
    )
    expect(
        near(x[:, 0], right[:, 0]),
        "Window i must begin with the value at place i: look at where yours begin.",
    )
    raise Wrong("A window must hold neighbouring values in order, the oldest first.")


def expect_targets(y, series, width, horizon, case):
    """Expect the targets (count,), and say how far a wrong one stands from its window."""
    count, end = len(y), width - 1  # end: the place of the first window's last value
    right = series[end + horizon :]
    if near(y, right):
        return
    for ahead in range(-end, horizon):
        if near(y, series[end + ahead : end + ahead + count]):
            expect(ahead > 0, f"{case}, a target stands inside its window: the answer is in the question.")
            raise Wrong(
                f"{case}, the target stands {ahead} after the last place of its window. "
                "What does the horizon say?"
            )
    for mistake, sentence in (
        (np.trunc(right), "The decimals of the targets are cut off: y must take fractions, too."),
        (right[::-1], "The targets are in the wrong order: that of the first window comes first."),
        (
            np.arange(end + horizon, len(series)),
            "y holds places in the series. It must hold the values there.",
        ),
    ):
        expect(not near(y, mistake), sentence)
    raise Wrong(
        f"{case}, the targets are not the values that stand {horizon} after the ends of their windows."
    )


def expect_too_short(reply, count, width, horizon):
    """Expect the refusal of a series that holds no window with a target."""
    expect_refused(
        reply,
        f"A series of length {count} has no window of {width} with a target {horizon} later",
    )
    words = reply.error[1]
    expect(
        re.search(rf"(?<![\d.]){count}(?!\d)", words) is not None,
        f"The sentence of your ValueError must name how many values were given, here {count}. "
        f"Yours says: {words[:150]}",
    )
