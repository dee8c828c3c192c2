// GateLab: what does each gate do to one number? Three stages, named by the trait `stage`.
// The arithmetic is gru.js; here numbers are put into sentences, tables, bars and drawings.

const TITLES = {
  dial: "One gate between two numbers",
  step: "One step of one unit",
  weights: "One unit, its weights and a sequence",
};

// ---- numbers ----

/** Add what is kept of h and what is taken from the candidate: the two parts of the last equation. */
const withParts = (values) => {
  const { h, z, candidate } = values;
  return { ...values, rest: 1 - z, kept: blend(z, h, 0), taken: blend(z, 0, candidate), new_h: blend(z, h, candidate) };
};

/** Compute one step of one unit whose gates are set by hand. */
export function stepByHand({ h, x, z, r, w, u, bias }) {
  const layer = { kernel: [[0, 0, w]], recurrent: [[0, 0, u]], bias: [0, 0, bias], resetAfter: false };
  const { candidate } = step(layer, [x], [h], { z: [z], r: [r] });
  return withParts({ h, x, z, r, w, u, bias, sum: w * x + u * (r * h) + bias, candidate: candidate[0] });
}

const GATES = ["update", "reset", "candidate"];
const SOURCES = ["flag", "value"];

/** Put the twelve weights into the layout of gru.js. */
export function layerOf(get) {
  const row = (source) => GATES.map((gate) => get(`${gate}_${source}`));
  return { kernel: SOURCES.map(row), recurrent: [row("h")], bias: row("bias"), resetAfter: false };
}

/** Make the sequence: noise at every time step, and the value beside the flag. */
export function inputsOf(get) {
  const xs = get("noises")[get("draw")].map((draw) => [0, get("noise") * draw]);
  xs[get("flag_step")] = [1, get("value")];
  return xs;
}

/** Run the sequence, and count for how many steps after the flag the state stays at the level. */
export function runSequence(get) {
  const xs = inputsOf(get);
  const trace = run(layerOf(get), xs).map(({ z, r, candidate, h }, t, steps) => ({
    flag: xs[t][0],
    value: xs[t][1],
    old: t ? steps[t - 1].h[0] : 0,
    z: z[0],
    r: r[0],
    candidate: candidate[0],
    h: h[0],
  }));
  const { level, steps } = get("hold");
  const after = trace.slice(get("flag_step"), get("flag_step") + steps + 1);
  const lost = after.findIndex(({ h }) => h < level);
  // index 0 is the flag itself
  const held = lost < 0 ? steps : Math.max(0, lost - 1);
  return { trace, stored: after[0].h, end: after[steps].h, held, lost };
}

/** Return the numbers of one time step of the sequence, with the sums behind them. */
export function numbersAt(get, { trace }, at) {
  const { flag, value, old, z, r, candidate } = trace[at];
  const sum = (gate, state) =>
    get(`${gate}_bias`) + get(`${gate}_flag`) * flag + get(`${gate}_value`) * value + get(`${gate}_h`) * state;
  const sums = {
    update_sum: sum("update", old),
    reset_sum: sum("reset", old),
    candidate_sum: sum("candidate", r * old),
  };
  return { ...withParts({ h: old, z, r, candidate }), ...sums, flag, x_value: value };
}

// ---- drawings ----

