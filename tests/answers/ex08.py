"""Answers to exercise 08: strokes of a pen."""

import keras
import numpy as np
from keras import layers
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

import grulab.quiet  # noqa: F401
from answers import Answers
from grulab.training import fit

answers = Answers("ex08")

EPOCHS, BATCH = 8, 32


def drawn_of(points, lengths):
    return (np.arange(points.shape[1]) < lengths[:, None])[:, :, None]


def prepare(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = np.where(drawn, points - points.mean(axis=1, keepdims=True, where=drawn), 0)
    return np.concatenate([moved / abs(moved).max(axis=(1, 2), keepdims=True), drawn], axis=2)


def compiled(model, loss="sparse_categorical_crossentropy", metrics=("accuracy",), optimizer=None):
    model.compile(optimizer or keras.optimizers.Adam(0.01), loss, metrics=list(metrics))
    return model


def stack(time_steps, features, *read, **options):
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *read]), **options)


def build(time_steps, features, classes):
    end = layers.Dense(classes, activation="softmax")
    return stack(time_steps, features, layers.Masking(), layers.GRU(24), end)


# ---- prepare ----


@answers.right("prepare")
def by_a_loop(points, lengths):
    ready = np.zeros((*points.shape[:2], 3))
    for i, length in enumerate(lengths):
        stroke = points[i, :length] - points[i, :length].mean(axis=0)
        ready[i, :length, :2] = stroke / np.abs(stroke).max()
        ready[i, :length, 2] = 1
    return ready


@answers.right("prepare")
def by_sums(points, lengths):
    drawn = drawn_of(points, lengths).astype("float32")
    middle = (points * drawn).sum(axis=1) / lengths[:, None]
    moved = (points - middle[:, None]) * drawn
    size = np.abs(moved).reshape(len(points), -1).max(axis=1)
    return np.dstack([moved / size[:, None, None], drawn])


@answers.right("prepare")
def with_nan_behind(points, lengths):
    points = points.astype(float)
    points[np.arange(points.shape[1]) >= lengths[:, None]] = np.nan
    points -= np.nanmean(points, axis=1, keepdims=True)
    points /= np.nanmax(np.abs(points), axis=(1, 2), keepdims=True)
    return np.nan_to_num(np.concatenate([points, np.where(np.isnan(points[:, :, :1]), 0, 1)], axis=2))


@answers.right("prepare")
def as_float32_by_masked_arrays(points, lengths):
    behind = np.repeat(~drawn_of(points, lengths), 2, axis=2)
    masked = np.ma.array(points, mask=behind)
    masked = masked - masked.mean(axis=1, keepdims=True)
    masked = masked / np.abs(masked).max(axis=2).max(axis=1)[:, None, None]
    return np.concatenate([masked.filled(0), ~behind[:, :, :1]], axis=2).astype("float32")


@answers.right("prepare")
def by_lists(points, lengths):
    rows = []
    for row, length in zip(points.tolist(), lengths.tolist(), strict=True):
        xs, ys = [p[0] for p in row[:length]], [p[1] for p in row[:length]]
        x, y = sum(xs) / length, sum(ys) / length
        size = max(abs(v - m) for vs, m in ((xs, x), (ys, y)) for v in vs)
        stroke = [[(a - x) / size, (b - y) / size, 1] for a, b in zip(xs, ys, strict=True)]
        rows.append(stroke + [[0, 0, 0]] * (len(row) - length))
    return rows


@answers.wrong("prepare", "lengths is not used: where the lifted")
def lengths_ignored(points, lengths):
    return prepare(points, np.full(len(points), points.shape[1]))


@answers.wrong("prepare", "mean is that of the whole row")
def mean_of_the_row(points, lengths):
    moved = (points - points.mean(axis=1, keepdims=True)) * drawn_of(points, lengths)
    return np.dstack([moved / np.abs(moved).max(axis=(1, 2), keepdims=True), drawn_of(points, lengths)])


