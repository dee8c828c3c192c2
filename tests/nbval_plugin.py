"""Let a semicolon at the end of a cell count under nbval, as it does everywhere else.

IPython looks for that semicolon in its history, and nbval 0.11 executes cells without storing them there: the
value of each last line then shows up as an output that the book's execution never had.
"""

from nbval.kernel import RunningKernel


def execute_cell_input(self, cell_input, allow_stdin=None):
    """Execute a cell and store it in IPython's history; return the id of the message."""
    return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


RunningKernel.execute_cell_input = execute_cell_input
