"""The Keras models of the course, one function each. Every function seeds nothing: the page does."""

from weakref import WeakKeyDictionary

import numpy as np

from grulab.arguments import check_flag, check_list, check_number, check_one_of, check_size, named
from grulab.quiet import keras

MOST = 10**6  # of anything that a layer has a row of weights for, or a place of its own
# the names that Keras knows for what stands behind a layer
ACTIVATIONS = sorted(name for name in dir(keras.activations) if name.islower() and name[0] != "_")
# an optimizer → pairs of one of its variables, and the array that it began with
BEGINNINGS = WeakKeyDictionary()


@keras.saving.register_keras_serializable(package="grulab")
class UpdateBias(keras.initializers.Initializer):
    """Start the update gate of a GRU more open (``value`` above 0) or more shut; all other biases start at 0.

    For ``keras.layers.GRU(bias_initializer=…)``, with ``reset_after`` or without. ``value`` is added
    to the sum behind z in each unit: at +5 and with no input z starts at 0.993. A model that is rebuilt or
    loaded keeps it. A shape that is not the bias of a GRU is a ``ValueError``.
    """

    def __init__(self, value):
        self.value = float(check_number("value", value))

    def __call__(self, shape, dtype=None):
        """Return the bias: (2, 3·units), where the second row is the state's, or (3·units,)."""
        shape = tuple(
            check_size("a size of shape", size, 1, MOST) for size in check_list("shape", shape, "sizes")
        )
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
    check_one_of("kind", kind, cells)
    units, time_steps, features, symbols = check_sizes(
        units=units, time_steps=time_steps, features=features, symbols=symbols
    )
    if update_bias is not None and kind != "GRU":
        raise ValueError(f"update_bias is for a GRU: a {kind} has no update gate.")
    options = {}
    if update_bias is not None:
        options["bias_initializer"] = UpdateBias(check_number("update_bias", update_bias))
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

    The optimizer forgets as well, but for its learning rate, which stays as it is. What was compiled stays,
    so that several seeds pay for it once. Raise a TypeError for anything but a compiled Keras model.
    """
    if not isinstance(model, keras.Model) or not model.compiled:
        raise TypeError(f"model must be a compiled Keras model, but is of type {type(model).__name__}.")
    seed = check_size("seed", seed, 0, 2**32 - 1)
    optimizer = model.optimizer
    beginning = _beginning(optimizer, model.trainable_variables)
    keras.utils.set_random_seed(seed)
    fresh = keras.models.clone_model(model)
    # weights, running averages, and the states that dropout draws from, in layers inside of layers too
    for variable, new in zip(model.variables, fresh.variables, strict=True):
        variable.assign(new)
    # a number is kept in a variable; a schedule has none, and follows the count of updates
    rate = optimizer.learning_rate
    for variable, value in beginning:
        if variable is not rate:
            variable.assign(value)


def _beginning(optimizer, trained):
    """Return ``[(variable, array)]``: what each variable of the optimizer of ``trained`` ones began with."""
    if optimizer not in BEGINNINGS:
        fresh = optimizer
        if optimizer.built:
            # it may have learnt already: another one of the same settings shows how it began
            fresh = type(optimizer).from_config(optimizer.get_config())
            trained = getattr(optimizer, "_trainable_variables", trained)
        fresh.build(trained)
        # asarray before the copy: np.array on a Keras variable makes NumPy 2 warn
        arrays = (np.asarray(variable).copy() for variable in fresh.variables)
        BEGINNINGS[optimizer] = list(zip(optimizer.variables, arrays, strict=True))
    return BEGINNINGS[optimizer]


def check_sizes(**sizes):
    """Return the sizes as a list of ints; raise an error unless each is a whole number of at least 1."""
    return [check_size(name, size, 1, MOST) for name, size in sizes.items()]


def check_jit(jit_compile):
    """Raise an error unless this is True, False or "auto"."""
    if not isinstance(jit_compile, bool) and not (isinstance(jit_compile, str) and jit_compile == "auto"):
        raise ValueError(f'jit_compile is {named(jit_compile)}, but it must be True, False or "auto".')


def compiled(model, learning_rate, jit_compile):
    """Compile a model whose one output is the probability of a yes, and return it."""
    check_jit(jit_compile)
    if not isinstance(learning_rate, keras.optimizers.schedules.LearningRateSchedule):
        learning_rate = float(check_number("learning_rate", learning_rate, above=0))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        jit_compile=jit_compile,
    )
    return model


def sequence_classifier(time_steps, features, units=32, learning_rate=1e-3, jit_compile="auto"):
    """Return a compiled model that reads a sequence and says yes or no from its last state.

    Input: (batch, time_steps, features). Output: the probability of label 1, (batch, 1).
    ``jit_compile=True`` pays some seconds once and makes each epoch faster: worth it for long trainings.
    """
    time_steps, features, units = check_sizes(time_steps=time_steps, features=features, units=units)
    model = keras.Sequential(
        [
            keras.Input((time_steps, features)),
            keras.layers.GRU(units),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    return compiled(model, learning_rate, jit_compile=jit_compile)


def review_reader(num_words, units=32, embedding=32, mask=True, dropout=0.3, learning_rate=3e-3):
    """Return a compiled model that reads a review word by word and answers from its last state.

    Input: ids (batch, time_steps) with 0 for padding. Output: the probability of praise, (batch, 1).
    With ``mask`` a padded step leaves the state as it is; without it the padding is read like a word.
    The layers are named "embedding", "gru" and "answer".
    """
    num_words, units, embedding = check_sizes(num_words=num_words, units=units, embedding=embedding)
    mask, dropout = check_flag("mask", mask), float(check_number("dropout", dropout, 0, below=1))
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
    return compiled(model, learning_rate, jit_compile=True)


def passage_reader(
    num_words,
    maxlen=400,
    passage=50,
    units=32,
    embedding=32,
    dropout=0.4,
    learning_rate=5e-3,
    both_ways=True,
    pairs=0,
):
    """Return a compiled model that reads the passages of a review side by side, and sums up their states.

    Input: ids (batch, maxlen), with 0 for padding behind the words. Output: the probability of praise,
    (batch, 1). The steps of a GRU must wait for each other, those of two passages need not: in passages of
    ``passage`` words a review takes only so many steps, on more rows, which a processor does far faster.
    Nothing is carried from one passage into the next. Each is read forward, and backward too with
    ``both_ways``, and the answer sees the largest value of each unit over all words, and its mean.

    With ``pairs`` each word's vector is added to that of its pair with the word before, and the input is
    a list: ids, and those of ``grulab.pairs``, below ``pairs`` + 1. Vectors of pairs start at zero.
    ``maxlen`` must be a multiple of ``passage``, or it is a ``ValueError``. ``learning_rate`` may be a
    schedule.
    """
    num_words, maxlen, passage, units, embedding = check_sizes(
        num_words=num_words, maxlen=maxlen, passage=passage, units=units, embedding=embedding
    )
    pairs, both_ways = check_size("pairs", pairs, 0, MOST), check_flag("both_ways", both_ways)
    dropout = float(check_number("dropout", dropout, 0, below=1))
    if maxlen % passage:
        raise ValueError(f"maxlen must be a multiple of passage, but they are {maxlen} and {passage}.")
    ids = keras.Input((maxlen,), dtype="int32")
    inputs = [ids]
    # each passage becomes a row of its own: (batch · passages, passage)
    words = keras.layers.Embedding(num_words, embedding, mask_zero=True, name="embedding")
    rows = keras.ops.reshape(ids, (-1, passage))
    vectors = words(rows)  # (batch · passages, passage, embedding)
    mask = words.compute_mask(rows)
    if pairs:
        inputs.append(keras.Input((maxlen,), dtype="int32"))
        table = keras.layers.Embedding(pairs + 1, embedding, embeddings_initializer="zeros", name="pairs")
        vectors = vectors + table(keras.ops.reshape(inputs[1], (-1, passage)))
    vectors = keras.layers.SpatialDropout1D(dropout)(vectors)
    # use_cudnn=False: a GPU's fast kernel cannot be compiled with jit_compile
    reads = keras.layers.GRU(units, return_sequences=True, use_cudnn=False, name="reader")
    if both_ways:
        reads = keras.layers.Bidirectional(reads, name="readers")
    states = reads(vectors, mask=mask)
    # the passages stand behind each other again: (batch, maxlen, units), or twice as many units
    states = keras.ops.reshape(states, (-1, maxlen, states.shape[-1]))
    is_word = (ids != 0)[..., None]  # (batch, maxlen, 1)
    # no state falls below -1, so no padding wins
    largest = keras.ops.max(keras.ops.where(is_word, states, -1.0), axis=1)  # (batch, units)
    count = keras.ops.maximum(keras.ops.sum(keras.ops.cast(is_word, states.dtype), axis=1), 1)  # (batch, 1)
    mean = keras.ops.sum(keras.ops.where(is_word, states, 0.0), axis=1) / count  # (batch, units)
    summary = keras.layers.Dropout(dropout)(keras.ops.concatenate([largest, mean], axis=-1))
    answer = keras.layers.Dense(1, activation="sigmoid", name="answer")(summary)
    model = keras.Model(inputs if pairs else ids, answer)
    return compiled(model, learning_rate, jit_compile=True)


def forecaster(time_steps, units=50, layers=1, dropout=0.0, activation=None, steps_per_execution=10):
    """Return a compiled model that reads a window of a series and forecasts one number.

    Input: (batch, time_steps, 1). Output: (batch, 1). ``layers`` GRUs of ``units`` stand on each other, with
    ``dropout`` between them. ``activation`` is that of the output, none by default. Adam starts at a rate of
    0.01; ``steps_per_execution`` updates run as one call, for speed alone. Less than one layer is a
    ``ValueError``.
    """
    layers = check_size("layers", layers, 1, 1000)
    time_steps, units, steps_per_execution = check_sizes(
        time_steps=time_steps, units=units, steps_per_execution=steps_per_execution
    )
    dropout = float(check_number("dropout", dropout, 0, below=1))
    if activation is not None and not callable(activation):
        check_one_of("activation", activation, ACTIVATIONS)
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
