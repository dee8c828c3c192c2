"""What several files of tests share."""

import matplotlib
import pytest

# no window opens, whatever machine the tests run on
matplotlib.use("Agg")


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
