"""The model that reads passages side by side: what padding, order and passages may change in its answer."""

import numpy as np
import pytest

from grulab.models import passage_reader
from grulab.quiet import keras

WORDS, LENGTH, PASSAGE = 50, 24, 8


@pytest.fixture(scope="module")
def reader():
    keras.utils.set_random_seed(0)
    return passage_reader(WORDS, LENGTH, PASSAGE, units=6, embedding=5)


@pytest.fixture(scope="module")
def ids():
    return np.random.default_rng(0).integers(4, WORDS, (3, LENGTH))


def answers(model, rows):
    return model.predict(rows, verbose=0)[:, 0]


@pytest.mark.parametrize("words", [3, 8, 11])
def test_padding_changes_nothing(ids, words):
    """A model for longer reviews, with the same weights, gives the same answers."""
    longer, short = (
        passage_reader(WORDS, length, PASSAGE, units=6, embedding=5) for length in (LENGTH + PASSAGE, LENGTH)
    )
    longer.set_weights(short.get_weights())
    row = np.where(np.arange(LENGTH) < words, ids, 0)
    padded = np.pad(row, [(0, 0), (0, PASSAGE)])
    np.testing.assert_allclose(answers(longer, padded), answers(short, row), atol=1e-6)


def test_what_stands_in_the_padding_has_no_say(reader, ids):
    row = np.where(np.arange(LENGTH) < 11, ids, 0)
    before = answers(reader, row)
    table = reader.get_layer("embedding")
    (vectors,) = table.get_weights()
    changed = vectors.copy()
    changed[0] += 3
    table.set_weights([changed])
    np.testing.assert_allclose(answers(reader, row), before, atol=1e-6)
    table.set_weights([vectors])


def test_order_counts_inside_a_passage_and_not_among_passages(reader, ids):
    passages = ids.reshape(3, -1, PASSAGE)
    before = answers(reader, ids)
    np.testing.assert_allclose(answers(reader, passages[:, ::-1].reshape(3, -1)), before, atol=1e-6)
    assert np.abs(answers(reader, passages[:, :, ::-1].reshape(3, -1)) - before).max() > 1e-4


def test_one_passage_is_a_gru_both_ways_with_its_largest_and_mean_states(ids):
    model = passage_reader(WORDS, LENGTH, LENGTH, units=6, embedding=5)
    reads = keras.layers.Bidirectional(keras.layers.GRU(6, return_sequences=True))
    table, *gru, kernel, bias = model.get_weights()
    vectors = table[ids]
    reads.build(vectors.shape)
    reads.set_weights(gru)
    states = np.asarray(reads(vectors))
    summary = np.concatenate([states.max(axis=1), states.mean(axis=1)], axis=1)
    np.testing.assert_allclose(
        answers(model, ids), 1 / (1 + np.exp(-(summary @ kernel + bias)))[:, 0], atol=1e-6
    )


def test_one_way_reads_with_one_gru(ids):
    model = passage_reader(WORDS, LENGTH, PASSAGE, units=6, embedding=5, both_ways=False)
    assert model.count_params() == 50 * 5 + 3 * 6 * (5 + 6 + 2) + 2 * 6 + 1
    assert answers(model, ids).shape == (3,)


def test_pairs_say_nothing_at_first_and_learn(ids):
    model = passage_reader(WORDS, LENGTH, PASSAGE, units=6, embedding=5, pairs=30)
    pairs = np.random.default_rng(1).integers(0, 31, ids.shape)
    without = answers(model, [ids, np.zeros_like(pairs)])
    np.testing.assert_allclose(answers(model, [ids, pairs]), without, atol=1e-6)
    model.fit([ids, pairs], np.array([0, 1, 0]), verbose=0)
    assert np.abs(model.get_layer("pairs").get_weights()[0]).max() > 0


@pytest.mark.parametrize("passage", [7, 48])
def test_a_length_that_is_no_multiple_is_named(passage):
    with pytest.raises(ValueError, match=f"{LENGTH} and {passage}"):
        passage_reader(WORDS, LENGTH, passage)


def test_a_passage_without_words_is_named():
    with pytest.raises(ValueError, match="passage is 0, but it must be at least 1"):
        passage_reader(WORDS, LENGTH, 0)
