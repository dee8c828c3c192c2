"""What is public: a function that pages or learners call has an entry among the tests of bad input."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from public import ENTRIES
from public_keras import ENTRIES as KERAS
from public_plots import ENTRIES as PLOTS
from spoiling import HOME

import grulab

ROOT = Path(HOME).parent
FENCE = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# behind the doors: what others of the course call after they have checked; no page may call one of them
INSIDE = """
arguments.* arrays.* gradients.* products.* processes.* quiet.* pipelines.* palette.* heap.* layers.*
data.cache.* data.download.* data.source.*
data.reviews.Reviews data.twins.Part data.vowels.VowelStrings
cell.Step cell.Trace cell.squash cell.check_trace cell.check_clamp cell.project cell.advance cell.hold
cell.blocks
weights.check_weights weights.check_activations jacobians.Paths jacobians.rows optim.check_gradients
anomalies.Tally baselines.CountModel baselines.check_reviews mingru.MinWeights growth.start growth.timed
newton.Forecaster newton.Forecaster.moved newton.check_model speech.as_letters messages.shortened
nextsymbol.check_rows nextsymbol.check_probabilities nextsymbol.softmax nextsymbol.tempered nextsymbol.fall_on
data.text.check_sizes data.text.check_entry data.text.pad data.text.words_by_id
data.tunes.Tune data.tunes.Tune.bars data.tunes.Tune.notes data.tunes.check_notes
plots.given.* plots.paper.draw_level plots.paper.write_above plots.forecasts.look plots.gradients.styles
models.check_sizes models.check_jit models.compiled models.UpdateBias.get_config variants.check_layers
training.Progress training.Progress.show training.Progress.on_train_begin training.Progress.on_epoch_end
training.Progress.on_train_end training.check_rows training.make_variables
""".split()  # noqa: SIM905
# no arguments
WITHOUT = ["data.series.sunspots", "data.series.sea_surface", "data.tunes.tunes"]
# pages may name these all the same: constants, results and layers of Keras
READ = {"layers.*", "palette.*", "data.cache.*", "cell.Trace", "mingru.MinWeights", "heap.*"}


def public_names():
    """Return the public functions, classes and methods of the package, but for widgets and checks."""
    found = set()
    for module in pkgutil.walk_packages(grulab.__path__, "grulab."):
        if module.name.endswith("__main__") or module.name.startswith(("grulab.checks", "grulab.widgets")):
            continue
        loaded = importlib.import_module(module.name)
        for name, one in vars(loaded).items():
            if name.startswith("_") or getattr(one, "__module__", None) != module.name:
                continue
            if not inspect.isfunction(one) and not inspect.isclass(one):
                continue
            path = f"{module.name.removeprefix('grulab.')}.{name}"
            found.add(path)
            if inspect.isclass(one):
                methods = (
                    key for key, part in vars(one).items() if inspect.isfunction(part) and key[0] != "_"
                )
                found.update(f"{path}.{key}" for key in methods)
    return found


def is_inside(name):
    return any(name == one or (one.endswith(".*") and name.startswith(one[:-1])) for one in INSIDE)


def entries():
    """Return what has an entry, under the name of the module that it stands in."""
    names = set()
    for entry in (*ENTRIES, *KERAS, *PLOTS):
        if re.fullmatch(r"data\.[a-z_]+", entry):
            entry = f"{getattr(grulab.data, entry[5:]).__module__.removeprefix('grulab.')}.{entry[5:]}"
        names.add(
            {"cell.Weights": "weights.Weights", "cell.from_keras": "weights.from_keras"}.get(entry, entry)
        )
    return names


def test_every_public_function_has_an_entry_or_stands_behind_one():
    public = public_names()
    missing = {name for name in public - entries() - set(WITHOUT) if not is_inside(name)}
    assert missing == set()
    assert entries() - public == set(), "these are no longer there"


def called(page):
    """Return the functions of the course that the cells of a page name, as module and name."""
    imported, used = {}, set()
    for code in FENCE.findall(page.read_text(encoding="utf-8")):
        code = re.sub(r"\A---\n.*?^---\n", "", code, flags=re.MULTILINE | re.DOTALL)
        lines = [line for line in code.split("\n") if line[:1] not in ("%", "!", ":")]
        tree = ast.parse("\n".join(lines))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grulab"):
                for one in node.names:
                    imported[one.asname or one.name] = f"{node.module}.{one.name}"
            if isinstance(node, ast.Name) and node.id in imported:
                used.add(imported[node.id])
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in imported
            ):
                used.add(f"{imported[node.value.id]}.{node.attr}")
    return used


@pytest.mark.parametrize("folder", ["book", "solutions"])
def test_pages_call_nothing_that_stands_behind_the_doors(folder):
    used = set()
    for page in sorted((ROOT / folder).glob("*.md")):
        used |= {name.removeprefix("grulab.") for name in called(page)}
    allowed = {name for name in used for one in READ if name == one or name.startswith(one.removesuffix("*"))}
    assert {name for name in used if is_inside(name)} - allowed == set()
    assert len(used) > 20
