"""Submissions that attack the grader: each gets a sentence, and the rest of it gets its grade."""

import os
import re
import socket

import psutil
import pytest
from answers import entries, notebook_of
from classroom import OPTIONS, RIGHT_MIX, answers, graded, impatient, notebook, says, solution

from grulab.checks import remote, submission
from grulab.checks.submission import Options

WRONG_MIX = "return candidate * 0 + 99"
# inside an attack: say in an error what came of it
TRY = """
def report(*found):
    if any(found):
        raise RuntimeError(f"escaped: {found}"[:300])
    raise RuntimeError("closed in")
def attempt(action):
    try:
        return action()
    except Exception:
        return None
"""


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    impatient(monkeypatch)


def mix(body, before="", arguments="z, h, candidate"):
    """Return a cell in which ``mix`` has this body."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return f"import os, sys\nimport numpy as np\n{before}\ndef mix({arguments}):\n{lines}\n"


# ---- what replaces the checks ----

REPLACEMENTS = {
    "np.allclose": "np.allclose = np.isclose = np.array_equal = lambda *a, **k: True",
    "np.testing": "import numpy.testing\nfor name in dir(np.testing):\n"
    "    if name.startswith('assert'): setattr(np.testing, name, lambda *a, **k: None)",
    "checks": "import grulab.checks.answer, grulab.checks.judging, grulab.checks.values\n"
    "grulab.checks.answer.expect = grulab.checks.answer.expect_array = lambda *a: None\n"
    "grulab.checks.answer.is_close = lambda *a: True\n"
    "grulab.checks.judging.judge = lambda *a: grulab.checks.verdict.Verdict('mix', 'right')",
    "IPython": "import IPython\nIPython.get_ipython = lambda: None\n"
    "IPython.core.interactiveshell.InteractiveShell.run_cell = 1",
    "builtins": "import builtins\nbuiltins.isinstance = lambda *a: True\n"
    "builtins.abs = lambda x: 0\nbuiltins.len = lambda x: 2",
    "numpy": "import types\nsys.modules['numpy'] = types.ModuleType('numpy')",
    "imports": "class Hook:\n    def find_spec(self, *a): raise ImportError('hooked')\n"
    "sys.meta_path.insert(0, Hook())\nsys.modules.clear()",
    "modules": "import types\nfor name in [one for one in sys.modules if one.startswith('grulab')]:\n"
    "    sys.modules[name] = types.ModuleType(name)",
    "worker": "import __main__, gc\nfrom grulab.checks import worker\n"
    "for one in gc.get_objects():\n"
    "    if isinstance(one, worker.Worker): one.ask = lambda request: b'right'",
}


@pytest.mark.parametrize("what", REPLACEMENTS)
def test_replacing_what_a_check_uses_is_of_no_use(what):
    found = says(graded(answers(mix(f"{REPLACEMENTS[what]}\n{WRONG_MIX}"))))
    assert found.startswith("wrong: ")


def test_what_one_question_leaves_is_gone_at_the_next():
    code = """
import builtins, os
import numpy as np
def mix(z, h, candidate):
    builtins.bomb = os.environ["BOMB"] = "1"
    open("/tmp/bomb", "w").close()
    return z * h + (1 - z) * candidate
def half_life(z):
    if os.path.exists("/tmp/bomb") or hasattr(builtins, "bomb") or "BOMB" in os.environ:
        raise RuntimeError("still there")
    return np.log(0.5) / np.log(z)
"""
    assert says(graded(answers(code))) == "right: "


def test_a_module_named_numpy_in_the_notebook_is_not_imported():
    code = mix(
        "open('numpy.py', 'w').write('raise SystemExit')\nimport numpy\nreturn z * h + (1 - z) * candidate"
    )
    assert says(graded(answers(code))) == "right: "


# ---- what looks around ----

LOOKS = {
    "solutions, hidden checks and other submissions": """
found = []
for folder, folders, names in os.walk("/"):
    known = ("/usr/lib", "/packages", os.path.join(sys.base_prefix, "lib"))
    folders[:] = [one for one in folders if os.path.join(folder, one) not in known]
    found += [os.path.join(folder, name) for name in names + folders
              if name in ("solutions", "hidden", "tests", "passwd", "shadow") or name.endswith(".ipynb")]
