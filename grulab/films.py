"""Which way does it move? A GRU that reads a film frame by frame, and one number made by hand.

The number compares each frame with the one before it, moved by a pixel: where they agree, something moved
that way. It is a small form of the correlation principle, after Reichardt and Varjú,
"Übertragungseigenschaften im Auswertesystem für das Bewegungssehen", Zeitschrift für Naturforschung B (1959).
"""

import numpy as np

from grulab.arguments import check_size
from grulab.arrays import check_floats
from grulab.data.films import WAYS


def as_rows(films):
    """Return films (n, time_steps, height, width) as sequences of rows of pixels (n, time_steps, pixels)."""
    films = check_floats("films", films, ("n", "time_steps", "height", "width"))
    return films.reshape(*films.shape[:2], -1)


def motion(films):
    """Return one number for each film (n,): above 0 for a motion to the right, below for one to the left.

    Each frame is multiplied, pixel by pixel, with the frame before it moved by a column to the right, and
    with that frame moved to the left; the difference of the two sums is added up over the film. ``films`` are
    (n, time_steps, height, width).
    """
    films = check_floats("films", films, ("n", "time_steps", "height", "width")).astype(float)
    before, now = films[:, :-1], films[:, 1:]
    agreement = (np.roll(before, 1, axis=3) - np.roll(before, -1, axis=3)) * now
    return agreement.sum(axis=(1, 2, 3))


def film_reader(time_steps, pixels, units=24):
    """Return a compiled model that reads a film and says after each frame which way it goes.

    Input: frames as rows of pixels (batch, time_steps, pixels). Output: the belief in each of ``WAYS`` after
    each frame, (batch, time_steps, ways). It learns from one way for each frame, (batch, time_steps).
    The layers are named "gru" and "answer"; Adam starts at a rate of 0.005.
    """
    from grulab.quiet import keras

    units = check_size("units", units, 1, 10**6)
    model = keras.Sequential(
        [
            keras.Input((check_size("time_steps", time_steps, 1), check_size("pixels", pixels, 1))),
            keras.layers.GRU(units, return_sequences=True, name="gru"),
            keras.layers.Dense(len(WAYS), activation="softmax", name="answer"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.005),
        loss="sparse_categorical_crossentropy",
        jit_compile=True,
        steps_per_execution=8,
    )
    return model
