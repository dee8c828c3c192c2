import nbclient
import nbformat
import numpy as np
import pytest

from grulab import plots


def test_every_figure_of_a_notebook_is_shown(monkeypatch):
    # the kernel chooses the backend of notebooks unless the environment names another one
    monkeypatch.delenv("MPLBACKEND", raising=False)
    draw = "fig, ax = plots.figure()\nax.plot([1, 2]);"
    cells = ["from grulab import plots", draw, draw]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in notebook.cells]
    assert shown == [False, True, True]


@pytest.fixture
def ax():
    import matplotlib.pyplot as plt

    fig, ax = plots.figure()
    yield ax
    plt.close(fig)


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_dial_writes_the_mixture_at_each_mark(ax):
    plots.dial(ax, h=0.8, candidate=-0.4)
    assert words(ax)[:5] == ["−0.4", "−0.1", "0.2", "0.5", "0.8"]


def test_both_conventions_are_drawn_and_cross_at_one_half(ax):
    plots.conventions(ax, h=0.8, candidate=-0.4, at=0.75)
    keeps, writes = (line.get_ydata() for line in ax.lines[:2])
    np.testing.assert_allclose([keeps[0], keeps[-1]], [-0.4, 0.8])
    np.testing.assert_allclose(writes, keeps[::-1])
    assert words(ax) == ["0.5", "−0.1"]


def test_the_blocks_of_weights_add_up_to_the_count_of_keras(ax):
    plots.weight_blocks(ax, features=64, units=32)
    totals = [int(text.split()[0].replace(",", "")) for text in words(ax) if text.endswith("numbers")]
    assert sum(totals) == 9_408
    areas = [patch.get_width() * patch.get_height() for patch in ax.patches]
    assert sum(areas) == 9_408
