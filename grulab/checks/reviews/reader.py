"""Models that read: ids as names, words in order, padding as nothing."""

import numpy as np

from grulab.checks.answer import expect
from grulab.checks.classifiers.probabilities import expect_one_sigmoid
from grulab.checks.reviews.answers import answers_of, wake, weights_of
from grulab.checks.reviews.loss import expect_binary_loss


def expect_reader(answer, num_words, maxlen, zeros, rng):
    """Raise ``Wrong`` unless the models for maxlen, and for some zeros more, read as the exercise asks.

    Return both; they have the same weights then.
    """
    alone, padded = answer.build(num_words, maxlen), answer.build(num_words, maxlen + zeros)
    told = alone.describe()
    expect(
        isinstance(told, dict) and told.get("is_compiled") is True,
        "The model is not compiled. Call model.compile before you return it.",
    )
    texts = rng.integers(4, num_words, (40, maxlen))
    # one word of each text changes: to the next id, or to any other one
    rows, places = np.arange(40), rng.integers(0, maxlen, 40)
    next_id, any_id = texts.copy(), texts.copy()
    next_id[rows, places] = (texts[rows, places] - 4 + 1) % (num_words - 4) + 4
    any_id[rows, places] = (texts[rows, places] - 4 + rng.integers(1, num_words - 4, 40)) % (
        num_words - 4
    ) + 4
    # the last two ids: each alone, and each behind other words
    ends = np.array([[num_words - 1] * maxlen, [4] * maxlen, [num_words - 2] * maxlen, [4] * maxlen])
    ends[1::2, -1] = ends[::2, 0]
    asked = np.concatenate([texts, texts, next_id, any_id, texts[:, ::-1], ends]).astype("int32")
    wake(alone, rng)
    answers = answers_of(alone, asked, num_words)
    told, again, near, far, backwards = np.split(answers[:-4], 5)
    expect(
        np.abs(told - again).max() < 1e-5,
        "The same review gets two answers. Is dropout at work when nothing is trained? Call layers without "
        "training=True.",
    )
    near, far = np.abs(near - told).mean(), np.abs(far - told).mean()
    expect(
        near > 0.2 * far,
        "Neighbouring ids mean nearly the same to this model: it takes ids for quantities. Give each id a "
        "vector: Embedding.",
    )
    expect(
        np.any(answers[-4:-2] != answers[-2:]),
        f"The ids {num_words - 1} and {num_words - 2} mean the same to this model. Each id below num_words "
        "needs a vector of its own.",
    )
    expect(
        np.abs(backwards - told).max() > 1e-6,
        "The order of words does not matter to this model. A mean or maximum of embeddings is no reading: "
        "put a GRU before it.",
    )
    expect_one_sigmoid(alone, texts.astype("int32"))
    expect_padding_is_ignored(alone, padded, texts, told, zeros)
    expect_binary_loss(alone)
    return alone, padded


def expect_whole_reading(answer, num_words, maxlen, rng):
    """Raise ``Wrong`` unless models read as ``expect_reader`` asks, and every place and id counts.

    For models of a few words: each pair of ids is compared.
    """
    alone, padded = expect_reader(answer, num_words, maxlen, 50, rng)
    # larger vectors drive the states to their limits, where small mistakes show
    weights = weights_of(alone)
    table = next((place for place, one in enumerate(weights) if one.shape[:1] == (num_words,)), None)
    if table is not None:
        weights[table] = 100 * weights[table]
    for model in (alone, padded):
        model.set_weights(weights)
    # another word at one place after the other
    texts = rng.integers(4, num_words, (20, maxlen))
    changed = np.repeat(texts[None], maxlen, axis=0)  # (places, texts, maxlen)
    for place in range(maxlen):
        changed[place, :, place] = (texts[:, place] - 3) % (num_words - 4) + 4
    told = answers_of(alone, np.concatenate([texts, *changed]).astype("int32"), num_words).reshape(-1, 20)
    effects = np.abs(told[1:] - told[0]).max(axis=1)
    expect(
        effects.min() > 0,
        f"Of a row of {maxlen} words the one at place {effects.argmin()} does not matter to this model. "
        "Does it read the whole row?",
    )
    # every id in two surroundings, with and without padding behind it
    ids = np.arange(1, num_words)
    surroundings = rng.integers(4, num_words, (2, maxlen))
    rows = np.repeat(surroundings, len(ids), axis=0)
    rows[:, 1] = np.tile(ids, 2)
    rows[len(ids) :, 2:] = 0
    told = answers_of(alone, rows.astype("int32"), num_words).reshape(2, -1)
    apart = np.abs(told[:, :, None] - told[:, None, :]).max(axis=0) + np.eye(len(ids))
    one, other = np.unravel_index(apart.argmin(), apart.shape)
    expect(
        apart.min() > 0,
        f"The ids {ids[one]} and {ids[other]} mean the same to a model with num_words={num_words}. Only 0 "
        "is padding, and each other id needs a vector of its own.",
    )
    filled = np.pad(rows, [(0, 0), (0, 50)]).astype("int32")
    expect(
        np.abs(answers_of(padded, filled, num_words) - told.reshape(-1)).max() < 1e-4,
        "With texts of several lengths in one batch and large states, zeros behind them change the "
        "answers. Look at the mask, and at what stands for padding where the states are pooled.",
    )


def expect_padding_is_ignored(alone, padded, texts, told, zeros):
    """Raise ``Wrong`` unless a model with the same weights answers alike with zeros behind each text."""
    filled = np.pad(texts, [(0, 0), (0, zeros)]).astype("int32")
    weights, others = weights_of(alone), weights_of(padded)
    if len(others) != len(weights):
        padded.predict(filled[:1])  # a model without an Input has no weights before it has seen a row
        others = weights_of(padded)
    expect(
        [one.shape for one in others] == [one.shape for one in weights],
        "The weights change their shapes with maxlen: a layer has a weight for each place of the row "
        "(Flatten and Dense?). So the zeros behind a text count, too. Let a GRU read the row.",
    )
    padded.set_weights(weights)
    change = np.abs(answers_of(padded, filled, texts.max() + 1) - told).max()
    expect(
        change < 1e-5,
        f"{zeros} zeros behind a text change the answer by {change:.1e}: padding is read like a word. Look "
        "at mask_zero=, and at each layer behind the GRU that looks at all steps.",
    )
