"""The grader as an instructor uses it: what it writes, how it goes on, what it refuses."""

import csv
import json
import os
import signal
import statistics
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from classroom import OPTIONS, RIGHT_MIX, notebook, processor_seconds, seconds_of, solution
from interrupting import hear_interrupts
from spoiling import refused

from grulab.checks import cohort, grade, sandbox, submission
from grulab.checks.grades import COLUMNS, harmless
from grulab.checks.question import questions
from grulab.processes import opened, take

QUESTIONS = list(questions("ex01"))
WRONG_MIX = "def mix(z, h, candidate):\n    return z * candidate + (1 - z) * h\n"


@pytest.fixture
def classroom(tmp_path, monkeypatch):
    """An empty folder to grade in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # the tests keep their own handling of signals
    return tmp_path


def handed_in(name, *more):
    """Put a notebook with the course's answers, and more, into a file."""
    Path(name).write_bytes(notebook(*solution(), *more))
    return name


def rows(path="grades.csv"):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(*words):
    return grade.main(["--out", "grades.csv", *map(str, words)])


def test_a_class_is_graded(classroom, capsys):
    handed_in("anna_01_gates.ipynb")
    handed_in("ben_01_gates.ipynb", WRONG_MIX)
    handed_in("01_gates (cleo).ipynb", "%matplotlib inline\nprint(mix)", "def half_life(:")
    Path("empty_01_gates.ipynb").write_bytes(notebook("x = 1"))
    files = ["anna_01_gates.ipynb", "ben_01_gates.ipynb", "01_gates (cleo).ipynb", "empty_01_gates.ipynb"]
    assert run(*files, "--json", "grades.json", "--seed", 5) == 0
    table = rows()
    assert tuple(table[0]) == COLUMNS
    assert [(one["submission"], one["question"]) for one in table] == [
        (file, question) for file in files for question in QUESTIONS
    ]
    outcomes = {(one["submission"], one["question"]): one["outcome"] for one in table}
    assert {outcomes["anna_01_gates.ipynb", one] for one in QUESTIONS} == {"right"}
    assert outcomes["ben_01_gates.ipynb", "mix"] == "wrong"
    assert {outcomes["ben_01_gates.ipynb", one] for one in QUESTIONS[1:]} == {"right"}
    assert {outcomes["empty_01_gates.ipynb", one] for one in QUESTIONS} == {"not attempted"}
    assert {one["seed"] for one in table} == {"5"}
    assert all(float(one["seconds"]) >= 0 for one in table)
    told = {one["submission"]: one for one in json.loads(Path("grades.json").read_text())}
    assert list(told) == files
    assert any("print(mix)" in one for one in told["01_gates (cleo).ipynb"]["left_out"])
    assert "is not Python" in told["01_gates (cleo).ipynb"]["unreadable"][0]
    assert told["ben_01_gates.ipynb"]["rows"][0]["message"] == table[len(QUESTIONS)]["message"] != ""
    assert capsys.readouterr().out == "graded 4 of 4 submissions into grades.csv, seed 5\n"


def test_what_was_left_out_is_named_where_it_is_missed(classroom):
    code = "K = int(1)\ndef mix(z, h, candidate):\n    return K * z * h + (1 - z) * candidate\n"
    handed_in("01_gates.ipynb", code)
    cells = [cell for cell in solution() if "def half_life" not in cell]
    Path("1_gates.ipynb").write_bytes(notebook(*cells, "half_life = partial(np.log, 2)"))
    assert run("01_gates.ipynb", "1_gates.ipynb", "--exercise", "ex01") == 0
    said = {(one["submission"], one["question"]): (one["outcome"], one["message"]) for one in rows()}
    outcome, message = said["01_gates.ipynb", "mix"]
    assert outcome == "wrong"
    assert "NameError: name 'K' is not defined (`K = int(1)` in cell " in message
    assert "only imports, functions, classes and literal constants are kept) in the line `" in message
    outcome, message = said["1_gates.ipynb", "half_life"]
    assert outcome == "not attempted"
    assert message.startswith("There is no function half_life. `half_life = partial(np.log, 2)` in cell ")


