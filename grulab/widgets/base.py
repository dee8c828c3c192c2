"""What all widgets share: the join of their JavaScript, and numbers that stay within their limits."""

import re
from numbers import Real
from pathlib import Path

import anywidget
import traitlets

from grulab import palette
from grulab.arguments import named

FOLDER = Path(__file__).parent


SHARED = ("gru", "controls", "drawing")


def module(name: str, *cores: str) -> str:
    """Return one self-contained ES module: what all widgets share, further cores, and the widget's own file.

    No bundler is needed: a widget's file imports nothing, whatever stands before it is in scope. All files
    share that scope, so no two may give the same name to something outside their functions.
    """
    return "\n".join((FOLDER / f"{stem}.js").read_text(encoding="utf-8") for stem in (*SHARED, *cores, name))


def style(name: str) -> str:
    """Return the colours of the course, the style of the controls and the widget's own, joined."""
    own = ((FOLDER / f"{stem}.css").read_text(encoding="utf-8") for stem in ("controls", name))
    return "\n".join((palette.css(), *own))


class Quantity(traitlets.TraitType):
    """A number that a slider or a choice moves: its default, its limits and the slider's step in one line.

    It holds whole numbers when all four are ints. A choice counts its options from 0.
    """

    def __init__(self, default, low, high, step, help):
        super().__init__(default, help=help)
        self.limits = [low, high, step]
        self.kind = int if all(isinstance(number, int) for number in (default, *self.limits)) else float
        self.tag(sync=True)

    def validate(self, obj, value):
        """Return ``value`` as a float (or int); raise a TraitError unless it lies within the limits."""
        low, high, _ = obj.limits.get(self.name, self.limits)
        # nan and infinity lie within no limits
        fits = isinstance(value, Real) and not isinstance(value, bool) and low <= value <= high
        if not (fits and (self.kind is float or int(value) == value)):
            noun = "whole number" if self.kind is int else "number"
            raise traitlets.TraitError(
                f"{type(obj).__name__}: {self.name} must be a {noun} from {low:g} to {high:g}, "
                f"but is {named(value)}."
            )
        return self.kind(value)


class CourseWidget(anywidget.AnyWidget):
    """A widget whose numbers are ``Quantity`` traits; the sliders read their limits from ``limits``.

    A subclass sets ``_esm`` by ``module``, ``_css`` by ``style`` and a ``traitlets.default`` for ``name``.
    What the page needs and nobody moves is a read-only trait with ``sync=True``.
    """

    name = traitlets.Unicode(help="stands for the widget in a shared link; unique on a page").tag(sync=True)
    limits = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **values):
        """Make the widget, its numbers as given: each within its limits."""
        for name in values:
            if not self.has_trait(name):
                stage = ("stage",) if self.has_trait("stage") else ()
                known = ", ".join((*stage, "name", *self.quantities()))
                raise TypeError(f"{type(self).__name__} knows no {named(name)}; it knows {known}.")
        super().__init__(**values)

    @traitlets.default("limits")
    def _own_limits(self):
        return {name: trait.limits for name, trait in self.quantities().items()}

    def narrow(self, bounds):
        """Narrow limits by the data, name → [low, high, step], before the numbers are set."""
        self.set_trait("limits", self.limits | bounds)

    def __repr__(self):
        """Write the widget as the line of Python that makes it."""
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.quantities())
        return f"{type(self).__name__}({numbers})"

    @classmethod
    def quantities(cls):
        """Return the numbers that a reader can move: name → ``Quantity``, in the order of the class."""
        # an anywidget's instance has a class of its own, below the one that lists the traits
        lines = [line for kind in reversed(cls.__mro__) for line in vars(kind).items()]
        return {name: trait for name, trait in lines if isinstance(trait, Quantity)}

    @traitlets.validate("name")
    def _check_name(self, proposal):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", proposal.value):
            raise traitlets.TraitError(
                f"{type(self).__name__}: name must be small letters, digits and hyphens, a letter first, "
                f"but is {named(proposal.value)}."
            )
        return proposal.value
