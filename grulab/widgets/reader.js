// A trained model that reads ids one after the other and can be asked for its answer after each.

/** Return the probability of label 1 that the sigmoid output reads from a state [units]. */
export const probabilityOf = ({ kernel, bias }, h) =>
  sigmoid(h.reduce((sum, value, i) => sum + value * kernel[i], bias));

/**
 * Make a reader. `vectorOf(id)` is the row of the embedding [features], `layer` a GRU as `run` takes it, `output` the
 * kernel [units] and the bias of the sigmoid output.
 *
 * `read(ids)` returns the steps of `run`, each with its `answer`; with a `mask` [ids], steps at false are skipped. It
 * keeps what it has read: where a text begins like the one before, only the rest is computed, and the very same array
 * comes back when nothing changed.
 * `without(t)` is the last answer to the text read, had the reader skipped step t. `start` is the answer to no text.
 */
export function readerOf({ vectorOf, layer, output }) {
  const nothing = new Array(layer.recurrent.length).fill(0); // [units]
  const answerOf = (h) => probabilityOf(output, h);
  const walk = (ids, h0, mask) => (ids.length ? run(layer, ids.map(vectorOf), { h0, mask }) : []);
  let [known, counted] = [[], []];
  let steps = [];
  const before = (t) => (t ? steps[t - 1].h : nothing);

  const read = (ids, mask = null) => {
    const counts = mask ?? new Array(ids.length).fill(true);
    let same = 0;
    while (same < ids.length && ids[same] === known[same] && counts[same] === counted[same]) same += 1;
    if (same < Math.max(ids.length, known.length)) {
      const rest = walk(ids.slice(same), before(same), counts.slice(same)).map((one) => ({ ...one, answer: answerOf(one.h) }));
      steps = [...steps.slice(0, same), ...rest];
      [known, counted] = [Array.from(ids), Array.from(counts)];
    }
    return steps;
  };
  const without = (t) => {
    const rest = walk(known.slice(t + 1), before(t), counted.slice(t + 1));
    return answerOf(rest.length ? rest[rest.length - 1].h : before(t));
  };
  return { read, without, start: answerOf(nothing) };
}

/** Return a function from id to its row [features] of a packed table, without making a row that nobody asks for. */
export function rowsOf(table) {
  const [, features] = table.shape;
  const numbers = numbersOf(table);
  return (id) => Array.from(numbers.subarray(id * features, (id + 1) * features));
}

/** Make a reader of what the page holds: a packed table and layer, and kernel and bias of the output. */
export const readerFrom = ({ table, layer, output: { kernel, bias } }) =>
  readerOf({
    vectorOf: rowsOf(table),
    layer: weightsOf(layer),
    output: { kernel: arraysOf(kernel), bias: arraysOf(bias)[0] },
  });
