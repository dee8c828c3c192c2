"""The logo of the cards is the logo of the pages."""

import io

import numpy as np
from logo import STATIC, draw
from PIL import Image


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"), dtype=float)


def test_the_png_is_drawn_from_the_svg(browser):
    kept, drawn = pixels((STATIC / "logo.png").read_bytes()), pixels(draw(browser))
    assert kept.shape == drawn.shape
    # edges may be smoothed differently from one Chromium to the next
    assert np.abs(kept - drawn).mean() < 2
