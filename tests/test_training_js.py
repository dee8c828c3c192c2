"""gradients.js and training.js compute what grulab.cell.backward and grulab.optim do, and fast enough."""

from pathlib import Path

import numpy as np
import pytest
from node import ask

from grulab import cell
from grulab.optim import Adam

FOLDER = Path(cell.__file__).parent / "widgets"
BATCH, TIME_STEPS, FEATURES, UNITS, CLASSES = 5, 7, 3, 4, 6

# the files joined into one module, as a widget's module is
SCRIPT = """
let text = "";
for await (const part of process.stdin) text += part;
const { source, layer, dense, xs, dh, labels } = JSON.parse(text);
const js = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(source));
const flat = (numbers) => Float64Array.from(numbers);
const plain = (found) => Object.fromEntries(Object.entries(found).map(([name, a]) => [name, Array.from(a)]));
const own = { kernel: flat(layer.kernel), recurrent: flat(layer.recurrent), bias: flat(layer.bias) };
const trace = js.forward(own, flat(xs), labels.length);
const { batch, timeSteps, ...walk } = trace;
const back = js.backward(own, flat(xs), trace, flat(dh));

const learner = new js.Learner({ features: 3, units: 4, classes: 6, updateBias: 3, rate: 0.01, seed: 5 });
learner.layer = own;
learner.dense = { kernel: flat(dense.kernel), bias: flat(dense.bias) };
const { loss, share, gradients } = learner.gradients(flat(xs), labels);
const stepped = [];
for (let i = 0; i < 3; i += 1) {
  learner.learn(flat(xs), labels);
  stepped.push(learner.parameters().map((one) => Array.from(one)));
}

const fresh = (seed) => {
  const learner = new js.Learner({ features: 3, units: 16, classes: 8, updateBias: 3, seed });
  return learner.parameters().map((one) => Array.from(one));
};
const random = js.randomNumbers(1);
const draws = { uniform: [], normal: [] };
for (let i = 0; i < 20000; i += 1) {
  draws.uniform.push(random.uniform());
  draws.normal.push(random.normal());
}

// 16 units, 20 steps, batches of 32, as the page trains
const pupil = new js.Learner({ features: 11, units: 16, classes: 8, seed: 0 });
const noise = Float64Array.from({ length: 20 * 32 * 11 }, random.normal);
const answers = Array.from({ length: 32 }, () => random.below(8));
for (let i = 0; i < 50; i += 1) pupil.learn(noise, answers);
// the processor's seconds: others may be at work on the machine
const begin = process.cpuUsage();
for (let i = 0; i < 100; i += 1) pupil.learn(noise, answers);
const { user, system } = process.cpuUsage(begin);
const seconds = (user + system) / 1e6;

process.stdout.write(JSON.stringify({
  walk: plain(walk), back: plain(back),
  loss, share, gradients: gradients.map((one) => Array.from(one)), stepped,
  fresh: fresh(1), again: fresh(1), other: fresh(2), draws, rate: 100 / seconds,
}));
"""


@pytest.fixture(scope="module")
def case():
    """Return a random layer in NumPy, a batch, and what Node makes of them."""
    rng = np.random.default_rng(0)
    layer = cell.Weights(
        rng.normal(size=(FEATURES, 3 * UNITS)),
        rng.normal(size=(UNITS, 3 * UNITS)),
        rng.normal(size=(2, 3 * UNITS)),
        reset_after=True,
    )
    dense = {"kernel": rng.normal(size=(UNITS, CLASSES)), "bias": rng.normal(size=CLASSES)}
    xs = rng.normal(size=(BATCH, TIME_STEPS, FEATURES))
    dh = rng.normal(size=(BATCH, TIME_STEPS, UNITS))
    labels = rng.integers(CLASSES, size=BATCH)
    parts = [(FOLDER / f"{stem}.js").read_text("utf-8") for stem in ("randoms", "gradients", "training")]
    question = {
        "source": "\n".join(parts),
        "layer": {name: getattr(layer, name).ravel().tolist() for name in ("kernel", "recurrent", "bias")},
        "dense": {name: array.ravel().tolist() for name, array in dense.items()},
        "xs": xs.swapaxes(0, 1).ravel().tolist(),
        "dh": dh.swapaxes(0, 1).ravel().tolist(),
        "labels": labels.tolist(),
    }
    return layer, dense, xs, dh, labels, ask("--input-type=module", "--eval", SCRIPT, question=question)


