"""Adam on one flat vector of parameters, in place. Knows no model.

`step` is the same update in NumPy: what a page's visitor starts from who writes another optimiser.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.kernels import adam
from mnist1d_lab.types import Array

EPSILON = 1e-8


def advance(state: Adam) -> None:
    """Go on to the next update: sets the two `rates` that `adam` multiplies with."""
    state.power1 *= state.beta1  # beta^t, by multiplication: libraries differ on pow
    state.power2 *= state.beta2
    state.rates[0] = state.learning_rate / (1 - state.power1)
    state.rates[1] = (1 - state.power2) ** -0.5


def step(param: Array, grad: Array, state: Adam) -> None:
    """Update all parameters, param (n,), in place by their gradient, grad (n,).

    `state` has learning_rate, beta1 and beta2 of the settings, and stays from update to update:
    what is kept in it is there the next time. What is pruned has the gradient 0, and stays 0.
    """
    advance(state)
    rates = state.rates
    adam(param, grad, None, state.mean, state.square, rates, state.beta1, state.beta2, EPSILON)


class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1) with the arithmetic of `torch.optim.Adam`'s defaults."""

    def __init__(
        self,
        values: Array,
        grads: Array,
        mask: Array | None,
        learning_rate: float,
        beta1: float = 0.9,
        beta2: float = 0.999,
        weight_decay: float = 0.0,
    ) -> None:
        """Start with running means of 0; values, grads and mask are (n,), float32.

        Where `mask` is 0 the gradient counts as 0, so that a value that starts at 0 stays 0.
        `weight_decay` times the values is added to the gradients before (L2, as in PyTorch).
        """
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.power1 = self.power2 = 1.0
        self.mean, self.square = np.zeros_like(values), np.zeros_like(values)
        self.rates = np.zeros(2, values.dtype)
        state = values, grads, mask, self.mean, self.square, self.rates
        calls = [kernels.bind("adam", *state, beta1, beta2, EPSILON)]
        if weight_decay:
            calls.insert(0, kernels.bind("decay", values, grads, weight_decay))
        self._update = kernels.program(calls)

    def vectors(self) -> tuple[Array, ...]:
        """Return what it remembers of each parameter: the two running means, (n,) each."""
        return self.mean, self.square

    def scalars(self) -> tuple[float, ...]:
        """Return what else it remembers: the powers of the two betas."""
        return self.power1, self.power2

    def set_scalars(self, scalars: Sequence[float]) -> None:
        """Go on from what `scalars` returned."""
        self.power1, self.power2 = scalars

    def step(self) -> None:
        """Update the values once, by the gradients as they are now."""
        advance(self)
        self._update()
