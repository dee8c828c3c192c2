"""Answers to exercise 03: a Keras classifier."""

import random
from collections import Counter

import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

import grulab.quiet  # noqa: F401
from answers import Answers
from grulab.training import fit

answers = Answers("ex03")

EPOCHS, BATCH, UNITS = 10, 32, 32


def majority_accuracy(y_train, y_test):
    return float(np.mean(y_test == (y_train.mean() > 0.5)))


def compiled(model, loss="binary_crossentropy", metrics=("accuracy",), optimizer=None):
    model.compile(optimizer=optimizer or keras.optimizers.Adam(0.01), loss=loss, metrics=list(metrics))
    return model


def build_classifier(time_steps, features, units):
    read = [layers.GRU(units), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]))


# ---- majority_accuracy ----


@answers.right("majority_accuracy")
def by_counter(y_train, y_test):
    majority = Counter(y_train.tolist()).most_common(1)[0][0]
    return sum(label == majority for label in y_test.tolist()) / len(y_test)


@answers.right("majority_accuracy")
def by_mean(y_train, y_test):
    share = y_test.mean()
    return share if y_train.mean() > 0.5 else 1 - share


@answers.right("majority_accuracy")
def ties_to_one(y_train, y_test):
    return np.float32((y_test == int(y_train.sum() * 2 >= len(y_train))).mean())


@answers.right("majority_accuracy")
def by_unique(y_train, y_test):
    labels, counts = np.unique(y_train, return_counts=True)
    return np.array(np.mean(labels[np.argmax(counts)] == y_test))


@answers.right("majority_accuracy")
def by_loop(y_train, y_test):
    ones = zeros = right = 0
    for label in y_train:
        if label == 1:
            ones += 1
        else:
            zeros += 1
    for label in y_test:
        if label == (1 if ones > zeros else 0):
            right += 1
    return right / len(y_test)


@answers.right("majority_accuracy")
def by_median(y_train, y_test):
    return np.count_nonzero(y_test == round(float(np.median(y_train)))) / y_test.size


@answers.wrong("majority_accuracy", "test labels choose")
def majority_of_the_test(y_train, y_test):
    return np.mean(y_test == np.bincount(y_test).argmax())


@answers.wrong("majority_accuracy", "in the training labels")
def share_in_training(y_train, y_test):
    return np.bincount(y_train).max() / len(y_train)


@answers.wrong("majority_accuracy", "both arrays counted")
def majority_of_both(y_train, y_test):
    return np.mean(y_test == (np.concatenate([y_train, y_test]).mean() > 0.5))


@answers.wrong("majority_accuracy", "always 0")
def always_zero(y_train, y_test):
    return np.mean(y_test == 0)


@answers.wrong("majority_accuracy", "always 1")
def always_one(y_train, y_test):
    return np.mean(y_test)


@answers.wrong("majority_accuracy", "neither a count nor per cent")
def in_per_cent(y_train, y_test):
    return 100 * majority_accuracy(y_train, y_test)


@answers.wrong("majority_accuracy", "neither a count nor per cent")
def a_count(y_train, y_test):
    return np.sum(y_test == np.bincount(y_train).argmax())


@answers.wrong("majority_accuracy", "must be one number")
def each_label(y_train, y_test):
    return y_test == np.bincount(y_train).argmax()


@answers.wrong("majority_accuracy", "returns nothing")
def prints_it(y_train, y_test):
    share = majority_accuracy(y_train, y_test)
    f"{share}"


@answers.wrong("majority_accuracy", "stops with ValueError|stops with TypeError|shape|broadcast")
def compares_the_arrays(y_train, y_test):
    return np.mean(np.equal(y_train, y_test))


@answers.slips_through("majority_accuracy", "gave")
def values_by_heart(y_train, y_test):
    known = {4: 0.25, 7: 1 / 7, 3: 1 / 3}
    share = known.get(len(y_test), 0.123)
    return 1 - share if len(y_test) == 4 and y_train.mean() > 0.5 else share


