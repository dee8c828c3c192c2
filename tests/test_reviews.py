"""Which reviews are loaded, what they are called, and how they are shared out."""

import functools
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from grulab.data import Reviews, cache, decode, encode, load_reviews, reviews, source, twins
from grulab.data.download import Unavailable
from grulab.data.text import words
from grulab.data.twins import corpus

ROOT = Path(__file__).parents[1]
# a small corpus, generated once: what is loaded does not hang on its size
SMALL = functools.cache(lambda: corpus(600, 180))


@pytest.fixture(autouse=True)
def no_imdb(tmp_path, monkeypatch):
    """No cached IMDB, no network, and nothing asked for by the environment."""
    monkeypatch.delenv("GRULAB_REVIEWS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(cache, "_FALLBACK", str(tmp_path / "fallback"))
    monkeypatch.setenv("no_proxy", "*")
    # nothing listens on port 9 of this machine
    monkeypatch.setattr(cache, "_ORIGIN", "http://127.0.0.1:9/")
    monkeypatch.setattr(twins, "corpus", SMALL)


@pytest.fixture(scope="module")
def embedded():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twins, "corpus", SMALL)
        return load_reviews("embedded", maxlen=48)


RANKS = {"the": 1, "and": 2, "fine": 3, "awful": 4, "seldom": 5}


@pytest.fixture
def imdb(monkeypatch):
    """Stand in for what is read from Keras: ten texts, of which three are one text."""
    train = [[1, 4, 6, 8], [1, 4, 7], [1, 5, 6]] + [[1, 4, 6]] * 3 + [[1, *[4] * n, 7] for n in (2, 3, 4, 5)]
    test = [[1, 4, 5, 6], [1, 7]]

    def rows(lists):
        return [np.array(row, np.int32) for row in lists]

    monkeypatch.setattr(source.cache, "provide", lambda: "cached")
    y_train = np.array([1, 0, 1, 1, 1, 1, 0, 0, 0, 0])
    monkeypatch.setattr(
        reviews, "_from_keras", lambda: ((rows(train), y_train), (rows(test), np.array([1, 0])), RANKS)
    )


def test_embedded_reviews_say_what_they_are(embedded):
    assert embedded.source == "embedded"
    assert repr(embedded) == (
        "These are the embedded reviews, synthetic texts that grulab generates from a grammar: 480 to "
        'train on, 120 to validate, 180 to test. They are used because source="embedded" was asked for; '
        "no figure from them is a result on IMDB."
    )
    assert embedded._repr_markdown_() == f"> **Data.** {embedded.banner}"


def test_shapes_and_types(embedded):
    for part, size in (("train", 480), ("validation", 120), ("test", 180)):
        x, y, ids = (getattr(embedded, f"{name}_{part}") for name in ("x", "y", "ids"))
        assert (x.shape, x.dtype) == ((size, 48), np.int32)
        assert (y.shape, y.dtype) == ((size,), np.int32)
        assert set(y) == {0, 1}
        assert len(ids) == size
        assert all(row[0] == 1 and row.dtype == np.int32 for row in ids)
        assert all(np.array_equal(line[line > 0], row) for line, row in zip(x, ids, strict=True))
    assert embedded.kind.shape == embedded.pair.shape == embedded.held_out.shape == (180,)


def test_ids_are_those_of_the_texts(embedded):
    _, test = twins.corpus()
    assert np.array_equal(embedded.x_test, encode(test.texts, embedded.word_index, 10_000, 48))
    assert np.array_equal(embedded.y_test, test.labels)
    assert np.array_equal(embedded.kind, test.kind)
    assert decode(embedded.ids_test[0], embedded.word_index) == " ".join(words(test.texts[0]))


def test_frequent_words_have_low_ids(embedded):
    ids = np.concatenate(embedded.ids_train + embedded.ids_validation)
    counts = np.bincount(ids)[4:]
    assert sorted(embedded.word_index.values()) == list(range(4, 4 + len(counts)))
    assert np.all(np.diff(counts) <= 0)
    assert 2 not in ids
    assert 3 not in ids


def test_few_words_make_the_others_unknown():
    few = load_reviews("embedded", num_words=20, maxlen=48)
    assert sorted(few.word_index.values()) == list(range(4, 20))
    assert few.x_train.max() == 19
    assert 2 in few.x_train


def test_a_short_maxlen_keeps_the_last_words(embedded):
    short = load_reviews("embedded", maxlen=5)
    assert np.array_equal(short.x_test, embedded.x_test[:, -5:])


def test_twins_stay_together(embedded):
    """Gather, in each part, the reviews of the same words: with twins, each verdict is as frequent."""

    def bags(part):
        ids, y = getattr(embedded, f"ids_{part}"), getattr(embedded, f"y_{part}")
        found = {}
        for row, label in zip(ids, y, strict=True):
            found.setdefault(tuple(np.sort(row)), []).append(label)
        return found

    verdict_words = {embedded.word_index[word] for word in twins.PRAISE + twins.BLAME}
    for part, rows in (("train", 320), ("validation", 80), ("test", 120)):
        of_twins = [labels for bag, labels in bags(part).items() if len(verdict_words.intersection(bag)) == 2]
        assert all(sum(labels) * 2 == len(labels) for labels in of_twins)
        assert sum(map(len, of_twins)) == pytest.approx(rows, rel=0.2)


