// How far a gradient reaches: the mirror of grulab/jacobians.py for one sequence and layers that start from zeros, on
// flat Float64Arrays. Jacobians are [timeSteps, n, n]: at i * n + j of a step stands the derivative of number i of the new
// state for number j of the old one. They stand until the next are made. The walk of the GRU is that of gradients.js.

// fresh memory for each walk would cost more than the arithmetic in it
let kept = new Float64Array(0);

/** Return room for Jacobians, all zeros: the same as at the last call. */
function roomFor(size) {
  if (kept.length < size) kept = new Float64Array(size);
  return kept.subarray(0, size).fill(0);
}

/**
 * Return the Jacobian of each step of a GRU with reset_after=True, and z at each step.
 *
 * @param {Layer} layer as in gradients.js
 * @param {Float64Array} xs the inputs [timeSteps, features]
 * @returns {{jacobians: Float64Array, n: number, factor: Float64Array}} factor is [timeSteps, units]
 */
export function gruJacobians(layer, xs) {
  const { z, r, candidate, hCandidate, h, timeSteps } = forward(layer, xs, 1);
  const units = z.length / timeSteps;
  const { recurrent } = layer;
  const jacobians = roomFor(timeSteps * units * units);
  for (let t = 0; t < timeSteps; t += 1) {
    for (let i = 0; i < units; i += 1) {
      const at = t * units + i;
      const row = at * units;
      const before = t ? h[at - units] : 0;
      // the four paths: what stands before the matrices of z, r and the candidate, and z itself
      const throughZ = (before - candidate[at]) * z[at] * (1 - z[at]);
      const intoCandidate = (1 - z[at]) * (1 - candidate[at] ** 2);
      const throughR = intoCandidate * hCandidate[at] * r[at] * (1 - r[at]);
      const throughCandidate = intoCandidate * r[at];
      for (let j = 0; j < units; j += 1) {
        const from = j * 3 * units + i;
        jacobians[row + j] =
          throughZ * recurrent[from] +
          throughR * recurrent[from + units] +
          throughCandidate * recurrent[from + 2 * units];
      }
      jacobians[row + i] += z[at];
    }
  }
  return { jacobians, n: units, factor: z };
}

/**
 * Return the Jacobian of each step of a plain RNN, tanh(x W + b + h U), and the slope of tanh at each step.
 *
 * @param {{kernel, recurrent, bias}} layer flat: [features, units], [units, units], [units]
 */
export function rnnJacobians({ kernel, recurrent, bias }, xs) {
  const units = bias.length;
  const features = kernel.length / units;
  const timeSteps = xs.length / features;
  const factor = new Float64Array(timeSteps * units);
  const jacobians = roomFor(timeSteps * units * units);
  const h = new Float64Array(units);
  const sums = new Float64Array(units);
  for (let t = 0; t < timeSteps; t += 1) {
    sums.set(bias);
    addProduct(sums, 0, xs, t * features, kernel, 1, features, units);
    addProduct(sums, 0, h, 0, recurrent, 1, units, units);
    for (let i = 0; i < units; i += 1) {
      const at = t * units + i;
      h[i] = Math.tanh(sums[i]);
      factor[at] = 1 - h[i] * h[i];
      for (let j = 0; j < units; j += 1) jacobians[at * units + j] = factor[at] * recurrent[j * units + i];
    }
  }
  return { jacobians, n: units, factor };
}

/**
 * Return the Jacobian of each step of an LSTM for its whole state, h before c, and its forget gate at each step.
 *
 * @param {{kernel, recurrent, bias}} layer flat, in Keras' order: input gate, forget gate, candidate, output gate
 */
export function lstmJacobians({ kernel, recurrent, bias }, xs) {
  const units = bias.length / 4;
  const features = kernel.length / (4 * units);
  const timeSteps = xs.length / features;
  const n = 2 * units;
  const factor = new Float64Array(timeSteps * units);
  const jacobians = roomFor(timeSteps * n * n);
  const h = new Float64Array(units);
  const c = new Float64Array(units);
  const sums = new Float64Array(4 * units);
  for (let t = 0; t < timeSteps; t += 1) {
    sums.set(bias);
    addProduct(sums, 0, xs, t * features, kernel, 1, features, 4 * units);
    addProduct(sums, 0, h, 0, recurrent, 1, units, 4 * units);
    for (let k = 0; k < units; k += 1) {
      const hRow = (t * n + k) * n;
      const cRow = hRow + units * n;
      const i = sigmoid(sums[k]);
      const f = sigmoid(sums[units + k]);
      const g = Math.tanh(sums[2 * units + k]);
      const o = sigmoid(sums[3 * units + k]);
      const cNew = f * c[k] + i * g;
      const squashed = Math.tanh(cNew);
      // h = o * tanh(c): through o's sum, and through the new c
      const throughO = squashed * o * (1 - o);
      const shown = o * (1 - squashed * squashed);
      // the new c: through the sums of i, f and g
      const throughI = g * i * (1 - i);
      const throughF = c[k] * f * (1 - f);
      const throughG = i * (1 - g * g);
      for (let j = 0; j < units; j += 1) {
        const from = j * 4 * units + k;
        const cByH =
          throughI * recurrent[from] + throughF * recurrent[from + units] + throughG * recurrent[from + 2 * units];
        jacobians[hRow + j] = throughO * recurrent[from + 3 * units] + shown * cByH;
        jacobians[cRow + j] = cByH;
      }
      jacobians[hRow + units + k] = shown * f;
      jacobians[cRow + units + k] = f;
      factor[t * units + k] = f;
      c[k] = cNew;
      h[k] = o * squashed;
    }
  }
  return { jacobians, n, factor };
}

