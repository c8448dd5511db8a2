"""One closed training loop with one hook, and the measurements; the model is passed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mnist1d_lab.dataset.spec import LotterySpec, TrainSpec
from mnist1d_lab.models.adam import Adam
from mnist1d_lab.types import Masks, Model, Network, Params, Split

# Gets the steps done and the network, to measure or to `write` out if it wants to.
OnStep = Callable[[int, Network], None]


def as_split(dataset: dict[str, Any]) -> Split:
    """Return a `make_dataset` result as arrays with the examples along the last axis."""
    x, x_test = (np.ascontiguousarray(dataset[name].T, np.float32) for name in ("x", "x_test"))
    y, y_test = (dataset[name].astype(np.int32) for name in ("y", "y_test"))
    return Split(x, y, x_test, y_test)


def train(
    model: Model,
    params: Params,
    data: Split,
    spec: TrainSpec | LotterySpec,
    on_step: OnStep,
    masks: Masks | None = None,
    first: int = 0,
) -> Network:
    """Train `params` for `spec.steps` Adam updates, calling `on_step(steps_done, network)`.

    Batches follow the order of the data and start again at its end, as in the reference's
    `train_model`. What `masks` removes is 0 from the start and stays so. `params` gets its new
    values at the end; the network, which has them too, is returned. A training that starts at step
    `first` goes on with the batches of that step.
    """
    network = model.network(params, masks)
    advance(network, adam(network, spec), data, spec, range(first, spec.steps), on_step)
    network.write(params)
    return network


def adam(network: Network, spec: TrainSpec | LotterySpec) -> Adam:
    """Return a network's optimiser, with no memory yet."""
    rates = spec.learning_rate, spec.beta1, spec.beta2
    return Adam(network.values, network.grads, network.mask, *rates)


def advance(
    network: Network,
    optimizer: Adam,
    data: Split,
    spec: TrainSpec | LotterySpec,
    steps: range,
    on_step: OnStep,
) -> None:
    """Make these updates of a training, counted from its start; see `train`."""
    for step in steps:
        start = step * spec.batch_size % len(data.y)
        batch = slice(start, start + spec.batch_size)
        network.learn(data.x[:, batch], data.y[batch])
        optimizer.step()
        on_step(step + 1, network)


def measure(network: Network, data: Split) -> dict[str, float]:
    """Return train_loss, train_acc, test_loss and test_acc over the whole of both parts."""
    train_loss, train_acc = network.evaluate(data.x, data.y)
    test_loss, test_acc = network.evaluate(data.x_test, data.y_test)
    return {
        "train_loss": train_loss,
        "train_acc": train_acc,
        "test_loss": test_loss,
        "test_acc": test_acc,
    }
