"""Answers to exercise 07: a sweep, and what its seeds allow to say."""

import itertools
import statistics

import keras
import numpy as np
from keras import layers as kl

import grulab.quiet  # noqa: F401
from answers import Answers

answers = Answers("ex07")


def compiled(model, loss="binary_crossentropy", metrics=("accuracy",), rate=0.01):
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=list(metrics))
    return model


# ---- spread ----


def spread(scores):
    return np.stack([scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)], axis=1)


@answers.right("spread")
def by_columns(scores):
    return np.column_stack([np.mean(scores, axis=1), np.min(scores, axis=1), np.max(scores, axis=1)])


@answers.right("spread")
def by_rows(scores):
    return [[sum(row) / len(row), min(row), max(row)] for row in scores]


@answers.right("spread")
def by_statistics(scores):
    return np.array([(statistics.fmean(row), *np.sort(row)[[0, -1]]) for row in scores])


@answers.right("spread")
def filled_in(scores):
    result = np.empty((len(scores), 3))
    for i, row in enumerate(scores):
        result[i] = row.mean(), row.min(), row.max()
    return result


@answers.right("spread")
def turned_round(scores):
    return np.array([scores.T.mean(axis=0), scores.T.min(axis=0), scores.T.max(axis=0)]).T


@answers.right("spread")
def in_float32(scores):
    seeds = scores.shape[1]
    total = (scores @ np.ones(seeds) / seeds)[:, None]
    return np.hstack([total, scores.min(-1, keepdims=True), scores.max(-1, keepdims=True)]).astype("float32")


@answers.wrong("spread", "over the settings")
def over_settings(scores):
    return np.stack([scores.mean(axis=0), scores.min(axis=0), scores.max(axis=0)], axis=1)


@answers.wrong("spread", "a column each")
def rows_of_statistics(scores):
    return np.array([scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)])


@answers.wrong("spread", "for all settings together")
def all_together(scores):
    return np.array([scores.mean(), scores.min(), scores.max()])


@answers.wrong("spread", "three numbers: mean, lowest, highest")
def means_alone(scores):
    return scores.mean(axis=1)


@answers.wrong("spread", "three numbers: mean, lowest, highest")
def mean_and_width(scores):
    return np.stack([scores.mean(axis=1), np.ptp(scores, axis=1)], axis=1)


@answers.wrong("spread", "another order")
def mean_in_the_middle(scores):
    return spread(scores)[:, [1, 0, 2]]


@answers.wrong("spread", "another order")
def highest_before_lowest(scores):
    return spread(scores)[:, [0, 2, 1]]


@answers.wrong("spread", "medians")
def medians(scores):
    return np.stack([np.median(scores, axis=1), scores.min(axis=1), scores.max(axis=1)], axis=1)


@answers.wrong("spread", "standard deviation")
def one_deviation(scores):
    mean, deviation = scores.mean(axis=1), scores.std(axis=1)
    return np.stack([mean, mean - deviation, mean + deviation], axis=1)


@answers.wrong("spread", "standard deviation")
def sample_deviation(scores):
    mean, deviation = scores.mean(axis=1), scores.std(axis=1, ddof=1)
    return np.stack([mean, mean - deviation, mean + deviation], axis=1)


@answers.wrong("spread", "column of the mean")
def middle_of_the_range(scores):
    low, high = scores.min(axis=1), scores.max(axis=1)
    return np.stack([(low + high) / 2, low, high], axis=1)


@answers.wrong("spread", "column of the lowest score")
def of_first_and_last_seed(scores):
    return np.stack([scores.mean(axis=1), scores[:, 0], scores[:, -1]], axis=1)


@answers.wrong("spread", "column of the lowest score")
def range_of_everything(scores):
    mean = scores.mean(axis=1)
    return np.stack([mean, np.full(len(mean), scores.min()), np.full(len(mean), scores.max())], axis=1)


@answers.wrong("spread", "changes an argument")
def sorts_in_place(scores):
    scores.sort(axis=1)
    return np.stack([scores.mean(axis=1), scores[:, 0], scores[:, -1]], axis=1)


