"""Reviews as readers type them, and what the page's own JavaScript makes of them in Node."""

import numpy as np
from node import ask_widget

from grulab.data import decode
from grulab.widgets import ReviewGates

TRAITS = ["vocabulary", "table", "layer", "output", "maxlen"]

SCRIPT = """
const { traits: first, texts } = question;
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


def in_node(folder, widget, texts):
    """Return what the page computes for each text."""
    traits = {name: getattr(widget, name) for name in TRAITS}
    return ask_widget(folder, ReviewGates, SCRIPT, {"traits": traits, "texts": texts})
