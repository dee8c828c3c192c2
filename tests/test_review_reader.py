"""Hold the model that reads reviews to what the page says of padding, and its figures to what they show."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from grulab import cell, plots
from grulab.models import restart, review_reader
from grulab.quiet import keras


@pytest.fixture(scope="module")
def reader():
    keras.utils.set_random_seed(0)
    return review_reader(num_words=50, units=6, embedding=5)


@pytest.fixture(scope="module")
def ids():
    return np.random.default_rng(0).integers(4, 50, (3, 12))


@pytest.mark.parametrize("side", [(0, 50), (50, 0)])
def test_with_a_mask_padding_changes_nothing_on_either_side(reader, ids, side):
    padded = np.pad(ids, [(0, 0), side])
    np.testing.assert_allclose(reader.predict(padded, verbose=0), reader.predict(ids, verbose=0), atol=1e-6)


def test_without_a_mask_padding_changes_the_answer(ids):
    keras.utils.set_random_seed(0)
    model = review_reader(num_words=50, units=6, embedding=5, mask=False)
    padded = np.pad(ids, [(0, 0), (0, 50)])
    assert np.abs(model.predict(padded, verbose=0) - model.predict(ids, verbose=0)).max() > 1e-3


def test_the_order_of_words_changes_the_answer(reader, ids):
    assert np.abs(reader.predict(ids[:, ::-1], verbose=0) - reader.predict(ids, verbose=0)).max() > 1e-4


def test_the_answer_can_be_replayed_in_numpy_by_the_names_of_its_layers(reader, ids):
    vectors = reader.get_layer("embedding").get_weights()[0][ids]
    w, b = reader.get_layer("answer").get_weights()
    h = cell.run(cell.from_keras(reader.get_layer("gru")), vectors).h[:, -1]
    np.testing.assert_allclose(1 / (1 + np.exp(-(h @ w + b))), reader.predict(ids, verbose=0), atol=1e-6)


@pytest.fixture
def figures():
    yield
    plt.close("all")


@pytest.mark.usefixtures("figures")
def test_the_maps_show_each_unit_at_each_word_in_the_order_asked_for(reader, ids):
    vectors = reader.get_layer("embedding").get_weights()[0][ids[:1]]
    trace = cell.run(cell.from_keras(reader.get_layer("gru")), vectors)
    words = [f"w{i}" for i in ids[0]]
    order = [3, 1, 0, 2, 5, 4]
    axes = plots.gate_maps(trace, words, order=order)
    for ax, values in zip(axes, (trace.z, trace.r, trace.candidate, trace.h), strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), values[0].T[order])
    assert [label.get_text() for label in axes[-1].get_xticklabels()] == words


@pytest.mark.usefixtures("figures")
def test_the_running_answer_has_a_point_for_each_word():
    _, ax = plots.figure()
    plots.running_answer(ax, np.array([0.5, 0.7, 0.2]), ["not", "bad", "not"], "Two words twice")
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), [0.5, 0.7, 0.2])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["not", "bad", "not"]


@pytest.mark.usefixtures("figures")
def test_strong_words_carry_their_number_and_all_words_stay_inside():
    _, ax = plots.figure(9, 2)
    words = ["a", "wonderful", "film"] * 20
    plots.coloured_words(ax, words, np.array([0.0, 0.31, -0.12] * 20), "Sixty words", line=60)
    written = [text.get_text() for text in ax.texts]
    assert [text for text in written if text in words] == words
    assert written.count("+0.31") == written.count("-0.12") == 20
    assert len(written) == 100
    for text in ax.texts:
        column, row = text.get_position()
        assert column + len(text.get_text()) <= 60
        assert 0 <= row < ax.get_ylim()[0]


def test_a_restarted_model_trains_as_it_did_before():
    rng = np.random.default_rng(0)
    x, y = rng.integers(4, 50, (64, 12)), rng.integers(0, 2, 64)
    model = review_reader(num_words=50, units=6, embedding=5)
    losses = []
    for seed in (1, 1, 2):
        restart(model, seed)
        losses.append(model.fit(x, y, batch_size=16, epochs=1, verbose=0).history["loss"][0])
    assert losses[0] == losses[1] != losses[2]
