// The chart of ForecastPlayer: a series with free runs from one start, and how long each start holds.

/**
 * Draw the series with free runs from one start, and below, over the same axis, how long each start holds.
 * `choose(start)` is told where a press or a drag points.
 */
function seriesChart({ starts: [first, last], ends: [low, high], width, step }, choose) {
  const [left, right, top, bottom, roof, floor] = [38, 12, 10, 160, 186, 246];
  const svg = shape("svg", { class: "grulab-chart player-series", role: "img", height: 286 });
  const size = widthOf(svg);
  const line = (tone) => shape("polyline", { class: `curve tone-${tone}` });
  const lines = { truth: line("x"), persistence: line("r"), line: line("candidate"), gru: line("h") };
  const now = shape("line", { class: "level", y1: top, y2: bottom });
  const [bars, chosen, least] = ["player-bars tone-h", "player-bar tone-h", "player-least"].map((name) => shape("path", { class: name }));
  const [base, most] = [shape("polyline", { class: "curve tone-r" }), text(left - 6, roof + 4, "", { class: "small end" })];
  const frameOf = shape("g");
  svg.append(frameOf, bars, chosen, base, least, most, ...Object.values(lines), now);

  let x = () => 0;
  const room = 0.3 * (high - low); // beside the ends, for forecasts that leave them and a truth that does
  const y = (value) => {
    const inside = Math.max(low - room, Math.min(high + room, value));
    return top + ((bottom - top) * (high + room - inside)) / (high - low + 2 * room);
  };
  const points = (values, from) => polyline(values.map((value, k) => [x(from + k), y(value)]));
  /** Draw what stays while only the start moves. */
  const axes = (truth, steps) => {
    const [begin, end] = [first - width, last + steps - 1];
    const edge = size.now() - right;
    x = (place) => left + ((edge - left) * (place - begin)) / (end - begin);
    svg.setAttribute("viewBox", `0 0 ${size.now()} 286`);
    lines.truth.setAttribute("points", points(truth, begin));
    frameOf.replaceChildren(
      ...[high, (low + high) / 2, low].flatMap((value) => [
        shape("line", { x1: left, x2: edge, y1: y(value), y2: y(value), class: "grid" }),
        text(left - 6, y(value) + 4, format(value, 2), { class: "small end" }),
      ]),
      shape("line", { x1: left, x2: edge, y1: floor, y2: floor, class: "grid" }),
      text(left - 6, floor + 4, "0", { class: "small end" }),
      text(left, roof - 11, `${step}s held, by the start`, { class: "small start" }),
      ...(x(end) - x(last) < 45 ? [first] : [first, last]).map((place) => text(x(place), floor + 18, String(place), { class: "small" })),
      text(edge, floor + 18, String(end), { class: "small end" }),
      text(edge, floor + 36, step, { class: "small end" }),
    );
  };
  /** Draw free runs from `start`, name → values, as far as they are known; a run that is not given stays. */
  const runs = (values, start) => {
    for (const name of Object.keys(values)) lines[name].setAttribute("points", points(values[name], start));
    now.setAttribute("x1", x(start));
    now.setAttribute("x2", x(start));
  };
  /** Draw horizons by start, null where not known. */
  const strip = (held, others, start) => {
    const tallest = Math.max(10, ...held, ...others);
    const height = (value) => floor - ((floor - roof) * value) / tallest;
    const bar = (i) => `M${place(x(first + i))} ${floor}V${place(height(held[i]))}`;
    const known = held.flatMap((value, i) => (value === null ? [] : [i]));
    const shortest = Math.min(...known.map((i) => held[i]));
    bars.setAttribute("d", known.map(bar).join(""));
    bars.style.strokeWidth = `${Math.max(1, 0.7 * (x(first + 1) - x(first)))}px`;
    chosen.setAttribute("d", held[start - first] === null ? "" : bar(start - first));
    // a mark under each of the shortest: not by colour alone
    const marked = Math.max(...known.map((i) => held[i])) > shortest ? known.filter((i) => held[i] === shortest) : [];
    least.setAttribute("d", marked.map((i) => `M${place(x(first + i))} ${floor + 2}v5`).join(""));
    base.setAttribute("points", polyline(others.map((value, i) => [x(first + i), height(value)])));
    most.textContent = String(tallest);
  };
  const pointed = (event) => {
    const box = svg.getBoundingClientRect();
    const pixels = ((event.clientX - box.left) * size.now()) / box.width;
    const place = first + Math.round((pixels - x(first)) / (x(first + 1) - x(first)));
    choose(Math.max(first, Math.min(last, place)));
  };
  followPointer(svg, pointed);
  return { svg, axes, runs, strip, ...size };
}
