"""Adam in NumPy beside the Adam of Keras, and the clipping of gradients."""

import numpy as np
import pytest

from grulab.optim import Adam, clip, global_norm
from grulab.quiet import keras


def draw(seed, dtype="float64"):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape).astype(dtype) for shape in ((3, 4), (4,), (2, 3))]


@pytest.mark.parametrize(
    "settings", [{}, {"learning_rate": 0.05, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 0.1}]
)
def test_each_step_is_that_of_keras(settings):
    ours, theirs = Adam(**settings), keras.optimizers.Adam(**settings)
    parameters = draw(0)
    variables = [keras.Variable(array, dtype="float64") for array in parameters]
    for seed in range(1, 21):
        # small and large gradients, and one that is zero at first
        gradients = [gradient * 10.0 ** (seed % 5 - 2) * (seed > 3) for gradient in draw(seed)]
        parameters = ours.step(parameters, gradients)
        theirs.apply([keras.ops.convert_to_tensor(gradient) for gradient in gradients], variables)
        for found, expected in zip(parameters, variables, strict=True):
            # Keras keeps its rate in float32
            np.testing.assert_allclose(found, np.asarray(expected), rtol=0, atol=2e-6)


def test_the_first_step_goes_by_the_learning_rate_whatever_the_size_of_the_gradient():
    for scale in (1e-3, 1, 1e3):
        (moved,) = Adam(0.01).step([np.zeros(2)], [scale * np.array([1.0, -1.0])])
        np.testing.assert_allclose(moved, [-0.01, 0.01], rtol=1e-2)


def test_nothing_given_is_changed_and_the_dtype_stays():
    parameters, gradients = draw(0, "float32"), draw(1, "float32")
    copies = [array.copy() for array in (*parameters, *gradients)]
    moved = Adam().step(parameters, gradients)
    for given, copy in zip((*parameters, *gradients), copies, strict=True):
        np.testing.assert_array_equal(given, copy)
    assert {array.dtype for array in moved} == {np.dtype("float32")}
    assert all((new != old).all() for new, old in zip(moved, parameters, strict=True))


def test_a_valley_is_found():
    adam, place = Adam(0.1), [np.array([5.0, -3.0])]
    for _ in range(400):
        place = adam.step(place, [2 * (place[0] - [1.0, 2.0])])
    np.testing.assert_allclose(place[0], [1, 2], atol=1e-2)


def test_what_does_not_fit_is_a_sentence():
    with pytest.raises(ValueError, match="one gradient for each of 3 arrays, but 2"):
        Adam().step(draw(0), draw(1)[:2])
    with pytest.raises(ValueError, match=r"gradients\[0\] must have the shape \(3, 4\)"):
        Adam().step(draw(0), draw(1)[::-1])
    with pytest.raises(TypeError, match=r"gradients\[0\] must have the dtype float64"):
        Adam().step(draw(0), draw(1, "float32"))
    with pytest.raises(ValueError, match="finite"):
        Adam().step([np.zeros(1)], [np.array([np.nan])])
    adam = Adam()
    adam.step(draw(0), draw(1))
    with pytest.raises(ValueError, match="not the arrays of the first step"):
        adam.step(draw(0)[:2], draw(1)[:2])


def test_clipping_shortens_and_keeps_the_direction():
    gradients = [np.array([3.0, 0.0]), np.array([[4.0]])]
    assert global_norm(gradients) == pytest.approx(5)
    short = clip(gradients, 1)
    np.testing.assert_allclose(short[0], [0.6, 0])
    np.testing.assert_allclose(short[1], [[0.8]])
    assert clip(gradients, 5)[0] is gradients[0]
    assert clip([np.ones(4, "float32")], 1)[0].dtype == "float32"


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_a_limit_must_be_above_zero(limit):
    with pytest.raises(ValueError, match="limit is"):
        clip([np.ones(1)], limit)
