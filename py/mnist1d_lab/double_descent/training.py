"""One training of the double descent, epoch by epoch, measured on the way. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.spec import CNNDescentSpec, DescentSpec, measured_epochs
from mnist1d_lab.models.cnn_gru import CNN
from mnist1d_lab.models.sgd import SGD
from mnist1d_lab.models.split import split_of
from mnist1d_lab.models.train import evaluate_all
from mnist1d_lab.types import Array, Evaluation, Labels, Network, Split

# Of random numbers, of the training's seed: each use has a stream of its own.
NOISE, WEIGHTS, ORDER = 11, 12, 13


def redraw_labels(labels: Labels, classes: int, share: float, seed: int) -> Labels:
    """Return labels (n,) of which each is drawn anew from all classes with probability `share`.

    As in the published notebook. A larger share redraws the same ones and more.
    """
    rng = np.random.default_rng([seed, NOISE])
    chosen = rng.random(len(labels)) < share
    drawn = rng.integers(0, classes, len(labels)).astype(labels.dtype)
    return np.where(chosen, drawn, labels)


@lru_cache(maxsize=4)  # the widths of one seed share it
def noisy_split(dataset: DatasetSpec, share: float, seed: int) -> Split:
    """Return the data of a training; shared: nobody writes into it."""
    split = split_of(dataset)
    classes = 1 + int(max(split.y.max(), split.y_test.max()))
    return split._replace(y=redraw_labels(split.y, classes, share, seed))


def model_of(spec: DescentSpec, split: Split) -> PlainMLP | CNN:
    """Return the network that a spec asks for, of the sizes of the data."""
    classes = 1 + int(max(split.y.max(), split.y_test.max()))
    if isinstance(spec, CNNDescentSpec):
        return CNN(split.x.shape[0], spec.width, classes)
    return PlainMLP(split.x.shape[0], spec.width, classes, spec.loss)


def start(spec: DescentSpec, split: Split) -> tuple[Network, SGD]:
    """Return the network with its initial weights, and its optimiser."""
    model = model_of(spec, split)
    network = model.network(model.init(np.random.default_rng([spec.seed, WEIGHTS, spec.width])))
    optimizer = SGD(network.values, network.grads, network.mask, spec.learning_rate, spec.momentum)
    return network, optimizer


def train_epoch(
    network: Network, optimizer: SGD, examples: Array, labels: Labels, spec: DescentSpec, epoch: int
) -> None:
    """Go once through examples (n, inputs) and labels (n,), in an order of seed and epoch."""
    rng = np.random.default_rng([spec.seed, ORDER, epoch])
    order = rng.permutation(len(labels))
    x, y = examples[order], labels[order]  # one copy an epoch is cheaper than one a step
    for first in range(0, len(order), spec.batch_size):
        part = slice(first, first + spec.batch_size)
        network.learn(x[part].T, y[part])
        optimizer.step()


def train(
    spec: DescentSpec,
    on_measured: Callable[[int, Evaluation], None],
    on_epoch: Callable[[], None] = lambda: None,
) -> Network:
    """Train one network; call `on_measured(epoch, evaluation)` at each of the measured epochs."""
    split = noisy_split(spec.dataset, spec.label_noise, spec.seed)
    network, optimizer = start(spec, split)
    examples = np.ascontiguousarray(split.x.T)  # an example is copied as one piece
    measured = set(measured_epochs(spec.epochs))
    on_measured(0, evaluate_all(network, split))
    for epoch in range(1, spec.epochs + 1):
        train_epoch(network, optimizer, examples, split.y, spec, epoch)
        on_epoch()
        if epoch in measured:
            on_measured(epoch, evaluate_all(network, split))
    return network
