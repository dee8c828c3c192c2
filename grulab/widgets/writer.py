"""What comes next? A trained model continues a text or a tune, symbol by symbol."""

import numpy as np
import traitlets

from grulab import nextsymbol
from grulab.arguments import check_list, check_number, check_pair, check_size, check_text, named
from grulab.arrays import as_array
from grulab.widgets.base import Quantity, module, style
from grulab.widgets.given import check_titled
from grulab.widgets.textbox import TextWidget
from grulab.widgets.transport import packed, packed_weights

LONGEST = 400  # characters of a text, or symbols of a beginning


class Writer(TextWidget):
    """Continue a sequence with a model of the next symbol, drawn at a temperature.

    ``parts`` is a ``grulab.nextsymbol.NextSymbol``, ``symbols`` the string that is shown for each id.
    ``presets`` maps titles to beginnings. Where they are texts, a symbol is one character, and the reader may
    type a text of their own; else they are rows of ids. ``noun`` names a symbol: "letter", "note". ``sounds``
    has for each symbol its MIDI pitch, or None for a rest, and its beats: then the page can play what is
    written, ``tempo`` beats a minute. The page writes ``length`` symbols at most.

    ``preset`` counts the presets from 0; for texts one past the last is the reader's own ``text``. Of the
    continuation ``written`` symbols are shown; the ``seed`` makes the draw repeatable, in the page and by the
    methods. What a reader types stays in the page: a copied link does not hold it.
    """

    _esm = module("writer", "randoms", "transport", "softmax", "nextsymbol", "textbox", "sound")
    _css = style("writer")

    temperature = Quantity(
        1.0, 0.0, 2.0, 0.1, help="0 takes the most probable symbol, 1 draws as the model says"
    )
    seed = Quantity(0, 0, 99, 1, help="makes the draw repeatable")
    written = Quantity(0, 0, 999, 1, help="symbols behind the beginning")
    level = Quantity(0.5, 0.0, 1.0, 0.05, help="the level of the sound")

    # what the page needs and nobody moves
    symbols = traitlets.List(read_only=True, help="what is shown for each id").tag(sync=True)
    noun = traitlets.Unicode(read_only=True, help="what a symbol is called").tag(sync=True)
    sounds = traitlets.List(read_only=True, help="pitch or None, and beats, of each symbol").tag(sync=True)
    tempo = traitlets.Float(read_only=True, help="beats a minute").tag(sync=True)
    table = traitlets.Dict(read_only=True, help="a row for each symbol").tag(sync=True)
    layer = traitlets.Dict(read_only=True, help="the trained weights").tag(sync=True)
    output = traitlets.Dict(read_only=True, help="kernel and bias of the output").tag(sync=True)
    longest = traitlets.Int(LONGEST, read_only=True, help="characters of a text at most").tag(sync=True)

    def __init__(self, parts, symbols, presets, noun="letter", sounds=(), tempo=110, length=120, **values):
        if not isinstance(parts, nextsymbol.NextSymbol):
            raise TypeError(
                f"Writer: parts must be a grulab.nextsymbol.NextSymbol, not {type(parts).__name__}."
            )
        symbols = [
            check_text("Writer: one of symbols", one) for one in _listed("symbols", symbols, "strings")
        ]
        presets = check_titled("Writer: presets", presets, "beginnings", lambda name, beginning: beginning)
        sounds = [_sound(f"sounds[{i}]", one) for i, one in enumerate(_listed("sounds", sounds, "pairs"))]
        check_text("Writer: noun", noun)
        check_number("Writer: tempo", tempo, above=0)
        length = check_size("Writer: length", length, 1, 999)
        if len(symbols) != parts.symbols or len(set(symbols)) != len(symbols):
            raise ValueError(
                f"Writer: the model has {parts.symbols} symbols, so symbols must be as many strings."
            )
        if sounds and len(sounds) != len(symbols):
            raise ValueError(
                f"Writer: sounds must be [pitch or None, beats] of each of the {len(symbols)} symbols."
            )
        if not presets or len({isinstance(beginning, str) for beginning in presets.values()}) > 1:
            raise ValueError("Writer: presets must map titles to beginnings, all texts or all rows of ids.")
        self.parts, self.is_text = parts, isinstance(next(iter(presets.values())), str)
        for title, beginning in presets.items():
            if not 1 <= len(self._encoded(beginning, symbols)) <= LONGEST:
                raise ValueError(
                    f"Writer: the beginning {title!r} must have 1 to {LONGEST} symbols of the model."
                )
        rows = [[title, row if self.is_text else [int(i) for i in row]] for title, row in presets.items()]
        for name, value in {
            "symbols": symbols,
            "presets": rows,
            "noun": noun,
            "sounds": sounds,
            "tempo": float(tempo),
            "table": packed(parts.table),
            "layer": packed_weights(parts.weights),
            "output": {"kernel": packed(parts.kernel), "bias": packed(parts.bias)},
        }.items():
            self.set_trait(name, value)
        last = len(presets) - (not self.is_text)
        self.narrow({"preset": [0, last, 1], "written": [0, length, 1]})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given the model and the presets."""
        names = [name for name in self.quantities() if name != "level" or self.sounds]
        sounds = f", sounds=sounds, tempo={self.tempo!r}" if self.sounds else ""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in ("noun", "name", *names))
        text = f", text={self.text!r}" if self.text else ""
        length = self.limits["written"][1]
        return f"Writer(parts, symbols, presets{sounds}, length={length}, {numbers}{text})"

    def _encoded(self, beginning, symbols):
        """Return the ids of a preset, (time_steps,)."""
        if self.is_text:
            return nextsymbol.ids_of(beginning, symbols)
        ids = as_array("Writer: a beginning of presets", beginning, "a text or a row of ids")
        if ids.ndim != 1 or ids.dtype.kind not in "iu" or not ((ids >= 0) & (ids < len(symbols))).all():
            raise ValueError(
                f"Writer: a beginning must be a row of ids from 0 to {len(symbols) - 1}, "
                f"but one of presets is {named(beginning)}."
            )
        return ids

    def beginning(self):
        """Return the ids of the chosen beginning, (time_steps,)."""
        return self._encoded(self.chosen(), self.symbols)

    def continuation(self):
        """Return the ids that are written behind the beginning, (written,)."""
        return nextsymbol.continuation(
            self.parts, self.beginning(), self.written, self.temperature, self.seed
        )

    def ids(self):
        """Return the ids of all that stands in the page, (time_steps,)."""
        beginning = self.beginning()
        return np.concatenate([beginning, self.continuation()]) if len(beginning) else beginning

    def next_probabilities(self):
        """Return the probabilities that the next symbol is drawn from, at the temperature: (symbols,)."""
        p = nextsymbol.probabilities(self.parts, self.ids()[None])[0, -1]
        return nextsymbol.at_temperature(p, self.temperature)

    def surprise(self):
        """Return the surprise of each symbol behind the first, in bits: (time_steps - 1,).

        It is the model's own, at temperature 1, whatever the temperature of the draw.
        """
        return nextsymbol.surprise(self.parts, self.ids()[None])[0]

    @traitlets.default("name")
    def _own_name(self):
        return "writer"


def _listed(name, value, what):
    """Return what is listed as a list; a text lists its characters."""
    return list(value) if isinstance(value, str) else check_list(f"Writer: {name}", value, what)


def _sound(name, value):
    """Return ``[pitch or None, beats]`` as a list; raise a TypeError or a ValueError for anything else."""
    pair = check_pair(f"Writer: {name}", value, "a pitch or None, and beats")
    if pair[0] is not None:
        check_number(f"Writer: the pitch of {name}", pair[0], 0, 127)
    check_number(f"Writer: the beats of {name}", pair[1], above=0)
    return pair
