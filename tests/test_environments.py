"""What `make environments` decides by itself: which sets on which Python, and what counts as a fault."""

import os
import re
import shutil
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import server
from environments import __main__ as command
from environments import binder, checkout, colab, comms, machine, place, renew, trial, versions
from environments.place import Failure
from packaging.requirements import Requirement
from watched import Watched, highest

ROOT = Path(__file__).resolve().parents[1]
PINS = dict(re.findall(r"^([\w-]+)==(\S+)$", colab.PINS.read_text(encoding="utf-8"), re.MULTILINE))


def test_colab_s_set_is_dated_and_lies_within_what_the_package_allows():
    assert colab.python_of(colab.PINS.read_text(encoding="utf-8")) in machine.VERSIONS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for need in map(Requirement, project["dependencies"]):
        assert need.specifier.contains(PINS[need.name]), need


def test_only_versions_of_a_freeze_are_taken_and_only_from_colab(capsys):
    freeze = "keras==3.13.2\n# a note\ntorch @ https://example.org/torch.whl\n-e /content\nx==1.0+cu12"
    assert renew.frozen(freeze) == ["keras==3.13.2", "x==1.0+cu12"]
    with pytest.raises(Failure, match="names no tensorflow"):
        renew.renewed(freeze, "3.13", "2026-11-22")
    lines = colab.PINS.read_text(encoding="utf-8").splitlines()
    without = "\n".join(line for line in lines if not line.startswith(("scikit-learn==", "jupyter-client==")))
    with pytest.raises(Failure, match="lacks jupyter-client, scikit-learn, which notebooks import"):
        renew.renewed(without.replace("tensorflow==", "TensorFlow==").lower(), "3.13", "2026-11-22")
    assert renew.main([str(ROOT / "README.md"), "2.7"]) == 1
    assert "make colab FREEZE=" in capsys.readouterr().err


@pytest.mark.parametrize("first", ["", "# Python 3.13", "# on 2026-11-22"])
def test_a_set_without_its_python_and_its_date_is_refused(first):
    with pytest.raises(Failure, match=r"first line of colab\.txt must name a Python and a date"):
        colab.python_of(f"{first}\nkeras==3.13.2\n")


def test_oldest_and_newest_packages_are_tried_on_every_python_with_all_tests_once_on_each():
    tried = versions.spread(["3.9", "3.11", "3.10"])
    assert [one[:2] for one in tried if one[2]] == [("oldest", "3.9"), ("newest", "3.10"), ("newest", "3.11")]
    pairs = {(which, version) for which in ("oldest", "newest") for version in ("3.9", "3.10", "3.11")}
    assert {one[:2] for one in tried} == pairs
    assert len(tried) == len(pairs)
    core = {f"tests/test_{name}.py" for name in versions.CORE}
    assert core <= set(versions.package_tests(ROOT))


def test_every_dependency_of_the_package_has_an_oldest_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(">=" in need for need in project["dependencies"])


def test_the_package_s_tests_are_all_but_those_of_the_house_around_it():
    mine = set(versions.package_tests(ROOT))
    assert {
        "tests/test_cell.py",
        "tests/test_gru_js.py",
        "tests/test_answers.py",
        "tests/test_widgets.py",
    } <= mine
    assert not {"tests/test_notebooks.py", "tests/test_attacks.py", "tests/test_project.py"} & mine
    # a name in the list that no file has would hide a renamed one
    assert all((ROOT / f"tests/test_{name}.py").exists() for name in versions.HOUSE)


def test_helpers_come_at_the_project_s_pins():
    assert [versions.pinned(name).partition("==")[0] for name in versions.HELPERS] == list(versions.HELPERS)


@pytest.mark.parametrize(
    ("code", "line", "count"),
    [
        (0, "12 passed in 3.4s", "12"),
        (0, "12 passed, 3 deselected in 3.4s", "12"),
        (1, "12 passed in 3.4s", None),
        (0, "12 passed, 1 skipped in 3.4s", None),
        (5, "no tests ran in 0.1s", None),
        (0, "", None),
    ],
)
def test_only_tests_that_all_ran_and_passed_count(code, line, count):
    if count:
        assert versions.passed(code, line) == count
    else:
        with pytest.raises(Failure):
            versions.passed(code, line)


