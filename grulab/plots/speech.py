"""Speech: what a mouth lets through, and a string as it sounds above what a model writes down."""

import itertools

import numpy as np

from grulab.arguments import check_size
from grulab.arrays import check_ids, check_numbers
from grulab.data.vowels import HOP, LETTERS, RATE
from grulab.palette import LIGHT
from grulab.plots.forecasts import look
from grulab.plots.given import check_ax, check_axes, check_positive, check_series, check_shares
from grulab.plots.paper import write_above


def resonances(ax, curves, formants):
    """Draw how much of each frequency each vowel's mouth lets through, one curve below the other.

    ``curves`` is (vowels, n), loudness from 0 Hz to half the sampling rate; ``formants`` (vowels, 3) in Hz,
    marked on the curves. The vowels are those of `grulab.data.vowels`, in their order.
    """
    check_ax(ax)
    curves = check_positive("curves", curves, ("vowels", "n"))
    check_size("the number of vowels in curves", len(curves), 1, len(LETTERS))
    formants = check_numbers("formants", formants, (len(curves), 3))
    hertz = np.linspace(0, RATE / 2, curves.shape[1], endpoint=False)
    for number, (curve, peaks) in enumerate(zip(curves, formants, strict=True)):
        decibels = 20 * np.log10(curve) - 40 * number
        ax.plot(hertz, decibels, **look(number))
        ax.plot(peaks, np.interp(peaks, hertz, decibels), "o", color=look(number)["color"])
    ax.set(xlabel="frequency (Hz)", ylabel="loudness, 40 decibels a mark", xlim=(0, 4_000))
    ax.set_yticks(-40 * np.arange(len(curves)), LETTERS[: len(curves)])
    return ax


def transcript(axes, sound, spoken, probabilities):
    """Draw a spoken string above what a model writes down, over the seconds.

    ``axes`` are two Axes. ``sound`` is (samples,); ``spoken`` (time_steps,) the number of the vowel in each
    frame; ``probabilities`` (time_steps, letters + 1), the blank first. Letters stand above what they name:
    in the upper picture what was spoken, in the lower what the model finds most probable.
    """
    axes = check_axes(axes, 2)
    sound = check_series("sound", sound, least=128)
    spoken = check_ids("spoken", spoken, ("time_steps",), len(LETTERS) + 1)
    shape = len(spoken), len(LETTERS) + 1
    probabilities = check_shares("probabilities", probabilities, shape)
    upper, lower = axes
    *_, drawn = upper.specgram(sound, NFFT=128, Fs=RATE, noverlap=96, cmap="Greys")
    loudest = drawn.get_clim()[1]
    drawn.set_clim(loudest - 70, loudest)  # decibels: what is fainter stays white
    upper.set(ylabel="frequency (Hz)", ylim=(0, 4_000))
    middles = (np.arange(len(spoken)) + 0.5) * HOP / RATE
    lower.fill_between(middles, probabilities[:, 0], color=LIGHT["x"], alpha=0.15, label="blank", linewidth=0)
    for number, letter in enumerate(LETTERS):
        lower.plot(middles, probabilities[:, number + 1], label=letter, **look(number))
    lower.set(xlabel="seconds", ylabel="probability", ylim=(0, 1.15), yticks=[0, 0.5, 1])
    for ax, numbers in ((upper, spoken), (lower, probabilities.argmax(axis=1))):
        for number, frames in itertools.groupby(range(len(numbers)), key=numbers.__getitem__):
            first, *_, last = [*frames] * 2
            if number:
                ends = (middles[first] - HOP / RATE / 2, middles[last] + HOP / RATE / 2)
                write_above(ax, np.mean(ends), LETTERS[number - 1], fontsize=None)
                # a little shorter, so that neighbours stay apart
                bar = {"color": "black", "linewidth": 2.5, "transform": ax.get_xaxis_transform()}
                ax.plot([ends[0] + 0.004, ends[1] - 0.004], [1, 1], **bar)
    return axes
