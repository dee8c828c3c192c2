"""The widgets' Python side, and their joined JavaScript in Node."""

import json
import re

import numpy as np
import pytest
import traitlets
from node import ask

from grulab import cell, palette, widgets
from grulab.widgets import GateLab, base
from grulab.widgets.gatelab import LATCH, NOISE, STAGES, TIME_STEPS


def in_node(tmp_path, script, *values):
    """Run a script against the joined module in Node and return what it prints as JSON."""
    module = tmp_path / "gatelab.mjs"
    module.write_text(str(GateLab._esm), encoding="utf-8")
    (tmp_path / "ask.mjs").write_text(f"import * as lab from './gatelab.mjs';\n{script}", encoding="utf-8")
    return ask(tmp_path / "ask.mjs", *map(json.dumps, values))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"z": 1.5}, "GateLab: z must be a number from 0 to 1, but is 1.5."),
        ({"z": float("nan")}, "GateLab: z must be a number from 0 to 1, but is nan."),
        ({"h": "much"}, "GateLab: h must be a number from -1 to 1, but is 'much'."),
        ({"r": True}, "GateLab: r must be a number from 0 to 1, but is True."),
        ({"at": 2.5}, "GateLab: at must be a whole number from 0 to 29, but is 2.5."),
        ({"stage": "oven"}, "GateLab: stage must be one of dial, step, weights, but is 'oven'."),
        ({"name": "My lab"}, "but is 'My lab'."),
    ],
)
def test_a_wrong_value_raises_a_sentence_and_changes_nothing(values, sentence):
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        GateLab(**values)
    lab = GateLab()
    ((name, value),) = values.items()
    before = getattr(lab, name)
    with pytest.raises(traitlets.TraitError, match=re.escape(sentence)):
        setattr(lab, name, value)
    assert getattr(lab, name) == before


def test_an_unknown_quantity_raises_a_sentence():
    with pytest.raises(TypeError, match="GateLab knows no 'bounds'"):
        GateLab(bounds={"z": [0, 5, 1]})
    with pytest.raises(TypeError, match="GateLab knows no 'zz'; it knows stage, name, h, "):
        GateLab(zz=1)


@pytest.mark.parametrize("stage", STAGES)
def test_every_default_lies_within_its_limits_and_on_a_step(stage):
    lab = GateLab(stage=stage)
    assert lab.name == f"gatelab-{stage}"
    for name, trait in lab.quantities().items():
        low, high, size = lab.limits[name]
        value = getattr(lab, name)
        assert low <= value <= high
        assert abs((value - low) / size - round((value - low) / size)) < 1e-9, name
        assert type(value) is trait.kind


def test_the_line_of_python_makes_the_same_widget():
    lab = GateLab(stage="weights", **LATCH, noise=1.0, draw=3, at=7)
    again = eval(repr(lab), {"GateLab": GateLab})
    assert repr(again) == repr(lab)
    assert all(getattr(again, name) == getattr(lab, name) for name in lab.quantities())


def test_the_stages_share_out_every_quantity():
    assert {name for names in STAGES.values() for name in names} == set(GateLab.quantities())
    assert GateLab().presets == {"latch": LATCH}


def test_the_latch_holds_what_the_note_asks_for():
    lab = GateLab(stage="weights", **LATCH)
    assert lab.inputs().shape == (1, TIME_STEPS, 2)
    assert np.flatnonzero(lab.inputs()[0, :, 0]).tolist() == [lab.flag_step]
    h = cell.run(lab.weights(), lab.inputs()).h[0, :, 0]
    assert h[lab.flag_step] == pytest.approx(np.tanh(0.8), abs=1e-3)
    assert h[-1] > 0.6
    # with the weights that the page starts with, the number is gone at once
    start = GateLab(stage="weights")
    h = cell.run(start.weights(), start.inputs()).h[0, :, 0]
    assert abs(h[start.flag_step + 10] - h[start.flag_step]) > 0.1


def test_the_noise_is_the_same_wherever_it_is_drawn():
    assert NOISE.shape == (5, TIME_STEPS)
    assert NOISE[0, :4].tolist() == [0.02, 0.9, -0.71, 0.9]


def test_the_joined_module_gives_a_widget(tmp_path):
    names = in_node(tmp_path, "console.log(JSON.stringify([Object.keys(lab), Object.keys(lab.default)]))")
    assert names[1] == ["render"]
    assert {"step", "run", "slider", "stepByHand", "runSequence"} <= set(names[0])


