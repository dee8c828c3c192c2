"""Bad input to every public function that needs Keras: one sentence, before Keras is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_keras import ENTRIES
from spoiling import DRAWS, Draw, one_spoiled_is_refused


@pytest.mark.parametrize("name", ENTRIES)
@settings(DRAWS, max_examples=12)
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    one_spoiled_is_refused(data, ENTRIES[name])


@pytest.mark.parametrize("name", ENTRIES)
def test_good_arguments_are_good(name):
    entry = ENTRIES[name]
    entry.call(**entry.good(Draw(1)))
