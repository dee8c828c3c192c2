"""The variants of chapter 07: each one learns, each is the one that its name says, each can start anew."""

import numpy as np
import pytest

from grulab.data import flagged_value
from grulab.models import restart
from grulab.quiet import keras
from grulab.variants import VARIANTS, build, stacked

TIME_STEPS, FEATURES, UNITS = 6, 3, 4


def made(name):
    return build(VARIANTS[name](UNITS), TIME_STEPS, FEATURES, steps_per_execution=2)


def kinds(name):
    return [type(layer).__name__ for layer in VARIANTS[name](UNITS)]


def gru(units, features):
    return 3 * (units * features + units * units + 2 * units)


# in the order of VARIANTS; the answer has UNITS + 1 of its own, or 2 * UNITS + 1 after two directions
PARAMETERS = [
    UNITS * (FEATURES + UNITS + 1),
    gru(UNITS, FEATURES),
    4 * UNITS * (FEATURES + UNITS + 1),
    2 * UNITS * (FEATURES + 1),
    gru(UNITS, FEATURES) + gru(UNITS, UNITS),
    2 * gru(UNITS, FEATURES) + UNITS,
    gru(UNITS, FEATURES) + UNITS * (2 * UNITS + 2),
    gru(UNITS, FEATURES),
    gru(UNITS, FEATURES),
    gru(UNITS, FEATURES),
    gru(UNITS, FEATURES) + gru(UNITS, UNITS) + 4 * UNITS,
    gru(UNITS, FEATURES) + gru(UNITS, UNITS) + 2 * UNITS,
]


@pytest.mark.parametrize(
    ("name", "parameters"), list(zip(VARIANTS, PARAMETERS, strict=True)), ids=list(VARIANTS)
)
def test_each_variant_has_the_weights_of_its_equations_and_says_yes_or_no(name, parameters):
    model = made(name)
    assert model.count_params() == parameters + UNITS + 1
    chances = model.predict_on_batch(flagged_value(8, TIME_STEPS, FEATURES)[0])
    assert chances.shape == (8, 1)
    assert ((chances > 0) & (chances < 1)).all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dropout on inputs", {"dropout": 0.2, "recurrent_dropout": 0}),
        ("recurrent dropout", {"dropout": 0, "recurrent_dropout": 0.2}),
        ("GRU", {"dropout": 0, "recurrent_dropout": 0}),
    ],
)
def test_dropout_is_where_the_name_says(name, expected):
    (layer,) = VARIANTS[name](UNITS)
    assert {key: getattr(layer, key) for key in expected} == expected


def test_layers_stand_in_the_order_of_their_names():
    assert kinds("two GRUs") == ["GRU", "GRU"]
    assert kinds("attention") == ["GRU", "AttendStates"]
    assert kinds("dropout on the state") == ["GRU", "Dropout"]
    assert kinds("batch normalisation") == ["GRU", "BatchNormalization", "GRU"]
    assert kinds("layer normalisation") == ["GRU", "LayerNormalization", "GRU"]


def test_a_stack_hands_on_all_states_but_at_its_top():
    assert [layer.return_sequences for layer in stacked(UNITS, 3)] == [True, True, False]


@pytest.mark.parametrize(
    "name", ["dropout on inputs", "recurrent dropout", "batch normalisation", "bidirectional"]
)
def test_a_variant_that_starts_anew_is_a_new_one(name):
    x, y = flagged_value(32, TIME_STEPS, FEATURES)
    model = made(name)
    trained = []
    for _ in range(2):
        restart(model, 3)
        model.fit(x, y, batch_size=8, epochs=2, verbose=0)
        trained.append(model.get_weights())
    for one, other in zip(*trained, strict=True):
        assert np.allclose(one, other, atol=1e-6)


def test_a_variant_learns():
    x, y = flagged_value(512, TIME_STEPS, FEATURES)
    keras.utils.set_random_seed(0)
    history = made("GRU").fit(x, y, batch_size=32, epochs=12, verbose=0).history
    assert history["accuracy"][-1] > 0.8 > history["accuracy"][0] + 0.1
