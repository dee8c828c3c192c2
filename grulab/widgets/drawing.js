// Small helpers for drawings: words, numbers and lines in an SVG, its width, a chart of lines, an empty canvas, its
// colours, and what points into a drawing.

export const text = (x, y, words, attributes = {}) => shape("text", { x, y, ...attributes }, words);

export const slotAt = (x, y, name, digits, tone) =>
  slot(name, digits, { make: shape, x, y, class: `tone-${tone} number` });

export const polyline = (points) => points.map(([x, y]) => `${place(x)},${place(y)}`).join(" ");

const systemIsDark = () => matchMedia("(prefers-color-scheme: dark)");

/**
 * Return in one text what the colours of a node hang on: the marks by which a site, Colab, JupyterLab and VS Code name
 * their theme (the same as in grulab/palette.py), the system's scheme, and whether the node is on the page at all.
 */
function lookOf(node) {
  const { documentElement: root, body } = document;
  const editor = body.className.match(/\bvscode-\S+/g);
  return [root.dataset.theme, root.getAttribute("theme"), body.dataset.jpThemeLight, editor, systemIsDark().matches, node.isConnected].join();
}

/** Call `repaint` after each change of the look of a node; return what ends it. */
export function followLook(node, repaint) {
  let look = lookOf(node);
  const check = () => {
    if (look === lookOf(node)) return;
    look = lookOf(node);
    repaint();
  };
  const marks = new MutationObserver(check);
  for (const marked of [document.documentElement, document.body]) {
    marks.observe(marked, { attributeFilter: ["data-theme", "theme", "data-jp-theme-light", "class"] });
  }
  // what comes onto the page gets a size: a notebook puts a widget there once it is drawn
  const arrival = new ResizeObserver(check);
  arrival.observe(node);
  const system = systemIsDark();
  system.addEventListener("change", check);
  return () => {
    marks.disconnect();
    arrival.disconnect();
    system.removeEventListener("change", check);
  };
}

/**
 * Return a function that reads colours for a canvas: `--gru-z`, or `color`. To ask the page for a style after every
 * change makes it lay itself out anew, so they are read again only when the look is another one.
 */
export function coloursOf(node) {
  const known = new Map();
  let look;
  return (name) => {
    const now = lookOf(node);
    if (now !== look) known.clear();
    look = now;
    // a node that is not on the page yet has no colours
    const value = known.get(name) || getComputedStyle(node).getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
}

const DRAG = 10; // pixels that a finger goes until it drags

/**
 * Let a press or a drag that begins in a drawing choose: `choose(event)` hears where. A finger that comes down may be
 * about to scroll the page, and then the browser takes it away: it chooses where it is lifted, or once it goes sideways,
 * which scrolls nothing. Two fingers choose nothing: they enlarge the page. `pass(event)` hears of a mouse that only passes.
 */
export function followPointer(drawing, choose, pass = () => {}) {
  drawing.classList.add("grulab-pressed");
  const mayScroll = ({ pointerType }) => pointerType === "touch" || pointerType === "pen";
  let finger = null;
  let isHeld = false; // by the mouse, from its press in the drawing until it is let go anywhere
  drawing.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) finger = null;
    if (event.button !== 0 || !event.isPrimary) return;
    if (mayScroll(event)) {
      finger = { x: event.clientX, y: event.clientY, drags: false };
      return;
    }
    isHeld = true;
    window.addEventListener("pointerup", () => (isHeld = false), { once: true });
    choose(event);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!event.buttons) pass(event);
    else if (!mayScroll(event)) isHeld && choose(event);
    else if (finger && event.isPrimary) {
      const [sideways, along] = [Math.abs(event.clientX - finger.x), Math.abs(event.clientY - finger.y)];
      finger.drags ||= sideways > DRAG && sideways > along;
      if (finger.drags) choose(event);
    }
  });
  drawing.addEventListener("pointerup", (event) => {
    if (!finger || !event.isPrimary) return;
    finger = null;
    choose(event);
  });
  drawing.addEventListener("pointercancel", () => (finger = null));
}

/** Give a canvas its size in pixels and return its context, with nothing drawn; a size that stays costs nothing. */
export function cleared(canvas, width, height, options) {
  const context = canvas.getContext("2d", options);
  if (canvas.width === width && canvas.height === height) context.clearRect(0, 0, width, height);
  else Object.assign(canvas, { width, height });
  return context;
}