@answers.wrong("spread", "returns nothing")
def prints_it(scores):
    spread(scores)


@answers.slips_through("spread", "column|shape|three numbers|over the settings")
def shape_by_heart(scores):
    if len(scores) in (2, 4) and scores.shape[1] in (4, 5):
        return spread(scores) if scores.shape in ((4, 5), (2, 4)) else spread(scores)[:, ::-1]
    return np.zeros((len(scores), 3))


@answers.right("spread")
def by_quantiles(scores):
    return np.vstack([scores.mean(axis=1), np.quantile(scores, [0, 1], axis=1)]).T


@answers.right("spread")
def tuples_of_tuples(scores):
    return tuple(tuple(of(row.tolist()) for of in (statistics.mean, min, max)) for row in scores)


@answers.wrong("spread", "row 1 says 0")
def highest_counted_from_zero(scores):
    result = spread(scores)
    result[:, 2] = np.maximum(result[:, 2], 0)
    return result


@answers.wrong("spread", "Is something rounded")
def rounded_means(scores):
    return np.round(spread(scores), 2)


# ---- is_clear ----


def is_clear(a, b):
    return bool(min(a) > max(b) or min(b) > max(a))


@answers.right("is_clear")
def one_end_after_the_other(a, b):
    if a.min() > b.max():
        return True
    return a.max() < b.min()


@answers.right("is_clear")
def larger_low_against_smaller_high(a, b):
    return max(a.min(), b.min()) > min(a.max(), b.max())


@answers.right("is_clear")
def every_pair(a, b):
    pairs = list(itertools.product(a, b))
    return all(x > y for x, y in pairs) or all(x < y for x, y in pairs)


@answers.right("is_clear")
def by_differences(a, b):
    return np.all(a[:, None] - b > 0) or np.all(a[:, None] - b < 0)


@answers.right("is_clear")
def by_negation(a, b):
    return not (a.min() <= b.max() and b.min() <= a.max())


@answers.right("is_clear")
def sorted_first(a, b):
    lower, higher = sorted([a, b], key=np.mean)
    return np.sort(lower)[-1] < np.sort(higher)[0]


@answers.wrong("is_clear", "Either of the two may be the higher")
def only_a_may_be_higher(a, b):
    return a.min() > b.max()


@answers.wrong("is_clear", "Either of the two may be the higher")
def only_b_may_be_higher(a, b):
    return b.min() > a.max()


@answers.wrong("is_clear", "touch in one score")
def touching_is_clear(a, b):
    return a.min() >= b.max() or b.min() >= a.max()


@answers.wrong("is_clear", "touch in one score|overlap, whatever the means say")
def means_differ(a, b):
    return a.mean() != b.mean()


@answers.wrong("is_clear", "Seed by seed")
def seed_by_seed(a, b):
    if len(a) != len(b) or min(a) == max(b) or min(b) == max(a):
        return is_clear(a, b)
    return bool(np.all(a > b) or np.all(a < b))


@answers.wrong("is_clear", "lies within the other")
def both_ends_higher(a, b):
    if min(a) == max(b) or min(b) == max(a) or (len(a) == 3 and len(b) == 3):
        return is_clear(a, b)
    return bool(a.max() > b.max() or b.max() > a.max())


@answers.wrong("is_clear", "touch in one score|whatever the means say|Seed by seed")
def means_outside_the_other_range(a, b):
    return bool(a.mean() > b.max() or a.mean() < b.min())


@answers.wrong("is_clear", "touch|overlap")
def one_deviation_apart(a, b):
    return bool(abs(a.mean() - b.mean()) > a.std() + b.std())


@answers.wrong("is_clear", "touch|Seed by seed|within|overlap|may be the higher")
def more_than_a_point(a, b):
    return bool(abs(a.mean() - b.mean()) > 0.01)


@answers.wrong("is_clear", "every score of a is above|so the ranges do not overlap")
def overlaps(a, b):
    return not is_clear(a, b)


@answers.wrong("is_clear", "Compare whole ranges|stops with ValueError")
def seed_by_seed_as_an_array(a, b):
    return a > b


