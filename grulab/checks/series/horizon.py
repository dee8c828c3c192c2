"""How far a forecast holds: what is expected, and where to look for what is not."""

import numpy as np

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.series.numbers import shown


def first_true(over):
    """Return the first place that is true, or the length."""
    return int(np.argmax(over)) if np.any(over) else len(over)


def expect_horizon(found, errors, limit):
    """Expect the index of the first error that is larger than the limit, or the length."""
    case = f"For {shown(errors, most=9)} with limit {limit:g}"
    expect(
        type(found) is int
        or isinstance(found, np.integer)
        or (isinstance(found, np.ndarray) and found.shape == () and found.dtype.kind in "iu"),
        f"{case} horizon_until returns {named(found)}; return an int.",
    )
    found, n, sizes = int(found), len(errors), np.abs(errors)
    right = first_true(sizes > limit)
    if found == right:
        return
    case = f"{case} horizon_until returns {str(found)[:20]}."
    expect(
        found != first_true(errors > limit),
        f"{case} A forecast may be too low as well: the size of an error counts, not its sign.",
    )
    expect(found != first_true(sizes >= limit), f"{case} An error equal to the limit is not larger.")
    expect(right != n, f"{case} No error is over the limit there. What is to be returned then?")
    expect(found != n, f"{case} But an error is over the limit there.")
    expect(found != right - 1, f"{case} One too early: that error is within the limit.")
    expect(
        found != first_true(sizes <= limit),
        f"{case} That error is within the limit: turn the question round.",
    )
    expect(found != right + 1, f"{case} Count from 0, as the places in an array do.")
    expect(
        found != np.flatnonzero(sizes > limit)[-1],
        f"{case} That is the last error over the limit, but the first is asked for.",
    )
    expect(
        found != np.argmax(sizes),
        f"{case} That is the largest error, but the first one over the limit is asked for.",
    )
    expect(
        found != np.sum(sizes <= limit),
        f"{case} That is the number of errors within the limit. After the first one over it, nothing counts.",
    )
    expect(
        found != np.sum(sizes > limit),
        f"{case} That is the number of errors over the limit. Where does the first one stand?",
    )
    raise Wrong(f"{case} Which is the first step whose error is over the limit?")
