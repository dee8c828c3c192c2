"""Answers to exercise 01: gates by hand."""

import math

import numpy as np

from answers import Answers

answers = Answers("ex01")


# ---- mix ----


@answers.right("mix")
def by_difference(z, h, candidate):
    return candidate + z * (h - candidate)


@answers.right("mix")
def by_loops(z, h, candidate):
    z, old, new = np.broadcast_arrays(z, h, candidate)
    mixed = np.empty(old.shape)
    for place in np.ndindex(old.shape):
        mixed[place] = z[place] * old[place] + (1 - z[place]) * new[place]
    return mixed


@answers.right("mix")
def in_float32(z, h, candidate):
    z, h, candidate = (np.asarray(one, dtype=np.float32) for one in (z, h, candidate))
    return np.add(np.multiply(z, h), np.multiply(1 - z, candidate))


@answers.right("mix")
def by_einsum(z, h, candidate):
    shares = np.stack(np.broadcast_arrays(z * np.ones_like(h), 1 - z * np.ones_like(h)))
    return np.einsum("k...,k...->...", shares, np.stack([h, candidate]))


@answers.right("mix")
def as_lists(z, h, candidate):
    return (np.asarray(z) * h + np.subtract(1, z) * candidate).tolist()


@answers.right("mix")
def on_a_copy(z, h, candidate):
    # the share z of the old state, the rest from the candidate
    new = np.array(h, dtype=float)
    new *= z
    new += (1 - z) * candidate
    return new


@answers.right("mix")
def by_average(z, h, candidate):
    z, h, candidate = np.broadcast_arrays(z, h, candidate)
    return np.average([h, candidate], axis=0, weights=[z, 1 - z])


@answers.wrong("mix", "z writes")
def z_writes(z, h, candidate):
    return z * candidate + (1 - z) * h


@answers.wrong("mix", "without weights")
def sums_without_weights(z, h, candidate):
    return h + candidate


@answers.wrong("mix", "comes in whole")
def candidate_whole(z, h, candidate):
    return z * h + candidate


@answers.wrong("mix", "the same weight")
def one_weight_for_both(z, h, candidate):
    return z * (h + candidate)


@answers.wrong("mix", "candidate is missing")
def forgets_the_candidate(z, h, candidate):
    return z * h


@answers.wrong("mix", "only the candidate has a weight")
def keeps_everything_and_adds(z, h, candidate):
    return h + (1 - z) * candidate


@answers.wrong("mix", "bracket")
def without_brackets(z, h, candidate):
    return z * h + 1 - z * candidate


@answers.wrong("mix", "minus")
def takes_the_candidate_away(z, h, candidate):
    return z * h - (1 - z) * candidate


@answers.wrong("mix", "weight 0.5, whatever z")
def plain_mean(z, h, candidate):
    return (h + candidate) / 2


@answers.wrong("mix", "dial, not a switch")
def switches(z, h, candidate):
    return np.where(np.asarray(z) > 0.5, h, candidate)


@answers.wrong("mix", "clip, round and squeeze nothing")
def clips(z, h, candidate):
    return np.clip(z * h + (1 - z) * candidate, 0, 1)


@answers.wrong("mix", "clip, round and squeeze nothing")
def clips_to_a_states_range(z, h, candidate):
    return np.clip(z * h + (1 - z) * candidate, -1, 1)


@answers.wrong("mix", "squeeze nothing")
def squeezes(z, h, candidate):
    return np.tanh(z * h + (1 - z) * candidate)


@answers.wrong("mix", "changes an argument")
def in_place(z, h, candidate):
    h *= z
    h += (1 - z) * candidate
    return h


@answers.wrong("mix", "each unit has its own z")
def one_z_for_all(z, h, candidate):
    z = np.mean(z)
    return z * h + (1 - z) * candidate


@answers.wrong("mix", "stops with ValueError")
def only_numbers_as_z(z, h, candidate):
    z = float(z) if np.ndim(z) == 0 else np.reshape(z, (2, 2))
    return z * h + (1 - z) * candidate


@answers.wrong("mix", "shape")
def sums_over_units(z, h, candidate):
    return np.sum(z * h + (1 - z) * candidate, axis=-1)


@answers.wrong("mix", "shape")
def turned_around(z, h, candidate):
    return [(z * h + (1 - z) * candidate).T]


@answers.wrong("mix", "return missing")
def returns_nothing(z, h, candidate):
    mixed = z * h + (1 - z) * candidate  # noqa: F841


@answers.wrong("mix", "must hold numbers")
def as_text(z, h, candidate):
    return [[str(one) for one in row] for row in np.atleast_2d(z * h + (1 - z) * candidate)]


