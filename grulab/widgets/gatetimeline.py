"""Which gate does this answer need? A trained layer on its sequences, with gates that can be held."""

import numpy as np
import traitlets

from grulab import cell
from grulab.arguments import named
from grulab.arrays import check_ids, check_numbers
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.given import check_arrays, check_layer, check_texts
from grulab.widgets.transport import packed, packed_weights, unpacked

GATES = ["none", "z", "r", "z and r"]
UNITS = ["this unit", "all units"]
STEPS = ["this step", "all steps"]


class GateTimeline(CourseWidget):
    """Walk a trained GRU through sequences, hold gates, and compare with the untouched run.

    ``weights`` are the ``grulab.cell.Weights`` of the layer, ``head`` the kernel (units, 1) and bias (1,) of
    the sigmoid output that reads the last state. ``xs`` (n, time_steps, features) are the sequences that a
    reader may choose, and ``labels`` (n,) holds 0 or 1 for each. ``features`` names the features, ``marked``
    the one (a 0 or 1 at each step) whose step is marked in the drawings. ``order`` (units,) says in which
    order the units are shown; it changes no answer.
    """

    _esm = module("gatetimeline", "transport", "maps", "reader")
    _css = style("gatetimeline")

    sequence = Quantity(0, 0, 999, 1, help="which of the sequences")
    step = Quantity(0, 0, 999, 1, help="the time step whose numbers are shown")
    unit = Quantity(0, 0, 999, 1, help="the unit whose numbers are shown")
    gate = Quantity(0, 0, len(GATES) - 1, 1, help="which gate is held")
    value = Quantity(1.0, 0.0, 1.0, 0.01, help="the value that it is held at")
    units_held = Quantity(1, 0, len(UNITS) - 1, 1, help="in this unit or in all")
    steps_held = Quantity(0, 0, len(STEPS), 1, help="at this step, at all, or at the marked one")

    # what the page needs and nobody moves
    layer = traitlets.Dict(read_only=True, help="the trained weights").tag(sync=True)
    output = traitlets.Dict(read_only=True, help="kernel and bias of the output").tag(sync=True)
    inputs = traitlets.Dict(read_only=True, help="the sequences").tag(sync=True)
    labels = traitlets.List(read_only=True).tag(sync=True)
    features = traitlets.List(read_only=True).tag(sync=True)
    marked = traitlets.Int(-1, read_only=True, help="index of the marked feature, or -1").tag(sync=True)
    choices = traitlets.Dict(read_only=True).tag(sync=True)
    ordered = traitlets.Bool(read_only=True, help="whether an order of the units was given").tag(sync=True)

    def __init__(self, weights, head, xs, labels, features=None, marked=None, order=None, **values):
        check_layer("GateTimeline: weights", weights)
        xs = check_numbers("GateTimeline: xs", xs).astype("float32")
        labels = check_ids("GateTimeline: labels", labels, ("n",), 2)
        if xs.ndim != 3 or len(labels) != len(xs) or not len(xs):
            raise ValueError(
                "GateTimeline: xs must be (n, time_steps, features) with one label each, but xs has the "
                f"shape {xs.shape} and there are {len(labels)} labels."
            )
        if xs.shape[2] != weights.features:
            raise ValueError(
                f"GateTimeline: weights read {weights.features} features, but xs has {xs.shape[2]}."
            )
        kernel, bias = check_arrays("GateTimeline: head", head, "kernel", "bias")
        if kernel.shape != (weights.units, 1) or bias.shape != (1,):
            raise ValueError(
                f"GateTimeline: head must be a kernel ({weights.units}, 1) and a bias (1,), "
                f"but the shapes are {kernel.shape} and {bias.shape}."
            )
        features = [f"feature {i}" for i in range(xs.shape[2])] if features is None else features
        names = check_texts("GateTimeline: features", features, "names")
        if len(names) != xs.shape[2]:
            raise ValueError(f"GateTimeline: {xs.shape[2]} features need as many names, not {len(names)}.")
        if marked is not None and not (isinstance(marked, str) and marked in names):
            raise ValueError(
                f"GateTimeline: marked is {named(marked)}, but the features are {', '.join(names)}."
            )
        self.set_trait("ordered", order is not None)
        order = np.arange(weights.units) if order is None else order
        order = check_ids("GateTimeline: order", order, (weights.units,), weights.units)
        if len(set(order.tolist())) < len(order):
            raise ValueError(f"GateTimeline: order must hold each of the {weights.units} units once.")
        self.weights, self.head = in_order(weights, order), (kernel[order, 0], float(bias[0]))
        steps = [*STEPS, *([] if marked is None else [f"the step of the {marked}"])]
        self.set_trait("layer", packed_weights(self.weights))
        self.set_trait("output", {"kernel": packed(self.head[0]), "bias": packed(bias)})
        self.set_trait("inputs", packed(xs))
        self.set_trait("labels", [int(label) for label in labels])
        self.set_trait("features", names)
        self.set_trait("marked", -1 if marked is None else names.index(marked))
        self.set_trait("choices", {"gate": GATES, "units_held": UNITS, "steps_held": steps})
        last = {"sequence": len(xs), "step": xs.shape[1], "unit": weights.units, "steps_held": len(steps)}
        self.narrow({name: [0, count - 1, 1] for name, count in last.items()})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given the layer, its data and the order."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.quantities())
        numbers = f"order=order, {numbers}" if self.ordered else numbers
        marked = "None" if self.marked < 0 else repr(self.features[self.marked])
        return f"GateTimeline(weights, head, xs, labels, {self.features!r}, {marked}, {numbers})"

    def clamp(self):
        """Return what is held as ``grulab.cell.run`` takes it, each gate (1, time_steps, units)."""
        xs = unpacked(self.inputs)[self.sequence]
        time_steps, units = np.arange(len(xs)), np.arange(self.weights.units)
        is_step = (time_steps == self.step, time_steps >= 0, xs[:, self.marked] > 0)[self.steps_held]
        is_unit = (units == self.unit, units >= 0)[self.units_held]
        held = np.where(is_step[:, None] & is_unit, np.float32(self.value), np.float32(np.nan))[None]
        return {gate: held for gate in GATES[self.gate].split(" and ") if gate != "none"}

    def runs(self):
        """Return the ``Trace`` of the chosen sequence untouched, and the one with the gates held."""
        xs = unpacked(self.inputs)[[self.sequence]].astype(self.weights.dtype)
        return cell.run(self.weights, xs), cell.run(self.weights, xs, clamp=self.clamp())

    def probability(self, trace):
        """Return the model's probability of label 1 for a trace of one sequence."""
        cell.check_trace(self.weights, trace, (1, "time_steps", self.weights.units))
        kernel, bias = self.head
        return float(cell.sigmoid(np.float64(trace.h[0, -1] @ kernel + bias)))

    @traitlets.default("name")
    def _own_name(self):
        return "timeline"


def in_order(weights, order):
    """Return the weights of the same layer with its units in another order."""
    columns = np.concatenate([block * weights.units + order for block in range(3)])
    bias = None if weights.bias is None else weights.bias[..., columns]
    kernel, recurrent = weights.kernel[:, columns], weights.recurrent[order][:, columns]
    return cell.Weights(kernel, recurrent, bias, weights.reset_after)
