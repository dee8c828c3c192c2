"""Exercise 01: gates by hand."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, is_close
from grulab.checks.latches import expect_clearable, expect_latch
from grulab.checks.question import example


@example(stars=1)
def mix(answer):
    """Mix an old state and a candidate by z, which keeps."""
    # two sequences, two units
    h, candidate = np.array([[0.8, -0.6], [0.2, 0.5]]), np.array([[-0.4, 0.2], [-0.9, 0.1]])
    at_one = expect_array(answer(1.0, h, candidate), (2, 2), "The new state")
    at_zero = expect_array(answer(0.0, h, candidate), (2, 2), "The new state")
    # one z for all, far from both ends
    z = 0.25
    at_quarter = expect_array(answer(z, h, candidate), (2, 2), "The new state")
    expect(
        not (is_close(at_one, candidate) and is_close(at_zero, h)),
        "Here z writes: at z = 1 your mix returns the candidate. In this course z keeps, so the old state "
        "must come out.",
    )
    mistakes = {
        "Your mix adds the two numbers up without weights. Look at what z = 1 must give: the old state "
        "alone.": (h + candidate),
        "The candidate comes in whole, whatever z is. It needs a weight, too: look at z = 1, where none of "
        "it may come in.": z * h + candidate,
        "Both numbers have the same weight. Look at z = 1: all of one and none of the other must come out.": (
            z * (h + candidate)
        ),
        "The candidate is missing: at z = 0 it alone must come out. Where has it gone?": z * h,
        "Only the candidate has a weight. Look at z = 0, where none of the old state may come out.": (
            h + (1 - z) * candidate
        ),
        "Your two weights belong together, but a bracket is missing: 1 - z * candidate is not (1 - z) * "
        "candidate.": z * h + 1 - z * candidate,
        "A minus stands where the two parts must be added.": z * h - (1 - z) * candidate,
        "Both parts have the weight 0.5, whatever z is. Where does z come in?": (h + candidate) / 2,
        "z picks one of the two numbers and leaves the other out. But a gate is a dial, not a switch: at z "
        "= 0.25 a quarter of the old state is in the mixture.": candidate,
    }
    for sentence, mistake in mistakes.items():
        expect(not is_close(at_quarter, mistake), sentence)
    squeezed = (np.clip(h, 0, 1), np.tanh(h), np.round(h), np.abs(h), np.maximum(h, 0), 1 / (1 + np.exp(-h)))
    expect(
        not any(is_close(at_one, one) for one in squeezed),
        "At z = 1 the old state must come out as it is, below 0 as well: clip, round and squeeze nothing.",
    )
    expect(
        is_close(at_one, h, 1e-5) and is_close(at_zero, candidate, 1e-5),
        "At z = 1 the old state alone must come out, at z = 0 the candidate alone. Look at the two "
        "weights: each number needs one, and together they make one.",
    )
    expect(
        is_close(at_quarter, z * h + (1 - z) * candidate, 1e-5),
        "Look at one number: with z = 0.25, h = 0.8 and a candidate of -0.4 yours makes "
        f"{at_quarter[0, 0]:.4g}. A quarter of the one and three quarters of the other must be in it.",
    )
    for (z, old, new), mixed in {
        (0.75, 0.8, -0.4): 0.5,
        (0.5, 3.0, 2.0): 2.5,
        (0.5, -7.0, -8.0): -7.5,
    }.items():
        found = expect_array(answer(z, old, new), (), "The mixture of two plain numbers")
        expect(
            is_close(found, mixed, 1e-5),
            f"At z = {z} the numbers {old} and {new} make {mixed}, but yours makes {found:.4g}. A mixture "
            "lies between its two numbers by itself: clip, round and squeeze nothing.",
        )
    for gates in ([[1.0, 0.0], [0.75, 0.5]], [0.75, 0.5], [[1.0], [0.25]]):
        gates = np.array(gates)
        found = expect_array(
            answer(gates, h, candidate), (2, 2), f"With z of the shape {gates.shape} the state"
        )
        expect(
            is_close(found, gates * h + (1 - gates) * candidate, 1e-5),
            f"With one z it is right, with a z of the shape {gates.shape} it is not. Each unit has its own "
            "z: every number is mixed with the z in its own place.",
        )


@example(stars=1)
def half_life(answer):
    """Turn a z into the number of steps after which half is left."""
    for z in (0.9, 0.5, 0.75, 0.99, 0.2):
        expect_half_life(answer, z)


def expect_half_life(answer, z):
    """Raise ``Wrong`` unless the answer's half-life of z is right."""
    steps = expect_array(answer(z), (), "The half-life")
    right = np.log(0.5) / np.log(z)
    mistakes = {
        "This is the right number upside down. In z ** n = 0.5 it is n that you look for: which logarithm is "
        "divided by which?": 1 / right,
        "This is the half-life of 1 - z. But z keeps: after one step the share z is left.": (
            np.log(0.5) / np.log(1 - z)
        ),
        "This takes the same amount away at each step. But each step takes its share of what is left, so it "
        "takes longer.": 0.5 / (1 - z),
        "This is how long a note lasts until 1/e of it is left, not one half: where does your 0.5 stand?": (
            -1 / np.log(z)
        ),
        "This is one divided by what gets in at a step. Where does one half stand in it?": 1 / (1 - z),
        "This is close to it near z = 1, and nowhere else: it holds for very small steps. Here each step "
        "multiplies by z, so the logarithm of z must stand in it.": np.log(2) / (1 - z),
        "This is what is left after some steps. But the number of steps is asked for.": z**0.5,
    }
    # near z = 1 single precision knows little of 1 - z
    if not is_close(steps, right, right * (1e-5 + 1e-7 / (1 - z))):
        expect(
            steps > 0,
            f"At z = {z} you return {steps:.3g} steps, which is not after the start. The logarithms of 0.5 "
            "and of z are both negative: is one of the two missing, or is there a minus too many?",
        )
        for sentence, mistake in mistakes.items():
            # at z = 0.5 several mistakes give the right number, and at 0.75 two of them are the same
            expect(
                not is_close(steps, mistake, 1e-5 * mistake), f"At z = {z} you return {steps:.4g}. {sentence}"
            )
        expect(
            abs(steps - right) > 1 or not float(steps).is_integer(),
            f"At z = {z} you return {steps:.4g}, but a half-life need not be a whole number: count and "
            "round nothing.",
        )
        expect(
            abs(steps - right) > 0.006,
            f"At z = {z} you return {steps}, which is nearly right: is something rounded?",
        )
        raise Wrong(
            f"At z = {z} you return {steps:.4g} steps. After so many steps the share "
            f"{float(z) ** min(steps, 1e6):.4f} of the note is left, and not one half. Check z = 0.5 by "
            "hand: one step."
        )


@example(stars=2)
def latch_weights(answer):
    """Choose weights that take a number at a flag and hold it."""
    expect_latch(answer(), np.random.default_rng(0), [0, 0])


@example(stars=3)
def clearable_latch_weights(answer):
    """Choose weights that take a number at one signal, hold it, and clear it at another."""
    expect_clearable(answer(), np.random.default_rng(0), [0, 1, 0])
