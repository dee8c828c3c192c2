"""What does it believe, and since when? A recording plays through a trained GRU, frame by frame."""

import numpy as np
import traitlets

from grulab import cell
from grulab.arguments import check_list, check_number, named
from grulab.arrays import as_array
from grulab.nextsymbol import softmax, uniforms
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.given import check_arrays, check_texts
from grulab.widgets.transport import packed, packed_weights, unpacked

ORDERS = ["as recorded", "backwards", "shuffled"]


class Player(CourseWidget):
    """Play recordings through a trained GRU, and show its belief in each class after each frame.

    ``weights`` are the ``grulab.cell.Weights`` of the GRU, or a pair of them for a layer that reads both ways
    (forward, backward), as in Keras' ``Bidirectional``. ``head`` is the kernel (units, classes) and the bias
    (classes,) of the output, whose scores a softmax makes a belief in each of ``classes``.

    ``examples`` is a list of recordings: films, (time_steps, height, width), whose frames are read as rows of
    pixels, or spectrograms (time_steps, bands), low bands first. ``truths`` says what is right for each: a
    class, if the answer is the belief after the last frame; or a list of classes in a row, if the best class
    of each frame is written down, neighbours merged and the class ``blank`` left out. ``titles`` names the
    examples. For sounds, ``samples`` (numbers from -1 to 1, ``rate`` a second) make a recording heard, and
    ``columns`` tells the right class of each frame, where it is known.

    Frames and samples reach the page as float16 (relative error at most 2⁻¹¹), the weights as float32.
    """

    _esm = module("player", "transport", "randoms", "softmax", "sound", "recording", "playerviews")
    _css = style("player")

    example = Quantity(0, 0, 99, 1, help="which of the recordings")
    order = Quantity(0, 0, len(ORDERS) - 1, 1, help="the order of the frames of a film")
    draw = Quantity(0, 0, 99, 1, help="which shuffle")
    step = Quantity(1, 1, 9_999, 1, help="frames read so far, in the order of play")
    pace = Quantity(3, 1, 12, 1, help="frames a second of a film")
    level = Quantity(0.5, 0.0, 1.0, 0.05, help="the level of the sound")

    # what the page needs and nobody moves
    layers = traitlets.List(read_only=True, help="the trained weights").tag(sync=True)
    output = traitlets.Dict(read_only=True, help="kernel and bias of the output").tag(sync=True)
    frames = traitlets.List(read_only=True, help="the recordings").tag(sync=True)
    sounds = traitlets.List(read_only=True, help="the samples").tag(sync=True)
    truths = traitlets.List(read_only=True).tag(sync=True)
    columns = traitlets.List(read_only=True).tag(sync=True)
    classes = traitlets.List(read_only=True).tag(sync=True)
    titles = traitlets.List(read_only=True).tag(sync=True)
    setting = traitlets.Dict(read_only=True, help="kind, rate, blank and orders").tag(sync=True)

    def __init__(
        self, weights, head, examples, truths, classes, titles=None, *,
        samples=None, rate=None, columns=None, blank=None, **values,
    ):  # fmt: skip
        weights = [weights] if isinstance(weights, cell.Weights) else weights
        layers = check_list("Player: weights", weights, "one or two grulab.cell.Weights")
        head = check_arrays("Player: head", head, "kernel", "bias")
        examples = [one.astype("float32") for one in check_arrays("Player: examples", examples)]
        truths = check_list("Player: truths", truths, "classes")
        classes = check_texts("Player: classes", classes, "names of classes")
        titles = [f"example {i}" for i in range(len(examples))] if titles is None else titles
        titles = check_texts("Player: titles", titles, "titles") if examples else list(titles)
        if samples is not None:
            samples = check_arrays("Player: samples", samples)
        if rate is not None:
            check_number("Player: rate", rate)
        if columns is not None:
            columns = check_list("Player: columns", columns, "rows of classes")
        _check(layers, head, examples, truths, classes, titles)
        _check_sound(examples, samples, rate, columns, blank, len(classes))
        kind = "film" if examples[0].ndim == 3 else "sound"
        self.weights, self.head = layers, tuple(np.asarray(part, "float32") for part in head)
        self.set_trait("layers", [packed_weights(layer) for layer in layers])
        self.set_trait("output", {"kernel": packed(self.head[0]), "bias": packed(self.head[1])})
        self.set_trait("frames", [packed(one, "float16") for one in examples])
        self.set_trait("sounds", [packed(one, "float16") for one in samples or []])
        self.set_trait("truths", [int(one) if np.ndim(one) == 0 else list(map(int, one)) for one in truths])
        self.set_trait("columns", [list(map(int, one)) for one in columns or []])
        self.set_trait("classes", list(classes))
        self.set_trait("titles", titles)
        self.set_trait("setting", {"kind": kind, "rate": rate, "blank": blank, "orders": ORDERS})
        longest = max(len(one) for one in examples)
        self.narrow({"example": [0, len(examples) - 1, 1], "step": [1, longest, 1]})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given what it was made of."""
        given = ["weights", "head", "examples", "truths", "classes", "titles"]
        if self.sounds:
            given += ["samples=samples", f"rate={self.setting['rate']}"]
        if self.columns:
            given.append("columns=columns")
        if self.setting["blank"] is not None:
            given.append(f"blank={self.setting['blank']}")
        values = [f"{name}={getattr(self, name)!r}" for name in ("name", *self.quantities())]
        return f"Player({', '.join(given + values)})"

    def places(self):
        """Return the places of the frames in the order of play, as ``orderOf`` does: (time_steps,)."""
        places = list(range(len(unpacked(self.frames[self.example]))))
        if ORDERS[self.order] == "shuffled":
            numbers = uniforms(self.draw)
            for last in range(len(places) - 1, 0, -1):
                other = int(next(numbers) * (last + 1))
                places[last], places[other] = places[other], places[last]
        return np.array(places[::-1] if ORDERS[self.order] == "backwards" else places)

    def beliefs(self):
        """Return the belief after each frame of the chosen example as it is played: (time_steps, classes)."""
        frames = unpacked(self.frames[self.example])[self.places()]
        xs = frames.reshape(1, len(frames), -1)
        forward, *backward = self.weights
        xs = xs.astype(forward.dtype)
        states = [cell.run(forward, xs).h[0]]
        # a layer that goes backwards gives its states in the order of its walk
        states += [cell.run(layer, xs, go_backwards=True).h[0, ::-1] for layer in backward]
        kernel, bias = self.head
        return softmax(np.concatenate(states, axis=1) @ kernel + bias)

    def written(self):
        """Return the classes that are written down: neighbours merged, then the blank left out, as a list."""
        best = self.beliefs().argmax(axis=1)
        starts = np.append(True, best[1:] != best[:-1])
        return [int(k) for k in best[starts] if k != self.setting["blank"]]

    @traitlets.default("name")
    def _own_name(self):
        return "player"


def _check(layers, head, examples, truths, classes, titles):
    """Raise a TypeError or a ValueError unless model, recordings and names fit together."""
    if not 1 <= len(layers) <= 2 or not all(isinstance(layer, cell.Weights) for layer in layers):
        raise TypeError("Player: weights must be grulab.cell.Weights, or a pair of them for both ways.")
    if not examples or not len(examples) == len(truths) == len(titles):
        raise ValueError(
            f"Player: each example needs a truth and a title, but there are {len(examples)} examples, "
            f"{len(truths)} truths and {len(titles)} titles."
        )
    units = sum(layer.units for layer in layers)
    shapes = [np.shape(part) for part in head]
    if shapes != [(units, len(classes)), (len(classes),)]:
        raise ValueError(
            f"Player: head must be a kernel ({units}, {len(classes)}) and a bias ({len(classes)},) for "
            f"{len(classes)} classes, but the shapes are {', '.join(map(str, shapes))}."
        )
    features = layers[0].features
    for one in examples:
        if one.ndim not in (2, 3) or one.ndim != examples[0].ndim or len(one) < 2 or one[0].size != features:
            raise ValueError(
                "Player: examples must be films (time_steps, height, width) or spectrograms (time_steps, "
                f"bands), all of one kind, with {features} numbers a frame, but one is {one.shape}."
            )
    for one in truths:
        _check_classes("Player: truths", one, len(classes))


def _is_class(value, classes):
    is_number = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return is_number and 0 <= value < classes


def _check_classes(name, value, classes):
    """Raise a TypeError or a ValueError unless this is a class, or a list of them, each a whole number."""
    is_row = as_array(name, value, "a class or a list of classes").ndim > 0
    for one in check_list(name, value, "classes") if is_row else [value]:
        if not _is_class(one, classes):
            raise ValueError(
                f"{name} must count the classes from 0 to {classes - 1}, but one of them is {named(one)}."
            )


def _check_sound(examples, samples, rate, columns, blank, classes):
    """Raise a ValueError unless samples, rate, columns and blank fit the recordings."""
    if (samples is None) != (rate is None):
        raise ValueError("Player: samples and rate go together: give both, or none.")
    if samples is not None and not all(one.ndim == 1 and np.abs(one).max() <= 1 for one in samples):
        raise ValueError("Player: samples must hold for each example a row of numbers from -1 to 1.")
    if samples is not None and not (len(samples) == len(examples) and 8_000 <= rate <= 48_000):
        raise ValueError(
            f"Player: each of the {len(examples)} examples needs its samples, at a rate from 8000 to 48000, "
            f"but there are {len(samples)} at {rate}."
        )
    rows = [check_list("Player: one of columns", one, "classes") for one in columns or ()]
    if columns is not None and [len(one) for one in rows] != [len(one) for one in examples]:
        raise ValueError("Player: columns must hold a class for each frame of each example.")
    for row in rows:
        _check_classes("Player: columns", row, classes)
    if blank is not None and not _is_class(blank, classes):
        raise ValueError(
            f"Player: blank is {named(blank)}, but it must count the classes from 0 to {classes - 1}."
        )