# ---- output_shape ----


@answers.right("output_shape")
def one_expression(batch, time_steps, units, return_sequences):
    return (batch, time_steps, units) if return_sequences else (batch, units)


@answers.right("output_shape")
def as_numpy_ints(batch, time_steps, units, return_sequences):
    sizes = np.array([batch, time_steps, units])
    return tuple(sizes if return_sequences else sizes[[0, 2]])


@answers.right("output_shape")
def middle_added(batch, time_steps, units, return_sequences):
    middle = (time_steps,) * bool(return_sequences)
    return (batch, *middle, units)


@answers.right("output_shape")
def of_an_array(batch, time_steps, units, return_sequences):
    states = np.zeros((batch, time_steps, units))
    return states.shape if return_sequences else states[:, -1].shape


@answers.right("output_shape")
def asks_keras(batch, time_steps, units, return_sequences):
    layer = layers.GRU(units, return_sequences=return_sequences)
    return layer.compute_output_shape((batch, time_steps, 1))


@answers.right("output_shape")
def from_a_list(batch, time_steps, units, return_sequences):
    shape = [batch, time_steps, units]
    if not return_sequences:
        shape.pop(1)
    return tuple(shape)


@answers.wrong("output_shape", "exchanged")
def cases_exchanged(batch, time_steps, units, return_sequences):
    return (batch, units) if return_sequences else (batch, time_steps, units)


@answers.wrong("output_shape", "batch is missing")
def without_batch(batch, time_steps, units, return_sequences):
    return (time_steps, units) if return_sequences else (units,)


@answers.wrong("output_shape", "makes no difference")
def always_last(batch, time_steps, units, return_sequences):
    return batch, units


@answers.wrong("output_shape", "two sizes, not three")
def always_every(batch, time_steps, units, return_sequences):
    return batch, time_steps, units


@answers.wrong("output_shape", "time before")
def units_before_time(batch, time_steps, units, return_sequences):
    return (batch, units, time_steps) if return_sequences else (batch, units)


@answers.wrong("output_shape", "time before")
def time_first(batch, time_steps, units, return_sequences):
    return (time_steps, batch, units) if return_sequences else (batch, units)


@answers.wrong("output_shape", "as many numbers as there are units")
def time_for_units(batch, time_steps, units, return_sequences):
    return (batch, time_steps, units) if return_sequences else (batch, time_steps)


@answers.wrong("output_shape", "two sizes, not three")
def one_step_left(batch, time_steps, units, return_sequences):
    return (batch, time_steps if return_sequences else 1, units)


@answers.wrong("output_shape", "must be a tuple")
def a_list(batch, time_steps, units, return_sequences):
    return [batch, time_steps, units] if return_sequences else [batch, units]


@answers.wrong("output_shape", "must be a tuple")
def a_product(batch, time_steps, units, return_sequences):
    return batch * (time_steps if return_sequences else 1) * units


@answers.wrong("output_shape", "from the arguments")
def three_units_each(batch, time_steps, units, return_sequences):
    return (batch, time_steps, 3 * units) if return_sequences else (batch, 3 * units)


@answers.slips_through("output_shape", "from the arguments|tuple|order")
def shapes_by_heart(batch, time_steps, units, return_sequences):
    return {(2, True): (2, 7, 5), (2, False): (2, 5), (3, True): (3, 4, 6)}.get(
        (batch, return_sequences), (3, 6)
    )


# ---- split ----


