"""What ForecastPlayer's own JavaScript makes of a widget and its states in Node."""

from node import ask_widget

from grulab.widgets import ForecastPlayer

SCRIPT = """
const { traits: first, states } = question;
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


def in_node(folder, widget, states):
    """Return what the page's JavaScript makes of these states of the widget."""
    names = [*widget.quantities(), "trained", "labels", "truth", "line", "setting"]
    traits = {name: getattr(widget, name) for name in names}
    return ask_widget(folder, ForecastPlayer, SCRIPT, {"traits": traits, "states": states})
