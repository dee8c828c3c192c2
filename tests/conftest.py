"""What several files of tests share."""

import os

import matplotlib
import pytest
import threads

# no window opens, whatever machine the tests run on
matplotlib.use("Agg")

# git works in the folder that a test names, whatever a hook of git has named to all, and signs nothing
for name in ("DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "PREFIX"):
    os.environ.pop(f"GIT_{name}", None)
count = int(os.environ.get("GIT_CONFIG_COUNT", "0"))
os.environ |= {f"GIT_CONFIG_KEY_{count}": "commit.gpgsign", f"GIT_CONFIG_VALUE_{count}": "false"}
os.environ["GIT_CONFIG_COUNT"] = str(count + 1)


# the files that take longest begin, so that no process is left alone with one of them at the end
FIRST = (
    "test_interrupted",
    "test_book",
    "test_site",
    "test_grade",
    "test_answers_keras",
    "test_trainingground",
)
# the longest of those whose tests share nothing: their parts may run side by side
DIVIDED = {"test_answers_keras": ("exercise", "entry", "question")}
DIVIDED |= dict.fromkeys(
    ("test_every_widget", "test_accessibility", "test_third_parties", "test_reading"), ("name",)
)


def pytest_configure(config):
    """Have the processes of a run share the machine, before the first of them begins."""
    if getattr(config.option, "numprocesses", None):
        threads.share(config.option.numprocesses)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Have ``--dist loadgroup`` run a file, or a part of a divided one, in one process, the longest first."""
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))
    for item in items:
        group = item.path.stem
        asked = item.callspec.params if hasattr(item, "callspec") else {}
        parts = [asked[name] for name in DIVIDED.get(group, ()) if name in asked]
        group += "".join(f"-{getattr(part, 'exercise', part)}" for part in parts)
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish(session):
    """Stop where ``--dist loadgroup`` has lost its groups: it tears files apart then, and says nothing."""
    if getattr(session.config.option, "loadgroup", False):
        torn = [item.nodeid for item in session.items if item.nodeid.rfind("@") < item.nodeid.rfind("::")]
        if torn:
            raise pytest.UsageError(f"pytest-xdist does not see the group of {torn[0]}.")


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    """Return the file that a test's progress is kept in: never the user's own."""
    path = tmp_path / "kept" / "progress.json"
    monkeypatch.setenv("GRULAB_PROGRESS", str(path))
    return path


@pytest.fixture
def ax():
    """Axes of a figure of the course, closed afterwards with all that a test has drawn."""
    import matplotlib.pyplot as plt

    from grulab import plots

    _, ax = plots.figure()
    yield ax
    plt.close("all")
