"""The variants of chapter 07, all for one task: what stands between the input and the answer."""

from grulab.arguments import check_function, check_list, check_size, named
from grulab.layers import AttendStates, MinGRU
from grulab.models import check_jit, check_sizes
from grulab.quiet import keras

layers = keras.layers


def stacked(units, depth, between=lambda: []):
    """Return ``depth`` GRUs on top of each other; ``between`` makes what stands after each but the last."""
    (units,), depth = check_sizes(units=units), check_size("depth", depth, 1, 1000)
    check_function("between", between, "returns a list of layers")
    below = []
    for _ in range(depth - 1):
        below.append(layers.GRU(units, return_sequences=True))
        below += check_layers("what between returned", between())
    return [*below, layers.GRU(units)]


def check_layers(name, value):
    """Return a list of Keras layers; raise a TypeError for anything else."""
    listed = check_list(name, value, "Keras layers")
    for i, layer in enumerate(listed):
        if not isinstance(layer, layers.Layer):
            raise TypeError(f"{name}[{i}] must be a Keras layer, but is {named(layer)}.")
    return listed


# a name → a function from the number of units to a list of layers
VARIANTS = {
    "SimpleRNN": lambda units: [layers.SimpleRNN(units)],
    "GRU": lambda units: [layers.GRU(units)],
    "LSTM": lambda units: [layers.LSTM(units)],
    "minGRU": lambda units: [MinGRU(units)],
    "two GRUs": lambda units: stacked(units, 2),
    "bidirectional": lambda units: [layers.Bidirectional(layers.GRU(units))],
    "attention": lambda units: [layers.GRU(units, return_sequences=True), AttendStates(units)],
    "dropout on inputs": lambda units: [layers.GRU(units, dropout=0.2)],
    "dropout on the state": lambda units: [layers.GRU(units), layers.Dropout(0.2)],
    "recurrent dropout": lambda units: [layers.GRU(units, recurrent_dropout=0.2)],
    "batch normalisation": lambda units: stacked(units, 2, lambda: [layers.BatchNormalization()]),
    "layer normalisation": lambda units: stacked(units, 2, lambda: [layers.LayerNormalization()]),
}


def build(between, time_steps, features, jit_compile=False, steps_per_execution=16):
    """Return a compiled model that says yes or no: the layers ``between`` input and answer, then the answer.

    Input: (batch, time_steps, features). Output: the probability of label 1, (batch, 1). Adam starts at a
    rate of 0.01. ``jit_compile`` and ``steps_per_execution`` are for speed alone; a short training does not
    pay compiling back.
    """
    between = check_layers("between", between)
    time_steps, features, steps_per_execution = check_sizes(
        time_steps=time_steps, features=features, steps_per_execution=steps_per_execution
    )
    check_jit(jit_compile)
    answer = layers.Dense(1, activation="sigmoid", name="answer")
    model = keras.Sequential([keras.Input((time_steps, features)), *between, answer])
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        jit_compile=jit_compile,
        steps_per_execution=steps_per_execution,
    )
    return model
