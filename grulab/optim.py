"""Adam in NumPy: the step from gradients to new weights, as Keras takes it."""

import numpy as np

from grulab.arguments import check_list, check_number
from grulab.arrays import as_array, check_floats, check_numbers


class Adam:
    """Adapt the step size of each weight to the recent history of its gradient (Kingma and Ba, 2015).

    ``learning_rate`` may be changed between steps. The other numbers are the defaults of Keras: ``beta_1``
    and ``beta_2`` say how slowly the averages of the gradient and of its square follow, ``epsilon`` keeps
    the quotient finite. One Adam serves one list of arrays. Raise a TypeError or a ValueError for a rate
    below 0, a ``beta`` that is not from 0 to below 1, and an ``epsilon`` that is not above 0.
    """

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate = check_number("learning_rate", learning_rate, 0)
        self.beta_1 = check_number("beta_1", beta_1, 0, below=1)
        self.beta_2 = check_number("beta_2", beta_2, 0, below=1)
        self.epsilon = check_number("epsilon", epsilon, above=0)
        self.steps = 0
        self.means, self.squares = [], []

    def step(self, parameters, gradients):
        """Return the parameters after one step, as new arrays; those given stay as they are.

        ``parameters`` is a list of float arrays, ``gradients`` a list of arrays of the same shapes and
        dtypes. Raise a ValueError or a TypeError for gradients that do not fit the parameters, or that are
        not finite, and for other parameters than at the first step.
        """
        parameters, gradients = check_gradients(parameters, gradients)
        check_number("learning_rate", self.learning_rate, 0)
        if not self.steps:
            self.means = [np.zeros_like(gradient) for gradient in gradients]
            self.squares = [np.zeros_like(gradient) for gradient in gradients]
        if [mean.shape for mean in self.means] != [gradient.shape for gradient in gradients]:
            raise ValueError("These are not the arrays of the first step: make one Adam for each list.")
        self.steps += 1
        # both averages start at 0 and are too small at first: this makes up for it
        rate = self.learning_rate * np.sqrt(1 - self.beta_2**self.steps) / (1 - self.beta_1**self.steps)
        moved = []
        for i, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            # the recent gradient, and how large it has been
            self.means[i] = self.beta_1 * self.means[i] + (1 - self.beta_1) * gradient
            self.squares[i] = self.beta_2 * self.squares[i] + (1 - self.beta_2) * gradient**2
            step = rate * self.means[i] / (np.sqrt(self.squares[i]) + self.epsilon)
            moved.append((parameter - step).astype(parameter.dtype, copy=False))
        return moved


def check_gradients(parameters, gradients):
    """Return both as lists of arrays; raise an error unless each array has a finite gradient."""
    parameters = check_list("parameters", parameters, "arrays")
    gradients = check_list("gradients", gradients, "arrays")
    if len(parameters) != len(gradients):
        raise ValueError(
            f"expected one gradient for each of {len(parameters)} arrays, but {len(gradients)} were given."
        )
    for i, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
        shape = as_array(f"parameters[{i}]", parameter, "an array of float32 or float64 numbers").shape
        parameters[i] = check_floats(f"parameters[{i}]", parameter, shape)
        gradients[i] = check_floats(f"gradients[{i}]", gradient, shape, parameters[i].dtype)
    return parameters, gradients


def global_norm(gradients):
    """Return the length of all gradients, a list of arrays, taken as one long vector.

    It is infinite where a square is too large for the dtype.
    """
    gradients = _arrays(gradients, is_finite=False)
    with np.errstate(over="ignore"):
        return float(np.sqrt(sum(np.sum(np.square(gradient)) for gradient in gradients)))


def clip(gradients, limit):
    """Return the gradients, shortened together so that their ``global_norm`` is at most ``limit``.

    Their direction stays. Raise a ValueError for a ``limit`` that is not above 0, for gradients that are not
    finite, and for some that are too long for their dtype.
    """
    limit = float(check_number("limit", limit, above=0))
    gradients = _arrays(gradients)
    norm = global_norm(gradients)
    if not norm < np.inf:
        raise ValueError("gradients must have a length that their dtype can hold, but it is infinite.")
    if norm <= limit:
        return gradients
    return [gradient * np.asarray(limit / norm, gradient.dtype) for gradient in gradients]


def _arrays(gradients, is_finite=True):
    """Return a list of gradients as arrays of numbers; raise a TypeError or a ValueError otherwise."""
    gradients = check_list("gradients", gradients, "arrays")
    return [
        check_numbers(f"gradients[{i}]", gradient, is_finite=is_finite)
        for i, gradient in enumerate(gradients)
    ]
