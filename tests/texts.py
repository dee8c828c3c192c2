"""Texts as readers type them: decoded reviews with case, punctuation, accents and emoji put in."""

import numpy as np

from grulab.data import decode

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
