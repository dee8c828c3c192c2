"""The causes that exercise 09 offers, and how each that is not the one can be ruled out."""

from grulab.checks.answer import Wrong, expect, named

# name → what it means, as the exercise's page shows it
CAUSES = {
    "ids as amounts": "ids go in as if they were amounts, and padding as if it were words",
    "nothing to learn": "the labels have nothing to do with the inputs",
    "leak": "the training has seen something of the part that judges it",
    "numbers misplaced": "numbers stand at the wrong step, or under the wrong feature",
    "sorted labels": "the part that judges holds another mixture of labels than the training",
    "too short": "too few epochs",
    "too small": "too few units",
    "wrong rate": "the learning rate is too large or too small",
}

# name → how to see that it is not the cause
RULED_OUT = {
    "ids as amounts": "Are there ids among the inputs at all, and what do they go through before the GRU?",
    "nothing to learn": "Somebody drew these labels by a rule, which the page states. A program that reads "
    "the "
    "inputs as they are meant can find it.",
    "leak": "Training and judging parts are made apart here, and nothing is fitted on both. A leak would "
    "make "
    "the score too good.",
    "numbers misplaced": "Take one sequence, print it before and after the preparation, and look for its "
    "numbers: does each stand where it stood?",
    "sorted labels": "Print the mean of the labels in both parts: is it another one?",
    "too short": "Double the epochs, and nothing else. Does that mend what is odd about the result?",
    "too small": "Double the units, and nothing else. Does that mend what is odd about the result?",
    "wrong rate": "Try a third of the rate, and three times the rate. Does that mend what is odd about the "
    "result?",
}


def expect_cause(answer, cause):
    """Raise ``Wrong`` unless the answer names this one of the ``CAUSES``."""
    found = answer()
    expect(
        isinstance(found, str), f"{answer.name} must return a cause by its name, but returns {named(found)}."
    )
    name = " ".join(found.lower().replace("_", " ").replace("-", " ").split()).strip("'\". ")
    expect(
        name in CAUSES,
        f"{found[:60]!r} is none of the eight names: {', '.join(CAUSES)}.",
    )
    if name != cause:
        raise Wrong(f"It is not {name!r}. {RULED_OUT[name]}")
