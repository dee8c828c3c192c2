"""What may pass between a check and an answer: numbers, text, arrays, lists, tuples and dictionaries.

A message is a tree in JSON, followed by the bytes of its arrays; nothing is ever pickled, compressed or
executed. Whatever else an answer returns arrives as ``Opaque``, the name of its type. Callables and other
helpers that a check hands to an answer stay where they are: only their number travels.
"""

import json
import struct
from dataclasses import dataclass

import numpy as np

LIMIT = 256 * 2**20  # bytes of one message
TREE = 64 * 2**20  # bytes of the tree of one message
NODES = 2_000_000  # values in one message; each takes some hundred bytes once it is read
LETTERS = 8_000_000  # of all texts in one message, outside of arrays
DEPTH = 24  # levels of one message; ``pack`` writes 20
KINDS = "?biufcU"  # booleans, whole numbers, floats, complex numbers, text


@dataclass(frozen=True)
class Opaque:
    """Something that a check cannot read: only the name of its type arrives."""

    type_name: str


@dataclass(frozen=True)
class Helper:
    """Something that stays with the check, known to the answer's side by its kind and number."""

    kind: str
    number: int


class Garbled(ValueError):
    """Bytes that are no message."""


def pack(value) -> bytes:
    """Return a value as one message; raise ``Garbled`` when it is larger than ``LIMIT``."""
    arrays: list[bytes] = []
    size = nodes = letters = 0

    def array_of(array):
        nonlocal size
        array = np.asarray(array)
        if array.dtype.kind not in KINDS:
            return None
        size += array.nbytes  # before it is copied: one number can be broadcast to any size
        if size > LIMIT:
            raise Garbled(f"the message holds more than {LIMIT // 2**20} MB")
        array = np.ascontiguousarray(array).reshape(array.shape)
        if array.dtype.byteorder == ">":
            array = array.astype(array.dtype.newbyteorder("<"))
        arrays.append(array.tobytes())
        return [array.dtype.str, list(array.shape)]

    def text_of(text):
        nonlocal letters
        letters += len(text)
        if letters > LETTERS:
            raise Garbled(f"the texts of the message are longer than {LETTERS:,} letters")
        return ["plain", text]

    def tree_of(value, depth):
        nonlocal nodes
        nodes += 1
        if nodes > NODES:
            raise Garbled(f"the message holds more than {NODES:,} values beside its arrays")
        kind = type(value)
        if depth > 20:
            return ["opaque", "something nested deeper than 20 levels"]
        if issubclass(kind, np.generic):  # before float and str: NumPy's float64 and str_ are of these, too
            described = array_of(value)
            return ["scalar", *described] if described else ["opaque", type_name(value)]
        if value is None or kind is bool:
            return ["plain", value]
        # a Counter, a named tuple or an IntEnum is taken for what it is; its own methods are not asked
        if issubclass(kind, float):
            return ["plain", float.__float__(value)]
        if issubclass(kind, str):
            return text_of(str.__str__(value))
        if issubclass(kind, int):
            number = int.__int__(value)
            return ["plain", number] if abs(number) < 2**200 else ["opaque", "int of more than 200 bits"]
        if issubclass(kind, list):
            return ["list", [tree_of(one, depth + 1) for one in list.__iter__(value)]]
        if issubclass(kind, tuple):
            return ["tuple", [tree_of(one, depth + 1) for one in tuple.__iter__(value)]]
        if issubclass(kind, dict):
            pairs = dict.items(value)
            return ["dict", [[key_of(k, depth + 1), tree_of(v, depth + 1)] for k, v in pairs]]
        if kind is Helper:
            return ["helper", value.kind, value.number]
        if kind is Opaque:
            return ["opaque", value.type_name]
        try:
            if not (issubclass(kind, np.ndarray) or hasattr(kind, "__array__")):
                return ["opaque", type_name(value)]
            described = array_of(value)
        except Garbled:
            raise
        except Exception:
            described = None
        if described is None and issubclass(kind, np.ndarray):
            return ["opaque", f"ndarray of {np.ndarray.dtype.__get__(value).name} values"]
        return ["array", *described] if described else ["opaque", type_name(value)]

    def key_of(key, depth):
        # only what the other side can use as a key again
        is_key = key is None or isinstance(key, str | int | float | tuple | np.generic | Opaque)
        return tree_of(key, depth) if is_key else ["opaque", type_name(key)]

    try:
        tree = json.dumps(tree_of(value, 0)).encode()
    except RecursionError:
        raise Garbled("the value is nested too deeply") from None
    if size + len(tree) > LIMIT:
        raise Garbled(f"the message holds more than {LIMIT // 2**20} MB")
    return b"".join([struct.pack("<Q", len(tree)), tree, *arrays])