def test_another_package_python_or_recipe_is_another_environment(tmp_path):
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho Python 3.12.0\n")
    other.chmod(0o755)
    first = place.folder_for("a", sys.executable, "keras==3.13.2", "uv")
    assert first == place.folder_for("a", sys.executable, "keras==3.13.2", "uv")
    others = {
        place.folder_for("a", sys.executable, "keras==3.13.3", "uv"),
        place.folder_for("a", str(other), "keras==3.13.2", "uv"),
        place.folder_for("a", sys.executable, "keras==3.13.2", "pip"),
        place.folder_for("b", sys.executable, "keras==3.13.2", "uv"),
    }
    assert len(others - {first}) == 4


def test_an_environment_is_made_once_and_again_when_it_was_left_half_made(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "BUILD", tmp_path)
    monkeypatch.setattr(place, "PLACES", tmp_path / "places")
    made, said = [], []

    def make(python, folder, packages):
        folder.mkdir()
        made.append(packages)
        if len(made) == 1:
            raise Failure("no network")

    with pytest.raises(Failure, match="no network"):
        place.place("a", sys.executable, "x==1", said.append, make)
    first, _ = place.place("a", sys.executable, "x==1", said.append, make)
    again, _ = place.place("a", sys.executable, "x==1", said.append, make)
    assert made == ["x==1", "x==1"]
    assert first == again
    assert len(said) == 1
    # an old one goes when two newer ones are there
    for version in (2, 3):
        os.utime(first.folder, (version, version))
        place.place("a", sys.executable, f"x=={version}", said.append, make)
    assert not first.folder.exists()
    assert len(list((tmp_path / "places").iterdir())) == place.KEPT


def test_a_stub_is_no_python(tmp_path):
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    stub = tmp_path / "python"
    stub.write_text("#!/bin/sh\necho command not found >&2\nexit 127\n")
    stub.chmod(0o755)
    assert machine.real(sys.executable, version) == sys.executable
    assert machine.real(sys.executable, "3.10") == ""
    assert machine.real(stub, version) == ""
    assert machine.real(tmp_path / "nothing", version) == ""
    # what a shim starts is the Python
    stub.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    assert machine.real(stub, version) == sys.executable


def test_processes_get_none_of_the_checkout_s_settings(tmp_path, monkeypatch):
    for name in ("PYTHONPATH", "GRULAB_PROGRESS", "JUPYTER_PATH", "VIRTUAL_ENV", "GIT_DIR"):
        monkeypatch.setenv(name, "ours")
    monkeypatch.setenv("KERAS_HOME", "/reviews")
    environment = machine.surroundings(tmp_path / "home", MORE="more")
    assert "ours" not in environment.values()
    assert environment["HOME"] == str(tmp_path / "home")
    assert (environment["KERAS_HOME"], environment["MORE"]) == ("/reviews", "more")


def test_a_copy_holds_what_git_would_take_and_nothing_else(tmp_path, monkeypatch):
    here = tmp_path / "here"
    (here / "_build").mkdir(parents=True)
    (here / "kept.txt").write_text("as committed")
    (here / ".gitignore").write_text("/_build/\n")
    (here / "_build/left.txt").touch()
    checkout.git(here, "init", "--quiet")
    checkout.git(here, "add", "kept.txt", ".gitignore")
    checkout.git(here, "commit", "--quiet", "--message", "a")
    (here / "kept.txt").write_text("as it is now")
    (here / "new.txt").touch()
    monkeypatch.setattr(checkout, "ROOT", here)
    there = checkout.copy(tmp_path / "there")
    assert sorted(path.name for path in there.iterdir()) == [".gitignore", "kept.txt", "new.txt"]
    assert (there / "kept.txt").read_text() == "as it is now"


def shown(version="~0.9.*", z=0.5, asked=("enabled",), script="export default {}"):
    """Return a notebook that showed one widget, as Colab's kernel would leave it."""
    model = {"model_module": "anywidget", "model_module_version": version}
    model["state"] = {"_esm": script, "_css": ".a {}", "z": z}
    view = nbformat.v4.new_output("display_data", data={comms.VIEW: {"model_id": "one"}})
    told = nbformat.v4.new_output("stream", text=f'[["one", {{"z": 0.5}}, {list(asked)}]]'.replace("'", '"'))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[view, told])])
    notebook.metadata["widgets"] = {comms.STATE: {"state": {"one": model}}}
    return notebook


