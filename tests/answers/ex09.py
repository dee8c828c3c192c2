"""Answers to exercise 09: three programs that are wrong without an error."""

import keras
import numpy as np
from keras import layers
from numpy.lib.stride_tricks import sliding_window_view

from answers import Answers
from grulab.forecasting import scale, scale_fit, windows

answers = Answers("ex09")

# ---- The three diagnoses ----


@answers.right("diagnosis_1")
def by_its_name():
    return "ids as amounts"


@answers.right("diagnosis_1")
def with_a_capital():
    return "Ids as amounts"


@answers.right("diagnosis_1")
def put_together():
    return " ".join(["ids", "as", "amounts"])


@answers.right("diagnosis_1")
def with_underscores():
    return "ids_as_amounts"


@answers.right("diagnosis_1")
def with_blanks_around():
    return " ids as amounts \n"


@answers.right("diagnosis_1")
def as_a_sentence():
    return "'Ids-as-amounts'."


@answers.wrong("diagnosis_1", "none of the eight names")
def two_at_once():
    return "ids as amounts, leak"


@answers.wrong("diagnosis_1", "not 'too small'.*Double the units")
def too_small():
    return "too small"


@answers.wrong("diagnosis_1", "not 'too short'.*Double the epochs")
def too_short():
    return "too short"


@answers.wrong("diagnosis_1", "not 'wrong rate'.*a third of the rate")
def wrong_rate():
    return "wrong rate"


@answers.wrong("diagnosis_1", "not 'nothing to learn'.*by a rule")
def nothing_to_learn():
    return "nothing to learn"


@answers.wrong("diagnosis_1", "none of the eight names: ids as amounts")
def own_words():
    return "there is no Embedding"


@answers.wrong("diagnosis_1", "by its name, but returns an? int")
def a_number():
    return 0


@answers.wrong("diagnosis_1", "returns nothing")
def says_nothing():
    cause = "ids as amounts"
    cause.lower()


@answers.right("diagnosis_2")
def leak():
    return "leak"


@answers.right("diagnosis_2")
def leak_in_capitals():
    return "LEAK"


@answers.right("diagnosis_2")
def leak_from_a_list():
    return ["ids as amounts", "nothing to learn", "leak"][2]


@answers.right("diagnosis_2")
def leak_with_a_blank():
    return "leak "


@answers.right("diagnosis_2")
def leak_by_a_variable():
    cause = "leak"
    return cause


@answers.wrong("diagnosis_2", "not 'sorted labels'.*mean of the labels")
def sorted_labels():
    return "sorted labels"


@answers.wrong("diagnosis_2", "not 'numbers misplaced'.*does each stand")
def misplaced():
    return "numbers misplaced"


@answers.wrong("diagnosis_2", "not 'too small'")
def small_again():
    return "too small"


@answers.wrong("diagnosis_2", "by its name, but returns a list")
def all_of_them():
    return ["leak", "too small"]


@answers.right("diagnosis_3")
def numbers_misplaced():
    return "numbers misplaced"


@answers.right("diagnosis_3")
def numbers_misplaced_as_a_title():
    return "Numbers Misplaced"


@answers.right("diagnosis_3")
def numbers_misplaced_put_together():
    return "numbers" + " " + "misplaced"


@answers.right("diagnosis_3")
def numbers_misplaced_with_an_underscore():
    return "numbers_misplaced"


@answers.right("diagnosis_3")
def numbers_misplaced_by_format():
    return f"{'numbers'} misplaced"


@answers.wrong("diagnosis_3", "not 'leak'.*too good")
def no_leak():
    return "leak"


@answers.wrong("diagnosis_3", "not 'ids as amounts'.*there ids among")
def no_ids():
    return "ids as amounts"


@answers.wrong("diagnosis_3", "not 'too short'")
def more_epochs():
    return "too short"


@answers.wrong("diagnosis_3", "none of the eight names")
def by_its_function():
    return "reshape"


# ---- Program 1: right ----


def compiled(model):
    model.compile(keras.optimizers.Adam(5e-3), "binary_crossentropy", metrics=["accuracy"])
    return model


def reader(num_words, maxlen, *between, mask=True, units=8):
    """Return a sequential reader with some layers before its GRU."""
    table = layers.Embedding(num_words, 6, mask_zero=mask)
    end = [layers.GRU(units), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input((maxlen,)), table, *between, *end]))


