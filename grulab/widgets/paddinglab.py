"""Does padding change the answer? Texts in rows of one length, read with a mask and without."""

from types import SimpleNamespace

import numpy as np
import traitlets

from grulab import cell
from grulab.arguments import check_list, check_text
from grulab.data.text import FIRST_WORD, PADDING, encode
from grulab.data.text import words as words_in
from grulab.reading import words_of
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.gatetimeline import in_order
from grulab.widgets.given import check_arrays, check_titled
from grulab.widgets.transport import packed, packed_weights

ZEROS = 20  # that the longest text has room for
CHOICES = {
    "padding": ["in front (pre)", "behind the words (post)"],
    "truncating": ["at the front (pre)", "at the end (post)"],
    "mask": ["none: a zero is a step like any other", "mask_zero=True: a zero is skipped"],
}


class PaddingLab(CourseWidget):
    """Bring a text to one length, and ask a trained reader whether its answer is still the same.

    ``readers`` are trainings of one model, each ``(weights, table, kernel, bias)``: the
    ``grulab.cell.Weights`` of the GRU, the embedding (num_words, features), and kernel (units, 1) and bias
    (1,) of the sigmoid output. ``texts`` maps titles to texts, ``word_index`` words to ids. Only the rows of
    the embedding that these texts use travel into the page. The units are shown in the order of their weight
    in the output.

    ``padding`` and ``truncating`` are 0 for the front ("pre") and 1 for the end ("post"), ``mask`` is 1 for
    on. A ``step`` past the end of the row stands for its last place.
    """

    _esm = module("paddinglab", "equations", "transport", "maps", "reader", "padding")
    _css = style("paddinglab")

    text = Quantity(0, 0, 99, 1, help="which of the texts")
    seed = Quantity(0, 0, 99, 1, help="which of the trainings")
    maxlen = Quantity(16, 1, 999, 1, help="places of the row")
    padding = Quantity(1, 0, 1, 1, help="where zeros go")
    truncating = Quantity(0, 0, 1, 1, help="where words fall off")
    mask = Quantity(0, 0, 1, 1, help="whether zeros are skipped")
    step = Quantity(0, 0, 999, 1, help="the place of the row whose numbers are shown")
    unit = Quantity(0, 0, 999, 1, help="the unit whose numbers are shown")

    # what the page needs and nobody moves
    texts = traitlets.List(read_only=True, help="titles, words and ids").tag(sync=True)
    readers = traitlets.List(read_only=True, help="the trained weights").tag(sync=True)
    choices = traitlets.Dict(CHOICES, read_only=True).tag(sync=True)

    def __init__(self, readers, texts, word_index, **values):
        readers = check_list("PaddingLab: readers", readers, "readers")
        texts = check_titled("PaddingLab: texts", texts, "texts", check_text)
        if not readers or not texts:
            raise ValueError(
                "PaddingLab needs at least one reader and one text, but was given "
                f"{len(readers)} and {len(texts)}."
            )
        self.trained = [_in_order(f"PaddingLab: readers[{i}]", reader) for i, reader in enumerate(readers)]
        num_words, units = len(self.trained[0][1]), self.trained[0][0].units
        if {(len(table), weights.units) for weights, table, *_ in self.trained} != {(num_words, units)}:
            raise ValueError("PaddingLab: all readers must have as many ids and as many units as the first.")
        longest = 1 + max(len(words_in(text)) for text in texts.values())  # the start id stands in front
        rows = encode(texts.values(), word_index, num_words, longest)
        self.ids = [row[row != PADDING] for row in rows]
        # ids below 4 are no words; those of the words are counted anew, so that few rows have to travel
        used = np.union1d(np.arange(FIRST_WORD), rows)
        in_page = [
            {"title": title, "words": words_of(ids, word_index), "ids": np.searchsorted(used, ids).tolist()}
            for title, ids in zip(texts, self.ids, strict=True)
        ]
        self.set_trait("texts", in_page)
        self.set_trait("readers", [_packed_reader(reader, used) for reader in self.trained])
        counts = {"text": len(texts), "seed": len(readers), "step": longest + ZEROS, "unit": units}
        bounds = {name: [0, count - 1, 1] for name, count in counts.items()}
        self.narrow(bounds | {"maxlen": [1, longest + ZEROS, 1]})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given the readers and the texts."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.quantities())
        return f"PaddingLab(readers, texts, word_index, {numbers})"

    def row(self, **settings):
        """Return the ids of the row, (maxlen,), as ``keras.utils.pad_sequences`` makes them.

        Here and in the other methods, ``settings`` by name take the place of those of the box.
        """
        now = self._now(settings)
        ids = self.ids[now.text]
        over = max(0, len(ids) - now.maxlen)
        kept = ids[: len(ids) - over] if now.truncating else ids[over:]
        zeros = np.full(now.maxlen - len(kept), PADDING, ids.dtype)
        return np.concatenate((kept, zeros) if now.padding else (zeros, kept))

    def trace(self, **settings):
        """Return the ``Trace`` of the chosen reader on the row, each array (1, maxlen, units)."""
        now, row = self._now(settings), self.row(**settings)
        return self._walk(now.seed, row, mask=row[None] != PADDING if now.mask else None)

    def answers(self, **settings):
        """Return the probability of praise after each place of the row, (maxlen,); the last is the answer."""
        return self._answers(self._now(settings).seed, self.trace(**settings))

    def alone(self, **settings):
        """Return the probability of praise after each id of the text without any padding, (ids,)."""
        now = self._now(settings)
        return self._answers(now.seed, self._walk(now.seed, self.ids[now.text]))

    def _now(self, settings):
        own = {name: getattr(self, name) for name in self.quantities()}
        if unknown := settings.keys() - own:
            raise TypeError(f"PaddingLab has no {unknown.pop()!r}; its settings are {', '.join(own)}.")
        checked = {name: self.quantities()[name].validate(self, value) for name, value in settings.items()}
        return SimpleNamespace(**own | checked)

    def _walk(self, seed, ids, mask=None):
        weights, table, *_ = self.trained[seed]
        return cell.run(weights, table[ids][None], mask=mask)

    def _answers(self, seed, trace):
        *_, kernel, bias = self.trained[seed]
        return cell.sigmoid(trace.h[0] @ kernel + bias)[:, 0]

    @traitlets.default("name")
    def _own_name(self):
        return "padding"


