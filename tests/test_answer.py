"""An answer as a check sees it: whatever a learner's function does ends in a value or in one sentence."""

import linecache
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grulab.checks import values
from grulab.checks.answer import Answer, Wrong, as_array, expect_array, here, is_close, named
from grulab.checks.values import Helper, Opaque, pack, unpack
from grulab.checks.workshop import Workshop
from grulab.testset import TestSet


def answer_of(function, **others):
    """Return a function as a check gets it."""
    return Answer("solve", here({"solve": function, **others}))


def complaint(function, *arguments, **options):
    """Return the sentence on a function that is wrong."""
    with pytest.raises(Wrong) as caught:
        answer_of(function)(*arguments, **options)
    return str(caught.value)


# ---- calls ----


def test_a_call_returns_what_the_function_returns():
    answer = answer_of(lambda a, b=1, *, c=0: {"sum": a + b + c, "row": [a, (b, c)]})
    assert answer(np.float64(2), c=3) == {"sum": 6.0, "row": [2.0, (1, 3)]}


def test_arguments_are_copies_and_so_is_what_comes_back():
    kept = []

    def solve(x):
        kept.append(x)
        return x

    given_array = np.zeros(3)
    answer = answer_of(solve)
    back = answer(given_array)
    assert kept[0] is not given_array
    kept[0][:] = 7
    assert not given_array.any()
    assert not back.any()


def in_place_array(x):
    x += 1
    return x


def in_place_list(x):
    x.append(3)
    return 1


def in_place_inside(x):
    x[0][0] = 5
    return 1


def in_place_dictionary(x):
    x["b"] = 2
    return 1


def of_another_type(x):
    x[0] = int(x[0])
    return 1


def with_something_that_no_check_reads(x):
    x.append(object())
    return 1


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (in_place_array, np.zeros(2)),
        (in_place_list, [1, 2]),
        (in_place_inside, [[1], [2]]),
        (in_place_inside, (np.zeros(2), 1)),
        (in_place_dictionary, {"a": 1}),
        (of_another_type, [1.0]),
        (with_something_that_no_check_reads, []),
    ],
)
@pytest.mark.parametrize("by_name", [False, True], ids=["by place", "by name"])
def test_a_changed_argument_is_seen(function, argument, by_name):
    said = complaint(function, **{"x": argument}) if by_name else complaint(function, argument)
    assert "changes an argument" in said


def test_an_argument_that_is_changed_and_put_back_is_not_changed():
    def solve(x):
        x += 1
        x -= 1
        return x

    assert answer_of(solve)(np.zeros(2)).shape == (2,)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "returns nothing: is a return missing"),
        (np.nan, "returns nan, which is no finite number"),
        ([1.0, {"a": np.array([0.0, np.inf])}], "returns inf"),
        (np.complex128(complex(0, np.nan)), "which is no finite number"),
        ({1, 2}, "returns a set"),
        ([1, [object()]], "returns an object"),
        (lambda: 1, "returns a function"),
        (np.array([None]), "returns an ndarray of object values"),
        (Exception, "returns a type"),
        (Helper("testset", 0), "returns a testset"),
        (Opaque(3), "stops with"),
        (Helper({}, 0), "stops with|no answer"),
        (np.broadcast_to(1.0, (10**6, 10**6)), "more than"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_no_check_reads_has_a_sentence(value, says):
    assert any(words in complaint(lambda: value) for words in says.split("|"))


# ---- errors ----


class Silent(Exception):
    def __str__(self):
        raise SystemExit(3)


class Wordy(Exception):
    def __str__(self):
        return "a" * 10**6


class Odd(str):
    def __getitem__(self, place):
        raise RuntimeError("no")

    __len__ = __eq__ = __getitem__
    __hash__ = str.__hash__


class TooShort(ValueError):
    __module__ = "__main__"  # as in a notebook


class WithOddWords(Exception):
    def __str__(self):
        return Odd("odd words")


def deep(x=0):
    return deep(x + 1)


def stopping(error):
    """Return a function that raises an error."""

    def solve():
        raise error

    return solve


def warning_of(warned):
    """Return a function that warns, and returns 1."""

    def solve():
        warnings.warn(warned, stacklevel=1)
        return 1

    return solve


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda: 1 / 0, "solve stops with ZeroDivisionError: division by zero"),
        (deep, "stops with RecursionError"),
        (sys.exit, "stops with SystemExit"),
        (stopping(SystemExit("bye")), "SystemExit: bye"),
        (stopping(GeneratorExit()), "GeneratorExit"),
        (stopping(BaseException("base")), "BaseException: base"),
        (stopping(MemoryError()), "MemoryError"),
        (stopping(Silent()), "Silent: no words"),
        (stopping(Wordy()), "Wordy: aaa"),
        (stopping(TooShort("own words")), "stops with ValueError: own words"),
        (stopping(WithOddWords()), "WithOddWords: odd words"),
        (stopping(Wrong("not by a helper")), "stops with Wrong: not by a helper"),
        (stopping(ExceptionGroup("two", [ValueError("a")])), "ExceptionGroup: two"),
        (lambda x: x, "missing 1 required positional argument"),
        (lambda: undefined_name, "NameError"),  # noqa: F821
        (warning_of(type("Odd", (UserWarning,), {"__str__": lambda self: 1 / 0})()), "ZeroDivisionError"),
    ],
)
def test_an_error_becomes_a_sentence_that_is_not_too_long(function, says):
    said = complaint(function)
    assert says in said
    assert len(said) < 1000


