// GateTimeline: which gate does this answer need? A trained layer on its sequences, with gates that can be held.
// The arithmetic is gru.js; here it is run twice, untouched and held, and compared.

// ---- numbers ----

/** Read the trained numbers out of the model once. */
export function trained(get) {
  const [count, timeSteps, features] = get("inputs").shape;
  const numbers = numbersOf(get("inputs"));
  const at = (n, t) => Array.from(numbers.subarray((n * timeSteps + t) * features, (n * timeSteps + t + 1) * features));
  return {
    layer: weightsOf(get("layer")),
    output: { kernel: arraysOf(get("output").kernel), bias: arraysOf(get("output").bias)[0] },
    sequences: Array.from({ length: count }, (_, n) => Array.from({ length: timeSteps }, (_, t) => at(n, t))),
  };
}

/** Return what is held in one sequence, as `run` takes it. */
export function clampOf(get, xs, units) {
  const gates = [[], ["z"], ["r"], ["z", "r"]][get("gate")];
  const isStep = [(t) => t === get("step"), () => true, (t) => xs[t][get("marked")] > 0][get("steps_held")];
  const isUnit = [(unit) => unit === get("unit"), () => true][get("units_held")];
  const held = xs.map((_, t) =>
    Array.from({ length: units }, (_, unit) => (isStep(t) && isUnit(unit) ? get("value") : null)),
  );
  return Object.fromEntries(gates.map((gate) => [gate, held]));
}

/**
 * Return, for z, r and the candidate of one unit at one step, what the input, the state and the biases add up to.
 * The candidate's state part has been through r already, with the bias beside the state inside the bracket.
 */
