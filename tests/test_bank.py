"""The reader of the bank: what it makes of a question, what it says to a damaged one, what notebooks show."""

import pytest
import yaml
from bank import BANK, Option, Question, as_markdown, choose, read_bank
from source import Fault

ENTRY = {
    "id": "held",
    "page": "01_a",
    "objective": 2,
    "asks": "Which z keeps?\n\n```python\nz * h\n```\n",
    "options": [
        {"says": "z = 0", "why": "It writes."},
        {"says": "`z = 1`", "why": "It keeps.", "right": True},
    ],
    "see": "[A part](01_a.md#a-part)",
}


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a bank of these entries."""
    (tmp_path / "book").mkdir()

    def run(*entries):
        (tmp_path / BANK).write_text(yaml.safe_dump({"questions": entries}))
        return read_bank(tmp_path)

    return run


def test_a_question_is_read_with_its_options(read):
    (question,) = read(ENTRY)
    assert question == Question(
        "held",
        "01_a",
        2,
        ENTRY["asks"],
        (Option("z = 0", "It writes."), Option("`z = 1`", "It keeps.", True)),
        "[A part](01_a.md#a-part)",
    )
    assert question.right == 1
    assert question.verdict == "(b) is right."


def with_options(*right):
    return {"options": [{"says": "a", "why": "b", "right": is_right} for is_right in right]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_options(False, False), "exactly one option with right: true"),
        (with_options(True, True), "exactly one option with right: true"),
        (with_options(True), "1 options; it needs 2 to 4"),
        (with_options(True, False, False, False, False), "5 options; it needs 2 to 4"),
        ({"options": [{"says": "a", "why": "b", "right": True}, {"says": "c"}]}, "'why'"),
        ({"marks": 3}, "'marks'"),
        ({"see": ["01_a.md", "a-part"]}, "['01_a.md', 'a-part'] where a text is expected"),
        ({"options": [{"says": 0.5, "why": "b", "right": True}, ENTRY["options"][0]]}, "0.5 where a text"),
    ],
)
def test_a_damaged_question_is_named_with_what_it_lacks(read, change, said):
    with pytest.raises(Fault) as fault:
        read(ENTRY | change)
    assert str(fault.value).startswith(f'{BANK}: the question "held" ')
    assert said in str(fault.value)


def test_what_is_missing_is_named(read):
    entry = {key: value for key, value in ENTRY.items() if key not in ("see", "asks")}
    with pytest.raises(Fault, match="lacks asks, see"):
        read(entry)
    with pytest.raises(Fault, match='"without id" lacks id'):
        read({key: value for key, value in ENTRY.items() if key != "id"})


def test_two_questions_may_not_share_an_id(read):
    with pytest.raises(Fault, match='id "held" stands there twice'):
        read(ENTRY, ENTRY | {"page": "02_b"})


def test_a_file_that_is_no_yaml_is_a_fault(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / BANK).write_text("questions: [")
    with pytest.raises(Fault, match="not readable as YAML"):
        read_bank(tmp_path)


def test_questions_are_chosen_by_id_by_page_or_as_those_of_the_page(read):
    bank = read(ENTRY, ENTRY | {"id": "other"}, ENTRY | {"id": "far", "page": "02_b"})

    def chosen(*names, page="01_a"):
        return [question.id for question in choose(bank, list(names), page)]

    assert chosen() == ["held", "other"]
    assert chosen(page="02_b") == ["far"]
    assert chosen("02_b", "other") == ["far", "other"]
    with pytest.raises(LookupError, match='no question and no page "03_c"'):
        chosen("03_c")


def test_a_notebook_gets_question_options_and_one_folded_answer(read):
    assert as_markdown(*read(ENTRY)) == (
        "**Question.** Which z keeps?\n\n```python\nz * h\n```\n\n"
        "- (a) z = 0\n- (b) `z = 1`\n\n"
        "<details>\n<summary>Answer</summary>\n\n(b) is right.\n\n"
        "- (a) It writes.\n- (b) It keeps.\n\nLook again: [A part](01_a.md#a-part)\n\n</details>"
    )