/** Draw the two numbers on a line, and the result that z moves between them. */
function numberLine() {
  const at = (value) => 170 + 138 * value;
  const old = shape("g", { class: "tone-h" });
  const fresh = shape("g", { class: "tone-candidate" });
  const way = shape("line", { y1: 66, y2: 66, class: "tone-z way" });
  const result = shape("g", { class: "tone-h" });
  const ticks = [-1, -0.5, 0, 0.5, 1].flatMap((value) => [
    shape("line", { x1: at(value), x2: at(value), y1: 62, y2: 70, class: "axis" }),
    text(at(value), 86, format(value, 1), { class: "small" }),
  ]);
  const svg = shape(
    "svg",
    { viewBox: "0 0 340 128", class: "gatelab-line", role: "img" },
    shape("line", { x1: at(-1), x2: at(1), y1: 66, y2: 66, class: "axis" }),
    ...ticks,
    way,
    fresh,
    old,
    result,
  );
  fresh.append(
    shape("path", { d: "M0 57 L9 66 L0 75 L-9 66 Z", class: "solid" }),
    text(0, 26, "new"),
    slotAt(0, 44, "candidate", 2, "candidate"),
  );
  old.append(
    shape("rect", { x: -8, y: 58, width: 16, height: 16, class: "solid" }),
    text(0, 26, "old"),
    slotAt(0, 44, "h", 2, "h"),
  );
  result.append(
    shape("circle", { cx: 0, cy: 66, r: 10, class: "ring" }),
    shape("line", { x1: 0, x2: 0, y1: 76, y2: 98, class: "tone-h stem" }),
    text(-6, 116, "result", { class: "end" }),
    slot("new_h", 3, { make: shape, x: 0, y: 116, class: "tone-h number start" }),
  );
  const draw = (values) => {
    const { h, candidate, new_h: mix, z } = values;
    for (const [group, value] of [[old, h], [fresh, candidate], [result, mix]]) {
      group.setAttribute("transform", `translate(${place(at(value))} 0)`);
    }
    way.setAttribute("x1", place(at(candidate)));
    way.setAttribute("x2", place(at(mix)));
    svg.setAttribute(
      "aria-label",
      `A number line. The result ${format(mix, 3)} lies ${format(100 * z, 0)} per cent of the way ` +
        `from the new number ${format(candidate, 2)} to the old number ${format(h, 2)}.`,
    );
  };
  return { svg, draw };
}

/** Draw the cell as pipes: the wider a pipe, the more of a number passes its valve. */
function cellDrawing(inputs) {
  const keep = pipe("M72 54 H246", "h");
  const write = pipe("M258 148 V66", "candidate");
  const look = pipe("M40 70 V140 Q40 164 64 164 H210", "h");
  const input = pipe("M76 210 H150 Q196 210 196 184 Q196 176 210 176", "x");
  const out = pipe("M270 54 H284", "h");
  const svg = shape(
    "svg",
    { viewBox: "0 0 350 236", class: "gatelab-cell", role: "img" },
    keep,
    write,
    look,
    input,
    out,
    pill(40, 54, 66, "h"),
    text(40, 30, "old h"),
    slotAt(40, 59, "h", inputs.stateDigits, "h"),
    valve(150, 54, "z", "z"),
    slotAt(150, 27, "z", inputs.digits, "z"),
    valve(258, 54, "+", "h", 12),
    pill(316, 54, 62, "h"),
    text(316, 30, "new h"),
    slotAt(316, 59, "new_h", 3, "h"),
    valve(258, 106, "1−z", "z", 19),
    slot("rest", inputs.digits, { make: shape, x: 284, y: 111, class: "tone-z number start" }),
    shape("rect", { x: 212, y: 150, width: 94, height: 40, rx: 8, class: "pill tone-candidate" }),
    text(259, 167, "candidate", { class: "small" }),
    slotAt(259, 184, "candidate", 3, "candidate"),
    valve(120, 164, "r", "r"),
    slotAt(120, 137, "r", inputs.digits, "r"),
    ...inputs.shapes,
  );
  const draw = (values) => {
    widen(keep, values.z);
    widen(write, 1 - values.z);
    widen(look, values.r);
    widen(input, 0.3);
    widen(out, 1);
    svg.setAttribute(
      "aria-label",
      `The cell. z keeps ${format(values.z, inputs.digits)} of the old h ${format(values.h, 2)}; ` +
        `${format(1 - values.z, inputs.digits)} of the candidate ${format(values.candidate, 3)} is taken. ` +
        `r lets ${format(values.r, inputs.digits)} of the old h through to the candidate. ` +
        `The new h is ${format(values.new_h, 3)}.`,
    );
  };
  return { svg, draw };
}

