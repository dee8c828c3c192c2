"""Keep in an executed notebook the state of the widgets that it shows, and of no others.

A page may make widgets to read numbers off them, or to check its claims. Each would travel to the reader with
its script and its data, although nothing draws it.
"""

import re

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def views(notebook) -> set[str]:
    """Return the ids of the models that an output shows."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return {output["data"][VIEW]["model_id"] for output in outputs if VIEW in output.get("data", {})}


def reached(models: dict, ids: set[str]) -> set[str]:
    """Return the ids, and those of all models that they refer to."""
    found, waiting = set(), list(ids & set(models))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            named = re.findall(r"IPY_MODEL_(\w+)", repr(models[one]["state"]))
            waiting += [each for each in named if each in models]
    return found


def without_unseen(notebook):
    """Return the notebook without the state of widgets that no output shows."""
    saved = notebook["metadata"].get("widgets", {}).get(STATE)
    if saved:
        kept = reached(saved["state"], views(notebook))
        saved["state"] = {name: model for name, model in saved["state"].items() if name in kept}
    return notebook
