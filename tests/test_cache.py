"""Verified downloads, with a server that does what servers should not do."""

import contextlib
import errno
import hashlib
import http.server
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import nbclient
import nbformat
import numpy as np
import pytest

from grulab.data import cache, download
from grulab.data.download import Pin, Unavailable

CONTENT = {"imdb.npz": bytes(range(256)) * 3_000, "imdb_word_index.json": b'{"the": 1}'}
ROOT = Path(__file__).parents[1]


def pin(content, algorithm="sha256"):
    return Pin(len(content), algorithm, hashlib.new(algorithm, content).hexdigest())


class Server(http.server.ThreadingHTTPServer):
    """Serve CONTENT, or what ``mischief`` says; count the requests."""

    daemon_threads = True
    mischief = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests, self.over = [], threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        self.server.requests.append(name)
        with contextlib.suppress(ConnectionError):
            self.answer(CONTENT[name], self.server.mischief)

    def answer(self, content, mischief):
        wait = self.server.over.wait
        if mischief == "silent":
            wait(30)
            return
        if mischief == "gone":
            self.send_error(404, "Not Found")
            return
        if mischief == "moved in a circle":
            self.send_response(302)
            self.send_header("Location", self.path)
            self.end_headers()
            return
        if mischief == "no status":
            self.send_error(799, "<script>alert(1)</script> \x1b[31m")
            return
        if mischief == "no HTTP":
            self.wfile.write(b"SSH-2.0-server <b>\r\n\x1b[31m\r\n")
            return
        if mischief == "wrong":
            content = content[::-1]
        if mischief == "portal":
            content = b"<!DOCTYPE html><title>Sign in</title>"
        if mischief == "longer":
            content += b"more"
        self.send_response(200)
        if mischief != "endless":
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if mischief == "cut":
            self.wfile.write(content[: len(content) // 2])
            return
        if mischief == "stalled":
            self.wfile.write(content[: len(content) // 2])
            wait(30)
            return
        if mischief == "slow":
            for start in range(0, len(content), 40_000):
                self.wfile.write(content[start : start + 40_000])
                wait(0.05)
            return
        while mischief == "dripping" and not wait(0.05):
            self.wfile.write(b"x")
        while mischief == "endless" and not wait(0):
            self.wfile.write(bytes(1 << 16))
        self.wfile.write(content)


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def home(tmp_path, monkeypatch, server):
    """A fresh KERAS_HOME, with the pins of CONTENT and the server in place of the real ones."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(cache, "_FALLBACK", str(tmp_path / "fallback"))
    monkeypatch.setattr(cache, "PINS", {name: pin(content) for name, content in CONTENT.items()})
    monkeypatch.setattr(cache, "_ORIGIN", f"http://127.0.0.1:{server.server_port}/data/")
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "keras"


@pytest.fixture
def hasty(monkeypatch):
    """Limits that a test can wait for."""
    with monkeypatch.context() as patch:
        patch.setattr(download, "SECONDS_TO_ANSWER", 0.8)
        patch.setattr(download, "SECONDS_OF_SILENCE", 0.8)
        yield patch


def fill(home):
    """Put good copies where Keras looks for them."""
    (home / "datasets").mkdir(parents=True, exist_ok=True)
    for name, content in CONTENT.items():
        (home / "datasets" / name).write_bytes(content)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_pins_are_those_of_the_installed_keras():
    # find_spec of a top-level package reads nothing of it
    package = Path(importlib.util.find_spec("keras").submodule_search_locations[0])
    source = (package / "src/datasets/imdb.py").read_text("utf-8")
    for name, one in cache.PINS.items():
        assert f"{{origin_folder}}{name}" in source
        assert one.digest in source
    assert cache._ORIGIN in source


def test_files_are_fetched_once(home, server, capsys):
    assert not cache.is_cached()
    assert cache.provide() == f"downloaded from 127.0.0.1:{server.server_port} to {home / 'datasets'}"
    assert files(home / "datasets") == CONTENT
    assert "imdb.npz: 0.8 of 0.8 MB" in capsys.readouterr().err
    assert cache.is_cached()
    assert cache.provide() == f"cached in {home / 'datasets'}"
    assert server.requests == list(CONTENT)


def test_only_the_missing_file_is_fetched(home, server):
    fill(home)
    (home / "datasets" / "imdb_word_index.json").unlink()
    assert not cache.is_cached()
    cache.provide()
    assert server.requests == ["imdb_word_index.json"]
    assert files(home / "datasets") == CONTENT


def truncate(path):
    path.write_bytes(path.read_bytes()[:-1000])


def tamper(path):
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)


def other_arrays(path):
    with path.open("wb") as file:
        np.savez(file, x_train=np.zeros(9), y_test=np.ones(9))
    with path.open("ab") as file:
        file.truncate(768_000)


def pipe(path):
    path.unlink()
    os.mkfifo(path)


FAULTS = [
    (truncate, "holds 767,000 bytes instead of 768,000"),
    (tamper, "sha256 hash is not the expected one"),
    (other_arrays, "sha256 hash is not the expected one"),
    (pipe, "holds 0 bytes instead of 768,000"),
    (lambda path: path.write_bytes(b""), "holds 0 bytes instead of 768,000"),
    (lambda path: path.write_text("<title>Sign in</title>"), "holds 22 bytes instead of 768,000"),
]


@pytest.mark.parametrize(("harm", "sentence"), FAULTS)
def test_a_damaged_file_is_said_and_replaced(home, server, capsys, harm, sentence):
    fill(home)
    harm(home / "datasets" / "imdb.npz")
    assert not cache.is_cached()
    cache.provide()
    said = capsys.readouterr().err
    assert sentence in said
    assert "It is not used; a fresh copy is fetched." in said
    assert server.requests == ["imdb.npz"]
    assert files(home / "datasets") == CONTENT


@pytest.mark.parametrize(("harm", "sentence"), FAULTS)
def test_a_damaged_file_that_cannot_be_replaced_is_not_used(home, server, harm, sentence):
    fill(home)
    harm(home / "datasets" / "imdb.npz")
    server.mischief = "gone"
    with pytest.raises(Unavailable, match=f"{sentence}, and 127.* answered 404"):
        cache.provide()
    assert not cache.is_cached()


@pytest.mark.parametrize(
    ("mischief", "sentence"),
    [
        ("silent", r"(did not answer within 0.8 seconds|cannot be reached \(timed out\))"),
        ("gone", r"answered 404 \(Not Found\)"),
        ("no status", r"answered 799 \(no status of HTTP\)$"),
        ("moved in a circle", r"answered 302 \(Found\)$"),
        ("no HTTP", r"^what 127.0.0.1:\d+ answered is not HTTP \(BadStatusLine\)$"),
        ("portal", "sent 37 of the 768,000 bytes of imdb.npz"),
        ("wrong", "sent is not the expected imdb.npz"),
        ("longer", "sent is not the expected imdb.npz"),
        ("endless", "sent is not the expected imdb.npz"),
        ("cut", "sent 384,000 of the 768,000 bytes of imdb.npz"),
        ("stalled", r"stopped after [\d,]+ of the 768,000 bytes of imdb.npz"),
        ("dripping", "sends imdb.npz too slowly"),
    ],
)
def test_mischief_ends_in_a_sentence_and_leaves_nothing(home, server, hasty, mischief, sentence):
    server.mischief = mischief
    start = time.monotonic()
    with pytest.raises(Unavailable, match=sentence):
        cache.provide()
    assert time.monotonic() - start < 10
    assert files(home / "datasets") == {}
    server.mischief = None
    hasty.undo()
    cache.provide()
    assert files(home / "datasets") == CONTENT


def test_a_slow_network_is_waited_for(home, server, hasty):
    server.mischief = "slow"
    start = time.monotonic()
    cache.provide()
    assert time.monotonic() - start > 0.8, "longer than the limits of silence"
    assert files(home / "datasets") == CONTENT


def test_an_address_without_the_encryption_that_it_promises(home, server, monkeypatch):
    monkeypatch.setattr(cache, "_ORIGIN", cache._ORIGIN.replace("http:", "https:"))
    with pytest.raises(Unavailable, match=r"^127.0.0.1:\d+ cannot be reached \(.*SSL.*\)$"):
        cache.provide()


def test_a_word_index_that_is_no_json_is_replaced(home, server):
    fill(home)
    (home / "datasets" / "imdb_word_index.json").write_text("the: 1 not")
    cache.provide()
    assert files(home / "datasets") == CONTENT


def test_what_killed_downloads_left_is_removed_after_a_day(home):
    (home / "datasets").mkdir(parents=True)
    old, new = ((home / "datasets" / f".imdb.npz.{name}.part") for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    cache.provide()
    assert new.exists()
    assert not old.exists()


HOMES = ["keras", "a folder/Größe & Übung 映画", "../keras", "./k/", "~/keras", "~/né"]


@pytest.mark.parametrize("name", HOMES)
def test_a_home_by_any_name(home, tmp_path, monkeypatch, name):
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("KERAS_HOME", name)
    cache.provide()
    assert cache.is_cached()
    assert files(Path(name).expanduser() / "datasets") == CONTENT


@pytest.mark.parametrize("name", ["", "x" * 5_000, "/proc/nowhere"])
def test_a_home_that_cannot_be(home, tmp_path, monkeypatch, name):
    monkeypatch.setenv("KERAS_HOME", name)
    monkeypatch.chdir(tmp_path)
    cache.provide()
    assert files(tmp_path / "fallback" / "datasets") == CONTENT
    assert cache.is_cached()


def test_a_copy_that_keras_cannot_be_led_to_does_not_count(home, tmp_path, monkeypatch):
    fill(home)
    allowed = os.access
    monkeypatch.setattr(
        cache.os, "access", lambda path, mode: Path(path) != home and allowed(path, mode)
    )  # a home that all share and nobody may write: Keras turns to its own folder
    assert cache.is_cached()
    (tmp_path / "fallback").write_text("somebody else's")
    assert not cache.is_cached()
    with pytest.raises(Unavailable, match="fallback/datasets cannot be written"):
        cache.provide()


def test_progress_in_a_notebook_is_one_line_written_anew():
    code = """
        from grulab.data.download import Progress
        with Progress("imdb.npz", 20_000_000) as progress:
            for _ in range(1_000):
                progress.add(20_000)
    """
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(textwrap.dedent(code))])
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = notebook.cells[0].outputs
    assert [output.data for output in outputs] == [{"text/plain": "imdb.npz: 20.0 of 20.0 MB"}]


def test_a_port_that_nobody_listens_on(home, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(cache, "_ORIGIN", f"http://127.0.0.1:{port}/")
    with pytest.raises(Unavailable, match=rf"127.0.0.1:{port} cannot be reached \(Connection refused\)"):
        cache.provide()


def test_a_name_server_that_is_silent(home, hasty, monkeypatch):
    hang = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: hang.wait(30) and [])
    start = time.monotonic()
    with pytest.raises(Unavailable, match=r"did not answer within 0.8 seconds"):
        cache.provide()
    assert time.monotonic() - start < 10
    hang.set()


def test_the_real_limits_answer_within_ten_seconds():
    assert download.SECONDS_TO_ANSWER + download.SECONDS_OF_SILENCE <= 10


def test_a_home_that_is_a_file(home, server):
    home.write_text("not a folder")
    assert not cache.is_cached()
    with pytest.raises(Unavailable, match=r"keras/datasets cannot be written \(Not a directory\)") as caught:
        cache.provide()
    assert str(home) not in caught.value.short
    assert server.requests == []
    assert home.read_text() == "not a folder"


def test_a_cache_folder_that_is_a_file(home, server):
    home.mkdir()
    (home / "datasets").write_text("not a folder")
    with pytest.raises(Unavailable, match=r"keras/datasets cannot be written \(File exists\)"):
        cache.provide()
    assert server.requests == []


def test_a_file_that_is_a_folder(home):
    (home / "datasets" / "imdb.npz").mkdir(parents=True)
    with pytest.raises(Unavailable, match=r"imdb.npz is a folder, not a file, and .* cannot be written"):
        cache.provide()


def test_a_link_that_leads_nowhere_is_replaced(home):
    (home / "datasets").mkdir(parents=True)
    (home / "datasets" / "imdb.npz").symlink_to(home / "nowhere")
    cache.provide()
    assert files(home / "datasets") == CONTENT


def test_a_link_to_itself_is_replaced(home):
    (home / "datasets").mkdir(parents=True)
    (home / "datasets" / "imdb.npz").symlink_to("imdb.npz")
    cache.provide()
    assert files(home / "datasets") == CONTENT


def test_a_link_to_a_damaged_file_is_replaced_and_its_target_left_alone(home, tmp_path):
    fill(home)
    target = tmp_path / "elsewhere.npz"
    target.write_bytes(b"somebody else's")
    (home / "datasets" / "imdb.npz").unlink()
    (home / "datasets" / "imdb.npz").symlink_to(target)
    cache.provide()
    assert files(home / "datasets") == CONTENT
    assert target.read_bytes() == b"somebody else's"


def in_a_process(body, home):
    """Start a Python process with the same pins, home and server, that runs ``body``."""
    code = f"""
        import sys
        from grulab.data import cache
        from grulab.data.download import Pin, Unavailable
        cache.PINS = {{name: Pin(*one) for name, one in {[(n, tuple(p)) for n, p in cache.PINS.items()]}}}
        cache._ORIGIN, cache._FALLBACK = {cache._ORIGIN!r}, {cache._FALLBACK!r}
    """
    code = textwrap.dedent(code) + textwrap.dedent(body)
    environment = {**os.environ, "KERAS_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def read_only(home, monkeypatch):
    """A filled home that cannot be written, and a fallback that can, for root and for others alike."""
    # nobody may enter pytest's own temporary folder
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base)
        folder.chmod(0o755)
        (folder / "fallback").mkdir()
        (folder / "fallback").chmod(0o777)
        monkeypatch.setattr(cache, "_FALLBACK", str(folder / "fallback"))
        fill(folder / "keras")
        yield folder
        (folder / "keras").chmod(0o755)


def as_nobody(folder):
    """Provide the files, as a user for whom rights count; return what was printed."""
    (folder / "keras").chmod(0o555)
    # whoever is nobody may not read Python's own files where only root may: import the late ones before
    body = """
        import encodings.idna, os, random
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        print(cache.is_cached())
        print(cache.provide())
    """
    process = in_a_process(body, folder / "keras")
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    return out.splitlines(), error


def test_good_copies_in_a_read_only_home_are_used(read_only, server):
    # Keras turns to its fallback there, so that is where the copies must be found
    said = ["True", f"cached in {read_only / 'fallback/datasets'}"]
    assert as_nobody(read_only) == (said, "")
    assert files(read_only / "fallback/datasets") == CONTENT
    assert all(path.is_symlink() for path in (read_only / "fallback/datasets").iterdir())
    assert server.requests == []


def test_a_read_only_home_without_copies(read_only, server):
    (read_only / "keras/datasets/imdb.npz").unlink()
    said, _ = as_nobody(read_only)
    assert said[0] == "False"
    assert said[1].startswith("downloaded")
    assert files(read_only / "fallback/datasets") == CONTENT
    assert server.requests == ["imdb.npz"]


def test_a_damaged_copy_in_a_read_only_home_is_not_linked(read_only, server):
    tamper(read_only / "keras/datasets/imdb.npz")
    said, _ = as_nobody(read_only)
    assert said[0] == "False"
    assert files(read_only / "fallback/datasets") == CONTENT
    assert server.requests == ["imdb.npz"]


def test_a_folder_that_nobody_may_enter(read_only, server):
    (read_only / "keras/datasets").chmod(0o000)
    said, _ = as_nobody(read_only)
    assert said[0] == "False"
    assert said[1].startswith("downloaded")
    assert files(read_only / "fallback/datasets") == CONTENT


def test_a_folder_of_others_in_a_home_of_ones_own(read_only, server):
    # the home may be written, its folder not even entered
    (read_only / "keras/datasets").chmod(0o000)
    body = """
        import encodings.idna, os, random
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            cache.provide()
        except Unavailable as error:
            print(error)
    """
    (read_only / "keras").chmod(0o777)
    process = in_a_process(body, read_only / "keras")
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert out == f"{read_only}/keras/datasets/imdb.npz cannot be written (Permission denied)\n"


def test_a_disk_without_room(home):
    # a real write that fails, as on a full disk: no file may grow beyond 100,000 bytes
    body = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            cache.provide()
        except Unavailable as error:
            print(error)
    """
    process = in_a_process(body, home)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"imdb.npz cannot be written ({os.strerror(errno.EFBIG)})" in out
    assert files(home / "datasets") == {}


def test_two_downloads_at_once(home):
    processes = [in_a_process("print(cache.provide())", home) for _ in range(3)]
    for process in processes:
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        assert str(home / "datasets") in out
    assert files(home / "datasets") == CONTENT


def test_a_download_that_is_killed_leaves_no_file_by_that_name(home, server):
    server.mischief = "stalled"
    body = "from grulab.data import download; download.SECONDS_OF_SILENCE = 60; cache.provide()"
    process = in_a_process(body, home)
    part = []
    limit = time.monotonic() + 30
    while not part and time.monotonic() < limit:
        time.sleep(0.05)
        part = [path for path in (home / "datasets").glob(".imdb.npz.*.part") if path.stat().st_size]
    process.kill()
    process.communicate()
    assert part
    assert not (home / "datasets" / "imdb.npz").exists()
    server.mischief = None
    cache.provide()
    assert {name: content for name, content in files(home / "datasets").items() if name in CONTENT} == CONTENT
