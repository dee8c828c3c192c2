"""Exercise 05: turn texts into rows, and build a twin.

The functions named ``expect_…`` compare one reply with the reference and name the known mistakes; the hidden
checks call them, too, with inputs of their own.
"""

from collections import Counter

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, named
from grulab.checks.question import example
from grulab.data.text import words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ON = "on the whole"
REVIEW = f"At first the plot seemed dull {ON}. In the end the plot seemed superb {ON}."


def is_whole(value):
    """Return whether a value is one whole number: of Python's or of NumPy's, but no True or False."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def quoted(text):
    """Return a text in quotation marks, the middle left out when it is long."""
    text = str(text)
    return f"“{text}”" if len(text) <= 120 else f"“{text[:60]} … {text[-50:]}”"


def runs(text, n):
    """Count the runs of ``n`` neighbouring words."""
    found = words(text)
    return Counter(tuple(found[i : i + n]) for i in range(len(found) - n + 1))


# ---- question 1 ----


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


def expect_vocabulary(found, texts, num_words):
    """Raise ``Wrong`` unless ``found`` is the vocabulary of the texts."""
    counts = Counter(word for text in texts for word in words(text))
    expected = sorted(counts, key=lambda word: (-counts[word], word))[: num_words - 2]
    expect(isinstance(found, dict), f"Return a dictionary from word to id; this is {named(found)}.")
    expect(
        not found or not all(map(is_whole, found)),
        "This dictionary leads from id to word. Turn it round: a text is looked up word by word.",
    )
    for word, number in found.items():
        expect(isinstance(word, str), f"The dictionary holds words only, but one key is {named(word)}.")
        expect(is_whole(number), f"An id is a whole number; the id of {quoted(word)} is {named(number)}.")
    ids = sorted(map(int, found.values()))
    order = sorted(map(str, found), key=found.get)
    if order == expected and ids == list(range(2, len(ids) + 2)):
        return
    expect(
        not found or any(counts[word] != number for word, number in found.items()),
        "The dictionary holds how often each word occurs. Rank the words by it, and number them.",
    )
    expect(
        not order or max(map(len, order)) > 1 or max(map(len, counts)) == 1,
        "The dictionary holds letters: split each text with words(), then go through the words.",
    )
    for word in order:
        expect(
            word in counts or not (words(word) and set(words(word)) <= set(counts)),
            f"The dictionary holds {quoted(word)} as it stands in the text. Split each text with words().",
        )
        expect(
            word in counts,
            f"The dictionary holds {quoted(word)}, which is no word of these texts. Use nothing but the "
            "texts you are given: fresh texts must not be counted, and padding and unknown words have no "
            "entry.",
        )
    expect(0 not in ids, "A word has the id 0. That id is padding: a mask would hide the word.")
    expect(1 not in ids, "A word has the id 1. That id stands for unknown words: begin with 2.")
    missing = [word for word in expected if word not in found]
    expect_ids_below(ids, len(expected), missing, num_words)
    expect_order(order, expected, counts, texts)


def expect_ids_below(ids, size, missing, num_words):
    """Raise ``Wrong`` unless the sorted ids are those from 2 on, below ``num_words``, one a word."""
    expect(
        not ids or ids[-1] < num_words,
        f"All ids lie below num_words: with num_words={num_words} the highest is at most {num_words - 1}, "
        f"but one of yours is {ids[-1] if ids else 0}. Ids 0 and 1 take up room, too.",
    )
    expect(len(set(ids)) == len(ids), "Two words have the same id: the network could not tell them apart.")
    expect(
        len(ids) >= size,
        f"Some words are missing, {quoted(missing[0] if missing else '')} among them: with "
        f"num_words={num_words} there is room for {size} words of these texts, and the dictionary holds "
        f"{len(ids)}.",
    )
    expect(ids[0] == 2, f"The most frequent word gets the id 2, but the lowest of your ids is {ids[0]}.")
    expect(ids[-1] == len(ids) + 1, "Give the ids one after the other, without gaps.")


def expect_order(order, expected, counts, texts):
    """Raise ``Wrong`` with what is off about the order of the words."""
    times = [counts[word] for word in order]
    if times == [counts[word] for word in expected]:
        expect(
            set(order) == set(expected),
            "Where the table ends, several words are equally frequent, and the wrong ones stay: those that "
            "come first in the alphabet do. Rank all words first, then cut.",
        )
        expect(
            order != sorted(sorted(order, reverse=True), key=lambda word: -counts[word]),
            "Equally frequent words go backwards through the alphabet. reverse=True turns both orders round.",
        )
        one, other = next(pair for pair in zip(order, expected, strict=True) if pair[0] != pair[1])
        raise Wrong(
            f"{quoted(other)} and {quoted(one)} are equally frequent, and the alphabet decides between "
            "them. Here equally frequent words got ids by chance, or by their place in the text."
        )
    in_texts = Counter(word for text in texts for word in set(words(text)))
    by_text = sorted(in_texts, key=lambda word: (-in_texts[word], word))[: len(order)]
    expect(
        order != sorted(order), "These ids go by the alphabet alone. It decides only between equal counts."
    )
    expect(order != list(counts)[: len(order)], "These ids go by the words' places in the texts: count them.")
    expect(order != by_text, "Count each time that a word stands there, not the texts that hold it.")
    expect(times != sorted(times), "The most frequent word comes first; here it comes last.")
    raise Wrong(
        f"The most frequent words come first, with the smallest ids. The words that you rank first occur "
        f"{str(times[:8])[1:-1]} times."
    )


# ---- question 2 ----


@example(stars=1)
def encode(answer):
    """Look up known words, unknown ones, none."""
    vocabulary = {"dull": 4, "the": 2, "film": 3}
    texts = ["The film, dull.", "Dull zebra dull", "", "the DULL (film)", "zebra, A zebra"]
    expect_ids(answer(texts, vocabulary), texts, vocabulary)


def expect_ids(found, texts, vocabulary):
    """Raise ``Wrong`` unless ``found`` holds the ids of the texts' words."""
    expect(
        isinstance(found, list), f"Return a list of lists, one list for each text; this is {named(found)}."
    )
    expect(
        not found or not all(map(is_whole, found)),
        "This is one flat list. Return a list of lists, one list for each text.",
    )
    expect(
        len(found) == len(texts),
        f"There are {len(texts)} texts, but the list that came back has the length {len(found)}. A text "
        "without words becomes [].",
    )
    for text, row in zip(texts, found, strict=True):
        expect(
            isinstance(row, list), f"Return one list of ids for each text; {quoted(text)} gives {named(row)}."
        )
        for one in row:
            expect(one is not None, "A word became None. What does a dictionary say of a word that it lacks?")
            expect(is_whole(one), f"An id is a whole number, but {quoted(text)} gives {named(one)}.")
    found = [[int(one) for one in row] for row in found]
    right = [[vocabulary.get(word, 1) for word in words(text)] for text in texts]
    if found == right:
        return

    def by(split, unknown=1):
        return [[vocabulary.get(word, unknown) for word in split(text)] for text in texts]

    expect(
        found != [[one for one in row if one != 1] for row in right],
        "An unknown word was left out: the list is shorter than the text. Put 1 in its place, else its "
        "neighbours close up.",
    )
    expect(
        found != by(words, 0),
        "An unknown word becomes 1. Id 0 is padding, and no word may look like padding.",
    )
    expect(found != by(words, 2), "An unknown word becomes 1. Here 2 is the most frequent word.")
    expect(found != [[1, *row] for row in right], "There is one id for each word, and none in front of them.")
    expect(
        found not in (by(str.split), by(lambda text: text.lower().split()), by(lambda text: text.split(" "))),
        "Some words are not found for their capital letters or the comma behind them: split with words().",
    )
    expect(found != by(list), "These are ids of letters: split each text with words().")
    for text, row, one in zip(texts, right, found, strict=True):
        expect(row or not one, f"{quoted(text)} has no words and becomes [], not {str(one)[:60]}.")
        number = f"{quoted(text)} has {len(row)} word{'s' * (len(row) != 1)}"
        expect(
            len(one) <= len(row),
            f"{number}, and your list is longer: one id for each word, split by words().",
        )
        expect(
            len(one) >= len(row),
            f"{number}, and your list is shorter: one id for each word, known or not, however often it "
            "stands there.",
        )
        expect(
            one == row or one not in (sorted(row), row[::-1]),
            f"{quoted(text)}: the ids keep the order of the words.",
        )
        for word, id_, mine in zip(words(text), row, one, strict=True):
            expect(
                id_ == mine or word in vocabulary,
                f"{quoted(word)} is unknown. It becomes 1, and yours is {mine}.",
            )
            expect(id_ == mine, f"{quoted(word)} has the id {id_} in the vocabulary, and yours is {mine}.")