/** Follow the width of a node in pixels: `now()` is the last one known, `follow(redraw)` returns its end. */
export function widthOf(node, first = 600) {
  let width = first;
  const follow = (redraw) => {
    const watcher = new ResizeObserver(() => {
      const now = Math.round(node.clientWidth);
      if (now < 1 || now === width) return;
      width = now;
      redraw();
    });
    watcher.observe(node);
    return () => watcher.disconnect();
  };
  return { now: () => width, follow };
}

/** Move heights apart, each pair by equal shares, so that words at them do not cover each other. */
export function apart(heights, least = 15) {
  const moved = [...heights];
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
  for (let round = 0; round < order.length; round += 1) {
    for (let n = 1; n < order.length; n += 1) {
      const [upper, lower] = [order[n - 1], order[n]];
      const lack = Math.max(0, least - (moved[lower] - moved[upper]));
      moved[upper] -= lack / 2;
      moved[lower] += lack / 2;
    }
  }
  return moved;
}

/**
 * Make a chart of lines over one axis.
 *
 * `draw({title, last, unit, low, high, ticks, level, bands, lines})` draws it anew: the level axis runs from 0 to
 * `last`, the upright one from `low` to `high` with `ticks` [value, words]; `level` is [value, words] for a dotted
 * line, or null; each of the `bands` is [first step, last step, words] for a stretch to be told apart; each line has
 * `points` [[x, y], …], a `tone`, `words` at its end, and `isFaint` for what was before.
 * `title` is all that a screen reader has of the chart: let it hold the numbers. Returns `{svg, draw, follow}`, one of
 * the `drawings` of `live`.
 */
export function lineChart(height = 150) {
  const [left, right, top, bottom] = [38, 64, 12, 34];
  const svg = shape("svg", { class: "grulab-chart", role: "img", height });
  const width = widthOf(svg);
  const draw = ({ title, last, unit, low, high, ticks, level = null, bands = [], lines }) => {
    const end = Math.max(left, width.now() - right); // a page that is being laid out may be very narrow
    const x = (value) => left + ((end - left) * value) / last;
    const y = (value) => top + ((height - top - bottom) * (high - value)) / (high - low);
    const inside = (value) => Math.max(low, Math.min(high, value));
    svg.setAttribute("viewBox", `0 0 ${width.now()} ${height}`);
    svg.setAttribute("aria-label", title);
    const marks = [...new Set([0, Math.round(last / 2), last])];
    const stretches = bands.map(([begin, end]) => [x(Math.max(0, begin - 0.5)), x(Math.min(last, end + 0.5))]);
    const drawn = lines.filter(({ points }) => points.length);
    const ends = drawn.map(({ points }) => points[points.length - 1]);
    const named = drawn.flatMap(({ words }, i) => (words ? [i] : []));
    const heights = apart(named.map((i) => y(inside(ends[i][1]))));
    svg.replaceChildren(
      ...stretches.map(([from, to]) =>
        shape("rect", { x: from, y: top, width: to - from, height: height - top - bottom, class: "band" }),
      ),
      ...ticks.flatMap(([value, words]) => [
        shape("line", { x1: left, x2: end, y1: y(value), y2: y(value), class: "grid" }),
        text(left - 6, y(value) + 4, words, { class: "small end" }),
      ]),
      ...marks.map((value) => text(x(value), height - 18, format(value, 0), { class: "small" })),
      text(end, height - 3, unit, { class: "small end" }),
      ...(level
        ? [
            shape("line", { x1: left, x2: end, y1: y(level[0]), y2: y(level[0]), class: "level" }),
            text(left + 4, y(level[0]) - 6, level[1], { class: "small start" }),
          ]
        : []),
      ...drawn.map(({ points, tone, isFaint }) =>
        shape("polyline", {
          points: polyline(points.map(([a, b]) => [x(a), y(inside(b))])),
          class: `curve tone-${tone}${isFaint ? " faint" : ""}`,
        }),
      ),
      ...stretches.map(([from, to], i) =>
        text((from + to) / 2, height - bottom - 5, bands[i][2], { class: "small" }),
      ),
      ...named.map((i, n) =>
        text(Math.min(x(ends[i][0]), end) + 6, heights[n] + 4, drawn[i].words, {
          class: `start tone-${drawn[i].tone} number`,
        }),
      ),
    );
  };
  return { svg, draw, follow: width.follow };
}
