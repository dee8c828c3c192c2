"""What a classifier reads: each step, each feature, and the order of the steps."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.classifiers.probabilities import probabilities_of


def expect_reads_all(model, x):
    """Expect each step, each feature and the order of steps to matter to the answer."""
    base = x[:4]
    n, time_steps, features = base.shape
    changed = [base]
    for step in range(time_steps):
        changed.append(base.copy())
        changed[-1][:, step] *= -1
    for feature in range(features):
        changed.append(base.copy())
        changed[-1][:, :, feature] *= -1
    changed += [base[:, ::-1], base]
    p = probabilities_of(model, np.concatenate(changed)).reshape(-1, n)
    *matters, varies = np.abs(p[1:] - p[0]).max(axis=1) > 1e-6
    expect(
        not varies,
        "The same sequence gets two different answers in one call of predict. Dropout belongs to the "
        "training alone: leave its argument training to Keras.",
    )
    expect(
        any(matters),
        "The answer is the same for every sequence. Does the GRU's output reach the last layer?",
    )
    for step in range(time_steps):
        expect(
            matters[step],
            f"Step {step + 1} of {time_steps} makes no difference to the answer. Hand the whole sequence to "
            "the GRU, and its last state to the last layer.",
        )
    for feature in range(features):
        expect(
            matters[time_steps + feature],
            f"Feature {feature} makes no difference to the answer. Hand whole sequences to the GRU.",
        )
    expect(
        matters[-1],
        "A sequence read backwards gets the same answer, so the order of its steps is lost. Does the GRU's "
        "output reach the last layer?",
    )
