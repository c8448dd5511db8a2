"""One closed training loop with one hook, and the measurements; the model is passed in."""

from __future__ import annotations

from collections.abc import Callable

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.types import Evaluation, Masks, Model, Network, Params, Split

# Gets the steps done and the network, to measure it or to `write` its parameters out.
OnStep = Callable[[int, Network], None]


def train(
    model: Model,
    params: Params,
    data: Split,
    spec: TrainSpec,
    on_step: OnStep,
    masks: Masks | None = None,
    first: int = 0,
) -> Network:
    """Train `params` for `spec.steps` Adam updates, calling `on_step(steps_done, network)`.

    Batches follow the order of the data and start again at its end, as in the reference's
    `train_model`. What `masks` removes is 0 from the start and stays 0. `params` gets its new
    values at the end; the network, which has them too, is returned. A training that starts at step
    `first` goes on with the batches of that step.
    """
    network = model.network(params, masks)
    steps = range(first, spec.steps)
    batch = batch_of(spec, data)
    train_steps(network, make_optimizer(network, spec), data, batch, steps, on_step)
    network.write(params)
    return network


def make_optimizer(network: Network, spec: TrainSpec) -> Adam:
    """Return a network's optimiser; its running means start at 0."""
    rates = spec.learning_rate, spec.beta1, spec.beta2
    return Adam(network.values, network.grads, network.mask, *rates)


def batch_of(spec: TrainSpec, data: Split) -> int:
    """Return how many examples a step takes: of data of one's own at most all of them.

    The generator's data are taken as the reference takes them, also where they are fewer.
    """
    return min(spec.batch_size, len(data.y)) if spec.dataset.source else spec.batch_size


def train_steps(
    network: Network,
    optimizer: Adam,
    data: Split,
    batch_size: int,
    steps: range,
    on_step: OnStep,
) -> None:
    """Make these updates of a training, counted from its start; see `train`."""
    for step in steps:
        start = step * batch_size % len(data.y)
        batch = slice(start, start + batch_size)
        network.learn(data.x[:, batch], data.y[batch])
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
