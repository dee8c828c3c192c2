"""Exercises with Keras: right answers pass with each seed, wrong ones are named, mutants die."""

import pytest
from answering import (
    by_entry,
    by_question,
    check_mutants,
    check_numbers,
    check_right,
    check_solution,
    check_wrong,
)
from answers import WITH_KERAS, exercises

from grulab.checks.worker import optimise_graphs

EXERCISES = [exercise for exercise in exercises() if exercise in WITH_KERAS]
by_exercise = pytest.mark.parametrize("exercise", EXERCISES)


@pytest.fixture(autouse=True, scope="module")
def as_graded():
    optimise_graphs(False)
    yield
    optimise_graphs(True)


@by_exercise
def test_each_question_has_enough_answers(exercise):
    check_numbers(exercise)


@by_exercise
def test_the_solution_passes(exercise):
    check_solution(exercise, range(2))


@by_entry(EXERCISES, is_right=True)
def test_a_right_answer_is_never_rejected(entry):
    check_right(entry, range(2))


@by_entry(EXERCISES, is_right=False)
def test_a_wrong_answer_is_named(entry):
    check_wrong(entry, range(2))


@by_question(EXERCISES)
def test_a_small_change_to_the_answer_is_seen(question):
    check_mutants(question)
