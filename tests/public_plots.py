"""The figures of the course: good arguments, and what they may be.

They draw on the Axes of ``page``: a test that wants fresh ones closes all figures and clears its cache.
"""

from dataclasses import replace
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from spoiling import (
    HUGE,
    NO_TEXT,
    Entry,
    flag,
    ids,
    listed,
    mapping,
    notes,
    number,
    numbers,
    option,
    size,
    text,
)
from spoiling import Kind as Some

from grulab import cell, plots
from grulab.data.vowels import HOP


@cache
def page(count=1):
    """Return so many Axes of one figure."""
    return np.atleast_1d(plots.figure(5, 2, columns=count)[1])


def one(**given):
    """Return arguments on one Axes."""
    return {"ax": page()[0], **given}


def labelled(make, *labels):
    """Return a dictionary from labels to what ``make()`` returns."""
    return {label: make() for label in labels}


AX = Some(lambda good, rng: (None, 1, "ax", [good], np.array([good]), good.figure, object(), plt))


def axes(count):
    """Return the kind of so many Axes."""
    return Some(
        lambda good, rng: (None, 1, "ab", good[0], good[:-1], [*good, good[0]], [*good[1:], None], object()),
        lambda good: (list(good), tuple(good), iter(good)),
    )


def array(*fixed, outside=(), more=(), **how):
    """Return the kind of an array of numbers; each number of ``outside`` spoils it, and so does ``more``."""
    kind = numbers(*fixed, **how)

    def bad(good, rng):
        yield from kind.bad(good, rng)
        for value in outside:
            spoiled = np.array(good, float)
            spoiled.flat[rng.integers(good.size)] = value
            yield spoiled
        yield from (spoil(good) for spoil in more)

    return Some(bad, lambda good: (good.tolist(),))


def shares(*fixed, **how):
    """Return the kind of an array of numbers from 0 to 1."""
    return array(*fixed, outside=(-0.1, 1.1), **how)


def curves(kind, *labels, most=None, is_needed=True):
    """Return the kind of a dictionary whose entries are of a kind; ``labels`` it must not have."""

    def bad(good, rng):
        label, values = next(iter(good.items()))
        yield from (spoilt for spoilt in mapping().bad(good, rng) if is_needed or spoilt is not None)
        yield from ({label: spoilt} for spoilt in kind.bad(values, rng))
        yield from ({wrong: values} for wrong in (1, None, ("a", "b"), *labels))
        yield from [{}] if is_needed else []
        yield from [] if most is None else [{f"label {i}": values for i in range(most + 1)}]

    return Some(
        bad,
        lambda good: [
            {
                label: values.tolist() if isinstance(values, np.ndarray) else values
                for label, values in good.items()
            }
        ],
    )


def words(*more):
    """Return the kind of a list of texts."""
    return listed(
        lambda good: [],
        lambda good: [*good[:-1], None],
        lambda good: [*good[:-1], 1],
        lambda good: [*good[:-1], b"x"],
        *more,
        alike=(tuple, np.array, iter),
    )


COUNTED = (lambda good: [*good, "more"], lambda good: good[:-1])
SHARE = number(0, 1)
POSITIVE = {"outside": (0.0, -0.1)}
PAIR = Some(
    lambda good, rng: (None, 1, "ab", (1,), (1, 2, 3), (2, 2), (-1, 2), (0, HUGE), (0.5, 2), ("a", "b"), {})
)
STRETCHES = curves(PAIR, is_needed=False)
LEVEL = Some(
    lambda good, rng: (1, "ab", (1.0,), ("a", "b"), (np.nan, "a"), (1.0, 2.0), (1.0, "a", "b"), {}, object())
)
MASK = Some(
    lambda good, rng: (
        None,
        1,
        "mask",
        good.astype(int),
        good.astype(float),
        good[1:],
        good[None],
        good[0],
        {},
    ),
    lambda good: (good.tolist(),),
)
X = np.arange(4.0)
NOTES = notes(lambda good: [])