def test_a_widget_is_one_with_colab_s_anywidget_its_script_and_its_numbers():
    assert comms.check(shown(), "0.9.21") == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"version": "~0.11.*"}, r"asks for anywidget ~0\.11\.\*, but Colab's is anywidget 0\.9\.21"),
        ({"z": 0.4}, "does not hold"),
        ({"script": ""}, "no script"),
        ({"asked": ()}, "was not asked"),
    ],
)
def test_a_widget_that_colab_could_not_show_is_named(fault, sentence):
    with pytest.raises(Failure, match=sentence):
        comms.check(shown(**fault), "0.9.21")


def test_a_widget_without_a_comm_or_a_view_is_named():
    for where in ("comm", "view"):
        notebook = shown()
        if where == "comm":
            notebook.metadata["widgets"][comms.STATE]["state"].clear()
        else:
            notebook.cells[0].outputs.pop(0)
        with pytest.raises(Failure, match="opened no comm, or was not shown"):
            comms.check(notebook, "0.9.21")


def test_a_new_step_of_binder_s_builder_is_not_passed_over(tmp_path):
    assert binder.version_of(ROOT / ".binder") in machine.VERSIONS
    (tmp_path / "runtime.txt").write_text("python-3.12\n")
    assert binder.version_of(tmp_path) == "3.12"
    (tmp_path / "apt.txt").touch()
    with pytest.raises(Failure, match=r"apt\.txt is a step"):
        binder.version_of(tmp_path)


def test_a_jupyterlab_that_ends_is_a_failure_with_its_last_words(tmp_path, monkeypatch):
    monkeypatch.setattr(binder, "BUILD", tmp_path)
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho no port is free >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(binder, "user", tuple)
    there = place.Place("binder", tmp_path)
    shutil.copytree(ROOT / ".binder", tmp_path / ".binder")
    known = pytest.raises(Failure, match="JupyterLab ended: no port is free")
    with known, binder.jupyterlab(there, tmp_path, dict(os.environ)):
        pass


def test_a_jupyterlab_that_does_not_answer_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "SECONDS", 0)
    silent = tmp_path / "python"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    with (
        pytest.raises(server.NotServed, match="did not start"),
        server.jupyterlab([silent], tmp_path / "log"),
    ):
        pass


def test_pages_whose_memory_is_unknown_are_executed_and_the_largest_again():
    assert binder.to_execute(["a", "b", "c"], {}) == ["a", "b", "c"]
    assert binder.to_execute(["a", "b", "c"], {"a": 5, "b": 9}) == ["b", "c"]


def ran(memory):
    return lambda: trial.Ran("a", None, 1.0, memory)


def test_a_notebook_that_holds_too_much_is_named_and_the_others_still_run():
    said = []
    assert len(trial.execute_all([ran(10**9), ran(1_600_000_000)], said.append)) == 2
    with pytest.raises(Failure, match=r"a held 1\.61 GB; a notebook may hold 1\.6 GB"):
        trial.execute_all([ran(1_610_000_000), ran(10**9)], said.append)
    assert len(said) == 4


def test_memory_that_was_given_back_counts():
    code = "block = bytearray(300_000_000); block[::4096] = b'x' * len(block[::4096]); del block"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = Watched(notebook, timeout=60)
    client.execute()
    assert 300e6 < client.memory < 600e6
    assert highest(2**22 + 1) == 0  # a process that there is not


def test_one_environment_that_fails_is_a_failure_and_the_others_are_tried(monkeypatch, capsys, tmp_path):
    def run(say):
        raise Failure("torn")

    monkeypatch.setattr(colab, "run", run)
    monkeypatch.setattr(versions, "run", lambda say: ("all well", 3.0))
    monkeypatch.setattr(sys, "argv", ["environments", "colab", "versions"])
    monkeypatch.setattr(command, "BUILD", tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", "")
    assert command.main() == 1
    said = capsys.readouterr().out
    assert "colab: FAILED. torn" in said
    assert "versions: all well" in said
    monkeypatch.setattr(sys, "argv", ["environments", "versions"])
    assert command.main() == 0
