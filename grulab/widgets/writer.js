// Writer: what comes next? A trained model continues a text or a tune, symbol by symbol, and says how surprised it was.
// The model and the draw are nextsymbol.js. What is typed stays in textbox.js: it is written into no trait and no link.

const PACE = 120; // milliseconds between two symbols of a run
const SHOWN = 8; // so many of the most probable next symbols have a bar
const TALL = 8; // bits of surprise that fill the bar below a symbol

/** Return a symbol as a word: a space would not be seen. */
const wordFor = (symbol) => (symbol === " " ? "space" : symbol);

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Show the sequence, below each symbol a bar as tall as its surprise; what the model wrote is marked. */
function sequenceOf(symbols, isText) {
  const place = element("p", { class: `writer-sequence${isText ? "" : " apart"}` });
  let drawn = [];
  const draw = ({ ids, bits, begun }) => {
    const wanted = ids.map((id, t) => `${id} ${t < begun} ${t ? bits[t - 1].toFixed(2) : ""}`);
    let same = 0;
    while (same < drawn.length && drawn[same] === wanted[same]) same += 1;
    while (place.childNodes.length > same) place.lastChild.remove();
    const fresh = ids.slice(same).map((id, n) => {
      const t = same + n;
      const made = element("span", { class: `writer-symbol${t < begun ? "" : " written"}` }, symbols[id]);
      made.style.setProperty("--share", t ? Math.min(1, bits[t - 1] / TALL).toFixed(3) : "0");
      return made;
    });
    place.append(...fresh);
    drawn = wanted;
  };
  /** Mark the symbol that sounds; null for none. */
  const mark = (at) => {
    place.querySelector(".now")?.classList.remove("now");
    if (at !== null) place.childNodes[at]?.classList.add("now");
  };
  return { place, draw, mark };
}

/** Draw the most probable next symbols as bars with numbers, and the sum of the others. */
function candidates(symbols) {
  const list = element("ol", { class: "writer-next" });
  const named = Math.min(SHOWN, symbols.length);
  const rows = Array.from({ length: named + (named < symbols.length ? 1 : 0) }, () => {
    const [name, filled, number] = [element("span"), element("i"), element("b")];
    const filling = element("span", { class: "grulab-bar share", "aria-hidden": "true" }, filled);
    const line = element("li", { class: "tone-h" }, name, filling, number);
    return { line, name, filled, number };
  });
  list.append(...rows.map(({ line }) => line));
  const draw = (p) => {
    const order = p.map((_, k) => k).sort((a, b) => p[b] - p[a] || a - b).slice(0, named);
    const shown = order.map((k) => [wordFor(symbols[k]), p[k]]);
    const others = p.reduce((sum, one) => sum + one, 0) - shown.reduce((sum, [, one]) => sum + one, 0);
    const values = [...shown, ["all others", Math.max(0, others)]];
    rows.forEach(({ name, filled, number }, row) => {
      const [words, value] = values[row];
      name.textContent = words;
      filled.style.width = `${(100 * value).toFixed(2)}%`;
      number.textContent = format(value, 3);
    });
    return shown;
  };
  return { list, draw };
}

