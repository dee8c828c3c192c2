"""The makers of widgets: what each takes from its page, and what that may be."""

import numpy as np
from spoiling import (
    HUGE,
    NO_TEXT,
    Draw,
    Entry,
    flag,
    ids,
    listed,
    mapping,
    number,
    numbers,
    option,
    seed,
    size,
    text,
    thing,
)
from spoiling import Kind as Some

from grulab import cell, widgets
from grulab.nextsymbol import NextSymbol


def gru(draw, units=4, features=3):
    """Return the weights of a GRU."""
    return cell.Weights(
        draw.array(features, 3 * units), draw.array(units, 3 * units), draw.array(2, 3 * units), True
    )


def without_none(kind):
    """Return a kind that may be None as well."""
    return Some(lambda good, rng: [one for one in kind.bad(good, rng) if one is not None], kind.alike)


def arrays(*more):
    """Return the kind of a list of arrays whose shapes belong together."""
    return listed(
        lambda good: list(good)[:-1],
        lambda good: [*good, good[-1]],
        lambda good: [*list(good)[:-1], None],
        lambda good: [*list(good)[:-1], "a"],
        lambda good: [*list(good)[:-1], [[1], [1, 2]]],
        lambda good: [*list(good)[:-1], good[-1] * np.nan],
        lambda good: [*list(good)[:-1], good[-1] + 1j],
        lambda good: [*list(good)[:-1], good[-1][..., None]],
        *more,
    )


def mapped(kind, *more):
    """Return the kind of a dictionary from texts to what is of a kind."""

    def bad(good, rng):
        label, value = next(iter(good.items()))
        yield from mapping({}, *more).bad(good, rng)
        yield from ({label: spoilt} for spoilt in kind.bad(value, rng))
        yield from ({wrong: value} for wrong in (None, 1, ("a", "b")))

    return Some(bad)


def texts(*more):
    """Return the kind of a list of texts."""
    return listed(
        lambda good: [],
        lambda good: [*list(good)[:-1], None],
        lambda good: [*list(good)[:-1], 1],
        lambda good: [*good, "one more"],
        *more,
    )


SHAPES = ((1, 6), (2, 6), (2, 6), (2, 1), (1,))
OF_A_LAYER = arrays(lambda good: [], lambda good: [good[0]] * len(good))
GROUP = listed(
    lambda good: [],
    lambda good: good[:1],
    lambda good: [None] * len(good),
    lambda good: [[None] * 3] * len(good),
    lambda good: [layer[:2] for layer in good],
    lambda good: [[part * np.inf for part in layer] for layer in good],
    lambda good: [[part.astype(str) for part in layer] for layer in good],
    lambda good: [[part.ravel() for part in layer] for layer in good],
)
READERS = listed(
    lambda good: [],
    lambda good: [None],
    lambda good: [good[0][:3]],
    lambda good: [(None, *good[0][1:])],
    lambda good: [(*good[0][:3], "a")],
    lambda good: [(*good[0][:3], None)],
    lambda good: [(good[0][0], good[0][1] * np.nan, *good[0][2:])],
    lambda good: [(good[0][0], good[0][1][:, :2], *good[0][2:])],
    lambda good: [(*good[0][:2], good[0][2][:3], good[0][3])],
    lambda good: [good[0], (good[0][0], good[0][1][:8], *good[0][2:])],
)
PAIR = listed(
    lambda good: good[:1],
    lambda good: [*good, 1],
    lambda good: ["a", "b"],
    lambda good: [np.nan, 1],
    lambda good: [None, None],
    lambda good: [good[0], good[0] - HUGE],
)
CLASSES = Some(
    lambda good, rng: (
        *listed().bad(good, rng),
        *([one, *good[1:]] for one in (None, "a", 0.5, -1, 9, True, [0.5], [9], ["a"], {}, [[1], [1, 2]])),
    )
)
ROW = {"parameters": 9, "scores": [0.5, 0.6], "training_seconds": 1.5, "prediction_seconds": 0.1}