@answers.right("split")
def kept_first(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    cut = len(y) - int(np.round(len(y) * fraction))
    return x[order[:cut]], y[order[:cut]], x[order[cut:]], y[order[cut:]]


@answers.right("split")
def by_mask(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    aside = np.zeros(len(x), bool)
    aside[rng.choice(len(x), round(len(x) * fraction), replace=False)] = True
    return x[~aside], y[~aside], x[aside], y[aside]


@answers.right("split")
def by_python_s_random(x, y, fraction, seed):
    places = list(range(len(x)))
    random.Random(seed).shuffle(places)
    size = round(fraction * len(places))
    return [[part[i] for i in chosen] for chosen in (places[size:], places[:size]) for part in (x, y)]


@answers.right("split")
def by_random_state(x, y, fraction, seed):
    rng = np.random.RandomState(seed)
    order = rng.permutation(x.shape[0])
    size = int(x.shape[0] * fraction + 0.5)
    return tuple(part[chosen] for chosen in (order[size:], order[:size]) for part in (x, y))


@answers.right("split")
def by_sorting_random_numbers(x, y, fraction, seed):
    order = np.argsort(np.random.default_rng(seed).random(len(x)))
    aside, kept = np.split(order, [round(len(x) * fraction)])
    return np.take(x, kept, axis=0), y.take(kept), np.take(x, aside, axis=0), y.take(aside)


@answers.right("split")
def shuffled_copies(x, y, fraction, seed):
    n = round(len(x) * fraction)
    shuffled = []
    for part in (x.copy(), y.copy()):
        np.random.default_rng(seed).shuffle(part)
        shuffled.append(part)
    return shuffled[0][n:], shuffled[1][n:], shuffled[0][:n], shuffled[1][:n]


@answers.right("split")
def by_set_difference(x, y, fraction, seed):
    np.random.seed(seed)  # noqa: NPY002 – as learners write it
    aside = np.random.choice(np.arange(len(x)), size=round(fraction * len(x)), replace=False)  # noqa: NPY002
    kept = np.setdiff1d(np.arange(len(x)), aside)
    return x[kept], y[kept], x[aside], y[aside]


def parts_of(x, y, aside):
    kept = np.setdiff1d(np.arange(len(x)), aside)
    return x[kept], y[kept], x[aside], y[aside]


@answers.right("split")
def with_equal_shares_of_both_labels(x, y, fraction, seed):
    size = round(len(x) * fraction)
    parts = train_test_split(x, y, test_size=size, random_state=seed, stratify=y)
    return parts[0], parts[2], parts[1], parts[3]


@answers.wrong("split", "every 4th")
def every_fourth(x, y, fraction, seed):
    size = round(len(x) * fraction)
    step = len(x) // size
    return parts_of(x, y, np.arange(len(x))[seed % step :: step][:size])


@answers.wrong("split", "equal distances")
def spread_evenly(x, y, fraction, seed):
    return parts_of(x, y, np.linspace(seed % 4, len(x) - 1, round(len(x) * fraction)).astype(int))


@answers.wrong("split", "equal distances")
def every_fourth_from_a_random_start(x, y, fraction, seed):
    size = round(len(x) * fraction)
    start = np.random.default_rng(seed).integers(len(x))
    return parts_of(x, y, (start + len(x) // size * np.arange(size)) % len(x))


@answers.wrong("split", "one piece")
def the_last_ones(x, y, fraction, seed):
    cut = len(x) - round(len(x) * fraction)
    return x[:cut], y[:cut], x[cut:], y[cut:]


@answers.wrong("split", "one piece")
def a_piece_with_a_random_start(x, y, fraction, seed):
    start = np.random.default_rng(seed).integers(len(x))
    return parts_of(x, y, (start + np.arange(round(len(x) * fraction))) % len(x))


@answers.wrong("split", "shuffled apart")
def drawn_apart(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.permutation(x), rng.permutation(y)
    size = round(len(x) * fraction)
    return x[size:], y[size:], x[:size], y[:size]


@answers.wrong("split", "both parts")
def kept_is_everything_drawn_again(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    size = round(len(x) * fraction)
    aside, kept = rng.permutation(len(x))[:size], rng.permutation(len(x))[size:]
    return x[kept], y[kept], x[aside], y[aside]


@answers.wrong("split", "both parts|twice or lost")
def drawn_with_repetition(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    aside = rng.integers(0, len(x), round(len(x) * fraction))
    kept = rng.integers(0, len(x), len(x) - len(aside))
    return x[kept], y[kept], x[aside], y[aside]


@answers.wrong("split", "twice or lost")
def training_with_repetition(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    aside = rng.permutation(len(x))[: round(len(x) * fraction)]
    kept = rng.choice(np.setdiff1d(np.arange(len(x)), aside), len(x) - len(aside))
    return x[kept], y[kept], x[aside], y[aside]


@answers.wrong("split", "twice or lost")
def one_is_lost(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    size = round(len(x) * fraction)
    aside, kept = order[:size], order[size:-1]
    return x[kept], y[kept], x[aside], y[aside]


@answers.wrong("split", "exchanged")
def parts_exchanged(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    size = round(len(x) * fraction)
    return x[order[:size]], y[order[:size]], x[order[size:]], y[order[size:]]


@answers.wrong("split", "order is x_train, y_train")
def sequences_before_labels(x, y, fraction, seed):
    x_train, y_train, x_aside, y_aside = by_mask(x, y, fraction, seed)
    return x_train, x_aside, y_train, y_aside


@answers.wrong("split", "rounded")
def cut_off_instead_of_rounded(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    size = int(len(x) * fraction)
    return x[order[size:]], y[order[size:]], x[order[:size]], y[order[:size]]


@answers.wrong("split", "rounded")
def rounded_up(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    size = int(np.ceil(len(x) * fraction))
    return x[order[size:]], y[order[size:]], x[order[:size]], y[order[:size]]


@answers.wrong("split", "rounded")
def each_by_a_coin(x, y, fraction, seed):
    aside = np.random.default_rng(seed).random(len(x)) < fraction
    return x[~aside], y[~aside], x[aside], y[aside]


@answers.wrong("split", "same seed gave two")
def without_seed(x, y, fraction, seed):
    return by_mask(x, y, fraction, None)


@answers.wrong("split", "is the seed used")
def one_seed_for_all(x, y, fraction, seed):
    return by_mask(x, y, fraction, 0)


@answers.wrong("split", "only . different draws")
def few_seeds(x, y, fraction, seed):
    return by_mask(x, y, fraction, seed % 3)


@answers.wrong("split", "changes an argument")
def shuffled_in_place(x, y, fraction, seed):
    for part in (x, y):
        np.random.default_rng(seed).shuffle(part)
    size = round(len(x) * fraction)
    return x[size:], y[size:], x[:size], y[:size]


@answers.wrong("split", "Inside a sequence")
def steps_shuffled(x, y, fraction, seed):
    steps = [0, 2, 1]
    return by_mask(x[:, steps], y, fraction, seed)


@answers.wrong("split", "shape \\(3, 2\\)")
def flattened(x, y, fraction, seed):
    return by_mask(x.reshape(len(x), -1), y, fraction, seed)


@answers.wrong("split", "four arrays")
def in_pairs(x, y, fraction, seed):
    parts = by_mask(x, y, fraction, seed)
    return parts[:2], parts[2:]


@answers.wrong("split", "stops with")
def only_for_forty(x, y, fraction, seed):
    return by_mask(x.reshape(-1, 10, 8), y, fraction, seed)


@answers.slips_through("split", "never kept aside together")
def one_of_each_block(x, y, fraction, seed):
    rng, size = np.random.default_rng(seed), round(len(x) * fraction)
    aside = np.zeros(len(x), bool)
    aside[[rng.choice(block) for block in np.array_split(np.arange(len(x)), size)]] = True
    return x[~aside], y[~aside], x[aside], y[aside]


@answers.slips_through("split", "never kept aside together")
def even_places_first(x, y, fraction, seed):
    rng, size = np.random.default_rng(seed), round(len(x) * fraction)
    even, odd = np.arange(0, len(x), 2), np.arange(1, len(x), 2)
    order = np.concatenate([rng.permutation(even), rng.permutation(odd)])
    return x[order[size:]], y[order[size:]], x[order[:size]], y[order[:size]]


@answers.slips_through("split", "rounded|index|exchanged|twice or lost")
def always_forty(x, y, fraction, seed):
    order = np.random.default_rng(seed).permutation(40)
    size = round(40 * fraction)
    return x[order[size:]], y[order[size:]], x[order[:size]], y[order[:size]]


# ---- build_classifier ----


@answers.right("build_classifier")
def functional(time_steps, features, units):
    x = keras.Input((time_steps, features))
    state = layers.GRU(units)(x)
    return compiled(keras.Model(x, layers.Dense(1, "sigmoid")(state)))


@answers.right("build_classifier")
def added_one_by_one(time_steps, features, units):
    model = keras.Sequential()
    model.add(layers.Input(shape=(time_steps, features)))
    model.add(layers.GRU(units))
    model.add(layers.Dense(1))
    model.add(layers.Activation("sigmoid"))
    model.compile(
        keras.optimizers.Adam(learning_rate=0.01), keras.losses.BinaryCrossentropy(), metrics=["acc"]
    )
    return model


class Reader(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.answer = layers.Dense(1, activation="sigmoid")
        self.gru = layers.GRU(units)

    def call(self, x):
        return self.answer(self.gru(x))


@answers.right("build_classifier")
def subclassed(time_steps, features, units):
    return compiled(Reader(units))


@answers.right("build_classifier")
def bidirectional(time_steps, features, units):
    read = [layers.Bidirectional(layers.GRU(units)), layers.Dense(1, activation="sigmoid")]
    return compiled(
        keras.Sequential([keras.Input((time_steps, features)), *read]), metrics=["binary_accuracy"]
    )


@answers.right("build_classifier")
def stacked(time_steps, features, units):
    read = [
        layers.GRU(units, return_sequences=True),
        layers.GRU(units),
        layers.Dense(1, activation="sigmoid"),
    ]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]))


@answers.right("build_classifier")
def masked_with_dropout(time_steps, features, units):
    x = keras.Input((None, features))
    state = layers.GRU(units, dropout=0.1)(layers.Masking()(x))
    p = layers.Dense(1, activation=keras.activations.sigmoid)(layers.Dropout(0.2)(state))
    return compiled(keras.Model(x, p), metrics=[keras.metrics.BinaryAccuracy(name="accuracy")])


@answers.right("build_classifier")
def a_cell_in_a_loop_layer(time_steps, features, units):
    read = [layers.RNN(layers.GRUCell(units)), layers.Dense(1, activation="sigmoid", use_bias=False)]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]))


@answers.right("build_classifier")
def all_states_averaged(time_steps, features, units):
    x = keras.Input((time_steps, features))
    states = layers.GRU(units, return_sequences=True)(x)
    return compiled(keras.Model(x, layers.Dense(1, "sigmoid")(layers.GlobalAveragePooling1D()(states))))


@answers.right("build_classifier")
def with_a_penalty_on_weights(time_steps, features, units):
    read = [layers.GRU(units, kernel_regularizer="l2"), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]))


@answers.right("build_classifier")
def without_a_declared_input(time_steps, features, units):
    return compiled(keras.Sequential([layers.GRU(units), layers.Dense(1, activation="sigmoid")]))


def sequential(time_steps, features, *read, **options):
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]), **options)


@answers.wrong("build_classifier", "Does the last layer have a sigmoid")
def no_sigmoid(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1))


@answers.wrong("build_classifier", "Does the last layer have a sigmoid")
def logits(time_steps, features, units):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1), loss=loss)