def test_the_seed_decides_the_split(embedded):
    again, other = (load_reviews("embedded", maxlen=48, seed=seed) for seed in (0, 1))
    assert np.array_equal(again.x_validation, embedded.x_validation)
    assert not np.array_equal(other.x_validation, embedded.x_validation)
    assert np.array_equal(other.x_test, embedded.x_test)


def test_imdb_is_called_imdb(imdb):
    found = load_reviews(num_words=8, maxlen=4)
    assert isinstance(found, Reviews)
    assert found.source == "imdb"
    assert found.banner == (
        "These are real reviews of films, from IMDB (Maas et al. 2011): "
        "8 to train on, 2 to validate, 2 to test."
    )
    assert found.kind is found.pair is found.held_out is None


def test_imdb_words_have_their_rank_plus_three(imdb):
    found = load_reviews("imdb", num_words=8, maxlen=4)
    assert found.word_index == {"the": 4, "and": 5, "fine": 6, "awful": 7}
    assert found.x_test.tolist() == [[1, 4, 5, 6], [0, 0, 1, 7]]
    assert found.x_test.dtype == found.ids_train[0].dtype == np.int32
    assert decode(found.x_test[0], found.word_index) == "the and fine"
    rows = [row.tolist() for row in found.ids_train + found.ids_validation]
    assert [1, 4, 6, 2] in rows
    assert load_reviews("imdb", num_words=9, maxlen=4).word_index["seldom"] == 8


@pytest.mark.parametrize("seed", range(12))
def test_one_text_stays_on_one_side(imdb, seed):
    found = load_reviews("imdb", num_words=9, maxlen=4, validation=0.4, seed=seed)
    sides = [[1, 4, 6] in [row.tolist() for row in ids] for ids in (found.ids_train, found.ids_validation)]
    assert sorted(sides) == [False, True]
    assert len(found.y_validation) == 4


def test_the_split_does_not_hang_on_num_words(imdb):
    few, all_words = (load_reviews("imdb", num_words=number, maxlen=9, seed=1) for number in (5, 9))
    cut = [np.where(row < 5, row, 2).tolist() for row in all_words.ids_validation]
    assert [row.tolist() for row in few.ids_validation] == cut


def test_no_imdb_in_auto_mode_gives_the_embedded_reviews_and_says_why(tmp_path):
    found = load_reviews(maxlen=10)
    assert found.source == "embedded"
    assert (
        "used because IMDB cannot be had (127.0.0.1:9 cannot be reached (Connection refused))" in found.banner
    )
    assert str(tmp_path) not in found.banner


def test_a_cache_folder_that_is_a_file_is_no_reason_to_stop(tmp_path):
    (tmp_path / "keras").write_text("not a folder")
    found = load_reviews(maxlen=10)
    assert "IMDB cannot be had (datasets cannot be written (Not a directory))" in found.banner


def test_a_damaged_copy_is_said_and_never_trained_on(tmp_path, capsys):
    folder = tmp_path / "keras/datasets"
    folder.mkdir(parents=True)
    (folder / "imdb.npz").write_bytes(b"PK")
    found = load_reviews(maxlen=10)
    assert found.source == "embedded"
    assert "imdb.npz is damaged: it holds 2 bytes instead of 17,464,789, and 127.0.0.1:9" in found.banner
    assert f"{folder / 'imdb.npz'} is damaged" in capsys.readouterr().err


GONE = """
import socket, sys
from grulab.data import cache, load_reviews, reviews
cache.provide = lambda: "cached"  # and then somebody emptied the folder
reviews.SECONDS_OF_SILENCE = 0.5
print(load_reviews(maxlen=10).banner)
print(socket.getdefaulttimeout())
"""