report(found)""",
    "the environment": "report([one for one in os.environ if one.startswith('GRULAB_SECRET')])",
    "the home": "report(attempt(lambda: os.listdir({home!r})))",
    "the checkout": "report(attempt(lambda: os.listdir({checkout!r})))",
    "other processes": "report(attempt(lambda: os.kill({pid}, 0) or 'a signal'), "
    "attempt(lambda: open('/proc/{pid}/environ').read() or 1))",
    "the roots of other processes": "report(attempt(lambda: os.listdir('/proc/1/root')), "
    "attempt(lambda: os.listdir('/proc/self/root')))",
    "the network": """
import socket
report(attempt(lambda: socket.create_connection(("127.0.0.1", {port}), 2)))""",
}


@pytest.fixture
def placed(tmp_path, monkeypatch):
    """Places that an attack may look for, filled in."""
    monkeypatch.setenv("GRULAB_SECRET", "7")
    home = tmp_path / "home"
    home.mkdir()
    (home / "grades.csv").write_text("1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {
            "home": str(home),
            "checkout": os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
            "pid": os.getpid(),
            "port": server.getsockname()[1],
        }


def filled(code, places):
    for name, value in places.items():
        code = code.replace(f"{{{name}!r}}", repr(value)).replace(f"{{{name}}}", str(value))
    return mix(code, before=TRY)


@pytest.mark.parametrize("name", LOOKS)
def test_there_is_nothing_to_look_at(name, placed):
    assert says(graded(answers(filled(LOOKS[name], placed)))).startswith(
        "wrong: mix stops with RuntimeError: closed in"
    )


@pytest.mark.parametrize(
    "name",
    [
        one
        for one in LOOKS
        if one not in ("the environment", "solutions, hidden checks and other submissions")
    ],
)
def test_without_a_sandbox_the_same_attack_finds_something(name, placed):
    options = Options(OPTIONS.seed, OPTIONS.folders, is_closed=False)
    found = graded(answers(filled(LOOKS[name], placed)), options=options)
    assert "RuntimeError: escaped" in found["mix"]["message"]


# ---- what wants more than it has ----

RIGHTS = {
    "become root": "report(attempt(lambda: os.setuid(0) or 1), os.geteuid() == 0)",
    "write into the packages": """
report(*[attempt(lambda: open(os.path.join(os.path.dirname(place), "x.py"), "w")) for place in
         (np.__file__, os.__file__, sys.modules["grulab"].__file__, sys.executable, "/x", "/usr/x")])""",
    "trace a process, make a file in memory, share memory, mount, leave the namespace": """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
calls = [libc.ptrace(16, 1, 0, 0), libc.memfd_create(b"x", 0), libc.shmget(0, 4096, 0o1600),
         libc.unshare(0x10000000), libc.unshare(0x20000), libc.mount(b"x", b"/tmp", b"tmpfs", 0, None),
         libc.setns(0, 0), libc.syscall(425, 8, 0), libc.syscall(321, 0, 0, 0), libc.syscall(435, 0, 0)]
report([place for place, one in enumerate(calls) if one != -1])""",
    "reach the host through a socket that knows no network namespace": """
import socket
report(*[attempt(lambda: socket.socket(family, socket.SOCK_STREAM)) for family in (40, 16, 17, 38)])""",
    "type into the terminal": """
import fcntl, termios
report(attempt(lambda: open("/dev/tty")),
       *[attempt(lambda: fcntl.ioctl(fd, termios.TIOCSTI, b"x") or 1) for fd in range(64)])""",
    "raise its limits": """
import resource
most = resource.RLIM_INFINITY
report(*[attempt(lambda: resource.setrlimit(one, (most, most)) or 1) for one in
         (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE)])""",
}


@pytest.mark.parametrize("name", RIGHTS)
def test_a_submission_has_no_rights(name):
    assert "closed in" in says(graded(answers(mix(RIGHTS[name], before=TRY))))


def test_a_disk_cannot_be_filled():
    code = """
written = 0
for place in ("/tmp", "/dev/shm", "/", "/var/tmp"):
    for number in range(200):
        try:
            with open(f"{place}/{number}", "wb") as file:
                for _ in range(16):
                    written += file.write(b"x" * 2**20)
                    file.flush()
        except OSError:
            break
