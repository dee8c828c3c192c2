"""Warm kernels: copies of a process that has loaded TensorFlow, and in all else kernels like others."""

import os
import signal
import sys
import time

import kernels
import pytest
from jupyter_client.manager import KernelManager

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels start in the usual way")


@pytest.fixture(scope="module")
def server():
    with kernels.warm():
        yield


@pytest.fixture
def start(server, monkeypatch, tmp_path):
    """Return a function that starts a warm kernel in an empty folder: its manager and its client."""
    monkeypatch.setattr(kernels.KernelProvisionerFactory, "_instance", None)
    kernels.use_warm()
    started = []

    def one(**options):
        manager = KernelManager()
        manager.start_kernel(cwd=str(tmp_path), **options)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        started.append((manager, client))
        return manager, client

    yield one
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(client, code):
    """Return what a cell prints; an error's name and text if it raises one."""
    parts = []

    def hear(message):
        content = message["content"]
        if message["msg_type"] == "stream":
            parts.append(content["text"])
        elif message["msg_type"] == "error":
            parts.append(f"{content['ename']}: {content['evalue']}")

    client.execute_interactive(code, output_hook=hear, timeout=60)
    return "".join(parts).strip()


def test_tensorflow_is_there_before_the_first_cell(start):
    manager, client = start()
    assert type(manager.provisioner) is kernels.Warm
    assert said(client, "import sys; print('tensorflow' in sys.modules)") == "True"


def test_a_warm_kernel_trains(start):
    _, client = start()
    assert said(
        client,
        "from grulab.quiet import keras\n"
        "model = keras.Sequential([keras.Input((3, 1)), keras.layers.GRU(2)])\n"
        "model.compile('adam', 'mse')\n"
        "history = model.fit(keras.ops.ones((8, 3, 1)), keras.ops.ones((8, 2)), verbose=0)\n"
        "print(len(history.history['loss']))",
    ) == "1"  # fmt: skip


def test_it_has_the_folder_the_environment_and_the_paths_of_any_other(start, tmp_path):
    _, client = start(env=os.environ | {"GRULAB_TRIED": "yes"})
    assert said(client, "import os; print(os.getcwd())") == str(tmp_path)
    assert said(client, "print(os.environ['GRULAB_TRIED'])") == "yes"
    assert said(client, "import sys; print([p for p in sys.path if p.endswith('tools')], sys.argv[0])") == (
        "[] ipykernel_launcher"
    )
    assert said(client, "import matplotlib; print(matplotlib.get_backend())") == (
        "module://matplotlib_inline.backend_inline"
    )


def test_no_two_draw_the_same_numbers(start):
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    first, second = (said(start()[1], draw).split() for _ in range(2))
    assert not set(first) & set(second)


def test_it_can_be_interrupted_and_goes_on(start):
    manager, client = start()
    # the cell says that it runs: before that, an interrupt would reach the kernel between two cells;
    # and after an error a kernel refuses what else was sent, for a moment, unless it is told not to
    client.execute("import time; print('asleep', flush=True); time.sleep(60)", stop_on_error=False)
    while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=30)["content"]
    assert reply["ename"] == "KeyboardInterrupt"
    assert said(client, "print(1 + 1)") == "2"


def test_the_manager_sees_when_it_dies(start):
    manager, _ = start()
    assert manager.is_alive()
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    assert within(10, lambda: not manager.is_alive())


def test_what_it_registered_for_its_end_is_done(start, tmp_path):
    manager, client = start()
    said(client, "import atexit, pathlib; atexit.register(pathlib.Path('ended').touch)")
    manager.shutdown_kernel()
    assert (tmp_path / "ended").exists()


def test_no_kernel_outlives_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels.KernelProvisionerFactory, "_instance", None)
    with kernels.warm():
        kernels.use_warm()
        manager = KernelManager()
        manager.start_kernel()
        pid = manager.provisioner.pid
    assert within(10, lambda: not os.path.exists(f"/proc/{pid}"))
    manager.shutdown_kernel(now=True)
    assert kernels.ADDRESS not in os.environ


def within(seconds, condition):
    """Return whether a condition holds before so many seconds are over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
