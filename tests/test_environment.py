"""What `make` says before it downloads anything: every missing thing in one sentence."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from interrupting import hear_interrupts

ROOT = Path(__file__).resolve().parents[1]


UTILITIES = ("touch", "grep", "cmp", "sleep")


def stub(folder, name, script):
    """Put an executable shell script into a folder."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path):
    """Return a checkout and a folder that is the whole PATH, with no Python on it."""
    checkout, path = tmp_path / "check out", tmp_path / "bin"
    (checkout / "tools").mkdir(parents=True)
    path.mkdir()
    (checkout / "grulab").mkdir()
    for name in ("tools/environment.sh", "tools/machine.py", "grulab/processes.py", "pyproject.toml"):
        shutil.copy(ROOT / name, checkout / name)
    (checkout / "requirements.txt").touch()
    for tool in ("sh", "tail", "date", "rm", "mkdir", "cat", "cp", *UTILITIES):
        # a script and no link: a test that replaces it must not write through to the machine's own tool
        stub(path, tool, f'exec "{shutil.which(tool)}" "$@"\n')

    def run(**environment):
        process = begin(checkout, path, **environment)
        out, error = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, error)

    return run, path


LINUX = "sys.platform, platform.machine = 'linux', lambda: 'x86_64'"
ROOMY = "shutil.disk_usage = lambda folder: types.SimpleNamespace(free=9e9)"


def interpreter(path, name, change=""):
    """Put an interpreter on the PATH that is this one, but for what a line of Python changes in it."""
    folder = path.parent / f"{name} changed"
    folder.mkdir()
    lines = ["import os, platform, shutil, sys, types", ROOMY, change]
    (folder / "sitecustomize.py").write_text("\n".join(lines))
    return stub(path, name, f'PYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')