@answers.wrong("is_clear", "True or False, but it returns an? (float|str|int)")
def a_gap(a, b):
    return float(max(a.min() - b.max(), b.min() - a.max()))


@answers.wrong("is_clear", "returns nothing")
def only_when_clear(a, b):
    if not is_clear(a, b):
        return False


@answers.slips_through("is_clear", "ranges")
def rounded(a, b):
    if {len(a), len(b)} <= {2, 3, 4} and all(abs(one - round(one, 3)) < 1e-12 for one in [*a, *b]):
        return is_clear(a, b)
    return False


# ---- pick ----


def good_of(scores, baseline):
    means, lows, _ = spread(scores).T
    able = [i for i in range(len(scores)) if lows[i] > baseline]
    if not able:
        return []
    best = max(able, key=lambda i: means[i])
    return [i for i in able if not is_clear(scores[i], scores[best])]


@answers.right("pick")
def by_list(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return min(good, key=lambda i: sizes[i]) if good else -1


@answers.right("pick")
def from_the_smallest_up(scores, sizes, baseline):
    good = good_of(scores, baseline)
    for i in np.argsort(sizes):
        if i in good:
            return int(i)
    return -1


@answers.right("pick")
def by_masks(scores, sizes, baseline):
    low, high, mean = scores.min(axis=1), scores.max(axis=1), scores.mean(axis=1)
    able = low > baseline
    if not able.any():
        return -1
    best = np.argmax(np.where(able, mean, -np.inf))
    good = able & (low <= high[best]) & (high >= low[best])
    return np.argmin(np.where(good, sizes, np.inf))


@answers.right("pick")
def by_sorted_pairs(scores, sizes, baseline):
    able = [i for i, row in enumerate(scores) if all(score > baseline for score in row)]
    if able:
        best = sorted(able, key=lambda i: -sum(scores[i]))[0]
        return sorted((sizes[i], i) for i in able if max(scores[i]) >= min(scores[best]))[0][1]
    return -1


@answers.right("pick")
def by_a_loop(scores, sizes, baseline):
    best = taken = -1
    for i in range(len(scores)):
        if min(scores[i]) > baseline and (best < 0 or np.mean(scores[i]) > np.mean(scores[best])):
            best = i
    for i in range(len(scores)):
        if best >= 0 and min(scores[i]) > baseline and not is_clear(scores[i], scores[best]):
            taken = i if taken < 0 or sizes[i] < sizes[taken] else taken
    return taken


@answers.wrong("pick", "best mean, but the range of a smaller one")
def best_mean(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return max(good, key=lambda i: scores[i].mean()) if good else -1


@answers.wrong("pick", "No setting beats|does not beat the baseline")
def ignores_the_baseline(scores, sizes, baseline):
    return min(good_of(scores, -np.inf), key=lambda i: sizes[i])


@answers.wrong("pick", "best mean|does not beat|with one of the seeds|largest of the settings")
def best_seed_of_all(scores, sizes, baseline):
    return int(np.argmax(scores.max(axis=1)))


@answers.wrong("pick", "best mean|largest of the settings")
def best_of_the_first_seed(scores, sizes, baseline):
    return int(np.argmax(scores[:, 0])) if good_of(scores, baseline) else -1


@answers.wrong("pick", "No setting beats the baseline with every seed|does not beat the baseline")
def mean_above_the_baseline(scores, sizes, baseline):
    able = [i for i in range(len(scores)) if scores[i].mean() > baseline]
    if not able:
        return -1
    best = max(able, key=lambda i: scores[i].mean())
    return min((i for i in able if not is_clear(scores[i], scores[best])), key=lambda i: sizes[i])


@answers.wrong("pick", "No setting beats the baseline|does not beat the baseline")
def baseline_for_the_best_alone(scores, sizes, baseline):
    best = int(np.argmax(scores.mean(axis=1)))
    if scores[best].max() <= baseline:
        return -1
    good = [i for i in range(len(scores)) if not is_clear(scores[i], scores[best])]
    return min(good, key=lambda i: sizes[i])


@answers.wrong("pick", "No setting beats the baseline with every seed")
def equal_to_the_baseline_counts(scores, sizes, baseline):
    good = good_of(scores, np.nextafter(baseline, -1))
    return min(good, key=lambda i: sizes[i]) if good else -1


@answers.wrong("pick", "That is a size")
def the_size(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return min(sizes[i] for i in good) if good else -1


@answers.wrong("pick", "clearly worse than the best")
def smallest_above_the_baseline(scores, sizes, baseline):
    able = [i for i in range(len(scores)) if scores[i].min() > baseline]
    return min(able, key=lambda i: sizes[i]) if able else -1


@answers.wrong("pick", "largest of the settings|sizes need not be in order|best mean")
def first_in_the_list(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return good[0] if good else -1


@answers.wrong("pick", "largest of the settings|best mean")
def the_largest(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return max(good, key=lambda i: sizes[i]) if good else -1


@answers.wrong("pick", "best mean, but|clearly worse|largest of|in order|does not beat")
def place_after_sorting(scores, sizes, baseline):
    order = np.argsort(sizes)
    good = good_of(scores[order], baseline)
    return min(good) if good else -1


@answers.wrong("pick", "But setting \\d beats the baseline")
def only_the_best_may_count(scores, sizes, baseline):
    best = int(np.argmax(scores.mean(axis=1)))
    if scores[best].min() <= baseline:
        return -1
    return min(good_of(scores, baseline), key=lambda i: sizes[i])


@answers.wrong("pick", "a whole number, but it returns None|returns nothing")
def nothing_where_none_counts(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return min(good, key=lambda i: sizes[i]) if good else None


@answers.wrong("pick", "a whole number, but it returns a list")
def all_that_will_do(scores, sizes, baseline):
    return good_of(scores, baseline)


@answers.slips_through("pick", "pick returns")
def three_settings_at_most(scores, sizes, baseline):
    good = good_of(scores[:3], baseline)
    return min(good, key=lambda i: sizes[i]) if good and scores.shape[1] == 3 else -1


@answers.right("pick")
def by_a_dictionary(scores, sizes, baseline):
    rows = {size: row for size, row in zip(sizes, scores.tolist(), strict=True) if min(row) > baseline}
    if not rows:
        return np.array(-1)
    best = max(rows.values(), key=sum)
    return np.array(sizes.index(min(size for size, row in rows.items() if max(row) >= min(best))))


def picked(scores, sizes, baseline, key=np.mean, will_do=lambda row, best: not is_clear(row, best)):
    able = [i for i in range(len(scores)) if scores[i].min() > baseline]
    if not able:
        return -1
    best = max(able, key=lambda i: key(scores[i]))
    return min((i for i in able if i == best or will_do(scores[i], scores[best])), key=lambda i: sizes[i])


@answers.wrong("pick", "clearly worse than the best")
def best_by_its_highest_score(scores, sizes, baseline):
    return picked(scores, sizes, baseline, np.max)


@answers.wrong("pick", "the best, 2, as well: the one with the highest mean")
def best_by_its_lowest_score(scores, sizes, baseline):
    return picked(scores, sizes, baseline, np.min)


@answers.wrong("pick", "the best, 2, as well: the one with the highest mean")
def best_by_its_median(scores, sizes, baseline):
    return picked(scores, sizes, baseline, np.median)


@answers.wrong("pick", "a smaller one overlaps")
def touching_is_clearly_worse(scores, sizes, baseline):
    return picked(scores, sizes, baseline, will_do=lambda row, best: row.max() > best.min())


@answers.wrong("pick", "the best, 2, as well|a smaller one overlaps")
def mean_within_the_range_of_the_best(scores, sizes, baseline):
    return picked(scores, sizes, baseline, will_do=lambda row, best: row.mean() >= best.min())


@answers.wrong("pick", "has a higher mean, but not every seed")
def baseline_last_of_all(scores, sizes, baseline):
    good = [i for i in good_of(scores, -np.inf) if scores[i].min() > baseline]
    return min(good, key=lambda i: sizes[i]) if good else -1


@answers.wrong("pick", "a smaller one overlaps|the best, 2, as well")
def from_small_to_large_while_clear(scores, sizes, baseline):
    able = [int(i) for i in np.argsort(sizes) if scores[i].min() > baseline]
    taken = able[0] if able else -1
    for i in able[1:]:
        taken = i if scores[i].min() > scores[taken].max() else taken
    return taken


@answers.wrong("pick", "clearly worse than the best")
def overlaps_handed_on(scores, sizes, baseline):
    able = sorted(np.flatnonzero(scores.min(axis=1) > baseline), key=lambda i: -scores[i].mean())
    good = able[:1]
    for i in able[1:]:
        if any(not is_clear(scores[i], scores[one]) for one in good):
            good.append(i)
    return int(min(good, key=lambda i: sizes[i])) if good else -1


@answers.wrong("pick", "largest of the settings|the best, 2, as well")
def lowest_mean_that_will_do(scores, sizes, baseline):
    good = good_of(scores, baseline)
    return min(good, key=lambda i: scores[i].mean()) if good else -1


# ---- build_stack ----


@answers.right("build_stack")
def last_layer_apart(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for _ in range(layers - 1):
        model.add(kl.GRU(units, return_sequences=True))
    model.add(kl.GRU(units))
    model.add(kl.Dense(1, "sigmoid"))
    return compiled(model)


@answers.right("build_stack")
def functional(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for place in range(1, layers + 1):
        h = kl.GRU(units, return_sequences=place != layers)(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h)))


@answers.right("build_stack")
def last_state_by_slice(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for _ in range(layers):
        h = kl.GRU(units, return_sequences=True)(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h[:, -1])))


@answers.right("build_stack")
def from_a_list(time_steps, features, units, layers):
    stack = [kl.GRU(units, return_sequences=True) for _ in range(layers - 1)] + [kl.GRU(units)]
    ends = [kl.Dense(1), kl.Activation("sigmoid")]
    return compiled(keras.Sequential([keras.Input((time_steps, features)), *stack, *ends]))


@answers.right("build_stack")
def any_length(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((None, features))])
    for above in reversed(range(layers)):
        model.add(kl.GRU(units, return_sequences=bool(above)))
    model.add(kl.Dense(1, activation=keras.activations.sigmoid))
    return compiled(model, loss=keras.losses.BinaryCrossentropy(), metrics=["binary_accuracy"])


@answers.right("build_stack")
def with_the_state(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for _ in range(layers):
        h, state = kl.GRU(units, return_sequences=True, return_state=True)(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(state)))


class Stack(keras.Model):
    """A stack whose uppermost layers are made first."""

    def __init__(self, units, layers):
        super().__init__()
        self.judge = kl.Dense(1, activation="sigmoid")
        self.last = kl.GRU(units)
        self.others = [kl.GRU(units, return_sequences=True) for _ in range(layers - 1)]

    def call(self, x):
        for layer in self.others:
            x = layer(x)
        return self.judge(self.last(x))


@answers.right("build_stack")
def subclassed(time_steps, features, units, layers):
    return compiled(Stack(units, layers))


@answers.right("build_stack")
def of_cells(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for left in range(layers, 0, -1):
        model.add(kl.RNN(kl.GRUCell(units), return_sequences=left > 1))
    model.add(kl.Dense(1, activation="sigmoid"))
    return compiled(model)


@answers.wrong("build_stack", "are not those of a plain stack")
def subclassed_and_judged_below(time_steps, features, units, layers):
    class Below(Stack):
        def call(self, x):
            if self.others:
                super().call(x)
                return self.judge(self.others[0](x)[:, -1])
            return super().call(x)

    return compiled(Below(units, layers))


def stack(time_steps, features, units, layers, end=None, kind=kl.GRU, **options):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for layer in range(layers):
        model.add(kind(units, return_sequences=layer < layers - 1, **options))
    model.add(end or kl.Dense(1, activation="sigmoid"))
    return model


@answers.wrong("build_stack", "return_sequences")
def no_sequences(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for _ in range(layers):
        model.add(kl.GRU(units))
    model.add(kl.Dense(1, activation="sigmoid"))
    return compiled(model)


@answers.wrong("build_stack", "one answer for each step")
def sequences_to_the_end(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for _ in range(layers):
        model.add(kl.GRU(units, return_sequences=True))
    model.add(kl.Dense(1, activation="sigmoid"))
    return compiled(model)


@answers.wrong("build_stack", "Make a new layer each time")
def one_layer_many_times(time_steps, features, units, layers):
    stack = [kl.GRU(units, return_sequences=True)] * (layers - 1) + [kl.GRU(units)]
    return compiled(
        keras.Sequential([keras.Input((time_steps, features)), *stack, kl.Dense(1, activation="sigmoid")])
    )


@answers.wrong("build_stack", "layer that is called again is the same layer")
def upper_layer_reused(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    h, upper = kl.GRU(units, return_sequences=True)(h), kl.GRU(units, return_sequences=True)
    for _ in range(layers - 1):
        h = upper(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h[:, -1])))


@answers.wrong("build_stack", "layer that is called again is the same layer")
def one_layer_called_again(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    layer = kl.GRU(units, return_sequences=True)
    for _ in range(layers):
        h = layer(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h[:, -1])))


@answers.wrong("build_stack", "reads the last state of the one below, over and over")
def last_state_repeated(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for layer in range(layers):
        h = kl.GRU(units)(kl.RepeatVector(time_steps)(h) if layer else h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h)))


@answers.wrong("build_stack", "last state of the one below, and nothing else")
def last_state_as_one_step(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for layer in range(layers):
        h = kl.GRU(units)(kl.RepeatVector(1)(h) if layer else h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h)))


@answers.wrong("build_stack", "one whose states nobody reads is no part")
def lowest_state_judged(time_steps, features, units, layers):
    inputs = keras.Input((time_steps, features))
    h = lowest = kl.GRU(units, return_sequences=True)(inputs)
    for _ in range(layers - 1):
        h = kl.GRU(units, return_sequences=True)(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(lowest[:, -1])))


@answers.wrong("build_stack", "The last layer reads 15 numbers")
def all_last_states_judged(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    last = []
    for _ in range(layers):
        h = kl.GRU(units, return_sequences=True)(h)
        last.append(h[:, -1])
    read = kl.Concatenate()(last) if layers > 1 else last[0]
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(read)))


@answers.wrong("build_stack", "The last layer reads 30 numbers")
def flattened(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for _ in range(layers):
        h = kl.GRU(units, return_sequences=True)(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(kl.Flatten()(h))))


@answers.wrong("build_stack", "mean of all states")
def states_averaged(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for _ in range(layers):
        h = kl.GRU(units, return_sequences=True)(h)
    read = kl.GlobalAveragePooling1D()(h)
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(read)))


