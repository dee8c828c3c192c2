"""Bad values for traits of all widgets, in Python and in links: a sentence, and the former value stays."""

import math
import random
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from node import ask_widget
from spoiling import DRAWS

from grulab import widgets
from grulab.widgets.base import CourseWidget

sys.path.append(str(Path(__file__).parent / "browser"))
from taken import TAKEN

KINDS = {name: getattr(widgets, name) for name in widgets.__all__}
HTML = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "__proto__",
    "constructor",
)
NO_NUMBER = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            np.True_,
            "1",
            b"1",
            1j,
            [0],
            (0,),
            {},
            object(),
            math.nan,
            math.inf,
            -math.inf,
            10**400,
            -(10**5000),
            np.zeros(1),
            np.nan,
            np.float32("inf"),
            "\ud800\x00",
            print,
            *HTML,
        ]
    ),
    st.text(),
    st.floats().filter(lambda number: not abs(number) < 1e6),
)
NO_NAME = st.one_of(
    st.sampled_from(
        [
            "",
            "Name",
            "1st",
            "a b",
            "a\n",
            "ä",
            "a=1",
            "a&b",
            "a#b",
            "\x00",
            "a" * 10**5 + "!",
            "-a",
            *HTML[:3],
        ]
    ),
    st.text().filter(lambda text: not text.isascii() or not text.islower()),
)


def make(kind, **values):
    return KINDS[kind](**TAKEN.get(kind, {}), **values)


@cache
def made(name):
    """Return one widget of a class, made of zeros."""
    return make(name)


def refuses(widget, trait, value):
    """Set a trait to what must be refused: the error names trait and value, and the former value stays."""
    before = getattr(widget, trait)
    with pytest.raises(traitlets.TraitError) as raised:
        setattr(widget, trait, value)
    sentence = str(raised.value)
    assert trait in sentence
    assert type(widget).__name__ in sentence
    assert any(words in sentence for words in (" must be ", " must hold ", " may have ", " expected "))
    assert "\n" not in sentence
    assert len(sentence) < 300
    sentence.encode()
    assert getattr(widget, trait) == before
    assert isinstance(widget, CourseWidget)


