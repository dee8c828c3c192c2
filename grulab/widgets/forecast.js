// Forecasts that feed on themselves: the mirror of the free runs, horizons and waves of grulab/forecasting.py.
// A forecaster is a function from a window of scaled values, the oldest first, to the next value. No page.

/** Return a trained GRU and its output as a forecaster; the arrays are flat, as `numbersOf` reads them. */
export function gruForecaster({ kernel, recurrent, bias, head, headBias }) {
  const units = head.length;
  return (window) => {
    const { h } = forward({ kernel, recurrent, bias }, window, 1); // [timeSteps, 1, units]
    let sum = headBias[0];
    for (let i = 0; i < units; i += 1) sum += h[h.length - units + i] * head[i];
    return sum;
  };
}

/** Return a line on the newest values as a forecaster: the intercept first, then the oldest value's weight. */
export const lineForecaster = (weights) => (window) => {
  const lags = weights.length - 1;
  let sum = weights[0];
  for (let i = 0; i < lags; i += 1) sum += weights[i + 1] * window[window.length - lags + i];
  return sum;
};

/** Forecast that nothing changes. */
export const persistence = (window) => window[window.length - 1];

/** A free run that goes on a step at a time, and what is known of it so far, in the units of the series. */
export class FreeRun {
  /**
   * @param {(window: Float64Array) => number} predict
   * @param {number[]} series in its own units
   * @param {number} at the place of the first forecast
   * @param {number} width values in a window
   * @param {[number, number]} ends what scales to 0 and to 1
   */
  constructor(predict, series, at, width, [low, high]) {
    Object.assign(this, { predict, series, at, low, high });
    this.window = Float64Array.from(series.slice(at - width, at), (value) => (value - low) / (high - low));
    this.values = [];
    this.errors = [];
  }

  /** Make one more forecast. */
  next() {
    const made = this.predict(this.window);
    // the oldest value leaves, the forecast comes in
    this.window.copyWithin(0, 1);
    this.window[this.window.length - 1] = made;
    const value = made * (this.high - this.low) + this.low;
    this.errors.push(value - this.series[this.at + this.values.length]);
    this.values.push(value);
  }

  /** Return how many of `steps` pass before an error is larger than `limit`: all, when none is; null if not known. */
  horizon(limit, steps) {
    const known = Math.min(steps, this.errors.length);
    for (let k = 0; k < known; k += 1) if (Math.abs(this.errors[k]) > limit) return k;
    return known === steps ? steps : null;
  }

  /** Return the root of the mean squared error of the first `steps` steps, or of as many as are known. */
  rmse(steps) {
    const errors = this.errors.slice(0, steps);
    return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  }
}

/**
 * Return a function that compares whole waves of a forecast with the truth: `(forecast, truth)`, two series of one
 * length, give `[phase, amplitude]` for the wave that begins at each place: radians, above 0 where the forecast is
 * early, and a share. To `wave` values, about one turn, a sine of `angle` radians a step and a constant are fitted.
 */
export function waveMeter(angle) {
  const wave = Math.round((2 * Math.PI) / angle);
  const columns = [Math.sin, Math.cos, () => 1].map((of) => Float64Array.from({ length: wave }, (_, j) => of(angle * j)));
  const dot = (a, b, at = 0) => {
    let sum = 0;
    for (let j = 0; j < a.length; j += 1) sum += a[j] * b[at + j];
    return sum;
  };
  // least squares: solve (columns · columns) fit = columns · values
  const inverse = inverted(columns.map((a) => columns.map((b) => dot(a, b))));
  const fit = (values, at) => {
    const sums = columns.map((column) => dot(column, values, at));
    return [0, 1].map((row) => dot(inverse[row], sums));
  };
  const errors = (forecast, truth) => {
    const found = [];
    for (let at = 0; at + wave <= forecast.length; at += 1) {
      const [[a, b], [c, d]] = [fit(forecast, at), fit(truth, at)];
      // the direction and the length of (a + ib) / (c + id)
      found.push([Math.atan2(b * c - a * d, a * c + b * d), Math.hypot(a, b) / Math.hypot(c, d) - 1]);
    }
    return found;
  };
  return { wave, errors };
}

/** Invert a symmetric matrix of 3 rows by its cofactors. */
function inverted([[a, b, c], [, e, f], [, , i]]) {
  const cofactors = [
    [e * i - f * f, c * f - b * i, b * f - c * e],
    [c * f - b * i, a * i - c * c, b * c - a * f],
    [b * f - c * e, b * c - a * f, a * e - b * b],
  ];
  const determinant = a * cofactors[0][0] + b * cofactors[0][1] + c * cofactors[0][2];
  return cofactors.map((row) => row.map((value) => value / determinant));
}

/** Sum up horizons, some of them null: how many are known, the shortest with its first place, median, longest. */
export function summary(horizons) {
  const known = horizons.filter((held) => held !== null).sort((a, b) => a - b);
  if (!known.length) return { known: 0 };
  const [shortest, middle] = [known[0], known.length / 2];
  return {
    known: known.length,
    shortest,
    first: horizons.indexOf(shortest),
    ties: known.filter((held) => held === shortest).length,
    median: (known[Math.ceil(middle) - 1] + known[Math.floor(middle)]) / 2,
    longest: known[known.length - 1],
  };
}