/**
 * Return how much of a nudge to the state arrives at the end, as [lag, norm] for the lags 1, every, 2 * every … and
 * `last`: the spectral norm of the product of the last `lag` Jacobians [timeSteps, n, n].
 */
export function reach(jacobians, n, last, every = 1) {
  // the product lies transposed: so the zeros of a Jacobian, nearly half of an LSTM's, are skipped
  let product = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) ? 0 : 1));
  let next = new Float64Array(n * n);
  const norms = [];
  for (let lag = 1; lag <= last; lag += 1) {
    next.fill(0);
    addTransposed(next, jacobians, jacobians.length - lag * n * n, product, 0, n, n, n);
    [product, next] = [next, product];
    if (lag === 1 || lag === last || lag % every === 0) norms.push([lag, spectralNorm(product)]);
  }
  return norms;
}

/** Return the largest factor by which a matrix [n * n] stretches a vector. */
export function spectralNorm(matrix) {
  const n = Math.sqrt(matrix.length);
  let size = 0;
  for (const value of matrix) size = Math.max(size, Math.abs(value));
  if (size === 0) return 0;
  // of numbers near 1: the squares of very small ones would be 0
  const scaled = matrix.map((value) => value / size);
  const square = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let k = 0; k < n; k += 1) sum += scaled[i * n + k] * scaled[j * n + k];
      square[i * n + j] = sum;
    }
  }
  return size * Math.sqrt(largestEigenvalue(square));
}

/** Return the largest eigenvalue of a symmetric matrix without negative ones; its lower half is overwritten. */
function largestEigenvalue(matrix) {
  const { diagonal, beside } = tridiagonal(matrix);
  const n = diagonal.length;
  // it is at least the largest number on the diagonal and at most their sum
  let [low, high] = [Math.max(...diagonal), diagonal.reduce((sum, value) => sum + value, 0)];
  const isAbove = (guess) => {
    // all pivots of guess * I - matrix are positive only above the last eigenvalue
    let pivot = guess - diagonal[0];
    for (let i = 1; i < n && pivot > 0; i += 1) pivot = guess - diagonal[i] - beside[i] / pivot;
    return pivot > 0;
  };
  while (high - low > 1e-13 * high) {
    const guess = (low + high) / 2;
    if (isAbove(guess)) high = guess;
    else low = guess;
  }
  return high;
}

/**
 * Turn a symmetric matrix by Householder's mirrors into one with three diagonals: the middle, the squares beside. Only
 * what lies on the diagonal and below is read and written.
 */
function tridiagonal(matrix) {
  const n = Math.sqrt(matrix.length);
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n); // beside[i] belongs to i - 1 and i
  const mirror = new Float64Array(n);
  const moved = new Float64Array(n);
  for (let k = 0; k < n; k += 1) {
    diagonal[k] = matrix[k * n + k];
    if (k + 1 === n) break;
    let length = 0;
    for (let i = k + 1; i < n; i += 1) length += (mirror[i] = matrix[i * n + k]) ** 2;
    beside[k + 1] = length;
    if (length === 0) continue;
    const first = mirror[k + 1];
    mirror[k + 1] += Math.sign(first || 1) * Math.sqrt(length);
    const half = length + Math.abs(first) * Math.sqrt(length); // half the square of the mirror's length
    moved.fill(0);
    for (let i = k + 1; i < n; i += 1) {
      for (let j = k + 1; j < i; j += 1) {
        moved[i] += matrix[i * n + j] * mirror[j];
        moved[j] += matrix[i * n + j] * mirror[i];
      }
      moved[i] += matrix[i * n + i] * mirror[i];
    }
    let inner = 0;
    for (let i = k + 1; i < n; i += 1) inner += (moved[i] /= half) * mirror[i];
    for (let i = k + 1; i < n; i += 1) moved[i] -= (inner / (2 * half)) * mirror[i];
    for (let i = k + 1; i < n; i += 1) {
      for (let j = k + 1; j <= i; j += 1) matrix[i * n + j] -= mirror[i] * moved[j] + moved[i] * mirror[j];
    }
  }
  return { diagonal, beside };
}
