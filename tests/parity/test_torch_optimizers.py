"""Ten steps of each optimiser, decay, initialisation and depth beside PyTorch's, as stored."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.parity.optimizer_cases import CASES, HIDDEN, INPUTS, SHAPES, STEPS

from mnist1d_lab.models import initialisation
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.spec import INITS, TrainSpec
from mnist1d_lab.models.train import make_optimizer


@pytest.fixture(scope="module")
def stored():
    with np.load(Path(__file__).with_name("torch_optimizers.npz")) as file:
        return dict(file)


def trained(stored, name, **changes):
    """Return losses and final parameters of our training from PyTorch's initial ones."""
    case: Any = CASES[name]
    spec = TrainSpec.of({"hidden": HIDDEN, **case, **changes})
    before = f"{name}/init/"
    params = {k.removeprefix(before): v.copy() for k, v in stored.items() if k.startswith(before)}
    network = MLP(INPUTS, HIDDEN, depth=spec.depth).network(params)
    optimizer = make_optimizer(network, spec)
    losses = []
    for x, y in zip(stored["x"], stored["y"], strict=True):
        network.sums[:] = 0
        network.learn(x.T, y)
        losses.append(network.sums[0] / len(y))
        optimizer.step()
    network.write(params)
    return losses, params


@pytest.mark.parametrize("name", CASES)
def test_ten_steps_end_where_pytorchs_do(name, stored, backend):
    losses, params = trained(stored, name)
    assert len(losses) == STEPS
    np.testing.assert_allclose(losses, stored[f"{name}/losses"], rtol=1e-5)
    for key, array in params.items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, stored[f"{name}/final/{key}"], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("sgd_decay", {"weight_decay": 0.031}),
        ("adam_decay", {"weight_decay": 0.0}),
        ("momentum", {"momentum": 0.79}),
        ("momentum", {"optimizer": "sgd", "momentum": 0.9}),
    ],
)
def test_another_setting_ends_elsewhere(name, changes, stored, backend):
    _, params = trained(stored, name, **changes)
    assert any(np.abs(a - stored[f"{name}/final/{key}"]).max() > 1e-4 for key, a in params.items())


class Shape:
    """A model of one weight and its bias, to draw."""

    def __init__(self, shape):
        self.shape = shape

    def init(self, rng):
        return {"one.weight": np.ones(self.shape), "one.bias": np.ones(self.shape[0])}


@pytest.mark.parametrize("init", INITS[1:])
@pytest.mark.parametrize("kind", SHAPES)
def test_weights_are_spread_as_torch_nn_init_spreads_them(init, kind, stored):
    model: Any = Shape(SHAPES[kind])
    made = initialisation.initialiser(model, init)(np.random.default_rng(0))
    weight = made["one.weight"]
    spread, largest = stored[f"spread/{init}/{kind}"]
    assert weight.dtype == np.float32
    assert weight.std() == pytest.approx(spread, rel=0.03)
    if init.endswith("uniform"):  # of normal numbers the largest is chance
        assert np.abs(weight).max() == pytest.approx(largest, rel=0.01)
    else:
        assert np.abs(weight).max() > 3 * spread
    assert not made["one.bias"].any()
