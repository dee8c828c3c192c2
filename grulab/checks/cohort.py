"""Grade many submissions side by side: one after the other, in processes of this machine, or on a cluster."""

import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from grulab.checks.submission import UNGRADED, Options, grade, row, shown
from grulab.processes import end_with_parent


def graded(paths, options: Options, jobs: int = 1, cluster: str | None = None):
    """Give (path, record) of each submission as it is done."""
    if cluster:
        yield from on_cluster(paths, options, cluster)
    elif jobs == 1:
        yield from ((path, grade(path, options)) for path in paths)
    else:
        yield from in_processes(paths, options, jobs)


def in_processes(paths, options, jobs):
    """Grade in several processes. They are fresh ones, not forks: nothing of this process goes with them."""
    waiting = list(paths)
    while waiting:
        doing = {}
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), start_worker)
        try:
            todo = iter(tuple(waiting))
            while True:
                for path in islice(todo, 2 * jobs - len(doing)):
                    doing[pool.submit(grade, path, options)] = path
                if not doing:
                    break
                done, _ = wait(doing, return_when=FIRST_COMPLETED)
                for future in done:
                    record = future.result()
                    path = doing.pop(future)
                    waiting.remove(path)
                    yield path, record
            pool.shutdown()
        except BrokenProcessPool:
            # one of those in hand has ended its process: each of them alone shows which
            for path in list(doing.values()):
                waiting.remove(path)
                yield path, alone(path, options)
        except BaseException:
            for process in multiprocessing.active_children():
                process.kill()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def alone(path, options):
    """Grade one submission in a process of its own; the end of that process is a row, too."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), start_worker) as pool:
        try:
            return pool.submit(grade, path, options).result()
        except BrokenProcessPool:
            return lost(path, options, "The process that graded it has ended.")


def lost(path, options, message):
    """Return the record of a submission whose grading came to no end."""
    rows = [{**row("", UNGRADED, message, options.seed, 0.0), "seconds": 0.0}]
    exercise = options.exercise or ""
    return {
        "submission": shown(path, 500),
        "exercise": exercise,
        "rows": rows,
        "left_out": [],
        "unreadable": [],
    }


def start_worker():
    """Leave an interruption to the first process, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"


def on_cluster(paths, options, address):
    """Grade on a Dask cluster. Its workers see the same files, and each has a sandbox of its own."""
    from distributed import Client, as_completed

    with Client(address) as client:
        todo = iter(paths)
        window = 4 * max(1, sum(client.ncores().values()))
        doing = {}

        def submit(count):
            batch = list(islice(todo, count))
            futures = client.map(grade, batch, options=options, pure=False)
            doing.update(zip(futures, batch, strict=True))
            return futures

        running = as_completed(submit(window))
        for future in running:
            path = doing.pop(future)
            if future.status == "finished":
                yield path, future.result()
            else:
                yield path, lost(path, options, f"The cluster lost it: {future.status}.")
            future.release()
            for more in submit(1):
                running.add(more)
