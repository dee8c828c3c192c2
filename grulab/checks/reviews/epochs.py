"""The epoch to go on with: where the best of seven stands, and which other places are taken for it."""

import numpy as np

from grulab.checks.answer import expect, is_whole, named


def expect_epoch(answer):
    """Raise ``Wrong`` unless the answer finds the best epoch, the first of two that share the accuracy."""
    accuracy = [0.5, 0.7, 0.6, 0.8, 0.7, 0.8, 0.6]
    best = answer(accuracy)
    expect(
        not (isinstance(best, float | np.floating) and best != int(best)),
        f"Return the place of the best epoch, not its accuracy {best}.",
    )
    expect(is_whole(best), f"Return an int, the place of the best epoch; now it is {named(best)}.")
    expect(best != 6, "That is the last epoch. The best one need not come last.")
    expect(best != 5, "Two epochs share the best accuracy. Take the first of them.")
    expect(best != 4, "One too many: the first epoch has index 0.")
    expect(best != 0, "For this list it chooses the worst epoch. You want the place of the largest accuracy.")
    expect(best != 1, "It stops at the first fall. Accuracy may fall and rise again: look at all epochs.")
    expect(best == 3, f"For {accuracy} the best epoch is not at index {best}.")
    expect(
        answer([0.9, 0.8]) == 0,
        "When the accuracy falls after the first epoch, the first one is the best. Does the function look "
        "at its argument?",
    )
