"""The table of benchmarks: how often a thing is run, in which order, and what a row says."""

import sys
from operator import call
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as table
from benchmarks import measuring
from benchmarks.measuring import Row, Timing


class Clock:
    """Stand in for ``time``: it moves only when an action says how long it took."""

    def __init__(self):
        self.now = 100.0

    def perf_counter(self):
        return self.now

    def action(self, name, seconds, calls):
        """Return an action that notes its name in ``calls`` and takes the next of some ``seconds``."""
        seconds = iter(seconds)

        def act():
            calls.append(name)
            self.now += next(seconds)

        return act


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(measuring, "time", clock)
    return clock


@pytest.mark.parametrize(("seconds", "runs"), [(0, 5), (9.9, 5), (10, 3), (59.9, 3), (60, 1), (5000, 1)])
def test_what_takes_longer_is_run_less_often(seconds, runs):
    assert measuring.runs_for(seconds) == runs


def test_actions_are_called_in_turn_and_the_median_leaves_the_first_call_out(clock):
    calls = []
    quick = clock.action("quick", [50 / 8, 1, 2, 3, 4, 50], calls)
    slow = clock.action("slow", [9, 6, 6, 8, 7, 7], calls)
    assert measuring.in_turn(quick, slow) == [Timing(50 / 8, 3, 5), Timing(9, 7, 5)]
    assert calls == ["quick", "slow"] * 6


def test_the_slowest_action_decides_how_often_all_are_run(clock):
    calls = []
    timings = measuring.in_turn(clock.action("quick", [1] * 9, calls), clock.action("slow", [10] * 9, calls))
    assert timings == [Timing(1, 1, 3), Timing(10, 10, 3)]
    assert calls == ["quick", "slow"] * 4


def test_what_takes_a_minute_is_called_once(clock):
    calls = []
    timings = measuring.in_turn(clock.action("quick", [1], calls), clock.action("slow", [60], calls))
    assert timings == [Timing(1, 1, 1), Timing(60, 60, 1)]
    assert calls == ["quick", "slow"]


def test_an_action_may_tell_its_own_seconds():
    seconds = iter([8, 3, 1, 2, 5, 4])
    assert measuring.in_turn(lambda: next(seconds), seconds_of=call) == [Timing(8, 3, 5)]


def test_a_row_is_a_line_with_as_many_cells_as_the_head():
    cells = measuring.HEAD.splitlines()[0].count("|")
    for met, word in ((None, "|  |"), (True, "| yes |"), (False, "| **no** |")):
        text = measuring.line(Row("gates", "1 s", "predict: 2 s", 1 / 3, "at most 1.5", met, 5))
        assert text.startswith("| gates | 1 s | predict: 2 s | 0.333 | at most 1.5 |")
        assert text.endswith(f"{word} 5 |")
        assert text.count("|") == cells
    assert measuring.line(Row("memory", "3 GiB")) == "| memory | 3 GiB |  |  |  |  | 1 |"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0123, "12.3 ms"), (0.9, "900 ms"), (1, "1 s"), (12.34, "12.3 s"), (99, "99 s"), (150, "2.5 min")],
)
def test_a_time_is_told_in_the_unit_that_suits_it(seconds, text):
    assert measuring.duration(seconds) == text


@pytest.mark.parametrize(("at_most", "met"), [(None, None), (2, True), (1.9, False)])
def test_a_row_on_cost_says_how_many_times_the_other_it_takes(at_most, met):
    row = measuring.costs("gates", Timing(9, 2, 5), "predict", Timing(8, 1, 3), at_most)
    target = "" if at_most is None else f"at most {at_most}"
    assert row == Row("gates, times the cost", "2 s", "predict: 1 s", 2, target, met, 3)


@pytest.mark.parametrize(("at_least", "met"), [(None, None), (20, True), (20.1, False)])
def test_a_row_on_speed_says_how_many_times_faster_ours_is(at_least, met):
    row = measuring.is_faster("gates", Timing(9, 1, 3), "loop", Timing(1, 2, 5).times(10), at_least)
    target = "" if at_least is None else f"at least {at_least}"
    assert row == Row("gates, times faster", "1 s", "loop: 20 s", 20, target, met, 3)


@pytest.mark.parametrize(("seconds", "met"), [(0.0039, True), (0.004, False)])
def test_a_time_with_a_limit_stays_under_it(seconds, met):
    row = measuring.within("a move", Timing(9, seconds, 5), 0.004, "another: 1 s")
    text = f"{1000 * seconds:g} ms"
    assert row == Row("a move", text, "another: 1 s", None, "under 4 ms", met, 5)


def test_first_calls_have_a_row_of_their_own():
    row = measuring.first_calls("tracing", Timing(9, 1, 5), "predict", Timing(3, 1, 5))
    assert row == Row("tracing", "9 s", "predict: 3 s", 3)


def test_a_name_that_is_no_benchmark_is_refused_before_anything_runs(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "gates", "gaits"])
    with pytest.raises(SystemExit):
        table.main()
    said = capsys.readouterr()
    assert not said.out
    assert "there is no benchmark 'gaits'; there are: sine," in said.err


def test_an_error_leaves_the_lines_that_were_there_before_it(monkeypatch, capfd):
    before = Row("gates", "1 s")

    def rows():
        yield before
        raise OSError("the disk\nis full")

    monkeypatch.setitem(sys.modules, "benchmarks.gaits", SimpleNamespace(rows=rows))
    found, has_failed = measuring.rows_of("gaits")
    assert has_failed
    assert found == [before, Row("gaits", "failed: OSError: the disk is full")]
    assert "Traceback" in capfd.readouterr().err
    monkeypatch.setitem(sys.modules, "benchmarks.gaits", SimpleNamespace(rows=lambda: iter([before])))
    assert measuring.rows_of("gaits") == ([before], False)


def test_pages_are_measured_after_the_build_that_makes_their_site():
    assert table.in_order(["pages", "build", "pages"]) == ["build", "pages"]
    assert table.in_order([]) == list(table.NAMES)


@pytest.mark.parametrize(
    ("test", "validation", "text"),
    [
        ([0.5], [], "0.5000"),
        ([0.5, 0.75], [], "0.6250 (0.5000 to 0.7500)"),
        ([0.5, 0.75], [0.5, 1], "0.6250 (0.5000 to 0.7500; validation 0.7500)"),
    ],
)
def test_accuracies_are_told_with_the_worst_and_the_best(test, validation, text):
    assert measuring.accuracies(test, validation) == text
