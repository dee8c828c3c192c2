"""The quiz on its built pages: by keyboard, without storage, without JavaScript, on a phone and on paper."""

import json
import re

import pytest
from bank import read_bank
from conftest import ROOT
from test_every_widget import CONTRAST

from benchmarks.pages import unfold

QUIZ = "book/quiz.html"
PAGE = "book/01_concepts.html"
KEPT = "inside-the-gru-quiz"
QUESTIONS = read_bank(ROOT)
FIRST = next(question for question in QUESTIONS if question.id == "fading-curves")
WRONG = (FIRST.right + 1) % len(FIRST.options)
BLOCKED = """() => Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("blocked", "SecurityError"); },
})"""


@pytest.fixture
def quiz(visit, home):
    """Return the page of the quiz, over HTTP and from disk."""
    return visit(home + QUIZ, home)


def block(page, question=FIRST):
    return page.locator(f"#quiz-{question.id}")


def said(page, question=FIRST):
    return block(page, question).locator("[role=status]").inner_text()


def answer(page, place, sure=True, question=FIRST):
    block(page, question).locator("input").nth(place).check()
    block(page, question).get_by_role("button", name="Sure" if sure else "Not sure", exact=True).click()


def listed(page):
    """Return the addresses of the questions that are worth another look."""
    lines = page.locator(".quiz-end li").all()
    return [line.locator("a").first.get_attribute("href") for line in lines]


def kept(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEPT}')") or "{}")


def test_every_question_of_the_bank_is_asked(quiz):
    assert quiz.locator(".quiz").count() == len(QUESTIONS)
    for question in QUESTIONS:
        asked = block(quiz, question)
        assert asked.get_attribute("data-right") == str(question.right)
        assert asked.locator("input[type=radio]").count() == len(question.options)
        assert asked.locator(".quiz-why > li").count() == len(question.options)
        assert asked.locator("legend").inner_text().strip()


def test_first_wrong_and_sure_then_right_by_keyboard(quiz):
    options = block(quiz).locator("input")
    options.first.focus()
    options.first.press("Space")
    for _ in range(WRONG):
        quiz.keyboard.press("ArrowDown")
    assert options.nth(WRONG).is_checked()
    assert said(quiz) == ""
    quiz.keyboard.press("Tab")
    quiz.keyboard.press("Enter")
    why = FIRST.options[WRONG].why
    assert said(quiz).startswith("Not yet. (")
    assert why in said(quiz)
    assert "Look again: Measure the half-life" in said(quiz)
    assert listed(quiz) == [f"#quiz-{FIRST.id}"]
    # back to the options, from the first button
    quiz.keyboard.press("Shift+Tab")
    quiz.keyboard.press("ArrowUp")
    for _ in range((WRONG - 1 - FIRST.right) % len(FIRST.options)):
        quiz.keyboard.press("ArrowUp")
    assert options.nth(FIRST.right).is_checked()
    quiz.keyboard.press("Tab")
    quiz.keyboard.press("Tab")
    quiz.keyboard.press("Space")
    assert said(quiz).startswith("Right. (")
    assert FIRST.options[FIRST.right].why in said(quiz)
    # it was sure and wrong at first, whatever came after
    assert listed(quiz) == [f"#quiz-{FIRST.id}"]


def test_every_option_answers_with_its_own_reason(visit, served):
    page = visit(served + QUIZ, served)
    for question in QUESTIONS:
        reasons = block(page, question).locator(".quiz-why > li").all_text_contents()
        for place, reason in enumerate(reasons):
            answer(page, place, sure=False, question=question)
            word = "Right." if place == question.right else "Not yet."
            assert said(page, question).startswith(word)
            assert re.sub(r"\s+", " ", reason).strip() in re.sub(r"\s+", " ", said(page, question))
    assert listed(page) == []


def test_without_an_option_it_asks_for_one(quiz):
    block(quiz).get_by_role("button", name="Sure", exact=True).click()
    assert said(quiz) == "Pick an option first."
    assert kept(quiz) == {}


def test_only_what_was_sure_and_wrong_is_worth_another_look(quiz):
    right, unsure, sure = QUESTIONS[0], QUESTIONS[1], QUESTIONS[2]
    assert "Nothing so far" in quiz.locator(".quiz-end").inner_text()
    answer(quiz, right.right, question=right)
    answer(quiz, (unsure.right + 1) % 4, sure=False, question=unsure)
    answer(quiz, (sure.right + 1) % 4, question=sure)
    assert listed(quiz) == [f"#quiz-{sure.id}"]
    assert "Nothing so far" not in quiz.locator(".quiz-end").inner_text()
    links = quiz.locator(".quiz-end li a")
    assert links.nth(0).inner_text() == block(quiz, sure).locator("legend").inner_text()
    assert links.nth(1).get_attribute("href").endswith(sure.see.partition("#")[2].rstrip(")"))


def test_answers_stay_in_the_browser_until_they_are_forgotten(quiz):
    answer(quiz, WRONG)
    answer(quiz, FIRST.right)
    before = said(quiz)
    quiz.reload()
    assert said(quiz) == before
    assert block(quiz).locator("input").nth(FIRST.right).is_checked()
    assert listed(quiz) == [f"#quiz-{FIRST.id}"]
    quiz.get_by_role("button", name="Forget my answers").click()
    for _ in range(2):
        assert said(quiz) == ""
        assert quiz.locator(".quiz input:checked").count() == 0
        assert listed(quiz) == []
        assert kept(quiz) == {}
        quiz.reload()


