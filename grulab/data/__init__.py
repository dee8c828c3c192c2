"""The data of the course: memory tasks, series, films, reviews. TensorFlow is imported where it is needed."""

from grulab.data.films import moving_shapes
from grulab.data.memory import coin_tosses, delayed_recall, flagged_value
from grulab.data.reviews import Reviews, load_reviews
from grulab.data.series import random_walks, rising_wave, sea_surface, sine, sunspots
from grulab.data.strokes import pen_strokes
from grulab.data.text import decode, encode

__all__ = [
    "Reviews",
    "coin_tosses",
    "decode",
    "delayed_recall",
    "encode",
    "flagged_value",
    "load_reviews",
    "moving_shapes",
    "pen_strokes",
    "random_walks",
    "rising_wave",
    "sea_surface",
    "sine",
    "sunspots",
]
