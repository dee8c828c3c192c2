"""The number of parameters, compared with the sizes of the arrays."""

import numpy as np

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.cells.asking import asked


def expect_count(answer, units, features, **options):
    """Compare with the number of cells in kernel, recurrent matrix and bias."""

    def count(rows, blocks=3, is_exchanged=False):
        n, m = (features, units) if is_exchanged else (units, features)
        return blocks * (m * n + n * n + rows * n)

    rows = (2 if options.get("reset_after", True) else 1) if options.get("use_bias", True) else 0
    value = asked(answer, "", units, features, **options)
    value = value.item() if isinstance(value, np.ndarray | np.generic) and np.ndim(value) == 0 else value
    expect(
        isinstance(value, int | float) and not isinstance(value, bool),
        f"parameter_count must return a whole number, but it returns {named(value)}.",
    )
    said = f"{value:,}" if abs(value) < 1e12 else "more than 12 digits"
    with_options = " and ".join(f"{key}={one}" for key, one in options.items())
    case = f"{units} units on {features} features" + (f" with {with_options}" if options else "")
    rows_of = ("no biases", "one row of biases", "two rows of biases")
    there = ("There are none", "There is one, (3·units,)", "There are two, (2, 3·units)")[rows]
    right = count(rows)
    if value != right:
        matrices = features * units, units * units
        mistakes = [
            *((f"has {rows_of[other]}. {there}.", count(other)) for other in (0, 1, 2) if other != rows),
            *(
                ("has four blocks, as an LSTM. A GRU has three: z, r, candidate.", count(other, 4))
                for other in (2, 1, 0)
            ),
            *(
                (
                    "has units and features exchanged. The recurrent matrix is units × units.",
                    count(other, blocks, True),
                )
                for other in (2, 1, 0)
                for blocks in (3, 4)
            ),
            ("has one block only. A GRU has three: z, r, candidate.", count(rows, 1)),
            ("has two blocks. A GRU has three: z, r, candidate.", count(rows, 2)),
            ("lacks the recurrent matrix, units × units.", 3 * (matrices[0] + rows * units)),
            ("lacks the kernel, through which the input comes in.", 3 * (matrices[1] + rows * units)),
            (
                "counts the biases of one block. Each of the three has its own.",
                3 * sum(matrices) + rows * units,
            ),
            ("counts one bias a row. Each unit of each block has its own.", 3 * sum(matrices) + rows),
            ("counts one bias a block and row. Each unit has its own.", 3 * (sum(matrices) + rows)),
            (
                "counts a bias for each feature. Biases belong to the units.",
                3 * (sum(matrices) + rows * features),
            ),
            (
                "has one recurrent matrix. Each of the three blocks has its own.",
                3 * (matrices[0] + rows * units) + matrices[1],
            ),
            (
                "has one kernel. Each of the three blocks has its own.",
                3 * (matrices[1] + rows * units) + matrices[0],
            ),
        ]
        for sentence, wrong in mistakes:
            expect(value != wrong, f"{case}: {said} {sentence}")
        raise Wrong(
            f"{case}: {said} is not their number. Write down the three shapes, and add up their sizes."
        )
    expect(type(value) is int, f"A count is a whole number, but yours is of type {type(value).__name__}.")
