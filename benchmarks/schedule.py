"""The learning rate of trainings that know when they end: a rise, then a fall."""

from grulab.quiet import keras


def rise_and_fall(rate: float, updates: int):
    """Return the learning rate as a function of the update, for a training of so many ``updates``.

    It rises from a tenth of ``rate`` to all of it in a tenth of them, then falls along half a cosine to zero.
    """
    rise = updates // 10
    return keras.optimizers.schedules.CosineDecay(
        0.1 * rate, updates - rise, warmup_target=rate, warmup_steps=rise
    )
