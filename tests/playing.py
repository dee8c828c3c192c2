"""What ForecastPlayer's own JavaScript makes of a widget and its states in Node."""

import base64

from node import ask

from grulab.widgets import ForecastPlayer

SCRIPT = """
import * as js from './player.mjs';
let text = "";
for await (const part of process.stdin) text += part;
const { traits, states } = JSON.parse(text);
const real = (value) => {
  if (Array.isArray(value)) return value.map(real);
  if (value === null || typeof value !== "object") return value;
  if ("bytes" in value) return new Uint8Array(Buffer.from(value.bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, real(one)]));
};
const first = real(traits);
console.log(JSON.stringify(states.map((state) => {
  const get = (name) => ({ ...first, ...state })[name];
  const player = js.playerOf(get);
  const [start, steps, limit] = [get("start"), get("steps"), get("limit")];
  const whole = (name, start) => {
    const run = player.run(name, start);
    const before = run.horizon(limit, steps);
    // one more than asked for: what is known beyond the steps must not count
    while (run.values.length <= steps) run.next();
    return { run, before };
  };
  const truth = player.truth(start, start + steps);
  return {
    truth,
    runs: Object.fromEntries(js.NAMES.map((name) => [name, whole(name, start).run.values.slice(0, steps)])),
    rmse: whole("gru", start).run.rmse(steps),
    known: js.NAMES.map((name) => whole(name, player.all[1]).before),
    horizons: Object.fromEntries(js.NAMES.map((name) =>
      [name, player.all.map((start) => whole(name, start).run.horizon(limit, steps))])),
    waves: player.meter ? player.meter.errors(player.run("gru", start).values.slice(0, steps), truth) : null,
  };
})));
"""


def plain(value):
    """Return a trait as JSON, with base64 in the place of bytes."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def in_node(folder, widget, states):
    """Return what the page's JavaScript makes of these states of the widget."""
    (folder / "player.mjs").write_text(f"{ForecastPlayer._esm}\nexport {{ NAMES }};", encoding="utf-8")
    (folder / "ask.mjs").write_text(SCRIPT, encoding="utf-8")
    names = [*widget.quantities(), "trained", "labels", "truth", "line", "setting"]
    traits = {name: plain(getattr(widget, name)) for name in names}
    return ask(folder / "ask.mjs", question={"traits": traits, "states": states})
