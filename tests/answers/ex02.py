"""Answers to exercise 02: the cell in NumPy."""

import math

import numpy as np
from scipy.special import expit

from answers import Answers

answers = Answers("ex02")


# ---- question 1 ----


@answers.right("sigmoid")
def by_tanh(a):
    return (1 + np.tanh(a / 2)) / 2


@answers.right("sigmoid")
def by_scipy(a):
    return expit(a)


@answers.right("sigmoid")
def by_two_signs(a):
    out = np.empty_like(a)
    up = a >= 0
    out[up] = 1 / (1 + np.exp(-a[up]))
    small = np.exp(a[~up])
    out[~up] = small / (1 + small)
    return out


@answers.right("sigmoid")
def by_a_limit(a):
    return 1 / (1 + np.exp(-np.clip(a, -30, 30)))


@answers.right("sigmoid")
def in_silence(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))


@answers.right("sigmoid")
def by_logaddexp(a):
    return np.exp(-np.logaddexp(0, -a))


@answers.right("sigmoid")
def number_by_number(a):
    def one(number):
        if number < 0:
            return math.exp(number) / (1 + math.exp(number))
        return 1 / (1 + math.exp(-number))

    return np.array([one(float(number)) for number in a.ravel()]).reshape(a.shape)


@answers.right("sigmoid")
def in_float32(a):
    small = np.exp(-np.abs(a.astype(np.float32)))
    return np.where(a < 0, small, np.float32(1)) / (1 + small)


@answers.right("sigmoid")
def as_a_list(a):
    return (0.5 * np.tanh(0.5 * a) + 0.5).tolist()


@answers.wrong("sigmoid", "warning comes up.*overflow")
def as_it_stands(a):
    return 1 / (1 + np.exp(-a))


@answers.wrong("sigmoid", "nan.*np.exp of a large positive")
def exp_over_exp(a):
    return np.exp(a) / (1 + np.exp(a))


@answers.wrong("sigmoid", "warning comes up.*overflow")
def both_sides_everywhere(a):
    return np.where(a >= 0, 1 / (1 + np.exp(-a)), np.exp(a) / (1 + np.exp(a)))


@answers.wrong("sigmoid", "is that tanh")
def tanh(a):
    return np.tanh(a)


@answers.wrong("sigmoid", "from 1 to 0.*sign in the exponent")
def falls(a):
    return 1 / (1 + np.exp(np.clip(a, -50, 50)))


@answers.wrong("sigmoid", "too steep")
def tanh_of_all(a):
    return (1 + np.tanh(a)) / 2


@answers.wrong("sigmoid", "from -1 to 1")
def tanh_of_half(a):
    return np.tanh(a / 2)


@answers.wrong("sigmoid", "limited too early")
def limited_too_early(a):
    return 1 / (1 + np.exp(-np.clip(a, -8, 8)))


@answers.wrong("sigmoid", "float32.*89")
def limited_for_float64_only(a):
    return 1 / (1 + np.exp(-np.clip(a, -700, 700)))


@answers.wrong("sigmoid", "both signs give the same")
def of_the_size_alone(a):
    return 1 / (1 + np.exp(-np.abs(a)))


@answers.wrong("sigmoid", "OverflowError.*exp")
def math_exp(a):
    return np.array([1 / (1 + math.exp(-number)) for number in a.ravel()]).reshape(a.shape)


@answers.wrong("sigmoid", "nothing")
def no_return(a):
    small = np.exp(-np.abs(a))
    np.where(a >= 0, 1, small) / (1 + small)


@answers.wrong("sigmoid", "changes an argument")
def in_place(a):
    np.clip(a, -30, 30, out=a)
    return 1 / (1 + np.exp(-a))


@answers.wrong("sigmoid", "shape")
def flattened(a):
    return np.array([(1 + math.tanh(number / 2)) / 2 for number in a.ravel()])


@answers.wrong("sigmoid", "softmax")
def softmax(a):
    shares = np.exp(a - a.max())
    return shares / shares.sum()


@answers.wrong("sigmoid", "hard_sigmoid")
def hard(a):
    return np.clip(a / 6 + 0.5, 0, 1)


@answers.wrong("sigmoid", "a fraction")
def exp_alone(a):
    return np.exp(np.clip(a, -80, 80))


@answers.wrong("sigmoid", "OverflowError|too early|warning|ambiguous|TypeError")
def one_number_only(a):
    return 1 / (1 + math.exp(-a))


@answers.wrong("sigmoid", "by the formula; yours gives")
def base_two(a):
    return 1 / (1 + np.exp2(-np.clip(a, -100, 100)))


@answers.wrong("sigmoid", r"0\.88079708 by the formula; yours gives 0\.8808\. is something rounded")
def rounded(a):
    return np.round((1 + np.tanh(a / 2)) / 2, 4)


@answers.wrong("sigmoid", "are the decimals cut off")
def of_the_kind_of_the_first(a):
    return np.vectorize(lambda number: 1 if number > 1 else 1 / (1 + math.exp(-number)))(np.maximum(a, -50))


@answers.slips_through("sigmoid", "A step from 0 to 1 has no slope")
def visible_values_only(a):
    if np.abs(a).max() < 7 or 1000 in a:
        return (1 + np.tanh(a / 2)) / 2
    return (a > 0) * 1.0


# ---- question 2 ----


@answers.right("parameter_count")
def from_shapes(units, features, use_bias=True, reset_after=True):
    kernel, recurrent = np.zeros((features, 3 * units)), np.zeros((units, 3 * units))
    bias = np.zeros((2, 3 * units) if reset_after else 3 * units)
    return kernel.size + recurrent.size + use_bias * bias.size


@answers.right("parameter_count")
def gate_by_gate(units, features, use_bias=True, reset_after=True):
    count = 0
    for _ in range(3):
        count += units * (units + features)
        if use_bias:
            count += units
            if reset_after:
                count += units
    return count


@answers.right("parameter_count")
def one_product(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units + use_bias * (1 + reset_after))


@answers.right("parameter_count")
def numpy_integer(units, features, use_bias=True, reset_after=True):
    rows = np.int64(0) if not use_bias else np.int64(2) if reset_after else np.int64(1)
    return np.prod([3, units, features + units + rows])


@answers.right("parameter_count")
def by_table(units, features, use_bias=True, reset_after=True):
    rows = {(True, True): 2, (True, False): 1, (False, True): 0, (False, False): 0}[use_bias, reset_after]
    return sum(3 * units * rows_of_block for rows_of_block in (features, units, rows))


@answers.wrong("parameter_count", "9,312 has one row of biases.*two")
def one_row(units, features, use_bias=True, reset_after=True):
    return 3 * (features * units + units * units + use_bias * units)


@answers.wrong("parameter_count", "has no biases")
def no_bias(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units)


@answers.wrong("parameter_count", "four blocks")
def four_blocks(units, features, use_bias=True, reset_after=True):
    return 4 * units * (features + units + use_bias)


@answers.wrong("parameter_count", "exchanged")
def sizes_exchanged(units, features, use_bias=True, reset_after=True):
    return 3 * features * (features + units + use_bias * (1 + reset_after))


@answers.wrong("parameter_count", "reset_after=False.*two rows of biases.*one")
def reset_after_ignored(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units + 2 * use_bias)


@answers.wrong("parameter_count", "use_bias=False.*two rows of biases.*none")
def use_bias_ignored(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units + (2 if reset_after else 1))


@answers.wrong("parameter_count", "one block only")
def one_block(units, features, use_bias=True, reset_after=True):
    return units * (features + units + use_bias * (1 + reset_after))


