"""The GRU in NumPy beside keras.layers.GRU: steps, sequences, masks, gradients, weights taken over."""

from functools import lru_cache
from itertools import product

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grulab import cell
from grulab.quiet import keras

MODES = list(product((True, False), repeat=3))
SEEDS = st.integers(0, 2**32 - 1)
few = settings(deadline=None, derandomize=True, max_examples=20)


@lru_cache
def make_layer(features, units, reset_after, bias, go_backwards=False, dtype="float32"):
    """Return a built layer as Keras starts it, but for small random biases in place of zeros."""
    layer = keras.layers.GRU(
        units,
        return_sequences=True,
        return_state=True,
        reset_after=reset_after,
        use_bias=bias,
        go_backwards=go_backwards,
        dtype=dtype,
        kernel_initializer=keras.initializers.GlorotUniform(seed=1),
        recurrent_initializer=keras.initializers.Orthogonal(seed=2),
        bias_initializer=keras.initializers.RandomNormal(stddev=0.1, seed=3),
    )
    layer.build((None, None, features))
    return layer


@st.composite
def cases(draw, dtype, longest):
    """Draw the arguments of make_layer, inputs, states before the first step and a mask or none."""
    batch, features, units = (draw(st.integers(1, 6)) for _ in range(3))
    time_steps = draw(st.integers(1, longest))
    arguments = (features, units, *(draw(st.booleans()) for _ in range(3)), dtype)
    rng = np.random.default_rng(draw(SEEDS))
    xs = rng.normal(size=(batch, time_steps, features)).astype(dtype)
    h0 = draw(st.sampled_from([0, 1])) * rng.uniform(-1, 1, (batch, units)).astype(dtype)
    return arguments, xs, h0, draw(st.none() | hnp.arrays(bool, (batch, time_steps)))


def states_of_keras(layer, xs, h0, mask):
    """Return the states of a layer at every step, in the order of the walk, and its last state.

    Before the first unmasked step Keras' output is zero while its state is h0: put h0 there.
    """
    output, last = layer(xs, initial_state=tf.constant(h0), mask=mask)
    states = np.array(output)
    if mask is not None:
        mask = mask[:, ::-1] if layer.go_backwards else mask
        started = np.logical_or.accumulate(mask, axis=1)
        assert not states[~started].any()
        states = np.where(started[:, :, None], states, h0[:, None])
    return states, np.array(last)


def check_parity(layer, xs, h0, mask, tolerance):
    """Assert that run and the layer see the same states."""
    trace = cell.run(cell.from_keras(layer), xs, h0, mask, layer.go_backwards)
    states, last = states_of_keras(layer, xs, h0, mask)
    assert trace.h.dtype == states.dtype
    np.testing.assert_allclose(trace.h, states, rtol=0, atol=tolerance)
    np.testing.assert_allclose(trace.h[:, -1], last, rtol=0, atol=tolerance)


@few
@given(seed=SEEDS, modes=st.sampled_from(MODES[::2]), features=st.integers(1, 16), units=st.integers(1, 16))
def test_one_step_with_numbers_of_size_1(seed, modes, features, units):
    reset_after, bias, _ = modes
    rng = np.random.default_rng(seed)

    def draw(*shape):
        return rng.uniform(-1, 1, shape).astype("float32")

    weights = cell.Weights(
        kernel=draw(features, 3 * units),
        recurrent=draw(units, 3 * units),
        bias=(draw(2, 3 * units) if reset_after else draw(3 * units)) if bias else None,
        reset_after=reset_after,
    )
    layer = keras.layers.GRUCell(units, reset_after=reset_after, use_bias=bias)
    layer.build((None, features))
    layer.set_weights([a for a in (weights.kernel, weights.recurrent, weights.bias) if a is not None])
    x, h = draw(8, features), draw(8, units)
    expected, _ = layer(x, tf.constant(h))
    np.testing.assert_allclose(cell.step(weights, x, h).h, expected, rtol=0, atol=1e-6)


@few
@given(case=cases("float32", longest=12))
def test_sequences_in_float32(case):
    check_parity(make_layer(*case[0]), *case[1:], tolerance=1e-6)


@few
@given(case=cases("float64", longest=12))
def test_sequences_in_float64(case):
    check_parity(make_layer(*case[0]), *case[1:], tolerance=1e-12)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
@pytest.mark.parametrize(("reset_after", "bias", "go_backwards"), MODES)
def test_a_hundred_steps(dtype, tolerance, reset_after, bias, go_backwards):
    layer = make_layer(8, 32, reset_after, bias, go_backwards, dtype)
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(8, 100, 8)).astype(dtype)
    h0 = rng.uniform(-1, 1, (8, 32)).astype(dtype)
    mask = rng.random((8, 100)) < 0.7
    # padding on the left, on the right, everywhere
    mask[0, :60], mask[1, 60:], mask[2] = False, False, False
    check_parity(layer, xs, h0, mask, tolerance)
    if not go_backwards:
        check_parity(layer, xs, np.zeros_like(h0), None, tolerance)


