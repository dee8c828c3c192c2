"""What did it notice, and when? A trained reader of reviews, on whatever is typed."""

import numpy as np
import traitlets

from grulab import cell
from grulab.arguments import check_list, check_size, check_text
from grulab.arrays import check_ids, check_numbers
from grulab.data.text import FIRST_WORD, PADDING, encode, pad
from grulab.widgets.base import Quantity, module, style
from grulab.widgets.gatetimeline import in_order
from grulab.widgets.given import check_arrays, check_layer, check_titled
from grulab.widgets.textbox import TextWidget
from grulab.widgets.transport import packed, packed_weights, unpacked

LONGEST = 20_000  # characters


class ReviewGates(TextWidget):
    """Read a text word by word: embedding, GRU, sigmoid output.

    ``table`` (ids, features) is the embedding; it travels in 8 bits a number, so this is a *copy* of the
    model, and every method answers for the copy. ``weights`` are the ``grulab.cell.Weights`` of the layer,
    ``head`` the kernel (units, 1) and bias (1,) of the output. ``word_index`` and ``maxlen`` are those of
    ``grulab.data.encode``; ids of the table beyond the words are left out. ``presets`` maps titles to texts.
    The units are shown in the order of their weight in the output.

    ``preset`` counts the presets from 0; one past the last is the reader's own text, ``text``. What a reader
    types in the page stays in the page: it is sent to no kernel, and a copied link does not hold it.
    """

    _esm = module("reviewgates", "transport", "maps", "tokens", "textbox", "reader")
    _css = style("reviewgates")

    step = Quantity(1, 0, 9_999, 1, help="the word whose numbers are shown, 0 for the start")
    unit = Quantity(0, 0, 999, 1, help="the unit whose numbers are shown")

    # what the page needs and nobody moves
    vocabulary = traitlets.Unicode(read_only=True, help="a word a line, in the order of ids").tag(sync=True)
    table = traitlets.Dict(read_only=True, help="the embedding").tag(sync=True)
    layer = traitlets.Dict(read_only=True, help="the trained weights").tag(sync=True)
    output = traitlets.Dict(read_only=True, help="kernel and bias of the output").tag(sync=True)
    maxlen = traitlets.Int(read_only=True, help="ids that the model reads at most").tag(sync=True)
    longest = traitlets.Int(LONGEST, read_only=True, help="characters of a text at most").tag(sync=True)

    def __init__(self, table, weights, head, word_index, maxlen, presets, **values):
        check_layer("ReviewGates: weights", weights)
        word_index = check_titled("ReviewGates: word_index", word_index, "ids", check_size, 0)
        maxlen = check_size("ReviewGates: maxlen", maxlen, 1)
        presets = check_titled("ReviewGates: presets", presets, "texts", check_text)
        words = sorted(word_index, key=word_index.get)
        if [word_index[word] for word in words] != list(range(FIRST_WORD, FIRST_WORD + len(words))):
            raise ValueError("ReviewGates: the ids of word_index must be 4, 5, 6, …, each for one word.")
        if not words or any("\n" in word for word in words):
            raise ValueError("ReviewGates: word_index needs words, and none with a line break in it.")
        ids = FIRST_WORD + len(words)
        table = check_numbers("ReviewGates: table", table)
        kernel, bias = check_arrays("ReviewGates: head", head, "kernel", "bias")
        wanted = ((ids, weights.features), (weights.units, 1), (1,))
        if table.ndim != 2 or len(table) < ids or (table[:ids].shape, kernel.shape, bias.shape) != wanted:
            raise ValueError(
                "ReviewGates: table, kernel and bias of the head must have the shapes {}, {} and {}, "
                "but have {}, {} and {}.".format(*wanted, table.shape, kernel.shape, bias.shape)
            )
        if not presets:
            raise ValueError("ReviewGates: presets must map at least one title to a text.")
        order = np.argsort(kernel[:, 0])
        self.weights, self.head = in_order(weights, order), (kernel[order, 0], float(bias[0]))
        self.word_index = word_index
        self.set_trait("presets", [list(preset) for preset in presets.items()])
        self.set_trait("vocabulary", "\n".join(words))
        self.set_trait("table", packed(table[:ids], "int8"))
        self.set_trait("layer", packed_weights(self.weights))
        self.set_trait("output", {"kernel": packed(self.head[0]), "bias": packed(bias)})
        self.set_trait("maxlen", maxlen)
        self.vectors = unpacked(self.table).astype(weights.dtype)  # (ids, features)
        counts = {"preset": len(self.presets) + 1, "step": maxlen, "unit": weights.units}
        self.narrow({name: [0, count - 1, 1] for name, count in counts.items()})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given the model and the presets."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.quantities())
        text = f", text={self.text!r}" if self.text else ""
        return f"ReviewGates(table, weights, head, word_index, maxlen, presets, {numbers}{text})"

    def ids(self):
        """Return the ids that the model reads of the chosen text, (words,), the start id among them."""
        row = encode([self.chosen()], self.word_index, len(self.vectors), self.maxlen)[0]
        return row[row != PADDING]

    def trace(self):
        """Return the ``Trace`` of the layer on the chosen text, each array (1, words, units)."""
        return cell.run(self.weights, self.vectors[self.ids()][None])

    def running(self):
        """Return the probability of praise after each word of the chosen text, (words,)."""
        return self._answer(self.trace().h[0])

    def without(self):
        """Return the probability of praise after the chosen text, had the model skipped the word ``step``."""
        ids = self.ids()
        skip = np.arange(len(ids))[None] != min(self.step, len(ids) - 1)  # (1, words)
        return float(self._answer(cell.run(self.weights, self.vectors[ids][None], mask=skip).h[0, -1]))

    def predict(self, reviews):
        """Return the probability of praise for each of a list of reviews, arrays of ids: (reviews,)."""
        reviews = check_list("reviews", reviews, "reviews, arrays of ids")
        if not reviews:
            raise ValueError("reviews must hold at least one review, but is empty.")
        for i, review in enumerate(reviews):
            check_ids(f"reviews[{i}]", review, ("n",), len(self.vectors))
        found = []
        for first in range(0, len(reviews), 500):  # a block at a time keeps the memory small
            rows = pad(reviews[first : first + 500], self.maxlen)
            states = cell.run(self.weights, self.vectors[rows], mask=rows != PADDING).h
            found.append(self._answer(states[:, -1]))
        return np.concatenate(found)

    def _answer(self, h):
        """Return the probability of praise from states: (…, units) becomes (…,)."""
        kernel, bias = self.head
        return cell.sigmoid(np.float64(h @ kernel + bias))

    @traitlets.default("name")
    def _own_name(self):
        return "review"
