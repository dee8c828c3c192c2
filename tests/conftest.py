"""What several files of tests share."""

import matplotlib
import pytest

# no window opens, whatever machine the tests run on
matplotlib.use("Agg")


# the longest files, whose tests share nothing: their parts may run side by side
DIVIDED = {"test_answers_keras": ("exercise", "entry", "question"), "test_every_widget": ("name",)}


def pytest_collection_modifyitems(items):
    """Have ``--dist loadgroup`` run a file, or a part of a divided one, in one process."""
    for item in items:
        group = item.path.stem
        asked = item.callspec.params if hasattr(item, "callspec") else {}
        parts = [asked[name] for name in DIVIDED.get(group, ()) if name in asked]
        group += "".join(f"-{getattr(part, 'exercise', part)}" for part in parts)
        item.add_marker(pytest.mark.xdist_group(group))


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
