"""Products with the matrices of a small layer, cut so that each is the work of one thread.

The BLAS below NumPy shares a product of more than a certain size out among threads of its own, which wait
for each other without rest. For the products of a small layer that does not pay: on a machine with other
work to do, each can then take ten times as long. Stacked pieces below that size give the same numbers.
"""

import numpy as np

# OpenBLAS leaves so many multiplications to the thread that asks for them
SMALL = 2**18
# with fewer rows than this in a piece, the pieces cost more than they save
ROWS = 16


def rows_of_a_piece(multiplications):
    """Return how many rows go into a piece, where each takes so many ``multiplications``; 0 for no pieces.

    It is a power of two, so that the usual sizes of a batch leave no rest.
    """
    rows = SMALL // multiplications
    return 1 << rows.bit_length() - 1 if rows >= ROWS else 0


def times(inputs, matrix):
    """Return ``inputs @ matrix``: (…, n) by (n, m) is (…, m)."""
    if inputs.size * matrix.shape[1] <= SMALL or not (rows := rows_of_a_piece(matrix.size)):
        return inputs @ matrix
    flat = inputs.reshape(-1, len(matrix))
    count = len(flat)
    product = np.empty((count, matrix.shape[1]), inputs.dtype)
    even = count - count % rows
    np.matmul(pieces(flat[:even], rows), matrix, out=pieces(product[:even], rows))
    if even < count:
        np.matmul(flat[even:], matrix, out=product[even:])
    return product.reshape(*inputs.shape[:-1], -1)


def add_up(inputs, dsums):
    """Return the gradient (n, m) of a matrix that took ``inputs`` (…, n) to sums with gradients (…, m)."""
    inputs, dsums = (array.reshape(-1, array.shape[-1]) for array in (inputs, dsums))
    rows = rows_of_a_piece(inputs.shape[1] * dsums.shape[1])
    if not rows or len(inputs) <= rows:
        return inputs.T @ dsums
    even = len(inputs) - len(inputs) % rows
    stack = pieces(inputs[:even], rows).swapaxes(1, 2) @ pieces(dsums[:even], rows)  # (pieces, n, m)
    return stack.sum(axis=0) + inputs[even:].T @ dsums[even:]


def pieces(array, rows):
    """Return (count, n) as (count / rows, rows, n)."""
    return array.reshape(-1, rows, array.shape[1])
