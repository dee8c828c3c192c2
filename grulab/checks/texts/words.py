"""Words as the checks quote and count them."""

from collections import Counter

from grulab.data.text import words


def quoted(text):
    """Return a text in quotation marks, the middle left out when it is long."""
    text = str(text)
    return f"“{text}”" if len(text) <= 120 else f"“{text[:60]} … {text[-50:]}”"


def runs(text, n):
    """Count the runs of ``n`` neighbouring words."""
    found = words(text)
    return Counter(tuple(found[i : i + n]) for i in range(len(found) - n + 1))
