"""Follow a review through a model that one can work out by hand, and count who asked the test part."""

import numpy as np
import pytest

from grulab.reading import answers_so_far, answers_without, words_of
from grulab.testset import TestSet


def order_matters(rows):
    """Answer with the digits of the review, as one number: 4, 5 gives 45."""
    return np.array([int("".join(str(i) for i in row if i) or 0) for row in rows])


def test_the_answers_so_far_are_those_to_the_prefixes():
    assert answers_so_far(order_matters, [4, 7, 5]).tolist() == [4, 47, 475]


def test_the_answers_without_leave_one_word_out_and_close_the_gap():
    assert answers_without(order_matters, [4, 7, 5]).tolist() == [75, 45, 47]


def test_a_column_of_answers_is_taken_as_keras_returns_it():
    assert answers_so_far(lambda rows: order_matters(rows)[:, None], [4, 7]).tolist() == [4, 47]


def test_the_padding_stands_behind_the_words():
    seen = []
    answers_so_far(lambda rows: seen.append(rows) or order_matters(rows), [4, 7, 5])
    answers_without(lambda rows: seen.append(rows) or order_matters(rows), [4, 7, 5])
    assert seen[0].tolist() == [[4, 0, 0], [4, 7, 0], [4, 7, 5]]
    assert seen[1].tolist() == [[7, 5, 0], [4, 5, 0], [4, 7, 0]]


def test_each_id_but_padding_has_a_word():
    assert words_of([0, 0, 1, 4, 2, 9], {"film": 4}) == ["·", "film", "[?]", "[?]"]


def test_the_test_part_notes_who_asked():
    test = TestSet([[4], [5], [6]], [1, 0, 1])
    assert len(test) == 3
    assert test.accuracy("first", lambda rows: [0.9, 0.9, 0.1]) == pytest.approx(1 / 3)
    assert test.accuracy("second", lambda rows: np.array([[0.9], [0.1], [0.8]])) == 1
    assert test.asked == ["first", "second"]


def test_a_wrong_number_of_answers_is_an_error_and_counts_for_nothing():
    test = TestSet([[4], [5]], [1, 0])
    with pytest.raises(ValueError, match="expected 2 probabilities"):
        test.accuracy("odd", lambda rows: [0.5])
    assert test.asked == []
    with pytest.raises(ValueError, match="one label"):
        TestSet([[4], [5]], [1])


def test_a_plain_yes_or_no_for_each_review_is_judged():
    test = TestSet([[4], [5]], [1, 0])
    assert test.judge("list", [True, False]) == 1
    assert test.judge("column", np.array([[True], [True]])) == 0.5


def test_a_row_of_answers_on_its_side_and_texts_for_reviews_are_a_sentence():
    test = TestSet([[4], [5]], [1, 0])
    with pytest.raises(ValueError, match=r"probabilities must have the shape \(n, 1\), but has \(1, 2\)"):
        test.judge("row", [[0.9, 0.1]])
    assert test.asked == []
    with pytest.raises(TypeError, match="reviews must be a list of reviews, but is 'ab'"):
        TestSet("ab", [0, 1])


@pytest.mark.parametrize("ask", [answers_so_far, answers_without])
def test_anything_but_one_row_of_ids_is_named(ask):
    for ids in ([], [[4, 5]]):
        with pytest.raises(ValueError, match=r"ids must have the shape \(n,\)"):
            ask(None, ids)
    with pytest.raises(TypeError, match="whole numbers, but has the dtype float64"):
        ask(None, [4.5])
