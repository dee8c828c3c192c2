"""The GRU in NumPy: what can be known about it without Keras."""

import math
import subprocess
import sys
from itertools import product

import numpy as np
import pytest

from grulab import cell


def make_weights(features=3, units=4, reset_after=True, bias=True, dtype="float64", seed=0):
    """Return random weights."""
    rng = np.random.default_rng(seed)
    shape = (2, 3 * units) if reset_after else (3 * units,)
    return cell.Weights(
        kernel=rng.normal(scale=0.5, size=(features, 3 * units)).astype(dtype),
        recurrent=rng.normal(scale=0.5, size=(units, 3 * units)).astype(dtype),
        bias=rng.normal(scale=0.5, size=shape).astype(dtype) if bias else None,
        reset_after=reset_after,
    )


def make_inputs(batch=2, time_steps=5, features=3, units=4, dtype="float64", seed=1):
    """Return random inputs, states before the first step and a mask that is False here and there."""
    rng = np.random.default_rng(seed)
    xs = rng.normal(size=(batch, time_steps, features)).astype(dtype)
    h0 = rng.uniform(-1, 1, (batch, units)).astype(dtype)
    return xs, h0, rng.random((batch, time_steps)) < 0.6


MODES = list(product((True, False), repeat=4))
RESET_AND_BIAS = list(product((True, False), repeat=2))


# what a pencil finds


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_step_worked_with_pencil(reset_after):
    # one unit, x = 1, h = 0.8: z = sigmoid(ln 3), r = sigmoid(0), candidate = tanh(w + 0.5 * 0.8)
    kernel = np.array([[math.log(3), 0.0, math.atanh(-0.4) - 0.4]])
    weights = cell.Weights(kernel, np.array([[0.0, 0.0, 1.0]]), None, reset_after)
    found = cell.step(weights, np.array([[1.0]]), np.array([[0.8]]))
    np.testing.assert_allclose(np.ravel(found), [0.75, 0.5, -0.4, 0.5], rtol=0, atol=1e-15)
    # where z writes, the same weights give another state; negated weights of z turn one into the other
    z_writes = cell.Weights(kernel * [-1, 1, 1], weights.recurrent, None, reset_after)
    found = cell.step(z_writes, np.array([[1.0]]), np.array([[0.8]]))
    np.testing.assert_allclose(np.ravel(found), [0.25, 0.5, -0.4, -0.1], rtol=0, atol=1e-15)


