"""An epoch of the course's reader of film reviews, against the same model as one of its sources writes it."""

import statistics
from collections.abc import Iterator

from benchmarks.measuring import Row, Timing, first_calls, is_faster, seconds_of
from grulab import models
from grulab.data import load_reviews
from grulab.quiet import keras

NUM_WORDS = 10_000
# chapter 06: the last words of a review, and reviews in a batch
LENGTH, BATCH = 100, 64
SOURCE_LENGTH, SOURCE_BATCH = 500, 32
# the source's model takes minutes for each
EPOCHS = 2
# a GRU of the same size on passages: of so many words, and of as many as the source reads
PASSAGE, MORE_WORDS = 50, 200


def source():
    """Return the source's model, repaired: it fed ids as if they were quantities, and lacks an Embedding."""
    model = keras.Sequential(
        [
            keras.Input((SOURCE_LENGTH,), dtype="int32"),
            keras.layers.Embedding(NUM_WORDS, 32),
            keras.layers.GRU(32),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    reviews = load_reviews("imdb", num_words=NUM_WORDS)

    def trained(model, maxlen, batch, padding="pre"):
        """Return two actions: train for an epoch, and tell the accuracy on the validation part."""
        x, x_validation = (
            keras.utils.pad_sequences(ids, maxlen=maxlen, padding=padding)
            for ids in (reviews.ids_train, reviews.ids_validation)
        )
        return (
            lambda: model.fit(x, reviews.y_train, batch_size=batch, epochs=1, verbose=0),
            lambda: model.evaluate(x_validation, reviews.y_validation, batch_size=250, verbose=0)[1],
        )

    keras.utils.set_random_seed(0)
    names = {
        f"the last {LENGTH} words, batch {BATCH}": trained(models.review_reader(NUM_WORDS), LENGTH, BATCH),
        **{
            f"the last {length} words in passages of {PASSAGE}, batch {BATCH}": trained(
                models.passage_reader(NUM_WORDS, length, PASSAGE, both_ways=False), length, BATCH, "post"
            )
            for length in (MORE_WORDS, SOURCE_LENGTH)
        },
        f"the source's: length {SOURCE_LENGTH}, batch {SOURCE_BATCH}": trained(
            source(), SOURCE_LENGTH, SOURCE_BATCH
        ),
    }
    # an epoch of each in turn
    seconds = {name: [] for name in names}
    for _ in range(EPOCHS):
        for name, (fit, _) in names.items():
            seconds[name].append(seconds_of(fit))
    timings = {
        name: Timing(each[0], statistics.median(each[1:]), len(each) - 1) for name, each in seconds.items()
    }
    accuracies = {name: accuracy() for name, (_, accuracy) in names.items()}
    *ours, theirs = names
    for name in ours:
        yield is_faster(
            f"an epoch of {len(reviews.y_train):,} reviews, {name}", timings[name], theirs, timings[theirs], 8
        )
        yield first_calls(
            "– the first epoch, with tracing and compiling", timings[name], theirs, timings[theirs]
        )
        gain = accuracies[name] - accuracies[theirs]
        yield Row(
            f"– validation accuracy after {EPOCHS} epochs, one seed, points above",
            f"{accuracies[name]:.4f}",
            f"{theirs}: {accuracies[theirs]:.4f}",
            100 * gain,
            "at least 0 points",
            gain >= 0,
        )
