"""The figures: shown in notebooks, true to their numbers, and readable without colour."""

import matplotlib.pyplot as plt
import nbclient
import nbformat
import numpy as np
import pytest

from grulab import plots
from grulab.cell import Weights, run
from grulab.palette import CELLS


def test_every_figure_of_a_notebook_is_shown(monkeypatch):
    # the kernel chooses the backend of notebooks unless the environment names another one
    monkeypatch.delenv("MPLBACKEND", raising=False)
    draw = "fig, ax = plots.figure()\nax.plot([1, 2]);"
    cells = ["from grulab import plots", draw, draw]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in notebook.cells]
    assert shown == [False, True, True]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_dial_writes_the_mixture_at_each_mark(ax):
    plots.dial(ax, h=0.8, candidate=-0.4)
    assert words(ax)[:5] == ["−0.4", "−0.1", "0.2", "0.5", "0.8"]


@pytest.mark.parametrize(("fresh", "epochs"), [([3, 2, 2, 1, 1, 1], [1, 2, 3, 4, 5, 6]), ([2, 1], [3, 6])])
def test_fresh_scores_stand_at_the_epochs_they_were_measured_after(ax, fresh, epochs):
    plots.seen_and_fresh(ax, [6, 5, 4, 3, 2, 1], fresh, 0.5, "chance", "loss")
    drawn = {line.get_label(): line for line in ax.lines}
    np.testing.assert_array_equal(drawn["training data"].get_xdata(), [1, 2, 3, 4, 5, 6])
    np.testing.assert_array_equal(drawn["fresh data"].get_xdata(), epochs)
    np.testing.assert_array_equal(drawn["fresh data"].get_ydata(), fresh)


@pytest.mark.parametrize(("step", "epochs"), [(4, [4, 8]), (np.uint8(5), [5, 10])])
def test_where_two_steps_give_as_many_fresh_scores_the_step_must_be_said(ax, step, epochs):
    seen = range(10, 0, -1)
    with pytest.raises(ValueError, match="after every 4 or 5 epochs of 10: say which by step"):
        plots.seen_and_fresh(ax, seen, [2, 1], 0.5, "chance", "loss")
    with pytest.raises(ValueError, match="step is 3, but it must be at least 4"):
        plots.seen_and_fresh(ax, seen, [2, 1], 0.5, "chance", "loss", step=3)
    plots.seen_and_fresh(ax, seen, [2, 1], 0.5, "chance", "loss", step=step)
    np.testing.assert_array_equal(ax.lines[-1].get_xdata(), epochs)


def test_small_whole_numbers_of_numpy_do_not_wrap(ax):
    plots.weight_blocks(ax, features=np.uint8(100), units=np.uint8(100))
    assert "kernel\n(100, 300)" in words(ax)
    assert "30,000 numbers" in words(ax)
    plots.fading(ax, [0.5], steps=np.uint8(255))
    assert len(ax.lines[-1].get_xdata()) == 256
    plots.horizons(ax, [0, 5], {"short": [3, 2]}, longest=np.int8(100))
    assert ax.get_ylim() == pytest.approx((0, 200))


def test_both_conventions_are_drawn_and_cross_at_one_half(ax):
    plots.conventions(ax, h=0.8, candidate=-0.4, at=0.75)
    keeps, writes = (line.get_ydata() for line in ax.lines[:2])
    np.testing.assert_allclose([keeps[0], keeps[-1]], [-0.4, 0.8])
    np.testing.assert_allclose(writes, keeps[::-1])
    assert words(ax) == ["0.5", "−0.1"]


def test_both_orders_of_the_reset_gate_are_drawn_and_meet_where_r_is_equal():
    fig, axes = plots.figure(columns=2)
    plots.reset_orders(axes, np.array([0.8, 0.4]), np.array([[0.0, 1.0], [1.0, 0.0]]), at=0.5)
    drawn = [[(line.get_ydata()[0], line.get_ydata()[-1]) for line in ax.lines[:2]] for ax in axes]
    np.testing.assert_allclose(drawn, [[(0, 0.4), (0.8, 0.8)], [(0.4, 0.4), (0, 0.8)]])
    assert [words(ax) for ax in axes] == [["0.2", "0.8"], ["0.4"]]
    assert labels(axes[0]) == ["unit 1", "unit 2"]
    plt.close(fig)


def test_the_blocks_of_weights_add_up_to_the_count_of_keras(ax):
    plots.weight_blocks(ax, features=64, units=32)
    totals = [int(text.split()[0].replace(",", "")) for text in words(ax) if text.endswith("numbers")]
    assert sum(totals) == 9_408
    areas = [patch.get_width() * patch.get_height() for patch in ax.patches]
    assert sum(areas) == 9_408


