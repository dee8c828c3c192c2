"""What passes between a check and an answer arrives as it was sent; garbled bytes are said to be garbled."""

import enum
import json
import struct
import tracemalloc
from collections import Counter, OrderedDict, namedtuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grulab.checks import values
from grulab.checks.values import Garbled, Helper, Opaque, pack, unpack

DTYPES = st.one_of(
    arrays.boolean_dtypes(),
    arrays.integer_dtypes(endianness="?"),
    arrays.unsigned_integer_dtypes(endianness="?"),
    arrays.floating_dtypes(endianness="?"),
    arrays.complex_number_dtypes(endianness="?"),
    arrays.unicode_string_dtypes(endianness="?"),
)
ARRAYS = arrays.arrays(DTYPES, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
PLAIN = st.none() | st.booleans() | st.integers(-(2**199), 2**199) | st.floats() | st.text()
TREES = st.recursive(
    PLAIN | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(PLAIN, inner, max_size=4)
    ),
    max_leaves=12,
)


def is_same(one, other):
    """Return whether two values are equal in type, too; NaN equals NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (
            one.shape == other.shape
            and one.dtype.newbyteorder("=") == other.dtype.newbyteorder("=")
            and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
        )
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict):
        return is_same(list(one.items()), list(other.items()))
    if isinstance(one, float | np.inexact):
        return one == other or (np.isnan(one) and np.isnan(other))
    return one == other


@given(TREES)
@settings(deadline=None)
def test_a_value_arrives_as_it_was_sent(value):
    assert is_same(unpack(pack(value)), value)


@given(
    arrays.from_dtype(np.dtype("f4")) | arrays.from_dtype(np.dtype("<U5")) | arrays.from_dtype(np.dtype("i2"))
)
def test_numpy_s_own_numbers_and_texts_stay_what_they_are(value):
    assert is_same(unpack(pack(value)), value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1),
        np.arange(10)[::-3],
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.broadcast_to(np.float32(2), (3, 4)),
        np.array(["", "ä", "🙂"]),
        np.zeros((0, 5)),
        np.array(7),
    ],
    ids=lambda array: f"{array.dtype.kind}{array.shape}",
)
def test_the_order_of_an_array_in_memory_does_not_matter(array):
    arrived = unpack(pack(array))
    assert is_same(arrived, array)
    assert arrived.flags.owndata or arrived.base.flags.owndata


def test_what_arrives_is_a_copy():
    sent = [np.zeros(3), {"row": [1]}]
    arrived = unpack(pack(sent))
    arrived[0] += 1
    arrived[1]["row"].append(2)
    assert is_same(sent, [np.zeros(3), {"row": [1]}])


Pair = namedtuple("Pair", "old new")


class Colour(enum.IntEnum):
    RED = 3


class Text(str):
    __slots__ = ()

    def __str__(self):
        raise RuntimeError("do not ask")

    __len__ = __iter__ = __eq__ = __repr__ = __str__
    __hash__ = str.__hash__


class Row(list):
    def __iter__(self):
        while True:
            yield 1

    def __len__(self):
        return 10**12


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        (Counter("abca"), {"a": 2, "b": 1, "c": 1}),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (Pair(1, 2.0), (1, 2.0)),
        (Colour.RED, 3),
        (Text("word"), "word"),
        ({Text("key"): Text("word")}, {"key": "word"}),
        (Row([1, 2]), [1, 2]),
        (np.ma.array([1, 2], mask=[True, False]), np.array([1, 2])),
        (np.array([1.5, 2], dtype=">f8"), np.array([1.5, 2])),
    ],
    ids=lambda value: type(value).__name__,
)
def test_kinds_of_plain_values_are_taken_for_what_they_are(sent, arrives):
    assert is_same(unpack(pack(sent)), arrives)


class Liar:
    """Says that it is an array and is none."""

    __class__ = np.ndarray

    def __array__(self, dtype=None, copy=None):
        return [1, 2]


class Refuser:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no")


class Endless:
    def __iter__(self):
        while True:
            yield 1

    def __len__(self):
        return 10**12

    def __getitem__(self, place):
        return 1


class Nameless(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")

    def __getattr__(cls, name):
        raise RuntimeError("nothing here")


class Masked(np.ndarray):
    """An array whose own methods lie."""

    def tobytes(self, *_):
        return b""

    dtype = shape = property(lambda self: 1 / 0)


HOSTILE = {
    "Liar": (Liar(), "Liar"),
    "Refuser": (Refuser(), "Refuser"),
    "Endless": (Endless(), "Endless"),
    "Nameless": (Nameless("Hidden", (), {})(), "Hidden"),
    "object array": (np.array([1, "a", None], dtype=object), "ndarray of object values"),
    "masked object array": (np.array([1, None], dtype=object).view(Masked), "ndarray of object values"),
    "dates": (np.array(["2020-01-01"], dtype="M8[D]"), "ndarray of datetime64[D] values"),
    "rows": (np.zeros(2, dtype=[("a", "i4")]), "ndarray of void32 values"),
    "bytes": (b"bytes", "bytes"),
    "set": ({1, 2}, "set"),
    "generator": ((one for one in [1]), "generator"),
    "type": (int, "type"),
    "function": (len, "builtin_function_or_method"),
    "complex": (1j, "complex"),
    "long": (10**100, "int of more than 200 bits"),
}


@pytest.mark.parametrize(("sent", "name"), HOSTILE.values(), ids=HOSTILE)
def test_of_everything_else_only_the_name_of_its_type_arrives(sent, name):
    assert unpack(pack([sent])) == [Opaque(name)]


def test_an_array_s_own_methods_are_not_asked():
    assert is_same(unpack(pack(np.arange(3.0).view(Masked))), np.arange(3.0))


def test_what_cannot_be_a_key_again_arrives_as_a_name():
    class Key:
        def __array__(self, dtype=None, copy=None):
            return np.zeros(3)

    assert unpack(pack({Key(): 1})) == {Opaque("Key"): 1}


def test_a_list_in_itself_ends():
    knot = []
    knot.append(knot)
    arrived = unpack(pack(knot))
    for _ in range(20):
        (arrived,) = arrived
    assert arrived == [Opaque("something nested deeper than 20 levels")]


def test_a_list_many_times_in_itself_is_refused():
    knot = []
    knot.extend([knot] * 50)
    with pytest.raises(Garbled, match="values"):
        pack(knot)


@pytest.mark.parametrize("sent", [[np.zeros(2**20), np.zeros(2**20)], "x" * 2**24], ids=["arrays", "text"])
def test_a_message_has_a_limit(sent, monkeypatch):
    monkeypatch.setattr(values, "LIMIT", 10 * 2**20)
    with pytest.raises(Garbled, match=r"more than 10 MB|longer than"):
        pack(sent)


def test_one_number_broadcast_to_any_size_is_refused_without_its_memory():
    tracemalloc.start()
    with pytest.raises(Garbled, match="more than"):
        pack(np.broadcast_to(1.0, (10**6, 10**6)))
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


# ---- bytes from a process that may send anything ----


def message(tree, rest=b""):
    """Return a message with any tree."""
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return struct.pack("<Q", len(text)) + text + rest


BAD = {
    "nothing": b"",
    "seven bytes": b"1234567",
    "too short": struct.pack("<Q", 100) + b"[]",
    "a huge length": struct.pack("<Q", 2**64 - 1) + b"[]",
    "no JSON": message(b"not json"),
    "no UTF-8": message(b"\xff\xfe\xfa"),
    "deep JSON": message(b"[" * 100_000),
    "deep lists": message(b'["list",[' * 500 + b'["plain",1]' + b"]]" * 500),
    "no kind": message(["pickle", "x"]),
    "an object": message({"a": 1}),
    "a bare number": message(3),
    "plain list": message(["plain", [1]]),
    "too many parts": message(["plain", 1, 2]),
    "a huge number": message(["plain", 10**300]),
    "digits without end": message(b'["plain",' + b"9" * 10_000 + b"]"),
    "a text that is no list": message(["list", "abc"]),
    "a key that is none": message(["dict", [[["list", []], ["plain", 1]]]]),
    "a pair of three": message(["dict", [[["plain", 1], ["plain", 1], ["plain", 1]]]]),
    "objects": message(["array", "|O", [1]], b"12345678"),
    "rows of records": message(["array", "f4,f4", [1]], b"12345678"),
    "an empty dtype": message(["array", "", [1]], b"12345678"),
    "a dtype that is none": message(["array", "<f3", [1]], b"123"),
    "a long dtype": message(["array", "<U" + "9" * 30, [1]], b"123"),
    "dates": message(["array", "<M8[s]", [1]], b"12345678"),
    "big end first": message(["array", ">f8", [1]], b"12345678"),
    "raw bytes": message(["array", "|S8", [1]], b"12345678"),
    "a negative shape": message(["array", "<f8", [-1]], b"12345678"),
    "a shape of floats": message(["array", "<f8", [1.0]], b"12345678"),
    "a shape of truths": message(["array", "<f8", [True]], b"12345678"),
    "many axes": message(["array", "<f8", [1] * 65], b"12345678"),
    "more than there is": message(["array", "<f8", [2]], b"12345678"),
    "a product that overflows": message(["array", "<f8", [2**28] * 20], b"12345678"),
    "a huge shape of nothing": message(["array", "<f8", [0] + [2**28] * 20]),
    "letters of no size": message(["array", "<U0", [2**28]]),
    "letters that are none": message(["array", "<U1", [1]], b"\xff\xff\xff\xff"),
    "truths that are none": message(["array", "|b1", [1]], b"\x07"),
    "a scalar with a shape": message(["scalar", "<f8", [1]], b"12345678"),
    "bytes left over": message(["plain", 1], b"12"),
    "a helper without a number": message(["helper", "callable", "1"]),
    "a name that is none": message(["opaque", 3]),
    "many lists": message(b"[" + b"[]," * 20_000_000 + b"[]]"),
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD)
def test_bytes_that_are_no_message_are_garbled_and_take_no_memory(sent):
    tracemalloc.start()
    with pytest.raises(Garbled):
        unpack(sent)
    assert tracemalloc.get_traced_memory()[1] < len(sent) + 20 * 2**20
    tracemalloc.stop()


@given(st.binary(max_size=200))
@example(message(["array", "<f8", [0, 5]]))
def test_any_bytes_are_read_or_garbled(sent):
    try:
        unpack(sent)
    except Garbled:
        return


@given(TREES, st.data())
@settings(deadline=None, max_examples=300)
def test_a_message_with_changed_bytes_is_read_or_garbled(value, data):
    sent = bytearray(pack(value))
    for _ in range(data.draw(st.integers(1, 4))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    try:
        unpack(bytes(sent))
    except Garbled:
        return


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["list", "tuple", "dict", "array", "scalar", "plain", "helper", "opaque", "<f8", "<U3", "|b1"]
    )
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@given(JUNK, st.binary(max_size=40))
@settings(max_examples=300)
def test_any_tree_is_read_or_garbled(tree, rest):
    try:
        value = unpack(message(tree, rest))
    except Garbled:
        return
    assert is_same(unpack(pack(value)), value)


def test_a_helper_travels_as_a_number():
    assert unpack(pack([Helper("callable", 3)])) == [Helper("callable", 3)]
