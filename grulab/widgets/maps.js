// Maps of gates and states: all units over all steps, for a mouse, a finger, and in words.

export const QUANTITIES = ["z", "r", "candidate", "h"];

/**
 * Draw one quantity of all units over time as a field of cells: a row a unit, a column a step, full colour at 1.
 *
 * `draw(steps, {at, unit})` takes the steps of `run` and marks a step and a unit. A press or a drag tells
 * `choose(step, unit)`, a mouse that only passes tells `pass(quantity, step, unit)`. `words(t)` names a step.
 */
export function gateMap(quantity, { choose, pass, words = (t) => `step ${t}` }) {
  const canvas = element("canvas", { class: `grulab-map tone-${quantity}`, role: "img" });
  const colour = coloursOf(canvas);
  let sizes = [1, 1];
  const draw = (steps, { at, unit }) => {
    const [timeSteps, units] = (sizes = [steps.length, steps[0].h.length]);
    const [wide, high] = [14, 6];
    canvas.width = timeSteps * wide;
    canvas.height = units * high;
    const context = canvas.getContext("2d");
    const colours = [colour(`--gru-${quantity}`), colour("--gru-x"), colour("color")];
    steps.forEach((one, t) => {
      one[quantity].forEach((value, row) => {
        context.globalAlpha = Math.min(1, Math.abs(value));
        context.fillStyle = value < 0 ? colours[1] : colours[0];
        context.fillRect(t * wide, row * high, wide, high);
      });
    });
    context.globalAlpha = 1;
    context.strokeStyle = colours[2];
    context.lineWidth = 1.5;
    context.strokeRect(at * wide + 0.75, 0.75, wide - 1.5, units * high - 1.5);
    context.strokeRect(at * wide + 0.75, unit * high + 0.75, wide - 1.5, high - 1.5);
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
  canvas.addEventListener("pointerdown", (event) => choose(...pointed(event)));
  canvas.addEventListener("pointermove", (event) =>
    event.buttons ? choose(...pointed(event)) : pass(quantity, ...pointed(event)),
  );
  return { canvas, draw };
}
