"""Ten steps of the MLP and Adam beside PyTorch's, from a stored file (see its script)."""

from pathlib import Path

import numpy as np
import pytest

from mnist1d_lab.models import MLP
from mnist1d_lab.optim import Adam

STEPS = 10


@pytest.fixture(scope="module")
def stored():
    with np.load(Path(__file__).with_name("torch_trajectory.npz")) as file:
        return dict(file)


def test_losses_gradients_and_weights_follow_pytorch(stored, backend):
    params = {name[5:]: array.copy() for name, array in stored.items() if name.startswith("init/")}
    model = MLP(inputs=stored["x"].shape[2], hidden=len(params["linear1.bias"]))
    network = model.network(params)
    adam = Adam(network.values, network.grads, network.mask, float(stored["learning_rate"]))
    assert len(stored["losses"]) == STEPS
    for step in range(STEPS):
        network.sums[:] = 0
        network.learn(stored["x"][step].T, stored["y"][step])
        loss = network.sums[0] / len(stored["y"][step])
        assert loss == pytest.approx(stored["losses"][step], rel=1e-5)
        for name, grad in network.unpack(network.grads).items():
            assert grad.dtype == np.float32
            np.testing.assert_allclose(grad, stored[f"grad{step}/{name}"], rtol=1e-3, atol=2e-6)
        adam.step()
    network.write(params)
    for name, array in params.items():
        np.testing.assert_allclose(array, stored[f"final/{name}"], rtol=1e-3, atol=2e-5)
