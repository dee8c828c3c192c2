// GradientHighway: how far back does a gradient reach? New layers of three kinds, and a GRU before and after training.
// The arithmetic is highway.js.

const [LOW, HIGH] = [-52, 10]; // powers of ten that the chart shows
const CUT = -46; // where a line ends, with room for its name
// lags from one point of a line to the next, so that it has at most 20
const everyOf = (length) => [1, 2, 5].find((every) => length <= 20 * every) ?? 10;

// kind: how its Jacobians are made, where its bias stands and which slider sets it, what its gate is
const NEW = {
  SimpleRNN: { jacobians: rnnJacobians, slider: null, words: "RNN", gate: "slope of tanh" },
  GRU: { jacobians: gruJacobians, slider: "update_bias", first: () => 0, words: "GRU", gate: "z" },
  LSTM: { jacobians: lstmJacobians, slider: "forget_bias", first: (units) => units, words: "LSTM", gate: "forget gate" },
};
const TRAINED = { before: "its start", after: "trained" };

// ---- numbers ----

/** Read the layers of all seeds out of the model once: `{kind: [layer, …], before: […], after: […]}`, and the inputs. */
export function highwayOf(get) {
  const ofSeeds = (group) => {
    const arrays = Object.entries(group).map(([name, packed]) => [name, numbersOf(packed), packed.shape[0]]);
    return Array.from({ length: arrays[0][2] }, (_, seed) =>
      Object.fromEntries(
        arrays.map(([name, numbers, seeds]) => {
          const size = numbers.length / seeds;
          return [name, numbers.slice(seed * size, (seed + 1) * size)];
        }),
      ),
    );
  };
  const [seeds, timeSteps, features] = get("inputs").shape;
  const numbers = numbersOf(get("inputs"));
  const size = timeSteps * features;
  const groups = Object.entries({ ...get("layers"), ...get("trained") });
  return {
    layers: Object.fromEntries(groups.map(([kind, group]) => [kind, ofSeeds(group)])),
    inputs: Array.from({ length: seeds }, (_, seed) => numbers.subarray(seed * size, (seed + 1) * size)),
    features,
    probe: numbersOf(get("probe")),
  };
}

/**
 * Walk one layer and return what survives as [lag, norm], and its gates [timeSteps, units]. A new layer walks as many
 * steps as the slider says, a trained one its whole sequence.
 */
export function walkOf(get, { layers, inputs, features, probe }, kind) {
  const [seed, length] = [get("seed"), get("length")];
  const made = NEW[kind];
  let layer = layers[kind][seed];
  let xs = probe;
  if (made) {
    xs = inputs[seed].subarray(0, length * features).map((value) => value * get("input_scale"));
    if (made.slider) {
      const units = layer.bias.length / (kind === "GRU" ? 6 : 4);
      layer = { ...layer, bias: Float64Array.from(layer.bias) };
      layer.bias.fill(get(made.slider), made.first(units), made.first(units) + units);
    }
  }
  const { jacobians, n, factor } = (made?.jacobians ?? gruJacobians)(layer, xs);
  const timeSteps = jacobians.length / (n * n);
  return { norms: reach(jacobians, n, timeSteps, everyOf(timeSteps)), gates: factor, units: factor.length / timeSteps };
}

/** Return what the table says of a layer over the last `length` steps of its walk, and its [lag, norm] up to there. */
export function reachOf({ norms: all, gates: walked, units }, kind, length) {
  // the lags count back from the end
  const norms = all.filter(([lag]) => lag <= length);
  const gates = walked.subarray(walked.length - length * units);
  const share = norms[norms.length - 1][1];
  const gate = gates.reduce((sum, value) => sum + value, 0) / gates.length;
  const direct = directSlope(kind, gates, units);
  return { norms, share, slope: Math.log10(share) / length, gate, log_gate: Math.log10(gate), direct };
}

/** Return the slope of the direct path by itself, that of the unit where it is highest; a plain RNN has none. */
function directSlope(kind, gates, units) {
  if (kind === "SimpleRNN") return null;
  const sums = new Float64Array(units);
  gates.forEach((value, at) => (sums[at % units] += Math.log10(value)));
  return (Math.max(...sums) * units) / gates.length;
}

/** Write a share with two digits: 0.0083, 3.2e−20. */
export function shareText(value) {
  if (value === 0) return "0";
  const power = Math.floor(Math.log10(value));
  const text = power >= -4 && power <= 3 ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace("+", "");
  return text.replace("-", "−");
}

const powerOfTen = (power) => (power ? `10${[...String(power)].map((one) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[one] ?? "⁻").join("")}` : "1");

// ---- drawings ----

