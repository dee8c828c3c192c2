"""Execute notebooks under nbval as the book does: with warm kernels, and so that a semicolon counts.

IPython looks for the semicolon at a cell's end in its history, and nbval 0.11 executes cells without storing
them there: the value of each last line then shows up as an output that the book's execution never had.
"""

from contextlib import ExitStack

from nbval.kernel import RunningKernel

from tools import kernels


def pytest_configure(config):
    """Start the server of warm kernels, for all processes of this run."""
    if not hasattr(config, "workerinput"):
        server = ExitStack()
        server.enter_context(kernels.warm())
        config.add_cleanup(server.close)
    kernels.use_warm()


def execute_cell_input(self, cell_input, allow_stdin=None):
    """Execute a cell and store it in IPython's history; return the id of the message."""
    return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


RunningKernel.execute_cell_input = execute_cell_input
