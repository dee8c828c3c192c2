"""ParameterCounter beside Keras: the line that it shows makes a layer with these shapes and this count."""

from itertools import product

import numpy as np
import pytest

from grulab.quiet import keras
from grulab.widgets import ParameterCounter
from grulab.widgets.parametercounter import KINDS

SIZES = [(32, 64), (1, 1), (1, 256), (64, 64), (3, 200), (200, 3), (52, 10)]
SIZES += np.random.default_rng(0).integers(1, 257, (5, 2)).tolist()


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_keras_counts_what_the_widget_counts(kind):
    for (units, features), use_bias, reset_after in product(SIZES, range(2), range(2)):
        widget = ParameterCounter(
            kind=kind, units=units, features=features, use_bias=use_bias, reset_after=reset_after
        )
        layer = eval(widget.keras_line(), {"keras": keras})
        layer.build((None, None, features))
        assert layer.count_params() == widget.count(), widget
        # a single row of biases is a vector
        shapes = [(shape if len(shape) == 2 else (1, *shape)) for shape in map(np.shape, layer.get_weights())]
        assert shapes == list(widget.shapes().values()), widget
        assert (layer.use_bias, getattr(layer, "reset_after", True)) == (
            bool(use_bias),
            bool(reset_after) or not KINDS[kind]["has_reset"],
        )