# ---- question 3 ----


@example(stars=2)
def pad(answer):
    """Fill and cut on either side, then an empty text, a list that fits, and a large id."""
    ids = [[5, 1], [1, 2, 3, 4, 5, 6]]
    expect_padded(answer(ids, 4), ids, 4)
    for padding in ("pre", "post"):
        for truncating in ("pre", "post"):
            expect_padded(answer(ids, 4, padding, truncating), ids, 4, padding, truncating)
            found = answer(ids, 3, truncating=truncating, padding=padding)
            expect_padded(found, ids, 3, padding, truncating)
    for padding in ("pre", "post"):
        expect_empty_padded(answer, [[], [7], [40_000, 88_583, 2]], 3, padding)


def expect_empty_padded(answer, ids, maxlen, padding="pre", truncating="pre"):
    """Like ``expect_padded``, with a sentence of its own for a text without words that stops the answer."""
    reply = answer.reply(ids, maxlen, padding, truncating)
    if reply.error is not None:
        kind, said, _ = reply.error
        fuller = [row or [7] for row in ids]
        expect_padded(answer(fuller, maxlen, padding, truncating), fuller, maxlen, padding, truncating)
        raise Wrong(f"An empty text stops pad with {kind}: {said[:200]}. It becomes a row of zeros.")
    expect_padded(reply.value, ids, maxlen, padding, truncating)


