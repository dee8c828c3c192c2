// GateLab, stage "weights": z and r come from weights, and a short sequence runs through the unit.

const GATE_WORDS = {
  update: { symbol: "z", words: "update", tone: "z" },
  reset: { symbol: "r", words: "reset", tone: "r" },
  candidate: { symbol: "candidate", words: "candidate", tone: "candidate" },
};

const WEIGHT_WORDS = { bias: "bias", flag: "weight on flag", value: "weight on value", h: "weight on old h" };
const WEIGHTS = GATES.flatMap((gate) => Object.keys(WEIGHT_WORDS).map((source) => [gate, source]));
const MAIN = ["update_bias", "update_flag", "candidate_value"];

/** Make the sliders of the twelve weights: the three that matter most, and the others. */
function weightSliders(model) {
  const made = WEIGHTS.map(([gate, source]) => {
    const { words, tone } = GATE_WORDS[gate];
    const each = `${gate}_${source}`;
    return [each, slider(model, each, { symbol: words, text: WEIGHT_WORDS[source], tone })];
  });
  const main = MAIN.map((name) => made.find(([each]) => each === name)[1]);
  return { main, others: made.filter(([each]) => !MAIN.includes(each)).map(([, control]) => control) };
}

/** Make a term of a gate's sum; one whose weight is 0 is left out, so that the equation stays readable. */
function weightTerm(gate, source, ...what) {
  const made = term("+ ", slot(`${gate}_${source}`, 1, { bracket: true }), " × ", ...what);
  made.dataset.weight = `${gate}_${source}`;
  return made;
}

function gateEquation(gate, squash, digits, ...state) {
  const { symbol, tone } = GATE_WORDS[gate];
  return equation(
    term(quantity(symbol, tone), ` = ${squash}( `, slot(`${gate}_bias`, 1)),
    weightTerm(gate, "flag", slot("flag", 0)),
    weightTerm(gate, "value", slot("x_value", 3, { bracket: true })),
    weightTerm(gate, "h", ...state),
    " )",
    term(`= ${squash}( `, slot(`${gate}_sum`, 2), " )"),
    term("= ", slot(symbol, digits, { class: `tone-${tone} result` })),
  );
}

const stepEquations = () => [
  gateEquation("update", "σ", 4, slot("h", 3, { bracket: true })),
  gateEquation("reset", "σ", 4, slot("h", 3, { bracket: true })),
  gateEquation("candidate", "tanh", 3, "(", slot("r", 4), " × ", slot("h", 3, { bracket: true }), ")"),
  ...lastEquation(4),
];

/** Say whether the number is held: `show(held)` sets the mark. */
function verdictLine({ level, steps }) {
  const mark = element("b", { class: "gatelab-mark" });
  const node = element("p", { class: "grulab-verdict gatelab-verdict" }, mark,
    element("span", {},
      "At the flag h becomes ", slot("stored", 3), ". ", `${steps} steps later it is `, slot("end", 3), ". ",
      `It stays at ${level} or more for `, slot("held", 0), ` of ${steps} steps.`));
  const show = (held) => {
    mark.textContent = held ? "✓ held" : "✗ lost";
    node.classList.toggle("held", held);
  };
  return { node, show };
}

/** Draw the cell and list its numbers at the chosen time step. */
function stepNow() {
  const cell = cellDrawing({
    digits: 4,
    stateDigits: 3,
    shapes: [
      pill(58, 210, 102, "x"), text(58, 188, "flag, value", { class: "small" }),
      slotAt(32, 215, "flag", 0, "x"), text(44, 215, ",", { class: "tone-x" }), slotAt(77, 215, "x_value", 3, "x"),
    ],
  });
  const table = tableOf("The numbers at this time step", [
    ["flag", "flag", "", 0, "share", "x"],
    ["x_value", "value", "", 3, "signed", "x"],
    ["h", "h", "old state", 3, "signed", "h"],
    ["z", "z", "update gate", 4, "share", "z"],
    ["r", "r", "reset gate", 4, "share", "r"],
    ["candidate", "candidate", "", 3, "signed", "candidate"],
    ["new_h", "new h", "", 3, "signed", "h"],
  ]);
  return { cell, table };
}

function byWeights(model) {
  const get = (each) => model.get(each);
  const set = (values) => save(model, values);
  const { level, steps } = get("hold");
  const weights = weightSliders(model);
  const sequence = [
    ["value", { symbol: "value", text: "beside the flag", tone: "x" }],
    ["noise", { symbol: "noise", text: "in the other values", tone: "x" }],
    ["draw", { symbol: "draw", text: "of the noise", tone: "x" }],
    ["flag_step", { symbol: "flag", text: "at time step", tone: "x" }],
  ].map(([each, options]) => slider(model, each, options));
  const at = slider(model, "at", { symbol: "time step", text: "", tone: "x" });
  const presets = Object.entries(get("presets")).map(([preset, values]) =>
    button(`Load the ${preset}`, () => set(values), { "data-act": `preset-${preset}` }),
  );
  const { play, halt } = walker(model, set);
  at.row.addEventListener("input", halt);
  const chart = timeline((t) => {
    halt();
    set({ at: t });
  });
  const verdict = verdictLine({ level, steps });
  const { cell, table } = stepNow();
  const all = stepTable(get("noises")[0].length);

  const nodes = [
    element("div", { class: "grulab-stack" },
      element("p", { class: "grulab-legend" },
        element("b", { class: "tone-h" }, "h"), " line · ", element("b", { class: "tone-z" }, "z"), " dashes · ",
        element("b", { class: "tone-x" }, "values"), " dots · ", `h is to stay above the dotted line at ${level}`),
      chart.svg,
      element("div", { class: "gatelab-walk" }, play, at.row),
      verdict.node),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The weights"),
        ...weights.main.map(({ row }) => row),
        element("div", { class: "grulab-buttons" }, ...presets),
        fold("The other nine weights", ...weights.others.map(({ row }) => row))),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The sequence"),
        ...sequence.map(({ row }) => row))),
    element("div", { class: "grulab-columns" }, cell.svg, table),
    element("div", { class: "grulab-stack" },
      element("p", { class: "grulab-heading" }, "The equations at this time step"),
      ...stepEquations()),
    all.node,
  ];

  const draw = (root) => {
    const result = runSequence(get);
    const now = get("at");
    const values = { ...numbersAt(get, result, now), stored: result.stored, end: result.end, held: result.held };
    for (const [gate, source] of WEIGHTS) values[`${gate}_${source}`] = get(`${gate}_${source}`);
    for (const { show } of [...weights.main, ...weights.others, ...sequence, at]) show();
    fill(root, { ...values, ...all.numbers(result.trace) });
    for (const made of root.querySelectorAll("[data-weight]")) made.hidden = get(made.dataset.weight) === 0;
    all.mark(now);
    chart.draw(result, { at: now, flag: get("flag_step"), level, steps });
    cell.draw(values);
    const held = result.lost < 0;
    verdict.show(held);
    return (
      `${held ? "Held" : "Lost"}: h is at least ${level} for ${result.held} of ${steps} steps. ` +
      `Time step ${now}: z ${format(values.z, 4)}, h ${format(values.new_h, 3)}.`
    );
  };
  return { nodes, draw, onReset: halt, drawings: [chart], ends: [halt] };
}