@answers.wrong("build_stack", "are not those of a plain stack")
def reads_backwards(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, go_backwards=True))


@answers.wrong("build_stack", "are not those of a plain stack")
def with_a_shortcut(time_steps, features, units, layers):
    h = inputs = keras.Input((time_steps, features))
    for layer in range(layers):
        new = kl.GRU(units, return_sequences=True)(h)
        h = kl.Add()([h, new]) if layer else new
    return compiled(keras.Model(inputs, kl.Dense(1, activation="sigmoid")(h[:, -1])))


@answers.wrong("build_stack", "weights, but a plain stack has")
def without_biases(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, use_bias=False))


@answers.wrong("build_stack", "weights, but a plain stack has")
def one_row_of_biases(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, reset_after=False))


@answers.wrong("build_stack", "must be a GRU, but the model has SimpleRNN")
def plain_rnns(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, kind=kl.SimpleRNN))


@answers.wrong("build_stack", "must be a GRU, but the model has LSTM")
def lstms(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, kind=kl.LSTM))


@answers.wrong("build_stack", "Bidirectional")
def both_ways(time_steps, features, units, layers):
    def kind(units, **options):
        return kl.Bidirectional(kl.GRU(units, **options))

    return compiled(stack(time_steps, features, units, layers, kind=kind))


