"""The state after the last word: which column it is, and which others are taken for it."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array


def expect_last_state(found, states, mask):
    """Raise ``Wrong`` unless ``found`` holds the state after the last word of each text."""
    batch, time_steps, units = states.shape
    found = expect_array(found, (batch, units), "The array of the states after the last words")
    each = np.arange(batch)
    first, count = mask.argmax(axis=1), mask.sum(axis=1)
    last = first + count - 1  # words stand side by side

    def is_like(other):
        return np.allclose(found, other, rtol=0, atol=1e-5)

    if is_like(states[each, last]):
        return
    rows = "; ".join("".join("■" if one else "·" for one in row) for row in mask[:3])
    where = f"With words at ■ and padding at · in {rows}: "
    expect(
        not is_like(states[each, (last + 1) % time_steps]),
        f"{where}this is one step too far. Three words stand in columns 0, 1 and 2: columns count from 0.",
    )
    expect(
        not is_like(states[:, -1]),
        f"{where}this is states[:, -1], the state after the last step. With padding behind the words that "
        "is a padded step.",
    )
    expect(
        not is_like(states[each, count - 1]) and not is_like(states[each, count % time_steps]),
        f"{where}the number of words was taken for a place. With padding in front the last word stands "
        "further on.",
    )
    expect(not is_like(states[each, first]), f"{where}this is the state after the first word.")
    expect(not is_like(states[each, last - 1]), f"{where}this is one step too early.")
    expect(
        not is_like(states[:, last[0]]) and not is_like(states[:, last[-1]]),
        f"{where}all texts got the same column. Each row of the mask has a last word of its own.",
    )
    kept = states * mask[:, :, None]
    expect(
        not any(
            is_like(one)
            for one in (
                kept.sum(axis=1),
                kept.mean(axis=1),
                kept.sum(axis=1) / count[:, None],
                states.mean(axis=1),
            )
        ),
        f"{where}this is a sum or a mean over the steps. One step is asked for: that of the last word.",
    )
    wrong = next(i for i in each if not np.allclose(found[i], states[i, last[i]], rtol=0, atol=1e-5))
    raise Wrong(f"{where}text {wrong} has its last word in column {last[wrong]}, and its state is another.")
