"""What holds for the project as a whole: order of pages, dependencies in use, workflows that are pinned."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import book
import grulab

ROOT = Path(__file__).resolve().parents[1]
IMPORT_NAMES = {"scikit-learn": "sklearn", "pillow": "PIL", "fonttools": "fontTools"}


def pages():
    """Return the chapters of ``_toc.yml`` with their sections, in order."""
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text())["parts"]
    return [chapter for part in parts for chapter in part["chapters"]]


def test_pages_stand_in_the_order_of_their_numbers():
    listed = [page for chapter in pages() for page in (chapter, *chapter.get("sections", ()))]
    stems = [Path(page["file"]).name for page in listed if page["file"].startswith("book/")]
    numbered = [stem for stem in stems if re.match(r"\d", stem)]
    assert numbered
    assert numbered == sorted(numbered)


def test_every_page_of_the_course_is_in_the_table_of_contents():
    listed = {chapter["file"] for chapter in pages()}
    listed |= {section["file"] for chapter in pages() for section in chapter.get("sections", ())}
    written = {
        f"{p.parent.name}/{p.stem}" for folder in ("book", "solutions") for p in (ROOT / folder).glob("*.md")
    }
    built = {f"exercises/{path.stem}" for path in (ROOT / "exercises").glob("*.ipynb")}
    assert listed | {"book/index"} == written | built


def test_an_exercise_and_its_solution_follow_the_chapter_of_their_number():
    placed = set()
    chapters = {chapter["file"] for chapter in pages()}
    for chapter in pages():
        number = Path(chapter["file"]).name.split("_")[0]
        stems = [path.stem for path in (ROOT / "solutions").glob(f"{number}_*.md")]
        assert len(stems) <= 1
        sections = [section["file"] for section in chapter.get("sections", ())]
        # 08a to 08e are parts of chapter 08
        parts = sorted(f"book/{path.stem}" for path in (ROOT / "book").glob(f"{number}[a-z]_*.md"))
        parts = [part for part in parts if part not in chapters]
        both = [f"{folder}/{stem}" for stem in stems for folder in ("exercises", "solutions")]
        assert sections == parts + both
        placed |= set(stems)
    assert placed == {path.stem for path in (ROOT / "solutions").glob("*.md")}


def imported(*folders):
    """Return the names of the top-level modules that the code in some folders imports."""
    names = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"grulab", "__future__"}


def test_the_package_names_what_it_imports_and_nothing_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    listed = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.match(r"[\w-]+", line)[0] for line in listed}
    # these two come with ipywidgets and are its interface
    through_ipywidgets = {"IPython", "traitlets", "ipywidgets"}
    listed = {IMPORT_NAMES.get(name, name) for name in names}
    assert listed - through_ipywidgets == imported("grulab") - through_ipywidgets


def test_the_package_is_installed_with_all_its_folders():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "grulab").rglob("*.py")}
    assert sorted(listed) == sorted(".".join(folder.parts) for folder in folders)


def test_one_version_stands_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == grulab.__version__


def test_every_pin_has_a_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
        for pin in pins:
            assert "==" in pin.splitlines()[0]
            assert "--hash=sha256:" in pin


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_targets_of_make_with_actions_pinned_by_commit(path):
    text = path.read_text()
    workflow = yaml.safe_load(text)
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
                # which release that is, for people and for Dependabot
                assert re.search(rf"uses: {step['uses']}  # v\d+\.\d+\.\d+\n", text)
            else:
                target = re.fullmatch(r"make ([a-z-]+)(?: [A-Z]+=\w+)*", step["run"])
                assert target is not None, step["run"]
                assert target[1] in TARGETS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_that_may_write_runs_nothing_of_this_repository(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        may_write = {name for name, what in job.get("permissions", {}).items() if what != "read"}
        assert may_write in (set(), {"pages", "id-token"})
        actions = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
        assert not may_write or actions == ["actions/deploy-pages"]
        for step, action in zip(job["steps"], actions, strict=True):
            if action == "actions/checkout":
                assert step["with"]["persist-credentials"] is False


def test_what_is_published_is_the_site_that_the_steps_before_have_checked_and_built():
    steps = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text())["jobs"]["build"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [
        "make published PYTHON=python",
        "make book PYTHON=python",
    ]
    assert "actions/upload-pages-artifact@" in steps[-1]["uses"]
    assert ROOT / steps[-1]["with"]["path"] == book.SITE


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "MAINTAINING.md"])
def test_the_commands_that_a_text_names_exist(name):
    commands = set(re.findall(r"`(?:GITHUB_\S+ )?make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert commands
    assert commands <= {*TARGETS, "help"}


def test_the_files_that_maintainers_are_sent_to_exist():
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", (ROOT / "MAINTAINING.md").read_text(encoding="utf-8"))
    committed = [path for path in named if not path.startswith("_build/")]
    assert len(committed) > 10
    addresses = {"book/01_concepts.html", "/01-concepts/"}
    assert [path for path in committed if not (ROOT / path).exists() and path not in addresses] == []


def test_ci_calls_the_commands_of_the_readme_and_nothing_else():
    script = (ROOT / ".ci/run").read_text()
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && make test && exec make environments']
