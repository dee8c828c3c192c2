"""ReviewGates: the page's tokeniser and its reader against grulab.data.encode and grulab.cell."""

import re
import unicodedata

import numpy as np
import pytest
import traitlets
from node import ask_widget
from reviewing import disturbed, in_node

from grulab import cell
from grulab.data import encode, load_reviews
from grulab.data.text import PADDING, START, UNKNOWN, pad, words
from grulab.widgets import ReviewGates
from grulab.widgets.reviewgates import LONGEST
from grulab.widgets.transport import packed

COUNTED = """
let asked = 0;
const layer = { kernel: [[1, 2, 3]], recurrent: [[0.5, -1, 1]], bias: null, resetAfter: true };
const vectorOf = (id) => { asked += 1; return [id / 10]; };
const reader = js.readerOf({ vectorOf, layer, output: { kernel: [1], bias: 0 } });
console.log(JSON.stringify(question.map((ids) => { asked = 0; reader.read(ids); return asked; })));
"""


@pytest.fixture(scope="module")
def reviews():
    """Load the embedded reviews, which need no network."""
    return load_reviews(source="embedded")


def example(word_index, *, reset_after=True, maxlen=30, **settings):
    """Return a widget with a random model of 6 features and 5 units for these words."""
    rng = np.random.default_rng(0)
    shapes = (6, 15), (5, 15), (2, 15) if reset_after else (15,)
    weights = cell.Weights(*(rng.normal(size=shape).astype("float32") for shape in shapes), reset_after)
    table = rng.normal(size=(len(word_index) + 4, 6)).astype("float32")
    head = rng.normal(size=(5, 1)).astype("float32"), np.array([0.3], "float32")
    presets = {"one": "The film was superb.", "two": "The plot seemed dull on the whole."}
    return ReviewGates(table, weights, head, word_index, maxlen, presets, **settings)


@pytest.mark.parametrize("reset_after", [True, False])
def test_500_disturbed_reviews_give_the_same_ids_and_the_same_answers(tmp_path, reviews, reset_after):
    texts = disturbed(reviews.ids_validation, reviews.word_index, 500)
    assert len(set(texts)) == 500
    widget = example(reviews.word_index, reset_after=reset_after)
    found = in_node(tmp_path, widget, texts)
    rows = encode(texts, widget.word_index, len(widget.vectors), widget.maxlen)
    assert [one["ids"] for one in found] == [row[row != PADDING].tolist() for row in rows]
    assert [one["cut"] for one in found] == [max(0, len(words(text)) + 1 - 30) for text in texts]
    assert sum(one["cut"] > 0 for one in found) > 100
    assert all(one["words"] == len(one["ids"]) for one in found)
    # what was put in is found: unknown words, and known ones behind quotes
    assert sum(UNKNOWN in one["ids"] for one in found) > 100
    last = [one["answers"][-1] for one in found]
    np.testing.assert_allclose(last, widget.predict(list(rows)), atol=1e-5)
    for text, one in zip(texts[:20], found, strict=False):
        own = example(
            reviews.word_index, reset_after=reset_after, text=text, preset=2, step=len(one["ids"]) // 2
        )
        np.testing.assert_allclose(one["answers"], own.running(), atol=1e-5)
        assert one["without"] == pytest.approx(own.without(), abs=1e-5)
        trace = own.trace()
        for quantity, values in one["middle"].items():
            np.testing.assert_allclose(values, getattr(trace, quantity)[0, own.step], atol=1e-5)
    # what is kept from the text before changes nothing
    assert all(one["again"] and one["answers"] == one["fresh"] for one in found)


ODD = [
    "",
    "'''",
    "’til ‘the’ film’s 'whole' it''s",
    "THE Film\tseemed\nDULL<br /><br />on_the_whole",
    "İstanbul ß ẞ ΟΔΥΣΣΕΥΣ ﬁlm Ǆ",
    "cafe\u0301 café e\u0301\u0323 \u0301 Kraków Krako\u0301w",
    "the🎬film 👩‍👩‍👧 ❤️ 1️⃣ ½ ² ٣ 一二 Ⅷ",
    "constructor __proto__ toString hasOwnProperty",
    "the\u00a0film\u2003seemed\u200bdull\ufeff",
    "the\ud800film \udfff \u0000 dull",
]


def test_odd_texts_give_the_same_ids(tmp_path, reviews):
    added = ["café", "i", "ß", "οδυσσευς", "2", "½", "一二", "'til", "film's", "it''s", "ⅷ", "fi"]
    index = dict(reviews.word_index)
    for word in added:
        index.setdefault(word, 4 + len(index))
    widget = example(index)
    found = in_node(tmp_path, widget, ODD)
    rows = encode(ODD, index, len(widget.vectors), 30)
    assert [one["ids"] for one in found] == [row[row != PADDING].tolist() for row in rows]
    assert found[0]["ids"] == [START]
    assert found[0]["without"] == found[0]["start"]


