"""Execute notebooks with the kernel of another environment, and measure the memory that each kernel holds."""

import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from watched import Watched

from environments.place import BUILD, GB, Failure, Place

KERNELS = BUILD / "jupyter"
LOG = BUILD / "kernels.log"
MOST = 1.6 * GB  # the budget of one notebook; Binder stops a container at 2 GB
JOBS = 2


@dataclass(frozen=True)
class Ran:
    """An executed notebook, its seconds, and the most bytes that its kernel held."""

    name: str
    notebook: nbformat.NotebookNode
    seconds: float
    memory: int


def say_kernel(place: Place, *before: str) -> str:
    """Tell Jupyter of an environment's kernel, with words ``before`` its command; return its name."""
    folder = KERNELS / "kernels" / place.folder.name
    folder.mkdir(parents=True, exist_ok=True)
    argv = [*before, place.python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": place.name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return place.folder.name


def execute(name: str, notebook, kernel: str, folder: Path, environment: dict[str, str], limit=900) -> Ran:
    """Execute one notebook in a kernel of its own; raise ``Failure`` with the traceback of what failed."""
    client = Watched(notebook, timeout=limit, kernel_name=kernel)
    start = time.perf_counter()
    try:
        # what a kernel says beside its notebook is for whoever looks for a fault
        with LOG.open("a", encoding="utf-8") as log:
            client.execute(cwd=str(folder), env=environment, stderr=log)
    except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
        # a kernel that ends before its first answer is a RuntimeError, as one that ends later is
        raise Failure(f"{name}: {error}") from None
    return Ran(name, notebook, time.perf_counter() - start, client.memory)


def execute_all(jobs: Iterable[Callable[[], Ran]], say) -> list[Ran]:
    """Execute notebooks side by side, a line each; raise ``Failure`` when one failed or held too much."""
    ran, faults = [], []
    with ThreadPoolExecutor(JOBS) as pool:
        for future in [pool.submit(job) for job in jobs]:
            try:
                one = future.result()
            except Failure as failure:
                faults.append(str(failure))
                continue
            ran.append(one)
            say(f"  {one.name}: {one.seconds:.0f} s, {one.memory / GB:.2f} GB")
            if one.memory > MOST:
                faults.append(f"{one.name} held {one.memory / GB:.2f} GB; a notebook may hold {MOST / GB} GB")
    if faults:
        raise Failure("\n".join(faults))
    return ran
