"""The public functions of the course that need no Keras: good arguments, and what they may be."""

import numpy as np
from spoiling import (
    HUGE,
    Entry,
    flag,
    floats,
    forms,
    function,
    ids,
    listed,
    mapping,
    notes,
    number,
    numbers,
    option,
    seed,
    size,
    text,
    thing,
)
from spoiling import (
    Kind as Some,
)

from grulab import (
    anomalies,
    baselines,
    cell,
    data,
    films,
    forecasting,
    growth,
    jacobians,
    messages,
    mingru,
    newton,
    nextsymbol,
    ngrams,
    optim,
    pairs,
    reading,
    seeds,
    speech,
    testset,
)
from grulab.data import formants, prose, strokes, tunes, twins, vowels
from grulab.data import text as texts

INDEX = {"good": 4, "film": 5}
TURNED = mapping(
    *({"good": 4, "film": one} for one in ("5", 5.5, None, [5], True)),
    {4: "good"},
    {4: 0, 5: 1, 6: 2, 7: 3, 8: 4},
)


def weights(draw, reset_after=True):
    """Return the weights of a small GRU."""
    bias = (2, 3 * draw.units) if reset_after else (3 * draw.units,)
    return cell.Weights(
        draw.array(draw.features, 3 * draw.units),
        draw.array(draw.units, 3 * draw.units),
        draw.array(*bias),
        reset_after,
    )


def gru_arguments(draw):
    return {
        "kernel": draw.array(draw.features, 3 * draw.units),
        "recurrent": draw.array(draw.units, 3 * draw.units),
        "bias": draw.array(2, 3 * draw.units),
        "reset_after": True,
    }


def step_arguments(draw):
    return {
        "weights": weights(draw),
        "x": draw.array(draw.batch, draw.features),
        "h": draw.array(draw.batch, draw.units),
    }


def run_arguments(draw):
    shape = draw.batch, draw.time_steps
    return {
        "weights": weights(draw),
        "xs": draw.array(*shape, draw.features),
        "h0": draw.array(draw.batch, draw.units),
        "mask": draw.rng.random(shape) < 0.7,
        "go_backwards": bool(draw.rng.integers(2)),
        "clamp": {"z": 0.5},
    }


def masks(good, rng):
    return (
        good.astype(int),
        good.astype(float),
        good[0],
        good[:, 1:],
        good.astype(str),
        "mask",
        [[True], [True, False]],
        1,
    )


def clamps(good, rng):
    shares = ("a", 2.0, -0.1, np.inf, np.zeros(7), [[1], [1, 2]], True, 1j, np.array(["a"]), object())
    return (
        [],
        "z",
        1.0,
        {"h": 0.5},
        {1: 0.5},
        {("z", "r"): 1},
        {"<img>\n": 0.5},
        *({"z": one} for one in shares),
    )


def trace_arguments(draw):
    given = {"weights": weights(draw), "xs": draw.array(draw.batch, draw.time_steps, draw.features)}
    trace = cell.run(given["weights"], given["xs"])
    return given | {"trace": trace, "dh": draw.array(*trace.h.shape)}


def other_traces(good, rng):
    """Return what is no trace of these weights."""
    wider = cell.Weights(np.ones((2, 27)), np.ones((9, 27)), None, True)
    return (None, tuple(good), good.h, cell.run(wider, np.ones((2, 3, 2))))


class Kinds:
    """The kinds that need more than a name."""

    mask = Some(masks)
    clamp = Some(clamps)
    trace = Some(other_traces)
    h0 = Some(
        lambda good, rng: [one for one in floats(0, 1).bad(good, rng) if one is not None], floats(0, 1).alike
    )
    bias = Some(lambda good, rng: [one for one in floats(0, 1).bad(good, rng) if one is not None])
    part = Some(lambda good, rng: (0, -1, 5, "a", 1.5, [1], HUGE, True))
    pairs = Some(lambda good, rng: (*ids().bad(good, rng), good[::-1], good[[0, 0, 1]]), forms)
    speed = listed(
        lambda good: (1.5, 0.5),
        lambda good: (1,),
        lambda good: ("a", "b"),
        lambda good: (np.nan, 1),
        lambda good: (-1.5, 0.5),
        lambda good: (-1.0, -0.5),
    )


def layer_arguments(blocks):
    return lambda draw: {
        "kernel": draw.array(draw.features, blocks * draw.units),
        "recurrent": draw.array(draw.units, blocks * draw.units),
        "bias": draw.array(blocks * draw.units),
        "xs": draw.array(draw.batch, draw.time_steps, draw.features),
    }


LAYER = {"kernel": floats(1), "recurrent": floats(0, 1), "bias": floats(0), "xs": floats(2)}
ROWS = listed(
    lambda good: [*good, [1.5]],
    lambda good: [*good, "ab"],
    lambda good: [*good, None],
    lambda good: [*good, [[1]]],
    lambda good: [*good, [2**62]],
    lambda good: [*good, [-1]],
    lambda good: [*good, np.array(5)],
    alike=(tuple, lambda good: [np.array(row) for row in good]),
)
REVIEWS = [[4, 5, 6, 4, 5], [6, 4, 5], [], [5, 5, 4, 4]]
COUNTS = baselines.fit_counts(REVIEWS, [0, 1, 0, 1], longest=2, features=5)


