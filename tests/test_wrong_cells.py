"""The cells with mistakes: without one they agree with ``grulab.cell``, and every mistake shows."""

import numpy as np
import pytest

from grulab import cell
from grulab.checks.cells import wrong_gradients, wrong_steps, wrong_walks
from grulab.checks.cells.asking import gap, is_near
from grulab.checks.cells.inputs import sequences

by_place = pytest.mark.parametrize("reset_after", [True, False])


def drawn(reset_after=True):
    rng = np.random.default_rng(0)
    xs, h0, weights = sequences(rng, 5, 7, 3, 4, reset_after, "float64")
    mask = rng.random((5, 7)) < 0.6
    mask[:, 3] = False
    return xs, h0, weights, mask


@by_place
def test_a_step_without_a_mistake_is_that_of_the_cell(reset_after):
    xs, h0, weights, _ = drawn(reset_after)
    right = cell.step(cell.Weights(*weights, reset_after), xs[:, 0], h0).h
    np.testing.assert_allclose(wrong_steps.step(xs[:, 0], h0, *weights, reset_after), right, atol=1e-12)


@by_place
def test_every_mistake_in_a_step_shows(reset_after):
    xs, h0, weights, _ = drawn(reset_after)
    right = cell.step(cell.Weights(*weights, reset_after), xs[:, 0], h0).h
    known = wrong_steps.mistakes(reset_after)
    for sentence, change in known + wrong_steps.pairs(known):
        state = wrong_steps.step(xs[:, 0], h0, *weights, reset_after, **change)
        assert gap(state, right) > 0.01, sentence


@by_place
def test_no_two_mistakes_in_a_step_look_alike(reset_after):
    xs, h0, weights, _ = drawn(reset_after)
    known = [
        (sentence, wrong_steps.step(xs[:, 0], h0, *weights, reset_after, **change))
        for sentence, change in wrong_steps.mistakes(reset_after)
    ]
    for number, (sentence, state) in enumerate(known):
        for other, another in known[:number]:
            assert sentence == other or not is_near(state, another), (sentence, other)


@by_place
def test_a_walk_without_a_mistake_is_that_of_the_cell_and_every_mistake_shows(reset_after):
    xs, h0, weights, mask = drawn(reset_after)
    right = cell.run(cell.Weights(*weights, reset_after), xs, h0, mask).h

    def advance(x, h):
        return wrong_steps.step(x, h, *weights, reset_after)

    np.testing.assert_allclose(wrong_walks.carry(advance, xs, h0, mask), right, atol=1e-12)
    for sentence, walk in {**wrong_walks.WALKS, **wrong_walks.MASKED}.items():
        assert gap(walk(advance, xs, h0, mask), right) > 0.01, sentence


def test_gradients_without_a_mistake_are_those_of_the_cell_and_every_mistake_shows():
    xs, h0, weights, _ = drawn()
    dh = np.zeros((*xs.shape[:2], 4))
    dh[:, -1] = np.random.default_rng(1).normal(size=(5, 4))
    full = cell.Weights(*weights, reset_after=True)
    found = cell.backward(full, xs, cell.run(full, xs, h0), dh)
    right = found.dxs, found.dh0, found.kernel, found.recurrent, found.bias
    for one, other in zip(wrong_gradients.walk_back(xs, h0, *weights, dh[:, -1]), right, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)
    for sentence, arrays in wrong_gradients.mistaken(xs, h0, *weights, dh[:, -1]):
        assert max(map(gap, arrays, right)) > 0.01, sentence
