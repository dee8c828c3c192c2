"""Hold the word counts against scikit-learn's own, and against what they must not see."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from grulab import baselines
from grulab.baselines import binomial_interval, fit_counts, majority_accuracy, ngrams
from grulab.data import twins
from grulab.data.text import words


def reviews(n=200, ids=60, seed=0):
    """Draw reviews whose label is whether id 5 is more frequent than id 6."""
    rng = np.random.default_rng(seed)
    rows = [rng.integers(4, ids, rng.integers(5, 40)) for _ in range(n)]
    labels = np.array([int(np.sum(row == 5) >= np.sum(row == 6)) for row in rows])
    return rows, labels


@pytest.mark.parametrize("longest", [1, 2, 4])
def test_the_probabilities_are_those_of_scikit_learns_vectorizer(longest):
    rows, labels = reviews()
    texts = [" ".join(f"w{i}" for i in row) for row in rows]
    vectorizer = TfidfVectorizer(ngram_range=(1, longest), sublinear_tf=True)
    classifier = LogisticRegression(C=10, max_iter=1000).fit(
        vectorizer.fit_transform(texts[:150]), labels[:150]
    )
    expected = classifier.predict_proba(vectorizer.transform(texts[150:]))[:, 1]
    model = fit_counts(rows[:150], labels[:150], longest)
    np.testing.assert_allclose(model.predict(rows[150:]), expected, atol=1e-3)


def test_runs_end_where_their_review_ends():
    codes, rows = ngrams([[4, 5, 6], [7], [], [5, 6]], 2)
    assert rows.tolist() == [0, 0, 3]
    assert codes[1] == codes[2] != codes[0]
    assert ngrams([[4, 5, 6], [7], [], [5, 6]], 1)[1].tolist() == [0, 0, 0, 1, 3, 3]
    assert len(ngrams([[4, 5], [6]], 3)[0]) == 0


def test_runs_of_different_lengths_never_share_a_code():
    largest = 2**15 - 1
    review = [1, 2, largest, largest, largest, largest, 1]
    codes = [set(ngrams([review], n)[0].tolist()) for n in (1, 2, 3, 4)]
    assert [len(each) for each in codes] == [3, 4, 4, 4]
    assert len(set.union(*codes)) == 15
    assert min(set.union(*codes)) > 0


def test_padding_counts_for_nothing():
    rows, labels = reviews(80)
    padded = np.zeros((80, 45), int)
    for target, row in zip(padded, rows, strict=True):
        target[45 - len(row) :] = row
    plain, same = fit_counts(rows, labels, 2), fit_counts(list(padded), labels, 2)
    np.testing.assert_array_equal(plain.predict(rows), same.predict(list(padded)))


def test_the_most_frequent_runs_are_kept_and_unseen_ones_left_out():
    rows = [[4, 4, 4, 5, 5, 6], [4, 4, 5, 7]]
    model = fit_counts(rows, [0, 1], features=2)
    assert model.count([[4, 5, 5, 6, 9_999]]).toarray().tolist() == [[1, 2]]


def test_blocks_of_reviews_bound_the_memory_and_change_nothing(monkeypatch):
    rows, labels = reviews()
    at_once = fit_counts(rows, labels, 2)
    monkeypatch.setattr(baselines, "BLOCK", 7)
    in_blocks = fit_counts(rows, labels, 2)
    np.testing.assert_array_equal(in_blocks.vocabulary, at_once.vocabulary)
    np.testing.assert_array_equal(in_blocks.predict(rows), at_once.predict(rows))


def test_nothing_is_learnt_from_the_reviews_that_are_judged():
    rows, labels = reviews()
    model = fit_counts(rows[:100], labels[:100])
    alone = model.predict(rows[100:101])
    np.testing.assert_array_equal(model.predict(rows[100:])[:1], alone)


def test_two_fits_are_equal():
    rows, labels = reviews()
    np.testing.assert_array_equal(
        fit_counts(rows, labels, 2).predict(rows), fit_counts(rows, labels, 2).predict(rows)
    )


def test_counts_give_both_twins_one_answer():
    train, fresh = twins.corpus(train=600, test=120)
    number = {}
    ids = [
        [number.setdefault(word, len(number) + 4) for word in words(text)]
        for text in train.texts + fresh.texts
    ]
    model = fit_counts(ids[:600], train.labels, longest=4)
    answers = model.predict(ids[600:])
    for pair in np.unique(fresh.pair[fresh.pair >= 0]):
        first, second = answers[fresh.pair == pair]
        assert first == pytest.approx(second, abs=1e-12)


def test_the_majority_comes_from_the_training_labels():
    assert majority_accuracy([1, 1, 0], [0, 0, 0, 1]) == 0.25


def test_the_interval_of_the_course():
    low, high = binomial_interval(0.87, 25_000)
    assert 0.0040 < high - 0.87 < 0.0044
    assert high - 0.87 == pytest.approx(0.87 - low, rel=0.03)


@pytest.mark.parametrize("n", [1, 10, 600, 25_000])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_both_ends_of_the_interval_are_a_z_away_from_what_was_seen(share, n):
    for end in binomial_interval(share, n):
        assert abs(share - end) == pytest.approx(1.96 * (end * (1 - end) / n) ** 0.5, abs=1e-9)


def test_ten_of_ten_leave_room_for_doubt():
    low, high = binomial_interval(1.0, 10)
    assert 0.7 < low < 0.75
    assert high == 1


@pytest.mark.parametrize(("accuracy", "n"), [(1.2, 10), (-0.1, 10), (0.5, 0), (float("nan"), 10)])
def test_an_impossible_accuracy_is_an_error(accuracy, n):
    with pytest.raises(ValueError, match=r"(accuracy|n) is .*, but it must be (at least|a finite number)"):
        binomial_interval(accuracy, n)


@pytest.mark.parametrize("n", [0, 5])
def test_runs_of_other_lengths_are_an_error(n):
    with pytest.raises(ValueError, match=f"given n = {n}"):
        ngrams([[4, 5]], n)


@pytest.mark.parametrize(("identity", "n"), [(-1, 1), (2**20, 1), (2**15, 4)])
def test_an_id_that_does_not_fit_is_an_error(identity, n):
    with pytest.raises(ValueError, match=f"ids lie from 0 to .* for runs of {n}"):
        ngrams([[4, 5, 6, identity]], n)


@pytest.mark.parametrize("labels", [[1, 1], [0], [], [0, 2]])
def test_labels_are_one_zero_or_one_for_each_review(labels):
    with pytest.raises(ValueError, match="one label for each of the 2 reviews"):
        fit_counts([[4, 5], [6]], labels)


def test_what_cannot_be_counted_is_named():
    with pytest.raises(ValueError, match="longest = 9"):
        fit_counts([[4, 5], [6]], [0, 1], longest=9)
    with pytest.raises(TypeError, match="whole numbers, but has the dtype float64"):
        ngrams([[4.5]], 1)
    with pytest.raises(ValueError, match="there are 0 and 1"):
        majority_accuracy([], [1])


def test_the_interval_takes_small_whole_numbers_of_numpy():
    assert binomial_interval(0.5, np.uint8(200), np.int8(20)) == binomial_interval(0.5, 200, 20)


def test_one_number_is_no_review_and_no_review_has_no_accuracy():
    with pytest.raises(
        TypeError, match=r"reviews\[0\] must be a row of whole numbers, but is of type ndarray"
    ):
        ngrams([np.array(5)], 1)
    with pytest.raises(ValueError, match=r"reviews must hold at least one review, but is empty\."):
        fit_counts([[4, 5], [6]], [0, 1]).accuracy([], [])
