"""Exercise 05: turn texts into rows, and build a twin."""

import numpy as np

from grulab.checks.question import example
from grulab.checks.texts.ids import expect_ids
from grulab.checks.texts.ngrams import PAIRS, expect_same
from grulab.checks.texts.rows import expect_empty_padded, expect_padded, expect_sides_used
from grulab.checks.texts.states import expect_last_state
from grulab.checks.texts.twins import expect_no_twin, expect_twin
from grulab.checks.texts.vocabulary import expect_vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ON = "on the whole"
REVIEW = f"At first the plot seemed dull {ON}. In the end the plot seemed superb {ON}."


@example(stars=1)
def build_vocabulary(answer):
    """Count, rank, number: then ties, and the border of the table."""
    texts = ["The film, the film!", "a film on a plot, on"]
    expect_vocabulary(answer(texts, 100), texts, 100)
    # each word once: the alphabet alone decides, also on which words stay
    for order in (LETTERS[9:] + LETTERS[:9], LETTERS, LETTERS[::-1]):
        texts = [" ".join(order)]
        expect_vocabulary(answer(texts, 100), texts, 100)
        expect_vocabulary(answer(texts, 5), texts, 5)


@example(stars=1)
def encode(answer):
    """Look up known words, unknown ones, none."""
    vocabulary = {"dull": 4, "the": 2, "film": 3}
    texts = ["The film, dull.", "Dull zebra dull", "", "the DULL (film)", "zebra, A zebra"]
    expect_ids(answer(texts, vocabulary), texts, vocabulary)


@example(stars=2)
def pad(answer):
    """Fill and cut on either side, then an empty text, a list that fits, and a large id."""
    ids = [[5, 1], [1, 2, 3, 4, 5, 6]]
    expect_padded(answer(ids, 4), ids, 4)
    expect_sides_used(answer, ids, 4)
    for padding in ("pre", "post"):
        for truncating in ("pre", "post"):
            expect_padded(answer(ids, 4, padding, truncating), ids, 4, padding, truncating)
            found = answer(ids, 3, truncating=truncating, padding=padding)
            expect_padded(found, ids, 3, padding, truncating)
    for padding in ("pre", "post"):
        expect_empty_padded(answer, [[], [7], [40_000, 88_583, 2]], 3, padding)


@example(stars=2)
def state_at_last_word(answer):
    """Ask for one text, then words on either side, then in the middle."""
    states = np.random.default_rng(0).normal(size=(3, 5, 2))
    behind = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1], [1, 0, 0, 0, 0]], bool)
    middle = np.array([[0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 1, 1, 1, 0]], bool)
    expect_last_state(answer(states[:1], behind[:1]), states[:1], behind[:1])
    for mask in (behind, behind[:, ::-1].copy(), middle):
        expect_last_state(answer(states, mask), states, mask)


@example(stars=2)
def same_ngrams(answer):
    """Try short texts, one for each known mistake, then two twins."""
    for a, b, n, sentence in PAIRS:
        expect_same(answer, a, b, n, sentence)
    exchanged = {"dull": "superb", "superb": "dull"}
    other = " ".join(exchanged.get(word, word) for word in REVIEW.split(" "))
    for n in range(1, 7):
        expect_same(
            answer, REVIEW, other, n, "Twins share all runs of up to four words, and differ in longer ones."
        )


@example(stars=3)
def twin(answer):
    """Exchange two words where that makes a twin; refuse where it does not."""
    expect_twin(answer, REVIEW, "superb", "dull")
    expect_twin(answer, REVIEW, "dull", "superb")
    expect_twin(answer, REVIEW.replace("whole", "dullish, superbly whole"), "superb", "dull")
    expect_twin(answer, "They say it is dull; they say it is superb; they laugh.", "dull", "superb")
    four = ", ".join(f"the plot seemed {word} {ON}" for word in ("dull", "dull", "superb", "superb"))
    expect_twin(answer, four, "dull", "superb")
    expect_no_twin(
        answer,
        "At first superb, in the end dull.",
        "superb",
        "dull",
        "The pairs differ after the exchange (first superb, first dull). Compare pairs, not words alone.",
    )
    expect_no_twin(
        answer,
        "The plot was dull and the plot was dull and the plot was superb and so on.",
        "superb",
        "dull",
        "One word stands twice and the other once, so the counts differ, though the sets of pairs are equal.",
    )
    expect_no_twin(
        answer,
        "It was dull then it was dull then we felt dull now it was superb then we felt superb now we felt "
        "superb now.",
        "superb",
        "dull",
        "Each pair stands there before and after (was dull, felt superb, …), but not equally often: count "
        "them.",
    )
    expect_no_twin(
        answer,
        "dull and superb and dull.",
        "superb",
        "dull",
        "The pairs stay the same here, but one word stands twice before and once after. Compare words, too.",
    )
