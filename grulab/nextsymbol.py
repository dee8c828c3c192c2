"""Name the next symbol of a sequence: the model, its surprise, and what it writes when left alone.

Symbols are numbered from 0: letters of a text, notes of a tune. Everything but ``next_symbol_model`` is
NumPy and runs a trained model step by step. ``grulab/widgets/nextsymbol.js`` does the same in a page, draw
for draw.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

import numpy as np

from grulab import cell
from grulab.arguments import check_flag, check_list, check_number, check_size, check_text
from grulab.arrays import check_floats, check_ids, check_numbers, check_row


def next_symbol_model(symbols, units=64, embedding=16, learning_rate=5e-3, steps_per_execution=8):
    """Return a compiled model that reads ids and names the next one after each step.

    Input: ids (batch, time_steps), whole numbers below ``symbols``. Output: probabilities (batch,
    time_steps, symbols). The layers are named "embedding", "gru" and "answer". The loss is the cross-entropy
    in nats; divided by ln 2 it is in bits. ``fit`` takes ``sample_weight`` (batch, time_steps) where some
    steps do not count.
    """
    from grulab.quiet import keras

    symbols, units = check_size("symbols", symbols, 1), check_size("units", units, 1)
    embedding = check_size("embedding", embedding, 1)
    steps_per_execution = check_size("steps_per_execution", steps_per_execution, 1)
    learning_rate = float(check_number("learning_rate", learning_rate, above=0))
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            # each symbol has a row of its own: (batch, time_steps, embedding)
            keras.layers.Embedding(symbols, embedding, name="embedding"),
            # an answer after each symbol needs the state after each: (batch, time_steps, units)
            keras.layers.GRU(units, return_sequences=True, name="gru"),
            keras.layers.Dense(symbols, activation="softmax", name="answer"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        weighted_metrics=[],
        jit_compile=True,
        steps_per_execution=steps_per_execution,
    )
    return model


def ids_of(text, symbols):
    r"""Return the ids of a text, where each symbol is one character: an int array, (characters,).

    The text is brought to Unicode's form NFC and lower case; every run of spaces, tabs and line breaks
    becomes one space. Characters that are no symbol are left out.
    """
    check_text("text", text)
    symbols = [
        check_text(f"symbols[{i}]", one)
        for i, one in enumerate(
            symbols if isinstance(symbols, str) else check_list("symbols", symbols, "characters")
        )
    ]
    known = {symbol: i for i, symbol in enumerate(symbols)}
    text = re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text).lower())
    return np.array([known[one] for one in text if one in known], dtype=int)


def shifted_rows(ids, time_steps):
    """Cut one long row of ids into inputs and targets, ``(x, y)``, each (rows, time_steps).

    The targets are the inputs one place later. The rows do not overlap; what is left at the end stays out.
    Raise a ValueError when not even one row can be cut.
    """
    ids, time_steps = check_row("ids", ids), check_size("time_steps", time_steps, 1)
    rows = (len(ids) - 1) // time_steps
    if not rows:
        raise ValueError(
            f"a row of {time_steps} and its targets need {time_steps + 1} ids; given {len(ids)}."
        )
    last = rows * time_steps
    return ids[:last].reshape(rows, time_steps), ids[1 : last + 1].reshape(rows, time_steps)


@dataclass(frozen=True, eq=False)
class NextSymbol:
    """Hold a trained model in NumPy, in float64.

    ``table`` (symbols, features) has a row for each symbol, ``weights`` are those of the GRU,
    ``kernel`` (units, symbols) and ``bias`` (symbols,) those of the softmax output.
    """

    table: np.ndarray
    weights: cell.Weights
    kernel: np.ndarray
    bias: np.ndarray

    def __post_init__(self):
        """Raise a TypeError or a ValueError unless the parts fit each other."""
        weights = self.weights
        if not isinstance(weights, cell.Weights):
            raise TypeError(f"weights must be grulab.cell.Weights, not {type(weights).__name__}.")
        # single precision is kept exactly, and every run is the same on every machine to many digits
        double = (
            None if part is None else np.float64(part)
            for part in (weights.kernel, weights.recurrent, weights.bias)
        )
        object.__setattr__(self, "weights", cell.Weights(*double, weights.reset_after))
        symbols = len(check_floats("bias", self.bias, ("symbols",)))
        for name, shape in {
            "table": (symbols, weights.features),
            "kernel": (weights.units, symbols),
            "bias": (symbols,),
        }.items():
            object.__setattr__(self, name, np.float64(check_floats(name, getattr(self, name), shape)))

    @property
    def symbols(self):
        """Return how many symbols there are."""
        return len(self.bias)


def from_keras(model):
    """Return the ``NextSymbol`` of a model that ``next_symbol_model`` made; raise a TypeError for another."""
    names = [layer.name for layer in getattr(model, "layers", [])]
    if names != ["embedding", "gru", "answer"]:
        raise TypeError(
            f"model must be a Keras model of next_symbol_model, but is of type {type(model).__name__}"
            + (f" with the layers {', '.join(map(str, names))}." if names else ".")
        )
    (table,) = model.get_layer("embedding").get_weights()
    return NextSymbol(
        table, cell.from_keras(model.get_layer("gru")), *model.get_layer("answer").get_weights()
    )


def probabilities(parts, rows, only_last=False):
    """Return the probabilities of the next symbol after each one: ids (rows, time_steps) to (…, symbols).

    With ``only_last`` after the last one alone: (rows, symbols).
    """
    only_last = check_flag("only_last", only_last)
    states = states_after(parts, rows)
    states = states[:, -1] if only_last else states
    return softmax(states @ parts.kernel + parts.bias)


def states_after(parts, rows):
    """Return the state after each id: ids (rows, time_steps) to (rows, time_steps, units)."""
    rows = check_rows(parts, rows)
    return cell.run(parts.weights, parts.table[rows]).h


def check_rows(parts, rows, least=1):
    """Return ids (rows, time_steps) as an array; raise an error unless they are ids of these ``parts``."""
    if not isinstance(parts, NextSymbol):
        raise TypeError(
            f"parts must be a grulab.nextsymbol.NextSymbol, but is of type {type(parts).__name__}."
        )
    rows = check_ids("rows of ids", rows, ("rows", "time_steps"), parts.symbols)
    if rows.shape[1] < least:
        raise ValueError(f"rows must hold at least {least} ids each, but hold {rows.shape[1]}.")
    return rows


def softmax(sums):
    """Turn sums (…, symbols) into probabilities that add up to 1 along the last axis."""
    powers = np.exp(sums - sums.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def surprise(parts, rows):
    """Return -log2 p of each symbol after those before it in its row, in bits: (rows, time_steps - 1).

    The first symbol of a row has none before it and is not asked for.
    """
    rows = check_rows(parts, rows)
    p = probabilities(parts, rows)[:, :-1]  # (rows, time_steps - 1, symbols)
    return -np.log2(np.take_along_axis(p, rows[:, 1:, None], axis=2))[:, :, 0]


def last_surprise(parts, rows):
    """Return -log2 p of the last symbol of each row after those before it, in bits: (rows,)."""
    rows = check_rows(parts, rows, least=2)
    p = probabilities(parts, rows[:, :-1], only_last=True)  # (rows, symbols)
    return -np.log2(p[np.arange(len(rows)), rows[:, -1]])


def contexts(ids, context, every=1):
    """Return rows (places, context + 1): symbols of one long row of ids, each behind those before it.

    The last column holds the symbols asked for. They are the same for every ``context`` up to 100: every
    ``every``-th from place 100 on.
    """
    ids, context = check_row("ids", ids), check_size("context", context, 1)
    if context > 100 or len(ids) <= 100:
        raise ValueError(
            f"context may be 100 at most and needs more ids; given {context} and {len(ids)} ids."
        )
    places = np.arange(100, len(ids), check_size("every", every, 1))
    return ids[places[:, None] + np.arange(-context, 1)]


def at_temperature(p, temperature):
    """Return p ** (1 / temperature), scaled to add up to 1: below 1 more cautious, above 1 bolder.

    At 0 the most probable symbol has it all (the first of them where two are equal).
    """
    check_number("temperature", temperature, 0)
    return tempered(check_probabilities(p), temperature)


def check_probabilities(p):
    """Return ``p`` as an array (symbols,) in float64; raise an error unless it can be probabilities."""
    p = check_numbers("p", p, ("symbols",)).astype("float64")
    if p.min() < 0 or not p.any():
        raise ValueError(f"p must hold probabilities, but reaches from {p.min()} to {p.max()}.")
    return p


def tempered(p, temperature):
    """Return what ``at_temperature`` does, of numbers that were checked before."""
    if temperature == 0:
        return np.eye(len(p))[p.argmax()]
    with np.errstate(divide="ignore"):
        return softmax(np.log(p) / temperature)


def uniforms(seed):
    """Yield numbers from 0 to below 1 that are the same in Python and in the page: mulberry32.

    ``seed`` is a whole number; 32 bits of it count. ``randomNumbers`` of ``grulab/widgets/randoms.js`` draws
    the same.
    """
    return _uniforms(check_size("seed", seed, -np.inf, np.inf) & 0xFFFFFFFF)


def _uniforms(state):
    low = 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & low
        mixed = (state ^ (state >> 15)) * (state | 1) & low
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & low
        yield (mixed ^ (mixed >> 14)) / 2**32


def draw(p, u):
    """Return the symbol that ``u``, from 0 to below 1, falls on, where symbol k has a stretch of p[k]."""
    check_number("u", u, 0, 1)
    return fall_on(check_probabilities(p), u)


def fall_on(p, u):
    """Return what ``draw`` does, of numbers that were checked before."""
    return int(min(np.searchsorted(np.cumsum(p), u, side="right"), np.flatnonzero(p)[-1]))


def continuation(parts, beginning, length, temperature=1.0, seed=0):
    """Return the ids that the model writes after ``beginning``, a row of at least one id: (length,).

    Each symbol is drawn from the probabilities after all before it, at the temperature; the seed makes the
    draw repeatable, here and in the page.
    """
    written = list(check_row("beginning", beginning))
    check_number("temperature", temperature, 0)
    length = check_size("length", length, 0)
    h = states_after(parts, [written])[:, -1]  # (1, units)
    for u in islice(uniforms(seed), length):
        p = softmax(h @ parts.kernel + parts.bias)[0]
        written.append(fall_on(tempered(p, temperature), u))
        h = cell.step(parts.weights, parts.table[written[-1:]], h).h
    return np.array(written[len(written) - length :], dtype=int)
