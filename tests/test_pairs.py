"""Pairs of words as ids: the most frequent ones are known, and each stands at its second word."""

import numpy as np
import pytest

from grulab.pairs import frequent_pairs, pair_ids


@pytest.fixture
def reviews():
    return [np.array(row) for row in ([1, 5, 6, 5, 6], [1], [], [1, 5, 7], [6, 5])]


def test_frequent_pairs_are_the_most_frequent_ones(reviews):
    # 1 5 and 5 6 stand there twice; 6 5 too, once at the end of a review
    assert len(frequent_pairs(reviews, 10)) == 4
    known = frequent_pairs(reviews, 3)
    assert len(known) == 3
    assert (np.diff(known) > 0).all()
    assert pair_ids([np.array([5, 7])], known)[0].tolist() == [0, 0]


def test_each_pair_has_its_id_at_its_second_word(reviews):
    known = frequent_pairs(reviews, 10)
    ids = pair_ids(reviews, known)
    assert [len(row) for row in ids] == [5, 1, 0, 3, 2]
    assert all(row[0] == 0 for row in ids if len(row))
    assert ids[0][1] == ids[3][1] > 0
    assert ids[0][2] == ids[0][4]
    assert ids[0][3] == ids[4][1]
    assert sorted({number for row in ids for number in row.tolist()}) == [0, 1, 2, 3, 4]


def test_a_pair_that_was_never_seen_has_no_id(reviews):
    known = frequent_pairs(reviews, 10)
    assert pair_ids([np.array([7, 7, 5, 6])], known)[0].tolist()[:3] == [0, 0, 0]


def test_no_pair_reaches_over_the_end_of_a_review():
    known = frequent_pairs([np.array([1, 2]), np.array([3, 4])], 10)
    assert len(known) == 2


@pytest.mark.parametrize(
    ("given", "codes", "sentence"),
    [
        ([[5, 6], [0, 0, 5, 6]], [1, 2], r"reviews\[1\] must be ids without padding, but holds a 0\."),
        ([], [1, 2], r"reviews must hold at least one review, but is empty\."),
        ([[5, 6]], [2, 1], "known must be sorted and hold each code once, as frequent_pairs returns them"),
        ([[5, 6]], [1, 1], "known must be sorted and hold each code once"),
    ],
)
def test_padded_reviews_no_reviews_and_unsorted_codes_are_a_sentence(given, codes, sentence):
    with pytest.raises(ValueError, match=sentence):
        pair_ids(given, codes)
