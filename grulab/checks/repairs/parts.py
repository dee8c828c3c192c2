"""A series in two parts, scaled and cut into windows: what may know what."""

import numpy as np

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.series.numbers import accepted, near, numbers
from grulab.forecasting import scale, scale_fit, windows

NAMES = ("x_train", "y_train", "x_test", "y_test")


def expect_parts(answer, series, width, share):
    """Expect four arrays: windows of the first part and of the last, on the scale of the first part.

    The smallest and the largest value of the training part must not be those of the test part or the whole.
    """
    case = f"{len(series)} values, width {width} and share {share:g}"
    found = accepted(answer, case, series, width, share)
    expect(
        isinstance(found, tuple | list) and len(found) == 4,
        f"Return four arrays, {', '.join(NAMES)}, but it is {named(found)}.",
    )
    found = [numbers(one, name) for one, name in zip(found, NAMES, strict=True)]
    cut = round(len(series) * share)
    known = scales(series, cut)
    right = cut_up(known["train"], width, cut)
    expect_sizes(found, right, case, len(series), width, cut)
    for mistake, sentence in mistakes(known, right, width, cut):
        expect(not equal(found, mistake), f"{case}: {sentence}")
    expect_scale(found, right, known["train"][cut:], case)
    for name, one, wanted in zip(NAMES, found, right, strict=True):
        expect(
            near(one, wanted),
            f"{case}: {name} is not what the exercise asks for. Scale by the training part, cut each part "
            f"into "
            "windows of its own values, and keep the order of time.",
        )


def scales(series, cut):
    """Return what the values may be turned into, by which part the scale is fitted on."""
    train, test = (scale(series, *scale_fit(part)) for part in (series[:cut], series[cut:]))
    return {
        "train": train,
        "all": scale(series, *scale_fit(series)),
        "test": test,
        "own": np.concatenate([train[:cut], test[cut:]]),
        "none": series,
    }


def cut_up(scaled, width, cut):
    """Cut the values first, then each part into windows."""
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


def equal(found, others):
    """Return whether all four arrays agree."""
    return all(near(one, other) for one, other in zip(found, others, strict=True))


def mistakes(known, right, width, cut):
    """Yield what a known mistake gives, and a sentence on it."""
    yield (
        cut_up(known["all"], width, cut),
        "the scale is fitted on the whole series, so the training knows how high the test part will reach. "
        "Fit it on the training part.",
    )
    yield (
        cut_up(known["own"], width, cut),
        "the test part has a scale of its own, fitted on values that are still to come. One scale, that of "
        "the training part, serves both.",
    )
    yield (
        cut_up(known["test"], width, cut),
        "the scale is fitted on the test part. It must know the training part alone.",
    )
    yield (
        cut_up(known["none"], width, cut),
        "nothing is scaled. The smallest and the largest value of the training part must become 0 and 1.",
    )
    yield (
        (*right[2:], *right[:2]),
        "the parts are exchanged: the past trains, the future judges.",
    )


def expect_sizes(found, right, case, n, width, cut):
    """Expect the shapes of four arrays, and say what another number of windows may come from."""
    for name, one, wanted in zip(NAMES, found, right, strict=True):
        expect(
            one.ndim == wanted.ndim,
            f"{case}: {name} is {one.shape}, but it must be "
            + (f"(count, {width}, 1)." if name.startswith("x") else "(count,), a number for each window."),
        )
    for x, y in (found[:2], found[2:]):
        expect(
            len(x) == len(y), f"{case}: {len(x)} windows meet {len(y)} targets. Each window has one target."
        )
        expect(
            x.shape[1:] == (width, 1),
            f"{case}: a window is {x.shape[1:]}, but it must be ({width}, 1): its values, one feature each.",
        )
    counts, wanted = (len(found[1]), len(found[3])), (cut - width, n - cut - width)
    if counts == wanted:
        return
    expect(
        counts != (cut - width, n - cut),
        f"{case}: the first windows of the test part begin with values of the training part. Here no "
        f"number may "
        "stand in both: each part is cut from its own values.",
    )
    expect(
        sum(counts) != n - width,
        f"{case}: there are {sum(counts)} windows, as many as in the uncut series. Some hold values of "
        f"both parts, "
        "so training and test share numbers. Cut the values first, then each part into windows.",
    )
    expect(
        counts not in ((cut - width - 1, wanted[1] + 1), (cut - width + 1, wanted[1] - 1)),
        f"{case}: the cut is off by one. The first round(n · share) values train, here {cut}.",
    )
    expect(
        counts != (n - cut - width, cut - width),
        f"{case}: the parts have exchanged their sizes. The first share of the values trains, the rest "
        f"judges.",
    )
    raise Wrong(
        f"{case}: {counts[0]} windows train and {counts[1]} judge, but {wanted[0]} and {wanted[1]} are "
        f"expected: of "
        f"{cut} and {n - cut} values, those that have a full window before them."
    )


def expect_scale(found, right, test, case):
    """Expect windows in the order of time, and the values of the scaled ``test`` part that leave 0 to 1."""
    pairs = zip((found[:2], found[2:]), (right[:2], right[2:]), strict=True)
    for part, ((x, y), (x_right, y_right)) in zip(("training", "test"), pairs, strict=True):
        rows, wanted = (
            np.hstack([windows_[:, :, 0], targets[:, None]])
            for windows_, targets in ((x, y), (x_right, y_right))
        )
        in_order = [one[np.lexsort(np.round(one, 4).T)] for one in (rows, wanted)]
        expect(
            near(rows, wanted) or not near(*in_order),
            f"{case}: the windows of the {part} part are right, but shuffled. Return them in the order of "
            f"time.",
        )
    both = np.concatenate([found[0][:, :, 0].ravel(), found[2][:, :, 0].ravel()])
    expect(
        not (test.max() > 1 + 1e-6 and both.max() <= 1 + 1e-6 and np.isclose(both.max(), 1)),
        f"{case}: values above those of the training part must leave 0 to 1, not be cut off or scaled anew.",
    )
