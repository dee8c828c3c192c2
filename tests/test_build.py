"""What the benchmark of the build counts: seconds, memory of all processes, and the budgets."""

import pytest

from benchmarks import build


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """Return a folder with a Makefile of a few commands; the log lies in it."""
    monkeypatch.setattr(build, "LOG", tmp_path / "build.log")
    hold = "python3 -c \"x = b'1' * 200_000_000; import time; time.sleep(3)\""
    (tmp_path / "Makefile").write_text(
        "hello:\n\t@echo hello $(TF_XLA_FLAGS)\nfail:\n\t@echo too bad; exit 3\nhold:\n\t@" + hold + "\n"
    )
    return tmp_path


def test_a_step_keeps_what_was_printed_and_nothing_of_this_checkout_reaches_it(clone, monkeypatch):
    monkeypatch.setenv("TF_XLA_FLAGS", "ours")
    (clone / "build.log").write_text("before\n")
    step = build.make(clone, "hello")
    assert step.said == "hello\n"
    assert 0 < step.seconds < 60


def test_a_step_that_fails_says_what_it_printed(clone):
    with pytest.raises(RuntimeError, match=r"make fail ended with 2(.|\n)*too bad"):
        build.make(clone, "fail")


def test_the_memory_of_what_a_command_starts_counts(clone):
    assert build.make(clone, "hold").memory > 200_000_000


@pytest.mark.parametrize(("seconds", "met"), [(66, True), (68, False)])
def test_a_third_of_the_budget_should_be_left(seconds, met):
    row = build.within_budget("the book", seconds, 100)
    assert row.met is met
    assert row.ratio == pytest.approx(seconds / 100)
