"""Pages with widgets: what they weigh, when they are drawn, and what a move costs.

``python -m benchmarks.pages`` opens each page of the built site that has a widget, from disk, in headless
Chromium, and prints a table in Markdown. Bytes are counted in the page itself: the course's script (the
modules of its widgets and the runtime), and the widgets' data (trained weights, vocabularies, sequences).
What a first visit loads in all is counted by the browser, over HTTP and without compression.

``python -m benchmarks pages`` takes the worst page of each, and shows its widgets by html-manager, too. The
site is the one that the environment variable GRULAB_SITE names, else the one that ``benchmarks.build`` has
built in the same run, else that of ``make book``.
"""

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from operator import call
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import manager
from benchmarks.measuring import Row, Timing, costs, in_turn, is_faster, within
from tools import browser

ROOT = Path(__file__).parents[1]

SPENT = """async (control, values) => {
    const ask = window.requestAnimationFrame.bind(window);
    let spent = 0;
    window.requestAnimationFrame = (act) => ask((now) => {
        const begin = performance.now();
        act(now);
        spent += performance.now() - begin;
    });
    const times = [];
    for (const value of values) {
        spent = 0;
        control.value = value;
        const begin = performance.now();
        control.dispatchEvent(new Event(control.options ? "change" : "input"));
        spent += performance.now() - begin;
        await new Promise(ask);
        await new Promise(ask);
        times.push(spent);
    }
    window.requestAnimationFrame = ask;
    return times;
}"""

# bytes as they came over HTTP: the page, and all that it asked for
LOADED = """async () => {
    await window.MathJax?.startup?.promise;
    await document.fonts.ready;
    const kinds = ["navigation", "resource"];
    const asked = kinds.flatMap((kind) => performance.getEntriesByType(kind));
    const sizes = asked.filter((one) => one.name.startsWith("http")).map((one) => one.encodedBodySize);
    return sizes.reduce((sum, size) => sum + size, 0);
}"""

# what widgets do in a move: fresh memory, arithmetic that goes through it, and a drawing made anew
WORK = """() => {
    const box = document.body.appendChild(document.createElement("div"));
    const times = [];
    for (let round = 0; round < 40; round += 1) {
        const begin = performance.now();
        const numbers = new Float64Array(160000);
        for (let i = 1; i < numbers.length; i += 1) numbers[i] = 0.5 * numbers[i - 1] + round;
        const drawn = Array.from({ length: 600 }, (_, i) => {
            const one = document.createElement("span");
            one.textContent = String(numbers[i] / 3);
            one.setAttribute("title", String(i));
            one.style.setProperty("--share", `${i}%`);
            return one;
        });
        box.replaceChildren(...drawn);
        times.push(performance.now() - begin);
    }
    box.remove();
    return times;
}"""
# milliseconds of that work where moves take what the README's table says: the median over its 15 pages of a
# move's time in the table, divided by how many times as long as this work the same move took beside it
REFERENCE = 2.2
# of all controls so many are moved again
FEW = 3


def work(page) -> float:
    """Return the milliseconds that a page now takes for ``WORK``."""
    return statistics.median(page.evaluate(WORK))


def slowness(page) -> float:
    """Return how many times ``REFERENCE`` a page now takes for ``WORK``; at least 1."""
    return max(1.0, work(page) / REFERENCE)


def at_rest(page, measure, enough: float, rounds: int = 5) -> float:
    """Return the first of some measurements below ``enough``, each divided by the ``slowness`` around it.

    ``measure`` is a function without arguments that returns a time. What else runs on a machine makes every
    time longer, none shorter, and comes and goes within seconds: so the page's own speed is taken before
    and after each measurement, and one quiet moment counts. Without one the smallest is returned.
    """
    found, before = [], slowness(page)
    while len(found) < rounds and not (found and min(found) < enough):
        value, after = measure(), slowness(page)
        found.append(value / statistics.mean([before, after]))
        before = after
    return min(found)


def script_times(control, values) -> list[float]:
    """Return the milliseconds of script of each input: of the event and of the widget's own frame."""
    return control.evaluate(SPENT, values)


def move(control) -> float:
    """Return the script time of one move of a slider or a choice, in milliseconds: the median of twenty."""
    if control.locator("option").count():
        values = control.locator("option").evaluate_all("options => options.slice(-2).map(o => o.value)")
    else:
        low, step = (float(control.get_attribute(name)) for name in ("min", "step"))
        values = [low + 2 * step, low + step]
    # the next control begins where the page did
    *times, _ = script_times(control, values * 10 + [control.input_value()])
    return statistics.median(times)


