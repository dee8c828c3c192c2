"""The Keras models of the course, one function each. Every function seeds nothing: the page does."""

import numpy as np

from grulab.quiet import keras


@keras.saving.register_keras_serializable(package="grulab")
class UpdateBias(keras.initializers.Initializer):
    """Start the update gate of a GRU more open (``value`` above 0) or more shut; all other biases start at 0.

    For ``keras.layers.GRU(bias_initializer=…)``, with ``reset_after`` or without. ``value`` is added
    to the sum behind z in each unit: at +5 and with no input z starts at 0.993. A model that is rebuilt or
    loaded keeps it. A shape that is not the bias of a GRU is a ``ValueError``.
    """

    def __init__(self, value):
        self.value = float(value)

    def __call__(self, shape, dtype=None):
        """Return the bias: (2, 3·units), where the second row is the state's, or (3·units,)."""
        shape = tuple(shape)
        if len(shape) not in (1, 2) or shape[-1] % 3 or (len(shape) == 2 and shape[0] != 2):
            raise ValueError(f"UpdateBias is for the bias of a GRU, (2, 3*units) or (3*units,), not {shape}.")
        bias = np.zeros(shape)
        bias.reshape(-1, shape[-1])[0, : shape[-1] // 3] = self.value
        return keras.ops.convert_to_tensor(bias, dtype=dtype or keras.config.floatx())

    def get_config(self):
        """Return what is stored with the model."""
        return {"value": self.value}


def recall_model(kind, units=32, time_steps=61, features=11, symbols=8, update_bias=None):
    """Return a compiled model for ``grulab.data.delayed_recall``: one recurrent layer, then a guess.

    ``kind`` is "SimpleRNN", "GRU" or "LSTM"; input (batch, time_steps, features), output (batch, symbols),
    probabilities. ``update_bias`` is where the update gate of a GRU starts; None leaves Keras' default, 0.
    Another ``kind``, or an ``update_bias`` for another kind than "GRU", is a ``ValueError``.
    """
    cells = {"SimpleRNN": keras.layers.SimpleRNN, "GRU": keras.layers.GRU, "LSTM": keras.layers.LSTM}
    if kind not in cells:
        raise ValueError(f"kind is {kind!r}, but it must be one of {', '.join(cells)}.")
    if update_bias is not None and kind != "GRU":
        raise ValueError(f"update_bias is for a GRU: a {kind} has no update gate.")
    options = {} if update_bias is None else {"bias_initializer": UpdateBias(update_bias)}
    model = keras.Sequential(
        [
            keras.Input((time_steps, features)),
            cells[kind](units, **options),
            keras.layers.Dense(symbols, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(3e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        # both are for speed alone: many small steps compiled into one
        jit_compile=True,
        steps_per_execution=16,
    )
    return model


def restart(model, seed):
    """Give a compiled model new starting weights, as if it had been built anew after setting ``seed``.

    The optimizer forgets as well. What was compiled stays, so that several seeds pay for it once. Raise a
    TypeError for anything but a compiled Keras model.
    """
    if not isinstance(model, keras.Model) or not model.compiled:
        raise TypeError(f"model must be a compiled Keras model, but is of type {type(model).__name__}.")
    keras.utils.set_random_seed(seed)
    fresh = keras.models.clone_model(model)
    # weights, running averages, and the states that dropout draws from, in layers inside of layers too
    for variable, new in zip(model.variables, fresh.variables, strict=True):
        variable.assign(new)
    optimizer = model.optimizer
    optimizer.build(model.trainable_variables)
    learning_rate = float(optimizer.learning_rate)
    for variable in optimizer.variables:
        variable.assign(keras.ops.zeros_like(variable))
    optimizer.learning_rate = learning_rate


def sequence_classifier(time_steps, features, units=32, learning_rate=1e-3, jit_compile="auto"):
    """Return a compiled model that reads a sequence and says yes or no from its last state.

    Input: (batch, time_steps, features). Output: the probability of label 1, (batch, 1).
    ``jit_compile=True`` pays some seconds once and makes each epoch faster: worth it for long trainings.
    """
    model = keras.Sequential(
        [
            keras.Input((time_steps, features)),
            keras.layers.GRU(units),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        jit_compile=jit_compile,
    )
    return model


def review_reader(num_words, units=32, embedding=32, mask=True, dropout=0.3, learning_rate=3e-3):
    """Return a compiled model that reads a review word by word and answers from its last state.

    Input: ids (batch, time_steps) with 0 for padding. Output: the probability of praise, (batch, 1).
    With ``mask`` a padded step leaves the state as it is; without it the padding is read like a word.
    The layers are named "embedding", "gru" and "answer".
    """
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            # each id becomes a trained vector: (batch, time_steps, embedding)
            keras.layers.Embedding(num_words, embedding, mask_zero=mask, name="embedding"),
            # drop whole features, not single numbers: neighbouring words share what is left
            keras.layers.SpatialDropout1D(dropout),
            # the state after the last word: (batch, units); a GPU's fast kernel wants padding on the right
            keras.layers.GRU(units, use_cudnn=False, name="gru"),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(1, activation="sigmoid", name="answer"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        jit_compile=True,
    )
    return model


def forecaster(time_steps, units=50, layers=1, dropout=0.0, activation=None, steps_per_execution=10):
    """Return a compiled model that reads a window of a series and forecasts one number.

    Input: (batch, time_steps, 1). Output: (batch, 1). ``layers`` GRUs of ``units`` stand on each other, with
    ``dropout`` between them. ``activation`` is that of the output, none by default. Adam starts at a rate of
    0.01; ``steps_per_execution`` updates run as one call, for speed alone. Less than one layer is a
    ``ValueError``.
    """
    if layers < 1:
        raise ValueError(f"layers is {layers!r}, but it must be at least 1.")
    model = keras.Sequential([keras.Input((time_steps, 1))])
    for below in range(layers - 1):
        model.add(keras.layers.GRU(units, return_sequences=True, name=f"gru_{below + 1}"))
        if dropout:
            model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.GRU(units, name=f"gru_{layers}"))
    model.add(keras.layers.Dense(1, activation=activation, name="answer"))
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="mse",
        jit_compile=True,
        steps_per_execution=steps_per_execution,
    )
    return model
