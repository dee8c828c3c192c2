"""Complete and progress: what they run, what they say, and the file that they keep."""

import itertools
import json
import os
import re
import resource
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from answering import solution

from grulab.checks import complete, progress, record
from grulab.checks.answer import Wrong
from grulab.checks.definitions import cells_of, functions_for, read
from grulab.checks.judging import HIDDEN
from grulab.checks.question import Misuse, exercises, questions
from grulab.checks.shown import Shown
from grulab.checks.verdict import Verdict

ROOT = HIDDEN.parents[1]


def own(exercise="ex01"):
    """Return the course's answers, as a notebook would hold them."""
    found = solution(exercise)
    return {name: functions_for(found, name)[name] for name in questions(exercise)}


def run(functions, call='complete("ex01")'):
    """Call ``complete`` in a notebook that holds some functions and nothing else."""
    return eval(call, {**functions, "complete": complete})


def outcomes(report):
    return {one.question: one.outcome for one in report.verdicts}


# ---- complete ----


def test_with_right_answers_an_exercise_is_complete(progress_file):
    report = run(own())
    assert report.is_complete
    assert set(outcomes(report).values()) == {"right"}
    assert "Exercise 01 is complete." in report.text
    assert "Exercise 01 is complete." in report.html
    assert report.text.startswith("Exercise 01: gates by hand\n")
    kept = json.loads(progress_file.read_text())["exercises"]["ex01"]
    assert sorted(kept["right"]) == sorted(own())
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["complete"])


def test_the_keen_question_is_not_needed_and_that_is_said(progress_file):
    functions = own()
    del functions["clearable_latch_weights"]
    report = run(functions)
    assert report.is_complete
    assert "For the keen, and not needed: clearable_latch_weights." in report.text


def test_what_is_missing_or_empty_is_left(progress_file):
    def mix(z, h, candidate): ...

    report = run({"mix": mix})
    assert not report.is_complete
    assert set(outcomes(report).values()) == {"not attempted"}
    assert "Left for a complete exercise 01: mix, half_life, latch_weights." in report.text
    assert "There is no function half_life here: run its cell, or restart and run all." in report.text
    assert "There is no function mix " not in report.text
    assert not progress_file.exists()


def test_the_text_is_the_same_at_every_run_unless_something_is_wrong():
    for functions in (own(), {}):
        said = {(report.text, report.html) for report in (run(functions), run(functions), run(functions))}
        assert len(said) == 1
        assert "seed" not in said.pop()[0]


def test_a_wrong_answer_names_a_seed_that_repeats_the_run(monkeypatch):
    drawn = []

    def mix(answer, rng):
        drawn.append(rng.random())
        raise Wrong(f"On fresh inputs {drawn[-1]}.")

    monkeypatch.setattr(sys.modules["grulab.checks.judging"], "hidden_checks", lambda *_: {"mix": mix})
    first, second = run(own()), run(own())
    assert drawn[0] != drawn[1]
    assert outcomes(first)["mix"] == "wrong"
    seed = int(re.search(r'complete\("ex01", seed=(\d+)\)', first.text)[1])
    again = run(own(), f'complete("ex01", seed={seed})')
    assert drawn[2] == drawn[0]
    assert again.text == first.text != second.text


def test_a_defect_of_one_check_does_not_stop_the_others(monkeypatch, progress_file):
    def mix(answer, rng):
        raise ZeroDivisionError("a hole")

    monkeypatch.setattr(sys.modules["grulab.checks.judging"], "hidden_checks", lambda *_: {"mix": mix})
    report = run(own(), 'complete("ex01", seed=7)')
    assert not report.is_complete
    assert outcomes(report) == dict.fromkeys(questions("ex01"), "right") | {"mix": "not judged"}
    assert "defect of the course, not of your answer" in report.text
    assert "ex01 mix, seed 7, ZeroDivisionError: a hole (test_progress.py, line" in report.text
    assert "mix" not in json.loads(progress_file.read_text())["exercises"]["ex01"]["right"]


@pytest.mark.parametrize("kind", ["no folder", "a folder without this exercise"])
def test_without_hidden_checks_nothing_is_called_complete(monkeypatch, tmp_path, progress_file, kind):
    monkeypatch.setenv("GRULAB_HIDDEN", str(tmp_path / "none" if kind == "no folder" else tmp_path))
    report = run(own())
    assert not report.is_complete
    assert set(outcomes(report).values()) == {"right"}
    assert "Every example check is passed." in report.text
    assert "The hidden checks are not at hand" in report.text
    assert "Exercise 01 is complete." not in report.text
    assert not progress_file.exists()


