"""Run what fails, and show what the error says without its traceback. Nothing here imports TensorFlow."""

import re
import textwrap
import warnings
from contextlib import contextmanager

from grulab.arguments import check_text

# the colours of Keras, and TensorFlow's name for the place, which differs from machine to machine
NOISE = re.compile(r"\x1b\[[0-9;]*m|\{\{function_node [^}]*\}\} ?")
WIDTH = 96  # of a printed line
AROUND = 180  # letters shown before and after the words that count, in a message of many lines


@contextmanager
def provoked(words, before=None):
    """Run code that must fail, and print what its error says around these ``words``.

    ``before`` are the words of an older Keras, which are as good.

    ``with provoked("expected ndim=3"): layer(rows)`` prints the kind of error and its message, and goes on.
    A ``UserWarning`` counts as an error. Long messages, some of which hold the data or a traceback, are cut
    to the line with the ``words``. An AssertionError says that nothing failed, or that it says other words.
    """
    check_text("words", words)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            yield
    except Exception as error:
        message = NOISE.sub("", str(error))
        if before is not None and before in message:
            words = before
        if words not in message:
            raise AssertionError(f"The error does not say {words!r}: {shortened(message, '')}") from error
        line = f"{type(error).__name__}: {shortened(message, words)}"
        print(textwrap.fill(line, WIDTH, break_on_hyphens=False))
    else:
        raise AssertionError(f"Nothing failed, but an error that says {words!r} was expected.")


def shortened(message, words):
    """Return the line of a message that holds these ``words``, with dots for what is left out around it."""
    start = message.index(words)
    first = message.rfind("\n", 0, start) + 1
    last = message.find("\n", start)
    last = len(message) if last < 0 else last
    left, right = max(first, start - AROUND), min(last, start + len(words) + AROUND)
    before = "… " if message[:left].strip() else ""
    after = " …" if message[right:].strip() else ""
    return before + message[left:right].strip() + after
