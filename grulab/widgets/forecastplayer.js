// ForecastPlayer: how far can I trust it? Trained forecasters run free from any start of a series.
// The arithmetic is forecast.js, the chart of the series serieschart.js. A free run takes longer than a frame may: what is not known yet comes in slices.

const SLICE = 1.2; // milliseconds of a frame that may go into the free run on the screen
const REST = 6; // milliseconds at most that go into the other starts when nothing else is to be done
export const NAMES = ["gru", "line", "persistence"];
const TONES = { gru: "h", line: "candidate", persistence: "r" };

/** Read the trained numbers out of the model once: everything that a state of the sliders asks for. */
export function playerOf(get) {
  const { starts, ends, width, origin, wave } = get("setting");
  const series = Array.from(numbersOf(get("truth")));
  const grus = get("trained").map((parts) => {
    const [kernel, recurrent, bias, head, headBias] = ["kernel", "recurrent", "bias", "head", "head_bias"].map((name) =>
      numbersOf(parts[name]),
    );
    return gruForecaster({ kernel, recurrent, bias, head, headBias });
  });
  const others = { line: lineForecaster(get("line")), persistence };
  const known = new Map();
  /** Return the free run of a forecaster from a start, as far as it has come. */
  const run = (name, start, forecaster = get("forecaster")) => {
    const key = `${name === "gru" ? forecaster : name} ${start}`;
    if (!known.has(key)) {
      known.set(key, new FreeRun(others[name] ?? grus[forecaster], series, start - origin, width, ends));
    }
    return known.get(key);
  };
  const all = Array.from({ length: starts[1] - starts[0] + 1 }, (_, i) => starts[0] + i);
  const truth = (from, to) => series.slice(from - origin, to - origin);
  return { run, all, truth, meter: wave && waveMeter(wave) };
}

// ---- drawings ----

/** Make the sample of a line for the legend: the colour and the dash of the charts. */
const legend = (entries) =>
  element("p", { class: "player-legend" }, ...entries.map(([tone, words]) =>
    element("span", { class: `tone-${tone}` },
      shape("svg", { class: "player-key", viewBox: "0 0 28 8", "aria-hidden": "true" },
        shape("line", { x1: 0, x2: 28, y1: 4, y2: 4, class: `curve tone-${tone}` })),
      words)));

/** Make the table of what the forecasters reach; `words` names the line, `step` what is counted. */
function results(words, step) {
  const heads = ["", `${step}s held`, "error over the run"];
  const rows = [["gru", "GRU"], ["line", words], ["persistence", "persistence"]];
  return element("table", { class: "grulab-table player-results" },
    element("thead", {}, element("tr", {}, ...headCells(heads))),
    element("tbody", {}, ...rows.map(([name, label]) =>
      element("tr", { class: `tone-${TONES[name]}` },
        element("th", { scope: "row" }, element("b", {}, label)),
        element("td", {}, slot(`holds_${name}`, 0)),
        element("td", {}, slot(`rmse_${name}`, 3))))));
}

const heldFor = (count, steps, step) => (count === steps ? "to the end" : `for ${counted(count, step)}`);

/** Say what is known of all starts. */
function stripWords(held, first, steps, step) {
  const { known, shortest, first: at, ties, median, longest } = summary(held);
  if (!known) return "";
  const tried = known === held.length ? `All ${known} starts` : `${known} of ${held.length} starts so far`;
  const also = ties === 1 ? "" : ` (and ${ties - 1} more)`;
  if (shortest === steps) return `${tried}: the GRU holds to the end of ${counted(steps, step)} from each.`;
  return `${tried}: the GRU holds for ${counted(shortest, step)} at the shortest, first from ${first + at}${also}; median ${median}, longest ${longest}.`;
}

// when the browser has nothing else to do; browsers without the call wait a moment instead
const askIdle = (act) =>
  window.requestIdleCallback ? requestIdleCallback(act) : setTimeout(() => act({ timeRemaining: () => REST }), 30);
const stopIdle = (id) => (window.cancelIdleCallback ? cancelIdleCallback(id) : clearTimeout(id));

