/**
 * A small GRU that learns in the page: start weights as Keras draws them, a softmax on the last state, Adam.
 * It stands on gradients.js and randoms.js; sequences come from whoever trains it.
 */

/** Draw (rows, columns) numbers evenly from -limit to limit, limit = sqrt(6 / (rows + columns)), as Glorot asks. */
export function glorot(rows, columns, { uniform }) {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float64Array.from({ length: rows * columns }, () => limit * (2 * uniform() - 1));
}

/** Draw a matrix (rows, columns), rows at most columns, whose rows have length 1 and stand at right angles. */
export function orthogonal(rows, columns, { normal }) {
  const matrix = Float64Array.from({ length: rows * columns }, normal);
  for (let row = 0; row < rows; row += 1) {
    const mine = matrix.subarray(row * columns, (row + 1) * columns);
    // twice: rounding leaves a little of the other rows behind the first time
    for (let pass = 0; pass < 2; pass += 1) {
      for (let other = 0; other < row; other += 1) {
        const theirs = matrix.subarray(other * columns, (other + 1) * columns);
        const share = mine.reduce((sum, value, j) => sum + value * theirs[j], 0);
        for (let j = 0; j < columns; j += 1) mine[j] -= share * theirs[j];
      }
    }
    const length = Math.hypot(...mine);
    for (let j = 0; j < columns; j += 1) mine[j] /= length;
  }
  return matrix;
}

/** Adapt the step of each weight to the recent history of its gradient: the mirror of grulab/optim.py. */
export class Adam {
  constructor(rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7) {
    Object.assign(this, { rate, beta1, beta2, epsilon, steps: 0, means: [], squares: [] });
  }

  /** Move the parameters, a list of Float64Arrays, in place. */
  step(parameters, gradients) {
    if (this.steps === 0) {
      this.means = gradients.map((gradient) => new Float64Array(gradient.length));
      this.squares = gradients.map((gradient) => new Float64Array(gradient.length));
    }
    this.steps += 1;
    const { beta1, beta2, epsilon } = this;
    // both averages start at 0 and are too small at first: this makes up for it
    const rate = (this.rate * Math.sqrt(1 - beta2 ** this.steps)) / (1 - beta1 ** this.steps);
    parameters.forEach((parameter, which) => {
      const [gradient, mean, square] = [gradients[which], this.means[which], this.squares[which]];
      for (let i = 0; i < parameter.length; i += 1) {
        mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
        square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] ** 2;
        parameter[i] -= (rate * mean[i]) / (Math.sqrt(square[i]) + epsilon);
      }
    });
  }
}

/** A GRU with a softmax over classes on its last state. */
export class Learner {
  /**
   * @param {Object} sizes
   * @param {number} sizes.features
   * @param {number} sizes.units
   * @param {number} sizes.classes
   * @param {number} [sizes.updateBias] added to the bias of z, row 0, at the start
   * @param {number} [sizes.rate] the learning rate of Adam
   * @param {number} [sizes.seed] draws the start weights
   */
  constructor({ features, units, classes, updateBias = 0, rate = 1e-3, seed = 0 }) {
    const random = randomNumbers(seed);
    this.sizes = { features, units, classes };
    this.layer = {
      kernel: glorot(features, 3 * units, random),
      recurrent: orthogonal(units, 3 * units, random),
      bias: new Float64Array(6 * units).fill(updateBias, 0, units),
    };
    this.dense = { kernel: glorot(units, classes, random), bias: new Float64Array(classes) };
    this.adam = new Adam(rate);
  }

  /** Return the weights in the order of Keras: kernel, recurrent, bias, and kernel and bias of the dense layer. */
  parameters() {
    const { layer, dense } = this;
    return [layer.kernel, layer.recurrent, layer.bias, dense.kernel, dense.bias];
  }

  /**
   * Name the class of each sequence.
   *
   * @param {Float64Array} xs [timeSteps, batch, features]
   * @param {number} batch
   * @returns {{trace: BatchTrace, probabilities: Float64Array}} the walk, and [batch, classes]
   */
  predict(xs, batch) {
    const { units, classes } = this.sizes;
    const trace = forward(this.layer, xs, batch);
    const last = (trace.timeSteps - 1) * batch * units;
    const probabilities = new Float64Array(batch * classes);
    for (let b = 0; b < batch; b += 1) probabilities.set(this.dense.bias, b * classes);
    addProduct(probabilities, 0, trace.h, last, this.dense.kernel, batch, units, classes);
    for (let b = 0; b < batch; b += 1) {
      const row = probabilities.subarray(b * classes, (b + 1) * classes);
      const largest = Math.max(...row);
      let sum = 0;
      for (let k = 0; k < classes; k += 1) sum += row[k] = Math.exp(row[k] - largest);
      for (let k = 0; k < classes; k += 1) row[k] /= sum;
    }
    return { trace, probabilities };
  }

  /**
   * Return the mean loss, the share named right, and the gradients of the loss in the order of parameters().
   *
   * @param {Float64Array} xs [timeSteps, batch, features]
   * @param {Int32Array | number[]} labels [batch], each from 0 to classes - 1
   */
  gradients(xs, labels) {
    const { units, classes } = this.sizes;
    const batch = labels.length;
    const { trace, probabilities } = this.predict(xs, batch);
    const last = (trace.timeSteps - 1) * batch * units;
    let loss = 0;
    let right = 0;
    // the slope of softmax and cross-entropy together: probabilities minus one at the label, over the batch
    const dScores = new Float64Array(batch * classes);
    for (let b = 0; b < batch; b += 1) {
      const row = probabilities.subarray(b * classes, (b + 1) * classes);
      loss -= Math.log(Math.max(row[labels[b]], 1e-300)) / batch;
      right += row.every((value, k) => k === labels[b] || value < row[labels[b]]) ? 1 : 0;
      for (let k = 0; k < classes; k += 1) dScores[b * classes + k] = (row[k] - (k === labels[b])) / batch;
    }
    const dKernel = new Float64Array(units * classes);
    addTransposed(dKernel, trace.h, last, dScores, 0, batch, units, classes);
    const dBias = new Float64Array(classes);
    dScores.forEach((value, i) => {
      dBias[i % classes] += value;
    });
    const dh = new Float64Array(trace.h.length);
    addTimesTransposed(dh, last, dScores, 0, this.dense.kernel, batch, classes, units);
    const { kernel, recurrent, bias } = backward(this.layer, xs, trace, dh);
    return { loss, share: right / batch, trace, gradients: [kernel, recurrent, bias, dKernel, dBias] };
  }

  /** Take one step on a batch; return the loss and the share named right before the step, and the walk. */
  learn(xs, labels) {
    const { loss, share, trace, gradients } = this.gradients(xs, labels);
    this.adam.step(this.parameters(), gradients);
    return { loss, share, trace };
  }
}
