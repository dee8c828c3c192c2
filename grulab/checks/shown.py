"""What a notebook shows of hints, verdicts and reports, wherever in a cell they are asked for.

A notebook shows the value of a cell's last line and no other. A verdict that nobody sees is of no use, so
whatever is asked for earlier in the cell is shown as well: at the latest when the cell ends.
"""

import sys

_waiting: list["Shown"] = []


class Shown:
    """Something to be seen once: as the value of the cell, by ``print``, or when the cell ends.

    A class of this kind has ``text``, and one of ``html`` and ``markdown``.
    """

    text: str
    html: str | None = None
    markdown: str | None = None

    def __repr__(self):
        forget(self)
        return self.text

    def _repr_html_(self):
        forget(self)
        return self.html

    def _repr_markdown_(self):
        forget(self)
        return self.markdown


class Note(Shown):
    """A few lines of Markdown."""

    def __init__(self, markdown: str):
        self.text = self.markdown = markdown


def promise(shown: Shown) -> Shown:
    """Return something to be shown, and see to it that it will be, whatever the cell does with it.

    Without a running notebook nothing happens: plain Python shows what it is told to print.
    """
    shell = running_shell()
    if shell is not None:
        show_waiting()
        _waiting.append(shown)
        if at_the_end not in shell.events.callbacks["post_run_cell"]:
            shell.events.register("post_run_cell", at_the_end)
    return shown


def running_shell():
    """Return the notebook's shell, ``None`` outside of one. IPython is not imported for it."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def at_the_end(result=None):
    """Show what a cell has left unseen, unless it ends in a semicolon."""
    source = getattr(getattr(result, "info", None), "raw_cell", None) or ""
    if source.rstrip().endswith(";"):
        _waiting.clear()
    show_waiting()


def show_waiting():
    """Show everything that was promised and not yet seen."""
    from IPython.display import display

    for shown in list(_waiting):
        forget(shown)
        display(shown)


def forget(shown):
    """Take something off the list: it is being seen."""
    _waiting[:] = [one for one in _waiting if one is not shown]
