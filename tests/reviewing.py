"""Reviews as readers type them, and what the page's own JavaScript makes of them in Node."""

import base64

import numpy as np
from node import ask

from grulab.data import decode
from grulab.widgets import ReviewGates

MODULE = str(ReviewGates._esm)
TRAITS = ["vocabulary", "table", "layer", "output", "maxlen"]

SCRIPT = """
import * as js from './review.mjs';
let input = "";
for await (const part of process.stdin) input += part;
const { traits, texts } = JSON.parse(input);
const real = (value) => {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  if ("bytes" in value) return new Uint8Array(Buffer.from(value.bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, real(one)]));
};
const first = real(traits);
const get = (name) => first[name];
const vocabulary = js.vocabularyOf(get("vocabulary"));
const packed = { table: get("table"), layer: get("layer"), output: get("output") };
const reader = js.readerFrom(packed);
console.log(JSON.stringify(texts.map((text) => {
  const { ids, words, cut } = js.encoded(text, vocabulary, get("maxlen"));
  const steps = reader.read(ids);
  const half = ids.length >> 1;
  const { z, r, candidate, h } = steps[half];
  return {
    ids, words: words.length, cut, answers: steps.map(({ answer }) => answer), without: reader.without(half),
    start: reader.start, middle: { z, r, candidate, h },
    again: reader.read(ids) === steps, fresh: js.readerFrom(packed).read(ids).map(({ answer }) => answer),
  };
})));
"""
BETWEEN = [
    ", ",
    "! ",
    " – ",
    "<br /><br />",
    " … ",
    "\n",
    "\t",
    " (",
    ") ",
    "/",
    " 🎬 ",
    "👍🏽",
    " ❤️ ",
    "_",
    "\u00a0",
]
CASES = [str.upper, str.title, str.swapcase, str.capitalize]
QUOTES = ["'{}'", "‘{}’", "“{}”", "{}'s", "{}’s", "'{}", "{}…"]
STRANGE = [
    "zzyzx",
    "café",
    "cafe\u0301",
    "naïve",
    "İstanbul",
    "Straße",
    "ΟΔΟΣ",
    "10/10",
    "½",
    "don’t",
    "映画",
    "_x_",
]


def disturbed(reviews, word_index, n, seed=0):
    """Return n texts: the first reviews, rows of ids, as words with seeded changes of all kinds put in."""
    rng = np.random.default_rng(seed)
    texts = []
    for ids in reviews[:n]:
        words = decode(ids, word_index, unknown="zzyzx").split(" ")
        for at in rng.choice(len(words), size=max(1, len(words) // 4), replace=False):
            kind = rng.integers(3)
            if kind == 0:
                words[at] = CASES[rng.integers(len(CASES))](words[at])
            elif kind == 1:
                words[at] = QUOTES[rng.integers(len(QUOTES))].format(words[at])
            else:
                words[at] += " " + STRANGE[rng.integers(len(STRANGE))]
        text = words[0]
        for word in words[1:]:
            text += (BETWEEN[rng.integers(len(BETWEEN))] if rng.random() < 0.2 else " ") + word
        texts.append(text)
    return texts


def plain(value):
    """Return a trait as JSON, with base64 in the place of bytes."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {name: plain(one) for name, one in value.items()} if isinstance(value, dict) else value


def in_node(folder, widget, texts):
    """Return what the page computes for each text."""
    (folder / "review.mjs").write_text(MODULE, encoding="utf-8")
    (folder / "ask.mjs").write_text(SCRIPT, encoding="utf-8")
    traits = {name: plain(getattr(widget, name)) for name in TRAITS}
    return ask(folder / "ask.mjs", question={"traits": traits, "texts": texts})