def labels(ax):
    return ax.get_legend_handles_labels()[1]


def test_every_seed_is_a_line_and_every_kind_one_entry_of_the_legend(ax):
    runs = {kind: np.full((3, 4), 0.5) for kind in CELLS}
    plots.seed_lines(ax, range(4), runs, chance=1 / 8)
    chance, *lines = ax.lines
    assert len(lines) == 3 * len(CELLS)
    assert labels(ax) == list(CELLS)
    assert set(chance.get_ydata()) == {1 / 8}
    assert len({line.get_marker() for line in lines}) == len(CELLS)


def test_equal_scores_of_seeds_stand_beside_each_other(ax):
    plots.seed_marks(ax, {"GRU": [1.0, 1.0, 1.0], "LSTM": [0.2, 0.3, 0.4]}, chance=1 / 8)
    marks = ax.lines[1]
    assert len(set(marks.get_xdata())) == 3
    assert [text.get_text() for text in ax.get_xticklabels()] == ["GRU", "LSTM"]


def test_a_fading_note_is_z_to_the_power_of_the_steps(ax):
    plots.fading(ax, (0.5, 0.9), steps=20)
    assert ax.lines[1].get_ydata()[3] == pytest.approx(0.5**3)
    assert ax.lines[2].get_ydata()[20] == pytest.approx(0.9**20)
    assert labels(ax) == ["z = 0.5", "z = 0.9"]


def test_no_line_is_left_out_where_marks_run_out(ax):
    plots.fading(ax, np.linspace(0.1, 0.9, 9), steps=5)
    assert len(labels(ax)) == 9


def test_all_candidates_meet_in_the_old_state(ax):
    plots.one_step(ax, 0.8, {"a": -0.4, "b": 0.3})
    ends = [(line.get_ydata()[0], line.get_ydata()[-1]) for line in ax.lines[:2]]
    assert np.allclose(ends, [(-0.4, 0.8), (0.3, 0.8)])


def test_notes_have_dashes_of_their_own(ax):
    plots.held_notes(ax, {"a": [0.6, 0.5], "b": [0.6, 0.4]}, 0.6)
    assert labels(ax) == ["a", "b"]
    assert len({line.get_linestyle() for line in ax.lines[1:]}) == 2


def test_the_latch_is_drawn_with_its_flag():
    xs = np.zeros((1, 5, 2))
    xs[0, 2] = 1, 0.4
    weights = Weights(np.ones((2, 3)), np.zeros((1, 3)), None, reset_after=True)
    fig, axes = plots.figure(rows=2)
    plots.latch_run(axes, xs, run(weights, xs))
    assert [line.get_xdata()[0] for line in axes[0].lines[1:]] == [2]
    assert labels(axes[1]) == ["candidate", "z", "h"]
    plt.close(fig)


def test_each_seed_has_a_map_of_its_open_units():
    kept = [np.array([[0.0, 0.9], [1.0, 0.2], [0.3, 0.3]]), np.zeros((3, 2))]
    fig, axes = plots.figure(columns=2)
    plots.open_units(axes, kept)
    drawn = [ax.images[0] for ax in axes]
    for image, shares in zip(drawn, kept, strict=True):
        np.testing.assert_array_equal(image.get_array(), shares)
    # one scale for all: an empty map stays white, and the darkest place is a whole note
    assert {image.get_clim() for image in drawn} == {(0, 1)}
    assert axes[0].get_ylabel() == "symbol"
    plt.close(fig)


def test_a_power_of_z_is_a_straight_line_under_the_bands(ax):
    norms = 0.5 ** np.arange(1, 41) * np.array([[1.0], [4.0]])
    plots.surviving(ax, {"GRU": norms, "one more": norms}, {"z = 0.5": 0.5})
    assert labels(ax) == ["GRU", "one more", "z = 0.5"]
    assert ax.get_yscale() == "log"
    middle, _, power = (line.get_ydata() for line in ax.lines)
    np.testing.assert_allclose(middle / power, 2)
    np.testing.assert_allclose(np.diff(np.log10(power)), np.log10(0.5))
    assert len({line.get_marker() for line in ax.lines}) == 3


def test_every_seed_of_a_training_is_a_line(ax):
    runs = {"a": np.zeros((3, 4)), "b": np.ones((3, 4))}
    plots.trainings(ax, range(4), runs, "loss", (2.0, "a guess"))
    level, *lines = ax.lines
    assert set(level.get_ydata()) == {2.0}
    assert len(lines) == 6
    assert labels(ax) == ["a", "b"]
    assert words(ax) == ["a guess"]
