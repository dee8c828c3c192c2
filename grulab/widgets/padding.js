// One text in a row of fixed length: the mirror of keras.utils.pad_sequences.

/**
 * Cut or fill a text to `maxlen` places. `padding` and `truncating` are 0 for the front, 1 for the end.
 *
 * Returns the row: its `ids` [maxlen], 0 at padding; the `mask` [maxlen], true at words; how many `zeros` it has; the
 * step `begin` of its first word; and how many words of the text are `lost` [in front, at the end].
 */
export function fitted(ids, maxlen, padding, truncating) {
  const over = Math.max(0, ids.length - maxlen);
  const lost = truncating ? [0, over] : [over, 0];
  const kept = ids.slice(lost[0], ids.length - lost[1]);
  const zeros = new Array(maxlen - kept.length).fill(0);
  const row = padding ? [...kept, ...zeros] : [...zeros, ...kept];
  return { ids: row, mask: row.map((id) => id > 0), zeros: zeros.length, begin: padding ? 0 : zeros.length, lost };
}
