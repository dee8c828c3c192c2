"""What a fresh model answers to rows of ids, and the weights that it answers with."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, named


def answers_of(model, asked, num_words):
    """Return a model's probabilities for rows of ids, (rows,), or raise ``Wrong``."""
    maxlen = asked.shape[1]
    try:
        answers = model.predict(asked)
    except Wrong as wrong:
        try:
            model.predict(np.full((2, maxlen), 1, "int32"))
        except Wrong:
            raise Wrong(
                f"A model for maxlen={maxlen} refuses rows of {maxlen} ids. Is a length written into "
                f"{model.answer.name}? {wrong}"[:500]
            ) from None
        raise Wrong(
            f"The model refuses ids from 0 to {num_words - 1}, but {model.answer.name} was given "
            f"num_words={num_words}. Does its table have num_words rows?"
        ) from None
    expect(
        isinstance(answers, np.ndarray) and answers.shape == (len(asked), 1),
        f"One probability for each review: {len(asked)} reviews must get answers of the shape "
        f"{(len(asked), 1)}, not {named(answers)}.",
    )
    answers = expect_array(answers, (len(asked), 1), "The answers")[:, 0].astype(float)
    expect(
        np.any(answers != 1),
        "Every answer is exactly 1. A softmax over one number is always 1: a single unit needs a sigmoid.",
    )
    expect(
        answers.min() > 0 and answers.max() < 1,
        "Some answers are no probabilities: they are not between 0 and 1. End with Dense(1, "
        'activation="sigmoid").',
    )
    expect(
        np.ptp(answers) > 0,
        "All texts get the same answer. Do the ids reach the layers as names, by an Embedding? As raw "
        "numbers they are so large that every gate is full.",
    )
    return answers


def weights_of(model):
    """Return a model's weights, a list of arrays of numbers; raise ``Wrong`` when they are none."""
    weights = model.weights()
    expect(
        isinstance(weights, list)
        and all(isinstance(one, np.ndarray) and one.dtype.kind in "biuf" for one in weights),
        "The model's weights are no list of arrays of numbers. Return a Keras model.",
    )
    return weights


def wake(model, rng):
    """Give small numbers to kernels that begin at zero: to say one half of everything is a fair beginning."""
    weights = weights_of(model)
    asleep = [place for place, one in enumerate(weights) if one.ndim == 2 < len(one) and not one.any()]
    for place in asleep:
        weights[place] = rng.normal(0, 0.1, weights[place].shape).astype("float32")
    if asleep:
        model.set_weights(weights)
