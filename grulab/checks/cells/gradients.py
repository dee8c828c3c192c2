"""Gradients, compared with ``grulab.cell.backward``."""

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong, expect, named
from grulab.checks.cells import wrong_gradients
from grulab.checks.cells.asking import SIZES, asked, is_near, numbers, shape_of

BLOCKS = "z", "r", "candidate"


def expect_gradients(answer, xs, h0, weights, dh_last):
    """Compare the five gradients with ``cell.backward``, and return them as float64 arrays."""
    given = xs, h0, *weights, dh_last
    value = asked(answer, SIZES, *given)
    names, like = wrong_gradients.NAMES, given[:5]
    expect(
        isinstance(value, list | tuple),
        f"Five arrays are asked for, {', '.join(names)}, but {named(value)} comes back.",
    )
    expect(len(value) == 5, f"Five arrays are asked for, {', '.join(names)}, but {len(value)} come back.")
    shapes, right_shapes = [shape_of(one) for one in value], [one.shape for one in like]
    expect(
        shapes == right_shapes or sorted(map(str, shapes)) != sorted(map(str, right_shapes)),
        f"The five arrays come back in another order than {', '.join(names)}.",
    )
    expect(
        shapes[4] != (weights[2].shape[1],),
        "dbias has one row. With reset_after the bias has two, and so has its gradient.",
    )
    found = [numbers(one, wanted.shape, name) for name, one, wanted in zip(names, value, like, strict=True)]
    full = cell.Weights(*weights, reset_after=True)
    dh = np.zeros((*xs.shape[:2], h0.shape[1]), xs.dtype)
    dh[:, -1] = dh_last
    gradients = cell.backward(full, xs, cell.run(full, xs, h0), dh)
    right = gradients.dxs, gradients.dh0, gradients.kernel, gradients.recurrent, gradients.bias
    wrong = [name for name, one, other in zip(names, found, right, strict=True) if not is_near(one, other)]
    if wrong:
        raise Wrong(name_of_gradients(found, right, given, wrong))
    return found


def name_of_gradients(found, right, given, wrong):
    """Return what is said of five gradients of which those named in ``wrong`` are not right."""
    steps = given[0].shape[1]
    which = " and ".join([", ".join(wrong[:-1]), wrong[-1]] if wrong[1:] else wrong)
    is_are = "are" if wrong[1:] else "is"
    place = f"With {steps} time steps" if steps > 1 else "With one time step"
    opening = f"{place} {which} {is_are} not right."
    names = wrong_gradients.NAMES

    def distance(name):
        with np.errstate(all="ignore"):
            return np.abs(found[names.index(name)] - right[names.index(name)]).max()

    with np.errstate(all="ignore"):
        known = [(sentence, arrays) for sentence, arrays in wrong_gradients.mistaken(*given)]
        for sentence, arrays in known:
            if all(is_near(one, other) for one, other in zip(found, arrays, strict=True)):
                return f"{opening} {sentence}"
        for name in reversed(wrong):
            if sentence := blank(name, found[names.index(name)]):
                return f"{opening} {sentence}"
        # the mistake may show in a part of the arrays only
        for name in reversed(wrong):
            at = names.index(name)
            for sentence, arrays in known:
                if is_near(found[at], arrays[at]):
                    return f"{opening} In {name}: {sentence}"
        for name in reversed(wrong):
            at = names.index(name)
            if is_near(found[at], -right[at]):
                return f"{opening} {name} has the wrong sign."
            if name in ("dxs", "dh0"):
                continue
            blocks = [
                block
                for block, one, other in zip(
                    BLOCKS, np.split(found[at], 3, axis=1), np.split(right[at], 3, axis=1), strict=True
                )
                if not is_near(one, other)
            ]
            if len(blocks) < 3:
                return (
                    f"{opening} In {name}, up to {distance(name):.3g} away, the wrong part is "
                    f"{' and '.join(f'the block {block}' for block in blocks)}: "
                    "look at the gradient of that sum."
                )
    if "dxs" not in wrong and "dh0" not in wrong:
        return (
            f"{opening} {wrong[0]} is up to {distance(wrong[0]):.3g} away. dxs and dh0 are right, so the "
            "walk back is: look at what is added up for the weights, and how."
        )
    return (
        f"{opening} {wrong[0]} is up to {distance(wrong[0]):.3g} away. "
        "Which of the four paths is not right? Test one number by differences."
    )


def blank(name, gradient):
    """Return what is said of a gradient that is empty or cut to whole numbers; "" when it is neither."""
    if not gradient.any():
        return f"{name} holds zeros only: is it written, and does the walk back reach the first step?"
    if name == "dbias" and not gradient.any(axis=1).all():
        return f"Row {int(gradient.any(axis=1).argmin())} of dbias holds zeros only: is it ever written?"
    if np.all(gradient == np.round(gradient)):
        return f"{name} holds whole numbers only: where are the decimals cut off?"
    return ""