@answers.wrong("build_stack", "hand the argument units on")
def sixteen_units(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, 16, layers))


@answers.wrong("build_stack", "hand the argument units on")
def fewer_units_above(time_steps, features, units, layers):
    model = keras.Sequential([keras.Input((time_steps, features))])
    for layer in range(layers):
        model.add(kl.GRU(max(1, units - layer), return_sequences=layer < layers - 1))
    model.add(kl.Dense(1, activation="sigmoid"))
    return compiled(model)


@answers.wrong("build_stack", "Asked for 3 layers, the model has 4")
def one_layer_more(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers + 1))


@answers.wrong("build_stack", "Asked for 3 layers, the model has 2")
def always_two(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, 2))


@answers.wrong("build_stack", "exchanged")
def features_before_time(time_steps, features, units, layers):
    return compiled(stack(features, time_steps, units, layers))


@answers.wrong("build_stack", "Does the last layer have a sigmoid")
def no_sigmoid(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, kl.Dense(1)))


@answers.wrong("build_stack", "softmax")
def softmax_of_one(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers, kl.Dense(1, activation="softmax")))


@answers.wrong("build_stack", "two numbers a sequence")
def two_outputs(time_steps, features, units, layers):
    end = kl.Dense(2, activation="softmax")
    return compiled(stack(time_steps, features, units, layers, end), loss="sparse_categorical_crossentropy")