@answers.right("repair_ids")
def with_a_mask_in_the_table(num_words, maxlen):
    return reader(num_words, maxlen)


@answers.right("repair_ids")
def with_dropout(num_words, maxlen):
    return reader(num_words, maxlen, layers.SpatialDropout1D(0.3))


@answers.right("repair_ids")
def of_any_length(num_words, maxlen):
    return reader(num_words, None)


@answers.right("repair_ids")
def in_both_directions(num_words, maxlen):
    text = keras.Input((maxlen,), dtype="int32")
    states = layers.Bidirectional(layers.GRU(4))(layers.Embedding(num_words, 5, mask_zero=True)(text))
    return compiled(keras.Model(text, layers.Dense(1, activation="sigmoid")(states)))


@answers.right("repair_ids")
def two_layers(num_words, maxlen):
    return reader(num_words, maxlen, layers.GRU(5, return_sequences=True))


@answers.right("repair_ids")
def mask_by_hand(num_words, maxlen):
    text = keras.Input((maxlen,), dtype="int32")
    vectors = layers.Embedding(num_words, 6)(text)
    state = layers.GRU(8, use_cudnn=False)(vectors, mask=keras.ops.not_equal(text, 0))
    return compiled(keras.Model(text, layers.Dense(1, activation="sigmoid")(state)))


class Reader(keras.Model):
    """A reader that makes its last layer first, and its mask by hand."""

    def __init__(self, num_words):
        super().__init__()
        self.judge = layers.Dense(1, activation="sigmoid")
        self.gru = layers.GRU(8, use_cudnn=False)
        self.table = layers.Embedding(num_words, 6)

    def call(self, ids):
        return self.judge(self.gru(self.table(ids), mask=ids != 0))


@answers.right("repair_ids")
def subclassed(num_words, maxlen):
    return compiled(Reader(num_words))


@answers.right("repair_ids")
def one_place_an_id(num_words, maxlen):
    text = keras.Input((maxlen,), dtype="int32")
    # id 0 has no place of its own, so its vector is all zeros
    places = layers.Lambda(lambda ids: keras.ops.one_hot(ids, num_words)[:, :, 1:])(text)
    vectors = layers.Masking(0.0)(places)
    return compiled(keras.Model(text, layers.Dense(1, activation="sigmoid")(layers.GRU(8)(vectors))))


@answers.right("repair_ids")
def last_step_of_masked_states(num_words, maxlen):
    text = keras.Input((maxlen,))
    states = layers.Embedding(num_words, 6, mask_zero=True)(text)
    states = layers.Bidirectional(layers.GRU(4, return_sequences=True))(states)
    states = layers.GRU(5, return_sequences=True)(states)
    return compiled(keras.Model(text, layers.Dense(1, activation="sigmoid")(states[:, -1])))


# ---- Program 1: wrong ----


@answers.wrong("repair_ids", "read by LSTM, but a GRU is asked for")
def with_an_lstm(num_words, maxlen):
    table = layers.Embedding(num_words, 6, mask_zero=True)
    end = [layers.LSTM(8), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input((maxlen,)), table, *end]))


@answers.wrong("repair_ids", "zeros behind a text change")
def masked_by_values(num_words, maxlen):
    return reader(num_words, maxlen, layers.Masking(0.0), mask=False)


@answers.wrong("repair_ids", "ids for quantities|same answer")
def more_units_for_raw_ids(num_words, maxlen):
    numbers = [keras.Input((maxlen,)), layers.Reshape((maxlen, 1)), layers.GRU(64)]
    return compiled(keras.Sequential([*numbers, layers.Dense(1, activation="sigmoid")]))


@answers.wrong("repair_ids", "ids for quantities|same answer")
def ids_as_shares(num_words, maxlen):
    numbers = [keras.Input((maxlen,)), layers.Rescaling(1 / num_words), layers.Reshape((maxlen, 1))]
    masked = [layers.Masking(0.0), layers.GRU(16)]
    return compiled(keras.Sequential([*numbers, *masked, layers.Dense(1, activation="sigmoid")]))


@answers.wrong("repair_ids", "zeros behind a text change")
def without_a_mask(num_words, maxlen):
    return reader(num_words, maxlen, mask=False)


