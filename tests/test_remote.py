"""The parts of the grader that watch a process: what it sends, what it may call, what it may ask."""

import struct

import numpy as np
import pytest
from classroom import OPTIONS, answers, notebook

from grulab.checks import frames, remote, syscalls
from grulab.checks.answer import Answer, Wrong
from grulab.checks.remote import Lost
from grulab.checks.sandbox import Sandbox
from grulab.checks.submission import Learner
from grulab.checks.values import Garbled, pack, unpack
from grulab.testset import TestSet


@pytest.fixture
def opened():
    """Give a function that opens a notebook's function in a sandbox, and an ``Answer`` to it."""
    children = []

    def open_(code, name):
        child = Learner(Sandbox())
        children.append(child)
        child.exchange(frames.LOAD, notebook(code), 10)
        child.open(name, OPTIONS.seed)
        return Answer(name, child.serve(name), 5.0)

    yield open_
    for child in children:
        child.close()


def test_arguments_and_values_travel(opened):
    echo = opened("def echo(*a, **k):\n    return [a, k]", "echo")
    value = echo(np.arange(6.0).reshape(2, 3), "word", [1, (2, None)], {"a": np.float32(2)}, key=True)
    assert value[1] == {"key": True}
    np.testing.assert_array_equal(value[0][0], np.arange(6.0).reshape(2, 3))
    assert value[0][1:3] == ("word", [1, (2, None)])
    assert value[0][3]["a"].dtype == np.float32


def test_a_helper_stays_here_and_is_asked(opened):
    asked = []

    def double(x):
        asked.append(x)
        return 2 * x

    twice = opened("def twice(f, x):\n    return f(f(x))", "twice")
    assert twice(double, 3.0) == 12.0
    assert asked == [3.0, 6.0]


def test_an_error_of_a_helper_is_one_of_the_answer_and_wrong_ends_the_check(opened):
    call = opened("def call(f, x):\n    return f(x)", "call")
    with pytest.raises(Wrong, match="call stops with ZeroDivisionError: division by zero"):
        call(lambda x: 1 / 0, 1)
    with pytest.raises(Wrong, match="call stops with TypeError"):
        call(lambda: 1, 1)

    def refuse(x):
        raise Wrong("not this one")

    with pytest.raises(Wrong, match="not this one"):
        call(refuse, 1)
    with pytest.raises(Wrong, match="was stopped"):
        call(lambda x: x, 1)


def test_a_helper_that_is_called_wrongly_is_named_by_no_function_of_the_check(opened):
    call = opened("def call(f, x):\n    return f(x, x)", "call")

    def inside(x):
        return x

    with pytest.raises(Wrong) as stopped:
        call(inside, 1.0)
    said = "call stops with TypeError: too many positional arguments in the line `return f(x, x)`."
    assert str(stopped.value) == said
    by_name = opened("def call(f, x):\n    return f(x=x)", "call")
    with pytest.raises(Wrong, match=r"call stops with TypeError: (?!.*(inside|<locals>)).*`return f\(x=x\)`"):
        by_name(inside, 1.0)


def test_a_learner_s_own_kind_of_an_error_is_one(opened):
    code = "class A(ValueError): pass\nclass B(A): pass\ndef stop():\n    raise B('too short')"
    assert opened(code, "stop").reply().error == ("ValueError", "too short", "raise B('too short')")


def test_a_helper_is_not_asked_without_end(opened, monkeypatch):
    monkeypatch.setattr(remote, "CONSULTATIONS", 100)
    ask = opened("def ask(f):\n    while True: f()", "ask")
    with pytest.raises(Wrong, match="no answer"):
        ask(lambda: 1)


def test_an_answer_draws_the_same_numbers_each_time(opened):
    code = "import numpy as np\nimport random\ndef draw():\n    return [np.random.rand(), random.random()]"
    assert opened(code, "draw")() == opened(code, "draw")()
    # not those of the checks: with these an answer could tell what they will draw
    assert opened(code, "draw")()[0] != np.random.RandomState(OPTIONS.seed).rand()


def test_the_names_given_to_a_test_set_are_short(opened):
    test = TestSet([np.zeros(1)], [1])
    code = "import numpy as np\ndef ask(test):\n    return test.judge('x' * 10**6, np.ones(1))"
    assert opened(code, "ask")(test) == 1.0
    assert test.asked == ["x" * 200]


def test_a_process_that_is_gone_says_why_each_time(opened):
    gone = opened("import os\ndef gone():\n    os._exit(9)", "gone")
    for _ in range(2):
        with pytest.raises(Wrong, match=r"^gone ended its process with the exit status 9\.$"):
            gone()


