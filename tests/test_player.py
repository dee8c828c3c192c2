"""Player: orders, beliefs and what is written down, in Python and in the page's JavaScript."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab import cell
from grulab.widgets import Player
from grulab.widgets.transport import packed, unpacked

SCRIPT = """
const { traits, states } = question;
const { trained, recordings } = js.recordedOf((name) => traits[name]);
console.log(JSON.stringify(states.map(({ example, order, draw }) => {
  const places = js.orderOf(recordings[example].length, order, draw);
  const { start, beliefs } = js.beliefsOf(trained, places.map((t) => recordings[example][t]));
  const best = beliefs.map(js.bestOf);
  return { places, start, beliefs, written: js.writtenOf(best, traits.setting.blank) };
})));
"""
LAYERS = ["forward", "both ways"]
STATES = [
    {},
    {"example": 1, "order": 1},
    {"example": 2, "order": 2},
    {"example": 2, "order": 2, "draw": 99},
]


def layer(rng, features, units=4):
    """Return a random layer."""
    shapes = (features, 3 * units), (units, 3 * units), (2, 3 * units)
    return cell.Weights(*(rng.normal(size=shape).astype("float32") for shape in shapes), reset_after=True)


def film(layers="forward", **settings):
    """Return a widget with three films of 3 × 2 pixels, of 5, 7 and 9 frames, and two classes."""
    rng = np.random.default_rng(0)
    count = 1 if layers == "forward" else 2
    weights = [layer(rng, 6) for _ in range(count)]
    head = rng.normal(size=(4 * count, 2)), rng.normal(size=2)
    films = [rng.random((length, 3, 2)) for length in (5, 7, 9)]
    given = weights[0] if count == 1 else weights
    return Player(given, head, films, [0, 1, 1], ["left", "right"], **settings)


def sound(**settings):
    """Return a widget with two spectrograms of 6 bands, 8 and 20 columns, a blank and two letters."""
    rng = np.random.default_rng(1)
    pictures = [rng.normal(size=(length, 6)) for length in (8, 20)]
    samples = [rng.uniform(-1, 1, 16 * length) for length in (8, 20)]
    columns = [rng.integers(3, size=length) for length in (8, 20)]
    head = 3 * rng.normal(size=(4, 3)), rng.normal(size=3)
    kept = {"samples": samples, "rate": 8_000, "columns": columns, "blank": 0} | settings
    return Player(layer(rng, 6), head, pictures, [[1, 2], [2]], ["–", "a", "b"], ["one", "two"], **kept)


def asked(folder, widget, states):
    """Return what the page's JavaScript makes of each state."""
    traits = {name: getattr(widget, name) for name in ("layers", "output", "frames", "setting")}
    states = [{"example": 0, "order": 0, "draw": 0} | state for state in states]
    return ask_widget(folder, Player, SCRIPT, {"traits": traits, "states": states})


@pytest.mark.parametrize("layers", LAYERS)
def test_the_page_computes_what_python_computes(tmp_path, layers):
    for state, found in zip(STATES, asked(tmp_path, film(layers), STATES), strict=True):
        widget = film(layers, **state)
        assert found["places"] == widget.places().tolist()
        np.testing.assert_allclose(found["beliefs"], widget.beliefs(), atol=1e-5)
        np.testing.assert_allclose(np.sum(found["beliefs"], axis=1), 1)
        powers = np.exp(widget.head[1])
        np.testing.assert_allclose(found["start"], powers / powers.sum(), atol=1e-6)


def test_the_page_writes_down_what_python_writes_down(tmp_path):
    for settings in ({}, {"blank": None}):
        found = asked(tmp_path, sound(**settings), [{}, {"example": 1}])
        for example, one in enumerate(found):
            assert one["written"] == sound(example=example, **settings).written()
    # with a blank something is left out here
    assert 0 in sound(example=1, blank=None).written()
    assert 0 not in sound(example=1).written()


def test_neighbours_are_merged_and_the_blank_parts_them(tmp_path):
    script = """console.log(JSON.stringify(question.map(([best, blank]) => js.writtenOf(best, blank))));"""
    cases = [[[0, 1, 1, 0, 1, 2, 2], 0], [[1, 1, 1], 0], [[0, 0], 0], [[1, 1, 2], None]]
    assert ask_widget(tmp_path, Player, script, cases) == [[1, 1, 2], [1], [], [1, 2]]


def test_a_softmax_bears_scores_of_any_size(tmp_path):
    script = "console.log(JSON.stringify(js.softmaxOf(question)));"
    assert ask_widget(tmp_path, Player, script, [1000, 0, -1000]) == [1, 0, 0]