@answers.wrong("parameter_count", "lacks the recurrent matrix")
def no_recurrent(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + use_bias * (1 + reset_after))


@answers.wrong("parameter_count", "lacks the kernel")
def no_kernel(units, features, use_bias=True, reset_after=True):
    return 3 * units * (units + use_bias * (1 + reset_after))


@answers.wrong("parameter_count", "biases of one block")
def biases_of_one_block(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units) + use_bias * (1 + reset_after) * units


@answers.wrong("parameter_count", "one bias a row")
def one_bias_a_row(units, features, use_bias=True, reset_after=True):
    return 3 * units * (features + units) + use_bias * (1 + reset_after)


@answers.wrong("parameter_count", "whole number.*float")
def a_float(units, features, use_bias=True, reset_after=True):
    return 3.0 * units * (features + units + use_bias * (1 + reset_after))


@answers.wrong("parameter_count", "whole number.*str")
def a_text(units, features, use_bias=True, reset_after=True):
    return f"{3 * units * (features + units + use_bias * (1 + reset_after)):,}"


@answers.wrong("parameter_count", "nothing")
def printed(units, features, use_bias=True, reset_after=True):
    print(3 * units * (features + units + use_bias * (1 + reset_after)))


@answers.slips_through("parameter_count", "is not their number")
def counts_by_heart(units, features, use_bias=True, reset_after=True):
    if units == 4:
        return 108
    return (9408 if reset_after else 9312) if use_bias else 9216


# ---- question 3 ----


def gate(a):
    return (1 + np.tanh(a / 2)) / 2


