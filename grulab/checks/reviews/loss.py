"""The loss and the measure that a model was compiled with, seen in what they say of given answers."""

import numpy as np

from grulab.checks.answer import Wrong, expect, is_close


def expect_binary_loss(model):
    """Raise ``Wrong`` unless the model is compiled with binary cross-entropy and a measure named accuracy."""
    sentence = (
        "The loss is not binary cross-entropy on probabilities. Look at loss= in compile; from_logits has "
        "no place behind a sigmoid."
    )
    sure, unsure = np.array([[0.9]], "float32"), np.array([[0.6]], "float32")
    try:
        scores = [model.score(np.array([label]), one) for one in (sure, unsure) for label in (0, 1)]
    except Wrong as wrong:
        raise Wrong(f"{sentence} {wrong}"[:300]) from None
    expect(
        all(isinstance(one, dict) and is_close(one.get("loss"), one.get("loss", 0)) for one in scores),
        sentence,
    )
    # what a wrong label costs more than the right one: log(p / (1 - p)), a little less with smoothed labels
    shares = [
        (scores[0]["loss"] - scores[1]["loss"]) / np.log(0.9 / 0.1),
        (scores[2]["loss"] - scores[3]["loss"]) / np.log(0.6 / 0.4),
    ]
    expect(0.5 < shares[0] < 1.001 and abs(shares[0] - shares[1]) < 0.01, sentence)
    expect(
        [one.get("accuracy") for one in scores] == [0, 1, 0, 1],
        "The training cell shows the measure named accuracy, the share of right answers: compile with "
        'metrics=["accuracy"].',
    )
