// ConventionSwitch: does z keep or write? Names, equations, code and curves change together.
// The arithmetic is conventions.js; here its numbers are put into words and drawings.

const SETTINGS = ["h", "candidate", "x", "update_x", "update_h", "update_bias", "negated", "convention"];

/** Return every number that the widget shows, and the states of three programs over the steps. */
export function compare(get) {
  const settings = Object.fromEntries(SETTINGS.map((each) => [each, get(each)]));
  const { h, x, candidate, convention } = settings;
  const gate = updateGate(settings, h);
  const kept = convention === 0 ? gate.z : 1 - gate.z;
  const run = (changed) => statesOf({ ...settings, ...changed }, get("steps"));
  const here = run({});
  const other = run({ convention: 1 - convention });
  const trained = run({ convention: 0, negated: 0 });
  const values = {
    ...gate, h, x, candidate, kept,
    rest: 1 - gate.z,
    written: 1 - kept,
    kept_part: kept * h,
    written_part: (1 - kept) * candidate,
    new_h: here[1],
    trained_h: trained[1],
  };
  const gap = Math.max(...here.map((value, t) => Math.abs(value - trained[t])));
  return { values, here, other, gap };
}

// ---- the parts of the drawing ----

/** The gate's equation: the weights stand with the sign that they have now. */
const gateEquation = () =>
  equation(
    quantity("z", "z"),
    term(" = σ( ", slot("on_x", 2), " × ", slot("x", 2, { bracket: true })),
    term("+ ", slot("on_h", 2, { bracket: true }), " × ", slot("h", 2, { bracket: true })),
    term("+ ", slot("bias", 2, { bracket: true }), " )"),
    term("= σ( ", slot("sum", 2), " )"),
    term("= ", slot("z", 3, { class: "tone-z result" })),
  );

/** The last equation in symbols, once for each convention. */
const mixtures = () => {
  const [z, rest] = [() => quantity("z", "z"), () => ["(1 − ", quantity("z", "z"), ")"]];
  const line = (onOld, onNew) =>
    equation(
      quantity("new h", "h"),
      term(" = ", ...[onOld()].flat(), " × ", quantity("h", "h")),
      term("+ ", ...[onNew()].flat(), " × ", quantity("candidate", "candidate")),
    );
  return [line(z, rest), line(rest, z)];
};

const mixtureWithNumbers = () =>
  equation(
    term("= ", slot("kept", 3), " × ", slot("h", 2, { bracket: true })),
    term("+ ", slot("written", 3), " × ", slot("candidate", 2, { bracket: true })),
    term("= ", slot("kept_part", 3), " + ", slot("written_part", 3, { bracket: true })),
    term("= ", slot("new_h", 3, { class: "tone-h result" })),
  );

/** The chart of h over the steps: the chosen convention as a line, the other one dashed. */
function curves() {
  const chart = lineChart(200);
  const draw = ({ here, other }, names, convention) => {
    const points = (states) => states.map((value, t) => [t, value]);
    chart.draw({
      title:
        `h over ${here.length - 1} steps. ${names[convention]}: from ${format(here[0], 2)} to ` +
        `${format(here[1], 3)} and in the end ${format(here[here.length - 1], 3)}. ${names[1 - convention]}, dashed: ` +
        `to ${format(other[1], 3)} and in the end ${format(other[other.length - 1], 3)}.`,
      last: here.length - 1,
      unit: "step",
      low: -1,
      high: 1,
      ticks: [[-1, "−1"], [0, "0"], [1, "1"]],
      lines: [
        { points: points(other), tone: "h", words: names[1 - convention], isFaint: true },
        { points: points(here), tone: "h", words: names[convention] },
      ],
    });
  };
  return { ...chart, draw };
}

/** Say whether the program here gives the states of the one that the weights were made for, where z keeps. */
function verdictOf({ gap, values }, { convention, negated, name, sign }) {
  const now = `${name}, weights ${sign}: new h ${format(values.new_h, 3)}.`;
  const isSame = gap < 1e-12;
  if (!isSame) {
    const made = `Where the weights were made, z keeps: new h ${format(values.trained_h, 3)}.`;
    return { isSame, words: `✗ ${now} ${made} Over the steps up to ${format(gap, 3)} apart.` };
  }
  const moved = convention !== 0 || negated !== 0;
  const same = moved ? "The same as where the weights were made, at every step." : "This is what the weights were made for.";
  return { isSame, words: `✓ ${now} ${same}` };
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (each) => model.get(each);
  const limits = Object.keys(get("limits"));
  const python = () => `ConventionSwitch(${keywords(model, limits)})`;
  const { root, body, live } = frame({ model, el, page, title: "Does z keep or write?", names: limits, python });
  root.classList.add("convention");
  const conventions = get("conventions");
  const names = conventions.map((each) => each.name);

  const switches = [
    choice(model, "convention", { symbol: "Convention", options: names }),
    choice(model, "negated", { symbol: "The three weights behind z", options: get("signs") }),
  ];
  const numbers = [
    ["h", { symbol: "h", text: "old state", tone: "h" }],
    ["candidate", { symbol: "candidate", text: "", tone: "candidate" }],
    ["x", { symbol: "x", text: "input", tone: "x" }],
  ].map(([each, options]) => slider(model, each, options));
  const weights = [
    ["update_x", { symbol: "z", text: "weight on x", tone: "z" }],
    ["update_h", { symbol: "z", text: "weight on h", tone: "z" }],
    ["update_bias", { symbol: "z", text: "bias", tone: "z" }],
  ].map(([each, options]) => slider(model, each, options));

  const symbols = mixtures();
  const code = element("code");
  const meaning = element("span");
  const rest = element("span");
  const usedBy = element("p", { class: "grulab-legend" });
  const verdict = element("p", { class: "grulab-verdict convention-verdict" });
  const chart = curves();

  const draw = () => {
    const convention = get("convention");
    const now = conventions[convention];
    const result = compare(get);
    for (const { show } of [...switches, ...numbers, ...weights]) show();
    fill(root, result.values);
    symbols.forEach((line, each) => (line.hidden = each !== convention));
    code.textContent = now.code;
    meaning.textContent = now.z;
    rest.textContent = now.rest;
    usedBy.textContent = `Written so by ${now.used_by}.`;
    chart.draw(result, names, convention);
    const negated = get("negated");
    const { isSame, words } = verdictOf(result, {
      convention, negated, name: names[convention], sign: get("signs")[negated],
    });
    verdict.textContent = words;
    verdict.classList.toggle("same", isSame);
    return `z is ${format(result.values.z, 3)}. ${words}`;
  };

  body.append(
    element("div", { class: "grulab-columns" }, ...switches.map(({ row }) => row)),
    verdict,
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The equations with these numbers"),
        gateEquation(),
        element("p", { class: "grulab-legend" }, quantity("z", "z"), " is ", meaning, "; ",
          quantity("1 − z", "z"), " = ", slot("rest", 3), " is ", rest, "."),
        ...symbols, mixtureWithNumbers(),
        element("p", { class: "convention-code" }, code),
        usedBy),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "h over the steps, dashed under the other convention"),
        chart.svg)),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...numbers.map(({ row }) => row)),
      element("div", { class: "grulab-stack" }, ...weights.map(({ row }) => row))),
  );
  return live(draw, { drawings: [chart] });
}

export default { render };