/** Draw what becomes of every old state: new h over old h, for the numbers as they are set. */
function mapDrawing() {
  const x = (value) => 166 + 112 * value;
  const y = (value) => 128 - 104 * value;
  const curve = shape("polyline", { class: "curve tone-h" });
  const guide = shape("polyline", { class: "guide" });
  const dot = shape("circle", { r: 6, class: "dot tone-h" });
  const ticks = [-1, 0, 1].flatMap((value) => [
    shape("line", { x1: x(-1), x2: x(1), y1: y(value), y2: y(value), class: "grid" }),
    shape("line", { x1: x(value), x2: x(value), y1: y(-1), y2: y(1), class: "grid" }),
    text(x(value), 249, format(value, 0), { class: "small" }),
    text(46, y(value) + 4, format(value, 0), { class: "small end" }),
  ]);
  const svg = shape(
    "svg",
    { viewBox: "0 0 300 274", class: "gatelab-map", role: "img" },
    ...ticks,
    shape("line", { x1: x(-1), x2: x(1), y1: y(-1), y2: y(1), class: "diagonal" }),
    text(x(0), 266, "old h", { class: "tone-h" }),
    text(x(-1) + 6, 14, "new h", { class: "start tone-h" }),
    guide,
    curve,
    dot,
  );
  const draw = (values) => {
    const points = Array.from({ length: 81 }, (_, i) => {
      const h = -1 + i / 40;
      return [x(h), y(stepByHand({ ...values, h }).new_h)];
    });
    curve.setAttribute("points", polyline(points));
    const [px, py] = [x(values.h), y(values.new_h)];
    guide.setAttribute("points", polyline([[px, y(-1)], [px, py], [x(-1), py]]));
    dot.setAttribute("cx", place(px));
    dot.setAttribute("cy", place(py));
    const ends = [-1, 1].map((h) => format(stepByHand({ ...values, h }).new_h, 3));
    svg.setAttribute(
      "aria-label",
      `New h for every old h: from ${ends[0]} at old h −1 to ${ends[1]} at old h 1. ` +
        `The point stands at old h ${format(values.h, 2)}, new h ${format(values.new_h, 3)}. ` +
        "The dotted diagonal would keep every h as it is; a level line would ignore it.",
    );
  };
  return { svg, draw };
}