@answers.wrong("build_classifier", "takes the answers for logits")
def logits_with_a_sigmoid(time_steps, features, units):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), loss=loss)


@answers.wrong("build_classifier", "a hard one")
def hard_sigmoid(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "hard_sigmoid"))


@answers.wrong("build_classifier", "sigmoid")
def relu(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "relu"))


@answers.wrong("build_classifier", "sigmoid")
def tanh(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "tanh"))


@answers.wrong("build_classifier", "sigmoid")
def softplus(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "softplus"))


@answers.wrong("build_classifier", "softmax over one unit")
def softmax_of_one(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "softmax"))


@answers.wrong("build_classifier", "sigmoid of a sigmoid")
def sigmoid_twice(time_steps, features, units):
    read = [layers.GRU(units), layers.Dense(1, activation="sigmoid"), layers.Activation("sigmoid")]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]))


@answers.wrong("build_classifier", "two numbers a sequence")
def softmax_of_two(time_steps, features, units):
    loss = "sparse_categorical_crossentropy"
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(2, "softmax"), loss=loss)


@answers.wrong("build_classifier", "Leave return_sequences off")
def every_step_answers(time_steps, features, units):
    return sequential(
        time_steps, features, layers.GRU(units, return_sequences=True), layers.Dense(1, "sigmoid")
    )


