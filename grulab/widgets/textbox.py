"""What widgets share whose reader may type a text: presets, and behind them the reader's own."""

import traitlets

from grulab.arguments import named
from grulab.widgets.base import CourseWidget, Quantity


class TextWidget(CourseWidget):
    """A widget that reads one of its presets, or a text of the reader's own; its box is textbox.js.

    What is typed in the page is written into no trait. A subclass sets ``presets`` and gives its ``longest``.
    """

    preset = Quantity(0, 0, 999, 1, help="which of the presets, or one past the last: the reader's own text")
    text = traitlets.Unicode("", help="the reader's own text, as the widget begins").tag(sync=True)

    # what the page needs and nobody moves
    presets = traitlets.List(read_only=True, help="titles and what they stand for").tag(sync=True)
    longest = traitlets.Int(read_only=True, help="characters of a text at most").tag(sync=True)

    def chosen(self):
        """Return what the chosen preset stands for, or the reader's own text."""
        return self.presets[self.preset][1] if self.preset < len(self.presets) else self.text

    @traitlets.validate("text")
    def _check_text(self, proposal):
        if len(proposal.value) > self.longest:
            raise traitlets.TraitError(
                f"{type(self).__name__}: text may have {self.longest:,} characters, "
                f"but has {len(proposal.value):,}."
            )
        if any("\ud800" <= one <= "\udfff" for one in proposal.value):
            raise traitlets.TraitError(
                f"{type(self).__name__}: text must hold whole characters, but is {named(proposal.value)}."
            )
        return proposal.value
