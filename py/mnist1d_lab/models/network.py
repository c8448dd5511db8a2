"""A model's parameters while they are trained: layers, buffers and bound calls. No optimiser here.

All that a step needs is made once for each batch size, so that a step allocates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Labels, Params, TrainableLayer, WireLayers

# Examples per call in `evaluate`: as many as in the usual training batch, to share its buffers.
EVALUATION_BATCH = 100
# Batch sizes whose programs are kept. Two, and the rest of an evaluation, are usual. A batch size
# that does not divide the data gives many more; making those again is cheaper than their memory.
KEPT_SIZES = 8


class BatchProgram(NamedTuple):
    """The buffers of one batch size B, and the calls that compute on them."""

    x: Array  # (inputs, B)
    labels: Labels  # (B,), int32
    learn: Callable[[], object]  # forward and backward: adds to the sums, sets the gradients
    measure: Callable[[], object]  # forward: adds to the sums
    named: dict[str, Array]  # the activations that have a name, (features, B), and the logits


class Network:
    """Parameters in training: `values` and `grads` are one flat vector each, for the optimiser."""

    def __init__(self, layers: Sequence[TrainableLayer], wire: WireLayers) -> None:
        """Copy the parameters of these layers; `wire` connects them.

        Every entry that a layer's mask removes must be 0, and stays 0.
        """
        self.layers, self.wire = layers, wire
        mask = np.concatenate([layer.mask for layer in self.layers])
        self.values, self.grads = np.empty_like(mask), np.zeros_like(mask)
        self.mask = None if mask.all() else mask  # (n,), or None if all may change
        for layer, values, grads in zip(
            self.layers, self._parts(self.values), self._parts(self.grads), strict=True
        ):
            layer.attach(values, grads)
        self.sums = np.zeros(2)  # of losses in nats and of right answers, since they were last 0
        self._programs: dict[int, BatchProgram] = {}

    def _parts(self, flat: Array) -> list[Array]:
        return np.split(flat, np.cumsum([layer.size for layer in self.layers])[:-1])

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name, (outputs, inputs) and (outputs,)."""
        parts = zip(self.layers, self._parts(flat), strict=True)
        return {name: array for layer, part in parts for name, array in layer.unpack(part).items()}

    def write(self, params: Params) -> None:
        """Copy the values into `params`, with 0 for pruned weights."""
        for name, array in self.unpack(self.values).items():
            np.copyto(params[name], array)

    def program(self, size: int) -> BatchProgram:
        """Return what computes a batch of this size, made the first time it is asked for."""
        if size not in self._programs:
            if len(self._programs) == KEPT_SIZES:
                self._programs.clear()
            self._programs[size] = self._bind(size)
        return self._programs[size]

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
        loss, measure = (
            kernels.bind("softmax_cross_entropy", logits, labels, gradient, self.sums)
            for gradient in (dlogits, None)
        )
        learn = kernels.program([*forward, loss, *backward])
        return BatchProgram(x, labels, learn, kernels.program([*forward, measure]), named)

    def learn(self, x: Array, labels: Labels) -> None:
        """Set `grads` for the mean loss of a batch: x (inputs, B), labels (B,)."""
        batch = self.program(len(labels))
        batch.x[...] = x
        batch.labels[...] = labels
        batch.learn()

    def activations(self, x: Array) -> dict[str, Array]:
        """Return what each named buffer, (features, B), holds after x (inputs, B)."""
        batch = self.program(x.shape[1])
        batch.x[...] = x
        batch.measure()
        return {name: array.copy() for name, array in batch.named.items()}

    def evaluate(self, x: Array, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy in nats and the accuracy in percent on x (inputs, n)."""
        self.sums[:] = 0
        for start in range(0, len(labels), EVALUATION_BATCH):
            part = slice(start, start + EVALUATION_BATCH)
            batch = self.program(len(labels[part]))
            batch.x[...] = x[:, part]
            batch.labels[...] = labels[part]
            batch.measure()
        loss, right = self.sums.tolist()
        return loss / len(labels), 100 * right / len(labels)
