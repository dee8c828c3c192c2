"""Whether every widget reaches Colab's front end: its comm, its view, its script and its numbers."""

import json

from environments.place import Failure

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
# what Colab's own front end puts into a kernel, as far as anywidget asks for it
FRONT_END = """
import sys, types
asked = []
colab = types.ModuleType("google.colab.output")
colab.enable_custom_widget_manager = lambda: asked.append("enabled")
colab._widgets = types.SimpleNamespace(_installed_url="https://colab.invalid/manager")
sys.modules["google.colab.output"] = colab
"""
# every widget, with what its page gives it
SHOW = """
import json
from pathlib import Path
from IPython.display import display
sys.path.append(str(Path(grulab.__file__).parents[1] / "tests/browser"))
from taken import TAKEN
from grulab import widgets
told = []
for kind in widgets.__all__:
    one = getattr(widgets, kind)(**TAKEN.get(kind, {}))
    display(one)
    told.append([one.model_id, {name: getattr(one, name) for name in one.quantities()}, asked])
print(json.dumps(told))
"""


def cells(setup: str) -> list[str]:
    """Return the code of a notebook that shows every widget, behind a setup cell."""
    return [FRONT_END, setup, SHOW]


def check(notebook, version: str) -> int:
    """Return how many widgets an executed notebook shows.

    Raises ``Failure`` unless each has a comm of this version of anywidget, with script, style and numbers.
    """
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", ())]
    shown = {one["data"][VIEW]["model_id"] for one in outputs if VIEW in one.get("data", {})}
    state = notebook.metadata["widgets"][STATE]["state"]
    told = json.loads(next(one["text"] for one in outputs if one.get("name") == "stdout"))
    for model, numbers, asked in told:
        if model not in state or model not in shown:
            raise Failure(f"The widget {model} opened no comm, or was not shown.")
        module = f"{state[model]['model_module']} {state[model]['model_module_version']}"
        # the front end takes any script of this minor version
        if module != f"anywidget ~{version.rpartition('.')[0]}.*":
            raise Failure(f"A widget's comm asks for {module}, but Colab's is anywidget {version}.")
        sent = state[model]["state"]
        if not (sent["_esm"] and sent["_css"]):
            raise Failure(f"The widget {model} sends no script, or no style.")
        if {name: sent.get(name) for name in numbers} != numbers:
            raise Failure(f"The state of the widget {model} does not hold {numbers}.")
        if not asked:
            raise Failure("Colab's front end was not asked to show the widgets of others.")
    return len(told)
