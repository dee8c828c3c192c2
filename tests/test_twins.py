"""The embedded corpus: what its twins share, what they do not, and what training never sees."""

from collections import Counter

import numpy as np
import pytest

from grulab.data.text import words
from grulab.data.twins import BLAME, HELD_OUT, OPENINGS, PRAISE, corpus

VERDICTS = {word: int(word in PRAISE) for word in PRAISE + BLAME}


@pytest.fixture(scope="module")
def parts():
    return corpus()


@pytest.fixture(scope="module", params=["train", "test"])
def part(request, parts):
    return parts[("train", "test").index(request.param)]


def twins_of(part):
    """Return the rows of each pair, as a list of two row numbers."""
    rows = {}
    for row, pair in enumerate(part.pair):
        if pair >= 0:
            rows.setdefault(pair, []).append(row)
    return list(rows.values())


def combinations(text):
    """Read the (opening, verdict word) combinations out of a text, in their order."""
    found = []
    for sentence in text.split(". "):
        for opening in (opening for pair in OPENINGS for opening in pair):
            if sentence.startswith(f"{opening} the "):
                found += [(opening, word) for word in words(sentence) if word in VERDICTS]
    return found


def ngrams(text, n):
    """Count the runs of ``n`` neighbouring words of a text."""
    found = words(text)
    return Counter(tuple(found[at : at + n]) for at in range(len(found) - n + 1))


def test_a_third_is_plain_and_half_of_the_twins_have_the_winner_last(part):
    size = len(part.texts)
    assert Counter(part.kind.tolist()) == dict.fromkeys(("plain", "winner-first", "winner-last"), size // 3)
    assert np.array_equal(part.kind == "plain", part.pair < 0)
    for kind in set(part.kind):
        assert part.labels[part.kind == kind].mean() == 0.5


def test_twins_hold_the_same_words_pairs_triples_and_quadruples_but_not_all_runs(part):
    pairs = twins_of(part)
    assert len(pairs) == len(part.texts) // 3
    for first, second in pairs:
        assert part.labels[first] + part.labels[second] == 1
        assert part.kind[first] == part.kind[second]
        one, other = part.texts[first], part.texts[second]
        assert one != other
        for n in (1, 2, 3, 4):
            assert ngrams(one, n) == ngrams(other, n)
        assert ngrams(one, 6) != ngrams(other, 6)
    told_by_fives = [ngrams(part.texts[a], 5) != ngrams(part.texts[b], 5) for a, b in pairs]
    assert 0 < sum(told_by_fives) < len(pairs)


def test_the_verdict_is_the_word_after_the_winning_opening(part):
    winning = {win for _, win in OPENINGS}
    for text, label, kind in zip(part.texts, part.labels, part.kind, strict=True):
        found = combinations(text)
        assert [VERDICTS[word] for opening, word in found if opening in winning] == [label]
        wins = [opening in winning for opening, _ in found]
        assert wins == {"plain": [True], "winner-first": [True, False], "winner-last": [False, True]}[kind]


def test_training_never_sees_what_is_held_out_and_the_test_part_says_where_it_does(parts):
    train, test = parts
    assert not train.held_out.any()
    for one in parts:
        expected = [not HELD_OUT.isdisjoint(combinations(text)) for text in one.texts]
        assert one.held_out.tolist() == expected
    seen = {combination for text in test.texts for combination in combinations(text)}
    assert seen >= HELD_OUT
    # each opening and each word is known from training all the same
    known = {combination for text in train.texts for combination in combinations(text)}
    assert {opening for opening, _ in known} == {opening for pair in OPENINGS for opening in pair}
    assert {word for _, word in known} == set(VERDICTS)


def test_no_text_stands_twice(parts):
    texts = [text for part in parts for text in part.texts]
    assert len(set(texts)) == len(texts)


def test_sizes_in_words(parts):
    train, test = parts
    lengths = [len(words(text)) for part in parts for text in part.texts]
    assert max(lengths) < 48
    vocabulary = {word for text in train.texts for word in words(text)}
    assert 78 <= len(vocabulary) <= 120
    assert vocabulary >= {word for text in test.texts for word in words(text)}


def test_the_seed_decides():
    first, again, other = (corpus(24, 12, seed)[0] for seed in (3, 3, 4))
    assert first.texts == again.texts
    assert np.array_equal(first.labels, again.labels)
    assert first.texts != other.texts


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [((10, 12), "train must be .* multiple of 12, not 10"), ((12, 0), "test must be .* not 0")],
)
def test_sizes_that_cannot_be_shared_out(sizes, sentence):
    with pytest.raises(ValueError, match=sentence):
        corpus(*sizes)
