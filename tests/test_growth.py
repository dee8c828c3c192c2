"""Timing at several sizes: what is timed, and whether the sum over all updates is a training."""

import numpy as np
import pytest

from grulab import cell, growth, plots


def test_gates_are_those_of_a_run_of_the_size_asked_for():
    trace = growth.gates(3, 5, features=2, units=4)()
    assert isinstance(trace, cell.Trace)
    assert trace.h.shape == (3, 5, 4)
    assert trace.h.dtype == np.float32
    assert trace.h.std() > 0.1


def test_updates_lower_the_loss_and_keep_the_dtype():
    update = growth.Update(8, 6, features=3, units=4)
    update.adam.learning_rate = 0.02
    losses = [update() for _ in range(60)]
    assert losses[-1] < 0.7 * losses[0]
    assert update.weights.dtype == np.float32


def test_the_loss_of_an_update_is_that_before_it():
    update = growth.Update(8, 6, features=3, units=4)
    last = cell.run(update.weights, update.xs).h[:, -1]
    assert update() == pytest.approx(np.mean((last - update.goal) ** 2))


def test_an_update_follows_the_gradient_of_its_loss():
    update = growth.Update(4, 3, features=2, units=2)
    before = update.weights

    def loss(weights):
        return np.mean((cell.run(weights, update.xs.astype("float64")).h[:, -1] - update.goal) ** 2)

    update()
    # the first step of Adam goes against the sign of each slope, by the learning rate
    for name in ("kernel", "recurrent", "bias"):
        arrays = {each: getattr(before, each).astype("float64") for each in ("kernel", "recurrent", "bias")}
        moved = getattr(update.weights, name) - arrays[name]
        for index in np.ndindex(moved.shape):
            nudge = np.zeros_like(moved)
            nudge[index] = 1e-6
            up, down = (
                loss(cell.Weights(**(arrays | {name: arrays[name] + each}), reset_after=True))
                for each in (nudge, -nudge)
            )
            slope = (up - down) / 2e-6
            if abs(slope) > 1e-4:
                assert np.sign(moved[index]) == -np.sign(slope)


class Clock:
    """Stand in for ``time``: an action moves it by as much as its size asks for."""

    def __init__(self, cost):
        self.now, self.cost, self.calls = 0.0, cost, []

    def perf_counter(self):
        return self.now

    def make(self, batch, time_steps):
        def action():
            self.calls.append((batch, time_steps))
            self.now += self.cost(batch, time_steps, len(self.calls))

        return action


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(lambda batch, time_steps, call: batch * time_steps + (100 if call % 5 == 0 else 0))
    monkeypatch.setattr(growth, "time", clock)
    return clock


def test_each_size_is_timed_in_turn_and_the_least_counts(clock):
    found = growth.growth(clock.make, 2, 3, factors=(1, 4), rounds=3)
    assert found == {"sequences": {1: 6, 4: 24}, "steps": {1: 6, 4: 24}}
    # once for the caches, then in rounds
    assert clock.calls == [(2, 3), (8, 3)] * 4 + [(2, 3), (2, 12)] * 4


def test_a_share_that_stays_is_linear_growth():
    assert growth.dearest({1: 2, 4: 8, 16: 32}) == 1
    assert growth.dearest({1: 2, 4: 7, 16: 20}) == 1
    assert growth.dearest({1: 2, 4: 12, 16: 32}) == 1.5
    # the square
    assert growth.dearest({16: 256, 4: 16, 1: 1}) == 16


@pytest.mark.parametrize(
    ("sizes", "kind", "sentence"),
    [
        ((0, 3, (1,)), ValueError, "batch is 0, but it must be at least 1."),
        ((2, 1.5, (1,)), TypeError, "time_steps is 1.5, but it must be a whole number."),
        ((2, 3, (1, 0)), ValueError, "a factor is 0, but it must be at least 1."),
    ],
)
def test_other_sizes_are_refused_in_one_sentence(sizes, kind, sentence):
    with pytest.raises(kind) as caught:
        growth.growth(growth.gates, *sizes)
    assert str(caught.value) == sentence


def test_a_maker_that_makes_nothing_to_time_is_a_sentence():
    with pytest.raises(TypeError, match=r"what make returned must be a function that .*, but is None"):
        growth.growth(lambda batch, time_steps: None, 2, 3)


def test_the_figure_shows_times_beside_linear_growth(ax):
    costs = {"gates, sequences": {1: 2.0, 4: 6.0, 16: 32.0}, "update, steps": {16: 10.0, 1: 1.0, 4: 4.0}}
    plots.growth_lines(ax, costs)
    linear, *lines = ax.lines
    np.testing.assert_array_equal(linear.get_xdata(), linear.get_ydata())
    assert [list(line.get_xdata()) for line in lines] == [[1, 4, 16]] * 2
    assert [list(line.get_ydata()) for line in lines] == [[1, 3, 16], [1, 4, 10]]
    assert ax.get_legend_handles_labels()[1] == ["linear", *costs]
    assert len({line.get_marker() for line in lines}) == 2
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
