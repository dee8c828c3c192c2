// What all widgets share: elements, sliders, the frame with its buttons, announcements. No arithmetic.
// Text that readers type or that a link carries only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const element = (tag, attributes = {}, ...children) =>
  build(document.createElement(tag), attributes, children);

export const shape = (tag, attributes = {}, ...children) =>
  build(document.createElementNS(SVG, tag), attributes, children);

/** Write a number with a true minus sign; a rounded zero has none. */
export function format(value, digits) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** Write a whole number with a comma before each three digits. */
export const thousands = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** Count things in words: 1 zero, 2 zeros. */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Make a place for the number `name`; `fill` writes it. With `bracket` a negative one gets parentheses. */
export const slot = (name, digits, { bracket = false, make = element, ...attributes } = {}) =>
  make(make === shape ? "text" : "b", {
    "data-number": name,
    "data-digits": digits,
    ...(bracket ? { "data-bracket": "" } : {}),
    ...attributes,
  });

/** Make a bar for the number `name`: a share grows from 0 to 1, a signed number from the middle. */
export const bar = (name, kind) =>
  element("span", { class: `grulab-bar ${kind}`, "aria-hidden": "true" }, element("i", { "data-bar": name }));

/** Write the numbers into all their slots and bars below `root`. */
export function fill(root, values) {
  for (const node of root.querySelectorAll("[data-digits]")) {
    const value = values[node.dataset.number];
    const text = format(value, Number(node.dataset.digits));
    node.textContent = "bracket" in node.dataset && text.startsWith("−") ? `(${text})` : text;
  }
  for (const node of root.querySelectorAll("[data-bar]")) {
    const value = Math.max(-1, Math.min(1, values[node.dataset.bar]));
    const signed = node.parentNode.classList.contains("signed");
    node.style.left = signed ? `${50 + 50 * Math.min(0, value)}%` : "0";
    node.style.width = `${(signed ? 50 : 100) * Math.abs(value)}%`;
  }
}

/** Make the cells at the head of a table's columns; one without words heads nothing. */
export function headCells(words) {
  return words.map((each) => (each ? element("th", { scope: "col" }, each) : element("td")));
}

/** Make a table of `[name, symbol, words, digits, kind of bar, tone]`, one number a row. */
export function tableOf(caption, rows) {
  const line = ([name, symbol, words, digits, kind, tone]) =>
    element(
      "tr",
      { class: `tone-${tone}` },
      element("th", { scope: "row" }, element("b", {}, symbol), ` ${words}`),
      element("td", {}, slot(name, digits)),
      element("td", { class: "grulab-barcell" }, bar(name, kind)),
    );
  return element(
    "table",
    { class: "grulab-table" },
    element("caption", {}, caption),
    element("tbody", {}, ...rows.map(line)),
  );
}

/** Give the model new values, name → value, and hand them on to Python where there is one. */
export function save(model, values) {
  model.set(values);
  model.save_changes();
}

/** Round for a place in a drawing: shorter attributes, same picture. */
export const place = (pixels) => pixels.toFixed(2);

const digitsOf = (size) => (String(size).split(".")[1] ?? "").length;

/**
 * Make a labelled slider for one number of the model: `symbol` in the colour of `tone` (x, h, z, r or candidate), `text`
 * behind it, `label` for screen readers where these two say too little alone. `show()` brings it up to date, `show(last)`
 * lets it end there. Returns `{row, show}`.
 */
export function slider(model, name, { symbol, text, tone, label = text ? `${symbol}, ${text}` : symbol }) {
  const [low, high, size] = model.get("limits")[name];
  const number = element("span", { class: "grulab-value", "data-number": name, "aria-hidden": "true" });
  const input = element("input", {
    type: "range",
    min: low,
    max: high,
    step: size,
    "aria-label": label,
    "data-control": name,
  });
  input.addEventListener("input", () => save(model, { [name]: input.valueAsNumber }));
  const words = element("span", { class: "grulab-words" }, element("b", {}, symbol));
  if (text) words.append(` ${text}`);
  const row = element("label", { class: `grulab-slider tone-${tone}` }, words, number, input);
  let shown; // most moves are those of another slider: what stands already is not written again
  const show = (last = high) => {
    const value = Math.min(model.get(name), last);
    if (shown === `${value} of ${last}` && input.valueAsNumber === value) return;
    shown = `${value} of ${last}`;
    number.textContent = format(value, digitsOf(size));
    input.max = last;
    input.value = value;
    input.style.setProperty("--filled", `${(100 * (value - low)) / Math.max(size, last - low)}%`);
    input.setAttribute("aria-valuetext", number.textContent);
  };
  return { row, show };
}

