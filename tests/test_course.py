"""Hints, titles and solutions are read from the solutions' pages, where they stand for people, too."""

import ast
from pathlib import Path

import pytest

from grulab.checks import course as pages
from grulab.checks import question
from grulab.checks.definitions import cells_of
from grulab.checks.question import exercises, questions

ROOT = Path(__file__).resolve().parents[1]
EVERY = [(exercise, name) for exercise in exercises() for name in questions(exercise)]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nobody has asked for a hint yet."""
    monkeypatch.setattr(pages, "_told", {})


@pytest.mark.parametrize(("exercise", "name"), EVERY)
def test_each_question_gives_three_hints_one_at_a_time(exercise, name):
    asked = question(exercise, name)
    said = [asked.hint().text for _ in range(4)]
    for number in (1, 2, 3):
        assert said[number - 1].startswith(f"**Hint {number} of 3 for `{name}`: ")
    assert said[3] == said[0]
    assert len(set(said)) == 3
    assert said[2].endswith("This was the last hint. The next call begins again.")
    assert not any("<summary>" in one or "SOLUTION" in one for one in said)


@pytest.mark.parametrize(("exercise", "name"), EVERY)
def test_each_question_has_a_solution_that_is_code_with_its_name(exercise, name):
    said = question(exercise, name).solution().text
    assert said.startswith(f"**The course's answer: `{name}`**\n\n```python\n")
    code = said.split("```python\n", 1)[1].split("\n```", 1)[0]
    assert name in [one.name for one in ast.parse(code).body if isinstance(one, ast.FunctionDef)]
    assert "SOLUTION" not in said
    assert "{code-cell}" not in said
    assert said.count("```") % 2 == 0


def test_functions_under_one_heading_share_their_hints():
    said = [question("ex04", name).hint().text for name in ("scale_fit", "scale", "unscale")]
    assert [one[:11] for one in said] == ["**Hint 1 of", "**Hint 2 of", "**Hint 3 of"]


def test_each_question_keeps_count_of_its_own():
    question("ex01", "mix").hint()
    assert question("ex01", "half_life").hint().text.startswith("**Hint 1 of 3 for `half_life`")
    assert question("ex01", "mix").hint().text.startswith("**Hint 2 of 3 for `mix`")


def test_an_exercise_has_the_title_of_its_page():
    assert pages.title_of("ex01") == "Exercise 01: gates by hand"


def test_without_a_copy_of_the_course_a_sentence_says_where_they_are(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "SOLUTIONS", tmp_path)
    pages.sections.cache_clear()
    try:
        hint, solution = question("ex01", "mix").hint().text, question("ex01", "mix").solution().text
    finally:
        pages.sections.cache_clear()
    for said in (hint, solution):
        assert said.startswith("There is no copy of the course beside this package.")
        assert said.endswith("`solutions/01_….md` of the course's repository.")
    assert "folded below the function" in hint
    assert pages.title_of("ex01") == "Exercise 01"


PAGE = """
## Question 1: one ★

```{code-cell} ipython3
:tags: [remove-output]

def one(x):
    \"\"\"Return x.\"\"\"
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION
```

<details><summary>Hint 1: where to look</summary>

At the {term}`gates <gate>`, see {cite:p}`key` and [page 02](../book/02.md).

</details>

```{code-cell} ipython3
one(1)
```

<!-- BEGIN SOLUTION -->
A [paper](https://example.org/x) says so.

```{code-cell} ipython3
---
tags: [remove-input]
---
one(2)
```
<!-- END SOLUTION -->
"""


def test_what_a_page_says_is_read_without_markers_options_and_roles():
    found = pages.section(PAGE.split("## ", 1)[1])
    assert found.title == "Question 1: one ★"
    assert found.answers == {"one": 'def one(x):\n    """Return x."""\n    return x'}
    assert pages.plain_markdown(found.hints[0][1]) == "At the gates, see key and page 02."
    assert found.remark == "A [paper](https://example.org/x) says so.\n\n```python\none(2)\n```"


def calls(tree, names):
    """Return the calls of some functions in a cell, but for those inside of definitions."""
    if isinstance(tree, ast.FunctionDef | ast.Lambda):
        return []
    mine = [tree] if isinstance(tree, ast.Call) and getattr(tree.func, "id", None) in names else []
    return mine + [call for part in ast.iter_child_nodes(tree) for call in calls(part, names)]


@pytest.mark.parametrize("exercise", exercises())
def test_cells_that_use_answers_ask_first_whether_they_are_right(exercise):
    (path,) = (ROOT / "exercises").glob(f"{exercise.removeprefix('ex')}_*.ipynb")
    names = set(questions(exercise))
    for cell in cells_of(path.read_bytes()):
        for statement in ast.parse(cell).body:
            used = {call.func.id for call in calls(statement, names)}
            asks = isinstance(statement, ast.If) and calls(statement.test, {"are_right"})
            asked = {one.id for call in asks or [] for one in call.args if isinstance(one, ast.Name)}
            assert used <= asked, f"{sorted(used - asked)} may be wrong in the cell:\n{cell}"