def ask(python, checkout):
    """Ask an interpreter itself, as those do who have no make."""
    command = [python, "tools/machine.py"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def begin(checkout, path, **environment):
    """Start the script, at the head of a group of processes of its own."""
    command = ["sh", "tools/environment.sh", "requirements.txt"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    environment = {"PATH": str(path), **environment}
    options = {"start_new_session": True, "preexec_fn": hear_interrupts}
    return subprocess.Popen(command, cwd=checkout, env=environment, **options, **pipes)


def refused(answer, path):
    """Return the one sentence that was said in place of any installation."""
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert not os.path.lexists(path.parent / "check out/.venv")
    (sentence,) = answer.stderr.strip().splitlines()
    return sentence


def test_no_python_at_all(machine):
    run, path = machine
    assert "No Python 3.11, 3.12 or 3.13" in refused(run(), path)


def version(*numbers):
    text = ".".join(map(str, numbers))
    return f"sys.version_info = ({numbers}) + ('final', 0); platform.python_version = lambda: {text!r}"


UNSUITABLE = {
    "too old": (version(3, 10, 13), ["Python 3.10.13", "3.11, 3.12 and 3.13", "make PYTHON="]),
    "too new": (version(3, 14, 0), ["Python 3.14.0", "3.11, 3.12 and 3.13", "make PYTHON="]),
    "PyPy": (
        "platform.python_implementation = lambda: 'PyPy'",
        ["(PyPy)", "usual CPython", "make PYTHON="],
    ),
    "free-threaded": (
        f"{version(3, 13, 1)}; sys.version = '3.13.1 experimental free-threading build'",
        ["(free-threaded)", "usual CPython", "make PYTHON="],
    ),
    "32 bit": ("sys.maxsize = 2**31 - 1", ["32 bit", "64 bit only", "make PYTHON="]),
    "no venv": ("sys.modules['ensurepip'] = None", ["ensurepip", "sudo apt install python3.", "-venv"]),
    "a Mac with Intel": (
        "sys.platform, platform.machine = 'darwin', lambda: 'x86_64'",
        ["Macs with an Intel processor", "Colab or Binder"],
    ),
    "a rare processor": ("platform.machine = lambda: 'riscv64'", ["on riscv64", "Colab or Binder"]),
    "musl": (f"{LINUX}; platform.libc_ver = lambda: ('', '')", ["without glibc", "Colab or Binder"]),
    "an old glibc": (f"{LINUX}; platform.libc_ver = lambda: ('glibc', '2.17')", ["glibc 2.17", "2.28"]),
    "a full disk": (
        "shutil.disk_usage = lambda folder: types.SimpleNamespace(free=5e9)",
        ["6 GB of disk", "5.0 GB are free in", "check out"],
    ),
    "another's folder": ("os.access = lambda folder, how: False", ["may not write in", "check out"]),
}


@pytest.mark.skipif(
    sys.platform != "linux", reason="what other systems say of themselves is not made up here"
)
@pytest.mark.parametrize("fault", UNSUITABLE)
@pytest.mark.parametrize("named", [False, True])
def test_what_does_not_suit_is_said_in_one_sentence_before_anything_is_made(machine, fault, named):
    run, path = machine
    change, words = UNSUITABLE[fault]
    python = interpreter(path, "python3", change)
    sentence = refused(run(PYTHON=str(python)) if named else run(), path)
    assert [word for word in words if word not in sentence] == []
    assert sentence.startswith(f"PYTHON={python}: ") == named


def test_a_folder_that_no_environment_can_be_made_in(machine):
    _, path = machine
    interpreter(path, "python3.12")
    (path.parent / "check out").rename(path.parent / "check:out")
    command = [path / "python3.12", "tools/machine.py"]
    answer = subprocess.run(
        command, cwd=path.parent / "check:out", capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert '":"' in answer.stdout


def test_a_python_that_does_not_suit_is_passed_over(machine):
    run, path = machine
    stub(path, "python3.13", "echo 'command not found' >&2\nexit 127\n")
    interpreter(path, "python3.12", "sys.modules['ensurepip'] = None")
    stub(path, "python3", PYTHON)
    assert "virtual environment: .venv (Python 3.13.1)" in run().stdout


def test_the_first_python_says_what_it_lacks(machine):
    run, path = machine
    interpreter(path, "python3.12", "sys.modules['ensurepip'] = None")
    interpreter(path, "python3", version(3, 14, 0))
    assert "ensurepip" in refused(run(), path)


@pytest.mark.parametrize(
    "script", ["exit 0", "exit 1", 'cat "$@"', 'echo "$@"', "echo 'Python 2.7.18'; exit 2"]
)
def test_a_named_program_that_is_no_python(machine, script):
    run, path = machine
    named = stub(path, "some program", f"{script}\n")
    sentence = refused(run(PYTHON=str(named)), path)
    assert sentence.startswith(f"PYTHON={named}: this runs no Python 3.11, 3.12 or 3.13.")
    assert "PYTHON=/nowhere: this runs no" in refused(run(PYTHON="/nowhere"), path)


# a python3 whose virtual environment is a script that suits, and whose pip notes what it is asked
PYTHON = f"""
case "$1 $2" in
  "-c "*) exit 0;;
  "tools/machine.py "*) echo "Python 3.13.1 suits";;
  "grulab/processes.py "*) exec "{sys.executable}" "$@";;
  "-m venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo made >>made.log;;
  "-m pip") echo "$@" >>pip.log; echo "$TMPDIR" >>unpacked.log
    echo "$PIP_USER$PIP_QUIET$PIP_TARGET$PYTHONPATH" >>led.log;;
  *) echo "Python 3.13.1";;
esac
"""


def test_an_environment_is_made_once_and_again_when_it_was_moved_or_left_half_made(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON)
    checkout = path.parent / "check out"

    def made():
        answer = run()
        assert answer.returncode == 0, answer.stderr
        return len((checkout / "made.log").read_text().splitlines())

    assert [made(), made()] == [1, 1]
    pip = (checkout / "pip.log").read_text().splitlines()
    assert "--require-hashes -r requirements.txt" in pip[0]
    assert "--no-deps --no-build-isolation -e ." in pip[1]
    # the disk that was measured is the one that pip unpacks on
    assert set((checkout / "unpacked.log").read_text().splitlines()) == {f"{checkout.resolve()}/.venv/tmp"}
    assert not (checkout / ".venv/tmp").exists()
    # interrupted while it was made
    (checkout / ".venv/.place").unlink()
    assert made() == 2
    # moved from elsewhere
    (checkout / ".venv/.place").write_text("/elsewhere\n")
    assert made() == 3


def test_a_shell_s_word_for_other_installations_leads_this_one_nowhere_else(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON)
    assert run(PIP_USER="1", PIP_QUIET="1", PIP_TARGET="/elsewhere", PYTHONPATH="/of another").returncode == 0
    assert set((path.parent / "check out/led.log").read_text().splitlines()) == {"00"}


def test_a_disk_that_has_filled_since_is_said_before_the_next_installation(machine):
    run, path = machine
    full = 'case "$*" in "tools/machine.py 3") echo "no room"; exit 1;; esac\n'
    stub(path, "python3.13", full + PYTHON)
    assert run().returncode == 0
    asked = path.parent / "check out/pip.log"
    before = asked.read_text()
    (path.parent / "check out/.venv/.made-of-requirements.txt").touch()
    answer = run()
    assert (answer.returncode, answer.stderr) == (1, "no room\n")
    assert asked.read_text() == before


def test_an_installation_that_fails_shows_why_and_what_to_do(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON.replace('echo "$@" >>pip.log', "echo no network; exit 1"))
    answer = run()
    assert answer.returncode == 1
    shown, sentence = answer.stderr.strip().splitlines()
    assert shown == "no network"
    assert "run the command again" in sentence


# a pip that unpacks when it is told to go on
SLOW = PYTHON.replace(
    'echo "$@" >>pip.log',
    'echo "$@" >>pip.log; echo "Installing collected packages: x"; while [ ! -e go.on ]; do sleep 0.05; done',
)


def until(condition):
    """Wait until a condition holds, half a minute at most."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_installation_that_was_cut_short_is_begun_anew(machine, sign):
    run, path = machine
    stub(path, "python3.13", SLOW)
    checkout = path.parent / "check out"
    process = begin(checkout, path)
    until((checkout / "pip.log").exists)
    os.killpg(process.pid, sign)
    process.communicate(timeout=30)
    assert process.returncode
    (checkout / "go.on").touch()
    assert run().returncode == 0
    made = (checkout / "made.log").read_text().splitlines()
    assert len(made) == 2, "pip would take a package that was cut in two for whole"
    assert run().returncode == 0
    assert (checkout / "made.log").read_text().splitlines() == made


def test_an_installation_that_failed_while_it_unpacked_is_begun_anew(machine):
    run, path = machine
    broken = SLOW.replace("while [ ! -e go.on ]; do sleep 0.05; done", "[ -e go.on ] || exit 1")
    stub(path, "python3.13", broken)
    checkout = path.parent / "check out"
    assert run().returncode == 1
    (checkout / "go.on").touch()
    assert run().returncode == 0
    assert len((checkout / "made.log").read_text().splitlines()) == 2


def test_an_installation_without_a_network_keeps_the_environment(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON.replace('echo "$@" >>pip.log', "[ -e go.on ] || exit 1"))
    checkout = path.parent / "check out"
    assert run().returncode == 1
    (checkout / "go.on").touch()
    assert run().returncode == 0
    assert len((checkout / "made.log").read_text().splitlines()) == 1


def test_two_at_once_make_one_environment(machine):
    _, path = machine
    stub(path, "python3.13", SLOW)
    checkout = path.parent / "check out"
    first = begin(checkout, path)
    until((checkout / "pip.log").exists)
    second = begin(checkout, path)
    assert "waiting until it has ended" in second.stderr.readline()
    (checkout / "go.on").touch()
    for process in (first, second):
        _, error = process.communicate(timeout=30)
        assert process.returncode == 0, error
    assert len((checkout / "made.log").read_text().splitlines()) == 1
    assert len((checkout / "pip.log").read_text().splitlines()) == 2, "the first alone asked pip"


def test_the_one_who_waits_goes_on_when_the_first_is_killed(machine):
    _, path = machine
    stub(path, "python3.13", SLOW)
    checkout = path.parent / "check out"
    first = begin(checkout, path)
    until((checkout / "pip.log").exists)
    second = begin(checkout, path)
    assert "waiting until it has ended" in second.stderr.readline()
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate(timeout=30)
    (checkout / "go.on").touch()
    _, error = second.communicate(timeout=30)
    assert second.returncode == 0, error
    assert len((checkout / "made.log").read_text().splitlines()) == 2


def test_a_file_where_the_build_belongs_is_a_sentence(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON)
    (path.parent / "check out/_build").touch()
    answer = run()
    assert answer.returncode == 1
    assert answer.stderr == "_build: File exists. Make room there, or a right to write, and begin again.\n"


def test_nothing_half_rendered_is_served(machine):
    _, path = machine
    checkout = path.parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "_build/html").mkdir(parents=True)
    (checkout / "_build/html/index.html").touch()

    def said():
        command = ["make", "--no-print-directory", "serve"]
        answer = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert answer.returncode == 2
        return answer.stdout

    assert said() == "There is no whole site yet. Run: make book\n"
    # the site is there, its environment is gone
    (checkout / "_build/rendered").touch()
    assert said() == "There is no environment to serve it with. Run: make book\n"


def test_a_disk_that_does_not_tell_its_room_is_no_hindrance(machine):
    _, path = machine
    silent = interpreter(path, "python3", "def no(folder): raise OSError\nshutil.disk_usage = no")
    answer = ask(silent, path.parent / "check out")
    assert answer.stdout.endswith(" suits\n")


def wheel(folder, name):
    """Write a wheel that holds one module; return its hash."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_pip_installs_what_has_the_pinned_hash_and_refuses_all_else(machine):
    run, path = machine
    checkout = path.parent / "check out"
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/.place").write_text(f"{checkout.resolve()}\n")
    stub(checkout / ".venv/bin", "python", f'PIP_TARGET="{path.parent}/to" exec "{sys.executable}" "$@"\n')
    right = wheel(path.parent, "pinned")
    pip = {"CONFIG_FILE": os.devnull, "NO_INDEX": "1", "FIND_LINKS": path.parent}

    def installed(pin):
        (checkout / "requirements.txt").write_text(f"pinned==1.0{pin}\n")
        answer = run(**{f"PIP_{name}": str(value) for name, value in pip.items()})
        return (path.parent / "to/pinned.py").exists(), answer.stderr

    there, said = installed(f" --hash=sha256:{'0' * 64}")
    assert not there
    assert "DO NOT MATCH THE HASHES" in said
    assert "Installing requirements.txt failed" in said
    there, said = installed("")
    assert not there
    assert "Hashes are required" in said
    # the pin is right; what fails then is the package of the course, which is not there
    there, said = installed(f" --hash=sha256:{right}")
    assert there
    assert "Installing grulab failed" in said


def test_make_makes_the_environment_again_when_it_was_moved(machine):
    _, path = machine
    checkout = path.parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    place = checkout / ".venv/.place"
    (checkout / ".venv/bin").mkdir(parents=True)
    stub(checkout / ".venv/bin", "python", f'exec "{sys.executable}" "$@"\n')
    for name in ("requirements-dev.txt", "pyproject.toml", ".venv/.ready", ".venv/.tools"):
        (checkout / name).touch()

    def asked():
        command = ["make", "--dry-run", "published"]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
        return "tools/environment.sh" in done.stdout

    place.write_text(f"{checkout.resolve()}\n")
    assert not asked()
    place.write_text("/elsewhere\n")
    assert asked()
    place.unlink()
    assert asked()
    place.write_text(f"{checkout.resolve()}\n")
    assert not asked()
    # an installation of the other pins was cut short there
    (checkout / ".venv/.unpacking").touch()
    assert asked()


# what a shell, or a hook of git, tells all programs that it starts
FOREIGN = (
    "PYTHONPATH",
    "PYTHONOPTIMIZE",
    "PYTHONSTARTUP",
    "JUPYTER_PATH",
    "MPLBACKEND",
    "GIT_DIR",
    "GIT_INDEX_FILE",
)


def test_make_passes_on_nothing_that_a_shell_means_for_other_programs(machine):
    checkout = machine[1].parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    foreign = dict.fromkeys(FOREIGN, "/of another") | {"KERAS_BACKEND": "torch"}
    command = ["make", "--eval", "place: ; @env", "place"]
    done = subprocess.run(
        command, cwd=checkout, env=os.environ | foreign, capture_output=True, text=True, check=True
    )
    assert "/of another" not in done.stdout
    assert "KERAS_BACKEND=tensorflow" in done.stdout.splitlines()


def test_what_is_published_is_asked_of_the_notebooks_as_they_are_committed(machine):
    checkout = machine[1].parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    command = ["make", "--dry-run", "--old-file=.venv/.ready", "published"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    asked = [line.split(maxsplit=1)[1] for line in done.stdout.splitlines() if "tools/" in line]
    assert asked[-2:] == ["tools/notebooks.py --check", "tools/address.py"]


@pytest.mark.parametrize(
    ("given", "told"),
    [("my data", "{here}/my data"), ("/my data", "/my data"), ("", None)],
)
def test_make_tells_all_folders_the_same_place_of_keras(machine, given, told):
    checkout = machine[1].parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    command = ["make", "--eval", "place: ; @env", "place"]
    line = f"KERAS_HOME={told.format(here=checkout.resolve())}" if told else "KERAS_HOME="
    environment = {name: value for name, value in os.environ.items() if name != "KERAS_HOME"}
    options = {"cwd": checkout, "capture_output": True, "text": True, "check": True}
    done = subprocess.run(command, env=environment | {"KERAS_HOME": given}, **options)
    assert line in done.stdout.splitlines()
    done = subprocess.run([*command, f"KERAS_HOME={given}"], env=environment, **options)
    assert line in done.stdout.splitlines()


def test_without_git_the_tests_say_so_before_anything_is_downloaded(machine):
    _, path = machine
    checkout = path.parent / "check out"
    shutil.copy(ROOT / "Makefile", checkout)
    for target in ("test", "unit", "environments"):
        done = subprocess.run(
            [shutil.which("make"), target],
            cwd=checkout,
            env={"PATH": str(path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 2
        assert "The tests need git." in done.stdout
        assert not (checkout / ".venv").exists()
