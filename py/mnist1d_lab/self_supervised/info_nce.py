"""The InfoNCE loss of pairs of views, and its gradient by hand. Knows no network.

With u the projections z divided by their lengths and a temperature t, the loss is the mean over
the views i of -log softmax(logits[:, i])[the other view of i]; logits[j, i] = u[j] . u[i] / t.
Against all other views of the batch that is SimCLR's loss (Chen et al. 2020, equation 1); on half
a batch only first views are i and only second ones j (van den Oord et al. 2018).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array

SHORTEST = 1e-12  # length that a projection is at least divided by, as in torch's `normalize`
NEVER = -1e9  # logit of what is not to be chosen: its exponential is 0


def normalize(z: Array) -> tuple[Array, Array]:
    """Return the columns of z (features, n) divided by their lengths, and the lengths (n,)."""
    # Row after row, so in one order on every machine; as is each such sum of this folder.
    lengths = np.maximum(np.sqrt(np.add.reduce(z * z, axis=0)), np.asarray(SHORTEST, z.dtype))
    return z / lengths, lengths


def normalize_backward(du: Array, u: Array, lengths: Array) -> Array:
    """Return dz (features, n) from du, and from what `normalize` returned."""
    return np.asarray((du - u * np.add.reduce(u * du, axis=0)) / lengths)


class InfoNCE:
    """The loss of batches of one size: everything that a step needs is made once."""

    def __init__(
        self,
        features: int,
        pairs: int,
        temperature: float,
        negatives: str = "all",
        dtype: type[Any] = np.float32,
    ) -> None:
        """Bind the products for projections (features, 2 * pairs); `negatives` as in the spec."""
        self.pairs = pairs
        self.scale: Array = np.asarray(1 / temperature, dtype)
        self.all = negatives == "all"
        size = 2 * pairs if self.all else pairs  # of views that look, and of those looked at

        def two(*shape: int) -> list[Array]:
            """Return a buffer and one for its gradient."""
            return [np.zeros(shape, dtype), np.zeros(shape, dtype)]

        self.looking, dlooking = two(features, size)
        self.others, dothers = two(size, features)
        self.logits, dlogits = two(size, size)
        none, dnone = two(size)  # a linear layer has biases
        self.sums = np.zeros(2)
        labels = ((np.arange(size) + pairs) % size).astype(np.int32)
        self.gradients = dlooking, dothers
        loss = kernels.bind("softmax_cross_entropy", self.logits, labels, dlogits, self.sums)
        compare = self.looking, self.others, none, self.logits, False
        self._compare = kernels.program([kernels.bind("linear_forward", *compare)])
        self._learn = kernels.program(
            [
                loss,
                kernels.bind("linear_backward_input", dlogits, self.others, dlooking, False),
                kernels.bind("linear_backward", dlogits, self.looking, dothers, dnone),
            ]
        )

    def __call__(self, z: Array) -> tuple[float, Array]:
        """Return the loss in nats and its gradient dz, shaped as z (features, 2 * pairs)."""
        u, lengths = normalize(z)
        size = len(self.others)
        self.looking[...] = u[:, :size] * self.scale
        self.others[...] = u[:, -size:].T
        self._compare()
        if self.all:  # no view is compared with itself
            self.logits.reshape(-1)[:: size + 1] = NEVER
        self.sums[:] = 0
        self._learn()
        dlooking, dothers = self.gradients
        du = np.zeros_like(u)
        du[:, :size] = dlooking * self.scale
        du[:, -size:] += dothers.T
        return float(self.sums[0]) / size, normalize_backward(du, u, lengths)
