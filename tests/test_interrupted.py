"""Builds of a small book that are killed, ended, started twice, or left without room: the next one works."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import uuid

import psutil
import pytest
from interrupting import hear_interrupts
from test_book import page, tree  # noqa: F401  (the fixture)
from test_site import tree as site  # noqa: F401  (a course of two pages that can be rendered)

MARK = "GRULAB_TEST"


class Build:
    """A build whose processes, and theirs, are known by a mark in their environment."""

    def __init__(self, root, *options, **more):
        self.mark = uuid.uuid4().hex
        command = [sys.executable, "-u", "tools/book.py", *options]
        environment = os.environ | {"GRULAB_REVIEWS": "embedded", MARK: self.mark}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        more.setdefault("preexec_fn", hear_interrupts)
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, start_new_session=True, **pipes, **more
        )

    def alive(self):
        """Return the processes that live, zombies left aside."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def end(self):
        """Return status, output and errors, once the build has ended."""
        out, error = self.process.communicate(timeout=240)
        return self.process.returncode, out, error


def until(condition):
    """Wait until a condition holds, two minutes at most; return what it gave."""
    end = time.monotonic() + 120
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def asleep(root):
    """Return whether the endless page has begun: its kernel has made a file."""
    return (root / "book/begun").exists()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_nobody_behind_and_the_next_one_works(tree, sign):  # noqa: F811
    page(tree, "book/01_one", "import pathlib, time; pathlib.Path('begun').touch(); time.sleep(600)")
    build = Build(tree, "--execute", "--jobs", "2")
    until(lambda: asleep(tree) or build.process.poll() is not None)
    assert len(build.alive()) >= 4, "the build, its two workers, and a kernel"
    os.kill(build.process.pid, sign)  # it alone, as a system does that ends a job
    status, _, error = build.end()
    if sign == signal.SIGKILL:
        assert status == -sign
    else:
        assert status == 1
        assert error.startswith("Interrupted.")
        assert len(error.splitlines()) == 1
    until(lambda: not build.alive())
    page(tree, "book/01_one", "2 + 2")
    assert Build(tree, "--execute", "--jobs", "1").end()[0] == 0


def test_two_builds_at_once_work_one_after_the_other(tree):  # noqa: F811
    wait = "while not pathlib.Path('go.on').exists(): time.sleep(0.05)"
    page(tree, "book/01_one", f"import pathlib, time\npathlib.Path('begun').touch()\n{wait}")
    first = Build(tree, "--execute", "--jobs", "2")
    until(lambda: asleep(tree) or first.process.poll() is not None)
    second = Build(tree, "--execute", "--jobs", "2")
    assert second.process.stderr.readline() == (
        "Another build of the book is at work in this folder; waiting until it has ended.\n"
    )
    (tree / "book/go.on").touch()
    (_, out, _), (status, said, error) = first.end(), second.end()
    assert "pages to execute: 2 of 2" in out
    assert (status, error) == (0, "")
    assert "pages to execute: 0 of 2" in said


def no_file_beyond(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_without_room_a_sentence_says_so_and_the_next_build_goes_on(tree):  # noqa: F811
    page(tree, "book/01_one", "print('x' * 200_000)")
    # a real write that fails, as on a full disk: the notes of the cache fit, the page does not
    build = Build(tree, "--execute", "--jobs", "1", preexec_fn=no_file_beyond(100_000))
    status, out, error = build.end()
    assert status == 1
    assert "Traceback" not in error
    assert "The book was not built (" in error
    assert "Make room there" in error
    assert "pages to execute: 2 of 2" in out
    assert Build(tree, "--execute", "--jobs", "1").end()[0] == 0


@pytest.mark.parametrize("what", ["a file", "a link to nowhere"])
def test_something_else_where_the_build_belongs_is_a_sentence(tree, what):  # noqa: F811
    path = tree / "_build"
    path.touch() if what == "a file" else path.symlink_to(tree / "nowhere/deep")
    status, _, error = Build(tree, "--execute").end()
    assert status == 1
    assert error.startswith(f"The book was not built ({tree}/_build")
    assert len(error.splitlines()) == 1


def test_letters_that_the_machine_has_not_stop_nothing(tree):  # noqa: F811
    page(tree, "book/01_one", "raise ValueError('Größe – 映画')")
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        status, out, _ = Build(tree, "--execute", "--jobs", "1").end()
    assert status == 1
    assert "book/01_one: failed" in out
    assert "nothing was rendered" in out


def test_a_build_killed_while_it_renders(site):  # noqa: F811
    """Kill it there, then start two at once, then change a page behind the clock's back."""
    (site / "_build/rendered").unlink(missing_ok=True)
    build = Build(site, "--jobs", "1")
    until(lambda: list((site / "_build").glob("html/*/*.html")) or build.process.poll() is not None)
    os.kill(build.process.pid, signal.SIGKILL)
    assert build.end()[0] == -signal.SIGKILL
    until(lambda: not build.alive())
    assert not (site / "_build/rendered").exists(), "make serve would offer half a site"

    both = [Build(site, "--jobs", "1").end, Build(site, "--jobs", "1").end]
    said = sorted(error for status, _, error in (end() for end in both) if status == 0)
    assert len(said) == 2
    assert said[0] == ""
    assert said[1].startswith("Another build of the book is at work")
    assert json.loads((site / "_build/rendered").read_text())["key"]

    source = site / "book/01_one.md"
    source.write_text(source.read_text().replace("What a gate does", "What a valve does"))
    os.utime(source, (1e9, 1e9))
    assert Build(site).end()[0] == 0
    assert "What a valve does" in (site / "_build/html/book/01_one.html").read_text()
