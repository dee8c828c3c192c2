"""Answers to exercise 05: text."""

import re
from collections import Counter, OrderedDict, defaultdict
from itertools import groupby, islice, pairwise

import numpy as np

from answers import Answers
from grulab.data import twins
from grulab.data.text import words

answers = Answers("ex05")


# ---- build_vocabulary ----


@answers.right("build_vocabulary")
def sorted_twice(texts, num_words):
    counts = defaultdict(int)
    for text in texts:
        for word in words(text):
            counts[word] += 1
    ranked = sorted(sorted(counts), key=counts.get, reverse=True)
    vocabulary = OrderedDict()
    for place, word in enumerate(ranked[: num_words - 2]):
        vocabulary[word] = place + 2
    return vocabulary


@answers.right("build_vocabulary")
def with_numpy(texts, num_words):
    every = [word for text in texts for word in words(text)]
    found, counts = np.unique(every, return_counts=True)
    order = np.lexsort((found, -counts))
    return dict(zip(found[order][: num_words - 2], np.arange(2, num_words), strict=False))


@answers.right("build_vocabulary")
def one_after_the_other(texts, num_words):
    left = {}
    for word in words(" ".join(texts)):
        left[word] = left.get(word, 0) + 1
    vocabulary = {}
    while left and len(vocabulary) + 2 < num_words:
        most = max(left.values())
        best = min(word for word, count in left.items() if count == most)
        vocabulary[best] = len(vocabulary) + 2
        del left[best]
    return vocabulary


@answers.right("build_vocabulary")
def by_most_common_of_sorted(texts, num_words):
    every = []
    for text in texts:
        every += words(text)
    ranked = Counter(sorted(every)).most_common(num_words - 2)
    return {word: i + 2 for i, (word, _) in enumerate(ranked)}


@answers.right("build_vocabulary")
def in_groups(texts, num_words):
    every = sorted(word for text in texts for word in words(text))
    counted = sorted((-len(list(group)), word) for word, group in groupby(every))
    ids = range(2, num_words)
    return Counter({word: i for (_, word), i in zip(counted, ids, strict=False)})


@answers.right("build_vocabulary")
def in_alphabetical_order(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    rank = {word: 2 + sum((-counts[one], one) < (-counts[word], word) for one in counts) for word in counts}
    return {word: rank[word] for word in sorted(rank) if rank[word] < num_words}


def ranked_words(texts):
    counts = Counter(word for text in texts for word in words(text))
    return sorted(counts, key=lambda word: (-counts[word], word))


@answers.wrong("build_vocabulary", "id 0.*padding")
def ids_from_zero(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts)[:num_words])}


@answers.wrong("build_vocabulary", "id 1.*unknown")
def ids_from_one(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts), start=1) if i < num_words}


@answers.wrong("build_vocabulary", "gets the id 2, but the lowest of your ids is 4")
def ids_from_four(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts), start=4) if i < num_words}


@answers.wrong("build_vocabulary", "fresh texts must not be counted")
def fresh_texts_counted(texts, num_words):
    _, fresh = twins.corpus(train=12, test=12)
    return {word: i for i, word in enumerate(ranked_words([*texts, *fresh.texts]), start=2) if i < num_words}


@answers.wrong("build_vocabulary", "padding and unknown words have no entry")
def signs_as_words(texts, num_words):
    signs = {"<pad>": 0, "<unk>": 1}
    return signs | {word: i for i, word in enumerate(ranked_words(texts), start=2) if i < num_words}


@answers.wrong("build_vocabulary", "have no entry|id 0")
def signs_as_later_words(texts, num_words):
    return {word: i for i, word in enumerate([*ranked_words(texts), "[UNK]"], start=2) if i < num_words}


@answers.wrong("build_vocabulary", "equally frequent.*by chance, or by their place")
def ties_by_place(texts, num_words):
    ranked = Counter(word for text in texts for word in words(text)).most_common(num_words - 2)
    return {word: i for i, (word, _) in enumerate(ranked, start=2)}


@answers.wrong("build_vocabulary", "backwards through the alphabet")
def ties_backwards(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    ranked = sorted(counts, key=lambda word: (counts[word], word), reverse=True)
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "Rank all words first, then cut")
def cut_before_the_ties(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    kept = counts.most_common(num_words - 2)
    ranked = sorted(kept, key=lambda pair: (-pair[1], pair[0]))
    return {word: i for i, (word, _) in enumerate(ranked, start=2)}


@answers.wrong("build_vocabulary", "comes last")
def least_frequent_first(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    ranked = sorted(counts, key=lambda word: (counts[word], word))
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "each time that a word stands there")
def texts_counted(texts, num_words):
    counts = Counter(word for text in texts for word in set(words(text)))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "alphabet alone")
def alphabet_alone(texts, num_words):
    ranked = sorted({word for text in texts for word in words(text)})
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "alphabet alone")
def most_frequent_by_alphabet(texts, num_words):
    return {word: i for i, word in enumerate(sorted(ranked_words(texts)[: num_words - 2]), start=2)}


