"""What `make` says before it downloads anything: every missing thing in one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
    shutil.copy(ROOT / "tools/environment.sh", checkout / "tools")
    (checkout / "requirements.txt").touch()
    for tool in ("sh", "df", "awk", "head", "tail", "date", "rm", "mkdir", "cat", "cp"):
        # a script and no link: a test that replaces it must not write through to the machine's own tool
        stub(path, tool, f'exec "{shutil.which(tool)}" "$@"\n')

    def run(**environment):
        command = ["sh", "tools/environment.sh", "requirements.txt"]
        environment = {"PATH": str(path), **environment}
        return subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    return run, path


def test_no_python_at_all(machine):
    run, _ = machine
    answer = run()
    assert answer.returncode == 1
    assert "No Python 3.11, 3.12 or 3.13" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("version", ["3.10.13", "3.14.0"])
def test_python_too_old_or_too_new(machine, version):
    run, path = machine
    stub(path, "python3", f'test "$1" = --version && echo "Python {version}" && exit 0\nexit 1\n')
    answer = run()
    assert answer.returncode == 1
    assert f"Python {version}" in answer.stderr
    assert "PYTHON=" in answer.stderr


def test_a_stub_that_runs_nothing_is_passed_over(machine):
    run, path = machine
    stub(path, "python3.13", "echo 'command not found' >&2\nexit 127\n")
    stub(path, "python3.12", f'exec "{sys.executable}" "$@"\n')
    stub(path, "df", "echo header\necho '/dev/x 1 1 5000000 1% /'\n")
    answer = run()
    assert "GB of disk" in answer.stderr
    assert "5 GB are free" in answer.stderr
    assert not os.path.exists(path.parent / "check out/.venv")


def test_python_without_venv(machine):
    run, path = machine
    stub(path, "python3", f'case "$2" in *ensurepip*) exit 1;; esac\nexec "{sys.executable}" "$@"\n')
    answer = run()
    assert answer.returncode == 1
    assert "python3-venv" in answer.stderr


def test_a_named_python_that_does_not_suit(machine):
    run, _ = machine
    answer = run(PYTHON="/nowhere/python")
    assert answer.returncode == 1
    assert "PYTHON=/nowhere/python" in answer.stderr


# a python3 whose virtual environment is a script that suits, and whose pip notes what it is asked
PYTHON = """
case "$1 $2" in
  "-c "*) exit 0;;
  "-m venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo made >>made.log;;
  "-m pip") echo "$@" >>pip.log;;
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
    # interrupted while it was made
    (checkout / ".venv/.place").unlink()
    assert made() == 2
    # moved from elsewhere
    (checkout / ".venv/.place").write_text("/elsewhere\n")
    assert made() == 3


def test_an_installation_that_fails_shows_why_and_what_to_do(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON.replace('echo "$@" >>pip.log', "echo no network; exit 1"))
    answer = run()
    assert answer.returncode == 1
    shown, sentence = answer.stderr.strip().splitlines()
    assert shown == "no network"
    assert "run the command again" in sentence


def test_a_disk_that_does_not_tell_its_room_is_no_hindrance(machine):
    run, path = machine
    stub(path, "python3.13", PYTHON)
    stub(path, "df", "echo header\necho 'share - - - - /'\n")
    assert run().returncode == 0


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
