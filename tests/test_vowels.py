"""The spoken vowels: formants where they should be, strings as drawn, bands that tell them apart."""

import numpy as np
import pytest

from grulab.data.formants import CHILDREN, FORMANTS, RATE, buzz, resonate
from grulab.data.vowels import BANDS, HOP, LETTERS, TIME_STEPS, band_energies, to_text, vowel_strings


def response(formants):
    """Return how loud each whole frequency from 0 to 4,999 Hz comes out, for steady formants (n, 3)."""
    click = np.zeros((len(formants), RATE))
    click[:, 0] = 1
    return np.abs(np.fft.rfft(resonate(click, np.asarray(formants, float)[:, None])))[:, : RATE // 2]


@pytest.mark.parametrize("table", [FORMANTS, CHILDREN])
def test_every_formant_is_a_peak_where_the_table_has_it(table):
    for letter, curve in zip(table, response(list(table.values())), strict=True):
        peaks = np.flatnonzero((curve[1:-1] > curve[:-2]) & (curve[1:-1] > curve[2:])) + 1
        assert len(peaks) == 3, letter
        assert np.abs(peaks - table[letter]).max() < 25, letter


def test_a_resonator_lets_a_constant_through():
    assert response(list(FORMANTS.values()))[:, 0] == pytest.approx(1)


def test_the_peak_is_as_broad_as_asked():
    # one formant far from the others: at half its bandwidth to either side the power has halved
    curve = response([(700, 2300, 4000)])[0]
    above = np.flatnonzero(curve > curve[700] / np.sqrt(2))
    above = above[np.abs(above - 700) < 200]
    assert np.ptp(above) == pytest.approx(80, abs=10)


def test_the_buzz_has_its_pitch_and_its_harmonics():
    sound = buzz(np.full((1, RATE), 125.0))
    loud = np.abs(np.fft.rfft(sound[0]))
    assert set(np.argsort(loud)[-4:]) == {125, 250, 375, 500}
    assert np.abs(sound).max() <= 1


def test_a_voice_keeps_its_formants():
    voice = resonate(buzz(np.full((5, RATE), 100.0)), np.array([*FORMANTS.values()], float)[:, None])
    loud = np.abs(np.fft.rfft(voice[:, 2000:] * np.hanning(RATE - 2000), RATE))
    for letter, curve in zip(FORMANTS, loud, strict=True):
        # the harmonics at 100, 200, … Hz, without the slope of the buzz
        harmonics = curve[100:800:100] * np.arange(1, 8)
        assert abs(100 * (harmonics.argmax() + 1) - FORMANTS[letter][0]) <= 50, letter


def test_blocks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"blocks that divide 100 samples, but have the shape \(1, 3, 3\)"):
        resonate(np.zeros((1, 100)), np.ones((1, 3, 3)))


@pytest.fixture(scope="module")
def strings():
    return vowel_strings(300, seed=3)


def test_the_shapes_and_the_kinds(strings):
    assert strings.letters.shape == (300, 6)
    assert strings.sound.shape == (300, TIME_STEPS * HOP)
    assert strings.x.shape == (300, TIME_STEPS, BANDS)
    assert strings.spoken.shape == (300, TIME_STEPS)
    assert strings.sound.dtype == strings.x.dtype == np.float32
    assert set(np.unique(strings.letters)) == set(range(6))
    assert np.isfinite(strings.x).all()
    assert np.abs(strings.sound).max() < 1.5


def test_strings_have_three_to_six_vowels_and_zeros_after_them(strings):
    counts = (strings.letters > 0).sum(axis=1)
    assert set(counts) == {3, 4, 5, 6}
    assert (np.diff(strings.letters > 0, axis=1).sum(axis=1) <= 1).all()


def test_what_is_spoken_collapses_to_the_letters(strings):
    """Equal neighbours are parted by a silent frame, so that frames could tell them."""
    for spoken, letters in zip(strings.spoken, strings.letters, strict=True):
        starts = np.append(True, spoken[1:] != spoken[:-1])
        assert [n for n in spoken[starts] if n] == [n for n in letters if n]


def test_slow_strings_are_not_cut():
    slow = vowel_strings(100, seed=8, speed=0.5)
    assert (slow.spoken[:, -1] == 0).all()
    for spoken, letters in zip(slow.spoken, slow.letters, strict=True):
        assert spoken[spoken > 0][-1] == letters[letters > 0][-1]


def test_the_formants_of_a_long_vowel_are_heard():
    """Average the spectrum of a quiet recording's vowels: the first formant stands where it was sung."""
    heard = vowel_strings(200, seed=5, noise=0, scales=(1, 1))
    frames = heard.sound.reshape(200, TIME_STEPS, HOP)
    for number, letter in enumerate(LETTERS, start=1):
        inside = heard.spoken == number
        inside &= np.roll(inside, 1, axis=1) & np.roll(inside, -1, axis=1)
        power = (np.abs(np.fft.rfft(frames[inside] * np.hanning(HOP), 1000)) ** 2).mean(axis=0)  # every 10 Hz
        # many pitches fill the gaps between harmonics; what is left is the buzz's slope
        curve = power * np.arange(len(power)) ** 2
        first, second, _ = FORMANTS[letter]
        low = slice(15, (first + second) // 20)
        assert abs(10 * (curve[low].argmax() + 15) - first) < 70, letter


def test_the_seed_decides_and_more_strings_begin_alike():
    one, two = vowel_strings(260, seed=1), vowel_strings(300, seed=1)
    np.testing.assert_array_equal(one.sound[:250], two.sound[:250])
    assert not np.array_equal(one.sound[0], vowel_strings(1, seed=2).sound[0])


def test_faster_speech_is_shorter_and_noise_is_louder():
    def voiced(strings):
        return (strings.spoken > 0).sum()

    def silence(strings):
        return strings.x[strings.spoken == 0].mean()

    usual = vowel_strings(60, seed=4)
    assert voiced(vowel_strings(60, seed=4, speed=2)) == pytest.approx(voiced(usual) / 2, rel=0.05)
    assert silence(vowel_strings(60, seed=4, noise=0.5)) > silence(usual) + 2


def test_a_higher_band_hears_a_higher_tone():
    times = np.arange(TIME_STEPS * HOP) / RATE
    tones = np.sin(2 * np.pi * np.array([[150], [700], [2000], [4500]]) * times)
    loudest = band_energies(tones)[:, 5].argmax(axis=1)
    assert (np.diff(loudest) > 0).all()
    assert loudest[0] <= 1
    assert loudest[-1] >= BANDS - 2


def test_letters_are_written_without_the_zeros():
    assert to_text([1, 2, 5, 0, 0]) == "aeu"


@pytest.mark.parametrize(
    "settings", [{"speed": 3}, {"noise": -1}, {"noise": 1e40}, {"scales": (1.2, 0.9)}, {"scales": (1, 2)}]
)
def test_settings_that_cannot_be_are_named(settings):
    with pytest.raises(ValueError, match=r"speed must lie from 0\.5 to 2, noise from 0 to 100, and scales"):
        vowel_strings(2, **settings)


def test_no_string_is_no_set():
    with pytest.raises(ValueError, match="n is 0, but it must be at least 1"):
        vowel_strings(0)