/** Make the table: a row a layer, with its line in the chart. */
function reachTable() {
  const head = ["", "arrives", "slope a step", "mean gate", "log₁₀ of it", "direct path"];
  const line = (kind, name, gate, tone) =>
    element("tr", { class: `tone-${tone}` },
      element("th", { scope: "row" },
        shape("svg", { class: "highway-key", viewBox: "0 0 36 8", "aria-hidden": "true" },
          shape("line", { x1: 0, x2: 36, y1: 4, y2: 4, class: `curve tone-${tone}${kind === "before" ? " faint" : ""}` })),
        name),
      element("td", {}, element("b", { "data-number": `${kind}_share` })),
      element("td", {}, slot(`${kind}_slope`, 3)),
      element("td", {}, element("span", { class: "highway-gate" }, `${gate} `), slot(`${kind}_gate`, 3)),
      element("td", {}, slot(`${kind}_log_gate`, 3)),
      element("td", {}, kind === "SimpleRNN" ? "none" : slot(`${kind}_direct`, 3)));
  const rows = {
    ...Object.fromEntries(Object.entries(NEW).map(([kind, { words, gate }]) => [kind, line(kind, words, gate, kind.toLowerCase())])),
    before: line("before", TRAINED.before, "z", "trained"),
    after: line("after", TRAINED.after, "z", "trained"),
  };
  const inside = element("tbody");
  const table = element("table", { class: "grulab-table highway-numbers" },
    element("caption", {}, "What arrives, and what the gates alone would make of it"),
    element("thead", {}, element("tr", {}, ...headCells(head))),
    inside);
  const show = (found) => {
    const shown = Object.keys(found).map((kind) => rows[kind]);
    if (inside.children.length !== shown.length) inside.replaceChildren(...shown);
    const values = {};
    for (const [kind, parts] of Object.entries(found)) {
      for (const [part, value] of Object.entries(parts)) values[`${kind}_${part}`] = value;
      rows[kind].querySelector("[data-number]").textContent = shareText(parts.share);
    }
    fill(inside, values);
  };
  return { table, show };
}

/** Return the lines of the chart: what survives, as a power of ten, down to where the chart ends. */
function linesOf(found, length) {
  const curve = (kind, tone, words, isFaint = false) => {
    const powers = [[0, 0], ...found[kind].norms.map(([lag, norm]) => [lag, Math.log10(norm)])];
    const below = powers.findIndex(([, power]) => power < CUT);
    return { points: below < 0 ? powers : powers.slice(0, below), tone, words, isFaint };
  };
  const rule = found.GRU.log_gate;
  const end = Math.min(length, CUT / rule);
  return [
    { points: [[0, 0], [end, end * rule]], tone: "z", words: "z^lag" },
    ...Object.entries(NEW).map(([kind, { words }]) => curve(kind, kind.toLowerCase(), words)),
    ...Object.entries(TRAINED)
      .filter(([kind]) => found[kind])
      .map(([kind, words]) => curve(kind, "trained", words, kind === "before")),
  ];
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const names = Object.keys(get("limits"));
  const python = () => `GradientHighway(layers, xs, trained, probe, ${keywords(model, names)})`;
  const { root, body, live } = frame({
    model, el, page, title: "How far back a gradient reaches", names, python,
  });
  root.classList.add("highway");
  const numbers = highwayOf(get);
  const known = new Map(); // the newest walk of each layer, with the settings it hangs on; of a trained one, all seeds
  const reachNow = (kind) => {
    const own = NEW[kind] ? ["seed", "length", "input_scale", ...(NEW[kind].slider ? [NEW[kind].slider] : [])] : [];
    const [key, hangsOn] = [NEW[kind] ? kind : `${kind} ${get("seed")}`, own.map(get).join()];
    if (known.get(key)?.hangsOn !== hangsOn) known.set(key, { hangsOn, walk: walkOf(get, numbers, kind) });
    return reachOf(known.get(key).walk, kind, get("length"));
  };

  const controls = [
    slider(model, "update_bias", { symbol: "update bias", text: "of the GRU", tone: "gru" }),
    slider(model, "forget_bias", { symbol: "forget bias", text: "of the LSTM", tone: "lstm" }),
    slider(model, "input_scale", { symbol: "input scale", text: "deviation of the inputs", tone: "x" }),
    slider(model, "length", { symbol: "steps", text: "back from the end", tone: "x" }),
    slider(model, "seed", { symbol: "seed", text: "of weights and inputs", tone: "x" }),
  ];
  const shown = choice(model, "shown", { symbol: "Show", options: get("choices") });
  const chart = lineChart(330);
  const { table, show } = reachTable();
  const verdict = element("p", { class: "grulab-verdict" });
  const units = numbers.layers.GRU[0].bias.length / 6;
  const others = numbers.layers.after[0].bias.length / 6;

  const draw = () => {
    const length = get("length");
    const kinds = [...Object.keys(NEW), ...(get("shown") ? Object.keys(TRAINED) : [])];
    const found = Object.fromEntries(kinds.map((kind) => [kind, reachNow(kind)]));
    for (const { show: update } of [...controls, shown]) update();
    show(found);
    const shares = kinds.map((kind) => `${TRAINED[kind] ?? kind} ${shareText(found[kind].share)}`).join(", ");
    chart.draw({
      title: `The share of a gradient that survives up to ${length} steps. At ${length}: ${shares}.`,
      last: length,
      low: LOW,
      high: HIGH,
      ticks: [10, 0, -10, -20, -30, -40].map((power) => [power, powerOfTen(power)]),
      unit: "steps back",
      level: [Math.log10(get("smallest")), "below: 0 in float32"],
      lines: linesOf(found, length),
    });
    const rule = shareText(found.GRU.gate ** length);
    verdict.textContent =
      `Over ${length} steps the GRU hands back ${shareText(found.GRU.share)} of a gradient. ` +
      `Mean z to the power of ${length} is ${rule}.`;
    return `After ${length} steps: ${shares}.`;
  };

  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...controls.map(({ row }) => row), shown.row),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "Share that survives"),
        chart.svg)),
    verdict,
    element("div", { class: "highway-scroll", tabindex: "0", role: "region", "aria-label": "numbers of the layers" }, table),
    element("p", { class: "grulab-legend" },
      `New layers of ${units} units, biases 0 but for the sliders. For the LSTM: its whole state, and its forget gate. ` +
      `z^lag: mean z of the GRU to the power of the lag. Direct path: its slope by itself, in the unit where it is widest. ` +
      `The GRU that was trained has ${others} units, its own biases and its own sequence; steps and seed alone act on it.`),
  );
  return live(draw, { drawings: [chart] });
}

export default { render };
