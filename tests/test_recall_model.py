"""The models of chapter 01: an initializer that survives saving, and a restart that equals a new model."""

import numpy as np
import pytest

from grulab.data import delayed_recall
from grulab.models import UpdateBias, recall_model, restart
from grulab.quiet import keras
from grulab.training import fit


def small(kind="GRU", **options):
    return recall_model(kind, units=4, time_steps=4, features=5, symbols=3, **options)


def some():
    return delayed_recall(32, (1, 3), symbols=3, noise=2)


@pytest.mark.parametrize(("reset_after", "shape"), [(True, (2, 12)), (False, (12,))])
def test_update_bias_reaches_the_update_gate_alone(reset_after, shape):
    layer = keras.layers.GRU(4, reset_after=reset_after, bias_initializer=UpdateBias(3))
    layer.build((None, None, 2))
    bias = layer.get_weights()[2]
    assert bias.shape == shape
    rows = bias.reshape(-1, 12)
    assert np.array_equal(rows[0], [3] * 4 + [0] * 8)
    assert not rows[1:].any()


@pytest.mark.parametrize("shape", [(2, 13), (3, 12), (2, 2, 12)])
def test_update_bias_names_a_shape_that_is_no_bias_of_a_gru(shape):
    with pytest.raises(ValueError, match="is for the bias of a GRU"):
        UpdateBias(1)(shape)


# Keras 3.15 saves through a call that NumPy 2.4 calls outdated
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_update_bias_survives_rebuilding_and_saving(tmp_path):
    model = small(update_bias=5)
    path = tmp_path / "model.keras"
    model.save(path)
    for again in (keras.models.clone_model(model), keras.models.load_model(path, compile=False)):
        layer = again.layers[0]
        assert isinstance(layer.bias_initializer, UpdateBias)
        assert np.array_equal(layer.get_weights()[2][0, :4], [5] * 4)


@pytest.mark.parametrize("kind", ["SimpleRNN", "GRU", "LSTM"])
def test_model_guesses_a_symbol(kind):
    x, _ = some()
    chances = small(kind).predict_on_batch(x)
    assert chances.shape == (32, 3)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-6)


def test_unknown_kinds_and_gates_get_a_sentence():
    with pytest.raises(ValueError, match="kind is 'Transformer', but it must be one of SimpleRNN, GRU, LSTM"):
        recall_model("Transformer")
    with pytest.raises(ValueError, match="a LSTM has no update gate"):
        recall_model("LSTM", update_bias=5)


def test_restart_equals_a_new_model():
    x, y = some()
    keras.utils.set_random_seed(7)
    new, used = small(), small()
    used.fit(x, y, verbose=0)
    for model in (new, used):
        restart(model, 7)
        assert float(model.optimizer.learning_rate) == pytest.approx(3e-3)
        model.fit(x, y, epochs=2, verbose=0)
    for one, other in zip(new.get_weights(), used.get_weights(), strict=True):
        assert np.allclose(one, other, atol=1e-6)


def test_restart_with_another_seed_is_another_start():
    model = small()
    starts = []
    for seed in (1, 2, 1):
        restart(model, seed)
        starts.append(model.get_weights()[0])
    assert np.array_equal(starts[0], starts[2])
    assert not np.allclose(starts[0], starts[1])


def compiled_with(optimizer, policy="float32"):
    layers = [keras.layers.GRU(3, dtype=policy), keras.layers.Dense(1, dtype="float32")]
    model = Traced([keras.Input((4, 5)), *layers])
    model.compile(optimizer, "mse", jit_compile=False)
    return model


class Traced(keras.Sequential):
    """Counts how often a training step is traced."""

    times = 0

    def train_step(self, data):
        self.times += 1
        return super().train_step(data)


OPTIMIZERS = {
    "Adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "Nadam": lambda: keras.optimizers.Nadam(0.01),
    "momentum": lambda: keras.optimizers.SGD(0.01, momentum=0.9),
    "averages": lambda: keras.optimizers.Adam(0.01, use_ema=True),
    "a scale": lambda: keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.01)),
    "a schedule": lambda: keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 8)),
}


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_starts_anew_as_it_began(name, is_first):
    x, _ = some()
    y = x[:, :1, 0]
    new, used = (compiled_with(OPTIMIZERS[name]()) for _ in range(2))
    if is_first:
        restart(used, 1)  # before anything is learnt
    optimizer = used.optimizer
    fit(used, x, y, epochs=2)
    restart(used, 7)
    new.optimizer.build(new.trainable_variables)
    for one, other in zip(new.optimizer.variables, used.optimizer.variables, strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))
    history, _ = fit(used, x, y, epochs=2)
    assert np.isfinite(history["loss"]).all()
    # what was compiled is still in use
    assert used.optimizer is optimizer
    assert used.times == 1


def test_half_precision_keeps_its_one_scale_through_trainings_and_restarts():
    model = compiled_with(keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.01)), "mixed_float16")
    x, _ = some()
    for seed in range(2):
        restart(model, seed)
        assert float(model.optimizer.dynamic_scale) == 2**15
        history, _ = fit(model, x, x[:, :1, 0], epochs=2)
        assert np.isfinite(history["loss"]).all()
    assert sum("dynamic_scale" in variable.path for variable in model.optimizer.variables) == 1


def test_a_rate_that_was_set_stays():
    model = compiled_with(keras.optimizers.Adam(0.01))
    restart(model, 0)
    model.optimizer.learning_rate = 0.25
    restart(model, 1)
    assert float(model.optimizer.learning_rate) == 0.25


def test_a_wrong_seed_changes_nothing():
    model = compiled_with("adam")
    before = model.get_weights()
    with pytest.raises(ValueError, match="seed is -1"):
        restart(model, -1)
    for one, other in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(one, other)
