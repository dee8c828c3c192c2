"""minGRU: the scan equals the loop, the layer equals both, and what does not fit gets a sentence."""

import numpy as np
import pytest

from grulab.mingru import MinWeights, gate_and_candidate, loop, run, scan


def draw(batch=3, time_steps=13, features=4, units=5, seed=0, dtype="float64"):
    rng = np.random.default_rng(seed)
    weights = MinWeights(rng.normal(size=(features, 2 * units)), rng.normal(size=2 * units))
    xs = rng.normal(size=(batch, time_steps, features))
    return MinWeights(*(array.astype(dtype) for array in weights)), xs.astype(dtype)


@pytest.mark.parametrize("time_steps", [1, 2, 3, 7, 8, 9, 100, 1000])
def test_the_scan_equals_the_loop(time_steps):
    weights, xs = draw(time_steps=time_steps)
    np.testing.assert_allclose(run(weights, xs, scan), run(weights, xs, loop), rtol=0, atol=1e-12)


def test_the_loop_is_the_equation():
    weights, xs = draw(time_steps=3)
    z = 1 / (1 + np.exp(-(xs @ weights.kernel[:, :5] + weights.bias[:5])))
    candidate = xs @ weights.kernel[:, 5:] + weights.bias[5:]
    h = 0
    for t in range(3):
        h = z[:, t] * h + (1 - z[:, t]) * candidate[:, t]
        np.testing.assert_allclose(run(weights, xs, loop)[:, t], h, atol=1e-12)


def test_the_gate_does_not_see_the_past():
    weights, xs = draw()
    changed = xs.copy()
    changed[:, 0] += 1
    for before, after in zip(
        gate_and_candidate(weights, xs), gate_and_candidate(weights, changed), strict=True
    ):
        assert np.array_equal(before[:, 1:], after[:, 1:])
    assert not np.allclose(run(weights, xs)[:, 1:], run(weights, changed)[:, 1:])


def test_the_scan_joins_in_rounds_that_double_their_reach():
    joined = []

    def concatenate(arrays, axis):
        joined.append(arrays[0].shape[1])
        return np.concatenate(arrays, axis)

    keep, add = np.full((1, 100, 1), 0.5), np.ones((1, 100, 1))
    scan(keep, add, concatenate)
    assert joined[::2] == [1, 2, 4, 8, 16, 32, 64]


def test_nothing_given_is_changed_and_the_dtype_stays():
    weights, xs = draw(dtype="float32")
    z, candidate = gate_and_candidate(weights, xs)
    copies = z.copy(), candidate.copy()
    for walk in (loop, scan):
        assert walk(z, candidate).dtype == np.float32
    assert np.array_equal(z, copies[0])
    assert np.array_equal(candidate, copies[1])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda w, x: (MinWeights(w.kernel[:, 1:], w.bias[1:]), x),
            r"must have 2\*units columns, .* but has 9",
        ),
        (lambda w, x: (w._replace(bias=w.bias[1:]), x), r"bias must have the shape \(10,\), but has \(9,\)"),
        (lambda w, x: (w, x[:, :, 1:]), r"xs must have the shape \(batch, time_steps, 4\)"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        run(*change(*draw()))


def test_mixed_precision_gets_a_sentence():
    weights, xs = draw()
    with pytest.raises(TypeError, match="xs must have the dtype float64 of the other arrays"):
        run(weights, xs.astype("float32"))
