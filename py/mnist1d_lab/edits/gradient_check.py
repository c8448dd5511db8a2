"""Whether a network's backward is the derivative of its forward: central differences in float64."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.types import Array, Labels, Model, Network, Params

EXAMPLES = 6
ENTRIES = 24  # of each parameter that are tried; a wrong formula is wrong nearly everywhere
WIDTH = 1e-6  # of the differences: in float64 they are then right to about nine digits
TOLERANCE = 1e-4  # relative; a wrong sign, factor or missing term is off by far more


class Difference(NamedTuple):
    """How one parameter's gradient compares: at the entry that is furthest off."""

    name: str
    entry: tuple[int, ...]
    given: float
    numeric: float
    error: float  # of all entries that were tried, relative


def check(model: Model, inputs: int, line: int | None) -> list[Difference]:
    """Compare a model's gradients with differences of its loss; return how far each is off.

    Raises EditError if one is off, with its parameter and by how much.
    """
    rng = np.random.default_rng(0)
    params: Params = {name: value.astype(np.float64) for name, value in model.init(rng).items()}
    for value in params.values():  # biases that start at 0 would hide what a relu does
        value += rng.uniform(-0.05, 0.05, value.shape)
    network = model.network(params)
    x = rng.standard_normal((inputs, EXAMPLES))
    labels = rng.integers(0, 10, EXAMPLES).astype(np.int32)
    network.learn(x, labels)
    given = {name: grad.copy() for name, grad in network.unpack(network.grads).items()}
    found = [
        _compare(network, x, labels, name, grad, rng) for name, grad in given.items() if grad.size
    ]
    worst = max(found, key=lambda one: one.error)
    if not worst.error <= TOLERANCE:
        raise EditError("model", "GradientError", _sentence(worst), line)
    return found


def _compare(
    network: Network, x: Array, labels: Labels, name: str, grad: Array, rng: np.random.Generator
) -> Difference:
    """Try some entries of one parameter."""
    start = _start_of(network, name)
    tried = rng.choice(grad.size, min(ENTRIES, grad.size), replace=False)
    numeric = np.array([_slope(network, x, labels, start + int(entry)) for entry in tried])
    ours = grad.ravel()[tried]
    size = max(float(np.linalg.norm(numeric)), float(np.linalg.norm(ours)), 1e-7)
    error = float(np.linalg.norm(ours - numeric)) / size
    most = int(np.argmax(np.abs(ours - numeric)))
    place = tuple(int(index) for index in np.unravel_index(int(tried[most]), grad.shape))
    return Difference(name, place, float(ours[most]), float(numeric[most]), error)


def _start_of(network: Network, name: str) -> int:
    """Return where a parameter begins in the network's vector."""
    places = network.unpack(np.arange(float(len(network.values))))
    return int(places[name].ravel()[0])


def _slope(network: Network, x: Array, labels: Labels, index: int) -> float:
    kept, losses = network.values[index], []
    for sign in (1, -1):
        network.values[index] = kept + sign * WIDTH
        losses.append(network.evaluate(x, labels)[0])
    network.values[index] = kept
    return float(losses[0] - losses[1]) / (2 * WIDTH)


def _sentence(worst: Difference) -> str:
    entry = ", ".join(map(str, worst.entry))
    return (
        f"the gradient of {worst.name} is off by {100 * worst.error:.3g} %: at [{entry}] backward "
        f"gives {worst.given:.4g}, the differences of the loss give {worst.numeric:.4g}"
    )
