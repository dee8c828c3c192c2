"""Texts as lists of ids: what is expected, and where to look for what is not."""

from grulab.checks.answer import expect, is_whole, named
from grulab.checks.texts.words import quoted
from grulab.data.text import words


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