@pytest.mark.parametrize("name", KINDS)
@DRAWS
@given(data=st.data())
def test_a_number_beyond_its_limits_or_none_at_all_is_refused(name, data):
    widget = made(name)
    trait = data.draw(st.sampled_from(list(widget.quantities())))
    low, high, _ = widget.limits[trait]
    beyond = st.sampled_from(
        [low - 1, high + 1, np.nextafter(low, -np.inf), np.nextafter(high, np.inf), low - 1e9]
    )
    parts = st.just((low + high) // 2 + 0.5) if widget.quantities()[trait].kind is int else beyond
    refuses(widget, trait, data.draw(st.one_of(NO_NUMBER, beyond, parts)))


@pytest.mark.parametrize("name", KINDS)
@DRAWS
@given(data=st.data())
def test_a_number_within_its_limits_is_stored(name, data):
    widget = made(name)
    trait = data.draw(st.sampled_from(list(widget.quantities())))
    low, high, _ = widget.limits[trait]
    kind = widget.quantities()[trait].kind
    value = data.draw(st.integers(low, high) if kind is int else st.floats(low, high))
    for form in (value, np.float64(value), np.float32(value), Fraction(value)):
        if not low <= form <= high or (kind is int and int(form) != form):
            continue
        setattr(widget, trait, form)
        assert type(getattr(widget, trait)) is kind
        assert getattr(widget, trait) == kind(form)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_is_refused_when_the_widget_is_made(name):
    quantities = KINDS[name].quantities()
    for trait, value in [
        (one, value) for one in list(quantities)[:2] for value in (None, math.nan, 1e9, "1")
    ] + [("name", "a b")]:
        with pytest.raises(traitlets.TraitError, match=f"{name}: {trait} must be"):
            make(name, **{trait: value})
    with pytest.raises(TypeError, match=f"{name} knows no '__proto__'; it knows "):
        make(name, **{"__proto__": 1})


@pytest.mark.parametrize("name", KINDS)
@DRAWS
@given(value=st.one_of(NO_NAME, st.sampled_from([None, 1, 1.5, ["a"]])))
def test_a_name_that_would_not_stand_in_a_link_is_refused(name, value):
    refuses(made(name), "name", value)


@pytest.mark.parametrize("name", KINDS)
def test_what_nobody_moves_cannot_be_set(name):
    widget = made(name)
    fixed = [one for one, trait in widget.traits(sync=True).items() if trait.read_only and one[0] != "_"]
    assert "limits" in fixed
    for trait in fixed:
        before = getattr(widget, trait)
        with pytest.raises(traitlets.TraitError, match="read-only"):
            setattr(widget, trait, {})
        assert getattr(widget, trait) is before


@pytest.mark.parametrize("name", ["Writer", "ReviewGates"])
def test_a_text_is_kept_as_it_is_or_refused(name):
    widget = made(name)
    for value in ("a" * (widget.longest + 1), "\ud800", "a\udfff", None, 1, 1.5, ["a"]):
        refuses(widget, "text", value)
    for value in (*HTML, "\x00", "‮עברית‬", "🧑🏽‍🚀", "", "a" * widget.longest):
        widget.text = value
        assert widget.text == value
        assert repr(value) in repr(widget) or value == ""


@DRAWS
@given(value=st.sampled_from([None, 1, "", "oven", "STEP", *HTML]))
def test_a_stage_that_there_is_not_is_refused(value):
    refuses(made("GateLab"), "stage", value)


# ---- in a link ----

READ = """
const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
console.log(JSON.stringify({
  answers: question.map(({ texts, limits, names }) => texts.map((text) => {
    try {
      const state = js.readState(text, limits, names);
      return { state, proto: Object.getPrototypeOf(state) === Object.prototype };
    } catch (error) {
      return { plain: error.constructor === Error, message: error.message };
    }
  })),
  untouched: before === JSON.stringify(Object.getOwnPropertyNames(Object.prototype)),
}));
"""
PIECES = (
    "0",
    "1",
    "0.5",
    "-1",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "",
    " ",
    "0x",
    "1e",
    "1_000",
    "1,",
    "١",
    "½",
    "🧮",
    "\x00",
    "undefined",
    "null",
    "true",
    "[]",
    "{}",
    "9" * 400,
    "a" * 10_000,
    "‮1",
    *HTML,
)


def links(widget, count=150):
    """Draw texts of links: names and numbers, right and wrong, in right and wrong order."""
    draw = random.Random(1)
    names = [*widget.quantities(), "toString", "hasOwnProperty", "limits", "name", *HTML]
    texts = ["__proto__:1", "constructor:1", "toString:0", ":", ",", ":,:", "__proto__[x]:1", *HTML]
    for _ in range(count):
        parts = []
        for _ in range(draw.randint(1, 3)):
            number = draw.choice(PIECES if draw.random() < 0.6 else ("0", "1"))
            parts.append(draw.choice(names) + draw.choice([":", ":", ":", "=", "::", ""]) + number)
        texts.append(draw.choice([",", ",", ";"]).join(parts))
    return texts


def test_a_link_gives_numbers_within_their_limits_or_a_short_sentence(tmp_path):
    asked = {name: (made(name), links(made(name))) for name in KINDS}
    # readState is the same in all widgets: the module of one will do
    said = ask_widget(
        tmp_path,
        widgets.ConventionSwitch,
        READ,
        [
            {"texts": texts, "limits": widget.limits, "names": list(widget.quantities())}
            for widget, texts in asked.values()
        ],
    )
    assert said["untouched"]
    read = 0
    for (widget, texts), answers in zip(asked.values(), said["answers"], strict=True):
        quantities = widget.quantities()
        for text, answer in zip(texts, answers, strict=True):
            if "state" not in answer:
                assert answer["plain"], (text, answer)
                assert answer["message"].startswith("the link "), (text, answer)
                assert len(answer["message"]) < 150 + sum(len(name) + 2 for name in quantities)
                continue
            assert answer["proto"], text
            for trait, value in answer["state"].items():
                low, high, _ = widget.limits[trait]
                assert low <= value <= high
                assert quantities[trait].kind is float or int(value) == value
            read += 1
    assert read > 50, "hardly a link of these was good"
