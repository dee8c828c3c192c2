"""A model of the next symbol in NumPy: probabilities, surprise, temperature, the draw."""

import re

import numpy as np
import pytest

from grulab import cell, nextsymbol
from grulab.nextsymbol import NextSymbol


def random_parts(symbols, units=6, features=4, seed=0, reset_after=True):
    """Return a random model with these sizes."""
    rng = np.random.default_rng(seed)
    shapes = (features, 3 * units), (units, 3 * units), (2, 3 * units) if reset_after else (3 * units,)
    weights = cell.Weights(*(rng.normal(size=shape).astype("float32") for shape in shapes), reset_after)
    # Keras hands over single precision, and so does what travels into a page
    table, kernel, bias = (
        rng.normal(size=s).astype("float32") for s in ((symbols, features), (units, symbols), (symbols,))
    )
    return NextSymbol(table, weights, kernel, bias)


def test_rows_and_their_targets_are_one_place_apart():
    x, y = nextsymbol.shifted_rows(np.arange(23), 7)
    assert x.shape == y.shape == (3, 7)
    assert np.array_equal(y, x + 1)
    assert x[1, 0] == x[0, -1] + 1, "rows do not overlap and lose nothing between them"
    assert nextsymbol.shifted_rows(np.arange(8), 7)[1][0, -1] == 7
    with pytest.raises(ValueError, match="a row of 7 and its targets need 8 ids; given 7"):
        nextsymbol.shifted_rows(np.arange(7), 7)


def test_text_becomes_ids_and_unknown_characters_fall_out():
    assert nextsymbol.ids_of("Ab,\n\t c a\u0301", list("abc ")).tolist() == [0, 1, 3, 2, 3]
    assert nextsymbol.ids_of("1 2", ["a"]).shape == (0,)


def test_probabilities_add_up_and_surprise_reads_them():
    parts = random_parts(5)
    rows = np.random.default_rng(1).integers(5, size=(3, 8))
    p = nextsymbol.probabilities(parts, rows)
    assert p.shape == (3, 8, 5)
    np.testing.assert_allclose(p.sum(axis=-1), 1)
    bits = nextsymbol.surprise(parts, rows)
    assert bits.shape == (3, 7)
    assert np.array_equal(nextsymbol.last_surprise(parts, rows), bits[:, -1])
    assert bits[2, 4] == pytest.approx(-np.log2(p[2, 4, rows[2, 5]]))
    # what comes later changes nothing before it
    changed = rows.copy()
    changed[:, -1] = (changed[:, -1] + 1) % 5
    assert np.array_equal(nextsymbol.surprise(parts, changed)[:, :-1], bits[:, :-1])


@pytest.mark.parametrize("rows", [[[0, 5]], [[-1, 0]], [0, 1], [[0.5]], np.zeros((1, 0), int)])
def test_rows_that_are_no_ids_get_a_sentence(rows):
    with pytest.raises((TypeError, ValueError), match="rows of ids must"):
        nextsymbol.probabilities(random_parts(5), rows)


def test_contexts_ask_for_the_same_symbols_whatever_their_length():
    ids = np.random.default_rng(0).integers(9, size=300)
    short, long = nextsymbol.contexts(ids, 1, 7), nextsymbol.contexts(ids, 50, 7)
    assert long.shape == (len(range(100, 300, 7)), 51)
    assert np.array_equal(short, long[:, -2:])
    assert np.array_equal(nextsymbol.contexts(ids, 100)[0], ids[:101])
    with pytest.raises(ValueError, match="context may be 100 at most"):
        nextsymbol.contexts(ids, 101)


def test_temperature_sharpens_flattens_and_takes_the_best_at_zero():
    p = np.array([0.5, 0.3, 0.2, 0.0])
    np.testing.assert_allclose(nextsymbol.at_temperature(p, 1), p)
    np.testing.assert_allclose(nextsymbol.at_temperature(p, 0.5), p**2 / (p**2).sum())
    assert nextsymbol.at_temperature(p, 0).tolist() == [1, 0, 0, 0]
    np.testing.assert_allclose(nextsymbol.at_temperature(p, 1e9)[:3], 1 / 3, rtol=1e-6)
    with pytest.raises(ValueError, match="temperature is -1, but it must be at least 0"):
        nextsymbol.at_temperature(p, -1)


@pytest.mark.parametrize(("u", "symbol"), [(0, 1), (0.24999, 1), (0.25, 2), (0.99999, 2), (1 - 1e-17, 2)])
def test_a_draw_falls_on_the_stretch_of_its_symbol(u, symbol):
    assert nextsymbol.draw(np.array([0, 0.25, 0.75, 0]), u) == symbol


def test_a_continuation_is_the_seed_s_and_follows_the_probabilities():
    parts = random_parts(5)
    first = nextsymbol.continuation(parts, [0, 3], 40, 1.0, seed=4)
    assert np.array_equal(first, nextsymbol.continuation(parts, [0, 3], 40, 1.0, seed=4))
    assert not np.array_equal(first, nextsymbol.continuation(parts, [0, 3], 40, 1.0, seed=5))
    assert np.array_equal(first[:9], nextsymbol.continuation(parts, [0, 3], 9, 1.0, seed=4))
    assert nextsymbol.continuation(parts, [0, 3], 0).shape == (0,)
    # one step of many seeds has the shares that the model gives
    p = nextsymbol.probabilities(parts, [[0, 3]])[0, -1]
    drawn = [nextsymbol.continuation(parts, [0, 3], 1, 1.0, seed)[0] for seed in range(600)]
    np.testing.assert_allclose(np.bincount(drawn, minlength=5) / 600, p, atol=0.07)
    # at 0 each symbol is the best one after those before it
    bold = nextsymbol.continuation(parts, [0, 3], 12, 0)
    whole = np.concatenate([[0, 3], bold])
    assert np.array_equal(bold, nextsymbol.probabilities(parts, whole[None])[0, 1:-1].argmax(axis=1))


def test_parts_that_do_not_fit_get_a_sentence():
    parts = random_parts(5)
    assert parts.table.dtype == parts.weights.dtype == "float64"
    sentence = "kernel must have the shape (6, 5), but has (5, 6)"
    with pytest.raises(ValueError, match=re.escape(sentence)):
        NextSymbol(parts.table, parts.weights, parts.kernel.T, parts.bias)
    with pytest.raises(TypeError, match=re.escape("weights must be grulab.cell.Weights, not NoneType")):
        NextSymbol(parts.table, None, parts.kernel, parts.bias)


def test_a_continuation_may_be_as_long_as_a_small_whole_number_of_numpy():
    assert len(nextsymbol.continuation(random_parts(4), np.zeros(300, int), np.uint8(7))) == 7
