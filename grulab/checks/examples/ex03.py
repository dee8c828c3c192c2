"""Exercise 03: a Keras classifier, and a report that means something."""

import numpy as np

from grulab.checks.answer import Wrong, expect, expect_array, is_close, named
from grulab.checks.question import example


@example(stars=1)
def majority_accuracy(answer):
    """Let the training labels choose, and the test labels judge."""
    seen, judged = np.array([0, 0, 0, 1, 0]), np.array([1, 1, 0, 1])
    cases = [
        (seen, judged),
        (1 - seen, judged),
        # many ones among the test labels
        (seen, np.array([1, 1, 1, 1, 1, 1, 0])),
        # as many zeros as ones: either may be taken
        (np.array([1, 0, 0, 1]), np.array([0, 1, 0])),
    ]
    expect_majorities(answer, cases)


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


@example(stars=1)
def output_shape(answer):
    """Compare with the shapes that Keras hands on, known without asking it."""
    expect_shapes(answer, 2, 7, 5)
    expect_shapes(answer, 3, 4, 6)


def expect_shapes(answer, batch, time_steps, units):
    """Compare both shapes with the right ones, and name the known mistakes."""
    every, last = (answer(batch, time_steps, units, flag) for flag in (True, False))
    for found in (every, last):
        expect(
            isinstance(found, tuple), f"The shape must be a tuple, such as (2, 5), but it is {named(found)}."
        )
        expect(
            all(isinstance(one, int | np.integer) and not isinstance(one, bool) for one in found),
            "The sizes in a shape are whole numbers.",
        )
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
        "left, and in what "
        "order? Make the shape from the arguments."
    )


@example(stars=2)
def split(answer):
    """Split sequences that can be told from one another."""
    expect_split(answer, 40, 0.25, 0)
    # 4.8 and 5.2 sequences: both are 5 when rounded
    expect_split(answer, 40, 0.12, 0)
    expect_split(answer, 40, 0.13, 0)
    expect_draws(answer, 40, 0.25, range(12))