report(written > 100 * 2**20)"""
    assert "closed in" in says(graded(answers(mix(code, before=TRY))))


# ---- what ends a process ----

ENDS = {
    "sys.exit()": "stops with SystemExit",
    "raise KeyboardInterrupt": "stops with KeyboardInterrupt",
    "os._exit(0)": "exit status 0",
    "os._exit(3)": "exit status 3",
    "os.abort()": "SIGABRT",
    "os.kill(os.getpid(), 9)": "SIGKILL",
    # the process above is another user's, or the first of a sandbox, which no signal from inside reaches
    "os.kill(os.getppid(), 9)\nwhile True: pass": "(did not come back|stops with PermissionError)",
    "os.kill(-1, 9)\nwhile True: pass": "(ended its process|stops with ProcessLookupError|did not come back)",
    "os.killpg(0, 9)": "ended its process",
    "import ctypes\nctypes.string_at(0)": "SIGSEGV",
    "os.kill(os.getpid(), 19)": "did not come back within 2 seconds",
    "while True: pass": "did not come back within 2 seconds",
    "while True:\n    try: [0][1]\n    except BaseException: pass": "did not come back within 2 seconds",
    "os.closerange(0, 256)\nwhile True: pass": "(did not come back|closed the way|ended its process)",
    "os.closerange(0, 256)\nreturn 1": "(did not come back|closed the way|ended its process)",
    "def f(): return f()\nreturn f()": "stops with RecursionError",
    "sys.setrecursionlimit(10**9)\ndef f(x): return f([x] * 2) + f(x)\nreturn f(0)": (
        "(.*Error|ended its process|did not come back|used more)"
    ),
    "return [np.zeros(2**27) for _ in range(100)]": "stops with .*MemoryError",
    "sys.settrace(lambda *a: 1 / 0)\nreturn mix(z, h, candidate)": "ZeroDivisionError",
    "import atexit\natexit.register(os.kill, os.getppid(), 9)\nsys.exit()": "stops with SystemExit",
    "sys.setprofile(lambda *a: 1 / 0)\nreturn z * h": "ZeroDivisionError",
    "import ctypes\nctypes.memset(id(None), 0x41, 16)": "SIG(SEGV|BUS|ABRT|ILL)",
    "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(9)": "SIGALRM",
    "import mmap\nmmap.mmap(-1, 10 * 2**30)": "stops with OSError: .*Cannot allocate memory",
    # another program in its place has none of its pipes, and the environment of its own making
    "os.environ['LD_PRELOAD'] = '/tmp/x.so'\nos.execv(sys.executable, ['python', '-c', 'print(1)'])": (
        "(ended its process|closed the way)"
    ),
    "class D:\n    def __del__(self): os._exit(5)\nd = D()\nreturn z": "exit status 5",
}


@pytest.mark.parametrize("body", ENDS)
def test_a_process_that_ends_has_a_sentence(body):
    found = says(graded(answers(mix(body))))
    assert re.match(f"wrong: mix .*{ENDS[body]}", found), found


def test_memory_of_many_processes_counts_together(monkeypatch):
    impatient(monkeypatch, 30)
    monkeypatch.setattr(remote, "MEMORY", 2**29)
    code = """
import time
for _ in range(8):
    if os.fork() == 0:
        kept = np.ones(2**24)  # 128 MB each
        time.sleep(60)
time.sleep(60)"""
    assert says(graded(answers(mix(code)))) == "wrong: mix used more than 0.5 GB of memory."


@pytest.mark.parametrize(
    "code",
    [
        "import time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)",
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(999,)).start()",
    ],
    ids=["processes", "threads"],
)
def test_a_bomb_of_processes_stops_at_the_limit(code):
    assert re.search(
        "did not come back|RuntimeError: can't start|used more than", says(graded(answers(mix(code))))
    )


# a thread, and a grandchild in a session of its own that ignores every signal
LEAVES = """
import ctypes, signal, threading, time
threading.Thread(target=time.sleep, args=(777,)).start()
if os.fork() == 0:
    ctypes.CDLL(None).prctl(15, b"{name}", 0, 0, 0)
    for one in range(1, 65):
        try: signal.signal(one, signal.SIG_IGN)
        except (OSError, ValueError): pass
    os.setsid()
    if os.fork(): os._exit(0)
    while True: time.sleep(1)
time.sleep(0.3)
"""


def alive(name):
    return [one for one in psutil.process_iter(["name", "status"]) if one.info["name"] == name]


def test_processes_are_counted(monkeypatch):
    impatient(monkeypatch, 30)
    monkeypatch.setattr(remote, "MEMORY", 2**40)
    code = """