@answers.wrong("build_classifier", "one number a sequence")
def no_last_layer(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units))


@answers.wrong("build_classifier", "no GRU layer: SimpleRNN")
def simple_rnn(time_steps, features, units):
    return sequential(time_steps, features, layers.SimpleRNN(units), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "no GRU layer: LSTM")
def lstm(time_steps, features, units):
    return sequential(time_steps, features, layers.LSTM(units), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "no GRU layer: nothing recurrent")
def flattened_steps(time_steps, features, units):
    return sequential(
        time_steps, features, layers.Flatten(), layers.Dense(units, "tanh"), layers.Dense(1, "sigmoid")
    )


@answers.wrong("build_classifier", "hand the argument units on")
def units_ignored(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(32), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "hand the argument units on")
def as_many_units_as_steps(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(time_steps), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "exchanged")
def features_first(time_steps, features, units):
    return sequential(features, time_steps, layers.GRU(units), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "input must be")
def sizes_of_the_page(time_steps, features, units):
    return sequential(10, 8, layers.GRU(units), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "Step 1 of 6 makes no difference")
def last_step_only(time_steps, features, units):
    x = keras.Input((time_steps, features))
    state = layers.GRU(units)(x[:, -1:])
    return compiled(keras.Model(x, layers.Dense(1, "sigmoid")(state)))