/** Draw h, z and the inputs over time; `choose(t)` is called with the time step pointed at. */
function timeline(choose) {
  const height = 240;
  const [left, right, top, bottom] = [30, 26, 18, 34];
  let width = 0;
  let last = 0;
  const x = (t) => left + ((width - left - right) * t) / last;
  const y = (value) => top + ((height - top - bottom) * (1 - value)) / 2;

  const svg = shape("svg", { class: "gatelab-time", role: "img", height });
  const sizes = widthOf(svg);
  const draw = ({ trace, stored, end }, { at, flag, level, steps }) => {
    last = trace.length - 1;
    width = sizes.now();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const line = (key, attributes) =>
      shape("polyline", { points: polyline(trace.map((one, t) => [x(t), y(one[key])])), ...attributes });
    const spread = Math.abs(y(trace[last].z) - y(trace[last].h)) < 14 ? 7 : 0;
    const above = trace[last].z >= trace[last].h ? -spread : spread;
    svg.replaceChildren(
      ...[-1, 0, 1].flatMap((value) => [
        shape("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
        text(left - 6, y(value) + 4, format(value, 0), { class: "small end" }),
      ]),
      ...[0, 5, 10, 15, 20, 25].map((t) => text(x(t), height - 18, String(t), { class: "small" })),
      text(width - right, height - 3, "time step", { class: "small end" }),
      shape("line", { x1: x(flag), x2: x(flag), y1: top - 4, y2: y(-1), class: "flag" }),
      shape("path", { d: `M${place(x(flag))} ${top - 14} l16 6 l-16 6 Z`, class: "pennant" }),
      text(x(flag) + 20, top - 4, "flag", { class: "small start" }),
      shape("line", { x1: x(flag), x2: x(flag + steps), y1: y(level), y2: y(level), class: "level" }),
      shape("line", { x1: x(flag + steps), x2: x(flag + steps), y1: y(level) - 7, y2: y(level) + 7, class: "level" }),
      text(x(flag + steps) + 4, y(level) + 18, format(level, 1), { class: "small start" }),
      shape("line", { x1: x(at), x2: x(at), y1: top - 4, y2: y(-1), class: "cursor" }),
      ...trace.map((one, t) =>
        one.flag
          ? shape("rect", { x: place(x(t) - 4), y: place(y(one.value) - 4), width: 8, height: 8, class: "solid tone-x" })
          : shape("circle", { cx: place(x(t)), cy: place(y(one.value)), r: 2.2, class: "solid tone-x" }),
      ),
      line("z", { class: "curve tone-z", "stroke-dasharray": "6 3" }),
      line("h", { class: "curve tone-h" }),
      shape("circle", { cx: x(at), cy: y(trace[at].z), r: 4.5, class: "dot tone-z" }),
      shape("circle", { cx: x(at), cy: y(trace[at].h), r: 5.5, class: "dot tone-h" }),
      text(width - right + 8, y(trace[last].z) + 4 + above, "z", { class: "start tone-z number" }),
      text(width - right + 8, y(trace[last].h) + 4 - above, "h", { class: "start tone-h number" }),
    );
    svg.setAttribute(
      "aria-label",
      `h and z over ${trace.length} time steps. The flag stands at time step ${flag}, where h becomes ` +
        `${format(stored, 3)}; ${steps} steps later h is ${format(end, 3)}. Small dots are the values that come in. ` +
        "The table of all time steps has every number.",
    );
  };

  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const t = Math.round(((event.clientX - box.left) * (width / box.width) - left) / (x(1) - x(0)));
    choose(Math.max(0, Math.min(last, t)));
  };
  svg.addEventListener("pointerdown", point);
  svg.addEventListener("pointermove", (event) => event.buttons && point(event));

  return { svg, draw, follow: sizes.follow };
}

// ---- the last equation with the numbers put in ----

const lastEquation = (digits) => [
  equation(
    quantity("new h", "h"), " = ", quantity("z", "z"), " × ", quantity("h", "h"), " + (1 − ", quantity("z", "z"), ") × ",
    quantity("candidate", "candidate"),
  ),
  equation(
    term("= ", slot("z", digits), " × ", slot("h", 3, { bracket: true })),
    term("+ ", slot("rest", digits), " × ", slot("candidate", 3, { bracket: true })),
    term("= ", slot("kept", 3), " + ", slot("taken", 3, { bracket: true })),
    term("= ", slot("new_h", 3, { class: "tone-h result" })),
  ),
];

// ---- the three stages: each returns {nodes, draw, stop} ----

function dial(model) {
  const z = slider(model, "z", { symbol: "z", text: "how much of the old number is kept", tone: "z" });
  const line = numberLine();
  const table = tableOf("The numbers", [
    ["h", "old", "", 2, "signed", "h"],
    ["candidate", "new", "", 2, "signed", "candidate"],
    ["z", "z", "of the old", 2, "share", "z"],
    ["rest", "1 − z", "of the new", 2, "share", "candidate"],
    ["new_h", "result", "", 3, "signed", "h"],
  ]);
  const nodes = [
    z.row,
    element("p", { class: "gatelab-ends", "aria-hidden": "true" },
      element("span", {}, "0: take the new"), element("span", {}, "1: keep the old")),
    element("div", { class: "grulab-columns" },
      element("div", {}, line.svg,
        equation(
          term("result = ", slot("z", 2), " × ", slot("h", 2, { bracket: true })),
          term("+ ", slot("rest", 2), " × ", slot("candidate", 2, { bracket: true })),
          term("= ", slot("new_h", 3, { class: "tone-h result" })))),
      table),
  ];
  const draw = (root) => {
    const [h, mix, candidate] = ["h", "z", "candidate"].map((each) => model.get(each));
    const values = withParts({ h, z: mix, candidate });
    z.show();
    fill(root, values);
    line.draw(values);
    return `z is ${format(mix, 2)}: the result is ${format(values.new_h, 3)}.`;
  };
  return { nodes, draw };
}

