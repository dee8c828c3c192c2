"""Pairs of neighbouring words as ids, for a network that is given them beside the words."""

import numpy as np

from grulab.arguments import check_size
from grulab.arrays import check_row
from grulab.baselines import check_reviews, ngrams


def frequent_pairs(reviews, count):
    """Return the codes of the ``count`` most frequent pairs of words, sorted: an int64 array.

    ``reviews`` is a list of arrays of ids without padding. There may be fewer pairs than ``count``.
    """
    count = check_size("count", count, 1)
    kinds, counts = np.unique(ngrams(reviews, 2)[0], return_counts=True)
    return np.sort(kinds[np.argsort(-counts, kind="stable")[:count]])


def pair_ids(reviews, known):
    """Return for each review an int32 array of its length: the id of each word's pair with the word before.

    ``known`` are the codes of ``frequent_pairs``; their ids count from 1. A pair that is not among them is 0,
    and so is the first word. ``reviews`` is a list of arrays of ids without padding. No review at all, one
    that is padded, and codes that are not sorted or stand there twice are a ``ValueError``.
    """
    reviews, known = check_reviews(reviews), check_row("known", known)
    if not reviews:
        raise ValueError("reviews must hold at least one review, but is empty.")
    for i, review in enumerate(reviews):
        if np.equal(review, 0).any():
            raise ValueError(f"reviews[{i}] must be ids without padding, but holds a 0.")
    if (known[1:] <= known[:-1]).any():
        raise ValueError("known must be sorted and hold each code once, as frequent_pairs returns them.")
    codes, _ = ngrams(reviews, 2)
    places = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    ids = np.where(known[places] == codes, places + 1, 0).astype(np.int32)
    lengths = np.array([len(review) for review in reviews])
    ends = np.cumsum(np.maximum(lengths - 1, 0))
    parts = np.split(ids, ends[:-1])
    return [np.pad(part, (1, 0)) if length else part for part, length in zip(parts, lengths, strict=True)]