import time
count = 0
try:
    while count < 2000:
        if os.fork() == 0:
            time.sleep(60)
        count += 1
except OSError:
    pass
report(count > 1500)"""
    assert "closed in" in says(graded(answers(mix(code, before=TRY))))


@pytest.mark.parametrize("end", ["return z * h + (1 - z) * candidate", "os._exit(0)", "while True: pass"])
def test_nothing_outlives_its_question(end):
    name = f"left{os.getpid()}"
    found = graded(answers(mix(LEAVES.replace("{name}", name) + end)))
    assert {one["outcome"] for name, one in found.items() if name != "mix"} == {"right"}
    assert [one for one in alive(name) if one.info["status"] != psutil.STATUS_ZOMBIE] == []


def test_without_a_sandbox_a_process_does_outlive_its_question():
    name = f"kept{os.getpid()}"
    options = Options(OPTIONS.seed, OPTIONS.folders, is_closed=False)
    graded(answers(mix(LEAVES.replace("{name}", name) + "os._exit(0)")), options=options)
    left = alive(name)
    for one in left:
        one.kill()
    assert left


# ---- what is sent back ----

SENT = {
    "a pickle": (
        "class P:\n    def __reduce__(self): return os.system, ('touch /tmp/pickled',)\nreturn P()",
        "A check reads numbers",
    ),
    "an array of objects": ("return np.array([object()])", "returns an? .*ndarray"),
    "always equal": (
        "class E:\n    def __eq__(self, other): return True\n    def __bool__(self): return True\n"
        "    def __array__(self, *a, **k): return np.full((2, 2), 99.0)\nreturn E()",
        ".",
    ),
    "an always equal array": (
        "class E(np.ndarray):\n    def __eq__(self, other): return True\n"
        "    def __array_function__(self, *a): return True\nreturn np.full((2, 2), 99.0).view(E)",
        ".",
    ),
    "NaN": ("return np.full(np.shape(h), np.nan)", "nan"),
    "infinity": ("return np.full(np.shape(h), np.inf)", "inf"),
    "text": ("return 'right'", "."),
    "a huge array": ("return np.zeros(10**9, np.uint8)", "too large|more than"),
    "a huge text": ("return 'x' * 10**9", "texts of the message are longer"),
    "a long list": ("return [0.0] * (5 * 10**6)", "more than 2,000,000 values"),
    "a deep list": ("a = []\nfor _ in range(10**5): a = [a]\nreturn a", "."),
    "a list in itself": ("a = []\na.append(a)\nreturn a", "."),
    "a huge number": ("return 10**5000", "."),
    "an endless generator": ("return (i for i in iter(int, 1))", "generator"),
    "a huge error": ("raise ValueError('x' * 10**8)", "ValueError: x{100}"),
    "an error without words": (
        "class W(Exception):\n    def __str__(self): raise SystemExit\nraise W()",
        ".",
    ),
}


@pytest.mark.parametrize("what", SENT)
def test_whatever_comes_back_is_judged(what, monkeypatch):
    impatient(monkeypatch, 30)
    body, says_ = SENT[what]
    found = says(graded(answers(mix(body))))
    assert re.search(f"^wrong: .*{says_}", found), found
    assert len(found) < 1100


def test_what_is_printed_does_not_matter():
    code = """