def unpack(message: bytes):
    """Return the value in a message, its arrays as fresh copies; raise ``Garbled`` when it is none."""
    if len(message) < 8:
        raise Garbled("a message has at least 8 bytes")
    (length,) = struct.unpack_from("<Q", message)
    if length > len(message) - 8:
        raise Garbled("the message is shorter than it says")
    place = 8 + length

    def array_of(dtype, shape):
        nonlocal place
        if not (isinstance(dtype, str) and len(dtype) < 12):
            raise Garbled(f"no array holds {str(dtype)[:50]!r}")
        name, dtype = dtype, np.dtype(dtype)
        if dtype.str != name or name[0] == ">" or dtype.kind not in KINDS:
            raise Garbled(f"no array holds {name!r}")
        if not all(type(one) is int and 0 <= one <= LIMIT for one in shape) or len(shape) > 32:
            raise Garbled("an array has an impossible shape")
        if dtype.itemsize == 0:  # NumPy would make room for one letter each
            dtype = np.dtype("U1")
        count = 1
        for one in shape:
            count *= one
        size = count * dtype.itemsize
        if size > len(message) - place:
            raise Garbled("an array is larger than its message")
        array = np.frombuffer(message, dtype, count, place) if size else np.zeros(count, dtype)
        place += size
        check_contents(array)
        return array.reshape(shape).copy()

    def value_of(tree, depth=0):
        if depth > DEPTH:
            raise Garbled("the value is nested too deeply")
        match tree:
            case ["plain", int(value)] if abs(value) >= 2**200:
                raise Garbled("a whole number has more than 200 bits")
            case ["plain", (None | bool() | int() | float() | str()) as value]:
                return value
            case ["list", [*ones]]:
                return [value_of(one, depth + 1) for one in ones]
            case ["tuple", [*ones]]:
                return tuple(value_of(one, depth + 1) for one in ones)
            case ["dict", [*pairs]]:
                return {value_of(key, depth + 1): value_of(value, depth + 1) for key, value in pairs}
            case ["array", dtype, [*shape]]:
                return array_of(dtype, shape)
            case ["scalar", dtype, []]:
                return array_of(dtype, [])[()]
            case ["helper", str(kind), int(number)]:
                return Helper(kind, number)
            case ["opaque", str(name)]:
                return Opaque(name[:200])
        raise Garbled("a part of the message is of no known kind")

    # each value is written as one list, a list or dictionary as a few more
    if length > TREE or message.count(b"[", 8, place) + message.count(b"{", 8, place) > 4 * NODES:
        raise Garbled("the message holds too many values")
    try:
        value = value_of(json.loads(message[8:place]))
    except Garbled:
        raise
    except (ValueError, TypeError, RecursionError, MemoryError, OverflowError) as error:
        raise Garbled(f"the message cannot be read: {type(error).__name__}") from None
    if place != len(message):
        raise Garbled("the message is longer than it says")
    return value


def type_name(value):
    """Return the name of a value's type, even of one that tells another."""
    return name_of(type(value))


def name_of(kind):
    """Return the name of a type, even of one that tells another."""
    return type.__dict__["__name__"].__get__(kind)[:200]


def check_contents(array):
    """Raise ``Garbled`` for bytes that no array of its kind holds: letters and truth values that are none."""
    whole = np.ascontiguousarray(array)
    if array.dtype.kind == "U" and array.size and whole.view(array.dtype.byteorder + "u4").max() > 0x10FFFF:
        raise Garbled("a text holds letters that are none")
    if array.dtype.kind == "b" and array.size and whole.view("u1").max() > 1:
        raise Garbled("a truth value is neither true nor false")


def with_article(name):
    """Return the name of a type with its article: "an int", "a list"."""
    return f"{'an' if name.lower().startswith(('a', 'e', 'i', 'o', 'u', 'nd')) else 'a'} {name}"
