"""GateLab in JupyterLab, with a kernel: the same widget, and Python sees what the reader moves."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from conftest import ROOT, free_port
from numbers_on_page import check, read

WAIT = 60_000  # milliseconds: JupyterLab and a kernel start on a busy machine


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """Write a notebook with a GateLab into a folder of its own."""
    folder = tmp_path_factory.mktemp("lab")
    cells = ["from grulab.widgets import GateLab\n\nlab = GateLab(stage='step')\nlab", "print('z is', lab.z)"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / "trial.ipynb")
    return folder


@pytest.fixture(scope="module")
def jupyter(notebook, tmp_path_factory):
    """Start JupyterLab on the folder, with settings of its own, and return its address."""
    home = tmp_path_factory.mktemp("jupyter")
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    # without news and updates it asks nobody outside
    command += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={notebook}"]
    log = (home / "log").open("w")
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    server = subprocess.Popen(command, env=os.environ | own | {"PYTHONPATH": path}, stdout=log, stderr=log)
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


def run_cell(page, index):
    """Run a cell as a reader does."""
    page.locator(".jp-Cell").nth(index).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def test_sliders_move_in_jupyterlab_and_python_sees_it(visit, jupyter):
    page = visit(f"{jupyter}doc/tree/trial.ipynb", jupyter)
    page.set_default_timeout(WAIT)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_cell(page, 0)
    root = page.locator(".grulab")
    root.wait_for()
    check("step", read(root), 25)
    assert root.get_by_role("button", name="Copy link").count() == 0

    control = root.locator("[data-control=z]")
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    shown = read(root)
    assert shown["state"]["z"] == pytest.approx(0.8, abs=0.05)
    check("step", shown, 25)

    # arrows move the slider, not the notebook; letters such as x do not cut the cell
    cells = page.locator(".jp-Cell").count()
    control.focus()
    for key in ("Home", "ArrowRight", "ArrowUp", "x", "a"):
        page.keyboard.press(key)
    shown = read(root)
    assert shown["state"]["z"] == pytest.approx(0.02)
    check("step", shown, 25)
    assert page.locator(".jp-Cell").count() == cells
    assert control.evaluate("node => node === document.activeElement")

    run_cell(page, 1)
    page.locator(".jp-Cell").nth(1).locator(".jp-OutputArea-output", has_text="z is 0.02").wait_for()

    # running the cell again takes the first widget away, and its listeners with it
    page.evaluate("""() => {
        window.released = 0;
        const remove = window.removeEventListener;
        window.removeEventListener = (...all) => {
            window.released += all[0] === "keydown" && all[2] === true;
            remove.apply(window, all);
        };
    }""")
    run_cell(page, 0)
    page.wait_for_function("window.released === 1")
    page.locator(".grulab [data-control=z]").wait_for()
    page.wait_for_function("document.querySelector('.grulab [data-control=z]').value === '0.5'")
    assert page.locator(".grulab").count() == 1
    check("step", read(page.locator(".grulab")), 25)
