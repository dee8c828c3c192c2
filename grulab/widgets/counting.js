// The shapes of a recurrent layer's weights, as Keras makes them: pure functions, no page.
// A layer is {kind, units, features, use_bias, reset_after}; a kind is {name, has_reset, blocks}.

/** Return how many rows of biases there are: with `reset_after` one beside the input and one beside the state. */
export const biasRowsOf = ({ kind, use_bias, reset_after }) =>
  use_bias ? (kind.has_reset && reset_after ? 2 : 1) : 0;

/** Return the arrays of a layer, each {part, rows, columns, count}; blocks of `units` columns stand side by side. */
export function partsOf(layer) {
  const { kind, units, features } = layer;
  const columns = kind.blocks.length * units;
  const rows = { kernel: features, recurrent: units, bias: biasRowsOf(layer) };
  return Object.entries(rows).map(([part, height]) => ({ part, rows: height, columns, count: height * columns }));
}

export const countOf = (layer) => partsOf(layer).reduce((sum, { count }) => sum + count, 0);

/** Return the call that makes the layer in Keras, without what is a default. */
export function kerasLine({ kind, units, use_bias, reset_after }) {
  const options = [
    String(units),
    ...(use_bias ? [] : ["use_bias=False"]),
    ...(kind.has_reset && !reset_after ? ["reset_after=False"] : []),
  ];
  return `keras.layers.${kind.name}(${options.join(", ")})`;
}
