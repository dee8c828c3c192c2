"""PaddingLab: rows, masks and answers, in Python and in the page's JavaScript."""

import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab import cell
from grulab.widgets import PaddingLab
from grulab.widgets.paddinglab import ZEROS

SCRIPT = """
const { traits: { texts, readers }, states } = question;
// one reader for all states, as in the page: what it has read before must not show
const pairs = readers.map((trained) => [js.readerFrom(trained), js.readerFrom(trained)]);
console.log(JSON.stringify(states.map((state) => {
  const { ids, words } = texts[state.text];
  const [ofRow, ofText] = pairs[state.seed];
  const row = js.fitted(ids, state.maxlen, state.padding, state.truncating);
  const steps = ofRow.read(row.ids, state.mask ? row.mask : null);
  const again = ofRow.read(row.ids, state.mask ? row.mask : null);
  const kept = words.slice(row.lost[0], words.length - row.lost[1]);
  return {
    ...row, kept,
    h: steps.map(({ h }) => h),
    answers: steps.map(({ answer }) => answer),
    alone: ofText.read(ids).map(({ answer }) => answer),
    isKept: steps === again,
    // skipping the first step: what stands behind keeps its mask
    without: ofRow.without(0),
  };
})));
"""

INDEX = {"the": 4, "plot": 5, "seemed": 6, "dull": 7, "superb": 9}
TEXTS = {"short": "Superb!", "long": "The plot seemed dull, the zither superb", "middle": "seemed the plot"}


def example(**settings):
    """Return a lab with two random readers of 4 units, 3 features and 12 ids, and three texts."""
    rng = np.random.default_rng(0)

    def draw(*shape):
        return rng.normal(size=shape).astype("float32")

    readers = [
        (
            cell.Weights(draw(3, 12), draw(4, 12), draw(2, 12), reset_after=True),
            draw(12, 3),
            draw(4, 1),
            draw(1),
        )
        for _ in range(2)
    ]
    lab = PaddingLab(readers, TEXTS, INDEX, **settings)
    lab.given = readers
    return lab


STATES = [
    {"text": text, "seed": seed, "maxlen": maxlen, "padding": padding, "truncating": truncating, "mask": mask}
    for text, maxlen in ((0, 7), (1, 12), (1, 3), (2, 4), (2, 1), (0, 2))
    for padding in (0, 1)
    for truncating in (0, 1)
    for mask in (0, 1)
    for seed in (0, 1)
]


def test_the_page_computes_what_python_computes(tmp_path):
    lab = example()
    traits = {name: getattr(lab, name) for name in ("texts", "readers")}
    found = ask_widget(tmp_path, PaddingLab, SCRIPT, {"traits": traits, "states": STATES})
    for state, page in zip(STATES, found, strict=True):
        for name, value in state.items():
            setattr(lab, name, value)
        row = lab.row()
        assert page["mask"] == (row > 0).tolist()
        assert page["zeros"] == (row == 0).sum()
        assert len(page["kept"]) == (row > 0).sum()
        assert page["begin"] == np.argmax(row > 0)
        over = len(lab.ids[lab.text]) - len(page["kept"])
        assert page["lost"] == ([0, over] if lab.truncating else [over, 0])
        np.testing.assert_allclose(page["h"], lab.trace().h[0], atol=1e-5)
        np.testing.assert_allclose(page["answers"], lab.answers(), atol=1e-6)
        np.testing.assert_allclose(page["alone"], lab.alone(), atol=1e-6)
        assert page["isKept"]
        counts = (row > 0) | (not lab.mask)
        counts[0] = False
        weights, table, kernel, bias = lab.given[lab.seed]
        last = cell.run(weights, table[row][None], mask=counts[None]).h[0, -1]
        assert page["without"] == pytest.approx(float(cell.sigmoid(last @ kernel + bias)[0]), abs=1e-6)


def test_a_row_is_that_of_keras():
    """As page 05 prints it for ``keras.utils.pad_sequences``."""
    lab = example(text=2)
    start, seemed, the, plot = lab.ids[2]
    assert [start, seemed, the, plot] == [1, 6, 4, 5]
    for maxlen, padding, truncating, row in (
        (6, 0, 1, [0, 0, 1, 6, 4, 5]),
        (6, 1, 0, [1, 6, 4, 5, 0, 0]),
        (4, 1, 1, [1, 6, 4, 5]),
        (2, 0, 0, [4, 5]),
        (2, 1, 1, [1, 6]),
    ):
        lab.maxlen, lab.padding, lab.truncating = maxlen, padding, truncating
        assert lab.row().tolist() == row


