// A trained model that reads ids one after the other and can be asked for its answer after each.

/**
 * Make a reader. `vectorOf(id)` is the row of the embedding [features], `layer` a GRU as `run` takes it, `output` the
 * kernel [units] and the bias of the sigmoid output.
 *
 * `read(ids)` returns the steps of `run`, each with its `answer`. It keeps what it has read: where a text begins like
 * the one before, only the rest is computed, and the very same array comes back when nothing changed.
 * `without(t)` is the last answer to the text read, had the reader skipped step t. `start` is the answer to no text.
 */
export function readerOf({ vectorOf, layer, output }) {
  const nothing = new Array(layer.recurrent.length).fill(0); // [units]
  const answerOf = (h) => sigmoid(h.reduce((sum, value, i) => sum + value * output.kernel[i], output.bias));
  const walk = (ids, h0) => (ids.length ? run(layer, ids.map(vectorOf), { h0 }) : []);
  let known = [];
  let steps = [];
  const before = (t) => (t ? steps[t - 1].h : nothing);

  const read = (ids) => {
    let same = 0;
    while (same < ids.length && ids[same] === known[same]) same += 1;
    if (same < Math.max(ids.length, known.length)) {
      const rest = walk(ids.slice(same), before(same)).map((one) => ({ ...one, answer: answerOf(one.h) }));
      steps = [...steps.slice(0, same), ...rest];
      known = Array.from(ids);
    }
    return steps;
  };
  const without = (t) => {
    const rest = walk(known.slice(t + 1), before(t));
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
