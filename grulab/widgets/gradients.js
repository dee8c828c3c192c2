/**
 * Back-propagation through time for a batch: the mirror of grulab/gradients.py for a GRU with reset_after=True that
 * starts from zeros. On flat Float64Arrays, since a page trains at a hundred updates a second.
 *
 * Arrays are laid out as NumPy lays them out: the numbers of the last axis lie together. The convention is that of
 * Keras: h = z * hPrev + (1 - z) * candidate, the blocks z, r, candidate side by side.
 *
 * @typedef {Object} Layer
 * @property {Float64Array} kernel [features, 3 * units]
 * @property {Float64Array} recurrent [units, 3 * units]
 * @property {Float64Array} bias [2, 3 * units], row 0 beside the input, row 1 beside the state
 *
 * @typedef {Object} BatchTrace What the walk computed.
 * @property {number} batch
 * @property {number} timeSteps
 * @property {Float64Array} z [timeSteps, batch, units], as are r, candidate and h
 * @property {Float64Array} hCandidate what the state says to the candidate, before r scales it
 */

/**
 * Walk a batch of sequences forward.
 *
 * @param {Layer} layer
 * @param {Float64Array} xs the inputs [timeSteps, batch, features]
 * @param {number} batch
 * @returns {BatchTrace}
 */
export function forward(layer, xs, batch) {
  const { units, features, sums } = sizesOf(layer);
  const timeSteps = xs.length / (batch * features);
  const size = batch * units;
  const make = () => new Float64Array(timeSteps * size);
  const trace = { z: make(), r: make(), candidate: make(), hCandidate: make(), h: make(), batch, timeSteps };
  const fromX = new Float64Array(batch * sums);
  const fromH = new Float64Array(batch * sums);
  let before = new Float64Array(size);
  for (let t = 0; t < timeSteps; t += 1) {
    for (let b = 0; b < batch; b += 1) {
      fromX.set(layer.bias.subarray(0, sums), b * sums);
      fromH.set(layer.bias.subarray(sums), b * sums);
    }
    addProduct(fromX, 0, xs, t * batch * features, layer.kernel, batch, features, sums);
    addProduct(fromH, 0, before, 0, layer.recurrent, batch, units, sums);
    for (let b = 0; b < batch; b += 1) {
      for (let i = 0; i < units; i += 1) {
        const at = b * sums + i;
        const to = t * size + b * units + i;
        const z = 1 / (1 + Math.exp(-(fromX[at] + fromH[at])));
        const r = 1 / (1 + Math.exp(-(fromX[at + units] + fromH[at + units])));
        const hCandidate = fromH[at + 2 * units];
        const candidate = Math.tanh(fromX[at + 2 * units] + r * hCandidate);
        trace.z[to] = z;
        trace.r[to] = r;
        trace.hCandidate[to] = hCandidate;
        trace.candidate[to] = candidate;
        trace.h[to] = z * before[b * units + i] + (1 - z) * candidate;
      }
    }
    before = trace.h.subarray(t * size, (t + 1) * size);
  }
  return trace;
}

/**
 * Walk a batch back and return the gradients of a loss, each in the shape of what it belongs to, and dxs, dh0.
 *
 * @param {Layer} layer
 * @param {Float64Array} xs the inputs that the walk forward had
 * @param {BatchTrace} trace
 * @param {Float64Array} dh the gradient of the loss for each state by itself [timeSteps, batch, units]
 */