def test_what_answers_print_is_swallowed_and_errors_leave_the_output_as_it_was(capsys):
    def mix(z, h, candidate):
        print("noise")
        print("more noise", file=sys.stderr)
        return z * h + (1 - z) * candidate

    assert outcomes(run({"mix": mix}))["mix"] == "right"

    def interrupted(z, h, candidate):
        raise KeyboardInterrupt

    before = sys.stdout, sys.stderr
    with pytest.raises(KeyboardInterrupt):
        run({"mix": interrupted})
    assert (sys.stdout, sys.stderr) == before
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_an_answer_that_tries_to_leave_is_wrong():
    def mix(z, h, candidate):
        sys.exit(0)

    report = run({"mix": mix})
    assert outcomes(report)["mix"] == "wrong"
    assert "mix stops with SystemExit" in report.text


def test_what_is_no_function_is_said_to_be_none():
    report = run({"mix": 3})
    assert outcomes(report)["mix"] == "wrong"
    assert "mix must be a function" in report.text


@pytest.mark.parametrize("call", ['complete("ex99")', "complete()", "complete(1)"])
def test_an_unknown_exercise_is_answered_with_those_there_are(call):
    with pytest.raises(Misuse, match=r"There is no exercise .*There are ex01"):
        run({}, call)


@pytest.mark.parametrize("seed", ["-1", "'x'", "1.5", "True"])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(Misuse, match=rf"The seed is {seed}, but it must be a whole number from 0 on\."):
        run({}, f'complete("ex01", seed={seed})')


@pytest.mark.parametrize("exercise", exercises())
def test_an_untouched_exercise_reads_not_attempted(exercise):
    (path,) = (ROOT / "exercises").glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    found = read(cells_of(path.read_bytes()))
    functions = {name: functions_for(found, name)[name] for name in questions(exercise)}
    report = run(functions, f'complete("{exercise}")')
    assert set(outcomes(report).values()) == {"not attempted"}
    assert all(one.message == "" for one in report.verdicts)


# ---- the file ----


def test_progress_over_the_course(progress_file):
    functions = own()
    assert progress().rows[0][1:] == ("0 of 3", "0 of 1", "–")
    assert progress().closing == ("Next: Exercise 01: gates by hand.",)
    run({"mix": functions["mix"]})
    assert progress().rows[0][1:] == ("1 of 3", "0 of 1", "–")
    assert progress().closing == ("Next: Exercise 01: gates by hand, from half_life on.",)
    # what was right stays so, and the notebook may be another one by then
    del functions["mix"]
    run(functions)
    shown = progress()
    assert shown.rows[0][1:] == ("3 of 3", "1 of 1", "–")
    run(own())
    shown = progress()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", shown.rows[0][3])
    assert shown.closing[0].startswith("Next: Exercise 02: ")
    assert "Exercise 01: gates by hand" in shown.text
    assert "Exercise 01: gates by hand" in shown.html


def test_a_solution_s_own_page_is_nobody_s_progress(monkeypatch, tmp_path, progress_file):
    (tmp_path / "solutions").mkdir()
    monkeypatch.chdir(tmp_path / "solutions")
    report = run(own())
    assert report.is_complete
    assert "This is the page of the solution: nothing is kept of it" in report.text
    assert not progress_file.exists()
    # a learner's own answers in a folder of that name are progress all the same
    functions = own()
    mix = functions["mix"]
    assert run(functions | {"mix": lambda z, h, candidate: mix(z, h, candidate)}).is_complete
    assert progress_file.exists()


FOREIGN = {
    "no JSON": "shopping list",
    "another form": '{"exercises": {}}',
    "a list": "[]",
    "another program's": json.dumps({"format": record.FORMAT, "exercises": {"ex01": {"right": 3}}}),
    "half a file": '{"format": "progress in the exer',
    "nested too deeply": "[" * 100_000,
    "too large": " " * 1_000_001,
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_set_aside_with_a_sentence_and_never_lost(progress_file, kind):
    progress_file.parent.mkdir()
    for number in (1, 2):
        progress_file.write_text(FOREIGN[kind])
        shown = progress() if number == 1 else run(own())
        aside = progress_file.with_name(f"progress.set-aside-{number}.json")
        assert f"{progress_file} held something else: it is kept as {aside.name}" in shown.text
        assert aside.read_text() == FOREIGN[kind]
    assert progress().rows[0][1] == "3 of 3"


def test_bytes_that_are_no_text_are_set_aside(progress_file):
    progress_file.parent.mkdir()
    progress_file.write_bytes(b"\xff\xfe\x00")
    assert "held something else" in progress().text


def test_a_file_that_cannot_be_written_costs_a_sentence_and_nothing_else(progress_file, monkeypatch):
    progress_file.parent.write_text("a file stands where the folder should be")
    report = run(own())
    assert report.is_complete
    assert "Your progress could not be kept" in report.text
    assert "GRULAB_PROGRESS names another file" in report.text

    monkeypatch.setenv("GRULAB_PROGRESS", str(progress_file.parent.parent))
    assert "is no file" in progress().text
    assert "is no file" in run(own()).text


def test_without_a_home_folder_a_sentence_says_so(monkeypatch):
    monkeypatch.delenv("GRULAB_PROGRESS")

    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("pathlib.Path.home", nowhere)
    assert "Your progress cannot be read (there is no home folder)." in progress().text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("~nobody-of-this-name/p.json", "~nobody-of-this-name/p.json: there is no such home folder"),
        ("loop", "loop is a link to itself"),
        ("loop/p.json", "loop/p.json is a link to itself"),
        ("x" * 5_000, "File name too long"),
        ("/dev/full", "/dev/full is no file"),
        ("pipe", "pipe is no file"),
    ],
)
def test_a_place_that_cannot_be_is_a_sentence(monkeypatch, tmp_path, name, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("GRULAB_PROGRESS", name)
    assert sentence in progress().text
    report = run(own())
    assert report.is_complete
    assert "Your progress could not be kept" in report.text
    assert sentence in report.text


def test_a_disk_without_room_keeps_the_old_file(progress_file):
    run({"mix": own()["mix"]})
    before = progress_file.read_text()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))  # a real write that fails, as on a full disk
    try:
        said = run(own()).text
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "Your progress could not be kept (" in said
    assert "File too large" in said
    assert progress_file.read_text() == before
    assert {path.name for path in progress_file.parent.iterdir()} == {"progress.json", "progress.json.lock"}