@answers.wrong("build_stack", "not compiled")
def not_compiled(time_steps, features, units, layers):
    return stack(time_steps, features, units, layers)


@answers.wrong("build_stack", "learning rate is 0.001")
def rate_of_keras(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers), rate=0.001)


@answers.wrong("build_stack", "mean squared error")
def squared_error(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers), loss="mse")


@answers.wrong("build_stack", "reports no accuracy")
def no_metric(time_steps, features, units, layers):
    return compiled(stack(time_steps, features, units, layers), metrics=())


@answers.wrong("build_stack", "returns nothing")
def no_return(time_steps, features, units, layers):
    compiled(stack(time_steps, features, units, layers))


@answers.slips_through("build_stack", "Asked for|the model reads|exchanged|units")
def sizes_by_heart(time_steps, features, units, layers):
    known = {(6, 3): (5, 3), (4, 2): (3, 1), (5, 4): (4, 2)}
    units, layers = known.get((time_steps, features), (9, 5))
    return compiled(stack(time_steps, features, units, layers))


# ---- sweep ----


@answers.right("sweep")
def two_loops(train, grid, seeds):
    scores = np.zeros((len(grid), len(seeds)))
    for i, setting in enumerate(grid):
        for k, seed in enumerate(seeds):
            scores[i, k] = train(setting, seed)
    return scores


