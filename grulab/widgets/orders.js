// The state's way to the candidate in both orders of reset gate and recurrent product: pure functions, no page.
// h and r are [units], recurrent is [units][units] with a row for each old unit, bias one number for all units.

/** Compute the candidates of one step whose input says nothing, with r held. */
function candidateOf({ h, r, recurrent, bias }, resetAfter) {
  const still = h.map(() => 0);
  const sums = [...still, ...still, ...h.map(() => bias)];
  const layer = {
    kernel: [[...still, ...still, ...still]],
    recurrent: recurrent.map((row) => [...still, ...still, ...row]),
    bias: resetAfter ? [sums.map(() => 0), sums] : sums,
    resetAfter,
  };
  return step(layer, [0], h, { r }).candidate;
}

/** Return both orders part by part, each [units]. */
export function ordersOf(settings) {
  const { h, r, recurrent, bias } = settings;
  const biases = h.map(() => bias);
  // after: the product, then r times what each unit receives
  const received = add(product(h, recurrent), biases);
  // before: r times what each unit gives away, then the product
  const given = multiply(r, h);
  return {
    received,
    after: multiply(r, received),
    given,
    before: add(product(given, recurrent), biases),
    candidate_after: candidateOf(settings, true),
    candidate_before: candidateOf(settings, false),
  };
}

/** Return why the orders differ: `before - after` is what mixing adds and what the bias adds, each [units]. */
export function differences({ h, r, recurrent, bias }) {
  const mixing = r.map((own, j) => r.reduce((sum, other, i) => sum + (other - own) * h[i] * recurrent[i][j], 0));
  return { mixing, biased: r.map((own) => (1 - own) * bias) };
}
