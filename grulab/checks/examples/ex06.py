"""Exercise 06: train on film reviews and report it honestly.

Question 6, ``error_kinds``, has no check: no program can tell a good sorting from a poor one.
"""

from collections import Counter

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, is_close, named
from grulab.checks.question import example
from grulab.testset import TestSet

# ---- Question 1 ----


@example(stars=1)
def validation_split(answer):
    """Cut 12 of 40 small reviews, sorted by label as IMDB's own file is."""
    x = [np.array([1, *range(4, 5 + i % 3), 10 + i], np.int32) for i in range(40)]
    y = np.array([0] * 20 + [1] * 20)
    parts = parts_of(answer(x, y, 12, 5), x, y, 12)
    places = sorted(place for place, review in enumerate(x) if ids_of(review) in parts[2])
    gaps = np.diff([*places, places[0] + 40])
    expect(
        np.sum(gaps > 1) > 1 and 0 < np.mean(parts[3]) < 1,
        "The validation part is one piece of the list, or has one class only. On a file that is sorted by "
        "label that validates on one class: draw the reviews at random.",
    )
    again, other = (parts_of(answer(x, y, 12, seed), x, y, 12) for seed in (5, 6))
    expect(
        set(again[2]) == set(parts[2]),
        "The same seed must draw the same reviews, but a second call draws others. Make a generator from the "
        "seed.",
    )
    expect(set(other[2]) != set(parts[2]), "Two different seeds draw the same reviews. Is the seed used?")


def parts_of(value, x, y, size):
    """Return the four parts of a split, reviews as tuples of ids and labels as arrays, once they hold."""
    expect(
        isinstance(value, tuple | list) and len(value) == 4,
        f"Return four things: x_train, y_train, x_validation, y_validation. Now it is {named(value)}"
        f"{f' of {len(value)}' if isinstance(value, tuple | list) else ''}.",
    )
    lengths = [length_of(one) for one in value]
    train = len(x) - size
    expect(
        lengths != [train, size, train, size] or train == size,
        "The four stand in another order: both x first, then both y. Each part's labels stand behind its "
        "reviews: x_train, y_train, x_validation, y_validation.",
    )
    expect(
        lengths != [size, size, train, train] or train == size,
        "The two parts are exchanged: the first pair is for training, the second for validation.",
    )
    wanted = [train, train, size, size]
    expect(
        lengths == wanted,
        f"Of {len(x)} reviews, size={size} must give the lengths {wanted}, training first; they are "
        f"{lengths}.",
    )
    for place in (0, 2):
        expect(
            not isinstance(value[place], np.ndarray),
            "The reviews must come back as two lists: they differ in length, so most of them fit into no "
            "array.",
        )
    for place in (1, 3):
        expect(
            isinstance(value[place], np.ndarray),
            "Return the labels as arrays: index the array of labels, and make no list of it.",
        )
    x_train, x_validation = ([ids_of(review) for review in value[place]] for place in (0, 2))
    y_train = expect_array(value[1], (train,), "y_train")
    y_validation = expect_array(value[3], (size,), "y_validation")
    expect_each_once(x_train, x_validation, [ids_of(review) for review in x])
    labels = {ids_of(review): label for review, label in zip(x, y, strict=True)}
    expect(
        all(
            labels[review] == label
            for reviews, found in ((x_train, y_train), (x_validation, y_validation))
            for review, label in zip(reviews, found, strict=True)
        ),
        "A review has lost its label. Draw one order, and use it for the reviews and for the labels.",
    )
    return x_train, y_train, x_validation, y_validation


def length_of(part):
    """Return how many reviews or labels a part holds, ``None`` for what holds none."""
    is_row = isinstance(part, list | tuple) or (isinstance(part, np.ndarray) and part.ndim > 0)
    return len(part) if is_row else None


def ids_of(review):
    """Return a review as a tuple of ids; raise ``Wrong`` when it is none."""
    try:
        ids = np.asarray(review)
    except ValueError:
        ids = np.empty(())
    expect(
        ids.ndim == 1 and ids.dtype.kind in "iu",
        f"Each review must come back as it is, an array of ids; one has become {named(review)}.",
    )
    return tuple(ids.tolist())


def expect_each_once(x_train, x_validation, given):
    """Raise ``Wrong`` unless every review given, each of another text, stands in one part, and once."""
    strange = set(x_train + x_validation) - set(given)
    expect(not strange, "A review that was never given stands in a part. Leave each review as it is.")
    both = len(set(x_train) & set(x_validation))
    expect(
        not both,
        f"{both} of the reviews to validate with stand in the training part, too. What validates must not "
        "train.",
    )
    twice = [review for review, times in Counter(x_train + x_validation).items() if times > 1]
    expect(
        not twice,
        f"{len(twice)} reviews stand in one part more than once, and others in none. Draw without putting "
        "back: a permutation holds each place once.",
    )


# ---- Question 2 ----