def test_with_a_mask_zeros_change_nothing_and_without_one_they_do():
    for seed in (0, 1):
        for padding in (0, 1):
            lab = example(seed=seed, padding=padding, mask=1, maxlen=20, text=2)
            np.testing.assert_allclose(lab.answers()[-1], lab.alone()[-1], atol=1e-6)
            lab.mask = 0
            assert abs(lab.answers()[-1] - lab.alone()[-1]) > 0.01


def test_the_order_of_the_units_changes_no_answer():
    lab = example(text=1, maxlen=8)
    weights, table, kernel, bias = lab.given[0]
    h = cell.run(weights, table[lab.row()][None]).h[0]
    np.testing.assert_allclose(lab.answers(), cell.sigmoid(h @ kernel + bias)[:, 0], atol=1e-6)
    np.testing.assert_allclose(lab.trace().h[0], h[:, np.argsort(kernel[:, 0])], atol=1e-6)


def test_only_the_rows_that_are_needed_travel():
    lab = example()
    # 0 to 3 are no words; of the others the texts use the, plot, seemed, dull, superb
    assert lab.readers[0]["table"]["shape"] == [9, 3]
    assert lab.texts[0] == {"title": "short", "words": ["·", "superb"], "ids": [1, 8]}
    assert lab.texts[1]["words"] == ["·", "the", "plot", "seemed", "dull", "the", "[?]", "superb"]
    assert lab.texts[1]["ids"] == [1, 4, 5, 6, 7, 4, 2, 8]


def test_limits_follow_the_texts():
    lab = example()
    assert lab.limits["maxlen"] == [1, 8 + ZEROS, 1]
    assert lab.limits["text"] == [0, 2, 1]
    assert lab.limits["seed"] == [0, 1, 1]
    assert lab.limits["unit"] == [0, 3, 1]
    with pytest.raises(traitlets.TraitError, match="maxlen must be a whole number from 1 to 28, but is 0"):
        lab.maxlen = 0


def test_a_method_takes_settings_and_leaves_the_box_alone():
    lab = example(text=1, maxlen=5)
    before = repr(lab)
    given = {"text": 2, "seed": 1, "maxlen": 9, "padding": 0, "mask": 1}
    other = example(**given)
    assert lab.row(**given).tolist() == other.row().tolist()
    assert lab.trace(**given).h.tolist() == other.trace().h.tolist()
    assert lab.answers(**given).tolist() == other.answers().tolist()
    assert lab.alone(text=2, seed=1).tolist() == other.alone().tolist()
    assert repr(lab) == before
    with pytest.raises(traitlets.TraitError, match="text must be a whole number from 0 to 2, but is 3"):
        lab.row(text=3)
    with pytest.raises(TypeError, match="PaddingLab has no 'length'; its settings are text, seed, maxlen"):
        lab.answers(length=3)


def test_the_line_of_python_makes_the_same_widget():
    lab = example(text=1, seed=1, maxlen=5, padding=0, truncating=1, mask=1, step=3, unit=2)
    known = {"readers": lab.given, "texts": TEXTS, "word_index": INDEX}
    again = eval(repr(lab), {"PaddingLab": PaddingLab} | known)
    assert repr(again) == repr(lab)
    assert np.array_equal(again.answers(), lab.answers())


WEIGHTS = cell.Weights(np.zeros((3, 12)), np.zeros((4, 12)), None, reset_after=True)
READER = WEIGHTS, np.zeros((12, 3)), np.zeros((4, 1)), np.zeros(1)


@pytest.mark.parametrize(
    ("readers", "texts", "sentence"),
    [
        ([], TEXTS, "at least one reader and one text, but was given 0 and 3"),
        ([READER], {}, "but was given 1 and 0"),
        ([(None, *READER[1:])], TEXTS, "begins with grulab.cell.Weights, not with one of type NoneType"),
        ([(WEIGHTS, np.zeros((12, 2)), *READER[2:])], TEXTS, "must have the shapes ((3,), (4, 1), (1,))"),
        ([READER, (WEIGHTS, np.zeros((13, 3)), *READER[2:])], TEXTS, "as many ids and as many units"),
    ],
)
def test_what_does_not_fit_is_a_sentence(readers, texts, sentence):
    with pytest.raises((TypeError, ValueError), match=re.escape(sentence)):
        PaddingLab(readers, texts, INDEX)
