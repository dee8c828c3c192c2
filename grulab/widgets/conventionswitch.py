"""Does z keep or write? One unit under both conventions, with weights whose sign can be turned."""

import traitlets

from grulab.arguments import check_number
from grulab.cell import sigmoid
from grulab.widgets.base import CourseWidget, Quantity, module, style

STEPS = 8
SIGNS = ["as they are", "all with the other sign"]
# what changes together; who writes it so stands in the page's table of conventions
CONVENTIONS = [
    {
        "name": "z keeps",
        "z": "the share of the old h that is kept",
        "rest": "the share of the candidate that is written",
        "code": "h = z * h + (1 - z) * candidate",
        "used_by": "Keras, PyTorch, cuDNN, ONNX, Dive into Deep Learning, Cho et al. (2014), "
        "Jozefowicz et al. (2015), and this course",
    },
    {
        "name": "z writes",
        "z": "the share of the candidate that is written",
        "rest": "the share of the old h that is kept",
        "code": "h = (1 - z) * h + z * candidate",
        "used_by": "Chung et al. (2014), makemore",
    },
]


class ConventionSwitch(CourseWidget):
    """Flip between "z keeps" and "z writes", and turn the sign of the weights behind z.

    One unit: z comes from the input, the old state and a bias. The candidate is the same at every step.
    ``convention`` counts ``CONVENTIONS`` from 0, ``negated`` counts ``SIGNS``.
    """

    _esm = module("conventionswitch", "equations", "conventions")
    _css = style("conventionswitch")

    convention = Quantity(0, 0, len(CONVENTIONS) - 1, 1, help="z keeps, or z writes")
    negated = Quantity(0, 0, len(SIGNS) - 1, 1, help="the sign of the three weights behind z")
    h = Quantity(0.8, -1.0, 1.0, 0.01, help="the old state")
    candidate = Quantity(-0.4, -1.0, 1.0, 0.01, help="the candidate")
    x = Quantity(1.0, -2.0, 2.0, 0.01, help="the input")
    update_x = Quantity(1.1, -5.0, 5.0, 0.01, help="the update gate's weight on x")
    update_h = Quantity(0.0, -5.0, 5.0, 0.01, help="the update gate's weight on the old state")
    update_bias = Quantity(0.0, -5.0, 5.0, 0.01, help="the update gate's bias, both rows added")

    # what the page needs and nobody moves
    conventions = traitlets.List(read_only=True).tag(sync=True)
    signs = traitlets.List(read_only=True).tag(sync=True)
    steps = traitlets.Int(STEPS, read_only=True, help="steps of the curve").tag(sync=True)

    def __init__(self, **values):
        self.set_trait("conventions", CONVENTIONS)
        self.set_trait("signs", SIGNS)
        super().__init__(**values)

    def z(self, h):
        """Return the update gate at the state ``h``."""
        total = self.update_x * self.x + self.update_h * float(check_number("h", h)) + self.update_bias
        return float(sigmoid(-total if self.negated else total))

    def states(self):
        """Return the states under the chosen convention, ``h`` first: ``STEPS`` + 1 numbers."""
        states = [self.h]
        for _ in range(STEPS):
            h, z = states[-1], self.z(states[-1])
            kept = z if self.convention == 0 else 1 - z
            states.append(kept * h + (1 - kept) * self.candidate)
        return states

    @traitlets.default("name")
    def _own_name(self):
        return "convention"
