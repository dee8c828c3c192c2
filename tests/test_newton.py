"""Gauss–Newton steps: the Jacobian against differences, the step against least squares, a sine learnt."""

import itertools

import numpy as np
import pytest

from grulab import newton
from grulab.cell import Weights
from grulab.data import sine
from grulab.forecasting import windows


@pytest.fixture
def model():
    return newton.start(units=4, features=2, seed=1)


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=(5, 6, 2))


def test_jacobian_agrees_with_differences(model, x):
    forecasts, slopes = newton.jacobian(model, x)
    np.testing.assert_allclose(forecasts, model(x), rtol=1e-12)
    numbers = slopes.shape[1]
    assert numbers == 2 * 12 + 4 * 12 + 2 * 12 + 4 + 1
    for i, small in enumerate(1e-6 * np.eye(numbers)):
        difference = (model.moved(small)(x) - model.moved(-small)(x)) / 2e-6
        np.testing.assert_allclose(slopes[:, i], difference, rtol=0, atol=1e-8)


def test_moved_leaves_the_model_as_it_is(model, x):
    before = model(x)
    model.moved(np.ones(101))
    np.testing.assert_array_equal(model(x), before)


def test_loss_never_rises_and_the_sine_is_learnt():
    x, y = (part[::16] for part in windows(sine(), 10))
    model, losses = newton.fit(newton.start(units=8), x, y, steps=25)
    assert all(later < earlier for earlier, later in itertools.pairwise(losses))
    assert losses[-1] == np.mean((model(x) - y) ** 2)
    assert losses[-1] < 1e-6 < losses[0]


def test_training_ends_when_it_is_enough():
    x, y = (part[::16] for part in windows(sine(), 10))
    _, losses = newton.fit(newton.start(units=8), x, y, enough=1e-3)
    assert losses[-1] <= 1e-3 < losses[-2]


def test_training_ends_when_nothing_is_left_to_gain(model, x):
    # five forecasts, and a hundred weights: they are soon met as nearly as floats allow
    _, losses = newton.fit(model, x, np.arange(5.0), steps=10_000)
    assert len(losses) < 1000
    assert losses[-1] < 1e-20


def test_start_is_drawn_from_the_ranges_of_keras():
    model = newton.start(units=50, features=3, seed=0)
    recurrent = model.weights.recurrent
    np.testing.assert_allclose(recurrent @ recurrent.T, np.eye(50), atol=1e-12)
    assert np.abs(model.weights.kernel).max() <= (6 / 153) ** 0.5
    assert np.abs(model.kernel).max() <= (6 / 51) ** 0.5
    assert not model.weights.bias.any()
    assert model.bias == 0
    assert not np.array_equal(newton.start(units=50, features=3, seed=1).kernel, model.kernel)


def test_one_target_for_each_window(model, x):
    with pytest.raises(ValueError, match="y"):
        newton.fit(model, x, np.zeros(4))


@pytest.mark.parametrize("act", [newton.jacobian, lambda model, x: newton.fit(model, x, x[:, 0, 0])])
def test_a_model_in_single_precision_is_a_sentence(act, model, x):
    given = model.weights
    arrays = (array.astype("float32") for array in (given.kernel, given.recurrent, given.bias))
    single = newton.Forecaster(Weights(*arrays, reset_after=True), model.kernel.astype("float32"), 0.0)
    with pytest.raises(TypeError, match=r"model must be float64, .* but its weights have the dtype float32"):
        act(single, x.astype("float32"))