def weight(site: Path, page: str) -> dict[str, int]:
    """Return how many ``widgets`` a page has, and the bytes of its own ``script`` and of their ``data``.

    The ``script`` is that of the widgets' ``modules`` and the runtime.
    """
    found = manager.STATE.search((site / page).read_text(encoding="utf-8"))
    models = json.loads(found[1])["state"].values() if found else []
    widgets = [model for model in models if "_esm" in model["state"]]
    whole = sum(len(json.dumps(widget)) for widget in widgets)
    code = {name: sum(len(json.dumps(each["state"][name])) for each in widgets) for name in ("_esm", "_css")}
    runtime = (site / "_static/widgets.js").stat().st_size
    return {
        "widgets": len(widgets),
        "modules": code["_esm"],
        "script": code["_esm"] + runtime,
        "data": whole - sum(code.values()),
    }


def loaded(chromium, address: str) -> int:
    """Return the bytes that a first visit loads: page, scripts, styles, fonts and pictures, over HTTP."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(address, wait_until="load")
        page.evaluate(LOADED)
        page.wait_for_load_state("networkidle")
        return page.evaluate(LOADED)
    finally:
        context.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serve files without a line for each."""

    def log_message(self, *details):
        """Say nothing."""


@contextmanager
def served(site: Path):
    """Serve a folder inside the ``with`` block; its address is the block's value."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def drawn(chromium, address: str, widgets: int) -> float:
    """Return the seconds from asking for a page until its last widget is drawn, in a fresh profile."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_function("count => document.querySelectorAll('.grulab').length === count", arg=widgets)
        return time.perf_counter() - begin
    finally:
        context.close()


def unfold(root):
    """Open all that is folded in a widget."""
    for summary in root.locator("summary").all():
        summary.click()


def controls(page) -> Iterator[tuple]:
    """Yield the name of each control of a page, its widget's first, and the control; all folds open.

    Controls are a widget's sliders, or its choices where it has no slider.
    """
    page.locator(".grulab").last.wait_for()
    for root in page.locator(".grulab").all():
        unfold(root)
        title = root.get_attribute("aria-label")
        sliders = root.locator("input[type=range]")
        for control in (sliders if sliders.count() else root.locator("select")).all():
            yield f"{title}: {control.get_attribute('data-control')}", control


def moves(chromium, address: str, only: str = "") -> dict[str, float]:
    """Return the script time of a move, in milliseconds, of each control of a page by its name.

    ``only`` is the name of the one control to move.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        return {name: move(control) for name, control in controls(page) if only in ("", name)}
    finally:
        context.close()


def built() -> Path:
    """Return the folder of the built site; raise a FileNotFoundError with a sentence when there is none."""
    site = Path(os.environ.get("GRULAB_SITE") or ROOT / "_build" / "html").resolve()
    if not (site / "index.html").exists():
        raise FileNotFoundError(f"There is no built site in {site}. Run: make book, or set GRULAB_SITE.")
    return site


def weights(site: Path) -> dict[str, dict[str, int]]:
    """Return the ``weight`` of each page that has widgets, by the page's path inside the site."""
    paths = (path.relative_to(site).as_posix() for path in sorted(site.glob("*/*.html")))
    found = ((page, weight(site, page)) for page in paths)
    return {page: parts for page, parts in found if parts["widgets"]}


def stem(page: str) -> str:
    """Return a page's name as the table writes it."""
    return f"`{Path(page).stem}`"


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    site = built()
    pages = weights(site)
    try:
        theirs, why = manager.fetched(), ""
    except manager.NotFetched as error:
        theirs, why = None, f"not measured: {error}"
    yield weighed(pages, theirs, why)
    with sync_playwright() as playwright:
        chromium = browser.start(playwright)
        if chromium is None:
            raise RuntimeError(browser.HELP)
        yield from drawings(chromium, site, pages, theirs, why)
        yield from slowest_moves(chromium, site, pages, theirs, why)


def weighed(pages, theirs, why) -> Row:
    """Return the line of the page that has most script of its own."""
    page = max(pages, key=lambda page: pages[page]["script"])
    script, ratio, against = pages[page]["script"], None, why
    if theirs:
        whole = theirs.bytes + pages[page]["modules"]
        ratio, against = whole / script, f"html-manager, the same widgets: {whole / 1000:,.0f} kB"
    what = f"script of the course in a page, most of {len(pages)} ({stem(page)}), times less"
    return Row(what, f"{script / 1000:.0f} kB", against, ratio, "under 150 kB", script < 150_000)