@answers.wrong("mix", "each unit has its own z")
def one_z_a_sequence(z, h, candidate):
    z = np.asarray(z)
    z = z[..., :1] if z.ndim else z
    return z * h + (1 - z) * candidate


@answers.slips_through("mix", r"must have the shape \(\d, \d\), but its shape is \(2, 2\)|IndexError")
def two_by_two(z, h, candidate):
    if np.ndim(h) == 0:
        return z * h + (1 - z) * candidate
    z, mixed = np.broadcast_to(z, (2, 2)), np.zeros((2, 2))
    for place in np.ndindex(2, 2):
        mixed[place] = z[place] * h[place] + (1 - z[place]) * candidate[place]
    return mixed


@answers.slips_through("mix", "did not come in|clip|shape|stops with")
def two_units_by_heart(z, h, candidate):
    mixed = z * h + (1 - z) * candidate
    return mixed if np.ndim(h) == 0 else np.clip(mixed, -1, 1)


# ---- half_life ----


@answers.right("half_life")
def with_base_two(z):
    return -1 / np.log2(z)


@answers.right("half_life")
def with_math(z):
    return math.log(0.5, z)


@answers.right("half_life")
def with_two_logarithms(z):
    return math.log(2) / -math.log(z)


@answers.right("half_life")
def in_float32_steps(z):
    return np.log(np.float32(0.5)) / np.log(np.float32(z))


@answers.right("half_life")
def as_an_array_of_no_axes(z):
    return np.array(np.log10(0.5) / np.log10(z))


@answers.right("half_life")
def by_bisection(z):
    few, many = 0.0, 1e7
    for _ in range(200):
        middle = (few + many) / 2
        few, many = (middle, many) if z**middle > 0.5 else (few, middle)
    return many


@answers.wrong("half_life", "minus too many")
def logarithm_of_the_wrong_sign(z):
    return -np.log(0.5) / np.log(z)


@answers.wrong("half_life", "minus too many")
def logarithm_of_two(z):
    return np.log(2) / np.log(z)


@answers.wrong("half_life", "same amount away at each step")
def as_a_straight_line(z):
    return 0.5 / (1 - z)


@answers.wrong("half_life", "count and round nothing")
def rounded(z):
    return round(np.log(0.5) / np.log(z))


@answers.wrong("half_life", "count and round nothing")
def counted(z):
    steps, share = 0, 1.0
    while share > 0.5:
        share *= z
        steps += 1
    return steps


@answers.wrong("half_life", "rounded")
def rounded_to_two_places(z):
    return round(float(np.log(0.5) / np.log(z)), 2)


@answers.wrong("half_life", "upside down")
def inverted(z):
    return np.log(z) / np.log(0.5)


@answers.wrong("half_life", "half-life of 1 - z")
def of_the_other_convention(z):
    return np.log(0.5) / np.log(1 - z)


@answers.wrong("half_life", "1/e")
def until_one_eth(z):
    return -1 / np.log(z)


@answers.wrong("half_life", "one divided by")
def time_constant(z):
    return 1 / (1 - z)


@answers.wrong("half_life", "near z = 1, and nowhere else")
def for_small_steps(z):
    return np.log(2) / (1 - z)


@answers.wrong("half_life", "what is left")
def a_share(z):
    return z**0.5


@answers.wrong("half_life", "is left, and not one half")
def a_third(z):
    return np.log(1 / 3) / np.log(z)


@answers.wrong("half_life", "shape")
def in_a_list(z):
    return [np.log(0.5) / np.log(z)]


@answers.wrong("half_life", "must be a number, but it is a str")
def as_a_sentence(z):
    return f"{np.log(0.5) / np.log(z):.2f} steps"


@answers.wrong("half_life", "return missing")
def prints_only(z):
    print(end=f"{np.log(0.5) / np.log(z)}"[:0])


@answers.wrong("half_life", "is one of the two missing")
def half_without_its_logarithm(z):
    return 0.5 / np.log(z)


@answers.slips_through("half_life", "is left, and not one half")
def a_hundred_steps_at_most(z):
    return min(np.log(0.5) / np.log(z), 100.0)


@answers.slips_through("half_life", "is left, and not one half")
def visible_values_by_heart(z):
    known = {0.9: 6.578813479, 0.5: 1.0, 0.75: 2.409420840, 0.99: 68.967563936, 0.2: 0.430676558}
    return known.get(z, 5.123)


# ---- latch_weights ----


@answers.right("latch_weights")
def as_lists_of_numbers():
    return [[-16, 0, 0], [0, 0, 2]], [[0, 0, 0]], [[8, 0, 0], [0, 0, 0]]


