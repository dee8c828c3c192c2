"""Writer: the page's model and its draw against Python."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget
from test_nextsymbol import random_parts

from grulab import nextsymbol
from grulab.widgets import Writer
from grulab.widgets.writer import LONGEST

LETTERS = "abcdefghij ,.'"
TEXTS = {"one": "abc d.", "two": "h"}
TUNES = {"up": [0, 1, 2], "rest": [3]}
SOUNDS = [[60, 1], [62, 0.5], [64, 2], [None, 1]]
TRAITS = ["table", "layer", "output"]

SCRIPT = """
const { traits, cases } = question;
const writer = js.writerFrom(traits);
console.log(JSON.stringify(cases.map(([beginning, settings]) => {
  const { ids, steps } = writer.write(beginning, settings);
  const fresh = js.writerFrom(traits).write(beginning, settings);
  return {
    ids, bits: js.surpriseOf(ids, steps),
    next: js.atTemperature(steps[steps.length - 1].p, settings.temperature),
    same: JSON.stringify(fresh.steps) === JSON.stringify(steps),
  };
})));
"""


def text_writer(reset_after=True, **settings):
    """Return a widget for letters with a random model."""
    return Writer(random_parts(len(LETTERS), reset_after=reset_after), LETTERS, TEXTS, **settings)


def tune_writer(**settings):
    """Return a widget for notes with a random model."""
    return Writer(random_parts(4), ["c", "d", "e", "rest"], TUNES, noun="note", sounds=SOUNDS, **settings)


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_page_writes_what_python_writes(tmp_path, reset_after):
    rng = np.random.default_rng(0)
    widgets = []
    for _ in range(60):
        settings = {"preset": rng.integers(3), "seed": rng.integers(100), "written": rng.integers(121)}
        settings = {name: int(value) for name, value in settings.items()}
        temperature = float(rng.choice([0.0, 0.3, 1.0, 1.9]))
        text = "".join(rng.choice(list(LETTERS), size=rng.integers(1, 30)))
        widgets.append(text_writer(reset_after, **settings, temperature=temperature, text=text))
    # neighbours share a beginning, so that what is kept is used
    widgets = sorted(widgets, key=lambda one: (one.preset, one.seed, one.written))
    cases = [
        [one.beginning().tolist(), {"count": one.written, "temperature": one.temperature, "seed": one.seed}]
        for one in widgets
    ]
    traits = {name: getattr(widgets[0], name) for name in TRAITS}
    found = ask_widget(tmp_path, Writer, SCRIPT, {"traits": traits, "cases": cases})
    for one, page in zip(widgets, found, strict=True):
        assert page["ids"] == one.ids().tolist(), repr(one)
        np.testing.assert_allclose(page["bits"], one.surprise(), rtol=0, atol=1e-9)
        np.testing.assert_allclose(page["next"], one.next_probabilities(), rtol=0, atol=1e-9)
        assert page["same"], "what was kept changes nothing"
    assert len({len(page["ids"]) for page in found}) > 20


def test_the_draw_is_the_same_on_both_sides(tmp_path):
    script = """
        const { seeds, p } = question;
        console.log(JSON.stringify(seeds.map((seed) => {
          const { uniform } = js.randomNumbers(seed);
          const draws = Array.from({ length: 200 }, uniform);
          return { draws, symbols: draws.map((u) => js.drawnFrom(p, u)) };
        })));
    """
    p = nextsymbol.softmax(np.random.default_rng(0).normal(size=9))
    p[[2, 8]] = 0
    seeds = [0, 1, 99]
    pages = ask_widget(tmp_path, Writer, script, {"seeds": seeds, "p": p.tolist()})
    for seed, found in zip(seeds, pages, strict=True):
        draws = [u for u, _ in zip(nextsymbol.uniforms(seed), range(200), strict=False)]
        assert found["draws"] == draws
        assert found["symbols"] == [nextsymbol.draw(p, u) for u in draws]
    edges = ask_widget(
        tmp_path,
        Writer,
        "console.log(JSON.stringify(question.map((u) => js.drawnFrom([0, 0.25, 0.75, 0], u))));",
        [0, 0.25, 0.9999999, 1],
    )
    assert edges == [1, 2, 2, 2]


def test_text_becomes_the_same_ids(tmp_path):
    texts = ["", "A b\r\n\tc  d", "Cafe\u0301 – 12 “j”", "İJ\ud800🎬.", "\u00a0a\u2003b"]
    script = "console.log(JSON.stringify(question.texts.map((text) => js.idsOf(text, question.symbols))));"
    found = ask_widget(tmp_path, Writer, script, {"texts": texts, "symbols": list(LETTERS)})
    assert [one["ids"] for one in found] == [nextsymbol.ids_of(text, LETTERS).tolist() for text in texts]
    assert found[1] == {"ids": [0, 10, 1, 10, 2, 10, 3], "unknown": 0}
    assert found[2]["unknown"] > 3


@pytest.mark.parametrize("kind", [text_writer, tune_writer])
def test_the_line_of_python_makes_the_same_widget(kind):
    widget = kind(preset=1, temperature=0.4, seed=7, written=12, length=30, name="mine")
    known = {
        "parts": widget.parts,
        "symbols": widget.symbols,
        "presets": dict(widget.presets),
        "sounds": SOUNDS,
    }
    again = eval(repr(widget), {"Writer": Writer} | known)
    assert {name: getattr(again, name) for name in again.quantities()} == {
        name: getattr(widget, name) for name in widget.quantities()
    }
    assert repr(again) == repr(widget)
    assert np.array_equal(again.ids(), widget.ids())
    assert len(widget.ids()) == len(widget.beginning()) + 12


def test_the_reader_s_own_text_comes_last_and_may_be_empty():
    widget = text_writer(preset=2, text="Bad, 7!", written=3)
    assert widget.beginning().tolist() == [1, 0, 3, 11, 10]
    assert len(widget.ids()) == 8
    widget.text = "!"
    assert widget.ids().shape == (0,)
    with pytest.raises(
        traitlets.TraitError, match=f"text may have {LONGEST} characters, but has {LONGEST + 1}"
    ):
        widget.text = "a" * (LONGEST + 1)


def test_limits_follow_the_presets_and_the_length():
    assert text_writer().limits["preset"] == [0, 2, 1]
    assert tune_writer().limits["preset"] == [0, 1, 1]
    assert tune_writer(length=33).limits["written"] == [0, 33, 1]
    with pytest.raises(traitlets.TraitError, match=r"temperature must be a number from 0 to 2, but is 2\.5"):
        text_writer(temperature=2.5)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"parts": None}, "parts must be a grulab.nextsymbol.NextSymbol, not NoneType"),
        ({"symbols": "abc"}, "the model has 4 symbols"),
        ({"symbols": "abca"}, "the model has 4 symbols"),
        ({"sounds": [[60, 1]]}, "sounds must be [pitch or None, beats] of each of the 4 symbols"),
        ({"presets": {}}, "all texts or all rows of ids"),
        ({"presets": {"one": "ab", "two": [1]}}, "all texts or all rows of ids"),
        ({"presets": {"one": "xyz"}}, "the beginning 'one' must have 1 to 400 symbols of the model"),
        ({"presets": {"one": [0, 4]}}, "a beginning must be a row of ids from 0 to 3"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changed, sentence):
    given = {"parts": random_parts(4), "symbols": "abcd", "presets": {"one": "ab"}}
    with pytest.raises((TypeError, ValueError), match=re.escape(sentence)):
        Writer(**given | changed)
