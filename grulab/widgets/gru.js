/**
 * The GRU in JavaScript: the mirror of grulab/cell.py for one sequence, without page and without dependencies.
 *
 * The convention is that of Keras: h = z * hPrev + (1 - z) * candidate, so z keeps.
 *
 * @typedef {Object} Weights One layer in the layout of Keras, the blocks z, r, candidate side by side.
 * @property {number[][]} kernel [features][3 * units]
 * @property {number[][]} recurrent [units][3 * units]
 * @property {number[][] | number[] | null} bias [2][3 * units] with resetAfter, where row 0 is for the input and
 *   row 1 for the state; [3 * units] without; or null
 * @property {boolean} resetAfter whether the reset gate acts after the product with the recurrent weights
 *
 * @typedef {Object} Step What one step computed; each array is [units].
 * @property {number[]} z
 * @property {number[]} r
 * @property {number[]} candidate
 * @property {number[]} h
 *
 * @typedef {Object} Clamp Gates held at values from 0 to 1 instead of computed; where a value is null or NaN the gate
 *   is left alone.
 * @property {(number | null)[] | (number | null)[][]} [z] [units] for one step, [timeSteps][units] for a run
 * @property {(number | null)[] | (number | null)[][]} [r] likewise
 */

/**
 * Squash a number into 0 to 1, at ±1000 as well.
 *
 * @param {number} x
 * @returns {number}
 */
export function sigmoid(x) {
  // where exp(-x) overflows to infinity, 1 / infinity is the right answer
  return 1 / (1 + Math.exp(-x));
}

/**
 * Compute one time step.
 *
 * @param {Weights} weights
 * @param {number[]} x the input [features]
 * @param {number[]} h the state before the step [units]
 * @param {Clamp} [clamp] gates held at these values [units]
 * @returns {Step}
 */
export function step(weights, x, h, clamp = {}) {
  checkWeights(weights);
  checkNumbers("x", x, weights.kernel.length);
  checkNumbers("h", h, weights.recurrent.length);
  for (const gate of gatesOf(clamp)) {
    checkShares(`clamp.${gate}`, clamp[gate], weights.recurrent.length);
  }
  return advance(weights, project(weights, x), h, clamp);
}

/**
 * Mix one old number and its candidate: keep the share z of the old one, take the rest from the candidate.
 *
 * @param {number} z
 * @param {number} h
 * @param {number} candidate
 * @returns {number}
 */
export function blend(z, h, candidate) {
  return z * h + (1 - z) * candidate;
}

/**
 * Walk through a whole sequence and return every step in the order of the walk.
 *
 * Where the mask is false the step is skipped and the state carried on, as Keras does; z, r and candidate hold
 * what the cell computed there before the mask threw it away. A held gate acts inside the step: a held r changes the
 * candidate. Like the mask, the clamp counts time steps as xs does.
 *
 * @param {Weights} weights
 * @param {number[][]} xs the inputs [timeSteps][features]
 * @param {Object} [options]
 * @param {number[] | null} [options.h0] the state before the first step [units], zeros when it is not given
 * @param {boolean[] | null} [options.mask] [timeSteps], true where a time step counts
 * @param {boolean} [options.goBackwards] walk from the last time step to the first
 * @param {Clamp} [options.clamp] gates held at these values [timeSteps][units]
 * @returns {Step[]} [timeSteps]
 */
export function run(weights, xs, { h0 = null, mask = null, goBackwards = false, clamp = {} } = {}) {
  checkWeights(weights);
  checkMatrix("xs", xs, null, weights.kernel.length);
  const timeSteps = xs.length;
  let h = h0 ?? new Array(weights.recurrent.length).fill(0); // [units]
  checkNumbers("h0", h, weights.recurrent.length);
  if (mask !== null) {
    checkMask(mask, timeSteps);
  }
  if (typeof goBackwards !== "boolean") {
    throw new TypeError(`goBackwards must be true or false, but is ${describeValue(goBackwards)}.`);
  }

  for (const gate of gatesOf(clamp)) {
    checkArray(`clamp.${gate}`, clamp[gate], timeSteps);
    for (let t = 0; t < timeSteps; t += 1) {
      checkShares(`clamp.${gate}[${t}]`, clamp[gate][t], weights.recurrent.length);
    }
  }

  const steps = [];
  for (let i = 0; i < timeSteps; i += 1) {
    const t = goBackwards ? timeSteps - 1 - i : i;
    const next = advance(weights, project(weights, xs[t]), h, { z: clamp.z?.[t], r: clamp.r?.[t] });
    // a masked step carries the state on
    h = mask === null || mask[t] ? next.h : Array.from(h);
    steps.push({ ...next, h });
  }
  return steps;
}

/** Return the share of the input in all three sums: [features] becomes [3 * units]. */
function project(weights, x) {
  const projected = product(x, weights.kernel);
  return weights.bias === null ? projected : add(projected, weights.resetAfter ? weights.bias[0] : weights.bias);
}

/** Compute one step from the projected input [3 * units] and the state [units]. */
function advance(weights, projected, h, clamp = {}) {
  const { recurrent, bias } = weights;
  const units = recurrent.length;
  // what the input says to each of the three sums
  const [xZ, xR, xCandidate] = blocks(projected); // [units] each
  let z, r, candidate; // [units] each
  if (weights.resetAfter) {
    // what the state says to them, with a bias of its own
    let hSums = product(h, recurrent); // [3 * units]
    if (bias !== null) {
      hSums = add(hSums, bias[1]);
    }
    const [hZ, hR, hCandidate] = blocks(hSums); // [units] each
    // two gates, each between 0 and 1
    z = hold(add(xZ, hZ).map(sigmoid), clamp.z);
    r = hold(add(xR, hR).map(sigmoid), clamp.r);
    // the reset gate acts after the product with the recurrent weights
    candidate = add(xCandidate, multiply(r, hCandidate)).map(Math.tanh);
  } else {
    z = hold(add(xZ, product(h, recurrent, 0, units)).map(sigmoid), clamp.z);
    r = hold(add(xR, product(h, recurrent, units, 2 * units)).map(sigmoid), clamp.r);
    // the reset gate acts before the product with the recurrent weights
    candidate = add(xCandidate, product(multiply(r, h), recurrent, 2 * units, 3 * units)).map(Math.tanh);
  }
  return { z, r, candidate, h: z.map((keep, i) => blend(keep, h[i], candidate[i])) };
}

