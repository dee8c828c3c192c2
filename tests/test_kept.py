"""Executed pages in their cache: whatever an interruption leaves of it, no half page is read."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import kept
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]


def page(code, printed):
    """Return an executed page of one cell."""
    output = nbformat.v4.new_output("stream", text=printed)
    cell = nbformat.v4.new_code_cell(code, execution_count=1, outputs=[output])
    return nbformat.v4.new_notebook(cells=[cell])


PAGES = {"one": page("1", "erster"), "two": page("2", "zweiter – Größe")}


@pytest.fixture
def folder(tmp_path):
    """Return a cache of two pages."""
    folder = tmp_path / "executed" / "a key"
    cache = kept.open_cache(folder)
    for name, notebook in PAGES.items():
        kept.keep(cache, notebook, f"{name}.md", {"data_key": name})
    return folder


def read(folder):
    """Return what a fresh process would find: each page's printed text, None where the page is missing."""
    cache = kept.open_cache(folder)
    found = {}
    for name, notebook in PAGES.items():
        bare = page(notebook.cells[0].source, "")
        try:
            pk, merged = cache.merge_match_into_notebook(bare)
        except KeyError:
            found[name] = None
        else:
            assert cache.get_cache_record(pk).data["data_key"] == name
            found[name] = merged.cells[0].outputs[0].text
    return found


WHOLE = {name: notebook.cells[0].outputs[0].text for name, notebook in PAGES.items()}


def file_of(folder, name):
    """Return the file of a page."""
    cache = kept.open_cache(folder)
    return kept.place(cache, cache.create_hashed_notebook(PAGES[name])[1])


def test_pages_are_found_again(folder):
    assert read(folder) == WHOLE


def cut(path):
    path.write_bytes(path.read_bytes()[:-40])


def swap(path):
    text = path.read_text()
    path.write_text(text.replace("zweiter", "dritter"))


HARMS = {
    "cut in the middle": cut,
    "empty": lambda path: path.write_bytes(b""),
    "missing": Path.unlink,
    "missing with its folder": lambda path: shutil.rmtree(path.parent),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "another notebook": swap,
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_page_that_is_not_as_it_was_written_is_forgotten_and_can_be_kept_again(folder, harm):
    HARMS[harm](file_of(folder, "two"))
    assert read(folder) == WHOLE | {"two": None}
    kept.keep(kept.open_cache(folder), PAGES["two"], "two.md", {"data_key": "two"})
    assert read(folder) == WHOLE


def test_a_folder_without_a_page_is_no_hindrance(folder):
    path = file_of(folder, "two")
    path.unlink()
    kept.open_cache(folder)
    path.parent.mkdir()
    kept.keep(kept.open_cache(folder), PAGES["two"], "two.md", {"data_key": "two"})
    assert read(folder) == WHOLE


def drop(table):
    def harm(path):
        with sqlite3.connect(path) as notes:
            notes.execute(f"DROP TABLE {table}")
        notes.close()

    return harm


NOTES = {
    "empty": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"half a page" * 1000),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    **{f"without {table}": drop(table) for table in ("nbcache", "nbproject", "settings")},
}


@pytest.mark.parametrize("harm", NOTES)
def test_notes_that_cannot_be_read_begin_anew_with_a_sentence(folder, harm, capsys):
    NOTES[harm](folder / "global.db")
    assert read(folder) == {"one": None, "two": None}
    assert capsys.readouterr().out == f"{folder} was left unfinished: its pages are executed again.\n"
    kept.keep(kept.open_cache(folder), PAGES["one"], "one.md", {"data_key": "one"})
    assert read(folder) == WHOLE | {"two": None}


def test_the_cache_in_use_is_never_tidied_away(folder):
    others = [folder.with_name(f"newer {number}") for number in range(6)]
    for number, path in enumerate(others):
        path.mkdir()
        os.utime(path, (2e9 + number, 2e9 + number))  # as a clock that runs ahead would date them
    folder.with_name("a file").touch()
    kept.tidy(folder)
    left = {path.name for path in folder.parent.iterdir()}
    assert left == {"a file", "a key", "newer 3", "newer 4", "newer 5"}
    assert read(folder) == WHOLE


KILLED = """
import os, signal, sys
sys.path[:0] = ["tools", "tests"]
from test_kept import PAGES, WHOLE, Path, kept, read

folder = Path(sys.argv[1])
CHANGES = ("os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect")

def keep():
    kept.keep(kept.open_cache(folder), PAGES["two"], "two.md", {"data_key": "two"})

def killed_at(number):
    # in a process of its own, which ends before the change of that number
    calls = iter(range(1000))
    def die(event, arguments):
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in CHANGES) and next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
    if os.fork() == 0:
        sys.addaudithook(die)
        keep()
        os._exit(0)
    return os.wait()[1] == signal.SIGKILL

number = 0
while killed_at(number):
    found = read(folder)
    assert found in (WHOLE, WHOLE | {"two": None}), (number, found)
    print(number, found["two"] is None)
    keep()
    assert read(folder) == WHOLE
    number += 1
assert read(folder) == WHOLE
"""


def test_killed_before_any_change_of_a_file_it_leaves_whole_pages_or_none(folder):
    command = [sys.executable, "-c", KILLED, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    states = [line.split()[1] for line in done.stdout.splitlines()]
    assert len(states) >= 5
    assert set(states) == {"True", "False"}


def test_a_disk_without_room_costs_no_page_when_a_broken_one_is_to_be_forgotten(folder):
    cut(file_of(folder, "two"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(OSError, match=r"disk|large|full") as caught:
            kept.open_cache(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.filename == str(folder)
    assert read(folder) == WHOLE | {"two": None}


def test_a_disk_without_room_is_an_error_that_names_the_folder(folder, tmp_path):
    # a real write that fails, as on a full disk: no file may grow beyond what the notes have
    size = (folder / "global.db").stat().st_size
    large = page("3", "x" * 2 * size)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    cache = kept.open_cache(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            kept.keep(cache, large, "three.md", {})
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
        with pytest.raises(OSError, match=r"disk|large|full") as caught:
            kept.keep(cache, large, "three.md", {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(folder) in str(caught.value.filename)
    assert read(folder) == WHOLE
    with pytest.raises(KeyError):
        kept.open_cache(folder).match_cache_notebook(page("3", ""))
