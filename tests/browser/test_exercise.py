"""A learner's way through an exercise in JupyterLab: from the untouched notebook to "complete"."""

import re
import shutil

import pytest
from conftest import ROOT
from lab import jupyterlab, open_notebook
from learner import Learner

from grulab.checks.course import sections
from grulab.checks.question import questions

EXERCISE = "ex01"
ANSWERS = {name: code for section in sections(EXERCISE) for name, code in section.answers.items()}
WRONG_MIX = "def mix(z, h, candidate):\n    return (1 - z) * h + z * candidate"


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """Start JupyterLab on a folder with the exercise as it is committed; return its address."""
    folder = tmp_path_factory.mktemp("learner")
    shutil.copy(ROOT / "exercises" / "01_gates.ipynb", folder)
    home = tmp_path_factory.mktemp("jupyter")
    kept = str(folder / "kept" / "progress.json")
    with jupyterlab(folder, home, "--LabApp.expose_app_in_browser=True", GRULAB_PROGRESS=kept) as address:
        yield address


def check_of(name):
    return rf'^question\("{EXERCISE}", "{name}"\)\.check\({name}\)$'


COMPLETE = rf'^complete\("{EXERCISE}"\)$'


def test_from_the_untouched_notebook_to_complete(visit, jupyter):
    learner = Learner(open_notebook(visit, jupyter, "01_gates.ipynb"))
    names = list(questions(EXERCISE))

    # nothing is written yet: everything runs, and says so
    learner.do("notebook:run-all-cells")
    assert not any(cell["failed"] for cell in learner.cells())
    for name in names:
        assert f"{name}: Not attempted yet." in learner.said(check_of(name))
    assert learner.said(COMPLETE).count("not attempted") == len(names)
    assert "Left for a complete exercise 01: mix, half_life, latch_weights." in learner.said(COMPLETE)

    # one answer is wrong, and a hint is asked for
    learner.type(r"^def mix\(", WRONG_MIX)
    learner.run(check_of("mix"))
    assert re.search(r"mix: Not yet right\. .*z writes", learner.said(check_of("mix")))
    for number in (1, 2):
        assert f"Hint {number} of 3 for mix" in learner.ask('question("ex01", "mix").hint()')

    # complete names what is wrong, and how to have the same run again
    learner.run(COMPLETE)
    assert re.search(r'wrong.*z writes.*complete\("ex01", seed=\d+\)', learner.said(COMPLETE))

    # everything is answered
    for name in names:
        learner.type(rf"^def {name}\(", ANSWERS[name])
        learner.run(check_of(name))
        assert f"{name}: Right." in learner.said(check_of(name))
    learner.do("notebook:run-all-cells")
    assert not any(cell["failed"] for cell in learner.cells())
    assert "Exercise 01 is complete." in learner.said(COMPLETE)
    assert "not attempted" not in learner.said(COMPLETE)
    said = learner.ask("from grulab.checks import progress\n\nprogress()")
    assert re.search(r"Exercise 01: gates by hand\s*3 of 3\s*1 of 1\s*\d{4}-\d\d-\d\d", said)
    assert "Next: Exercise 02" in said


def test_a_verdict_is_a_box_with_words_and_no_ground_of_its_own(visit, jupyter):
    page = open_notebook(visit, jupyter, "01_gates.ipynb")
    learner = Learner(page)
    learner.do("notebook:run-all-cells")
    learner.go_to(learner.place(check_of("mix")))
    box = page.locator(".jp-OutputArea .grulab-said", has_text="mix:").first
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
        ground, ink, around = box.evaluate("""node => [
            getComputedStyle(node).backgroundColor,
            getComputedStyle(node).color,
            getComputedStyle(node.parentElement).color,
        ]""")
        assert ground == "rgba(0, 0, 0, 0)", theme
        assert ink == around, theme
