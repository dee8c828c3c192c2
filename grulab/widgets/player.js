// Player: what does it believe, and since when? A recording plays through a trained GRU, frame by frame.
// The arithmetic is gru.js and recording.js, the pictures playerviews.js.

/** Say which class is believed, and how much. */
const believed = (classes, belief) => `${classes[bestOf(belief)]}, ${format(Math.max(...belief), 3)}`;

/** Say what the answer is worth: `found` and `truth` are a class each, or rows of classes. */
function verdictOf(classes, found, truth) {
  const words = (one) => [one].flat().map((k) => classes[k]).join(" ") || "nothing";
  const isRight = words(found) === words(truth);
  return `The truth: ${words(truth)}. ${isRight ? "✓ The same." : "✗ Not the same."}`;
}

/** Make the chart of the beliefs so far: `draw(beliefs, start, at)` shows them up to frame `at`. */
function beliefChart(classes) {
  const chart = lineChart(190);
  const draw = (beliefs, start, at) => {
    const known = [start, ...beliefs.slice(0, at + 1)];
    chart.draw({
      title: `The belief after each frame read so far, ${at + 1} of ${beliefs.length}: ` +
        `${classes.map((one, k) => `${one} ${known.map((belief) => format(belief[k], 2)).join(", ")}`).join("; ")}. The first numbers are before any frame.`,
      last: beliefs.length,
      unit: "frames read",
      low: 0,
      high: 1,
      ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]],
      lines: classes.map((one, k) => ({
        points: known.map((belief, t) => [t, belief[k]]), tone: toneOf(k), words: one,
      })),
    });
  };
  return { ...chart, draw };
}

/** Return a function that plays: `toggle()` begins or pauses; `advance()` goes on by a frame and returns whether there is a next. */
function clock({ pace, rewind, advance, changed }) {
  let timer = 0;
  const isPlaying = () => timer !== 0;
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    changed();
  };
  const next = () => {
    // who wants less motion gets two frames a second at most
    const most = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 : Infinity;
    timer = setTimeout(() => (advance() ? next() : stop()), 1000 / Math.min(pace(), most));
  };
  const toggle = () => {
    if (isPlaying()) return stop();
    rewind();
    next();
    return changed();
  };
  return { toggle, stop, isPlaying, end: () => clearTimeout(timer) };
}

/** Return the line of Python that makes the widget from what the page was made of. */
function playerInPython(get, names) {
  const { rate, blank } = get("setting");
  const given = ["weights", "head", "examples", "truths", "classes", "titles"];
  if (rate !== null) given.push("samples=samples", `rate=${rate}`);
  if (get("columns").length) given.push("columns=columns");
  if (blank !== null) given.push(`blank=${blank}`);
  return `Player(${given.join(", ")}, name=${JSON.stringify(get("name"))}, ${keywords({ get }, names)})`;
}

