"""JupyterLab on a folder, with a kernel and settings of its own."""

import os
import sys
from contextlib import contextmanager

import server
from conftest import ROOT

WAIT = 60_000  # milliseconds: JupyterLab and a kernel start on a busy machine


@contextmanager
def jupyterlab(folder, home, *options, **environment):
    """Start JupyterLab on a folder and give its address; what it keeps lies in ``home``."""
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | own | {"PYTHONPATH": path} | environment
    options = ("--allow-root", f"--ServerApp.root_dir={folder}", *options)
    with server.jupyterlab([sys.executable], home / "log", *options, env=environment) as (address, _):
        yield address


def open_notebook(visit, address, name):
    """Open a notebook and wait for its kernel; return the page."""
    talk = address.replace("http:", "ws:", 1)  # with the kernel
    page = visit(f"{address}doc/tree/{name}", address, sockets=(talk,), fresh=True)
    page.set_default_timeout(WAIT)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return page