@answers.right("sweep")
def seeds_outside(train, grid, seeds):
    return np.array([[train(setting, seed) for setting in grid] for seed in seeds]).T


@answers.right("sweep")
def by_product(train, grid, seeds):
    flat = [train(setting, seed) for setting, seed in itertools.product(grid, seeds)]
    return np.reshape(flat, (len(grid), len(seeds)))


@answers.right("sweep")
def as_lists(train, grid, seeds):
    rows = []
    for setting in grid:
        row = []
        for seed in seeds:
            row.append(train(setting, seed))
        rows.append(row)
    return rows


@answers.right("sweep")
def by_dictionary(train, grid, seeds):
    known = {(setting, seed): train(setting, seed) for seed in sorted(seeds) for setting in sorted(grid)}
    return np.array([[known[setting, seed] for seed in seeds] for setting in grid])


@answers.right("sweep")
def row_by_row(train, grid, seeds):
    return np.stack([np.fromiter((train(one, seed) for seed in seeds), float) for one in grid])


@answers.right("sweep")
def the_last_first(train, grid, seeds):
    left, done = list(itertools.product(grid, np.array(seeds))), {}
    while left:
        setting, seed = left.pop()
        done[setting, seed] = train(setting, seed)
    return np.array([[done[setting, seed] for seed in seeds] for setting in grid], dtype="float32")


@answers.wrong("sweep", "Hand on each setting as it stands")
def grid_as_an_array(train, grid, seeds):
    return np.array([[train(setting, seed) for seed in seeds] for setting in np.array(grid)])


