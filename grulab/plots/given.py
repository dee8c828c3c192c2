"""What figures are given. Each function checks first, so that nothing is drawn of what cannot be drawn.

The checks raise a TypeError or a ValueError of one sentence that names the argument, as those of
``grulab.arguments`` and ``grulab.arrays`` do.
"""

import numpy as np
from matplotlib.axes import Axes

from grulab.arguments import (
    check_list,
    check_mapping,
    check_number,
    check_one_of,
    check_pair,
    check_size,
    check_text,
    named,
)
from grulab.arrays import check_floats, check_numbers
from grulab.palette import CELLS

LARGEST_INCHES = 200  # of a figure: more is a slip, and no machine has the room
MOST_ROWS = 50  # of Axes in a figure, and columns


def check_ax(ax):
    """Raise a TypeError unless ``ax`` is one Axes of matplotlib."""
    if not isinstance(ax, Axes):
        raise TypeError(f"ax must be Axes of matplotlib, as figure returns them, but is {named(ax)}.")


def check_axes(axes, count):
    """Return a list of ``count`` Axes of matplotlib; raise an error for anything else."""
    listed = check_list("axes", axes, f"{count} Axes of matplotlib")
    for ax in listed:
        if not isinstance(ax, Axes):
            raise TypeError(
                f"axes must hold Axes of matplotlib, as figure returns them, but holds {named(ax)}."
            )
    if len(listed) != count:
        raise ValueError(f"axes must be {count} Axes, but are {len(listed)}.")
    return listed


def check_series(name, value, least=1):
    """Return a row of at least ``least`` finite numbers as an array (n,)."""
    series = check_numbers(name, value, ("n",))
    if len(series) < least:
        raise ValueError(f"{name} must hold at least {least} numbers, but holds {len(series)}.")
    return series


def check_shares(name, value, shape):
    """Return numbers from 0 to 1 as an array of ``shape``."""
    shares = check_numbers(name, value, shape)
    outside = shares[(shares < 0) | (shares > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie from 0 to 1, but holds {outside[0]}.")
    return shares


def check_positive(name, value, shape):
    """Return numbers above 0, as a logarithmic axis needs them, as an array of ``shape``."""
    numbers = check_numbers(name, value, shape)
    if numbers.min() <= 0:
        raise ValueError(f"{name} must lie above 0, but holds {numbers.min()}.")
    return numbers


def check_gaps(name, value, shape=None):
    """Return numbers as an array of ``shape``, or of any: finite ones, and NaN, which leaves a gap."""
    numbers = check_numbers(name, value, shape, is_finite=False)
    if np.isinf(numbers).any():
        raise ValueError(f"{name} must hold finite numbers, or NaN for a gap, but holds an infinite one.")
    return numbers


def check_each(name, value, check, *expected, least=1, most=None):
    """Return a dictionary from a label to what ``check(its name, it, *expected)`` returns of each entry.

    It must hold ``least`` entries, and ``most`` at most, which is as many as can be told apart.
    """
    given = check_mapping(name, value, "from labels to what is drawn")
    for label in given:
        check_text(f"a label of {name}", label)
    if len(given) < least:
        raise ValueError(f"{name} must hold at least {least} entry, but is empty.")
    if most is not None and len(given) > most:
        raise ValueError(f"{name} has {len(given)} entries, but at most {most} can be told apart.")
    return {label: check(f"{name}[{named(label)}]", one, *expected) for label, one in given.items()}


def check_kinds(name, value, check, *expected):
    """Do as ``check_each`` where the labels are kinds of cells, those of ``grulab.palette.CELLS``."""
    for kind in check_mapping(name, value, "from kinds of cells to what is drawn"):
        check_one_of(f"a kind of {name}", kind, CELLS)
    return check_each(name, value, check, *expected)


def check_words(name, value, count=None, what="words"):
    """Return a list of texts, one at least, or as many as ``count`` says."""
    words = [check_text(f"one of {name}", word) for word in check_list(name, value, what)]
    if count is not None and len(words) != count:
        raise ValueError(f"{name} must hold {count} {what}, but holds {len(words)}.")
    if not words:
        raise ValueError(f"{name} must hold at least one, but is empty.")
    return words


def check_stretches(name, value, places):
    """Return a dictionary from a name to ``(start, end)`` within so many places, the end not included."""
    return check_each(name, value, _stretch, places, least=0)


def _stretch(name, value, places):
    pair = check_pair(name, value, "a start and an end")
    start = check_size(f"the start of {name}", pair[0], 0, places - 1)
    return start, check_size(f"the end of {name}", pair[1], start + 1, places)


def check_level(name, value):
    """Return a pair of a number and its name."""
    number, label = check_pair(name, value, "a number and its name")
    return check_number(f"the number of {name}", number), check_text(f"the name of {name}", label)


def check_share(name, value):
    """Return a number from 0 to 1."""
    return check_number(name, value, 0, 1)


def check_inches(name, value):
    """Return the width or the height of a figure in inches."""
    return check_number(name, value, above=0, most=LARGEST_INCHES)


def check_trace(trace, shape):
    """Raise an error unless ``trace`` holds z, r, candidate and h, each of ``shape`` and all alike."""
    for name in ("z", "r", "candidate", "h"):
        if not hasattr(trace, name):
            raise TypeError(f"trace must be what grulab.cell.run returned, but is {named(trace)}.")
        shape = check_floats(f"trace.{name}", getattr(trace, name), shape).shape