def padded(ids, maxlen, padding, truncating):
    """Return the rows that the lists become."""
    rows = np.zeros((len(ids), maxlen), int)
    for row, one in zip(rows, ids, strict=True):
        kept = one[:maxlen] if truncating == "post" else one[max(len(one) - maxlen, 0) :]
        start = 0 if padding == "post" else maxlen - len(kept)
        row[start : start + len(kept)] = kept
    return rows


def expect_padded(found, ids, maxlen, padding="pre", truncating="pre"):
    """Raise ``Wrong`` unless ``found`` holds rows and mask of the lists."""
    shape = (len(ids), maxlen)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        f"Return two things, the rows and the mask; this is {named(found)}.",
    )
    rows, mask = found
    for part, what in ((rows, "The rows"), (mask, "The mask")):
        expect(isinstance(part, np.ndarray), f"{what} must be an array, but this is {named(part)}.")
    expect(rows.dtype != bool or mask.dtype == bool, "Return the rows first and the mask second.")
    expect(
        rows.shape[:1] == shape[:1] or [] not in ids,
        f"An empty text is a text, too: {len(ids)} lists become {len(ids)} rows, and yours are {len(rows)}."
        if rows.ndim
        else "The rows are one number.",
    )
    expect(
        rows.shape == shape,
        f"The rows must be (n, maxlen) = {shape}, but their shape is {rows.shape}. Short lists are filled "
        "up, long ones cut.",
    )
    expect(rows.dtype.kind in "iu", f"The ids are whole numbers, but the rows have the dtype {rows.dtype}.")
    expect(mask.dtype == bool, f"The mask is an array of True and False, but its dtype is {mask.dtype}.")
    expect(mask.shape == shape, f"The mask must be (n, maxlen) = {shape}, but its shape is {mask.shape}.")
    expect_rows(rows, ids, maxlen, padding, truncating)
    expect_mask(mask, padded(ids, maxlen, padding, truncating), padding)


