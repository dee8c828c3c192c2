// PaddingLab: does padding change the answer? A text in a row of fixed length, read with a mask or without, beside the
// same text alone. padding.js makes the row, reader.js runs the layer over it.

// ---- the row as cells ----

/** Show the row, a cell a place, and beside it the words that fell off; a press on a cell chooses its place. */
function rowOfCells(choose) {
  const list = element("ol", { class: "padding-row", "aria-label": "The row" });
  let [drawn, places] = [null, []];
  list.addEventListener("click", (event) => {
    const at = places.indexOf(event.target.closest("li"));
    if (at >= 0) choose(at);
  });
  const unseen = (words) => element("span", { class: "grulab-unseen" }, words);
  const lost = (word) => element("li", { class: "lost" }, unseen("fell off: "), element("s", {}, word));
  const place = (word, isSkipped) =>
    element("li", word === null ? { class: "zero" } : {},
      word ?? "0", isSkipped ? element("small", {}, "skipped") : word === null ? unseen("padding") : "");
  const draw = ({ row, words, isMasked, at }) => {
    if (drawn !== row) {
      const kept = words.slice(row.lost[0], words.length - row.lost[1]);
      places = row.mask.map((isWord, t) => place(isWord ? kept[t - row.begin] : null, isMasked && !isWord));
      const [front, end] = [words.slice(0, row.lost[0]), words.slice(words.length - row.lost[1])];
      list.replaceChildren(...front.map(lost), ...places, ...end.map(lost));
      drawn = row;
    }
    places.forEach((made, t) => made.classList.toggle("now", t === at));
  };
  return { list, draw };
}

/** Write the step: what the cell did with the state, or that the step was skipped. */
function stepEquation() {
  const place = element("p", { class: "grulab-heading" });
  const taken = equation(
    quantity("h", "h"), " = ", quantity("z", "z"), " × ", quantity("h", "h"), " + (1 − ", quantity("z", "z"), ") × ",
    quantity("candidate", "candidate"), term("= ", slot("z", 3), " × ", slot("before", 3, { bracket: true })),
    term("+ ", slot("rest", 3), " × ", slot("candidate", 3, { bracket: true })), term("= ", slot("h", 3)));
  const skipped = equation(
    "The mask is 0, so the step is skipped: ", quantity("h", "h"), " = ", quantity("h", "h"), " before",
    term("= ", slot("h", 3)));
  const draw = (words, isSkipped) => {
    place.textContent = words;
    [taken.hidden, skipped.hidden] = [isSkipped, !isSkipped];
  };
  return { nodes: [place, taken, skipped], draw };
}

/** Say below a map which of its columns are words, which are zeros. */
function stripOfColumns() {
  const node = element("p", { class: "padding-strip", "aria-hidden": "true" });
  const part = (count, words, kind) => element("span", { class: kind, style: `flex: ${count} 0 0` }, words);
  const draw = ({ ids, zeros, begin }) => {
    const words = part(ids.length - zeros, "words", "");
    const padding = zeros ? [part(zeros, "zeros", "zero")] : [];
    node.replaceChildren(...(begin ? [...padding, words] : [words, ...padding]));
  };
  return { node, draw };
}

// ---- words ----

/** Say what the row holds of the text, which begins with the start id: zeros, ids, ids that fell off. */
function rowText({ ids, zeros, begin, lost }) {
  const held = `${counted(ids.length, "place")}: ${counted(ids.length - zeros, "id")} of the text`;
  if (zeros) return `${held}, ${counted(zeros, "zero")} ${begin ? "in front" : "behind"}`;
  const fell = lost[0] + lost[1];
  return fell ? `${held}; ${fell} fell off ${lost[0] ? "at the front" : "at the end"}` : `${held}, no zero`;
}

/** Compare the answer to the row with that to the text alone. */
function verdictText(answer, alone) {
  const moved = Math.abs(answer - alone);
  if (moved < 0.0005) return "✓ The answer is that of the text alone.";
  const by = `${format(moved, 3)} away from that of the text alone`;
  return answer > 0.5 !== alone > 0.5 ? `✗ The verdict turns: the answer is ${by}.` : `The verdict stays; the answer is ${by}.`;
}