@answers.wrong("repair_ids", "order of words does not matter")
def mean_of_vectors(num_words, maxlen):
    table = layers.Embedding(num_words, 6, mask_zero=True)
    end = [layers.GlobalAveragePooling1D(), layers.Dense(1, activation="sigmoid")]
    return compiled(keras.Sequential([keras.Input((maxlen,)), table, *end]))


@answers.wrong("repair_ids", "refuses ids|num_words rows")
def one_row_too_few(num_words, maxlen):
    return reader(num_words - 1, maxlen)


@answers.wrong("repair_ids", "not compiled")
def never_compiled(num_words, maxlen):
    table = layers.Embedding(num_words, 6, mask_zero=True)
    end = [layers.GRU(8), layers.Dense(1, activation="sigmoid")]
    return keras.Sequential([keras.Input((maxlen,)), table, *end])


@answers.wrong("repair_ids", "returns nothing")
def model_is_not_returned(num_words, maxlen):
    reader(num_words, maxlen)


@answers.slips_through("repair_ids", "ids 2 and 3 mean the same")
def two_ids_in_one(num_words, maxlen):
    text = keras.Input((maxlen,), dtype="int32")
    merged = keras.ops.where(keras.ops.equal(text, 3), 2, text)
    states = layers.GRU(8)(layers.Embedding(num_words, 6, mask_zero=True)(merged))
    return compiled(keras.Model(text, layers.Dense(1, activation="sigmoid")(states)))


# ---- Program 2: right ----


@answers.right("repair_leak")
def cut_scale_window(series, width, share):
    cut = round(len(series) * share)
    low, high = scale_fit(series[:cut])
    return (*windows(scale(series[:cut], low, high), width), *windows(scale(series[cut:], low, high), width))


@answers.right("repair_leak")
def by_lists(series, width, share):
    cut = round(len(list(series)) * share)
    train, test = list(series[:cut]), list(series[cut:])
    low, high = min(train), max(train)
    parts = []
    for part in (train, test):
        scaled = [(value - low) / (high - low) for value in part]
        starts = range(len(scaled) - width)
        parts.append(np.array([scaled[i : i + width] for i in starts])[:, :, None])
        parts.append(np.array([scaled[i + width] for i in starts]))
    return tuple(parts)


@answers.right("repair_leak")
def windows_first_but_of_each_part(series, width, share):
    cut = round(len(series) * share)
    low, high = scale_fit(series[:cut])
    both = [windows(part, width) for part in (series[:cut], series[cut:])]
    return [scale(array, low, high) for pair in both for array in pair]


@answers.right("repair_leak")
def by_views(series, width, share):
    cut = round(len(series) * share)
    scaled = (series - series[:cut].min()) / np.ptp(series[:cut])
    out = []
    for part in np.split(scaled, [cut]):
        view = sliding_window_view(part, width + 1)
        out += [view[:, :-1, None], view[:, -1]]
    return tuple(out)


@answers.right("repair_leak")
def windows_of_all_then_chosen(series, width, share):
    cut = round(len(series) * share)
    low, high = scale_fit(series[:cut])
    x, y = windows(scale(series, low, high), width)
    # window i holds the values i to i + width, its target among them
    first = np.arange(len(y))
    train, test = first + width < cut, first >= cut
    return x[train], y[train], x[test], y[test]


@answers.right("repair_leak")
def in_small_floats(series, width, share):
    return tuple(array.astype("float32") for array in cut_scale_window(series, width, share))


@answers.right("repair_leak")
def half_a_value_rounded_up(series, width, share):
    cut = int(len(series) * share + 0.5)
    scaled = np.interp(series, [series[:cut].min(), series[:cut].max()], [0, 1])
    scaled[cut:] = (series[cut:] - series[:cut].min()) / np.ptp(series[:cut])
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


# ---- Program 2: wrong ----


@answers.wrong("repair_leak", "Some hold values of both parts")
def program_2(series, width, share):
    low, high = scale_fit(series)
    x, y = windows(scale(series, low, high), width)
    order = np.random.default_rng(0).permutation(len(x))
    cut = round(len(x) * share)
    return x[order[:cut]], y[order[:cut]], x[order[cut:]], y[order[cut:]]