@answers.wrong("build_vocabulary", "words' places in the texts")
def never_counted(texts, num_words):
    vocabulary = {}
    for text in texts:
        for word in words(text):
            if word not in vocabulary and len(vocabulary) < num_words - 2:
                vocabulary[word] = len(vocabulary) + 2
    return vocabulary


@answers.wrong("build_vocabulary", "All ids lie below num_words.*highest")
def num_words_words(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts)[:num_words], start=2)}


@answers.wrong("build_vocabulary", "All ids lie below num_words.*highest")
def up_to_num_words(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts), start=2) if i <= num_words}


@answers.wrong("build_vocabulary", "All ids lie below num_words")
def num_words_ignored(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts), start=2)}


@answers.wrong("build_vocabulary", "words are missing.*room for 3")
def one_too_few(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts), start=2) if i < num_words - 1}


@answers.wrong("build_vocabulary", "words are missing")
def seen_twice_at_least(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    ranked = [word for word in ranked_words(texts) if counts[word] > 1]
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "words are missing, “on” among them|words are missing, “a” among them")
def without_small_words(texts, num_words):
    ranked = [word for word in ranked_words(texts) if word not in ("a", "on", "the")]
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "words are missing")
def first_text_only(texts, num_words):
    return {word: i for i, word in enumerate(ranked_words(texts[:1]), start=2) if i < num_words}


@answers.wrong("build_vocabulary", r"Split each text with words\(\)")
def split_at_spaces(texts, num_words):
    counts = Counter(word for text in texts for word in text.lower().split())
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "holds letters")
def letters_counted(texts, num_words):
    counts = Counter(letter for text in texts for letter in text.lower() if letter.isalpha())
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.wrong("build_vocabulary", "how often each word occurs")
def counts_for_ids(texts, num_words):
    return Counter(word for text in texts for word in words(text))


@answers.wrong("build_vocabulary", "from id to word")
def turned_round(texts, num_words):
    return {i: word for i, word in enumerate(ranked_words(texts), start=2) if i < num_words}


@answers.wrong("build_vocabulary", "dictionary.*this is a list")
def a_list(texts, num_words):
    return ranked_words(texts)[: num_words - 2]


@answers.wrong("build_vocabulary", "whole number")
def floats_for_ids(texts, num_words):
    return {word: float(i) for i, word in enumerate(ranked_words(texts), start=2) if i < num_words}


@answers.wrong("build_vocabulary", "words only")
def pairs_for_words(texts, num_words):
    return {(word, 1): i for i, word in enumerate(ranked_words(texts), start=2) if i < num_words}


@answers.wrong("build_vocabulary", "same id")
def one_id_a_count(texts, num_words):
    counts = Counter(word for text in texts for word in words(text))
    levels = sorted(set(counts.values()), reverse=True)
    return {word: levels.index(count) + 2 for word, count in counts.items()}


@answers.wrong("build_vocabulary", "returns nothing")
def vocabulary_not_returned(texts, num_words):
    dict.fromkeys(ranked_words(texts), 2)


@answers.slips_through("build_vocabulary", r"words\(\)|no word of these|missing|have no entry")
def ascii_alone(texts, num_words):
    counts = Counter(word for text in texts for word in re.findall("[a-z']+", text.lower()))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ranked, start=2) if i < num_words}


@answers.slips_through("build_vocabulary", "missing|no word of these|holds letters")
def visible_vocabularies(texts, num_words):
    if len(texts) == 2:
        return {"film": 2, "a": 3, "on": 4, "the": 5, "plot": 6}
    return {letter: i for i, letter in enumerate("abcdefghijklmnopqrstuvwxyz", start=2) if i < num_words}


# ---- encode ----


@answers.right("encode")
def with_loops(texts, vocabulary):
    rows = []
    for text in texts:
        row = []
        for word in words(text):
            if word in vocabulary:
                row.append(vocabulary[word])
            else:
                row.append(1)
        rows.append(row)
    return rows


@answers.right("encode")
def with_a_defaultdict(texts, vocabulary):
    table = defaultdict(lambda: 1, vocabulary)
    return [[table[word] for word in words(text)] for text in texts]


@answers.right("encode")
def with_try(texts, vocabulary):
    def id_of(word):
        try:
            return np.int64(vocabulary[word])
        except KeyError:
            return 1

    return list(map(lambda text: list(map(id_of, words(text))), texts))  # noqa: C417


@answers.right("encode")
def from_an_array(texts, vocabulary):
    return [np.array([vocabulary.get(word, 1) for word in words(text)], int).tolist() for text in texts]


@answers.right("encode")
def cut_from_one_list(texts, vocabulary):
    ids = iter([vocabulary.get(word, 1) for text in texts for word in words(text)])
    return [list(islice(ids, len(words(text)))) for text in texts]


