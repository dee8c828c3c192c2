"""Adam in NumPy: the step from gradients to new weights, as Keras takes it."""

import numpy as np

from grulab.arrays import check_floats


class Adam:
    """Adapt the step size of each weight to the recent history of its gradient (Kingma and Ba, 2015).

    ``learning_rate`` may be changed between steps. The other numbers are the defaults of Keras: ``beta_1``
    and ``beta_2`` say how slowly the averages of the gradient and of its square follow, ``epsilon`` keeps
    the quotient finite. One Adam serves one list of arrays.
    """

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate = learning_rate
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.steps = 0
        self.means, self.squares = [], []

    def step(self, parameters, gradients):
        """Return the parameters after one step, as new arrays; those given stay as they are.

        ``parameters`` is a list of float arrays, ``gradients`` a list of arrays of the same shapes and
        dtypes. Raise a ValueError or a TypeError for gradients that do not fit the parameters, or that are
        not finite, and for other parameters than at the first step.
        """
        check_gradients(parameters, gradients)
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
    """Raise a ValueError or a TypeError unless there is one finite gradient for each of the parameters."""
    if len(parameters) != len(gradients):
        raise ValueError(
            f"expected one gradient for each of {len(parameters)} arrays, but {len(gradients)} were given."
        )
    for i, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
        check_floats(f"gradients[{i}]", gradient, np.shape(parameter), np.asarray(parameter).dtype)


def global_norm(gradients):
    """Return the length of all gradients taken as one long vector."""
    return float(np.sqrt(sum(np.sum(np.square(gradient)) for gradient in gradients)))


def clip(gradients, limit):
    """Return the gradients, shortened together so that their ``global_norm`` is at most ``limit``.

    Their direction stays. Raise a ValueError for a ``limit`` that is not above 0.
    """
    if not limit > 0:
        raise ValueError(f"limit is {limit!r}, but it must be above 0.")
    norm = global_norm(gradients)
    if norm <= limit:
        return list(gradients)
    return [gradient * np.asarray(limit / norm, gradient.dtype) for gradient in gradients]
