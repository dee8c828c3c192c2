"""The bank of the quiz: true, whole, of one form, and with a way back to each place that it names."""

import math
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import yaml
from bank import BANK, read_bank
from myst_parser.mdit_to_docutils.base import default_slugify

from grulab import cell
from grulab.checks.question import questions as asked_in
from grulab.forecasting import windows

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = read_bank(ROOT)
EXERCISES = yaml.safe_load((ROOT / BANK).read_text())["exercises"]
CHAPTERS = sorted(path.stem for path in (ROOT / "book").glob("[0-9]*.md"))

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])


def chapter(page):
    """Return the number of a page's chapter: 02 for 02b_gradients."""
    return page[:2]


def page_text(page):
    return (ROOT / "book" / f"{page}.md").read_text()


def objectives(page):
    """Return how many objectives stand in the box of a page."""
    box = page_text(page).split("```{admonition} Objectives\n", 1)[1].split("\n```", 1)[0]
    return len(re.findall(r"^- ", box, re.MULTILINE))


def find(name):
    """Return the question with an id."""
    (question,) = (question for question in QUESTIONS if question.id == name)
    return question


def right(name):
    """Return what the right option of a question says."""
    question = find(name)
    return question.options[question.right].says


# ---- form ----


def test_there_are_24_questions_three_a_chapter_and_two_from_07_on():
    counts = Counter(chapter(question.page) for question in QUESTIONS)
    assert counts == {f"0{n}": 3 if n < 7 else 2 for n in range(1, 10)}


@each_question
def test_a_question_is_tagged_with_a_page_and_an_objective_of_it(question):
    assert question.page in CHAPTERS
    assert 1 <= question.objective <= objectives(question.page)


def test_a_third_brings_back_an_idea_of_an_earlier_page():
    again = [question for question in QUESTIONS if question.again]
    assert len(again) >= len(QUESTIONS) / 3
    for question in again:
        assert question.again in CHAPTERS
        assert question.again < question.page, question.id


@each_question
def test_options_are_of_similar_length_and_none_says_all_of_them(question):
    lengths = [len(option.says) for option in question.options]
    assert max(lengths) - min(lengths) <= 25
    assert len({option.says for option in question.options}) == len(lengths) >= 3
    evasive = re.compile("of the above|all of|none of", re.IGNORECASE)
    assert not any(evasive.search(option.says) for option in question.options)


def test_neither_place_nor_length_gives_the_right_option_away():
    places = Counter(question.right for question in QUESTIONS)
    assert all(3 <= places[place] <= 9 for place in range(4)), places
    longest = [max(range(4), key=lambda at: len(one.options[at].says)) == one.right for one in QUESTIONS]
    assert sum(longest) <= len(QUESTIONS) / 2


@each_question
def test_each_option_has_feedback_of_one_to_three_short_sentences(question):
    for option in question.options:
        sentences = re.findall(r"[.?](?=\s|$)", option.why)
        assert 1 <= len(sentences) <= 3, option.why
        assert option.why.endswith("."), option.why
        assert max(len(words.split()) for words in re.split(r"[.?:]\s", option.why)) <= 25, option.why


@each_question
def test_the_way_back_leads_to_a_heading_of_its_chapter(question):
    title, page, anchor = re.fullmatch(r"\[(.+)\]\((\w+)\.md#([\w-]+)\)", question.see).groups()
    assert chapter(page) == chapter(question.page)
    headings = re.findall(r"^#{2,3} (.+)$", page_text(page), re.MULTILINE)
    assert title in headings
    assert default_slugify(title) == anchor


# a reader picks one of the applications 08a to 08e: the exercise of all five, and the chooser, stand for them
CORE = [page for page in CHAPTERS if not re.match("08[a-e]", page)]


@pytest.mark.parametrize("page", CORE)
def test_each_objective_has_a_question_of_the_exercise_or_of_the_quiz(page):
    by_exercise = EXERCISES.get(page, {})
    known = asked_in(f"ex{chapter(page)}")
    for number, names in by_exercise.items():
        assert set(names) <= set(known), f"{page}, objective {number}"
    by_quiz = {question.objective for question in QUESTIONS if question.page == page}
    assert set(by_exercise) | by_quiz == set(range(1, objectives(page) + 1))


