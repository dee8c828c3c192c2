"""TrainingGround: its Python side, its tasks, and what a reader is told to see, trained in Node."""

import json
import re

import numpy as np
import pytest
import traitlets
from node import ask_widget

from grulab.widgets import TrainingGround
from grulab.widgets.trainingground import TASKS

SCRIPT = """
const draws = js.TASKS.map(({ draw, features, classes }) => {
  const { xs, labels } = draw(js.randomNumbers(7), 6, 50);
  return { xs: Array.from(xs), labels: Array.from(labels), features, classes };
});
const trained = (settings, updates) => {
  const trial = new js.Trial({ lag: 40, units: 16, rate: 0.01, ...settings });
  const first = trial.look().z.reduce((sum, z) => sum + z, 0) / trial.look().z.length;
  for (let i = 0; i < updates; i += 1) trial.update();
  return { ...trial.now, first, points: trial.points };
};
const seeds = [0, 1, 2];
const runs = {
  shut: seeds.map((seed) => trained({ task: 0, update_bias: 0, seed }, 500)),
  open: seeds.map((seed) => trained({ task: 0, update_bias: 3, seed }, 500)),
  mixed: seeds.map((seed) => trained({ task: 1, update_bias: 0, seed }, 500)),
  flag: seeds.map((seed) => trained({ task: 2, update_bias: 3, seed, lag: 10 }, 300)),
};
const again = trained({ task: 0, update_bias: 3, seed: 0 }, 25);
console.log(JSON.stringify({ draws, runs, again, names: Object.keys(js.default) }));
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Train in Node and return what came of it."""
    folder = tmp_path_factory.mktemp("ground")
    return ask_widget(folder, TrainingGround, SCRIPT)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"task": 3}, "TrainingGround: task must be a whole number from 0 to 2, but is 3."),
        ({"lag": 0}, "TrainingGround: lag must be a whole number from 1 to 60, but is 0."),
        ({"rate": 1}, "TrainingGround: rate must be a number from 0.001 to 0.03, but is 1."),
    ],
)
def test_a_wrong_value_raises_a_sentence(values, sentence):
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        TrainingGround(**values)


def test_the_line_of_python_makes_the_same_widget():
    ground = TrainingGround(task=1, lag=20, update_bias=2.5)
    again = eval(repr(ground), {"TrainingGround": TrainingGround})
    assert repr(again) == repr(ground)
    assert json.dumps(ground.tasks) == json.dumps(TASKS)


def in_python(draw):
    """Return what Node drew as (x (n, time_steps, features), y)."""
    xs = np.reshape(draw["xs"], (7, 50, draw["features"])).swapaxes(0, 1)
    return xs, np.array(draw["labels"])


@pytest.mark.parametrize("task", [0, 1])
def test_recall_in_the_page_follows_the_law_of_the_data(found, task):
    x, y = in_python(found["draws"][task])
    like, labels = TrainingGround(task=task, lag=6).sequences(50)
    assert x.shape == like.shape
    assert found["draws"][task]["classes"] == 8 == labels.max() + 1
    for sequences, symbols in ((x, y), (like, labels)):
        shown = sequences[:, :, :8]
        assert (shown.sum(axis=(1, 2)) == 1).all()
        assert (shown.sum(axis=1).argmax(axis=1) == symbols).all()
        steps = set(shown.sum(axis=2).argmax(axis=1).tolist())
        # lag 6: at step 0; lags 1 to 6: at the steps 0 to 5
        assert steps == ({0} if task == 0 else {0, 1, 2, 3, 4, 5})
        noise = sequences[:, :, 8:]
        assert abs(noise.mean()) < 0.15
        assert abs(noise.std() - 1) < 0.15


def test_the_flagged_value_in_the_page_follows_the_law_of_the_data(found):
    x, y = in_python(found["draws"][2])
    like, labels = TrainingGround(task=2, lag=6).sequences(50)
    assert x.shape == like.shape
    for sequences, classes in ((x, y), (like, labels)):
        flag = sequences[:, :, 0]
        assert (flag.sum(axis=1) == 1).all()
        values = sequences[np.arange(50), flag.argmax(axis=1), 1]
        assert ((values > 0.5) == classes).all()
        assert len(set(flag.argmax(axis=1).tolist())) > 3


def test_the_reader_sees_what_the_page_says(found):
    runs = found["runs"]
    guess = np.log(8)
    assert all(run["loss"] > 0.9 * guess for run in runs["shut"])
    assert all(run["loss"] < 0.5 * guess for run in runs["open"])
    assert all(run["loss"] < 0.7 * guess for run in runs["mixed"])
    assert all(run["z"] < run["first"] for run in runs["open"])
    assert all(run["z"] < 0.75 for run in runs["mixed"])
    assert all(run["share"] > 0.9 for run in runs["flag"])


def test_the_same_settings_give_the_same_curve(found):
    assert found["again"]["points"] == found["runs"]["open"][0]["points"][:2]


def test_the_module_gives_a_widget(found):
    assert found["names"] == ["render"]
