"""Vowels from a source and a filter: the buzz of a voice, and the resonances of a mouth. NumPy only.

A vowel is told from another by its *formants*, the frequencies at which the mouth resonates. They are from
table II of Peterson and Barney, "Control Methods Used in a Study of the Vowels", Journal of the Acoustical
Society of America 24 (1952), 175-184. The resonator is that of Klatt, "Software for a Cascade/Parallel
Formant Synthesizer", the same journal 67 (1980), 971-995.
"""

import numpy as np

from grulab.arrays import check_numbers

RATE = 10_000  # samples a second: sounds up to 5,000 Hz

# first, second and third formant in Hz, of the vowels in hod, head, heed, hawed, who'd: means of 33 men
FORMANTS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
# the same of 15 children, whose throats are shorter
CHILDREN = {
    "a": (1030, 1370, 3170),
    "e": (690, 2610, 3570),
    "i": (370, 3200, 3730),
    "o": (680, 1060, 3180),
    "u": (430, 1170, 3260),
}
# how broad each resonance is, in Hz: chosen for this course, within what mouths have
BANDWIDTHS = np.array([80.0, 110.0, 170.0])


def buzz(pitch):
    """Return the sound of vocal folds: a sawtooth of height 1 with ``pitch`` (n, samples) in Hz."""
    pitch = check_numbers("pitch", pitch, ("n", "samples"))
    phase = np.cumsum(pitch / RATE, axis=1)
    return 2 * (phase % 1) - 1


def resonate(source, formants):
    """Send sounds through three resonators in a row and return what comes out, (n, samples).

    ``source`` is (n, samples). ``formants`` is (n, blocks, 3) in Hz: they may change from block to block, and
    the blocks are equally long. A number of samples that the blocks do not divide is a ``ValueError``.
    """
    source = check_numbers("source", source, ("n", "samples"))
    formants = check_numbers("formants", formants, ("n", "blocks", len(BANDWIDTHS)))
    n, samples = source.shape
    blocks = formants.shape[1]
    if formants.shape != (n, blocks, len(BANDWIDTHS)) or samples % blocks:
        raise ValueError(
            f"formants must be ({n}, blocks, {len(BANDWIDTHS)}) with blocks that divide {samples} samples, "
            f"but have the shape {formants.shape}."
        )
    radius = np.exp(-np.pi * BANDWIDTHS / RATE)
    first = np.ascontiguousarray((2 * radius * np.cos(2 * np.pi * formants / RATE)).transpose(1, 2, 0))
    second = -(radius**2)
    gain = 1 - first - second[:, None]  # (blocks, 3, n)
    sound = source.T.copy(order="C")  # (samples, n)
    last, before = np.zeros((2, len(BANDWIDTHS), n))
    for t in range(samples):
        block = t * blocks // samples
        for k in range(len(BANDWIDTHS)):
            value = gain[block, k] * sound[t] + first[block, k] * last[k] + second[k] * before[k]
            before[k], last[k] = last[k], value
            sound[t] = value
    return sound.T