def expect_rows(rows, ids, maxlen, padding, truncating):
    """Raise ``Wrong`` unless the array ``rows``, of the right shape, is what the lists become."""
    said = f'padding="{padding}", truncating="{truncating}", maxlen={maxlen}: '
    other = {"pre": "post", "post": "pre"}
    right = padded(ids, maxlen, padding, truncating)
    filled = padded(ids, maxlen, other[padding], truncating)
    cut = padded(ids, maxlen, padding, other[truncating])
    for one, mine, row, turned, kept in zip(ids, rows, right, filled, cut, strict=True):
        if np.array_equal(mine, row):
            continue
        expect(one, f"{said}an empty text becomes a row of zeros, not {mine.tolist()}.")
        if len(one) < maxlen:
            side = "in front of" if padding == "pre" else "behind"
            expect(
                not np.array_equal(mine, turned),
                f'{said}padding="{padding}" fills {side} the words; here the sides are exchanged.',
            )
        elif len(one) > maxlen:
            expect(
                not np.array_equal(mine, kept) or padding == truncating,
                f"{said}{one} was cut on the side that is filled. Only truncating says what is cut; padding "
                "has no say in it.",
            )
            part = "beginning" if truncating == "pre" else "end"
            expect(
                not np.array_equal(mine, kept),
                f'{said}truncating="{truncating}" loses the {part}; here the sides are exchanged.',
            )
        else:
            raise Wrong(f"{said}{one} fits exactly and stays as it is, but it became {mine.tolist()}.")
        raise Wrong(f"{said}{one} should become {row.tolist()}, not {mine.tolist()}.")


def expect_mask(mask, rows, padding):
    """Raise ``Wrong`` unless the array ``mask``, of the right shape, is that of the rows."""
    right = rows != 0
    if np.array_equal(mask, right):
        return
    said = f'padding="{padding}": '
    expect(not np.array_equal(mask, ~right), f"{said}the mask is inverted: True stands for a word.")
    expect(
        not np.array_equal(mask, rows > 1),
        f"{said}the mask hides the id 1. It stands for an unknown word, and that is a word.",
    )
    expect(
        not np.array_equal(mask, right[:, ::-1]),
        f"{said}the mask has its words on the other side of the row.",
    )
    for row, mine in zip(rows, mask, strict=True):
        expect(
            np.array_equal(mine, row != 0),
            f"{said}the mask is True where a word stands, and False at each 0: with the row {row.tolist()} "
            f"it cannot be {mine.tolist()}.",
        )


# ---- question 4 ----


@example(stars=2)
def state_at_last_word(answer):
    """Ask for one text, then words on either side, then in the middle."""
    states = np.random.default_rng(0).normal(size=(3, 5, 2))
    behind = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1], [1, 0, 0, 0, 0]], bool)
    middle = np.array([[0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 1, 1, 1, 0]], bool)
    expect_last_state(answer(states[:1], behind[:1]), states[:1], behind[:1])
    for mask in (behind, behind[:, ::-1].copy(), middle):
        expect_last_state(answer(states, mask), states, mask)


