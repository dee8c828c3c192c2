"""How does the start of the update gate change what a GRU can learn? A training that runs in the page."""

import traitlets

from grulab.data import delayed_recall, flagged_value
from grulab.widgets.base import CourseWidget, Quantity, module, style

SYMBOLS, NOISE = 8, 2
TASKS = ["recall, always the same lag", "recall, lags from 1 to the lag", "read the value beside a flag"]


class TrainingGround(CourseWidget):
    """Train a GRU with one layer in the page, by back-propagation and Adam, on sequences drawn as it goes.

    ``task`` counts ``TASKS`` from 0. Every update draws 32 fresh sequences, so the loss is always one on
    sequences not seen before. The training starts anew when a setting changes.
    """

    _esm = module("trainingground", "randoms", "gradients", "training", "trial")
    _css = style("trainingground")

    task = Quantity(0, 0, len(TASKS) - 1, 1, help="what is to be learnt")
    lag = Quantity(
        40, 1, 60, 1, help="time steps from the symbol to the end, or the last step of the sequence"
    )
    update_bias = Quantity(0.0, 0.0, 5.0, 0.5, help="the bias of z at the start, in its first row")
    units = Quantity(16, 2, 32, 1, help="units of the GRU")
    rate = Quantity(0.01, 0.001, 0.03, 0.001, help="the learning rate of Adam")
    seed = Quantity(0, 0, 9, 1, help="draws the start weights and the sequences")

    # what the page needs and nobody moves
    tasks = traitlets.List(read_only=True).tag(sync=True)
    last = traitlets.Int(3000, read_only=True, help="updates after which the training ends").tag(sync=True)

    def __init__(self, **values):
        self.set_trait("tasks", TASKS)
        super().__init__(**values)

    def sequences(self, n, seed=0):
        """Return ``(x, y)``: n sequences (n, lag + 1, features) of the task, and their labels (n,).

        They follow the law of those in the page; the numbers that are drawn are others.
        """
        if TASKS[self.task] == TASKS[2]:
            return flagged_value(n, time_steps=self.lag + 1, features=3, seed=seed)
        lag = self.lag if self.task == 0 else (1, self.lag)
        return delayed_recall(n, lag, time_steps=self.lag + 1, symbols=SYMBOLS, noise=NOISE, seed=seed)

    @traitlets.default("name")
    def _own_name(self):
        return "training"