def test_the_line_of_the_error_is_named():
    cell = {}
    exec(compile("def solve(x):\n    y = x\n    return y / 0\n", "<cell 3>", "exec"), cell)
    linecache.cache["<cell 3>"] = (
        0,
        None,
        ["def solve(x):\n", "    y = x\n", "    return y / 0\n"],
        "<cell 3>",
    )
    assert "division by zero in the line `return y / 0`." in complaint(cell["solve"], 1)


def test_the_learner_can_interrupt_a_call():
    with pytest.raises(KeyboardInterrupt):
        answer_of(stopping(KeyboardInterrupt()))()


def test_an_error_can_be_asked_for():
    reply = answer_of(stopping(ValueError("too short"))).reply()
    assert reply.error[:2] == ("ValueError", "too short")
    assert reply.value is None


def test_a_function_that_is_not_there_is_an_error():
    answer = answer_of(lambda: 1)
    with pytest.raises(Wrong, match="other stops with NameError: name 'other' is not defined"):
        answer.of("other")()
    assert answer_of(lambda: 1, other=lambda: 2).of("other")() == 2


def test_warnings_are_heard_and_settings_of_the_notebook_do_not_matter():
    def solve(x):
        return float(np.minimum(np.exp(x), 1))

    with np.errstate(all="raise"):
        reply = answer_of(solve).reply(np.array(1e4))
    with np.errstate(all="ignore"):
        again = answer_of(solve).reply(np.array(1e4))
    assert [reply.value, again.value] == [1.0, 1.0]
    assert "overflow" in reply.warnings[0]
    assert reply.warnings == again.warnings


def test_an_answer_cannot_change_how_numpy_computes_in_the_check():
    def solve():
        np.seterr(all="raise")
        return 1

    before = np.geterr()
    assert answer_of(solve)() == 1
    assert np.geterr() == before


# ---- what stands under the name ----


def stub(x):
    """Return the double."""
    ...


class Strange:
    def __getattr__(self, name):
        return Strange()

    def __call__(self):
        return 1


class Failing:
    def __getattr__(self, name):
        raise RuntimeError("nothing here")

    def __call__(self):
        return 1


