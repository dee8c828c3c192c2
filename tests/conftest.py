"""What several files of tests share."""

import matplotlib
import pytest

# no window opens, whatever machine the tests run on
matplotlib.use("Agg")


@pytest.fixture
def ax():
    """Axes of a figure of the course, closed afterwards with all that a test has drawn."""
    import matplotlib.pyplot as plt

    from grulab import plots

    _, ax = plots.figure()
    yield ax
    plt.close("all")
