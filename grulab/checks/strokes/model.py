"""The model of strokes: a probability for each class, order that counts, zeros behind that do not."""

import numpy as np

from grulab.checks.answer import Wrong, as_array, expect, expect_array, named
from grulab.checks.classifiers.compiled import expect_compiled
from grulab.checks.classifiers.model import described


def expect_model(answer, time_steps, features, classes, zeros, rng):
    """Expect a model of the given sizes that reads in order and stops where the zeros begin."""
    alone = answer.build(time_steps, features, classes)
    strokes = rng.normal(size=(30, time_steps, features)).astype("float32")
    strokes[:, :, -1] = 1
    p = probabilities_of(alone, strokes, classes)
    told = described(alone)
    expect(
        np.abs(probabilities_of(alone, strokes, classes) - p).max() < 1e-5,
        "The same stroke gets two answers. Is dropout at work when nothing is trained?",
    )
    expect(np.ptp(p, axis=0).max() > 1e-6, "Every stroke gets the same answer. Does the GRU reach the end?")
    expect(
        np.abs(probabilities_of(alone, strokes[:, ::-1], classes) - p).max() > 1e-6,
        "A stroke read backwards gets the same answer, so this model sees no order. Let a GRU read the "
        "steps.",
    )
    expect_every_step(alone, strokes, p, classes)
    longer = answer.build(time_steps + zeros, features, classes)
    weights, others = alone.weights(), longer.weights()
    filled = np.pad(strokes, [(0, 0), (0, zeros), (0, 0)])
    if len(others) != len(weights):
        longer.predict(filled[:1])  # a model without an Input has no weights before it has seen a row
        others = longer.weights()
    expect(
        [one.shape for one in weights] == [one.shape for one in others],
        "The weights change their shapes with time_steps: some layer has a weight for each step (Flatten and "
        "Dense?). Let a GRU read the steps.",
    )
    longer.set_weights(weights)
    change = np.abs(probabilities_of(longer, filled, classes) - p).max()
    expect(
        change < 1e-5,
        f"{zeros} rows of zeros behind a stroke change the answer by {change:.1e}: they are read like "
        "points. "
        "Put keras.layers.Masking() before the GRU.",
    )
    expect_compiled(told)
    expect_loss(alone, classes, rng)


def probabilities_of(model, x, classes):
    """Return the model's answers (n, classes): each from 0 to 1, each row with the sum 1."""
    n, time_steps = x.shape[:2]
    answers = model.predict(x)
    shape = as_array(answers).shape
    expect(
        shape != (n, time_steps, classes),
        f"The output is {shape}: an answer for each step. Leave return_sequences off in the last GRU.",
    )
    expect(
        shape == (n, classes),
        f"The output must be one number for each of {classes} classes, ({n}, {classes}) for {n} strokes, "
        "but it "
        f"is {named(answers)}. Make the last layer from the argument classes.",
    )
    p = expect_array(answers, (n, classes), "The output").astype(float)
    expect(
        np.abs(p.sum(axis=1) - 1).max() < 1e-3 and p.min() >= 0,
        "The numbers of a stroke are no probabilities: they must be at least 0 and add up to 1. One of "
        "the classes "
        "is right, so the last layer takes a softmax.",
    )
    return p


def expect_every_step(model, strokes, p, classes):
    """Expect each step and each number of it to count."""
    few = strokes[:6]
    n, time_steps, features = few.shape
    changed = []
    for step in range(time_steps):
        changed.append(few.copy())
        changed[-1][:, step, 0] += 1
    for feature in range(features):
        changed.append(few.copy())
        changed[-1][:, :, feature] -= 0.5
    told = probabilities_of(model, np.concatenate(changed), classes).reshape(-1, n, classes)
    effects = np.abs(told - p[:n]).max(axis=(1, 2))
    silent = np.flatnonzero(effects < 1e-8)
    if not len(silent):
        return
    place = int(silent[0])
    what = f"Step {place + 1} of {time_steps}" if place < time_steps else f"Feature {place - time_steps}"
    expect(False, f"{what} makes no difference to the answer. Hand whole strokes to the GRU.")


def expect_loss(model, classes, rng):
    """Expect cross-entropy with classes as whole numbers, and the share of right answers as a metric."""
    truth = np.append(np.arange(classes), rng.integers(0, classes, 8))
    p = rng.dirichlet(np.ones(classes), len(truth)).astype("float32")
    try_again = "Classes come as whole numbers, so the loss is sparse_categorical_crossentropy."
    scores = scores_of(model, truth, p, try_again)
    perfect = scores_of(model, truth, np.eye(classes, dtype="float32")[truth], try_again)
    more = scores.pop("loss") - perfect["loss"]
    cost = -np.log(p[np.arange(len(truth)), truth])
    logits = -np.log(np.exp(p) / np.exp(p).sum(axis=1, keepdims=True))[np.arange(len(truth)), truth]
    sure = np.log(np.e + classes - 1) - 1  # what a perfect answer costs, taken for logits
    expect(
        not abs(more - (logits.mean() - sure)) < 1e-3,
        "The loss takes probabilities for logits. Leave from_logits at False.",
    )
    expect(
        abs(more - cost.mean()) < 1e-2,
        f"A few answers cost {more:.3f} more than perfect ones, but by cross-entropy {cost.mean():.3f}. "
        f"{try_again}",
    )
    share = np.mean(p.argmax(axis=1) == truth)
    expect(scores, "The model reports no accuracy: add metrics to compile.")
    expect(
        any(abs(one - share) < 1e-4 for one in scores.values()),
        'No metric says which share of the answers is right. The word "accuracy" lets Keras pick the '
        "right kind.",
    )


def scores_of(model, truth, p, sentence):
    """Return what loss and metrics say of given answers; say what was expected where they stop."""
    try:
        scores = dict(model.score(truth, p))
    except Wrong as wrong:
        raise Wrong(f"{wrong} {sentence}") from None
    expect("loss" in scores, f"The model reports no loss. {sentence}")
    return scores
