"""A learner at work in a notebook that JupyterLab shows: types, runs, and reads what stands below a cell."""

import re

CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell => ({
    code: cell.model.type === "code",
    source: cell.model.sharedModel.getSource(),
    said: cell.outputArea?.node.textContent ?? "",
    failed: cell.model.outputs?.toJSON().some(one => one.output_type === "error") ?? false,
}))"""
GO_TO = """async index => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, "center");
}"""


class Learner:
    """Works in an open notebook. Cells are found by what stands in them."""

    def __init__(self, page):
        self.page = page

    def cells(self):
        return self.page.evaluate(CELLS)

    def place(self, pattern):
        """Return the number of the one cell of code in which a pattern is found."""
        places = [
            number
            for number, cell in enumerate(self.cells())
            if cell["code"] and re.search(pattern, cell["source"], re.MULTILINE)
        ]
        assert len(places) == 1, f"{pattern} stands in {len(places)} cells"
        return places[0]

    def said(self, pattern):
        """Return what stands below a cell."""
        cell = self.cells()[self.place(pattern)]
        assert not cell["failed"], cell["said"]
        return cell["said"]

    def do(self, command):
        """Do what a menu's entry does, and wait until the kernel has done it, too."""
        self.page.evaluate("command => jupyterapp.commands.execute(command)", command)

    def type(self, pattern, text):
        """Replace a cell's code by typing, and run it."""
        self.go_to(self.place(pattern))
        self.write(text)

    def run(self, pattern):
        """Run one cell again."""
        self.go_to(self.place(pattern))
        self.do("notebook:run-cell")

    def ask(self, code):
        """Write a line into a new cell at the end, run it, and return what it says."""
        self.go_to(len(self.cells()) - 1)
        self.do("notebook:insert-cell-below")
        self.write(code)
        cell = self.cells()[-1]
        assert cell["source"] == code
        assert not cell["failed"], cell["said"]
        return cell["said"]

    def write(self, text):
        """Type into the cell that is active instead of what is in it, and run it."""
        self.page.locator(".jp-Notebook .jp-Cell.jp-mod-active .cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.do("notebook:run-cell")

    def go_to(self, index):
        """Make a cell the active one, and see it."""
        self.page.evaluate(GO_TO, index)
