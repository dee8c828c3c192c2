// ParameterCounter: where do the numbers of a layer sit? The arrays to scale, their shapes, and the sum.
// The arithmetic is counting.js.

const times = (a, b) => `${thousands(a)} × ${thousands(b)}`;

/** Return the widget's state as a layer of counting.js. */
export function layerOf(get) {
  const [units, features, use_bias, reset_after] = ["units", "features", "use_bias", "reset_after"].map(get);
  return { kind: get("kinds")[get("kind")], units, features, use_bias, reset_after };
}

/** Write the shape as Keras does: a single row of biases is a vector. */
const shapeOf = ({ part, rows, columns }) =>
  rows === 0 ? "none" : part === "bias" && rows === 1 ? `(${columns},)` : `(${rows}, ${columns})`;

/** Say what becomes of the count with twice the units, and with twice the features. */
export function doubled(layer) {
  const now = countOf(layer);
  const grown = (name) => {
    const count = countOf({ ...layer, [name]: 2 * layer[name] });
    return `with ${thousands(2 * layer[name])} ${name} it would be ${thousands(count)}, ${format(count / now, 2)} times as many`;
  };
  const words = `${grown("units")}; ${grown("features")}.`;
  return words[0].toUpperCase() + words.slice(1);
}

/** Say where `reset_after` changes nothing; elsewhere return an empty text. */
function noteOf({ kind, use_bias }) {
  if (!kind.has_reset) return `The ${kind.name} has no reset gate: reset_after changes nothing here.`;
  return use_bias ? "" : "Without biases reset_after changes no count; it still changes the answers.";
}

/** Draw the arrays one below the other, all to one scale that fills the place. */
function arrays() {
  const [labelled, tall] = [26, 250];
  const svg = shape("svg", { role: "img", height: 3 * labelled + tall });
  const width = widthOf(svg, 420);

  const block = ([whole, tone], x, y, wide, high, words) => {
    const name = whole === "candidate" && wide <= 8 * whole.length ? "cand." : whole;
    const middle = [x + wide / 2, y + high / 2];
    const node = shape("g", { class: `tone-${tone}` },
      shape("rect", { x: place(x), y: place(y), width: place(wide), height: place(high), class: "block" }));
    const fits = wide > 8 * Math.max(name.length, words.length) && high > 36;
    if (fits) node.append(text(middle[0], middle[1] - 3, name), text(middle[0], middle[1] + 14, words, { class: "small" }));
    else if (wide > 8 * name.length && high > 17) node.append(text(middle[0], middle[1] + 5, name));
    return node;
  };

  const draw = (layer) => {
    const parts = partsOf(layer).filter(({ rows }) => rows > 0);
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    const scale = Math.min((width.now() - 2) / parts[0].columns, tall / rows);
    let top = 0;
    const nodes = parts.flatMap((array) => {
      const { part, rows: height, count } = array;
      const label = text(0, top + 18, `${part} ${shapeOf(array)}: ${thousands(count)} numbers`, { class: "start" });
      top += labelled;
      const made = layer.kind.blocks.map((kind, n) =>
        block(kind, 1 + n * layer.units * scale, top, layer.units * scale, height * scale, times(height, layer.units)));
      top += height * scale;
      return [label, ...made];
    });
    svg.setAttribute("viewBox", `0 0 ${width.now()} ${3 * labelled + tall}`);
    svg.setAttribute(
      "aria-label",
      `The arrays to scale. ${parts.map((array) =>
        `${array.part} ${shapeOf(array)}, ${thousands(array.count)} numbers`).join("; ")}. ` +
        `Blocks from left to right: ${layer.kind.blocks.map(([name]) => name).join(", ")}.`,
    );
    svg.replaceChildren(...nodes);
  };
  return { svg, draw, follow: width.follow };
}

/** Make the table of shapes and counts, with a bar for the share of each array. */
function countTable() {
  const cell = (what, part) => element("td", { "data-part": `${part} ${what}` });
  const rows = ["kernel", "recurrent", "bias"].map((part) =>
    element("tr", { class: "tone-h" }, element("th", { scope: "row" }, part), cell("shape", part), cell("count", part),
      element("td", { class: "grulab-barcell" }, bar(part, "share"))));
  const total = element("tr", { class: "all" }, element("th", { scope: "row" }, "together"), element("td"),
    cell("count", "all"), element("td"));
  const head = ["array", "shape", "numbers", "share"].map((words) => element("th", { scope: "col" }, words));
  const table = element("table", { class: "grulab-table" },
    element("caption", {}, "Where the numbers sit"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows, total));
  const write = (what, part, words) => (table.querySelector(`[data-part="${part} ${what}"]`).textContent = words);
  const show = (layer) => {
    for (const array of partsOf(layer)) {
      write("shape", array.part, shapeOf(array));
      write("count", array.part, thousands(array.count));
    }
    write("count", "all", thousands(countOf(layer)));
    fill(table, Object.fromEntries(partsOf(layer).map(({ part, count }) => [part, count / countOf(layer)])));
  };
  return { table, show };
}

/** Return the sum with the numbers put in: one term for each array, times the blocks. */
function sumOf(layer) {
  const { kind, units } = layer;
  const inside = partsOf(layer).filter(({ rows }) => rows > 0);
  return [
    term(`${kind.blocks.length} × ( `),
    ...inside.map(({ rows }, n) => term(`${n ? "+ " : ""}${times(rows, units)}`)),
    " )",
    term(`= ${kind.blocks.length} × ${thousands(countOf(layer) / kind.blocks.length)}`),
    term("= ", element("b", { class: "result" }, thousands(countOf(layer)))),
  ];
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (each) => model.get(each);
  const limits = Object.keys(get("limits"));
  const python = () => `ParameterCounter(${keywords(model, limits)})`;
  const { root, body, live } = frame({
    model, el, page, title: "Where do the numbers of a layer sit?", names: limits, python,
  });
  root.classList.add("parameters");

  const yesOrNo = ["False", "True"];
  const controls = [
    slider(model, "units", { symbol: "units", text: "", tone: "h" }),
    slider(model, "features", { symbol: "features", text: "", tone: "x" }),
    choice(model, "use_bias", { symbol: "use_bias", options: yesOrNo }),
    choice(model, "reset_after", { symbol: "reset_after, in a GRU", options: yesOrNo }),
    choice(model, "kind", { symbol: "kind of cell", options: get("kinds").map(({ name }) => name) }),
  ];
  const code = element("code");
  const heading = element("p", {}, code, " on ", element("span"));
  const sum = equation();
  const growth = element("p", { class: "grulab-legend" });
  const note = element("p", { class: "grulab-legend" });
  const drawing = arrays();
  const counts = countTable();

  const draw = () => {
    const layer = layerOf(get);
    for (const { show } of controls) show();
    code.textContent = kerasLine(layer);
    heading.lastChild.textContent = `${layer.features} ${layer.features === 1 ? "feature" : "features"}`;
    sum.replaceChildren(...sumOf(layer));
    growth.textContent = doubled(layer);
    note.textContent = noteOf(layer);
    drawing.draw(layer);
    counts.show(layer);
    return `${layer.kind.name}: ${thousands(countOf(layer))} numbers. ${note.textContent}`;
  };

  body.append(
    element("div", { class: "grulab-verdict parameters-sum" }, heading, sum),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...controls.map(({ row }) => row), note),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The arrays, drawn to scale"), drawing.svg)),
    counts.table,
    growth,
  );
  return live(draw, { drawings: [drawing] });
}

export default { render };
