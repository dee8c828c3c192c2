// VariantTable: variants in a table to sort, their seeds as points, and two of them side by side.
// The arithmetic is variants.js.

const PAIR = ["first", "second"];
const LETTERS = { first: "A", second: "B" };
const TONES = { first: "h", second: "r" };

/** Write seconds, or a ratio, with three digits that count. */
export const threeDigits = (value) =>
  format(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)) + 1e-9)));

// ---- points on the common scale ----

/** Return a place on the scale as a share of the drawing's width, so that no width need be known. */
const share = (value, { low, high }) => `${place(high > low ? (100 * (value - low)) / (high - low) : 50)}%`;

/** Draw seeds as points, their range as a line and their mean as a stroke, at a height of the drawing. */
function pointsOf({ scores, mean, low, high }, y, scale) {
  const at = (value) => share(value, scale);
  return [
    shape("line", { x1: at(low), x2: at(high), y1: y, y2: y, class: "range" }),
    shape("line", { x1: at(mean), x2: at(mean), y1: y - 8, y2: y + 8, class: "mean" }),
    ...scores.map((score) => shape("circle", { cx: at(score), cy: y, r: 5, class: "seed" })),
  ];
}

/** Draw the baselines that lie on the scale. */
const linesOf = (baselines, height, scale) =>
  Object.values(baselines).filter((value) => value >= scale.low && value <= scale.high).map((value) =>
    shape("line", { x1: share(value, scale), x2: share(value, scale), y1: 0, y2: height, class: "level" }));

const withRange = (row) => ({ ...row, ...rangeOf(row) });

/** Draw the seeds of one row of the table. */
function strip(row, { score, digits, baselines }, scale) {
  const words = row.scores.map((value) => format(value, digits)).join(", ");
  return shape("svg", { class: "variants-strip", role: "img", "aria-label": `${row.name}, ${score} by seed: ${words}` },
    ...linesOf(baselines, 26, scale), ...pointsOf(withRange(row), 13, scale));
}

/** Draw two rows below each other on a scale of their own, with what their ranges share, or what parts them. */
function duel({ score, digits, baselines }) {
  const svg = shape("svg", { class: "variants-duel", role: "img" });
  const show = (rows) => {
    const [scale, pair] = [scaleOf(rows), rows.map(withRange)];
    const inner = [Math.max(...pair.map(({ low }) => low)), Math.min(...pair.map(({ high }) => high))];
    const [from, to] = inner.map((value) => parseFloat(share(value, scale)));
    svg.setAttribute("aria-label", pair.map(({ name, low, high }, i) =>
      `${LETTERS[PAIR[i]]}, ${name}: ${score} from ${format(low, digits)} to ${format(high, digits)}`).join("; "));
    svg.replaceChildren(
      shape("rect", { x: `${Math.min(from, to)}%`, y: 0, width: `${place(Math.abs(to - from))}%`, height: 68, class: from <= to ? "shared" : "gap" }),
      ...linesOf(baselines, 68, scale),
      ...pair.map((row, i) => shape("g", { class: `tone-${TONES[PAIR[i]]}` },
        text(-26, 22 + 34 * i, LETTERS[PAIR[i]], { class: "start number" }), ...pointsOf(row, 17 + 34 * i, scale))),
      ...Object.values(scale).map((value, i) =>
        text(i ? "100%" : "0%", 84, format(value, digits), { class: "small" })));
  };
  return { svg, show };
}

// ---- the table of all variants ----

/** Make a cell of a row: its words, and the name of its column where there is no head above it. */
const cellOf = (words, column, attributes = {}) =>
  element("td", { role: "cell", "data-column": column, ...attributes }, words);