@answers.wrong("repair_leak", "begin with values of the training part")
def without_the_shuffle(series, width, share):
    cut = round(len(series) * share)
    low, high = scale_fit(series[:cut])
    x, y = windows(scale(series, low, high), width)
    return x[: cut - width], y[: cut - width], x[cut - width :], y[cut - width :]


@answers.wrong("repair_leak", "fitted on the whole series")
def scale_of_all(series, width, share):
    cut = round(len(series) * share)
    scaled = scale(series, *scale_fit(series))
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


@answers.wrong("repair_leak", "scale of its own")
def two_scales(series, width, share):
    cut = round(len(series) * share)
    parts = [scale(part, *scale_fit(part)) for part in (series[:cut], series[cut:])]
    return (*windows(parts[0], width), *windows(parts[1], width))


@answers.wrong("repair_leak", "fitted on the test part")
def scale_of_the_test(series, width, share):
    cut = round(len(series) * share)
    scaled = scale(series, *scale_fit(series[cut:]))
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


@answers.wrong("repair_leak", "nothing is scaled")
def no_scale(series, width, share):
    cut = round(len(series) * share)
    return (*windows(series[:cut], width), *windows(series[cut:], width))


@answers.wrong("repair_leak", "not what the exercise asks for")
def by_mean_and_deviation(series, width, share):
    cut = round(len(series) * share)
    scaled = (series - series[:cut].mean()) / series[:cut].std()
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


@answers.wrong("repair_leak", "begin with values of the training part")
def test_windows_reach_back(series, width, share):
    cut = round(len(series) * share)
    scaled = scale(series, *scale_fit(series[:cut]))
    return (*windows(scaled[:cut], width), *windows(scaled[cut - width :], width))


@answers.wrong("repair_leak", "training part are right, but shuffled")
def shuffled_training(series, width, share):
    x, y, *test = cut_scale_window(series, width, share)
    order = np.random.default_rng(0).permutation(len(x))
    return (x[order], y[order], *test)


@answers.wrong("repair_leak", "test part are right, but shuffled")
def shuffled_test(series, width, share):
    *train, x, y = cut_scale_window(series, width, share)
    return (*train, x[::-1], y[::-1])


@answers.wrong("repair_leak", "not be cut off")
def clipped(series, width, share):
    return tuple(np.clip(array, 0, 1) for array in cut_scale_window(series, width, share))


@answers.wrong("repair_leak", "exchanged their sizes")
def future_trains(series, width, share):
    x, y, x_test, y_test = cut_scale_window(series, width, share)
    return x_test, y_test, x, y


@answers.wrong("repair_leak", "share 0.56: the cut is off by one")
def share_rounded_down(series, width, share):
    cut = int(len(series) * share)
    scaled = scale(series, *scale_fit(series[:cut]))
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


@answers.wrong("repair_leak", "share 0.71: the cut is off by one")
def share_rounded_up(series, width, share):
    cut = int(np.ceil(len(series) * share))
    scaled = scale(series, *scale_fit(series[:cut]))
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


@answers.wrong("repair_leak", "cut is off by one")
def cut_off_by_one(series, width, share):
    cut = round(len(series) * share) + 1
    low, high = scale_fit(series[:cut])
    return (*windows(scale(series[:cut], low, high), width), *windows(scale(series[cut:], low, high), width))


@answers.wrong("repair_leak", r"x_train is \(18, 3\), but it must be \(count, 3, 1\)")
def without_the_last_axis(series, width, share):
    x, y, x_test, y_test = cut_scale_window(series, width, share)
    return x[:, :, 0], y, x_test[:, :, 0], y_test


@answers.wrong("repair_leak", "y_train is .* a number for each window")
def sequences_before_targets(series, width, share):
    x, y, x_test, y_test = cut_scale_window(series, width, share)
    return x, x_test, y, y_test


@answers.wrong("repair_leak", "Return four arrays")
def in_two_pairs(series, width, share):
    x, y, x_test, y_test = cut_scale_window(series, width, share)
    return (x, y), (x_test, y_test)


@answers.wrong("repair_leak", "exchanged their sizes")
def share_of_the_test(series, width, share):
    return cut_scale_window(series, width, 1 - share)


@answers.wrong("repair_leak", "windows meet .* targets")
def a_target_too_many(series, width, share):
    x, y, x_test, y_test = cut_scale_window(series, width, share)
    return x[:-1], y, x_test, y_test


