"""Ten steps of the double descent's network beside PyTorch's, for both of its losses."""

from pathlib import Path

import numpy as np
import pytest

from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.spec import LOSSES, DescentSpec
from mnist1d_lab.models.sgd import SGD
from mnist1d_lab.models.split import split_of

STEPS = 10
BOUND = 1e-5  # relative, of losses and of gradients


def stored(loss):
    with np.load(Path(__file__).with_name("torch_descent.npz")) as file:
        return {name.removeprefix(f"{loss}/"): file[name] for name in file if loss in name}


def apart(ours, theirs):
    """The distance of two arrays, relative to the second's length."""
    return float(np.linalg.norm(ours - theirs) / np.linalg.norm(theirs))


def differences(spec, file):
    """Return how far our losses, gradients and last weights are from PyTorch's, relative."""
    split = split_of(spec.dataset)
    model = PlainMLP(hidden=spec.width, loss=spec.loss)
    network = model.network(model.init(np.random.default_rng(spec.seed)))
    sgd = SGD(network.values, network.grads, None, spec.learning_rate, spec.momentum)
    found = {"losses": 0.0, "gradients": 0.0}
    for step in range(STEPS):
        part = slice(step * spec.batch_size, (step + 1) * spec.batch_size)
        x, labels = split.x[:, part], split.y[part]
        loss, _ = network.evaluate(x, labels)  # what `learn` measures is not kept apart
        found["losses"] = max(found["losses"], abs(loss / file["losses"][step] - 1))
        network.learn(x, labels)
        for name, grad in network.unpack(network.grads).items():
            if f"grad{step}/{name}" in file:
                one = apart(grad, file[f"grad{step}/{name}"])
                found["gradients"] = max(found["gradients"], one)
        sgd.step()
    values = network.unpack(network.values)
    found["weights"] = max(apart(value, file[f"final/{name}"]) for name, value in values.items())
    return found


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_gradients_and_weights_follow_pytorch(loss, backend, report):
    file = stored(loss)
    assert len(file["losses"]) == STEPS
    assert len([name for name in file if name.startswith("grad")]) == 2 * 6
    found = differences(DescentSpec(loss=loss), file)
    assert all(one < BOUND for one in found.values()), found
    told = ", ".join(f"{name} {one:.1e}" for name, one in found.items())
    report(f"double descent, {loss}, ten steps, {backend}: from PyTorch's, relative: {told}")


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("loss", LOSSES)
def test_another_optimiser_or_loss_is_told_apart(loss):
    file = stored(loss)
    without = differences(DescentSpec(loss=loss, momentum=0.89), file)
    assert without["weights"] > 100 * BOUND
    assert without["losses"] > BOUND
    (other,) = set(LOSSES) - {loss}
    assert min(differences(DescentSpec(loss=other), file).values()) > 1000 * BOUND