@example(stars=1, uses_keras=True)
def prepare(answer):
    """Prepare a short review and a long one, with ids on both sides of num_words."""
    short, long = np.array([1, 14, 22], np.int32), np.array([1, 14, 22, 16, 49, 50, 7], np.int32)
    rows = rows_of(answer([short, long], maxlen=5, num_words=50), 2, 5)
    first, second = rows.tolist()
    added = set((rows[0, :3] - short).tolist())
    expect(
        len(added) > 1 or added == {0},
        f"{min(added):+d} was added to each id. The ids carry the offset of the special ids already: add and "
        "subtract nothing.",
    )
    expect(
        first != [0, 0, 1, 14, 22],
        "The zeros stand in front. They belong behind the review: look at the side of the padding.",
    )
    expect(
        first == [1, 14, 22, 0, 0],
        f"[1, 14, 22] with maxlen=5 must become [1, 14, 22, 0, 0]; it became {first}.",
    )
    expect(
        second[:4] != [1, 14, 22, 16],
        "Of a long review the first words are kept. Its end was cut off: keep the last words, and look at "
        "the side of the cut.",
    )
    expect(
        second not in ([14, 22, 16, 49, 7], [22, 16, 49, 7, 0]),
        "An id out of range was left out, so the review became shorter. It must stay in its place, as 2.",
    )
    expect(second[2] != 2, "With num_words=50 id 49 is the last one that the network knows, but it became 2.")
    expect(
        second[3] != 50,
        "With num_words=50 id 50 is out of range: the network knows 0 to 49 only. Does the comparison use "
        "num_words, and what does it say of num_words itself?",
    )
    expect(
        second[3] == 2 or second[:3] != [22, 16, 49],
        f"An id out of range became {second[3]}. It must become 2, the unknown word: 0 is padding, and every "
        "id from 4 on is another word.",
    )
    expect(
        second == [22, 16, 49, 2, 7],
        f"{long.tolist()} with maxlen=5 and num_words=50 became {second}. Keep the last five, and change "
        "only what is out of range.",
    )


def rows_of(value, count, maxlen):
    """Return prepared rows, an int32 array (count, maxlen), or raise ``Wrong``."""
    expect(isinstance(value, np.ndarray), f"Return one array of rows, but it is {named(value)}.")
    rows = expect_array(value, (count, maxlen), f"The rows of {count} reviews, with maxlen={maxlen},")
    expect(rows.dtype == np.int32, f"The ids must be int32, but they are {rows.dtype}.")
    return rows


# ---- Question 3 ----


@example(stars=2, uses_keras=True, deadline=60.0)
def build_model(answer):
    """Ask a fresh model what ids, zeros behind a text and the order of words change in its answers."""
    expect_reader(answer, 20_100, 5, 15, np.random.default_rng(0))


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
    expect_padding_is_ignored(alone, padded, texts, told, zeros)
    expect_binary_loss(alone)
    return alone, padded


