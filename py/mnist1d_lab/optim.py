"""Adam, in NumPy, updating parameters in place; it knows nothing of models or masks."""

from __future__ import annotations

import numpy as np

from mnist1d_lab.interfaces import Params


class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1) with the arithmetic of `torch.optim.Adam`'s defaults."""

    def __init__(self, learning_rate: float, beta1: float = 0.9, beta2: float = 0.999) -> None:
        """Start with no memory; `learning_rate` is alpha in the paper."""
        self.learning_rate, self.beta1, self.beta2, self.eps = learning_rate, beta1, beta2, 1e-8
        self.step_count = 0
        self.mean: Params = {}  # running mean of the gradient, one array a parameter
        self.square: Params = {}  # running mean of its square

    def step(self, params: Params, grads: Params) -> None:
        """Update every array of `params` in place with the array of the same name in `grads`."""
        self.step_count += 1
        rate = self.learning_rate / (1 - self.beta1**self.step_count)
        correction = float(np.sqrt(1 - self.beta2**self.step_count))
        for name, grad in grads.items():
            mean = self.mean.setdefault(name, np.zeros_like(grad))
            square = self.square.setdefault(name, np.zeros_like(grad))
            mean += (1 - self.beta1) * (grad - mean)
            square *= self.beta2
            square += (1 - self.beta2) * grad * grad
            denominator = np.sqrt(square)
            denominator /= correction
            denominator += self.eps
            np.divide(mean, denominator, out=denominator)
            denominator *= rate
            params[name] -= denominator
