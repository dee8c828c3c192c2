"""What a classifier answers: one number a sequence, above 0 and below 1, whatever the weights."""

import numpy as np

from grulab.checks.answer import expect, expect_array, is_close, named


def probabilities_of(model, x):
    """Return the model's answers as an array (n,) of numbers above 0 and below 1."""
    answers = model.predict(x)
    shape = answers.shape if isinstance(answers, np.ndarray) else None
    n, time_steps = x.shape[:2]
    expect(
        shape is None or len(shape) < 3 or shape[:2] != (n, time_steps),
        f"The output is {shape} for {n} sequences: one answer for each step. Leave return_sequences off in "
        "the last recurrent layer.",
    )
    expect(
        shape != (n, 2),
        "The output is two numbers a sequence, but one is asked for, the probability of label 1: Dense of "
        "one unit.",
    )
    expect(
        shape == (n, 1),
        f"The output must be one number a sequence, ({n}, 1) for {n} sequences, but it is {named(answers)}.",
    )
    p = expect_array(answers, (n, 1), "The output")[:, 0].astype(float)
    expect(
        not is_close(p, np.ones(n)),
        "Every answer is 1: softmax over one unit always is. One unit takes a sigmoid.",
    )
    expect(
        p.min() > 0 and p.max() < 1,
        f"The answers lie from {p.min():.2f} to {p.max():.2f}, and binary cross-entropy here expects "
        "probabilities. Does the last layer have a sigmoid?",
    )
    return p


def expect_sigmoid(model, x, p):
    """Expect answers above 0 and below 1 with larger weights in the last layer, too."""
    weights = model.weights()
    expect(isinstance(weights, list), "The model's weights cannot be read.")
    last = [place for place, one in enumerate(weights) if one.ndim == 2 and one.shape[1] == 1]
    farthest = np.abs(np.log(p / (1 - p))).max()
    if not last or farthest < 1e-6:
        return
    weights[last[-1]] = weights[last[-1]] * 8 / farthest
    model.set_weights(weights)
    larger = expect_array(model.predict(3 * x), (len(x), 1), "The output")
    expect(
        larger.min() > 0 and larger.max() < 1,
        f"With larger weights in the last layer the answers lie from {larger.min():.2f} to "
        f"{larger.max():.2f}, limits included. A probability here stays above 0 and below 1: is the "
        "activation a sigmoid? A hard one reaches both ends, and others pass them.",
    )


def expect_one_sigmoid(model, x):
    """Expect no sigmoid of a sigmoid: it says one half or more to everything. The weights stay as they are.

    Nothing is tried where no kernel leads to one unit.
    """
    weights = model.weights()
    last = [place for place, one in enumerate(weights) if one.ndim == 2 and one.shape[1] == 1]
    answers = []
    for place in last:
        for factor in (1000, -1000):
            model.set_weights([*weights[:place], factor * weights[place], *weights[place + 1 :]])
            answers.append(expect_array(model.predict(x), (len(x), 1), "The output"))
    model.set_weights(weights)
    expect(
        not answers or np.min(answers) < 0.4999 or np.max(answers) > 0.7312,
        "Whatever the weights of the last layer, the answers stay between 0.50 and 0.73. So does a sigmoid "
        "of a sigmoid: one of them is enough.",
    )
