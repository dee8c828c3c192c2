"""A walk back through a GRU with a mistake in it.

The right one is ``grulab.cell.backward``. Arrays are as in exercise 02, with two rows of biases.
"""

import numpy as np

from grulab.cell import Weights, backward, run, sigmoid

NAMES = "dxs", "dh0", "dkernel", "drecurrent", "dbias"


def walk_back(xs, h0, kernel, recurrent, bias, dh_last, mistake=""):
    """Return the five gradients in the order of ``NAMES``; without a mistake they are right.

    ``mistake`` is one of the keys of ``MISTAKES``.
    """
    units, time_steps = h0.shape[1], xs.shape[1]
    if mistake == "h0 zero":
        h0 = 0 * h0
    elif mistake == "ones":
        dh_last = np.ones_like(dh_last)
    h, kept = h0, []
    for t in range(time_steps):
        x_z, x_r, x_candidate = np.split(xs[:, t] @ kernel + bias[0], 3, axis=1)
        h_z, h_r, h_candidate = np.split(h @ recurrent + bias[1], 3, axis=1)
        z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
        candidate = np.tanh(x_candidate + r * h_candidate)
        h_new = z * h + (1 - z) * candidate
        sums = x_z + h_z, x_r + h_r, x_candidate + r * h_candidate
        kept.append((h, z, r, candidate, h_candidate, sums, h_new))
        h = h_new

    dxs, dh = np.zeros_like(xs), dh_last
    dkernel, drecurrent, dbias = np.zeros_like(kernel), np.zeros_like(recurrent), np.zeros_like(bias)
    for t in range(time_steps) if mistake == "forwards" else reversed(range(time_steps)):
        h, z, r, candidate, h_candidate, sums, h_new = kept[t]
        if mistake == "every loss" and t < time_steps - 1:
            dh = dh + dh_last
        # the slopes, by the mistakes that are made with them
        slope_z, slope_r, slope_c = z * (1 - z), r * (1 - r), 1 - candidate**2
        if mistake == "slope of sums":
            slope_z, slope_r = (one * (1 - one) for one in sums[:2])
        elif mistake == "slope twice":
            slope_z, slope_r = (sigmoid(one) * (1 - sigmoid(one)) for one in (z, r))
        elif mistake == "no slope":
            slope_z = slope_r = 1
        elif mistake == "no slope of tanh":
            slope_c = 1
        elif mistake == "tanh of sums":
            slope_c = 1 - sums[2] ** 2
        elif mistake == "tanh twice":
            slope_c = 1 - np.tanh(candidate) ** 2
        elif mistake == "tanh unsquared":
            slope_c = 1 - candidate
        elif mistake == "tanh as sigmoid":
            slope_c = candidate * (1 - candidate)
        share = {"candidate by z": z, "candidate whole": 1}.get(mistake, 1 - z)
        dsum_c = dh * share * slope_c
        dsum_z = dh * {"z turned": candidate - h, "z sees h": h}.get(mistake, h - candidate) * slope_z
        seen = {"r sees h": h, "r without bias": h_candidate - bias[1, 2 * units :]}.get(mistake, h_candidate)
        dsum_r = dsum_c * seen * slope_r
        dstate = dsum_c if mistake == "no r" else dsum_c * r
        dx_sums = np.concatenate([dsum_z, dsum_r, dstate if mistake == "r on both" else dsum_c], axis=1)
        dh_sums = np.concatenate([dsum_z, dsum_r, dstate], axis=1)
        # sums over samples and steps
        parts = (
            xs[:, t].T @ dx_sums,
            (h_new if mistake == "new state" else h).T @ dh_sums,
            np.stack([dx_sums.sum(axis=0), (dx_sums if mistake == "equal rows" else dh_sums).sum(axis=0)]),
        )
        if mistake == "rows turned":
            parts = (*parts[:2], parts[2][::-1])
        if not ((mistake == "last step" and t < time_steps - 1) or (mistake == "first step" and t > 0)):
            dkernel, drecurrent, dbias = dkernel + parts[0], drecurrent + parts[1], dbias + parts[2]
        dxs[:, t] = dx_sums @ kernel.T
        if mistake == "carried alone":
            dh = dh * z
            continue
        # four paths to the old state
        block = {"no path z": 0, "no path r": 1, "no path candidate": 2}.get(mistake)
        paths = dh_sums.copy()
        if block is not None:
            paths[:, block * units : (block + 1) * units] = 0
        straight = {"no straight path": 0, "straight whole": 1, "straight 1 - z": 1 - z}.get(mistake, z)
        dh = dh * straight + paths @ recurrent.T
    if mistake == "means":
        dkernel, drecurrent, dbias = (one / len(xs) for one in (dkernel, drecurrent, dbias))
    elif mistake == "means over steps":
        dkernel, drecurrent, dbias = (one / time_steps for one in (dkernel, drecurrent, dbias))
    elif mistake == "means over both":
        dkernel, drecurrent, dbias = (one / len(xs) / time_steps for one in (dkernel, drecurrent, dbias))
    elif mistake == "dxs turned":
        dxs = dxs[:, ::-1]
    elif mistake == "dxs last":
        dxs = dxs * (np.arange(time_steps) == time_steps - 1)[:, None]
    elif mistake == "dxs first":
        dxs = np.repeat(dxs[:, :1], time_steps, axis=1)
    elif mistake == "dxs moved":
        dxs = np.roll(dxs, -1, axis=1)
    elif mistake == "dh0 last":
        dh = dh_last
    elif mistake == "dh0 a state":
        dh = kept[-1][-1]
    return dxs, dh, dkernel, drecurrent, dbias


