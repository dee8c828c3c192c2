"""How a classifier is compiled: optimizer, loss and metric, seen in what they say of given answers."""

import numpy as np

from grulab.checks.answer import Wrong, expect


def expect_compiled(told):
    """Expect a compiled model with the optimizer that was asked for."""
    expect(told["is_compiled"], "The model is not compiled: call model.compile before you return it.")
    expect(
        told["optimizer"] == "Adam",
        f"The optimizer is {told['optimizer'][:40]}, but Adam was asked for: keras.optimizers.Adam.",
    )
    rate = told["learning_rate"]
    expect(
        rate is not None and abs(rate - 1e-2) < 1e-6,
        f"The learning rate is {'not one number' if rate is None else format(rate, '.3g')}, but 1e-2 was "
        "asked for. "
        'The word "adam" alone takes the rate that Keras gives it; the optimizer itself takes yours.',
    )


def expect_loss(model, truth, probabilities):
    """Expect binary cross-entropy as the loss of given answers, beyond what a penalty on weights may add."""
    p = probabilities.astype(float)
    known = {"entropy": cross_entropy, "logits": as_logits, "squared": squared_error}
    # perfect answers cost nothing: what is left there is the penalty
    more = score_of(model, truth, probabilities)["loss"] - score_of(model, truth, truth)["loss"]
    wanted = {name: loss(truth, p) - loss(truth, truth) for name, loss in known.items()}
    if abs(more - wanted["entropy"]) < 1e-3:
        return
    expect(
        not abs(more - wanted["logits"]) < 1e-3,
        "The loss takes the answers for logits, but they went through a sigmoid and are probabilities. "
        "Leave from_logits at False.",
    )
    expect(
        not abs(more - wanted["squared"]) < 1e-3,
        "The loss is the mean squared error. For a probability binary cross-entropy was asked for.",
    )
    raise Wrong(
        f"A few probabilities cost {more:.3f} more than perfect ones, but by binary cross-entropy it would "
        f"be {wanted['entropy']:.3f}. Look at the loss in compile."
    )


def cross_entropy(truth, p):
    """Return the mean binary cross-entropy, with Keras' smallest probability."""
    return -np.mean(np.log(np.clip(np.where(truth == 1, p, 1 - p), 1e-7, 1)))


def as_logits(truth, p):
    """Return the mean binary cross-entropy of numbers that are taken for logits."""
    return np.mean(np.log1p(np.exp(np.where(truth == 1, -p, p))))


def squared_error(truth, p):
    """Return the mean squared error."""
    return np.mean((truth - p) ** 2)


def expect_accuracy(model, truth, probabilities):
    """Expect the share of right answers as a metric."""
    metrics = score_of(model, truth, probabilities)
    del metrics["loss"]
    expect(metrics, "The model reports no accuracy: add metrics to compile.")
    share = np.mean((probabilities > 0.5) == truth)
    name, value = next(iter(metrics.items()))
    expect(
        any(abs(one - share) < 1e-4 for one in metrics.values()),
        f"For a few probabilities the model reports {name[:40]} {value:.3f}, but the share of right answers "
        "at the threshold 0.5 is "
        f'{share:.3f}. The word "accuracy" lets Keras pick the right kind.',
    )


def score_of(model, truth, answers):
    """Return what loss and metrics say of given answers (n,), as numbers by name."""
    scores = model.score(truth, np.asarray(answers, "float32")[:, None])
    expect("loss" in scores, "The model reports no loss: compile it with binary cross-entropy.")
    return dict(scores)