def test_the_quiz_asks_every_question_once_in_the_order_of_the_pages():
    asked = re.findall(r"^```\{quiz\} (.+)$", page_text("quiz"), re.MULTILINE)
    assert asked == sorted({question.page for question in QUESTIONS})
    assert asked == list(dict.fromkeys(question.page for question in QUESTIONS))


@pytest.mark.parametrize("page", sorted({question.page for question in QUESTIONS}))
def test_a_page_asks_its_own_questions_before_its_end(page):
    assert "\n## Ask yourself\n\n```{quiz}\n```\n\n## You can now\n" in page_text(page)


# ---- what the questions claim ----


def points(picture, line):
    """Return the points (n, 2) of a line in a picture of the quiz."""
    root = ElementTree.parse(ROOT / f"book/_static/{picture}.svg").getroot()
    (found,) = (node for node in root.iter() if node.get("id") == line)
    return np.array([pair.split(",") for pair in found.get("points").split()], float)


def test_the_four_curves_are_those_of_the_four_gates():
    bottom, height = points("quiz_fading", "A")[-1, 1], np.diff(points("quiz_fading", "A")[[0, -1], 1])
    for z, curve in zip((0.5, 0.75, 0.9, 0.99), "ABCD", strict=True):
        drawn = (bottom - points("quiz_fading", curve)[:, 1]) / height
        np.testing.assert_allclose(drawn, z ** np.arange(21), atol=3e-3)
    assert right("fading-curves") == "Curve C"


def test_the_loss_on_fresh_data_turns_at_epoch_6_and_the_other_falls():
    fresh, training = points("quiz_losses", "fresh")[:, 1], points("quiz_losses", "training")[:, 1]
    # downwards is up in a picture
    assert 1 + np.argmax(fresh) == 6
    assert np.all(np.diff(training) > 0)
    assert right("turning-loss").startswith("Stop near epoch 6")


def test_the_lines_with_the_mistake_run_and_their_repair_is_keras():
    code = re.search(r"```python\n(.*?)```", find("which-line").asks, re.DOTALL)[1]
    rng = np.random.default_rng(0)
    kernel, recurrent, bias = rng.normal(size=(3, 12)), rng.normal(size=(4, 12)), rng.normal(size=(2, 12))
    start = rng.normal(size=(5, 4))
    names = {"np": np, "sigmoid": cell.sigmoid, "kernel": kernel, "recurrent": recurrent, "bias": bias}
    names |= {"x": rng.normal(size=(5, 3)), "h": start}
    weights = cell.Weights(kernel, recurrent, bias, reset_after=True)
    expected = cell.run(weights, names["x"][:, None], start).h[:, -1]
    first, second = ("x_r, x_z,", "x_z, x_r,"), ("h_r, h_z,", "h_z, h_r,")

    def difference(*repairs):
        text, within = code, dict(names)
        for wrong, mended in repairs:
            assert wrong in text
            text = text.replace(wrong, mended)
        exec(text, within)
        return np.abs(within["h"] - expected).max()

    # both lines have to be mended
    assert min(difference(), difference(first), difference(second)) > 0.1
    assert difference(first, second) < 1e-12
    assert right("which-line").startswith("In lines 1 and 2")


def test_the_numbers_are_right():
    assert len(windows(np.arange(100.0), 7, horizon=3)[0]) == int(right("three-days-ahead"))
    z = 0.01 ** (1 / 100)
    assert z**200 == pytest.approx(float(right("twice-the-lag")))
    assert f"{math.log(10):.2f}" in find("ten-classes").asks
    letters, films = map(float, re.findall(r"\d\.\d+", find("two-losses").asks))
    assert letters < 0.7 * math.log(30)
    assert films > 0.9 * math.log(2)
    assert right("two-losses").startswith("The first")
