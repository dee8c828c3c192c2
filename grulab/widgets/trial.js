// The tasks of TrainingGround, the mirrors of grulab.data.delayed_recall and flagged_value, and one training on them.
// The learning is training.js. No page.

const BATCH = 32;
const SYMBOLS = 8;
const NOISE = 2;
const EVERY = 10; // updates that one point of a curve stands for

/** Put one symbol into noise: shown `lag` steps before the end, or, with mixed lags, 1 to `lag`. */
const recall = (mixed) => (random, lag, batch) => {
  const features = SYMBOLS + NOISE;
  const xs = new Float64Array((lag + 1) * batch * features);
  const labels = new Int32Array(batch);
  for (let b = 0; b < batch; b += 1) {
    labels[b] = random.below(SYMBOLS);
    const shown = mixed ? lag - 1 - random.below(lag) : 0;
    for (let t = 0; t <= lag; t += 1) {
      const at = (t * batch + b) * features;
      for (let k = SYMBOLS; k < features; k += 1) xs[at + k] = random.normal();
      if (t === shown) xs[at + labels[b]] = 1;
    }
  }
  return { xs, labels };
};

/** Flag one random step; the label says whether the value beside the flag is above one half. */
function flagged(random, lag, batch) {
  const features = 3;
  const xs = new Float64Array((lag + 1) * batch * features);
  const labels = new Int32Array(batch);
  for (let b = 0; b < batch; b += 1) {
    const marked = random.below(lag + 1);
    for (let t = 0; t <= lag; t += 1) {
      const at = (t * batch + b) * features;
      xs[at] = t === marked ? 1 : 0;
      xs[at + 1] = random.uniform();
      xs[at + 2] = random.uniform();
      if (t === marked) labels[b] = xs[at + 1] > 0.5 ? 1 : 0;
    }
  }
  return { xs, labels };
}

export const TASKS = [
  { draw: recall(false), features: SYMBOLS + NOISE, classes: SYMBOLS },
  { draw: recall(true), features: SYMBOLS + NOISE, classes: SYMBOLS },
  { draw: flagged, features: 3, classes: 2 },
];

/** One training from its start: the same settings give the same numbers, however fast the page runs. */
export class Trial {
  constructor({ task, lag, units, update_bias: updateBias, rate, seed }) {
    const { draw, features, classes } = TASKS[task];
    this.task = task;
    this.lag = lag;
    this.classes = classes;
    this.draw = draw;
    this.learner = new Learner({ features, units, classes, updateBias, rate, seed });
    this.random = randomNumbers(1000 + seed);
    this.probe = draw(randomNumbers(2000 + seed), lag, 1);
    this.updates = 0;
    this.points = []; // means over EVERY updates: [updates, loss, share named right, z]
    this.sums = [0, 0, 0];
    this.now = { loss: Math.log(classes), share: 1 / classes, z: NaN };
  }

  /** Draw a batch of fresh sequences and learn from it. */
  update() {
    const { xs, labels } = this.draw(this.random, this.lag, BATCH);
    const { loss, share, trace } = this.learner.learn(xs, labels);
    let z = 0;
    for (let i = 0; i < trace.z.length; i += 1) z += trace.z[i];
    z /= trace.z.length;
    this.updates += 1;
    this.sums = [this.sums[0] + loss, this.sums[1] + share, this.sums[2] + z];
    const count = (this.updates - 1) % EVERY + 1;
    const means = this.sums.map((sum) => sum / count);
    this.now = { loss: means[0], share: means[1], z: means[2] };
    if (count === EVERY) {
      this.points.push([this.updates, ...means]);
      this.sums = [0, 0, 0];
    }
  }

  /** Walk the probe, one sequence that is never learnt from: z [timeSteps][units], and the probabilities. */
  look() {
    const { trace, probabilities } = this.learner.predict(this.probe.xs, 1);
    return { z: trace.z, timeSteps: trace.timeSteps, probabilities, label: this.probe.labels[0] };
  }
}
