"""Majorities: which labels may choose, which ones judge, and what other shares look like."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, is_close


def expect_majorities(answer, cases):
    """Compare with the share that the training labels' majority gets right, and name the known mistakes.

    ``cases`` are pairs of training and test labels.
    """
    found = [float(expect_array(answer(seen, judged), (), "The accuracy").real) for seen, judged in cases]

    def is_told_by(share):
        """Say whether every answer is ``share(seen, judged)``."""
        return all(is_close(one, share(*case)) for one, case in zip(found, cases, strict=True))

    wrong = [
        (one, case)
        for one, case in zip(found, cases, strict=True)
        if not any(is_close(one, np.mean(case[1] == label)) for label in majorities(case[0]))
    ]
    if not wrong:
        return
    expect(
        not is_told_by(lambda seen, judged: np.bincount(judged).max() / len(judged)),
        "The test labels choose their own majority. The training labels must choose; the test labels only "
        "judge.",
    )
    expect(
        not is_told_by(lambda seen, judged: np.bincount(seen).max() / len(seen)),
        "That is the share of the majority in the training labels. Ask how many of the test labels it gets "
        "right.",
    )
    for label in (0, 1):
        expect(
            not is_told_by(lambda seen, judged, label=label: np.mean(judged == label)),
            f"The answer is always {label}. The more frequent of the training labels must be found first.",
        )
    # one outside 0 to 1 says most
    value, (seen, judged) = max(wrong, key=lambda one: abs(one[0] - 0.5))
    shown = f"Training labels {seen.tolist()} and test labels {judged.tolist()} gave {value:.3g}. "
    expect(
        0 <= value <= 1,
        f"{shown}The accuracy is a share, from 0 to 1: the mean of right and wrong, neither a count nor per "
        "cent.",
    )
    both = majorities(np.concatenate([seen, judged]))
    expect(
        not any(is_close(value, np.mean(judged == label)) for label in both) or both == majorities(seen),
        f"{shown}Were both arrays counted for the majority? Only the training labels choose.",
    )
    expect(
        not any(is_close(value, np.mean(judged != label)) for label in majorities(seen)),
        f"{shown}That is the share of the less frequent training label, or of what the majority gets wrong.",
    )
    raise Wrong(
        f"{shown}Take the more frequent label of the first array, then the share of the second that equals "
        "it."
    )


def majorities(labels):
    """Return the labels that are at least as frequent as the other one."""
    return [label for label in (0, 1) if 2 * np.sum(labels == label) >= len(labels)]
