// A recording read by a trained GRU, frame by frame: in which order, with which belief, and what is written down.
// The mirror of the methods of grulab/widgets/player.py. No page.

/** Return the places of `count` frames as they are played: as recorded, backwards, or shuffled by the number `draw`. */
export function orderOf(count, order, draw) {
  const places = Array.from({ length: count }, (_, i) => i);
  if (order === 1) places.reverse();
  if (order !== 2) return places;
  const { below } = randomNumbers(draw);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [places[last], places[other]] = [places[other], places[last]];
  }
  return places;
}

/**
 * Return the belief after each frame, [timeSteps][classes], and before the first one, `{start, beliefs}`.
 * `layers` holds the GRU that reads from the first frame on, and where there is one, the GRU that reads from the last.
 */
export function beliefsOf({ layers: [forward, backward], output }, frames) {
  const walks = [run(forward, frames).map(({ h }) => h)];
  if (backward) walks.push(run(backward, frames, { goBackwards: true }).map(({ h }) => h).reverse());
  const beliefs = frames.map((_, t) => probabilitiesOf(output, walks.flatMap((states) => states[t])));
  return { start: softmaxOf(output.bias), beliefs };
}

/** Return the class that is believed most, the first of equals. */
export const bestOf = (belief) => belief.indexOf(Math.max(...belief));

/** Return what is written down for the best class of each frame: neighbours merged, then the blank left out. */
export const writtenOf = (best, blank) => best.filter((k, t) => k !== best[t - 1] && k !== blank);

/** Return the stretches of equal values as `{value, begin, end}`, the end not included. */
export function stretchesOf(values) {
  const begins = values.flatMap((value, t) => (t && value === values[t - 1] ? [] : [t]));
  return begins.map((begin, i) => ({ value: values[begin], begin, end: begins[i + 1] ?? values.length }));
}

/** Read what was recorded and trained out of the model once. */
export function recordedOf(get) {
  // the pixels of a frame lie in one row
  const flat = ([count, ...sizes]) => [count, sizes.reduce((product, size) => product * size)];
  return {
    trained: { layers: get("layers").map(weightsOf), output: outputFrom(get("output")) },
    recordings: get("frames").map((packed) => arraysOf({ ...packed, shape: flat(packed.shape) })),
  };
}
