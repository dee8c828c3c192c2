"""What the benchmark of the build counts: seconds, memory of all processes, and the budgets."""

import pytest

from benchmarks import build
from tests.committing import commit


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


COURSE = """
.PHONY: book
.venv/.tools:
\t@echo installing
book:
\t@mkdir -p _build/html; cp book/02_equations.md _build/html/index.html; echo "book/02_equations: 3 s"
lint check unit nbval embedded:
\t@echo $@
browser:
\t@test -e _build/html/index.html
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a repository with a Makefile that has the course's commands; what is measured lies beside it."""
    for name in ("LOG", "SITE"):
        monkeypatch.setattr(build, name, tmp_path / "bench" / getattr(build, name).name)
    monkeypatch.setattr(build, "FOLDER", tmp_path / "bench")
    root = tmp_path / "course"
    monkeypatch.setattr(build, "ROOT", root)
    (root / "book").mkdir(parents=True)
    (root / "book/02_equations.md").write_text("committed")
    (root / "Makefile").write_text(COURSE)
    commit(root, "All")
    return root


def test_the_last_commit_is_built_and_its_site_stays_for_the_rows_on_pages(course):
    (course / "book/02_equations.md").write_text("changed")
    build.SITE.mkdir(parents=True)
    (build.SITE / "old.html").touch()
    rows = {row.what.split(",")[0]: row for row in build.rows()}
    assert [path.name for path in build.SITE.iterdir()] == ["index.html"]
    assert (build.SITE / "index.html").read_text() == "committed"
    assert rows["`make test`"].met
    steps = [part.split()[0] for part in rows["– its steps"].ours.split(", ")]
    assert steps == [build.BOOK, *build.OTHERS]


def test_what_takes_seconds_is_run_again_and_the_page_s_own_time_is_no_part_of_it(course):
    *_, again, changed = build.rows()
    assert (again.runs, changed.runs) == (5, 5)
    assert "nothing changed" in again.what
    assert again.ratio > 0
    # the page says 3 s, whatever it took
    assert changed.ratio == pytest.approx(-3 / 30, abs=0.05)


@pytest.mark.parametrize(
    ("peak", "said", "met"),
    [(0, "not measured", None), (2 * build.GIB, "2 GiB", True), (5 * build.GIB, "5 GiB", False)],
)
def test_a_memory_that_nobody_saw_is_not_said_to_be_small(course, monkeypatch, peak, said, met):
    def make(clone, target):
        (clone / "_build/html").mkdir(parents=True, exist_ok=True)
        return build.Step(1.0, peak, "book/02_equations: 3 s")

    monkeypatch.setattr(build, "make", make)
    (row,) = (row for row in build.rows() if row.what == "memory of `make book` at its peak")
    assert (row.ours, row.met) == (said, met)


def test_the_site_stays_where_a_test_fails(course):
    makefile = course / "Makefile"
    makefile.write_text(makefile.read_text().replace("echo $@", "false"))
    commit(course, "Fail")
    rows = build.rows()
    assert [next(rows).what for _ in range(3)][1:] == [
        "`make book`, cold",
        "memory of `make book` at its peak",
    ]
    with pytest.raises(RuntimeError, match="make lint ended with"):
        next(rows)
    assert (build.SITE / "index.html").exists()
