"""Ten steps of each model and Adam beside PyTorch's, from stored files (see their script)."""

from pathlib import Path

import numpy as np
import pytest

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.pooling_cnn import PoolingCNN
from mnist1d_lab.models.spec import POOLING

STEPS = 10
FILES = {
    "mlp": "torch_trajectory.npz",
    "logistic": "torch_trajectory_logistic.npz",
    "cnn": "torch_trajectory_cnn.npz",
    "gru": "torch_trajectory_gru.npz",
    **{name: f"torch_trajectory_{name}.npz" for name in POOLING},
}


def model_of(name, inputs, params):
    if name == "mlp":
        return MLP(inputs=inputs, hidden=len(params["linear1.bias"]))
    if name == "cnn":
        return CNN(inputs=inputs, channels=len(params["conv1.bias"]))
    if name in POOLING:
        return PoolingCNN(POOLING[name], inputs, channels=len(params["conv1.bias"]))
    return {"logistic": Logistic, "gru": GRU}[name](inputs=inputs)


@pytest.mark.parametrize("name", FILES)
def test_losses_gradients_and_weights_follow_pytorch(name, backend, report):
    with np.load(Path(__file__).with_name(FILES[name])) as file:
        stored = dict(file)
    params = {key[5:]: array.copy() for key, array in stored.items() if key.startswith("init/")}
    network = model_of(name, stored["x"].shape[2], params).network(params)
    adam = Adam(network.values, network.grads, network.mask, float(stored["learning_rate"]))
    assert len(stored["losses"]) == STEPS
    furthest = 0.0
    for step in range(STEPS):
        network.sums[:] = 0
        network.learn(stored["x"][step].T, stored["y"][step])
        loss = network.sums[0] / len(stored["y"][step])
        assert loss == pytest.approx(stored["losses"][step], rel=1e-5)
        for key, grad in network.unpack(network.grads).items():
            assert grad.dtype == np.float32
            furthest = max(furthest, float(np.abs(grad - stored[f"grad{step}/{key}"]).max()))
            np.testing.assert_allclose(grad, stored[f"grad{step}/{key}"], rtol=1e-3, atol=2e-6)
        adam.step()
    assert furthest < 1e-5
    report(f"{name}, ten steps: gradients within {furthest:.0e} of PyTorch's")
    network.write(params)
    assert {f"final/{key}" for key in params} == {key for key in stored if key.startswith("final/")}
    for key, array in params.items():
        np.testing.assert_allclose(array, stored[f"final/{key}"], rtol=1e-3, atol=2e-5)