// ---- the widget ----

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const names = Object.keys(get("limits"));
  const { starts, unit, step, wave } = get("setting");
  const python = () => {
    const written = (value) =>
      value === null ? "None" : Array.isArray(value) ? `(${value.join(", ")})` : JSON.stringify(value);
    const kept = { ...get("setting"), ...Object.fromEntries([...names, "name"].map((name) => [name, get(name)])) };
    const given = Object.entries(kept).map(([name, value]) => `${name}=${written(value)}`);
    return `ForecastPlayer(forecasters, series, line, ${given.join(", ")})`;
  };
  const { root, body, guarded, ask, live } = frame({
    model, el, page, title: "A forecaster left alone, from any start", names, python,
  });
  root.classList.add("player");
  root.dataset.player = get("name");
  const player = playerOf(get);
  const lags = get("line").length - 1;
  const lineWords = `line on ${lags} lags`;

  const controls = [
    choice(model, "forecaster", { symbol: "Forecaster", options: get("labels") }),
    slider(model, "start", { symbol: "start", text: `the first ${step} that is forecast`, tone: "x" }),
    slider(model, "steps", { symbol: "steps", text: "to run free", tone: "h" }),
    slider(model, "limit", { symbol: "limit", text: "of the error", tone: "x" }),
  ];
  const chart = seriesChart(get("setting"), (start) => save(model, { start }));
  const errorChart = lineChart(170);
  const waveChart = lineChart(170);
  const table = results(lineWords, step);
  const [verdict, everything, tooShort] = ["player-verdict", "player-legend", "player-legend"].map((name) => element("p", { class: name }));
  const last = player.meter && tableOf(`The last whole wave of the run, ${player.meter.wave} steps`, [
    ["phase", "phase", "error in radians; above 0 is early", 3, "signed", "z"],
    ["amplitude", "amplitude", "or height: error as a share", 3, "signed", "candidate"],
  ]);

  /** Draw how far the GRU's waves are off; `values` get the numbers of the last one. */
  const drawWaves = (gru, truth, values) => {
    const errors = player.meter.errors(gru, truth);
    const isShort = errors.length === 0;
    last.hidden = isShort;
    waveChart.svg.classList.toggle("player-none", isShort);
    tooShort.textContent = isShort ? `No whole wave in ${counted(gru.length, step)}: it takes ${player.meter.wave}.` : "";
    [values.phase, values.amplitude] = errors[errors.length - 1] ?? [0, 0];
    const sizes = (which) => errors.map((pair, k) => [k, Math.abs(pair[which])]);
    const high = Math.max(0.1, ...errors.flat().map(Math.abs));
    waveChart.draw({
      title: isShort
        ? tooShort.textContent
        : `Error of the GRU's waves by the step at which they begin: in the last one ${format(values.phase, 3)} radians ` +
          `of phase, ${format(values.amplitude, 3)} of the amplitude.`,
      last: Math.max(1, get("steps") - player.meter.wave),
      unit: "free step at which the wave begins",
      low: 0,
      high,
      ticks: [0, high / 2, high].map((value) => [value, format(value, 2)]),
      lines: [
        { points: sizes(0), tone: "z", words: "phase" },
        { points: sizes(1), tone: "candidate", words: "height" },
      ],
    });
  };

  const drawErrors = (runs, steps, limit) => {
    const held = heldFor(runs.gru.horizon(limit, steps), steps, step);
    errorChart.draw({
      title: `Size of the error over ${steps} free steps. The GRU stays within ${limit} ${held}.`,
      last: steps,
      unit: "free step",
      low: 0,
      high: 4 * limit,
      ticks: [0, 2, 4].map((times) => [times * limit, format(times * limit, 2)]),
      level: [limit, "limit"],
      lines: [...NAMES].reverse().map((name) => ({
        points: runs[name].errors.slice(0, steps).map((error, k) => [k + 1, Math.abs(error)]),
        tone: TONES[name],
        words: { gru: "GRU", line: "line", persistence: "last" }[name],
      })),
    });
  };

  const horizons = (name) => player.all.map((start) => player.run(name, start).horizon(get("limit"), get("steps")));
  const drawStrip = () => {
    const held = horizons("gru");
    chart.strip(held, horizons("persistence"), get("start"));
    everything.textContent = stripWords(held, starts[0], get("steps"), step);
    return held;
  };
  // the other starts: a few steps at a time, when the browser has nothing else to do
  let idle = 0;
  const explore = guarded((deadline) => {
    idle = 0;
    const [limit, steps] = [get("limit"), get("steps")];
    const end = performance.now() + Math.min(REST, deadline.timeRemaining());
    const isOpen = (run) => run.horizon(limit, steps) === null;
    const isShort = (run) => run.values.length < steps;
    const runs = player.all.map((start) => player.run("gru", start));
    // first what the strip shows; then the rest, so that a move finds its run ready
    for (const isLeft of [isOpen, isShort]) {
      for (const run of runs) while (performance.now() < end && isLeft(run)) run.next();
    }
    stripPaint.ask();
    if (runs.some(isShort)) idle = askIdle(explore);
  });
  const stripPaint = painter(guarded(drawStrip));

  let framed = ""; // what the axes of the chart were drawn for
  let started = ""; // and the runs that do not grow
  let first = true; // the first picture is whole at once
  const draw = () => {
    const [start, steps, limit] = [get("start"), get("steps"), get("limit")];
    const runs = Object.fromEntries(NAMES.map((name) => [name, player.run(name, start)]));
    // the line and persistence cost nothing, and the strip shows persistence from every start
    for (const begin of player.all) {
      const run = player.run("persistence", begin);
      while (run.horizon(limit, steps) === null) run.next();
    }
    for (const name of ["line", "persistence"]) while (runs[name].values.length < steps) runs[name].next();
    const end = first ? Infinity : performance.now() + SLICE;
    if (!runs.gru.values.length) runs.gru.next(); // however late it is: something to draw
    while (runs.gru.values.length < steps && performance.now() < end) runs.gru.next();
    const isDone = runs.gru.values.length >= steps;

    for (const { show } of controls) show();
    const width = `${chart.now()} ${steps}`;
    if (width !== framed) {
      framed = width;
      chart.axes(player.truth(starts[0] - get("setting").width, starts[1] + steps), steps);
    }
    const drawn = Object.fromEntries(NAMES.map((name) => [name, runs[name].values.slice(0, steps)]));
    chart.runs(started === `${width} ${start}` ? { gru: drawn.gru } : drawn, start);
    started = `${width} ${start}`;
    const known = drawn.gru.length;
    const [ends] = player.truth(start + known - 1, start + known);
    chart.svg.setAttribute(
      "aria-label",
      `The series and ${known} free steps from ${start}: the truth ends at ${format(ends, 2)}, ` +
        `the GRU at ${format(drawn.gru[known - 1], 2)}. Below, how many steps each start holds.`,
    );
    root.setAttribute("aria-busy", String(!isDone));
    if (!isDone) {
      // what hangs on the whole run waits for it
      ask();
      return "";
    }
    drawErrors(runs, steps, limit);
    const values = {};
    for (const name of NAMES) {
      values[`holds_${name}`] = runs[name].horizon(limit, steps);
      values[`rmse_${name}`] = runs[name].rmse(steps);
    }
    if (player.meter) drawWaves(drawn.gru, player.truth(start, start + steps), values);
    fill(root, values);
    const said = NAMES.map((name) => heldFor(values[`holds_${name}`], steps, step));
    verdict.textContent =
      `From ${start}, within ${limit}: the GRU holds ${said[0]}, the ${lineWords} ${said[1]}, persistence ${said[2]}.`;
    drawStrip();
    idle ||= askIdle(explore);
    first = false;
    return verdict.textContent;
  };

  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...controls.slice(0, 2).map(({ row }) => row)),
      element("div", { class: "grulab-stack" }, ...controls.slice(2).map(({ row }) => row))),
    element("div", { class: "grulab-stack" },
      legend([["x", "truth"], ["h", "GRU, left alone"], ["candidate", lineWords], ["r", "persistence: the last value"]]),
      chart.svg,
      element("p", { class: "player-legend" }, `Press or drag in the chart to move the start. A mark below a bar: the shortest.${unit && ` The upright axis counts ${unit}.`}`),
      verdict, everything),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "Size of the error, cut off at the top"), errorChart.svg, table),
      ...(player.meter
        ? [element("div", { class: "grulab-stack" },
            element("p", { class: "grulab-heading" }, "The GRU's waves: error in phase, error in height"), tooShort, waveChart.svg, last)]
        : [])),
  );
  return live(draw, {
    drawings: [chart, errorChart, ...(wave ? [waveChart] : [])],
    ends: [() => stopIdle(idle), stripPaint.stop],
  });
}

export default { render };
