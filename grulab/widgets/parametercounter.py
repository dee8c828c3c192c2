"""Where do the numbers of a layer sit? Kernel, recurrent matrix and bias of three kinds of cells, counted."""

import traitlets

from grulab.widgets.base import CourseWidget, Quantity, module, style

# the blocks in the order of Keras' arrays, each with the colour of what it is most like in a GRU
KINDS = [
    {"name": "SimpleRNN", "has_reset": False, "blocks": [["new state", "h"]]},
    {"name": "GRU", "has_reset": True, "blocks": [["z", "z"], ["r", "r"], ["candidate", "candidate"]]},
    {
        "name": "LSTM",
        "has_reset": False,
        "blocks": [["input", "x"], ["forget", "z"], ["candidate", "candidate"], ["output", "h"]],
    },
]
LARGEST = 256


class ParameterCounter(CourseWidget):
    """Draw the weights of one recurrent layer to scale and count them as Keras does.

    ``kind`` counts ``KINDS`` from 0. ``use_bias`` and ``reset_after`` are 0 or 1; only a GRU knows
    ``reset_after``, the others leave it alone.
    """

    _esm = module("parametercounter", "equations", "counting")
    _css = style("parametercounter")

    units = Quantity(32, 1, LARGEST, 1, help="numbers of the state")
    features = Quantity(64, 1, LARGEST, 1, help="numbers that come in at a time step")
    use_bias = Quantity(1, 0, 1, 1, help="whether there are biases")
    reset_after = Quantity(1, 0, 1, 1, help="whether r acts after the product; only in a GRU")
    kind = Quantity(1, 0, len(KINDS) - 1, 1, help="the kind of cell")

    # what the page needs and nobody moves
    kinds = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, **values):
        self.set_trait("kinds", KINDS)
        super().__init__(**values)

    def shapes(self):
        """Return the shape of each array: part → (rows, columns); a part without numbers is left out."""
        kind = KINDS[self.kind]
        columns = len(kind["blocks"]) * self.units
        rows = {"kernel": self.features, "recurrent": self.units, "bias": 0}
        if self.use_bias:
            rows["bias"] = 2 if kind["has_reset"] and self.reset_after else 1
        return {part: (height, columns) for part, height in rows.items() if height}

    def count(self):
        """Return how many numbers training moves."""
        return sum(rows * columns for rows, columns in self.shapes().values())

    def keras_line(self):
        """Return the call that makes this layer in Keras, without what is a default."""
        kind = KINDS[self.kind]
        options = [str(self.units)]
        if not self.use_bias:
            options.append("use_bias=False")
        if kind["has_reset"] and not self.reset_after:
            options.append("reset_after=False")
        return f"keras.layers.{kind['name']}({', '.join(options)})"

    @traitlets.default("name")
    def _own_name(self):
        return "parameters"
