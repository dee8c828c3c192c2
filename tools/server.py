"""Start JupyterLab without a browser, and wait until it answers."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

OPTIONS = (
    "--no-browser",
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    # without news and updates it asks nobody outside
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
SECONDS = 120  # JupyterLab starts on a busy machine


class NotServed(Exception):
    """JupyterLab ended or gave no answer: its last words."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(address: str, server: subprocess.Popen, log: Path):
    """Wait until a server answers; raise ``NotServed`` if it does not."""
    end = time.monotonic() + SECONDS
    # this machine is asked without whatever proxy leads to others
    near = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            near.open(f"{address}api", timeout=1).close()
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            if server.poll() is not None:
                raise NotServed(f"JupyterLab ended: {log.read_text()[-3000:]}") from None
            if time.monotonic() > end:
                raise NotServed(f"JupyterLab did not start: {log.read_text()[-3000:]}") from None
            time.sleep(0.25)


@contextmanager
def jupyterlab(python, log: Path, *options: str, **surroundings):
    """Start JupyterLab with a Python (the words of its command); give its address and its process.

    ``surroundings`` are subprocess's: ``cwd``, ``env``. Raises ``NotServed`` if it does not answer.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    command = [*python, "-m", "jupyterlab", *OPTIONS, f"--port={port}", *options]
    with log.open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, **surroundings)
        try:
            wait(address, server, log)
            yield address, server
        finally:
            server.terminate()
            server.wait(30)