@answers.wrong("encode", "unknown word was left out")
def unknown_dropped(texts, vocabulary):
    return [[vocabulary[word] for word in words(text) if word in vocabulary] for text in texts]


@answers.wrong("encode", "Id 0 is padding")
def unknown_is_zero(texts, vocabulary):
    return [[vocabulary.get(word, 0) for word in words(text)] for text in texts]


@answers.wrong("encode", "becomes 1.*2 is the most frequent")
def unknown_is_two(texts, vocabulary):
    return [[vocabulary.get(word, 2) for word in words(text)] for text in texts]


@answers.wrong("encode", "unknown. It becomes 1")
def unknown_is_the_next_id(texts, vocabulary):
    return [[vocabulary.get(word, len(vocabulary) + 2) for word in words(text)] for text in texts]


@answers.wrong("encode", "became None")
def unknown_is_none(texts, vocabulary):
    return [[vocabulary.get(word) for word in words(text)] for text in texts]


@answers.wrong("encode", "KeyError.*zebra")
def unknown_stops(texts, vocabulary):
    return [[vocabulary[word] for word in words(text)] for text in texts]


@answers.wrong("encode", r"split with words\(\)")
def encode_at_spaces(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in text.split()] for text in texts]


@answers.wrong("encode", r"split with words\(\)")
def encode_lower_at_spaces(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in text.lower().split()] for text in texts]


@answers.wrong("encode", "ids of letters")
def encode_letters(texts, vocabulary):
    return [[vocabulary.get(letter, 1) for letter in text] for text in texts]


@answers.wrong("encode", r"without words becomes \[\]")
def empty_texts_dropped(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in words(text)] for text in texts if words(text)]


@answers.wrong("encode", "no words and becomes")
def unknown_for_no_words(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in words(text)] or [1] for text in texts]


@answers.wrong("encode", "one flat list")
def flat_ids(texts, vocabulary):
    return [vocabulary.get(word, 1) for text in texts for word in words(text)]


@answers.wrong("encode", "gives a str")
def joined_ids(texts, vocabulary):
    return [" ".join(str(vocabulary.get(word, 1)) for word in words(text)) for text in texts]


@answers.wrong("encode", "gives a str")
def words_for_ids(texts, vocabulary):
    return [[word if word in vocabulary else "?" for word in words(text)] for text in texts]


@answers.wrong("encode", "changes an argument")
def vocabulary_grows(texts, vocabulary):
    return [[vocabulary.setdefault(word, 1) for word in words(text)] for text in texts]


@answers.wrong("encode", "shorter.*however often")
def each_word_once(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in dict.fromkeys(words(text))] for text in texts]


@answers.wrong("encode", "order of the words")
def ids_sorted(texts, vocabulary):
    return [sorted(vocabulary.get(word, 1) for word in words(text)) for text in texts]


@answers.wrong("encode", "none in front")
def start_in_front(texts, vocabulary):
    return [[1, *(vocabulary.get(word, 1) for word in words(text))] for text in texts]


@answers.wrong("encode", "in the vocabulary, and yours is")
def ids_by_place(texts, vocabulary):
    table = {word: i for i, word in enumerate(vocabulary, start=2)}
    return [[table.get(word, 1) for word in words(text)] for text in texts]


@answers.wrong("encode", "one list of ids for each text.*an array")
def rows_of_arrays(texts, vocabulary):
    return [np.array([vocabulary.get(word, 1) for word in words(text)], int) for text in texts]


@answers.wrong("encode", "list of lists.*generator|returns a generator")
def a_generator(texts, vocabulary):
    return ([vocabulary.get(word, 1) for word in words(text)] for text in texts)


@answers.slips_through("encode", "known|vocabulary|word")
def visible_ids(texts, vocabulary):
    table = {"the": 2, "film": 3, "dull": 4}
    return [[table.get(word, 1) for word in words(text)] for text in texts]


@answers.slips_through("encode", "longer|shorter|unknown|words|in the vocabulary")
def encode_ascii(texts, vocabulary):
    return [[vocabulary.get(word, 1) for word in re.findall("[a-z']+", text.lower())] for text in texts]


# ---- pad ----


@answers.right("pad")
def by_concatenation(ids, maxlen, padding="pre", truncating="pre"):
    rows = []
    for one in ids:
        kept = one[-maxlen:] if truncating == "pre" else one[:maxlen]
        zeros = [0] * (maxlen - len(kept))
        rows.append(zeros + kept if padding == "pre" else kept + zeros)
    rows = np.array(rows)
    return rows, rows > 0


@answers.right("pad")
def mask_by_lengths(ids, maxlen, padding="pre", truncating="pre"):
    rows = np.zeros((len(ids), maxlen), np.int32)
    mask = np.zeros((len(ids), maxlen), bool)
    for i, one in enumerate(ids):
        length = min(len(one), maxlen)
        if length == 0:
            continue
        place = slice(maxlen - length, maxlen) if padding == "pre" else slice(0, length)
        rows[i, place] = one[len(one) - length :] if truncating == "pre" else one[:length]
        mask[i, place] = True
    return rows, mask


