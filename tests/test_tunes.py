"""Tunes: their bars add up, their rights are clear, and their notation is read as it says."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from grulab.data.tunes import Tune, note_name, transpose, tunes

TUNES = pytest.mark.parametrize("tune", tunes(), ids=[tune.title for tune in tunes()])


def made(score, beats=4):
    """Return a tune of the given score."""
    return Tune("A test", "nowhere", beats, score)


@TUNES
def test_bars_add_up(tune):
    first, *middle, last = (sum(eighths for _, eighths, _ in bar) for bar in tune.bars())
    full = 2 * tune.beats
    assert set(middle) <= {full}
    # a pickup is taken from the last bar
    assert first + last in (full, 2 * full)
    assert max(first, last) <= full


@TUNES
def test_a_tune_is_surely_in_the_public_domain(tune):
    died = re.search(r", died (?:about )?(\d{4})$", tune.origin)
    assert tune.origin.endswith("traditional") or "1582" in tune.origin or int(died[1]) < 1900


@TUNES
def test_a_tune_is_a_melody_that_one_can_sing(tune):
    notes = tune.notes()
    pitches = [pitch for pitch, _ in notes]
    assert 12 <= len(notes) <= 110
    assert min(pitches) >= 52
    assert max(pitches) <= 81
    # the widest leap is a tenth, in Greensleeves; one octave more would be a slip of the pen
    assert max(abs(a - b) for a, b in pairwise(pitches)) <= 15
    assert all(beats in (0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6) for _, beats in notes)


@TUNES
def test_a_tune_stands_in_the_common_key(tune):
    pitches = Counter(pitch % 12 for pitch, _ in tune.notes())
    white = sum(count for pitch, count in pitches.items() if note_name(60 + pitch)[1] != "♯")
    assert white >= 0.8 * sum(pitches.values())
    # it ends on its tonic, C or A; an excerpt may end on the fifth, G, or a verse of a minor tune on E
    assert note_name(60 + tune.notes()[-1][0] % 12)[:-1] in "CAGE"


def test_tunes_are_many_and_from_several_countries():
    titles = [tune.title for tune in tunes()]
    assert len(set(titles)) == len(titles) >= 25
    assert len({re.split(",| and ", tune.origin)[0] for tune in tunes()}) >= 10
    assert len({tuple(tune.notes()) for tune in tunes()}) == len(titles)


def test_letters_are_read_as_in_abc():
    low, sharp = made("C,CGc").notes(), made("^F2 B/2 c3/2 d").notes()
    assert low == [(48, 0.5), (60, 0.5), (67, 0.5), (72, 0.5)]
    assert sharp == [(66, 1.0), (71, 0.25), (72, 0.75), (74, 0.5)]


def test_a_tie_makes_one_note_of_two():
    assert made("C4G4-|G8").notes() == [(60, 2.0), (67, 6.0)]
    assert made("C8-|C8-|C2").notes() == [(60, 9.0)]


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("C2H2", "'H2' in the bar 'C2H2'"),
        ("C2|2D", "'2D' in the bar"),
        ("C2z2", "must begin with a note"),
        ("C4-|D4", "a tie joins the pitches 60 and 62"),
        ("C4-", "the last note is tied to nothing"),
    ],
)
def test_what_is_no_note_is_named(score, words):
    with pytest.raises(ValueError, match=words):
        made(score).notes()


def test_transposing_moves_pitches_and_keeps_beats():
    notes = tunes()[0].notes()
    up = transpose(notes, 5)
    assert [b - a for (a, _), (b, _) in zip(notes, up, strict=True)] == [5] * len(notes)
    assert [beats for _, beats in up] == [beats for _, beats in notes]
    assert transpose(up, -5) == notes


def test_transposing_by_half_a_tone_and_a_bit_is_refused():
    with pytest.raises(TypeError, match="semitones is"):
        transpose([(60, 1.0)], 1.5)


@pytest.mark.parametrize(("pitch", "by", "to"), [(120, 60, 180), (3, -4, -1)])
def test_transposing_out_of_the_midi_pitches_is_refused(pitch, by, to):
    with pytest.raises(ValueError, match=f"semitones is {by}, but from pitch {pitch} that leads to {to}, "):
        transpose([(60, 1), (pitch, 1)], by)


def test_pitches_have_names():
    assert [note_name(pitch) for pitch in (0, 60, 61, 69, 127)] == ["C-1", "C4", "C♯4", "A4", "G9"]
    assert note_name(np.uint8(5)) == "F-1"
    for pitch in (-1, 128):
        with pytest.raises(ValueError, match="pitch is"):
            note_name(pitch)
