"""What the constructor of a widget takes from its page, with zeros for what is trained there.

A widget that takes numbers alone needs no entry. The names are those of ``Copy as Python``. An entry is for a
class; one under the name of a widget in links has what it takes in another way, or more.
"""

import numpy as np

from grulab.cell import Weights
from grulab.nextsymbol import NextSymbol


def new_arrays(kind, units, features):
    """Return the arrays of three layers of a kind, all zeros."""
    columns = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind] * units
    bias = (2, columns) if kind == "GRU" else (columns,)
    return [[np.zeros(shape) for shape in ((features, columns), (units, columns), bias)]] * 3


def gru(units, features):
    """Return the weights of a GRU, all zeros."""
    kernel, recurrent = np.zeros((features, 3 * units)), np.zeros((units, 3 * units))
    return Weights(kernel, recurrent, None, reset_after=True)


# embedding, layer and head of a reader of texts
READER = (
    gru(units=32, features=16),
    np.zeros((128, 16)),
    np.zeros((32, 1)),
    np.zeros(1),
)
TAKEN = {
    "PaddingLab": {
        "readers": [READER] * 3,
        "texts": dict.fromkeys("abcd", "a word " * 30),
        "word_index": {"a": 4, "word": 5},
    },
    "GateTimeline": {
        "weights": gru(units=32, features=8),
        "head": (np.zeros((32, 1)), np.zeros(1)),
        "xs": np.zeros((60, 10, 8)),
        "labels": [0] * 60,
        "order": np.arange(32),
    },
    "GradientHighway": {
        "layers": {kind: new_arrays(kind, units=8, features=8) for kind in ("SimpleRNN", "GRU", "LSTM")},
        "xs": np.zeros((3, 150, 8)),
        "trained": [new_arrays("GRU", units=16, features=10)] * 2,
        "probe": np.zeros((150, 10)),
    },
    "ForecastPlayer": {
        "forecasters": {
            key: [np.zeros(s) for s in ((1, 3), (1, 3), (2, 3), (1, 1), (1,))] for key in "abcdef"
        },
        "series": np.sin(np.arange(1199) / 10),
        "line": [0, 1],
        "starts": (100, 1000),
        "ends": (-1, 1),
        "width": 10,
    },
    "Player": {
        "weights": gru(units=24, features=100),
        "head": (np.zeros((24, 2)), np.zeros(2)),
        "examples": [np.zeros((9, 10, 10))] * 8,
        "truths": [0] * 8,
        "classes": ["left", "right"],
        "titles": list("abcdefgh"),
    },
    # the player of page 08c
    "speech": {
        "weights": [gru(units=32, features=20)] * 2,
        "head": (np.zeros((64, 6)), np.zeros(6)),
        "examples": [np.zeros((52, 20))] * 4,
        "truths": [[1]] * 4,
        "classes": list("–aeiou"),
        "titles": list("abcd"),
        "samples": [np.zeros(13_000)] * 4,
        "columns": [[0] * 52] * 4,
    },
    "Writer": {
        "parts": NextSymbol(np.zeros((2, 16)), READER[0], np.zeros((32, 2)), np.zeros(2)),
        "symbols": "ab",
        "presets": dict.fromkeys("abcd", "ab"),
        "sounds": [[60, 1], [None, 1]],
    },
    "ReviewGates": {
        "table": np.zeros((5, 32)),
        "weights": gru(units=32, features=32),
        "head": (np.zeros((32, 1)), np.zeros(1)),
        "word_index": {"film": 4},
        "maxlen": 50,
        "presets": dict.fromkeys("abcde", "film"),
    },
    # more rows than any page has
    "VariantTable": {
        "rows": [
            {
                "name": str(n),
                "parameters": 1,
                "scores": [0, 1],
                "training_seconds": 1,
                "prediction_seconds": 1,
            }
            for n in range(100)
        ],
    },
}
