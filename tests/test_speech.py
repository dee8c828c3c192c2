"""From frames to letters: paths, their sum, what an error is, and the model that CTC trains."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grulab.speech import alignments, collapse, edit_distance, path_sum, transcriber, transcript_errors

B = 2  # with a = 1


def test_neighbours_merge_and_blanks_part_them():
    assert collapse([B, 0, 1, 1, 0]) == [B, 1]
    assert collapse([1, 1, 0, 1]) == [1, 1]
    assert collapse([1, 1, 1]) == [1]
    assert collapse([0, 0]) == []


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_collapse_is_what_keras_decodes(path):
    # itertools says the same in other words
    assert collapse(path) == [number for number, _ in itertools.groupby(path) if number]


def test_the_paths_of_ba_over_three_frames():
    found = {"".join("-ab"[number] for number in path) for path in alignments([B, 1], 3, 2)}
    assert found == {"bba", "baa", "-ba", "b-a", "ba-"}


def test_a_doubled_letter_needs_a_frame_more():
    assert alignments([1, 1], 2, 2).shape == (0, 2)
    assert alignments([1, 1], 3, 2).tolist() == [[1, 0, 1]]


def test_the_paths_of_all_strings_are_all_paths():
    strings = {tuple(collapse(path)) for path in itertools.product(range(3), repeat=4)}
    assert sum(len(alignments(letters, 4, 2)) for letters in strings) == 3**4
    random = np.random.default_rng(0).dirichlet(np.ones(3), size=4)
    assert sum(path_sum(random, letters) for letters in strings) == pytest.approx(1)


def test_the_sum_by_hand():
    # blank, a, b in three frames
    probabilities = np.array([[0.4, 0.1, 0.5], [0.5, 0.2, 0.3], [0.2, 0.7, 0.1]])
    assert path_sum(probabilities, [B, 1]) == pytest.approx(0.105 + 0.070 + 0.084 + 0.175 + 0.020)


def test_too_many_paths_are_not_tried():
    with pytest.raises(ValueError, match="5 letters and the blank have 10,077,696 paths over 9 frames"):
        alignments([1], 9, 5)


def test_the_loss_of_keras_is_the_sum_over_paths():
    from grulab.quiet import keras

    rng = np.random.default_rng(1)
    logits = rng.standard_normal((4, 5, 3)).astype("float32")
    strings = np.array([[1, 2, 0], [2, 2, 0], [1, 0, 0], [1, 2, 1]])
    losses = keras.losses.CTC(reduction=None)(strings, logits)
    shares = np.exp(logits.astype(float))
    shares /= shares.sum(axis=2, keepdims=True)
    for loss, share, letters in zip(np.asarray(losses), shares, strings, strict=True):
        assert loss == pytest.approx(-np.log(path_sum(share, [n for n in letters if n])), abs=1e-5)


def test_the_greedy_decoder_of_keras_collapses_alike():
    from grulab.quiet import keras

    logits = np.random.default_rng(2).standard_normal((20, 9, 4)).astype("float32")
    decoded, _ = keras.ops.ctc_decode(logits, np.full(20, 9), strategy="greedy")
    for row, path in zip(np.asarray(decoded)[0], logits.argmax(axis=2), strict=True):
        assert [number for number in row if number >= 0] == collapse(path)


letters = st.lists(st.integers(1, 3), max_size=6)


@pytest.mark.parametrize(
    ("found", "wanted", "edits"),
    [
        ("aeo", "aeo", 0),
        ("ao", "aeo", 1),
        ("aee", "e", 2),
        ("", "ae", 2),
        ("eao", "aeo", 2),
        ("oea", "aei", 2),
    ],
)
def test_edits_are_counted(found, wanted, edits):
    assert edit_distance(found, wanted) == edits


@given(letters, letters, letters)
def test_edits_are_a_distance(one, two, three):
    assert edit_distance(one, two) == edit_distance(two, one)
    assert (edit_distance(one, two) == 0) == (one == two)
    assert edit_distance(one, three) <= edit_distance(one, two) + edit_distance(two, three)
    assert abs(len(one) - len(two)) <= edit_distance(one, two) <= max(len(one), len(two))


def test_errors_are_shares_of_letters_and_of_strings():
    wanted = np.array([[1, 2, 3, 0], [4, 4, 0, 0]])
    assert transcript_errors([[1, 2, 3], [4]], wanted) == pytest.approx((1 / 5, 1 / 2))
    with pytest.raises(ValueError, match="1 transcripts for 2 strings"):
        transcript_errors([[1]], wanted)


@pytest.mark.parametrize("both_ways", [True, False])
def test_the_transcriber_scores_each_letter_in_each_frame_and_learns(both_ways):
    from grulab.quiet import keras

    # CTC first learns to say nothing; how long that lasts, 10 epochs or 30, is decided by the first weights
    keras.utils.set_random_seed(0)
    model = transcriber(12, 2, letters=3, units=8, both_ways=both_ways)
    assert model.output_shape == (None, 12, 4)
    # a tone in one of two bands, or in both: "1", "2", "3"; two tones a string
    rng = np.random.default_rng(0)
    y = rng.integers(1, 4, (160, 2))
    x = np.zeros((160, 12, 2), "float32")
    for half, begin in enumerate((2, 7)):
        for band in (0, 1):
            x[:, begin : begin + 3, band] = (y[:, half] & (band + 1) > 0)[:, None]
    model.fit(x, y, batch_size=16, epochs=60, verbose=0)
    found = [collapse(path) for path in model.predict(x, verbose=0).argmax(axis=2)]
    assert transcript_errors(found, y)[0] < 0.1


def test_a_model_without_letters_is_refused():
    with pytest.raises(ValueError, match="letters is 0, but it must be at least 1"):
        transcriber(10, 2, letters=0)
