"""Build the book: execute every page with real training, then render the site.

Pages run two at a time and go to jupyter-cache, where Sphinx finds them; a page whose code and whose package
did not change is not run again. Progress is one line a page, with seconds. After an interruption, wherever it
came, the next build goes on.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from multiprocessing import active_children, get_context
from pathlib import Path

import quick

# isort: split
import kernels
import nbformat
import threads
import yaml
from execution import BUILD, FOLDER, ROOT, cache_folder, data_key, digest, rendering_key
from kept import keep, open_cache, tidy
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from notebooks import site_source
from watched import Watched
from widget_state import without_unseen

from grulab.processes import alone, end_with_parent

SITE = BUILD / "html"
DOCTREES = BUILD / ".doctrees"
STATE = BUILD / "rendered"  # there while the site is whole; `make serve` asks for it
SECONDS_OF_A_LOCK = 5  # as long as matplotlib waits for another process
MEANWHILE = (
    "not kept, for the package or the source of the reviews changed while it ran. Run the same command again."
)
BUSY = "Another build of the book is at work in this folder; waiting until it has ended."


def pages_of_toc() -> list[str]:
    """Return every page named in ``_toc.yml``, in its order, without suffix."""

    def walk(node):
        if isinstance(node, dict):
            yield from (node[key] for key in ("root", "file") if key in node)
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    return list(walk(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


def read_page(page: str):
    """Return a page as the notebook that Sphinx will see, or ``None`` if it holds no code."""
    markdown, notebook = ROOT / f"{page}.md", ROOT / f"{page}.ipynb"
    if markdown.exists():
        text = site_source(page, markdown.read_text(encoding="utf-8"))
        return read_myst_markdown_notebook(text) if is_myst_markdown_notebook(text) else None
    return nbformat.reads(site_source(page, notebook.read_text(encoding="utf-8")), 4)


def begin_worker():
    """Take warm kernels, and send what kernels and their managers say beside the pages to a file."""
    end_with_parent()
    kernels.use_warm()
    kernels.LOG.parent.mkdir(exist_ok=True)
    os.dup2(os.open(kernels.LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)


def execute(page: str):
    """Run one page in a kernel of its own.

    Return the notebook, the seconds, the most bytes that its kernel held, and the traceback, if any.
    """
    notebook = read_page(page)
    folder = (ROOT / page).parent
    limit = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["execute"]["timeout"]
    # times in the cells would make another notebook of it, which the cache does not find
    client, error = Watched(notebook, timeout=limit, record_timing=False), None
    start = time.perf_counter()
    try:
        client.execute(cwd=str(folder))
    except (CellExecutionError, CellTimeoutError):
        error = traceback.format_exc()
    return without_unseen(notebook), time.perf_counter() - start, client.memory, error


def outcome(future):
    """Return what ``execute`` returned; a kernel or a process that died is a page that failed, too."""
    try:
        return future.result()
    except Exception as error:
        why = f"{type(error).__name__}: {error}\nThe end of its kernel is in {kernels.LOG}."
        return None, 0, 0, f"{why} Was there too little memory? --jobs 1 needs less."


def source_of(page: str):
    """Return the file that a page is rendered from."""
    return next(path for s in (".md", ".ipynb") if (path := ROOT / f"{page}{s}").exists())


def text_of(page: str) -> str:
    """Return a page as Sphinx will see it."""
    return site_source(page, source_of(page).read_text(encoding="utf-8"))


def stop_children():
    """End the processes that execute pages; their kernels end with them."""
    for act in ("terminate", "kill"):
        children = active_children()
        for child in children:
            getattr(child, act)()
        for child in children:
            child.join(3)


def forget_rendered(page: str):
    """Have Sphinx read a page again, although it sees the same file, or one with an earlier date."""
    (DOCTREES / f"{page}.doctree").unlink(missing_ok=True)


def say(text: str):
    """Print a line at once."""
    print(text, flush=True)


def execute_pages(cache, pages, jobs: int) -> bool:
    """Execute the pages that the cache lacks, long ones first; return whether all ran to their end."""
    waiting = []
    # taken before the run: what changes meanwhile counts at the next one
    keys = {page: data_key(page) for page in pages}
    for page in pages:
        notebook = read_page(page)
        if notebook is None:
            continue
        try:
            known = cache.match_cache_notebook(notebook).data.get("data_key", "") == keys[page]
        except KeyError:
            known = False
        if not known:
            waiting.append(page)
            forget_rendered(page)
    # long pages train longest: begun first, they leave no core idle at the end
    waiting.sort(key=lambda page: source_of(page).stat().st_size, reverse=True)
    say(f"pages to execute: {len(waiting)} of {len(pages)}")
    if not waiting:
        return True
    for lock in (BUILD / "matplotlib").glob("*.matplotlib-lock"):
        if time.time() - lock.stat().st_mtime > SECONDS_OF_A_LOCK:
            lock.unlink()  # of a build that was killed; matplotlib would never save its list of fonts again
    import matplotlib.font_manager  # noqa: F401  (its note on building a cache belongs on no page)

    # loading TensorFlow once for all pays where each of the jobs would load it several times
    with kernels.warm() if len(waiting) > 2 * jobs else nullcontext():
        return execute_all(cache, waiting, keys, jobs)


def execute_all(cache, waiting, keys, jobs: int) -> bool:
    """Execute the pages and keep them; return whether all of them could be kept."""
    failures = 0
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=begin_worker)
    try:
        running = {pool.submit(execute, page): page for page in waiting}
        for done, future in enumerate(as_completed(running), 1):
            page = running[future]
            notebook, seconds, memory, error = outcome(future)
            if error:
                failures += 1
                say(f"  [{done}/{len(waiting)}] {page}: failed\n{error}")
                continue
            if cache_folder() != Path(cache.path):
                failures += 1
                say(f"  [{done}/{len(waiting)}] {page}: {MEANWHILE}")
                continue
            data = {"execution_seconds": seconds, "memory": memory, "data_key": keys[page]}
            keep(cache, notebook, str(source_of(page)), data)
            say(f"  [{done}/{len(waiting)}] {page}: {seconds:.0f} s")
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_children()
        raise
    pool.shutdown()
    return not failures


def rendered_before() -> dict:
    """Return what the site that is there was rendered from; {} when it is not whole."""
    try:
        state = json.loads(STATE.read_bytes())
        return state if isinstance(state, dict) else {}
    except (OSError, ValueError):
        return {}


def render(pages) -> bool:
    """Render the site with warnings as errors; from nothing when anything but a page changed."""
    state = {"key": rendering_key(), "pages": {page: digest((), text_of(page)) for page in pages}}
    before = rendered_before()
    # an interrupted build leaves no state, so that the next one begins anew
    STATE.unlink(missing_ok=True)
    if before.get("key") != state["key"]:
        for folder in (SITE, DOCTREES, BUILD / "jupyter_execute"):
            shutil.rmtree(folder, ignore_errors=True)
    for page in pages:
        if before.get("pages", {}).get(page) != state["pages"][page]:
            forget_rendered(page)
    start = time.perf_counter()
    command = [sys.executable, quick.__file__, "build", ".", "-W", "-n", "--keep-going", "-q"]
    options = {"preexec_fn": end_with_parent} if sys.platform == "linux" else {}
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", **options
    )
    if result.returncode:
        say(result.stdout + result.stderr)
        say("The site was not rendered; why stands above. Mend it, and run the same command again.")
        return False
    unfinished = STATE.with_suffix(".part")
    unfinished.write_text(json.dumps(state))
    os.replace(unfinished, STATE)
    say(f"rendered in {time.perf_counter() - start:.0f} s")
    return True


def leave_executed(cache, pages) -> bool:
    """Write each page with its outputs where `make nbval` finds it; what myst-nb leaves there has none.

    Return whether all pages were still those that ran.
    """
    for page in pages:
        notebook = read_page(page)
        if notebook is not None:
            try:
                _, executed = cache.merge_match_into_notebook(notebook)
            except KeyError:
                say(f"{page} was changed while the site was rendered. Run the same command again.")
                return False
            path = BUILD / "jupyter_execute" / f"{page}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(executed, path)
    return True


def main() -> int:
    """Run the steps; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--execute", nargs="*", metavar="PAGE", help="execute these pages (or all), render nothing"
    )
    parser.add_argument("--jobs", type=int, default=2, help="pages side by side (default 2)")
    options = parser.parse_args()
    if options.jobs < 1:
        parser.error(f"--jobs is {options.jobs}, but at least 1 page must be executed at a time")
    os.chdir(ROOT)
    os.environ["GRULAB_PROGRESS"] = str(BUILD / "progress.json")  # what pages answer is no reader's progress
    try:
        cache_folder()
    except ValueError as error:  # GRULAB_REVIEWS names no source
        parser.error(str(error))
    threads.share(options.jobs)
    known = pages_of_toc()
    for page in options.execute or ():
        if page not in known:
            parser.error(f"{page} is no page of _toc.yml; its pages are {', '.join(known)}")
    with alone(BUILD / "book.lock", BUSY):
        folder = cache_folder()  # asked again: while this one waited, the code may have changed
        return build(folder, options.execute or known, options.jobs, known if options.execute is None else ())


def build(folder: Path, wanted, jobs: int, known) -> int:
    """Execute the wanted pages and render the known ones; return the exit status."""
    cache = open_cache(folder)
    os.environ[FOLDER] = str(folder)
    if not execute_pages(cache, wanted, jobs):
        say("A page did not run to its end, or is not kept; nothing was rendered.")
        return 1
    if not known:
        return 0
    tidy(folder)
    if not render(known):
        return 1
    if not leave_executed(cache, known):
        return 1
    page = SITE / "index.html"
    say(f"The site: {page}\nOpen that file in a browser, or run `make serve`.")
    return 0


def interrupt(*_):
    """Make of a request to end what Ctrl-C makes."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # no letter of an error stops the build
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:  # nohup has it ignored
            signal.signal(number, interrupt)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted. Pages that ran to their end are kept: the same command goes on from there.")
    except OSError as error:  # a full disk, a folder that is none
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(
            f"The book was not built ({where}{error.strerror or error}). "
            "Make room there, or a right to write; the same command goes on from the pages that ran."
        )