function byHand(model) {
  const made = (rows) => rows.map(([each, options]) => slider(model, each, options));
  const gates = made([
    ["h", { symbol: "h", text: "old state", tone: "h" }],
    ["z", { symbol: "z", text: "update gate", tone: "z" }],
    ["r", { symbol: "r", text: "reset gate", tone: "r" }],
    ["x", { symbol: "x", text: "input", tone: "x" }],
  ]);
  const weights = made([
    ["w", { symbol: "w", text: "weight on x", tone: "candidate" }],
    ["u", { symbol: "u", text: "weight on r × h", tone: "candidate" }],
    ["bias", { symbol: "bias", text: "", tone: "candidate" }],
  ]);
  const cell = cellDrawing({
    digits: 2,
    stateDigits: 2,
    shapes: [
      pill(43, 210, 66, "x"), text(88, 202, "x", { class: "start" }), slotAt(43, 215, "x", 2, "x"),
    ],
  });
  const map = mapDrawing();
  const table = tableOf("The numbers", [
    ["h", "h", "old state", 2, "signed", "h"],
    ["z", "z", "update gate", 2, "share", "z"],
    ["r", "r", "reset gate", 2, "share", "r"],
    ["candidate", "candidate", "", 3, "signed", "candidate"],
    ["new_h", "new h", "", 3, "signed", "h"],
  ]);
  const nodes = [
    element("div", { class: "gatelab-step" },
      element("div", { class: "drawing" }, cell.svg),
      element("div", { class: "sliders" },
        ...gates.map(({ row }) => row),
        element("p", { class: "grulab-heading" }, "The candidate's weights"),
        ...weights.map(({ row }) => row)),
      element("div", { class: "numbers" }, table)),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The equations with these numbers"),
        equation(
          quantity("candidate", "candidate"), " = tanh( w × ", quantity("x", "x"), " + u × (", quantity("r", "r"), " × ",
          quantity("h", "h"), ") + bias )"),
        equation(
          term("= tanh( ", slot("w", 2), " × ", slot("x", 2, { bracket: true })),
          term("+ ", slot("u", 2, { bracket: true }), " × (", slot("r", 2), " × ", slot("h", 2, { bracket: true }), ")"),
          term("+ ", slot("bias", 2, { bracket: true }), " )"),
          term("= tanh( ", slot("sum", 3), " )"),
          term("= ", slot("candidate", 3, { class: "tone-candidate result" }))),
        ...lastEquation(2)),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "What becomes of every old h"),
        map.svg)),
  ];
  const draw = (root) => {
    const get = (each) => [each, model.get(each)];
    const values = stepByHand(Object.fromEntries(["h", "x", "z", "r", "w", "u", "bias"].map(get)));
    for (const { show } of [...gates, ...weights]) show();
    fill(root, values);
    cell.draw(values);
    map.draw(values);
    return `candidate ${format(values.candidate, 3)}, new h ${format(values.new_h, 3)}.`;
  };
  return { nodes, draw };
}

const GATE_WORDS = {
  update: { symbol: "z", words: "update", tone: "z" },
  reset: { symbol: "r", words: "reset", tone: "r" },
  candidate: { symbol: "candidate", words: "candidate", tone: "candidate" },
};

