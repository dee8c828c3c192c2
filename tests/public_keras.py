"""The public functions of the course that need Keras, each with good arguments and what they may be."""

from functools import cache

import numpy as np
from spoiling import Entry, flag, function, listed, number, numbers, option, size, text, thing
from spoiling import Kind as Some

from grulab import cell, films, jacobians, models, nextsymbol, speech, training, variants
from grulab.quiet import keras


@cache
def gru(use_bias=True, activation="tanh"):
    """Return a small built layer."""
    layer = keras.layers.GRU(2, use_bias=use_bias, activation=activation)
    layer.build((None, None, 3))
    return layer


def unbuilt(good, rng):
    """Return what is no built GRU with tanh and sigmoid."""
    return (
        None,
        1,
        "gru",
        np.zeros(3),
        object(),
        keras.layers.GRU(2),
        gru(activation="relu"),
        keras.layers.Dense(1),
        model(),
    )


@cache
def model():
    """Return a small compiled model."""
    made = keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(2), keras.layers.Dense(1)])
    made.compile("adam", "mse")
    return made


@cache
def letters():
    """Return a small model of the next symbol."""
    return nextsymbol.next_symbol_model(3, 2, 2)


SIZES = {"units": size(), "time_steps": size(), "features": size()}
RATE = number(None, None, 0, -1)
SHARE = number(0, None, 1)
JIT = Some(lambda good, rng: (None, "yes", 2, [], object(), 1.5, np.zeros(2), np.array("auto")))
BETWEEN = Some(
    lambda good, rng: (
        *function().bad(good, rng),
        lambda: None,
        lambda: keras.layers.Dropout(0.1),
        lambda: [keras.layers.Dropout],
        lambda: (keras.layers.Dropout(0.1), "relu"),
    )
)


def arguments(**given):
    return lambda draw: dict(given)


ENTRIES = {
    "cell.from_keras": Entry(cell.from_keras, lambda d: {"layer": gru()}, {"layer": Some(unbuilt)}),
    "jacobians.of_layer": Entry(
        jacobians.of_layer,
        lambda d: {"layer": gru(), "xs": d.array(2, 3, 3)},
        {"layer": Some(lambda good, rng: unbuilt(good, rng)), "xs": numbers(2)},
    ),
    "models.UpdateBias": Entry(models.UpdateBias, arguments(value=5.0), {"value": number()}),
    "models.recall_model": Entry(
        models.recall_model,
        arguments(kind="GRU", units=2, time_steps=3, features=2, symbols=2, update_bias=1.0),
        SIZES | {"kind": option("gru", "__proto__"), "symbols": size(), "update_bias": number(none=True)},
    ),
    "models.restart": Entry(
        models.restart,
        lambda d: {"model": model(), "seed": 1},
        {"model": thing(), "seed": size(0, 2**32 - 1)},
    ),
    "models.sequence_classifier": Entry(
        models.sequence_classifier,
        arguments(time_steps=3, features=2, units=2, learning_rate=0.01, jit_compile=False),
        SIZES | {"learning_rate": RATE, "jit_compile": JIT},
    ),
    "models.review_reader": Entry(
        models.review_reader,
        arguments(num_words=9, units=2, embedding=2, mask=True, dropout=0.1, learning_rate=0.01),
        {name: size() for name in ("num_words", "units", "embedding")}
        | {"mask": flag(), "dropout": SHARE, "learning_rate": RATE},
    ),
    "models.passage_reader": Entry(
        models.passage_reader,
        arguments(
            num_words=9, maxlen=4, passage=2, units=2, embedding=2, dropout=0.1, both_ways=False, pairs=0
        ),
        {name: size() for name in ("num_words", "maxlen", "passage", "units", "embedding")}
        | {"dropout": SHARE, "both_ways": flag(), "pairs": size(0)},
    ),
    "models.forecaster": Entry(
        models.forecaster,
        arguments(time_steps=3, units=2, layers=1, dropout=0.0, activation="tanh", steps_per_execution=1),
        {name: size() for name in ("time_steps", "units", "layers", "steps_per_execution")}
        | {"dropout": SHARE, "activation": Some(lambda good, rng: (1, 1.5, "sigmiod", "", [], {}, "\ud800"))},
    ),
    "variants.stacked": Entry(
        variants.stacked,
        arguments(units=2, depth=2, between=lambda: [keras.layers.Dropout(0.1)]),
        {"units": size(), "depth": size(), "between": BETWEEN},
    ),
    "variants.build": Entry(
        variants.build,
        lambda d: {
            "between": variants.stacked(2, 1),
            "time_steps": 3,
            "features": 2,
            "jit_compile": False,
            "steps_per_execution": 1,
        },
        {
            "between": listed(
                lambda good: [1], lambda good: ["GRU"], lambda good: [None], lambda good: [keras.layers.GRU]
            ),
            "time_steps": size(),
            "features": size(),
            "jit_compile": JIT,
            "steps_per_execution": size(),
        },
    ),
    "nextsymbol.next_symbol_model": Entry(
        nextsymbol.next_symbol_model,
        arguments(symbols=3, units=2, embedding=2, learning_rate=0.1, steps_per_execution=1),
        {name: size() for name in ("symbols", "units", "embedding", "steps_per_execution")}
        | {"learning_rate": RATE},
    ),
    "nextsymbol.from_keras": Entry(
        nextsymbol.from_keras,
        lambda d: {"model": letters()},
        {"model": Some(lambda good, rng: (None, 1, "m", np.zeros(2), [], object(), model(), gru()))},
    ),
    "speech.transcriber": Entry(
        speech.transcriber,
        arguments(time_steps=3, bands=2, letters=2, units=2, both_ways=False),
        {name: size() for name in ("time_steps", "bands", "letters", "units")} | {"both_ways": flag()},
    ),
    "films.film_reader": Entry(
        films.film_reader,
        arguments(time_steps=3, pixels=2, units=2),
        {name: size() for name in ("time_steps", "pixels", "units")},
    ),
    "training.half_cosine": Entry(
        training.half_cosine, arguments(rate=0.1, epochs=3), {"rate": RATE, "epochs": size()}
    ),
    "training.fit": Entry(
        training.fit,
        lambda d: {
            "model": model(),
            "x": d.array(4, 3, 2),
            "y": d.array(4, 1),
            "label": "training",
            "epochs": 1,
        },
        {
            "model": thing(),
            "x": Some(
                lambda good, rng: (None, 1, "x", [[1], [1, 2]], good[:3], good[..., :1], good[0], object())
            ),
            "y": Some(lambda good, rng: (None, 1, "y", [[1], [1, 2]], good[:3], object())),
            "label": text(),
            "epochs": size(),
        },
    ),
}