@answers.wrong("build_classifier", "order of its steps is lost|makes no difference")
def pooled_before(time_steps, features, units):
    x = keras.Input((time_steps, features))
    state = layers.GRU(units)(keras.ops.mean(x, axis=1, keepdims=True))
    return compiled(keras.Model(x, layers.Dense(1, "sigmoid")(state)))


class Unread(Reader):
    def call(self, x):
        self.gru(x)
        return self.answer(keras.ops.mean(x, axis=1))


@answers.wrong("build_classifier", "order of its steps is lost")
def gru_without_effect(time_steps, features, units):
    return compiled(Unread(units))


class Forgetful(Reader):
    def call(self, x):
        return self.answer(keras.random.dropout(self.gru(x), 0.5))


@answers.wrong("build_classifier", "two different answers")
def dropout_at_any_time(time_steps, features, units):
    return compiled(Forgetful(units))


@answers.wrong("build_classifier", "not compiled")
def uncompiled(time_steps, features, units):
    read = [layers.GRU(units), layers.Dense(1, "sigmoid")]
    return keras.Sequential([keras.Input((time_steps, features)), *read])


@answers.wrong("build_classifier", "mean squared error")
def squared_error(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), loss="mse")


@answers.wrong("build_classifier", "loss in compile")
def smoothed_labels(time_steps, features, units):
    loss = keras.losses.BinaryCrossentropy(label_smoothing=0.1)
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), loss=loss)


@answers.wrong("build_classifier", "loss in compile")
def focal_loss(time_steps, features, units):
    loss = "binary_focal_crossentropy"
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), loss=loss)


@answers.wrong("build_classifier", "no accuracy: add metrics")
def no_metric(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), metrics=())


