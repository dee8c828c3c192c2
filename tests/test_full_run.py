"""The full run of exercise 06: what it asks of an answer, with a model that needs no training."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from grulab.checks.answer import Wrong
from grulab.checks.judging import HIDDEN, hidden_checks

ANSWER_FROM = 4  # ids from here on say a review's label: even praises, odd blames


class Pretender:
    """A model that gets better with its first epoch and worse with its second."""

    def __init__(self, best):
        self.best, self.epochs, self.fitted = best, 0, []

    def fit(self, x, y, epochs, batch_size, seed, rate):
        """Note what was trained on."""
        self.epochs += epochs
        self.fitted.append((x, y, rate))

    def weights(self):
        """Return the number of epochs."""
        return [np.array(self.epochs)]

    def set_weights(self, weights):
        """Go back to a number of epochs."""
        self.epochs = int(weights[0])

    def predict(self, rows):
        """Return the labels that stand in the rows, all turned at any other epoch than the best."""
        praise = rows[:, 0] % 2 == 0
        return np.where(praise == (self.epochs == self.best), 0.9, 0.1)[:, None]


class Pipeline:
    """The four functions of a learner, and a note of everything that they were given."""

    def __init__(self, best):
        self.model, self.given = Pretender(best), []

    def of(self, name):
        """Return one of the functions."""
        function = getattr(self, name)

        def noted(*arguments):
            self.given.append(arguments)
            return function(*arguments)

        noted.build = self.build
        return noted

    def validation_split(self, x, y, size, seed):
        """Cut off the end."""
        return x[size:], y[size:], x[:size], y[:size]

    def prepare(self, reviews, maxlen, num_words):
        """Fill with zeros."""
        return np.array([np.pad(review, (0, maxlen - len(review))) for review in reviews], np.int32)

    def build_model(self, num_words, maxlen):
        """Stand for the function that `build` calls."""

    def build(self, num_words, maxlen, seed):
        """Return the model."""
        return self.model

    def choose_epoch(self, accuracy):
        """Return the place of the largest."""
        return int(np.argmax(accuracy))


@pytest.fixture
def full(monkeypatch):
    """The full run, on reviews of one word that says their label, and with a test part of other words."""
    run = hidden_checks(HIDDEN, "ex06")["full"]

    def reviews_of(first, count):
        ids = np.arange(first, first + count)
        return [np.array([one], np.int32) for one in ids], (ids % 2 == 0).astype("int32")

    parts = {
        "train": reviews_of(ANSWER_FROM, 80),
        "validation": reviews_of(100, 20),
        "test": reviews_of(1_000, 50),
    }
    small = {f"ids_{name}": ids for name, (ids, _) in parts.items()}
    small |= {f"y_{name}": y for name, (_, y) in parts.items()}
    module = sys.modules[run.__module__]
    monkeypatch.setattr(module, "load_reviews", lambda **options: SimpleNamespace(source="embedded", **small))
    return run


def test_the_weights_of_the_chosen_epoch_are_judged(full):
    assert full(Pipeline(best=1), np.random.default_rng(0)) == "1.000 on the test part of embedded"


def test_below_the_bound_is_wrong_and_says_which_data(full):
    with pytest.raises(Wrong, match=r"0\.000 on the test part of embedded, below the bound of 0\.80"):
        full(Pipeline(best=9), np.random.default_rng(0))


def test_training_sees_neither_validation_nor_test(full):
    pipeline = Pipeline(best=2)
    full(pipeline, np.random.default_rng(0))
    assert [rate for *_, rate in pipeline.model.fitted] == [1.0, 0.2, 1.0]
    for x, y, _ in pipeline.model.fitted:
        assert len(x) == len(y) == 90
        assert x.max() < 1_000


def test_the_labels_of_the_test_part_stay_with_the_check(full):
    pipeline = Pipeline(best=1)
    full(pipeline, np.random.default_rng(0))
    labels = [one for arguments in pipeline.given for one in arguments if isinstance(one, np.ndarray)]
    assert [len(one) for one in labels] == [100]


def test_an_index_that_is_no_epoch_is_wrong(full):
    pipeline = Pipeline(best=1)
    pipeline.choose_epoch = lambda accuracy: 3
    with pytest.raises(Wrong, match="index from 0 to 2, not 3"):
        full(pipeline, np.random.default_rng(0))


def test_a_part_of_another_size_is_wrong(full):
    pipeline = Pipeline(best=1)
    pipeline.validation_split = lambda x, y, size, seed: (x, y, x[:size], y[:size])
    with pytest.raises(Wrong, match="100 reviews, not 90"):
        full(pipeline, np.random.default_rng(0))
