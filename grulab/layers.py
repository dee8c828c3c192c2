"""Two layers that Keras lacks: additive attention over the states of another layer, and minGRU."""

from grulab import mingru
from grulab.arguments import check_size
from grulab.quiet import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="grulab")
class AttendStates(keras.layers.Layer):
    """Mix the states of all time steps, with shares that are trained: additive attention.

    The score of a step is ``v · tanh(W h_t + U h_last + b)``, the softmax over the steps makes shares of the
    scores, and the result is the states' sum weighted by them (Bahdanau et al. 2015, arXiv 1409.0473, with
    the last state in place of a decoder's). Input: (batch, time_steps, features). Output: (batch, features).
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = check_size("units", units, 1, 10**6)

    def build(self, shape):
        """Make W and U, (features, units), b (units,) and v (units, 1)."""
        size = shape[-1], self.units
        self.states_kernel = self.add_weight(shape=size, initializer="glorot_uniform", name="states_kernel")
        self.last_kernel = self.add_weight(shape=size, initializer="glorot_uniform", name="last_kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        self.score = self.add_weight(shape=(self.units, 1), initializer="glorot_uniform", name="score")

    def shares(self, states):
        """Return how much of each step enters the mixture: (batch, time_steps), 1 in sum."""
        asked = states[:, -1:] @ self.last_kernel + self.bias  # (batch, 1, units)
        scores = ops.tanh(states @ self.states_kernel + asked) @ self.score  # (batch, time_steps, 1)
        return ops.softmax(scores[:, :, 0], axis=-1)

    def call(self, states):
        """Return the states' sum weighted by their shares, (batch, features)."""
        return ops.sum(self.shares(states)[:, :, None] * states, axis=1)

    def get_config(self):
        """Return what is stored with the model."""
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="grulab")
class MinGRU(keras.layers.Layer):
    """Run a minGRU over all time steps at once, by ``grulab.mingru.scan``, and hand on the last state.

    Input: (batch, time_steps, features), where time_steps is fixed. Output: (batch, units).
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = check_size("units", units, 1, 10**6)

    def build(self, shape):
        """Make the kernel (features, 2·units) and the bias (2·units,), in the order z, candidate."""
        if shape[1] is None:
            raise ValueError("MinGRU needs a fixed number of time steps: give it to keras.Input.")
        columns = 2 * self.units
        self.kernel = self.add_weight(shape=(shape[-1], columns), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(columns,), initializer="zeros", name="bias")

    def call(self, xs):
        """Return the last state, (batch, units)."""
        z_sum, candidate = ops.split(xs @ self.kernel + self.bias, 2, axis=-1)
        z = ops.sigmoid(z_sum)  # (batch, time_steps, units)
        return mingru.scan(z, (1 - z) * candidate, ops.concatenate)[:, -1]

    def get_config(self):
        """Return what is stored with the model."""
        return {**super().get_config(), "units": self.units}
