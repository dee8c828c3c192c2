// TrainingGround: a small GRU learns in the page. Start its update gate open or half open, and watch.
// Tasks and training are trial.js; here are the run in slices of a frame, and the drawings.

const SLICE = 9; // milliseconds of a frame that may go into updates
const GAP = 1000; // milliseconds between two slices after which the pace is taken anew: a hidden tab gets no frame

// ---- drawings ----

/** Draw z of every unit at every step as a field of cells, dark where the unit keeps. */
function gateField() {
  const canvas = element("canvas", { class: "training-field", role: "img" });
  const colour = coloursOf(canvas);
  const draw = ({ z, timeSteps }) => {
    const units = z.length / timeSteps;
    canvas.width = timeSteps;
    canvas.height = units;
    const context = canvas.getContext("2d");
    context.fillStyle = colour("--gru-z");
    let sum = 0;
    for (let t = 0; t < timeSteps; t += 1) {
      for (let unit = 0; unit < units; unit += 1) {
        const value = z[t * units + unit];
        sum += value;
        context.globalAlpha = value;
        context.fillRect(t, unit, 1, 1);
      }
    }
    canvas.setAttribute(
      "aria-label",
      `z of ${units} units over ${timeSteps} time steps of one fresh sequence; its mean is ${format(sum / z.length, 2)}.`,
    );
  };
  return { canvas, draw };
}

/** Draw the probability of every class as a bar; the right one is marked by a word. */
function guesses() {
  const list = element("ol", { class: "training-guesses" });
  let rows = [];
  const row = () => {
    const [words, filled, number, right] = [element("span"), element("i"), element("b"), element("span", { class: "training-right" })];
    const filling = element("span", { class: "grulab-bar share", "aria-hidden": "true" }, filled);
    return { line: element("li", { class: "tone-h" }, words, filling, number, right), words, filled, number, right };
  };
  const draw = ({ probabilities, label }) => {
    if (rows.length !== probabilities.length) {
      rows = Array.from(probabilities, row);
      list.replaceChildren(...rows.map(({ line }) => line));
    }
    rows.forEach(({ words, filled, number, right }, k) => {
      words.textContent = rows.length === 2 ? ["below 0.5", "above 0.5"][k] : `symbol ${k}`;
      filled.style.width = `${100 * probabilities[k]}%`;
      number.textContent = format(probabilities[k], 2);
      right.textContent = k === label ? "← right" : "";
    });
  };
  return { list, draw };
}

/** Draw the loss and the mean of z over the updates, dashed those of the run before. */
function curves() {
  const [loss, meanZ] = [lineChart(230), lineChart(170)];
  const draw = ({ updates, points, before, now, guess, z }) => {
    const furthest = Math.max(300, updates, before ? before[before.length - 1][0] : 0);
    const last = 100 * Math.ceil(furthest / 100);
    const lines = (which, tone, words) => [
      ...(before ? [{ points: before.map((one) => [one[0], one[which]]), tone, words: "before", isFaint: true }] : []),
      { points: points.map((one) => [one[0], one[which]]), tone, words },
    ];
    loss.draw({
      title: `The loss over ${updates} updates; now ${format(now.loss, 3)}. A guess has ${format(guess, 3)}.`,
      last,
      low: 0,
      high: 1.2 * guess,
      ticks: guess > 1 ? [[0, "0"], [1, "1"], [2, "2"]] : [[0, "0"], [0.5, "0.5"]],
      unit: "updates",
      level: [guess, "a guess"],
      lines: lines(1, "h", "loss"),
    });
    meanZ.draw({
      title: `The mean of z over ${updates} updates; now ${format(z, 2)}.`,
      last,
      low: 0,
      high: 1,
      ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]],
      unit: "updates",
      lines: lines(3, "z", "mean z"),
    });
  };
  const node = element("div", { class: "grulab-stack" },
    element("p", { class: "grulab-heading" }, "Loss"), loss.svg,
    element("p", { class: "grulab-heading" }, "Mean of z"), meanZ.svg);
  return { node, draw, drawings: [loss, meanZ] };
}

// ---- the widget ----

