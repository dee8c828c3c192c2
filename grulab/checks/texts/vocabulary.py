"""Vocabularies: which words, which ids, in which order, and where to look for others."""

from collections import Counter

from grulab.checks.answer import Wrong, expect, is_whole, named
from grulab.checks.texts.words import quoted
from grulab.data.text import words


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
        "The most frequent words come first, with the smallest ids. The words that you rank first occur "
        f"{str(times[:8])[1:-1]} times."
    )
