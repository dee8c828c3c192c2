"""Hidden checks of exercise 05: fresh texts of made-up words, fresh ids, masks, runs and twins."""

from collections import Counter

import numpy as np

from grulab.checks.texts.ids import expect_ids
from grulab.checks.texts.ngrams import expect_same
from grulab.checks.texts.rows import expect_empty_padded, expect_padded
from grulab.checks.texts.states import expect_last_state
from grulab.checks.texts.twins import expect_no_twin, expect_twin, is_twin
from grulab.checks.texts.vocabulary import expect_vocabulary
from grulab.checks.texts.words import runs
from grulab.data import twins
from grulab.data.text import words

_SYLLABLES = ("ba", "de", "fi", "gol", "hu", "ka", "lem", "mo", "nir", "pa", "ru", "sen", "ti", "vo", "zu")
_ACCENT = "é"
_BETWEEN = (" ", " ", " ", ", ", ". ", "! ", " – ", "; ", " (", ") ", '" ', "\n", "_", "/", " ... ")
_PLAIN = (" ", " ", ", ", ". ", "! ", "; ", "\n")


def _made_up(rng, count):
    """Return different made-up words. The first has an accent, and one in ten of the others.

    No word with an accent begins like another one, so that the order of the alphabet is beyond dispute.
    """
    found, plain = [], []
    while len(found) < count:
        word = "".join(_SYLLABLES[i] for i in rng.integers(len(_SYLLABLES), size=rng.integers(1, 5)))
        is_accented = not found or rng.random() < 0.1
        if word not in plain and not any(
            (is_accented or one.endswith(_ACCENT)) and (start.startswith(word) or word.startswith(start))
            for one, start in zip(found, plain, strict=True)
        ):
            found.append(word + _ACCENT * is_accented)
            plain.append(word)
    return found


def _written(rng, chosen, kept=(), between=_BETWEEN):
    """Return a text of the words, with random case and punctuation; the words ``kept`` stay in lower case."""
    styles, marks = rng.integers(0, (4, len(between)), (len(chosen), 2)).T
    text = ""
    for word, style, mark in zip(map(str, chosen), styles, marks, strict=True):
        if word not in kept and style < 2:
            word = (word.upper(), word.capitalize())[style]
        text += word + between[mark]
    return text if rng.random() < 0.5 else f"… {text.strip()}"


def _texts(rng, known):
    """Return random texts of random words, an empty one among them at times."""
    weights = rng.dirichlet(np.full(len(known), 0.7))
    lengths = rng.integers(1, 30, rng.integers(2, 8))
    texts = [_written(rng, rng.choice(known, length, p=weights)) for length in lengths]
    texts[-1] += f" {known[0]}"
    if rng.random() < 0.5:
        texts.insert(rng.integers(len(texts) + 1), str(rng.choice(["", "…!", " "])))
    return texts


def build_vocabulary(answer, rng):
    """Count random texts, with room for all words and for some."""
    for _ in range(3):
        texts = _texts(rng, _made_up(rng, rng.integers(4, 30)))
        size = len(Counter(word for text in texts for word in words(text)))
        for num_words in (
            size + 2,
            size + 20,
            int(rng.integers(2, size + 2)),
            int(rng.integers(2, size + 2)),
        ):
            expect_vocabulary(answer(texts, num_words), texts, num_words)


def encode(answer, rng):
    """Look random texts up in random vocabularies, in any order, at times without a word."""
    for is_small in (False, True, True):
        known = _made_up(rng, rng.integers(4, 20))
        texts = _texts(rng, known)
        chosen = rng.permutation(known)[: rng.integers(0, len(known))] if is_small else known[:-1]
        ids = rng.permutation(len(chosen)) + 2
        vocabulary = {str(word): int(number) for word, number in zip(chosen, ids, strict=True)}
        expect_ids(answer(texts, vocabulary), texts, vocabulary)


def pad(answer, rng):
    """Bring ragged lists to random lengths, on all sides."""
    for padding in ("pre", "post"):
        for truncating in ("pre", "post"):
            maxlen = int(rng.integers(1, 9))
            lengths = rng.permutation(
                [maxlen, maxlen + rng.integers(1, 6), *rng.integers(1, 14, rng.integers(0, 5))]
            )
            ids = [rng.integers(1, rng.choice([4, 90_000]), length).tolist() for length in lengths]
            expect_padded(answer(ids, maxlen, padding, truncating), ids, maxlen, padding, truncating)
            ids.insert(rng.integers(len(ids) + 1), [])
            expect_empty_padded(answer, ids, maxlen, padding, truncating)