def _in_order(name, reader):
    """Return a reader with its units in the order of their weight in the output; check its shapes."""
    parts = check_list(name, reader, "weights, table, kernel and bias")
    if len(parts) != 4:
        raise ValueError(f"{name} must hold weights, table, kernel and bias, but holds {len(parts)}.")
    weights, *arrays = parts
    if not isinstance(weights, cell.Weights):
        raise TypeError(
            "PaddingLab: a reader begins with grulab.cell.Weights, not with one of type "
            f"{type(weights).__name__}."
        )
    table, kernel, bias = check_arrays(f"{name}[1:]", arrays, "table", "kernel", "bias")
    shapes = table.shape[1:], kernel.shape, bias.shape
    wanted = (weights.features,), (weights.units, 1), (1,)
    if shapes != wanted:
        raise ValueError(
            f"PaddingLab: a row of the table, kernel and bias of a reader must have the shapes {wanted}, "
            f"but have {shapes}."
        )
    order = np.argsort(kernel[:, 0])
    return in_order(weights, order), table.astype(weights.dtype), kernel[order], bias


def _packed_reader(reader, used):
    """Return a reader for the page, with the ``used`` rows of its table alone."""
    weights, table, kernel, bias = reader
    output = {"kernel": packed(kernel[:, 0]), "bias": packed(bias)}
    return {"layer": packed_weights(weights), "table": packed(table[used]), "output": output}
