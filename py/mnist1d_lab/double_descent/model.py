"""The network of the double descent: two hidden layers without a residual. No training here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.models.linear import make_linear
from mnist1d_lab.models.mlp import linear_init
from mnist1d_lab.models.network import BatchProgram, Network
from mnist1d_lab.types import Array, Calls, Labels, Layer, NewBuffer, Params

LAYERS = ("linear1", "linear2", "linear3")


@dataclass(frozen=True)
class PlainMLP:
    """The published network: logits = L3 relu(L2 relu(L1 x)), each L being W y + b."""

    inputs: int = 40
    hidden: int = 47
    outputs: int = 10
    loss: str = "cross_entropy"

    @property
    def parameters(self) -> int:
        """Return how many weights and biases it has."""
        sizes = [self.inputs, self.hidden, self.hidden, self.outputs]
        return sum((a + 1) * b for a, b in pairwise(sizes))

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias."""
        params: Params = {}
        sizes = [self.inputs, self.hidden, self.hidden, self.outputs]
        for name, inputs, outputs in zip(LAYERS, sizes[:-1], sizes[1:], strict=True):
            params |= linear_init(rng, name, inputs, outputs)
        return params

    def network(self, params: Params) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""
        kind = SquaredErrorNetwork if self.loss == "squared_error" else Network
        return kind([make_linear(name, params, {}) for name in LAYERS], self._wire)

    def _wire(
        self, layers: Sequence[Layer], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        first, second, last = layers
        h1, h2 = new(self.hidden, "layer 1"), new(self.hidden, "layer 2")
        dh1, dh2 = new(self.hidden), new(self.hidden)
        forward = [
            first.forward(x, h1, relu=True),  # h1 = relu(L1 x)
            second.forward(h1, h2, relu=True),  # h2 = relu(L2 h1)
            last.forward(h2, logits, relu=False),  # logits = L3 h2
        ]
        backward = [
            last.backward(dlogits, h2),
            last.backward_input(dlogits, dh2, accumulate=False),
            kernels.bind("relu_backward", dh2, h2, dh2),  # before the relu of h2
            second.backward(dh2, h1),
            second.backward_input(dh2, dh1, accumulate=False),
            kernels.bind("relu_backward", dh1, h1, dh1),  # before the relu of h1
            first.backward(dh1, x),
        ]
        return forward, backward


class SquaredErrorNetwork(Network):
    """A network whose loss is the squared distance of its outputs to the label's unit vector.

    The loss of an example is the sum over the classes of (output - target)²; a batch's is the mean.
    """

    def _bind(self, size: int) -> BatchProgram:
        named: dict[str, Array] = {}

        def new(features: int, name: str = "") -> Array:
            buffer = np.zeros((features, size), self.values.dtype)
            if name:
                named[name] = buffer
            return buffer

        x, labels = new(self.layers[0].inputs), np.zeros(size, np.int32)
        outputs = self.layers[-1].outputs
        logits, dlogits = new(outputs, "logits"), new(outputs)
        forward, backward = self.wire(self.layers, new, x, logits, dlogits)
        run, back = kernels.program(forward), kernels.program(backward)
        measure = self._measure(logits, labels, dlogits)

        def learn() -> None:
            run()
            measure()
            np.multiply(dlogits, np.float32(2 / size), out=dlogits)
            back()

        return BatchProgram(x, labels, learn, _in_turn(run, measure), named)

    def _measure(self, logits: Array, labels: Labels, distance: Array) -> Callable[[], object]:
        """Return what sets `distance` to output - target, (classes, B), and adds to the sums."""
        column = np.arange(len(labels))

        def measure() -> None:
            np.copyto(distance, logits)
            distance[labels, column] -= 1
            # In one order, so that every machine finds the same sum.
            squares = np.cumsum(np.square(distance, dtype=np.float64))
            self.sums[0] += squares[-1]
            self.sums[1] += np.count_nonzero(logits.argmax(0) == labels)

        return measure


def _in_turn(*calls: Callable[[], object]) -> Callable[[], object]:
    def run() -> None:
        for call in calls:
            call()

    return run
