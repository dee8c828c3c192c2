"""The picture of a page where it is shared: its title and what it is about, in the course's colours."""

from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont

from grulab.palette import LIGHT

SIZE, MARGIN = (1200, 630), 80
INK, FAINT = "#1b1b1b", "#555555"
LOGO = Path(__file__).parents[1] / "_static" / "logo.png"
FONTS = Path(matplotlib.get_data_path(), "fonts", "ttf")


def font(name, size):
    """Return a font that matplotlib brings, so that a card is the same on every machine."""
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


def lines(text, face, width):
    """Return the lines of a text that is ``width`` pixels wide at most."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            found[-1] = longer
        else:
            found.append(word)
    return [line for line in found if line]


def draw_card(path, title, about):
    """Draw the card of a page as a PNG of 1200 by 630 pixels."""
    card = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(card)
    width, right = SIZE[0] - 2 * MARGIN, SIZE[0] - MARGIN
    # the three gates' colours, as in figures and widgets
    for part, colour in enumerate((LIGHT["z"], LIGHT["r"], LIGHT["candidate"])):
        draw.rectangle((part * SIZE[0] // 3, SIZE[1] - 16, (part + 1) * SIZE[0] // 3, SIZE[1]), colour)
    logo = Image.open(LOGO).resize((96, 96), Image.Resampling.LANCZOS)
    card.paste(logo, (right - 96, MARGIN - 24), logo)
    draw.text((MARGIN, MARGIN + 6), "Inside the GRU", FAINT, font("DejaVuSans", 32))
    y = 190
    for text, face, colour in (
        (title, font("DejaVuSans-Bold", 54), INK),
        (about, font("DejaVuSans", 32), FAINT),
    ):
        for line in lines(text, face, width):
            draw.text((MARGIN, y), line, colour, face)
            y += face.size * 1.35
        y += 28
    path.parent.mkdir(parents=True, exist_ok=True)
    card.quantize(256).save(path, optimize=True)
