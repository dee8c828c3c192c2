// A trained model that names the next symbol: run step by step, and drawn from. The mirror of grulab/nextsymbol.py.

/** Return p ** (1 / temperature), scaled to add up to 1; at 0 the most probable symbol has it all. */
export function atTemperature(p, temperature) {
  if (temperature === 0) {
    const best = p.indexOf(Math.max(...p));
    return p.map((_, k) => (k === best ? 1 : 0));
  }
  return softmaxOf(p.map((one) => Math.log(one) / temperature));
}

/** Return the symbol that `u`, from 0 to below 1, falls on, where symbol k has a stretch of p[k]. */
export function drawnFrom(p, u) {
  let [sum, last] = [0, 0];
  for (let k = 0; k < p.length; k += 1) {
    sum += p[k];
    if (sum > u) return k;
    if (p[k] > 0) last = k;
  }
  return last;
}

/** Return the ids of a text, a symbol a character, and how many characters are unknown: those are left out. */
export function idsOf(text, symbols) {
  const characters = Array.from(text.normalize("NFC").toLowerCase().replace(/[ \t\r\n]+/g, " "));
  const ids = characters.map((one) => symbols.indexOf(one)).filter((id) => id >= 0);
  return { ids, unknown: characters.length - ids.length };
}

/** Return -log2 p of each symbol after those before it; the first has none before it. `steps` are those of a writer. */
export const surpriseOf = (ids, steps) => ids.slice(1).map((id, t) => -Math.log2(steps[t].p[id]));

/**
 * Make a writer. `table` has a row for each symbol, `layer` is a GRU as `run` takes it, `output` that of softmax.js.
 *
 * `write(beginning, {count, temperature, seed})` returns `{ids, steps}`: the beginning and `count` symbols more, and for
 * each id the state `h` and the probabilities `p` of the one behind it. It keeps what it has read: where a sequence
 * begins like the one before, only the rest is computed.
 */
export function writerOf({ table, layer, output }) {
  const nothing = new Array(layer.recurrent.length).fill(0); // [units]
  const inputs = table.map((row) => project(layer, row)); // what each symbol says to the three sums
  const [known, kept] = [[], []];
  const read = (t, id) => {
    if (known[t] === id) return kept[t];
    // what stood behind here followed something else
    known.length = kept.length = t;
    const { h } = advance(layer, inputs[id], t ? kept[t - 1].h : nothing);
    known.push(id);
    kept.push({ h, p: probabilitiesOf(output, h) });
    return kept[t];
  };
  const write = (beginning, { count, temperature, seed }) => {
    const ids = [];
    const steps = [];
    const add = (id) => {
      steps.push(read(ids.length, id));
      ids.push(id);
    };
    beginning.forEach(add);
    const { uniform } = randomNumbers(seed);
    for (let n = 0; n < count; n += 1) add(drawnFrom(atTemperature(steps[steps.length - 1].p, temperature), uniform()));
    return { ids, steps };
  };
  return { write };
}

/** Make a writer of what the page holds: packed table, layer and output. */
export const writerFrom = ({ table, layer, output }) =>
  writerOf({ table: arraysOf(table), layer: weightsOf(layer), output: outputFrom(output) });
