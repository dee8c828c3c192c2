"""The weights of one GRU layer, in the layout of Keras, checked once when they are put together."""

import sys
from dataclasses import dataclass

import numpy as np

from grulab.arguments import check_flag
from grulab.arrays import check_floats


@dataclass(frozen=True, eq=False)
class Weights:
    """Hold the weights of one layer in the layout of Keras.

    ``kernel`` (features, 3·units), ``recurrent`` (units, 3·units): the blocks z, r, candidate side by side.
    ``bias``: (2, 3·units) with ``reset_after``, where row 0 is for the input and row 1 for the state;
    (3·units,) without; or None. Raise a TypeError or a ValueError for arrays that do not fit together.
    """

    kernel: np.ndarray
    recurrent: np.ndarray
    bias: np.ndarray | None
    reset_after: bool

    def __post_init__(self):
        """Check the arrays against each other."""

        def keep(name, value):
            object.__setattr__(self, name, value)

        keep("reset_after", check_flag("reset_after", self.reset_after))
        keep("recurrent", check_floats("recurrent", self.recurrent, ("units", "3*units")))
        units, dtype = self.units, self.dtype
        check_floats("recurrent", self.recurrent, (units, 3 * units))
        keep("kernel", check_floats("kernel", self.kernel, ("features", 3 * units), dtype))
        if self.bias is not None:
            shape = (2, 3 * units) if self.reset_after else (3 * units,)
            name = f"bias with reset_after={self.reset_after}"
            keep("bias", check_floats(name, self.bias, shape, dtype))

    @property
    def features(self):
        """Count the numbers that come in at a time step."""
        return self.kernel.shape[0]

    @property
    def units(self):
        """Count the numbers of the state."""
        return self.recurrent.shape[0]

    @property
    def dtype(self):
        """Return the dtype that all arrays share."""
        return self.recurrent.dtype


def check_weights(weights):
    """Raise a TypeError unless ``weights`` is a ``Weights``."""
    if not isinstance(weights, Weights):
        raise TypeError(
            f"weights must be a grulab.cell.Weights, but is of type {type(weights).__name__}; "
            "from_keras(layer) makes one from a Keras layer."
        )


def from_keras(layer):
    """Return the ``Weights`` of a built ``keras.layers.GRU``, as copies that later training leaves alone.

    Only weights: hand the layer's ``go_backwards`` to ``run`` yourself. Raise a TypeError for anything but a
    built ``keras.layers.GRU``, a ValueError for one with other activations than tanh and sigmoid.
    """
    # whoever made a Keras layer has imported Keras: no need to import it here
    keras = sys.modules.get("keras")
    if keras is None or not isinstance(layer, keras.layers.GRU):
        kind = type(layer).__name__
        raise TypeError(f"layer must be a built keras.layers.GRU, but is of type {kind}.")
    if not layer.built:
        raise TypeError(
            f"layer must be a built keras.layers.GRU, but {layer.name!r} has no weights yet: "
            "call it on an input first, or call layer.build((None, None, features))."
        )
    check_activations(layer)
    cell = layer.cell
    arrays = (cell.kernel, cell.recurrent_kernel, cell.bias)
    # asarray before the copy: np.array on a Keras variable makes NumPy 2 warn
    copies = (array if array is None else np.asarray(array).copy() for array in arrays)
    return Weights(*copies, reset_after=cell.reset_after)


def check_activations(layer):
    """Raise a ValueError for a recurrent Keras layer with other activations than tanh and sigmoid."""
    keras = sys.modules["keras"]
    for role, wanted in (("activation", "tanh"), ("recurrent_activation", "sigmoid")):
        given = getattr(layer, role, None)
        if given not in (None, getattr(keras.activations, wanted), getattr(keras.ops, wanted)):
            given = getattr(given, "__name__", type(given).__name__)
            raise ValueError(f"layer must have {role}={wanted!r}, but {layer.name!r} has {given!r}.")
