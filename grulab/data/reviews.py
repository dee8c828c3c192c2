"""Load reviews with their verdicts: the real ones from IMDB, or the embedded ones when IMDB cannot be had.

Every ``Reviews`` says which data it is; neither source ever goes by the other's name.
"""

import socket
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from numbers import Real

import numpy as np

from grulab import heap
from grulab.arguments import check_size, named
from grulab.data import text, twins
from grulab.data.download import SECONDS_OF_SILENCE, Unavailable, reason
from grulab.data.source import has_imdb, missing, wanted


@dataclass(frozen=True, eq=False, repr=False)
class Reviews:
    """Hold reviews in three parts, as ids and as padded arrays.

    - ``x_train``, ``x_validation``, ``x_test``: int32 ids of shape (reviews, maxlen), padded with 0
      and cut in front, so a long review keeps its last words.
    - ``y_train``, ``y_validation``, ``y_test``: int32, 1 for praise and 0 for blame.
    - ``ids_train``, ``ids_validation``, ``ids_test``: the whole reviews, a list of int32 arrays in the same
      order, each beginning with the start id 1.
    - ``word_index``: word → id as used in these arrays, for the words that can occur in them.
      0 pads, 1 starts a review, 2 stands for any other word, 3 is never used.
    - ``source``: "imdb" or "embedded". ``banner``: which data this is, in one or two sentences.
    - ``kind``, ``pair``, ``held_out``: for the embedded reviews, what each row of the test part is, as in
      ``grulab.data.twins.Part``; ``None`` for IMDB.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    ids_train: list
    ids_validation: list
    ids_test: list
    word_index: dict
    source: str
    banner: str
    num_words: int
    maxlen: int
    kind: np.ndarray | None = None
    pair: np.ndarray | None = None
    held_out: np.ndarray | None = None

    def __repr__(self):
        return self.banner

    def _repr_markdown_(self):
        return f"> **Data.** {self.banner}"


def load_reviews(source="auto", num_words=10_000, maxlen=200, validation=0.2, seed=0):
    """Load the reviews and cut the validation part from the training part.

    ``source``: "imdb", "embedded", or "auto", as ``grulab.data.source`` states.
    ``num_words``: ids from this number on become 2, the unknown word. ``maxlen``: ids a row.
    ``validation``: the share of the training part that is cut off, drawn with ``seed``; rows of one text,
    and twins, stay together. The test part is IMDB's own.
    Raises ``ConnectionError`` when ``source`` is "imdb" and IMDB cannot be had.
    """
    num_words, maxlen = text.check_sizes(num_words, maxlen)
    if not isinstance(validation, Real) or isinstance(validation, bool) or not 0 < validation < 1:
        expected = "a share of the training part, between 0 and 1"
        raise ValueError(f"validation is {expected}, not {named(validation)}.")
    seed = check_size("seed", seed, 0, np.inf)
    choice, why = wanted(source)
    if choice != "embedded":
        ready, found = has_imdb(choice)
        if ready:
            try:
                loaded = _imdb(num_words, maxlen, validation, seed)
                heap.give_back()  # Keras' lists of integers took some 500 MB
                return loaded
            except Unavailable as error:
                found = missing(choice, error)
        why = f"IMDB cannot be had ({found.short})"
    return _embedded(num_words, maxlen, validation, seed, why)


def _imdb(num_words, maxlen, validation, seed):
    (train, y_train), (test, y_test), ranks = _from_keras()
    # Keras counts words from 1 in its index and adds 3 in its arrays
    word_index = {word: rank + 3 for word, rank in ranks.items() if rank + 3 < num_words}
    numbers = {}
    groups = np.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in train])

    def ids(rows):
        return [np.where(row < num_words, row, text.UNKNOWN) for row in rows]

    return _assemble(
        (ids(train), y_train, groups),
        (ids(test), y_test),
        (validation, seed),
        lambda sizes: f"These are real reviews of films, from IMDB (Maas et al. 2011): {sizes}.",
        word_index=word_index,
        source="imdb",
        num_words=num_words,
        maxlen=maxlen,
    )


def _from_keras():
    """Read IMDB through Keras, which is imported here and not before.

    The reviews are lists of int32 arrays. What was provided may be gone again. Keras then fetches it anew,
    here with a limit to its patience, and compares its hash. Raises ``Unavailable`` when Keras ends up
    without a file that it can read.
    """
    from grulab.quiet import keras

    imdb, patience = keras.datasets.imdb, socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS_OF_SILENCE)
    try:
        # Python hands the memory of Keras' lists back only where nothing lasting was made among them
        (train, y_train), (test, y_test) = ((_joined(rows), y) for rows, y in imdb.load_data())
        return (np.split(*train), y_train), (np.split(*test), y_test), imdb.get_word_index()
    except MemoryError:
        raise
    except Exception as error:  # Keras raises this very class
        said = "Keras could not read its files"
        raise Unavailable(f"{said}: {reason(error)}", said) from error
    finally:
        socket.setdefaulttimeout(patience)


def _joined(rows):
    """Return all rows as one int32 array (numbers,), and where each row but the first begins."""
    lengths = [len(row) for row in rows]
    return np.fromiter(chain.from_iterable(rows), np.int32, sum(lengths)), np.cumsum(lengths[:-1])


def _embedded(num_words, maxlen, validation, seed, why):
    train, test = twins.corpus()
    counts = Counter(word for review in train.texts for word in text.words(review))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    word_index = {word: i for i, word in enumerate(ranked, text.FIRST_WORD) if i < num_words}
    longest = 1 + max(len(text.words(review)) for review in train.texts + test.texts)

    def ids(texts):
        rows = text.encode(texts, word_index, num_words, longest)
        return [row[row != text.PADDING] for row in rows]

    # each plain review is a group of its own, twins are one
    groups = np.where(train.pair >= 0, train.pair, len(train.pair) + np.arange(len(train.pair)))
    return _assemble(
        (ids(train.texts), train.labels, groups),
        (ids(test.texts), test.labels),
        (validation, seed),
        lambda sizes: (
            f"These are the embedded reviews, synthetic texts that grulab generates from a grammar: {sizes}. "
            f"They are used because {why}; no figure from them is a result on IMDB."
        ),
        word_index=word_index,
        source="embedded",
        num_words=num_words,
        maxlen=maxlen,
        kind=test.kind,
        pair=test.pair,
        held_out=test.held_out,
    )


def _assemble(training, test, split, banner, *, maxlen, **fields):
    """Cut the validation part, pad all parts, and say in the banner how large they are."""
    ids, y, groups = training
    validation, seed = split
    kept = ~_drawn(groups, round(validation * len(ids)), seed)
    parts = {
        "train": ([row for row, keep in zip(ids, kept, strict=True) if keep], y[kept]),
        "validation": ([row for row, keep in zip(ids, kept, strict=True) if not keep], y[~kept]),
        "test": test,
    }
    if not parts["train"][0] or not parts["validation"][0]:
        empty = "train on" if not parts["train"][0] else "validate"
        raise ValueError(f"validation={validation} of {len(ids):,} reviews leaves no review to {empty}.")
    sizes = "{:,} to train on, {:,} to validate, {:,} to test".format(
        *(len(rows) for rows, _ in parts.values())
    )
    arrays = {}
    for part, (rows, labels) in parts.items():
        arrays[f"x_{part}"] = text.pad(rows, maxlen)
        arrays[f"y_{part}"] = np.asarray(labels, np.int32)
        arrays[f"ids_{part}"] = rows
    return Reviews(**arrays, banner=banner(sizes), maxlen=maxlen, **fields)


def _drawn(groups, size, seed):
    """Draw whole groups at random until ``size`` rows are reached, or nearly; return a mask of rows."""
    counts = np.bincount(groups)
    chosen, total = np.zeros(len(counts), bool), 0
    for group in np.random.default_rng(seed).permutation(np.flatnonzero(counts)):
        if total + counts[group] <= size:
            chosen[group] = True
            total += counts[group]
    return chosen[groups]
