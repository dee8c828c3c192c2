"""Twins: exchanged words where the counts stay equal, a refusal where they do not."""

from grulab.checks.answer import Wrong, expect, named
from grulab.checks.texts.words import quoted, runs
from grulab.data.text import words


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