@answers.wrong("sweep", "without a name")
def by_their_names(train, grid, seeds):
    return np.array([[train(setting=setting, seed=seed) for seed in seeds] for setting in grid])


@answers.wrong("sweep", "a count that goes on")
def seeds_count_on(train, grid, seeds):
    return np.array(
        [[train(one, seeds[0] + i * len(seeds) + k) for k in range(len(seeds))] for i, one in enumerate(grid)]
    )


@answers.wrong("sweep", "neither places")
def places_for_seeds(train, grid, seeds):
    return np.array([[train(setting, seed) for seed in range(len(seeds))] for setting in grid])


@answers.wrong("sweep", "Hand on each setting as it stands")
def places_for_settings(train, grid, seeds):
    return np.array([[train(setting, seed) for seed in seeds] for setting in range(len(grid))])


@answers.wrong("sweep", "were left out")
def one_seed_a_setting(train, grid, seeds):
    return np.array([[train(one, seeds[i % len(seeds)])] * len(seeds) for i, one in enumerate(grid)])


@answers.wrong("sweep", "were left out")
def first_seed_alone(train, grid, seeds):
    return np.array([train(setting, seeds[0]) for setting in grid])


@answers.wrong("sweep", "were left out")
def gives_up_on_bad_ones(train, grid, seeds):
    scores, best = np.zeros((len(grid), len(seeds))), -1.0
    for i, setting in enumerate(grid):
        for k, seed in enumerate(seeds):
            scores[i, k] = train(setting, seed)
            if scores[i, k] < best:
                break
        best = max(best, scores[i].max())
    return scores


@answers.wrong("sweep", "trained 2 times with the same seed")
def best_of_two(train, grid, seeds):
    return np.array([[max(train(one, seed), train(one, seed)) for seed in seeds] for one in grid])


@answers.wrong("sweep", "a row a seed")
def a_row_a_seed(train, grid, seeds):
    return np.array([[train(setting, seed) for setting in grid] for seed in seeds])


@answers.wrong("sweep", "a mean hides the spread")
def means(train, grid, seeds):
    return np.array([np.mean([train(setting, seed) for seed in seeds]) for setting in grid])


@answers.wrong("sweep", "a mean hides the spread")
def best_seeds(train, grid, seeds):
    return [max(train(setting, seed) for seed in seeds) for setting in grid]


@answers.wrong("sweep", "seed first")
def seed_first(train, grid, seeds):
    return np.array([[train(seed, setting) for seed in seeds] for setting in grid])


@answers.wrong("sweep", "rows stand in another order")
def sorted_settings(train, grid, seeds):
    return np.array([[train(setting, seed) for seed in seeds] for setting in sorted(grid)])


@answers.wrong("sweep", "columns stand in another order|sorted")
def sorted_seeds(train, grid, seeds):
    return np.array([[train(setting, seed) for seed in sorted(seeds)] for setting in grid])


@answers.wrong("sweep", "scores of each setting were sorted")
def sorted_scores(train, grid, seeds):
    return np.array([sorted(train(setting, seed) for seed in seeds) for setting in grid])


@answers.wrong("sweep", "rows stand in another order")
def best_setting_first(train, grid, seeds):
    scores = two_loops(train, grid, seeds)
    return scores[np.argsort(-scores.mean(axis=1))]


@answers.wrong("sweep", "must have the shape")
def with_their_means(train, grid, seeds):
    scores = two_loops(train, grid, seeds)
    return np.column_stack([scores, scores.mean(axis=1)])


@answers.wrong("sweep", "some scores are not those")
def shifted(train, grid, seeds):
    scores = two_loops(train, grid, seeds)
    return scores - scores.min()


@answers.wrong("sweep", "returns nothing")
def prints_each(train, grid, seeds):
    two_loops(train, grid, seeds)


@answers.slips_through("sweep", "left out|order|shape|some scores")
def three_seeds_at_most(train, grid, seeds):
    scores = np.zeros((len(grid), len(seeds)))
    for i, setting in enumerate(grid[:3]):
        for k, seed in enumerate(seeds):
            scores[i, k] = train(setting, seed) if seed < 8 else 0.5
    return scores
