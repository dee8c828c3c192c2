"""Strings of vowels, spoken by a formula: what was said, how it sounds, and its energy band by band."""

from dataclasses import dataclass

import numpy as np

from grulab.arguments import check_list, check_number, check_room, check_size, generator
from grulab.arrays import as_array, check_ids, check_numbers
from grulab.data.formants import FORMANTS, RATE, buzz, resonate

LETTERS = "".join(FORMANTS)  # the number of a letter is its place, counted from 1; 0 is no letter
FEWEST, MOST = 3, 6  # vowels in a string
LENGTHS, PAUSES = (80, 180), (50, 90)  # of vowels, and of the silence between some of them, in ms
TIME_STEPS, HOP = 52, 250  # frames of a string, and samples from one frame to the next: 25 ms
WINDOW = 400  # samples that a frame looks at: 40 ms
BANDS = 20
BLOCK = 50  # samples for which mouth and voice stay as they are: 5 ms
LOUDEST = 100  # that noise may be, as a share of the voice: no word is left long before


@dataclass(frozen=True)
class VowelStrings:
    """Spoken strings, one a row.

    ``letters`` (n, 6), int: the numbers of the vowels, 1 to 5, and zeros after the last. ``sound``
    (n, samples), float32. ``x`` (n, time_steps, bands), float32: the logarithm of the energy in each band.
    ``spoken`` (n, time_steps), int: the number of the vowel in the middle of each frame, 0 in silence.
    """

    letters: np.ndarray
    sound: np.ndarray
    x: np.ndarray
    spoken: np.ndarray


def to_text(numbers):
    """Return numbers from 1 to 5 as letters, such as "aeo"; zeros are left out."""
    if not as_array("numbers", numbers, "an array of whole numbers").size:
        return ""
    numbers = check_ids("numbers", numbers, ("n",), len(LETTERS) + 1).tolist()
    return "".join(LETTERS[number - 1] for number in numbers if number)


