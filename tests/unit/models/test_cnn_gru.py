"""Logistic, CNN and GRU: backprop against numerical gradients, sizes, spreads, every resolution."""

from typing import Any

import numpy as np
import pytest
from tests.unit.models.gradients import largest_error

from mnist1d_lab import kernels
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.kernels import numpy_ops
from mnist1d_lab.models.cnn_gru import CNN, GRU, lengths
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.spec import CNN_LEAST, TrainSpec

SMALL: dict[str, Any] = {
    "logistic": Logistic(inputs=7, outputs=4),
    "cnn": CNN(inputs=9, channels=3, outputs=4),
    "gru": GRU(inputs=5, units=3, outputs=4),
}
PUBLISHED: dict[str, Any] = {"logistic": Logistic(), "mlp": MLP(), "cnn": CNN(), "gru": GRU()}
COUNTS = {"logistic": 410, "mlp": 15_210, "cnn": 5_210, "gru": 5_134}  # as published


def error(model, eps):
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(model.inputs, 6)), rng.integers(0, 4, 6)
    params = {name: array.astype(np.float64) for name, array in model.init(rng).items()}
    with kernels.using("numpy"):
        network = model.network(params)
        assert len(network.grads) == sum(array.size for array in params.values())
        return largest_error(network, x, labels, eps)


@pytest.mark.parametrize("name", SMALL)
def test_gradients_equal_central_differences(name):
    assert error(SMALL[name], 1e-6) < 1e-6


@pytest.mark.parametrize("name", SMALL)
def test_the_gradient_check_itself_fails_where_it_must(name):
    assert error(SMALL[name], 1.0) > 1e-2  # no derivative any more


def test_the_gradient_check_notices_a_convolution_that_forgets_its_padding(monkeypatch):
    def forgets(dpatches, out, kernel, stride, padding):
        fold(dpatches, out, kernel, stride, padding)
        out[0] = 0

    fold = numpy_ops.fold
    monkeypatch.setattr(numpy_ops, "fold", forgets)
    assert error(SMALL["cnn"], 1e-6) > 1e-2


def test_the_gradient_check_notices_a_gru_that_forgets_the_way_back(monkeypatch):
    def forgets(*args):
        backward(*args)
        args[-1][1] = 0

    backward = numpy_ops.gru_backward
    monkeypatch.setattr(numpy_ops, "gru_backward", forgets)
    assert error(SMALL["gru"], 1e-6) > 1e-2


@pytest.mark.parametrize("name", PUBLISHED)
def test_parameters_are_counted_and_spread_as_in_the_reference(name):
    params = PUBLISHED[name].init(np.random.default_rng(0))
    assert sum(array.size for array in params.values()) == COUNTS[name]
    for key, array in params.items():
        assert array.dtype == np.float32
        weight = params[key.replace("bias", "weight")]
        fan_in = 6 if key.startswith("gru") else int(np.prod(weight.shape[1:]))
        bound = 1 / np.sqrt(fan_in)
        assert 0.7 * bound < np.abs(array).max() <= bound * (1 + 1e-6), key


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("inputs", [3, 4, 5, 8, 9, 13, 40, 71, 72, 100])
def test_every_resolution_has_its_network(name, inputs, backend):
    rng = np.random.default_rng(0)
    model = type(PUBLISHED[name])(inputs=inputs)
    network = model.network(model.init(rng))
    x = rng.normal(size=(inputs, 7)).astype(np.float32)
    network.learn(x, rng.integers(0, 10, 7))
    assert np.isfinite(network.grads).all()
    assert (network.grads != 0).any()


def test_what_leaves_the_cnn_nothing_is_refused_with_the_reason():
    assert lengths(40) == [40, 19, 10, 5]
    assert lengths(CNN_LEAST)[-1] == 1
    assert lengths(CNN_LEAST - 1)[-1] == 0
    short = DatasetSpec(final_seq_length=CNN_LEAST - 1)
    with pytest.raises(
        ValueError, match=r"^final_seq_length must be at least 3 for the CNN.*got 2"
    ):
        TrainSpec(model="cnn", dataset=short)
    assert TrainSpec(model="gru", dataset=short).model == "gru"
