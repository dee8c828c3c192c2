// GateLab, stage "weights": the sequence as a drawing, as a walk, and as a table.

/** Draw h, z and the inputs over time; `choose(t)` is called with the time step pointed at. */
function timeline(choose) {
  const height = 240;
  const [left, right, top, bottom] = [30, 26, 18, 34];
  let width = 0;
  let last = 0;
  const x = (t) => left + ((width - left - right) * t) / last;
  const y = (value) => top + ((height - top - bottom) * (1 - value)) / 2;

  const svg = shape("svg", { class: "gatelab-time", role: "img", height });
  const sizes = widthOf(svg);
  const draw = ({ trace, stored, end }, { at, flag, level, steps }) => {
    last = trace.length - 1;
    width = sizes.now();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const line = (key, attributes) =>
      shape("polyline", { points: polyline(trace.map((one, t) => [x(t), y(one[key])])), ...attributes });
    const spread = Math.abs(y(trace[last].z) - y(trace[last].h)) < 14 ? 7 : 0;
    const above = trace[last].z >= trace[last].h ? -spread : spread;
    svg.replaceChildren(
      ...[-1, 0, 1].flatMap((value) => [
        shape("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
        text(left - 6, y(value) + 4, format(value, 0), { class: "small end" }),
      ]),
      ...[0, 5, 10, 15, 20, 25].map((t) => text(x(t), height - 18, String(t), { class: "small" })),
      text(width - right, height - 3, "time step", { class: "small end" }),
      shape("line", { x1: x(flag), x2: x(flag), y1: top - 4, y2: y(-1), class: "flag" }),
      shape("path", { d: `M${place(x(flag))} ${top - 14} l16 6 l-16 6 Z`, class: "pennant" }),
      text(x(flag) + 20, top - 4, "flag", { class: "small start" }),
      shape("line", { x1: x(flag), x2: x(flag + steps), y1: y(level), y2: y(level), class: "level" }),
      shape("line", { x1: x(flag + steps), x2: x(flag + steps), y1: y(level) - 7, y2: y(level) + 7, class: "level" }),
      text(x(flag + steps) + 4, y(level) + 18, format(level, 1), { class: "small start" }),
      shape("line", { x1: x(at), x2: x(at), y1: top - 4, y2: y(-1), class: "cursor" }),
      ...trace.map((one, t) =>
        one.flag
          ? shape("rect", { x: place(x(t) - 4), y: place(y(one.value) - 4), width: 8, height: 8, class: "solid tone-x" })
          : shape("circle", { cx: place(x(t)), cy: place(y(one.value)), r: 2.2, class: "solid tone-x" }),
      ),
      line("z", { class: "curve tone-z", "stroke-dasharray": "6 3" }),
      line("h", { class: "curve tone-h" }),
      shape("circle", { cx: x(at), cy: y(trace[at].z), r: 4.5, class: "dot tone-z" }),
      shape("circle", { cx: x(at), cy: y(trace[at].h), r: 5.5, class: "dot tone-h" }),
      text(width - right + 8, y(trace[last].z) + 4 + above, "z", { class: "start tone-z number" }),
      text(width - right + 8, y(trace[last].h) + 4 - above, "h", { class: "start tone-h number" }),
    );
    svg.setAttribute(
      "aria-label",
      `h and z over ${trace.length} time steps. The flag stands at time step ${flag}, where h becomes ` +
        `${format(stored, 3)}; ${steps} steps later h is ${format(end, 3)}. Small dots are the values that come in. ` +
        "The table of all time steps has every number.",
    );
  };

  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const t = Math.round(((event.clientX - box.left) * (width / box.width) - left) / (x(1) - x(0)));
    choose(Math.max(0, Math.min(last, t)));
  };
  followPointer(svg, point);

  return { svg, draw, follow: sizes.follow };
}

/** Make the button that walks through the time steps; who wants less motion gets the end at once. */
function walker(model, set) {
  const last = model.get("noises")[0].length - 1;
  let timer = 0;
  const halt = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const play = button("Play", () => {
    if (timer) return halt();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return set({ at: last });
    if (model.get("at") >= last) set({ at: 0 });
    play.textContent = "Pause";
    timer = setInterval(() => {
      set({ at: Math.min(last, model.get("at") + 1) });
      if (model.get("at") >= last) halt();
    }, 200);
    return undefined;
  }, { "data-act": "play" });
  return { play, halt };
}

/** Make the folded table of all time steps; `numbers(trace)` names what stands in it, `mark(t)` marks a row. */
function stepTable(timeSteps) {
  const columns = [["flag", 0], ["value", 3], ["z", 4], ["r", 3], ["candidate", 3], ["h", 3]];
  const rows = Array.from({ length: timeSteps }, (_, t) =>
    element("tr", {}, element("th", { scope: "row" }, String(t)),
      ...columns.map(([each, digits]) => element("td", {}, slot(`${each}@${t}`, digits)))),
  );
  const node = fold("All time steps as a table",
    element("table", { class: "grulab-table all" },
      element("thead", {}, element("tr", {},
        ...["t", ...columns.map(([each]) => (each === "candidate" ? "cand." : each))].map((each) =>
          element("th", { scope: "col" }, each)))),
      element("tbody", {}, ...rows)));
  const numbers = (trace) =>
    Object.fromEntries(trace.flatMap((one, t) => columns.map(([each]) => [`${each}@${t}`, one[each]])));
  const mark = (now) => rows.forEach((row, t) => row.classList.toggle("now", t === now));
  return { node, numbers, mark };
}
