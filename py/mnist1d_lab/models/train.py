"""One closed training loop with one hook, and the measurements; the model is passed in."""

from __future__ import annotations

from collections.abc import Callable

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.batches import Batch, batches
from mnist1d_lab.models.sgd import SGD
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.types import Evaluation, Masks, Model, Network, Optimizer, Params, Split

# Gets the steps done and the network, to measure it or to `write` its parameters out.
OnStep = Callable[[int, Network], None]


def make_optimizer(network: Network, spec: TrainSpec) -> Optimizer:
    """Return a network's optimiser; its running means start at 0."""
    state, rate = (network.values, network.grads, network.mask), spec.learning_rate
    if spec.optimizer == "adam":
        return Adam(*state, rate, spec.beta1, spec.beta2, spec.weight_decay)
    momentum = spec.momentum if spec.optimizer == "momentum" else 0.0
    return SGD(*state, rate, momentum, spec.weight_decay)


MakeOptimizer = Callable[[Network, TrainSpec], Optimizer]


def train(
    model: Model,
    params: Params,
    data: Split,
    spec: TrainSpec,
    on_step: OnStep,
    masks: Masks | None = None,
    first: int = 0,
    make_optimizer: MakeOptimizer = make_optimizer,
) -> Network:
    """Train `params` for `spec.steps` updates of the optimiser (of the spec, if none is given).

    After each it calls `on_step(steps_done, network)`.

    By default batches follow the order of the data and start again at its end, as in the
    reference's `train_model`. What `masks` removes is 0 from the start and stays 0. `params` gets
    its new values at the end; the network, which has them too, is returned. A training that starts
    at step `first` goes on with the batches of that step.
    """
    network = model.network(params, masks)
    steps = range(first, spec.steps)
    batch = batches(spec, len(data.y))
    train_steps(network, make_optimizer(network, spec), data, batch, steps, on_step)
    network.write(params)
    return network


def train_steps(
    network: Network,
    optimizer: Optimizer,
    data: Split,
    batch: Batch,
    steps: range,
    on_step: OnStep,
) -> None:
    """Make these updates of a training, counted from its start; see `train`."""
    for step in steps:
        examples = batch(step)
        network.learn(data.x[:, examples], data.y[examples])
        optimizer.step()
        on_step(step + 1, network)


def evaluate_all(network: Network, data: Split) -> Evaluation:
    """Measure a network on the whole of both parts of its data.

    Returns train_loss and test_loss (mean cross-entropy in nats), train_acc and test_acc (percent).
    """
    train_loss, train_acc = network.evaluate(data.x, data.y)
    test_loss, test_acc = network.evaluate(data.x_test, data.y_test)
    return {
        "train_loss": train_loss,
        "train_acc": train_acc,
        "test_loss": test_loss,
        "test_acc": test_acc,
    }
