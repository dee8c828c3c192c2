"""A walk through whole sequences with a mistake in it.

The right walk is ``grulab.cell.run``. Arrays are as in exercise 02; ``mask`` is never None here, and
``advance(x, h)`` is one step from (batch, features) and (batch, units). ``WALKS`` and ``MASKED`` map what is
said to a walk ``(advance, xs, h0, mask)``; those of ``MASKED`` show only where something is masked.
"""

import numpy as np


def walk(advance, xs, h0, mask, choose, read=lambda h, shown: h):
    """Return states (batch, time_steps, units); ``choose`` says what stays of a step.

    ``choose(mask_t, h_new, h, shown)`` returns (next state, what is shown), with ``mask_t`` (batch, 1);
    ``read(h, shown)`` is the state that a step reads.
    """
    h = shown = h0
    states = []
    for t in range(xs.shape[1]):
        h, shown = choose(mask[:, t, None], advance(xs[:, t], read(h, shown)), h, shown)
        states.append(shown)
    return np.stack(states, axis=1)


def carried(mask_t, h_new, h, shown):
    """Do what is right: carry the state on at a masked step."""
    h = np.where(mask_t, h_new, h)
    return h, h


def carry(advance, xs, h0, mask):
    """Return the states of a walk that is right."""
    return walk(advance, xs, h0, mask, carried)


def closed(mask):
    """Return a mask that stays False after its first False."""
    return np.logical_and.accumulate(mask, axis=1)


def packed(states, mask):
    """Return states with the masked steps taken out and the rest moved to the front."""
    moved = np.zeros_like(states)
    for row, (one, keep) in enumerate(zip(states, mask, strict=True)):
        moved[row, : keep.sum()] = one[keep]
    return moved


def before(states, h0):
    """Return the state before each step, in place of the one after it."""
    return np.concatenate([h0[:, None], states[:, :-1]], axis=1)


def across(advance, xs, h0, mask):
    """Walk over the samples in place of the time steps."""
    zeros = np.zeros((xs.shape[1], h0.shape[1]), xs.dtype)
    turned = walk(advance, xs.swapaxes(0, 1), zeros, np.ones(xs.shape[1::-1], bool), carried)
    return turned.swapaxes(0, 1)


def everywhere(mask):
    """Return a mask that leaves nothing out."""
    return np.ones_like(mask)