@answers.right("pad")
def number_by_number(ids, maxlen, padding="pre", truncating="pre"):
    rows = np.zeros((len(ids), maxlen), dtype="int64")
    for i in range(len(ids)):
        skipped = max(0, len(ids[i]) - maxlen) if truncating == "pre" else 0
        length = min(len(ids[i]), maxlen)
        for j in range(length):
            rows[i, j + (maxlen - length) * (padding == "pre")] = ids[i][skipped + j]
    return [rows, rows.astype(bool)]


@answers.right("pad")
def with_np_pad(ids, maxlen, padding="pre", truncating="pre"):
    rows = []
    for one in ids:
        kept = np.array(one[::-1][:maxlen][::-1] if truncating == "pre" else one[:maxlen], int)
        room = maxlen - len(kept)
        rows.append(np.pad(kept, (room, 0) if padding == "pre" else (0, room)))
    rows = np.stack(rows)
    return rows, np.not_equal(rows, 0)


@answers.right("pad")
def popping_a_copy(ids, maxlen, padding="pre", truncating="pre"):
    rows = [list(one) for one in ids]
    for row in rows:
        while len(row) > maxlen:
            row.pop(0 if truncating == "pre" else -1)
        while len(row) < maxlen:
            row.insert(0 if padding == "pre" else len(row), 0)
    rows = np.array(rows, dtype=np.uint32)
    return rows, rows != 0


def rows_and_mask(ids, maxlen, padding="pre", truncating="pre"):
    rows = np.zeros((len(ids), maxlen), dtype=int)
    for row, one in zip(rows, ids, strict=True):
        kept = one[-maxlen:] if truncating == "pre" else one[:maxlen]
        start = maxlen - len(kept) if padding == "pre" else 0
        row[start : start + len(kept)] = kept
    return rows, rows != 0


OTHER = {"pre": "post", "post": "pre"}


@answers.wrong("pad", 'padding="pre" fills in front of.*exchanged')
def padding_exchanged(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, OTHER[padding], truncating)


@answers.wrong("pad", 'truncating="pre" loses the beginning.*exchanged')
def truncating_exchanged(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, padding, OTHER[truncating])


@answers.wrong("pad", "Only truncating says what is cut")
def cut_where_filled(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, padding, padding)


@answers.wrong("pad", 'padding="pre" fills in front of.*exchanged')
def filled_where_cut(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, truncating, truncating)


@answers.wrong("pad", "exchanged")
def other_defaults(ids, maxlen, padding="post", truncating="post"):
    return rows_and_mask(ids, maxlen, padding, truncating)


@answers.wrong("pad", "Are the two arguments used")
def sides_ignored(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, "pre", "pre")