def parts_of(draw, symbols=5):
    given = weights(draw)
    return nextsymbol.NextSymbol(
        draw.array(symbols, draw.features), given, draw.array(draw.units, symbols), draw.array(symbols)
    )


def last_of(x):
    return x[:, -1, 0]


def half(rows):
    return np.full(len(rows), 0.5)


def followers():
    return ngrams.Followers([[0, 1, 2, 1], [2, 2]], 3, 2)


def testing():
    return testset.TestSet([[4], [5]], [0, 1])


def memory_arguments(draw):
    return {"n": draw.batch, "time_steps": draw.time_steps, "features": draw.features, "seed": 3}


MEMORY = {"n": size(), "time_steps": size(), "features": size(2), "seed": seed()}
GROWTH = {"batch": size(), "time_steps": size(), "features": size(), "units": size()}


def growth_arguments(draw):
    return {"batch": draw.batch, "time_steps": draw.time_steps, "features": 2, "units": 2}


def forecaster_arguments(draw):
    return {
        "model": newton.start(draw.units, draw.features),
        "x": draw.array(draw.batch, draw.time_steps, draw.features),
        "y": draw.array(draw.batch),
        "steps": 1,
        "enough": 0.0,
    }


def some(draw, *names):
    """Return those of the arguments of ``fit`` that are named."""
    return {name: value for name, value in forecaster_arguments(draw).items() if name in names}


def in_float32(model):
    """Return a forecaster that is given in single precision."""
    given = model.weights
    arrays = (part.astype("float32") for part in (given.kernel, given.recurrent, given.bias))
    return newton.Forecaster(cell.Weights(*arrays, reset_after=True), model.kernel.astype("float32"), 0.0)


FORECASTER = Some(lambda good, rng: (*thing().bad(good, rng), in_float32(good)))
STRETCHES = listed(
    lambda good: [(3, 2)],
    lambda good: [(-1, 2)],
    lambda good: [(0, 99)],
    lambda good: [(1,)],
    lambda good: [5],
    lambda good: [(0.5, 2)],
    lambda good: [("a", "b")],
    alike=(tuple, lambda good: (pair for pair in good)),
)
SERIES = {"series": numbers()}
NOTES = notes()
GRADIENTS = listed(
    lambda good: ["a"],
    lambda good: [None],
    lambda good: [[[1], [1, 2]]],
    lambda good: [np.array([1j])],
    lambda good: [{}],
    alike=(tuple,),
)
PARAMETERS = listed(
    lambda good: good[:1],
    lambda good: [good[0], None],
    lambda good: [good[0], "a"],
    lambda good: [good[0], good[1].astype(int)],
    lambda good: [good[0], good[1].astype("float32")],
    lambda good: [good[0], good[1][None]],
    lambda good: [good[0], good[1] * np.nan],
    lambda good: [good[0], np.zeros(0)],
    lambda good: [good[0], [[1.0], [1.0, 2.0]]],
    alike=(tuple, lambda good: [one.tolist() for one in good]),
)


def scores(draw):
    return {"a": draw.array(3), "b": draw.array(4)}


