"""What makers of widgets are given: checks that name the widget, the argument and what is expected.

They raise a TypeError or a ValueError of one sentence, as those of ``grulab.arguments`` and ``grulab.arrays``
do; those take the name with the widget in front, such as "Player: head".
"""

from grulab.arguments import check_list, check_mapping, check_text, named
from grulab.arrays import check_numbers
from grulab.cell import Weights


def check_layer(name, value):
    """Return ``grulab.cell.Weights`` as they are; raise a TypeError for anything else."""
    if not isinstance(value, Weights):
        raise TypeError(f"{name} must be grulab.cell.Weights, not {type(value).__name__}.")
    return value


def check_arrays(name, value, *names):
    """Return a list of arrays of finite numbers: as many as there are ``names``, or any number of them."""
    what = f"arrays of numbers: {', '.join(names)}" if names else "arrays of numbers"
    arrays = check_list(name, value, what)
    if names and len(arrays) != len(names):
        raise ValueError(f"{name} must be a list of {what}, but holds {len(arrays)}.")
    return [check_numbers(f"{name}[{place}]", array) for place, array in enumerate(arrays)]


def check_texts(name, value, what):
    """Return a list of texts, one at least."""
    texts = [check_text(f"one of {name}", text) for text in check_list(name, value, what)]
    if not texts:
        raise ValueError(f"{name} must hold at least one, but is empty.")
    return texts


def check_titled(name, value, what, check, *expected):
    """Return a dictionary from titles to what ``check(its name, it, *expected)`` returns of each entry."""
    for title in check_mapping(name, value, f"from titles to {what}"):
        check_text(f"a title of {name}", title)
    return {title: check(f"{name}[{named(title)}]", one, *expected) for title, one in value.items()}