def test_every_letter_is_split_and_made_small_alike(tmp_path, reviews):
    # newer letters than this Python's are unknown to one side or the other
    points = [point for point in range(0x80, 0x3134F) if unicodedata.category(chr(point)) not in ("Cn", "Cs")]
    texts = [
        "".join(f"a{chr(point)}b " for point in points[i : i + 2_000]) for i in range(0, len(points), 2_000)
    ]
    script = "console.log(JSON.stringify(question.map(js.wordsIn)));"
    for text, found in zip(texts, ask_widget(tmp_path, ReviewGates, script, texts), strict=True):
        assert found == words(text)


def test_only_what_changed_is_computed_anew(tmp_path):
    rows = [[1, 5, 6], [1, 5, 6, 7], [1, 5, 6, 7], [1, 5, 8, 7], [1, 5], [1], [9, 9], []]
    assert ask_widget(tmp_path, ReviewGates, COUNTED, rows) == [3, 1, 0, 2, 0, 0, 2, 0]


def test_the_copy_stays_within_the_error_of_eight_bits(reviews):
    widget = example(reviews.word_index)
    rng = np.random.default_rng(1)
    table = rng.normal(size=(len(widget.vectors) + 50, 6))
    shrunk = ReviewGates(
        table, widget.weights, (np.zeros((5, 1)), np.zeros(1)), widget.word_index, 9, {"a": "b"}
    )
    largest = np.abs(table[: len(widget.vectors)]).max(axis=1, keepdims=True)
    assert (np.abs(shrunk.vectors - table[: len(widget.vectors)]) <= largest / 253).all()
    # 10,000 words with 32 features, and the words themselves: what page 06 sends
    sizes = [len(packed(np.ones((10_000, 32)), "int8")[part]) for part in ("data", "scale")]
    assert 4 / 3 * sum(sizes) + 100_000 < 1_000_000


def test_the_order_of_units_changes_no_answer(reviews):
    widget = example(reviews.word_index)
    kernel, bias = widget.head
    assert (np.diff(kernel) >= 0).all()
    rows = pad(reviews.ids_validation[:600], 30)
    states = cell.run(widget.weights, widget.vectors[rows], mask=rows != PADDING).h[:, -1]
    found = widget.predict(reviews.ids_validation[:600])
    np.testing.assert_allclose(found, cell.sigmoid(states @ kernel + bias), atol=1e-6)


def test_the_line_of_python_makes_the_same_widget(reviews):
    widget = example(reviews.word_index, preset=2, step=3, unit=4, text='say "no" \\ 🎬\n<b>')
    known = {
        "table": widget.vectors,
        "weights": widget.weights,
        "head": (widget.head[0][:, None], np.array([widget.head[1]])),
        "word_index": widget.word_index,
        "maxlen": widget.maxlen,
        "presets": dict(widget.presets),
    }
    again = eval(repr(widget), {"ReviewGates": ReviewGates} | known)
    assert repr(again) == repr(widget)
    assert again.running() == pytest.approx(widget.running(), abs=1e-6)


def test_limits_follow_the_model(reviews):
    widget = example(reviews.word_index)
    assert widget.limits == {"preset": [0, 2, 1], "step": [0, 29, 1], "unit": [0, 4, 1]}
    with pytest.raises(traitlets.TraitError, match="preset must be a whole number from 0 to 2, but is 3"):
        widget.preset = 3
    with pytest.raises(traitlets.TraitError, match="text may have 20,000 characters, but has 20,001"):
        widget.text = "a" * (LONGEST + 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weights": None}, "weights must be grulab.cell.Weights, not NoneType"),
        ({"word_index": {"a": 4, "b": 6}}, "the ids of word_index must be 4, 5, 6, …"),
        ({"word_index": {"a": 4, "b\nc": 5}}, "none with a line break"),
        ({"word_index": {}}, "word_index needs words"),
        ({"table": np.zeros((5, 6))}, "shapes (6, 6), (5, 1) and (1,), but have (5, 6), (5, 1) and (1,)"),
        ({"head": (np.zeros(5), np.zeros(1))}, "but have (6, 6), (5,) and (1,)"),
        ({"presets": {}}, "at least one title"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changed, sentence, reviews):
    given = {
        "table": np.zeros((6, 6)),
        "weights": example(reviews.word_index).weights,
        "head": (np.zeros((5, 1)), np.zeros(1)),
        "word_index": {"a": 4, "b": 5},
        "maxlen": 10,
        "presets": {"one": "a b"},
    }
    with pytest.raises((TypeError, ValueError), match=re.escape(sentence)):
        ReviewGates(**given | changed)
