"""Bad input to public functions without Keras: one sentence; what is alike is right, and stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from public import ENTRIES
from spoiling import DRAWS, Draw, copied, one_spoiled_is_refused, same, unchanged


@pytest.mark.parametrize("name", ENTRIES)
@DRAWS
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    one_spoiled_is_refused(data, ENTRIES[name])


@pytest.mark.parametrize("name", ENTRIES)
def test_what_holds_the_same_numbers_gives_the_same_result_and_stays_as_it_is(name):
    entry = ENTRIES[name]
    for number in range(entry.rounds):
        arguments = entry.good(Draw(number))
        before = copied(arguments)
        expected = entry.call(**arguments)
        assert unchanged(arguments, before) == []
        for argument, kind in entry.kinds.items():
            for other in kind.alike(arguments[argument]):
                result = entry.call(**(entry.good(Draw(number)) | {argument: other}))
                assert same(result, expected), (argument, other)
