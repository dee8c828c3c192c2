"""Texts with the same runs of words, and with runs that differ in one thing."""

import numpy as np

from grulab.checks.answer import expect, named
from grulab.checks.texts.words import quoted, runs

PAIRS = (
    # text, text, n, what a wrong verdict means
    ("a b c d", "a b c d", 2, "A text holds the same runs as itself."),
    ("a b c d", "e f g h", 2, "They share no pair. Compare what the runs are, not how many there are."),
    ("The film!", "the film", 2, "Case and punctuation do not matter: split with words()."),
    ("x a b", "y a b", 2, "The first pair of a text counts as well."),
    ("a b c x", "a b c y", 2, "The last pair of a text counts as well."),
    ("a b c", "c b a", 1, "The same single words in another order are the same runs of one."),
    ("a b c", "c b a", 2, "The order inside a run counts."),
    ("a a b", "a b b", 1, "The same words, but not equally often: count them. A set forgets how often."),
    ("a b c", "b c a", 2, "A run does not go on from the last word to the first."),
    ("a b c d", "c d a b", 2, "The runs move on by one word at a time, so they overlap."),
    ("a b a c a", "a c a b a", 2, "Both hold ab, ba, ac, ca once each. Where a run stands does not matter."),
    ("a b", "a b c", 2, "The second has a pair more. Compare both ways."),
    ("a b c", "a b", 2, "The first has a pair more. Compare both ways."),
    ("ab c", "a bc", 2, "Do not glue the words of a run together: ab c is another pair than a bc."),
    ("a b", "c d", 3, "Neither text is long enough for a run of three, so nothing differs."),
    ("", "a", 2, "Neither text is long enough for a pair, so nothing differs."),
    ("a b", "a b c", 3, "One of them has a run of three, the other none."),
    ("a b c d", "a b x c d", 3, "Runs of three words are asked for: n says how long a run is."),
)


def expect_same(answer, a, b, n, sentence):
    """Raise ``Wrong`` with the sentence unless the answer says the truth of two texts."""
    said = answer(a, b, n)
    expect(isinstance(said, bool | np.bool_), f"Return True or False; this is {named(said)}.")
    expect(
        bool(said) == (runs(a, n) == runs(b, n)),
        f"{quoted(a)} and {quoted(b)}, n = {n}: your answer is {bool(said)}. {sentence}",
    )