def test_a_masked_step_before_the_first_unmasked_one():
    layer = make_layer(2, 3, True, True)
    xs, h0 = np.ones((1, 2, 2), "float32"), np.full((1, 3), 0.5, "float32")
    mask = np.array([[False, False]])
    output, last = layer(xs, initial_state=tf.constant(h0), mask=mask)
    # Keras keeps the state but shows zeros; the trace shows the state
    np.testing.assert_array_equal(output, np.zeros((1, 2, 3)))
    np.testing.assert_array_equal(last, h0)
    np.testing.assert_array_equal(cell.run(cell.from_keras(layer), xs, h0, mask).h, np.full((1, 2, 3), 0.5))


def check_gradients(layer, xs, h0, mask, seed=0):
    """Assert that backward and the tape find the same gradients, to 1e-9 of the largest number in each."""
    weights = cell.from_keras(layer)
    trace = cell.run(weights, xs, h0, mask, layer.go_backwards)
    dh = np.random.default_rng(seed).normal(size=trace.h.shape)
    if mask is not None:
        # Keras shows zeros before the first unmasked step: no gradient comes from there
        dh *= np.logical_or.accumulate(trace.mask, axis=1)[:, :, None]
    inputs, first = tf.constant(xs), tf.constant(h0)
    with tf.GradientTape() as tape:
        tape.watch([inputs, first])
        output, _ = layer(inputs, initial_state=first, mask=mask)
        loss = tf.reduce_sum(output * dh)
    variables = [variable.value for variable in layer.trainable_variables]
    expected = tape.gradient(loss, [*variables, inputs, first], unconnected_gradients="zero")
    found = [gradient for gradient in cell.backward(weights, xs, trace, dh) if gradient is not None]
    for mine, theirs in zip(found, map(np.array, expected), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-9 * np.abs(theirs).max())


@few
@given(case=cases("float64", longest=8))
def test_gradients(case):
    check_gradients(make_layer(*case[0]), *case[1:])


@pytest.mark.parametrize(("reset_after", "bias", "go_backwards"), MODES)
def test_gradients_over_a_hundred_steps(reset_after, bias, go_backwards):
    layer = make_layer(4, 8, reset_after, bias, go_backwards, "float64")
    rng = np.random.default_rng(0)
    mask = rng.random((4, 100)) < 0.7
    check_gradients(layer, rng.normal(size=(4, 100, 4)), rng.uniform(-1, 1, (4, 8)), mask)


# weights taken over


def test_weights_are_copies():
    layer = keras.layers.GRU(3)
    layer.build((None, None, 2))
    weights = cell.from_keras(layer)
    assert (weights.features, weights.units, weights.reset_after, weights.dtype) == (2, 3, True, np.float32)
    before = weights.kernel.copy()
    layer.set_weights([np.ones_like(array) for array in layer.get_weights()])
    np.testing.assert_array_equal(weights.kernel, before)
    np.testing.assert_array_equal(cell.from_keras(layer).bias, np.ones((2, 9)))


def built(layer):
    """Return the layer, built for two features."""
    layer.build((None, None, 2))
    return layer


KIND = "layer must be a built keras.layers.GRU, but is of type {}."
WRONG_LAYERS = {
    "unbuilt": (
        lambda: keras.layers.GRU(3, name="fresh"),
        TypeError,
        "layer must be a built keras.layers.GRU, but 'fresh' has no weights yet: "
        "call it on an input first, or call layer.build((None, None, features)).",
    ),
    "its cell": (lambda: keras.layers.GRUCell(3), TypeError, KIND.format("GRUCell")),
    "RNN around a cell": (
        lambda: built(keras.layers.RNN(keras.layers.GRUCell(3))),
        TypeError,
        KIND.format("RNN"),
    ),
    "both directions": (
        lambda: built(keras.layers.Bidirectional(keras.layers.GRU(3))),
        TypeError,
        KIND.format("Bidirectional"),
    ),
    "LSTM": (lambda: built(keras.layers.LSTM(3)), TypeError, KIND.format("LSTM")),
    "a whole model": (lambda: keras.Sequential([keras.layers.GRU(3)]), TypeError, KIND.format("Sequential")),
    "a tensor": (lambda: tf.zeros((2, 9)), TypeError, KIND.format("EagerTensor")),
    "another activation": (
        lambda: built(keras.layers.GRU(3, activation="relu", name="bent")),
        ValueError,
        "layer must have activation='tanh', but 'bent' has 'relu'.",
    ),
    "another gate": (
        lambda: built(keras.layers.GRU(3, recurrent_activation="hard_sigmoid", name="hard")),
        ValueError,
        "layer must have recurrent_activation='sigmoid', but 'hard' has 'hard_sigmoid'.",
    ),
    "no activation": (
        lambda: built(keras.layers.GRU(3, activation=None, name="straight")),
        ValueError,
        "layer must have activation='tanh', but 'straight' has 'linear'.",
    ),
    "half floats": (
        lambda: built(keras.layers.GRU(3, dtype="float16")),
        TypeError,
        "recurrent must be an array of float32 or float64 numbers, but has the dtype float16.",
    ),
}


@pytest.mark.parametrize("name", WRONG_LAYERS)
def test_other_layers_are_refused_in_one_sentence(name):
    make, kind, sentence = WRONG_LAYERS[name]
    layer = make()
    with pytest.raises(kind) as caught:
        cell.from_keras(layer)
    assert str(caught.value) == sentence