STRANGE = {
    "folder_01_x.ipynb": "a folder",
    "pipe_01_x.ipynb": "no ordinary file",
    "link_01_x.ipynb": "a link to another file",
    "large_01_x.ipynb": "200 MB",
    "gone_01_x.ipynb": "no such file",
    "text_01_x.ipynb": "no notebook: it is not JSON",
    "list_01_x.ipynb": "no list of cells",
    "deep_01_x.ipynb": "no notebook",
    "bytes_01_x.ipynb": "no notebook",
    "/dev/zero": "no ordinary file",
    "nameless.ipynb": "Which exercise is this",
    "ex77.ipynb": "Which exercise is this",
}


def test_what_is_no_notebook_has_a_sentence_and_the_others_their_grades(classroom, capsys):
    handed_in("right_01_x.ipynb")
    os.mkdir("folder_01_x.ipynb")
    os.mkfifo("pipe_01_x.ipynb")
    os.symlink("right_01_x.ipynb", "link_01_x.ipynb")
    with open("large_01_x.ipynb", "wb") as file:
        file.truncate(200 * 2**20)
    Path("text_01_x.ipynb").write_text("Dear teacher")
    Path("list_01_x.ipynb").write_text("[1, 2]")
    Path("deep_01_x.ipynb").write_text("[" * 10**6)
    Path("bytes_01_x.ipynb").write_bytes(bytes(range(256)))
    for name in ("nameless.ipynb", "ex77.ipynb"):
        Path(name).write_bytes(notebook("x = 1"))
    assert run(*STRANGE, "right_01_x.ipynb", "--seed", 1) == 1
    found = {one["submission"]: one for one in rows() if one["submission"] in STRANGE}
    for name, words in STRANGE.items():
        assert found[name]["outcome"] == "could not be graded"
        assert words in found[name]["message"], name
    assert {one["outcome"] for one in rows() if one["submission"] == "right_01_x.ipynb"} == {"right"}
    said = capsys.readouterr().out
    assert said.startswith("graded 1 of 13 submissions into grades.csv, seed 1; 12 could not be graded: ")
    assert said.count("\n") == 1


