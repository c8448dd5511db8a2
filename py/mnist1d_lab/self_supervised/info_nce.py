"""The InfoNCE loss of pairs of views, and its gradient by hand. Knows no network.

With u the projections z divided by their lengths and a temperature t: logits[j, i] = u2[j] . u1[i]
/ t, and the loss is the mean over i of -log softmax(logits[:, i])[i]. That is InfoNCE (van den Oord
et al. 2018) on half a batch: a first view is compared with all second views, not with first ones.
"""

from __future__ import annotations

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array

SHORTEST = 1e-12  # length that a projection is at least divided by, as in torch's `normalize`


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

    def __init__(self, features: int, pairs: int, temperature: float, dtype: type = np.float32):
        """Bind the products for projections (features, 2 * pairs)."""
        self.pairs, self.scale = pairs, np.asarray(1 / temperature, dtype)
        self.first, dfirst = np.zeros((2, features, pairs), dtype)
        self.second, dsecond = np.zeros((2, pairs, features), dtype)
        logits, dlogits = np.zeros((2, pairs, pairs), dtype)
        none, dnone = np.zeros((2, pairs), dtype)  # a linear layer has biases
        self.sums, labels = np.zeros(2), np.arange(pairs, dtype=np.int32)
        self.gradients = dfirst, dsecond
        self._run = kernels.program(
            [
                kernels.bind("linear_forward", self.first, self.second, none, logits, False),
                kernels.bind("softmax_cross_entropy", logits, labels, dlogits, self.sums),
                kernels.bind("linear_backward_input", dlogits, self.second, dfirst, False),
                kernels.bind("linear_backward", dlogits, self.first, dsecond, dnone),
            ]
        )

    def __call__(self, z: Array) -> tuple[float, Array]:
        """Return the loss in nats and its gradient dz, shaped as z (features, 2 * pairs)."""
        u, lengths = normalize(z)
        self.first[...] = u[:, : self.pairs] * self.scale
        self.second[...] = u[:, self.pairs :].T
        self.sums[:] = 0
        self._run()
        dfirst, dsecond = self.gradients
        du = np.concatenate([dfirst * self.scale, dsecond.T], axis=1)
        return float(self.sums[0]) / self.pairs, normalize_backward(du, u, lengths)
