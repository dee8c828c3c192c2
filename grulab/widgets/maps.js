// Maps of gates and states: all units over all steps, for a mouse, a finger, and in words.

export const QUANTITIES = ["z", "r", "candidate", "h"];

/** Return a function that draws a quantity of all steps, a pixel a cell, and draws anew only what has changed. */
function fieldOfCells() {
  const canvas = document.createElement("canvas");
  let drawn = {};
  return (steps, quantity, above, below) => {
    if (drawn.steps === steps && drawn.colours === above + below) return canvas;
    drawn = { steps, colours: above + below };
    const [timeSteps, units] = [steps.length, steps[0].h.length];
    const context = cleared(canvas, timeSteps, units, { willReadFrequently: true });
    const channels = [above, below].map((colour) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return context.getImageData(0, 0, 1, 1).data;
    });
    const image = context.createImageData(timeSteps, units);
    steps.forEach((one, t) => {
      one[quantity].forEach((value, row) => {
        const pixel = 4 * (row * timeSteps + t);
        image.data.set(channels[value < 0 ? 1 : 0], pixel);
        image.data[pixel + 3] = 255 * Math.min(1, Math.abs(value));
      });
    });
    context.putImageData(image, 0, 0);
    return canvas;
  };
}

/**
 * Draw one quantity of all units over time as a field of cells: a row a unit, a column a step, full colour at 1.
 *
 * `draw(steps, {at, unit})` takes the steps of `run` and marks a step and a unit. A press or a drag tells
 * `choose(step, unit)`, a mouse that only passes tells `pass(quantity, step, unit)`. `words(t)` names a step.
 */
export function gateMap(quantity, { choose, pass, words = (t) => `step ${t}` }) {
  const canvas = element("canvas", { class: `grulab-map tone-${quantity}`, role: "img" });
  const colour = coloursOf(canvas);
  const field = fieldOfCells();
  let sizes = [1, 1];
  const draw = (steps, { at, unit }) => {
    const [timeSteps, units] = (sizes = [steps.length, steps[0].h.length]);
    const [wide, high] = [Math.max(3, 320 / timeSteps), 6];
    // many steps make narrow columns, which the mark goes around instead of into
    const [line, inset] = wide < 14 ? [2, -1] : [2, 1];
    const context = cleared(canvas, Math.round(timeSteps * wide), units * high);
    context.imageSmoothingEnabled = false;
    const cells = field(steps, quantity, colour(`--gru-${quantity}`), colour("--gru-x"));
    context.drawImage(cells, 0, 0, canvas.width, canvas.height);
    context.strokeStyle = colour("color");
    context.lineWidth = line;
    context.strokeRect(at * wide + inset, line / 2, wide - 2 * inset, units * high - line);
    context.strokeRect(at * wide + inset, unit * high + line / 2, wide - 2 * inset, high - line);
    const values = steps.flatMap((one) => one[quantity]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const here = steps[at][quantity];
    canvas.setAttribute(
      "aria-label",
      `${quantity} of ${units} units at ${timeSteps} steps; mean ${format(mean, 2)}, at ${words(at)} ` +
        `${format(here.reduce((sum, value) => sum + value, 0) / units, 2)}, in unit ${unit} there ${format(here[unit], 3)}.`,
    );
  };
  const pointed = (event) => {
    const box = canvas.getBoundingClientRect();
    const share = (offset, size, count) => Math.max(0, Math.min(count - 1, Math.floor((offset / size) * count)));
    return [share(event.clientX - box.left, box.width, sizes[0]), share(event.clientY - box.top, box.height, sizes[1])];
  };
  followPointer(canvas, (event) => choose(...pointed(event)), (event) => pass(quantity, ...pointed(event)));
  return { canvas, draw };
}

/**
 * Put the maps of some quantities side by side, and a line below that reads the number under a mouse.
 *
 * `choose({step, unit})` hears of a press or a drag; `words(t)` names a step. Returns `{nodes, draw}`.
 */
export function mapsOf(quantities, { choose, words = (t) => `step ${t}` }) {
  const hint = "Press or drag in a map, or use the sliders, to choose a step and a unit.";
  const readout = element("p", { class: "grulab-legend" }, hint);
  let shown = [];
  const rest = () => (readout.textContent = hint);
  const pass = (quantity, t, unit) => {
    readout.textContent = `${quantity} of unit ${unit} at ${words(t)}: ${format(shown[t][quantity][unit], 3)}`;
  };
  const maps = quantities.map((quantity) =>
    gateMap(quantity, { choose: (step, unit) => choose({ step, unit }), pass, words }),
  );
  for (const { canvas } of maps) canvas.addEventListener("pointerleave", rest);
  const named = maps.map(({ canvas }, i) =>
    element("div", { class: "grulab-stack" },
      element("p", { class: "grulab-heading" }, element("b", { class: `tone-${quantities[i]}` }, quantities[i])),
      canvas));
  const draw = (steps, mark) => {
    // what was read may be another number now
    if (shown !== steps) rest();
    shown = steps;
    for (const map of maps) map.draw(steps, mark);
  };
  return { nodes: [element("div", { class: "grulab-maps" }, ...named), readout], draw };
}