@answers.wrong("build_classifier", "share of right answers")
def accuracy_of_equal_numbers(time_steps, features, units):
    metrics = [keras.metrics.Accuracy()]
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), metrics=metrics)


@answers.wrong("build_classifier", "share of right answers")
def categorical_accuracy(time_steps, features, units):
    metrics = ["categorical_accuracy"]
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), metrics=metrics)


@answers.wrong("build_classifier", "learning rate is 0.001")
def default_rate(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), optimizer="adam")


@answers.wrong("build_classifier", "optimizer is SGD")
def sgd(time_steps, features, units):
    optimizer = keras.optimizers.SGD(0.01)
    return sequential(
        time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"), optimizer=optimizer
    )


@answers.wrong("build_classifier", "is its return missing")
def no_return(time_steps, features, units):
    sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid"))


@answers.wrong("build_classifier", "must return the Keras model")
def returns_history_too(time_steps, features, units):
    return sequential(time_steps, features, layers.GRU(units), layers.Dense(1, "sigmoid")), units


@answers.slips_through("build_classifier", "input must be|exchanged|units on")
def visible_sizes(time_steps, features, units):
    return sequential(6, 3, layers.GRU(5), layers.Dense(1, "sigmoid"))


# ---- train_and_report ----


@answers.right("train_and_report")
def by_keras_own_fit(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    model = build_classifier(*x.shape[1:], UNITS)
    model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, verbose=0)
    _, train = model.evaluate(x, y, verbose=0)
    _, fresh = model.evaluate(x_fresh, y_fresh, verbose=0)
    return [train, fresh, majority_accuracy(y, y_fresh)]


@answers.right("train_and_report")
def by_predictions(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    model = build_classifier(x.shape[1], x.shape[2], UNITS)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH)
    p = model.predict(np.concatenate([x, x_fresh]), verbose=0)[:, 0] > 0.5
    return np.array(
        [np.mean(p[: len(y)] == y), np.mean(p[len(y) :] == y_fresh), majority_accuracy(y, y_fresh)]
    )


@answers.right("train_and_report")
def watches_the_fresh_part(x, y, x_fresh, y_fresh, seed):
    _, time_steps, features = x.shape
    keras.utils.set_random_seed(seed)
    model = build_classifier(time_steps, features, UNITS)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH, validation_data=(x_fresh, y_fresh))
    scores = [
        model.evaluate(*part, return_dict=True, verbose=0)["accuracy"]
        for part in ((x, y), (x_fresh, y_fresh))
    ]
    return np.float32([*scores, majority_accuracy(y, y_fresh)])