function rowOf(row, columns, setting, scale) {
  const [, parameters, , training, prediction] = columns.map(([, words]) => words);
  const badge = element("b", { class: "variants-badge" });
  const node = element("tr", { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, badge, row.name),
    cellOf(thousands(row.parameters), parameters),
    cellOf(format(row.mean, setting.digits), "mean"),
    cellOf(strip(row, setting, scale), "", { class: "variants-seeds" }),
    cellOf(threeDigits(row.training_seconds), training),
    cellOf(threeDigits(row.prediction_seconds), prediction));
  return { node, badge };
}

/** Make the table; `sortBy(column)` is called when a head is pressed. */
function tableOfAll(rows, columns, setting, scale, sortBy) {
  const lines = rows.map((row) => rowOf(row, columns, setting, scale));
  const heads = columns.map(([, words], n) =>
    element("th", { role: "columnheader", scope: "col" },
      button(words, () => sortBy(n + 1), { class: "variants-sort", "data-sort": n + 1 })));
  const seeds = element("th", { role: "columnheader", scope: "col", class: "variants-seeds" }, "seeds",
    element("span", {}, element("i", {}, format(scale.low, setting.digits)), element("i", {}, format(scale.high, setting.digits))));
  const body = element("tbody", { role: "rowgroup" });
  const table = element("table", { role: "table", class: "grulab-table variants-table" },
    element("caption", {}, `All variants; a point is one seed's ${setting.score}, a stroke the mean`),
    element("thead", { role: "rowgroup" },
      element("tr", { role: "row" }, ...heads.slice(0, 3), seeds, ...heads.slice(3))),
    body);

  let shown = "";
  const show = (order, sort, descending, picked) => {
    heads.forEach((head, n) =>
      head.setAttribute("aria-sort", n + 1 !== sort ? "none" : descending ? "descending" : "ascending"));
    if (shown !== order.join()) body.replaceChildren(...order.map((place) => lines[place].node));
    shown = order.join();
    lines.forEach(({ node, badge }, place) => {
      const roles = PAIR.filter((role) => picked[role] === place);
      node.className = roles.length ? `picked tone-${TONES[roles[0]]}` : "";
      badge.textContent = roles.map((role) => LETTERS[role]).join(" ");
    });
  };
  return { table, show };
}

// ---- two side by side ----

/** Return the lines of the small table: [words, of A, of B, B ÷ A]. */
export function sidesOf(one, two, { score, digits, baselines, higher_is_better }) {
  const number = (value) => format(value, digits);
  const both = (words, make, ratio = "") => [words, make(one), make(two), ratio];
  const measured = (words, key, write) => both(words, (row) => write(row[key]), threeDigits(two[key] / one[key]));
  return [
    both(`${score}, mean`, ({ mean }) => number(mean)),
    both("lowest seed", (row) => number(rangeOf(row).low)),
    both("highest seed", (row) => number(rangeOf(row).high)),
    both("seeds", ({ scores }) => String(scores.length)),
    ...Object.entries(baselines).map(([name, value]) =>
      both(`seeds better than ${name}`, (row) => `${betterThan(row, value, higher_is_better)} of ${row.scores.length}`)),
    measured("parameters", "parameters", thousands),
    measured("training, s", "training_seconds", threeDigits),
    measured("prediction, s", "prediction_seconds", threeDigits),
  ];
}

/** Make the small table; `show(pair, setting)` fills it. */
function sideTable() {
  const head = headCells(["", "A", "B", "B ÷ A"]);
  const names = PAIR.map((role) => element("span", {}));
  names.forEach((name, i) => head[i + 1].replaceChildren(element("b", { class: `tone-${TONES[PAIR[i]]}` }, LETTERS[PAIR[i]]), " ", name));
  const body = element("tbody");
  const table = element("table", { class: "grulab-table variants-sides" },
    element("caption", {}, "Side by side"), element("thead", {}, element("tr", {}, ...head)), body);
  const show = (pair, setting) => {
    pair.forEach(({ name }, i) => (names[i].textContent = name));
    body.replaceChildren(...sidesOf(...pair, setting).map(([words, ...cells]) =>
      element("tr", {}, element("th", { scope: "row" }, words), ...cells.map((each) => element("td", {}, each)))));
  };
  return { table, show };
}

