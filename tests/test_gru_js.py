"""gru.js computes what grulab.cell computes, and says in a sentence what it cannot compute.

One Node process answers all questions of this file: it takes them as JSON on its standard input.
"""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from node import ask

from grulab import cell

SOURCE = Path(cell.__file__).parent / "widgets" / "gru.js"

# the module comes as a data URL: whatever package.json lies above the checkout, Node takes it for a module,
# and like the Blob URL of the page it can import nothing
SCRIPT = """
let text = "";
for await (const part of process.stdin) text += part;
const { source, runs, expressions } = JSON.parse(text);
const gru = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(source));
const answer = (compute) => {
  try {
    return { value: compute() };
  } catch (error) {
    return { error: error.name, message: error.message };
  }
};
process.stdout.write(JSON.stringify({
  runs: runs.map(({ weights, xs, options }) => ({
    run: answer(() => gru.run(weights, xs, options)),
    step: answer(() => gru.step(weights, xs[0], options.h0 ?? weights.recurrent.map(() => 0))),
  })),
  // ±Infinity and NaN have no JSON: they come back as text
  expressions: expressions.map((expression) => answer(() => {
    const value = new Function(...Object.keys(gru), `return ${expression}`)(...Object.values(gru));
    return typeof value === "number" ? String(value) : value;
  })),
}));
"""

W = "{kernel: [[0, 0, 0]], recurrent: [[0, 0, 0]], bias: null, resetAfter: true}"
WRONG = {
    "step(null, [1], [0])": (
        "weights must be an object with kernel, recurrent, bias and resetAfter, but is null."
    ),
    "step({}, [1], [0])": "resetAfter must be true or false, but is undefined.",
    "step({resetAfter: 1}, [1], [0])": "resetAfter must be true or false, but is 1.",
    "step({resetAfter: true}, [1], [0])": "recurrent must be an array, but is undefined.",
    "step({...W, recurrent: []}, [1], [0])": "recurrent must have the length at least 1, but has 0.",
    "step({...W, recurrent: [[0, 0]]}, [1], [0])": "recurrent[0] must have the length 3, but has 2.",
    "step({...W, kernel: [0, 0, 0]}, [1], [0])": "kernel[0] must be an array, but is 0.",
    "step({...W, kernel: [[0, NaN, 0]]}, [1], [0])": (
        "kernel[0] must hold finite numbers, but holds NaN at 1."
    ),
    "step({...W, bias: [0, 0, 0]}, [1], [0])": "bias with resetAfter=true must have the length 2, but has 3.",
    "step({...W, bias: [[0, 0, 0], [0, 0, 0]], resetAfter: false}, [1], [0])": (
        "bias with resetAfter=false must have the length 3, but has 2."
    ),
    "step({...W, bias: undefined}, [1], [0])": (
        "bias with resetAfter=true must be an array, but is undefined."
    ),
    "step(W, [1, 2], [0])": "x must have the length 1, but has 2.",
    "step(W, ['1'], [0])": 'x must hold finite numbers, but holds the text "1" at 0.',
    "step(W, [[1]], [0])": "x must hold finite numbers, but holds an array of length 1 at 0.",
    "step(W, [1], [0, 0])": "h must have the length 1, but has 2.",
    "step(W, [1], [-Infinity])": "h must hold finite numbers, but holds -Infinity at 0.",
    "run(W, [])": "xs must have the length at least 1, but has 0.",
    "run(W, [1])": "xs[0] must be an array, but is 1.",
    "run(W, [[1], [1, 2]])": "xs[1] must have the length 1, but has 2.",
    "run(W, [[1]], {h0: [null]})": "h0 must hold finite numbers, but holds null at 0.",
    "run(W, [[1]], {mask: [true, true]})": "mask must have the length 1, but has 2.",
    "run(W, [[1]], {mask: [1]})": "mask must hold true or false, but holds 1 at 0.",
    "run(W, [[1]], {mask: 'yes'})": 'mask must be an array, but is the text "yes".',
    "run(W, [[1]], {goBackwards: null})": "goBackwards must be true or false, but is null.",
    "run(W, [[1]], {clamp: null})": "clamp must be an object with z, r or both, but is null.",
    "run(W, [[1]], {clamp: {h: [[1]]}})": 'clamp has "h", but only the gates z and r can be held.',
    "run(W, [[1]], {clamp: {z: [1]}})": "clamp.z[0] must be an array, but is 1.",
    "run(W, [[1], [1]], {clamp: {r: [[1]]}})": "clamp.r must have the length 2, but has 1.",
    "run(W, [[1]], {clamp: {z: [[1.5]]}})": (
        "clamp.z[0] must hold numbers from 0 to 1 or null, but holds 1.5 at 0."
    ),
    "step(W, [1], [0], {z: ['1']})": (
        'clamp.z must hold numbers from 0 to 1 or null, but holds the text "1" at 0.'
    ),
}
RIGHT = {
    "sigmoid(0)": 0.5,
    "sigmoid(1000)": 1.0,
    "sigmoid(-1000)": 0.0,
    # typed arrays are arrays, too: with weights of zero, z is 0.5 and the candidate 0
    "step(W, new Float32Array([1]), new Float64Array([0.5])).h[0]": 0.25,
    "run(W, [new Float64Array(1), [1]], {h0: new Float64Array([0.8])})[1].h[0]": 0.2,
    # null and NaN leave a gate alone, other values take its place
    "step(W, [1], [0.8], {z: [null]}).h[0]": 0.4,
    "step(W, [1], [0.8], {z: [NaN]}).h[0]": 0.4,
    "step(W, [1], [0.8], {z: [1]}).h[0]": 0.8,
    "run(W, [[1], [1]], {h0: [0.8], clamp: {z: [[0], [1]]}})[1].h[0]": 0.0,
    # steps do not share their arrays, at masked steps neither
    "((steps) => { steps[0].h[0] = 9; return steps[1].h[0]; })"
    "(run(W, [[1], [1]], {h0: [0.8], mask: [false, false]}))": 0.8,
}