def wake(model, rng):
    """Give small numbers to kernels that begin at zero: to say one half of everything is a fair beginning."""
    weights = weights_of(model)
    asleep = [place for place, one in enumerate(weights) if one.ndim == 2 < len(one) and not one.any()]
    for place in asleep:
        weights[place] = rng.normal(0, 0.1, weights[place].shape).astype("float32")
    if asleep:
        model.set_weights(weights)


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
                "build_model? "
                f"{wrong}"[:500]
            ) from None
        raise Wrong(
            f"The model refuses ids from 0 to {num_words - 1}, but build_model was given "
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


def weights_of(model):
    """Return a model's weights, a list of arrays of numbers; raise ``Wrong`` when they are none."""
    weights = model.weights()
    expect(
        isinstance(weights, list)
        and all(isinstance(one, np.ndarray) and one.dtype.kind in "biuf" for one in weights),
        "The model's weights are no list of arrays of numbers. Return a Keras model.",
    )
    return weights


def expect_binary_loss(model):
    """Raise ``Wrong`` unless the model is compiled with binary cross-entropy and a measure named accuracy."""
    sentence = (
        "The loss is not binary cross-entropy on probabilities. Look at loss= in compile; from_logits has no "
        "place behind a sigmoid."
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


# ---- Question 4 ----


@example(stars=1)
def choose_epoch(answer):
    """Choose among seven epochs, two of which share the best accuracy."""
    accuracy = [0.5, 0.7, 0.6, 0.8, 0.7, 0.8, 0.6]
    best = answer(accuracy)
    expect(
        not (isinstance(best, float | np.floating) and best != int(best)),
        f"Return the place of the best epoch, not its accuracy {best}.",
    )
    expect(
        isinstance(best, int | np.integer) and not isinstance(best, bool),
        f"Return an int, the place of the best epoch; now it is {named(best)}.",
    )
    expect(best != 6, "That is the last epoch. The best one need not come last.")
    expect(best != 5, "Two epochs share the best accuracy. Take the first of them.")
    expect(best != 4, "One too many: the first epoch has index 0.")
    expect(best != 0, "For this list it chooses the worst epoch. You want the place of the largest accuracy.")
    expect(best != 1, "It stops at the first fall. Accuracy may fall and rise again: look at all epochs.")
    expect(best == 3, f"For {accuracy} the best epoch is not at index {best}.")
    expect(
        answer([0.9, 0.8]) == 0,
        "When the accuracy falls after the first epoch, the first one is the best. Does the function look at "
        "its argument?",
    )


# ---- Question 5 ----


@example(stars=2)
def final_report(answer):
    """Rehearse: the network is right on 3 of 4 and on 4 of 10 small reviews, the counts on 8 of 10."""
    x, y = [np.array([1, i], np.int32) for i in range(20, 24)], np.array([1, 0, 1, 0])
    test = Rehearsal([np.array([1, i], np.int32) for i in range(30, 40)], [0] * 6 + [1] * 4)
    ours = {20: 0.9, 21: 0.1, 22: 0.8, 23: 0.7} | {i: 0.55 + (i - 30) / 100 for i in range(30, 40)}
    theirs = {i: 0.9 if i >= 34 else 0.1 for i in ours}
    report = report_of(answer, predictor(ours), predictor(theirs), x, y, test)
    validation, network, counts = report
    expect(
        not is_close(report, [0.75, 0.8, 0.4]),
        "Network and counts are exchanged. The order is: validation, test, test of the counts.",
    )
    expect(
        not is_close(validation, 0.4),
        "The first number is the test accuracy. It must come from x_validation and y_validation.",
    )
    expect(not is_close(validation, 0.5), "The first number belongs to the counts. It must be the network's.")
    expect(
        not is_close(report, [75, 40, 80], 1e-3),
        "The report is in per cent. An accuracy is a share, between 0 and 1.",
    )
    expect(
        is_close(validation, 0.75),
        f"The network is right on 3 of the 4 validation reviews, but the report says {validation:g}. An "
        "accuracy is the share of reviews where (probability > 0.5) equals the label.",
    )
    expect_asked(test)
    expect(
        network < 0.41,
        "The test accuracy of the network is higher than that of its answers at one half. Was something "
        "chosen on the test part? Report what the model gives, and choose nothing here.",
    )
    expect(
        is_close(network, 0.4) and is_close(counts, 0.8),
        "The network is right on 4 of the 10 test reviews and the counts on 8, but the report says "
        f"{network:g} and {counts:g}. Report what test.accuracy gives for each.",
    )
    remark_on_asking(answer, test)


class Rehearsal(TestSet):
    """A small test set that stays with the check."""

    __test__ = False

    def judge(self, name, probabilities):
        """Return the accuracy of the probabilities, and note the name; raise ``Wrong`` when they are none."""
        probabilities = np.asarray(probabilities)
        expect(
            probabilities.dtype.kind in "biuf" and probabilities.size == len(self),
            f"The test part holds {len(self)} reviews and takes one probability for each, but it was given "
            f"{named(probabilities)}.",
        )
        return super().judge(str(name)[:100], probabilities)


def predictor(probability):
    """Return a function from a list of reviews [1, id] to their probabilities, by a dictionary of ids."""

    def predict(reviews):
        expect(
            isinstance(reviews, list | tuple | np.ndarray),
            f"predict_network and predict_counts take a list of reviews, but one was given {named(reviews)}.",
        )
        found = [ids_of(review) for review in reviews]
        expect(
            all(len(ids) == 2 and ids[1] in probability for ids in found),
            "predict_network or predict_counts was asked about a review that is neither in x_validation nor "
            "in the test part. Hand the reviews on as they are.",
        )
        return np.array([probability[ids[1]] for ids in found])

    return predict


def report_of(answer, predict_network, predict_counts, x, y, test):
    """Return the three numbers of a report, or raise ``Wrong``."""
    reply = answer.reply(predict_network, predict_counts, x, y, test)
    if reply.error is not None:
        kind, words, line = reply.error
        expect(
            "_labels" not in words,
            "The labels of the test part stay hidden. Ask test.accuracy(name, predict) for an accuracy.",
        )
        raise Wrong(f"final_report stops with {kind}: {words}" + (f" in the line `{line}`." if line else ""))
    return expect_array(reply.value, (3,), "The report").astype(float)


def expect_asked(test):
    """Raise ``Wrong`` unless the test part was asked at least twice."""
    times = "asked only once" if test.asked else "not asked at all"
    expect(
        len(test.asked) >= 2,
        f"The test part was {times}. It must be asked twice, once for each model: test.accuracy.",
    )


def remark_on_asking(answer, test):
    """Remark on more than two questions to the test part."""
    if len(test.asked) > 2:
        answer.remark(
            f"You asked the test part {len(test.asked)} times. Once for each model is enough: whoever asks "
            "again and again chooses on the test in the end."
        )