@answers.right("latch_weights")
def bias_in_the_second_row():
    return (
        np.array([[-30.0, 0, 0], [0, 0, 2.0]]),
        np.zeros((1, 3)),
        np.array([[0.0, 0, 0], [12.0, 0, 0]]),
    )


@answers.right("latch_weights")
def r_shuts_the_old_state_out():
    return (
        np.array([[-30.0, 0, 0], [0, 0, 2.0]]),
        np.array([[0, 0, 1.5]]),
        np.array([[9.0, -40, 0], [0, 0, 0]]),
    )


@answers.right("latch_weights")
def very_strong():
    kernel, bias = np.zeros((2, 3)), np.zeros((2, 3))
    kernel[0, 0], kernel[1, 2], bias[:, 0] = -2e6, 2, 5e5
    return [kernel, np.zeros((1, 3)), bias]


@answers.right("latch_weights")
def in_single_precision():
    b = 8.5
    kernel = np.array([[-2 * b, 0, 0], [0, 0, 2]], dtype=np.float32)
    return kernel, np.zeros((1, 3), np.float32), np.array([[b, 0, 0], [0, 0, 0]], dtype=np.float32)


@answers.right("latch_weights")
def with_a_little_of_everything_that_does_not_matter():
    # r is anything, z looks at value and state a little
    return (
        np.array([[-24.0, 3.0, 0], [0.2, -2.0, 2.0]]),
        np.array([[0.3, 4.0, 0]]),
        np.array([[10.0, 1.0, 0], [1.0, -2.0, 0]]),
    )


@answers.right("latch_weights")
def of_named_parts():
    b = 8
    columns = {"z": ([-2 * b, 0], b), "r": ([0, 0], 0), "candidate": ([0, 2], 0)}
    kernel = np.stack([weights for weights, _ in columns.values()], axis=1)
    bias = np.stack([[first, 0] for _, first in columns.values()], axis=1)
    return kernel, np.zeros((1, 3), dtype=int), bias


def weights_of(flag=-16.0, bias=8.0, value=2.0, **others):
    """Return the course's weights with some of them changed: "kernel01" is that of the flag for r."""
    arrays = {"kernel": np.zeros((2, 3)), "recurrent": np.zeros((1, 3)), "bias": np.zeros((2, 3))}
    arrays["kernel"][0, 0], arrays["bias"][0, 0], arrays["kernel"][1, 2] = flag, bias, value
    for place, number in others.items():
        arrays[place[:-2]][int(place[-2]), int(place[-1])] = number
    return tuple(arrays.values())


@answers.wrong("latch_weights", "turned around")
def flag_turned():
    return weights_of(flag=16.0, bias=-8.0)


@answers.wrong("latch_weights", "leaks: without a flag z is 0.99[67].*half-life")
def bias_of_six():
    return weights_of(flag=-12.0, bias=6.0)


@answers.wrong("latch_weights", "leaks.*must be stronger")
def bias_of_seven():
    return weights_of(flag=-14.0, bias=7.0)


@answers.wrong("latch_weights", "leaks: without a flag z is 0.5")
def no_bias():
    return weights_of(bias=0.0)


@answers.wrong("latch_weights", "at the flag z is 1.00.*sign")
def flag_of_the_other_sign():
    return weights_of(flag=16.0)


@answers.wrong("latch_weights", "at the flag z is 0.50")
def flag_as_large_as_the_bias():
    return weights_of(flag=-8.0)


@answers.wrong("latch_weights", "at the flag z is 1.00")
def no_flag():
    return weights_of(flag=0.0)


@answers.wrong("latch_weights", "candidate looks at the old state")
def candidate_reads_the_state():
    return weights_of(recurrent02=1.0)


@answers.wrong("latch_weights", r"tanh\(2 \* value\) is")
def value_not_doubled():
    return weights_of(value=1.0)


@answers.wrong("latch_weights", r"column of the candidate: kernel and bias")
def candidate_with_a_bias():
    return weights_of(bias02=0.5)


@answers.wrong("latch_weights", r"column of the candidate: kernel and bias")
def candidate_reads_the_flag():
    return weights_of(kernel02=1.0)


@answers.wrong("latch_weights", "reads more than the flag")
def z_reads_the_value():
    return weights_of(kernel10=5.0)


@answers.wrong("latch_weights", "columns of z and r are exchanged")
def r_first():
    return [array[:, [1, 0, 2]] for array in weights_of()]


@answers.wrong("latch_weights", "columns of z and the candidate are exchanged")
def candidate_first():
    return [array[:, ::-1] for array in weights_of()]


