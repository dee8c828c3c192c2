"""Bad input to every public function that needs Keras: one sentence, before Keras is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_keras import ENTRIES
from spoiling import DRAWS, Draw, one_spoiled_is_refused, refused

from grulab import models


@pytest.mark.parametrize("name", ENTRIES)
@settings(DRAWS, max_examples=12)
@given(data=st.data())
def test_one_spoiled_argument_is_named_in_one_sentence(name, data):
    one_spoiled_is_refused(data, ENTRIES[name])


@pytest.mark.parametrize(
    "shape", [None, 1, "ab", {}, [], (4,), (1, 6), (2, 4), (2, 3, 3), (0,), (2, 0), (3.0,), (None, 3), ("3",)]
)
def test_a_shape_that_is_no_bias_of_a_gru_is_a_sentence(shape):
    refused(lambda: models.UpdateBias(5.0)(shape), "shape|bias of a GRU")


@pytest.mark.parametrize("name", ENTRIES)
def test_good_arguments_are_good(name):
    entry = ENTRIES[name]
    entry.call(**entry.good(Draw(1)))