/** Make a labelled choice among words for the number `name`, which counts them from 0; `label` as for a slider. */
export function choice(model, name, { symbol, options, label = symbol }) {
  const input = element(
    "select",
    { "aria-label": label, "data-control": name },
    ...options.map((words, value) => element("option", { value }, words)),
  );
  input.addEventListener("change", () => save(model, { [name]: Number(input.value) }));
  const row = element("label", { class: "grulab-choice" }, element("b", {}, symbol), input);
  return { row, show: () => (input.value = model.get(name)) };
}

export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", class: "grulab-button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** Fold things away under a heading that opens by click, Enter or Space. */
export const fold = (heading, ...children) =>
  element("details", { class: "grulab-fold" }, element("summary", {}, heading), ...children);

/**
 * Say the newest text to screen readers once it has stood for a moment, unless it is what they know already: what was
 * said last or, before anything is said, the text that `known(text)` was told of.
 */
export function announcer() {
  const line = element("p", { class: "grulab-unseen", "aria-live": "polite" });
  let timer;
  let last;
  const say = (text) => {
    clearTimeout(timer);
    if (text === last) return;
    timer = setTimeout(() => {
      last = text;
      line.textContent = text;
    }, 700);
  };
  return { line, say, known: (text) => (last = text), stop: () => clearTimeout(timer) };
}

/** Draw at most once a frame, however often it is asked for. */
export function painter(draw) {
  let frame = 0;
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  return { ask, stop: () => cancelAnimationFrame(frame) };
}

/** Call `act` after each change of one of the traits; return what ends it. */
export function listen(model, names, act) {
  for (const name of names) model.on(`change:${name}`, act);
  return () => {
    for (const name of names) model.off(`change:${name}`, act);
  };
}

/**
 * Keep keys pressed in the widget from the shortcuts of JupyterLab, which listens on the document in the capture
 * phase: arrows would leave the cell and letters would cut it. The control itself still gets the key's effect.
 */
export function shield(root) {
  const guard = (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    const leaves = event.key === "Tab" || event.key === "Escape";
    if (!command && !leaves && event.composedPath().includes(root)) event.stopPropagation();
  };
  window.addEventListener("keydown", guard, true);
  return () => window.removeEventListener("keydown", guard, true);
}

/** Return the state under the widget's name in a link: `z:0.5,r:0.2`. */
export const stateText = (model, names) => names.map((name) => `${name}:${model.get(name)}`).join(",");

/** Return the same state as Python's keyword arguments: `z=0.5, r=0.2`. */
export const keywords = (model, names) => names.map((name) => `${name}=${model.get(name)}`).join(", ");

/** Cut what a link says for a sentence: whoever made it may have written a book. */
const brief = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Read a state back, each number within its limits; throw an Error with a sentence for anything else. */
export function readState(text, limits, names) {
  const state = {};
  for (const part of text.split(",")) {
    const [name, number, ...rest] = part.split(":");
    if (!names.includes(name) || rest.length) {
      throw new Error(`the link names “${brief(name)}”, but this widget has ${names.join(", ")}`);
    }
    const [low, high, size] = limits[name];
    const value = number?.trim() ? Number(number) : NaN;
    const whole = !Number.isInteger(size) || Number.isInteger(value);
    if (!(value >= low && value <= high && whole)) {
      const noun = Number.isInteger(size) ? "whole number" : "number";
      const given = brief(number ?? "");
      throw new Error(`the link sets ${name} to “${given}”, but it must be a ${noun} from ${low} to ${high}`);
    }
    state[name] = value;
  }
  return state;
}

/** Return the page's address with the widget's state in the query part, and the section to land on. */
export function linkTo(model, names, address, section) {
  const link = new URL(address);
  const name = model.get("name");
  link.searchParams.delete(name);
  const others = link.searchParams.toString();
  link.search = `${others}${others && "&"}${name}=${stateText(model, names)}`;
  if (section) link.hash = section;
  return link.href;
}

