"""A learner's functions are found by name, whatever the notebook has become; nothing else is executed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grulab.checks.definitions import cells_of, functions_for, read
from grulab.checks.question import exercises, questions

ROOT = Path(__file__).resolve().parents[1]


def notebook(*cells):
    """Return the bytes of a notebook with cells of code."""
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def found_in(*cells):
    """Return what the cells define."""
    return read(cells_of(notebook(*cells)))


def made(*cells, name="f"):
    """Return the function of a name, as the grader finds it."""
    return functions_for(found_in(*cells), name)[name]


# ---- notebooks that are none ----


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "not JSON"),
        (b"def f(): ...", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"\x89PNG\r\n", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"[]", "no list of cells"),
        (b"{}", "no list of cells"),
        (b"null", "no list of cells"),
        (b'{"cells": {"a": 1}}', "no list of cells"),
        (b'{"worksheets": [{"cells": []}], "nbformat": 3}', "no list of cells"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_notebook_is_said_to_be_none(file, says):
    with pytest.raises(ValueError, match=f"The file is no notebook.*{says}"):
        cells_of(file)


def test_only_cells_of_code_count_and_odd_ones_are_passed_over():
    cells = [
        {"cell_type": "markdown", "source": "def f(): return 1"},
        {"cell_type": "raw", "source": "def f(): return 2"},
        {"cell_type": "code", "source": ["x = 1\n", "y = 2"]},
        {"cell_type": "code", "source": "z = 3"},
        {"cell_type": "code", "source": [1, 2]},
        {"cell_type": "code", "source": 5},
        {"cell_type": "code"},
        {"source": "w = 4"},
        "text",
        None,
        3,
    ]
    assert cells_of(json.dumps({"cells": cells}).encode()) == ["x = 1\ny = 2", "z = 3", ""]


def test_a_file_that_begins_with_a_byte_order_mark_is_read():
    assert cells_of(b"\xef\xbb\xbf" + notebook("x = 1")) == ["x = 1"]


KEYS = st.sampled_from(["cells", "cell_type", "source"]) | st.text(max_size=3)
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["cells", "code", "cell_type"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(st.binary(max_size=100) | JSON.map(lambda tree: json.dumps(tree).encode()))
def test_any_file_is_read_or_refused(file):
    try:
        cells = cells_of(file)
    except ValueError as error:
        assert str(error).startswith("The file is no notebook")  # noqa: PT017
        return
    read(cells)


@given(st.lists(st.text(alphabet="def f():\n\t %!?=x1+'\"\\#\r\f\x00ä", max_size=40), max_size=4))
def test_any_cells_are_sorted(cells):
    found = read(cells)
    assert all(isinstance(line, str) and len(line) < 200 for line in found.left_out + found.faults)


# ---- what is executed, and what is left out ----

DEFINES = [
    "import os",
    "from os import path as where",
    "def f(): return 1",
    "async def f(): return 1",
    "class A:\n    x = 1",
    "LIMIT = 0.05",
    "HOLD, LIMIT = 50, 0.05",
    "a = b = [1, -2, 3.5e4]",
    "SHAPE: tuple = (1, 2)",
    'SAID = f"{1 + 1} {LIMIT!r:>{3}}"',
    "square = lambda x: x(x) ** 2",
    "RULES = {'tanh': lambda x: max(x, 0), 'pi': math.pi}",
    "UNITS = SIZES['units'] if HOLD > 3 and not FAST else SIZES[0:2]",
    "try:\n    import grulab\nexcept ImportError:\n    grulab = None",
    "if FAST:\n    import os\nelse:\n    import sys",
]
LEFT_OUT = [
    "print('hello')",
    "model.fit(x, y)",
    "history = model.fit(x, y)",
    "LIMIT = float('0.05')",
    "LIMITS = [float(one) for one in '12']",
    "LIMITS = (f(one) for one in [])",
    "if (LIMIT := 3): pass",
    "NUMBERS = {**f()}",
    "x[0] = 1",
    "a.b = 1",
    "x += 1",
    "del x",
    "assert f() == 1",
    "for i in range(3): pass",
    "while True: pass",
    "with open('x') as file: text = file",
    "if train():\n    import os",
    "if True:\n    train()",
    "try:\n    train()\nexcept ValueError: pass",
    "raise SystemExit",
    "await f()",
    "SAID = f'{train()}'",
    "'''only text'''",
    "LIMIT: float",
]


@pytest.mark.parametrize("code", DEFINES)
def test_definitions_are_taken(code):
    found = found_in(code)
    assert len(found.statements) == 1
    assert not found.left_out
    assert not found.faults


@pytest.mark.parametrize("code", LEFT_OUT)
def test_everything_else_is_left_out_and_listed_with_its_place(code):
    found = found_in("y = 1", "\n" + code)
    assert [number for number, _ in found.statements] == [1]
    assert found.left_out == [f"cell 2, line 2: {code.splitlines()[0]}"]


@pytest.mark.parametrize(
    "code",
    [
        "UNITS = int(32)\ndef f(): return UNITS",
        "from random import *\nUNITS = Random(0)\ndef f(): return [UNITS for _ in 'ab']",
        "a, UNITS = range(2)\ndef f(n=UNITS): return n",
        "UNITS = int(32)\nTWICE = 2 * UNITS\ndef f(): return TWICE",
    ],
)
def test_a_name_that_was_left_out_says_why_it_is_not_there(code):
    line = next(one for one in code.splitlines() if "UNITS =" in one)
    with pytest.raises(NameError) as stopped:
        functions_for(found_in(code), "f")["f"]()
    said = str(stopped.value)
    assert said.startswith(f"name 'UNITS' is not defined (`{line}` in cell 1, line ")
    assert said.endswith("is left out: only imports, functions, classes and literal constants are kept)")


def test_a_name_that_is_there_all_the_same_is_no_error():
    assert functions_for(found_in("len = max(3, 4)\ndef f(): return len('ab')"), "f")["f"]() == 2
    assert functions_for(found_in("N = int(3)\nN = 4\ndef f(): return N"), "f")["f"]() == 4
    with pytest.raises(NameError, match=r"^name 'nowhere' is not defined$"):
        functions_for(found_in("N = int(3)\ndef f(): return nowhere"), "f")["f"]()


def test_a_long_line_is_listed_in_short():
    assert len(found_in(f"print('{'a' * 10_000}')").left_out[0]) < 150


@pytest.mark.parametrize(
    ("cell", "left_out"),
    [
        ("%matplotlib inline\ndef f(): return 1", ["cell 1: %matplotlib inline"]),
        ("!pip install x\ndef f(): return 1", ["cell 1: !pip install x"]),
        ("def f(): return 1\nfiles = !ls", ["cell 1: files = !ls"]),
        ("def f(): return 1\nx, y = %time train()", ["cell 1: x, y = %time train()"]),
        ("def f(): return 1\nf?", ["cell 1: f?"]),
        ("def f(): return 1\nnp.log??", ["cell 1: np.log??"]),
        ("?f\ndef f(): return 1", ["cell 1: ?f"]),
        ("def f():\n    %time x = 3\n    return 1", ["cell 1: %time x = 3"]),
        ("%%time\ndef f(): return 1", []),
        ("\n\n%%time\n\n%%capture out\ndef f(): return 1", []),
        ("%%timeit -n 3\ndef f(): return 1\ntrain()", ["cell 1, line 3: train()"]),
        ("    def f():\n        return 1", []),
        ("    %time 3\n    def f():\n        return 1", ["cell 1: %time 3"]),
        ("\tdef f(): return 1", []),
        ("def f():\r\n    return 1\r\n", []),
        ("# only\n\n\ndef f(): return 1  # one", []),
    ],
)
def test_magics_go_and_the_code_around_them_stays(cell, left_out):
    found = found_in(cell)
    assert functions_for(found, "f")["f"]() == 1
    assert found.left_out == left_out
    assert not found.faults


@pytest.mark.parametrize("cell", ["%%bash\nls", "%%html\n<p>", "%%writefile x.py\ndef f(): return 1", "%%"])
def test_cells_of_another_language_are_left_out(cell):
    found = found_in(cell, "def f(): return 2")
    assert functions_for(found, "f")["f"]() == 2
    assert found.left_out == [f"cell 1: {cell.splitlines()[0]}"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("def f(:\n    return 1", "Cell 2, line 1 is not Python: "),
        ("x = 1\nTwo words of text", "Cell 2, line 2 is not Python: "),
        ("x = 'never closed", "Cell 2, line 1 is not Python: "),
        ("def f():\nreturn 1", "Cell 2, line 2 is not Python: "),
        ("x = 1\0", "Cell 2"),
        ("(" * 1000, "Cell 2"),
        ("-" * 100_000 + "1", "Cell 2"),
    ],
    ids=lambda value: value[:20],
)
def test_a_cell_that_is_no_python_is_a_fault_of_its_own(cell, says):
    found = found_in("def f(): return 1", cell, "def g(): return 2")
    assert functions_for(found, "f")["f"]() == 1
    assert functions_for(found, "g")["g"]() == 2
    (fault,) = found.faults
    assert fault.startswith(says)
    assert len(fault) < 200


def test_a_warning_of_the_compiler_is_no_fault():
    assert made("def f(x):\n    '\\d'\n    return x is 1")(2) is False


# ---- which of several functions counts ----

STUB = 'def f(x):\n    """Return the double."""\n    ...'


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        (["def f(x): return 1", "def f(x): return 2"], 2),
        (["def f(x): return 1\ndef f(x): return 2"], 2),
        (["def f(x): return 1", STUB], 1),
        ([STUB, "def f(x): return 1"], 1),
        ([STUB, "def f(x): return 1", STUB, STUB], 1),
        (["f = lambda x: 3", STUB], 3),
        ([STUB, "f = lambda x: 3"], 3),
        (["def g(x): return 4", STUB, "f = g"], 4),
        (["class f:\n    def __new__(cls, x): return 5"], 5),
        (["def f(x): return h(x)", "def h(x): return LIMIT", "LIMIT = 6"], 6),
        (["LIMIT = 1\ndef f(x): return LIMIT", "LIMIT = 7"], 7),
        (["LIMIT = [1]", "def f(x, y=LIMIT[0]): return y"], 1),
        (["def f(x):\n    global LIMIT\n    LIMIT = 8\n    return LIMIT"], 8),
        (["from functools import *\ndef f(x): return reduce(lambda a, b: a + b, [4, 5])"], 9),
        (["import functools\n@functools.cache\ndef f(x): return 10"], 10),
        (["class A:\n    def __call__(s, x): return B.y", "class B: y = 11", "def f(x): return A()(x)"], 11),
        (["def f(x): return (lambda y: g(y))(x)", "g = lambda y: 12"], 12),
        (["def f(x): return [g(y) for y in [x]][0]", "def g(y): return 13"], 13),
        (["try:\n    import no_such_module as m\nexcept ImportError:\n    m = 14\ndef f(x): return m"], 14),
        (["def f(x, g=15): return g", "def g(): return undefined_here"], 15),
    ],
)  # fmt: skip
def test_the_last_function_with_a_body_counts(cells, result):
    assert made(*cells)(0) == result


def test_an_import_of_the_same_name_is_no_answer():
    from grulab.checks import is_attempted

    assert not is_attempted(made("from math import sqrt as f", STUB))
    assert not is_attempted(made("f = 3", STUB))


def test_a_name_that_is_no_function_any_more_is_what_it_is_now():
    assert made("def f(x): return 1", "f = 3") == 3


def test_a_name_that_is_not_there_is_missing():
    assert "f" not in functions_for(found_in("x = 1", "f = train()"), "f")


# ---- what an answer does not need is not executed ----


@pytest.mark.parametrize(
    "other",
    [
        "import no_such_module",
        "LIMIT = undefined",
        "@undefined\ndef g(): return 1",
        "class A(undefined): pass",
        "def g(x=undefined): return x",
    ],
)
def test_what_is_not_needed_is_not_executed(other):
    assert made(other, "def f(): return 1")() == 1


def test_an_import_of_everything_may_be_needed_and_is_executed():
    with pytest.raises(ModuleNotFoundError):
        made("from no_such_module import *", "def f(): return 1")


def test_local_names_need_no_definition_of_the_notebook():
    cells = [
        "import no_such_module as k",
        "def f(k):\n    def g(k): return k\n    return [k for k in [g(k)]][0]",
    ]
    assert made(*cells)(3) == 3


def test_no_exercise_without_keras_imports_tensorflow():
    code = (
        "import sys\n"
        "from grulab.checks.definitions import cells_of, functions_for, read\n"
        f"found = read(cells_of(open({str(ROOT / 'solutions' / '01_gates.ipynb')!r}, 'rb').read()))\n"
        "for name in ('mix', 'half_life', 'latch_weights', 'clearable_latch_weights'):\n"
        "    functions_for(found, name)[name]\n"
        "print('tensorflow' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_function_that_cannot_be_compiled_is_an_error_of_its_own():
    cells = ["def f(x):\n    nonlocal y\n    return y", "def g(): return 1"]
    assert made(*cells, name="g")() == 1
    with pytest.raises(SyntaxError, match="nonlocal"):
        made(*cells)


# ---- the course's own notebooks ----


@pytest.mark.parametrize("folder", ["solutions", "exercises"])
@pytest.mark.parametrize("exercise", exercises())
def test_every_notebook_of_the_course_is_read_without_a_fault(folder, exercise):
    (path,) = (ROOT / folder).glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    found = read(cells_of(path.read_bytes()))
    assert not found.faults
    names = {statement.name for _, statement in found.statements if hasattr(statement, "name")}
    assert set(questions(exercise)) <= names
