"""Answers to exercise 06: train on film reviews and report it honestly."""

import random

import keras
import numpy as np
from sklearn.model_selection import train_test_split

from answers import Answers

answers = Answers("ex06")

# ---- Question 1: right ----


def cut(x, y, size, seed):
    """Cut by one permutation, for the answers below."""
    order = np.random.default_rng(seed).permutation(len(x))
    chosen, kept = order[:size], order[size:]
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.right("validation_split")
def by_one_permutation(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    chosen, kept = order[:size], order[size:]
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.right("validation_split")
def by_a_mask(x, y, size, seed):
    is_chosen = np.zeros(len(y), bool)
    is_chosen[np.random.default_rng(seed).choice(len(y), size, replace=False)] = True
    train = [review for review, chosen in zip(x, is_chosen, strict=True) if not chosen]
    validation = [review for review, chosen in zip(x, is_chosen, strict=True) if chosen]
    return [train, y[~is_chosen], validation, y[is_chosen]]


@answers.right("validation_split")
def by_the_old_random_state(x, y, size, seed):
    np.random.seed(seed)  # noqa: NPY002
    order = np.arange(len(x))
    np.random.shuffle(order)  # noqa: NPY002
    train, validation = order[:-size], order[-size:]
    return tuple(x[i] for i in train), y[train], tuple(x[i] for i in validation), y[validation]


@answers.right("validation_split")
def by_python_alone(x, y, size, seed):
    places = list(range(len(x)))
    random.Random(int(seed)).shuffle(places)
    x_train, y_train, x_validation, y_validation = [], [], [], []
    for rank, place in enumerate(places):
        if rank < size:
            x_validation.append(x[place])
            y_validation.append(y[place])
        else:
            x_train.append(x[place])
            y_train.append(y[place])
    return x_train, np.array(y_train), x_validation, np.array(y_validation)


@answers.right("validation_split")
def by_scikit_learn(x, y, size, seed):
    x_train, x_validation, y_train, y_validation = train_test_split(x, y, test_size=size, random_state=seed)
    return x_train, y_train, x_validation, y_validation


@answers.right("validation_split")
def with_equal_shares_of_both_labels(x, y, size, seed):
    parts = train_test_split(x, y, test_size=size, random_state=seed, stratify=y)
    return parts[0], parts[2], parts[1], parts[3]


@answers.right("validation_split")
def each_text_on_one_side(x, y, size, seed):
    texts = [tuple(review.tolist()) for review in x]
    times = {text: texts.count(text) for text in texts}
    order = np.random.default_rng(seed).permutation(len(x))
    chosen = [i for i in order if times[texts[i]] == 1][:size]
    kept = [i for i in order if i not in set(chosen)]
    return [x[i] for i in kept], y[kept].astype(float), [x[i] for i in chosen], y[chosen].astype(float)


@answers.right("validation_split")
def pairs_shuffled_together(x, y, size, seed):
    pairs = list(zip(x, y, strict=True))
    random.seed(seed)
    validation = random.sample(range(len(pairs)), k=size)
    training = sorted(set(range(len(pairs))) - set(validation))
    (x_train, y_train), (x_validation, y_validation) = (
        zip(*[pairs[i] for i in part], strict=True) for part in (training, validation)
    )
    return list(x_train), np.asarray(y_train), list(x_validation), np.asarray(y_validation)


# ---- Question 1: wrong ----


@answers.wrong("validation_split", "one piece")
def the_last_reviews(x, y, size, seed):
    return x[:-size], y[:-size], x[-size:], y[-size:]


@answers.wrong("validation_split", "one piece")
def a_piece_at_a_random_place(x, y, size, seed):
    start = np.random.default_rng(seed).integers(len(x))
    order = np.roll(np.arange(len(x)), -start)
    chosen, kept = order[:size], order[size:]
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.wrong("validation_split", "lost its label")
def two_orders(x, y, size, seed):
    rng = np.random.default_rng(seed)
    order, other = rng.permutation(len(x)), rng.permutation(len(x))
    return [x[i] for i in order[size:]], y[other[size:]], [x[i] for i in order[:size]], y[other[:size]]


@answers.wrong("validation_split", "lost its label")
def labels_left_where_they_were(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    return [x[i] for i in order[size:]], y[size:], [x[i] for i in order[:size]], y[:size]


@answers.wrong("validation_split", "exchanged")
def parts_exchanged(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    chosen, kept = order[:size], order[size:]
    return [x[i] for i in chosen], y[chosen], [x[i] for i in kept], y[kept]


@answers.wrong("validation_split", "another order")
def as_scikit_learn_returns_it(x, y, size, seed):
    return train_test_split(x, y, test_size=size, random_state=seed)


@answers.wrong("validation_split", "two different seeds")
def always_seed_zero(x, y, size, seed):
    return cut(x, y, size, 0)


@answers.wrong("validation_split", "same seed")
def no_seed(x, y, size, seed):
    return cut(x, y, size, None)


@answers.wrong("validation_split", "training part, too")
def trains_on_everything_drawn_twice(x, y, size, seed):
    rng = np.random.default_rng(seed)
    chosen, kept = rng.permutation(len(x))[:size], rng.permutation(len(x))[size:]
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.wrong("validation_split", "training part, too|more than once")
def draws_and_puts_back(x, y, size, seed):
    order = np.random.default_rng(seed).integers(0, len(x), len(x))
    return [x[i] for i in order[size:]], y[order[size:]], [x[i] for i in order[:size]], y[order[:size]]


@answers.wrong("validation_split", "must give the lengths")
def keeps_all_to_train(x, y, size, seed):
    chosen = np.random.default_rng(seed).permutation(len(x))[:size]
    return list(x), y, [x[i] for i in chosen], y[chosen]


@answers.wrong("validation_split", "changes an argument")
def shuffles_in_place(x, y, size, seed):
    random.Random(seed).shuffle(x)
    random.Random(seed).shuffle(y)
    return x[size:], y[size:], x[:size], y[:size]


@answers.wrong("validation_split", "labels as arrays")
def labels_as_lists(x, y, size, seed):
    x_train, y_train, x_validation, y_validation = cut(x, y, size, seed)
    return x_train, list(y_train), x_validation, list(y_validation)


@answers.wrong("validation_split", "must give the lengths")
def size_by_heart(x, y, size, seed):
    return cut(x, y, 10, seed)


@answers.wrong("validation_split", "four things")
def two_pairs(x, y, size, seed):
    x_train, y_train, x_validation, y_validation = cut(x, y, size, seed)
    return (x_train, y_train), (x_validation, y_validation)


@answers.wrong("validation_split", "one class only")
def the_first_half_only(x, y, size, seed):
    half = max(size, len(x) // 2)
    order = np.random.default_rng(seed).permutation(half)
    chosen = order[:size]
    kept = np.setdiff1d(np.arange(len(x)), chosen)
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.slips_through("validation_split", "never drawn")
def never_the_first(x, y, size, seed):
    chosen = 1 + np.random.default_rng(seed).permutation(len(x) - 1)[:size]
    kept = np.setdiff1d(np.arange(len(x)), chosen)
    return [x[i] for i in kept], y[kept], [x[i] for i in chosen], y[chosen]


@answers.slips_through("validation_split", "stops with|lengths")
def forty_by_heart(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(40)
    return [x[i] for i in order[size:]], y[order[size:]], [x[i] for i in order[:size]], y[order[:size]]


# ---- Question 2: right ----


def filled(reviews, maxlen, num_words):
    """Fill and cut by Keras, for the answers below."""
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    rows[rows >= num_words] = 2
    return rows


@answers.right("prepare")
def by_keras(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    rows[rows >= num_words] = 2
    return rows


def looped(reviews, maxlen, num_words):
    """Fill and cut by a loop, for the answers below."""
    rows = np.zeros((len(reviews), maxlen), dtype=np.int32)
    for i, review in enumerate(reviews):
        kept = review[-maxlen:]
        rows[i, : len(kept)] = np.where(kept >= num_words, 2, kept)
    return rows


@answers.right("prepare")
def by_a_loop(reviews, maxlen, num_words):
    rows = np.zeros((len(reviews), maxlen), dtype=np.int32)
    for i, review in enumerate(reviews):
        kept = review[-maxlen:]
        rows[i, : len(kept)] = np.where(kept >= num_words, 2, kept)
    return rows


@answers.right("prepare")
def by_np_pad(reviews, maxlen, num_words):
    rows = [np.pad(np.asarray(review)[-maxlen:], (0, max(0, maxlen - len(review)))) for review in reviews]
    rows = np.stack(rows)
    return np.where(rows > num_words - 1, 2, rows).astype(np.int32)


@answers.right("prepare")
def by_plain_lists(reviews, maxlen, num_words):
    rows = []
    for review in reviews:
        ids = [int(i) if i < num_words else 2 for i in review][-maxlen:]
        rows.append(ids + [0] * (maxlen - len(ids)))
    return np.array(rows, dtype="int32")


@answers.right("prepare")
def unknown_words_first(reviews, maxlen, num_words):
    known = [np.where(review < num_words, review, np.int32(2)) for review in reviews]
    return keras.utils.pad_sequences(known, maxlen, padding="post")


@answers.right("prepare")
def by_a_mask_of_places(reviews, maxlen, num_words):
    lengths = np.minimum([len(review) for review in reviews], maxlen)
    flat = np.concatenate(
        [review[len(review) - length :] for review, length in zip(reviews, lengths, strict=True)]
    )
    rows = np.zeros((len(reviews), maxlen), "int32")
    rows[np.arange(maxlen) < lengths[:, None]] = np.where(flat < num_words, flat, 2)
    return rows


# ---- Question 2: wrong ----


@answers.wrong("prepare", "zeros stand in front")
def keras_default(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen)
    return np.where(rows < num_words, rows, 2)


@answers.wrong("prepare", "first words are kept")
def the_beginning_kept(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="post")
    return np.where(rows < num_words, rows, 2)


@answers.wrong("prepare", r"\+3 was added")
def three_added(reviews, maxlen, num_words):
    rows = filled([np.asarray(review) + 3 for review in reviews], maxlen, num_words + 3)
    return rows


@answers.wrong("prepare", "-3 was added")
def three_taken_away(reviews, maxlen, num_words):
    return filled([review - 3 for review in reviews], maxlen, num_words)


@answers.wrong("prepare", "id 50 is out of range")
def one_id_too_many(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    return np.where(rows <= num_words, rows, 2)


@answers.wrong("prepare", "id 49 is the last one")
def one_id_too_few(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    return np.where(rows < num_words - 1, rows, 2)


@answers.wrong("prepare", "id 50 is out of range")
def unknown_ids_stay(reviews, maxlen, num_words):
    return keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")


@answers.wrong("prepare", "id 50 is out of range")
def twenty_thousand_by_heart(reviews, maxlen, num_words):
    return filled(reviews, maxlen, 20_000)


@answers.wrong("prepare", "left out")
def unknown_words_left_out(reviews, maxlen, num_words):
    return filled([review[review < num_words] for review in reviews], maxlen, num_words)


@answers.wrong("prepare", "left out")
def unknown_words_left_out_after_the_cut(reviews, maxlen, num_words):
    cut = [review[-maxlen:] for review in reviews]
    return filled([review[review < num_words] for review in cut], maxlen, num_words)


@answers.wrong("prepare", "out of range became 0")
def unknown_becomes_padding(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    return rows * (rows < num_words)


@answers.wrong("prepare", "out of range became 49")
def clipped(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    return np.minimum(rows, num_words - 1)


@answers.wrong("prepare", "out of range became 3")
def another_id_for_unknown(reviews, maxlen, num_words):
    rows = keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")
    return np.where(rows < num_words, rows, 3)


@answers.wrong("prepare", "int32, but they are float64")
def floats(reviews, maxlen, num_words):
    rows = np.zeros((len(reviews), maxlen))
    rows[:] = looped(reviews, maxlen, num_words)
    return rows


@answers.wrong("prepare", "int32, but they are int64")
def int64(reviews, maxlen, num_words):
    return looped(reviews, maxlen, num_words).astype(np.int64)


@answers.wrong("prepare", r"shape \(2, 5\)")
def maxlen_by_heart(reviews, maxlen, num_words):
    return looped(reviews, 200, num_words)


@answers.wrong("prepare", "changes an argument")
def unknown_written_into_the_input(reviews, maxlen, num_words):
    for review in reviews:
        review[review >= num_words] = 2
    return keras.utils.pad_sequences(reviews, maxlen=maxlen, padding="post", truncating="pre")


@answers.wrong("prepare", "one array of rows")
def a_list_of_rows(reviews, maxlen, num_words):
    return looped(reviews, maxlen, num_words).tolist()


@answers.wrong("prepare", "first words are kept")
def default_cut_by_slice(reviews, maxlen, num_words):
    rows = np.zeros((len(reviews), maxlen), "int32")
    for row, review in zip(rows, reviews, strict=True):
        row[: len(review)] = review[:maxlen]
    return np.where(rows < num_words, rows, 2)


@answers.slips_through("prepare", "must have the shape|a row:")
def visible_values_by_heart(reviews, maxlen, num_words):
    return np.array([[1, 14, 22, 0, 0], [22, 16, 49, 2, 7]], np.int32)


@answers.slips_through("prepare", "as long as a row|shorter than a row")
def a_word_too_few_when_it_fits(reviews, maxlen, num_words):
    rows = looped(reviews, maxlen, num_words)
    for row, review in zip(rows, reviews, strict=True):
        if len(review) == maxlen:
            row[-1] = 0
    return rows


# ---- Question 3: right ----


@answers.right("build_model")
def the_short_one(num_words, maxlen):
    model = keras.Sequential(
        [
            keras.Input((maxlen,), dtype="int32"),
            keras.layers.Embedding(num_words, 16, mask_zero=True),
            keras.layers.GRU(16),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@answers.right("build_model")
def any_length_and_dropout(num_words, maxlen):
    ids = keras.Input((None,))
    vectors = keras.layers.Embedding(num_words + 1, 24, mask_zero=True)(ids)
    vectors = keras.layers.SpatialDropout1D(0.5)(vectors)
    state = keras.layers.GRU(24, dropout=0.2, recurrent_dropout=0.2)(vectors)
    answer = keras.layers.Dense(1, activation="sigmoid")(keras.layers.Dropout(0.5)(state))
    model = keras.Model(ids, answer)
    metrics = [keras.metrics.BinaryAccuracy(name="accuracy"), "mae"]
    model.compile("rmsprop", keras.losses.BinaryCrossentropy(), metrics=metrics)
    return model


@answers.right("build_model")
def two_layers_without_an_input(num_words, maxlen):
    model = keras.Sequential()
    model.add(keras.layers.Embedding(num_words, 8, mask_zero=True))
    model.add(keras.layers.GRU(8, return_sequences=True))
    model.add(keras.layers.GRU(8))
    model.add(keras.layers.Dense(1, "sigmoid", kernel_regularizer="l2"))
    model.compile(loss="binary_crossentropy", metrics=["accuracy", "auc"], jit_compile=True)
    return model


@answers.right("build_model")
def mean_of_states_with_the_mask(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    states = keras.layers.Bidirectional(keras.layers.GRU(8, return_sequences=True))(vectors)
    mean = keras.layers.GlobalAveragePooling1D()(states)  # this one knows the mask
    answer = keras.layers.Dense(1, activation="sigmoid")(mean)
    model = keras.Model(ids, answer)
    loss = keras.losses.BinaryCrossentropy(label_smoothing=0.1)
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])
    return model


@answers.right("build_model")
def mean_by_hand_over_words(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(num_words, 16)(ids)
    is_word = keras.ops.not_equal(ids, 0)
    states = keras.layers.GRU(16, return_sequences=True)(vectors, mask=is_word)
    weights = keras.ops.cast(is_word, "float32")[..., None]
    mean = keras.ops.sum(states * weights, axis=1) / keras.ops.sum(weights, axis=1)
    answer = keras.layers.Dense(1)(mean)
    model = keras.Model(ids, keras.layers.Activation("sigmoid")(answer))
    model.compile(optimizer="adam", loss=keras.losses.binary_crossentropy, metrics=["accuracy"])
    return model


@answers.right("build_model")
def a_masked_lstm(num_words, maxlen):
    ids = keras.Input(shape=(maxlen,))
    x = keras.layers.Embedding(num_words, 12, mask_zero=True)(ids)
    x = keras.layers.Bidirectional(keras.layers.LSTM(12))(x)
    x = keras.layers.Dense(6, activation="relu")(x)
    model = keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(x))
    model.compile(optimizer="adam", loss="bce", metrics=["accuracy"])
    return model


@answers.right("build_model")
def a_beginning_at_one_half(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(num_words, 8, mask_zero=True)(ids)
    states = keras.layers.GRU(8, return_sequences=True)(vectors)
    # with the mask, the state after the last word stands in every step behind it
    answer = keras.layers.Dense(1, activation="sigmoid", kernel_initializer="zeros")(states[:, -1])
    model = keras.Model(ids, answer)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


class Reader(keras.Model):
    """A model as a class, for an answer below."""

    def __init__(self, num_words):
        super().__init__()
        self.embedding = keras.layers.Embedding(num_words, 16, mask_zero=True)
        self.gru = keras.layers.GRU(16)
        self.answer = keras.layers.Dense(1, activation="sigmoid")

    def call(self, ids):
        return self.answer(self.gru(self.embedding(ids)))


@answers.right("build_model")
def a_class_of_its_own(num_words, maxlen):
    model = Reader(num_words)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# ---- Question 3: wrong ----


def compiled(ids, answer, **options):
    """Compile a model from its input and output, for the wrong answers below."""
    model = keras.Model(ids, answer)
    settings = {"optimizer": "adam", "loss": "binary_crossentropy", "metrics": ["accuracy"]} | options
    model.compile(**settings)
    return model


def gru_reader(num_words, maxlen, rows=None, mask=True, activation="sigmoid", out=1, **options):
    """Return a small reader with one thing different, for the wrong answers below."""
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(rows or num_words, 16, mask_zero=mask)(ids)
    state = keras.layers.GRU(16)(vectors)
    return compiled(ids, keras.layers.Dense(out, activation=activation)(state), **options)


@answers.wrong("build_model", "ids for quantities|same answer")
def raw_ids(num_words, maxlen):
    ids = keras.Input((maxlen,))
    steps = keras.layers.Reshape((maxlen, 1))(ids)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(steps)))


@answers.wrong("build_model", "ids for quantities")
def scaled_ids(num_words, maxlen):
    ids = keras.Input((maxlen,))
    steps = keras.layers.Masking()(keras.layers.Reshape((maxlen, 1))(ids / num_words))
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(steps)))


@answers.wrong("build_model", "15 zeros behind a text.*mask_zero")
def no_mask(num_words, maxlen):
    return gru_reader(num_words, maxlen, mask=False)


@answers.wrong("build_model", "order of words")
def pooled_embedding(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    mean = keras.layers.GlobalAveragePooling1D()(vectors)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(mean))


@answers.wrong("build_model", "order of words")
def largest_of_the_embedding(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16)(ids)
    largest = keras.layers.GlobalMaxPooling1D()(keras.layers.Dense(16, activation="tanh")(vectors))
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(largest))


@answers.wrong("build_model", "softmax")
def softmax_on_one_unit(num_words, maxlen):
    return gru_reader(num_words, maxlen, activation="softmax")


@answers.wrong("build_model", "sigmoid of a sigmoid")
def sigmoid_twice(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    answer = keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(vectors))
    return compiled(ids, keras.layers.Activation("sigmoid")(answer))


@answers.wrong("build_model", r"shape \(204, 1\)")
def softmax_on_two_units(num_words, maxlen):
    return gru_reader(num_words, maxlen, activation="softmax", out=2, loss="sparse_categorical_crossentropy")


@answers.wrong("build_model", r"shape \(204, 1\)")
def an_answer_at_each_word(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    states = keras.layers.GRU(16, return_sequences=True)(vectors)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(states))


@answers.wrong("build_model", "no probabilities")
def no_sigmoid(num_words, maxlen):
    return gru_reader(num_words, maxlen, activation=None)


@answers.wrong("build_model", "length written into build_model")
def maxlen_by_heart_in_the_model(num_words, maxlen):
    return gru_reader(num_words, 200)


@answers.wrong("build_model", "num_words rows")
def num_words_by_heart(num_words, maxlen):
    return gru_reader(num_words, maxlen, rows=20_000)


@answers.wrong("build_model", "num_words rows")
def a_row_too_few(num_words, maxlen):
    return gru_reader(num_words, maxlen, rows=num_words - 1)


@answers.wrong("build_model", "mean the same")
def the_rarest_in_one_row(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    known = keras.ops.minimum(ids, 9_999)
    vectors = keras.layers.Embedding(10_000, 16, mask_zero=True)(known)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(vectors)))


@answers.wrong("build_model", "zeros behind a text.*looks at all steps")
def mask_lost_in_a_maximum(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    states = keras.layers.Bidirectional(keras.layers.GRU(16, return_sequences=True))(vectors)
    largest = keras.layers.GlobalMaxPooling1D()(states)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(largest))


@answers.wrong("build_model", "zeros behind a text.*looks at all steps")
def mask_lost_in_a_mean(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    states = keras.layers.GRU(16, return_sequences=True)(vectors)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.mean(states, axis=1)))


@answers.wrong("build_model", "change their shapes with maxlen")
def flattened(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    states = keras.layers.GRU(16, return_sequences=True)(vectors)
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.Flatten()(states)))


@answers.wrong("build_model", "binary cross-entropy")
def mean_squared_error(num_words, maxlen):
    return gru_reader(num_words, maxlen, loss="mse")


@answers.wrong("build_model", "binary cross-entropy")
def logits_promised(num_words, maxlen):
    return gru_reader(num_words, maxlen, loss=keras.losses.BinaryCrossentropy(from_logits=True))


@answers.wrong("build_model", "binary cross-entropy")
def cross_entropy_of_classes(num_words, maxlen):
    return gru_reader(num_words, maxlen, loss="categorical_crossentropy")


@answers.wrong("build_model", "binary cross-entropy")
def cross_entropy_of_whole_numbers(num_words, maxlen):
    return gru_reader(num_words, maxlen, loss="sparse_categorical_crossentropy")


@answers.wrong("build_model", "named accuracy")
def no_accuracy(num_words, maxlen):
    return gru_reader(num_words, maxlen, metrics=None)


@answers.wrong("build_model", "share of right answers")
def equal_numbers_for_accuracy(num_words, maxlen):
    return gru_reader(num_words, maxlen, metrics=[keras.metrics.Accuracy()])


@answers.wrong("build_model", "not compiled")
def not_compiled(num_words, maxlen):
    ids = keras.Input((maxlen,))
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(vectors)))


@answers.wrong("build_model", "returns nothing")
def no_return(num_words, maxlen):
    gru_reader(num_words, maxlen)


class RestlessReader(Reader):
    """A model that drops out whenever it reads."""

    def call(self, ids):
        return self.answer(self.dropout(self.gru(self.embedding(ids)), training=True))


@answers.wrong("build_model", "two answers")
def dropout_always_on(num_words, maxlen):
    model = RestlessReader(num_words)
    model.dropout = keras.layers.Dropout(0.5)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@answers.slips_through("build_model", "mean the same")
def all_special_ids_masked(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(num_words, 16)(ids)
    state = keras.layers.GRU(16)(vectors, mask=keras.ops.greater(ids, 3))
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(state))


@answers.slips_through("build_model", "read the whole row")
def the_first_words_only(num_words, maxlen):
    ids = keras.Input((maxlen,), dtype="int32")
    vectors = keras.layers.Embedding(num_words, 16, mask_zero=True)(ids[:, :2])
    return compiled(ids, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(16)(vectors)))


# ---- Question 4: right ----


@answers.right("choose_epoch")
def by_argmax(validation_accuracy):
    return np.argmax(validation_accuracy)


@answers.right("choose_epoch")
def by_index(validation_accuracy):
    return validation_accuracy.index(max(validation_accuracy))


@answers.right("choose_epoch")
def by_a_loop_over_epochs(validation_accuracy):
    best = 0
    for epoch, accuracy in enumerate(validation_accuracy):
        if accuracy > validation_accuracy[best]:
            best = epoch
    return best


@answers.right("choose_epoch")
def by_key(validation_accuracy):
    return max(range(len(validation_accuracy)), key=lambda epoch: validation_accuracy[epoch])


@answers.right("choose_epoch")
def by_sorting(validation_accuracy):
    return sorted(enumerate(validation_accuracy), key=lambda pair: (-pair[1], pair[0]))[0][0]


@answers.right("choose_epoch")
def by_flatnonzero(validation_accuracy):
    scores = np.array(validation_accuracy)
    return int(np.flatnonzero(scores == scores.max())[0])


# ---- Question 4: wrong ----


@answers.wrong("choose_epoch", "last epoch")
def the_last(validation_accuracy):
    return len(validation_accuracy) - 1


@answers.wrong("choose_epoch", "first of them")
def the_last_of_the_best(validation_accuracy):
    return len(validation_accuracy) - 1 - int(np.argmax(validation_accuracy[::-1]))


@answers.wrong("choose_epoch", "index 0")
def counted_from_one(validation_accuracy):
    return int(np.argmax(validation_accuracy)) + 1


@answers.wrong("choose_epoch", "not its accuracy")
def the_accuracy_itself(validation_accuracy):
    return max(validation_accuracy)


@answers.wrong("choose_epoch", "an int")
def a_float(validation_accuracy):
    return float(np.argmax(validation_accuracy))


@answers.wrong("choose_epoch", "an int")
def all_of_the_best(validation_accuracy):
    return np.flatnonzero(np.array(validation_accuracy) == max(validation_accuracy))


@answers.wrong("choose_epoch", "worst epoch")
def the_smallest(validation_accuracy):
    return int(np.argmin(validation_accuracy))


@answers.wrong("choose_epoch", "first fall")
def until_the_first_fall(validation_accuracy):
    for epoch in range(1, len(validation_accuracy)):
        if validation_accuracy[epoch] < validation_accuracy[epoch - 1]:
            return epoch - 1
    return len(validation_accuracy) - 1


@answers.wrong("choose_epoch", "look at its argument")
def three_by_heart(validation_accuracy):
    return 3


@answers.slips_through("choose_epoch", "round|another epoch")
def rounded_first(validation_accuracy):
    return int(np.argmax(np.round(validation_accuracy, 2)))


@answers.slips_through("choose_epoch", "another epoch|second epoch")
def both_lists_by_heart(validation_accuracy):
    return 3 if len(validation_accuracy) == 7 else 0


# ---- Question 5: right ----


def reported(predict_network, predict_counts, x_validation, y_validation, test):
    """Report as asked, for the answers below."""
    guesses = predict_network(x_validation) > 0.5
    validation = np.mean(guesses == y_validation)
    return np.array(
        [validation, test.accuracy("GRU", predict_network), test.accuracy("TF-IDF", predict_counts)]
    )


@answers.right("final_report")
def from_the_text(predict_network, predict_counts, x_validation, y_validation, test):
    guesses = predict_network(x_validation) > 0.5
    validation = np.mean(guesses == y_validation)
    return np.array(
        [validation, test.accuracy("GRU", predict_network), test.accuracy("TF-IDF", predict_counts)]
    )


@answers.right("final_report")
def by_counting(predict_network, predict_counts, x_validation, y_validation, test):
    right = 0
    for probability, label in zip(predict_network(x_validation), y_validation, strict=True):
        right += int(round(float(probability)) == label)
    counts = test.accuracy("counts", predict_counts)
    return [right / len(y_validation), test.accuracy("network", predict_network), counts]


@answers.right("final_report")
def by_judge(predict_network, predict_counts, x_validation, y_validation, test):
    report = np.zeros(3, "float32")
    report[0] = 1 - np.abs((predict_network(x_validation) >= 0.5).astype(int) - y_validation).mean()
    report[1] = test.judge("network", predict_network(test.reviews))
    report[2] = test.judge("counts", predict_counts(test.reviews) > 0.5)
    return report


@answers.right("final_report")
def with_a_lambda(predict_network, predict_counts, x_validation, y_validation, test):
    labels = np.rint(predict_network(list(x_validation))).astype(int)
    validation = (labels == np.asarray(y_validation)).sum() / labels.size
    scores = {
        name: test.accuracy(name, lambda reviews, predict=predict: predict(reviews).reshape(-1, 1))
        for name, predict in {"network": predict_network, "counts": predict_counts}.items()
    }
    return np.array([validation, *scores.values()])


@answers.right("final_report")
def one_review_at_a_time(predict_network, predict_counts, x_validation, y_validation, test):
    probabilities = np.concatenate([predict_network([review]) for review in x_validation])
    network, counts = (
        test.accuracy(predict.__name__, predict) for predict in (predict_network, predict_counts)
    )
    return tuple(map(float, (np.mean((probabilities > 0.5) == (y_validation > 0)), network, counts)))


@answers.right("final_report")
def asks_once_too_often(predict_network, predict_counts, x_validation, y_validation, test):
    test.accuracy("a first look", predict_network)
    return reported(predict_network, predict_counts, x_validation, y_validation, test)


# ---- Question 5: wrong ----


@answers.wrong("final_report", "exchanged")
def models_exchanged(predict_network, predict_counts, x_validation, y_validation, test):
    is_right = (predict_network(x_validation) > 0.5) == y_validation
    counts = test.accuracy("counts", predict_counts)
    return np.array([is_right.mean(), counts, test.accuracy("network", predict_network)])


@answers.wrong("final_report", "first number is the test accuracy")
def test_for_validation(predict_network, predict_counts, x_validation, y_validation, test):
    network = test.accuracy("network", predict_network)
    return np.array([network, network, test.accuracy("counts", predict_counts)])


@answers.wrong("final_report", "belongs to the counts")
def counts_on_the_validation_part(predict_network, predict_counts, x_validation, y_validation, test):
    return reported(predict_counts, predict_counts, x_validation, y_validation, test)


@answers.wrong("final_report", "only once")
def counts_on_the_validation_part_only(predict_network, predict_counts, x_validation, y_validation, test):
    network, counts = (
        ((predict(x_validation) > 0.5) == y_validation).mean()
        for predict in (predict_network, predict_counts)
    )
    return np.array([network, test.accuracy("network", predict_network), counts])


@answers.wrong("final_report", "takes predict_network or predict_counts itself")
def probabilities_for_a_function(predict_network, predict_counts, x_validation, y_validation, test):
    network, counts = (
        test.accuracy(name, predict(test.reviews))
        for name, predict in (("network", predict_network), ("counts", predict_counts))
    )
    return np.array([np.mean((predict_network(x_validation) > 0.5) == y_validation), network, counts])


@answers.wrong("final_report", "labels of the test part stay hidden")
def labels_asked_for(predict_network, predict_counts, x_validation, y_validation, test):
    network, counts = (
        np.mean((predict(test.reviews) > 0.5) == test.labels) for predict in (predict_network, predict_counts)
    )
    return np.array([np.mean((predict_network(x_validation) > 0.5) == y_validation), network, counts])


@answers.wrong("final_report", "not asked at all")
def never_asked(predict_network, predict_counts, x_validation, y_validation, test):
    network, counts = (
        ((predict(x_validation) > 0.5) == y_validation).mean()
        for predict in (predict_network, predict_counts)
    )
    return np.array([network, network, counts])


@answers.wrong("final_report", "chosen on the test part")
def threshold_chosen_on_the_test(predict_network, predict_counts, x_validation, y_validation, test):
    probabilities = predict_network(test.reviews)
    network = max(test.judge("network", probabilities > limit) for limit in np.arange(0.3, 0.7, 0.01))
    validation = np.mean((predict_network(x_validation) > 0.5) == y_validation)
    return np.array([validation, network, test.accuracy("counts", predict_counts)])


@answers.wrong("final_report", "chosen on the test part")
def turned_when_it_helps(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    report[1] = max(report[1], 1 - report[1])
    return report


@answers.wrong("final_report", "chosen on the test part")
def the_better_model(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    report[1] = max(report[1:])
    return report


@answers.wrong("final_report", "right on 3 of the 4")
def mean_of_probabilities(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    report[0] = predict_network(x_validation).mean()
    return report


@answers.wrong("final_report", "right on 3 of the 4")
def compared_without_a_threshold(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    report[0] = np.mean(predict_network(x_validation) == y_validation)
    return report


@answers.wrong("final_report", "right on 3 of the 4")
def a_number_of_reviews(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    report[0] *= len(y_validation)
    return report


@answers.wrong("final_report", "per cent")
def per_cent(predict_network, predict_counts, x_validation, y_validation, test):
    return 100 * reported(predict_network, predict_counts, x_validation, y_validation, test)


@answers.wrong("final_report", "labels of the test part stay hidden")
def labels_taken(predict_network, predict_counts, x_validation, y_validation, test):
    network, counts = (
        np.mean((predict(test.reviews) > 0.5) == test._labels)
        for predict in (predict_network, predict_counts)
    )
    return np.array([np.mean((predict_network(x_validation) > 0.5) == y_validation), network, counts])


@answers.wrong("final_report", "takes one probability for each")
def wrong_reviews_to_the_judge(predict_network, predict_counts, x_validation, y_validation, test):
    probabilities = predict_network(x_validation)
    network = test.judge("network", probabilities)
    return np.array([np.mean((probabilities > 0.5) == y_validation), network, network])


@answers.wrong("final_report", r"shape \(3,\)")
def without_the_counts(predict_network, predict_counts, x_validation, y_validation, test):
    return reported(predict_network, predict_counts, x_validation, y_validation, test)[:2]


@answers.wrong("final_report", "must hold numbers")
def a_dictionary(predict_network, predict_counts, x_validation, y_validation, test):
    report = reported(predict_network, predict_counts, x_validation, y_validation, test)
    return dict(zip(["validation", "network", "counts"], report.tolist(), strict=True))


@answers.slips_through("final_report", "rounded|is not right")
def rounded(predict_network, predict_counts, x_validation, y_validation, test):
    return np.round(reported(predict_network, predict_counts, x_validation, y_validation, test), 2)


@answers.slips_through("final_report", "is not right|rounded")
def the_rehearsal_by_heart(predict_network, predict_counts, x_validation, y_validation, test):
    test.accuracy("network", predict_network)
    test.accuracy("counts", predict_counts)
    return np.array([0.75, 0.4, 0.8])
