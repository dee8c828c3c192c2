"""What every page promises its reader: how it opens, that it asks before it tells, how it ends."""

import re
from pathlib import Path

import pytest

from grulab.checks.question import questions

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "book").glob("[0-9]*.md"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*.md"))


def by_name(paths):
    """Run a test once for each page, under the page's name."""
    return pytest.mark.parametrize("text", [path.read_text() for path in paths], ids=[p.stem for p in paths])


def part(text, start, end):
    """Return what stands between two strings."""
    return text.split(start, 1)[1].split(end, 1)[0]


def listed(text):
    """Return the numbers of a numbered list that begin its lines."""
    return [int(number) for number in re.findall(r"^(\d)\. ", text, re.MULTILINE)]


@by_name([*CHAPTERS, *SOLUTIONS])
def test_a_page_opens_with_objectives_needs_and_time(text):
    box = part(text, "```{admonition} Objectives\n", "\n```")
    assert len(re.findall(r"^- ", box, re.MULTILINE)) >= 2
    assert "**You need**" in box
    assert re.search(r"\*\*Time\*\* .*\d+", box)


@by_name(CHAPTERS)
def test_a_page_asks_three_questions_on_the_pages_before(text):
    opening = text.split("\n## ", 1)[0]
    assert re.search(r"^> .*[?.]", opening, re.MULTILINE), "the opening question"
    questions = part(opening, "**Three questions", "<details>")
    answers = part(opening.split("**Three questions", 1)[1], "<details>", "</details>")
    assert listed(questions) == [1, 2, 3]
    assert listed(answers) == [1, 2, 3]


@by_name(CHAPTERS)
def test_a_prediction_has_options_and_a_folded_answer_for_each_wrong_one(text):
    predictions = re.findall(r"\*\*Predict \(P(\d)\)\.\*\*(.*?)</details>", text, re.DOTALL)
    assert [int(number) for number, _ in predictions] == list(range(1, len(predictions) + 1))
    assert len(predictions) >= 2
    for number, prediction in predictions:
        question, answer = prediction.split("<details>", 1)
        options = re.findall(r"\(([a-e])\)", question)
        assert options == sorted(set(options)), f"P{number}"
        assert len(options) >= 2, f"P{number}"
        # the right option is named, and what tempts in each other one
        assert set(re.findall(r"\(([a-e])\)", answer)) >= set(options), f"P{number}"


@by_name(CHAPTERS)
def test_a_page_ends_with_what_the_reader_can_do_and_with_its_claims(text):
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings[-2:] == ["You can now", "Claims, checked"]
    can = part(text, "## You can now", "## Claims, checked")
    objectives = part(text, "```{admonition} Objectives\n", "\n```")
    assert len(re.findall(r"^- ", can, re.MULTILINE)) >= len(re.findall(r"^- ", objectives, re.MULTILINE))
    claims = text.split("## Claims, checked", 1)[1]
    assert len(re.findall(r"^\s*assert ", claims, re.MULTILINE)) >= 5


@by_name(CHAPTERS)
def test_a_page_points_to_its_exercise(text):
    number = next(path.stem for path in CHAPTERS if path.read_text() == text).split("_")[0]
    ending = text.split("## Claims, checked", 1)[1]
    for solution in (path.stem for path in SOLUTIONS if path.stem.startswith(f"{number}_")):
        assert f"(../exercises/{solution}.ipynb)" in ending


@by_name([*CHAPTERS, *SOLUTIONS])
def test_every_figure_has_alternative_text(text):
    cells = re.findall(r"^```\{code-cell\} ipython3\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for cell in cells:
        if re.search(r"\bfigure\(|gate_maps\(", cell) and "def " not in cell:
            assert re.search(r"^\s+alt: .{40,}", cell, re.MULTILINE), cell


def cells(text):
    """Return the code of each cell, without its options."""
    found = re.findall(r"^```\{code-cell\} ipython3\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r"\A(---\n.*?---\n|(:.*\n)+\n?)", "", cell, flags=re.DOTALL).strip() for cell in found]


def by_exercise():
    """Run a test once for each solution's page, with the exercise's name in the checks."""
    found = [(f"ex{path.stem.split('_')[0]}", path.read_text()) for path in SOLUTIONS]
    return pytest.mark.parametrize(("exercise", "text"), found, ids=[name for name, _ in found])


@by_exercise()
def test_each_question_of_an_exercise_has_three_hints_and_a_check(exercise, text):
    parts = re.split(r"^## (?=Question \d)", text, flags=re.MULTILINE)[1:]
    assert [int(part[9]) for part in parts] == list(range(1, len(parts) + 1))
    checked = []
    for part in parts:
        part = re.split(r"^## ", part, flags=re.MULTILINE)[0]
        title = part.splitlines()[0]
        stars = len(re.search("★+$", title)[0])
        assert re.findall(r"<summary>Hint (\d)", part) == ["1", "2", "3"], title
        answers = [cell for cell in cells(part) if "### BEGIN SOLUTION" in cell]
        names = re.findall(r"^def (\w+)\(", "\n".join(answers), re.MULTILINE)
        for name in names:
            if name in questions(exercise):
                assert f'question("{exercise}", "{name}").check({name})' in cells(part), title
                assert questions(exercise)[name].stars == stars, title
            else:
                assert "not graded" in part, f"{title}: no check knows {name}"
        checked += [name for name in names if name in questions(exercise)]
    assert checked == list(questions(exercise))


@by_exercise()
def test_an_exercise_says_how_it_is_checked_and_ends_with_all_checks(exercise, text):
    opening = text.split("\n## ", 1)[0]
    first = next(iter(questions(exercise)))
    assert f'`question("{exercise}", "{first}").hint()`' in opening
    assert "`.solution()`" in opening
    ending = part(text, "## Is it complete?", "## You can now")
    assert "(../book/checks.md)" in ending
    assert cells(ending) == [f'complete("{exercise}")']
