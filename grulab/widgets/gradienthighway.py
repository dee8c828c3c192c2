"""How far back does a gradient reach? Three kinds of layers before training, and one after it."""

from typing import NamedTuple

import numpy as np
import traitlets

from grulab import cell, jacobians
from grulab.arguments import check_list, check_one_of, check_pair
from grulab.arrays import check_numbers
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.given import check_arrays, check_titled
from grulab.widgets.transport import packed, unpacked

# what stands side by side in the columns of a layer's arrays
BLOCKS = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}
SHOWN = ["new layers, before training", "new layers and the trained GRU"]


class Reach(NamedTuple):
    """Hold what the widget says of one layer, over ``length`` steps.

    ``share``: the norm of the product of all Jacobians. ``slope``: its log10 divided by the steps. ``gate``:
    the mean of z (GRU), of the forget gate (LSTM) or of the slope of tanh (SimpleRNN). ``log_gate``: the
    log10 of that mean. ``direct``: the slope of the direct path by itself, the mean of the gate's log10 over
    the steps in the unit where it is highest; a plain RNN has no such path, and NaN here.
    """

    share: float
    slope: float
    gate: float
    log_gate: float
    direct: float


class GradientHighway(CourseWidget):
    """Show what survives of a gradient in new layers of Keras, and in a GRU before and after its training.

    ``layers`` is a dictionary from SimpleRNN, GRU and LSTM to what ``get_weights()`` returned for one layer
    of each seed, with the input ``xs`` (seeds, time_steps, features). ``trained`` is a pair, before and after
    training: for each seed kernel, recurrent weights and bias of a GRU. It reads ``probe`` (time_steps,
    features of its task). All arithmetic is float64.
    """

    _esm = module("gradienthighway", "transport", "gradients", "highway")
    _css = style("gradienthighway")

    update_bias = Quantity(0.0, 0.0, 6.0, 0.25, help="the bias of z in the GRU, in its first row")
    forget_bias = Quantity(1.0, 0.0, 6.0, 0.25, help="the bias of the LSTM's forget gate; Keras starts at 1")
    length = Quantity(100, 10, 150, 10, help="the time steps, from a nudge to the end")
    input_scale = Quantity(1.0, 0.0, 5.0, 0.25, help="the deviation of the normal inputs")
    seed = Quantity(0, 0, 99, 1, help="which draw of weights and inputs")
    shown = Quantity(0, 0, len(SHOWN) - 1, 1, help="with the trained layer or without")

    # what the page needs and nobody moves
    layers = traitlets.Dict(read_only=True, help="the new layers, all seeds").tag(sync=True)
    inputs = traitlets.Dict(read_only=True, help="their inputs at deviation 1").tag(sync=True)
    trained = traitlets.Dict(read_only=True, help="the GRU before and after training, all seeds").tag(
        sync=True
    )
    probe = traitlets.Dict(read_only=True, help="a sequence of its task").tag(sync=True)
    choices = traitlets.List(read_only=True).tag(sync=True)
    smallest = traitlets.Float(read_only=True, help="the smallest number above 0 in float32").tag(sync=True)

    def __init__(self, layers, xs, trained, probe, **values):
        xs = check_numbers("GradientHighway: xs", xs).astype("float32")
        probe = check_numbers("GradientHighway: probe", probe).astype("float32")
        layers = check_titled("GradientHighway: layers", layers, "layers", arrays_of)
        if sorted(layers) != sorted(BLOCKS):
            raise ValueError(
                f"GradientHighway: layers must have {', '.join(BLOCKS)}, not {', '.join(layers)}."
            )
        if xs.ndim != 3 or probe.ndim != 2 or len(probe) != xs.shape[1] or xs.shape[1] < 10:
            raise ValueError(
                "GradientHighway: xs must be (seeds, time_steps, features) with at least 10 steps, and probe "
                f"(time_steps, features) as long, but the shapes are {xs.shape} and {probe.shape}."
            )
        pair = check_pair("GradientHighway: trained", trained, "layers before and after training")
        before, after = (arrays_of(f"GradientHighway: trained[{i}]", group) for i, group in enumerate(pair))
        for kind, group in layers.items():
            check_layers(kind, group, len(xs), xs.shape[2])
        for group in (before, after):
            check_layers("GRU", group, len(xs), probe.shape[1])
        self.set_trait("layers", {kind: stacked(layers[kind]) for kind in BLOCKS})
        self.set_trait("trained", {"before": stacked(before), "after": stacked(after)})
        self.set_trait("inputs", packed(xs))
        self.set_trait("probe", packed(probe))
        self.set_trait("choices", SHOWN)
        self.set_trait("smallest", float(np.finfo("float32").smallest_subnormal))
        longest = min(150, 10 * (xs.shape[1] // 10))
        self.narrow({"seed": [0, len(xs) - 1, 1], "length": [10, longest, 10]})
        super().__init__(**{"length": min(100, longest)} | values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given the layers and their inputs."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.quantities())
        return f"GradientHighway(layers, xs, trained, probe, {numbers})"

    def survives(self, kind):
        """Return what survives of a gradient at each lag: (length,), index 0 for lag 1.

        ``kind`` is SimpleRNN, GRU or LSTM (new, as the sliders set it), or before or after (training). The
        new layers walk ``length`` steps. The trained one walks its whole sequence, and the lags count back
        from its end.
        """
        return jacobians.reach(self._walk(kind)[0])[0, : self.length]

    def reaches(self, kind):
        """Return the ``Reach`` of a layer, named as in ``survives``."""
        share = self.survives(kind)[-1]
        gate = self._walk(kind)[1][-self.length :]
        direct = np.nan if kind == "SimpleRNN" else np.log10(gate).mean(axis=0).max()
        return Reach(share, np.log10(share) / self.length, gate.mean(), np.log10(gate.mean()), direct)

    def _walk(self, kind):
        """Return the Jacobians (1, time_steps, n, n) and the gate (time_steps, units) of a layer."""
        check_one_of("kind", kind, (*BLOCKS, "before", "after"))
        is_new = kind in BLOCKS
        group = self.layers[kind] if is_new else self.trained[kind]
        kernel, recurrent, bias = (unpacked(array)[self.seed].astype("float64") for array in group.values())
        if not is_new:
            return gru_walk(kernel, recurrent, bias, unpacked(self.probe)[None].astype("float64"))
        units = len(recurrent)
        xs = self.input_scale * unpacked(self.inputs)[[self.seed], : self.length].astype("float64")
        if kind == "GRU":
            bias[0, :units] = self.update_bias
            return gru_walk(kernel, recurrent, bias, xs)
        if kind == "LSTM":
            bias[units : 2 * units] = self.forget_bias
            steps = jacobians.lstm(kernel, recurrent, bias, xs)
            # how c depends on the old c: the forget gate
            return steps, np.diagonal(steps[0, :, units:, units:], axis1=1, axis2=2)
        steps = jacobians.simple_rnn(kernel, recurrent, bias, xs)
        # each row is the slope of tanh times a column of the recurrent weights
        return steps, np.linalg.norm(steps[0], axis=2) / np.linalg.norm(recurrent, axis=0)

    @traitlets.default("name")
    def _own_name(self):
        return "highway"


def gru_walk(kernel, recurrent, bias, xs):
    """Return the Jacobians and z of a GRU on one sequence."""
    weights = cell.Weights(kernel, recurrent, bias, reset_after=True)
    return jacobians.gru(weights, xs), cell.run(weights, xs).z[0]


def stacked(group):
    """Return the arrays of one layer for each seed as packed arrays with the seeds in front."""
    names, arrays = ("kernel", "recurrent", "bias"), zip(*group, strict=True)
    return {name: packed(np.stack(of_seeds)) for name, of_seeds in zip(names, arrays, strict=True)}


def arrays_of(name, group):
    """Return a list of layers as lists of arrays; raise an error for what is no number."""
    layers = check_list(name, group, "layers, each a list of arrays")
    return [check_arrays(f"{name}[{seed}]", arrays) for seed, arrays in enumerate(layers)]


def check_layers(kind, group, seeds, features):
    """Raise a ValueError unless these are the arrays of one layer of the kind for each seed."""
    if len(group) != seeds:
        raise ValueError(f"GradientHighway: {seeds} seeds in xs need as many layers, not {len(group)}.")
    for arrays in group:
        shapes = [np.shape(array) for array in arrays]
        units = shapes[-1][-1] // BLOCKS[kind] if shapes and shapes[-1] else 0
        columns = BLOCKS[kind] * units
        bias = (2, columns) if kind == "GRU" else (columns,)
        expected = [(features, columns), (units, columns), bias]
        if not units or shapes != expected:
            raise ValueError(
                f"GradientHighway: a {kind} has a kernel, recurrent weights and a bias as Keras makes them "
                f"by default for {features} features, but the shapes are {', '.join(map(str, shapes))}."
            )
