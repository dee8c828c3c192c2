// ResetOrder: where does the reset gate act? Two units, both orders side by side.
// The arithmetic is orders.js and gru.js; here its numbers are put into drawings, sentences and a table.

const UNITS = [1, 2];
const PARTS = ["received", "after", "given", "before", "candidate_after", "candidate_before"];

/** Return the widget's numbers as the arrays of orders.js. */
export const settingsOf = (get) => ({
  h: UNITS.map((i) => get(`h_${i}`)),
  r: UNITS.map((i) => get(`r_${i}`)),
  recurrent: UNITS.map((i) => UNITS.map((j) => get(`u_${i}${j}`))),
  bias: get("bias"),
});

/** Say whether the orders agree, and why. */
export function verdictOf({ h, r, recurrent, bias }) {
  const { mixing, biased } = differences({ h, r, recurrent, bias });
  const isZero = (values) => values.every((value) => Math.abs(value) < 1e-12);
  const both = add(mixing, biased);
  if (isZero(mixing) && isZero(biased)) {
    const why =
      r[0] === r[1] ? "r is the same in both units" :
      recurrent[0][1] === 0 && recurrent[1][0] === 0 ? "no unit hears the other" : "nothing passes between the units";
    return { isSame: true, words: `✓ Both orders agree: ${why}${bias ? ", and r leaves the bias whole" : ""}.` };
  }
  if (isZero(both)) return { isSame: true, words: "✓ Both orders agree by chance: two differences cancel out." };
  const why = [
    ...(isZero(mixing) ? [] : ["r differs between two units, and one hears the other"]),
    ...(isZero(biased) ? [] : ["r scales the bias where it acts after, and not where it acts before"]),
  ];
  const most = Math.max(...both.map(Math.abs));
  return { isSame: false, words: `✗ The orders differ by up to ${format(most, 3)}: ${why.join("; ")}.` };
}

// ---- the drawings ----

const HEIGHTS = [46, 134];

/** Draw the ways from two old states to two sums, with the reset gates behind them or in front. */
function ways(isAfter) {
  const [gates, sums] = isAfter ? [232, 166] : [98, 232];
  const [first, last] = isAfter ? [62, sums - 12] : [116, sums - 12];
  const each = (make) => UNITS.map((unit, i) => make(unit, HEIGHTS[i], i));
  const level = (from, to, tone) => each((_, y) => pipe(`M${from} ${y} H${to}`, tone));
  const crossed = each((_, from) => each((__, to) => pipe(`M${first} ${from} L${last} ${to}`, "h")));
  const [entry, exit] = isAfter
    ? [level(sums, gates, "candidate"), level(gates, 272, "candidate")]
    : [level(62, gates, "h"), level(sums, 272, "candidate")];
  const svg = shape(
    "svg",
    { viewBox: "0 0 340 172", class: "resetorder-ways", role: "img" },
    ...entry, ...crossed.flat(), ...exit,
    ...each((unit, y) => shape("g", {},
      pill(36, y, 58, "h"), slotAt(36, y + 5, `h_${unit}`, 2, "h"), text(36, y - 24, `old h, unit ${unit}`, { class: "small" }),
      valve(gates, y, `r${unit}`, "r"), slotAt(gates, y - 24, `r_${unit}`, 2, "r"),
      valve(sums, y, "+", "candidate", 12),
      pill(300, y, 62, "candidate"), slotAt(300, y + 5, `${isAfter ? "after" : "before"}_${unit}`, 3, "candidate"),
      text(300, y - 24, "arrives", { class: "small" }))),
  );
  const draw = ({ h, r, recurrent }, { received, after, given, before }) => {
    const [sent, enters, leaves] = isAfter ? [h, received, after] : [given, h, before];
    UNITS.forEach((_, i) => {
      widen(entry[i], 0.6 * enters[i]);
      UNITS.forEach((__, j) => widen(crossed[i][j], 0.6 * sent[i] * recurrent[i][j]));
      widen(exit[i], 0.6 * leaves[i]);
    });
    const words = UNITS.map((unit, i) =>
      isAfter
        ? `unit ${unit} receives ${format(received[i], 3)}, r ${format(r[i], 2)} lets ${format(after[i], 3)} arrive`
        : `unit ${unit} gives away r ${format(r[i], 2)} of ${format(h[i], 2)}, and ${format(before[i], 3)} arrives`);
    svg.setAttribute("aria-label", `r acts ${isAfter ? "after" : "before"} the product: ${words.join("; ")}.`);
  };
  return { svg, draw };
}