for _ in range(100): print("right " * 10**5)
for place in (1, 2): os.write(place, b"x" * 10**7)
return z * h + (1 - z) * candidate"""
    assert says(graded(answers(mix(code)))) == "right: "


def test_a_message_is_one_line_without_signs_that_steer():
    code = mix(r"raise ValueError('\x1b[2J\x1b]0;x\x07 line\r\nnext \u202e \ud800 \x00 \x9b')")
    found = says(graded(answers(code)))
    assert found.isprintable()
    assert r"\x1b[2J" in found
    found.encode()


# ---- what speaks for the worker ----

FAKES = {
    "an answer": "frame(b'R', pack({'value': 1.0, 'error': None, 'warnings': [], 'changed': []}))",
    "letters": "b'right' * 1000",
    "a length": "b'R' + (2**62).to_bytes(8, 'little')",
    "zeros": "bytes(10**5)",
    "a start": "frame(b'Y', b'')",
    "a question": "frame(b'C', pack(['callable', 0, 'call', np.zeros(3, np.uint8)])) * 3",
    "a question of another form": "frame(b'C', pack([1, 2]))",
    "a pickle": "frame(b'R', __import__('pickle').dumps(os.getcwd))",
    "a deep tree": "frame(b'R', tree(b'[' * 10**6))",
    "many values": "frame(b'R', tree(b'[' + b'[],' * 10**7 + b'[]]'))",
    "arrays that are not there": """frame(
    b'R', tree(b'["list", [' + b'["array", "<U0", [268435456]],' * 50 + b'["plain", 1]]]'))""",
    "changes that compare with nothing": """frame(
    b'R', pack({'value': 1.0, 'error': None, 'changed': [np.ones(3), {}, [], None]}))""",
    "an impossible array": """frame(b'R', tree(b'["array", "O", [3]]'))""",
    "a reply of another form": "frame(b'R', pack({'value': 1.0, 'error': 7}))",
    "warnings of another form": "frame(b'R', pack({'value': 1.0, 'error': None, 'warnings': 7}))",
    "changes of another form": "frame(b'R', pack({'value': 1.0, 'error': None, 'changed': np.ones(3)}))",
}


@pytest.mark.parametrize("what", FAKES)
def test_false_bytes_on_every_descriptor_are_no_answer(what):
    before = """
import struct
from grulab.checks.frames import frame
from grulab.checks.values import pack
def tree(text):
    return struct.pack("<Q", len(text)) + text
"""
    body = f"""
said = {FAKES[what]}
for place in range(3, 256):
    try: os.write(place, said)
    except OSError: pass
{WRONG_MIX}"""
    found = says(graded(answers(mix(body, before))))
    assert found.startswith("wrong: "), found


def test_a_message_that_claims_to_be_huge_is_not_waited_for():
    body = """
for place in range(3, 256):
    try: os.write(place, b"R" + (2**30).to_bytes(8, "little"))
    except OSError: pass
while True: pass"""
    assert says(graded(answers(mix(body)))) == "wrong: mix sent back more than 128 MB."


def test_a_slow_dribble_ends_at_the_deadline():
    body = """
import time
for place in range(3, 256):
    try: os.write(place, b"R" + (10**6).to_bytes(8, "little"))
    except OSError: continue
    while True:
        os.write(place, b"x")
        time.sleep(0.05)"""
    assert "did not come back within 2 seconds" in says(graded(answers(mix(body))))


def test_a_flood_ends_at_the_deadline_or_at_the_limit():
    body = """
for place in range(3, 256):
    try:
        while True: os.write(place, b"R" + (2**26).to_bytes(8, "little") + bytes(2**26))
    except OSError: pass"""
    assert says(graded(answers(mix(body)))).startswith("wrong: ")


# ---- what runs before any function is called ----

DEFINITIONS = {
    "import nothing_of_this_name": "ModuleNotFoundError",
    "class A:\n    __import__('os')._exit(4)": "exit status 4",
    "class A:\n    while True: pass": "did not come back",
    "class M(type):\n    def __prepare__(*a): M._()\nclass A(metaclass=M): pass": "AttributeError",
    "def helper(x=__import__('os')._exit(7)): pass": "exit status 7",
    "def deco(f): raise ValueError('no')\n@deco\ndef helper(): pass": "ValueError",
}


@pytest.mark.parametrize("code", DEFINITIONS)
def test_definitions_that_go_wrong_have_a_sentence(code, monkeypatch):
    monkeypatch.setattr(submission, "READING", 3.0)
    used = re.findall(r"(?:import|class|def) (\w+)", code)[-1]
    found = says(graded(answers(f"{code}\ndef mix(z, h, candidate):\n    return {used}\n")))
    assert re.search(f"^wrong: .*{DEFINITIONS[code]}", found), found


def test_a_function_that_is_none_is_named():
    assert re.search("wrong: mix must be a function", says(graded(answers("mix = 3"))))


def test_answers_by_heart_are_caught_by_fresh_numbers():
    found = [one for one in entries("ex01") if one.is_hidden]
    assert found
    for entry in found:
        rows = graded(notebook_of(entry))
        assert rows[entry.question]["outcome"] == "wrong"
        assert re.search(entry.says, rows[entry.question]["message"], re.IGNORECASE)


def test_a_right_submission_is_right():
    assert says(graded(notebook(*solution(), RIGHT_MIX))) == "right: "
