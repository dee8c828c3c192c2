"""What any widget shows in the page, and what a GateLab should show, from ``grulab.cell``."""

import re

import numpy as np

from grulab import cell
from grulab.widgets import GateLab
from grulab.widgets.gatelab import HOLD_STEPS

GATES = ("update", "reset", "candidate")

# a widget that is busy has not yet computed all that it will show
READ = """async root => {
    do await new Promise(requestAnimationFrame); while (root.getAttribute("aria-busy") === "true");
    return {
        state: Object.fromEntries([...root.querySelectorAll("[data-control]")].map(
            input => [input.dataset.control, Number(input.value)])),
        numbers: [...root.querySelectorAll("[data-number]")].map(
            node => [node.dataset.number, node.textContent]),
        bars: [...root.querySelectorAll("[data-bar]")].map(
            node => [node.dataset.bar, node.parentNode.classList.contains("signed"),
                     parseFloat(node.style.left), parseFloat(node.style.width)]),
        heights: [...(root.querySelector(".gatelab-time")?.querySelectorAll("polyline") ?? [])].map(
            line => line.getAttribute("points").split(" ").map(point => Number(point.split(",")[1]))),
    };
}"""


def settle(page):
    """Wait until what was asked for is drawn."""
    # the widget asked for its frame before, so it has drawn when ours comes
    page.evaluate("() => new Promise(requestAnimationFrame)")


def read(root):
    """Return the state of a widget, and the numbers, bars and curves that it shows, once it is drawn."""
    return root.evaluate(READ)


def follow(root, widget):
    """Return what a widget shows, as ``read`` does, and give its state to the one in Python."""
    shown = read(root)
    for name, value in shown["state"].items():
        setattr(widget, name, value)
    return shown


def logit(share):
    """Return the sum behind a gate; ±1000 for a gate that is fully open or closed."""
    with np.errstate(divide="ignore"):
        return float(np.clip(np.log(share) - np.log1p(-share), -1000, 1000))


def blended(z, h, candidate):
    """Return the parts of the last equation."""
    parts = {"rest": 1 - z, "kept": z * h, "taken": (1 - z) * candidate}
    return parts | {"new_h": z * h + (1 - z) * candidate}


def expected(stage, state):
    """Return every number of the stage: name → value."""
    lab = GateLab(stage=stage, **state)
    if stage == "dial":
        shown = {name: getattr(lab, name) for name in ("z", "h", "candidate")}
        return shown | blended(lab.z, lab.h, lab.candidate)
    if stage == "step":
        weights = cell.Weights(
            kernel=np.array([[0.0, 0.0, lab.w]]),
            recurrent=np.array([[0.0, 0.0, lab.u]]),
            bias=np.array([logit(lab.z), logit(lab.r), lab.bias]),
            reset_after=False,
        )
        now = cell.step(weights, np.array([[lab.x]]), np.array([[lab.h]]))
        shown = {name: getattr(lab, name) for name in ("h", "z", "r", "x", "w", "u", "bias")}
        candidate = now.candidate.item()
        total = lab.w * lab.x + lab.u * (lab.r * lab.h) + lab.bias
        parts = blended(lab.z, lab.h, candidate)
        assert abs(now.h.item() - parts["new_h"]) < 1e-12
        return shown | parts | {"candidate": candidate, "sum": total}

    trace = cell.run(lab.weights(), lab.inputs())
    xs = lab.inputs()[0]
    z, r, candidate, h = (array[0, :, 0] for array in trace)
    old = np.concatenate([[0.0], h[:-1]])
    numbers = {name: getattr(lab, name) for name in lab.quantities()}
    for name, values in {
        "flag": xs[:, 0], "value": xs[:, 1], "z": z, "r": r, "candidate": candidate, "h": h,
    }.items():  # fmt: skip
        numbers |= {f"{name}@{t}": value for t, value in enumerate(values)}
    t = lab.at
    for gate, state_now in zip(GATES, (old[t], old[t], r[t] * old[t]), strict=True):
        row = [getattr(lab, f"{gate}_{source}") for source in ("bias", "flag", "value", "h")]
        numbers[f"{gate}_sum"] = float(np.dot(row, [1.0, *xs[t], state_now]))
    after = h[lab.flag_step : lab.flag_step + HOLD_STEPS + 1]
    low = np.flatnonzero(after < 0.6)
    held = HOLD_STEPS if low.size == 0 else max(0, low[0] - 1)
    numbers |= {"stored": after[0], "end": after[-1], "held": held}
    numbers |= {"h": old[t], "z": z[t], "r": r[t], "candidate": candidate[t]}
    numbers |= {"flag": xs[t, 0], "x_value": xs[t, 1]}
    return numbers | blended(z[t], old[t], candidate[t])


def number(text):
    """Read a number as it is written in the page: true minus, parentheses."""
    return float(text.strip("()").replace("−", "-"))


def check_numbers(shown, wanted, within=1e-9):
    """Compare every number that a page shows with the one wanted, to its last digit and ``within`` of it."""
    for name, text in shown["numbers"]:
        decimals = len(re.sub(r"[^\d.]", "", text).partition(".")[2])
        off = abs(number(text) - wanted[name])
        assert off <= 0.5 * 10.0**-decimals + within, f"{name} reads {text}, but is {wanted[name]}"


def check(stage, shown, least):
    """Compare every number, bar and curve that the page shows with ``grulab.cell``."""
    wanted = expected(stage, shown["state"])
    assert len(shown["numbers"]) >= least
    check_numbers(shown, wanted)
    for name, signed, left, width in shown["bars"]:
        value = min(1.0, max(-1.0, wanted[name]))
        assert abs(left - (50 + 50 * min(0.0, value) if signed else 0)) < 0.01, name
        assert abs(width - (50 if signed else 100) * abs(value)) < 0.01, name
    if shown["heights"]:
        for name, heights in zip("zh", shown["heights"], strict=True):
            values = [wanted[f"{name}@{t}"] for t in range(len(heights))]
            # the drawing is 188 units high, with 1 at 18 and -1 at 206
            assert np.allclose(heights, 18 + 94 * (1 - np.array(values)), atol=0.0051), name