// ---- the widget ----

/** Say which rows the best mean does not leave behind. */
export function leadWords(rows, setting) {
  const leaders = leadersOf(rows, setting);
  return leaders.length === 1
    ? `${leaders[0]} has the best mean of all, and no other range meets its range.`
    : `The table does not rank its best: the ranges of ${leaders.join(", ")} meet that of the best mean.`;
}

/** Say how far a verdict by so few seeds can be trusted. */
export function chanceWords(one, two) {
  const [seeds, others] = [one.scores.length, two.scores.length];
  return `Were two variants alike, ranges of ${seeds} and ${others} seeds would still lie apart in ` +
    `${format(100 * chanceApart(seeds, others), 1)}% of such comparisons.`;
}

const baselineWords = ({ baselines, digits }) =>
  Object.entries(baselines).map(([name, value]) => `${name} ${format(value, digits)}`).join(", ");

function render({ model, el, page }) {
  const get = (each) => model.get(each);
  const limits = Object.keys(get("limits"));
  const [rows, columns, setting] = ["rows", "columns", "setting"].map(get);
  const { score, higher_is_better, baselines, digits } = setting;
  const python = () =>
    `VariantTable(rows, score=${JSON.stringify(score)}, higher_is_better=${higher_is_better ? "True" : "False"}, ` +
    `baselines=${JSON.stringify(baselines)}, digits=${digits}, ${keywords(model, limits)}, name=${JSON.stringify(get("name"))})`;
  const { root, body, live } = frame({
    model, el, page, title: "Is the difference larger than the seeds'?", names: limits, python,
  });
  root.classList.add("variants");

  const isBestFirst = (column) => (columns[column - 1][0] === "mean" ? higher_is_better : false);
  const sortBy = (column) => {
    const descending = get("sort") === column ? !get("descending") : isBestFirst(column);
    save(model, { sort: column, descending: Number(descending) });
  };
  const options = rows.map(({ name }) => name);
  const choices = PAIR.map((role) => choice(model, role, { symbol: `variant ${LETTERS[role]}`, options }));
  choices.forEach(({ row }, i) => row.classList.add(`tone-${TONES[PAIR[i]]}`));
  const scale = scaleOf(rows, Object.values(baselines));
  const all = tableOfAll(rows, columns, setting, scale, sortBy);
  const drawing = duel(setting);
  const sides = sideTable();
  const verdict = element("p", { class: "grulab-verdict variants-verdict" });
  const chance = element("p", { class: "grulab-legend" });

  let sorted = null;
  const draw = () => {
    const picked = Object.fromEntries(PAIR.map((role) => [role, get(role)]));
    const pair = PAIR.map((role) => rows[picked[role]]);
    const [sort, descending] = [get("sort"), get("descending")];
    const [key, words] = columns[sort - 1] ?? [];
    for (const { show } of choices) show();
    all.show(orderOf(rows, key, descending), sort, descending, picked);
    drawing.show(pair);
    sides.show(pair, setting);
    verdict.textContent = verdictOf(...pair, setting);
    verdict.classList.toggle("clear", pair[0] !== pair[1] && isClear(...pair));
    chance.textContent = chanceWords(...pair);
    const isSorted = sorted !== null && sorted !== `${sort} ${descending}`;
    sorted = `${sort} ${descending}`;
    if (!isSorted) return verdict.textContent;
    return key ? `Sorted by ${words}, ${descending ? "largest" : "smallest"} first.` : "In the first order again.";
  };

  body.append(
    element("div", { class: "grulab-stack" },
      all.table,
      element("p", { class: "grulab-legend" }, leadWords(rows, setting),
        Object.keys(baselines).length ? ` Dashed lines: ${baselineWords(setting)}.` : "")),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...choices.map(({ row }) => row), drawing.svg, verdict, chance),
      sides.table),
  );
  return live(draw);
}

export default { render };