export function sumsBehind({ kernel, recurrent, bias, resetAfter }, x, before, { r }, unit) {
  const units = recurrent.length;
  const column = (matrix, vector, j) => vector.reduce((sum, value, i) => sum + value * matrix[i][j], 0);
  const [besideInput, besideState] = bias === null ? [] : resetAfter ? bias : [bias];
  return ["z", "r", "candidate"].map((gate, block) => {
    const j = block * units + unit;
    const own = besideInput?.[j] ?? 0;
    const other = besideState?.[j] ?? 0;
    const input = column(kernel, x, j);
    if (gate !== "candidate") {
      const state = column(recurrent, before, j);
      return { gate, input, state, bias: own + other, sum: input + state + own + other };
    }
    const state = resetAfter
      ? r[unit] * (column(recurrent, before, j) + other)
      : column(recurrent, before.map((value, i) => value * r[i]), j);
    return { gate, input, state, bias: own, sum: input + state + own };
  });
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const names = Object.keys(get("limits"));
  const python = () => {
    const marked = get("marked") < 0 ? "None" : JSON.stringify(get("features")[get("marked")]);
    const given = `${JSON.stringify(get("features"))}, ${marked}, ${get("ordered") ? "order=order, " : ""}${keywords(model, names)}`;
    return `GateTimeline(weights, head, xs, labels, ${given})`;
  };
  const { root, body, guarded, live } = frame({
    model, el, page, title: "A trained layer, and gates that can be held", names, python,
  });
  root.classList.add("timeline");
  const { layer, output, sequences } = trained(get);
  const [timeSteps, units] = [sequences[0].length, layer.recurrent.length];
  const labels = get("labels");

  const set = (values) => save(model, values);
  const maps = mapsOf(QUANTITIES, { choose: set });
  const controls = [
    slider(model, "sequence", { symbol: "sequence", text: `one of ${sequences.length}`, tone: "x" }),
    slider(model, "step", { symbol: "step", text: "", tone: "x" }),
    slider(model, "unit", { symbol: "unit", text: "", tone: "h" }),
  ];
  const holds = [
    choice(model, "gate", { symbol: "Hold", options: get("choices").gate, label: "Hold which gate" }),
    slider(model, "value", { symbol: "at", text: "this value", tone: "z", label: "hold at this value" }),
    choice(model, "units_held", { symbol: "in", options: get("choices").units_held, label: "hold in which units" }),
    choice(model, "steps_held", { symbol: "at", options: get("choices").steps_held, label: "hold at which steps" }),
  ];
  const chart = lineChart(180);
  const answers = tableOf("The probability of label 1", [
    ["untouched", "untouched", "", 3, "share", "h"],
    ["held", "held", "", 3, "share", "h"],
  ]);
  const verdict = element("p", { class: "grulab-verdict" });
  const everything = element("p", { class: "grulab-legend" });
  const summed = ["z", "r", "candidate"];
  const sumsRow = (part) =>
    element("tr", {}, element("th", { scope: "row" }, part),
      ...summed.map((gate) => element("td", {}, slot(`${gate}_${part}`, 3))));
  const sums = element("table", { class: "grulab-table timeline-sums" },
    element("caption", {}, "The sums behind this unit at this step"),
    element("thead", {}, element("tr", {}, ...headCells([""]), ...summed.map((gate) =>
      element("th", { scope: "col", class: `tone-${gate}` }, element("b", {}, gate))))),
    element("tbody", {}, ...["input", "state", "bias", "sum", "value"].map(sumsRow),
      element("tr", { class: "tone-h" },
        element("th", { scope: "row" }, element("b", {}, "h")),
        element("td", { colspan: 3 }, "z × ", slot("before", 3), " + (1 − z) × candidate = ", slot("h_value", 3)))));

  // how many of all sequences are answered right: counted a few at a time, once the reader rests
  let counting = 0;
  const isRight = (steps, n) => (probabilityOf(output, steps[timeSteps - 1].h) > 0.5 ? 1 : 0) === labels[n];
  const freeRight = sequences.filter((xs, n) => isRight(run(layer, xs), n)).length;
  const count = () => {
    clearTimeout(counting);
    let [n, right] = [0, 0];
    const some = guarded(() => {
      for (const end = Math.min(n + 4, sequences.length); n < end; n += 1) {
        const clamp = clampOf(get, sequences[n], units);
        right += isRight(run(layer, sequences[n], { clamp }), n);
      }
      if (n < sequences.length) {
        counting = setTimeout(some, 0);
        return;
      }
      const of = `of ${sequences.length} sequences`;
      everything.textContent = `Answered right, ${of}: ${freeRight} untouched, ${right} held.`;
    });
    counting = setTimeout(some, 200);
  };

  // the untouched run changes with the sequence alone
  let free = { n: -1, steps: [] };
  const untouchedRun = (n) => {
    if (free.n !== n) free = { n, steps: run(layer, sequences[n]) };
    return free.steps;
  };

  const draw = () => {
    const [n, at, unit] = [get("sequence"), get("step"), get("unit")];
    const xs = sequences[n];
    const untouched = untouchedRun(n);
    const held = get("gate") ? run(layer, xs, { clamp: clampOf(get, xs, units) }) : untouched;
    const [p, q] = [untouched, held].map((steps) => probabilityOf(output, steps[timeSteps - 1].h));
    const before = at ? held[at - 1].h : new Array(units).fill(0);
    const values = { untouched: p, held: q, before: before[unit], h_value: held[at].h[unit] };
    for (const { gate, ...parts } of sumsBehind(layer, xs[at], before, held[at], unit)) {
      for (const [part, value] of Object.entries(parts)) values[`${gate}_${part}`] = value;
      values[`${gate}_value`] = held[at][gate][unit];
    }
    for (const { show } of [...controls, ...holds]) show();
    fill(root, values);
    maps.draw(held, { at, unit });
    const turns = p > 0.5 !== q > 0.5;
    verdict.textContent =
      `The label is ${labels[n]}. ` +
      (get("gate") ? (turns ? "✗ Holding turns the answer." : "✓ The answer stays the same.") : "Nothing is held.");
    const line = (steps, quantity, words, isFaint) => ({
      points: steps.map((one, t) => [t, one[quantity][unit]]), tone: quantity, words, isFaint,
    });
    chart.draw({
      title: `z and h of unit ${unit} over the steps; h ends at ${format(held[timeSteps - 1].h[unit], 2)}, untouched at ` +
        `${format(untouched[timeSteps - 1].h[unit], 2)}.`,
      last: Math.max(1, timeSteps - 1),
      unit: "step",
      low: -1,
      high: 1,
      ticks: [[-1, "−1"], [0, "0"], [1, "1"]],
      lines: [
        ...(get("gate") ? [line(untouched, "z", "", true), line(untouched, "h", "", true)] : []),
        line(held, "z", "z"), line(held, "h", "h"),
      ],
    });
    count();
    return `Probability of label 1: ${format(p, 3)} untouched, ${format(q, 3)} held. ` +
      `Unit ${unit}, step ${at}: z ${format(held[at].z[unit], 3)}, h ${format(held[at].h[unit], 3)}.`;
  };

  const features = get("features");
  const flagged = get("marked");
  const inputTable = fold("The inputs of this sequence", element("div", { class: "timeline-scroll", tabindex: 0 }));
  const showInputs = guarded(() => {
    if (!inputTable.open) return;
    const xs = sequences[get("sequence")];
    const cells = (values) => values.map((value) => element("td", {}, format(value, 2)));
    inputTable.lastChild.replaceChildren(
      element("table", { class: "grulab-table" },
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "step"),
          ...features.map((words) => element("th", { scope: "col" }, words)))),
        element("tbody", {}, ...xs.map((x, t) =>
          element("tr", flagged >= 0 && x[flagged] ? { class: "now" } : {}, element("th", { scope: "row" }, String(t)), ...cells(x))))),
    );
  });
  inputTable.addEventListener("toggle", showInputs);
  const marks = element("p", { class: "grulab-legend" });
  const showMarks = () => {
    if (flagged < 0) return;
    const at = sequences[get("sequence")].findIndex((x) => x[flagged] > 0);
    marks.textContent = at < 0 ? "" : `In this sequence the ${features[flagged]} stands at step ${at}.`;
  };

  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...controls.map(({ row }) => row), marks),
      element("div", { class: "grulab-stack timeline-hold" }, ...holds.map(({ row }) => row))),
    ...maps.nodes,
    element("p", { class: "grulab-legend" },
      "A row a unit, a column a step. Full colour is 1; in candidate and h grey is below 0."),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, answers, verdict, everything),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The chosen unit: z and h, dashed where untouched"),
        chart.svg)),
    sums,
    inputTable,
  );
  const chosen = () => {
    showInputs();
    showMarks();
  };
  chosen();
  return live(draw, {
    drawings: [chart],
    ends: [listen(model, ["sequence"], chosen), () => clearTimeout(counting)],
  });
}

export default { render };