CELLS = {
    "a syntax tree that is too deep": "x = " + "-" * 200_000 + "1",
    "brackets without end": "(" * 10**5,
    "a null byte": "x = '\0'",
    "a letter that is none": "x = '\ud800'",
    "a long line": "x = " + "1 + " * 10**5 + "1",
    "many lines": "x = 1\n" * 10**4,
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_is_hard_to_read_does_not_matter(what, classroom):
    handed_in("01_gates.ipynb", CELLS[what])
    run("01_gates.ipynb")
    assert {one["outcome"] for one in rows()} <= {"right", "could not be graded"}
    assert all(one["message"] for one in rows() if one["outcome"] != "right")


def test_names_of_files_cannot_do_harm(classroom):
    names = ["=1+1 01_x.ipynb", "-01_x.ipynb", "a\nb 01_x.ipynb", "\x1b[2J 01_x.ipynb", 'ü," 01_x.ipynb']
    names.append(os.fsdecode(b"\xff 01_x.ipynb"))
    for name in names:
        handed_in(name)
    assert run("--seed", 1, "--", *names) == 0
    found = list(dict.fromkeys(one["submission"] for one in rows()))
    assert found == [
        "'=1+1 01_x.ipynb",
        "'-01_x.ipynb",
        "a b 01_x.ipynb",
        r"\x1b[2J 01_x.ipynb",
        'ü," 01_x.ipynb',
        r"\udcff 01_x.ipynb",
    ]


def test_a_message_stays_in_its_cell(classroom):
    code = 'def mix(z, h, candidate):\n    raise ValueError(\'x",right\\r\\n=1+1,"mix",right\\0\')\n'
    handed_in("01_gates.ipynb", code)
    run("01_gates.ipynb")
    assert [one["question"] for one in rows()] == QUESTIONS
    assert rows()[0]["message"].startswith('mix stops with ValueError: x",right =1+1,')
    assert len(Path("grades.csv").read_text().splitlines()) == 1 + len(QUESTIONS)


def test_a_message_is_no_formula(classroom):
    formulas = ["=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1"]
    assert [harmless(one) for one in formulas] == [f"'{one}" for one in formulas]
    assert [harmless(one) for one in ("x=1", "", 7)] == ["x=1", "", 7]


def test_the_exercise_is_told_by_name_then_by_functions():
    names = set(questions("ex01"))
    assert submission.exercise_of("hw/anna_01_gates.ipynb", names) == "ex01"
    assert submission.exercise_of("Exercise 1.ipynb", names) == "ex01"
    assert submission.exercise_of("ex02.ipynb", set()) == "ex02"
    # a number that belongs to no function of the notebook is not that of the exercise
    assert submission.exercise_of("2026_02_homework.ipynb", names) == "ex01"
    assert submission.exercise_of("homework.ipynb", names) == "ex01"
    with pytest.raises(submission.Ungraded, match="--exercise"):
        submission.exercise_of("homework.ipynb", {"x"})


def test_private_checks_come_on_top(classroom, capsys):
    handed_in("01_gates.ipynb")
    os.mkdir("private")
    Path("private/ex01.py").write_text(
        "from grulab.checks.answer import Wrong\n"
        "def mix(answer, rng):\n    raise Wrong(f'private {rng.integers(10**9)}')\n"
        "def half_life(answer, rng):\n    1 / 0\n"
    )
    assert run("01_gates.ipynb", "--hidden", "private", "--seed", 3) == 1
    mix, half_life, *others = rows()
    assert mix["outcome"] == "wrong"
    assert mix["message"].startswith("private ")
    assert half_life["outcome"] == "could not be graded"
    assert "ZeroDivisionError: division by zero (ex01.py, line 5)" in half_life["message"]
    assert {one["outcome"] for one in others} == {"right"}
    os.remove("grades.csv.journal")
    os.remove("grades.csv")
    run("01_gates.ipynb", "--hidden", "private", "--seed", 3)
    assert (
        rows()[0]["message"] == mix["message"]
    )  # the same seed, the same numbers: an appeal can be looked into


def counted(monkeypatch):
    """Count which submissions are really graded."""
    done = []
    grade_one = cohort.grade
    monkeypatch.setattr(cohort, "grade", lambda path, options: done.append(path) or grade_one(path, options))
    return done


def test_a_run_goes_on_where_it_stopped(classroom, monkeypatch, capsys):
    done = counted(monkeypatch)
    files = [handed_in(f"{name}_01_gates.ipynb") for name in ("a", "b", "c")]
    add = grade.Grades.add

    def stop_at_the_third(self, *words):
        if len(done) == 3:
            raise KeyboardInterrupt
        add(self, *words)

    with monkeypatch.context() as patch:
        patch.setattr(grade.Grades, "add", stop_at_the_third)
        assert run(*files) == 130
    assert "stopped after 2 of 3 submissions" in capsys.readouterr().out
    assert len(rows()) == 2 * len(QUESTIONS)
    seed = rows()[0]["seed"]
    with open("grades.csv.journal", "ab") as file:  # a line that a loss of power has cut
        file.write(b'{"key": "half a l')
    assert run(*files) == 0
    assert done == [*files, files[2]]
    assert len(rows()) == 3 * len(QUESTIONS)
    assert {one["seed"] for one in rows()} == {seed}
    # what has changed is graded anew, and nothing else
    handed_in(files[1], WRONG_MIX)
    assert run(*files) == 0
    assert done[4:] == [files[1]]
    assert [one["outcome"] for one in rows() if one["question"] == "mix"] == ["right", "wrong", "right"]
    # another seed grades all of it
    assert run(*files, "--seed", int(seed) + 1) == 0
    assert done[5:] == files
    assert {one["seed"] for one in rows()} == {str(int(seed) + 1)}


def test_memory_does_not_grow_with_the_class(classroom, monkeypatch):
    def graded_at_length(path, options):
        return {**cohort.lost(path, options, "x"), "left_out": ["y" * 100_000]}

    monkeypatch.setattr(cohort, "grade", graded_at_length)

    def peak(count):
        files = [f"{count}-{number}.ipynb" for number in range(count)]
        tracemalloc.start()
        run(*files, "--json", "grades.json")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        Path("grades.csv").unlink()
        return most

    # the least of three: threads that other tests have left may take memory, too
    peaks = [min(peak(count) for _ in range(3)) for count in (20, 200)]
    assert os.path.getsize("grades.json") > 20_000_000
    assert 100_000 < peaks[1] < peaks[0] + 1_000_000


def test_a_class_of_200_fits_into_two_minutes_of_two_processors(monkeypatch):
    spent = processor_seconds(monkeypatch)
    start, files = time.process_time(), ["01_gates.ipynb", "02_cell.ipynb"] * 2
    for file in files:
        record = submission.grade(file, OPTIONS, notebook(*solution(f"ex{file[:2]}")))
        assert {one["outcome"] for one in record["rows"]} == {"right"}
    spent.append(time.process_time() - start)
    assert len(spent) > 4 * len(files)
    # on a machine where Python and NumPy take more than a tenth of a second to start, everything takes longer
    start = statistics.median(seconds_of("import numpy") for _ in range(5))
    assert sum(spent) / len(files) < max(2 * 120 / 200, 12 * start)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_goes_on_too(classroom, sign):
    files = [handed_in(f"{number}_01_gates.ipynb") for number in range(8)]
    command = [sys.executable, "-m", "grulab.checks.grade", *files, "--out", "grades.csv", "--jobs", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, preexec_fn=hear_interrupts)
    journal = Path("grades.csv.journal")
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 2):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(sign)
    _, errors = process.communicate()
    assert b"Traceback" not in errors
    if sign == signal.SIGINT:
        assert process.returncode == 130
        assert len(rows()) in [count * len(QUESTIONS) for count in range(1, 8)]  # whole submissions
    before = journal.read_bytes()
    done = before.count(b"\n")
    assert 2 <= done < 8
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("graded 8 of 8 submissions into grades.csv")
    assert journal.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    assert journal.read_bytes().count(b"\n") == 8
    assert len(rows()) == 8 * len(QUESTIONS)


