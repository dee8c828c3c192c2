"""Execute notebooks under nbval as the book does, and compare all that a reader sees.

nbval compares what is printed, and tables. These must be equal in both executions, too: pictures, byte for
byte; what the widgets of a page hold, trained weights and data included; and the words of a cell with the tag
``nbval-ignore-output``, whose numbers alone are left out. A picture of seconds has the tag ``draws-seconds``,
and what a widget holds of them a name that ends with ``_seconds``: neither can be the same.

Kernels are warm, and a semicolon counts: IPython looks for the semicolon at a cell's end in its history, and
nbval 0.11 executes cells without storing them there; the value of each last line then shows up as an output
that the book's execution never had.
"""

import json
import re
from contextlib import ExitStack

import nbformat
import pytest
from nbclient import NotebookClient
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile

from tools import kernels, threads
from tools.widget_state import STATE, VIEW

PICTURES = {"image/png", "image/jpeg"}
NUMBER = re.compile(r"\s*\b\d+(\.\d+)?(e[-+]?\d+)?")
REFERENCE = re.compile(r"IPY_MODEL_(\w+)")


def pytest_configure(config):
    """Start the server of warm kernels, for all processes of this run."""
    if not hasattr(config, "workerinput"):
        threads.share(config.option.numprocesses or 1)
        server = ExitStack()
        server.enter_context(kernels.warm())
        config.add_cleanup(server.close)
    kernels.use_warm()


def execute_cell_input(self, cell_input, allow_stdin=None):
    """Execute a cell and store it in IPython's history; return the id of the message."""
    return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


def get_message(self, stream, timeout=None, received=RunningKernel.get_message):
    """Return a message of the kernel; keep what it says of widgets, as the book's execution does."""
    message = received(self, stream, timeout)
    if not hasattr(self, "client"):
        self.client = NotebookClient(nbformat.v4.new_notebook())
    if message["msg_type"].startswith("comm_"):
        self.client.handle_comm_msg([], message, 0)
    return message


def begin_cell(self, *arguments, begun=IPyNbCell.__init__, **options):
    """Let no cell go without a comparison."""
    begun(self, *arguments, **options)
    self.prints_seconds = not self.options["check"]
    self.draws_seconds = "draws-seconds" in self.cell.metadata.get("tags", ())
    self.options["check"] = True


def collect(self, cells=IPyNbFile.collect):
    """Yield the cells, and at last the widgets of the page if it shows any."""
    found = list(cells(self))
    self.skip_compare = tuple(key for key in self.skip_compare if key not in PICTURES)
    yield from found
    if STATE in self.nb.metadata.get("widgets", {}):
        yield Widgets.from_parent(self, name="Widgets", cells=found)


def compare_outputs(self, test, ref, skip_compare=None, compared=IPyNbCell.compare_outputs):
    """Compare the outputs of both executions; of a cell that prints seconds, without its numbers."""
    if self.prints_seconds:
        test, ref = without_numbers(test), without_numbers(ref)
    if self.draws_seconds:
        skip_compare = (*self.parent.skip_compare, *PICTURES)
    return compared(self, test, ref, skip_compare)


def without_numbers(outputs):
    """Return outputs whose printed lines have ``#`` for each number, however wide."""
    kept = []
    for output in outputs:
        if output.output_type == "stream":
            output = nbformat.from_dict({**output, "text": NUMBER.sub(" #", output.text)})
        kept.append(output)
    return kept


def without_seconds(held):
    """Return a dictionary without its seconds."""
    return {name: value for name, value in held.items() if not name.endswith("_seconds")}


def shown(notebook, outputs):
    """Return what the widgets hold that outputs show, by name; numbers stand for their random ids."""
    models = notebook.metadata.widgets[STATE]["state"]
    order = []

    def walk(model):
        if model in models and model not in order:
            order.append(model)
            for other in REFERENCE.findall(json.dumps(models[model])):
                walk(other)

    for output in outputs:
        if VIEW in output.get("data", {}):
            walk(output["data"][VIEW]["model_id"])

    def numbered(text):
        return REFERENCE.sub(lambda found: f"widget {order.index(found[1]) + 1}", text)

    found = [json.loads(numbered(json.dumps(models[model])), object_hook=without_seconds) for model in order]
    return [{**model["state"], "buffers": model.get("buffers")} for model in found]


class Widgets(pytest.Item):
    """Compare what the widgets that a page shows hold at its end in both executions."""

    def __init__(self, *, cells, **options):
        super().__init__(**options)
        self.cells = cells

    def runtest(self):
        """Fail with the names of the values that differ."""
        client = self.parent.kernel.client
        client.set_widgets_metadata()
        book = shown(self.parent.nb, [output for cell in self.cells for output in cell.cell.outputs])
        again = shown(client.nb, [output for cell in self.cells for output in cell.test_outputs])
        differ = [
            f"{name} of widget {number} ({one['_model_name']})"
            for number, (one, other) in enumerate(zip(book, again, strict=True), 1)
            for name in sorted(one.keys() | other.keys())
            if one.get(name) != other.get(name)
        ]
        if differ:
            pytest.fail(f"not the same as in the book: {', '.join(differ)}", pytrace=False)


RunningKernel.execute_cell_input = execute_cell_input
RunningKernel.get_message = get_message
IPyNbFile.collect = collect
IPyNbCell.__init__ = begin_cell
IPyNbCell.compare_outputs = compare_outputs