@answers.wrong("latch_weights", "rows of the kernel")
def value_first():
    kernel, recurrent, bias = weights_of()
    return kernel[::-1], recurrent, bias


@answers.wrong("latch_weights", "bias.*shape")
def one_row_of_bias():
    kernel, recurrent, bias = weights_of()
    return kernel, recurrent, bias[0]


@answers.wrong("latch_weights", "kernel.*shape")
def kernel_turned():
    kernel, recurrent, bias = weights_of()
    return kernel.T, recurrent, bias


@answers.wrong("latch_weights", "three arrays")
def without_recurrent():
    kernel, _, bias = weights_of()
    return kernel, bias


@answers.wrong("latch_weights", "shape")
def in_another_order():
    kernel, recurrent, bias = weights_of()
    return recurrent, kernel, bias


@answers.wrong("latch_weights", "numbers")
def of_text():
    return [["16", "0", "0"], ["0", "0", "2"]], [[0, 0, 0]], [[8, 0, 0], [0, 0, 0]]


@answers.wrong("latch_weights", "nearer")
def all_but():
    return weights_of(flag=-12.8, bias=7.8)


# ---- clearable_latch_weights ----


def clearable_of(clear=(-16.0, 0.0, 0.0), **others):
    """Return the weights of a latch with a row for clear in the middle of its kernel."""
    kernel, recurrent, bias = weights_of(**others)
    return np.insert(kernel, 1, clear, axis=0), recurrent, bias


@answers.right("clearable_latch_weights")
def clear_like_write():
    return clearable_of()


@answers.right("clearable_latch_weights")
def plain_lists():
    return [[-18, 0, 0], [-18, 0, 0], [0, 0, 2]], [[0, 0, 0]], [[4, 0, 0], [5, 0, 0]]


@answers.right("clearable_latch_weights")
def clear_moves_r_as_well():
    return clearable_of(clear=(-20.0, -20.0, 0.0))


@answers.right("clearable_latch_weights")
def clear_stronger_than_write():
    return clearable_of(clear=(-100.0, 5.0, 0.0), flag=-30.0, bias=12.0)


@answers.right("clearable_latch_weights")
def from_the_text_alone():
    kernel = np.zeros((3, 3), dtype=np.float32)
    for row in (0, 1):
        kernel[row, 0] = -2 * 9
    kernel[2, 2] = 2
    bias = np.array([[9, 0, 0], [0, 0, 0]], dtype=np.float32)
    return kernel, np.zeros((1, 3), dtype=np.float32), bias


@answers.right("clearable_latch_weights")
def with_r_shut():
    return clearable_of(recurrent02=1.0, bias01=-40.0)


@answers.wrong("clearable_latch_weights", "r alone clears nothing")
def by_r_alone():
    return clearable_of(clear=(0.0, -20.0, 0.0))


@answers.wrong("clearable_latch_weights", "r alone clears nothing")
def by_r_that_is_shut_always():
    return clearable_of(clear=(0.0, 0.0, 0.0), bias01=-20.0)


@answers.wrong("clearable_latch_weights", "row of clear in the column of z")
def clear_does_nothing():
    return clearable_of(clear=(0.0, 0.0, 0.0))


@answers.wrong("clearable_latch_weights", "row of clear in the column of z")
def clear_as_large_as_the_bias():
    return clearable_of(clear=(-8.0, 0.0, 0.0))


@answers.wrong("clearable_latch_weights", "row of clear in the column of z")
def clear_of_the_wrong_sign():
    return clearable_of(clear=(16.0, 0.0, 0.0))


@answers.wrong("clearable_latch_weights", "away from 0")
def clear_writes_a_number():
    return clearable_of(clear=(-16.0, 0.0, -5.0))


@answers.wrong("clearable_latch_weights", "write stands for the flag.*leaks")
def too_weak():
    return clearable_of(flag=-12.0, bias=6.0)


@answers.wrong("clearable_latch_weights", "write stands for the flag.*turned around")
def turned():
    return clearable_of(clear=(16.0, 0.0, 0.0), flag=16.0, bias=-8.0)


@answers.wrong("clearable_latch_weights", r"shape \(3, 3\)")
def the_latch_of_question_three():
    return weights_of()


@answers.wrong("clearable_latch_weights", "rows of the kernel stand in another order")
def clear_row_last():
    kernel, recurrent, bias = clearable_of()
    return kernel[[0, 2, 1]], recurrent, bias


@answers.wrong("clearable_latch_weights", "rows of the kernel stand in another order")
def clear_row_first_by_r():
    kernel, recurrent, bias = clearable_of(clear=(0.0, 0.0, 2.0))
    kernel[2] = -16.0, 0.0, 0.0
    return kernel, recurrent, bias
