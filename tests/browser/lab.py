"""JupyterLab on a folder, with a kernel and settings of its own."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from conftest import ROOT, free_port

WAIT = 60_000  # milliseconds: JupyterLab and a kernel start on a busy machine


@contextmanager
def jupyterlab(folder, home, *options, **environment):
    """Start JupyterLab on a folder and give its address; what it keeps lies in ``home``."""
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    # without news and updates it asks nobody outside
    command += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    log = (home / "log").open("w")
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | own | {"PYTHONPATH": path} | environment
    server = subprocess.Popen([*command, *options], env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}api", timeout=1).close()
                break
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                assert server.poll() is None, (home / "log").read_text()
                time.sleep(0.25)
        else:
            pytest.fail(f"JupyterLab did not start: {(home / 'log').read_text()}")
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def open_notebook(visit, address, name):
    """Open a notebook and wait for its kernel; return the page."""
    page = visit(f"{address}doc/tree/{name}", address)
    page.set_default_timeout(WAIT)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return page