def test_a_page_and_the_quiz_keep_their_answers_apart(quiz, home):
    answer(quiz, WRONG)
    quiz.goto(home + PAGE)
    assert said(quiz) == ""
    answer(quiz, FIRST.right)
    assert set(kept(quiz)) == {"quiz.html", "01_concepts.html"}
    assert listed(quiz) == []
    quiz.goto(home + QUIZ)
    assert said(quiz).startswith("Not yet.")


def test_where_storage_is_blocked_questions_answer_all_the_same(visit, served):
    page = visit(served + "book/index.html", served, fresh=True)
    page.add_init_script(f"({BLOCKED})()")
    page.goto(served + QUIZ)
    answer(page, WRONG)
    assert said(page).startswith("Not yet.")
    assert listed(page) == [f"#quiz-{FIRST.id}"]
    assert "until you leave it" in page.locator(".quiz-end").inner_text()
    page.get_by_role("button", name="Forget my answers").click()
    assert (said(page), listed(page)) == ("", [])
    assert "Forgotten on this page." in page.locator(".quiz-end").inner_text()
    # the theme looks there as well, and complains
    theirs = ("blocked", "theme mode")
    visit.problems[:] = [problem for problem in visit.problems if not any(one in problem for one in theirs)]


HTML = "<img src=x onerror='window.broken = true'>"


@pytest.mark.parametrize(
    "stored",
    [
        "not JSON",
        "null",
        '"text"',
        "[1, 2]",
        json.dumps({"quiz.html": HTML}),
        json.dumps({"quiz.html": {f"quiz-{FIRST.id}": HTML}}),
        json.dumps({"quiz.html": {f"quiz-{FIRST.id}": {"first": HTML, "last": HTML, "sure": HTML}}}),
        json.dumps({"quiz.html": {f"quiz-{FIRST.id}": {"first": 9, "last": -1, "sure": True}}}),
        json.dumps({"quiz.html": {f"quiz-{FIRST.id}": {"first": 1, "last": 1.5, "sure": True}}}),
        json.dumps({"quiz.html": None}),
    ],
)
def test_what_storage_holds_is_never_shown_nor_trusted(visit, served, stored):
    page = visit(served + QUIZ, served)
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, stored])
    page.reload()
    assert page.locator("img[src=x]").count() == 0
    assert (said(page), listed(page)) == ("", [])
    assert page.evaluate("window.broken") is None
    answer(page, WRONG)
    assert listed(page) == [f"#quiz-{FIRST.id}"]
    assert kept(page)["quiz.html"][f"quiz-{FIRST.id}"] == {"first": WRONG, "last": WRONG, "sure": True}


def test_without_javascript_every_answer_can_be_read(visit, served):
    page = visit(served + QUIZ, served, java_script_enabled=False)
    assert page.locator(".quiz button, .quiz-end").count() == 0
    for question in QUESTIONS:
        asked = block(page, question)
        assert asked.locator("legend").is_visible()
        asked.locator("summary").click()
        text = re.sub(r"\s+", " ", asked.locator("details").inner_text())
        assert question.verdict in text
        for letter, _ in question.lettered:
            assert f"({letter}) " in text
        assert asked.locator("details .quiz-see a").is_visible()
    visit.problems[:] = [problem for problem in visit.problems if not problem.endswith("(csp)")]


def test_on_paper_answers_unfold_and_buttons_are_gone(visit, served):
    page = visit(served + QUIZ, served)
    answer(page, WRONG)
    page.emulate_media(media="print")
    for question in QUESTIONS:
        assert block(page, question).locator(".quiz-why li").last.is_visible()
    assert page.locator(".quiz-buttons:visible, .quiz-said:visible, .quiz-end:visible").count() == 0


@pytest.mark.parametrize("place", [QUIZ, PAGE])
def test_a_phone_needs_no_sideways_scrolling(visit, served, place):
    page = visit(served + place, served, width=375, height=667, has_touch=True)
    unfold(page.locator("main"))
    answer(page, WRONG)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    beyond = """() => [...document.querySelectorAll(".quiz *, .quiz-end *")].filter(
        (node) => node.getBoundingClientRect().right > 375 && !node.closest("pre, table")
    ).length"""
    assert page.evaluate(beyond) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(visit, served, scheme):
    page = visit(served + QUIZ, served, color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    unfold(page.locator("main"))
    answer(page, WRONG)
    found = [pair for part in page.locator(".quiz, .quiz-end").all() for pair in part.evaluate(CONTRAST)]
    assert len(found) > 10 * len(QUESTIONS)
    assert [(text, ratio) for text, ratio in found if ratio < 4.5] == []


def test_screen_readers_are_told_and_what_has_the_focus_is_seen(visit, served):
    page = visit(served + QUIZ, served, reduced_motion="reduce")
    for question in QUESTIONS:
        group = page.get_by_role("group", name=block(page, question).locator("legend").inner_text())
        assert group.get_by_role("radio").count() == len(question.options)
        assert block(page, question).get_by_role("group", name="How sure are you?").count() == 1
    for part in (block(page).locator("input").first, block(page).get_by_role("button").first):
        part.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert part.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    moving = (
        "() => document.getAnimations().filter(one => one.effect.target.closest('.quiz, .quiz-end')).length"
    )
    answer(page, WRONG)
    assert page.evaluate(moving) == 0


def test_pages_without_a_quiz_do_not_load_its_script(site):
    assert "quiz.js" in (site / QUIZ).read_text(encoding="utf-8")
    assert "quiz.js" not in (site / "book/glossary.html").read_text(encoding="utf-8")