def vowel_strings(n, seed=0, noise=0.05, speed=1.0, scales=(0.9, 1.2)):
    """Return ``n`` strings of three to six vowels as `VowelStrings`, each by a speaker of its own.

    A vowel lasts 80 to 180 ms at ``speed`` 1, half of it at 2; a string too long for its 1.3 s is spoken
    faster. Between equal neighbours there is a pause, between others in one case of four. A speaker's
    formants are those of `grulab.data.formants` times a factor from the range ``scales``, and each of a
    vowel's formants is off by about 3%. The pitch is drawn from 90 to 250 Hz, whatever the factor. ``noise``
    is how loud white noise is, as a share of the voice, 100 at most.
    A size, speed, noise or range that cannot be is a ``ValueError``.
    """
    n = check_size("n", n, 1)
    check_room(n=n, samples=TIME_STEPS * HOP)
    speed, noise = float(check_number("speed", speed)), float(check_number("noise", noise))
    scales = [
        check_number("scales", one) for one in check_list("scales", scales, "lowest and highest factor")
    ]
    if len(scales) != 2:
        raise ValueError(f"scales must be a pair (lowest, highest), but has {len(scales)} entries.")
    low, high = scales
    if not (0.5 <= speed <= 2 and 0 <= noise <= LOUDEST and 0.5 <= low <= high <= 1.6):
        raise ValueError(
            f"speed must lie from 0.5 to 2, noise from 0 to {LOUDEST}, and scales be a range within "
            f"0.5 to 1.6; given {speed}, {noise} and {(low, high)}."
        )
    rng = generator(seed)
    parts = []
    for start in range(0, n, 250):  # a part at a time, for the memory's sake
        letters = _draw_letters(rng, min(250, n - start))
        formants, spoken = _move_mouth(rng, letters, speed, scales)
        sound = _sing(rng, formants, spoken, noise)
        middles = (np.arange(TIME_STEPS) * HOP + HOP // 2) // BLOCK
        parts.append((letters, sound, band_energies(sound), spoken[:, middles]))
    return VowelStrings(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _draw_letters(rng, n):
    """Return the letters of ``n`` strings (n, 6), zeros after the last."""
    letters = rng.integers(1, len(LETTERS) + 1, (n, MOST))
    counts = rng.integers(FEWEST, MOST + 1, (n, 1))
    return np.where(np.arange(MOST) < counts, letters, 0)


def _move_mouth(rng, letters, speed, scales):
    """Return the formants (n, blocks, 3) in Hz, and which vowel sounds in each block (n, blocks)."""
    n, blocks = len(letters), TIME_STEPS * HOP // BLOCK
    lengths = rng.uniform(*LENGTHS, letters.shape)
    paused = (letters[:, 1:] == letters[:, :-1]) | (rng.random((n, MOST - 1)) < 0.25)
    pauses = paused * rng.uniform(*PAUSES, paused.shape)
    factor = np.exp(rng.uniform(*np.log(scales), (n, 1, 1)))
    aims = np.array([*FORMANTS.values()])[letters - 1] * factor * rng.normal(1, 0.03, (n, MOST, 3))
    begins = rng.random(n)

    formants, spoken = np.zeros((n, blocks, 3)), np.zeros((n, blocks), int)
    for row, count in enumerate((letters > 0).sum(axis=1)):
        # a vowel, what follows it, a vowel, …: the blocks at which each of them ends
        steps = np.column_stack([lengths[row, :count], np.append(pauses[row, : count - 1], 0)]).ravel()
        ends = np.append(0, np.cumsum(steps)) * RATE / 1000 / BLOCK / speed
        most = blocks - 8  # 20 ms stay silent, before and after
        ends = ends * min(1, most / ends[-1])
        ends += 4 + begins[row] * (most - ends[-1])
        first, last = ends.round().astype(int)[:-1].reshape(-1, 2).T
        formants[row] = aims[row, 0]
        for place in range(count):
            formants[row, first[place] :] = aims[row, place]
            spoken[row, first[place] : last[place]] = letters[row, place]
    # the mouth needs 40 ms from vowel to vowel
    return _smooth(formants, 8), spoken


def _smooth(values, blocks):
    """Return (n, blocks, …) with each value the mean of so many ``blocks`` around it."""
    from scipy.ndimage import uniform_filter1d  # slow to load, and every page that draws loads this module

    return uniform_filter1d(values, blocks, axis=1, mode="nearest")


def _sing(rng, formants, spoken, noise):
    """Return the sound of moving mouths (n, samples), float32: voice, noise, and a loudness of its own."""
    n, blocks = spoken.shape
    pitch = rng.uniform(90, 250, (n, 1)) * np.linspace(1, rng.uniform(0.8, 1.1, n), blocks, axis=1)
    # the voice sets in and out over 20 ms
    loudness = _smooth((spoken > 0).astype(float), 4)
    voice = resonate(buzz(np.repeat(pitch, BLOCK, axis=1)), formants) * np.repeat(loudness, BLOCK, axis=1)
    voice /= np.sqrt(
        (voice**2).sum(axis=1, keepdims=True) / ((spoken > 0).sum(axis=1, keepdims=True) * BLOCK)
    )
    sound = voice + noise * rng.standard_normal(voice.shape)
    return (sound * np.exp(rng.uniform(np.log(0.05), np.log(0.15), (n, 1)))).astype(np.float32)


def band_energies(sound):
    """Return the logarithm of the energy in 20 bands, (n, samples) to (n, time_steps, 20), float32.

    A frame looks at 40 ms around its middle, and the next one begins 25 ms later. The bands follow the mel
    scale: narrow below, broad above, as the ear has it.
    """
    sound = check_numbers("sound", sound, ("n", "samples"))
    if sound.shape[1] < HOP:
        raise ValueError(f"sound must hold at least {HOP} samples a row, but holds {sound.shape[1]}.")
    side = (WINDOW - HOP) // 2
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(sound, ((0, 0), (side, side))), WINDOW, axis=1)
    power = (
        np.abs(np.fft.rfft(frames[:, ::HOP] * np.hanning(WINDOW), 512)) ** 2
    )  # (n, time_steps, frequencies)
    return np.log(power @ _bands() + 1e-8).astype(np.float32)


def _bands():
    """Return the weights of the bands (frequencies, bands): triangles at equal distances on the mel scale."""
    mel = np.linspace(*(2595 * np.log10(1 + np.array([100, RATE / 2]) / 700)), BANDS + 2)
    low, middle, high = (700 * (10 ** (mel[first : first + BANDS] / 2595) - 1) for first in range(3))
    hertz = np.fft.rfftfreq(512, 1 / RATE)[:, None]
    return np.clip(np.minimum((hertz - low) / (middle - low), (high - hertz) / (high - middle)), 0, None)