def in_python(layer, dense, xs, labels):
    """Return loss, share named right, and the gradients in Keras' order."""
    trace = cell.run(layer, xs)
    scores = trace.h[:, -1] @ dense["kernel"] + dense["bias"]
    probabilities = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    loss = -np.log(probabilities[np.arange(len(labels)), labels]).mean()
    dscores = (probabilities - np.eye(probabilities.shape[1])[labels]) / len(labels)
    dh = np.zeros_like(trace.h)
    dh[:, -1] = dscores @ dense["kernel"].T
    found = cell.backward(layer, xs, trace, dh)
    head = trace.h[:, -1].T @ dscores, dscores.sum(axis=0)
    share = (probabilities.argmax(axis=1) == labels).mean()
    return loss, share, [found.kernel, found.recurrent, found.bias, *head]


def near(found, expected):
    """Assert that flat numbers equal an array to 1e-9 of its largest number."""
    expected = np.asarray(expected)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(np.reshape(found, expected.shape), expected, rtol=0, atol=1e-9 * scale)


def test_the_walk_equals_that_of_the_cell(case):
    layer, _, xs, _, _, found = case
    trace = cell.run(layer, xs)
    for name in ("z", "r", "candidate", "h"):
        near(found["walk"][name], getattr(trace, name).swapaxes(0, 1))


def test_the_gradients_equal_those_of_the_cell(case):
    layer, _, xs, dh, _, found = case
    expected = cell.backward(layer, xs, cell.run(layer, xs), dh)
    for name in ("kernel", "recurrent", "bias", "dh0"):
        near(found["back"][name], getattr(expected, name))
    near(found["back"]["dxs"], expected.dxs.swapaxes(0, 1))


def test_loss_and_gradients_of_a_batch_equal_those_in_numpy(case):
    layer, dense, xs, _, labels, found = case
    loss, share, gradients = in_python(layer, dense, xs, labels)
    assert found["loss"] == pytest.approx(loss, rel=1e-12)
    assert found["share"] == share
    for mine, expected in zip(found["gradients"], gradients, strict=True):
        near(mine, expected)


def test_three_updates_equal_those_of_adam(case):
    layer, dense, xs, _, labels, found = case
    adam = Adam(0.01)
    parameters = [layer.kernel, layer.recurrent, layer.bias, dense["kernel"], dense["bias"]]
    for stepped in found["stepped"]:
        layer = cell.Weights(*parameters[:3], reset_after=True)
        dense = dict(zip(("kernel", "bias"), parameters[3:], strict=True))
        parameters = adam.step(parameters, in_python(layer, dense, xs, labels)[2])
        for mine, expected in zip(stepped, parameters, strict=True):
            near(mine, expected)


def test_a_fresh_layer_starts_as_that_of_keras(case):
    kernel, recurrent, bias, dense, dense_bias = map(np.array, case[-1]["fresh"])
    for flat, rows, columns in ((kernel, 3, 48), (dense, 16, 8)):
        limit = np.sqrt(6 / (rows + columns))
        assert flat.size == rows * columns
        assert 0.9 * limit < np.abs(flat).max() < limit
    rows = recurrent.reshape(16, 48)
    np.testing.assert_allclose(rows @ rows.T, np.eye(16), atol=1e-12)
    assert bias.reshape(2, 3, 16).sum(axis=2).tolist() == [[48, 0, 0], [0, 0, 0]]
    assert not dense_bias.any()


def test_a_seed_draws_the_same_weights_and_another_seed_others(case):
    found = case[-1]
    assert found["fresh"] == found["again"]
    assert found["fresh"][0] != found["other"][0]


def test_random_numbers_have_the_right_distribution(case):
    uniform, normal = (np.array(case[-1]["draws"][name]) for name in ("uniform", "normal"))
    assert 0 <= uniform.min() < uniform.max() < 1
    assert abs(uniform.mean() - 0.5) < 0.01
    assert abs(normal.mean()) < 0.03
    assert abs(normal.std() - 1) < 0.03
    assert abs(np.corrcoef(normal[:-1], normal[1:])[0, 1]) < 0.03


def test_a_page_trains_at_a_hundred_updates_a_second(case):
    assert case[-1]["rate"] > 100
