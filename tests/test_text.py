"""From raw text to ids and back: the rule, its mirror in JavaScript, and what is said to bad input."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node import ask

from grulab.data import decode, encode
from grulab.data.text import pad, words
from grulab.reading import words_of

INDEX = {"the": 4, "film": 5, "don't": 6, "great": 7, "café": 8, "br": 9, "10": 10, "movies'": 11, "rare": 50}


def row(text, num_words=50, maxlen=6):
    return encode([text], INDEX, num_words, maxlen)[0].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film", ["the", "film"]),
        ("Don't stop -- it's great!!!", ["don't", "stop", "it's", "great"]),
        ("don’t", ["don't"]),
        ("one<br /><br />two<br/>three", ["one", "br", "br", "two", "br", "three"]),
        ("a_b@c#d", ["a", "b", "c", "d"]),
        ("CAFÉ", ["café"]),
        ("cafe\u0301", ["café"]),
        ("great👍🏽 film", ["great", "film"]),
        ("“Great”—really…", ["great", "really"]),
        ("10/10", ["10", "10"]),
        ("non\u00a0breaking\ttab\nline", ["non", "breaking", "tab", "line"]),
        ("Ελλάδα ½ 映画", ["ελλάδα", "½", "映画"]),
        ("\0\ud800", []),
        ("", []),
    ],
)
def test_words_by_the_rule(text, expected):
    assert words(text) == expected


def test_words_are_made_of_the_categories_that_javascript_names():
    for number in range(0x20000):
        changed = unicodedata.normalize("NFC", chr(number)).lower()
        expected = "".join(c if unicodedata.category(c)[0] in "LN" or c in "'‘’" else " " for c in changed)
        assert words(chr(number)) == expected.replace("‘", "'").replace("’", "'").split(), hex(number)


def mirror(texts):
    """Split texts by the JavaScript that the docstring of encode prints."""
    lines = encode.__doc__.split("in JavaScript::")[1].split("\n\n")[1]
    code = " ".join(line.strip() for line in lines.splitlines()).replace(" .replace", ".replace")
    script = f"""
        let input = "";
        process.stdin.on("data", (part) => (input += part)).on("end", () => {{
          const split = (text) => {code};
          console.log(JSON.stringify(JSON.parse(input).map(split)));
        }});
    """
    return ask("--eval", script, question=texts)


def test_javascript_splits_as_python_does():
    rng = np.random.default_rng(0)
    letters = list("abcXYZ019 '’‘.,<br />-_éÉe\u0301ßİΣςñÑ👍🏽\ufe0f½中ー\u00a0\u2028\t\n…“”")
    texts = ["".join(rng.choice(letters, size=30)) for _ in range(400)]
    texts += ["<br /><br />I don't", "İstanbul", "ΟΔΟΣ", "ﬁne", "cafe\u0301", ""]
    assert mirror(texts) == [words(text) for text in texts]


def test_ids_of_a_text():
    assert row("The film: don't!") == [0, 0, 1, 4, 5, 6]


def test_a_long_text_keeps_its_last_words_and_loses_its_start():
    assert row("the film the film the film great") == [5, 4, 5, 4, 5, 7]
    assert row("great", maxlen=1) == [7]


def test_an_empty_text_is_the_start_alone():
    assert row("") == row("👍 …") == [0, 0, 0, 0, 0, 1]


def test_unknown_words_and_ids_beyond_num_words_are_two():
    assert row("rare unheard film") == [0, 0, 1, 2, 2, 5]
    assert row("rare unheard film", num_words=51) == [0, 0, 1, 50, 2, 5]


def test_apostrophes_at_the_ends_go_when_the_word_is_unknown_with_them():
    assert row("'great' movies' film' '") == [0, 1, 7, 11, 5, 2]


def test_encode_returns_int32_and_takes_no_texts():
    assert encode([], INDEX, 50, 7).shape == (0, 7)
    assert encode(np.array(["the film"]), INDEX, 50, 7).dtype == np.int32
    assert encode((text for text in ["film"]), INDEX, 50, 1).tolist() == [[5]]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ("the film", r"this is one str\. Write \[text\]"),
        (b"the film", "this is one bytes"),
        (None, "not NoneType"),
        (5, "not int"),
        ({"a": "b"}, "not dict"),
        (["fine", None], r"texts\[1\] must be a string, not None"),
        (["fine", float("nan")], r"texts\[1\] must be a string, not nan \(float\)"),
        ([b"bytes"], r"texts\[0\] must be a string"),
        ([["the", "film"]], r"texts\[0\] must be a string"),
    ],
)
def test_texts_that_are_none(texts, sentence):
    with pytest.raises(TypeError, match=sentence):
        encode(texts, INDEX, 50, 6)


@pytest.mark.parametrize(
    ("num_words", "maxlen", "error", "sentence"),
    [
        (50, 0, ValueError, "maxlen must be at least 1 .* not 0"),
        (50, -3, ValueError, "maxlen must be at least 1"),
        (50, 2.5, TypeError, "maxlen must be a whole number, not 2.5"),
        (50, None, TypeError, "maxlen must be a whole number, not None"),
        (50, True, TypeError, "maxlen must be a whole number, not True"),
        (4, 6, ValueError, "num_words must be at least 5 .* not 4"),
        ("50", 6, TypeError, "num_words must be a whole number, not '50'"),
    ],
)
def test_sizes_that_leave_no_room(num_words, maxlen, error, sentence):
    with pytest.raises(error, match=sentence):
        encode(["film"], INDEX, num_words, maxlen)


def test_an_index_that_is_none():
    with pytest.raises(TypeError, match="word_index must map words to ids, not list"):
        encode(["film"], ["film"], 50, 6)


def test_decode_leaves_out_padding_and_start_and_marks_the_unknown():
    assert decode([0, 0, 1, 4, 2, 5, 3], INDEX) == "the [?] film [?]"
    assert decode(np.array([1, 7], np.int32), INDEX, unknown="…") == "great"
    assert decode([], INDEX) == ""


@pytest.mark.parametrize(
    ("ids", "error", "sentence"),
    [
        ([[1, 4]], ValueError, r"its shape is \(1, 2\)"),
        (5, ValueError, r"its shape is \(\)"),
        ([0.5, 4.0], TypeError, "their dtype is float64"),
    ],
)
def test_ids_that_are_no_row(ids, error, sentence):
    with pytest.raises(error, match=sentence):
        decode(ids, INDEX)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(sorted(set(INDEX.values()))), max_size=12))
def test_decoding_and_encoding_gives_the_ids_back(ids):
    found = encode([decode([1, *ids], INDEX)], INDEX, 51, 13)[0]
    assert found.tolist() == [0] * (12 - len(ids)) + [1, *ids]


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_no_text_stops_it(text):
    found = encode([text], INDEX, 50, 9)
    assert found.shape == (1, 9)
    assert set(found[0]) <= {0, 1, 2, *INDEX.values()}


def test_padding_and_cutting_are_those_of_keras():
    # as keras.utils.pad_sequences documents its defaults
    assert pad([[1, 2, 3, 4, 5, 6], [7], []], 4).tolist() == [[3, 4, 5, 6], [0, 0, 0, 7], [0, 0, 0, 0]]


def test_sizes_may_be_small_whole_numbers_of_numpy():
    assert row("the film", maxlen=np.uint16(3)) == [1, 4, 5]
    long = encode(["the film"], INDEX, np.uint16(50), np.uint16(200))
    np.testing.assert_array_equal(long, encode(["the film"], INDEX, 50, 200))


def test_an_index_may_hold_whole_numbers_of_numpy():
    index = {word: np.uint8(number) for word, number in INDEX.items()}
    assert encode(["rare film"], index, 51, 3).tolist() == [[1, 50, 5]]
    assert decode([1, 50, 5], index) == "rare film"


@pytest.mark.parametrize(
    ("entry", "error", "sentence"),
    [
        (4.5, TypeError, r"word_index must map words to whole numbers, but has 4.5 for 'film'\."),
        ("5", TypeError, r"word_index must map words to whole numbers, but has '5' for 'film'\."),
        ([5], TypeError, r"word_index must map words to whole numbers, but has \(5\) for 'film'\."),
        (True, TypeError, r"word_index must map words to whole numbers, but has True for 'film'\."),
        (-1, ValueError, r"word_index must map words to whole numbers from 0 on, but has -1 for 'film'\."),
    ],
)
def test_an_entry_that_is_no_id_is_a_sentence_wherever_it_stands(entry, error, sentence):
    index = {"good": 4, "film": entry}
    with pytest.raises(error, match=sentence):
        encode(["good film"], index, 50, 6)
    for back in (decode, words_of):
        with pytest.raises(error, match=sentence):
            back([4, -1], index)


def test_an_index_the_wrong_way_round_is_a_sentence():
    with pytest.raises(TypeError, match="word_index must map words to ids, but has 'film' for 5"):
        decode([5], {5: "film"})
    with pytest.raises(TypeError, match="word_index must map words to ids, but has 5 for 6"):
        words_of([5], {6: 5})
