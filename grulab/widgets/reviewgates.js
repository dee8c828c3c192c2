// ReviewGates: what did it notice, and when? A trained reader of reviews, on whatever is typed.
// tokens.js makes ids of the text, reader.js runs the layer over what has changed. What is typed stays in textbox.js:
// it is written into no trait and no link, and only ever becomes a text node.

const WRITTEN = 0.05; // a change of this size is written below its word
const STRONG = 0.5; // a change of this size has the full colour

/** Return a number with its sign. */
const signed = (value, digits) => (value >= 0 ? "+" : "") + format(value, digits);

/** Return a word for a sentence: in quotes, a very long one cut. */
function quoted(word) {
  const letters = Array.from(word);
  return `“${letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : word}”`;
}

/** Show the words that the model reads, each coloured by how far it moved the answer; a press chooses one. */
function markedWords(choose) {
  const place = element("p", { class: "review-words" });
  const cut = element("p", { class: "grulab-legend" });
  let drawn = {};
  let marks = [];
  place.addEventListener("click", (event) => {
    const at = marks.indexOf(event.target.closest(".review-word"));
    if (at >= 0) choose(at);
  });
  const mark = (word, change, isUnknown) => {
    const made = element("span", { class: `review-word tone-${change < 0 ? "r" : "z"}` },
      element("span", isUnknown ? { class: "unknown" } : {}, word, isUnknown ? " [?]" : ""),
      element("small", {}, Math.abs(change) >= WRITTEN ? signed(change, 2) : ""));
    made.style.setProperty("--share", Math.min(1, Math.abs(change) / STRONG).toFixed(2));
    return made;
  };
  const draw = ({ steps, changes, read, at }) => {
    // two unknown words have one id, so the same steps may belong to other words
    const spelling = read.words.join(" ");
    if (drawn.steps !== steps || drawn.spelling !== spelling) {
      marks = read.words.map((word, t) => mark(word, changes[t], read.ids[t] === UNKNOWN));
      place.replaceChildren(...marks.flatMap((made) => [made, " "]));
      drawn = { steps, spelling };
    }
    marks.forEach((made, t) => made.classList.toggle("now", t === at));
    const lost = read.cut - 1; // the start falls off before any word
    cut.textContent = lost > 0
      ? `The text is longer than the model's row of ${steps.length}: its first ${lost === 1 ? "word falls" : `${lost} words fall`} off in front.`
      : "";
  };
  return { place, cut, draw };
}

