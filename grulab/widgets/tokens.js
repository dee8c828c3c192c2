// From a text to ids: the mirror of grulab/data/text.py, which states the rule.

export const START = 1;
export const UNKNOWN = 2;
const FIRST_WORD = 4;

/** Split a text into words: letters, digits and apostrophes, in small letters and Unicode's form NFC. */
export const wordsIn = (text) =>
  text.normalize("NFC").toLowerCase().replace(/[‘’]/g, "'")
    .replace(/[^\p{L}\p{N}']+/gu, " ").split(" ").filter(Boolean);

/** Return the lookup from word to id; `lines` holds a word a line, in the order of their ids. */
export const vocabularyOf = (lines) => new Map(lines.split("\n").map((word, i) => [word, FIRST_WORD + i]));

/** Return the id of each word; one that is not known is tried once more without the apostrophes at its ends. */
export const idsOf = (words, vocabulary) =>
  words.map((word) => vocabulary.get(word) ?? vocabulary.get(word.replace(/^'+|'+$/g, "")) ?? UNKNOWN);

/**
 * Return what the model reads of a text: `ids`, the start id first, `words` with one string for each id, and how many
 * ids in front are `cut` since a row holds `maxlen` of them. The first to be cut is the start, which is no word.
 */
export function encoded(text, vocabulary, maxlen) {
  const words = wordsIn(text);
  const ids = [START, ...idsOf(words, vocabulary)].slice(-maxlen);
  return { ids, words: ["·", ...words].slice(-maxlen), cut: Math.max(0, words.length + 1 - maxlen) };
}
