"""A rehearsal of the final report: a small test set of its own, and models whose answers are known."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, is_close, named
from grulab.checks.reviews.parts import ids_of
from grulab.testset import TestSet


def expect_rehearsed(answer):
    """Raise ``Wrong`` unless the report says what network and counts get right of 4 and of 10 reviews."""
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
            "predict_network or predict_counts was asked about a review that is neither in x_validation "
            "nor in the test part. Hand the reviews on as they are.",
        )
        return np.array([probability[ids[1]] for ids in found])

    return predict


def report_of(answer, predict_network, predict_counts, x, y, test):
    """Return the three numbers of a report, or raise ``Wrong``."""
    reply = answer.reply(predict_network, predict_counts, x, y, test)
    if reply.error is not None:
        kind, words, line = reply.error
        expect(
            "TestSet' object has no attribute" not in words,
            "The labels of the test part stay hidden. Ask test.accuracy(name, predict) for an accuracy.",
        )
        expect(
            "not callable" not in words and "must be a function" not in words,
            "Something is called that is no function. test.accuracy(name, predict) takes predict_network "
            "or predict_counts itself, and calls it with the test reviews.",
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
