"""Arrays arrive in the page as they were sent, within the error that each kind states."""

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from node import ask

from grulab import cell
from grulab.widgets.base import FOLDER
from grulab.widgets.transport import KINDS, packed, packed_weights, unpacked

SCRIPT = """
let text = "";
for await (const part of process.stdin) text += part;
const { source, packed, weights, halves } = JSON.parse(text);
const js = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(source));
const bytes = (data) => new Uint8Array(Buffer.from(data, "base64"));
const real = (parts) =>
  parts && ({ ...parts, data: bytes(parts.data), scale: parts.scale && bytes(parts.scale).buffer });
const broken = () => {
  try { js.numbersOf({ ...real(packed[0]), shape: [3, 3] }); } catch (error) { return error.message; }
  return "";
};
const { kernel, recurrent, bias } = weights;
const layer = { ...weights, kernel: real(kernel), recurrent: real(recurrent), bias: real(bias) };
const found = js.weightsOf(layer);
console.log(JSON.stringify({
  arrays: packed.map((one) => Array.from(js.numbersOf(real(one)))),
  rows: js.arraysOf(real(packed[0])),
  weights: found, broken: broken(),
  halves: halves.map((bits) => String(js.halfFloat(bits))),
}));
"""
RNG = np.random.default_rng(0)
MATRIX = RNG.normal(size=(4, 5)).astype("float32")
LAYER = cell.Weights(
    *(RNG.normal(size=s).astype("float32") for s in ((2, 9), (3, 9), (2, 9))), reset_after=True
)


def as_json(parts):
    """Return packed parts with base64 for bytes, as a page holds them."""
    return {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in parts.items()}


@pytest.fixture(scope="module")
def found():
    """Read everything in Node at once."""
    weights = {k: as_json(v) if isinstance(v, dict) else v for k, v in packed_weights(LAYER).items()}
    question = {
        "source": (FOLDER / "transport.js").read_text("utf-8"),
        "packed": [as_json(packed(MATRIX, kind)) for kind in KINDS],
        "weights": weights,
        "halves": list(range(0, 65536, 7)),
    }
    return ask("--input-type=module", "--eval", SCRIPT, question=question)


@pytest.mark.parametrize("index", range(len(KINDS)))
def test_the_page_reads_what_python_reads(found, index):
    expected = unpacked(packed(MATRIX, KINDS[index]))
    assert np.array_equal(np.float32(found["arrays"][index]).reshape(4, 5), expected)


def test_a_matrix_arrives_in_rows_and_a_layer_in_the_layout_of_the_core(found):
    assert np.array_equal(np.float32(found["rows"]), MATRIX)
    for name in ("kernel", "recurrent", "bias"):
        assert np.array_equal(np.float32(found["weights"][name]), getattr(LAYER, name))
    assert found["weights"]["resetAfter"] is True


def test_bytes_that_do_not_fit_their_shape_are_refused(found):
    assert found["broken"] == "80 bytes of float32 cannot have the shape 3 × 3"


def test_every_half_float_is_read_right(found):
    expected = np.arange(0, 65536, 7).astype("<u2").view("<f2").astype(float)
    assert np.array_equal(np.array([float(text) for text in found["halves"]]), expected, equal_nan=True)


SIZES = st.tuples(st.integers(1, 5), st.integers(1, 7))
NUMBERS = arrays.arrays("float32", SIZES, elements=st.floats(-60000, 60000, width=32))


@given(NUMBERS)
@settings(deadline=None, derandomize=True)
def test_the_error_of_each_kind_is_what_it_says(array):
    assert np.array_equal(unpacked(packed(array)), array)
    halves = unpacked(packed(array, "float16"))
    assert (np.abs(halves - array) <= np.maximum(np.abs(array) * 2.0**-11, 2.0**-25)).all()
    rows = np.abs(array).max(axis=1, keepdims=True)
    assert (np.abs(unpacked(packed(array, "int8")) - array) <= rows / 254 * 1.0001 + 1e-30).all()


@pytest.mark.parametrize(
    ("array", "kind", "sentence"),
    [
        (MATRIX, "float8", "kind is 'float8', but it must be one of float32, float16, int8"),
        (np.array([np.nan]), "float32", "array must be finite, but holds NaN or an infinite number"),
        (np.array([1e6]), "float16", r"1e\+06, but float16 takes at most 65504"),
        (np.array(["a"]), "float32", "array must be an array of numbers, but is <U1"),
    ],
)
def test_what_cannot_travel_is_a_sentence(array, kind, sentence):
    with pytest.raises(ValueError, match=sentence):
        packed(array, kind)


def test_only_weights_are_weights():
    with pytest.raises(TypeError, match=r"was given a ndarray; grulab\.cell\.from_keras"):
        packed_weights(MATRIX)