@pytest.mark.parametrize(
    ("thing", "state"),
    [
        (stub, "not attempted"),
        (lambda x: x, "attempted"),
        (None, "missing"),
        (3, "an int"),
        (np.zeros(2), "an ndarray"),
        (Strange(), "attempted"),
        (Failing(), "attempted"),
        (dict, "attempted"),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_the_state_of_an_answer(thing, state):
    assert answer_of(thing).state() == state


def test_a_value_is_what_it_is_once_it_has_come_back():
    class Changing:
        asked = 0

        def __array__(self, dtype=None, copy=None):
            self.asked += 1
            if self.asked > 1:
                raise SystemExit
            return np.ones(2)

    assert answer_of(Changing)().tolist() == [1, 1]


# ---- helpers: what a check keeps in its own hands ----


def test_a_callable_is_called_back_with_copies():
    seen = []

    def double(x):
        seen.append(x)
        return 2 * x

    def solve(function, start):
        once = function(start)
        twice = function(once)
        once[:] = 99
        return twice

    assert answer_of(solve)(double, np.ones(2)).tolist() == [4, 4]
    assert [one.tolist() for one in seen] == [[1, 1], [2, 2]]
    assert answer_of(solve)(function=double, start=np.ones(2)).tolist() == [4, 4]


def swallowing(function):
    """Call a function and take every error that it may raise."""
    try:
        function(3)
    except BaseException:
        return 1
    return 2


def test_what_a_helper_finds_wrong_cannot_be_swallowed():
    def picky(x):
        raise Wrong("The helper wants 2, and says so.")

    assert complaint(swallowing, picky) == "The helper wants 2, and says so."


def test_another_error_of_a_helper_is_one_of_the_answer():
    def of_a_number(x):
        return 1 / x["key"]

    assert answer_of(swallowing)(of_a_number) == 1
    assert "stops with TypeError" in complaint(lambda function: function(3), of_a_number)
    assert "stops with TypeError" in complaint(lambda function: function(), of_a_number)
    by_name = complaint(lambda function: function(x=3), of_a_number)
    assert "TypeError: hand it its argument without a name, and not as x=" in by_name


def test_a_helper_gets_names_for_what_it_cannot_read():
    seen = []
    answer_of(lambda function: function(object(), [len]) or 1)(lambda *these: seen.extend(these))
    assert seen == [Opaque("object"), [Opaque("builtin_function_or_method")]]


def test_a_test_set_keeps_its_labels_and_counts():
    test = TestSet([np.arange(3), np.arange(2)], [1, 0])

    def solve(given_set):
        given_set.reviews[0][:] = 9
        assert not hasattr(given_set, "_labels")
        assert isinstance(given_set, TestSet)
        return [len(given_set), given_set.accuracy("mine", lambda reviews: [0.9, 0.2]), given_set.asked]

    assert answer_of(solve)(test) == [2, 1.0, ["mine"]]
    assert test.asked == ["mine"]
    assert test.reviews[0].tolist() == [0, 1, 2]


def test_a_test_set_refuses_what_does_not_fit():
    test = TestSet([np.arange(3), np.arange(2)], [1, 0])
    assert "expected 2 probabilities" in complaint(lambda one: one.judge("mine", [0.5]), test)
    assert test.asked == []


# ---- replies from a process that may send anything ----


def saying(reply):
    """Return an answer whose process sends a reply of its own making."""
    return Answer(
        "solve", lambda request, consult, deadline: reply if isinstance(reply, bytes) else pack(reply)
    )


FORGED = [
    b"",
    b"\x00" * 100,
    3,
    "text",
    [1, 2],
    {"error": "text"},
    {"error": ("a", "b")},
    {"error": ("a", "b", 3)},
    {"error": None, "value": 1, "warnings": 5},
    {"error": None, "value": 1, "warnings": [3]},
    {"error": None, "value": 1, "changed": np.zeros(3)},
    {"error": None, "value": Opaque("x" * 10_000)},
    {"error": None, "value": Helper("callable", 0)},
    {"error": None, "value": [Helper("callable", 0)]},
    {"error": None},
    {1: 2},
]


@pytest.mark.parametrize("reply", FORGED, ids=lambda reply: repr(reply)[:40])
def test_a_forged_reply_is_wrong(reply):
    with pytest.raises(Wrong):
        saying(reply)()
    with pytest.raises(Wrong):
        saying(reply).build()


@pytest.mark.parametrize(
    "value", [None, 3, "text", [1.0, "a"], {"loss": "low"}, {3: 1.0}, [np.array(["a"])], np.zeros(3), [3]]
)
@pytest.mark.parametrize("method", ["evaluate", "score", "fit", "weights"])
def test_a_forged_reply_of_a_model_is_wrong(method, value):
    class Forger:
        def __init__(self):
            self.replies = [{"value": 0, "error": None}, {"value": value, "error": None}]

        def __call__(self, request, consult, deadline):
            return pack(self.replies.pop(0))

    model = Answer("solve", Forger()).build()
    arguments = {"weights": ()}.get(method, (np.zeros(3), np.zeros(3)))
    with pytest.raises(Wrong, match="gave back something else"):
        getattr(model, method)(*arguments)


def test_a_workshop_says_when_a_reply_is_too_large(monkeypatch):
    monkeypatch.setattr(values, "LIMIT", 10_000)
    assert "more than 0 MB" in complaint(lambda: np.zeros(10_000))


@given(st.lists(st.integers() | st.text() | st.none() | st.floats(), max_size=3), st.text(max_size=5))
def test_a_workshop_answers_any_call(arguments, name):
    workshop = Workshop({"solve": lambda *these: list(these)}, None)
    reply = unpack(workshop.serve(pack(["call", [name, arguments, {}]])))
    assert reply["error"][0] == "NameError"
    reply = unpack(workshop.serve(pack(["call", ["solve", arguments, {}]])))
    assert reply["error"] is None


# ---- what checks compare with ----


@pytest.mark.parametrize(
    "value",
    [
        "0.5", ["0.5"], None, {"a": 1}, [[1], [1, 2]], 1j, np.array(0.5 + 0j), 10**400, [10**400], object(),
        Opaque("x"), Helper("callable", 0), np.array("0.5"), [None], np.zeros(3), 1e308, -1e308, [0.5],
        np.longdouble("1e4000"), np.array([0.5], dtype=object),
    ],
    ids=lambda value: repr(value)[:30].partition(" at ")[0],  # no address: two workers must agree
)  # fmt: skip
def test_nothing_but_the_number_is_close_to_a_number(value):
    assert not is_close(value, 0.5)


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), np.array(0.5), np.float16(0.5), 0.5000001])
def test_a_number_of_any_type_is_close_to_itself(value):
    assert is_close(value, 0.5)