def state_at_last_word(answer, rng):
    """Find last words with padding in front, behind and on both sides, each row on its own."""
    for side in ("behind", "in front", "both", "any"):
        batch, units = rng.integers(1, 7, 2)
        time_steps = int(rng.integers(1, 10))
        mask = np.zeros((batch, time_steps), bool)
        for row in mask:
            length = rng.integers(1, time_steps + 1)
            room = time_steps - length
            kind = side if side != "any" else rng.choice(["behind", "in front"])
            start = {"behind": 0, "in front": room, "both": rng.integers(room + 1)}[str(kind)]
            row[start : start + length] = True
        states = rng.normal(size=(batch, time_steps, units))
        expect_last_state(answer(states, mask), states, mask)


def same_ngrams(answer, rng):
    """Compare random texts whose runs are the same in another order, or differ in one count alone."""
    for n in (1, 2, int(rng.integers(3, 6))):
        known = _made_up(rng, 12)
        x, y, z, *others = known
        joint = others[: n - 1]  # blocks between equal joints change places without a change of runs
        one, other = (list(rng.choice(known, rng.integers(1, 6))) for _ in range(2))
        for a, b, sentence in (
            (
                [*joint, *one, *joint, *other, *joint],
                [*joint, *other, *joint, *one, *joint],
                "Where a run stands does not matter.",
            ),
            (
                [z, *[x] * (n + 1)],
                [z, *[x] * (n + 2)],
                "One run stands once more in one of them: count them.",
            ),
            (
                [z, *[x] * (n + 2)],
                [z, *[x] * (n + 1)],
                "One run stands once more in one of them: count them.",
            ),
            (
                [*[x] * (n + 2), *[y] * (n + 1)],
                [*[x] * (n + 1), *[y] * (n + 2)],
                "They hold the same runs, but not equally often: count them.",
            ),
            ([*one, x, *joint], [*one, y, *joint], "One word is another: look at all the runs that hold it."),
            ([*joint, x], [*joint, y], "The last run of a text counts as well."),
            ([x, *joint], [y, *joint], "The first run of a text counts as well."),
            ([*one, *other], [*other, *one], "See which runs stand there, and how often."),
            ([*one, *other], [*one, *other][::-1], "The order inside a run counts."),
            (joint, others[-1:], "A text of fewer than n words holds no run."),
            (others[:n], others[: n - 1], "A text of n words holds one run, a shorter one none."),
        ):
            expect_same(answer, _written(rng, a), _written(rng, b), n, sentence)
    # as many letters, other words
    expect_same(answer, f"{x}{y} {z}", f"{x} {y}{z}", 2, "Do not glue the words of a run together.")


def twin(answer, rng):
    """Exchange verdicts of fresh twins, then made-up words between neighbours that are the same or not."""
    _, fresh = twins.corpus(train=12, test=12, seed=int(rng.integers(2**32)))
    verdicts = set(twins.PRAISE + twins.BLAME)
    for text, number in zip(fresh.texts[:8], fresh.pair[:8], strict=True):
        found = [word for word in words(text) if word in verdicts]
        if number >= 0:
            expect_twin(answer, text, *rng.permutation(found).tolist())
        others = [word for word in set(text.split()) if word.islower() and word.isalpha()]
        others = sorted(word for word in others if words(text).count(word) == text.split().count(word))
        first, second = rng.choice(others, 2, replace=False).tolist()
        _expect_verdict(answer, text, first, second)
    first, second, *known = _made_up(rng, 12)
    left, right, end, *fillers = known
    for shape in (
        [left, first, right, *fillers, left, second, right],
        [left, second, right, left, first, right, *fillers, left, first, right, left, second, right],
        [left, first, right, *fillers, left, second, end],
        [left, first, right, *fillers, end, second, right],
        # equal pairs, though not between the same two neighbours
        [left, first, right, end, first, fillers[0], left, second, fillers[0], end, second, right],
        [left, first, right, left, second, right, left, second, right],
        [first, left, second, left, first],
        [*[left, first, right] * 2, end, first, end, left, second, right, *[end, second] * 2, end],
        [*fillers, left, first, left, second, left, f"{first}{end}", f"{end}{second}"],
    ):
        _expect_verdict(answer, _written(rng, shape, (first, second), _PLAIN), first, second)


def _expect_verdict(answer, text, first, second):
    """Expect the exchange where it makes a twin, and a refusal where it does not."""
    if is_twin(text, first, second):
        expect_twin(answer, text, first, second)
    else:
        changed = " ".join({first: second, second: first}.get(word, word) for word in words(text))
        n = 1 if runs(text, 1) != runs(changed, 1) else 2
        what = "words" if n == 1 else "pairs"
        expect_no_twin(
            answer,
            text,
            first,
            second,
            f"The {what} after the exchange are others, or not equally often there: count them.",
        )
