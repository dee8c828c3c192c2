"""Word counts with a linear model: what a network on text has to beat.

TF-IDF weighs a count by how few reviews hold the word; logistic regression gives each word one weight.
Everything is learnt from the training part: vocabulary, weights of words, weights of the model. Nothing is
drawn at random.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from grulab import heap
from grulab.arguments import check_list, check_number, check_size, named
from grulab.arrays import as_array, check_finite, check_row, check_shape, refuse_dtype

# neighbours share the 60 bits of one int64 that its length leaves: 20 bits an id, or 15 where there are four
BITS = {1: 20, 2: 20, 3: 20, 4: 15}
LONGEST = max(BITS)
BLOCK = 2_000  # so many reviews are counted at a time, which bounds the memory


def majority_accuracy(y_train, y_test):
    """Return the accuracy on ``y_test`` of always answering the more frequent class of ``y_train``.

    Raise a ValueError when one of them is empty.
    """
    y_train, y_test = _labels("y_train", y_train), _labels("y_test", y_test)
    if not len(y_train) or not len(y_test):
        raise ValueError(f"expected labels in both parts, but there are {len(y_train)} and {len(y_test)}")
    values, counts = np.unique(y_train, return_counts=True)
    return float(np.mean(y_test == values[np.argmax(counts)]))


def binomial_interval(accuracy, n, z=1.96):
    """Return ``(low, high)``: the 95% interval of an accuracy seen on ``n`` independent cases.

    It is Wilson's score interval. For many cases it is nearly accuracy ± z·sqrt(accuracy·(1 − accuracy)/n),
    and where every case was right it still has some width. It covers the draw of the test cases alone, not
    the seed of the training. Raise a ValueError for an accuracy outside 0 to 1 or ``n`` below 1.
    """
    accuracy = float(check_number("accuracy", accuracy, 0, 1))
    n, z = float(check_number("n", n, 1)), float(check_number("z", z, above=0))
    share = z**2 / n
    middle = (accuracy + share / 2) / (1 + share)
    margin = np.sqrt(share * accuracy * (1 - accuracy) + share**2 / 4) / (1 + share)
    return float(max(0.0, middle - margin)), float(min(1.0, middle + margin))


def _labels(name, labels):
    """Return the labels of a part as an array (n,) of numbers, which may be empty; else raise an error."""
    array = as_array(name, labels, "a row of numbers")
    if array.ndim != 1 or array.size:
        check_shape(name, array, ("n",))
    if array.dtype.kind not in "biuf":
        refuse_dtype(name, labels, array, "a row of numbers")
    check_finite(name, array)
    return array


def check_reviews(reviews):
    """Return a list of reviews as it is; raise an error unless each is a row of whole numbers or empty."""
    reviews = check_list("reviews", reviews, "rows of ids")
    for i, review in enumerate(reviews):
        is_one = isinstance(review, str) or (isinstance(review, np.ndarray) and not review.ndim)
        if is_one or not hasattr(review, "__len__"):
            raise TypeError(f"reviews[{i}] must be a row of whole numbers, but is {named(review)}.")
        if len(review):
            check_row(f"reviews[{i}]", review)
    return reviews


def ngrams(reviews, n):
    """Return ``(codes, rows)``: all runs of ``n`` neighbouring ids, in reading order.

    ``reviews`` is a list of sequences of ids; id 0 is padding and left out. ``codes`` holds an int64 for each
    run, equal when the runs are equal; ``rows`` the number of the review that the run stands in.
    Raise a ValueError for ``n`` outside 1 to 4, or an id that does not fit into 20 bits (15 where n is 4).
    """
    n = check_size("n", n, -np.inf)
    if not 1 <= n <= LONGEST:
        raise ValueError(f"runs of 1 to {LONGEST} words can be counted; given n = {n}")
    reviews = check_reviews(reviews)
    lengths = [len(review) for review in reviews]
    rows = np.repeat(np.arange(len(lengths)), lengths)
    ids = np.concatenate([np.asarray(review) for review in reviews if len(review)] or [rows])
    ids = ids.astype(np.int64)
    bits = BITS[n]
    if ids.size and not 0 <= ids.min() <= ids.max() < 2**bits:
        raise ValueError(f"ids lie from 0 to {2**bits - 1} for runs of {n}; given {ids.min()} to {ids.max()}")
    rows, ids = rows[ids > 0], ids[ids > 0]
    start = np.arange(max(0, len(ids) - n + 1))
    start = start[rows[start] == rows[start + n - 1]]  # a run ends where its review ends
    codes = np.full(len(start), n)
    for step in range(n):
        codes = codes << bits | ids[start + step]
    return codes, rows[start]


def _blocks(reviews):
    return [reviews[first : first + BLOCK] for first in range(0, len(reviews), BLOCK)]


def _most_frequent(reviews, longest, features):
    """Return the codes of the most frequent runs, sorted: (features,)."""
    counted = [np.unique(_count(block, longest)[0], return_counts=True) for block in _blocks(reviews)]
    kinds, places = np.unique(np.concatenate([kinds for kinds, _ in counted]), return_inverse=True)
    counts = np.bincount(places, weights=np.concatenate([counts for _, counts in counted]))
    return np.sort(kinds[np.argsort(-counts, kind="stable")[:features]])


def _count(reviews, longest):
    parts = [ngrams(reviews, n) for n in range(1, longest + 1)]
    return np.concatenate([codes for codes, _ in parts]), np.concatenate([rows for _, rows in parts])


@dataclass(frozen=True)
class CountModel:
    """Hold a fitted baseline: which runs of words it counts, and what it makes of the counts."""

    vocabulary: np.ndarray  # codes, sorted: (features,)
    longest: int
    weighting: TfidfTransformer
    classifier: LogisticRegression

    def count(self, reviews):
        """Return the counts as a sparse matrix (reviews, features), without runs never seen in training."""
        reviews = check_reviews(reviews)
        return sparse.vstack([self._count_block(block) for block in _blocks(reviews) or [reviews]], "csr")

    def _count_block(self, reviews):
        codes, rows = _count(reviews, self.longest)
        columns = np.searchsorted(self.vocabulary, codes)
        known = self.vocabulary[np.minimum(columns, len(self.vocabulary) - 1)] == codes
        ones = np.ones(known.sum())
        shape = (len(reviews), len(self.vocabulary))
        counts = sparse.csr_matrix((ones, (rows[known], columns[known])), shape=shape)
        counts.sum_duplicates()  # SciPy 1.13 leaves them side by side
        return counts

    def predict(self, reviews):
        """Return the probability of class 1 for each review: (reviews,)."""
        reviews = check_reviews(reviews)
        if not reviews:
            raise ValueError("reviews must hold at least one review, but is empty.")
        # a block at a time: all counts at once would take much memory
        counts = (self._count_block(block) for block in _blocks(reviews) or [reviews])
        shares = [self.classifier.predict_proba(self.weighting.transform(block)) for block in counts]
        heap.give_back()
        return np.concatenate(shares)[:, 1]

    def accuracy(self, reviews, labels):
        """Return the part of the reviews whose class is the likelier one."""
        reviews, labels = check_reviews(reviews), _labels("labels", labels)
        if not reviews:
            raise ValueError("reviews must hold at least one review, but is empty.")
        check_shape("labels", labels, (len(reviews),))
        return float(np.mean((self.predict(reviews) > 0.5) == labels))


def fit_counts(reviews, labels, longest=1, features=20_000):
    """Fit TF-IDF and logistic regression on the runs of up to ``longest`` words, and return a `CountModel`.

    ``reviews`` is a list of sequences of ids, ``labels`` holds 0 and 1. The ``features`` most frequent runs
    are counted. Counts enter by their logarithm, and the penalty of the classifier is ten times weaker than
    scikit-learn's default: both were chosen once, on a validation part of the IMDB reviews.
    Raise a ValueError for labels that are not one 0 or 1 a review, with both among them, and for ``longest``
    outside 1 to 4.
    """
    reviews, labels = check_reviews(reviews), _labels("labels", labels)
    longest, features = check_size("longest", longest, -np.inf), check_size("features", features, 1)
    if not 1 <= longest <= LONGEST:
        raise ValueError(f"runs of up to 1 to {LONGEST} words can be counted; given longest = {longest}")
    kinds = sorted(set(labels.tolist()))
    if len(reviews) != len(labels) or kinds != [0, 1]:
        raise ValueError(
            f"expected one label for each of the {len(reviews)} reviews, both 0 and 1 among them; "
            f"given {len(labels)}, of the kinds {kinds}"
        )
    kept = _most_frequent(reviews, longest, features)
    if not len(kept):
        raise ValueError(f"expected words to count, but the {len(reviews)} reviews hold nothing but padding")
    weighting = TfidfTransformer(sublinear_tf=True)
    classifier = LogisticRegression(C=10, max_iter=1000)
    model = CountModel(kept, longest, weighting, classifier)
    classifier.fit(weighting.fit_transform(model.count(reviews)), labels)
    heap.give_back()
    return model
