"""Start kernels warm: all are forked from one process that has loaded TensorFlow once.

A kernel that is started in the usual way spends some seconds on imports, for every page again. Here a server
does that work a single time, and each kernel begins as a copy of it. Where forking is not safe (on anything
but Linux) kernels start in the usual way.
"""

import atexit
import importlib
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

TOOLS = Path(__file__).resolve().parent
LOG = TOOLS.parent / "_build" / "kernels.log"
# where the server listens: the processes that execute pages find it in their environment
ADDRESS = "GRULAB_KERNELS"
LOADED = ("ipykernel.ipkernel", "ipywidgets", "matplotlib.pyplot", "grulab.quiet")


@contextmanager
def warm():
    """Run a server inside the ``with`` block, for this process and those that it starts."""
    if sys.platform != "linux":
        yield
        return
    LOG.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, LOG.open("a") as log:
        address = str(Path(folder) / "kernels")
        command = [sys.executable, str(Path(__file__).resolve()), address]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        try:
            # it says that it listens before it loads anything: whoever comes early waits
            if server.stdout.readline():
                os.environ[ADDRESS] = address
            yield
        finally:
            os.environ.pop(ADDRESS, None)
            server.stdin.close()
            server.stdout.close()
            server.wait()


def use_warm():
    """Have Jupyter's managers in this process ask the server for kernels, if there is one."""
    if ADDRESS in os.environ:
        factory = KernelProvisionerFactory.instance()
        factory.provisioners["warm"] = EntryPoint("warm", f"{__name__}:Warm", factory.GROUP_NAME)
        factory.default_provisioner_name = "warm"


class Warm(LocalProvisioner):
    """Start a kernel by asking the server."""

    async def launch_kernel(self, cmd, **kwargs):
        """Start it, and return how to connect to it."""
        self.process = Forked(cmd, str(kwargs.get("cwd") or os.getcwd()), kwargs["env"])
        # it leads a group of its own
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info


class Forked:
    """A kernel that the server has started, with the methods of ``subprocess.Popen`` that Jupyter calls."""

    stdout = stderr = None

    def __init__(self, command, folder, environment):
        self.connection = socket.socket(socket.AF_UNIX)
        # Jupyter closes this when the kernel has ended
        self.stdin = self.connection
        self.connection.connect(os.environ[ADDRESS])
        with self.connection.makefile("rw") as stream:
            stream.write(json.dumps([command, folder, environment]) + "\n")
            stream.flush()
            self.pid = int(stream.readline())

    def poll(self):
        """Return 0 when the kernel has ended, else None."""
        # its end of the connection closes with it
        return 0 if select.select([self.connection], [], [], 0)[0] else None

    def wait(self, timeout=None):
        """Wait for its end."""
        select.select([self.connection], [], [], timeout)
        return self.poll()

    def send_signal(self, number):
        """Send a signal to it, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self):
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End it."""
        self.send_signal(signal.SIGKILL)


# ---- the server ----


def serve(address):
    """Load what kernels need, then fork one for each connection, until standard input closes."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # kernels that end need nobody who waits for them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("listening", flush=True)
        load()
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                become_kernel(connection)
            connection.close()


def load():
    """Load what most pages import; none of it may start threads that a copy would lack."""
    # matplotlib asks for it when it is imported
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    for module in LOADED:
        importlib.import_module(module)


def become_kernel(connection):
    """Run the kernel that is asked for, in this process; it does not return."""
    code = 1
    try:
        os.setsid()
        with connection.makefile("rw") as stream:
            command, folder, environment = json.loads(stream.readline())
            stream.write(f"{os.getpid()}\n")
        run(command, folder, environment)
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run(command, folder, environment):
    """Be the process that ``command`` describes: ``python -m ipykernel_launcher -f FILE``."""
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # no two begin with the same numbers, and none finds the course's tools
    random.seed()
    numpy.random.seed()  # noqa: NPY002
    sys.path[:] = [folder for folder in sys.path if folder != str(TOOLS)]
    sys.argv = command[command.index("ipykernel_launcher") :]
    # it ends when the server, its parent, is gone
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    try:
        IPKernelApp.launch_instance(argv=[*sys.argv[1:], parent])
    finally:
        atexit._run_exitfuncs()


if __name__ == "__main__":
    serve(sys.argv[1])