WALKS = {
    "Every step starts from the same state again. The state of one step is the old state of the next.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, mask, carried, lambda h, shown: h0)
    ),
    "Every step starts from zeros again. The state of one step is the old state of the next.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, mask, carried, lambda h, shown: 0 * h)
    ),
    "Your loop walks over the samples. Time is axis 1: xs[:, t].": across,
    "h0 is not used: the walk starts from zeros although a state is given.": (
        lambda advance, xs, h0, mask: carry(advance, xs, 0 * h0, mask)
    ),
    "The walk goes from the last step to the first. Time runs forward here.": (
        lambda advance, xs, h0, mask: carry(advance, xs[:, ::-1], h0, mask[:, ::-1])
    ),
    "The walk goes from the last step to the first, and the states are turned round again.": (
        lambda advance, xs, h0, mask: carry(advance, xs[:, ::-1], h0, mask[:, ::-1])[:, ::-1]
    ),
    "The states come back in reversed order: the first step's state comes first.": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, mask)[:, ::-1]
    ),
    "Each place holds the state before its step. Store the state after the step.": (
        lambda advance, xs, h0, mask: before(carry(advance, xs, h0, mask), h0)
    ),
    "The states are in the wrong places: reshape does not exchange axes. Time must become axis 1.": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, mask).swapaxes(0, 1).reshape(*xs.shape[:2], -1)
    ),
    "All steps show the last state: is one and the same array stored again and again?": (
        lambda advance, xs, h0, mask: np.repeat(carry(advance, xs, h0, mask)[:, -1:], xs.shape[1], axis=1)
    ),
    "h0 is set aside after the first step: the second one starts from zeros.": (
        lambda advance, xs, h0, mask: np.concatenate(
            [
                carry(advance, xs[:, :1], h0, mask[:, :1]),
                *[carry(advance, xs[:, 1:], 0 * h0, mask[:, 1:]) for _ in range(min(1, xs.shape[1] - 1))],
            ],
            axis=1,
        )
    ),
    "h0 is added to the states at the end. It is the old state of the first step.": (
        lambda advance, xs, h0, mask: carry(advance, xs, 0 * h0, mask) + h0[:, None]
    ),
}
MASKED = {
    "The mask has no effect: masked steps change the state.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, everywhere(mask), carried)
    ),
    "The mask multiplies x. At x = 0 biases and old state still move h: mask the state, not x.": (
        lambda advance, xs, h0, mask: walk(advance, xs * mask[:, :, None], h0, everywhere(mask), carried)
    ),
    "The mask is turned round: True means that a step counts.": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, ~mask)
    ),
    "At masked steps your state is 0. It must be carried on: the old state once more.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, mask, lambda m, new, h, shown: (new * m, new * m))
    ),
    "At masked steps 0 is shown, though the state is carried on inside. Show the old state once more.": (
        lambda advance, xs, h0, mask: walk(
            advance, xs, h0, mask, lambda m, new, h, shown: (np.where(m, new, h), new * m)
        )
    ),
    "Masked places are set to 0 after a walk that took no notice of the mask. Carry the old state on.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, mask, lambda m, new, h, shown: (new, new * m))
    ),
    "At a masked step the walk goes back to h0. The state before the step stays.": (
        lambda advance, xs, h0, mask: walk(
            advance, xs, h0, mask, lambda m, new, h, shown: (np.where(m, new, h0),) * 2
        )
    ),
    "Masked steps show the old state, but inside it moves on. The next step must read the old one.": (
        lambda advance, xs, h0, mask: walk(
            advance, xs, h0, mask, lambda m, new, h, shown: (new, np.where(m, new, shown))
        )
    ),
    "From the first masked step on nothing moves. After a gap in the mask the walk goes on.": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, closed(mask), carried)
    ),
    "The walk ends where every sample is masked. After such a step it goes on.": (
        lambda advance, xs, h0, mask: carry(
            advance, xs, h0, mask & np.logical_and.accumulate(mask.any(axis=0))
        )
    ),
    "One masked sample holds all of them. Choose sample by sample.": (
        lambda advance, xs, h0, mask: walk(
            advance, xs, h0, np.broadcast_to(mask.all(axis=0), mask.shape), carried
        )
    ),
    "A step is left out only where every sample is masked. Choose sample by sample.": (
        lambda advance, xs, h0, mask: walk(
            advance, xs, h0, np.broadcast_to(mask.any(axis=0), mask.shape), carried
        )
    ),
    "The mask of one sample is used for all. Choose sample by sample: mask[:, t].": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, np.broadcast_to(mask[:1], mask.shape), carried)
    ),
    "The True of the mask are counted as a length. They may stand anywhere: look at mask[:, t].": (
        lambda advance, xs, h0, mask: carry(
            advance, xs, h0, np.arange(xs.shape[1]) < mask.sum(axis=1)[:, None]
        )
    ),
    "The mask is read from the last step to the first. mask[:, t] belongs to xs[:, t].": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, mask[:, ::-1])
    ),
    "The mask is used one step late. mask[:, t] belongs to xs[:, t].": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, np.roll(mask, 1, axis=1))
    ),
    "The mask is used one step early. mask[:, t] belongs to xs[:, t].": (
        lambda advance, xs, h0, mask: carry(advance, xs, h0, np.roll(mask, -1, axis=1))
    ),
    "Every step counts as masked: the state never moves. Is `is True` asked of NumPy's own booleans?": (
        lambda advance, xs, h0, mask: walk(advance, xs, h0, ~everywhere(mask), carried)
    ),
    "Before the first real step your states are 0. Until then it is h0 that is carried on.": (
        lambda advance, xs, h0, mask: (
            carry(advance, xs, h0, mask) * np.logical_or.accumulate(mask, axis=1)[:, :, None]
        )
    ),
    "Masked steps are taken out and the others move up. Each state keeps its place in time.": (
        lambda advance, xs, h0, mask: packed(carry(advance, xs, h0, mask), mask)
    ),
}
