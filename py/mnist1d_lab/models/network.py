"""A model's parameters while they are trained: layers, buffers and bound calls. No optimiser here.

Everything that a step needs is made once per batch size, so that a step allocates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Labels, Params, Part, Wire

# Examples per call in `evaluate`: the training's batch, whose buffers then serve both.
EVALUATION_BATCH = 100
# Batch sizes kept bound. Two (and the rest of an evaluation) are usual; a batch size that does not
# divide the data has more, and then binding again is cheaper than memory for them all.
KEPT_SIZES = 8


class Bound(NamedTuple):
    """The buffers and programs of one batch size B."""

    x: Array  # (inputs, B)
    labels: Labels  # (B), int32
    learn: Callable[[], object]  # forward and backward: adds to sums, sets the gradients
    measure: Callable[[], object]  # forward: adds to sums
    named: dict[str, Array]  # activations that can be looked at, (features, B), and the logits


class Network:
    """The trained form of parameters: `values` and `grads` are flat, what an optimiser needs."""

    def __init__(self, layers: Sequence[Part], wire: Wire) -> None:
        """Copy the parameters of these layers; `wire` connects them.

        Every entry that a layer's mask removes is expected to be 0, and stays so.
        """
        self.layers, self.wire = layers, wire
        mask = np.concatenate([layer.mask for layer in self.layers])
        self.values, self.grads = np.empty_like(mask), np.zeros_like(mask)
        self.mask = None if mask.all() else mask  # (n), or None where all may move
        for layer, values, grads in zip(
            self.layers, self._parts(self.values), self._parts(self.grads), strict=True
        ):
            layer.attach(values, grads)
        self.sums = np.zeros(2)  # the losses in nats and the hits since they were last cleared
        self._bound: dict[int, Bound] = {}

    def _parts(self, flat: Array) -> list[Array]:
        return np.split(flat, np.cumsum([layer.size for layer in self.layers])[:-1])

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name, (outputs, inputs) and (outputs)."""
        parts = zip(self.layers, self._parts(flat), strict=True)
        return {name: array for layer, part in parts for name, array in layer.unpack(part).items()}

    def write(self, params: Params) -> None:
        """Copy the values into `params`, 0 where a weight is gone."""
        for name, array in self.unpack(self.values).items():
            np.copyto(params[name], array)

    def bound(self, batch: int) -> Bound:
        """Return what computes a batch of this size, made the first time it is asked for."""
        if batch not in self._bound:
            if len(self._bound) == KEPT_SIZES:
                self._bound.clear()
            self._bound[batch] = self._bind(batch)
        return self._bound[batch]

    def _bind(self, batch: int) -> Bound:
        named: dict[str, Array] = {}

        def new(features: int, name: str = "") -> Array:
            made = np.zeros((features, batch), self.values.dtype)
            if name:
                named[name] = made
            return made

        x, labels = new(self.layers[0].inputs), np.zeros(batch, np.int32)
        outputs = self.layers[-1].outputs
        logits, dlogits = new(outputs, "logits"), new(outputs)
        forward, backward = self.wire(self.layers, new, x, logits, dlogits)
        loss, measure = (
            kernels.bind("softmax_cross_entropy", logits, labels, gradient, self.sums)
            for gradient in (dlogits, None)
        )
        learn = kernels.program([*forward, loss, *backward])
        return Bound(x, labels, learn, kernels.program([*forward, measure]), named)

    def learn(self, x: Array, labels: Labels) -> None:
        """Set `grads` for the mean loss of a batch: x (inputs, B), labels (B)."""
        bound = self.bound(len(labels))
        bound.x[...] = x
        bound.labels[...] = labels
        bound.learn()

    def look(self, x: Array) -> dict[str, Array]:
        """Return what x (inputs, B) makes of each named buffer, (features, B)."""
        bound = self.bound(x.shape[1])
        bound.x[...] = x
        bound.measure()
        return {name: array.copy() for name, array in bound.named.items()}

    def evaluate(self, x: Array, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy in nats and the accuracy in percent on x (inputs, n)."""
        self.sums[:] = 0
        for start in range(0, len(labels), EVALUATION_BATCH):
            part = slice(start, start + EVALUATION_BATCH)
            bound = self.bound(len(labels[part]))
            bound.x[...] = x[:, part]
            bound.labels[...] = labels[part]
            bound.measure()
        loss, hits = self.sums.tolist()
        return loss / len(labels), 100 * hits / len(labels)
