"""Bad input to the makers of widgets: one sentence that names what is wrong."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from public_widgets import ENTRIES
from spoiling import DRAWS, Draw, copied, one_spoiled_is_refused, unchanged

from grulab import widgets


@pytest.mark.parametrize("name", ENTRIES)
@DRAWS
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    one_spoiled_is_refused(data, ENTRIES[name])


@pytest.mark.parametrize("name", ENTRIES)
def test_good_arguments_are_good_and_stay_as_they_are(name):
    arguments = ENTRIES[name].good(Draw(1))
    before = copied(arguments)
    ENTRIES[name].call(**arguments)
    assert unchanged(arguments, before) == []


@pytest.mark.parametrize("name", widgets.__all__)
def test_every_argument_of_every_maker_has_its_kind(name):
    known = inspect.signature(getattr(widgets, name).__init__).parameters.values()
    taken = {one.name for one in known if one.kind is not one.VAR_KEYWORD} - {"self", "bounds"}
    assert taken == (set(ENTRIES[name].kinds) if name in ENTRIES else set())
