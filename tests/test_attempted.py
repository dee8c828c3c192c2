"""Tell written answers from those still to be written."""

import functools

import numpy as np
import pytest
from spoiling import refused

from grulab.checks import is_attempted


def only_dots(x):
    """Return the double."""
    ...


def only_dots_without_docstring(x): ...


def only_pass(x, y=2, *args, **kwargs):
    """Return the double."""
    pass


def only_none(x):
    """Return the double."""
    return None


def with_defaults_and_hints(x: int = 3, *, deep: bool = True) -> int:
    """Return the double."""
    # a comment is not an answer
    ...


def repeated(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)

    return inner


@repeated
def wrapped_dots(x):
    """Return the double."""
    ...


NOT_ATTEMPTED = [
    only_dots,
    only_dots_without_docstring,
    only_pass,
    only_none,
    with_defaults_and_hints,
    wrapped_dots,
]


def answer(x):
    """Return the double."""
    return 2 * x


def constant(x):
    return 5


def constant_after_docstring(x):
    """Return the double."""
    return 0


def only_an_argument(x):
    return x


def raises(x):
    """Return the double."""
    raise ValueError(x)


def assigns_and_forgets(x):
    """Return the double."""
    y = 2 * x  # noqa: F841


def generates(x):
    yield x


def remembers():
    kept = 2

    def inner(x):
        """Return the double."""
        return kept * x

    return inner


ATTEMPTED = [
    answer,
    constant,
    constant_after_docstring,
    only_an_argument,
    raises,
    assigns_and_forgets,
    generates,
    remembers(),
    lambda x: 2 * x,
    repeated(answer),
    functools.partial(answer, 2),
    dict,
    len,
]
ATTEMPTED_NAMES = [
    *(function.__name__ for function in ATTEMPTED[:7]),
    *("closure", "lambda", "wrapped", "partial", "class", "builtin"),
]


@pytest.mark.parametrize("function", NOT_ATTEMPTED, ids=lambda f: f.__name__)
def test_a_body_of_dots_is_not_attempted(function):
    assert not is_attempted(function)


@pytest.mark.parametrize("function", ATTEMPTED, ids=ATTEMPTED_NAMES)
def test_a_body_of_its_own_is_attempted(function):
    assert is_attempted(function)


def test_every_function_must_be_attempted():
    assert is_attempted(answer, constant)
    assert not is_attempted(answer, only_dots)
    assert not is_attempted(only_dots, answer)


def test_a_function_defined_in_a_cell_counts_like_any_other():
    cell = {}
    exec('def build_model(num_words, maxlen):\n    """Build it."""\n    ...\n', cell)
    assert not is_attempted(cell["build_model"])
    exec('def build_model(num_words, maxlen):\n    """Build it."""\n    return num_words\n', cell)
    assert is_attempted(cell["build_model"])


def test_nothing_or_a_value_is_an_error_that_says_what_to_give():
    with pytest.raises(TypeError, match="give it the functions"):
        is_attempted()
    with pytest.raises(TypeError, match="given 3, of type int"):
        is_attempted(3)
    for value in (None, [0] * 10**5, "\ud800\n", 10**5000, np.zeros((99, 99)), {}, object()):
        refused(lambda value=value: is_attempted(value), "is_attempted")
