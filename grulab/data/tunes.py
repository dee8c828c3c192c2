"""Short tunes in the public domain: traditional, or by composers who died before 1900.

They were written down for this course. The notation is a part of ABC, which people read, too. ``C`` to
``B`` are the octave from middle C, ``c`` to ``b`` the one above, a comma means an octave lower. ``^``
raises the letter behind it by half a tone. A number behind it counts eighth notes: ``C2`` is a quarter
note, one beat, ``C3/2`` one and a half eighths, ``C/2`` half of one. ``-`` ties a note to the next one,
``|`` ends a bar. All tunes stand in C major or A minor, or in a mode on C or A, so that a note has the same
role in each.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from grulab.arguments import check_list, check_number, check_pair, check_size

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
MIDDLE_C = 60  # its number in MIDI, where each half tone counts one
NOTE = re.compile(r"(\^?)([A-Ga-g])(,?)(\d+(?:/\d+)?|/\d+)?(-?)")


def _read_bar(bar):
    """Return ``[(midi pitch, eighths, tied)]`` of one bar; anything but notes in it is a ``ValueError``."""
    found, place = [], 0
    bar = "".join(bar.split())
    while place < len(bar):
        match = NOTE.match(bar, place)
        if match is None:
            raise ValueError(
                f"{bar[place:]!r} in the bar {bar!r} must begin with a note such as ^f2 or G,3/2."
            )
        sharp, letter, low, length, tie = match.groups()
        octave = 12 * letter.islower() - 12 * bool(low)
        pitch = MIDDLE_C + SEMITONES[letter.upper()] + octave + bool(sharp)
        eighths = Fraction(f"1{length}" if (length or "1")[0] == "/" else length or 1)
        found.append((pitch, eighths, bool(tie)))
        place = match.end()
    return found


@dataclass(frozen=True)
class Tune:
    """Hold one melody: its title, where it comes from, the beats of a bar (quarter notes), and the score."""

    title: str
    origin: str
    beats: int
    score: str

    def bars(self):
        """Return the bars, each a list of ``(midi pitch, eighths, tied to the next note)``."""
        return [_read_bar(bar) for bar in self.score.split("|")]

    def notes(self):
        """Return the notes as ``[(midi pitch, beats)]``; tied notes are one. A beat is a quarter note.

        A tie between two pitches, or from the last note, is a ``ValueError``.
        """
        notes, tied = [], None
        for pitch, eighths, tie in (note for bar in self.bars() for note in bar):
            if tied not in (None, pitch):
                raise ValueError(f"{self.title}: a tie joins the pitches {tied} and {pitch}, which differ.")
            if tied is None:
                notes.append((pitch, Fraction(0)))
            notes[-1] = (pitch, notes[-1][1] + eighths / 2)
            tied = pitch if tie else None
        if tied is not None:
            raise ValueError(f"{self.title}: the last note is tied to nothing.")
        return [(pitch, float(beats)) for pitch, beats in notes]


def check_notes(notes):
    """Return a list of ``(midi pitch, beats)``, pitches from 0 to 127; raise a TypeError or a ValueError."""
    checked = []
    for i, note in enumerate(check_list("notes", notes, "pairs (midi pitch, beats)")):
        note = check_pair(f"notes[{i}]", note, "a pitch and its beats")
        pitch = check_size(f"the pitch of notes[{i}]", note[0], 0, 127)
        checked.append((pitch, check_number(f"the beats of notes[{i}]", note[1], above=0)))
    return checked


def transpose(notes, semitones):
    """Return ``[(midi pitch, beats)]`` moved up by so many half tones, or down by a negative number.

    A pitch that would leave 0 to 127 is a ``ValueError``.
    """
    by = check_size("semitones", semitones, -60, 60)
    notes = check_notes(notes)
    for pitch, _ in notes:
        if not 0 <= pitch + by <= 127:
            raise ValueError(
                f"semitones is {by}, but from pitch {pitch} that leads to {pitch + by}, outside 0 to 127."
            )
    return [(pitch + by, beats) for pitch, beats in notes]


def note_name(pitch):
    """Return the name of a midi pitch with its octave: 60 is C4. One outside 0 to 127 is a ``ValueError``."""
    pitch = check_size("pitch", pitch, 0)
    if pitch > 127:
        raise ValueError(f"pitch is {pitch}, but midi pitches lie from 0 to 127.")
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


def tunes():
    """Return the tunes of the course, a tuple of `Tune`, always in the same order."""
    return TUNES


TUNES = (
    Tune("Frère Jacques", "France, traditional", 4,
         "C2D2E2C2|C2D2E2C2|E2F2G4|E2F2G4|GAGFE2C2|GAGFE2C2|C2G,2C4|C2G,2C4"),
    Tune("Ah! vous dirai-je, maman", "France, traditional", 4,
         "C2C2G2G2|A2A2G4|F2F2E2E2|D2D2C4|G2G2F2F2|E2E2D4|G2G2F2F2|E2E2D4|C2C2G2G2|A2A2G4|F2F2E2E2|D2D2C4"),
    Tune("Au clair de la lune", "France, traditional", 4,
         "C2C2C2D2|E4D4|C2E2D2D2|C8|C2C2C2D2|E4D4|C2E2D2D2|C8|D2D2D2D2|A,4A,4|D2C2B,2A,2|G,8|"
         "C2C2C2D2|E4D4|C2E2D2D2|C8"),
    Tune("Sur le pont d'Avignon", "France, traditional", 4,  # codespell:ignore pont
         "C2C2C4|D2D2D4|E2F2G2C2|B,2C2D2G,2|C2C2C4|D2D2D4|E2F2G2C2|D2B,2C4"),
    Tune("J'ai du bon tabac", "France, traditional", 4,
         "C2D2E2C2|D4D2E2|F4F4|E4E4|C2D2E2C2|D4D2E2|F4G4|C8|G4G2F2|E4D2E2|F4G4|D8|G4G2F2|E4D2E2|F4G4|D8|"
         "C2D2E2C2|D4D2E2|F4F4|E4E4|C2D2E2C2|D4D2E2|F4G4|C8"),
    Tune("Malbrough s'en va-t-en guerre", "France, traditional", 3,
         "C|E2EEDE|F3E2E|D2DDCD|E3C2D|E2EEDE|F3A2A|GGGF2D|C5"),
    Tune("Galop of Orpheus in the Underworld", "France, Jacques Offenbach, died 1880", 4,
         "C8|DFEDG2G2|GAEFD2D2|DFEDCcBA|GFEDC4|DFEDG2G2|GAEFD2D2|DFEDCGDE|C8"),
    Tune("Old Hundredth", "Geneva, Loys Bourgeois, died about 1560", 4,
         "C2|C2B,2A,2G,2|C2D2E2E2|E2E2D2C2|F2E2D2C2|D2E2D2C2|A,2B,2C2G2|E2C2D2F2|E2D2C2"),
    Tune("Ode to Joy", "Germany, Ludwig van Beethoven, died 1827", 4,
         "E2E2F2G2|G2F2E2D2|C2C2D2E2|E3DD4|E2E2F2G2|G2F2E2D2|C2C2D2E2|D3CC4|D2D2E2C2|D2EFE2C2|D2EFE2D2|"
         "C2D2G,4|E2E2F2G2|G2F2E2D2|C2C2D2E2|D3CC4"),
    Tune("Für Elise", "Germany, Ludwig van Beethoven, died 1827", 3,
         "e^d|e^deBdc|A3CEA|B3E^GB|c3Ee^d|e^deBdc|A3CEA|B3EcB|A4"),
    Tune("Minuet in G", "Germany, Christian Petzold, died 1733", 3,
         "G2CDEF|G2C2C2|A2FGAB|c2C2C2|F2GFED|E2FEDC|B,2CDEC|D6|G2CDEF|G2C2C2|A2FGAB|c2C2C2|F2GFED|E2FEDC|"
         "D2EDCB,|C6"),
    Tune("O Tannenbaum", "Germany, traditional", 3,
         "G,|C3/2C/2C2D2|E3/2E/2E3E|DEF2B,2|D2C3G|GEA3G|GFF3F|FDG3F|FEE3G,|C3/2C/2C2D2|E3/2E/2E3E|DEF2B,2|"
         "D2C3"),
    Tune("Alle meine Entchen", "Germany, traditional", 4,  # codespell:ignore alle
         "CDEFG2G2|AAAAG4|AAAAG4|FFFFE2E2|DDDDC4"),
    Tune("Hänschen klein", "Germany, traditional", 4,
         "G2E2E4|F2D2D4|C2D2E2F2|G2G2G4|G2E2E4|F2D2D4|C2E2G2G2|C8|D2D2D2D2|D2E2F4|E2E2E2E2|E2F2G4|G2E2E4|"
         "F2D2D4|C2E2G2G2|C8"),
    Tune("Alle Vögel sind schon da", "Germany, traditional", 4,  # codespell:ignore alle
         "C3EG2c2|A2cAG4|F3GE2C2|D2D2C4|G2G2F2F2|E2GED4|G2G2F2F2|E2GED4|C3EG2c2|A2cAG4|F3GE2C2|D2D2C4"),
    Tune("Ihr Kinderlein, kommet", "Germany, Johann Abraham Peter Schulz, died 1800", 4,
         "G2|G4E2G2|G4E2G2|F4D2F2|E6G2|G4E2G2|G4E2G2|F4D2F2|E6E2|D4D2D2|F4F2F2|E4E2E2|A6A2|G4G2G2|c4G2E2|"
         "G4F2D2|C6"),
    Tune("Hark! The herald angels sing", "Germany, Felix Mendelssohn, died 1847", 4,
         "G,2C2C3B,|C2E2E2D2|G2G2G3F|E2D2E4|G,2C2C3B,|C2E2E2D2|G2D2D3B,|B,2A,2G,4|G2G2G2C2|F2E2E2D2|"
         "G2G2G2C2|F2E2E2D2|A3AA2G2|F2E2F4|D2EFG3C|C2D2E4|A3AA2G2|F2E2F4|D2EFG3C|C2D2C4"),
    Tune("Bridal Chorus", "Germany, Richard Wagner, died 1883", 4,
         "G,4C3C|C8|G,4D3B,|C8|G,4C3F|F4E3D|C4B,3C|D8|G,4C3C|C8|G,4D3B,|C8|G,4C3E|G4E3C|A,4D3E|C8"),
    Tune("O du lieber Augustin", "Austria, traditional", 3,
         "G3AGF|E2C2C2|D2G,2G,2|E2C2C2|G3AGF|E2C2C2|D2G,2G,2|C6|D2G,2G,2|E2C2C2|D2G,2G,2|E2C2C2|G3AGF|"
         "E2C2C2|D2G,2G,2|C6"),
    Tune("Stille Nacht", "Austria, Franz Xaver Gruber, died 1863", 3,
         "G3AG2|E6|G3AG2|E6|d4d2|B6|c4c2|G6|A4A2|c3BA2|G3AG2|E6|A4A2|c3BA2|G3AG2|E6|d4d2|f3dB2|c6|e6|"
         "c2G2E2|G3FD2|C6"),
    Tune("Emperor's hymn", "Austria, Joseph Haydn, died 1809", 4,
         "C3DE2D2|F2E2DB,C2|A2G2F2E2|D2ECG4|C3DE2D2|F2E2DB,C2|A2G2F2E2|D2ECG4|D2E2DB,G,2|F2E2DB,G,2|"
         "G2F2E3E|^F3GG4|c3BBAG2|A3GGFE2|D3EFGAF|C2EDC4"),
    Tune("Andante of the Surprise symphony", "Austria, Joseph Haydn, died 1809", 4,
         "C2C2E2E2|G2G2E4|F2F2D2D2|B,2B,2G,4|C2C2E2E2|G2G2E4|c2c2^F2^F2|G8"),
    Tune("Summ, summ, summ", "Bohemia, traditional", 4,
         "G2F2E4|DEFDC4|EFGEDEFD|EFGEDEFD|G2F2E4|DEFDC4"),
    Tune("Wlazł kotek na płotek", "Poland, traditional", 3,
         "G2E2E2|F2D2D2|CEG4|G2E2E2|F2D2D2|CEC4"),
    Tune("Korobeiniki", "Russia, traditional", 4,
         "e2Bcd2cB|A2Ace2dc|B3cd2e2|c2A2A4|d3fa2gf|e3ce2dc|B2Bcd2e2|c2A2A4"),
    Tune("Tempus adest floridum", "Finland and Sweden, Piae Cantiones of 1582", 4,
         "C2C2C2D2|C2C2G,4|A,2G,2A,2B,2|C4C4|C2C2C2D2|C2C2G,4|A,2G,2A,2B,2|C4C4|G2F2E2D2|E2D2C4|"
         "A,2G,2A,2B,2|C4C4|G,2G,2A,2B,2|C2C2D4|G2F2E2D2|C4F4|C8"),
    Tune("London Bridge", "England, traditional", 4,
         "G3AG2F2|E2F2G4|D2E2F4|E2F2G4|G3AG2F2|E2F2G4|D4G4|E2C6"),
    Tune("Hot cross buns", "England, traditional", 4,
         "E2D2C4|E2D2C4|CCCCDDDD|E2D2C4"),
    Tune("Pop goes the weasel", "England, traditional", 3,
         "G,|C2CD2D|EGEC2G,|C2CD2D|E3C2G,|C2CD2D|EGEC3|A3D2F|E3C2"),
    Tune("God save the King", "England, traditional", 3,
         "C2C2D2|B,3CD2|E2E2F2|E3DC2|D2C2B,2|C6|G2G2G2|G3FE2|F2F2F2|F3ED2|E2FEDC|E3FG2|AFE2D2|C6"),
    Tune("Greensleeves", "England, traditional", 3,
         "A2|c4d2|e3^fe2|d4B2|G3AB2|c4A2|A3^GA2|B4^G2|E4A2|c4d2|e3^fe2|d4B2|G3AB2|c3BA2|^G3^F^G2|A6-|A6|"
         "g6|g3^fe2|d4B2|G3AB2|c4A2|A3^GA2|B4^G2|E6|g6|g3^fe2|d4B2|G3AB2|c3BA2|^G3^F^G2|A6-|A4"),
    Tune("What shall we do with a drunken sailor", "England, traditional", 4,
         "e2eee2ee|e2A2c2e2|d2ddd2dd|d2G2B2d2|e2eee2ee|e2^f2g2a2|g2e2d2B2|A4A4"),
    Tune("God rest you merry, gentlemen", "England, traditional", 4,
         "A2|A2e2e2d2|c2B2A2G2|A2B2c2d2|e6A2|A2e2e2d2|c2B2A2G2|A2B2c2d2|e6e2|f2d2e2f2|g2a2e2d2|c2A2B2c2|"
         "d4c2d2|e4f2e2|e2d2c2B2|A4cBA2|d4c2d2|e2f2g2a2|e2d2c2B2|A6"),
    Tune("The first Noel", "England, traditional", 3,
         "ED|C3DEF|G4AB|c2B2A2|G4AB|c2B2A2|G2A2B2|c2G2F2|E4ED|C3DEF|G4AB|c2B2A2|G4AB|c2B2A2|G2A2B2|c2G2F2|"
         "E4ED|C3DEF|G4cB|A4A2|G6|c2B2A2|G2A2B2|c2G2F2|E4"),
    Tune("O come, all ye faithful", "England, John Francis Wade, died 1786", 4,
         "C2|C4G,2C2|D4G,4|E2D2E2F2|E4D2C2|C4B,2A,2|B,2C2D2E2|B,4A,3G,|G,8|G4F2E2|F4E4|D2E2C2D2|"
         "B,3A,G,2C2|C2B,2C2D2|C4G,2E2|E2D2E2F2|E4D2E2|F2E2D2C2|B,4C2F2|E4D3C|C6"),
    Tune("Auld lang syne", "Scotland, traditional", 4,
         "G,2|C3CC2E2|D3CD2E2|C3CE2G2|A6A2|G3EE2C2|D3CD2E2|C3A,A,2G,2|C6A2|G3EE2C2|D3CD2A2|G3EE2G2|A6c2|"
         "G3EE2C2|D3CD2E2|C3A,A,2G,2|C6"),
    Tune("Nos Galan", "Wales, traditional", 4,
         "G3FE2D2|C2D2E2C2|DEFDE3D|C2B,2C4|G3FE2D2|C2D2E2C2|DEFDE3D|C2B,2C4|D3EF2D2|E3FG2D2|E^FG2ABc2|"
         "B2A2G4|G3FE2D2|C2D2E2C2|AAAAG3F|E2D2C4"),
    Tune("The Irish washerwoman", "Ireland, traditional", 3,
         "GF|ECCG,CC|ECEGFE|FDDA,DD|FDFAGF|ECCG,CC|ECEGFE|FEFDGF|ECCC"),
    Tune("The Kesh jig", "Ireland, traditional", 3,
         "C2CCDE|D2DDEG|AGGcGG|AGEGED|C2CCDE|D2DDEG|AGGcGE|DCB,C3|EDEGEG|AcAGEC|EDEGEC|DEDDCD|EDEGEG|AcAGEG|"
         "cBcdcd|eccc3"),
    Tune("Yankee Doodle", "United States, traditional", 4,
         "C2C2D2E2|C2E2D2G,2|C2C2D2E2|C4B,4|C2C2D2E2|F2E2D2C2|B,2G,2A,2B,2|C4C4|A,3B,A,2G,2|A,2B,2C4|"
         "G,3A,G,2F,2|E,4G,4|A,3B,A,2G,2|A,2B,2C2A,2|G,2C2B,2D2|C4C4"),
    Tune("Amazing grace", "United States, traditional", 3,
         "G,2|C4EC|E4D2|C4A,2|G,4G,2|C4EC|E4D2|G6-|G4E2|G4EC|E4D2|C4A,2|G,4G,2|C4EC|E4D2|C6-|C4"),
    Tune("Mary had a little lamb", "United States, traditional", 4,
         "E2D2C2D2|E2E2E4|D2D2D4|E2G2G4|E2D2C2D2|E2E2E2E2|D2D2E2D2|C8"),
    Tune("Go tell Aunt Rhody", "United States, traditional", 4,
         "E2EDC2C2|D2D2FEDC|G2GFE2E2|DCDEC4"),
    Tune("Joy to the world", "United States, Lowell Mason, died 1872", 4,
         "c4B3A|G6F2|E4D4|C6G2|A6A2|B6B2|c6c2|c2B2A2G2|G3FE2c2|c2B2A2G2|G3FE2E2|E2E2E2EF|G6FE|D2D2D2DE|"
         "F6ED|C2c4A2|G3FE2F2|E4D4|C8"),
    Tune("Oh! Susanna", "United States, Stephen Foster, died 1864", 4,
         "CD|E2G2G3A|G2E2C3D|E2E2D2C2|D6CD|E2G2G3A|G2E2C3D|E2E2D2D2|C8|F4F4|A2A4A2|G2G2E2C2|D6CD|E2G2G3A|"
         "G2E2C3D|E2E2D2D2|C6"),
    Tune("Aura Lea", "United States, George R. Poulton, died 1867", 4,
         "G,2C2B,2C2|D2A,2D4|C2B,2A,2B,2|C8|G,2C2B,2C2|D2A,2D4|C2B,2A,2B,2|C8"),
    Tune("Mo li hua", "China, traditional", 4,
         "E2EGAccA|G2GAG4|E2EGAccA|G2GAG4|G2G2G2EG|A2A2G4|E2DEG2ED|C2CDC4|EDCED3E|G2AcG4|D2EGDECA,|"
         "G,4A,2C2|D3ECDCA,|G,8"),
    Tune("Sakura", "Japan, traditional", 4,
         "A2A2B4|A2A2B4|A2B2c2B2|A2BAF4|E2C2E2F2|E2ECB,4|A2B2c2B2|A2BAF4|E2C2E2F2|E2ECB,4|A2A2B4|A2A2B4|"
         "E2F2BAF2|E8"),
)  # fmt: skip
