"""Keep a test part behind a counter, so that reading it twice does not go unnoticed."""

import numpy as np

from grulab.arguments import check_function, check_list, check_text
from grulab.arrays import as_array, check_ids, check_numbers, check_shape


class TestSet:
    """Hold reviews and labels, answer only with an accuracy, and remember who asked.

    ``asked`` lists the names of the models that were evaluated, in order; ``reviews`` are the inputs.
    """

    __test__ = False  # for pytest: this is no test class

    def __init__(self, reviews, labels):
        listed = check_list("reviews", reviews, "reviews")
        reviews = reviews if hasattr(reviews, "__len__") else listed
        labels = check_ids("labels", labels, ("n",), 2)
        if len(reviews) != len(labels):
            raise ValueError(f"each review needs one label, but there are {len(reviews)} and {len(labels)}")
        self.reviews, self._labels = reviews, labels
        self.asked = []

    def __len__(self):
        return len(self._labels)

    def accuracy(self, name, predict):
        """Return the accuracy of ``predict`` on the test part, and note ``name``.

        ``predict`` maps a list of reviews (arrays of ids) to the probabilities of class 1, (n,) or (n, 1).
        """
        check_text("name", name)
        check_function("predict", predict, "maps a list of reviews to probabilities")
        return self.judge(name, predict(self.reviews))

    def judge(self, name, probabilities):
        """Return the accuracy of the probabilities of all reviews, (n,) or (n, 1), and note ``name``.

        A plain yes or no for each will do, too.
        """
        check_text("name", name)
        if as_array("probabilities", probabilities, "an array of numbers").dtype == bool:
            probabilities = np.asarray(probabilities, dtype=float)
        probabilities = check_numbers("probabilities", probabilities)
        if probabilities.size != len(self):
            raise ValueError(
                f"{name}: expected {len(self)} probabilities, one for each review, not {probabilities.size}"
            )
        check_shape("probabilities", probabilities, ("n", 1) if probabilities.ndim == 2 else ("n",))
        probabilities = probabilities.reshape(-1)
        if probabilities.min() < 0 or probabilities.max() > 1:
            raise ValueError(
                f"{name}: probabilities must lie from 0 to 1, but reach from {probabilities.min():g} to "
                f"{probabilities.max():g}."
            )
        self.asked.append(name)
        return float(np.mean((probabilities > 0.5) == self._labels))