def test_jobs_grade_side_by_side_with_the_same_outcome(classroom):
    files = [
        handed_in(f"{number}_01_gates.ipynb", WRONG_MIX if number % 2 else RIGHT_MIX) for number in range(6)
    ]
    run(*files, "--seed", 9)
    alone = [{**one, "seconds": ""} for one in rows()]
    os.remove("grades.csv.journal")
    os.remove("grades.csv")
    run(*files, "--seed", 9, "--jobs", 2)
    assert [{**one, "seconds": ""} for one in rows()] == alone


def die(path, options):
    """Stand for a grader that the system has ended."""
    if "kills" in path:
        os._exit(1)
    return submission.grade(path, options)


def test_a_grader_that_dies_takes_nobody_with_it(classroom, monkeypatch):
    monkeypatch.setattr(cohort, "grade", die)
    files = [handed_in(f"{name}_01_gates.ipynb") for name in ("a", "kills", "b", "c")]
    assert run(*files, "--jobs", 2) == 1
    found = {one["submission"]: one["outcome"] for one in rows()}
    assert found == {file: "could not be graded" if "kills" in file else "right" for file in files}


def test_a_cluster_grades_the_same(classroom):
    from distributed import LocalCluster

    files = [
        handed_in(f"{number}_01_gates.ipynb", WRONG_MIX if number % 2 else RIGHT_MIX) for number in range(6)
    ]
    files.append("gone.ipynb")
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster:
        assert run(*files, "--seed", 9, "--dask", cluster.scheduler_address) == 1
    on_cluster = [{**one, "seconds": ""} for one in rows()]
    os.remove("grades.csv.journal")
    os.remove("grades.csv")
    run(*files, "--seed", 9)
    assert [{**one, "seconds": ""} for one in rows()] == on_cluster


