"""Turn raw text into the ids that a network reads, and ids back into words.

Ids below 4 are no words, in IMDB's arrays and in the embedded reviews alike: 0 pads, 1 starts a review,
2 stands for every word that is not among the known ones, 3 is never used. Words follow from 4 on, the most
frequent first.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from numbers import Integral

import numpy as np

from grulab.arguments import LARGEST, check_room, check_text, named
from grulab.arrays import as_array

PADDING, START, UNKNOWN = 0, 1, 2
FIRST_WORD = 4

# in Python \w is a letter, a digit or "_": what is left are Unicode's categories L and N, and the apostrophe
_SEPARATORS = re.compile(r"(?:[^\w']|_)+")
_APOSTROPHES = str.maketrans("‘’", "''")


def words(text):
    """Split a text into words, by the rule that ``encode`` states."""
    check_text("text", text)
    text = unicodedata.normalize("NFC", text).lower().translate(_APOSTROPHES)
    return _SEPARATORS.sub(" ", text).split()


def encode(texts, word_index, num_words, maxlen):
    r"""Turn raw texts into ids, an int32 array of shape (texts, maxlen).

    The rule, in this order, for each text:

    1. normalise to Unicode's form NFC (an accent is part of its letter: "café" has four letters), turn into
       lower case, and write ‘ and ’ as the apostrophe ';
    2. replace every run of characters that are neither letters (category L) nor digits (category N) nor '
       by one space: punctuation, brackets, dashes and emoji separate words and leave no id of their own.
       A line break ``<br />`` thereby becomes the word "br", as it did in IMDB's own arrays;
    3. split at spaces;
    4. look each word up in ``word_index``; a word that is not there, or whose id is ``num_words`` or more,
       is looked up once more without the apostrophes at its ends ('great' in quotes is great), and is the
       unknown id 2 when that fails, too;
    5. put the start id 1 in front;
    6. keep the last ``maxlen`` ids, and fill a shorter row with 0 in front.

    Steps 1 to 3 in JavaScript::

        text.normalize("NFC").toLowerCase().replace(/[‘’]/g, "'")
            .replace(/[^\p{L}\p{N}']+/gu, " ").split(" ").filter(Boolean)

    IMDB's index was made by splitting at ASCII punctuation alone. It keeps apostrophes in words ("don't" is
    one word) and has a few words with odd characters in them, which no text reaches here.
    Raises ``TypeError`` when ``texts`` is one string or holds something else than strings, ``ValueError``
    for a ``maxlen`` or ``num_words`` that leaves no room. An id in ``word_index`` that is no whole number
    from 0 on is an error, too, once its word is met.
    """
    if isinstance(texts, str | bytes):
        raise TypeError(f"texts must be a list of strings; this is one {type(texts).__name__}. Write [text].")
    if isinstance(texts, Mapping) or not isinstance(texts, Iterable):
        raise TypeError(f"texts must be a list of strings, not {type(texts).__name__}.")
    if not isinstance(word_index, Mapping):
        raise TypeError(f"word_index must map words to ids, not {type(word_index).__name__}.")
    num_words, maxlen = check_sizes(num_words, maxlen)

    def id_of(word):
        for form in (word, word.strip("'")):
            found = word_index.get(form, num_words)
            if type(found) is not int or found < 0:
                found = check_entry(form, found)
            if found < num_words:
                return found
        return UNKNOWN

    for word, found in word_index.items():
        check_entry(word, found)
        break  # one tells what the index holds; it may have 88,584, and those that are met are checked then
    rows = []
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"texts[{position}] must be a string, not {text!r:.60} ({type(text).__name__}).")
        rows.append([START, *map(id_of, words(text))])
    return pad(rows, maxlen)


def decode(ids, word_index, unknown="[?]"):
    """Turn one row of ids into its words, joined by spaces.

    ``ids`` has shape (time_steps,). Padding and the start id leave nothing; an id without a word, such as the
    unknown id 2, becomes ``unknown``. ``encode`` on the result gives the known ids back.
    """
    check_text("unknown", unknown)
    row = as_array("ids", ids, "a row of whole numbers")
    if row.ndim != 1:
        raise ValueError(f"ids must be one row of shape (time_steps,), but its shape is {row.shape}.")
    if row.size and not np.issubdtype(row.dtype, np.integer):
        raise TypeError(f"ids must be whole numbers, but their dtype is {row.dtype}.")
    if not isinstance(word_index, Mapping):
        raise TypeError(f"word_index must map words to ids, not {type(word_index).__name__}.")
    word_of = words_by_id(row, word_index)
    return " ".join(word_of.get(i, unknown) for i in row.tolist() if i not in (PADDING, START))


def words_by_id(ids, word_index):
    """Return a dictionary from id to word for one row of ids; ids without a word are left out.

    Raise a TypeError for an index that leads to anything but whole numbers, and an error for a word of this
    row that is no string, or whose id is below 0.
    """
    # the index may hold 88,584: one look at the kinds of its entries is cheap
    odd = {kind for kind in set(map(type, word_index.values())) if not _is_whole(kind)}
    if odd:
        check_entry(*next(entry for entry in word_index.items() if type(entry[1]) in odd))
    # only the words of this row are looked for
    wanted = set(np.asarray(ids).tolist())
    found = {number: word for word, number in word_index.items() if number in wanted}
    for number, word in found.items():
        check_entry(word, number)
    return found


def check_entry(word, number):
    """Return the id of a word in an index as an int; raise a sentence for any other entry."""
    if not isinstance(word, str):
        raise TypeError(f"word_index must map words to ids, but has {named(number)} for {named(word)}.")
    if not _is_whole(type(number)):
        raise TypeError(
            f"word_index must map words to whole numbers, but has {named(number)} for {named(word)}."
        )
    if number < 0:
        raise ValueError(
            "word_index must map words to whole numbers from 0 on, "
            f"but has {named(number)} for {named(word)}."
        )
    return int(number)


def _is_whole(kind):
    return issubclass(kind, Integral) and kind is not bool


def pad(rows, maxlen):
    """Cut or fill rows of ids at the front, to an int32 array of shape (rows, maxlen).

    These are the defaults of ``keras.utils.pad_sequences``: the *last* ``maxlen`` ids of a long row stay.
    """
    check_room(rows=len(rows), maxlen=maxlen)
    padded = np.full((len(rows), maxlen), PADDING, dtype=np.int32)
    for target, row in zip(padded, rows, strict=True):
        kept = row[-maxlen:]
        target[maxlen - len(kept) :] = kept
    return padded


def check_sizes(num_words, maxlen):
    """Return both as ints; raise a sentence unless they are whole numbers that leave room for a word."""
    for name, value, least, why in (
        ("num_words", num_words, FIRST_WORD + 1, "ids 0 to 3 are no words"),
        ("maxlen", maxlen, 1, "a row needs at least one id"),
    ):
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(f"{name} must be a whole number, not {named(value)}.")
        if value < least:
            raise ValueError(f"{name} must be at least {least} ({why}), not {named(value)}.")
        if value > LARGEST:
            raise ValueError(f"{name} must be at most {LARGEST}, not {named(value)}.")
    return int(num_words), int(maxlen)