function byWeights(model, ask) {
  const get = (each) => model.get(each);
  const weightSlider = (gate, source) => {
    const { words, tone } = GATE_WORDS[gate];
    const label = { bias: "bias", flag: "weight on flag", value: "weight on value", h: "weight on old h" };
    return slider(model, `${gate}_${source}`, { symbol: words, text: label[source], tone });
  };
  const main = [["update", "bias"], ["update", "flag"], ["candidate", "value"]];
  const isMain = (gate, source) => main.some(([g, s]) => g === gate && s === source);
  const others = GATES.flatMap((gate) =>
    ["bias", "flag", "value", "h"].filter((source) => !isMain(gate, source)).map((source) => [gate, source]),
  );
  const mainSliders = main.map((pair) => weightSlider(...pair));
  const otherSliders = others.map((pair) => weightSlider(...pair));
  const sequence = [
    ["value", { symbol: "value", text: "beside the flag", tone: "x" }],
    ["noise", { symbol: "noise", text: "in the other values", tone: "x" }],
    ["draw", { symbol: "draw", text: "of the noise", tone: "x" }],
    ["flag_step", { symbol: "flag", text: "at time step", tone: "x" }],
  ].map(([each, options]) => slider(model, each, options));
  const at = slider(model, "at", { symbol: "time step", text: "", tone: "x" });
  const set = (values) => {
    model.set(values);
    model.save_changes();
  };

  const chart = timeline((t) => {
    halt();
    set({ at: t });
  });

  // play: walk through the time steps; who wants less motion gets the end at once
  let timer = 0;
  const halt = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const play = button("Play", () => {
    if (timer) return halt();
    const last = get("noises")[0].length - 1;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return set({ at: last });
    if (get("at") >= last) set({ at: 0 });
    play.textContent = "Pause";
    timer = setInterval(() => {
      set({ at: get("at") + 1 });
      if (get("at") >= last) halt();
    }, 200);
    return undefined;
  }, { "data-act": "play" });

  at.row.addEventListener("input", halt);

  const presets = Object.entries(get("presets")).map(([preset, values]) =>
    button(`Load the ${preset}`, () => set(values), { "data-act": `preset-${preset}` }),
  );

  const verdict = element("p", { class: "gatelab-verdict" });
  const mark = element("b", { class: "gatelab-mark" });
  const { level, steps } = get("hold");
  verdict.append(
    mark,
    element("span", {},
      "At the flag h becomes ", slot("stored", 3), ". ", `${steps} steps later it is `, slot("end", 3), ". ",
      `It stays at ${level} or more for `, slot("held", 0), ` of ${steps} steps.`),
  );

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

  // terms whose weight is 0 are left out, so that the equation stays readable
  const weightTerm = (gate, source, ...what) => {
    const made = term("+ ", slot(`${gate}_${source}`, 1, { bracket: true }), " × ", ...what);
    made.dataset.weight = `${gate}_${source}`;
    return made;
  };
  const gateEquation = (gate, squash, digits, state) => {
    const { symbol, tone } = GATE_WORDS[gate];
    return equation(
      term(quantity(symbol, tone), ` = ${squash}( `, slot(`${gate}_bias`, 1)),
      weightTerm(gate, "flag", slot("flag", 0)),
      weightTerm(gate, "value", slot("x_value", 3, { bracket: true })),
      weightTerm(gate, "h", ...state()),
      " )",
      term(`= ${squash}( `, slot(`${gate}_sum`, 2), " )"),
      term("= ", slot({ update: "z", reset: "r", candidate: "candidate" }[gate], digits, { class: `tone-${tone} result` })),
    );
  };
  const equations = [
    gateEquation("update", "σ", 4, () => [slot("h", 3, { bracket: true })]),
    gateEquation("reset", "σ", 4, () => [slot("h", 3, { bracket: true })]),
    gateEquation("candidate", "tanh", 3, () => ["(", slot("r", 4), " × ", slot("h", 3, { bracket: true }), ")"]),
    ...lastEquation(4),
  ];

  const columns = [["flag", 0], ["value", 3], ["z", 4], ["r", 3], ["candidate", 3], ["h", 3]];
  const rows = get("noises")[0].map((_, t) =>
    element("tr", {}, element("th", { scope: "row" }, String(t)),
      ...columns.map(([each, digits]) => element("td", {}, slot(`${each}@${t}`, digits)))),
  );
  const all = fold("All time steps as a table",
    element("table", { class: "grulab-table all" },
      element("thead", {}, element("tr", {},
        ...["t", ...columns.map(([each]) => (each === "candidate" ? "cand." : each))].map((each) =>
          element("th", { scope: "col" }, each)))),
      element("tbody", {}, ...rows)));

  const nodes = [
    element("div", { class: "grulab-stack" },
      element("p", { class: "gatelab-legend" },
        element("b", { class: "tone-h" }, "h"), " line · ", element("b", { class: "tone-z" }, "z"), " dashes · ",
        element("b", { class: "tone-x" }, "values"), " dots · ", `h is to stay above the dotted line at ${level}`),
      chart.svg,
      element("div", { class: "gatelab-walk" }, play, at.row),
      verdict),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The weights"),
        ...mainSliders.map(({ row }) => row),
        element("div", { class: "grulab-buttons" }, ...presets),
        fold("The other nine weights", ...otherSliders.map(({ row }) => row))),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The sequence"),
        ...sequence.map(({ row }) => row))),
    element("div", { class: "grulab-columns" }, cell.svg, table),
    element("div", { class: "grulab-stack" },
      element("p", { class: "grulab-heading" }, "The equations at this time step"),
      ...equations),
    all,
  ];

  const draw = (root) => {
    const result = runSequence(get);
    const now = get("at");
    const values = { ...numbersAt(get, result, now), stored: result.stored, end: result.end, held: result.held };
    for (const gate of GATES) {
      for (const source of ["bias", "flag", "value", "h"]) values[`${gate}_${source}`] = get(`${gate}_${source}`);
    }
    result.trace.forEach((one, t) => {
      for (const [each] of columns) values[`${each}@${t}`] = one[each];
    });
    for (const { show } of [...mainSliders, ...otherSliders, ...sequence, at]) show();
    fill(root, values);
    for (const made of root.querySelectorAll("[data-weight]")) made.hidden = get(made.dataset.weight) === 0;
    rows.forEach((row, t) => row.classList.toggle("now", t === now));
    chart.draw(result, { at: now, flag: get("flag_step"), level, steps });
    cell.draw(values);
    const held = result.lost < 0;
    mark.textContent = held ? "✓ held" : "✗ lost";
    verdict.classList.toggle("held", held);
    return (
      `${held ? "Held" : "Lost"}: h is at least ${level} for ${result.held} of ${steps} steps. ` +
      `Time step ${now}: z ${format(values.z, 4)}, h ${format(values.new_h, 3)}.`
    );
  };
  const unwatch = chart.follow(ask);
  return { nodes, draw, stop: () => { unwatch(); halt(); } };
}

