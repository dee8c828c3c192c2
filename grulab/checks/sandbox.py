"""Start the process in which a learner's functions run, closed off by bubblewrap.

Inside there are the interpreter, its packages and ``grulab``, all read-only, a small ``/tmp`` in memory, and
four devices. There is no network, no other process, no home, no environment, no real ``/proc``, and no part
of the course beside ``grulab``: no solutions, no hidden checks, no other submissions.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from grulab.checks import syscalls

PACKAGE = Path(__file__).resolve().parents[1]
ROOM = 64 * 2**20  # bytes of /tmp
PROCESSES = 256  # processes and threads of one submission
ENVIRONMENT = {
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    # submissions are graded side by side, so none of them takes more than one processor
    **dict.fromkeys(
        (
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "TF_NUM_INTRAOP_THREADS",
            "TF_NUM_INTEROP_THREADS",
        ),
        "1",
    ),
}


class NoSandbox(Exception):
    """There is no sandbox here; the sentence says why, and what to do."""


@dataclass(frozen=True)
class Sandbox:
    """How to start graded processes."""

    is_closed = True

    def start(self) -> subprocess.Popen:
        """Start a ``grulab.checks.worker``; its standard input and output speak ``grulab.checks.frames``."""
        user = spare_user() if os.geteuid() == 0 else None
        packages = [f"/packages/{place}" for place in range(len(package_folders()))]
        reading, writing = os.pipe()
        try:
            os.write(writing, syscalls.program())
            os.close(writing)
            return subprocess.Popen(
                [
                    bubblewrap(),
                    *self.walls(),
                    "--seccomp",
                    str(reading),
                    "--",
                    *program("/course", packages, user),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                pass_fds=[reading],
                env={},
                process_group=0,
            )
        finally:
            os.close(reading)

    def walls(self) -> list[str]:
        """Return bubblewrap's arguments."""
        binds = {"/usr/lib": "/usr/lib", "/etc/ld.so.cache": "/etc/ld.so.cache"}
        python = interpreter()
        library = Path(sys.base_prefix).resolve() / "lib"
        binds |= {str(python): str(python), str(library): str(library)}
        binds |= {str(folder): f"/packages/{place}" for place, folder in enumerate(package_folders())}
        binds[str(PACKAGE)] = "/course/grulab"
        devices = {f"/dev/{name}": f"/dev/{name}" for name in ("null", "zero", "random", "urandom")}
        links = []
        for name in ("/lib", "/lib64", "/usr/lib64", "/lib32"):
            if os.path.islink(name):
                links += ["--symlink", os.readlink(name), name]
            elif os.path.isdir(name):
                binds[name] = name
        places = {*binds.values(), *devices.values()}
        folders = {str(folder) for place in (*places, "/proc/self/exe") for folder in Path(place).parents} - {
            "/"
        }
        walls = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        if os.geteuid() == 0:
            # no namespace of users: the process becomes an ordinary user itself, and gives up these two
            walls += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        else:
            walls += ["--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL"]
        walls += ["--hostname", "submission", "--die-with-parent", "--new-session", "--clearenv"]
        for folder in sorted(folders):  # bubblewrap would make them for root alone
            walls += ["--perms", "0755", "--dir", folder]
        for place, target in sorted(binds.items(), key=lambda one: one[1]):
            walls += ["--ro-bind", place, target]
        # TensorFlow asks where its program lies, and ends itself when nobody tells; a name with python in it
        # would make it ask for the command line as well
        walls += ["--symlink", "/course/worker", "/proc/self/exe"]
        for place, target in devices.items():
            walls += ["--dev-bind", place, target]
        walls += [*links, "--perms", "1777", "--size", str(ROOM), "--tmpfs", "/tmp", "--remount-ro", "/"]
        for name, value in ENVIRONMENT.items():
            walls += ["--setenv", name, value]
        return [*walls, "--chdir", "/tmp"]


@dataclass(frozen=True)
class OpenHouse:
    """A separate process with limits, for machines without bubblewrap. It is no security boundary."""

    is_closed = False

    def start(self) -> subprocess.Popen:
        """Start a ``grulab.checks.worker`` that may read and write whatever its user may."""
        settings = {**ENVIRONMENT, "HOME": tempfile.gettempdir(), "TMPDIR": tempfile.gettempdir()}
        return subprocess.Popen(
            program(str(PACKAGE.parent), [str(folder) for folder in package_folders()], None),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=settings,
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )


def program(course, packages, user) -> list[str]:
    """Return the command that runs the worker, with nothing on its path but what it is given."""
    code = (
        f"import sys; sys.path[:0] = [{course!r}]; sys.path += {packages!r}; "
        f"from grulab.checks.worker import main; main({room_for_processes()}, {user})"
    )
    return [str(interpreter()), "-I", "-S", "-B", "-c", code]


@cache
def interpreter() -> Path:
    """Return the interpreter itself, behind the links of a virtual environment."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()


@cache
def package_folders() -> tuple[Path, ...]:
    """Return the folders of installed packages that this process imports from."""
    found = (Path(one) for one in sys.path)
    return tuple(one for one in found if one.name in ("site-packages", "dist-packages") and one.is_dir())


@cache
def room_for_processes() -> int:
    """Return the limit on processes. It counts by user, so an ordinary user's own are added."""
    if os.geteuid() == 0:
        return PROCESSES
    mine = 0
    for process in psutil.process_iter():
        try:
            mine += process.num_threads() if process.uids().real == os.getuid() else 0
        except psutil.Error:
            continue
    return PROCESSES + mine


def spare_user() -> int:
    """Return a user's number that nobody has, a new one each time, among those that this system knows."""
    lines = Path("/proc/self/uid_map").read_text().split("\n")
    highest = max(int(line.split()[0]) + int(line.split()[2]) for line in lines if line)
    if highest > 2**30:
        return 2**29 + secrets.randbelow(2**29)
    if highest > 65000:
        return 61000 + secrets.randbelow(4000)
    raise NoSandbox(
        "As root the grader needs an ordinary user to run submissions, and this system has no spare one."
    )


@cache
def bubblewrap() -> str:
    """Return the path of bubblewrap; raise ``NoSandbox`` when it is not there, or too old."""
    instead = (
        "Without it, --no-sandbox runs submissions in a separate process with limits; that is no security "
        "boundary: they could read and change your files."
    )
    if sys.platform != "linux":
        raise NoSandbox(f"The sandbox is bubblewrap, which only Linux has. {instead}")
    if not syscalls.is_known():
        raise NoSandbox(f"The sandbox knows the system calls of x86_64 and aarch64 only. {instead}")
    path = shutil.which("bwrap")
    if path is None:
        raise NoSandbox(
            "There is no bubblewrap (bwrap) here. Install it: apt install bubblewrap, or dnf install "
            f"bubblewrap. {instead}"
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(one) for one in re.findall(r"\d+", said)[:2])
    if version < (0, 7):
        raise NoSandbox(
            f"{said.strip() or path} is too old; the sandbox needs bubblewrap 0.7 or newer. {instead}"
        )
    return path
