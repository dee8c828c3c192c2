"""One GRU step with a mistake in it.

The right step stands in ``grulab.cell``. Arrays are as in exercise 02; nothing is checked here, for a check
calls this with arrays of its own.
"""

from itertools import combinations, permutations

import numpy as np

from grulab.cell import sigmoid


def step(
    x,
    h,
    kernel,
    recurrent,
    bias,
    reset_after=True,
    *,
    order=(0, 1, 2),
    cut="blocks",
    is_turned=False,
    rows=((1, 0), (0, 1)),
    is_inside=True,
    place=None,
    resets="r",
    gate=sigmoid,
    squash=np.tanh,
    gates_see=(1, 1),
    candidate_sees=(1, 1),
    mix=lambda z, r, h, candidate: z * h + (1 - z) * candidate,
):
    """Compute one step (batch, units), right as it stands; the named options make mistakes.

    ``order`` says which block z, r and the candidate take; with ``cut="every third"`` columns alternate.
    ``is_turned`` transposes each block of the recurrent matrix. ``rows`` (2, 2) makes the two rows of biases
    that are used from the two that there are, or is "numbers", where a single row is taken for two.
    ``is_inside`` says whether r multiplies the candidate's second row. ``place`` is "before", "after",
    "nowhere", "input" (r on all of the candidate's sum) or "matrix" ((r @ recurrent) * h); None does as
    ``reset_after`` says. ``gates_see`` and ``candidate_sees`` are factors of input and state.
    """
    place = place or ("after" if reset_after else "before")
    if isinstance(rows, str):
        b = np.repeat(np.ravel(bias)[:2, None], kernel.shape[1], axis=1)
    else:
        b = np.asarray(rows) @ (bias if bias.ndim == 2 else np.stack([bias, 0 * bias]))
    columns = np.arange(kernel.shape[1])
    columns = columns.reshape(-1, 3).T if cut == "every third" else columns.reshape(3, -1)
    columns = columns[list(order)]  # (3, units)
    k_z, k_r, k_c = (kernel[:, one] for one in columns)
    u_z, u_r, u_c = (recurrent[:, one].T if is_turned else recurrent[:, one] for one in columns)
    (b_z, b_r, b_c), (c_z, c_r, c_c) = ([row[one] for one in columns] for row in b)
    sees_x, sees_h = gates_see
    z = gate(sees_x * (x @ k_z + b_z) + sees_h * (h @ u_z + c_z))
    r = gate(sees_x * (x @ k_r + b_r) + sees_h * (h @ u_r + c_r))
    sees_x, sees_h = candidate_sees
    said, reset = sees_x * (x @ k_c + b_c), {"r": r, "z": z, "1 - r": 1 - r}[resets]
    if place == "before":
        total = said + sees_h * ((reset * h) @ u_c + c_c)
    elif place == "matrix":
        total = said + (reset @ u_c) * h + c_c
    elif place == "input":
        total = reset * (said + h @ u_c + c_c)
    elif place == "nowhere":
        total = said + sees_h * (h @ u_c + c_c)
    else:
        total = said + sees_h * (reset * (h @ u_c + c_c * is_inside) + c_c * (not is_inside))
    return mix(z, r, h, squash(total))


def relu(a):
    """Return a where it is positive, else 0."""
    return np.maximum(a, 0)