// ---- the widget ----

const BUILDERS = { dial, step: byHand, weights: byWeights };

function mount({ model, el, page }) {
  const stage = model.get("stage");
  const names = model.get("stages")[stage];
  const line = () => {
    const numbers = names.map((each) => `${each}=${model.get(each)}`).join(", ");
    return `GateLab(stage="${stage}", ${numbers})`;
  };
  const { root, body, guarded, stop } = frame({ model, el, page, title: TITLES[stage], names, python: line });
  root.classList.add("gatelab", `stage-${stage}`);

  const spoken = announcer();
  let first = true;
  const draw = guarded(() => {
    const words = built.draw(root);
    // what is there at the start is read with the page
    if (!first) spoken.say(words);
    first = false;
  });
  const paint = painter(draw);
  const built = BUILDERS[stage](model, paint.ask);
  body.append(...built.nodes, spoken.line);
  for (const each of names) model.on(`change:${each}`, paint.ask);
  draw();
  return () => {
    for (const each of names) model.off(`change:${each}`, paint.ask);
    paint.stop();
    spoken.stop();
    built.stop?.();
    stop();
  };
}

function render({ model, el, page }) {
  let stop = mount({ model, el, page });
  const restart = () => {
    stop();
    stop = mount({ model, el, page });
  };
  model.on("change:stage", restart);
  return () => {
    model.off("change:stage", restart);
    stop();
  };
}

export default { render };