// ---- the widget ----

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const names = Object.keys(get("limits"));
  const python = () => `PaddingLab(readers, texts, word_index, ${keywords(model, names)})`;
  const { root, body, live } = frame({
    model, el, page, title: "One text, one row, and a reader", names, python,
  });
  root.classList.add("padding");
  const texts = get("texts");
  // each training reads the row and the text alone, and keeps what it has read of either
  const readers = get("readers").map((trained) => [readerFrom(trained), readerFrom(trained)]);

  const set = (values) => save(model, values);
  const titles = { text: texts.map(({ title }) => title), seed: readers.map((_, seed) => `seed ${seed}`) };
  const stepSlider = slider(model, "step", { symbol: "step", text: "a place of the row", tone: "x" });
  const controls = [
    choice(model, "text", { symbol: "Text", options: titles.text }),
    choice(model, "seed", { symbol: "Training", options: titles.seed }),
    choice(model, "padding", { symbol: "Zeros", options: get("choices").padding }),
    choice(model, "truncating", { symbol: "Words fall off", options: get("choices").truncating }),
    choice(model, "mask", { symbol: "Mask", options: get("choices").mask }),
    slider(model, "maxlen", { symbol: "maxlen", text: "places of the row", tone: "x" }),
    stepSlider,
    slider(model, "unit", { symbol: "unit", text: "", tone: "h" }),
  ];
  const heading = element("p", { class: "grulab-heading" });
  const cells = rowOfCells((step) => set({ step }));
  const answers = tableOf("The probability of praise", [
    ["answer", "the row", "", 3, "share", "h"],
    ["alone", "the text alone", "without any padding", 3, "share", "x"],
    ["moved", "difference", "", 3, "share", "r"],
  ]);
  const verdict = element("p", { class: "grulab-verdict" });
  const [answerChart, stateChart] = [lineChart(160), lineChart(160)];
  const stepText = stepEquation();
  const strip = stripOfColumns();

  let shown = { key: "", row: null, steps: [], alone: [] };
  /** Read the row and the text alone; the same settings give the same arrays back. */
  const readNow = () => {
    const key = names.slice(0, 6).map(get).join();
    if (shown.key !== key) {
      const { ids } = texts[get("text")];
      const [ofRow, ofText] = readers[get("seed")];
      const row = fitted(ids, get("maxlen"), get("padding"), get("truncating"));
      shown = { key, row, steps: ofRow.read(row.ids, get("mask") ? row.mask : null), alone: ofText.read(ids) };
    }
    return shown;
  };
  const wordAt = (t) => {
    const { row } = shown;
    return row.mask[t] ? `“${texts[get("text")].words[t - row.begin + row.lost[0]]}”` : "a zero";
  };
  const map = mapsOf(["h"], { choose: set, words: (t) => `step ${t}, ${wordAt(t)}` });

  /** Draw a quantity after each step, dashed that of the text alone, with a band at the zeros and a line at a step. */
  const drawChart = (chart, at, valueOf, options) => {
    const { row, steps, alone } = shown;
    const last = steps.length - 1;
    const beside = alone.map((one, i) => [i - row.lost[0] + row.begin, valueOf(one)]);
    chart.draw({
      ...options,
      last: Math.max(1, last),
      unit: "step",
      bands: row.zeros ? [row.begin ? [0, row.begin - 1, "zeros"] : [last - row.zeros + 1, last, "zeros"]] : [],
      lines: [
        { points: [[at, options.low], [at, options.high]], tone: "z", words: "", isFaint: true },
        { points: beside.filter(([t]) => t >= 0 && t <= last), tone: "x", words: "", isFaint: true },
        { points: steps.map((one, t) => [t, valueOf(one)]), tone: "h", words: format(valueOf(steps[last]), 2) },
      ],
    });
  };

  const draw = () => {
    const { row, steps, alone } = readNow();
    const [at, unit] = [Math.min(get("step"), steps.length - 1), get("unit")];
    const [answer, unpadded] = [steps, alone].map((all) => all[all.length - 1].answer);
    const { z, candidate, h } = steps[at];
    const before = at ? steps[at - 1].h[unit] : 0;
    for (const { show } of controls) show();
    stepSlider.show(steps.length - 1);
    fill(root, {
      answer, alone: unpadded, moved: Math.abs(answer - unpadded),
      z: z[unit], rest: 1 - z[unit], candidate: candidate[unit], h: h[unit], before,
    });
    heading.textContent = rowText(row);
    verdict.textContent = verdictText(answer, unpadded);
    cells.draw({ row, words: texts[get("text")].words, isMasked: get("mask") === 1, at });
    stepText.draw(`Unit ${unit} at step ${at}, ${wordAt(at)}`, get("mask") === 1 && !row.mask[at]);
    drawChart(answerChart, at, (one) => one.answer, {
      title: `The answer after each step: ${format(steps[at].answer, 2)} at step ${at}, ${format(answer, 2)} at the end; ` +
        `to the text alone ${format(unpadded, 2)}.`,
      low: 0, high: 1, ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]], level: [unpadded, "the text alone"],
    });
    const end = steps[steps.length - 1].h[unit];
    drawChart(stateChart, at, (one) => one.h[unit], {
      title: `h of unit ${unit} after each step: ${format(h[unit], 2)} at step ${at}, ${format(end, 2)} at the end; ` +
        `of the text alone ${format(alone[alone.length - 1].h[unit], 2)}.`,
      low: -1, high: 1, ticks: [[-1, "−1"], [0, "0"], [1, "1"]],
    });
    map.draw(steps, { at, unit });
    strip.draw(row);
    return `${heading.textContent}. Probability of praise ${format(answer, 3)}. ${verdict.textContent} ` +
      `Step ${at} is ${wordAt(at)}; h of unit ${unit} there ${format(h[unit], 3)}.`;
  };

  const [text, seed, padding, truncating, mask, maxlen, ...chosen] = controls.map(({ row }) => row);
  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, text, seed, mask),
      element("div", { class: "grulab-stack" }, padding, truncating, maxlen)),
    element("div", { class: "grulab-stack" }, heading, cells.list,
      element("p", { class: "grulab-legend" },
        "Dotted: a zero of the padding. Struck through, outside the row: a word that fell off. “·” is the start id.")),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, verdict, answers),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The answer, had the reader stopped after each step"), answerChart.svg)),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...chosen, ...stepText.nodes),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "h of the chosen unit, dashed in the text alone"), stateChart.svg)),
    element("div", { class: "grulab-stack" }, map.nodes[0], strip.node, map.nodes[1],
      element("p", { class: "grulab-legend" },
        "A row a unit, a column a step; full colour is 1, grey is below 0. While h is positive, the units at the top speak ",
        "for blame, those at the bottom for praise.")),
  );
  return live(draw, { drawings: [answerChart, stateChart] });
}

export default { render };
