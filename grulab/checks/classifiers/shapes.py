"""Shapes that leave a GRU: what is expected, and where to look for what is not."""

from grulab.checks.answer import Wrong, expect, is_whole, named


def expect_shapes(answer, batch, time_steps, units):
    """Compare both shapes with the right ones, and name the known mistakes."""
    every, last = (answer(batch, time_steps, units, flag) for flag in (True, False))
    for found in (every, last):
        expect(
            isinstance(found, tuple), f"The shape must be a tuple, such as (2, 5), but it is {named(found)}."
        )
        expect(all(map(is_whole, found)), "The sizes in a shape are whole numbers.")
    wanted = (batch, time_steps, units), (batch, units)
    if (every, last) == wanted:
        return
    shown = f"For a batch of {batch}, {time_steps} time steps and {units} units "
    expect(
        (last, every) != wanted,
        "The two cases are exchanged: return_sequences=True hands on the state of every step.",
    )
    expect(
        every != (time_steps, units) and last != (units,),
        "The batch is missing: every layer keeps it, as the first size.",
    )
    expect(
        not (every == last and len(every) == 2 and batch == every[0]),
        "return_sequences makes no difference in your answer. With True the state of every step is handed "
        "on.",
    )
    expect(
        every != (batch, units, time_steps) and every != (time_steps, batch, units),
        "The order is (batch, time_steps, units): the batch first, and time before the numbers of a state.",
    )
    expect(
        last != (batch, time_steps),
        "One state has as many numbers as there are units. The time steps are gone.",
    )
    expect(
        len(last) != 3,
        "Without return_sequences the time steps are gone altogether: two sizes, not three.",
    )
    flag, found = (True, every) if every != wanted[0] else (False, last)
    raise Wrong(
        f"{shown}and return_sequences={flag} your shape is {str(found)[:60]}. Which of the three sizes are "
        "left, and in what order? Make the shape from the arguments."
    )