def with_field(name, *values):
    """Return functions of good rows that spoil one field."""
    return [lambda good, value=value: [good[0] | {name: value}, good[1]] for value in values]


def player_arguments(draw):
    return {
        "weights": gru(draw, features=6),
        "head": (draw.array(4, 2), draw.array(2)),
        "examples": [draw.array(5, 6), draw.array(4, 6)],
        "truths": [0, [1, 0]],
        "classes": ["left", "right"],
        "titles": ["one", "two"],
        "samples": [draw.array(9), draw.array(8)],
        "rate": 8_000,
        "columns": [[0] * 5, [1] * 4],
        "blank": 0,
    }


def writer_arguments(draw):
    parts = NextSymbol(draw.array(3, 3), gru(draw), draw.array(4, 3), draw.array(3))
    return {
        "parts": parts,
        "symbols": ["a", "b", "c"],
        "presets": {"one": [0, 1], "two": [2]},
        "noun": "note",
        "sounds": [[60, 1], [None, 1], [62, 0.5]],
        "tempo": 120,
        "length": 20,
    }


ENTRIES = {
    "GateTimeline": Entry(
        widgets.GateTimeline,
        lambda d: {
            "weights": gru(d),
            "head": (d.array(4, 1), d.array(1)),
            "xs": d.array(2, 5, 3),
            "labels": d.ids(2, below=2),
            "features": ["a", "b", "flag"],
            "marked": "flag",
            "order": d.rng.permutation(4),
        },
        {
            "weights": thing(),
            "head": arrays(),
            "xs": numbers(0, 2),
            "labels": ids(0, most=1),
            "features": Some(lambda good, rng: [one for one in texts().bad(good, rng) if one is not None]),
            "marked": Some(lambda good, rng: [one for one in (*NO_TEXT, "", "other") if one is not None]),
            "order": Some(lambda good, rng: (*without_none(ids(0, most=3)).bad(good, rng), good * 0)),
        },
        {"xs": "xs|weights", "weights": "weights|xs"},
    ),
    "ForecastPlayer": Entry(
        widgets.ForecastPlayer,
        lambda d: {
            "forecasters": {"a": [d.array(*shape) for shape in SHAPES]},
            "series": d.array(20),
            "line": d.array(3),
            "starts": (4, 15),
            "ends": (-1.0, 1.0),
            "width": 4,
            "origin": 0,
            "wave": 0.5,
            "unit": "m",
            "step": "year",
        },
        {
            "forecasters": mapped(OF_A_LAYER),
            "series": Some(lambda good, rng: (*numbers().bad(good, rng), good[:9])),
            "line": Some(lambda good, rng: (*numbers().bad(good, rng), good[:1], np.ones(6))),
            "starts": PAIR,
            "ends": Some(lambda good, rng: (*list(PAIR.bad(good, rng))[:-1], (1, 1))),
            "width": size(),
            "origin": size(-(10**9), 0),
            "wave": number(None, None, 0, -1, none=True),
            "unit": text(),
            "step": text(),
        },
        {"forecasters": "forecasters|'a'", "series": "series|starts", "origin": "origin|begins at"},
    ),
    "GradientHighway": Entry(
        widgets.GradientHighway,
        lambda d: {
            "layers": {
                kind: [
                    [d.array(3, 2 * n), d.array(2, 2 * n), d.array(*((2, 6) if n == 3 else (2 * n,)))]
                    for _ in range(2)
                ]
                for kind, n in (("SimpleRNN", 1), ("GRU", 3), ("LSTM", 4))
            },
            "xs": d.array(2, 12, 3),
            "trained": [[[d.array(3, 6), d.array(2, 6), d.array(2, 6)] for _ in range(2)] for _ in range(2)],
            "probe": d.array(12, 3),
        },
        {
            "layers": Some(
                lambda good, rng: (
                    *mapping({}, {"GRU": good["GRU"]}, good | {1: good["GRU"]}).bad(good, rng),
                    *(good | {"LSTM": group} for group in GROUP.bad(good["LSTM"], rng)),
                )
            ),
            "xs": numbers(0, 1, 2),
            "trained": Some(
                lambda good, rng: (
                    *listed(lambda good: good[:1], lambda good: [*good, good[0]]).bad(good, rng),
                    *([good[0], group] for group in GROUP.bad(good[1], rng)),
                )
            ),
            "probe": numbers(0, 1),
        },
        {
            "layers": "layers|LSTM",
            "trained": "trained|GRU|layers",
            "xs": "xs|features",
            "probe": "probe|features",
        },
    ),
    "PaddingLab": Entry(
        widgets.PaddingLab,
        lambda d: {
            "readers": [(gru(d), d.array(9, 3), d.array(4, 1), d.array(1)) for _ in range(2)],
            "texts": {"one": "a good film", "two": ""},
            "word_index": {"good": 4, "film": 5},
        },
        {
            "readers": READERS,
            "texts": mapped(text()),
            "word_index": mapping(
                *({"good": one} for one in ("4", 4.5, None, -4)),
                *({"film": 5, "good": one} for one in ("4", 4.5, None, -4, [4], True)),
            ),
        },
        {"readers": "readers?", "texts": "texts?"},
    ),
    "Player": Entry(
        widgets.Player,
        player_arguments,
        {
            "weights": Some(lambda good, rng: (*thing().bad(good, rng), [good] * 3, [good, None])),
            "head": arrays(),
            "examples": arrays(lambda good: []),
            "truths": CLASSES,
            "classes": texts(),
            "titles": without_none(texts()),
            "samples": listed(
                lambda good: [],
                lambda good: good[:1],
                lambda good: [good[0] * 9, good[1]],
                lambda good: [good[0], None],
                lambda good: [good[0], "a"],
                lambda good: [good[0], good[1] * np.nan],
                lambda good: [good[0], good[1][None]],
            ),
            "rate": number(8_000, 48_000),
            "columns": without_none(
                listed(
                    lambda good: [],
                    lambda good: good[:1],
                    lambda good: [good[0], None],
                    lambda good: [good[0], "abcd"],
                    lambda good: [good[0], [9] * 4],
                    lambda good: [good[0], [0.5] * 4],
                    lambda good: [good[0], [0] * 3],
                )
            ),
            "blank": without_none(
                Some(
                    lambda good, rng: (None, 1.5, "a", b"x", {}, True, 2, -1, HUGE, np.nan, np.array([0, 1]))
                )
            ),
        },
        {"weights": "weights|head", "examples": "example", "truths": "truth", "titles": "title"}
        | {"classes": "classes|head", "samples": "samples", "rate": "rate"},
    ),
    "ReviewGates": Entry(
        widgets.ReviewGates,
        lambda d: {
            "table": d.array(6, 3),
            "weights": gru(d),
            "head": (d.array(4, 1), d.array(1)),
            "word_index": {"good": 4, "film": 5},
            "maxlen": 9,
            "presets": {"one": "a good film"},
        },
        {
            "table": Some(lambda good, rng: (*numbers(1).bad(good, rng), good[:5])),
            "weights": thing(),
            "head": arrays(),
            "word_index": mapped(size(), {"good": 4, "film": 6}, {"good": 4, "fi\nlm": 5}),
            "maxlen": size(),
            "presets": mapped(text()),
        },
    ),
    "VariantTable": Entry(
        widgets.VariantTable,
        lambda d: {
            "rows": [{"name": name, **ROW} for name in ("GRU", "LSTM")],
            "score": "accuracy",
            "higher_is_better": True,
            "baselines": {"guess": 0.5},
            "digits": 3,
        },
        {
            "rows": listed(
                lambda good: [],
                lambda good: good[:1],
                lambda good: [good[0], good[0]],
                lambda good: [good[0], None],
                lambda good: [good[0], {1: 2}],
                lambda good: [good[0], ["name", "parameters"]],
                *with_field("name", None, 1, b"GRU", [], {}),
                *with_field("parameters", None, "a", 0, -1, 1.5, np.nan, [1], True),
                *with_field("scores", None, 1, "ab", [1], [1, None], [1, "a"], [1, np.nan], [[1], [2]], {}),
                *with_field("training_seconds", None, "a", 0, -1, np.nan, np.inf, [1], True),
                *with_field("prediction_seconds", None, "a", 0, -1, np.nan, np.inf, [1], True),
            ),
            "score": text(),
            "higher_is_better": flag(),
            "baselines": Some(
                lambda good, rng: [
                    *(one for one in mapping().bad(good, rng) if one is not None),
                    *({"guess": one} for one in number().bad(0.5, rng)),
                    *({one: 0.5} for one in (1, None, ("a", "b"))),
                ]
            ),
            "digits": size(0, 12),
        },
        {"rows": "rows?|GRU", "baselines": "baseline"},
    ),
    "Writer": Entry(
        widgets.Writer,
        writer_arguments,
        {
            "parts": thing(),
            "symbols": texts(lambda good: good[:2], lambda good: ["a", "b", "b"]),
            "presets": mapped(
                Some(
                    lambda good, rng: (
                        *(None, 1, 0.5, object(), {}, {1}, b"x", [], [0.5], [9], [-1], ["a"], [None]),
                        *([[0]], [[1], [1, 2]], [0] * 401, np.zeros((0, 3)), True),
                    )
                ),
                {"one": "ab", "two": [1]},
            ),
            "noun": text(),
            "sounds": listed(
                lambda good: good[:2],
                lambda good: [None] * 3,
                lambda good: [[60], [60], [60]],
                lambda good: [*good[:2], ["C", 1]],
                lambda good: [*good[:2], [60, 0]],
                lambda good: [*good[:2], [128, 1]],
                lambda good: [*good[:2], [60, np.nan]],
                lambda good: [*good[:2], [60, None]],
                lambda good: [*good[:2], [60, 1, 1]],
            ),
            "tempo": number(None, None, 0, -1),
            "length": size(1, 999),
        },
        {"presets": "presets|beginning"},
    ),
}