def one_run(rng, reset_after, bias, masked, go_backwards, with_h0, clamped):
    """Return a random layer, a sequence and the options of ``run`` in the modes asked for."""
    features, units, time_steps = rng.integers(1, 9), rng.integers(1, 9), rng.integers(1, 41)
    shapes = {
        "kernel": (features, 3 * units),
        "recurrent": (units, 3 * units),
        "bias": (2, 3 * units) if reset_after else (3 * units,),
    }
    arrays = {name: rng.normal(scale=0.5, size=shape) for name, shape in shapes.items()}
    weights = cell.Weights(**arrays | ({} if bias else {"bias": None}), reset_after=reset_after)
    options = {
        "h0": rng.uniform(-1, 1, units) if with_h0 else None,
        "mask": rng.random(time_steps) < 0.6 if masked else None,
        "go_backwards": go_backwards,
        "clamp": None if not clamped else {gate: shares(rng, time_steps, units) for gate in ("z", "r")},
    }
    return weights, rng.normal(size=(time_steps, features)), options


def shares(rng, time_steps, units):
    """Return values for one gate (time_steps, units): about half of it held, the rest nan."""
    return np.where(rng.random((time_steps, units)) < 0.5, rng.random((time_steps, units)), np.nan)


RNG = np.random.default_rng(0)
RUNS = [one_run(RNG, *modes) for modes in product((True, False), repeat=6) for _ in range(2)]


def plain(value):
    """Return an array as nested lists, None as None, and nan as None: it has no JSON."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        value = np.where(np.isnan(value), None, value)
    return value if value is None else value.tolist()


@pytest.fixture(scope="module")
def answers():
    """Ask Node everything at once."""
    runs = [
        {
            "weights": {
                "kernel": plain(weights.kernel),
                "recurrent": plain(weights.recurrent),
                "bias": plain(weights.bias),
                "resetAfter": weights.reset_after,
            },
            "xs": plain(xs),
            "options": {
                "h0": plain(options["h0"]),
                "mask": plain(options["mask"]),
                "goBackwards": options["go_backwards"],
                "clamp": {gate: plain(values) for gate, values in (options["clamp"] or {}).items()},
            },
        }
        for weights, xs, options in RUNS
    ]
    expressions = [f"((W) => {expression})({W})" for expression in [*WRONG, *RIGHT]]
    questions = {"source": SOURCE.read_text("utf-8"), "runs": runs, "expressions": expressions}
    found = ask("--input-type=module", "--eval", SCRIPT, question=questions)
    return found["runs"], dict(zip([*WRONG, *RIGHT], found["expressions"], strict=True))


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_run_and_step_equal_those_of_the_cell(answers, index):
    weights, xs, options = RUNS[index]
    found = answers[0][index]
    h0 = None if options["h0"] is None else options["h0"][None]
    mask = None if options["mask"] is None else options["mask"][None]
    clamp = options["clamp"] and {gate: values[None] for gate, values in options["clamp"].items()}
    trace = cell.run(weights, xs[None], h0, mask, options["go_backwards"], clamp)
    steps = found["run"]["value"]
    assert len(steps) == len(xs)
    for name in ("z", "r", "candidate", "h"):
        mine = np.array([one[name] for one in steps])
        np.testing.assert_allclose(mine, getattr(trace, name)[0], rtol=0, atol=1e-12)
    expected = cell.step(weights, xs[:1], np.zeros((1, weights.units)) if h0 is None else h0)
    for name in expected._fields:
        mine = found["step"]["value"][name]
        np.testing.assert_allclose(mine, getattr(expected, name)[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("expression", WRONG)
def test_what_cannot_be_computed_is_a_sentence(answers, expression):
    found = answers[1][expression]
    assert found.get("message") == WRONG[expression]
    assert found["error"] in ("TypeError", "RangeError")


@pytest.mark.parametrize("expression", RIGHT)
def test_values_known_beforehand(answers, expression):
    assert float(answers[1][expression]["value"]) == pytest.approx(RIGHT[expression], rel=1e-15, abs=1e-15)
