"""Keep a test part behind a counter, so that reading it twice does not go unnoticed."""

import numpy as np


class TestSet:
    """Hold reviews and labels, answer only with an accuracy, and remember who asked.

    ``asked`` lists the names of the models that were evaluated, in order; ``reviews`` are the inputs.
    """

    __test__ = False  # for pytest: this is no test class

    def __init__(self, reviews, labels):
        if len(reviews) != len(labels):
            raise ValueError(f"each review needs one label, but there are {len(reviews)} and {len(labels)}")
        self.reviews, self._labels = reviews, np.asarray(labels)
        self.asked = []

    def __len__(self):
        return len(self._labels)

    def accuracy(self, name, predict):
        """Return the accuracy of ``predict`` on the test part, and note ``name``.

        ``predict`` maps a list of reviews (arrays of ids) to the probabilities of class 1, (n,) or (n, 1).
        """
        return self.judge(name, predict(self.reviews))

    def judge(self, name, probabilities):
        """Return the accuracy of the probabilities of all reviews, (n,) or (n, 1), and note ``name``."""
        probabilities = np.asarray(probabilities).reshape(-1)
        if probabilities.shape != self._labels.shape:
            raise ValueError(
                f"{name}: expected {len(self)} probabilities, one for each review, not {len(probabilities)}"
            )
        self.asked.append(name)
        return float(np.mean((probabilities > 0.5) == self._labels))