Z_WRITES = {"mix": lambda z, r, h, candidate: (1 - z) * h + z * candidate}
BLOCKS = "the blocks stand in another order with yours. They are z, r, candidate, from left to right."
ANYWHERE = [
    (
        "z writes with yours. Here z keeps: at z = 1 the old state stays.",
        Z_WRITES,
    ),
    ("z and r stand exchanged. The first block is z, the second r.", {"order": (1, 0, 2)}),
    *((BLOCKS, {"order": order}) for order in permutations(range(3)) if order not in ((0, 1, 2), (1, 0, 2))),
    (
        "every third column goes to one gate. Blocks lie side by side: the first units columns are z's.",
        {"cut": "every third"},
    ),
    ("the recurrent matrix is transposed. The old state stands on its left.", {"is_turned": True}),
    ("the candidate went through tanh twice. Once is enough.", {"squash": lambda a: np.tanh(np.tanh(a))}),
    (
        "the whole new state went through tanh. It belongs to the candidate alone.",
        {"mix": lambda z, r, h, candidate: np.tanh(z * h + (1 - z) * candidate)},
    ),
    ("the candidate went through sigmoid. It needs tanh, from -1 to 1.", {"squash": sigmoid}),
    ("the candidate went through no function at all. It needs tanh, from -1 to 1.", {"squash": lambda a: a}),
    ("the candidate went through relu. It needs tanh, from -1 to 1.", {"squash": relu}),
    ("the gates went through tanh. They need the sigmoid, from 0 to 1.", {"gate": np.tanh}),
    ("the gates went through no function. They need the sigmoid, from 0 to 1.", {"gate": lambda a: a}),
    ("r acts nowhere: the candidate sees all of the old state.", {"place": "nowhere"}),
    ("r also scales what the input says. It belongs to the state's share alone.", {"place": "input"}),
    (
        "r is multiplied with the matrix, and h from outside. It is r * h that goes into the product.",
        {"place": "matrix"},
    ),
    ("z stands where r should: it is r that scales the state's share of the candidate.", {"resets": "z"}),
    ("1 - r stands where r should: at r = 1 all of the old state is seen.", {"resets": "1 - r"}),
    (
        "the gates look at the input alone. The old state has a say in both, h @ recurrent.",
        {"gates_see": (1, 0)},
    ),
    (
        "the gates look at the old state alone. The input has a say in both, x @ kernel.",
        {"gates_see": (0, 1)},
    ),
    ("the candidate does not look at the old state.", {"candidate_sees": (1, 0)}),
    ("the candidate does not look at the input.", {"candidate_sees": (0, 1)}),
    (
        "the candidate itself comes back. Mix it with the old state, in shares z and 1 - z.",
        {"mix": lambda z, r, h, candidate: candidate},
    ),
    (
        "the old state's share is lost: only (1 - z) * candidate comes back.",
        {"mix": lambda z, r, h, candidate: (1 - z) * candidate},
    ),
    ("the candidate's share is lost: only z * h comes back.", {"mix": lambda z, r, h, candidate: z * h}),
    (
        "both shares are z. What is not kept comes from the candidate: they add up to one.",
        {"mix": lambda z, r, h, candidate: z * h + z * candidate},
    ),
    (
        "both shares are 1 - z. What is kept of the old state is z: they add up to one.",
        {"mix": lambda z, r, h, candidate: (1 - z) * (h + candidate)},
    ),
    (
        "the candidate is taken off. Both shares are added.",
        {"mix": lambda z, r, h, candidate: z * h - (1 - z) * candidate},
    ),
    (
        "old state and candidate are added without shares. They are z and 1 - z.",
        {"mix": lambda z, r, h, candidate: h + candidate},
    ),
    (
        "old state and candidate are mixed by r. It is z that mixes.",
        {"mix": lambda z, r, h, candidate: r * h + (1 - r) * candidate},
    ),
    (
        "the candidate is added whole, without its share 1 - z.",
        {"mix": lambda z, r, h, candidate: z * h + candidate},
    ),
    (
        "the old state is added whole, without its share z.",
        {"mix": lambda z, r, h, candidate: h + (1 - z) * candidate},
    ),
    (
        "r scales the old state where it is mixed in. r has its place in the candidate alone.",
        {"mix": lambda z, r, h, candidate: z * r * h + (1 - z) * candidate},
    ),
    (
        "a bracket is missing: 1 - z * candidate is not (1 - z) * candidate.",
        {"mix": lambda z, r, h, candidate: z * h + 1 - z * candidate},
    ),
    ("the gate z comes back, not the new state.", {"mix": lambda z, r, h, candidate: z}),
]
AFTER = [
    (
        "r stands before the product. With reset_after it scales the result of h @ recurrent.",
        {"place": "before"},
    ),
    (
        "row 1 of the candidate's bias is outside. It belongs into the bracket that r multiplies.",
        {"is_inside": False},
    ),
    ("row 1 of the bias, the one beside the state, is missing.", {"rows": ((1, 0), (0, 0))}),
    ("row 0 of the bias, the one beside the input, is missing.", {"rows": ((0, 0), (0, 1))}),
    ("both rows of the bias are missing.", {"rows": ((0, 0), (0, 0))}),
    (
        "the rows of the bias are exchanged: row 0 stands beside the input, row 1 beside the state.",
        {"rows": ((0, 1), (1, 0))},
    ),
    ("row 0 of the bias stands at both places. Row 1 belongs beside the state.", {"rows": ((1, 0), (1, 0))}),
    ("row 1 of the bias stands at both places. Row 0 belongs beside the input.", {"rows": ((0, 1), (0, 1))}),
    (
        "both rows of the bias stand beside the state. Row 0 belongs beside the input.",
        {"rows": ((0, 0), (1, 1))},
    ),
]
BEFORE = [
    (
        "r stands after the product. Without reset_after it scales h itself, before the product.",
        {"place": "after"},
    ),
    (
        "all is done as with reset_after=True. Is the argument used, and handed on?",
        {"rows": "numbers", "place": "after"},
    ),
    ("the bias is missing.", {"rows": ((0, 0), (0, 0))}),
    ("the bias has one row, (3·units,): bias[0] and bias[1] are single numbers.", {"rows": "numbers"}),
    ("the bias is added twice. It has one row here: add it once to each sum.", {"rows": ((2, 0), (0, 0))}),
    (
        "the candidate's bias is inside the bracket that r multiplies. It stands beside the input.",
        {"rows": ((0, 0), (1, 0)), "place": "after"},
    ),
]


def mistakes(reset_after) -> list:
    """Return what is said of each mistake, with the options of ``step`` that make it."""
    return [*ANYWHERE, *(AFTER if reset_after else BEFORE)]


def pairs(known) -> list:
    """Return every two mistakes that can be made together."""
    return [
        (f"{one} Moreover, {other}", {**options, **others})
        for (one, options), (other, others) in combinations(known, 2)
        if not set(options) & set(others)
    ]