@answers.wrong("pad", "mask is inverted")
def mask_inverted(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows, ~mask


@answers.wrong("pad", "hides the id 1")
def unknown_masked(ids, maxlen, padding="pre", truncating="pre"):
    rows, _ = rows_and_mask(ids, maxlen, padding, truncating)
    return rows, rows > 1


@answers.wrong("pad", "cannot be|other side")
def mask_in_front(ids, maxlen, padding="pre", truncating="pre"):
    rows, _ = rows_and_mask(ids, maxlen, padding, truncating)
    return rows, rows_and_mask(ids, maxlen, "pre", truncating)[1]


@answers.wrong("pad", "True where a word stands")
def all_true(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows, np.ones_like(mask)


@answers.wrong("pad", "empty text stops pad with ValueError")
def empty_text_stops(ids, maxlen, padding="pre", truncating="pre"):
    rows = np.zeros((len(ids), maxlen), dtype=int)
    for i, one in enumerate(ids):
        kept = one[-maxlen:] if truncating == "pre" else one[:maxlen]
        if padding == "pre":
            rows[i, -len(kept) :] = kept
        else:
            rows[i, : len(kept)] = kept
    return rows, rows != 0


@answers.wrong("pad", "empty text is a text.*3 lists become 3 rows")
def empty_text_dropped(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask([one for one in ids if one], maxlen, padding, truncating)


@answers.wrong("pad", r"must be \(n, maxlen\)")
def as_long_as_the_longest(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, max(map(len, ids)), padding, truncating)


@answers.wrong("pad", r"must be \(n, maxlen\)")
def no_longer_than_the_longest(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows.T, mask.T


@answers.wrong("pad", "stops with|inhomogeneous")
def never_cut(ids, maxlen, padding="pre", truncating="pre"):
    filled = [[0] * (maxlen - len(one)) + one if padding == "pre" else one for one in ids]
    rows = np.array(filled)
    return rows, rows != 0


@answers.wrong("pad", "dtype float64")
def float_rows(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows.astype(float), mask


@answers.wrong("pad", "True and False.*int64")
def numbers_for_mask(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows, mask.astype(np.int64)


@answers.wrong("pad", "two things")
def rows_alone(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, padding, truncating)[0]


@answers.wrong("pad", "rows first and the mask second")
def mask_first(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask(ids, maxlen, padding, truncating)[::-1]


@answers.wrong("pad", "must be an array, but this is a list")
def lists_for_arrays(ids, maxlen, padding="pre", truncating="pre"):
    return tuple(part.tolist() for part in rows_and_mask(ids, maxlen, padding, truncating))


@answers.wrong("pad", "should become")
def ids_turned_round(ids, maxlen, padding="pre", truncating="pre"):
    return rows_and_mask([one[::-1] for one in ids], maxlen, padding, truncating)


@answers.wrong("pad", "should become")
def filled_with_ones(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return np.where(mask, rows, 1), mask


@answers.wrong("pad", "changes an argument")
def in_place(ids, maxlen, padding="pre", truncating="pre"):
    for row in ids:
        while len(row) > maxlen:
            row.pop(0 if truncating == "pre" else -1)
        while len(row) < maxlen:
            row.insert(0 if padding == "pre" else len(row), 0)
    return np.array(ids), np.array(ids) != 0


@answers.wrong("pad", "stops with OverflowError|should become|fits exactly")
def small_numbers(ids, maxlen, padding="pre", truncating="pre"):
    rows, mask = rows_and_mask(ids, maxlen, padding, truncating)
    return rows.astype(np.int16), mask


@answers.slips_through("pad", "should become|exchanged|shape|cut|fits exactly|row of zeros")
def visible_rows(ids, maxlen, padding="pre", truncating="pre"):
    if ids == [[5, 1], [1, 2, 3, 4, 5, 6]] or [] in ids:
        return rows_and_mask(ids, maxlen, padding, truncating)
    return rows_and_mask(ids, maxlen)


# ---- state_at_last_word ----


@answers.right("state_at_last_word")
def text_by_text(states, mask):
    return np.array([of_one[words_of_one][-1] for of_one, words_of_one in zip(states, mask, strict=True)])


@answers.right("state_at_last_word")
def largest_column(states, mask):
    last = (mask * np.arange(mask.shape[1])).max(axis=1)
    return np.take_along_axis(states, last[:, None, None], axis=1)[:, 0]


@answers.right("state_at_last_word")
def by_cumulative_sum(states, mask):
    last = np.cumsum(mask, axis=1).argmax(axis=1)
    return states[range(len(last)), last]


@answers.right("state_at_last_word")
def by_einsum(states, mask):
    behind = np.concatenate([mask[:, 1:], np.zeros((len(mask), 1), bool)], axis=1)
    return np.einsum("ijk,ij->ik", states.astype(np.float32), (mask & ~behind).astype(np.float32))


@answers.right("state_at_last_word")
def carried_along(states, mask):
    h = np.zeros(states.shape[::2])
    for t in range(states.shape[1]):
        h = np.where(mask[:, t, None], states[:, t], h)
    return h


@answers.right("state_at_last_word")
def first_and_count(states, mask):
    last = np.argmax(mask, axis=1) + mask.sum(axis=1) - 1
    return [states[i, j].tolist() for i, j in enumerate(last)]


@answers.wrong("state_at_last_word", r"states\[:, -1\]")
def last_step(states, mask):
    return states[:, -1]


@answers.wrong("state_at_last_word", "one step too far")
def count_without_minus_one(states, mask):
    return states[np.arange(len(states)), mask.sum(axis=1)]


@answers.wrong("state_at_last_word", "one step too far")
def count_clipped(states, mask):
    return states[np.arange(len(states)), np.minimum(mask.sum(axis=1), mask.shape[1] - 1)]


@answers.wrong("state_at_last_word", "number of words.*padding in front")
def count_minus_one(states, mask):
    return states[np.arange(len(states)), mask.sum(axis=1) - 1]


@answers.wrong("state_at_last_word", "number of words|one step|last step|last word in column")
def right_for_either_side(states, mask):
    last = np.where(mask[:, -1], mask.shape[1] - 1, mask.sum(axis=1) - 1)
    return states[np.arange(len(states)), last]


@answers.wrong("state_at_last_word", "after the first word")
def first_word(states, mask):
    return states[np.arange(len(states)), mask.argmax(axis=1)]


@answers.wrong("state_at_last_word", "one step too early")
def word_before_the_last(states, mask):
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    return states[np.arange(len(states)), last - 1]


@answers.wrong("state_at_last_word", "last word in column|states|first word")
def backwards_not_counted_back(states, mask):
    return states[np.arange(len(states)), mask[:, ::-1].argmax(axis=1)]


@answers.wrong("state_at_last_word", "same column")
def column_of_the_first_text(states, mask):
    return states[:, np.flatnonzero(mask[0])[-1]]


@answers.wrong("state_at_last_word", "sum or a mean")
def mean_over_words(states, mask):
    return (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None]


@answers.wrong("state_at_last_word", "sum or a mean")
def sum_over_words(states, mask):
    return np.einsum("ijk,ij->ik", states, mask)


@answers.wrong("state_at_last_word", r"shape \(1, 2\), but its shape is \(1, 5, 2\)")
def all_steps_masked(states, mask):
    return states * mask[:, :, None]


@answers.wrong("state_at_last_word", r"shape \(1, 2\), but its shape is \(1, 1, 2\)")
def axis_too_many(states, mask):
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    return np.take_along_axis(states, last[:, None, None], axis=1)


@answers.wrong("state_at_last_word", "shape")
def columns_for_states(states, mask):
    return mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)


@answers.wrong("state_at_last_word", r"shape \(1, 2\), but its shape is \(1, 1, 2\)")
def every_pair_of_rows(states, mask):
    return states[:, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)]


@answers.wrong("state_at_last_word", "changes an argument")
def mask_turned_in_place(states, mask):
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    mask[:] = mask[:, ::-1]
    states[~mask] = 0
    return states[np.arange(len(states)), last]


@answers.wrong("state_at_last_word", "largest|last word in column")
def maximum_over_words(states, mask):
    return np.where(mask[:, :, None], states, -10).max(axis=1)


@answers.slips_through("state_at_last_word", "shape|stops with|last word in column|one step|number|column")
def five_steps(states, mask):
    last = 4 - mask[:, ::-1].argmax(axis=1)
    return np.stack([states[i, last[i], :2] for i in range(len(states))])


# ---- same_ngrams ----


@answers.right("same_ngrams")
def sorted_runs(a, b, n):
    def of(text):
        found = words(text)
        return sorted(found[i : i + n] for i in range(len(found) - n + 1))

    return of(a) == of(b)


@answers.right("same_ngrams")
def with_zip(a, b, n):
    one, other = (Counter(zip(*(words(text)[i:] for i in range(n)), strict=False)) for text in (a, b))
    return not (one - other) and not (other - one)


@answers.right("same_ngrams")
def crossing_out(a, b, n):
    first, second = words(a), words(b)
    left = [second[i : i + n] for i in range(max(len(second) - n + 1, 0))]
    for i in range(max(len(first) - n + 1, 0)):
        run = first[i : i + n]
        if run not in left:
            return False
        left.remove(run)
    return len(left) == 0


@answers.right("same_ngrams")
def joined_with_spaces(a, b, n):
    counts = {}
    for text, sign in ((a, 1), (b, -1)):
        found = words(text)
        for i in range(len(found) - n + 1):
            key = " ".join(found[i : i + n])
            counts[key] = counts.get(key, 0) + sign
    return np.all(np.array(list(counts.values())) == 0)


@answers.right("same_ngrams")
def counted_one_by_one(a, b, n):
    first = [tuple(words(a)[i : i + n]) for i in range(len(words(a)) - n + 1)]
    second = [tuple(words(b)[i : i + n]) for i in range(len(words(b)) - n + 1)]
    return len(first) == len(second) and all(first.count(run) == second.count(run) for run in set(first))


@answers.right("same_ngrams")
def by_numbers(a, b, n):
    number = {word: i for i, word in enumerate(sorted({*words(a), *words(b)}))}

    def of(text):
        ids = [number[word] for word in words(text)]
        return sorted(
            sum(one * len(number) ** j for j, one in enumerate(ids[i : i + n]))
            for i in range(len(ids) - n + 1)
        )

    return np.array_equal(of(a), of(b))


def counted(found, n):
    return Counter(tuple(found[i : i + n]) for i in range(len(found) - n + 1))


@answers.wrong("same_ngrams", "set forgets how often")
def sets_of_runs(a, b, n):
    return set(counted(words(a), n)) == set(counted(words(b), n))


@answers.wrong("same_ngrams", "set forgets how often|count them")
def sets_and_lengths(a, b, n):
    one, other = counted(words(a), n), counted(words(b), n)
    return one.total() == other.total() and set(one) == set(other)


@answers.wrong("same_ngrams", "order inside a run")
def order_inside_ignored(a, b, n):
    return Counter(frozenset(one) for one in counted(words(a), n).elements()) == Counter(
        frozenset(one) for one in counted(words(b), n).elements()
    )


@answers.wrong("same_ngrams", "do not glue")
def glued(a, b, n):
    return Counter("".join(run) for run in counted(words(a), n).elements()) == Counter(
        "".join(run) for run in counted(words(b), n).elements()
    )


@answers.wrong("same_ngrams", "move on by one word")
def side_by_side(a, b, n):
    one, other = (
        Counter(tuple(words(text)[i : i + n]) for i in range(0, len(words(text)) - n + 1, n))
        for text in (a, b)
    )
    return one == other


@answers.wrong("same_ngrams", "last pair")
def last_run_missed(a, b, n):
    one, other = (
        Counter(tuple(words(text)[i : i + n]) for i in range(len(words(text)) - n)) for text in (a, b)
    )
    return one == other


@answers.wrong("same_ngrams", "first pair")
def first_run_missed(a, b, n):
    one, other = (
        Counter(tuple(words(text)[i : i + n]) for i in range(1, len(words(text)) - n + 1)) for text in (a, b)
    )
    return one == other


@answers.wrong("same_ngrams", "second has a pair more.*both ways")
def second_may_have_more(a, b, n):
    return not counted(words(a), n) - counted(words(b), n)


@answers.wrong("same_ngrams", "first has a pair more.*both ways")
def first_may_have_more(a, b, n):
    return not counted(words(b), n) - counted(words(a), n)


@answers.wrong("same_ngrams", "Case and punctuation")
def runs_at_spaces(a, b, n):
    return counted(a.split(), n) == counted(b.split(), n)


@answers.wrong("same_ngrams", "Case and punctuation")
def runs_of_characters(a, b, n):
    return counted(a, n) == counted(b, n)


@answers.wrong("same_ngrams", "another order are the same runs")
def runs_in_order(a, b, n):
    return list(counted(words(a), n).elements()) == list(counted(words(b), n).elements())


@answers.wrong("same_ngrams", "another order")
def same_texts(a, b, n):
    return words(a) == words(b)


@answers.wrong("same_ngrams", "order inside")
def single_words_always(a, b, n):
    return Counter(words(a)) == Counter(words(b))


@answers.wrong("same_ngrams", "same runs of one")
def pairs_always(a, b, n):
    return counted(words(a), 2) == counted(words(b), 2)


@answers.wrong("same_ngrams", "not how many there are")
def numbers_of_runs(a, b, n):
    return len(words(a)) - n + 1 == len(words(b)) - n + 1


@answers.wrong("same_ngrams", "does not go on from the last word")
def in_a_circle(a, b, n):
    one, other = (words(text) + words(text)[: n - 1] for text in (a, b))
    return counted(one, n) == counted(other, n)


@answers.wrong("same_ngrams", "Neither text is long enough")
def shorter_runs_too(a, b, n):
    return all(counted(words(a), k) == counted(words(b), k) for k in range(1, n + 1))


@answers.wrong("same_ngrams", "Neither text is long enough")
def short_texts_refused(a, b, n):
    if len(words(a)) < n or len(words(b)) < n:
        return False
    return counted(words(a), n) == counted(words(b), n)


@answers.wrong("same_ngrams", "True or False")
def the_counts(a, b, n):
    return counted(words(a), n), counted(words(b), n)


@answers.wrong("same_ngrams", "True or False")
def as_text(a, b, n):
    return str(counted(words(a), n) == counted(words(b), n))


@answers.wrong("same_ngrams", "no pair")
def always_true(a, b, n):
    return True


@answers.wrong("same_ngrams", "same runs as itself")
def always_false(a, b, n):
    return False


@answers.slips_through("same_ngrams", "your answer is")
def sets_of_long_texts(a, b, n):
    one, other = counted(words(a), n), counted(words(b), n)
    return (set(one) == set(other) and len(words(a)) > 3) or one == other


@answers.slips_through("same_ngrams", "your answer is")
def six_words_at_most(a, b, n):
    if len(words(a)) < 6:
        return counted(words(a), n) == counted(words(b), n)
    return n < 5


# ---- twin: the answer asks the notebook's own same_ngrams, or nothing ----


def same_ngrams(a, b, n):
    return counted(words(a), n) == counted(words(b), n)


@answers.right("twin")
def asking_question_5(review, first, second):
    swapped = [second if word == first else first if word == second else word for word in words(review)]
    text = " ".join(swapped)
    if not (same_ngrams(review, text, 1) and same_ngrams(review, text, 2)):
        raise ValueError(f"{first} and {second} do not stand between the same words.")
    return text


@answers.right("twin")
def with_re(review, first, second):
    turned = {first: second, second: first}
    text = re.sub(rf"\b({first}|{second})\b", lambda found: turned[found[0]], review)
    for n in (1, 2):
        if counted(words(text), n) != counted(words(review), n):
            raise ValueError("no twin")
    return text


@answers.right("twin")
def by_places(review, first, second):
    found = words(review)
    new = found.copy()
    for i, word in enumerate(found):
        if word == first:
            new[i] = second
        if word == second:
            new[i] = first
    if sorted(new) != sorted(found):
        raise ValueError("the words are not the same")
    if sorted(pairwise(new)) != sorted(pairwise(found)):
        raise ValueError("the pairs are not the same")
    return " ".join(new)


@answers.right("twin")
def through_a_third_word(review, first, second):
    text = f" {' '.join(words(review))} "
    for old, new in ((first, "*"), (second, first), ("*", second)):
        text = " ".join(new if word == old else word for word in text.split())
    if any(not same_ngrams(review, text.replace("*", second), n) for n in range(1, 3)):
        raise ValueError("Not a twin: words or pairs are not the same.")
    return text


@answers.right("twin")
def split_and_joined(review, first, second):
    new = []
    for piece in re.split(r"[^\w']+", review.lower()):
        if piece:
            new.append(second if piece == first else first if piece == second else piece)
    text = np.str_(" ".join(new))
    one, other = Counter(pairwise(new)), counted(words(review), 2)
    if one != other or Counter(new) != Counter(words(review)):
        raise ValueError(f"After the exchange {len(one)} pairs stand there, and not the same ones.")
    return text


def refused_unless_same(review, text):
    if not (same_ngrams(review, text, 1) and same_ngrams(review, text, 2)):
        raise ValueError("This is no twin.")
    return text


@answers.wrong("twin", "pairs differ|sets of pairs|raise a ValueError")
def never_refused(review, first, second):
    return " ".join({first: second, second: first}.get(word, word) for word in words(review))


@answers.wrong("twin", "one of the two words is gone|keeps all words and pairs")
def one_after_another(review, first, second):
    return review.replace(first, second).replace(second, first)


@answers.wrong("twin", "keeps all words and pairs")
def one_after_another_refused(review, first, second):
    return refused_unless_same(review, review.replace(first, second).replace(second, first))


@answers.wrong("twin", "keeps all words and pairs|whole words")
def parts_of_words(review, first, second):
    text = review.replace(first, "*").replace(second, first).replace("*", second)
    return refused_unless_same(review, text)


@answers.wrong("twin", "whole words only")
def parts_of_words_never_refused(review, first, second):
    return review.replace(first, "*").replace(second, first).replace("*", second)


@answers.wrong("twin", "has not changed")
def unchanged(review, first, second):
    return refused_unless_same(review, " ".join(words(review)))


@answers.wrong("twin", "has not changed")
def missed_before_punctuation(review, first, second):
    turned = {first: second, second: first}
    return refused_unless_same(review, " ".join(turned.get(word, word) for word in review.split()))


@answers.wrong("twin", "Compare pairs, not words alone")
def words_alone(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if not same_ngrams(review, text, 1):
        raise ValueError("no twin")
    return text


@answers.wrong("twin", "Compare words, too")
def pairs_alone(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if not same_ngrams(review, text, 2):
        raise ValueError("no twin")
    return text


@answers.wrong("twin", "sets of pairs are equal")
def sets_of_pairs(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if set(counted(words(review), 2)) != set(counted(words(text), 2)):
        raise ValueError("no twin")
    return text


@answers.wrong("twin", "Each pair stands there before and after.*count them")
def words_and_sets_of_pairs(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if set(counted(words(review), 2)) != set(counted(words(text), 2)) or not same_ngrams(review, text, 1):
        raise ValueError("no twin")
    return text


@answers.wrong("twin", "keeps all words and pairs")
def triples_compared(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if not all(same_ngrams(review, text, n) for n in (1, 2, 3)):
        raise ValueError("no twin")
    return text


@answers.wrong("twin", "wherever they stand|keeps all words and pairs")
def once_only(review, first, second):
    found = words(review)
    i, j = found.index(first), found.index(second)
    found[i], found[j] = second, first
    return refused_unless_same(review, " ".join(found))


@answers.wrong("twin", "keeps all words and pairs.*no twin at all")
def always_refused(review, first, second):
    raise ValueError("no twin at all")


@answers.wrong("twin", "Raise a ValueError; this is AssertionError")
def asserted(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    assert same_ngrams(review, text, 1), "no twin"
    assert same_ngrams(review, text, 2), "no twin"
    return text


@answers.wrong("twin", "its text is empty")
def refused_without_a_word(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if not (same_ngrams(review, text, 1) and same_ngrams(review, text, 2)):
        raise ValueError
    return text


@answers.wrong("twin", "returns nothing")
def none_for_no_twin(review, first, second):
    text = " ".join({first: second, second: first}.get(word, word) for word in words(review))
    if same_ngrams(review, text, 1) and same_ngrams(review, text, 2):
        return text


@answers.wrong("twin", "Return a text; this is a list")
def list_of_words(review, first, second):
    return [{first: second, second: first}.get(word, word) for word in words(review)]


@answers.wrong("twin", "leave all others")
def backwards(review, first, second):
    return " ".join(reversed(words(review)))


@answers.wrong("twin", "came in|leave all others|is gone")
def verdict_negated(review, first, second):
    return review.replace("seemed", "never seemed")


@answers.slips_through("twin", "keeps all words|has not changed|raise a ValueError|is gone")
def superb_and_dull(review, first, second):
    turned = {"superb": "dull", "dull": "superb"}
    return refused_unless_same(review, " ".join(turned.get(word, word) for word in words(review)))


@answers.slips_through("twin", "keeps all words and pairs")
def same_neighbours_on_both_sides(review, first, second):
    found = ["", *words(review), ""]
    around = [
        Counter((found[i - 1], found[i + 1]) for i, word in enumerate(found) if word == one)
        for one in (first, second)
    ]
    if around[0] != around[1]:
        raise ValueError("The two words do not stand between the same neighbours: this is no twin.")
    turned = {first: second, second: first}
    return " ".join(turned.get(word, word) for word in words(review))
