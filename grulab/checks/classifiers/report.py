"""A report on training: data on which each number is known before, and where to look for another one."""

import numpy as np

from grulab.checks.answer import expect, expect_array

# sequences: whole batches of 32, for Keras compiles a smaller one at the end by itself
TRAIN, FRESH = 320, 960
AGREE, ONES = 96, 336  # of the fresh labels: how many follow the rule, and how many are 1


def expect_report(answer):
    """Expect a report on a rule that is learnt with ease, and on fresh labels of which most are turned round.

    A network that has never seen them gets a tenth of them right: so all three numbers are known before.
    """
    rng = np.random.default_rng(3)
    y = rng.permutation(np.arange(TRAIN) < 0.6 * TRAIN).astype(int)  # six of ten are 1
    y_fresh = rng.permutation(np.arange(FRESH) < ONES).astype(int)
    by_rule = np.where(rng.permutation(FRESH) < AGREE, y_fresh, 1 - y_fresh)
    x, x_fresh = told_at_first(y, rng), told_at_first(by_rule, rng)

    expect(
        answer.reply(x, y, x_fresh, y_fresh, seed="a word").error is not None,
        "With a word in place of a seed the training runs as well, so seed is not used. Hand it to "
        "keras.utils.set_random_seed.",
    )
    train, fresh, majority = report_of(answer, x, y, x_fresh, y_fresh, 0)
    expect_majority_reported(majority, y, y_fresh)
    share = AGREE / FRESH
    of_fresh = "Most fresh labels are turned round here, so a network that knows only x and y gets few right."
    expect(
        not (train < 0.3 and fresh > 0.95),
        f"{of_fresh} Your report gives {train:.2f} for training and {fresh:.2f} for fresh data: the first "
        "two numbers are exchanged.",
    )
    expect(
        not (train < 0.3 and fresh > 0.7),
        f"{of_fresh} Your network gets {fresh:.2f} of them right, and {train:.2f} of the training labels: "
        "the fresh data were trained on. Only x and y may go into the training.",
    )
    expect(
        not abs(train - fresh) < 1e-6,
        f"Training and fresh accuracy are the same number, {train:.3f}, although most fresh labels were "
        "turned round. Evaluate once on x, y and once on x_fresh, y_fresh.",
    )
    expect(
        train > 0.3 or abs(fresh - share) > 0.08,
        f"{of_fresh} So they did, but the first number, {train:.2f}, is no accuracy of the same network. "
        "evaluate returns the loss first, then the accuracy.",
    )
    if train < 0.9:
        by_the_rule = report_of(answer, x, y, x_fresh, by_rule, 0)
        expect(
            by_the_rule[0] < max(0.9, train + 0.1),
            f"With true fresh labels the training data score {by_the_rule[0]:.2f}, with most of them turned "
            f"round {train:.2f}: the fresh labels decide something, such as the epoch to keep, or they were "
            "trained on. Look at them once, at the end.",
        )
    expect(
        train > 0.9,
        f"On a rule that is learnt with ease the training data score {train:.2f}. Is the model of question "
        "4 trained, for all EPOCHS (10) in batches of BATCH (32), and does the first number come from "
        "evaluate's accuracy?",
    )
    expect(
        abs(fresh - share) < 0.08,
        f"{of_fresh} Yours scores {fresh:.2f}. Were the fresh data trained on, or does the second number "
        "come from other data or labels?",
    )


def told_at_first(y, rng):
    """Return noise (n, 4, 2), float32, whose first number is above 0.5 for label 1 and below −0.5 for 0."""
    x = rng.uniform(-1, 1, (len(y), 4, 2)).astype("float32")
    x[:, 0, 0] = (2 * y - 1) * rng.uniform(0.5, 1, len(y))
    return x


def report_of(answer, x, y, x_fresh, y_fresh, seed):
    """Return the three numbers of a report, each from 0 to 1."""
    said = answer(x, y, x_fresh, y_fresh, seed)
    report = expect_array(said, (3,), "The report")
    expect(
        report.dtype.kind in "iuf" and report.min() >= 0 and report.max() <= 1 + 1e-6,
        "The report holds a number outside 0 to 1, which is no accuracy. evaluate returns the loss first, "
        "then the accuracy.",
    )
    return report.astype(float)


def expect_majority_reported(majority, y, y_fresh):
    """Expect the share of the fresh labels that the majority of the training labels gets right."""
    ones, of_fresh = np.mean(y), np.mean(y_fresh)
    right = of_fresh if ones > 0.5 else 1 - of_fresh
    expect(
        abs(majority - right) < 1e-3 or abs(majority - (1 - right)) > 1e-3,
        "The third number is what the majority of the fresh labels scores. Hand majority_accuracy the "
        "training labels first, the fresh ones second.",
    )
    expect(
        abs(majority - right) < 1e-3 or abs(majority - max(ones, 1 - ones)) > 1e-3,
        "The third number is the share of the majority in the training labels. It must be judged on the "
        "fresh labels.",
    )
    expect(
        abs(majority - right) < 1e-3,
        f"The majority of the training labels gets {right:.3f} of the fresh labels right, but the third "
        f"number is {majority:.3f}. Which labels choose the majority, and which ones judge it? And does the "
        "majority stand last?",
    )