/** Put the held values in the gate's place [units], where there are any. */
function hold(gate, values) {
  return values === undefined ? gate : gate.map((free, i) => (isHeld(values[i]) ? values[i] : free));
}

const isHeld = (value) => value !== null && !Number.isNaN(value);

/** Cut [3 * units] into the three blocks z, r, candidate. */
function blocks(sums) {
  const units = sums.length / 3;
  return [sums.slice(0, units), sums.slice(units, 2 * units), sums.slice(2 * units)];
}

/** Multiply a vector [n] with the columns first to last of a matrix [n][m]. */
function product(vector, matrix, first = 0, last = matrix[0].length) {
  const sums = new Array(last - first).fill(0);
  for (let i = 0; i < vector.length; i += 1) {
    for (let j = first; j < last; j += 1) {
      sums[j - first] += vector[i] * matrix[i][j];
    }
  }
  return sums;
}

/** Add two vectors number by number. */
function add(a, b) {
  return a.map((value, i) => value + b[i]);
}

/** Multiply two vectors number by number. */
function multiply(a, b) {
  return a.map((value, i) => value * b[i]);
}

/** Throw an error that says in one sentence what does not fit together in the weights. */
function checkWeights(weights) {
  if (weights === null || typeof weights !== "object") {
    throw new TypeError(
      `weights must be an object with kernel, recurrent, bias and resetAfter, but is ${describeValue(weights)}.`,
    );
  }
  const { kernel, recurrent, bias, resetAfter } = weights;
  if (typeof resetAfter !== "boolean") {
    throw new TypeError(`resetAfter must be true or false, but is ${describeValue(resetAfter)}.`);
  }
  checkMatrix("recurrent", recurrent, null, null);
  const sums = 3 * recurrent.length;
  checkMatrix("recurrent", recurrent, null, sums);
  checkMatrix("kernel", kernel, null, sums);
  if (bias !== null && resetAfter) {
    checkMatrix("bias with resetAfter=true", bias, 2, sums);
  } else if (bias !== null) {
    checkNumbers("bias with resetAfter=false", bias, sums);
  }
}

/** Throw unless the matrix has at least one row, and rows and columns where they are given. */
function checkMatrix(name, matrix, rows, columns) {
  checkArray(name, matrix, rows);
  for (let i = 0; i < matrix.length; i += 1) {
    checkNumbers(`${name}[${i}]`, matrix[i], columns);
  }
}

/** Throw unless these are finite numbers, as many as given. */
function checkNumbers(name, values, length) {
  checkArray(name, values, length);
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new TypeError(`${name} must hold finite numbers, but holds ${describeValue(values[i])} at ${i}.`);
    }
  }
}

/** Return the gates that a clamp holds; throw unless they are z and r. */
function gatesOf(clamp) {
  if (clamp === null || typeof clamp !== "object" || Array.isArray(clamp)) {
    throw new TypeError(`clamp must be an object with z, r or both, but is ${describeValue(clamp)}.`);
  }
  const gates = Object.keys(clamp);
  const other = gates.find((gate) => gate !== "z" && gate !== "r");
  if (other !== undefined) {
    throw new RangeError(`clamp has ${JSON.stringify(other)}, but only the gates z and r can be held.`);
  }
  return gates;
}

/** Throw unless these are numbers from 0 to 1, null or NaN, as many as given. */
function checkShares(name, values, length) {
  checkArray(name, values, length);
  for (let i = 0; i < length; i += 1) {
    if (isHeld(values[i]) && !(typeof values[i] === "number" && values[i] >= 0 && values[i] <= 1)) {
      throw new RangeError(`${name} must hold numbers from 0 to 1 or null, but holds ${describeValue(values[i])} at ${i}.`);
    }
  }
}

/** Throw unless the mask holds as many booleans as there are time steps. */
function checkMask(mask, timeSteps) {
  checkArray("mask", mask, timeSteps);
  for (let i = 0; i < timeSteps; i += 1) {
    if (typeof mask[i] !== "boolean") {
      throw new TypeError(`mask must hold true or false, but holds ${describeValue(mask[i])} at ${i}.`);
    }
  }
}

/** Throw unless this is an array of the given length, or of any length but 0 when the length is null. */
function checkArray(name, values, length) {
  if (!Array.isArray(values) && !(ArrayBuffer.isView(values) && values.length !== undefined)) {
    throw new TypeError(`${name} must be an array, but is ${describeValue(values)}.`);
  }
  if (length === null ? values.length === 0 : values.length !== length) {
    const wanted = length === null ? "at least 1" : length;
    throw new RangeError(`${name} must have the length ${wanted}, but has ${values.length}.`);
  }
}

/** Say in a word or two what a value is. */
function describeValue(value) {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `an array of length ${value.length}`;
  }
  if (typeof value === "string") {
    return `the text ${JSON.stringify(value)}`;
  }
  return value !== null && ["object", "function"].includes(typeof value) ? `of type ${typeof value}` : String(value);
}