def test_lists_and_arrays_are_compared_by_shape_and_value():
    assert is_close([[1, 2], [3, 4]], [[1.0, 2.0], [3.0, 4.0]])
    assert is_close([True, False], [1, 0])
    assert not is_close([1, 2], [[1, 2]])
    assert is_close([1.1], [1], tolerance=0.2)
    assert not is_close([1e308], [-1e308])


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([["1"]], "must hold numbers, but it is a list"),
        (np.array([["1"]]), "an array of text of shape"),
        (np.array([[1j]]), "must hold real numbers, but it is an array of complex numbers"),
        (None, "must hold numbers, but it is None"),
        ({"a": 1}, "must hold numbers, but it is a dict"),
        ([[1], [1, 2]], "must hold numbers, but it is a list"),
        ([[10**150]], "must hold numbers"),
        ([1, 2], r"must have the shape \(1, 1\), but its shape is \(2,\)"),
        (Opaque("object"), "it is an object"),
        (3, r"must have the shape \(1, 1\), but its shape is \(\)"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_an_array_that_is_none_has_a_sentence(value, says):
    with pytest.raises(Wrong, match=says):
        expect_array(value, (1, 1), "The state")


def test_one_number_is_asked_for_in_words():
    with pytest.raises(Wrong, match=r"The share must be one number, but its shape is \(1,\)"):
        expect_array([0.5], (), "The share")
    with pytest.raises(Wrong, match="The share must be a number, but it is a str"):
        expect_array("0.5", (), "The share")


def test_an_array_is_read_from_lists_and_numbers():
    assert expect_array([[1]], [1, 1], "The state").tolist() == [[1]]
    with pytest.raises(Wrong, match=r"must have the shape \(2, 5\), but"):
        expect_array([[1]], np.array([2, 5]), "The state")
    assert expect_array(3, (), "The state") == 3
    assert as_array([[1], [1, 2]]).dtype.kind == "U"
    assert named(3) == "an int"
    assert named(np.array([True])) == "an array of truth values of shape (1,)"