STEP_ALONE = "The gradients of weights are those of one step alone. Every step used the weights: add up."
SIGMOID = "The slope of the sigmoid is s * (1 - s), with s the gate itself."
TANH = "The slope of tanh is 1 - tanh², with the candidate itself for tanh."
MEANS = "The gradients of weights are means over the {}. Add them up instead."
MISTAKES = {
    "no straight path": "The straight path is missing: h_new holds z * h: that hands dh on, too.",
    "straight whole": "On the straight path dh goes on whole. h_new holds z * h: a share of it.",
    "straight 1 - z": "On the straight path stands 1 - z, the candidate's share. The old state's share is z.",
    "carried alone": "Only the straight path carries dh back. h stands in all three sums as well.",
    "no path z": "The path through z is missing: the old state has a say in the sum behind z.",
    "no path r": "The path through r is missing: the old state has a say in the sum behind r.",
    "no path candidate": "The path through the candidate is missing: the old state has a say in its sum.",
    "slope of sums": f"The slope of the sigmoid is taken of the sum. {SIGMOID}",
    "slope twice": f"The sigmoid is taken of the gate once more. {SIGMOID}",
    "no slope": f"The slope of the sigmoid is missing in both gates. {SIGMOID}",
    "no slope of tanh": f"The slope of tanh is missing. {TANH}",
    "tanh of sums": f"The slope of tanh is taken of the sum. {TANH}",
    "tanh twice": f"tanh is taken of the candidate once more. {TANH}",
    "tanh unsquared": f"The square is missing. {TANH}",
    "tanh as sigmoid": f"The candidate has the slope of a sigmoid. {TANH}",
    "candidate by z": "The candidate's gradient has the share z. Its share in the new state is 1 - z.",
    "candidate whole": "The candidate's gradient lacks its share 1 - z in the new state.",
    "z turned": "The gradient for z has the wrong sign: a larger z gives more of h, less of the candidate.",
    "z sees h": "The gradient for z knows h alone. z stands twice in the new state: with h, and in 1 - z.",
    "r sees h": "The gradient for r: r multiplies what the state says, h @ recurrent + bias, not h itself.",
    "r without bias": "The gradient for r lacks a bias: row 1 stands in the bracket that r multiplies.",
    "no r": "r is missing: in the candidate the state's share went through r, and so must its gradient.",
    "r on both": "In the candidate r scales the state's share only: no r in dkernel, dxs, row 0 of dbias.",
    "equal rows": "Both rows of dbias are equal. In the candidate r scales row 1, and so its gradient.",
    "rows turned": "The rows of dbias are exchanged: row 0 stands beside the input, row 1 beside the state.",
    "new state": "drecurrent takes the new state. The sums were made of the old one.",
    "last step": STEP_ALONE,
    "first step": STEP_ALONE,
    "means": MEANS.format("samples"),
    "means over steps": MEANS.format("time steps"),
    "means over both": MEANS.format("samples and time steps"),
    "every loss": "dh_last is added at every step. The loss looks at the last state only.",
    "ones": "The walk back begins with ones. It begins with dh_last, the gradient that is given.",
    "dxs turned": "dxs is in reversed order: dxs[:, t] belongs to xs[:, t].",
    "dxs last": "dxs is 0 but for the last step. Every input has a say in the last state.",
    "dxs first": "dxs holds the same numbers at every step. Store each step's gradient at its own place.",
    "dh0 last": "dh0 is dh_last as it came. It belongs to the state before the first step: hand dh on.",
    "dh0 a state": "dh0 is the last state itself. It is dh that has come back to the first step.",
    "dxs moved": "dxs stands one step early: dxs[:, t] belongs to xs[:, t].",
    "forwards": "The walk back goes from the first step to the last. It begins at the last one.",
    "h0 zero": "The walk forward starts from zeros. h0 is given.",
}


def mistaken(xs, h0, kernel, recurrent, bias, dh_last):
    """Yield what is said of each mistake, with the five gradients that it gives."""
    given = xs, h0, kernel, recurrent, bias, dh_last
    for mistake, sentence in MISTAKES.items():
        yield sentence, walk_back(*given, mistake)
    units = h0.shape[1]
    # another cell has other gradients: where z writes, and where z and r stand exchanged
    sign = np.repeat([-1, 1, 1], units).astype(kernel.dtype)
    dxs, dh0, *others = walk_back(xs, h0, kernel * sign, recurrent * sign, bias * sign, dh_last)
    sentence = "These are gradients of a cell in which z writes. Here z keeps: at z = 1 the old state stays."
    yield sentence, (dxs, dh0, *(one * sign for one in others))
    turned = np.r_[units : 2 * units, :units, 2 * units : 3 * units]
    dxs, dh0, *others = walk_back(xs, h0, kernel[:, turned], recurrent[:, turned], bias[:, turned], dh_last)
    yield (
        "z and r stand exchanged. The first block is z, the second r.",
        (
            dxs,
            dh0,
            *(one[:, turned] for one in others),
        ),
    )
    weights = Weights(kernel, recurrent, bias.sum(axis=0), reset_after=False)
    dh = np.zeros((*xs.shape[:2], units), xs.dtype)
    dh[:, -1] = dh_last
    found = backward(weights, xs, run(weights, xs, h0), dh)
    sentence = "These are gradients of a cell with r before the product. Here r stands after it: reset_after."
    yield sentence, (found.dxs, found.dh0, found.kernel, found.recurrent, np.stack([found.bias] * 2))