@pytest.mark.parametrize(
    ("heights", "moved"),
    [
        ([10, 40], [10, 40]),
        ([10, 10, 50], [2.5, 17.5, 50]),
        ([50, 12, 10], [50, 18.5, 3.5]),
        ([], []),
    ],
)
def test_words_at_the_ends_of_lines_move_apart(tmp_path, heights, moved):
    script = "console.log(JSON.stringify(lab.apart(JSON.parse(process.argv[2]))))"
    assert in_node(tmp_path, script, heights) == pytest.approx(moved)


def test_crowded_words_stay_in_order(tmp_path):
    script = "console.log(JSON.stringify(lab.apart(JSON.parse(process.argv[2]))))"
    moved = in_node(tmp_path, script, [20, 21, 22])
    assert moved == sorted(moved)
    assert min(np.diff(moved)) > 13


@pytest.mark.parametrize("update_bias", [0.0, 5.0, 8.0])
def test_the_sequence_in_javascript_is_the_cell_s(tmp_path, update_bias):
    values = {
        "update_h": 0.7,
        "reset_value": -1.0,
        "candidate_h": 1.5,
        "candidate_bias": 0.3,
        "reset_bias": -0.4,
    }
    lab = GateLab(stage="weights", **(LATCH | values | {"update_bias": update_bias}), draw=2)
    state = {name: getattr(lab, name) for name in (*lab.quantities(), "noises", "hold")}
    script = """
        const state = JSON.parse(process.argv[2]);
        console.log(JSON.stringify(lab.runSequence(name => state[name]).trace));
    """
    steps = in_node(tmp_path, script, state)
    for name, wanted in zip(("z", "r", "candidate", "h"), cell.run(lab.weights(), lab.inputs()), strict=True):
        np.testing.assert_allclose([one[name] for one in steps], wanted[0, :, 0], rtol=0, atol=1e-12)


def test_a_shared_state_reads_back(tmp_path):
    script = """
        const [limits, names, values] = process.argv.slice(2).map(text => JSON.parse(text));
        const model = { get: name => values[name] };
        const link = lab.linkTo(model, names, "https://x.y/p.html?a=1&gatelab-step=z:9#top", "here");
        const text = new URL(link).searchParams.get("gatelab-step");
        const broken = ["z:2", "z:", "q:1", "z:1:2", "z:NaN", "z:Infinity", ""].map(each => {
            try { lab.readState(each, limits, names); return null; } catch (error) { return error.message; }
        });
        console.log(JSON.stringify([link, lab.readState(text, limits, names), broken]));
    """
    lab = GateLab(stage="step", z=0.12, w=-1.5)
    values = {name: getattr(lab, name) for name in STAGES["step"]}
    link, state, broken = in_node(tmp_path, script, lab.limits, STAGES["step"], values | {"name": lab.name})
    assert link.startswith("https://x.y/p.html?a=1&gatelab-step=h:0.8,")
    assert link.endswith("#here")
    assert state == values
    assert all(broken)


@pytest.mark.parametrize("kind", widgets.__all__)
def test_no_default_and_no_limit_stands_in_the_javascript(kind):
    # GateLab's parts are files of their own
    files = sorted(base.FOLDER.glob(f"{kind.lower()}*.js"))
    assert files
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    for name, trait in getattr(widgets, kind).quantities().items():
        # neither `get("z") ?? 0.5` nor `z: 0.5` nor `z = 0.5`
        assert not re.search(rf"""["']{name}["']\)\s*(\?\?|\|\|)""", source)
        default = re.escape(format(trait.default_value, "g"))
        # the first of a choice may be named
        if (trait.kind, default) != (int, "0"):
            assert not re.search(rf"\b{name}\s*[:=]\s*{default}\b(?!\s*\+)", source)
    assert not re.search(r"\b(min|max)\s*:\s*-?\d", source)


@pytest.mark.parametrize("path", sorted(base.FOLDER.glob("*.js")), ids=lambda path: path.stem)
def test_no_file_imports_and_none_takes_foreign_markup(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*import\b|\bimport\(|\brequire\(", source, re.MULTILINE)
    # two widgets on a page must not share an id
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|[{,(]\s*id:", source)
    assert set(re.findall(r"https?://[^\"'\s]+", source)) <= {"http://www.w3.org/2000/svg"}


def test_the_style_carries_the_palette_s_colours():
    css = str(GateLab._css)
    assert css.startswith(palette.css())
    own = "".join(path.read_text(encoding="utf-8") for path in base.FOLDER.glob("*.css"))
    # every colour of a quantity comes from the palette
    assert not re.search(r"--gru-\w+\s*:", own)
    assert set(re.findall(r"var\(--gru-(\w+)\)", own)) == set(palette.LIGHT)
