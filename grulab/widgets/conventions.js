// Two ways to mix the old state and the candidate, and the gate that mixes them: pure functions, no page.
// The two conventions are counted: 0 where z keeps, 1 where z writes.

/** Mix with the update gate z under one of the conventions. */
export const mixture = (convention, z, h, candidate) =>
  convention === 0 ? blend(z, h, candidate) : blend(1 - z, h, candidate);

/** Return the update gate of one unit: its weights with their sign, the sum behind it, and z. */
export function updateGate({ x, update_x, update_h, update_bias, negated }, h) {
  const sign = negated ? -1 : 1;
  const [on_x, on_h, bias] = [update_x, update_h, update_bias].map((weight) => sign * weight);
  const sum = on_x * x + on_h * h + bias;
  return { on_x, on_h, bias, sum, z: sigmoid(sum) };
}

/** Return the states of one unit, h first: at every step x and the candidate are the same. */
export function statesOf(settings, steps) {
  const states = [settings.h];
  for (let t = 0; t < steps; t += 1) {
    const { z } = updateGate(settings, states[t]);
    states.push(mixture(settings.convention, z, states[t], settings.candidate));
  }
  return states;
}