function render({ model, el, page }) {
  const get = (name) => model.get(name);
  const { kind, rate, blank, orders } = get("setting");
  const isFilm = kind === "film";
  const hasSound = rate !== null;
  const names = ["example", "step", ...(isFilm ? ["order", "draw", "pace"] : []), ...(hasSound ? ["level"] : [])];
  const [classes, truths, columns] = ["classes", "truths", "columns"].map(get);
  const { root, body, guarded, ask, live } = frame({
    model, el, page, names,
    title: isFilm ? "A film, read frame by frame" : "A sound, read column by column",
    python: () => playerInPython(get, names),
    onReset: () => hush(),
  });
  root.classList.add("recorded");
  root.dataset.player = get("name");
  const { trained, recordings } = recordedOf(get);
  const set = (values) => save(model, values);
  const lastOf = () => recordings[get("example")].length - 1;
  const choose = (t) => set({ step: t + 1 });

  // what is read changes with the recording and the order alone
  let read = { key: "" };
  const reading = () => {
    const key = [get("example"), get("order"), get("order") === 2 && get("draw")].join();
    if (read.key !== key) {
      const recording = recordings[get("example")];
      const places = orderOf(recording.length, isFilm ? get("order") : 0, get("draw"));
      const frames = places.map((t) => recording[t]);
      read = { key, places, frames, ...beliefsOf(trained, frames) };
      read.best = read.beliefs.map(bestOf);
    }
    return read;
  };

  const unit = isFilm ? "frame" : "column";
  const picked = choice(model, "example", { symbol: isFilm ? "Film" : "Recording", options: get("titles") });
  const atStep = slider(model, "step", { symbol: `${unit}s read`, text: "so far", tone: "x" });
  const filmControls = isFilm
    ? [
        choice(model, "order", { symbol: "Order of the frames", options: orders }),
        slider(model, "draw", { symbol: "shuffle", text: "which of a hundred", tone: "r" }),
        slider(model, "pace", { symbol: "pace", text: "frames a second", tone: "z" }),
      ]
    : [];
  const ticking = clock({
    pace: () => get("pace"),
    rewind: () => get("step") > lastOf() && choose(0),
    advance: () => {
      choose(Math.min(get("step"), lastOf()));
      return get("step") <= lastOf();
    },
    changed: () => {
      play.textContent = ticking.isPlaying() ? "Pause" : "Play";
      ask(); // at rest the belief is said
    },
  });
  const play = button("Play", ticking.toggle, { "data-act": "play" });
  const sound = hasSound && soundControls(model, {
    play: (voice, options) => voice.playSamples(numbersOf(get("sounds")[get("example")]), rate, options),
    follow: (seconds) => {
      if (seconds === null) return;
      const { shape: [count] } = get("sounds")[get("example")];
      choose(Math.min(lastOf(), Math.floor((seconds * rate * recordings[get("example")].length) / count)));
    },
    guarded,
  });
  const still = () => sound && sound.stop();
  const hush = () => {
    if (ticking.isPlaying()) ticking.stop();
    still();
  };
  // what sounds sets the step by itself, and would take it back at once
  atStep.row.addEventListener("input", still);
  const pick = (t) => {
    still();
    choose(t);
  };

  const view = isFilm ? filmView({ choose: pick }) : soundView({ classes, blank, choose: pick });
  const chart = isFilm ? beliefChart(classes) : null;
  const table = tableOf(`The belief after this ${unit}`,
    classes.map((one, k) => [`belief_${k}`, one, "", 3, "share", toneOf(k)]));
  const now = element("p", { class: "grulab-verdict" });

  const draw = () => {
    const { places, frames, start, beliefs, best } = reading();
    const at = Math.min(get("step") - 1, lastOf());
    if (at < get("step") - 1) choose(at); // a shorter recording shortens the slider
    const truth = truths[get("example")];
    picked.show();
    atStep.show(lastOf() + 1);
    for (const { show } of filmControls) show();
    sound && sound.show();
    fill(root, Object.fromEntries(beliefs[at].map((share, k) => [`belief_${k}`, share])));
    if (isFilm) {
      view.draw({ frames, places, size: get("frames")[get("example")].shape.slice(1), at });
      chart.draw(beliefs, start, at);
    } else {
      view.draw({ frames, beliefs, best, truth: columns[get("example")] ?? null, at });
    }
    const after = `After ${at + 1} of ${counted(frames.length, unit)}: ${believed(classes, beliefs[at])}.`;
    const written = Array.isArray(truth) ? writtenOf(best, blank) : best[at];
    const down = Array.isArray(truth) ? ` Written down, of all columns: ${written.map((k) => classes[k]).join(" ") || "nothing"}.` : "";
    // backwards and shuffled films are other films: what was true of the recording need not be
    const worth = isFilm && get("order") ? ` Recorded was: ${classes[truth]}.` : ` ${verdictOf(classes, written, truth)}`;
    now.textContent = `${after}${down}${worth}`;
    return ticking.isPlaying() ? "" : now.textContent;
  };

  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, picked.row, ...filmControls.map(({ row }) => row)),
      element("div", { class: "grulab-stack" },
        ...(isFilm ? [view.node] : []),
        ...(sound ? [sound.row] : []))),
    ...(isFilm ? [view.all] : [view.node]),
    element("div", { class: "grulab-stack" },
      ...(isFilm ? [element("div", { class: "grulab-buttons" }, play)] : []), atStep.row, now),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" }, table),
      ...(chart ? [element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "The belief after each frame so far"), chart.svg)] : [])),
  );
  return live(draw, {
    drawings: chart ? [chart] : [],
    ends: [listen(model, ["example", "order", "draw"], hush), ticking.end, ...(sound ? [sound.end] : [])],
  });
}

export default { render };
