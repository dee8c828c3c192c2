"""The Jacobians of the three cells, beside GradientTape and beside what a pencil finds."""

import numpy as np
import pytest
import tensorflow as tf

from grulab import cell, jacobians
from grulab.quiet import keras

LAYERS = [("SimpleRNN", {}), ("GRU", {}), ("GRU", {"reset_after": False}), ("LSTM", {})]
UNITS, FEATURES, TIME_STEPS = 4, 3, 6


def make_layer(kind, options, seed=0, dtype="float64", **more):
    layer = getattr(keras.layers, kind)(
        UNITS,
        dtype=dtype,
        return_state=True,
        kernel_initializer=keras.initializers.GlorotUniform(seed=seed),
        recurrent_initializer=keras.initializers.RandomNormal(stddev=0.7, seed=seed + 1),
        bias_initializer=keras.initializers.RandomNormal(stddev=0.5, seed=seed + 2),
        **options,
        **more,
    )
    layer.build((None, None, FEATURES))
    return layer


def make_inputs(seed=0):
    return np.random.default_rng(seed).normal(size=(2, TIME_STEPS, FEATURES))


def derivative_by_tape(layer, xs, lag):
    """Return the derivative of the last state for the state ``lag`` steps before: (batch, n, n)."""
    cut = xs.shape[1] - lag
    # a layer that walks backwards reads the first inputs last
    first, last = (xs[:, lag:], xs[:, :lag]) if layer.go_backwards else (xs[:, :cut], xs[:, cut:])
    start = tf.concat(layer(tf.constant(first))[1:], axis=1)
    with tf.GradientTape() as tape:
        tape.watch(start)
        states = tf.split(start, start.shape[1] // UNITS, axis=1)
        end = tf.concat(layer(tf.constant(last), initial_state=states)[1:], axis=1)
    return tape.batch_jacobian(end, start).numpy()


@pytest.mark.parametrize("go_backwards", [False, True])
@pytest.mark.parametrize(("kind", "options"), LAYERS)
def test_products_of_jacobians_are_what_the_tape_finds(kind, options, go_backwards):
    layer, xs = make_layer(kind, options, go_backwards=go_backwards), make_inputs()
    steps = jacobians.of_layer(layer, xs)
    n = 2 * UNITS if kind == "LSTM" else UNITS
    assert steps.shape == (2, TIME_STEPS, n, n)
    for lag in (1, 3, 5):
        expected = derivative_by_tape(layer, xs, lag)
        found = np.linalg.multi_dot(steps[0, : TIME_STEPS - lag - 1 : -1]) if lag > 1 else steps[0, -1]
        np.testing.assert_allclose(found, expected[0], rtol=0, atol=1e-12)
        norms = np.linalg.norm(expected, 2, axis=(1, 2))
        np.testing.assert_allclose(jacobians.reach(steps)[:, lag - 1], norms, rtol=1e-9)
        part = np.linalg.norm(expected[:, :UNITS, :UNITS], 2, axis=(1, 2))
        np.testing.assert_allclose(jacobians.reach(steps, part=UNITS)[:, lag - 1], part, rtol=1e-9)


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("bias", [True, False])
def test_the_jacobian_of_the_whole_run_is_what_walking_back_finds(reset_after, bias):
    rng = np.random.default_rng(3)
    shape = (2, 3 * UNITS) if reset_after else (3 * UNITS,)
    weights = cell.Weights(
        rng.normal(size=(FEATURES, 3 * UNITS)),
        rng.normal(size=(UNITS, 3 * UNITS)),
        rng.normal(size=shape) if bias else None,
        reset_after,
    )
    xs = np.repeat(make_inputs()[:1], UNITS, axis=0)
    h0 = np.repeat(rng.uniform(-1, 1, (1, UNITS)), UNITS, axis=0)
    dh = np.zeros((UNITS, TIME_STEPS, UNITS))
    dh[:, -1] = np.eye(UNITS)
    expected = cell.backward(weights, xs, cell.run(weights, xs, h0), dh).dh0
    found = np.linalg.multi_dot(jacobians.gru(weights, xs[:1], h0[:1])[0, ::-1])
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_the_four_paths_of_one_unit_worked_with_pencil():
    # z = 0.75, r = 0.5, h = 0.8, candidate = -0.4: the step of page 02, with weights on h for both gates
    kernel = np.array([[np.log(3) - 0.8, -1.6, np.arctanh(-0.4) - 0.4]])
    weights = cell.Weights(kernel, np.array([[1.0, 2.0, 1.0]]), None, reset_after=True)
    xs, h0 = np.ones((1, 1, 1)), np.array([[0.8]])
    trace = cell.run(weights, xs, h0)
    np.testing.assert_allclose([trace.z.item(), trace.r.item(), trace.candidate.item()], [0.75, 0.5, -0.4])
    paths = jacobians.gru_paths(weights, trace)
    # z; (h - candidate) z (1 - z) u_z; (1 - z)(1 - candidate²) u h r (1 - r) u_r; (1 - z)(1 - candidate²) r u
    expected = [0.75, 1.2 * 0.1875, 0.25 * 0.84 * 0.8 * 0.25 * 2, 0.25 * 0.84 * 0.5]
    np.testing.assert_allclose(np.ravel(paths), expected, rtol=1e-12)


def test_without_recurrent_weights_the_direct_path_alone_is_left():
    weights = cell.Weights(np.zeros((FEATURES, 12)), np.zeros((UNITS, 12)), None, reset_after=True)
    steps = jacobians.gru(weights, np.zeros((1, 100, FEATURES)))
    np.testing.assert_allclose(jacobians.reach(steps)[0], 0.5 ** np.arange(1, 101), rtol=1e-12)


def test_a_float32_layer_is_followed_in_float64():
    for kind, options in LAYERS:
        assert (
            jacobians.of_layer(make_layer(kind, options, dtype="float32"), make_inputs()).dtype == "float64"
        )


def test_a_run_with_a_mask_has_no_paths():
    weights = cell.Weights(np.zeros((FEATURES, 12)), np.zeros((UNITS, 12)), None, reset_after=True)
    trace = cell.run(weights, make_inputs(), mask=np.ones((2, TIME_STEPS), bool))
    with pytest.raises(ValueError, match="without a mask"):
        jacobians.gru_paths(weights, trace)


def test_what_is_no_such_layer_is_a_sentence():
    with pytest.raises(TypeError, match="built SimpleRNN, GRU or LSTM of Keras, but is of type Dense"):
        jacobians.of_layer(keras.layers.Dense(2), make_inputs())
    with pytest.raises(TypeError, match="build it"):
        jacobians.of_layer(keras.layers.LSTM(2), make_inputs())
    with pytest.raises(ValueError, match="must have activation='tanh'"):
        jacobians.of_layer(make_layer("SimpleRNN", {"activation": "relu"}), make_inputs())
    with pytest.raises(ValueError, match="must have recurrent_activation='sigmoid'"):
        jacobians.of_layer(make_layer("LSTM", {"recurrent_activation": "hard_sigmoid"}), make_inputs())
    with pytest.raises(ValueError, match="must have a bias"):
        jacobians.of_layer(make_layer("LSTM", {"use_bias": False}), make_inputs())


@pytest.mark.parametrize("dtype", ["float16", "longdouble"])
def test_floats_that_lapack_does_not_know_reach_as_far(dtype):
    steps = np.random.default_rng(0).normal(size=(2, 5, 3, 3)).astype(dtype)
    np.testing.assert_array_equal(jacobians.reach(steps), jacobians.reach(steps.astype("float64")))


@pytest.mark.filterwarnings("error")
def test_a_product_too_large_for_a_float_reaches_infinitely_far():
    steps = np.stack([np.full((4, 2, 2), 1e155), np.full((4, 2, 2), 0.5)])
    reach = jacobians.reach(steps)
    np.testing.assert_allclose(reach[0, 0], 2e155)
    assert np.isinf(reach[0, 1:]).all()
    np.testing.assert_allclose(reach[1], 1)