def worker(chromium):
    """Return an action that returns the seconds of ``WORK``, in a page of its own."""
    page = chromium.new_page()
    return lambda: work(page) / 1000


def pace(timing: Timing) -> Row:
    """Return the line that says how quick the machine was at ``WORK`` in the meantime."""
    usual = Timing(REFERENCE / 1000, REFERENCE / 1000, timing.runs)
    return costs("– a fixed piece of script in the meantime", timing, "for the README's table", usual)


def drawings(chromium, site: Path, pages, theirs, why) -> Iterator[Row]:
    """Yield the lines on the time until a page's widgets are drawn: the slowest page's, then by html-manager.

    Either way nothing is waited for that comes over a network: all of it is loaded from disk.
    """

    def drawer(address, page):
        return lambda: drawn(chromium, address, pages[page]["widgets"])

    drawers = (drawer((site / page).as_uri(), page) for page in pages)
    *timings, usual = in_turn(*drawers, worker(chromium), seconds_of=call)
    median, page = max((timing.median, page) for page, timing in zip(pages, timings, strict=True))
    slowest = Timing(median, median, timings[0].runs)
    what = f"until a page's widgets are drawn, slowest of {len(pages)} ({stem(page)})"
    yield within(what, slowest, 1.5, why)
    yield pace(usual)
    if not theirs:
        return
    whole, bare = theirs.in_place(site, page), theirs.alone(site, page)
    addresses = ((site / page).as_uri(), whole.as_uri(), bare["ours"].as_uri(), bare["theirs"].as_uri())
    ours, other, alone, other_alone = in_turn(*(drawer(one, page) for one in addresses), seconds_of=call)
    by = "html-manager, from disk, without a network's delay"
    yield is_faster("– that page with either's scripts", ours, by, other)
    yield is_faster("– its widgets on a page of their own", alone, f"{by}, as ipywidgets embeds", other_alone)


def slowest_moves(chromium, site: Path, pages, theirs, why) -> Iterator[Row]:
    """Yield the lines on the script time of one move: the slowest control's, then the same by html-manager.

    Of all controls, each measured once, the slowest few are measured again.
    """
    found = [
        (times[name], page, name)
        for page in pages
        for times in [moves(chromium, (site / page).as_uri())]
        for name in times
    ]
    few = sorted(found, reverse=True)[:FEW]

    def mover(address, name):
        return lambda: moves(chromium, address, name)[name] / 1000

    movers = (mover((site / page).as_uri(), name) for _, page, name in few)
    *timings, usual = in_turn(*movers, worker(chromium), seconds_of=call)
    slowest, page, name = max(
        ((timing, page, name) for timing, (_, page, name) in zip(timings, few, strict=True)),
        key=lambda one: one[0].median,
    )
    what = f"script of one move, slowest of {len(found)} controls ({stem(page)}, {name})"
    yield within(what, slowest, 0.004, why)
    yield pace(usual)
    if theirs:
        addresses = ((site / page).as_uri(), theirs.in_place(site, page).as_uri())
        ours, other = in_turn(*(mover(address, name) for address in addresses), seconds_of=call)
        yield is_faster("– that control with either's scripts", ours, "html-manager", other)


def main() -> int:
    """Print the table of the built site, or of the folder that is named."""
    if sys.argv[1:]:
        os.environ["GRULAB_SITE"] = sys.argv[1]
    try:
        site = built()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print("| page | loads, kB | widgets | script, kB | data, kB | drawn, s | slowest move, ms |")
    print("|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright, served(site) as home:
        chromium = browser.start(playwright)
        if chromium is None:
            print(browser.HELP, file=sys.stderr)
            return 1
        for page, parts in weights(site).items():
            address = (site / page).as_uri()
            seconds = statistics.median(drawn(chromium, address, parts["widgets"]) for _ in range(5))
            slowest = max(moves(chromium, address).values())
            print(
                f"| {stem(page)} | {loaded(chromium, f'{home}/{page}') / 1000:,.0f} "
                f"| {parts['widgets']} | {parts['script'] / 1000:.0f} "
                f"| {parts['data'] / 1000:.0f} | {seconds:.2f} | {slowest:.1f} |",
                flush=True,
            )
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(f"The whole site: {whole / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
