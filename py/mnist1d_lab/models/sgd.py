"""Stochastic gradient descent, with or without momentum, on one flat vector. Knows no model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array


class SGD:
    """The update of `torch.optim.SGD` (dampening 0, no Nesterov momentum)."""

    def __init__(
        self,
        values: Array,
        grads: Array,
        mask: Array | None,
        learning_rate: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        """Start with a velocity of 0; values, grads and mask are (n,), float32.

        Where `mask` is 0 the gradient counts as 0, so that a value that starts at 0 stays 0.
        `weight_decay` times the values is added to the gradients (L2).
        """
        self.velocity = np.zeros_like(values)
        state = values, grads, mask, self.velocity
        call = kernels.bind("sgd", *state, learning_rate, momentum, weight_decay)
        self._update = kernels.program([call])

    def vectors(self) -> tuple[Array, ...]:
        """Return what it remembers of each parameter: its velocity, (n,)."""
        return (self.velocity,)

    def scalars(self) -> tuple[float, ...]:
        """Return what else it remembers: nothing."""
        return ()

    def set_scalars(self, scalars: Sequence[float]) -> None:
        """Go on from what `scalars` returned."""

    def step(self) -> None:
        """Update the values once, by the gradients as they are now."""
        self._update()
