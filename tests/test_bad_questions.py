"""Bad input to what a learner calls for checks: one sentence, which a notebook shows without a traceback."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoiling import DRAWS

from grulab.checks import are_right, complete, question
from grulab.checks.question import Misuse

NO_NAME = st.one_of(
    st.sampled_from(
        [None, True, 0, -1, math.nan, 1j, b"ex01", [], ["ex01"], {}, object(), print, np.zeros(3)]
    ),
    st.sampled_from(
        ["", " ex01", "ex99", "EX01", "__class__", "<script>", "\ud800\x00", "a" * 10**5, "ex01\n"]
    ),
    st.text(),
)


def refuses(action):
    """Run what must be refused as a misuse, with one short sentence or two."""
    with pytest.raises(Misuse) as raised:
        action()
    (line,) = raised.value._render_traceback_()
    line.encode()
    assert "\n" not in line
    assert 30 < len(line) < 500


@DRAWS
@given(name=NO_NAME)
def test_an_exercise_that_there_is_not_is_a_sentence(name):
    refuses(lambda: question(name, "latch"))
    refuses(lambda: complete(name))
    refuses(lambda: are_right(name, print))


@DRAWS
@given(name=NO_NAME)
def test_a_question_that_there_is_not_is_a_sentence(name):
    refuses(lambda: question("ex01", name))


def test_a_number_too_long_to_be_written_is_a_sentence():
    refuses(lambda: question(10**5000, "mix"))
    refuses(lambda: question("ex01", 10**5000))
    refuses(lambda: next(iter(asked())).check(10**5000))
    refuses(lambda: complete("ex01", seed=-(10**5000)))


@DRAWS
@given(answer=NO_NAME.filter(lambda value: not callable(value)))
def test_an_answer_that_is_no_function_is_a_sentence(answer):
    refuses(lambda: next(iter(asked())).check(answer))


@DRAWS
@given(seed=NO_NAME.filter(lambda value: value is not None and (type(value) is not int or value < 0)))
def test_a_seed_that_is_none_is_a_sentence(seed):
    refuses(lambda: complete("ex01", seed=seed))


def asked():
    """Return the questions of the first exercise."""
    from grulab.checks.question import questions

    return questions("ex01").values()