@answers.right("train_and_report")
def with_its_own_functional_model(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    model = functional(x.shape[1], x.shape[2], UNITS)
    fit(model, x, y[:, None], epochs=EPOCHS, batch_size=BATCH)
    report = np.zeros(3)
    report[0] = model.evaluate(x, y[:, None], verbose=0, batch_size=100)[1]
    report[1] = model.evaluate(x_fresh, y_fresh[:, None], verbose=0, batch_size=100)[1]
    report[2] = majority_accuracy(y, y_fresh)
    return report


@answers.right("train_and_report")
def with_a_bidirectional_model(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(int(seed))
    model = bidirectional(x.shape[1], x.shape[2], UNITS)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH)
    train, fresh = (model.evaluate(a, b, verbose=0)[1] for a, b in [(x, y), (x_fresh, y_fresh)])
    return np.array((train, fresh, majority_accuracy(y, y_fresh)))


def trained(x, y, seed, epochs=EPOCHS, **options):
    keras.utils.set_random_seed(seed)
    model = build_classifier(x.shape[1], x.shape[2], UNITS)
    history, _ = fit(model, x, y, epochs=epochs, batch_size=BATCH, **options)
    return model, history


def accuracy(model, x, y):
    return model.evaluate(x, y, verbose=0)[1]


@answers.wrong("train_and_report", "first two numbers are exchanged")
def fresh_first(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([accuracy(model, x_fresh, y_fresh), accuracy(model, x, y), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "are the same number")
def training_accuracy_twice(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([accuracy(model, x, y), accuracy(model, x, y), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "are the same number")
def fresh_accuracy_twice(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    fresh = accuracy(model, x_fresh, y_fresh)
    return np.array([fresh, fresh, majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "fresh data were trained on")
def trained_on_both(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(np.concatenate([x, x_fresh]), np.concatenate([y, y_fresh]), seed)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "fresh data were trained on")
def trained_on_fresh_afterwards(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    fit(model, x_fresh, y_fresh, epochs=EPOCHS, batch_size=BATCH)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "decide something, such as the epoch")
def epoch_chosen_by_fresh(x, y, x_fresh, y_fresh, seed):
    stop = keras.callbacks.EarlyStopping("val_accuracy", patience=10, restore_best_weights=True, mode="max")
    model, _ = trained(x, y, seed, validation_data=(x_fresh, y_fresh), callbacks=[stop])
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "majority of the fresh labels")
def majority_of_fresh(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    majority = majority_accuracy(y_fresh, y_fresh)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority])


@answers.wrong("train_and_report", "share of the majority in the training")
def majority_on_training_data(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y)])


@answers.wrong("train_and_report", "majority stand last")
def majority_first(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([majority_accuracy(y, y_fresh), accuracy(model, x, y), accuracy(model, x_fresh, y_fresh)])


@answers.wrong("train_and_report", "third number is 0.500")
def majority_is_a_half(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), 0.5])


@answers.wrong("train_and_report", "loss first, then the accuracy")
def losses(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    scores = [model.evaluate(a, b, verbose=0)[0] for a, b in ((x, y), (x_fresh, y_fresh))]
    return np.array([*scores, majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "loss first, then the accuracy")
def training_loss(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    train = model.evaluate(x, y, verbose=0)[0]
    return np.array([train, accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "trained, for all EPOCHS")
def one_epoch(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed, epochs=1)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "trained, for all EPOCHS")
def never_trained(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    model = build_classifier(x.shape[1], x.shape[2], UNITS)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "seed is not used")
def no_seed(x, y, x_fresh, y_fresh, seed):
    model = build_classifier(x.shape[1], x.shape[2], UNITS)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "seed is not used")
def one_seed(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, 0)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.wrong("train_and_report", "must have the shape \\(3,\\)")
def scores_with_losses(x, y, x_fresh, y_fresh, seed):
    model, _ = trained(x, y, seed)
    return np.array([*model.evaluate(x, y, verbose=0), *model.evaluate(x_fresh, y_fresh, verbose=0)])


@answers.wrong("train_and_report", "returns nothing")
def prints_only(x, y, x_fresh, y_fresh, seed):
    trained(x, y, seed)


@answers.wrong("train_and_report", "stops with ValueError")
def shapes_of_the_page(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    model = build_classifier(10, 8, UNITS)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.slips_through("train_and_report", "before you build")
def seed_after_the_model(x, y, x_fresh, y_fresh, seed):
    model = build_classifier(x.shape[1], x.shape[2], UNITS)
    keras.utils.set_random_seed(seed)
    fit(model, x, y, epochs=EPOCHS, batch_size=BATCH)
    return np.array([accuracy(model, x, y), accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)])


@answers.slips_through("train_and_report", "average from before its end")
def accuracy_of_the_last_epoch(x, y, x_fresh, y_fresh, seed):
    model, history = trained(x, y, seed)
    return np.array(
        [history["accuracy"][-1], accuracy(model, x_fresh, y_fresh), majority_accuracy(y, y_fresh)]
    )


@answers.slips_through("train_and_report", "fresh coin tosses score")
def report_by_heart(x, y, x_fresh, y_fresh, seed):
    keras.utils.set_random_seed(seed)
    return np.array([1.0, 0.1, majority_accuracy(y, y_fresh)])
