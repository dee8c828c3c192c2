"""Pages made here, with widgets whose layers are random: what needs no trained layer needs no built site."""

import json
import shutil
import warnings
from pathlib import Path

import numpy as np
from ipywidgets.embed import dependency_state, embed_data

from grulab.cell import Weights
from grulab.nextsymbol import NextSymbol
from grulab.widgets import ForecastPlayer, GateTimeline, Player, ReviewGates, Writer

RUNTIME = Path(__file__).parents[2] / "book" / "_static" / "widgets.js"


def write_page(folder, *widgets, extra=""):
    """Write page.html with the given widgets, as a notebook's run leaves them, and the runtime beside it."""
    with warnings.catch_warnings():
        # ipywidgets asks its own state in a way that it calls outdated
        warnings.simplefilter("ignore", DeprecationWarning)
        data = embed_data(views=widgets, state=dependency_state(widgets, drop_defaults=False))
    views = [
        f'<script type="application/vnd.jupyter.widget-view+json">{json.dumps(spec)}</script>'
        for spec in data["view_specs"]
    ]
    state = json.dumps(data["manager_state"]).replace("</script>", "<\\/script>")
    (folder / "page.html").write_text(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>page</title>'
        f'<link rel="icon" href="data:,">{extra}{"".join(f"<div>{view}</div>" for view in views)}'
        f'<script type="application/vnd.jupyter.widget-state+json">{state}</script>'
        '<script src="widgets.js" defer></script></html>',
        encoding="utf-8",
    )
    shutil.copy(RUNTIME, folder)


def layer(features, units=5):
    """Return a random layer."""
    rng = np.random.default_rng(0)
    shapes = (features, 3 * units), (units, 3 * units), (2, 3 * units)
    return Weights(*(rng.normal(size=shape).astype("float32") for shape in shapes), reset_after=True)


def head(units=5, classes=1):
    """Return kernel and bias of a random output."""
    rng = np.random.default_rng(1)
    return rng.normal(size=(units, classes)).astype("float32"), rng.normal(size=classes).astype("float32")


def timeline(time_steps=8, **settings):
    """Return a GateTimeline with 3 sequences of 3 features."""
    xs = np.random.default_rng(2).normal(size=(3, time_steps, 3))
    return GateTimeline(layer(3), head(), xs, [0, 1, 0], **settings)


def speech(**settings):
    """Return a Player with two spectrograms of 6 bands and 20 columns, of 4 seconds each."""
    rng = np.random.default_rng(3)
    sounds = {"samples": [rng.uniform(-0.1, 0.1, 32_000) for _ in range(2)], "rate": 8_000}
    sounds |= {"columns": [rng.integers(3, size=20) for _ in range(2)], "blank": 0}
    pictures = [rng.normal(size=(20, 6)) for _ in range(2)]
    classes = ["–", "a", "b"]
    return Player(layer(6), head(classes=3), pictures, [[1, 2], [2]], classes, **sounds | settings)


def film(**settings):
    """Return a Player with two films of 6 frames of 3 by 2 pixels."""
    films = [np.random.default_rng(4).random((6, 3, 2)) for _ in range(2)]
    return Player(layer(6), head(classes=2), films, [0, 1], ["left", "right"], **settings)


def forecast(**settings):
    """Return a ForecastPlayer on a wave of 120 values."""
    parts = [np.zeros(shape) for shape in ((1, 3), (1, 3), (2, 3), (1, 1), (1,))]
    given = {"starts": (10, 79), "ends": (-1, 1), "width": 10, "wave": 0.4} | settings
    return ForecastPlayer({"still": parts}, np.sin(0.4 * np.arange(120)), [0, 1], **given)


def review(**settings):
    """Return a ReviewGates that knows five words."""
    words = ["the", "film", "was", "superb", "dull"]
    table = np.random.default_rng(5).normal(size=(len(words) + 4, 3))
    index = {word: 4 + i for i, word in enumerate(words)}
    presets = {"praise": "The film was superb.", "blame": "Dull."}
    return ReviewGates(table, layer(3), head(), index, 12, presets, **settings)


def writer(**settings):
    """Return a Writer of letters."""
    letters = "abcdefgh "
    rng = np.random.default_rng(6)
    parts = NextSymbol(rng.normal(size=(len(letters), 3)), layer(3), *head(classes=len(letters)))
    return Writer(parts, letters, {"one": "abc", "two": "head"}, **settings)
