"""Bad input to every figure: one sentence, and nothing is drawn; what is alike draws the same."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from public_plots import ENTRIES, page
from spoiling import DRAWS, Draw, copied, one_spoiled_is_refused, unchanged


@pytest.fixture(autouse=True)
def closed():
    """Begin each test with fresh Axes, and close all figures behind it."""
    yield
    close()


def close():
    plt.close("all")
    page.cache_clear()


def all_axes():
    return [ax for number in plt.get_fignums() for ax in plt.figure(number).axes]


def standing():
    """Return what stands in all open figures: for each Axes its limits, its scales, its texts and artists."""
    return [
        (
            [*ax.axis(), ax.get_xscale(), ax.get_yscale(), ax.get_xlabel(), ax.get_ylabel()],
            [one.get_text() for one in (*ax.texts, ax.title, ax._left_title, ax._right_title)],
            ax.get_children(),
        )
        for ax in all_axes()
    ]


def drawn():
    """Return the text, places, sizes and colours of all artists in all open figures."""
    return [[*ax.axis(), *map(told, ax.findobj())] for ax in all_axes()]


def told(artist):
    """Return the kind of an artist, and those of its properties that come from numbers and texts."""
    asked = ("get_text", "get_xydata", "get_array", "get_offsets", "get_color", "get_marker")
    bounds = artist.get_bbox().bounds if isinstance(artist, Rectangle) else ()
    return type(artist), bounds, *(plain(getattr(artist, name)()) for name in asked if hasattr(artist, name))


def plain(value):
    """Return a value so that two of them can be compared by ==."""
    return np.ma.filled(value, -1).round(9).tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("name", ENTRIES)
@DRAWS
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence_and_nothing_is_drawn(name, data):
    ENTRIES[name].good(Draw(0))  # opens the figure
    before = standing()
    one_spoiled_is_refused(data, ENTRIES[name])
    assert standing() == before


@pytest.mark.parametrize("name", ENTRIES)
def test_what_holds_the_same_numbers_draws_the_same_and_stays_as_it_is(name):
    entry = ENTRIES[name]
    arguments = entry.good(Draw(1))
    before = copied({key: value for key, value in arguments.items() if not key.startswith("ax")})
    blank = drawn()
    entry.call(**arguments)
    expected = drawn()
    assert expected != blank
    assert unchanged(arguments, before) == []
    for argument, kind in entry.kinds.items():
        for which in range(len(list(kind.alike(arguments[argument])))):
            close()
            again = entry.good(Draw(1))
            entry.call(**again | {argument: list(kind.alike(again[argument]))[which]})
            assert drawn() == expected, (argument, which)
