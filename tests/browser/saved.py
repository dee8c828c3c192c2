"""The state of a widget as the built page holds it."""

import base64

from grulab.cell import Weights
from grulab.widgets.transport import unpacked

STATE = """(name) => {
    const saved = document.querySelector('script[type="application/vnd.jupyter.widget-state+json"]');
    return Object.values(JSON.parse(saved.textContent).state).find(({ state }) => state.name === name);
}"""


def state_of(page, name):
    """Return the traits of the widget of this name, bytes in their places."""
    saved = page.evaluate(STATE, name)
    for buffer in saved.get("buffers", ()):  # a widget of plain numbers has none
        place = saved["state"]
        for key in buffer["path"][:-1]:
            place = place[key]
        place[buffer["path"][-1]] = base64.b64decode(buffer["data"])
    return saved["state"]


def weights_of(layer):
    """Return a layer of the state as the ``Weights`` that it was packed from."""
    return Weights(
        *(unpacked(layer[name]) for name in ("kernel", "recurrent", "bias")),
        reset_after=layer["reset_after"],
    )