def expect_last_state(found, states, mask):
    """Raise ``Wrong`` unless ``found`` holds the state after the last word of each text."""
    batch, time_steps, units = states.shape
    found = expect_array(found, (batch, units), "The states after the last words")
    each = np.arange(batch)
    first, count = mask.argmax(axis=1), mask.sum(axis=1)
    last = first + count - 1  # words stand side by side

    def is_like(other):
        return np.allclose(found, other, rtol=0, atol=1e-5)

    if is_like(states[each, last]):
        return
    rows = "; ".join("".join("■" if one else "·" for one in row) for row in mask[:3])
    where = f"With words at ■ and padding at · in {rows}: "
    expect(
        not is_like(states[each, (last + 1) % time_steps]),
        f"{where}this is one step too far. Three words stand in columns 0, 1 and 2: columns count from 0.",
    )
    expect(
        not is_like(states[:, -1]),
        f"{where}this is states[:, -1], the state after the last step. With padding behind the words that "
        "is a padded step.",
    )
    expect(
        not is_like(states[each, count - 1]) and not is_like(states[each, count % time_steps]),
        f"{where}the number of words was taken for a place. With padding in front the last word stands "
        "further on.",
    )
    expect(not is_like(states[each, first]), f"{where}this is the state after the first word.")
    expect(not is_like(states[each, last - 1]), f"{where}this is one step too early.")
    expect(
        not is_like(states[:, last[0]]) and not is_like(states[:, last[-1]]),
        f"{where}all texts got the same column. Each row of the mask has a last word of its own.",
    )
    kept = states * mask[:, :, None]
    expect(
        not any(
            is_like(one)
            for one in (
                kept.sum(axis=1),
                kept.mean(axis=1),
                kept.sum(axis=1) / count[:, None],
                states.mean(axis=1),
            )
        ),
        f"{where}this is a sum or a mean over the steps. One step is asked for: that of the last word.",
    )
    wrong = next(i for i in each if not np.allclose(found[i], states[i, last[i]], rtol=0, atol=1e-5))
    raise Wrong(f"{where}text {wrong} has its last word in column {last[wrong]}, and its state is another.")


# ---- question 5 ----

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


def expect_same(answer, a, b, n, sentence):
    """Raise ``Wrong`` with the sentence unless the answer says the truth of two texts."""
    said = answer(a, b, n)
    expect(isinstance(said, bool | np.bool_), f"Return True or False; this is {named(said)}.")
    expect(
        bool(said) == (runs(a, n) == runs(b, n)),
        f"{quoted(a)} and {quoted(b)}, n = {n}: your answer is {bool(said)}. {sentence}",
    )


# ---- question 6 ----


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


def exchanged_words(review, first, second):
    """Return the list of words after the exchange."""
    turned = {first: second, second: first}
    return [turned.get(word, word) for word in words(review)]


def is_twin(review, first, second):
    """Return whether the exchange keeps the counts of words and pairs."""
    text = " ".join(exchanged_words(review, first, second))
    return all(runs(review, n) == runs(text, n) for n in (1, 2))


def expect_twin(answer, review, first, second):
    """Raise ``Wrong`` unless the answer exchanges the two words of a review that has a twin."""
    where = f"{quoted(review)}, {first} and {second}: "
    reply = answer.reply(review, first, second)
    if reply.error is not None and reply.error[0] == "ValueError":
        raise Wrong(
            f"{where}this exchange keeps all words and pairs, so return the text; but twin stops with "
            f"ValueError: {reply.error[1][:200].rstrip('.')}. If twin asks same_ngrams, see first whether "
            "that is right."
        )
    result = reply.value if reply.error is None else answer(review, first, second)
    expect(isinstance(result, str), f"Return a text; this is {named(result)}.")
    before, after, mine = words(review), exchanged_words(review, first, second), words(result)
    if mine == after:
        return
    expect(mine != before, f"{where}the text has not changed: exchange the two words.")
    expect(
        first in mine and second in mine,
        f"{where}one of the two words is gone. Whoever replaces one word first turns both into one: decide "
        "for each word once.",
    )
    for word in mine:
        expect(
            word in before, f"{where}{quoted(word)} came in. Exchange whole words only: dullish is not dull."
        )
    expect(len(mine) == len(before), f"{where}the number of words has changed.")
    others = {word for word in before if word not in (first, second)}
    expect(
        any(one != other for one, other in zip(mine, before, strict=True) if other in others),
        f"{where}exchange the two words wherever they stand, not once only.",
    )
    raise Wrong(f"{where}exchange the two words, and leave all others as they are, in their order.")


def expect_no_twin(answer, review, first, second, why):
    """Raise ``Wrong`` unless the answer refuses an exchange that changes counts."""
    where = f"{quoted(review)}, {first} and {second}: {why}"
    reply = answer.reply(review, first, second)
    expect(reply.error is not None, f"{where} This is no twin: raise a ValueError.")
    kind, said, _ = reply.error
    expect(kind == "ValueError", f"{where} Raise a ValueError; this is {kind}: {said[:200]}")
    expect(said.strip(), f"{where} Say so in the ValueError: its text is empty.")
