"""A whole training as one function of its learning rate: its mean loss, and the exact slope of it.

Forward mode: beside the parameters θ it carries dθ/dη. A step θ ← θ - η g(θ) moves it by
dθ/dη ← dθ/dη - g - η H dθ/dη, with one product of the Hessian H and a vector, which is computed
beside the gradient itself (Pearlmutter 1994). Nothing is stored over the steps, where reverse mode
has to keep all of them. Knows no outer step.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.learning_rate.dual_layer import DualLayer
from mnist1d_lab.learning_rate.initial import CLASSES, HIDDEN, INPUTS, initial_weights
from mnist1d_lab.learning_rate.spec import UnrolledSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.types import Params, Split


class Measured(NamedTuple):
    """The mean loss in nats of a training, and its derivative by the learning rate."""

    loss: float
    hypergradient: float

    @property
    def is_finite(self) -> bool:
        """Return whether the training stayed within numbers, and its derivative too."""
        return math.isfinite(self.loss) and math.isfinite(self.hypergradient)


class Unrolled:
    """The training of a tanh network, bound once; `measure` runs it with any learning rate."""

    def __init__(
        self, spec: UnrolledSpec, data: Split, params: Params, dtype: Any = np.float32
    ) -> None:
        """Take the training part of `data`; activations and gradients are of `dtype`."""
        self.spec, self.params = spec, params
        self.x = np.concatenate([data.x, data.x], axis=1).astype(dtype)  # a batch may pass the end
        self.y = np.concatenate([data.y, data.y])
        self.rate, self.sums = np.zeros(1), np.zeros(2)
        self.first = DualLayer("linear1", params, False, dtype)
        self.second = DualLayer("linear2", params, True, dtype)
        self._bind(dtype)

    def _bind(self, dtype: Any) -> None:
        size = self.spec.batch_size

        def new(rows: int) -> Any:
            return np.zeros((rows, size), dtype)

        self.batch, self.labels = new(INPUTS), np.zeros(size, np.int32)
        z, h, dh, dz = (new(2 * HIDDEN) for _ in range(4))
        logits, dlogits = new(2 * CLASSES), new(2 * CLASSES)
        loss = logits, self.labels, dlogits, self.sums
        self.step = kernels.program(
            [
                self.first.forward(self.batch, z),  # z = W₁ x + b₁ and z'
                kernels.bind("dual_tanh", z, h),
                self.second.forward(h, logits),
                kernels.bind("dual_softmax_cross_entropy", *loss),
                self.second.backward(dlogits, h),  # dW₂ = dlogits hᵀ, and its derivative
                self.second.backward_input(dlogits, dh),
                kernels.bind("dual_tanh_backward", dh, h, dz),
                self.first.backward(dz, self.batch),
                *self.second.update(self.rate),
                *self.first.update(self.rate),
            ]
        )

    def measure(self, rate: float) -> Measured:
        """Train from the initial weights with this learning rate."""
        self.first.begin(self.params)
        self.second.begin(self.params)
        self.rate[0], self.sums[:] = rate, 0
        size, examples = self.spec.batch_size, len(self.y) // 2
        with np.errstate(all="ignore"):  # a training that diverges says so by its numbers
            for number in range(self.spec.steps):
                start = number * size % examples
                self.batch[...] = self.x[:, start : start + size]
                self.labels[...] = self.y[start : start + size]
                self.step()
        loss, slope = self.sums / (size * self.spec.steps)
        return Measured(float(loss), float(slope))


@lru_cache(maxsize=4)
def unrolled(spec: UnrolledSpec) -> Unrolled:
    """Return the training of a spec on the published data; not for two threads at once."""
    return Unrolled(spec, split_of(DatasetSpec()), initial_weights(spec))
