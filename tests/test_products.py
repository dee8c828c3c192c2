"""Products in pieces: the numbers of one product, and no piece so large that BLAS would share it out."""

import numpy as np
import pytest

from grulab import products

# rows of 32 numbers by a matrix (32, 96): pieces of 64 rows
SHAPES = [(1, 32), (64, 32), (65, 32), (128, 32), (200, 32), (3, 70, 32), (256, 100, 32), (2, 3, 50, 32)]


def draw(*shape, dtype="float64"):
    return np.random.default_rng(0).normal(size=shape).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", SHAPES)
def test_pieces_give_the_product(shape, dtype):
    inputs, matrix = draw(*shape, dtype=dtype), draw(32, 96, dtype=dtype)
    found = products.times(inputs, matrix)
    assert (found.shape, found.dtype) == ((*shape[:-1], 96), np.dtype(dtype))
    np.testing.assert_allclose(found, inputs @ matrix, rtol=0, atol=200 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", SHAPES)
def test_pieces_give_the_sum_over_all_rows(shape, dtype):
    inputs, dsums = draw(*shape, dtype=dtype), draw(*shape[:-1], 96, dtype=dtype)
    found = products.add_up(inputs, dsums)
    expected = np.tensordot(inputs.astype("float64"), dsums.astype("float64"), (range(len(shape) - 1),) * 2)
    assert (found.shape, found.dtype) == ((32, 96), np.dtype(dtype))
    np.testing.assert_allclose(found, expected, rtol=0, atol=5000 * np.finfo(dtype).eps)


def test_inputs_may_lie_in_memory_as_they_like():
    inputs, matrix = draw(300, 4, 64)[:, ::-1, ::2], draw(96, 32).T
    np.testing.assert_allclose(products.times(inputs, matrix), inputs @ matrix, rtol=0, atol=1e-13)
    assert products.times(inputs, matrix).base is not inputs


def test_a_piece_is_small_enough_and_as_large_as_a_power_of_two_can_be():
    for multiplications in range(1, products.SMALL // products.ROWS + 1):
        rows = products.rows_of_a_piece(multiplications)
        assert rows.bit_count() == 1
        assert rows * multiplications <= products.SMALL < 2 * rows * multiplications


def test_the_products_of_a_wide_layer_are_left_whole():
    assert products.rows_of_a_piece(64 * 192) == 16
    assert products.rows_of_a_piece(products.SMALL // products.ROWS + 1) == 0
    assert products.rows_of_a_piece(128 * 384) == 0
    inputs, matrix = draw(40, 128), draw(128, 384)
    np.testing.assert_array_equal(products.times(inputs, matrix), inputs @ matrix)
    np.testing.assert_array_equal(products.add_up(inputs, inputs @ matrix), inputs.T @ (inputs @ matrix))


@pytest.mark.parametrize("shape", SHAPES)
def test_blas_never_sees_a_large_product(monkeypatch, shape):
    seen = []

    def matmul(a, b, out=None):
        seen.append(a.shape[-2] * a.shape[-1] * b.shape[-1])
        return np.matmul(a, b, out=out)

    class Seen(np.ndarray):
        def __matmul__(self, other):
            return matmul(np.asarray(self), np.asarray(other))

    class Spy:
        empty = staticmethod(np.empty)
        matmul = staticmethod(lambda a, b, out: matmul(np.asarray(a), np.asarray(b), np.asarray(out)))

    monkeypatch.setattr(products, "np", Spy)
    inputs = draw(*shape).view(Seen)
    products.times(inputs, draw(32, 96))
    products.add_up(inputs, draw(*shape[:-1], 96))
    assert len(seen) >= 2
    if len(shape) == 2:
        assert max(seen) <= products.SMALL
