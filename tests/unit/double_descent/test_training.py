"""The network of the double descent: its gradients, and what its trainings repeat."""

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.spec import LOSSES, CNNDescentSpec, measured_epochs
from mnist1d_lab.double_descent.training import redraw_labels
from mnist1d_lab.jobs.double_descent import double_descent
from mnist1d_lab.validation import BadValueError

X = np.random.default_rng(1).standard_normal((40, 20)).astype(np.float32)
Y = np.random.default_rng(2).integers(0, 10, 20).astype(np.int32)
SMALL = {
    "dataset": {"num_samples": 400, "train_split": 0.25},
    "epochs": 20,
    "width": 9,
    "batch_size": 10,
}


def reference_loss(params, loss, residual=0.0):
    """Return the mean loss in double precision; `residual` adds h1 to h2, which ours must not."""
    p = {name: value.astype(float) for name, value in params.items()}
    h1 = np.maximum(p["linear1.weight"] @ X + p["linear1.bias"][:, None], 0)
    h2 = np.maximum(p["linear2.weight"] @ h1 + p["linear2.bias"][:, None], 0) + residual * h1
    z = p["linear3.weight"] @ h2 + p["linear3.bias"][:, None]
    if loss == "squared_error":
        return np.square(z - np.eye(10)[Y].T).sum(0).mean()
    return (np.log(np.exp(z).sum(0)) - z[Y, np.arange(20)]).mean()


def largest_difference(loss, residual=0.0):
    model = PlainMLP(hidden=7, loss=loss)
    params = model.init(np.random.default_rng(0))
    network = model.network(params)
    network.learn(X, Y)
    worst = 0.0
    for name, grad in network.unpack(network.grads).items():
        for at in np.ndindex(grad.shape):
            values = []
            for step in (1e-5, -1e-5):
                moved = {key: value.astype(float) for key, value in params.items()}
                moved[name][at] += step
                values.append(reference_loss(moved, loss, residual))
            worst = max(worst, abs((values[0] - values[1]) / 2e-5 - float(grad[at])))
    return worst


@pytest.mark.parametrize("loss", LOSSES)
def test_gradients_are_the_slopes_of_the_loss(loss, report):
    worst = largest_difference(loss)
    assert worst < 1e-5
    report(f"double descent, {loss}: gradients within {worst:.1e} of finite differences")


@pytest.mark.parametrize("loss", LOSSES)
def test_the_check_finds_a_residual(loss):
    assert largest_difference(loss, residual=1.0) > 1e-3


def test_a_tenth_of_the_redrawn_labels_stays_right():
    labels = np.random.default_rng(3).integers(0, 10, 100_000)
    low, high = (redraw_labels(labels, 10, share, 5) != labels for share in (0.15, 0.4))
    assert abs(low.mean() - 0.135) < 0.005
    assert abs(high.mean() - 0.36) < 0.005
    assert not (low & ~high).any()  # a larger share redraws the same ones and more


def test_a_training_repeats_itself_and_measures_where_it_says():
    first, second = (jobs.run("double_descent", SMALL)["records"] for _ in range(2))
    assert first == second
    assert [record["epoch"] for record in first] == list(measured_epochs(20))
    assert first[-1]["train_error"] < first[0]["train_error"]


def test_the_cnn_is_the_published_one_trained_on_the_same_labels():
    spec = CNNDescentSpec.of({**SMALL, "width": 25})
    made = double_descent(spec, lambda _: None)
    assert made["parameters"] == 5210  # as published, with 25 filters
    first, last = made["records"][0], made["records"][-1]
    assert last["train_error"] < first["train_error"]
    other = double_descent(CNNDescentSpec.of({**SMALL, "width": 25, "seed": 1}), lambda _: None)
    assert other["records"][-1] != {**last, "seed": 1}
    assert jobs.run("double_descent", SMALL)["parameters"] == PlainMLP(hidden=9).parameters
    with pytest.raises(BadValueError, match=r"^loss must be 'cross_entropy', got"):
        CNNDescentSpec.of({"loss": "squared_error"})