def step(good, rng):
    """Return what is no list of steps of four words."""
    return (None, 1, "12", [4], [-1], [0.5], ["a"], [None], {}, object())


def alarm_arguments(draw):
    return one(
        x=np.arange(6.0),
        alarms=labelled(lambda: draw.rng.random(6) < 0.5, "line", "GRU"),
        stretches={"spike": (1, 3), "flat": (3, 6)},
    )


def latch_arguments(draw):
    weights = cell.Weights(draw.array(2, 3), draw.array(1, 3), None, reset_after=True)
    xs = draw.array(1, 5, 2)
    xs[..., 0] = np.arange(5) == 2
    return {"axes": page(2), "xs": xs, "trace": cell.run(weights, xs)}


def other_traces(good, rng):
    """Return what is no trace of the same shape."""
    longer = [np.concatenate([part, part], axis=1) for part in good]
    return (None, 1, "trace", tuple(good), good.h, replace(good, z=good.z[0]), replace(good, h=longer[3]))


def six_rows(good):
    """Return one row more than there are vowels."""
    return good[[0] * 6]


def two_flags(good):
    """Return the sequence of a latch with another flag."""
    spoiled = good.copy()
    spoiled[0, 0, 0] = 1
    return spoiled


def map_arguments(draw):
    weights = cell.Weights(draw.array(2, 9), draw.array(3, 9), None, reset_after=True)
    trace = cell.run(weights, draw.array(2, 4, 2))
    return {"trace": trace, "words": list("abcd"), "row": 1, "order": draw.rng.permutation(3), "width": 6.0}


def speech_arguments(draw):
    probabilities = draw.rng.dirichlet(np.ones(6), 4)
    return {
        "axes": page(2),
        "sound": draw.array(4 * HOP),
        "spoken": draw.ids(4, below=6),
        "probabilities": probabilities,
    }