def test_the_file_stands_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("GRULAB_PROGRESS")
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    run(own())
    assert (tmp_path / ".grulab" / "progress.json").is_file()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(progress_file, monkeypatch):
    run({"mix": own()["mix"]})
    before = progress_file.read_text()

    def full(*_):
        raise OSError(28, "No space left on device", "progress.json")

    monkeypatch.setattr(os, "replace", full)
    assert "No space left on device" in run(own()).text
    assert progress_file.read_text() == before
    assert {path.name for path in progress_file.parent.iterdir()} == {"progress.json", "progress.json.lock"}


def keep(name):
    return record.note("ex01", [name], False)


def test_notebooks_side_by_side_lose_nothing(progress_file):
    names = [f"question_{number}" for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, names))
    assert set(record.load()[0]["ex01"]["right"]) == set(names)


def test_a_lock_that_was_left_behind_does_not_stop_anybody(progress_file):
    progress_file.parent.mkdir()
    lock = progress_file.with_name("progress.json.lock")
    lock.touch()
    assert keep("mix") == ""
    lock.unlink()
    lock.symlink_to("nowhere")
    assert keep("step") == ""
    assert record.load()[0]["ex01"]["right"] == ["mix", "step"]


def test_nothing_is_written_while_another_notebook_writes(progress_file, monkeypatch):
    keep("mix")
    before = progress_file.read_bytes()
    monkeypatch.setattr(record, "PATIENCE", 0.1)
    with record.alone(progress_file):
        assert f"could not be kept (another notebook is writing {progress_file})" in keep("step")
    assert progress_file.read_bytes() == before
    lock = progress_file.with_name("progress.json.lock")
    lock.unlink()
    lock.mkdir()
    assert f"could not be kept ({lock}: Is a directory)" in keep("step")
    assert progress_file.read_bytes() == before


def test_a_name_that_is_no_text_is_kept_as_it_is(progress_file):
    kept = {"format": record.FORMAT, "exercises": {"\ud800": {"right": [], "complete": None}}}
    progress_file.parent.mkdir()
    progress_file.write_text(json.dumps(kept), encoding="utf-8")
    assert keep("mix") == ""
    assert set(record.load()[0]) == {"\ud800", "ex01"}


# ---- what is shown ----


def test_what_a_learner_s_code_says_is_harmless():
    hostile = "<b>&\x1b[31mred\x1b]0;title\x07\r\nnext\tline\u202eturned\x00 `a < b` " + "long " * 1000
    said = Verdict("mix", "wrong", hostile, (hostile,))
    for text in (said.text, said.html):
        assert not any(one in text for one in "\x1b\r\n\t\u202e\x00")
        assert len(text) < 3500
    assert "<b>&" in said.text
    assert "<b>" not in said.html
    assert "&lt;b&gt;&amp;red next line�turned� <code>a &lt; b</code> long" in said.html
    assert said.message.endswith("…")


@pytest.mark.parametrize("kind", ["right", "wrong", "not attempted", "not judged"])
def test_an_outcome_is_told_by_words_and_a_sign_that_no_other_has(kind):
    said = Verdict("mix", kind, "Look there.")
    others = [Verdict("mix", other) for other in ("right", "wrong", "not attempted", "not judged")]
    others = [other for other in others if other.outcome != kind]
    assert all(said.text.split(":")[0] != other.text.split(":")[0] for other in others)
    assert isinstance(said, Shown)
    colours = re.findall(r"(?<![\w-])(?:background|color): (?!transparent)", said.html)
    assert colours == []


def luminance(colour):
    """Return the relative luminance of #rrggbb, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def test_colours_of_signs_stand_out_on_light_and_dark_pages():
    from grulab.checks.verdict import COLOURS

    for colour, ground in itertools.product(COLOURS.values(), ("#ffffff", "#14181e", "#111111")):
        light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, (colour, ground)
