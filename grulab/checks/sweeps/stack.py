"""GRUs on top of each other: each reads all states of the one below, and the last state is judged."""

from contextlib import contextmanager
from itertools import islice, permutations

import numpy as np

from grulab import cell
from grulab.checks.answer import Wrong, expect, is_close
from grulab.checks.classifiers.compiled import expect_accuracy, expect_compiled, expect_loss
from grulab.checks.classifiers.model import described, expect_input
from grulab.checks.classifiers.probabilities import expect_one_sigmoid, expect_sigmoid, probabilities_of

# what Keras says when the layers do not fit, and what that means here
ERRORS = {
    "expected ndim=3, found ndim=2": "A GRU got one state where it expects a sequence. Every GRU below "
    "another one hands on the states of all steps: return_sequences.",
    "size-incompatible": "A layer got another number of features than it was made for. One layer that "
    "stands in the stack several times, as in [layer] * n, is still one. Make a new layer each time.",
}


def expect_stack(answer, time_steps, features, units, layers, probabilities, truth):
    """Build a stack of the given sizes, put known weights in, and compare with the stack in NumPy.

    ``probabilities`` (n,) and ``truth`` (n,) go to the model's loss and metrics as if it had answered so.
    """
    with explained(layers):
        model = answer.build(time_steps, features, units, layers)
    told = described(model)
    expect_input(told, time_steps, features)
    expect_layers(told["layers"], units, layers)
    x = np.random.default_rng(0).normal(size=(60, time_steps, features)).astype("float32")
    with explained(layers):
        p = probabilities_of(model, 3 * x)
    orders = expect_shapes(model, features, units, layers)
    expect_one_sigmoid(model, 3 * x)
    expect_states(model, x[:8], orders)
    expect_sigmoid(model, x, p)
    expect_compiled(told)
    expect_loss(model, truth, probabilities)
    expect_accuracy(model, truth, probabilities)


@contextmanager
def explained(layers):
    """Say what an error of Keras about layers that do not fit means here."""
    try:
        yield
    except Wrong as wrong:
        for words, sentence in ERRORS.items():
            if words in str(wrong):
                raise Wrong(f"For {layers} layers Keras stops with an error. {sentence}") from None
        raise


def expect_layers(found, units, layers):
    """Expect as many GRU layers as asked, each of the asked size."""
    expect(
        not any(outer == "Bidirectional" for outer, _, _ in found),
        "A Bidirectional layer reads both ways. Here each GRU reads forwards only.",
    )
    kinds = [core for _, core, _ in found if core]
    expect(
        set(kinds) <= {"GRU"} and kinds,
        f"Every recurrent layer must be a GRU, but the model has {', '.join(kinds)[:80] or 'none'}.",
    )
    sizes = [size for _, core, size in found if core]
    expect(
        len(sizes) == layers,
        f"Asked for {layers} layers, the model has {len(sizes)} of GRU. A layer that is called again is the "
        "same layer, and one whose states nobody reads is no part of the model.",
    )
    expect(
        sizes == [units] * layers,
        f"Asked for {units} units, the layers have {', '.join(map(str, sizes))[:60]}: hand the argument "
        "units on to each.",
    )


def expect_shapes(model, features, units, layers):
    """Expect the weights of a plain stack with one output; return the orders in which they make one."""
    below = [features] + [units] * (layers - 1)
    wanted = [shape for size in below for shape in ((size, 3 * units), (units, 3 * units), (2, 3 * units))]
    wanted += [(units, 1), (1,)]
    shapes = [one.shape for one in model.weights()]
    orders = orders_of(shapes)
    found = [shapes[place] for place in orders[0]]
    if right := [order for order in orders if [shapes[place] for place in order] == wanted]:
        return right
    expect(
        len(found) < 2 or found[:-2] != wanted[:-2] or found[-2][-1:] != (1,),
        f"The last layer reads {found[-2][0] if len(found) > 1 else 0} numbers, but one state has {units}. "
        "Hand it the last state of the uppermost GRU, and nothing else.",
    )
    raise Wrong(
        f"The model has {sum(int(np.prod(one)) for one in found):,} weights, but a plain stack has "
        f"{sum(int(np.prod(one)) for one in wanted):,}. Take GRU layers as Keras makes them, and one Dense "
        "layer of one unit."
    )


def orders_of(shapes):
    """Return places of weights for each order of up to four GRU layers, those of one Dense unit at the end.

    A subclassed model lists its layers as they were made, not as they are called.
    """
    places = list(range(len(shapes)))
    end = next((place for place, shape in enumerate(shapes) if shape[1:] == (1,)), len(shapes))
    last, rest = places[end : end + 2], places[:end] + places[end + 2 :]
    layers = [rest[first : first + 3] for first in range(0, len(rest), 3)]
    orders = islice(permutations(layers), 24)
    return [[place for layer in [*order, last] for place in layer] for order in orders]


def expect_states(model, x, orders):
    """Put known weights in, and expect each GRU to read all states of the one below, in one of the orders."""
    kept = model.weights()
    rng = np.random.default_rng(1)
    weights = [rng.normal(0, 0.8, one.shape).astype("float32") for one in kept]
    model.set_weights(weights)
    found = model.predict(x)[:, 0]
    model.set_weights(kept)
    arranged = [[weights[place] for place in order] for order in orders]
    if any(is_close(found, stacked(one, x), 1e-3) for one in arranged):
        return
    weights = arranged[0]
    repeated = np.broadcast_to
    known = [
        (
            stacked(weights, x, hand_on=lambda h: repeated(h[:, -1:], h.shape)),
            "An upper GRU reads the last state of the one below, over and over. Hand on the states of all "
            "steps: return_sequences.",
        ),
        (
            stacked(weights, x, hand_on=lambda h: h[:, -1:]),
            "An upper GRU reads the last state of the one below, and nothing else. Hand on the states of all "
            "steps: return_sequences.",
        ),
        (
            stacked(weights, x, judge=lambda h: h.mean(axis=1)),
            "The mean of all states is judged, but the last state is asked for.",
        ),
        (
            stacked(weights, x, judge=lambda h: h.max(axis=1)),
            "The largest of all states is judged, but the last state is asked for.",
        ),
        (
            stacked(weights, x, judge=lambda h: h[:, 0]),
            "The first state is judged, but the last is asked for.",
        ),
    ]
    for answers, sentence in known:
        expect(not is_close(found, answers, 1e-3), sentence)
    raise Wrong(
        "With known weights the answers are not those of a plain stack. Each GRU reads the states of all "
        "steps of the one below, forwards, and the last layer reads the last state of the uppermost."
    )


def stacked(weights, x, hand_on=lambda h: h, judge=lambda h: h[:, -1]):
    """Return what a stack in NumPy answers, (n,): ``hand_on`` goes up from each layer, ``judge`` out."""
    *arrays, kernel, bias = (one.astype(float) for one in weights)
    h = x.astype(float)
    for below in range(0, len(arrays), 3):
        h = cell.run(cell.Weights(*arrays[below : below + 3], reset_after=True), hand_on(h) if below else h).h
    return cell.sigmoid(judge(h) @ kernel + bias)[:, 0]
