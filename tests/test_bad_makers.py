"""Bad input to the makers of widgets and to what they can be asked: one sentence that names what is wrong."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from public_widgets import ENTRIES, METHODS
from spoiling import DRAWS, Draw, copied, one_spoiled_is_refused, unchanged

from grulab import cell, widgets

ALL = ENTRIES | METHODS


@pytest.mark.parametrize("name", ALL)
@DRAWS
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    one_spoiled_is_refused(data, ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_good_arguments_are_good_and_stay_as_they_are(name):
    arguments = ALL[name].good(Draw(1))
    before = copied(arguments)
    ALL[name].call(**arguments)
    assert unchanged(arguments, before) == []


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_weights_of_either_precision_can_be_asked(dtype):
    draw = Draw(1)
    weights = cell.Weights(*(draw.array(*shape, dtype=dtype) for shape in ((3, 12), (4, 12), (2, 12))), True)
    taken = {
        name: ENTRIES[name].good(draw) for name in ("GateTimeline", "Player", "ReviewGates", "PaddingLab")
    }
    assert len(widgets.GateTimeline(**taken["GateTimeline"] | {"weights": weights}).runs()) == 2
    assert widgets.ReviewGates(**taken["ReviewGates"] | {"weights": weights}).running().shape == (4,)
    readers = [(weights, *taken["PaddingLab"]["readers"][0][1:])]
    assert len(widgets.PaddingLab(**taken["PaddingLab"] | {"readers": readers}).answers()) == 16
    wider = cell.Weights(np.tile(weights.kernel, (2, 1)), weights.recurrent, weights.bias, True)
    assert widgets.Player(**taken["Player"] | {"weights": wider}).beliefs().shape == (5, 2)


@pytest.mark.parametrize("name", widgets.__all__)
def test_every_argument_of_every_maker_has_its_kind(name):
    known = inspect.signature(getattr(widgets, name).__init__).parameters.values()
    taken = {one.name for one in known if one.kind is not one.VAR_KEYWORD} - {"self", "bounds"}
    assert taken == (set(ENTRIES[name].kinds) if name in ENTRIES else set())