ENTRIES = {
    "cell.Weights": Entry(
        cell.Weights,
        gru_arguments,
        {"kernel": floats(1), "recurrent": floats(0, 1), "bias": Kinds.bias, "reset_after": flag()},
        {"recurrent": "recurrent|kernel"},
    ),
    "cell.sigmoid": Entry(
        cell.sigmoid, lambda d: {"x": d.array(3, 2)}, {"x": numbers(is_finite=False, is_free=True)}
    ),
    "cell.step": Entry(
        cell.step, step_arguments, {"weights": thing(), "x": floats(1), "h": floats(0, 1)}, {"x": "x|h"}
    ),
    "cell.run": Entry(
        cell.run,
        run_arguments,
        {
            "weights": thing(),
            "xs": floats(0, 1, 2),
            "h0": Kinds.h0,
            "mask": Kinds.mask,
            "go_backwards": flag(),
            "clamp": Kinds.clamp,
        },
        {"xs": "xs|h0|mask"},
    ),
    "cell.backward": Entry(
        cell.backward,
        trace_arguments,
        {"weights": thing(), "xs": floats(0, 1, 2), "trace": Kinds.trace, "dh": floats(0, 1, 2)},
        {"xs": "xs|trace"},
    ),
    "jacobians.gru_paths": Entry(
        jacobians.gru_paths,
        lambda d: {k: v for k, v in trace_arguments(d).items() if k in ("weights", "trace")},
        {"weights": thing(), "trace": Kinds.trace},
    ),
    "jacobians.gru": Entry(
        jacobians.gru,
        lambda d: {k: v for k, v in run_arguments(d).items() if k in ("weights", "xs", "h0")},
        {"weights": thing(), "xs": floats(0, 2), "h0": Kinds.h0},
        {"xs": "xs|h0"},
    ),
    "jacobians.simple_rnn": Entry(
        jacobians.simple_rnn, layer_arguments(1), LAYER, {"recurrent": "recurrent|kernel"}
    ),
    "jacobians.lstm": Entry(jacobians.lstm, layer_arguments(4), LAYER, {"recurrent": "recurrent|kernel"}),
    "jacobians.reach": Entry(
        jacobians.reach,
        lambda d: {"jacobians": d.array(2, 3, 4, 4), "part": 2},
        {"jacobians": numbers(2, 3), "part": Kinds.part},
    ),
    "optim.Adam": Entry(
        optim.Adam,
        lambda d: {"learning_rate": 0.1, "beta_1": 0.9, "beta_2": 0.99, "epsilon": 1e-7},
        {
            "learning_rate": number(0),
            "beta_1": number(0, None, 1),
            "beta_2": number(0, None, 1, 2),
            "epsilon": number(None, None, 0, -1),
        },
    ),
    "optim.Adam.step": Entry(
        lambda **given: optim.Adam().step(**given),
        lambda d: {"parameters": [d.array(2, 3), d.array(4)], "gradients": [d.array(2, 3), d.array(4)]},
        {"parameters": PARAMETERS, "gradients": PARAMETERS},
        {"parameters": "parameters|gradient|arrays", "gradients": "parameters|gradient|arrays"},
    ),
    "optim.global_norm": Entry(
        optim.global_norm, lambda d: {"gradients": [d.array(2, 3), d.array(4)]}, {"gradients": GRADIENTS}
    ),
    "optim.clip": Entry(
        optim.clip,
        lambda d: {"gradients": [d.array(2, 3), d.array(4)], "limit": 0.1},
        {
            "gradients": listed(
                lambda g: [np.array([np.nan])],
                lambda g: [np.array([1e30], "float32")],
                lambda g: ["a"],
                lambda g: [None],
            ),
            "limit": number(None, None, 0, -1),
        },
    ),
    "pairs.frequent_pairs": Entry(
        pairs.frequent_pairs,
        lambda d: {"reviews": REVIEWS, "count": 3},
        {"reviews": ROWS, "count": size()},
        {"reviews": "reviews|ids"},
    ),
    "pairs.pair_ids": Entry(
        pairs.pair_ids,
        lambda d: {"reviews": REVIEWS, "known": pairs.frequent_pairs(REVIEWS, 3)},
        {
            "reviews": Some(lambda good, rng: (*ROWS.bad(good, rng), [], [*good, [0, 4, 5]]), ROWS.alike),
            "known": Kinds.pairs,
        },
        {"reviews": "reviews|ids"},
    ),
    "seeds.spread": Entry(seeds.spread, lambda d: {"scores": d.array(2, 3)}, {"scores": numbers()}),
    "seeds.is_clear": Entry(seeds.is_clear, scores, {"a": numbers(), "b": numbers()}),
    "seeds.least_lead": Entry(seeds.least_lead, scores, {"a": numbers(), "b": numbers()}),
    "seeds.chance_apart": Entry(
        seeds.chance_apart,
        lambda d: {"seeds": 3, "others": 4},
        {"seeds": size(1, 1000), "others": size(1, 1000)},
    ),
    "seeds.pick": Entry(
        seeds.pick,
        lambda d: {"scores": d.array(3, 4), "sizes": d.array(3), "baseline": -1.0},
        {"scores": numbers(0), "sizes": numbers(0), "baseline": number()},
        {"scores": "scores|sizes"},
    ),
    "baselines.majority_accuracy": Entry(
        baselines.majority_accuracy,
        lambda d: {"y_train": d.ids(5, below=2), "y_test": d.ids(4, below=2)},
        {
            name: Some(
                lambda good, rng: (
                    None,
                    1,
                    "text",
                    ["a"],
                    [1j],
                    [[1], [1, 2]],
                    [[1, 0]],
                    [np.nan],
                    [],
                    object(),
                    {},
                ),
                ids().alike,
            )
            for name in ("y_train", "y_test")
        },
        {"y_train": "y_train|labels", "y_test": "y_test|labels"},
    ),
    "baselines.binomial_interval": Entry(
        baselines.binomial_interval,
        lambda d: {"accuracy": 0.7, "n": 100, "z": 1.96},
        {"accuracy": number(0, 1), "n": number(1), "z": number(None, None, 0, -1)},
    ),
    "baselines.ngrams": Entry(
        baselines.ngrams,
        lambda d: {"reviews": REVIEWS, "n": 2},
        {"reviews": ROWS, "n": size(1, 4)},
        {"reviews": "reviews|ids"},
    ),
    "baselines.fit_counts": Entry(
        baselines.fit_counts,
        lambda d: {"reviews": REVIEWS, "labels": [0, 1, 0, 1], "longest": 1, "features": 5},
        {
            "reviews": listed(*ROWS.bad.__closure__[0].cell_contents, lambda g: [[0], [], [0], [0, 0]]),
            "longest": size(1, 4),
            "features": size(),
            "labels": listed(
                lambda g: [0, 1, 0],
                lambda g: [1, 1, 1, 1],
                lambda g: [0, 1, 2, 0],
                lambda g: [[0], [1], [0], [1]],
                lambda g: [0, 1, np.nan, 0],
                lambda g: list("abab"),
            ),
        },
        {"reviews": "reviews|ids", "labels": "labels?"},
        rounds=1,
    ),
    "baselines.CountModel.count": Entry(
        COUNTS.count, lambda d: {"reviews": REVIEWS}, {"reviews": ROWS}, {"reviews": "reviews|ids"}
    ),
    "baselines.CountModel.predict": Entry(
        COUNTS.predict, lambda d: {"reviews": REVIEWS}, {"reviews": ROWS}, {"reviews": "reviews|ids"}
    ),
    "baselines.CountModel.accuracy": Entry(
        COUNTS.accuracy,
        lambda d: {"reviews": REVIEWS, "labels": [0, 1, 1, 0]},
        {"reviews": ROWS, "labels": listed(lambda g: [1], lambda g: [[1]] * 4, lambda g: list("abcd"))},
        {"reviews": "reviews|ids|labels"},
    ),
    "forecasting.windows": Entry(
        forecasting.windows,
        lambda d: {"series": d.array(9), "width": 3, "horizon": 2},
        {"series": numbers(), "width": size(1, 7), "horizon": size(1, 6)},
        {"width": "[Ww]i", "horizon": "horizon|target"},
    ),
    "forecasting.scale_fit": Entry(
        forecasting.scale_fit, lambda d: {"train": d.array(5)}, {"train": numbers()}
    ),
    "forecasting.scale": Entry(
        forecasting.scale,
        lambda d: {"values": d.array(2, 3), "low": -1.0, "high": 2.0},
        {"values": numbers(is_free=True), "low": number(None, 2), "high": number(-1)},
    ),
    "forecasting.unscale": Entry(
        forecasting.unscale,
        lambda d: {"values": d.array(2, 3), "low": -1.0, "high": 2.0},
        {"values": numbers(is_free=True), "low": number(None, 2), "high": number(-1)},
    ),
    "forecasting.persistence": Entry(
        forecasting.persistence, lambda d: {"x": d.array(2, 3, 1)}, {"x": numbers(2)}
    ),
    "forecasting.linear_fit": Entry(
        forecasting.linear_fit,
        lambda d: {"x": d.array(6, 3, 1), "y": d.array(6)},
        {"x": numbers(0, 2), "y": numbers(0)},
        {"x": "x|y"},
    ),
    "forecasting.linear_forecast": Entry(
        forecasting.linear_forecast,
        lambda d: {"weights": d.array(4), "x": d.array(2, 3, 1)},
        {"weights": numbers(0), "x": numbers(2)},
    ),
    "forecasting.free_run": Entry(
        forecasting.free_run,
        lambda d: {"predict": last_of, "start": d.array(2, 3), "steps": 4},
        {
            "predict": Some(
                lambda good, rng: (
                    None,
                    1,
                    "f",
                    lambda x: "a",
                    lambda x: x,
                    lambda x: 1.0,
                    lambda x: None,
                    lambda x: np.zeros(1),
                )
            ),
            "start": Some(
                lambda good, rng: (
                    None,
                    "a",
                    [],
                    np.zeros((2, 2, 2)),
                    1.0,
                    [np.nan],
                    [[1], [1, 2]],
                    np.array(["a"]),
                ),
                numbers().alike,
            ),
            "steps": size(),
        },
    ),
    "forecasting.horizon_until": Entry(
        forecasting.horizon_until,
        lambda d: {"errors": d.array(2, 4), "limit": 0.3},
        {
            "errors": Some(
                lambda good, rng: (None, "a", [], 1.0, np.zeros((2, 2, 2)), [np.nan], [[1], [1, 2]]),
                numbers().alike,
            ),
            "limit": number(0),
        },
    ),
    "forecasting.rmse": Entry(
        forecasting.rmse,
        lambda d: {"forecast": d.array(2, 4), "truth": d.array(2, 4)},
        {"forecast": numbers(0, 1), "truth": numbers(0, 1)},
    ),
    "forecasting.wave_errors": Entry(
        forecasting.wave_errors,
        lambda d: {"forecast": d.array(2, 9), "truth": d.array(2, 9), "angle": 0.5},
        {"forecast": numbers(0, 1), "truth": numbers(0, 1), "angle": number(None, None, 0, -1)},
        {"forecast": "forecast|truth"},
    ),
    "anomalies.with_spike": Entry(
        anomalies.with_spike,
        lambda d: {"series": d.array(9), "at": 3, "height": 2.0},
        SERIES | {"at": size(0, 8), "height": number()},
        {"at": "^at is"},
    ),
    "anomalies.with_flat": Entry(
        anomalies.with_flat,
        lambda d: {"series": d.array(9), "start": 3, "length": 2},
        SERIES | {"start": size(1, 8), "length": size(1, 6)},
        {"start": "start|places", "length": "length|places"},
    ),
    "anomalies.with_shift": Entry(
        anomalies.with_shift,
        lambda d: {"series": d.array(9), "start": 3, "length": 2, "by": 1},
        SERIES | {"start": size(0, 7), "length": size(1, 5), "by": size(1, 4)},
        {"start": "start|places", "length": "length|places", "by": "by|places"},
    ),
    "anomalies.usual_year": Entry(
        anomalies.usual_year,
        lambda d: {"train": d.array(9), "period": 4},
        {"train": numbers(), "period": size(1, 9)},
        {"period": "period|year"},
    ),
    "anomalies.error_scores": Entry(
        anomalies.error_scores,
        lambda d: {"series": d.array(9), "forecast": last_of, "width": 3, "horizon": 1},
        {
            "series": numbers(),
            "forecast": Some(lambda good, rng: (None, 1, "f", lambda x: "a", lambda x: x, lambda x: None)),
            "width": size(1, 8),
            "horizon": size(1, 7),
        },
        {"width": "[Ww]i", "horizon": "horizon|target"},
    ),
    "anomalies.tally": Entry(
        anomalies.tally,
        lambda d: {"scores": d.array(9), "threshold": 0.2, "stretches": [(1, 3), (4, 9)], "start": 1},
        {
            "scores": numbers(is_finite=False),
            "threshold": number(),
            "stretches": STRETCHES,
            "start": size(0, 9),
        },
    ),
    "mingru.gate_and_candidate": Entry(
        lambda kernel, bias, xs: mingru.gate_and_candidate(mingru.MinWeights(kernel, bias), xs),
        lambda d: {"kernel": d.array(d.features, 4), "bias": d.array(4), "xs": d.array(2, 3, d.features)},
        {"kernel": floats(0, 1), "bias": floats(0), "xs": floats(2)},
        {"kernel": "kernel|bias|xs"},
    ),
    "mingru.run": Entry(
        mingru.run,
        lambda d: {
            "weights": mingru.MinWeights(d.array(2, 4), d.array(4)),
            "xs": d.array(2, 3, 2),
            "walk": mingru.loop,
        },
        {"weights": thing(), "xs": floats(2), "walk": function()},
    ),
    "mingru.loop": Entry(
        mingru.loop,
        lambda d: {"keep": d.array(2, 3, 4), "add": d.array(2, 3, 4)},
        {"keep": floats(0, 1, 2), "add": floats(0, 1, 2)},
        {"add": "add|keep"},
    ),
    "mingru.scan": Entry(
        mingru.scan,
        lambda d: {"keep": d.array(2, 3, 4), "add": d.array(2, 3, 4)},
        {"keep": floats(0, 1, 2), "add": floats(0, 1, 2)},
        {"add": "add|keep"},
    ),
    "growth.gates": Entry(growth.gates, growth_arguments, GROWTH),
    "growth.Update": Entry(growth.Update, growth_arguments, GROWTH),
    "growth.growth": Entry(
        lambda **given: list(growth.growth(**given)),
        lambda d: {
            "make": lambda batch, time_steps: print,
            "batch": 2,
            "time_steps": 3,
            "factors": (1, 2),
            "rounds": 1,
        },
        {
            "make": Some(
                lambda good, rng: (
                    *function().bad(good, rng),
                    lambda batch, time_steps: None,
                    lambda batch, time_steps: 5,
                )
            ),
            "batch": size(),
            "time_steps": size(),
            "factors": listed(lambda g: [], lambda g: [0], lambda g: [1.5], lambda g: ["a"]),
            "rounds": size(),
        },
        {"factors": "factor"},
    ),
    "growth.dearest": Entry(
        growth.dearest,
        lambda d: {"seconds": {1: 0.1, 4: 0.5}},
        {"seconds": mapping({}, {"a": 1}, {1: 0}, {1: "a"}, {1: np.nan}, {0: 1}, {1: None})},
    ),
    "newton.start": Entry(
        newton.start,
        lambda d: {"units": 3, "features": 2, "seed": 1},
        {"units": size(), "features": size(), "seed": seed()},
    ),
    "newton.jacobian": Entry(
        newton.jacobian, lambda d: some(d, "model", "x"), {"model": FORECASTER, "x": floats(2)}, {"x": "x"}
    ),
    "newton.fit": Entry(
        newton.fit,
        forecaster_arguments,
        {"model": FORECASTER, "x": floats(0, 2), "y": floats(0), "steps": size(), "enough": number(0)},
        {"x": "x|y"},
    ),
    "nextsymbol.ids_of": Entry(
        nextsymbol.ids_of,
        lambda d: {"text": "a b", "symbols": "ab "},
        {"text": text(), "symbols": Some(lambda good, rng: (None, 1, 1.5, [1], [None], {"a": 1}, object()))},
    ),
    "nextsymbol.shifted_rows": Entry(
        nextsymbol.shifted_rows,
        lambda d: {"ids": d.ids(9), "time_steps": 3},
        {"ids": ids(), "time_steps": size(1, 8)},
        {"time_steps": "time_steps|ids"},
    ),
    "nextsymbol.NextSymbol": Entry(
        nextsymbol.NextSymbol,
        lambda d: {
            "table": d.array(5, d.features),
            "weights": weights(d),
            "kernel": d.array(d.units, 5),
            "bias": d.array(5),
        },
        {"table": floats(0, 1), "weights": thing(), "kernel": floats(0, 1), "bias": floats(0)},
        {"bias": "bias|table|kernel"},
    ),
    "nextsymbol.probabilities": Entry(
        nextsymbol.probabilities,
        lambda d: {"parts": parts_of(d), "rows": d.ids(2, 3), "only_last": True},
        {"parts": thing(), "rows": ids(most=4), "only_last": flag()},
    ),
    "nextsymbol.states_after": Entry(
        nextsymbol.states_after,
        lambda d: {"parts": parts_of(d), "rows": d.ids(2, 3)},
        {"parts": thing(), "rows": ids(most=4)},
    ),
    "nextsymbol.surprise": Entry(
        nextsymbol.surprise,
        lambda d: {"parts": parts_of(d), "rows": d.ids(2, 3)},
        {"parts": thing(), "rows": ids(most=4)},
    ),
    "nextsymbol.last_surprise": Entry(
        nextsymbol.last_surprise,
        lambda d: {"parts": parts_of(d), "rows": d.ids(2, 3)},
        {"parts": thing(), "rows": ids(most=4)},
    ),
    "nextsymbol.contexts": Entry(
        nextsymbol.contexts,
        lambda d: {"ids": d.ids(120), "context": 9, "every": 2},
        {"ids": ids(), "context": size(1, 100), "every": size()},
        {"context": "context"},
    ),
    "nextsymbol.at_temperature": Entry(
        nextsymbol.at_temperature,
        lambda d: {"p": d.array(4, low=0.1), "temperature": 0.5},
        {"p": numbers(), "temperature": number(0)},
    ),
    "nextsymbol.draw": Entry(
        nextsymbol.draw,
        lambda d: {"p": np.array([0.25, 0.75]), "u": 0.5},
        {"p": numbers(), "u": number(0, 1)},
    ),
    "nextsymbol.uniforms": Entry(
        lambda seed: next(nextsymbol.uniforms(seed)),
        lambda d: {"seed": 3},
        {"seed": Some(lambda good, rng: (None, 1.5, "a", [1], True, object()))},
    ),
    "nextsymbol.continuation": Entry(
        nextsymbol.continuation,
        lambda d: {"parts": parts_of(d), "beginning": d.ids(3), "length": 2, "temperature": 1.0, "seed": 1},
        {
            "parts": thing(),
            "beginning": ids(most=4),
            "length": size(0),
            "temperature": number(0),
            "seed": Some(lambda good, rng: (None, 1.5, "a")),
        },
        {"beginning": "beginning|rows"},
    ),
    "ngrams.Followers": Entry(
        ngrams.Followers,
        lambda d: {"rows": [[0, 1], [2]], "symbols": 3, "longest": 2},
        {"rows": ROWS, "symbols": size(), "longest": size(0)},
        {"symbols": "symbols|rows"},
    ),
    "ngrams.Followers.probability": Entry(
        lambda **given: followers().probability(**given),
        lambda d: {"run": [0, 1], "symbol": 2},
        {
            "run": Some(
                lambda good, rng: (None, 1, "01", [0.5], [-1], [3], ["a"], {0: 1}),
                lambda good: (tuple(good), np.array(good)),
            ),
            "symbol": size(0, 2),
        },
    ),
    "ngrams.Followers.surprise": Entry(
        lambda **given: followers().surprise(**given),
        lambda d: {"contexts": d.ids(2, 3, below=3)},
        {"contexts": ids(most=2)},
    ),
    "ngrams.Followers.stored": Entry(
        lambda **given: followers().stored(**given), lambda d: {"length": 1}, {"length": size(0, 2)}
    ),
    "speech.collapse": Entry(speech.collapse, lambda d: {"path": d.ids(6)}, {"path": ids()}),
    "speech.alignments": Entry(
        speech.alignments,
        lambda d: {"letters": [1, 2], "time_steps": 3, "kinds": 2},
        {
            "letters": Some(
                lambda good, rng: (None, 1, "ab", [0], [3], [1.5], {1: 2}, [[1]]),
                lambda good: (tuple(good), np.array(good)),
            ),
            "time_steps": size(1, 25),
            "kinds": size(),
        },
        {"time_steps": "time_steps|frames", "kinds": "kinds|letters"},
    ),
    "speech.path_sum": Entry(
        speech.path_sum,
        lambda d: {"probabilities": np.full((3, 3), 1 / 3), "letters": [1, 2]},
        {
            "probabilities": Some(lambda good, rng: (*floats().bad(good, rng), good * 6, -good, good[:, :1])),
            "letters": Some(lambda good, rng: (None, 1, "ab", [0], [3], [1.5])),
        },
    ),
    "speech.edit_distance": Entry(
        speech.edit_distance,
        lambda d: {"found": [1, 2], "wanted": [2, 1]},
        {
            name: Some(
                lambda good, rng: (
                    *(None, 1, [1.5], [None], {1: 2}, np.zeros((2, 2)), object()),
                    *(np.array([1.5, np.nan]), np.array([True, False])),
                ),
                lambda good: (tuple(good), np.array(good), np.array(good, "uint8")),
            )
            for name in ("found", "wanted")
        },
    ),
    "speech.transcript_errors": Entry(
        speech.transcript_errors,
        lambda d: {"found": [[1, 2], [3]], "wanted": np.array([[1, 2, 0], [3, 0, 0]])},
        {
            "found": listed(
                lambda g: [[1]], lambda g: [1, 2], lambda g: [None, None], lambda g: [[1.5], [1]]
            ),
            "wanted": Some(lambda good, rng: (*ids(0).bad(good, rng), good * 0, -good - 1)),
        },
        {"found": "found|transcripts", "wanted": "wanted|strings"},
    ),
    "films.as_rows": Entry(films.as_rows, lambda d: {"films": d.array(1, 2, 3, 4)}, {"films": floats()}),
    "films.motion": Entry(films.motion, lambda d: {"films": d.array(1, 2, 3, 4)}, {"films": floats()}),
    "reading.answers_so_far": Entry(
        reading.answers_so_far,
        lambda d: {"predict": half, "ids": d.ids(4)},
        {
            "predict": Some(
                lambda good, rng: (
                    None,
                    1,
                    "f",
                    lambda rows: "a",
                    lambda rows: None,
                    lambda rows: 0.5,
                    lambda rows: np.zeros((len(rows), 2)),
                )
            ),
            "ids": ids(),
        },
    ),
    "reading.answers_without": Entry(
        reading.answers_without,
        lambda d: {"predict": half, "ids": d.ids(4)},
        {
            "predict": Some(lambda good, rng: (None, 1, "f", lambda rows: "a", lambda rows: None)),
            "ids": ids(),
        },
    ),
    "reading.words_of": Entry(
        reading.words_of,
        lambda d: {"ids": d.ids(4), "word_index": INDEX},
        {
            "ids": Some(lambda good, rng: (None, 1, "a", [1.5], [[1]], [[1], [1, 2]], object()), ids().alike),
            "word_index": TURNED,
        },
    ),
    "testset.TestSet": Entry(
        testset.TestSet,
        lambda d: {"reviews": [[4], [5]], "labels": [0, 1]},
        {
            "reviews": Some(
                lambda good, rng: (None, 1, [[4]], object(), "ab", b"ab", {4: 0, 5: 1}, np.array(5))
            ),
            "labels": Some(lambda good, rng: (None, 1, "ab", [0], [[0, 1]], [0, 2], [0.5, 1], [np.nan, 1])),
        },
        {"reviews": "reviews?", "labels": "labels?"},
    ),
    "testset.TestSet.accuracy": Entry(
        lambda **given: testing().accuracy(**given),
        lambda d: {"name": "model", "predict": half},
        {
            "name": text(),
            "predict": Some(
                lambda good, rng: (
                    None,
                    1,
                    "f",
                    lambda rows: "a",
                    lambda rows: None,
                    lambda rows: [0.5],
                    lambda rows: [np.nan, 0],
                    lambda rows: [-3, 3],
                )
            ),
        },
        {"predict": "predict|probabilities"},
    ),
    "testset.TestSet.judge": Entry(
        lambda **given: testing().judge(**given),
        lambda d: {"name": "model", "probabilities": [0.2, 0.7]},
        {
            "name": text(),
            "probabilities": Some(
                lambda good, rng: (
                    None,
                    "a",
                    [],
                    [0.5],
                    [np.nan, 0],
                    [-3, 3],
                    ["a", "b"],
                    [0.1, 0.2, 0.3],
                    1j,
                    [good],
                    [False, True, True],
                    np.array(good)[:, None, None],
                ),
                lambda good: (np.array(good), np.array(good)[:, None], [False, True], [[False], [True]]),
            ),
        },
    ),
    "messages.provoked": Entry(
        lambda words: messages.provoked(words).__enter__(), lambda d: {"words": "a"}, {"words": text()}
    ),
    "data.coin_tosses": Entry(data.coin_tosses, memory_arguments, MEMORY | {"features": size()}),
    "data.flagged_value": Entry(data.flagged_value, memory_arguments, MEMORY),
    "data.delayed_recall": Entry(
        data.delayed_recall,
        lambda d: {"n": 2, "lag": (1, 3), "time_steps": 5, "symbols": 3, "noise": 1, "seed": 0},
        {
            "n": size(),
            "symbols": size(2),
            "noise": size(0),
            "seed": seed(),
            "time_steps": Some(lambda good, rng: (3, 0, -1, "a", 1.5, HUGE, [1], True)),
            "lag": Some(
                lambda good, rng: (
                    None,
                    "a",
                    1.5,
                    -1,
                    (3, 1),
                    (1, 2, 3),
                    (1.5, 2),
                    [[1, 2]],
                    5,
                    HUGE,
                    np.zeros((2, 2)),
                    {},
                    object(),
                    True,
                ),
                lambda good: (list(good), np.array(good)),
            ),
        },
        {"lag": "lag", "time_steps": "time_steps"},
    ),
    "data.moving_shapes": Entry(
        data.moving_shapes,
        lambda d: {"n": 2, "time_steps": 3, "size": 6, "speed": (0.5, 1.5), "noise": 0.1, "seed": 0},
        {
            "n": size(2),
            "time_steps": size(2),
            "size": size(5),
            "speed": Kinds.speed,
            "noise": number(0),
            "seed": seed(),
        },
    ),
    "data.pen_strokes": Entry(
        data.pen_strokes,
        lambda d: {"n": 4, "seed": 0, "time_steps": 9},
        {"n": Some(lambda good, rng: (*size(4).bad(good, rng), 5)), "seed": seed(), "time_steps": size(8)},
    ),
    "data.random_walks": Entry(
        data.random_walks,
        lambda d: {"n": 2, "time_steps": 3, "seed": 0},
        {"n": size(), "time_steps": size(), "seed": seed()},
    ),
    "data.rising_wave": Entry(
        data.rising_wave,
        lambda d: {"n": 9, "period": 4, "slope": 0.1, "noise": 0.1, "seed": 0},
        {
            "n": size(),
            "period": number(None, None, 0, -1),
            "slope": number(),
            "noise": number(0),
            "seed": seed(),
        },
    ),
    "data.sine": Entry(data.sine, lambda d: {"n": 9, "end": 4.0}, {"n": size(2), "end": number()}),
    "data.encode": Entry(
        data.encode,
        lambda d: {
            "texts": ["Good film!", "\x00 film \ud800"],
            "word_index": INDEX,
            "num_words": 10,
            "maxlen": 4,
        },
        {
            "texts": listed(lambda g: [1], lambda g: [None], lambda g: [b"x"], alike=(tuple,)),
            "word_index": mapping(
                *({"good": one} for one in ("4", 4.5, None, -4, [4], True)),
                *({"bad": 4, "good": 5, "film": one} for one in ("6", 6.5, None, -6, [6], True)),
                {4: "good"},
            ),
            "num_words": size(5),
            "maxlen": size(),
        },
    ),
    "data.decode": Entry(
        data.decode,
        lambda d: {"ids": d.ids(4), "word_index": INDEX, "unknown": "?"},
        {
            "ids": Some(lambda good, rng: (None, 1, "a", [1.5], [[1]], [[1], [1, 2]], object()), ids().alike),
            "word_index": TURNED,
            "unknown": text(),
        },
    ),
    "data.load_reviews": Entry(
        data.load_reviews,
        lambda d: {"source": "embedded", "num_words": 50, "maxlen": 5, "validation": 0.5, "seed": 0},
        {
            "source": option("IMDB"),
            "num_words": Some(size(5).bad),
            "maxlen": Some(size().bad, lambda good: (np.uint8(good),)),
            "validation": number(None, None, 0, 1, -0.5, 2),
            "seed": Some(seed().bad),
        },
        rounds=1,
    ),
    "data.text.words": Entry(texts.words, lambda d: {"text": "a b"}, {"text": text()}),
    "data.formants.buzz": Entry(
        formants.buzz, lambda d: {"pitch": d.array(2, 5, low=90, high=200)}, {"pitch": numbers()}
    ),
    "data.formants.resonate": Entry(
        formants.resonate,
        lambda d: {"source": d.array(1, 6), "formants": d.array(1, 2, 3, low=300, high=400)},
        {"source": numbers(0), "formants": numbers(0, 2)},
        {"source": "source|formants"},
    ),
    "data.strokes.order_blind_limit": Entry(
        strokes.order_blind_limit,
        lambda d: {"points": d.array(3, 4, 2), "lengths": d.ids(3, below=4), "classes": d.ids(3, below=4)},
        {"points": numbers(0, 2), "lengths": ids(0, most=4), "classes": ids(0)},
        {"lengths": "lengths|points"},
    ),
    "data.tunes.transpose": Entry(
        tunes.transpose,
        lambda d: {"notes": [(60, 1.0), (62, 0.5)], "semitones": 3},
        {"notes": NOTES, "semitones": size(-60, 60)},
    ),
    "data.tunes.note_name": Entry(tunes.note_name, lambda d: {"pitch": 60}, {"pitch": size(0, 127)}),
    "data.twins.corpus": Entry(
        twins.corpus,
        lambda d: {"train": 12, "test": 12, "seed": 0},
        {"train": size(12), "test": size(12), "seed": seed()},
    ),
    "data.vowels.to_text": Entry(
        vowels.to_text,
        lambda d: {"numbers": d.ids(4, below=6)},
        {
            "numbers": Some(
                lambda good, rng: (None, 1, "a", [1.5], [6], [-1], [[1]], [None], [[1], [1, 2]], object()),
                ids().alike,
            )
        },
    ),
    "data.vowels.vowel_strings": Entry(
        vowels.vowel_strings,
        lambda d: {"n": 1, "seed": 0, "noise": 0.05, "speed": 1.0, "scales": (0.9, 1.2)},
        {
            "n": Some(size().bad),
            "seed": Some(seed().bad),
            "noise": number(0, 100, 1e40),
            "speed": number(0.5, 2),
            "scales": Kinds.speed,
        },
        rounds=1,
    ),
    "data.vowels.band_energies": Entry(
        vowels.band_energies,
        lambda d: {"sound": d.array(1, 500)},
        {"sound": Some(lambda good, rng: (*numbers().bad(good, rng), good[:, :9]), numbers().alike)},
    ),
    "data.prose.read_prose": Entry(
        prose.read_prose,
        lambda d: {"folder": prose.BOOK},
        {"folder": Some(lambda good, rng: (None, 1, b"book", [], object(), "a\x00b"))},
    ),
    "data.prose.paragraphs_of": Entry(prose.paragraphs_of, lambda d: {"page": "a\n\nb"}, {"page": text()}),
    "data.prose.plain": Entry(prose.plain, lambda d: {"paragraph": "a b."}, {"paragraph": text()}),
}
