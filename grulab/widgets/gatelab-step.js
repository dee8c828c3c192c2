// GateLab, stage "step": one time step whose gates are set by hand.

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