@answers.right("gru_step")
def matrix_by_matrix(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    wz, wr, wc = kernel[:, :n], kernel[:, n : 2 * n], kernel[:, 2 * n :]
    uz, ur, uc = recurrent[:, :n], recurrent[:, n : 2 * n], recurrent[:, 2 * n :]
    if not reset_after:
        z = gate(x @ wz + h @ uz + bias[:n])
        r = gate(x @ wr + h @ ur + bias[n : 2 * n])
        return z * h + (1 - z) * np.tanh(x @ wc + (r * h) @ uc + bias[2 * n :])
    z = gate(x @ wz + bias[0, :n] + h @ uz + bias[1, :n])
    r = gate(x @ wr + bias[0, n : 2 * n] + h @ ur + bias[1, n : 2 * n])
    return z * h + (1 - z) * np.tanh(x @ wc + bias[0, 2 * n :] + r * (h @ uc + bias[1, 2 * n :]))


@answers.right("gru_step")
def by_einsum(x, h, kernel, recurrent, bias, reset_after=True):
    n = h.shape[1]
    k, u = kernel.reshape(-1, 3, n), recurrent.reshape(n, 3, n)
    b = np.stack([bias, np.zeros_like(bias)]) if bias.ndim == 1 else bias
    b = b.reshape(2, 3, n)
    said_x = np.einsum("nf,fgu->gnu", x, k) + b[0][:, None]
    said_h = np.einsum("nv,vgu->gnu", h, u) + b[1][:, None]
    z, r = gate(said_x[:2] + said_h[:2])
    seen = r * said_h[2] if reset_after else np.einsum("nv,vu->nu", r * h, u[:, 2])
    return h + (1 - z) * (np.tanh(said_x[2] + seen) - h)


@answers.right("gru_step")
def sample_by_sample(x, h, kernel, recurrent, bias, reset_after=True):
    n, new = len(recurrent), []
    for one, old in zip(x, h, strict=True):
        if reset_after:
            a, b = one @ kernel + bias[0], old @ recurrent + bias[1]
        else:
            a, b = one @ kernel + bias, old @ recurrent
        z, r = expit(a[:n] + b[:n]), expit(a[n : 2 * n] + b[n : 2 * n])
        c = np.tanh(a[2 * n :] + (r * b[2 * n :] if reset_after else (r * old) @ recurrent[:, 2 * n :]))
        new.append(z * old + (1 - z) * c)
    return np.array(new)


@answers.right("gru_step")
def one_product_for_gates(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    both, weights = np.hstack([x, h]), np.vstack([kernel, recurrent])
    shared = bias.sum(axis=0) if reset_after else bias
    gates = gate(both @ weights[:, : 2 * n] + shared[: 2 * n])
    z, r = np.hsplit(gates, 2)
    if reset_after:
        c = np.tanh(x @ kernel[:, -n:] + bias[0, -n:] + r * (h @ recurrent[:, -n:] + bias[1, -n:]))
    else:
        c = np.tanh(np.hstack([x, r * h]) @ weights[:, -n:] + bias[-n:])
    return z * h + c - z * c


@answers.right("gru_step")
def float32_throughout(x, h, kernel, recurrent, bias, reset_after=True):
    x, h, kernel, recurrent, bias = (one.astype("float32") for one in (x, h, kernel, recurrent, bias))
    b_x, b_h = (bias[0], bias[1]) if reset_after else (bias, np.zeros_like(bias))
    x_z, x_r, x_c = np.split(x @ kernel + b_x, 3, axis=1)
    h_z, h_r, h_c = np.split(h @ recurrent + b_h, 3, axis=1)
    z, r = gate(x_z + h_z), gate(x_r + h_r)
    if not reset_after:
        h_c = (r * h) @ np.split(recurrent, 3, axis=1)[2]
        r = np.ones_like(r)
    return z * h + (1 - z) * np.tanh(x_c + r * h_c)


@answers.right("gru_step")
def number_by_number_to_a_list(x, h, kernel, recurrent, bias, reset_after=True):
    n = len(recurrent)
    rows = bias if reset_after else [bias, [0] * (3 * n)]
    new = []
    for i in range(len(x)):
        a = [sum(x[i] * kernel[:, j]) + rows[0][j] for j in range(3 * n)]
        b = [sum(h[i] * recurrent[:, j]) + rows[1][j] for j in range(3 * n)]
        z = [1 / (1 + math.exp(-a[j] - b[j])) for j in range(n)]
        r = [1 / (1 + math.exp(-a[n + j] - b[n + j])) for j in range(n)]
        row = []
        for j in range(n):
            before = sum(r[k] * h[i, k] * recurrent[k, 2 * n + j] for k in range(n))
            seen = r[j] * b[2 * n + j] if reset_after else before
            row.append(z[j] * h[i, j] + (1 - z[j]) * math.tanh(a[2 * n + j] + seen))
        new.append(row)
    return new


def parts(x, h, kernel, recurrent, bias, reset_after=True):
    """Return z, r, candidate of a right step."""
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0)
    a, b = x @ kernel + b_x, h @ recurrent + b_h
    z, r = gate(a[:, :n] + b[:, :n]), gate(a[:, n : 2 * n] + b[:, n : 2 * n])
    seen = r * b[:, 2 * n :] if reset_after else (r * h) @ recurrent[:, 2 * n :]
    return z, r, np.tanh(a[:, 2 * n :] + seen)


def stepped(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * h + (1 - z) * candidate


@answers.wrong("gru_step", "z writes with yours. Here z keeps")
def z_writes(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return (1 - z) * h + z * candidate


@answers.wrong("gru_step", "z and r stand exchanged")
def gates_swapped(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    turned = np.r_[n : 2 * n, :n, 2 * n : 3 * n]
    return stepped(x, h, kernel[:, turned], recurrent[:, turned], bias[..., turned], reset_after)


@answers.wrong("gru_step", "another order.*z, r, candidate")
def candidate_first(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    turned = np.r_[n : 3 * n, :n]
    return stepped(x, h, kernel[:, turned], recurrent[:, turned], bias[..., turned], reset_after)


@answers.wrong("gru_step", "candidate went through sigmoid")
def sigmoid_for_tanh(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * h + (1 - z) * gate(np.arctanh(candidate))


@answers.wrong("gru_step", "gates went through tanh")
def tanh_for_sigmoid(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0)
    a, b = x @ kernel + b_x, h @ recurrent + b_h
    z, r = np.tanh(a[:, :n] + b[:, :n]), np.tanh(a[:, n : 2 * n] + b[:, n : 2 * n])
    seen = r * b[:, 2 * n :] if reset_after else (r * h) @ recurrent[:, 2 * n :]
    return z * h + (1 - z) * np.tanh(a[:, 2 * n :] + seen)


@answers.wrong("gru_step", "no function at all.*tanh")
def no_tanh(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * h + (1 - z) * np.arctanh(candidate)


@answers.wrong("gru_step", "reset_after=True r stands before the product")
def always_before(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias.sum(axis=0) if reset_after else bias, False)


@answers.wrong("gru_step", "reset_after=False r stands after the product")
def always_after(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias if reset_after else np.stack([bias, 0 * bias]), True)


@answers.wrong("gru_step", "unpack.*one row")
def reset_after_not_looked_at(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias, True)


@answers.wrong("gru_step", "as with reset_after=True.*handed on")
def numbers_for_rows(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    a, b = x @ kernel + bias[0], h @ recurrent + bias[1]
    z, r = gate(a[:, :n] + b[:, :n]), gate(a[:, n : 2 * n] + b[:, n : 2 * n])
    return z * h + (1 - z) * np.tanh(a[:, 2 * n :] + r * b[:, 2 * n :])


@answers.wrong("gru_step", "row 1 of the candidate's bias is outside")
def bias_outside(x, h, kernel, recurrent, bias, reset_after=True):
    if reset_after:
        bias = np.stack([bias.sum(axis=0), 0 * bias[0]])
    return stepped(x, h, kernel, recurrent, bias, reset_after)


@answers.wrong("gru_step", "row 1 of the bias, the one beside the state, is missing")
def no_row_1(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias * [[1], [0]] if reset_after else bias, reset_after)


@answers.wrong("gru_step", "row 0 of the bias, the one beside the input, is missing")
def no_row_0(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias * [[0], [1]] if reset_after else bias, reset_after)


@answers.wrong("gru_step", "both rows of the bias are missing")
def no_bias_at_all(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, 0 * bias, reset_after)


@answers.wrong("gru_step", "reset_after=False the bias is missing")
def no_bias_before(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias if reset_after else 0 * bias, reset_after)


@answers.wrong("gru_step", "rows of the bias are exchanged")
def rows_exchanged(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias[::-1] if reset_after else bias, reset_after)


@answers.wrong("gru_step", "r acts nowhere")
def no_reset(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0)
    z, said = gate, x @ kernel + b_x + h @ recurrent + b_h
    z = gate(said[:, :n])
    return z * h + (1 - z) * np.tanh(said[:, 2 * n :])


@answers.wrong("gru_step", "r also scales what the input says")
def resets_the_input_too(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    z, r, _ = parts(x, h, kernel, recurrent, bias, reset_after)
    b_x, b_h = bias if reset_after else (bias, 0)
    return z * h + (1 - z) * np.tanh(r * (x @ kernel + b_x + h @ recurrent + b_h)[:, 2 * n :])


@answers.wrong("gru_step", "gates look at the input alone")
def gates_without_state(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0 * bias)
    said = x @ kernel + b_x
    z, r = gate(said[:, :n]), gate(said[:, n : 2 * n])
    seen = h @ recurrent[:, 2 * n :] + b_h[2 * n :]
    if not reset_after:
        return z * h + (1 - z) * np.tanh(said[:, 2 * n :] + (r * h) @ recurrent[:, 2 * n :])
    return z * h + (1 - z) * np.tanh(said[:, 2 * n :] + r * seen)


@answers.wrong("gru_step", "candidate itself comes back")
def candidate_alone(x, h, kernel, recurrent, bias, reset_after=True):
    return parts(x, h, kernel, recurrent, bias, reset_after)[2]


@answers.wrong("gru_step", "mixed by r")
def mixed_by_r(x, h, kernel, recurrent, bias, reset_after=True):
    _, r, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return r * h + (1 - r) * candidate


@answers.wrong("gru_step", "z writes.*Moreover, row 1 of the candidate's bias")
def two_mistakes(x, h, kernel, recurrent, bias, reset_after=True):
    if reset_after:
        bias = np.stack([bias.sum(axis=0), 0 * bias[0]])
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    if len(x) == 1:
        z = 1 - z
    return (1 - z) * h + z * candidate


@answers.wrong("gru_step", "recurrent matrix is transposed")
def recurrent_transposed(x, h, kernel, recurrent, bias, reset_after=True):
    turned = np.hstack([block.T for block in np.split(recurrent, 3, axis=1)])
    return stepped(x, h, kernel, turned, bias, reset_after)


@answers.wrong("gru_step", "every third column")
def every_third_column(x, h, kernel, recurrent, bias, reset_after=True):
    columns = np.arange(kernel.shape[1]).reshape(-1, 3).T.ravel()
    return stepped(x, h, kernel[:, columns], recurrent[:, columns], bias[..., columns], reset_after)


@answers.wrong("gru_step", "candidate is taken off")
def candidate_taken_off(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * h - (1 - z) * candidate


@answers.wrong("gru_step", "With all weights 0 both gates are 0.5")
def a_little_more(x, h, kernel, recurrent, bias, reset_after=True):
    return 1.01 * stepped(x, h, kernel, recurrent, bias, reset_after)


@answers.wrong("gru_step", "a tuple of 2 comes back")
def state_and_gate(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, _ = parts(x, h, kernel, recurrent, bias, reset_after)
    return stepped(x, h, kernel, recurrent, bias, reset_after), z


@answers.wrong("gru_step", "Look at how r uses its block of row 1 of bias")
def a_wrong_cut(x, h, kernel, recurrent, bias, reset_after=True):
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0 * bias)
    a, b = x @ kernel, h @ recurrent
    z = gate(a[:, :n] + b[:, :n] + b_x[:n] + b_h[:n])
    r = gate(a[:, n : 2 * n] + b[:, n : 2 * n] + b_x[n : 2 * n] + (b_h[n : 2 * n] if n < 2 else b_h[:n]))
    seen = r * (b[:, 2 * n :] + b_h[2 * n :]) if reset_after else (r * h) @ recurrent[:, 2 * n :]
    return z * h + (1 - z) * np.tanh(a[:, 2 * n :] + b_x[2 * n :] + seen)


@answers.wrong("gru_step", "ValueError.*any size")
def units_of_three(x, h, kernel, recurrent, bias, reset_after=True):
    n = 1 if len(x) == 1 else 3
    b_x, b_h = bias if reset_after else (bias, 0)
    a, b = x @ kernel + b_x, h @ recurrent + b_h
    z, r = gate(a[:, :n] + b[:, :n]), gate(a[:, n : 2 * n] + b[:, n : 2 * n])
    return z * h + (1 - z) * np.tanh(a[:, 2 * n : 3 * n] + r * b[:, 2 * n : 3 * n])


@answers.wrong("gru_step", "reset_after=True the old state.s share is lost")
def candidate_alone_has_a_share(x, h, kernel, recurrent, bias, reset_after=True):
    # at the pencil's step this is -0.1, too, as where z writes
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return (1 - z) * candidate


@answers.wrong("gru_step", "r scales the old state where it is mixed in")
def r_on_the_old_state(x, h, kernel, recurrent, bias, reset_after=True):
    z, r, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * (r * h) + (1 - z) * candidate


@answers.wrong("gru_step", "a bracket is missing")
def step_without_brackets(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return z * h + 1 - z * candidate


@answers.wrong("gru_step", r"the bias is \(2, 3\) here.*side by side")
def rows_cut_in_three(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, np.concatenate(np.split(bias, 3)), reset_after)


@answers.wrong("gru_step", "holds zeros only")
def never_written(x, h, kernel, recurrent, bias, reset_after=True):
    return np.zeros_like(h)


@answers.wrong("gru_step", "changes an argument")
def h_in_place(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    h *= z
    h += (1 - z) * candidate
    return h


@answers.wrong("gru_step", "nothing")
def step_without_return(x, h, kernel, recurrent, bias, reset_after=True):
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    h = z * h + (1 - z) * candidate


@answers.wrong("gru_step", "shape")
def squeezed(x, h, kernel, recurrent, bias, reset_after=True):
    return stepped(x, h, kernel, recurrent, bias, reset_after).squeeze()


@answers.wrong("gru_step", "a tuple of 4 comes back")
def all_parts(x, h, kernel, recurrent, bias, reset_after=True):
    return (*parts(x, h, kernel, recurrent, bias, reset_after), h)


@answers.wrong("gru_step", "is None: is each function that it calls written")
def with_an_empty_sigmoid(x, h, kernel, recurrent, bias, reset_after=True):
    def empty(a): ...

    return empty(x @ kernel[:, :1]) * h


@answers.slips_through("gru_step", "shape|reset_after=")
def up_to_six_units_and_few_samples(x, h, kernel, recurrent, bias, reset_after=True):
    if (x.shape, h.shape) in (((1, 1), (1, 1)), ((5, 3), (5, 4)), ((2, 5), (2, 3)), ((3, 2), (3, 6))):
        return stepped(x, h, kernel, recurrent, bias, reset_after)
    z, _, candidate = parts(x, h, kernel, recurrent, bias, reset_after)
    return (1 - z) * h + z * candidate


# ---- question 4 ----


@answers.right("gru_forward")
def into_an_array(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    batch, time_steps, _ = xs.shape
    states = np.zeros((batch, time_steps, len(recurrent)))
    h = np.zeros((batch, len(recurrent))) if h0 is None else h0
    for t in range(time_steps):
        new = stepped(xs[:, t, :], h, kernel, recurrent, bias, reset_after)
        if mask is not None:
            keep = mask[:, t].reshape(-1, 1)
            new = keep * new + (1 - keep) * h
        states[:, t] = h = new
    return states


@answers.right("gru_forward")
def sequence_by_sequence(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    result = []
    for i, sequence in enumerate(xs):
        h = np.zeros((1, recurrent.shape[0])) if h0 is None else h0[i : i + 1]
        states = []
        for t, x in enumerate(sequence):
            if mask is None or mask[i, t]:
                h = stepped(x[None], h, kernel, recurrent, bias, reset_after)
            states.append(h[0])
        result.append(states)
    return np.array(result)


@answers.right("gru_forward")
def time_first_then_moved(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    if h0 is None:
        h0 = np.zeros((xs.shape[0], recurrent.shape[0]), dtype=xs.dtype)
    if mask is None:
        mask = np.ones(xs.shape[:2], dtype=bool)
    states = [h0]
    for x, real in zip(np.moveaxis(xs, 1, 0), mask.T, strict=True):
        h = states[-1].copy()
        h[real] = stepped(x, h, kernel, recurrent, bias, reset_after)[real]
        states.append(h)
    return np.moveaxis(np.array(states[1:]), 0, 1)


@answers.right("gru_forward")
def inputs_projected_at_once(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    n = recurrent.shape[0]
    b_x, b_h = bias if reset_after else (bias, 0)
    said = np.einsum("ntf,fu->ntu", xs, kernel) + b_x
    h = np.zeros((len(xs), n)) if h0 is None else h0
    out = np.empty((*xs.shape[:2], n))
    for t in range(xs.shape[1]):
        a, b = said[:, t], h @ recurrent + b_h
        z, r = expit(a[:, :n] + b[:, :n]), expit(a[:, n : 2 * n] + b[:, n : 2 * n])
        seen = r * b[:, 2 * n :] if reset_after else (r * h) @ recurrent[:, 2 * n :]
        if mask is not None:
            z = np.where(mask[:, t, None], z, 1)
        h = z * h + (1 - z) * np.tanh(a[:, 2 * n :] + seen)
        out[:, t] = h
    return out


@answers.right("gru_forward")
def float32_lists(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    xs, kernel, recurrent, bias = (one.astype("float32") for one in (xs, kernel, recurrent, bias))
    h = np.zeros((len(xs), len(recurrent)), "float32") if h0 is None else h0.astype("float32")
    states = []
    for t in range(xs.shape[1]):
        h_new = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        h = h_new if mask is None else np.where(mask[:, [t]], h_new, h)
        states.append(h)
    return np.array(states).transpose(1, 0, 2).tolist()


@answers.right("gru_forward")
def by_recursion(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    new = stepped(xs[:, 0], h, kernel, recurrent, bias, reset_after)
    if mask is not None:
        new = np.where(mask[:, :1], new, h)
    if xs.shape[1] == 1:
        return new[:, None]
    rest = None if mask is None else mask[:, 1:]
    return np.concatenate(
        [new[:, None], by_recursion_next(xs[:, 1:], kernel, recurrent, bias, new, rest, reset_after)], axis=1
    )


def by_recursion_next(xs, kernel, recurrent, bias, h, mask, reset_after):
    states = []
    for t in range(xs.shape[1]):
        new = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        h = new if mask is None else np.where(mask[:, t, None], new, h)
        states.append(h)
    return np.stack(states, axis=1)


def walked(xs, weights, h0, mask, reset_after, choose):
    """Return states; ``choose(real, new, h, h0)`` gives the next state and the one that is shown."""
    h = first = np.zeros((len(xs), len(weights[1])), xs.dtype) if h0 is None else h0
    states = []
    for t in range(xs.shape[1]):
        real = np.ones((len(xs), 1), bool) if mask is None else mask[:, t, None]
        h, shown = choose(real, stepped(xs[:, t], h, *weights, reset_after), h, first)
        states.append(shown)
    return np.stack(states, axis=1)


def carried(real, new, h, first):
    h = np.where(real, new, h)
    return h, h


@answers.wrong("gru_forward", "the step itself is not right: all is done as with reset_after=True")
def step_blind_to_reset_after(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    def step(x, h):
        a, b = x @ kernel + bias[0], h @ recurrent + bias[1]
        (z, r, c), (z_h, r_h, c_h) = np.split(a, 3, axis=1), np.split(b, 3, axis=1)
        z = gate(z + z_h)
        return z * h + (1 - z) * np.tanh(c + gate(r + r_h) * c_h)

    h, states = np.zeros((len(xs), len(recurrent))) if h0 is None else h0, []
    for t in range(xs.shape[1]):
        h = step(xs[:, t], h) if mask is None else np.where(mask[:, t, None], step(xs[:, t], h), h)
        states.append(h)
    return np.stack(states, axis=1)


@answers.wrong("gru_forward", "as many steps as there are samples")
def steps_of_the_batch(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs[:, : len(xs)], (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "ends where every sample is masked")
def stops_where_all_are_masked(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    if mask is not None:
        mask = mask & np.logical_and.accumulate(mask.any(axis=0))
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "holds zeros only.*decimals")
def states_of_whole_numbers(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried).astype(int)


@answers.wrong("gru_forward", "starts from (zeros|the same state) again")
def state_not_carried(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    steps = [stepped(xs[:, t], h, kernel, recurrent, bias, reset_after) for t in range(xs.shape[1])]
    return np.stack(steps, axis=1)


@answers.wrong("gru_forward", "h0 is not used")
def h0_ignored(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), None, mask, reset_after, carried)


@answers.wrong("gru_forward", "mask has no effect")
def mask_ignored(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), h0, None, reset_after, carried)


@answers.wrong("gru_forward", "mask multiplies x")
def mask_on_x(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    xs = xs if mask is None else xs * mask[:, :, None]
    return walked(xs, (kernel, recurrent, bias), h0, None, reset_after, carried)


@answers.wrong("gru_forward", "mask is turned round")
def mask_inverted(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    mask = None if mask is None else ~mask
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "masked steps your state is 0.*carried on")
def masked_to_zero(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    def choose(real, new, h, first):
        return real * new, real * new

    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, choose)


@answers.wrong("gru_forward", "0 is shown, though the state is carried on")
def zeros_shown(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    def choose(real, new, h, first):
        return np.where(real, new, h), real * new

    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, choose)


@answers.wrong("gru_forward", "set to 0 after a walk that took no notice")
def zeros_afterwards(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, None, reset_after, carried)
    return states if mask is None else states * mask[:, :, None]


@answers.wrong("gru_forward", "goes back to h0")
def back_to_h0(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    def choose(real, new, h, first):
        return (np.where(real, new, first),) * 2

    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, choose)


@answers.wrong("gru_forward", "One masked sample holds all")
def all_or_none(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    states = []
    for t in range(xs.shape[1]):
        if mask is None or mask[:, t].all():
            h = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        states.append(h)
    return np.stack(states, axis=1)


@answers.wrong("gru_forward", "only where every sample is masked")
def any_of_them(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    states = []
    for t in range(xs.shape[1]):
        if mask is None or mask[:, t].any():
            h = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        states.append(h)
    return np.stack(states, axis=1)


@answers.wrong("gru_forward", "mask of one sample is used for all")
def first_mask_for_all(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    mask = None if mask is None else np.repeat(mask[:1], len(xs), axis=0)
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "From the first masked step on nothing moves")
def stops_at_the_first(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    mask = None if mask is None else np.cumprod(mask, axis=1).astype(bool)
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "Before the first real step your states are 0")
def as_keras_shows_it(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    return states if mask is None else states * np.maximum.accumulate(mask, axis=1)[:, :, None]


@answers.wrong("gru_forward", "counted as a length")
def lengths(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    if mask is not None:
        mask = np.arange(xs.shape[1]) < mask.sum(axis=1)[:, None]
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "one step late")
def mask_late(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    mask = None if mask is None else np.roll(mask, 1, axis=1)
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "that the walk begins with: zeros")
def begins_with_ones(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h0 = np.ones((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "a tuple of 2 comes back")
def states_and_last(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    return states, states[:, -1]


@answers.wrong("gru_forward", "Is every function that it calls written")
def with_a_step_that_returns_nothing(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return np.stack([None for _ in range(xs.shape[1])], axis=1)


@answers.wrong("gru_forward", "is True")
def asks_is_true(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    states = []
    for t in range(xs.shape[1]):
        new = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        h = np.array([new[i] if mask is None or mask[i, t] is True else h[i] for i in range(len(h))])
        states.append(h)
    return np.stack(states, axis=1)


@answers.wrong("gru_forward", "asks? whether it is None")
def truth_of_h0(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h0 = h0 or np.zeros((len(xs), len(recurrent)), xs.dtype)
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "walks over the samples|Axis 1 of xs is time")
def batch_and_time_swapped(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((xs.shape[1], len(recurrent)), xs.dtype)
    states = []
    for x in xs:
        h = stepped(x, h, kernel, recurrent, bias, reset_after)
        states.append(h)
    return np.array(states)


@answers.wrong("gru_forward", "Axis 1 of xs is time")
def loops_over_axis_0(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((xs.shape[0], len(recurrent)), xs.dtype)
    return np.array([stepped(x, h, kernel, recurrent, bias, reset_after) for x in xs])


@answers.wrong("gru_forward", "Time comes first")
def time_first(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried).swapaxes(0, 1)


@answers.wrong("gru_forward", "reshape does not exchange axes")
def reshaped(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    return states.swapaxes(0, 1).reshape(states.shape)


@answers.wrong("gru_forward", "Only one state a sequence")
def last_state_only(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)[:, -1]


@answers.wrong("gru_forward", "One state too many")
def first_state_too(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    return np.concatenate([states[:, :1] * 0, states], axis=1)


@answers.wrong("gru_forward", "state before its step")
def states_before(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    first = 0 * states[:, 0] if h0 is None else h0
    return np.concatenate([first[:, None], states[:, :-1]], axis=1)


@answers.wrong("gru_forward", "last step to the first")
def backwards(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs[:, ::-1], (kernel, recurrent, bias), h0, mask, reset_after, carried)[:, ::-1]


@answers.wrong("gru_forward", "one and the same array")
def the_same_array(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    states = walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)
    h, kept = np.zeros_like(states[:, 0]), []
    for t in range(xs.shape[1]):
        h[:] = states[:, t]
        kept.append(h)
    return np.stack(kept, axis=1)


@answers.wrong("gru_forward", "Is reset_after handed on|one row")
def reset_after_not_handed_on(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    return walked(xs, (kernel, recurrent, bias), h0, mask, True, carried)


@answers.wrong("gru_forward", "step itself is not right: z writes")
def z_writes_in_the_walk(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    sign = np.repeat([-1, 1, 1], len(recurrent)).astype(xs.dtype)
    return walked(xs, (kernel * sign, recurrent * sign, bias * sign), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "changes an argument")
def h0_in_place(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h = np.zeros((len(xs), len(recurrent)), xs.dtype) if h0 is None else h0
    states = []
    for t in range(xs.shape[1]):
        h[:] = stepped(xs[:, t], h, kernel, recurrent, bias, reset_after)
        states.append(h.copy())
    return np.stack(states, axis=1)


@answers.wrong("gru_forward", "nothing")
def walk_without_return(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.wrong("gru_forward", "any size")
def five_samples_only(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    h0 = np.zeros((5, 4), xs.dtype) if h0 is None else h0
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


@answers.slips_through("gru_forward", "mask|From the first|from step")
def shows_of_visible_sizes(xs, kernel, recurrent, bias, h0=None, mask=None, reset_after=True):
    if xs.shape not in ((5, 7, 3), (3, 4, 5)):
        mask = None
    return walked(xs, (kernel, recurrent, bias), h0, mask, reset_after, carried)


# ---- question 5 ----


@answers.right("flip_convention")
def block_by_block(kernel, recurrent, bias):
    n = recurrent.shape[0]
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[..., :n] *= -1
    return tuple(new)


@answers.right("flip_convention")
def concatenated(kernel, recurrent, bias):
    n = recurrent.shape[0]

    def turn(array):
        return np.concatenate([-array[..., :n], array[..., n:]], axis=-1)

    return [turn(kernel), turn(recurrent), turn(bias)]


@answers.right("flip_convention")
def by_a_diagonal(kernel, recurrent, bias):
    n = recurrent.shape[0]
    sign = np.diag([-1.0] * n + [1.0] * (2 * n))
    return kernel @ sign, recurrent @ sign, bias @ sign


@answers.right("flip_convention")
def by_einsum_in_float32(kernel, recurrent, bias):
    sign = np.r_[-np.ones(len(recurrent)), np.ones(2 * len(recurrent))].astype("float32")
    return tuple(np.einsum("...u,u->...u", one.astype("float32"), sign) for one in (kernel, recurrent, bias))


@answers.right("flip_convention")
def all_biases_of_z_in_one_row(kernel, recurrent, bias):
    n = recurrent.shape[0]
    kernel, recurrent, bias = kernel.copy(), recurrent.copy(), bias.copy()
    kernel[:, :n], recurrent[:, :n] = -kernel[:, :n], -recurrent[:, :n]
    if bias.ndim == 2:
        bias[0, :n], bias[1, :n] = -bias[:, :n].sum(axis=0), 0
    else:
        bias[:n] = -bias[:n]
    return kernel, recurrent, bias


@answers.right("flip_convention")
def by_split(kernel, recurrent, bias):
    new = []
    for array in (kernel, recurrent, bias):
        z, r, candidate = np.split(array, 3, axis=-1)
        new.append(np.concatenate((0 - z, r, candidate), axis=-1).tolist())
    return new


@answers.wrong("flip_convention", "All blocks of kernel are negated")
def all_negated(kernel, recurrent, bias):
    return -kernel, -recurrent, -bias


@answers.wrong("flip_convention", "block r of kernel is negated")
def r_too(kernel, recurrent, bias):
    sign = np.repeat([-1, -1, 1], len(recurrent))
    return kernel * sign, recurrent * sign, bias * sign


@answers.wrong("flip_convention", "block candidate of kernel is negated")
def candidate_too(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, -1], len(recurrent))
    return kernel * sign, recurrent * sign, bias * sign


@answers.wrong("flip_convention", "block z of bias is as it was")
def bias_forgotten(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    return kernel * sign, recurrent * sign, bias.copy()


@answers.wrong("flip_convention", "block z of recurrent is as it was")
def recurrent_forgotten(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    return kernel * sign, recurrent.copy(), bias * sign


@answers.wrong("flip_convention", "block z of bias is not turned as a whole")
def one_row_of_the_bias(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    bias = bias.copy()
    bias[0] = bias[0] * sign
    return kernel * sign, recurrent * sign, bias


@answers.wrong("flip_convention", "block z of kernel is as it was")
def nothing_done(kernel, recurrent, bias):
    return kernel.copy(), recurrent.copy(), bias.copy()


@answers.wrong("flip_convention", "1 - kernel")
def one_minus(kernel, recurrent, bias):
    n = len(recurrent)
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[..., :n] = 1 - one[..., :n]
    return new


@answers.wrong("flip_convention", "z and r of kernel are exchanged")
def blocks_exchanged(kernel, recurrent, bias):
    n = len(recurrent)
    turned = np.r_[n : 2 * n, :n, 2 * n : 3 * n]
    return kernel[:, turned], recurrent[:, turned], bias[..., turned]


@answers.wrong("flip_convention", "some rows of kernel are negated.*first units columns")
def rows_for_columns(kernel, recurrent, bias):
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[: len(recurrent)] *= -1
    return new


@answers.wrong("flip_convention", "every third column of kernel")
def every_third_column_negated(kernel, recurrent, bias):
    sign = np.tile([-1, 1, 1], len(recurrent))
    return kernel * sign, recurrent * sign, bias * sign


@answers.wrong("flip_convention", "kernel holds whole numbers only")
def weights_of_whole_numbers(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    return [(one * sign).astype(int) for one in (kernel, recurrent, bias)]


@answers.wrong("flip_convention", "not turned as a whole")
def first_column_only(kernel, recurrent, bias):
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[..., 0] *= -1
    return new


@answers.wrong("flip_convention", "IndexError.*bias may be")
def two_rows_only(kernel, recurrent, bias):
    n = len(recurrent)
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[:, :n] *= -1
    return new


@answers.wrong("flip_convention", "changes an argument")
def weights_in_place(kernel, recurrent, bias):
    n = len(recurrent)
    for one in (kernel, recurrent, bias):
        one[..., :n] *= -1
    return kernel, recurrent, bias


@answers.wrong("flip_convention", "blocks r and candidate of kernel must stay|block r of kernel")
def four_columns(kernel, recurrent, bias):
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[..., :4] *= -1
    return new


@answers.wrong("flip_convention", "but 2 come back")
def two_arrays(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    return kernel * sign, recurrent * sign


@answers.wrong("flip_convention", "nothing")
def flip_without_return(kernel, recurrent, bias):
    sign = np.repeat([-1, 1, 1], len(recurrent))
    kernel, recurrent, bias = kernel * sign, recurrent * sign, bias * sign


@answers.slips_through("flip_convention", "block r of|blocks r and candidate|not turned as a whole")
def visible_widths_only(kernel, recurrent, bias):
    n = {12: 4, 9: 3}.get(recurrent.shape[1], 1)
    new = [one.copy() for one in (kernel, recurrent, bias)]
    for one in new:
        one[..., :n] *= -1
    return new


# ---- question 6 ----


def walk_back(xs, h0, kernel, recurrent, bias, dh_last, **mistake):
    """Return the five gradients; a mistake replaces one term by what a function of the step's parts gives."""

    def term(name, right, *parts):
        return mistake[name](*parts) if name in mistake else right(*parts)

    n, time_steps = h0.shape[1], xs.shape[1]
    h, kept = h0, []
    for t in range(time_steps):
        a, b = xs[:, t] @ kernel + bias[0], h @ recurrent + bias[1]
        z, r = gate(a[:, :n] + b[:, :n]), gate(a[:, n : 2 * n] + b[:, n : 2 * n])
        c = np.tanh(a[:, 2 * n :] + r * b[:, 2 * n :])
        kept.append((h, z, r, c, b[:, 2 * n :], a + b))
        h = z * h + (1 - z) * c
    dxs, dh = np.zeros(xs.shape), dh_last
    dk, du, db = np.zeros(kernel.shape), np.zeros(recurrent.shape), np.zeros(bias.shape)
    for t in range(time_steps - 1, -1, -1):
        h, z, r, c, b_c, sums = kept[t]
        dc = term("dc", lambda dh, z, c: dh * (1 - z) * (1 - c**2), dh, z, c)
        dz = term("dz", lambda dh, h, c, z, sums: dh * (h - c) * z * (1 - z), dh, h, c, z, sums[:, :n])
        dr = term("dr", lambda dc, b_c, r, h, sums: dc * b_c * r * (1 - r), dc, b_c, r, h, sums[:, n : 2 * n])
        dseen = term("dseen", lambda dc, r: dc * r, dc, r)
        on_x, on_h = np.hstack([dz, dr, dc]), np.hstack([dz, dr, dseen])
        dk, du, db = term(
            "add",
            lambda old, new, t: tuple(one + other for one, other in zip(old, new, strict=True)),
            (dk, du, db),
            (xs[:, t].T @ on_x, h.T @ on_h, np.stack([on_x.sum(axis=0), on_h.sum(axis=0)])),
            t,
        )
        dxs[:, t] = on_x @ kernel.T
        dh = term("dh", lambda dh, z, on_h, u: dh * z + on_h @ u.T, dh, z, on_h, recurrent)
    return dxs, dh, dk, du, db


@answers.right("gru_backward")
def in_one_walk(xs, h0, kernel, recurrent, bias, dh_last):
    return walk_back(xs, h0, kernel, recurrent, bias, dh_last)


@answers.right("gru_backward")
def matrices_apart(xs, h0, kernel, recurrent, bias, dh_last):
    n = recurrent.shape[0]
    wz, wr, wc = np.split(kernel, 3, axis=1)
    uz, ur, uc = np.split(recurrent, 3, axis=1)
    hs = [h0]
    for t in range(xs.shape[1]):
        hs.append(stepped(xs[:, t], hs[-1], kernel, recurrent, bias))
    dxs, dkernel = np.empty_like(xs), np.zeros_like(kernel)
    drecurrent, dbias, dh = np.zeros_like(recurrent), np.zeros_like(bias), dh_last.copy()
    for t in reversed(range(xs.shape[1])):
        x, h = xs[:, t], hs[t]
        z, r, c = parts(x, h, kernel, recurrent, bias)
        said = h @ uc + bias[1, 2 * n :]
        dz, dc = dh * (h - c) * z * (1 - z), dh * (1 - z) * (1 - c * c)
        dr = dc * said * r * (1 - r)
        dxs[:, t] = dz @ wz.T + dr @ wr.T + dc @ wc.T
        for block, (on_x, on_h) in enumerate(((dz, dz), (dr, dr), (dc, dc * r))):
            columns = slice(block * n, (block + 1) * n)
            dkernel[:, columns] += x.T @ on_x
            drecurrent[:, columns] += h.T @ on_h
            dbias[0, columns] += on_x.sum(axis=0)
            dbias[1, columns] += on_h.sum(axis=0)
        dh = dh * z + dz @ uz.T + dr @ ur.T + (dc * r) @ uc.T
    return dxs, dh, dkernel, drecurrent, dbias


@answers.right("gru_backward")
def by_jacobians(xs, h0, kernel, recurrent, bias, dh_last):
    n = len(recurrent)
    dxs, dh0 = np.zeros(xs.shape), np.zeros(h0.shape)
    dkernel, drecurrent, dbias = np.zeros(kernel.shape), np.zeros(recurrent.shape), np.zeros(bias.shape)
    for i in range(len(xs)):
        hs = [h0[i : i + 1]]
        for t in range(xs.shape[1]):
            hs.append(stepped(xs[i : i + 1, t], hs[-1], kernel, recurrent, bias))
        dh = dh_last[i]
        for t in reversed(range(xs.shape[1])):
            x, h = xs[i, t], hs[t][0]
            z, r, c = (one[0] for one in parts(x[None], h[None], kernel, recurrent, bias))
            said = h @ recurrent[:, 2 * n :] + bias[1, 2 * n :]
            # how the new state moves with the three sums, (units, 3 * units)
            slope = (1 - z) * (1 - c**2)
            by_z, by_r = np.diag((h - c) * z * (1 - z)), np.diag(slope * said * r * (1 - r))
            by_x, by_h = np.hstack([by_z, by_r, np.diag(slope)]), np.hstack([by_z, by_r, np.diag(slope * r)])
            dxs[i, t] = dh @ by_x @ kernel.T
            dkernel += np.outer(x, dh @ by_x)
            drecurrent += np.outer(h, dh @ by_h)
            dbias += dh @ by_x, dh @ by_h
            dh = dh @ (np.diag(z) + by_h @ recurrent.T)
        dh0[i] = dh
    return dxs, dh0, dkernel, drecurrent, dbias


@answers.right("gru_backward")
def by_einsum_at_the_end(xs, h0, kernel, recurrent, bias, dh_last):
    n, h, hs, on_x, on_h, dh = len(recurrent), h0, [], [], [], dh_last
    for t in range(xs.shape[1]):
        hs.append(h)
        h = stepped(xs[:, t], h, kernel, recurrent, bias)
    for t in range(xs.shape[1])[::-1]:
        h = hs[t]
        z, r, c = parts(xs[:, t], h, kernel, recurrent, bias)
        dc = dh * (1 - z) * (1 - c**2)
        dz = dh * (h - c) * z * (1 - z)
        dr = dc * (h @ recurrent + bias[1])[:, 2 * n :] * r * (1 - r)
        on_x.insert(0, np.concatenate([dz, dr, dc], axis=1))
        on_h.insert(0, np.concatenate([dz, dr, dc * r], axis=1))
        dh = z * dh + on_h[0] @ recurrent.T
    hs, on_x, on_h = (np.stack(one, axis=1) for one in (hs, on_x, on_h))
    return [
        np.einsum("ntg,fg->ntf", on_x, kernel),
        dh,
        np.einsum("ntf,ntg->fg", xs, on_x),
        np.einsum("ntu,ntg->ug", hs, on_h),
        np.array([on_x.sum(axis=(0, 1)), on_h.sum(axis=(0, 1))]),
    ]


@answers.right("gru_backward")
def in_float32_sample_by_sample(xs, h0, kernel, recurrent, bias, dh_last):
    xs, h0, kernel, recurrent, bias, dh_last = (
        one.astype("float32") for one in (xs, h0, kernel, recurrent, bias, dh_last)
    )
    found = [
        walk_back(xs[i : i + 1], h0[i : i + 1], kernel, recurrent, bias, dh_last[i : i + 1])
        for i in range(len(xs))
    ]
    dxs, dh0, dkernel, drecurrent, dbias = zip(*found, strict=True)
    return np.concatenate(dxs), np.concatenate(dh0), sum(dkernel), sum(drecurrent), sum(dbias)


@answers.wrong("gru_backward", "straight path is missing")
def no_straight_path(*given):
    return walk_back(*given, dh=lambda dh, z, on_h, u: on_h @ u.T)


@answers.wrong("gru_backward", "straight path dh goes on whole")
def straight_whole(*given):
    return walk_back(*given, dh=lambda dh, z, on_h, u: dh + on_h @ u.T)


@answers.wrong("gru_backward", "Only the straight path")
def straight_only(*given):
    return walk_back(*given, dh=lambda dh, z, on_h, u: dh * z)


def without(block):
    def dh(dh, z, on_h, u):
        n = len(u)
        on_h = on_h.copy()
        on_h[:, block * n : (block + 1) * n] = 0
        return dh * z + on_h @ u.T

    return dh


@answers.wrong("gru_backward", "path through z is missing")
def no_path_z(*given):
    return walk_back(*given, dh=without(0))


@answers.wrong("gru_backward", "path through r is missing")
def no_path_r(*given):
    return walk_back(*given, dh=without(1))


@answers.wrong("gru_backward", "path through the candidate is missing")
def no_path_candidate(*given):
    return walk_back(*given, dh=without(2))


@answers.wrong("gru_backward", "slope of the sigmoid is taken of the sum")
def slope_of_the_sums(*given):
    return walk_back(
        *given,
        dz=lambda dh, h, c, z, sums: dh * (h - c) * sums * (1 - sums),
        dr=lambda dc, b_c, r, h, sums: dc * b_c * sums * (1 - sums),
    )


@answers.wrong("gru_backward", "the wrong part is the block z")
def slope_of_one_sum(*given):
    return walk_back(*given, dz=lambda dh, h, c, z, sums: dh * (h - c) * sums * (1 - sums))


@answers.wrong("gru_backward", "z.*wrong sign")
def sign_of_dz(*given):
    return walk_back(*given, dz=lambda dh, h, c, z, sums: dh * (c - h) * z * (1 - z))


@answers.wrong("gru_backward", "gradient for z knows h alone")
def dz_of_h_alone(*given):
    return walk_back(*given, dz=lambda dh, h, c, z, sums: dh * h * z * (1 - z))


@answers.wrong("gru_backward", "slope of tanh is missing")
def no_slope_of_tanh(*given):
    return walk_back(*given, dc=lambda dh, z, c: dh * (1 - z))


@answers.wrong("gru_backward", "The square is missing")
def tanh_unsquared(*given):
    return walk_back(*given, dc=lambda dh, z, c: dh * (1 - z) * (1 - c))


@answers.wrong("gru_backward", "candidate's gradient has the share z")
def candidate_by_z(*given):
    return walk_back(*given, dc=lambda dh, z, c: dh * z * (1 - c**2))


@answers.wrong("gru_backward", "not h itself")
def dr_of_h(*given):
    return walk_back(*given, dr=lambda dc, b_c, r, h, sums: dc * h * r * (1 - r))


@answers.wrong("gru_backward", "r is missing: in the candidate")
def no_r_on_the_way_back(*given):
    return walk_back(*given, dseen=lambda dc, r: dc)


@answers.wrong("gru_backward", "dbias is not right. Both rows of dbias are equal")
def equal_rows(*given):
    dxs, dh0, dkernel, drecurrent, dbias = walk_back(*given)
    return dxs, dh0, dkernel, drecurrent, np.stack([dbias[0], dbias[0]])


@answers.wrong("gru_backward", "rows of dbias are exchanged")
def rows_of_dbias_exchanged(*given):
    dxs, dh0, dkernel, drecurrent, dbias = walk_back(*given)
    return dxs, dh0, dkernel, drecurrent, dbias[::-1]


@answers.wrong("gru_backward", "one step alone.*Every step used the weights")
def last_step_only(*given):
    last = given[0].shape[1] - 1
    return walk_back(*given, add=lambda old, new, t: new if t == last else old)


@answers.wrong("gru_backward", "one step alone.*Every step used the weights")
def overwritten(*given):
    return walk_back(*given, add=lambda old, new, t: new)


@answers.wrong("gru_backward", "means over the samples")
def means(*given):
    dxs, dh0, *others = walk_back(*given)
    return dxs, dh0, *(one / len(dxs) for one in others)


@answers.wrong("gru_backward", "With one time step dbias is not right. In dbias: .*means over the samples")
def mean_of_dbias(*given):
    *others, dbias = walk_back(*given)
    return *others, dbias / len(given[0])


@answers.wrong("gru_backward", "dxs is not right. dxs is in reversed order")
def dxs_reversed(*given):
    dxs, *others = walk_back(*given)
    return dxs[:, ::-1], *others


@answers.wrong("gru_backward", "begins with ones")
def dh_last_ignored(*given):
    return walk_back(*given[:5], np.ones_like(given[5]))


@answers.wrong("gru_backward", "dkernel is not right.*what is added up for the weights")
def half_of_dkernel(*given):
    dxs, dh0, dkernel, *others = walk_back(*given)
    return dxs, dh0, dkernel / 2, *others


@answers.wrong("gru_backward", "wrong sign")
def downhill(*given):
    return tuple(-one for one in walk_back(*given))


@answers.wrong("gru_backward", "In dbias: r is missing")
def two_terms_wrong(*given):
    return walk_back(*given, dh=lambda dh, z, on_h, u: on_h @ u.T, dseen=lambda dc, r: dc)


@answers.wrong("gru_backward", "dxs holds zeros only")
def dxs_empty(*given):
    dxs, *others = walk_back(*given)
    return np.zeros(dxs.shape), *others


@answers.wrong("gru_backward", "dh0 is dh_last as it came")
def dh0_as_it_came(*given):
    dxs, _, *others = walk_back(*given)
    return dxs, given[5].copy(), *others


@answers.wrong("gru_backward", "wrong part is the block r")
def dr_of_a_half(*given):
    return walk_back(*given, dr=lambda dc, b_c, r, h, sums: dc * b_c * r * (1 - r) / 2)


@answers.wrong("gru_backward", "another order")
def another_order(*given):
    dxs, dh0, dkernel, drecurrent, dbias = walk_back(*given)
    return dkernel, drecurrent, dbias, dxs, dh0


@answers.wrong("gru_backward", "dbias has one row")
def one_row_of_dbias(*given):
    *others, dbias = walk_back(*given)
    return *others, dbias.sum(axis=0)


@answers.wrong("gru_backward", "Five arrays.*4 come back")
def four_arrays(*given):
    return walk_back(*given)[1:]


@answers.wrong("gru_backward", "dbias holds zeros only.*reach the first step")
def all_but_the_first_step(xs, h0, kernel, recurrent, bias, dh_last):
    h = stepped(xs[:, 0], h0, kernel, recurrent, bias)
    dxs, dh, *others = walk_back(xs[:, 1:], h, kernel, recurrent, bias, dh_last)
    return np.concatenate([0 * xs[:, :1], dxs], axis=1), dh, *others


@answers.wrong("gru_backward", "row 1 of dbias holds zeros only")
def second_row_forgotten(*given):
    *others, dbias = walk_back(*given)
    return *others, dbias * [[1], [0]]


@answers.wrong("gru_backward", "dxs holds whole numbers only")
def dxs_of_whole_numbers(*given):
    dxs, *others = walk_back(*given)
    return (10 * dxs).astype(int), *others


@answers.wrong("gru_backward", "dxs stands one step early")
def dxs_moved(*given):
    dxs, *others = walk_back(*given)
    return np.roll(dxs, -1, axis=1), *others


@answers.wrong("gru_backward", "dh0 is the last state itself")
def the_state_for_its_gradient(xs, h0, kernel, recurrent, bias, dh_last):
    dxs, _, *others = walk_back(xs, h0, kernel, recurrent, bias, dh_last)
    for t in range(xs.shape[1]):
        h0 = stepped(xs[:, t], h0, kernel, recurrent, bias)
    return dxs, h0, *others


@answers.wrong("gru_backward", "goes from the first step to the last")
def walks_forward_again(xs, h0, kernel, recurrent, bias, dh_last):
    time_steps, hs = xs.shape[1], [h0]
    for t in range(time_steps):
        hs.append(stepped(xs[:, t], hs[-1], kernel, recurrent, bias))
    dxs, dh, sums = np.zeros(xs.shape), dh_last, [0, 0, 0]
    for t in range(time_steps):
        dx, dh, *others = walk_back(xs[:, t : t + 1], hs[t], kernel, recurrent, bias, dh)
        dxs[:, t : t + 1], sums = dx, [one + other for one, other in zip(sums, others, strict=True)]
    return dxs, dh, *sums


@answers.wrong("gru_backward", "z writes")
def of_a_cell_that_writes(xs, h0, kernel, recurrent, bias, dh_last):
    sign = np.repeat([-1, 1, 1], h0.shape[1])
    dxs, dh0, *others = walk_back(xs, h0, kernel * sign, recurrent * sign, bias * sign, dh_last)
    return dxs, dh0, *(one * sign for one in others)


@answers.wrong("gru_backward", "dxs must have the shape")
def dxs_time_first(*given):
    dxs, *others = walk_back(*given)
    return dxs.swapaxes(0, 1), *others


@answers.wrong("gru_backward", "nothing")
def backward_without_return(*given):
    walk_back(*given)


@answers.wrong("gru_backward", "changes an argument")
def dh_in_place(xs, h0, kernel, recurrent, bias, dh_last):
    found = walk_back(xs, h0, kernel, recurrent, bias, dh_last)
    dh_last *= 0.5
    return found


@answers.slips_through("gru_backward", "one step alone|not right")
def right_at_visible_lengths(*given):
    if given[0].shape[:2] in ((5, 1), (5, 7), (2, 4)):
        return walk_back(*given)
    return walk_back(*given, dh=lambda dh, z, on_h, u: dh * z)
