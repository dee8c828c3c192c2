"""What does each gate do to one number? A GRU of one unit whose every number can be moved."""

import numpy as np
import traitlets

from grulab.arguments import named
from grulab.cell import Weights
from grulab.widgets.base import CourseWidget, Quantity, module, style

TIME_STEPS = 30
HOLD_STEPS = 20

# the weights of a note that one unit keeps: held by a bias of 8, replaced at the flag
LATCH = {
    "update_bias": 8.0,
    "update_flag": -16.0,
    "update_value": 0.0,
    "update_h": 0.0,
    "reset_bias": 0.0,
    "reset_flag": 0.0,
    "reset_value": 0.0,
    "reset_h": 0.0,
    "candidate_bias": 0.0,
    "candidate_flag": 0.0,
    "candidate_value": 2.0,
    "candidate_h": 0.0,
}

# which numbers can be seen and moved at each stage
STAGES = {
    "dial": ("z", "h", "candidate"),
    "step": ("h", "x", "z", "r", "w", "u", "bias"),
    "weights": (*LATCH, "value", "noise", "draw", "flag_step", "at"),
}

# the files of the stages, each after what it takes from others
PARTS = [f"gatelab-{part}" for part in ("numbers", "cell", "dial", "step", "sequence", "weights")]

# noise for every time step, from -1 to 1, five times over
NOISE = np.random.default_rng(1).uniform(-1, 1, (5, TIME_STEPS)).round(2)


class GateLab(CourseWidget):
    """Show what the gates of a GRU with one unit do to its one number.

    ``stage="dial"``: z mixes two fixed numbers, ``h`` and ``candidate``.
    ``stage="step"``: one time step; z and r are set by hand, the candidate comes from ``w``, ``u``, ``bias``.
    ``stage="weights"``: z and r come from weights; a short sequence with one flag runs through the unit.
    """

    _esm = module("gatelab", "equations", "pipes", *PARTS)
    _css = style("gatelab")

    stage = traitlets.Unicode("step", help="dial, step or weights").tag(sync=True)

    h = Quantity(0.8, -1.0, 1.0, 0.01, help="the old state")
    candidate = Quantity(-0.4, -1.0, 1.0, 0.01, help="the new number offered (stage dial)")
    z = Quantity(0.5, 0.0, 1.0, 0.01, help="the update gate: the share of h that is kept")
    r = Quantity(0.5, 0.0, 1.0, 0.01, help="the reset gate: the share of h that the candidate sees")
    x = Quantity(1.0, -2.0, 2.0, 0.01, help="the input")
    w = Quantity(-0.82, -3.0, 3.0, 0.01, help="the candidate's weight on x")
    u = Quantity(1.0, -3.0, 3.0, 0.01, help="the candidate's weight on r × h")
    bias = Quantity(0.0, -3.0, 3.0, 0.01, help="the candidate's bias")

    update_bias = Quantity(0.0, -10.0, 10.0, 0.1, help="the update gate's bias")
    update_flag = Quantity(0.0, -20.0, 20.0, 0.5, help="the update gate's weight on the flag")
    update_value = Quantity(0.0, -5.0, 5.0, 0.1, help="the update gate's weight on the value")
    update_h = Quantity(0.0, -5.0, 5.0, 0.1, help="the update gate's weight on the old state")
    reset_bias = Quantity(0.0, -10.0, 10.0, 0.1, help="the reset gate's bias")
    reset_flag = Quantity(0.0, -20.0, 20.0, 0.5, help="the reset gate's weight on the flag")
    reset_value = Quantity(0.0, -5.0, 5.0, 0.1, help="the reset gate's weight on the value")
    reset_h = Quantity(0.0, -5.0, 5.0, 0.1, help="the reset gate's weight on the old state")
    candidate_bias = Quantity(0.0, -5.0, 5.0, 0.1, help="the candidate's bias")
    candidate_flag = Quantity(0.0, -5.0, 5.0, 0.1, help="the candidate's weight on the flag")
    candidate_value = Quantity(2.0, -5.0, 5.0, 0.1, help="the candidate's weight on the value")
    candidate_h = Quantity(0.0, -5.0, 5.0, 0.1, help="the candidate's weight on the old state")

    value = Quantity(0.4, -1.0, 1.0, 0.05, help="the value beside the flag: what is to be remembered")
    noise = Quantity(0.5, 0.0, 1.0, 0.05, help="the size of the other values")
    draw = Quantity(0, 0, len(NOISE) - 1, 1, help="which of the five noises")
    flag_step = Quantity(4, 0, TIME_STEPS - HOLD_STEPS - 1, 1, help="the time step of the flag")
    at = Quantity(4, 0, TIME_STEPS - 1, 1, help="the time step whose numbers are shown")

    # what the page needs and nobody moves
    stages = traitlets.Dict(read_only=True).tag(sync=True)
    noises = traitlets.List(read_only=True).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)
    hold = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **values):
        self.set_trait("stages", {stage: list(names) for stage, names in STAGES.items()})
        self.set_trait("noises", NOISE.tolist())
        self.set_trait("presets", {"latch": LATCH})
        self.set_trait("hold", {"level": 0.6, "steps": HOLD_STEPS})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in STAGES[self.stage])
        return f"GateLab(stage={self.stage!r}, {numbers})"

    def weights(self):
        """Return the ``grulab.cell.Weights`` of stage "weights": one unit, features (flag, value)."""
        rows = {"kernel": ("flag", "value"), "recurrent": ("h",)}
        blocks = ("update", "reset", "candidate")
        matrices = {
            name: np.array([[getattr(self, f"{block}_{source}") for block in blocks] for source in sources])
            for name, sources in rows.items()
        }
        bias = np.array([getattr(self, f"{block}_bias") for block in blocks])
        return Weights(**matrices, bias=bias, reset_after=False)

    def inputs(self):
        """Return the sequence of stage "weights" (1, time_steps, 2): noise, ``value`` beside the flag."""
        xs = np.zeros((1, TIME_STEPS, 2))
        xs[0, :, 1] = self.noise * NOISE[self.draw]
        xs[0, self.flag_step] = 1.0, self.value
        return xs

    @traitlets.default("name")
    def _name_after_stage(self):
        return f"gatelab-{self.stage}"

    @traitlets.validate("stage")
    def _check_stage(self, proposal):
        if proposal.value not in STAGES:
            raise traitlets.TraitError(
                f"GateLab: stage must be one of {', '.join(STAGES)}, but is {named(proposal.value)}."
            )
        return proposal.value