function render({ model, el, page }) {
  const names = Object.keys(model.get("limits"));
  const settings = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const python = () => `TrainingGround(${keywords(model, names)})`;
  const last = model.get("last");
  // first of all: a shared link changes the settings
  const { root, body, guarded, ask, live } = frame({
    model, el, page, title: "A GRU that learns in this page", names, python, onReset: () => restart({ keepBefore: false }),
  });
  root.classList.add("training");

  let trial = new Trial(settings());
  let before = null; // the run before this one, for comparison: its task and its points
  let running = 0;
  let drawn = 0;
  let begun = { at: 0, updates: 0 };

  const pause = () => {
    cancelAnimationFrame(running);
    running = 0;
    train.textContent = "Train";
  };
  let sliced = 0;
  const slice = guarded((now) => {
    const end = performance.now() + SLICE;
    if (now - sliced > GAP) begun = { at: now, updates: trial.updates };
    sliced = now;
    while (trial.updates < last && performance.now() < end) trial.update();
    if (trial.updates >= last) {
      pause();
      ask();
      return;
    }
    running = requestAnimationFrame(slice);
    // ten pictures a second are enough; who wants less motion gets two
    const rest = matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 100;
    if (now - drawn > rest) ask();
  });
  let isStale = false; // settings have changed, and the next picture shows another start
  const restart = ({ keepBefore }) => {
    pause();
    if (trial.points.length > 1) before = { task: trial.task, points: trial.points };
    // another task has another loss of a guess, so its curve says nothing here
    if (!keepBefore || before?.task !== model.get("task")) before = null;
    isStale = true;
    ask();
  };
  const refresh = () => {
    if (isStale) trial = new Trial(settings());
    isStale = false;
  };
  const start = () => {
    refresh();
    if (trial.updates >= last) {
      restart({ keepBefore: true });
      refresh();
    }
    sliced = performance.now();
    begun = { at: sliced, updates: trial.updates };
    train.textContent = "Pause";
    running = requestAnimationFrame(slice);
  };

  const train = button("Train", () => (running ? (pause(), ask()) : start()), { "data-act": "train" });
  const once = button("One update", guarded(() => {
    pause();
    refresh();
    if (trial.updates < last) trial.update();
    ask();
  }), { "data-act": "once" });

  const task = choice(model, "task", { symbol: "Task", options: model.get("tasks") });
  const sliders = [
    ["lag", { symbol: "lag", text: "steps to remember over", tone: "x" }],
    ["update_bias", { symbol: "update bias", text: "at the start", tone: "z" }],
    ["units", { symbol: "units", text: "", tone: "h" }],
    ["rate", { symbol: "learning rate", text: "of Adam", tone: "candidate" }],
    ["seed", { symbol: "seed", text: "of the start weights", tone: "x" }],
  ].map(([name, options]) => slider(model, name, options));

  const charts = curves();
  const field = gateField();
  const bars = guesses();
  const table = tableOf(`Means of the newest updates, at most ${EVERY}`, [
    ["updates", "updates", `of ${BATCH} fresh sequences`, 0, "share", "x"],
    ["loss", "loss", "", 3, "share", "h"],
    ["guess", "a guess", "its loss", 3, "share", "h"],
    ["share", "named right", "share of the sequences", 3, "share", "h"],
    ["z", "z", "mean", 3, "share", "z"],
    ["speed", "updates", "a second", 0, "share", "x"],
  ]);
  for (const cell of table.querySelectorAll(".grulab-barcell")) cell.remove();

  const draw = () => {
    drawn = performance.now();
    refresh();
    const { updates, now, points, classes } = trial;
    const seen = trial.look();
    const z = Number.isNaN(now.z) ? seen.z.reduce((sum, one) => sum + one, 0) / seen.z.length : now.z;
    const guess = Math.log(classes);
    const speed = running && drawn > begun.at ? (1000 * (updates - begun.updates)) / (drawn - begun.at) : 0;
    task.show();
    for (const { show } of sliders) show();
    fill(root, { updates, loss: now.loss, guess, share: now.share, z, speed });
    charts.draw({ updates, points, before: before?.points, now, guess, z });
    field.draw(seen);
    bars.draw(seen);
    if (running) return "";
    return `${updates} updates: loss ${format(now.loss, 3)}, ${format(100 * now.share, 0)} percent named right, ` +
      `mean z ${format(z, 2)}.`;
  };

  body.append(
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        task.row,
        ...sliders.map(({ row }) => row),
        element("div", { class: "grulab-buttons" }, train, once),
        table),
      charts.node),
    element("div", { class: "grulab-columns" },
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "z on a sequence that is never learnt from"),
        field.canvas,
        element("p", { class: "training-legend" }, "a row a unit, a column a time step; full colour keeps, none overwrites")),
      element("div", { class: "grulab-stack" },
        element("p", { class: "grulab-heading" }, "What it answers at the end of that sequence"),
        bars.list)),
  );
  return live(draw, {
    drawings: charts.drawings,
    ends: [listen(model, names, () => restart({ keepBefore: true })), pause],
  });
}

export default { render };