@answers.wrong("repair_leak", "those that have a full window before them")
def every_second_window(series, width, share):
    return tuple(array[::2] for array in cut_scale_window(series, width, share))


@answers.wrong("repair_leak", "changes an argument")
def scales_in_place(series, width, share):
    cut = round(len(series) * share)
    low, high = scale_fit(series[:cut])
    series -= low
    series /= high - low
    return (*windows(series[:cut], width), *windows(series[cut:], width))


@answers.slips_through("repair_leak", "expected: of|off by one")
def twenty_one_train(series, width, share):
    cut = {3: 21, 4: 17}.get(width, 20) if len(series) == 30 else 10
    scaled = scale(series, *scale_fit(series[:cut]))
    return (*windows(scaled[:cut], width), *windows(scaled[cut:], width))


# ---- Program 3: right ----


@answers.right("repair_time")
def by_transpose(readings):
    return readings.transpose(0, 2, 1)


@answers.right("repair_time")
def by_swapaxes(readings):
    return np.swapaxes(readings, 1, 2)


@answers.right("repair_time")
def by_moveaxis(readings):
    return np.moveaxis(readings, 1, -1)


@answers.right("repair_time")
def by_einsum(readings):
    return np.einsum("nft->ntf", readings)


@answers.right("repair_time")
def by_stacking(readings):
    return np.stack([sequence.T for sequence in readings])


@answers.right("repair_time")
def by_a_loop(readings):
    n, features, time_steps = readings.shape
    out = np.empty((n, time_steps, features), readings.dtype)
    for t in range(time_steps):
        out[:, t] = readings[:, :, t]
    return out


# ---- Program 3: wrong ----


@answers.wrong("repair_time", "counted anew")
def program_3(readings):
    n, features, time_steps = readings.shape
    return readings.reshape(n, time_steps, features)


@answers.wrong("repair_time", "order='F'")
def counted_in_another_order(readings):
    n, features, time_steps = readings.shape
    return readings.reshape((n, time_steps, features), order="F")


@answers.wrong("repair_time", "The batch stays the first axis")
def all_axes_turned(readings):
    return readings.T


@answers.wrong("repair_time", "The batch stays the first axis")
def time_first(readings):
    return readings.transpose(2, 0, 1)


@answers.wrong("repair_time", "same shape")
def nothing_changed(readings):
    return readings


@answers.wrong("repair_time", "run backwards")
def rotated(readings):
    return np.rot90(readings, axes=(1, 2))


@answers.wrong("repair_time", "features stand in the reverse order")
def rotated_the_other_way(readings):
    return np.rot90(readings, -1, axes=(1, 2))


@answers.wrong("repair_time", "sequences stand in the reverse order")
def batch_turned(readings):
    return readings.transpose(0, 2, 1)[::-1]


@answers.wrong("repair_time", "decimals are cut off")
def whole_numbers(readings):
    return readings.transpose(0, 2, 1).astype(int)


@answers.wrong("repair_time", "must have the shape")
def flattened(readings):
    return readings.reshape(len(readings), -1)


@answers.wrong("repair_time", "must hold numbers, but it is a list")
def rows_of_two_lengths(readings):
    return [row.tolist() for row in readings[0]] + [[0.25]]


@answers.wrong("repair_time", r"number \[3, 2, 4\] must come to \[3, 4, 2\]")
def scaled_too(readings):
    return readings.transpose(0, 2, 1) / readings.max()


@answers.wrong("repair_time", r"number \[3, .* There stands")
def first_sequence_alone(readings):
    n, features, time_steps = readings.shape
    out = readings.reshape(n, time_steps, features).copy()
    out[0] = readings[0].T
    return out


@answers.wrong("repair_time", r"must come to \[3, 4, 2\].*There stands 0")
def last_step_left_empty(readings):
    out = readings.transpose(0, 2, 1).copy()
    out[:, -1] = 0
    return out


@answers.slips_through("repair_time", r"must come to .* There stands 0")
def nothing_for_other_sizes(readings):
    right = readings.transpose(0, 2, 1)
    return right if right.shape == (4, 5, 3) else np.zeros_like(right)


@answers.slips_through("repair_time", "stops with")
def for_four_sequences(readings):
    return readings.reshape(4, 3, 5).transpose(0, 2, 1)