def test_a_helper_that_there_is_not_is_an_error_of_the_answer():
    def consult(kind, number, method, arguments):
        return [b"x"][number]

    kind, said = remote.consulted(consult, pack(["callable", 7, "call", np.zeros(0, np.uint8)]))
    assert kind == frames.FAULT
    assert unpack(said)[0] == "IndexError"
    for payload in (b"", pack(3), pack(["callable", -1, "call", np.zeros(0)]), pack([[], 1, 2, np.zeros(0)])):
        with pytest.raises(Lost):
            remote.consulted(consult, payload)


def tree(text):
    return struct.pack("<Q", len(text)) + text


HOSTILE = {
    "deep": tree(b'["list", [' * 30 + b'["plain", 1]' + b"]]" * 30),
    "a huge number": tree(b'["plain", 1' + b"0" * 100 + b"]"),
    "an array longer than the message": tree(b'["array", "<f8", [9]]') + bytes(8),
    "a shape below zero": tree(b'["array", "<f8", [-1]]'),
    "objects": tree(b'["array", "|O", [1]]') + bytes(8),
    "a record": tree(b'["array", "f8,f8", [1]]') + bytes(16),
    "letters that are none": tree(b'["array", "<U1", [1]]') + b"\xff" * 4,
    "a truth that is none": tree(b'["array", "|b1", [1]]') + b"\x02",
    "a list as a key": tree(b'["dict", [[["list", []], ["plain", 1]]]]'),
    "half": pack([1.0])[:-3],
    "nothing": b"",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_bytes_that_are_no_value_are_garbled(what):
    with pytest.raises(Garbled):
        unpack(HOSTILE[what])


def test_a_message_of_too_many_values_is_not_even_read():
    with pytest.raises(Garbled, match="too many values"):
        unpack(tree(b"[" + b"[]," * 9_000_000 + b"[]]"))


def run(program, number, argument=0, machine=0xC000003E):
    """Run a filter as the kernel does, and return what it says of a call."""
    given = {syscalls.NUMBER: number, syscalls.ARCHITECTURE: machine, syscalls.FIRST_ARGUMENT: argument}
    lines = [struct.unpack_from("<HBBI", program, place) for place in range(0, len(program), 8)]
    place = value = 0
    while True:
        code, if_true, if_false, k = lines[place]
        place += 1
        if code == syscalls.LOAD:
            value = given[k]
        elif code == syscalls.RETURN:
            return k
        else:
            says = {
                syscalls.EQUAL: value == k,
                syscalls.AT_LEAST: value >= k,
                syscalls.ANY_BIT: bool(value & k),
            }[code]
            place += if_true if says else if_false


@pytest.mark.parametrize(("machine", "column"), [("x86_64", 0), ("aarch64", 1)])
def test_the_filter_denies_what_it_lists_and_nothing_else(machine, column):
    program, about = syscalls.program(machine), syscalls.MACHINES[machine][1]
    denied = {numbers[column] for numbers in syscalls.DENIED.values()}
    special = {one[column] for one in (syscalls.CLONE, syscalls.CLONE3, syscalls.SOCKET)}
    for number in range(500):
        said = run(program, number, machine=about)
        if number not in special:
            assert said == (0x00050001 if number in denied else syscalls.ALLOW), number
    clone, clone3, opens = (one[column] for one in (syscalls.CLONE, syscalls.CLONE3, syscalls.SOCKET))
    assert run(program, clone, 0x11, about) == syscalls.ALLOW  # fork
    assert run(program, clone, 0x3D0F00, about) == syscalls.ALLOW  # a thread
    assert run(program, clone, 0x10000011, about) == 0x00050001  # a namespace of users
    assert run(program, clone3, 0, about) == 0x00050000 | 38
    assert [run(program, opens, family, about) == syscalls.ALLOW for family in (1, 2, 10, 16, 40)] == [
        True
    ] * 3 + [False] * 2
    assert run(program, 1, machine=7) == syscalls.KILL


def test_the_sandbox_names_nothing_of_the_checkout_but_the_package():
    walls = Sandbox().walls()
    sources = [
        walls[place + 1] for place, one in enumerate(walls) if one.startswith(("--ro-bind", "--dev-bind"))
    ]
    assert not [one for one in sources if one.endswith(("/solutions", "/tests", "/exercises", "/main"))]
    assert "--bind" not in walls
    assert all(walls[place - 2] == "--size" for place, one in enumerate(walls) if one == "--tmpfs")


def test_a_notebook_is_read_in_the_sandbox_and_not_here(monkeypatch):
    from grulab.checks import definitions, submission

    def never(*_):
        raise AssertionError("the grader itself has read a notebook")

    monkeypatch.setattr(definitions, "cells_of", never)
    monkeypatch.setattr(definitions, "read", never)
    record = submission.grade("01_gates.ipynb", OPTIONS, answers("x = 1"))
    assert {one["outcome"] for one in record["rows"]} == {"right"}
