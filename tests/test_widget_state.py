"""An executed page keeps the widgets that it shows, and no others."""

import nbformat
import pytest
from nbclient import NotebookClient
from widget_state import STATE, VIEW, without_unseen

CELLS = [
    "from grulab.widgets import GateLab\nimport ipywidgets\n\nunseen = GateLab(stage='step')",
    "shown = GateLab(stage='dial')\nshown",
    "ipywidgets.VBox([ipywidgets.IntSlider(3), ipywidgets.IntSlider(4)])",
    "for each in range(20):\n    GateLab(stage='weights').weights()",
]


@pytest.fixture(scope="module")
def executed():
    """Run a notebook with widgets, some of them seen."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    return NotebookClient(notebook, timeout=120).execute()


def test_only_what_is_shown_is_kept_with_all_that_it_needs(executed):
    made = executed["metadata"]["widgets"][STATE]["state"]
    assert sum("_esm" in model["state"] for model in made.values()) == 22

    kept = without_unseen(executed)["metadata"]["widgets"][STATE]["state"]
    assert [model["state"]["stage"] for model in kept.values() if "_esm" in model["state"]] == ["dial"]
    # the box needs its sliders, and each of them its layout and its style
    names = [model["model_name"] for model in kept.values()]
    assert names.count("IntSliderModel") == 2
    assert names.count("VBoxModel") == 1
    assert names.count("SliderStyleModel") == 2
    shown = {
        output["data"][VIEW]["model_id"]
        for cell in executed["cells"]
        for output in cell["outputs"]
        if VIEW in output.get("data", {})
    }
    assert len(shown) == 2
    assert shown <= set(kept)


def test_a_page_without_widgets_stays_as_it_is():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("text")])
    assert without_unseen(notebook) == nbformat.from_dict(notebook)
