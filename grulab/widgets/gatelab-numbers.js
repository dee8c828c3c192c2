// GateLab: the arithmetic of one unit, by hand, in one step and over a sequence. Pure functions, no page.

/** Add what is kept of h and what is taken from the candidate: the two parts of the last equation. */
const withParts = (values) => {
  const { h, z, candidate } = values;
  return { ...values, rest: 1 - z, kept: blend(z, h, 0), taken: blend(z, 0, candidate), new_h: blend(z, h, candidate) };
};

/** Compute one step of one unit whose gates are set by hand. */
export function stepByHand({ h, x, z, r, w, u, bias }) {
  const layer = { kernel: [[0, 0, w]], recurrent: [[0, 0, u]], bias: [0, 0, bias], resetAfter: false };
  const { candidate } = step(layer, [x], [h], { z: [z], r: [r] });
  return withParts({ h, x, z, r, w, u, bias, sum: w * x + u * (r * h) + bias, candidate: candidate[0] });
}

const GATES = ["update", "reset", "candidate"];
const SOURCES = ["flag", "value"];

/** Put the twelve weights into the layout of gru.js. */
export function layerOf(get) {
  const row = (source) => GATES.map((gate) => get(`${gate}_${source}`));
  return { kernel: SOURCES.map(row), recurrent: [row("h")], bias: row("bias"), resetAfter: false };
}

/** Make the sequence: noise at every time step, and the value beside the flag. */
export function inputsOf(get) {
  const xs = get("noises")[get("draw")].map((draw) => [0, get("noise") * draw]);
  xs[get("flag_step")] = [1, get("value")];
  return xs;
}

/** Run the sequence, and count for how many steps after the flag the state stays at the level. */
export function runSequence(get) {
  const xs = inputsOf(get);
  const trace = run(layerOf(get), xs).map(({ z, r, candidate, h }, t, steps) => ({
    flag: xs[t][0],
    value: xs[t][1],
    old: t ? steps[t - 1].h[0] : 0,
    z: z[0],
    r: r[0],
    candidate: candidate[0],
    h: h[0],
  }));
  const { level, steps } = get("hold");
  const after = trace.slice(get("flag_step"), get("flag_step") + steps + 1);
  const lost = after.findIndex(({ h }) => h < level);
  // index 0 is the flag itself
  const held = lost < 0 ? steps : Math.max(0, lost - 1);
  return { trace, stored: after[0].h, end: after[steps].h, held, lost };
}

/** Return the numbers of one time step of the sequence, with the sums behind them. */
export function numbersAt(get, { trace }, at) {
  const { flag, value, old, z, r, candidate } = trace[at];
  const sum = (gate, state) =>
    get(`${gate}_bias`) + get(`${gate}_flag`) * flag + get(`${gate}_value`) * value + get(`${gate}_h`) * state;
  const sums = {
    update_sum: sum("update", old),
    reset_sum: sum("reset", old),
    candidate_sum: sum("candidate", r * old),
  };
  return { ...withParts({ h: old, z, r, candidate }), ...sums, flag, x_value: value };
}