/**
 * Keep a widget's picture up to date: `ask()` asks for a new one, which comes at most once a frame.
 * `live(draw, {drawings, ends})` draws the first; from then on one follows each change of the state, of the width of the
 * `drawings` and of the colours, and what `draw()` returns is said to screen readers when it is new. It returns the
 * clean-up of all this, of `stop` and of what else the widget has to end.
 */
function lifeOf({ model, root, names, body, guarded, stop }) {
  const spoken = announcer();
  let draw;
  const paint = painter(guarded(() => {
    const words = draw();
    // no words: something runs, and what waits to be said is no longer so
    if (words) spoken.say(words);
    else spoken.stop();
  }));
  const live = (first, { drawings = [], ends = [] } = {}) => {
    draw = first;
    body.append(spoken.line);
    const deaf = listen(model, names, paint.ask);
    const unfollow = [followLook(root, paint.ask), ...drawings.map(({ follow }) => follow(paint.ask))];
    // what is there at the start is read with the page, so it is not said
    guarded(() => spoken.known(draw()))();
    return () => {
      for (const end of [deaf, ...unfollow, ...ends, paint.stop, spoken.stop, stop]) end();
    };
  };
  return { ask: paint.ask, live };
}

// What each model began with, by its limits: in a notebook each view has a model of its own around the same values.
const beginnings = new WeakMap();

/** Return the numbers `names` as they were when the model was first shown. */
function beginningOf(model, names) {
  const limits = model.get("limits");
  if (!beginnings.has(limits)) beginnings.set(limits, {});
  const begun = beginnings.get(limits);
  for (const name of names) begun[name] ??= model.get(name);
  return Object.fromEntries(names.map((name) => [name, begun[name]]));
}

/**
 * Put a title, buttons and the place for errors around a widget.
 * `names` are the numbers that make its state; `python()` is the same state as a line of Python; `onReset()` is
 * called when the reader has set them back.
 * Returns `{root, body, guarded, ask, live}`: fill `body`, then return `live(draw)`; wrap in `guarded` what else may
 * fail while the widget lives.
 */
export function frame({ model, el, page, title, names, python, onReset }) {
  const first = beginningOf(model, names);
  const alert = element("p", { class: "grulab-alert", role: "alert" });
  const note = element("p", { class: "grulab-note", role: "status" });
  const field = element("input", { class: "grulab-field", readonly: "", "aria-label": "text to copy" });
  field.hidden = true;

  let failed = false;
  const guarded = (act) => (...details) => {
    try {
      act(...details);
      if (failed) alert.textContent = "";
      failed = false;
    } catch (error) {
      failed = true;
      alert.textContent = `This widget cannot go on: ${error.message}. Reset it, or reload the page.`;
    }
  };

  async function copy(text, what) {
    field.value = text;
    try {
      await navigator.clipboard.writeText(text);
      field.hidden = true;
      note.textContent = `${what} is copied.`;
    } catch {
      // no right to the clipboard: the reader copies by hand
      field.hidden = false;
      field.select();
      note.textContent = `${what}, to copy from the field:`;
    }
  }

  const reset = () => {
    note.textContent = "";
    alert.textContent = "";
    field.hidden = true;
    save(model, first);
    onReset?.();
  };
  const buttons = [
    button("Reset", reset, { "data-act": "reset" }),
    button("Copy as Python", () => copy(python(), "The line of Python"), { "data-act": "python" }),
  ];
  if (page?.canBeLinked) {
    const section = () => el.closest("section[id]")?.getAttribute("id");
    const link = () => copy(linkTo(model, names, location.href, section()), "The link to this state");
    buttons.push(button("Copy link", link, { "data-act": "link" }));
  }

  const body = element("div", { class: "grulab-body" });
  const root = element(
    "div",
    { class: "grulab", role: "group", "aria-label": title },
    element("p", { class: "grulab-title" }, title),
    alert,
    body,
    element("div", { class: "grulab-buttons" }, ...buttons, note),
    field,
  );
  el.replaceChildren(root);

  const shared = page?.canBeLinked && new URLSearchParams(location.search).get(model.get("name"));
  if (shared) {
    try {
      model.set(readState(shared, model.get("limits"), names));
    } catch (error) {
      alert.textContent = `The shared state was not used: ${error.message}.`;
    }
  }
  return { root, body, guarded, ...lifeOf({ model, root, names, body, guarded, stop: shield(root) }) };
}
