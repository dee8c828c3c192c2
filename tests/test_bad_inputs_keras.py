"""Bad input to every public function that needs Keras: one sentence, before Keras is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_keras import ENTRIES
from spoiling import DRAWS, Draw, refused, spoiled


@pytest.mark.parametrize("name", ENTRIES)
@settings(DRAWS, max_examples=12)
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    entry = ENTRIES[name]
    argument, arguments = spoiled(data, entry)
    refused(lambda: entry.call(**arguments), entry.names.get(argument, argument))


@pytest.mark.parametrize("name", ENTRIES)
def test_good_arguments_are_good(name):
    entry = ENTRIES[name]
    entry.call(**entry.good(Draw(1)))