/** Make the tables of numbers: the answers, and the chosen unit at the chosen word. */
function tablesOfNumbers() {
  const answers = tableOf("The probability of praise", [
    ["answer", "the whole text", "", 3, "share", "h"],
    ["so_far", "up to the word", "", 3, "share", "h"],
    ["change", "change", "at the word", 3, "signed", "z"],
    ["without", "the whole text", "without the word", 3, "share", "x"],
  ]);
  const kind = (quantity) => ("zr".includes(quantity) ? "share" : "signed");
  const inUnit = tableOf("The unit at the word",
    QUANTITIES.map((quantity) => [`${quantity}_value`, quantity, "", 3, kind(quantity), quantity]));
  return { answers, inUnit };
}

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const names = Object.keys(get("limits"));
  const presets = get("presets");
  const python = () =>
    `ReviewGates(table, weights, head, word_index, maxlen, presets, ${keywords(model, names)}${box.python()})`;
  const set = (values) => save(model, values);

  const vocabulary = vocabularyOf(get("vocabulary"));
  const reader = readerFrom({ table: get("table"), layer: get("layer"), output: get("output") });
  const readNow = (text) => encoded(text, vocabulary, get("maxlen"));
  const box = textBox(model, {
    label: "The text that the model reads",
    hint: "Type a review here.",
    typed: (text, before) => {
      // the word before the caret is the chosen one
      set({ preset: box.own, step: Math.max(0, wordsIn(before).length - readNow(text).cut) });
      ask();
    },
  });
  const { root, body, ask, live } = frame({
    model, el, page, title: "A trained reader, word by word", names, python,
    onReset: () => {
      box.clear();
      takeText();
    },
  });
  root.classList.add("review");

  const titles = [...presets.map(([title]) => title), "a text of your own"];
  const picked = choice(model, "preset", { symbol: "Text", options: titles });
  const atWord = slider(model, "step", { symbol: "word", text: "whose numbers are shown", tone: "x" });
  const atUnit = slider(model, "unit", { symbol: "unit", text: "", tone: "h" });
  const marked = markedWords((step) => set({ step }));
  const { answers, inUnit } = tablesOfNumbers();
  const verdict = element("p", { class: "grulab-verdict" });
  const chosen = element("p", { class: "grulab-heading review-chosen" });
  // whoever picks a shorter text goes on from its last word
  picked.row.addEventListener("change", () => set({ step: Math.min(get("step"), readNow(box.now()).ids.length - 1) }));
  const chart = lineChart(150);
  let read; // what the model reads of the text: ids and words
  const maps = mapsOf(QUANTITIES, { choose: set, words: (t) => quoted(read.words[t]) });

  const draw = () => {
    read = readNow(box.now());
    const steps = reader.read(read.ids);
    const last = steps.length - 1;
    // a shorter text shortens the slider; in another view of the model the text may be a longer one
    const [at, unit] = [Math.min(get("step"), last), get("unit")];
    const changes = steps.map(({ answer }, t) => answer - (t ? steps[t - 1].answer : reader.start));
    const answer = steps[last].answer;
    const values = { answer, so_far: steps[at].answer, change: changes[at], without: reader.without(at) };
    for (const quantity of QUANTITIES) values[`${quantity}_value`] = steps[at][quantity][unit];
    box.show();
    picked.show();
    atWord.show(last);
    atUnit.show();
    fill(root, values);
    marked.draw({ steps, changes, read, at });
    maps.draw(steps, { at, unit });
    const unknown = read.ids.filter((id) => id === UNKNOWN).length;
    const word = read.ids[at] === START ? "the start" : quoted(read.words[at]);
    const count = last + (read.cut ? 1 : 0);
    verdict.textContent = count
      ? `${answer > 0.5 ? "Praise" : "Blame"}, says the model: ${format(answer, 3)} for praise after ` +
        `${counted(count, "word")}, ${unknown} of them unknown.`
      : `There is no word to read. After the start alone the model says ${format(answer, 3)} for praise.`;
    chosen.textContent = `The chosen word is ${word}`;
    chart.draw({
      title: `The probability of praise after each word: from ${format(steps[0].answer, 2)} to ${format(answer, 2)}; ` +
        `${format(steps[at].answer, 2)} after ${word}, where it moves by ${signed(changes[at], 2)}.`,
      last: Math.max(1, last),
      unit: "word",
      low: 0,
      high: 1,
      ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]],
      lines: [
        { points: [[at, 0], [at, 1]], tone: "x", words: "", isFaint: true },
        { points: steps.map((one, t) => [t, one.answer]), tone: "h", words: format(answer, 2) },
      ],
    });
    return `${verdict.textContent} ${chosen.textContent}. There the answer moves by ${signed(changes[at], 2)}; ` +
      `without the word the whole text gets ${format(values.without, 3)}. ` +
      `Unit ${unit} there: z ${format(values.z_value, 2)}, h ${format(values.h_value, 2)}.`;
  };
  const takeText = () => {
    box.forget();
    ask();
  };

  body.append(
    element("div", { class: "grulab-stack" }, picked.row, box.row, box.complaint),
    element("div", { class: "grulab-stack" },
      marked.place, marked.cut,
      element("p", { class: "grulab-legend" },
        "A number below a word: how far the answer moved there, + to praise (blue), − to blame (orange). ",
        "[?]: a word that the model does not know. “·” is the start. Press a word to choose it.")),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, atWord.row, atUnit.row, verdict, chosen, answers),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The probability of praise after each word"), chart.svg, inUnit)),
    ...maps.nodes,
    element("p", { class: "grulab-legend" },
      "A row a unit, a column a word. Full colour is 1; in candidate and h grey is below 0. ",
      "The units at the top speak for blame while h is positive, those at the bottom for praise."),
    element("p", { class: "grulab-legend" },
      "What you type is sent nowhere. A copied link opens the chosen text and numbers, not what you typed."),
  );
  return live(draw, {
    drawings: [chart],
    ends: [listen(model, ["text"], takeText), listen(model, ["preset"], box.clear)],
  });
}

export default { render };