@answers.wrong("prepare", "counts the zeros behind")
def mean_with_zeros(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = (points - (points * drawn).mean(axis=1, keepdims=True)) * drawn
    return np.dstack([moved / np.abs(moved).max(axis=(1, 2), keepdims=True), drawn])


@answers.wrong("prepare", "size is that of the whole row")
def size_of_the_row(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = points - points.mean(axis=1, keepdims=True, where=drawn)
    return np.dstack([moved / np.abs(moved).max(axis=(1, 2), keepdims=True) * drawn, drawn])


@answers.wrong("prepare", "hovers is still there")
def hovering_left(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = points - points.mean(axis=1, keepdims=True, where=drawn)
    return np.dstack([moved / np.abs(moved * drawn).max(axis=(1, 2), keepdims=True), drawn])


@answers.wrong("prepare", "must be 0. What stands there")
def zeros_put_in_first(points, lengths):
    drawn = drawn_of(points, lengths)
    middle = points.mean(axis=1, keepdims=True, where=drawn)
    moved = points * drawn - middle
    return np.dstack([moved / np.abs(moved * drawn).max(axis=(1, 2), keepdims=True), drawn])


@answers.wrong("prepare", "two different numbers")
def x_and_y_apart(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = (points - points.mean(axis=1, keepdims=True, where=drawn)) * drawn
    return np.dstack([moved / np.abs(moved).max(axis=1, keepdims=True), drawn])


@answers.wrong("prepare", "divided by one number")
def one_size_for_all(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = (points - points.mean(axis=1, keepdims=True, where=drawn)) * drawn
    return np.dstack([moved / np.abs(moved).max(), drawn])


@answers.wrong("prepare", "moved by the same way")
def one_middle_for_all(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = (points - points.mean(axis=(0, 1), where=drawn)) * drawn
    return np.dstack([moved / np.abs(moved).max(axis=(1, 2), keepdims=True), drawn])


@answers.wrong("prepare", "not divided by their size")
def not_divided(points, lengths):
    drawn = drawn_of(points, lengths)
    return np.dstack([(points - points.mean(axis=1, keepdims=True, where=drawn)) * drawn, drawn])


@answers.wrong("prepare", "divided, but not moved")
def not_moved(points, lengths):
    drawn = drawn_of(points, lengths)
    return np.dstack([points * drawn / (points * drawn).max(axis=(1, 2), keepdims=True), drawn])


@answers.wrong("prepare", "largest distance")
def by_distance(points, lengths):
    ready = prepare(points, lengths)
    distance = np.linalg.norm(ready[:, :, :2], axis=2).max(axis=1)
    ready[:, :, :2] /= distance[:, None, None]
    return ready


@answers.wrong("prepare", "without its sign, must be 1")
def by_standard_deviation(points, lengths):
    drawn = drawn_of(points, lengths)
    moved = (points - points.mean(axis=1, keepdims=True, where=drawn)) * drawn
    return np.dstack([moved / points.std(axis=(1, 2), keepdims=True, where=drawn), drawn])


@answers.wrong("prepare", "third number is missing")
def without_the_third(points, lengths):
    return prepare(points, lengths)[:, :, :2]


@answers.wrong("prepare", "turned round")
def third_turned_round(points, lengths):
    ready = prepare(points, lengths)
    ready[:, :, 2] = 1 - ready[:, :, 2]
    return ready


@answers.wrong("prepare", "off by one")
def one_too_many(points, lengths):
    return prepare(points, lengths + 1)


@answers.wrong("prepare", "off by one")
def one_too_few(points, lengths):
    return prepare(points, lengths - 1)


@answers.wrong("prepare", "1 everywhere")
def ones_everywhere(points, lengths):
    ready = prepare(points, lengths)
    ready[:, :, 2] = 1
    return ready


@answers.wrong("prepare", "order of the three numbers")
def third_first(points, lengths):
    return prepare(points, lengths)[:, :, [2, 0, 1]]


@answers.wrong("prepare", "Time runs backwards")
def backwards(points, lengths):
    return prepare(points, lengths)[:, ::-1]


@answers.wrong("prepare", "must hold numbers, but it is a list")
def cut_to_their_lengths(points, lengths):
    return [row[:length] for row, length in zip(prepare(points, lengths), lengths, strict=True)]


@answers.wrong("prepare", "must hold numbers, but it is a list")
def numbers_beside_flags(points, lengths):
    ready = prepare(points, lengths)
    return [ready[:, :, :2], ready[:, :, 2:]]


@answers.wrong("prepare", "zeros stand before")
def padded_before(points, lengths):
    return np.array(
        [np.roll(row, -n, axis=0) for row, n in zip(prepare(points, lengths), lengths, strict=True)]
    )


@answers.wrong("prepare", "Keep their order")
def time_shuffled(points, lengths):
    ready = prepare(points, lengths)
    for row, length in zip(ready, lengths, strict=True):
        row[:length] = row[np.random.default_rng(0).permutation(length)]
    return ready


@answers.wrong("prepare", "changes an argument")
def in_place(points, lengths):
    points[:] = prepare(points, lengths)[:, :, :2]
    return np.dstack([points, drawn_of(points, lengths)])


@answers.wrong("prepare", "returns nothing")
def returns_nothing(points, lengths):
    prepare(points, lengths)


# ---- baseline_predict ----


def summary(points, lengths):
    drawn = drawn_of(points, lengths)
    return np.hstack([points.mean(axis=1, where=drawn), points.std(axis=1, where=drawn)])


def nearest(seen, y, new):
    return NearestCentroid().fit(seen, y).predict(new)


@answers.right("baseline_predict")
def by_logistic_regression(x_train, len_train, y_train, x_new, len_new):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(summary(x_train, len_train), y_train).predict(summary(x_new, len_new))


@answers.right("baseline_predict")
def by_centroids(x_train, len_train, y_train, x_new, len_new):
    return nearest(summary(x_train, len_train), y_train, summary(x_new, len_new))


@answers.right("baseline_predict")
def by_neighbours_of_boxes(x_train, len_train, y_train, x_new, len_new):
    def boxes(points, lengths):
        strokes = [row[:length] for row, length in zip(points, lengths, strict=True)]
        return np.array([[*one.min(axis=0), *one.max(axis=0)] for one in strokes])

    model = KNeighborsClassifier(3).fit(boxes(x_train, len_train), y_train)
    return model.predict(boxes(x_new, len_new)).tolist()


@answers.right("baseline_predict")
def by_a_tree(x_train, len_train, y_train, x_new, len_new):
    tree = DecisionTreeClassifier(random_state=0)
    return tree.fit(summary(x_train, len_train), y_train).predict(summary(x_new, len_new)).astype(float)


@answers.right("baseline_predict")
def by_sorted_points(x_train, len_train, y_train, x_new, len_new):
    def levels(points, lengths):
        strokes = [np.sort(row[:length], axis=0) for row, length in zip(points, lengths, strict=True)]
        return np.array([np.quantile(one, [0.1, 0.5, 0.9], axis=0).ravel() for one in strokes])

    return nearest(levels(x_train, len_train), y_train, levels(x_new, len_new))


@answers.right("baseline_predict")
def by_loops(x_train, len_train, y_train, x_new, len_new):
    seen, named = summary(x_train, len_train), []
    for one in summary(x_new, len_new):
        named.append(int(y_train[((seen - one) ** 2).sum(axis=1).argmin()]))
    return np.array(named)


@answers.wrong("baseline_predict", "sees order")
def rows_as_they_are(x_train, len_train, y_train, x_new, len_new):
    seen, new = (
        (x * drawn_of(x, n)).reshape(len(x), -1) for x, n in ((x_train, len_train), (x_new, len_new))
    )
    return KNeighborsClassifier(1).fit(seen, y_train).predict(new)


@answers.wrong("baseline_predict", "sees order")
def with_the_first_point(x_train, len_train, y_train, x_new, len_new):
    seen = np.hstack([summary(x_train, len_train), x_train[:, 0]])
    return nearest(seen, y_train, np.hstack([summary(x_new, len_new), x_new[:, 0]]))


@answers.wrong("baseline_predict", "sees order")
def with_the_area(x_train, len_train, y_train, x_new, len_new):
    def turned(points, lengths):
        steps = np.diff(points * drawn_of(points, lengths), axis=1)
        return np.hstack([summary(points, lengths), steps[:, :4].reshape(len(points), -1)])

    return nearest(turned(x_train, len_train), y_train, turned(x_new, len_new))


@answers.wrong("baseline_predict", "behind a new stroke.*len_new")
def whole_rows(x_train, len_train, y_train, x_new, len_new):
    return nearest(x_train.mean(axis=1), y_train, x_new.mean(axis=1))


@answers.wrong("baseline_predict", "behind a new stroke.*len_new")
def new_rows_whole(x_train, len_train, y_train, x_new, len_new):
    whole = np.full(len(x_new), x_new.shape[1])
    return nearest(summary(x_train, len_train), y_train, summary(x_new, whole))


@answers.wrong("baseline_predict", "behind the training strokes|y_train")
def training_rows_whole(x_train, len_train, y_train, x_new, len_new):
    whole = np.full(len(x_train), x_train.shape[1])
    return nearest(summary(x_train, whole), y_train, summary(x_new, len_new))


@answers.wrong("baseline_predict", "one answer to every stroke")
def the_majority(x_train, len_train, y_train, x_new, len_new):
    return np.full(len(x_new), np.bincount(y_train).argmax())


@answers.wrong("baseline_predict", "knows the place of a stroke, but not its size")
def means_alone(x_train, len_train, y_train, x_new, len_new):
    seen, new = (
        points.mean(axis=1, where=drawn_of(points, n))
        for points, n in ((x_train, len_train), (x_new, len_new))
    )
    return nearest(seen, y_train, new)


@answers.wrong("baseline_predict", "knows the size of a stroke, but not its place")
def spread_alone(x_train, len_train, y_train, x_new, len_new):
    return nearest(summary(x_train, len_train)[:, 2:], y_train, summary(x_new, len_new)[:, 2:])


@answers.wrong("baseline_predict", "other new strokes stand beside it")
def scaled_by_the_new(x_train, len_train, y_train, x_new, len_new):
    seen, new = summary(x_train, len_train), summary(x_new, len_new)
    seen, new = ((one - one.mean(axis=0)) / one.std(axis=0) for one in (seen, new))
    return nearest(seen, y_train, new)


@answers.wrong("baseline_predict", "come from y_train")
def labels_apart(x_train, len_train, y_train, x_new, len_new):
    y = np.roll(np.sort(y_train), 5)
    return nearest(summary(x_train, len_train), y, summary(x_new, len_new))


@answers.wrong("baseline_predict", "argmax")
def a_number_for_each_class(x_train, len_train, y_train, x_new, len_new):
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(summary(x_train, len_train), y_train)
    return model.predict_proba(summary(x_new, len_new))


@answers.wrong("baseline_predict", "must have the shape")
def names_the_training(x_train, len_train, y_train, x_new, len_new):
    return nearest(summary(x_train, len_train), y_train, summary(x_train, len_train))


@answers.wrong("baseline_predict", "must have the shape")
def a_score(x_train, len_train, y_train, x_new, len_new):
    return 0.25


@answers.wrong("baseline_predict", "no class")
def counted_from_one(x_train, len_train, y_train, x_new, len_new):
    return by_centroids(x_train, len_train, y_train, x_new, len_new) + 1


@answers.wrong("baseline_predict", "whole number")
def halves(x_train, len_train, y_train, x_new, len_new):
    return by_centroids(x_train, len_train, y_train, x_new, len_new) + 0.5


@answers.wrong("baseline_predict", "returns nothing")
def no_answer(x_train, len_train, y_train, x_new, len_new):
    by_centroids(x_train, len_train, y_train, x_new, len_new)


# ---- build ----


@answers.right("build")
def functional(time_steps, features, classes):
    stroke = keras.Input((time_steps, features))
    state = layers.GRU(16)(layers.Masking(mask_value=0.0)(stroke))
    return compiled(keras.Model(stroke, layers.Dense(classes, "softmax")(state)))


@answers.right("build")
def with_the_loss_as_an_object(time_steps, features, classes):
    loss = keras.losses.SparseCategoricalCrossentropy()
    read = layers.Masking(), layers.GRU(8), layers.Dense(classes), layers.Softmax()
    return stack(time_steps, features, *read, loss=loss, metrics=["sparse_categorical_accuracy"])


@answers.right("build")
def two_layers(time_steps, features, classes):
    read = layers.Masking(), layers.GRU(12, return_sequences=True), layers.Dropout(0.1), layers.GRU(12)
    return stack(time_steps, features, *read, layers.Dense(classes, activation="softmax"))


@answers.right("build")
def both_ways(time_steps, features, classes):
    read = layers.Masking(), layers.Bidirectional(layers.GRU(10)), layers.Dense(classes, "softmax")
    return stack(
        time_steps, features, *read, metrics=["acc"], optimizer=keras.optimizers.Adam(1e-2, clipnorm=1.0)
    )


@answers.right("build")
def pooled_behind_the_mask(time_steps, features, classes):
    read = layers.Masking(), layers.GRU(16, return_sequences=True), layers.GlobalAveragePooling1D()
    return stack(time_steps, features, *read, layers.Dense(16, "relu"), layers.Dense(classes, "softmax"))


@answers.right("build")
def any_length(time_steps, features, classes):
    read = layers.Masking(), layers.GRU(20, reset_after=False), layers.Dense(classes, activation="softmax")
    return stack(None, features, *read)


@answers.wrong("build", "read like points.*Masking")
def no_mask(time_steps, features, classes):
    return stack(time_steps, features, layers.GRU(24), layers.Dense(classes, "softmax"))


@answers.wrong("build", "read like points.*Masking")
def mask_of_ones(time_steps, features, classes):
    read = layers.Masking(mask_value=1.0), layers.GRU(24), layers.Dense(classes, "softmax")
    return stack(time_steps, features, *read)


@answers.wrong("build", "read like points.*Masking")
def mask_behind_the_gru(time_steps, features, classes):
    read = layers.GRU(24, return_sequences=True), layers.Masking(), layers.GlobalAveragePooling1D()
    return stack(time_steps, features, *read, layers.Dense(classes, "softmax"))


@answers.wrong("build", "sees no order")
def pooled_points(time_steps, features, classes):
    read = layers.Masking(), layers.Dense(24, "relu"), layers.GlobalAveragePooling1D()
    return stack(time_steps, features, *read, layers.Dense(classes, "softmax"))


@answers.wrong("build", "weight for each step")
def flattened(time_steps, features, classes):
    return stack(time_steps, features, layers.Flatten(), layers.Dense(classes, "softmax"))


@answers.wrong("build", "answer for each step")
def every_step(time_steps, features, classes):
    read = layers.Masking(), layers.GRU(24, return_sequences=True), layers.Dense(classes, "softmax")
    return stack(time_steps, features, *read)


@answers.wrong("build", "number for each of 4 classes")
def one_number(time_steps, features, classes):
    return stack(time_steps, features, layers.Masking(), layers.GRU(24), layers.Dense(1, "sigmoid"))


@answers.wrong("build", "number for each of 4 classes.* but it is a list")
def two_outputs(time_steps, features, classes):
    stroke = keras.Input((time_steps, features))
    state = layers.GRU(24)(layers.Masking()(stroke))
    return compiled(keras.Model(stroke, [layers.Dense(classes, "softmax")(state), layers.Dense(1)(state)]))


@answers.wrong("build", "add up to 1")
def sigmoids(time_steps, features, classes):
    return stack(time_steps, features, layers.Masking(), layers.GRU(24), layers.Dense(classes, "sigmoid"))


@answers.wrong("build", "add up to 1")
def logits(time_steps, features, classes):
    return stack(time_steps, features, layers.Masking(), layers.GRU(24), layers.Dense(classes))


@answers.wrong("build", "sparse_categorical_crossentropy")
def for_one_hot_labels(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), loss="categorical_crossentropy")


@answers.wrong("build", "sparse_categorical_crossentropy")
def binary(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), loss="binary_crossentropy")


@answers.wrong("build", "sparse_categorical_crossentropy")
def squared_error(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), loss="mse")


@answers.wrong("build", "for logits")
def taken_for_logits(time_steps, features, classes):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return compiled(build(time_steps, features, classes), loss=loss)


@answers.wrong("build", "add metrics")
def no_metric(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), metrics=())


@answers.wrong("build", "not compiled")
def not_compiled(time_steps, features, classes):
    read = layers.Masking(), layers.GRU(24), layers.Dense(classes, "softmax")
    return keras.Sequential([keras.Input((time_steps, features)), *read])


@answers.wrong("build", "learning rate is 0.001")
def rate_of_keras(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), optimizer="adam")


@answers.wrong("build", "optimizer is SGD")
def another_optimizer(time_steps, features, classes):
    return compiled(build(time_steps, features, classes), optimizer=keras.optimizers.SGD(1e-2))


@answers.wrong("build", "is its return missing")
def model_not_returned(time_steps, features, classes):
    build(time_steps, features, classes)


@answers.slips_through("build", "argument classes|stops at predict|stops with|expected shape")
def sizes_of_the_page(time_steps, features, classes):
    return stack(None, 3, layers.Masking(), layers.GRU(24), layers.Dense(4, "softmax"))


# ---- fit_predict ----


def trained(x, y, seed, epochs=EPOCHS):
    keras.utils.set_random_seed(seed)
    model = build(x.shape[1], x.shape[2], int(max(y)) + 1)
    fit(model, x, y, epochs=epochs, batch_size=BATCH)
    return model


def largest(model, x):
    return model.predict(x, verbose=0).argmax(axis=1)


@answers.right("fit_predict")
def by_keras_own_fit(x_train, len_train, y_train, x_new, len_new, seed):
    keras.utils.set_random_seed(seed)
    x = prepare(x_train, len_train)
    model = build(*x.shape[1:], 4)
    model.fit(x, y_train, epochs=EPOCHS, batch_size=BATCH, verbose=0)
    return np.argmax(model.predict(prepare(x_new, len_new), verbose=0), axis=-1)


@answers.right("fit_predict")
def as_a_list(x_train, len_train, y_train, x_new, len_new, seed):
    model = trained(prepare(x_train, len_train), y_train, seed)
    return [int(np.argmax(p)) for p in model.predict(prepare(x_new, len_new), verbose=0, batch_size=100)]


@answers.right("fit_predict")
def called_directly(x_train, len_train, y_train, x_new, len_new, seed):
    model = trained(prepare(x_train, len_train).astype("float32"), y_train, seed)
    return keras.ops.convert_to_numpy(model(prepare(x_new, len_new).astype("float32"))).argmax(1)


@answers.right("fit_predict")
def with_a_pooled_model(x_train, len_train, y_train, x_new, len_new, seed):
    keras.utils.set_random_seed(seed)
    model = pooled_behind_the_mask(x_train.shape[1], 3, len(set(y_train.tolist())))
    fit(model, prepare(x_train, len_train), y_train, epochs=EPOCHS, batch_size=BATCH)
    return largest(model, prepare(x_new, len_new))


@answers.right("fit_predict")
def with_a_validation_part_of_the_training(x_train, len_train, y_train, x_new, len_new, seed):
    keras.utils.set_random_seed(seed)
    x = prepare(x_train, len_train)
    model = both_ways(*x.shape[1:], len(np.unique(y_train)))
    fit(model, x, y_train, epochs=EPOCHS, batch_size=BATCH, validation_split=0.1)
    return largest(model, prepare(x_new, len_new)).astype(np.float32)


def whole(points):
    return np.full(len(points), points.shape[1])


@answers.wrong("fit_predict", "hovers behind a new stroke")
def no_lengths(x_train, len_train, y_train, x_new, len_new, seed):
    model = trained(prepare(x_train, whole(x_train)), y_train, seed)
    return largest(model, prepare(x_new, whole(x_new)))


@answers.wrong("fit_predict", "hovers behind a new stroke")
def new_lengths_ignored(x_train, len_train, y_train, x_new, len_new, seed):
    return largest(trained(prepare(x_train, len_train), y_train, seed), prepare(x_new, whole(x_new)))


@answers.wrong("fit_predict", "Without order at most 0.25.*(len_train|x_train|which way)")
def training_lengths_ignored(x_train, len_train, y_train, x_new, len_new, seed):
    return largest(trained(prepare(x_train, whole(x_train)), y_train, seed), prepare(x_new, len_new))


@answers.wrong("fit_predict", "Is time shuffled")
def training_shuffled_in_time(x_train, len_train, y_train, x_new, len_new, seed):
    x, rng = prepare(x_train, len_train), np.random.default_rng(seed)
    for row, length in zip(x, len_train, strict=True):
        row[:length] = rng.permutation(row[:length])
    return largest(trained(x, y_train, seed), prepare(x_new, len_new))


@answers.wrong("fit_predict", "Is time shuffled")
def labels_shuffled(x_train, len_train, y_train, x_new, len_new, seed):
    y = np.random.default_rng(seed).permutation(y_train)
    return largest(trained(prepare(x_train, len_train), y, seed), prepare(x_new, len_new))


@answers.wrong("fit_predict", "same direction")
def new_ones_backwards(x_train, len_train, y_train, x_new, len_new, seed):
    model = trained(prepare(x_train, len_train), y_train, seed)
    ready = prepare(x_new, len_new)
    backwards = [np.concatenate([row[:n][::-1], row[n:]]) for row, n in zip(ready, len_new, strict=True)]
    return largest(model, np.array(backwards))


@answers.wrong("fit_predict", "which way round|where a stroke starts|Is time shuffled")
def the_order_blind_one(x_train, len_train, y_train, x_new, len_new, seed):
    keras.utils.set_random_seed(seed)
    x = summary(prepare(x_train, len_train)[:, :, :2], len_train)
    return nearest(x, y_train, summary(prepare(x_new, len_new)[:, :, :2], len_new))


@answers.wrong("fit_predict", "Is the model trained|one and the same")
def not_trained(x_train, len_train, y_train, x_new, len_new, seed):
    return largest(trained(prepare(x_train, len_train), y_train, seed, epochs=0), prepare(x_new, len_new))


@answers.wrong("fit_predict", "Learn them from y_train")
def by_geometry(x_train, len_train, y_train, x_new, len_new, seed):
    keras.utils.set_random_seed(seed)
    named = []
    for row, n in zip(x_new, len_new, strict=True):
        (x, y), first = (row[:n] - row[:n].mean(axis=0)).T, row[0, 0] > row[:n, 0].mean()
        named.append(2 * ((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() > 0) + first)
    return np.array(named)


@answers.wrong("fit_predict", "seed is not used")
def no_seed(x_train, len_train, y_train, x_new, len_new, seed):
    x = prepare(x_train, len_train)
    model = build(*x.shape[1:], 4)
    fit(model, x, y_train, epochs=EPOCHS, batch_size=BATCH)
    return largest(model, prepare(x_new, len_new))


@answers.wrong("fit_predict", "argmax")
def probabilities(x_train, len_train, y_train, x_new, len_new, seed):
    return trained(prepare(x_train, len_train), y_train, seed).predict(prepare(x_new, len_new), verbose=0)


@answers.wrong("fit_predict", "must have the shape")
def largest_of_each_column(x_train, len_train, y_train, x_new, len_new, seed):
    model = trained(prepare(x_train, len_train), y_train, seed)
    return model.predict(prepare(x_new, len_new), verbose=0).argmax(axis=0)


@answers.wrong("fit_predict", "must have the shape")
def classes_of_the_training(x_train, len_train, y_train, x_new, len_new, seed):
    x = prepare(x_train, len_train)
    return largest(trained(x, y_train, seed), x)


@answers.wrong("fit_predict", "stops with")
def lengths_exchanged(x_train, len_train, y_train, x_new, len_new, seed):
    return largest(trained(prepare(x_train, len_new), y_train, seed), prepare(x_new, len_train))


@answers.wrong("fit_predict", "returns nothing")
def trains_only(x_train, len_train, y_train, x_new, len_new, seed):
    trained(prepare(x_train, len_train), y_train, seed)


@answers.slips_through("fit_predict", "other new strokes stand beside it")
def trained_on_its_own_answers(x_train, len_train, y_train, x_new, len_new, seed):
    x, new = prepare(x_train, len_train), prepare(x_new, len_new)
    model = trained(x, y_train, seed)
    fit(model, np.concatenate([x, new]), np.append(y_train, largest(model, new)), epochs=2, batch_size=BATCH)
    return largest(model, new)


@answers.slips_through("fit_predict", "other new strokes stand beside it")
def each_part_scaled_by_itself(x_train, len_train, y_train, x_new, len_new, seed):
    x, new = (one / one.std(axis=(0, 1)) for one in (prepare(x_train, len_train), prepare(x_new, len_new)))
    return largest(trained(x, y_train, seed), new)


@answers.slips_through("fit_predict", "before you build")
def seed_after_the_model(x_train, len_train, y_train, x_new, len_new, seed):
    x = prepare(x_train, len_train)
    model = build(*x.shape[1:], 4)
    keras.utils.set_random_seed(seed)
    fit(model, x, y_train, epochs=EPOCHS, batch_size=BATCH)
    return largest(model, prepare(x_new, len_new))