def made(name):
    """Return a widget made of good arguments."""
    return ENTRIES[name].call(**ENTRIES[name].good(Draw(1)))


def longer(good):
    """Return a trace of a layer with other units."""
    weights = cell.Weights(np.ones((3, 6)), np.ones((2, 6)), None, True)
    return cell.run(weights, np.ones((1, 5, 3)))


METHODS = {
    "ForecastPlayer.runs": Entry(
        made("ForecastPlayer").runs,
        lambda d: {"starts": d.ids(3) + 4},
        {"starts": Some(lambda good, rng: (*without_none(ids()).bad(good, rng), [3, 4], [16]), ids().alike)},
    ),
    "GradientHighway.survives": Entry(
        made("GradientHighway").survives, lambda d: {"kind": "GRU"}, {"kind": option("gru", "during")}
    ),
    "GradientHighway.reaches": Entry(
        made("GradientHighway").reaches, lambda d: {"kind": "after"}, {"kind": option("gru", "during")}
    ),
    "ReviewGates.predict": Entry(
        made("ReviewGates").predict,
        lambda d: {"reviews": [d.ids(4), d.ids(2)]},
        {
            "reviews": listed(
                lambda good: [],
                lambda good: [good[0], None],
                lambda good: [good[0], "a"],
                lambda good: [good[0], [6]],
                lambda good: [good[0], [-1]],
                lambda good: [good[0], [0.5]],
                lambda good: [good[0], 4],
                alike=(tuple, lambda good: [row.tolist() for row in good]),
            )
        },
    ),
    "ConventionSwitch.z": Entry(widgets.ConventionSwitch().z, lambda d: {"h": 0.5}, {"h": number()}),
    "GateTimeline.probability": Entry(
        made("GateTimeline").probability,
        lambda d: {"trace": made("GateTimeline").runs()[0]},
        {"trace": Some(lambda good, rng: (None, 1, "trace", tuple(good), good.h, longer(good)))},
    ),
    "TrainingGround.sequences": Entry(
        widgets.TrainingGround().sequences, lambda d: {"n": 3, "seed": 1}, {"n": size(), "seed": seed()}
    ),
}
