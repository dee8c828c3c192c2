"""Train a Keras model and show that it is at work, without a progress bar that stays in the page."""

import time

import numpy as np

from grulab import heap
from grulab.arguments import check_list, check_number, check_size, check_text
from grulab.arrays import as_array, check_shape
from grulab.quiet import keras


class Progress(keras.callbacks.Callback):
    """Show one line that is written anew after each epoch, and remove it when training ends.

    The line is there for the reader who runs the notebook; it never stays in the output.
    """

    def __init__(self, label="training"):
        super().__init__()
        self.label = check_text("label", label)
        self.line = None

    def show(self, text):
        """Write ``text`` into the one line, if there is a notebook to show it."""
        from IPython import get_ipython
        from IPython.display import display

        if get_ipython() is None:
            return
        if self.line is None:
            # an output that begins and ends empty is the same in every execution
            self.line = display({}, raw=True, display_id=True)
        self.line.update({"text/plain": text}, raw=True)

    def on_train_begin(self, logs=None):
        """Say that training has begun."""
        self.show(f"{self.label} …")

    def on_epoch_end(self, epoch, logs=None):
        """Say how many epochs are done, and the last scores."""
        scores = ", ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
        self.show(f"{self.label}: epoch {epoch + 1} of {self.params['epochs']}, {scores}")

    def on_train_end(self, logs=None):
        """Empty the line."""
        if self.line is not None:
            self.line.update({}, raw=True)


def half_cosine(rate, epochs):
    """Return a callback: the learning rate begins at ``rate`` and falls along half a cosine to nearly 0.

    ``epochs`` is the number of epochs that ``fit`` gets. Raise a TypeError or a ValueError unless it is a
    whole number of at least 1.
    """
    epochs, rate = check_size("epochs", epochs, 1), float(check_number("rate", rate, above=0))
    return keras.callbacks.LearningRateScheduler(
        lambda epoch: rate / 2 * (1 + np.cos(np.pi * epoch / epochs))
    )


def check_rows(model, x, y):
    """Raise a ValueError unless ``x`` has the shape that the model reads, and ``y`` as many rows.

    For a model with several inputs ``x`` is a list of as many arrays.
    """
    wanted = getattr(model, "input_shape", None) if model.built else None
    parts = [("x", x, wanted)]
    if isinstance(wanted, list):
        if len(check_list("x", x, "arrays")) != len(wanted):
            raise ValueError(f"x holds {len(x)} arrays, but the model has {len(wanted)} inputs.")
        parts = [(f"x[{i}]", *both) for i, both in enumerate(zip(x, wanted, strict=True))]
    labels = as_array("y", y, "an array").shape
    for name, part, shape in parts:
        given = as_array(name, part, "an array")
        if not given.shape or given.shape[:1] != labels[:1]:
            raise ValueError(
                f"{name} and y must have equally many rows, but their shapes are {given.shape} and {labels}."
            )
        if isinstance(shape, tuple):
            check_shape(name, given, ("batch", *("any" if n is None else n for n in shape[1:])))


def make_variables(model, x, y):
    """Make what the optimizer and the metrics keep, before Keras traces a training step.

    ``x`` and ``y`` are arrays as ``fit`` takes them. What is made while a step is traced has TensorFlow trace
    that step a second time. Nothing is learnt, and no random number is drawn. A model that is not built or
    not compiled is left as it is, and so is one with several inputs or outputs.
    """
    inputs, outputs = (getattr(model, name, None) for name in ("input_shape", "output_shape"))
    if not (model.built and model.compiled and isinstance(inputs, tuple) and isinstance(outputs, tuple)):
        return
    if not model.optimizer.built:  # a LossScaleOptimizer would be given a second scale
        model.optimizer.build(model.trainable_variables)
    shape = model.compute_output_shape((1, *np.shape(x)[1:]))
    model.compute_metrics(x[:1], keras.ops.convert_to_tensor(y[:1]), keras.ops.zeros(shape))
    model.reset_metrics()


def fit(model, x, y, *, label="training", **kwargs):
    """Call ``model.fit`` with one line of progress; return ``(history, seconds)``.

    ``history`` is the dictionary of lists that Keras keeps, ``seconds`` the time that ``fit`` took.
    Everything else is handed to ``model.fit``, but for ``verbose``: the line of progress takes its place.
    Raise a TypeError for anything but a Keras model, a ValueError for ``x`` that does not fit the model, or
    ``y`` that does not fit ``x``.
    """
    if not isinstance(model, keras.Model):
        raise TypeError(f"model must be a Keras model, but is of type {type(model).__name__}.")
    if "verbose" in kwargs:
        raise TypeError("fit shows one line of progress and knows no verbose; leave it out.")
    check_text("label", label)
    check_rows(model, x, y)
    kwargs["epochs"] = check_size("epochs", kwargs.get("epochs", 1), 0)
    if kwargs.get("batch_size") is not None:
        kwargs["batch_size"] = check_size("batch_size", kwargs["batch_size"], 1)
    callbacks = [*check_list("callbacks", kwargs.pop("callbacks", None) or [], "callbacks"), Progress(label)]
    start = time.perf_counter()
    make_variables(model, x, y)
    history = model.fit(x, y, verbose=0, callbacks=callbacks, **kwargs).history
    seconds = time.perf_counter() - start
    heap.give_back()  # what the compiler needed
    return history, seconds
