"""Pages with widgets: what they weigh, when they are drawn, and what a move costs.

``python -m benchmarks.pages`` opens each page of the built site that has a widget, from disk, in headless
Chromium, and prints a table in Markdown. Bytes are counted in the page itself: the course's script (the
modules of its widgets and the runtime), and the widgets' data (trained weights, vocabularies, sequences).
"""

import json
import re
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import browser

ROOT = Path(__file__).parents[1]
STATE = re.compile(r'<script type="application/vnd\.jupyter\.widget-state\+json">(.*?)</script>', re.DOTALL)

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


def slowness(page) -> float:
    """Return how many times ``REFERENCE`` a page now takes for ``WORK``; at least 1."""
    return max(1.0, statistics.median(page.evaluate(WORK)) / REFERENCE)


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
    """Return the script time of one move of a slider or a choice, in milliseconds: the median of forty."""
    if control.locator("option").count():
        values = control.locator("option").evaluate_all("options => options.slice(-2).map(o => o.value)")
    else:
        low, step = (float(control.get_attribute(name)) for name in ("min", "step"))
        values = [low + 2 * step, low + step]
    # the next control begins where the page did
    *times, _ = script_times(control, values * 20 + [control.input_value()])
    return statistics.median(times)


def weight(site: Path, page: str) -> dict[str, int]:
    """Return how many ``widgets`` a page has, and the bytes of its own ``script`` and of their ``data``."""
    found = STATE.search((site / page).read_text(encoding="utf-8"))
    models = json.loads(found[1])["state"].values() if found else []
    widgets = [model for model in models if "_esm" in model["state"]]
    whole = sum(len(json.dumps(widget)) for widget in widgets)
    code = {name: sum(len(json.dumps(each["state"][name])) for each in widgets) for name in ("_esm", "_css")}
    runtime = (site / "_static/widgets.js").stat().st_size
    return {
        "widgets": len(widgets),
        "script": code["_esm"] + runtime,
        "data": whole - sum(code.values()),
    }


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


def moves(chromium, address: str) -> dict[str, float]:
    """Return the script time of a move, in milliseconds, of each control of a page, by widget and name.

    Controls are a widget's sliders, or its choices where it has no slider.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        page.locator(".grulab").last.wait_for()
        times = {}
        for root in page.locator(".grulab").all():
            unfold(root)
            title = root.get_attribute("aria-label")
            sliders = root.locator("input[type=range]")
            for control in (sliders if sliders.count() else root.locator("select")).all():
                times[f"{title}: {control.get_attribute('data-control')}"] = move(control)
        return times
    finally:
        context.close()


def main() -> int:
    """Print the table of the built site, or of the folder that is named."""
    site = Path(sys.argv[1] if sys.argv[1:] else ROOT / "_build" / "html").resolve()
    if not (site / "index.html").exists():
        print(f"There is no built site in {site}. Run: make book", file=sys.stderr)
        return 1
    print("| page | widgets | script, kB | data, kB | drawn, s | slowest move, ms |")
    print("|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        chromium = browser.start(playwright)
        if chromium is None:
            print(browser.HELP, file=sys.stderr)
            return 1
        for path in sorted(site.glob("*/*.html")):
            page = path.relative_to(site).as_posix()
            parts = weight(site, page)
            if not parts["widgets"]:
                continue
            seconds = statistics.median(drawn(chromium, path.as_uri(), parts["widgets"]) for _ in range(5))
            slowest = max(moves(chromium, path.as_uri()).values())
            print(
                f"| `{path.stem}` | {parts['widgets']} | {parts['script'] / 1000:.0f} "
                f"| {parts['data'] / 1000:.0f} | {seconds:.2f} | {slowest:.1f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