/** Make the three buttons that write: one symbol, on and on until paused, from the beginning again. */
function pen({ noun, count, last, canWrite, writeTo, guarded, ask }) {
  let timer = 0;
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    runs.textContent = "Write on";
  };
  const once = () => {
    if (count() < last && canWrite()) writeTo(count() + 1);
    if (count() >= last) pause();
  };
  const start = () => {
    if (!canWrite()) return;
    if (count() >= last) writeTo(0);
    runs.textContent = "Pause";
    // who wants less motion gets more symbols at a time, and fewer pictures
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    timer = setInterval(guarded(() => {
      for (let n = 0; timer && n < (still ? 8 : 1); n += 1) once();
    }), still ? 8 * PACE : PACE);
  };
  const runs = button("Write on", () => (timer ? (pause(), ask()) : start()), { "data-act": "run" });
  const one = button(`One ${noun}`, guarded(() => {
    pause();
    once();
  }), { "data-act": "once" });
  const again = button("Begin again", guarded(() => {
    pause();
    writeTo(0);
  }), { "data-act": "again" });
  return { row: element("div", { class: "grulab-buttons" }, one, runs, again), pause, isWriting: () => timer !== 0 };
}

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const [symbols, presets, sounds, noun] = ["symbols", "presets", "sounds", "noun"].map(get);
  const isText = typeof presets[0][1] === "string";
  const names = Object.keys(get("limits")).filter((name) => name !== "level" || sounds.length);
  const [, last] = get("limits").written;
  const python = () => {
    const kept = sounds.length ? `, sounds=sounds, tempo=${get("tempo")}` : "";
    const words = `length=${last}, noun="${noun}", name="${get("name")}"`;
    return `Writer(parts, symbols, presets${kept}, ${words}, ${keywords(model, names)}${box.python()})`;
  };
  const set = (values) => save(model, values);
  const writer = writerFrom({ table: get("table"), layer: get("layer"), output: get("output") });
  const beginningNow = () => (isText ? idsOf(box.now(), symbols) : { ids: box.now(), unknown: 0 });

  const { root, body, guarded, ask, live } = frame({
    model, el, page, title: `A model that names the next ${noun}`, names, python,
    onReset: () => takeText(),
  });
  root.classList.add("writer");
  root.dataset.writer = get("name");

  const writing = pen({
    noun, last, guarded, ask,
    count: () => get("written"),
    canWrite: () => beginningNow().ids.length > 0,
    writeTo: (written) => set({ written }),
  });
  const titles = [...presets.map(([title]) => title), ...(isText ? ["a text of your own"] : [])];
  const picked = choice(model, "preset", { symbol: "Beginning", options: titles });
  const box = textBox(model, {
    label: "The beginning",
    hint: "Type a beginning here.",
    typed: () => {
      writing.pause();
      set({ preset: box.own, written: 0 });
      ask();
    },
  });
  const sliders = [
    ["temperature", { symbol: "temperature", text: "of the draw", tone: "candidate" }],
    ["seed", { symbol: "seed", text: "of the draw", tone: "x" }],
    ["written", { symbol: "written", text: `${noun}s behind the beginning`, tone: "h" }],
  ].map(([name, options]) => slider(model, name, options));
  const shown = sequenceOf(symbols, isText);
  const bars = candidates(symbols);
  const verdict = element("p", { class: "grulab-verdict" });
  const chart = lineChart(140);
  let notes = [];
  const sound = sounds.length
    ? soundControls(model, {
        play: (voice, options) => voice.playNotes(notes, { tempo: get("tempo"), ...options }),
        follow: (seconds) => shown.mark(seconds === null ? null : entryAt(scheduleOf(notes, get("tempo")), seconds)),
        guarded,
      })
    : null;

  const guess = Math.log2(symbols.length);
  const inWords = (unknown, begun, bits, count) => {
    const left = unknown ? ` ${counted(unknown, "character")} unknown to the model left out.` : "";
    if (!begun) return `Type at least one ${noun} that the model knows.${left}`;
    const average = (values) => `${format(meanOf(values), 2)} bits a ${noun} on average`;
    const first = begun > 1 ? `Surprise of the beginning: ${average(bits.slice(0, begun - 1))}.` : "";
    const behind = count ? ` Of the ${counted(count, noun)} written: ${average(bits.slice(begun - 1))}.` : "";
    return `${first}${behind} A blind guess among ${symbols.length}: ${format(guess, 2)} bits.${left}`;
  };
  const chartOf = (bits, begun, words) => {
    const highest = 2 * Math.ceil(Math.max(TALL, ...bits) / 2);
    const points = bits.map((value, t) => [t + 1, value]);
    chart.draw({
      title: `Surprise of each ${noun} in bits. ${words}`,
      last: Math.max(1, bits.length),
      unit: `${noun}s`,
      low: 0,
      high: highest,
      ticks: [[0, "0"], [highest / 2, format(highest / 2, 0)], [highest, format(highest, 0)]],
      level: [guess, "a blind guess"],
      lines: [
        { points: points.slice(0, begun), tone: "x", words: "" },
        { points: points.slice(Math.max(0, begun - 1)), tone: "h", words: "" },
      ],
    });
  };
  let sounding = "";
  const draw = () => {
    picked.show();
    for (const { show } of sliders) show();
    if (isText) box.show();
    const { ids: beginning, unknown } = beginningNow();
    const count = beginning.length ? get("written") : 0;
    const settings = { count, temperature: get("temperature"), seed: get("seed") };
    const { ids, steps } = beginning.length ? writer.write(beginning, settings) : { ids: [], steps: [] };
    const bits = surpriseOf(ids, steps);
    shown.draw({ ids, bits, begun: beginning.length });
    const words = inWords(unknown, beginning.length, bits, count);
    verdict.textContent = words;
    chartOf(bits, beginning.length, words);
    bars.list.hidden = !ids.length;
    const best = ids.length ? bars.draw(atTemperature(steps[steps.length - 1].p, settings.temperature)) : [];
    if (sound) {
      notes = ids.map((id) => sounds[id]);
      if (sounding !== ids.join()) sound.stop();
      sounding = ids.join();
      sound.show();
    }
    if (writing.isWriting()) return "";
    if (!best.length) return words;
    const newest = ids.slice(beginning.length).map((id) => symbols[id]).join(isText ? "" : " ");
    return `${count ? `Written: ${newest}. ` : ""}${words} Next: ${best.slice(0, 3)
      .map(([name, p]) => `${name} ${format(p, 2)}`).join(", ")}.`;
  };
  const another = () => {
    writing.pause();
    box.clear();
  };
  const takeText = () => {
    another();
    box.forget();
    ask();
  };

  body.append(
    element("div", { class: "grulab-stack" }, picked.row, ...(isText ? [box.row, box.complaint] : [])),
    element("div", { class: "grulab-stack" }, shown.place,
      element("p", { class: "grulab-legend" },
        `Underlined: what the model wrote. The bar below a ${noun}: its surprise, −log2 of the probability that the model `,
        `had given it at temperature 1; full height is ${TALL} bits or more.`)),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, ...sliders.map(({ row }) => row), writing.row, ...(sound ? [sound.row] : [])),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, `The next ${noun}: probabilities at this temperature`), bars.list)),
    element("div", { class: "grulab-stack" },
      verdict, element("p", { class: "grulab-heading" }, `Surprise of each ${noun}, in bits`), chart.svg),
  );
  if (isText) {
    body.append(element("p", { class: "grulab-legend" },
      "What you type is sent nowhere. A copied link opens the chosen numbers, not what you typed."));
  }
  return live(draw, {
    drawings: [chart],
    ends: [listen(model, ["text"], takeText), listen(model, ["preset"], another), writing.pause, ...(sound ? [sound.end] : [])],
  });
}

export default { render };
