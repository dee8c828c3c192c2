"""Where does the reset gate act? Two units whose recurrent product meets r after or before."""

import numpy as np
import traitlets

from grulab import cell
from grulab.widgets.base import CourseWidget, Quantity, module, style

EXCHANGE = {"u_11": 0.0, "u_12": 1.0, "u_21": 1.0, "u_22": 0.0}
ALONE = {"u_11": 1.0, "u_12": 0.0, "u_21": 0.0, "u_22": 1.0}
PRESETS = {
    "the pencil's numbers": {**EXCHANGE, "r_1": 0.5, "r_2": 1.0, "bias": 0.0},
    "equal r": {**EXCHANGE, "r_1": 0.5, "r_2": 0.5, "bias": 0.0},
    "no mixing": {**ALONE, "r_1": 0.5, "r_2": 1.0, "bias": 0.0},
    "no mixing, with a bias": {**ALONE, "r_1": 0.5, "r_2": 1.0, "bias": 0.5},
}


class ResetOrder(CourseWidget):
    """Show what two units hand to the candidate with ``reset_after=True`` and with ``reset_after=False``.

    ``u_12`` is the recurrent weight from unit 1 to unit 2: row 1, column 2. ``bias`` is the candidate's bias,
    the same in both units: beside the state where r acts after, the only one where r acts before. The input
    says nothing.
    """

    _esm = module("resetorder", "equations", "pipes", "orders")
    _css = style("resetorder")

    h_1 = Quantity(0.8, -1.0, 1.0, 0.01, help="the old state of unit 1")
    h_2 = Quantity(0.4, -1.0, 1.0, 0.01, help="the old state of unit 2")
    r_1 = Quantity(0.5, 0.0, 1.0, 0.01, help="the reset gate of unit 1")
    r_2 = Quantity(1.0, 0.0, 1.0, 0.01, help="the reset gate of unit 2")
    u_11 = Quantity(0.0, -2.0, 2.0, 0.01, help="the weight from unit 1 to unit 1")
    u_12 = Quantity(1.0, -2.0, 2.0, 0.01, help="the weight from unit 1 to unit 2")
    u_21 = Quantity(1.0, -2.0, 2.0, 0.01, help="the weight from unit 2 to unit 1")
    u_22 = Quantity(0.0, -2.0, 2.0, 0.01, help="the weight from unit 2 to unit 2")
    bias = Quantity(0.0, -2.0, 2.0, 0.01, help="the candidate's bias, the same in both units")

    # what the page needs and nobody moves
    presets = traitlets.List(read_only=True, help="words and numbers, in order").tag(sync=True)

    def __init__(self, **values):
        self.set_trait("presets", [list(preset) for preset in PRESETS.items()])
        super().__init__(**values)

    def arrays(self):
        """Return h (2,), r (2,) and the candidate's recurrent weights (2, 2)."""
        recurrent = np.array([[self.u_11, self.u_12], [self.u_21, self.u_22]])
        return np.array([self.h_1, self.h_2]), np.array([self.r_1, self.r_2]), recurrent

    def products(self):
        """Return what reaches the candidate where r acts after the product, and where before, (2,) each."""
        h, r, recurrent = self.arrays()
        return r * (h @ recurrent + self.bias), (r * h) @ recurrent + self.bias

    def candidates(self):
        """Return the candidates of both orders, (2,) each, as ``grulab.cell`` computes them with r held."""
        h, r, recurrent = self.arrays()
        still, bias = np.zeros((2, 4)), np.array([0.0] * 4 + [self.bias] * 2)
        both = []
        for reset_after in (True, False):
            rows = np.stack([np.zeros(6), bias]) if reset_after else bias
            weights = cell.Weights(np.zeros((1, 6)), np.hstack([still, recurrent]), rows, reset_after)
            trace = cell.run(weights, np.zeros((1, 1, 1)), h[None], clamp={"r": r})
            both.append(trace.candidate[0, 0])
        return tuple(both)

    @traitlets.default("name")
    def _own_name(self):
        return "reset-order"