export function backward(layer, xs, trace, dh) {
  const { units, features, sums } = sizesOf(layer);
  const { batch, timeSteps } = trace;
  const size = batch * units;
  const gradients = {
    kernel: new Float64Array(features * sums),
    recurrent: new Float64Array(units * sums),
    bias: new Float64Array(2 * sums),
    dxs: new Float64Array(xs.length),
    dh0: new Float64Array(size),
  };
  const dxSums = new Float64Array(batch * sums);
  const dhSums = new Float64Array(batch * sums);
  const zeros = new Float64Array(size);
  let dhNext = new Float64Array(size);
  for (let t = timeSteps - 1; t >= 0; t -= 1) {
    const before = t > 0 ? trace.h.subarray((t - 1) * size, t * size) : zeros;
    const handed = new Float64Array(size);
    for (let b = 0; b < batch; b += 1) {
      for (let i = 0; i < units; i += 1) {
        const from = t * size + b * units + i;
        const at = b * units + i;
        const to = b * sums + i;
        const z = trace.z[from];
        const r = trace.r[from];
        const candidate = trace.candidate[from];
        // what the loss and the later steps want from this state
        const dhNew = dh[from] + dhNext[at];
        // h_new = z * h + (1 - z) * candidate; the slope of tanh is 1 - tanh², of sigmoid s * (1 - s)
        const dCandidateSum = dhNew * (1 - z) * (1 - candidate * candidate);
        const dzSum = dhNew * (before[at] - candidate) * z * (1 - z);
        const drSum = dCandidateSum * trace.hCandidate[from] * r * (1 - r);
        handed[at] = dhNew * z;
        // the state's share of the candidate went through r, the input's share did not
        dxSums[to] = dhSums[to] = dzSum;
        dxSums[to + units] = dhSums[to + units] = drSum;
        dxSums[to + 2 * units] = dCandidateSum;
        dhSums[to + 2 * units] = dCandidateSum * r;
      }
    }
    addTimesTransposed(handed, 0, dhSums, 0, layer.recurrent, batch, sums, units);
    addTimesTransposed(gradients.dxs, t * batch * features, dxSums, 0, layer.kernel, batch, sums, features);
    addTransposed(gradients.kernel, xs, t * batch * features, dxSums, 0, batch, features, sums);
    addTransposed(gradients.recurrent, before, 0, dhSums, 0, batch, units, sums);
    for (let b = 0; b < batch; b += 1) {
      for (let j = 0; j < sums; j += 1) {
        gradients.bias[j] += dxSums[b * sums + j];
        gradients.bias[sums + j] += dhSums[b * sums + j];
      }
    }
    dhNext = handed;
  }
  gradients.dh0 = dhNext;
  return gradients;
}

const sizesOf = ({ kernel, bias }) => {
  const units = bias.length / 6;
  return { units, features: kernel.length / (3 * units), sums: 3 * units };
};

/** Add a (rows, inner) times b (inner, columns) to out (rows, columns), from the given places on. */
function addProduct(out, outAt, a, aAt, b, rows, inner, columns) {
  for (let row = 0; row < rows; row += 1) {
    const to = outAt + row * columns;
    for (let i = 0; i < inner; i += 1) {
      const factor = a[aAt + row * inner + i];
      if (factor === 0) continue;
      const from = i * columns;
      for (let j = 0; j < columns; j += 1) out[to + j] += factor * b[from + j];
    }
  }
}

/** Add the transpose of a (rows, inner) times b (rows, columns) to out (inner, columns). */
function addTransposed(out, a, aAt, b, bAt, rows, inner, columns) {
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < inner; i += 1) {
      const factor = a[aAt + row * inner + i];
      if (factor === 0) continue;
      const to = i * columns;
      const from = bAt + row * columns;
      for (let j = 0; j < columns; j += 1) out[to + j] += factor * b[from + j];
    }
  }
}

/** Add a (rows, columns) times the transpose of b (inner, columns) to out (rows, inner). */
function addTimesTransposed(out, outAt, a, aAt, b, rows, columns, inner) {
  for (let row = 0; row < rows; row += 1) {
    const from = aAt + row * columns;
    for (let i = 0; i < inner; i += 1) {
      const other = i * columns;
      let sum = 0;
      for (let j = 0; j < columns; j += 1) sum += a[from + j] * b[other + j];
      out[outAt + row * inner + i] += sum;
    }
  }
}
