"""Hidden checks of exercise 06: fresh reviews at each run, and the full run on the real ones."""

import numpy as np

from grulab.checks.answer import expect, expect_array, is_close, is_whole
from grulab.checks.reviews.parts import parts_of
from grulab.checks.reviews.reader import expect_whole_reading
from grulab.checks.reviews.rehearsal import Rehearsal, expect_asked, predictor, remark_on_asking, report_of
from grulab.checks.reviews.rows import rows_of
from grulab.data import load_reviews

# ---- Question 1 ----


def validation_split(answer, rng):
    """Cut a list of random length; then cut one list many times, and see that every review is drawn."""
    n = int(rng.integers(8, 30))
    x, size = _different_reviews(n, rng), int(rng.integers(2, n - 1))
    y = np.concatenate([rng.permutation([0, 0, 0, 1, 1, 1]), rng.integers(0, 2, n - 6)])
    parts_of(answer(x, y, size, int(rng.integers(2**31))), x, y, size)
    x, y = x[:6], y[:6]
    drawn = [
        frozenset(parts_of(answer(x, y, 2, int(seed)), x, y, 2)[2]) for seed in rng.integers(2**31, size=50)
    ]
    # chance leaves one of six out of all fifty draws in 1 of 10^8 runs
    expect(
        len(set().union(*drawn)) == 6 and len(set(drawn)) > 5,
        "Over fifty seeds some reviews are never drawn for the validation part, or only with the same "
        "neighbours. Draw from all places, each like the others.",
    )


def _different_reviews(n, rng):
    """Return reviews of different texts and lengths, with all kinds of ids."""
    return [
        np.array([1, *rng.integers(2, 90_000, rng.integers(0, 8)), 4 + place], np.int32)
        for place in rng.permutation(n)
    ]


# ---- Question 2 ----


def prepare(answer, rng):
    """Prepare reviews of every length, empty ones too, with ids on both sides of the limit."""
    maxlen, num_words = int(rng.integers(1, 9)), int(rng.integers(6, 60))
    lengths = [0, maxlen, maxlen + 1, *rng.integers(0, 2 * maxlen + 2, rng.integers(0, 4))]
    reviews = [rng.integers(1, 2 * num_words, length).astype("int32") for length in rng.permutation(lengths)]
    for place in (num_words - 1, num_words):
        reviews.append(np.array([place] * maxlen, np.int32))
    rows = rows_of(answer(reviews, maxlen, num_words), len(reviews), maxlen)
    for review, row in zip(reviews, rows, strict=True):
        kept = np.where(review < num_words, review, 2)[-maxlen:]
        length = len(review)
        which = "shorter than" if length < maxlen else "as long as" if length == maxlen else "longer than"
        expect(
            np.array_equal(row, np.pad(kept, (0, maxlen - len(kept)))),
            f"With maxlen={maxlen} and num_words={num_words} the review {review.tolist()} became "
            f"{row.tolist()}. It is {which} a row: what is kept, where do zeros go, and which ids change?",
        )


# ---- Question 3 ----


def build_model(answer, rng):
    """Ask models of random size; each id below num_words must have a meaning of its own."""
    num_words, maxlen = int(rng.integers(12, 60)), int(rng.integers(3, 8))
    expect_whole_reading(answer, num_words, maxlen, rng)


# ---- Question 4 ----


def choose_epoch(answer, rng):
    """Choose in lists of random length, most of them with several best epochs."""
    for _ in range(6):
        steps = rng.integers(40, 48, rng.integers(1, 12))
        accuracy = (steps * 0.0203).tolist()
        expect(
            is_close(answer(accuracy), np.argmax(steps), 0),
            f"For {[round(one, 4) for one in accuracy]} another epoch is the best. You want the first place "
            "of the largest number, whatever comes before and behind it.",
        )
    close = [0.8812, 0.8814, 0.8813]
    expect(answer(close) == 1, f"For {close} the second epoch is the best. Do not round before you compare.")


# ---- Question 5 ----