ENTRIES = {
    "plots.alarms.shade": Entry(
        plots.shade,
        lambda d: one(x=np.arange(6.0), stretches={"spike": (1, 3), "flat": (3, 6)}),
        {"ax": AX, "x": array(more=[lambda good: good[:1]]), "stretches": STRETCHES},
        {"x": "x|stretches"},
    ),
    "plots.alarms.alarm_rows": Entry(
        plots.alarm_rows,
        alarm_arguments,
        {"ax": AX, "x": array(), "alarms": curves(MASK), "stretches": STRETCHES},
    ),
    "plots.films.film_strips": Entry(
        plots.film_strips,
        lambda d: {"axes": page(2), "films": d.array(2, 3, 2, 2, low=0), "titles": ["one", "two"]},
        {"axes": axes(2), "films": shares(), "titles": words(*COUNTED)},
    ),
    "plots.forecasts.forecast_lines": Entry(
        plots.forecast_lines,
        lambda d: one(x=np.arange(5.0), lines=labelled(lambda: d.array(5), "truth", "GRU")),
        {
            "ax": AX,
            "x": array(),
            "lines": curves(array(0, outside=(np.inf,), is_finite=False), most=5),
        },
    ),
    "plots.forecasts.error_growth": Entry(
        plots.error_growth,
        lambda d: one(curves={"one": d.array(4), "three": d.array(3, 4)}),
        {
            "ax": AX,
            "curves": curves(
                array(
                    outside=(np.inf,),
                    more=[lambda good: good[0], lambda good: good[None, None], lambda good: good[:0]],
                    is_finite=False,
                    is_free=True,
                ),
                most=4,
            ),
        },
    ),
    "plots.forecasts.horizons": Entry(
        plots.horizons,
        lambda d: one(starts=np.arange(4.0), held=labelled(lambda: d.ids(4), "GRU", "line"), longest=9),
        {"ax": AX, "starts": array(), "held": curves(array(0), most=4), "longest": number(None, None, 0, -1)},
    ),
    "plots.gates.latch_run": Entry(
        plots.latch_run,
        latch_arguments,
        {
            "axes": axes(2),
            "xs": array(0, 2, more=[two_flags, lambda good: 0 * good]),
            "trace": Some(other_traces),
        },
        {"xs": "xs|trace"},
    ),
    "plots.gates.open_units": Entry(
        plots.open_units,
        lambda d: {"axes": page(2), "kept": [d.array(3, 2, low=0), d.array(3, 2, low=0)]},
        {
            "axes": axes(2),
            "kept": listed(
                lambda good: [],
                lambda good: good[:1],
                lambda good: [good[0], good[1][0]],
                lambda good: [good[0], good[1] + 1],
                lambda good: [good[0], "a"],
                lambda good: [good[0], None],
                lambda good: [good[0], good[1] * np.nan],
                alike=(tuple, np.array),
            ),
        },
        {"kept": "kept|axes"},
    ),
    "plots.gates.unit_map": Entry(
        plots.unit_map,
        lambda d: one(values=d.array(3, 5, low=0), first=-2, name="z"),
        {"ax": AX, "values": shares(), "first": size(-(10**9)), "name": option("h", "x")},
    ),
    "plots.gates.gate_maps": Entry(
        plots.gate_maps,
        map_arguments,
        {
            "trace": Some(other_traces),
            "words": words(*COUNTED),
            "row": size(0, 1),
            "order": Some(
                lambda good, rng: [spoilt for spoilt in ids(most=2).bad(good, rng) if spoilt is not None],
                lambda good: (good.tolist(), tuple(good)),
            ),
            "width": number(None, 200, 0, -1),
        },
        {"trace": "trace|words"},
        rounds=2,
    ),
    "plots.gradients.surviving": Entry(
        plots.surviving,
        lambda d: one(bands=labelled(lambda: d.array(3, 5, low=0.1), "GRU", "law"), powers={"z": 0.5}),
        {"ax": AX, "bands": curves(array(**POSITIVE)), "powers": curves(SHARE, is_needed=False)},
    ),
    "plots.gradients.trainings": Entry(
        plots.trainings,
        lambda d: one(
            updates=np.arange(4.0),
            runs=labelled(lambda: d.array(3, 4), "GRU", "law"),
            ylabel="loss",
            level=(0.5, "guess"),
        ),
        {"ax": AX, "updates": array(), "runs": curves(array(1)), "ylabel": text(), "level": LEVEL},
    ),
    "plots.growth.growth_lines": Entry(
        plots.growth_lines,
        lambda d: one(costs={"units": {1: 0.5, 2: 0.9}, "steps": {1: 0.1, 4: 0.5}}),
        {
            "ax": AX,
            "costs": curves(
                Some(
                    lambda good, rng: (
                        *mapping({}, {2: 0.9}, {1: 0.0}, {1: np.nan}, {1: "a"}, {1: None}).bad(good, rng),
                        *(good | {factor: 1.0} for factor in (0, -1, "2", None, np.inf, HUGE**20)),
                    )
                )
            ),
        },
    ),
    "plots.layer.weight_blocks": Entry(
        plots.weight_blocks,
        lambda d: one(features=d.features, units=d.units),
        {"ax": AX, "features": size(), "units": size()},
    ),
    "plots.letters.letter_bars": Entry(
        plots.letter_bars,
        lambda d: one(letters="to be", bits=d.array(4, low=0)),
        {"ax": AX, "letters": text("", "to", "to be or"), "bits": array(more=[lambda good: good[1:]])},
        {"letters": "letters|bits", "bits": "bits"},
    ),
    "plots.mixing.dial": Entry(
        plots.dial,
        lambda d: one(h=0.8, candidate=-0.4, marks=d.array(3, low=0)),
        {"ax": AX, "h": number(), "candidate": number(), "marks": shares()},
    ),
    "plots.mixing.conventions": Entry(
        plots.conventions,
        lambda d: one(h=0.8, candidate=-0.4, at=0.75),
        {"ax": AX, "h": number(), "candidate": number(), "at": SHARE},
    ),
    "plots.mixing.one_step": Entry(
        plots.one_step,
        lambda d: one(h=0.8, candidates={"a": 0.3, "b": -0.4}),
        {"ax": AX, "h": number(), "candidates": curves(number())},
    ),
    "plots.mixing.reset_orders": Entry(
        plots.reset_orders,
        lambda d: {"axes": page(2), "h": d.array(2), "recurrent": d.array(2, 2), "at": 0.5},
        {"axes": axes(2), "h": array(0), "recurrent": array(0, 1), "at": SHARE},
    ),
    "plots.mixing.fading": Entry(
        plots.fading,
        lambda d: one(zs=d.array(3, low=0), steps=4),
        {"ax": AX, "zs": shares(), "steps": size(1, 10**6)},
    ),
    "plots.mixing.held_notes": Entry(
        plots.held_notes,
        lambda d: one(notes=labelled(lambda: d.array(4), "GRU", "law"), target=0.5),
        {"ax": AX, "notes": curves(array()), "target": number()},
    ),
    "plots.padding.kept_words": Entry(
        plots.kept_words,
        lambda d: one(words=list("abcd"), cuts={"last": 2, "first": -3}),
        {"ax": AX, "words": words(), "cuts": curves(size(-4, 4))},
    ),
    "plots.padding.padded_states": Entry(
        plots.padded_states,
        lambda d: one(states=d.array(3, 2), words=list("0ab"), is_word=np.arange(3) > 0, title="One zero"),
        {"ax": AX, "states": array(), "words": words(*COUNTED), "is_word": MASK, "title": text()},
        {"states": "states|words"},
    ),
    "plots.padding.answers_over_padding": Entry(
        plots.answers_over_padding,
        lambda d: one(
            pads=np.arange(4.0), answers=labelled(lambda: d.array(4, low=0), "blame", "blame with a mask")
        ),
        {"ax": AX, "pads": array(), "answers": curves(shares(0))},
    ),
    "plots.paper.figure": Entry(
        plots.figure,
        lambda d: {"width": 2.0, "height": 1.0, "rows": 1, "columns": 2, "sharex": True, "sharey": False},
        {"width": number(None, 200, 0, -1), "height": number(None, 200, 0, -1)}
        | {"rows": size(1, 50), "columns": size(1, 50), "sharex": flag(), "sharey": flag()},
        rounds=1,
    ),
    "plots.paper.quantity": Entry(
        plots.quantity,
        lambda d: one(name="z", values=d.array(4), label="gate"),
        {
            "ax": AX,
            "name": option("y"),
            "values": array(),
            "label": Some(lambda good, rng: [spoilt for spoilt in NO_TEXT if spoilt is not None]),
        },
    ),
    "plots.rolls.piano_roll": Entry(
        plots.piano_roll,
        lambda d: one(notes=[(60, 1.0), (62, 0.5)], heard=1),
        {"ax": AX, "notes": NOTES, "heard": size(0, 2)},
        {"notes": "notes|heard"},
    ),
    "plots.scores.seed_lines": Entry(
        plots.seed_lines,
        lambda d: one(x=X, runs=labelled(lambda: d.array(3, 4, low=0), "GRU", "LSTM"), chance=0.1),
        {"ax": AX, "x": array(), "runs": curves(shares(1), "law"), "chance": SHARE},
    ),
    "plots.scores.seed_marks": Entry(
        plots.seed_marks,
        lambda d: one(runs=labelled(lambda: d.array(3, low=0), "GRU", "LSTM"), chance=0.1),
        {"ax": AX, "runs": curves(shares(), "law"), "chance": SHARE},
    ),
    "plots.scores.part_scores": Entry(
        plots.part_scores,
        lambda d: one(
            scores=labelled(lambda: d.array(3, 2, low=0), "GRU", "law"), parts=["plain", "twins"], chance=0.5
        ),
        {
            "ax": AX,
            "scores": curves(shares(1)),
            "parts": words(*COUNTED, lambda good: list("abcde")),
            "chance": SHARE,
        },
        {"parts": "parts|scores"},
    ),
    "plots.scores.seen_and_fresh": Entry(
        plots.seen_and_fresh,
        lambda d: one(
            seen=d.array(6), fresh=d.array(3), level=0.5, level_name="chance", ylabel="accuracy", step=2
        ),
        {
            "ax": AX,
            "seen": array(more=[lambda good: good[:2]]),
            "fresh": array(more=[lambda good: np.ones(4), lambda good: np.ones(7)]),
            "level": number(),
            "level_name": text(),
            "ylabel": text(),
            "step": Some(lambda good, rng: [one for one in size(2, 2).bad(good, rng) if one is not None]),
        },
        {"seen": "seen|fresh"},
    ),
    "plots.scores.drift": Entry(
        plots.drift,
        lambda d: one(curves=labelled(lambda: d.array(12, low=0.1), "float32", "float64")),
        {"ax": AX, "curves": curves(array(**POSITIVE))},
    ),
    "plots.speech.resonances": Entry(
        plots.resonances,
        lambda d: one(curves=d.array(2, 8, low=0.1), formants=d.array(2, 3, low=100, high=4_000)),
        {
            "ax": AX,
            "curves": array(0, more=[six_rows], **POSITIVE),
            "formants": array(0, 1),
        },
        {"curves": "curves|formants"},
    ),
    "plots.speech.transcript": Entry(
        plots.transcript,
        speech_arguments,
        {
            "axes": axes(2),
            "sound": array(more=[lambda good: good[:127]]),
            "spoken": ids(0, most=5),
            "probabilities": shares(0, 1),
        },
        {"spoken": "spoken|probabilities"},
        rounds=2,
    ),
    "plots.strokes.pen_path": Entry(
        plots.pen_path,
        lambda d: one(points=d.array(6, 2), length=4),
        {"ax": AX, "points": array(1, more=[lambda good: good[:3]]), "length": size(2, 6)},
        {"points": "points|length"},
    ),
    "plots.variants.seed_rows": Entry(
        plots.seed_rows,
        lambda d: one(scores=labelled(lambda: d.array(3), "GRU", "law"), baselines={"guess": 0.5}),
        {"ax": AX, "scores": curves(array()), "baselines": curves(number(), is_needed=False)},
    ),
    "plots.variants.sweep": Entry(
        plots.sweep,
        lambda d: one(settings=["a", 2, 3.5], scores=d.array(3, 2)),
        {
            "ax": AX,
            "settings": Some(lambda good, rng: (None, 1, "abc", good[:2], [*good, 4], object())),
            "scores": array(0),
        },
        {"settings": "settings|scores"},
    ),
    "plots.words.word_ticks": Entry(
        plots.word_ticks, lambda d: one(words=list("abc")), {"ax": AX, "words": words()}
    ),
    "plots.words.running_answer": Entry(
        plots.running_answer,
        lambda d: one(probability=d.array(3, low=0), words=list("abc"), title="A review"),
        {"ax": AX, "probability": shares(0), "words": words(*COUNTED), "title": text()},
        {"words": "words|probability"},
    ),
    "plots.words.twin_answers": Entry(
        plots.twin_answers,
        lambda d: one(answers=d.array(2, 4, low=0), words=list("abcd"), exchanged=[1, 2]),
        {"ax": AX, "answers": shares(0, 1), "words": words(*COUNTED), "exchanged": Some(step)},
        {"words": "words|answers"},
    ),
    "plots.words.coloured_words": Entry(
        plots.coloured_words,
        lambda d: one(words=list("abc"), values=d.array(3), title="A review", line=20, written=0.1),
        {
            "ax": AX,
            "words": words(*COUNTED),
            "values": array(0),
            "title": text(),
            "line": size(1, 10_000),
            "written": number(0),
        },
        {"words": "words|values"},
    ),
}