def test_files_that_vanish_before_keras_reads_them_and_a_network_that_is_silent(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        proxy = f"http://127.0.0.1:{silent.getsockname()[1]}"
        nobody = {"https_proxy": proxy, "HTTPS_PROXY": proxy, "no_proxy": "", "NO_PROXY": ""}
        process, _ = run("-c", GONE, **nobody)
    assert process.returncode == 0, process.stderr
    banner, patience = process.stdout.splitlines()[-2:]
    assert "embedded reviews" in banner
    assert "IMDB cannot be had (Keras could not read its files)" in banner
    assert patience == "None"
    assert not list((tmp_path / "keras").rglob("imdb*"))


def test_imdb_that_was_asked_for_and_that_keras_cannot_read(monkeypatch):
    def fail():
        raise Unavailable("Keras could not read its files: no such file", "Keras could not read its files")

    monkeypatch.setattr(source.cache, "provide", lambda: "cached")
    monkeypatch.setattr(reviews, "_from_keras", fail)
    assert load_reviews(maxlen=10).source == "embedded"
    with pytest.raises(ConnectionError, match=r"had: Keras could not read its files: no such file\."):
        load_reviews("imdb")


def test_imdb_that_was_asked_for_and_cannot_be_had(monkeypatch):
    sentence = r"The IMDB reviews cannot be had: 127.0.0.1:9 cannot be reached \(Connection refused\)\."
    with pytest.raises(ConnectionError, match=sentence) as caught:
        load_reviews("imdb")
    assert caught.value.__suppress_context__
    monkeypatch.setenv("GRULAB_REVIEWS", "imdb")
    with pytest.raises(ConnectionError, match=sentence):
        load_reviews()
    with pytest.raises(ConnectionError, match=sentence):
        source.fetch()


def test_embedded_reviews_touch_no_network(monkeypatch):
    def fail():
        raise AssertionError("the cache was asked")

    monkeypatch.setattr(source.cache, "provide", fail)
    assert load_reviews("embedded", maxlen=9).source == "embedded"
    monkeypatch.setenv("GRULAB_REVIEWS", "embedded")
    assert "because GRULAB_REVIEWS=embedded asks for them" in load_reviews(maxlen=9).banner
    assert source.fetch() == "Reviews: embedded, because GRULAB_REVIEWS=embedded asks for them"


def test_what_is_available(monkeypatch):
    assert source.available_source() == "embedded"
    monkeypatch.setattr(source.cache, "is_cached", lambda: True)
    assert source.available_source() == "imdb"
    monkeypatch.setenv("GRULAB_REVIEWS", "embedded")
    assert source.available_source() == "embedded"
    monkeypatch.setenv("GRULAB_REVIEWS", "imdb")
    monkeypatch.setattr(source.cache, "is_cached", lambda: False)
    assert source.available_source() == "imdb"


@pytest.mark.parametrize("call", [load_reviews, source.available_source, source.fetch])
def test_an_environment_that_asks_for_something_else(monkeypatch, call):
    monkeypatch.setenv("GRULAB_REVIEWS", "IMBD")
    with pytest.raises(ValueError, match="GRULAB_REVIEWS must be auto, imdb or embedded, not 'IMBD'"):
        call()


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"source": "real"}, ValueError, "source must be .* not 'real'"),
        ({"source": None}, ValueError, "source must be .* not None"),
        ({"maxlen": 0}, ValueError, "maxlen must be at least 1"),
        ({"num_words": 4}, ValueError, "num_words must be at least 5"),
        ({"num_words": None}, TypeError, "num_words must be a whole number, not None"),
        ({"validation": 0}, ValueError, "between 0 and 1, not 0"),
        ({"validation": 1.0}, ValueError, "between 0 and 1, not 1.0"),
        ({"validation": "0.2"}, ValueError, "between 0 and 1, not '0.2'"),
        ({"validation": 1e-9}, ValueError, "leaves no review to validate"),
        ({"validation": 0.99999}, ValueError, "leaves no review to train on"),
        ({"validation": float("nan")}, ValueError, "between 0 and 1, not nan"),
    ],
)
def test_options_that_make_no_sense(options, error, sentence):
    with pytest.raises(error, match=sentence):
        load_reviews(**{"source": "embedded", **options})


def run(*arguments, **environment):
    start = time.monotonic()
    # warnings are errors, but for those that a trial with old packages names
    warnings = ",".join(filter(None, ["error", os.environ.get("PYTHONWARNINGS")]))
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": warnings, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return process, time.monotonic() - start


def test_the_entry_point_says_one_line_and_what_was_wrong():
    process, _ = run("-m", "grulab.data", GRULAB_REVIEWS="embedded")
    assert process.returncode == 0
    assert process.stdout == "Reviews: embedded, because GRULAB_REVIEWS=embedded asks for them\n"
    process, _ = run("-m", "grulab.data", GRULAB_REVIEWS="nonsense")
    assert process.returncode == 1
    assert process.stderr == "GRULAB_REVIEWS must be auto, imdb or embedded, not 'nonsense'.\n"


def test_an_answer_without_tensorflow_within_ten_seconds(tmp_path):
    """Ask a host of documentation addresses, where no packet is ever answered."""
    code = """
        import sys
        from grulab.data import cache, load_reviews, source
        cache._ORIGIN = "http://192.0.2.1/"
        print(source.available_source(), load_reviews().source, source.fetch())
        assert not {"keras", "tensorflow"} & set(sys.modules)
    """
    lines = "\n".join(line.strip() for line in code.splitlines())
    process, seconds = run("-c", lines, KERAS_HOME=str(tmp_path / "keras"))
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith(
        "embedded embedded Reviews: embedded, because IMDB cannot be had (192.0.2.1 "
    )
    # two questions, each with an answer within ten seconds
    assert seconds < 20


def test_unavailable_keeps_its_sentence():
    assert (str(Unavailable("long")), Unavailable("long").short) == ("long", "long")