REFUSED = {
    ("x.ipynb", "--hidden", "."): "has no checks",
    ("x.ipynb", "--jobs", "2", "--dask", "tcp://127.0.0.1:1"): "give one of them",
    ("x.ipynb", "--json", "nowhere/x.json"): "Make it first",
    ("x.ipynb", "--json", "/"): "is a folder",
    ("x.ipynb", "--json", "./grades.csv"): "would overwrite the table of --out",
    ("x.ipynb", "--dask", ""): "--dask '' is no address of a scheduler",
    ("x.ipynb", "--dask", "my cluster"): "--dask 'my cluster' is no address of a scheduler",
    ("x.ipynb", "--json", "y.ipynb"): "would overwrite a notebook",
    ("x.ipynb", "--json", "/proc/x.json"): "/proc",  # where nothing can be written, not even by root
}


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_misuse_has_a_sentence(words, classroom, capsys):
    assert run(*words) == 2
    assert REFUSED[words] in capsys.readouterr().err
    assert not Path("grades.csv").exists()


def test_two_runs_never_write_one_table(classroom, capsys):
    files = [handed_in("a_01_gates.ipynb"), "--no-sandbox"]
    with opened(".grades.csv.lock") as lock:  # as another process would hold it
        take(lock)
        assert run(*files) == 2
        assert capsys.readouterr().err == (
            "Another run writes grades.csv. Wait until it has ended, or name another file.\n"
        )
        assert not Path("grades.csv").exists()
    assert run(*files) == 0
    assert len(rows()) == len(QUESTIONS)


def test_a_journal_that_is_a_folder_is_a_sentence(classroom, capsys):
    Path("grades.csv.journal").mkdir()
    assert run("x.ipynb") == 2
    assert capsys.readouterr().err == "--out grades.csv cannot be used: grades.csv.journal: Is a directory.\n"


def test_grades_of_another_run_are_not_overwritten(classroom, capsys):
    Path("grades.csv").write_text("my own notes")
    assert run("x.ipynb") == 2
    assert "would overwrite" in capsys.readouterr().err
    assert Path("grades.csv").read_text() == "my own notes"


@pytest.mark.parametrize(
    "words", [["x", "--jobs", "0"], ["x", "--seed", "-1"], ["x", "--exercise", "ex99"], []]
)
def test_wrong_words_end_with_2(words, classroom, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(*words)
    assert stopped.value.code == 2


@pytest.mark.parametrize("words", [5, "x", {"a": 1}, [1], [None], ["x", "--out", 5], ["a\0b"], ["\ud800"]])
def test_what_is_no_command_line_is_a_sentence(words, classroom):
    refused(lambda: grade.main(words), "words")
    assert list(Path().iterdir()) == []


@pytest.fixture
def no_bubblewrap(monkeypatch):
    sandbox.bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    yield
    sandbox.bubblewrap.cache_clear()


def test_without_bubblewrap_it_refuses(classroom, no_bubblewrap, capsys):
    assert run(handed_in("01_gates.ipynb")) == 2
    said = capsys.readouterr().err
    assert "apt install bubblewrap" in said
    assert "no security boundary" in said
    assert not Path("grades.csv").exists()


def test_no_sandbox_grades_and_says_what_it_is(classroom, no_bubblewrap, capsys):
    assert run(handed_in("01_gates.ipynb"), "--no-sandbox") == 0
    assert "no security boundary" in capsys.readouterr().err
    assert {one["outcome"] for one in rows()} == {"right"}


def test_an_old_bubblewrap_is_refused(classroom, monkeypatch, capsys):
    Path("bwrap").write_text("#!/bin/sh\necho bubblewrap 0.6.1\n")
    os.chmod("bwrap", 0o755)
    sandbox.bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", f"{classroom}:{os.environ['PATH']}")
    assert run(handed_in("01_gates.ipynb")) == 2
    sandbox.bubblewrap.cache_clear()
    assert "bubblewrap 0.6.1 is too old" in capsys.readouterr().err


def test_a_sandbox_that_does_not_start_is_refused(classroom, monkeypatch, capsys):
    Path("bwrap").write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo bubblewrap 0.9.0 || echo no namespaces >&2\nexit 1\n'
    )
    os.chmod("bwrap", 0o755)
    sandbox.bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", f"{classroom}:{os.environ['PATH']}")
    assert run(handed_in("01_gates.ipynb")) == 2
    sandbox.bubblewrap.cache_clear()
    said = capsys.readouterr().err
    assert "no namespaces" in said
    assert "apparmor_restrict_unprivileged_userns" in said