/** Write one unit's sum with the numbers put in, in one of the orders. */
function sumOf(unit, isAfter) {
  const gate = (i) => slot(`r_${i}`, 2, { class: "tone-r" });
  const old = (i) => slot(`h_${i}`, 2, { bracket: true, class: "tone-h" });
  const parts = UNITS.map((i, n) =>
    term(n ? "+ " : "", ...(isAfter ? [] : [gate(i), " × "]), old(i), " × ", slot(`u_${i}${unit}`, 2, { bracket: true })));
  const bias = term("+ ", slot("bias", 2, { bracket: true }));
  const result = (part) => term("= ", slot(`${part}_${unit}`, 3, { class: "tone-candidate result" }));
  return isAfter
    ? equation(`unit ${unit}: `, gate(unit), " × (", ...parts, bias, " )",
      term("= ", gate(unit), " × ", slot(`received_${unit}`, 3, { bracket: true })), result("after"))
    : equation(`unit ${unit}: `, ...parts, bias, result("before"));
}

/** Put drawing, equations and line of code of one order below each other. */
function panel(isAfter) {
  const drawing = ways(isAfter);
  const [words, code] = isAfter
    ? ["After: r scales what a unit receives", "candidate = np.tanh(r * (h @ u + bias))"]
    : ["Before: r scales what a unit gives", "candidate = np.tanh((r * h) @ u + bias)"];
  const node = element("div", { class: "grulab-stack" },
    element("p", { class: "grulab-heading" }, words),
    element("p", { class: "grulab-legend" }, `Keras: reset_after=${isAfter ? "True" : "False"}`),
    drawing.svg,
    ...UNITS.map((unit) => sumOf(unit, isAfter)),
    element("code", { class: "resetorder-code" }, code));
  return { node, draw: drawing.draw };
}

/** Make the table of both orders, one unit a column. */
function orderTable() {
  const row = (words, part, tone) =>
    element("tr", { class: `tone-${tone}` }, element("th", { scope: "row" }, words),
      ...UNITS.map((unit) => element("td", {}, slot(`${part}_${unit}`, 3))));
  return element("table", { class: "grulab-table" },
    element("caption", {}, "Both orders"),
    element("thead", {}, element("tr", {}, ...headCells(["", ...UNITS.map((unit) => `unit ${unit}`)]))),
    element("tbody", {},
      row("arrives, r after", "after", "candidate"), row("arrives, r before", "before", "candidate"),
      row("before − after", "difference", "r"),
      row("candidate, r after", "candidate_after", "candidate"),
      row("candidate, r before", "candidate_before", "candidate")));
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (each) => model.get(each);
  const limits = Object.keys(get("limits"));
  const python = () => `ResetOrder(${keywords(model, limits)})`;
  const { root, body, live } = frame({
    model, el, page, title: "Two units: r after or before the product", names: limits, python,
  });
  root.classList.add("resetorder");

  const made = (name, symbol, words, tone) => slider(model, name, { symbol, text: words, tone });
  const states = UNITS.map((i) => made(`h_${i}`, "h", `old state, unit ${i}`, "h"));
  const gates = UNITS.map((i) => made(`r_${i}`, "r", `reset gate, unit ${i}`, "r"));
  const weights = UNITS.flatMap((i) => UNITS.map((j) => made(`u_${i}${j}`, "u", `unit ${i} to unit ${j}`, "candidate")));
  const bias = made("bias", "bias", "of the candidate", "candidate");
  const sliders = [...states, ...gates, ...weights, bias];
  const presets = get("presets").map(([words, values], n) =>
    button(`Load ${words}`, () => save(model, values), { "data-act": `preset-${n}` }));
  const panels = [panel(true), panel(false)];
  const verdict = element("p", { class: "grulab-verdict resetorder-verdict" });

  const draw = () => {
    const settings = settingsOf(get);
    const orders = ordersOf(settings);
    const values = Object.fromEntries(limits.map((each) => [each, get(each)]));
    UNITS.forEach((unit, i) => {
      for (const part of PARTS) values[`${part}_${unit}`] = orders[part][i];
      values[`difference_${unit}`] = orders.before[i] - orders.after[i];
    });
    for (const { show } of sliders) show();
    fill(root, values);
    for (const { draw: drawPanel } of panels) drawPanel(settings, orders);
    const { isSame, words } = verdictOf(settings);
    verdict.textContent = words;
    verdict.classList.toggle("same", isSame);
    return words;
  };

  const rowsOf = (some) => some.map(({ row }) => row);
  body.append(
    verdict,
    element("div", { class: "grulab-columns" }, ...panels.map(({ node }) => node)),
    element("div", { class: "grulab-buttons" }, ...presets),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...rowsOf([...states, ...gates])),
      element("div", { class: "grulab-stack" },
        element("div", { class: "resetorder-matrix" }, ...rowsOf(weights)), bias.row)),
    orderTable(),
  );
  return live(draw);
}

export default { render };