def expect_split(answer, n, fraction, seed):
    """Split ``n`` sequences and look at the four parts; return the labels that are kept aside."""
    # the label of a sequence is its number, and its six values are ten times that and on: so each can be told
    y = np.arange(n)
    x = y[:, None, None] * 10.0 + np.arange(6).reshape(3, 2)
    parts = answer(x, y, fraction, seed)
    expect(
        isinstance(parts, tuple | list) and len(parts) == 4,
        f"split must return four arrays, x_train, y_train, x_aside, y_aside, but it returns {named(parts)}"
        + (f" of {len(parts)}." if isinstance(parts, tuple | list) else "."),
    )
    x_train, x_aside = (
        sequences(part, name) for part, name in ((parts[0], "x_train"), (parts[2], "x_aside"))
    )
    y_train, y_aside = (labels(part, name) for part, name in ((parts[1], "y_train"), (parts[3], "y_aside")))
    expect(
        len(x_train) == len(y_train) and len(x_aside) == len(y_aside),
        "A part has unequal numbers of sequences and labels. The order is x_train, y_train, x_aside, "
        "y_aside.",
    )
    size = round(n * fraction)
    expect(
        len(x_aside) == size or len(x_aside) != n - size,
        "The two parts are exchanged: the fraction is what is kept aside.",
    )
    expect(
        len(x_aside) == size,
        f"{fraction:.0%} of {n} sequences are {n * fraction:.1f}, rounded {size}, but {len(x_aside)} are "
        "kept aside.",
    )
    expect(
        np.array_equal(x_train[:, 0, 0] // 10, y_train) and np.array_equal(x_aside[:, 0, 0] // 10, y_aside),
        "Sequences stand beside labels of others: x and y were shuffled apart. One order must serve both.",
    )
    expect(
        not set(y_train) & set(y_aside), "Some sequences stand in both parts. Cut one order into two pieces."
    )
    expect(
        len(set(y_aside)) == len(y_aside)
        and set(y_train) | set(y_aside) == set(range(n))
        and len(y_train) == n - size,
        "Some sequences are drawn twice or lost. A permutation holds each place once, and every place goes "
        "into one of the two parts.",
    )
    expect(
        np.array_equal(x_train, x[y_train.astype(int)]) and np.array_equal(x_aside, x[y_aside.astype(int)]),
        "Inside a sequence the values are no longer where they were. Draw whole sequences, and leave their "
        "steps alone.",
    )
    return y_aside


def expect_draws(answer, n, fraction, seeds):
    """Ask for random parts: another for each seed, the same for the same one."""
    draws = [expect_split(answer, n, fraction, seed) for seed in seeds]
    again = expect_split(answer, n, fraction, seeds[0])
    expect(
        set(again) == set(draws[0]),
        "The same seed gave two different draws. Make the generator from the seed inside the function.",
    )
    # the gaps between neighbours, from the last place round to the first
    gaps = [np.diff(np.sort(draw), append=np.sort(draw)[0] + n) for draw in draws]
    expect(
        any(np.sum(gap > 1) > 1 for gap in gaps),
        "The part kept aside is one piece of the data as they lie. When data are sorted by label, it holds "
        "one label only. "
        "Draw at random.",
    )
    expect(
        any(np.ptp(np.sort(gap)[1:-1]) > 1 for gap in gaps),
        f"The places kept aside stand at equal distances, such as every {round(1 / fraction)}th. That is a "
        "pattern, and data may have the same "
        "one. Draw at random.",
    )
    different = len({tuple(sorted(draw)) for draw in draws})
    expect(different > 1, f"{len(draws)} seeds gave one and the same draw: is the seed used?")
    expect(
        different == len(draws),
        f"{len(draws)} seeds gave only {different} different draws. Use the seed as it is, and let the "
        "generator draw the order.",
    )


def sequences(part, name):
    """Return a part of the sequences as an array (n, 3, 2)."""
    shape = np.shape(part) if is_numbers(part) else ()
    expect(
        len(shape) == 3 and shape[1:] == (3, 2),
        f"Each sequence must keep its shape (3, 2), but {name} is {named(part)}. The order is x_train, "
        "y_train, x_aside, y_aside.",
    )
    return np.asarray(part)


def labels(part, name):
    """Return a part of the labels as an array (n,)."""
    expect(
        is_numbers(part) and np.ndim(part) == 1,
        f"The labels of a part have the shape (n,), but {name} is {named(part)}. The order is x_train, "
        "y_train, x_aside, y_aside.",
    )
    return np.asarray(part)


def is_numbers(part):
    """Return whether NumPy reads a value as an array of real numbers."""
    try:
        return np.asarray(part).dtype.kind in "iuf"
    except (TypeError, ValueError):
        return False


@example(stars=2, uses_keras=True, deadline=20)
def build_classifier(answer):
    """Build a model for sequences of 6 steps with 3 features, and look at what it does."""
    probabilities = np.array([0.1, 0.3, 0.4, 0.7, 0.9, 0.45], "float32")
    expect_classifier(answer, 6, 3, 5, probabilities, np.array([0, 1, 1, 1, 0, 1]))


def expect_classifier(answer, time_steps, features, units, probabilities, truth):
    """Build a model of the given sizes, ask it, and judge the given answers with its loss and metric.

    ``probabilities`` (n,) and ``truth`` (n,) go to the model's loss and metrics as if it had answered so.
    """
    model = answer.build(time_steps, features, units)
    told = described(model)
    if told["is_built"] and len(told["inputs"]) == 1:
        shape = told["inputs"][0]
        expect(
            time_steps == features or tuple(shape[1:]) != (features, time_steps),
            "time_steps and features are exchanged: a sequence is (time_steps, features), time comes first.",
        )
        expect(
            len(shape) == 3 and shape[1] in (None, time_steps) and shape[2] in (None, features),
            f"The input must be (batch, {time_steps}, {features}), but the model reads {tuple(shape)}. "
            "Make it from the arguments.",
        )
    x = np.random.default_rng(0).normal(size=(60, time_steps, features)).astype("float32")
    p = probabilities_of(model, 3 * x)
    told = described(model)
    expect_gru(told["layers"], units)
    expect_reads_all(model, x)
    expect_sigmoid(model, x, p)
    expect_compiled(told)
    expect_loss(model, truth, probabilities)
    expect_accuracy(model, truth, probabilities)


def described(model):
    """Return what the model says of itself, held to its form."""
    told = model.describe()
    forms = {"is_built": bool, "is_compiled": bool, "inputs": list, "layers": list, "optimizer": str}
    expect(
        isinstance(told, dict)
        and all(isinstance(told.get(key), form) for key, form in forms.items())
        and all(isinstance(one, tuple) for one in told["inputs"])
        and all(
            isinstance(one, tuple) and len(one) == 3 and isinstance(one[1], str) for one in told["layers"]
        )
        and isinstance(told.get("learning_rate"), float | None),
        "The model says nothing of itself that a check can read.",
    )
    return told


def probabilities_of(model, x):
    """Return the model's answers as an array (n,) of numbers above 0 and below 1."""
    answers = model.predict(x)
    shape = answers.shape if isinstance(answers, np.ndarray) else None
    n, time_steps = x.shape[:2]
    expect(
        shape is None or len(shape) < 3 or shape[:2] != (n, time_steps),
        f"The output is {shape} for {n} sequences: one answer for each step. Leave return_sequences off in "
        "the last recurrent layer.",
    )
    expect(
        shape != (n, 2),
        "The output is two numbers a sequence, but one is asked for, the probability of label 1: Dense of "
        "one unit.",
    )
    expect(
        shape == (n, 1),
        f"The output must be one number a sequence, ({n}, 1) for {n} sequences, but it is {named(answers)}.",
    )
    p = expect_array(answers, (n, 1), "The output")[:, 0].astype(float)
    expect(
        not is_close(p, np.ones(n)),
        "Every answer is 1: softmax over one unit always is. One unit takes a sigmoid.",
    )
    expect(
        p.min() > 0 and p.max() < 1,
        f"The answers lie from {p.min():.2f} to {p.max():.2f}, and binary cross-entropy here expects "
        "probabilities. "
        "Does the last layer have a sigmoid?",
    )
    return p


def expect_gru(layers, units):
    """Expect a GRU of the asked size among the layers."""
    recurrent = [(core, size) for _, core, size in layers if core]
    kinds = [core for core, _ in recurrent]
    expect(
        "GRU" in kinds,
        f"The model has no GRU layer: {', '.join(kinds)[:80] or 'nothing recurrent'} reads the sequence.",
    )
    sizes = [size for core, size in recurrent if core == "GRU"]
    expect(
        units in sizes,
        f"Asked for {units} units, the model has a GRU of {sizes[0]}: hand the argument units on.",
    )


def expect_reads_all(model, x):
    """Expect each step, each feature and the order of steps to matter to the answer."""
    base = x[:4]
    n, time_steps, features = base.shape
    changed = [base]
    for step in range(time_steps):
        changed.append(base.copy())
        changed[-1][:, step] *= -1
    for feature in range(features):
        changed.append(base.copy())
        changed[-1][:, :, feature] *= -1
    changed += [base[:, ::-1], base]
    p = probabilities_of(model, np.concatenate(changed)).reshape(-1, n)
    *matters, varies = np.abs(p[1:] - p[0]).max(axis=1) > 1e-6
    expect(
        not varies,
        "The same sequence gets two different answers in one call of predict. Dropout belongs to the "
        "training alone: leave its argument "
        "training to Keras.",
    )
    expect(
        any(matters),
        "The answer is the same for every sequence. Does the GRU's output reach the last layer?",
    )
    for step in range(time_steps):
        expect(
            matters[step],
            f"Step {step + 1} of {time_steps} makes no difference to the answer. Hand the whole sequence to "
            "the GRU, and its last "
            "state to the last layer.",
        )
    for feature in range(features):
        expect(
            matters[time_steps + feature],
            f"Feature {feature} makes no difference to the answer. Hand whole sequences to the GRU.",
        )
    expect(
        matters[-1],
        "A sequence read backwards gets the same answer, so the order of its steps is lost. Does the GRU's "
        "output reach the last layer?",
    )


def expect_sigmoid(model, x, p):
    """Expect answers above 0 and below 1 with larger weights in the last layer, too."""
    weights = model.weights()
    expect(isinstance(weights, list), "The model's weights cannot be read.")
    last = [place for place, one in enumerate(weights) if one.ndim == 2 and one.shape[1] == 1]
    farthest = np.abs(np.log(p / (1 - p))).max()
    if not last or farthest < 1e-6:
        return
    weights[last[-1]] = weights[last[-1]] * 8 / farthest
    model.set_weights(weights)
    larger = expect_array(model.predict(3 * x), (len(x), 1), "The output")
    expect(
        larger.min() > 0 and larger.max() < 1,
        f"With larger weights in the last layer the answers lie from {larger.min():.2f} to "
        f"{larger.max():.2f}, limits included. A "
        "probability here stays above 0 and below 1: is the activation a sigmoid? A hard one reaches both "
        "ends, and others pass them.",
    )


def expect_compiled(told):
    """Expect a compiled model with the optimizer that was asked for."""
    expect(told["is_compiled"], "The model is not compiled: call model.compile before you return it.")
    expect(
        told["optimizer"] == "Adam",
        f"The optimizer is {told['optimizer'][:40]}, but Adam was asked for: keras.optimizers.Adam.",
    )
    rate = told["learning_rate"]
    expect(
        rate is not None and abs(rate - 1e-2) < 1e-6,
        f"The learning rate is {'not one number' if rate is None else format(rate, '.3g')}, but 1e-2 was "
        "asked for. "
        'The word "adam" alone takes the rate that Keras gives it; the optimizer itself takes yours.',
    )


def expect_loss(model, truth, probabilities):
    """Expect binary cross-entropy as the loss of given answers, beyond what a penalty on weights may add."""
    p = probabilities.astype(float)
    known = {"entropy": cross_entropy, "logits": as_logits, "squared": squared_error}
    # perfect answers cost nothing: what is left there is the penalty
    more = score_of(model, truth, probabilities)["loss"] - score_of(model, truth, truth)["loss"]
    wanted = {name: loss(truth, p) - loss(truth, truth) for name, loss in known.items()}
    if abs(more - wanted["entropy"]) < 1e-3:
        return
    expect(
        not abs(more - wanted["logits"]) < 1e-3,
        "The loss takes the answers for logits, but they went through a sigmoid and are probabilities. Leave "
        "from_logits at False.",
    )
    expect(
        not abs(more - wanted["squared"]) < 1e-3,
        "The loss is the mean squared error. For a probability binary cross-entropy was asked for.",
    )
    raise Wrong(
        f"A few probabilities cost {more:.3f} more than perfect ones, but by binary cross-entropy it would "
        f"be {wanted['entropy']:.3f}. Look "
        "at the loss in compile."
    )


def cross_entropy(truth, p):
    """Return the mean binary cross-entropy, with Keras' smallest probability."""
    return -np.mean(np.log(np.clip(np.where(truth == 1, p, 1 - p), 1e-7, 1)))


def as_logits(truth, p):
    """Return the mean binary cross-entropy of numbers that are taken for logits."""
    return np.mean(np.log1p(np.exp(np.where(truth == 1, -p, p))))


def squared_error(truth, p):
    """Return the mean squared error."""
    return np.mean((truth - p) ** 2)


def expect_accuracy(model, truth, probabilities):
    """Expect the share of right answers as a metric."""
    metrics = score_of(model, truth, probabilities)
    del metrics["loss"]
    expect(metrics, "The model reports no accuracy: add metrics to compile.")
    share = np.mean((probabilities > 0.5) == truth)
    name, value = next(iter(metrics.items()))
    expect(
        any(abs(one - share) < 1e-4 for one in metrics.values()),
        f"For a few probabilities the model reports {name[:40]} {value:.3f}, but the share of right answers "
        "at the threshold 0.5 is "
        f'{share:.3f}. The word "accuracy" lets Keras pick the right kind.',
    )


def score_of(model, truth, answers):
    """Return what loss and metrics say of given answers (n,), as numbers by name."""
    scores = model.score(truth, np.asarray(answers, "float32")[:, None])
    expect("loss" in scores, "The model reports no loss: compile it with binary cross-entropy.")
    return dict(scores)


TRAIN, FRESH = 300, 900  # sequences
AGREE, ONES = 90, 315  # of the fresh labels: how many follow the rule, and how many are 1


@example(stars=2, uses_keras=True, deadline=30)
def train_and_report(answer):
    """Report on a rule that is learnt with ease, and on fresh labels of which most are turned round.

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
        "the fresh data were trained on. "
        "Only x and y may go into the training.",
    )
    expect(
        not abs(train - fresh) < 1e-6,
        f"Training and fresh accuracy are the same number, {train:.3f}, although most fresh labels were "
        "turned round. Evaluate once on x, y "
        "and once on x_fresh, y_fresh.",
    )
    expect(
        train > 0.3 or abs(fresh - share) > 0.08,
        f"{of_fresh} So they did, but the first number, {train:.2f}, is no accuracy of the same network. "
        "evaluate returns the loss first, "
        "then the accuracy.",
    )
    if train < 0.9:
        by_the_rule = report_of(answer, x, y, x_fresh, by_rule, 0)
        expect(
            by_the_rule[0] < max(0.9, train + 0.1),
            f"With true fresh labels the training data score {by_the_rule[0]:.2f}, with most of them turned "
            f"round {train:.2f}: the fresh labels "
            "decide something, such as the epoch to keep, or they were trained on. Look at them once, at the "
            "end.",
        )
    expect(
        train > 0.9,
        f"On a rule that is learnt with ease the training data score {train:.2f}. Is the model of question 4 "
        "trained, for all EPOCHS "
        "(10) in batches of BATCH (32), and does the first number come from evaluate's accuracy?",
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
        f"number is {majority:.3f}. Which "
        "labels choose the majority, and which ones judge it? And does the majority stand last?",
    )