def test_the_ends_of_a_long_recording_are_found(tmp_path):
    # more numbers than a function of JavaScript takes arguments, in one row and in many
    script = """
        const rows = [Float64Array.from({ length: 300000 }, (_, i) => i), [-2.5], [7]];
        console.log(JSON.stringify([js.endsOf(rows), js.endsOf(Array.from(rows[0], (one) => [one]))]));
    """
    assert ask_widget(tmp_path, Player, script) == [[-2.5, 299_999], [0, 299_999]]


def test_stretches_hold_every_column_once(tmp_path):
    script = "console.log(JSON.stringify(js.stretchesOf(question)));"
    assert ask_widget(tmp_path, Player, script, [4, 4, 0, 4]) == [
        {"value": 4, "begin": 0, "end": 2},
        {"value": 0, "begin": 2, "end": 3},
        {"value": 4, "begin": 3, "end": 4},
    ]


def test_shuffles_hold_every_frame_once_and_differ():
    shuffles = [film(example=2, order=2, draw=draw).places().tolist() for draw in range(100)]
    assert all(sorted(places) == list(range(9)) for places in shuffles)
    assert len({tuple(places) for places in shuffles}) == 100
    assert list(range(9)) not in shuffles
    # each place is led by each frame now and then
    assert {places[0] for places in shuffles} == set(range(9))


def test_a_layer_of_one_way_knows_nothing_of_what_comes():
    one, other = film(example=2), film(example=2)
    frames = unpacked(other.frames[2]).copy()
    frames[5:] = 0
    other.set_trait("frames", [*other.frames[:2], packed(frames, "float16")])
    assert np.array_equal(one.beliefs()[:5], other.beliefs()[:5])
    assert not np.allclose(one.beliefs()[5:], other.beliefs()[5:])


def test_frames_travel_as_half_floats():
    widget = sound()
    pictures = [np.random.default_rng(1).normal(size=(8, 6))]
    np.testing.assert_allclose(unpacked(widget.frames[0]), pictures[0], rtol=2**-11, atol=1e-6)
    assert widget.frames[0]["kind"] == widget.sounds[0]["kind"] == "float16"


def test_limits_follow_the_data():
    assert film().limits["example"] == [0, 2, 1]
    assert film().limits["step"] == [1, 9, 1]
    with pytest.raises(traitlets.TraitError, match="step must be a whole number from 1 to 9, but is 10"):
        film(step=10)


@pytest.mark.parametrize("make", [film, sound])
def test_the_line_of_python_makes_the_same_widget(make):
    widget = make(example=1, step=3, name="other", pace=7)
    known = {
        "weights": widget.weights,
        "head": widget.head,
        "examples": [unpacked(one) for one in widget.frames],
        "samples": [unpacked(one) for one in widget.sounds],
        **{name: getattr(widget, name) for name in ("truths", "classes", "titles", "columns")},
    }
    again = eval(repr(widget), {"Player": Player} | known)
    assert repr(again) == repr(widget)
    assert (again.name, again.setting, again.frames) == (widget.name, widget.setting, widget.frames)


GOOD = {
    "weights": layer(np.random.default_rng(0), 6),
    "head": (np.zeros((4, 2)), np.zeros(2)),
    "examples": [np.zeros((5, 3, 2))],
    "truths": [0],
    "classes": ["left", "right"],
}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weights": [1]}, "weights must be grulab.cell.Weights, or a pair of them"),
        ({"weights": [GOOD["weights"]] * 3}, "weights must be grulab.cell.Weights, or a pair of them"),
        ({"weights": [GOOD["weights"]] * 2}, "head must be a kernel (8, 2) and a bias (2,) for 2 classes"),
        ({"classes": ["left"]}, "head must be a kernel (4, 1) and a bias (1,) for 1 classes"),
        ({"examples": []}, "there are 0 examples, 1 truths and 0 titles"),
        ({"titles": ["a", "b"]}, "there are 1 examples, 1 truths and 2 titles"),
        ({"examples": [np.zeros((5, 7))]}, "with 6 numbers a frame, but one is (5, 7)"),
        ({"examples": [np.zeros(6)]}, "but one is (6,)"),
        (
            {"examples": [np.zeros((5, 3, 2)), np.zeros((5, 6))], "truths": [0, 0]},
            "all of one kind, with 6 numbers a frame, but one is (5, 6)",
        ),
        ({"truths": [2]}, "truths must count the classes from 0 to 1"),
        ({"truths": [[0, 2]]}, "truths must count the classes from 0 to 1"),
        ({"rate": 8_000}, "samples and rate go together"),
        ({"samples": [np.zeros(9)], "rate": 100}, "at a rate from 8000 to 48000, but there are 1 at 100"),
        ({"samples": [], "rate": 8_000}, "but there are 0 at 8000"),
        ({"columns": [[0, 1]]}, "columns must hold a class for each frame"),
        ({"blank": 2}, "blank is 2, but it must count the classes from 0 to 1"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changed, sentence):
    Player(**GOOD)
    with pytest.raises((TypeError, ValueError), match=re.escape(sentence)):
        Player(**GOOD | changed)