def final_report(answer, rng):
    """Rehearse with fresh reviews, labels and probabilities."""
    many, few = int(rng.integers(11, 40)), int(rng.integers(3, 20))
    ids = rng.permutation(np.arange(4, 4 + many + few))
    # no probability near one half: either side of the comparison will do
    ours, theirs = (
        dict(
            zip(
                ids.tolist(),
                rng.choice([-1, 1], len(ids)) * rng.uniform(0.02, 0.48, len(ids)) + 0.5,
                strict=True,
            )
        )
        for _ in range(2)
    )
    labels = {one: int(label) for one, label in zip(ids.tolist(), rng.integers(0, 2, len(ids)), strict=True)}
    x, tests = ([np.array([1, one], np.int32) for one in part] for part in (ids[:few], ids[few:]))
    y, y_test = ([labels[int(review[1])] for review in part] for part in (x, tests))
    test = Rehearsal(tests, y_test)
    report = report_of(answer, predictor(ours), predictor(theirs), x, np.array(y), test)
    expected = [
        np.mean([(probability[int(one)] > 0.5) == labels[int(one)] for one in part])
        for probability, part in ((ours, ids[:few]), (ours, ids[few:]), (theirs, ids[few:]))
    ]
    expect_asked(test)
    expect(
        is_close(report, expected) or not is_close(report, expected, 0.051),
        "The numbers are rounded. Report them as they are, and round where you print.",
    )
    names = ("accuracy on the validation part", "test accuracy of the network", "test accuracy of the counts")
    for name, found, wanted in zip(names, report, expected, strict=True):
        expect(
            is_close(found, wanted),
            f"On fresh reviews the {name} is not right: the report says {found:.4f}. Each number is the "
            "share of reviews where (probability > 0.5) equals the label, and nothing is chosen here.",
        )
    remark_on_asking(answer, test)


# ---- The full run: no question ----


def full(answer, rng):
    """Train on the real reviews as the exercise does; return a sentence with the accuracy on the test part.

    The labels of the test part stay here. Raises ``Wrong`` below the bound of the data that there are.
    """
    num_words = 20_000
    reviews = load_reviews(num_words=num_words)
    maxlen, batch, epochs, bound = {"imdb": (200, 150, 2, 0.85), "embedded": (50, 60, 3, 0.80)}[
        reviews.source
    ]
    split, prepare, build, choose = map(
        answer.of, ("validation_split", "prepare", "build_model", "choose_epoch")
    )
    for one in (split, prepare, build, choose):
        one.deadline = 600.0
    labelled = reviews.ids_train + reviews.ids_validation
    labels = np.concatenate([reviews.y_train, reviews.y_validation])
    seed = int(rng.integers(2**31))
    x_train, y_train, x_validation, y_validation = _split(split, labelled, labels, seed)

    def rows(part):
        return rows_of(prepare(part, maxlen, num_words), len(part), maxlen)

    train, validation = rows(x_train), rows(x_validation)
    model = build.build(num_words, maxlen, seed=seed)
    accuracy, weights = [], []
    for epoch in range(epochs):
        # large steps in the first epoch, small ones afterwards
        model.fit(train, y_train, 1, batch, seed=seed + epoch, rate=0.2 if epoch == 1 else 1.0)
        accuracy.append(_accuracy(model, validation, y_validation))
        weights.append(model.weights())
    best = choose(accuracy)
    expect(
        is_whole(best) and 0 <= best < epochs,
        f"choose_epoch must return an index from 0 to {epochs - 1}, not {best!r}."[:200],
    )
    model.set_weights(weights[best])
    reached = _accuracy(model, rows(reviews.ids_test), reviews.y_test)
    said = f"{reached:.3f} on the test part of {reviews.source}"
    expect(
        reached >= bound, f"The full run reaches {said}, below the bound of {bound:.2f}. Look at build_model."
    )
    return said


def _split(split, labelled, labels, seed):
    """Return the four parts of the labelled reviews, with the sizes and labels that they must have."""
    size = len(labelled) // 10
    parts = split(labelled, labels, size, seed)
    expect(
        isinstance(parts, tuple | list)
        and len(parts) == 4
        and all(isinstance(parts[place], list | tuple) for place in (0, 2)),
        "validation_split must return two lists of reviews and two arrays of labels.",
    )
    for place, count in ((0, len(labelled) - size), (2, size)):
        expect(
            len(parts[place]) == count, f"validation_split returns {len(parts[place])} reviews, not {count}."
        )
        expect_array(parts[place + 1], (count,), "The labels that validation_split returns")
    return parts


def _accuracy(model, rows, labels):
    """Return the share of rows that a model gets right."""
    told = expect_array(model.predict(rows), (len(rows), 1), "The model's answers")[:, 0]
    return float(np.mean((told > 0.5) == labels))