def test_what_becomes_of_the_arrays_of_the_caller_does_not_change_the_way_back():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    expected = cell.backward(weights, xs, cell.run(weights, xs, h0, mask), np.ones((2, 5, 4)))
    trace = cell.run(weights, xs, h0, mask)
    h0[:], mask[:] = 0, True
    for found, wanted in zip(cell.backward(weights, xs, trace, np.ones((2, 5, 4))), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_the_reset_gate_before_and_after_the_product():
    # two units that look at each other: r = (sigmoid(ln 3), 0.5), h = (1, 1)
    kernel = np.array([[0, 0, math.log(3), 0, 0, 0]])
    recurrent = np.array([[0, 0, 0, 0, 0, 1.0], [0, 0, 0, 0, 1.0, 0]])
    x, h = np.ones((1, 1)), np.ones((1, 2))
    after = cell.step(cell.Weights(kernel, recurrent, None, True), x, h)
    before = cell.step(cell.Weights(kernel, recurrent, None, False), x, h)
    np.testing.assert_allclose(after.candidate, np.tanh([[0.75, 0.5]]), rtol=0, atol=1e-15)
    np.testing.assert_allclose(before.candidate, np.tanh([[0.5, 0.75]]), rtol=0, atol=1e-15)


def test_each_bias_has_its_place():
    zeros = np.zeros((1, 3))
    x, h = np.zeros((1, 1)), np.zeros((1, 1))
    # r = 0.5 takes half of the state's bias; the input's bias counts in full
    bias = np.array([[0, 0, 0.3], [0, 0, 0.4]])
    after = cell.step(cell.Weights(zeros, zeros, bias, True), x, h)
    assert after.candidate.item() == pytest.approx(math.tanh(0.3 + 0.5 * 0.4), abs=1e-15)
    before = cell.step(cell.Weights(zeros, zeros, np.array([0, 0, 0.3]), False), x, h)
    assert before.candidate.item() == pytest.approx(math.tanh(0.3), abs=1e-15)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sigmoid_stays_quiet_far_out(dtype):
    x = np.array([-1000, -1, 0, 1, 1000], dtype)
    expected = [0, 1 / (1 + math.e), 0.5, 1 - 1 / (1 + math.e), 1]
    found = cell.sigmoid(x)
    assert found.dtype == dtype
    np.testing.assert_allclose(found, expected, rtol=0, atol=np.finfo(dtype).eps)


def test_gates_far_out_keep_or_forget_without_a_warning():
    kernel = np.array([[1.0, 0, 1.0]])
    weights = cell.Weights(kernel, np.zeros((1, 3)), None, True)
    xs = np.array([[[1000.0]], [[-1000.0]]])
    np.testing.assert_array_equal(cell.run(weights, xs, np.full((2, 1), 0.3)).h.ravel(), [0.3, -1])


# runs


@pytest.mark.parametrize(("reset_after", "bias"), RESET_AND_BIAS)
def test_a_run_is_its_steps_one_after_the_other(reset_after, bias):
    weights = make_weights(reset_after=reset_after, bias=bias)
    xs, h, _ = make_inputs()
    trace = cell.run(weights, xs, h)
    for t in range(xs.shape[1]):
        found = cell.step(weights, xs[:, t], h)
        for part, whole in zip(found, trace, strict=True):
            np.testing.assert_allclose(part, whole[:, t], rtol=0, atol=1e-15)
        h = found.h


def test_a_run_starts_from_zeros_unless_told_otherwise():
    weights, (xs, _, _) = make_weights(), make_inputs()
    np.testing.assert_array_equal(cell.run(weights, xs).h, cell.run(weights, xs, np.zeros((2, 4))).h)


def test_a_masked_step_carries_the_state_on():
    weights, (xs, h0, _) = make_weights(), make_inputs()
    mask = np.array([[False, True, True, False, True], [True, True, False, True, False]])
    h = cell.run(weights, xs, h0, mask).h
    for row in range(2):
        # as if the masked steps were not there
        kept = cell.run(weights, xs[row : row + 1, mask[row]], h0[row : row + 1]).h[0]
        np.testing.assert_allclose(h[row, mask[row]], kept, rtol=0, atol=1e-15)
        before = np.concatenate([h0[row : row + 1], h[row, :-1]])
        np.testing.assert_array_equal(h[row, ~mask[row]], before[~mask[row]])


def test_gates_at_a_masked_step_are_what_the_cell_computed():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    assert not mask.all()
    trace = cell.run(weights, xs, h0, mask)
    before = np.concatenate([h0[:, None], trace.h[:, :-1]], axis=1)
    for t in range(5):
        found = cell.step(weights, xs[:, t], before[:, t])
        for name in ("z", "r", "candidate"):
            np.testing.assert_allclose(getattr(found, name), getattr(trace, name)[:, t], rtol=0, atol=1e-15)


def test_go_backwards_walks_the_other_way_and_keeps_the_order_of_the_walk():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    back = cell.run(weights, xs, h0, mask, go_backwards=True)
    turned = cell.run(weights, xs[:, ::-1], h0, mask[:, ::-1])
    for found, expected in zip(back, turned, strict=True):
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(back.mask, mask[:, ::-1])


def test_many_sequences_are_computed_like_one():
    weights = make_weights()
    batch = 2 * cell.SEQUENCES + 1
    xs, h0, mask = make_inputs(batch=batch)
    trace = cell.run(weights, xs, h0, mask)
    for row in (0, cell.SEQUENCES - 1, cell.SEQUENCES, batch - 1):
        one = slice(row, row + 1)
        alone = cell.run(weights, xs[one], h0[one], mask[one])
        for found, expected in zip(trace, alone, strict=True):
            np.testing.assert_allclose(found[one], expected, rtol=0, atol=1e-14)


def test_what_goes_wrong_with_some_of_many_sequences_is_raised(monkeypatch):
    weights, (xs, _, _) = make_weights(), make_inputs(batch=3 * cell.SEQUENCES)
    h0 = np.zeros((len(xs), 4))
    h0[-1] = 0.5
    right = cell.advance

    def wrong(weights, projected, h, held):
        if (h[-1] == 0.5).all():
            raise MemoryError("no room for the last part")
        return right(weights, projected, h, held)

    monkeypatch.setattr(cell, "advance", wrong)
    with pytest.raises(MemoryError, match="no room for the last part"):
        cell.run(weights, xs, h0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("reset_after", "bias", "masked", "go_backwards"), MODES)
def test_dtype_is_kept_and_inputs_stay_as_they_are(dtype, reset_after, bias, masked, go_backwards):
    weights = make_weights(reset_after=reset_after, bias=bias, dtype=dtype)
    xs, h0, mask = make_inputs(dtype=dtype)
    mask = mask if masked else None
    dh = np.ones((2, 5, 4), dtype)
    given = [xs, h0, dh, weights.kernel, weights.recurrent]
    given += [array for array in (mask, weights.bias) if array is not None]
    copies = [array.copy() for array in given]
    for array in given:
        array.flags.writeable = False
    first = cell.step(weights, xs[:, 0], h0)
    trace = cell.run(weights, xs, h0, mask, go_backwards)
    gradients = cell.backward(weights, xs, trace, dh)
    assert {array.dtype for array in (*first, *trace, *gradients) if array is not None} == {np.dtype(dtype)}
    assert [array.shape for array in first] == [(2, 4)] * 4
    assert [array.shape for array in trace] == [(2, 5, 4)] * 4
    belongs = (weights.kernel, weights.recurrent, weights.bias, xs, h0)
    for gradient, array in zip(gradients, belongs, strict=True):
        assert (gradient is None) == (array is None)
        assert gradient is None or gradient.shape == array.shape
    for array, copy in zip(given, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_arrays_may_lie_in_memory_as_they_like():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    turned = cell.run(weights, np.asfortranarray(xs), np.asfortranarray(h0), np.asfortranarray(mask))
    for found, expected in zip(turned, cell.run(weights, xs, h0, mask), strict=True):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_weights_know_their_sizes():
    weights = make_weights(features=2, units=7, dtype="float32")
    assert (weights.features, weights.units, weights.dtype) == (2, 7, np.float32)


# gradients


def check_gradients(weights, masked, go_backwards, clamp=None):
    """Compare ``backward`` with finite differences, number by number."""
    xs, h0, mask = make_inputs()
    mask = mask if masked else None
    dh = np.random.default_rng(2).normal(size=(2, 5, 4))
    names = ("kernel", "recurrent", "bias", "xs", "h0")
    arrays = (weights.kernel, weights.recurrent, weights.bias, xs, h0)
    values = {name: array for name, array in zip(names, arrays, strict=True) if array is not None}

    def loss(changed):
        v = values | changed
        moved = cell.Weights(v["kernel"], v["recurrent"], v.get("bias"), weights.reset_after)
        return np.sum(dh * cell.run(moved, v["xs"], v["h0"], mask, go_backwards, clamp).h)

    gradients = cell.backward(weights, xs, cell.run(weights, xs, h0, mask, go_backwards, clamp), dh)
    found = dict(zip(names, gradients, strict=True))
    small = 1e-6
    for name, array in values.items():
        slopes = np.empty_like(array)
        for index in np.ndindex(array.shape):
            nudge = np.zeros_like(array)
            nudge[index] = small
            slopes[index] = (loss({name: array + nudge}) - loss({name: array - nudge})) / (2 * small)
        np.testing.assert_allclose(found[name], slopes, rtol=0, atol=2e-8, err_msg=name)


@pytest.mark.parametrize(("reset_after", "bias", "masked", "go_backwards"), MODES)
def test_gradients_equal_finite_differences(reset_after, bias, masked, go_backwards):
    check_gradients(make_weights(reset_after=reset_after, bias=bias), masked, go_backwards)


def test_gradient_passes_through_a_sequence_that_is_masked_throughout():
    weights, (xs, h0, _) = make_weights(), make_inputs()
    trace = cell.run(weights, xs, h0, np.zeros((2, 5), bool))
    dh = np.random.default_rng(2).normal(size=(2, 5, 4))
    gradients = cell.backward(weights, xs, trace, dh)
    np.testing.assert_array_equal(trace.h, np.repeat(h0[:, None], 5, axis=1))
    np.testing.assert_allclose(gradients.dh0, dh.sum(axis=1), rtol=0, atol=1e-15)
    for nothing in (gradients.kernel, gradients.recurrent, gradients.bias, gradients.dxs):
        assert not nothing.any()


def test_an_open_gate_hands_the_gradient_on():
    # z = sigmoid(4) at every step, and no candidate looks at the state: what is left is z to the power of 50
    weights = cell.Weights(np.zeros((1, 3)), np.zeros((1, 3)), np.array([4.0, 0, 0]), False)
    xs, dh = np.zeros((1, 50, 1)), np.zeros((1, 50, 1))
    dh[0, -1] = 1
    gradients = cell.backward(weights, xs, cell.run(weights, xs), dh)
    assert gradients.dh0.item() == pytest.approx((1 / (1 + math.exp(-4))) ** 50, rel=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_gradient_that_vanishes_on_its_way_ends_as_zero(dtype):
    # z = 0.75 at every step, and no candidate looks at the state. The smallest number that the dtype can
    # write, times 0.75, is rounded to itself: it would stay for ever, and slow down every step.
    bias = np.array([np.log(3), 0, 0], dtype)
    weights = cell.Weights(np.zeros((1, 3), dtype), np.zeros((1, 3), dtype), bias, False)
    xs, dh = np.zeros((1, 3000, 1), dtype), np.zeros((1, 3000, 1), dtype)
    dh[0, -1] = 1
    assert cell.backward(weights, xs, cell.run(weights, xs), dh).dh0.item() == 0
    # until then nothing is lost
    near = cell.backward(weights, xs[:, :200], cell.run(weights, xs[:, :200]), dh[:, -200:])
    assert near.dh0.item() == pytest.approx(0.75**200, rel=1e-4)


# gates held at given values


CLAMPS = {
    "z everywhere": {"z": 0.3},
    "r everywhere": {"r": 0.7},
    "both": {"z": 0.25, "r": 0.0},
    "one unit of z": {"z": np.array([np.nan, 0.9, np.nan, np.nan])},
    "one step of r": {"r": np.where(np.arange(5)[:, None] == 2, 1.0, np.nan)},
    "here and there": {
        gate: np.where(np.random.default_rng(seed).random((2, 5, 4)) < 0.5, 0.6, np.nan)
        for gate, seed in (("z", 3), ("r", 4))
    },
}


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("name", CLAMPS)
def test_a_held_gate_acts_inside_the_step(name, reset_after):
    weights, (xs, h0, _) = make_weights(reset_after=reset_after), make_inputs()
    trace = cell.run(weights, xs, h0, clamp=CLAMPS[name])
    held = {gate: np.broadcast_to(CLAMPS[name].get(gate, np.nan), (2, 5, 4)) for gate in "zr"}
    recurrent = weights.recurrent[:, 8:]
    in_bias, state_bias = (weights.bias[0], weights.bias[1, 8:]) if reset_after else (weights.bias, 0)
    h = h0
    for t in range(5):
        free = cell.step(weights, xs[:, t], h)
        z = np.where(np.isnan(held["z"][:, t]), free.z, held["z"][:, t])
        r = np.where(np.isnan(held["r"][:, t]), free.r, held["r"][:, t])
        seen = r * (h @ recurrent + state_bias) if reset_after else (r * h) @ recurrent
        candidate = np.tanh(xs[:, t] @ weights.kernel[:, 8:] + in_bias[8:] + seen)
        h = z * h + (1 - z) * candidate
        for found, expected in zip(trace, (z, r, candidate, h), strict=True):
            np.testing.assert_allclose(found[:, t], expected, rtol=0, atol=1e-14)


def test_a_number_a_row_and_a_full_array_hold_the_same():
    weights, (xs, h0, _) = make_weights(), make_inputs()
    by_number = cell.run(weights, xs, h0, clamp={"z": 1, "r": 0.5})
    for shape in ((4,), (5, 1), (5, 4), (2, 1, 1), (2, 5, 4)):
        clamp = {"z": np.ones(shape, int), "r": np.full(shape, 0.5).tolist()}
        by_array = cell.run(weights, xs, h0, clamp=clamp)
        for found, expected in zip(by_array, by_number, strict=True):
            np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_holding_gates_at_their_own_values_changes_nothing(dtype):
    weights, (xs, h0, mask) = make_weights(dtype=dtype), make_inputs(dtype=dtype)
    free = cell.run(weights, xs, h0, mask)
    for clamp in ({"z": free.z, "r": free.r}, {"z": np.nan}, {}):
        held = cell.run(weights, xs, h0, mask, clamp=clamp)
        for found, expected in zip(held, free, strict=True):
            assert found.dtype == dtype
            np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_z_held_at_one_in_all_units_is_a_masked_step(dtype):
    weights, (xs, h0, mask) = make_weights(dtype=dtype), make_inputs(dtype=dtype)
    held = cell.run(weights, xs, h0, clamp={"z": np.where(mask, np.nan, 1.0)[:, :, None]})
    np.testing.assert_array_equal(held.h, cell.run(weights, xs, h0, mask).h)
    assert held.h.dtype == dtype
    # throughout: the state never moves
    still = cell.run(weights, xs, h0, clamp={"z": 1.0}).h
    np.testing.assert_array_equal(still, np.repeat(h0[:, None], 5, axis=1))


def test_z_held_at_zero_shows_the_candidate_and_a_mask_outranks_it():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    trace = cell.run(weights, xs, h0, clamp={"z": 0})
    np.testing.assert_array_equal(trace.h, trace.candidate)
    masked = cell.run(weights, xs, h0, mask, clamp={"z": 0})
    before = np.concatenate([h0[:, None], masked.h[:, :-1]], axis=1)
    np.testing.assert_array_equal(masked.h[~mask], before[~mask])


def test_one_held_unit_leaves_the_other_gates_of_its_step_alone():
    weights, (xs, h0, _) = make_weights(), make_inputs()
    held = np.full((5, 4), np.nan)
    held[3, 1] = 0.2
    trace, free = cell.run(weights, xs, h0, clamp={"z": held}), cell.run(weights, xs, h0)
    np.testing.assert_array_equal(trace.z[:, 3, 1], 0.2)
    for found, expected in zip(trace, free, strict=True):
        np.testing.assert_array_equal(found[:, :3], expected[:, :3])
    others = [0, 2, 3]
    np.testing.assert_array_equal(trace.z[:, 3, others], free.z[:, 3, others])
    assert np.abs(trace.h[:, 4] - free.h[:, 4]).min() > 1e-6


def test_steps_are_held_by_their_place_in_xs_when_walking_backwards():
    weights, (xs, h0, mask) = make_weights(), make_inputs()
    held = np.random.default_rng(5).random((2, 5, 4))
    back = cell.run(weights, xs, h0, mask, True, clamp={"z": held})
    turned = cell.run(weights, xs[:, ::-1], h0, mask[:, ::-1], clamp={"z": held[:, ::-1]})
    for found, expected in zip(back, turned, strict=True):
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(back.z, held[:, ::-1])


def test_many_sequences_are_held_each_by_its_own_value():
    weights, (xs, _, _) = make_weights(), make_inputs(batch=cell.SEQUENCES + 2)
    held = np.linspace(0, 1, len(xs))[:, None, None]
    trace = cell.run(weights, xs, clamp={"r": held})
    np.testing.assert_array_equal(trace.r, np.broadcast_to(held, trace.r.shape))


@pytest.mark.parametrize("name", CLAMPS)
@pytest.mark.parametrize(("masked", "go_backwards"), RESET_AND_BIAS)
@pytest.mark.parametrize("reset_after", [True, False])
def test_gradients_of_a_held_run_equal_finite_differences(name, masked, go_backwards, reset_after):
    check_gradients(make_weights(reset_after=reset_after), masked, go_backwards, CLAMPS[name])


def test_a_gate_held_throughout_hands_no_gradient_to_its_weights():
    weights, (xs, h0, _) = make_weights(), make_inputs()
    dh = np.random.default_rng(2).normal(size=(2, 5, 4))
    for gate, block in (("z", slice(0, 4)), ("r", slice(4, 8))):
        gradients = cell.backward(weights, xs, cell.run(weights, xs, h0, clamp={gate: 0.5}), dh)
        for gradient in (gradients.kernel, gradients.recurrent, gradients.bias):
            assert not gradient[:, block].any()
            assert np.delete(gradient, block, axis=1).all()


# errors


def weights_with(**changed):
    """Return weights of 3 features and 4 units with some fields replaced."""
    good = make_weights()
    fields = {name: getattr(good, name) for name in ("kernel", "recurrent", "bias", "reset_after")}
    return cell.Weights(**fields | changed)


def run_with(**changed):
    """Run good weights on good inputs, some of them replaced."""
    good = {"weights": make_weights(), "xs": make_inputs()[0]}
    return cell.run(**good | changed)


def backward_with(**changed):
    """Walk back through a good run with some arguments replaced."""
    xs = make_inputs()[0]
    good = {"weights": make_weights(), "xs": xs, "trace": run_with(), "dh": np.zeros((2, 5, 4))}
    return cell.backward(**good | changed)


def holed(shape, value):
    """Return zeros with one other value in the last place."""
    array = np.zeros(shape)
    array.flat[-1] = value
    return array


FLOATS = "must be an array of float32 or float64 numbers, but"
ERRORS = {
    "kernel for other units": (
        lambda: weights_with(kernel=np.zeros((3, 9))),
        ValueError,
        "kernel must have the shape (features, 12), but has (3, 9).",
    ),
    "kernel without features": (
        lambda: weights_with(kernel=np.zeros((0, 12))),
        ValueError,
        "kernel must have the shape (features, 12) with at least one in each dimension, "
        "but has (0, 12): features is 0.",
    ),
    "kernel of ints": (
        lambda: weights_with(kernel=np.zeros((3, 12), int)),
        TypeError,
        f"kernel {FLOATS} has the dtype int64.",
    ),
    "kernel None": (lambda: weights_with(kernel=None), TypeError, f"kernel {FLOATS} is of type NoneType."),
    "recurrent not three blocks": (
        lambda: weights_with(recurrent=np.zeros((4, 8))),
        ValueError,
        "recurrent must have the shape (4, 12), but has (4, 8).",
    ),
    "recurrent with NaN": (
        lambda: weights_with(recurrent=holed((4, 12), np.nan)),
        ValueError,
        "recurrent must hold finite numbers, but holds nan at (3, 11) and 0 more that are not finite.",
    ),
    "mixed weights": (
        lambda: weights_with(kernel=np.zeros((3, 12), "float32")),
        TypeError,
        "kernel must have the dtype float64 of the other arrays, but has float32; "
        "convert it with .astype('float64').",
    ),
    "one bias row with reset_after": (
        lambda: weights_with(bias=np.zeros(12)),
        ValueError,
        "bias with reset_after=True must have the shape (2, 12), but has (12,).",
    ),
    "two bias rows without reset_after": (
        lambda: weights_with(reset_after=False),
        ValueError,
        "bias with reset_after=False must have the shape (12,), but has (2, 12).",
    ),
    "reset_after as a number": (
        lambda: weights_with(reset_after=1),
        TypeError,
        "reset_after must be True or False, but is of type int.",
    ),
    "weights as a tuple": (
        lambda: cell.step((1, 2), np.zeros((1, 3)), np.zeros((1, 4))),
        TypeError,
        "weights must be a grulab.cell.Weights, but is of type tuple; "
        "from_keras(layer) makes one from a Keras layer.",
    ),
    "x without a batch": (
        lambda: cell.step(make_weights(), np.zeros(3), np.zeros((1, 4))),
        ValueError,
        "x must have the shape (batch, 3), but has (3,).",
    ),
    "h for another batch": (
        lambda: cell.step(make_weights(), np.zeros((2, 3)), np.zeros((1, 4))),
        ValueError,
        "h must have the shape (2, 4), but has (1, 4).",
    ),
    "h in float32": (
        lambda: cell.step(make_weights(), np.zeros((2, 3)), np.zeros((2, 4), "float32")),
        TypeError,
        "h must have the dtype float64 of the other arrays, but has float32; "
        "convert it with .astype('float64').",
    ),
    "xs without time": (
        lambda: run_with(xs=np.zeros((2, 3))),
        ValueError,
        "xs must have the shape (batch, time_steps, 3), but has (2, 3).",
    ),
    "xs with other features": (
        lambda: run_with(xs=np.zeros((2, 5, 4))),
        ValueError,
        "xs must have the shape (batch, time_steps, 3), but has (2, 5, 4).",
    ),
    "no time steps": (
        lambda: run_with(xs=np.zeros((2, 0, 3))),
        ValueError,
        "xs must have the shape (batch, time_steps, 3) with at least one in each dimension, "
        "but has (2, 0, 3): time_steps is 0.",
    ),
    "no sequences": (
        lambda: run_with(xs=np.zeros((0, 5, 3))),
        ValueError,
        "xs must have the shape (batch, time_steps, 3) with at least one in each dimension, "
        "but has (0, 5, 3): batch is 0.",
    ),
    "xs of ints": (
        lambda: run_with(xs=np.zeros((2, 5, 3), "int32")),
        TypeError,
        f"xs {FLOATS} has the dtype int32.",
    ),
    "xs of half floats": (
        lambda: run_with(xs=np.zeros((2, 5, 3), "float16")),
        TypeError,
        f"xs {FLOATS} has the dtype float16.",
    ),
    "xs of objects": (
        lambda: run_with(xs=np.zeros((2, 5, 3), object)),
        TypeError,
        f"xs {FLOATS} has the dtype object.",
    ),
    "xs as text": (lambda: run_with(xs="abc"), TypeError, f"xs {FLOATS} has the dtype <U3."),
    "ragged xs": (
        lambda: run_with(xs=[[[1.0], [1.0, 2.0]]]),
        TypeError,
        f"xs {FLOATS} the list given is not an array.",
    ),
    "xs with NaN": (
        lambda: run_with(xs=holed((2, 5, 3), np.nan)),
        ValueError,
        "xs must hold finite numbers, but holds nan at (1, 4, 2) and 0 more that are not finite.",
    ),
    "xs all infinite": (
        lambda: run_with(xs=np.full((2, 5, 3), -np.inf)),
        ValueError,
        "xs must hold finite numbers, but holds -inf at (0, 0, 0) and 29 more that are not finite.",
    ),
    "h0 for one sequence": (
        lambda: run_with(h0=np.zeros(4)),
        ValueError,
        "h0 must have the shape (2, 4), but has (4,).",
    ),
    "mask of numbers": (
        lambda: run_with(mask=np.ones((2, 5))),
        TypeError,
        "mask must be an array of booleans, True where a time step counts, but has the dtype float64.",
    ),
    "mask too short": (
        lambda: run_with(mask=np.ones((2, 4), bool)),
        ValueError,
        "mask must have the shape (2, 5), but has (2, 4).",
    ),
    "mask for the features too": (
        lambda: run_with(mask=np.ones((2, 5, 3), bool)),
        ValueError,
        "mask must have the shape (2, 5), but has (2, 5, 3).",
    ),
    "go_backwards as text": (
        lambda: run_with(go_backwards="no"),
        TypeError,
        "go_backwards must be True or False, but is of type str.",
    ),
    "clamp as a list": (
        lambda: run_with(clamp=["z"]),
        TypeError,
        "clamp must be a dict such as {'z': 1.0}, with the keys 'z', 'r' or both, but is of type list.",
    ),
    "clamp of the state": (
        lambda: run_with(clamp={"z": 1, "h": 0}),
        ValueError,
        "clamp has the key 'h', but only the gates 'z' and 'r' can be held.",
    ),
    "clamp as text": (
        lambda: run_with(clamp={"z": "shut"}),
        TypeError,
        "clamp['z'] must be a number or an array of numbers from 0 to 1, but has the dtype <U4.",
    ),
    "clamp None": (
        lambda: run_with(clamp={"r": None}),
        TypeError,
        "clamp['r'] must be a number or an array of numbers from 0 to 1, but is of type NoneType.",
    ),
    "clamp of booleans": (
        lambda: run_with(clamp={"r": np.ones(4, bool)}),
        TypeError,
        "clamp['r'] must be a number or an array of numbers from 0 to 1, but has the dtype bool.",
    ),
    "ragged clamp": (
        lambda: run_with(clamp={"r": [[0.5], [0.5, 1.0]]}),
        TypeError,
        "clamp['r'] must be a number or an array of numbers from 0 to 1, but the list given is not an array.",
    ),
    "clamp for the steps alone": (
        lambda: run_with(clamp={"z": np.ones(5)}),
        ValueError,
        "clamp['z'] must be a number or have a shape that broadcasts to (2, 5, 4), but has (5,).",
    ),
    "clamp above 1": (
        lambda: run_with(clamp={"z": [0.5, np.nan, 1.5, -1.0]}),
        ValueError,
        "clamp['z'] must lie from 0 to 1, or be nan where the gate is left alone, "
        "but holds 1.5 at (2,) and 1 more outside.",
    ),
    "clamp below 0": (
        lambda: run_with(clamp={"r": -0.25}),
        ValueError,
        "clamp['r'] must lie from 0 to 1, or be nan where the gate is left alone, but holds -0.25.",
    ),
    "trace as an array": (
        lambda: backward_with(trace=np.zeros((2, 5, 4))),
        TypeError,
        "trace must be the Trace that run returned, but is of type ndarray.",
    ),
    "trace of another run": (
        lambda: backward_with(xs=np.zeros((3, 5, 3)), dh=np.zeros((3, 5, 4))),
        ValueError,
        "trace.z must have the shape (3, 5, 4), but has (2, 5, 4).",
    ),
    "dh for the last step": (
        lambda: backward_with(dh=np.zeros((2, 4))),
        ValueError,
        "dh must have the shape (2, 5, 4), but has (2, 4).",
    ),
    "dh with NaN": (
        lambda: backward_with(dh=holed((2, 5, 4), np.nan)),
        ValueError,
        "dh must hold finite numbers, but holds nan at (1, 4, 3) and 0 more that are not finite.",
    ),
    "not a layer": (
        lambda: cell.from_keras(np.zeros(3)),
        TypeError,
        "layer must be a built keras.layers.GRU, but is of type ndarray.",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_computed_is_said_in_one_sentence(name):
    compute, kind, sentence = ERRORS[name]
    with pytest.raises(kind) as caught:
        compute()
    assert str(caught.value) == sentence


def test_the_cell_needs_neither_keras_nor_tensorflow():
    code = (
        "import sys, grulab.cell; print(sorted({'keras', 'tensorflow', 'jax', 'torch'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
