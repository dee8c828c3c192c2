"""A question in the notebook: what check, hint and solution say, and what they say to misuse."""

import dataclasses
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grulab.checks import are_right, question
from grulab.checks.judging import HIDDEN, hidden_checks
from grulab.checks.question import Misuse, exercises, questions

ROOT = Path(__file__).resolve().parents[1]


def mix(z, h, candidate):
    return z * h + (1 - z) * candidate


def test_the_three_outcomes_of_a_check():
    asked = question("ex01", "mix")
    right = asked.check(mix)
    assert (right.outcome, right.is_right, right.message, right.seed) == ("right", True, "", None)
    assert str(right) == "✓ mix: Right."

    wrong = asked.check(lambda z, h, candidate: (1 - z) * h + z * candidate)
    assert (wrong.outcome, wrong.is_right) == ("wrong", False)
    assert "z writes" in wrong.message
    assert str(wrong) == f"✗ mix: Not yet right. {wrong.message}"

    def mix_to_write(z, h, candidate):
        """Return the new state."""
        ...

    none = asked.check(mix_to_write)
    assert (none.outcome, none.is_right) == ("not attempted", False)
    assert str(none).startswith("… mix: Not attempted yet.")


MISUSES = {
    "called": (lambda: question("ex01", "mix").check(mix(0.5, np.zeros((2, 3)), 1)), "an array of shape"),
    "called without a return": (lambda: question("ex01", "mix").check(None), "None"),
    "nothing": (lambda: question("ex01", "mix").check(), "nothing"),
    "a name in quotes": (lambda: question("ex01", "mix").check("mix"), "'mix'"),
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_check_of_no_function_says_how_it_is_meant(misuse):
    act, what = MISUSES[misuse]
    with pytest.raises(Misuse) as caught:
        act()
    said = str(caught.value)
    assert said.startswith(f"check was given {what}")
    assert said.endswith(". Write .check(mix): the function itself, without calling it.")


def test_the_function_of_another_question_is_noticed_and_any_other_name_is_fine():
    def half_life(z): ...

    def my_own_name(z, h, candidate):
        return mix(z, h, candidate)

    with pytest.raises(Misuse, match=r"check was given half_life, but this question asks for mix\."):
        question("ex01", "mix").check(half_life)
    assert question("ex01", "mix").check(my_own_name).is_right


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ex1", "mix"), "There is no exercise 'ex1'. Did you mean 'ex01'? There are ex01, "),
        ((1, "mix"), "There is no exercise 1. There are ex01, "),
        ((), "There is no exercise ''. There are ex01, "),
        (("ex01", "mixx"), "ex01 asks for no 'mixx'. Did you mean 'mix'? There are mix, half_life, "),
        (("ex01", "Half_Life"), "ex01 asks for no 'Half_Life'. Did you mean 'half_life'? "),
        (("ex01", np.ones(3)), 'Name the function in quotes, as in question("ex01", "mix").'),
        (("ex01", mix), 'Name the function in quotes, as in question("ex01", "mix").'),
        (("ex01",), 'Name the function in quotes, as in question("ex01", "mix").'),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_one(words, said):
    with pytest.raises(Misuse) as caught:
        question(*words)
    assert str(caught.value).startswith(said)


def test_misuse_is_shown_without_the_lines_of_code_that_led_to_it():
    assert Misuse("This is meant otherwise.")._render_traceback_() == ["Misuse: This is meant otherwise."]


def test_a_failing_check_is_a_defect_of_the_course_and_says_so():
    def broken(answer):
        raise KeyError("a hole")

    said = dataclasses.replace(question("ex01", "mix"), example=broken).check(mix)
    assert (said.outcome, said.is_right) == ("not judged", False)
    assert "defect of the course" in said.message
    assert "report" in said.message
    assert "ex01 mix, seed 0, KeyError: 'a hole' (test_question.py, line" in said.message


def test_each_question_has_a_hidden_check_of_its_name():
    for exercise in exercises():
        assert set(hidden_checks(HIDDEN, exercise)) >= set(questions(exercise)), exercise


def test_a_check_leaves_the_notebook_s_generators_alone():
    def drawing(z, h, candidate):
        np.random.random()  # noqa: NPY002
        return mix(z, h, candidate)

    np.random.seed(1)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(1)  # noqa: NPY002
    question("ex01", "mix").check(drawing)
    assert np.random.random() == expected  # noqa: NPY002


CHECKS = """
import json, sys, time
from answering import solution, verdict
from grulab.checks.definitions import functions_for
from grulab.checks.question import exercises, questions

seconds = {}
for exercise in exercises():
    found = solution(exercise)
    for question in questions(exercise).values():
        if not question.uses_keras:
            functions = functions_for(found, question.name)
            start = time.perf_counter()
            example = verdict(question, functions, folders=())
            seconds[f"{exercise} {question.name}"] = time.perf_counter() - start
            assert example.is_right, example
            assert verdict(question, functions).is_right
assert not {"tensorflow", "keras"} & set(sys.modules), "a check loads TensorFlow without need"
print(json.dumps(seconds))
"""


def test_checks_answer_at_once_and_load_no_tensorflow_without_need():
    path = os.pathsep.join(str(folder) for folder in (ROOT, ROOT / "tests", ROOT / "tools"))
    command = [sys.executable, "-c", CHECKS]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seconds = json.loads(done.stdout.splitlines()[-1])
    assert set(seconds) >= {"ex01 mix", "ex01 latch_weights"}
    assert {name: one for name, one in seconds.items() if one > 1} == {}


def test_cells_that_use_answers_ask_whether_they_are_right(capsys):
    def mix(z, h, candidate):
        return z * h + (1 - z) * candidate

    def half_life(z): ...

    assert are_right("ex01", mix)
    assert not are_right("ex01", mix, half_life)
    assert capsys.readouterr().out == ""


def test_an_answer_that_was_tried_is_not_tried_again(capsys):
    calls = []

    def mix(z, h, candidate):
        calls.append(z)
        return z * h + (1 - z) * candidate

    question("ex01", "mix").check(mix)
    tried = len(calls)
    assert tried
    assert are_right("ex01", mix)
    assert len(calls) == tried

    def mix(z, h, candidate):  # a new one is
        calls.append(z)
        return z

    assert not are_right("ex01", mix)
    assert len(calls) > tried
    tried = len(calls)
    assert not are_right("ex01", mix)
    assert len(calls) == tried
    assert not question("ex01", "mix").check(mix).is_right
    assert len(calls) > tried


class Unhashable:
    __hash__ = None

    def __call__(self, z, h, candidate):
        return z * h + (1 - z) * candidate


def test_an_answer_that_cannot_be_kept_is_tried_each_time():
    cell = {"are_right": are_right, "mix": Unhashable()}
    assert eval('are_right("ex01", mix)', cell)
    assert eval('are_right("ex01", mix)', cell)


def test_answers_without_a_name_of_their_own_are_known_by_the_name_in_the_cell(capsys):
    cell = {"are_right": are_right, "partial": functools.partial}
    exec("mix = lambda z, h, candidate: print(z) or z * h + (1 - z) * candidate", cell)
    assert eval('are_right("ex01", mix)', cell)
    exec("half_life = partial(mix, h=1, candidate=0)", cell)
    assert not eval('are_right("ex01", mix, half_life)', cell)
    assert capsys.readouterr().out == ""
