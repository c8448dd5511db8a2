"""A linear layer whose parameters carry their derivatives with respect to the learning rate.

What it computes, and in which order values and derivatives lie, is in kernels/dual_ops.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Params


class DualLayer:
    """y = W x + b and its derivative; `wide` if x has derivatives too: then x is (2 I, B).

    `weights` (2, O, I) and `biases` (2, O, 1), float64, hold the parameters, then the derivatives.
    """

    def __init__(self, name: str, params: Params, wide: bool, dtype: Any) -> None:
        """Take the shapes from `params`; buffers are of `dtype`."""
        outputs, inputs = params[f"{name}.weight"].shape
        columns = 2 * inputs if wide else inputs
        self.name = name
        self.weights, self.biases = np.zeros((2, outputs, inputs)), np.zeros((2, outputs, 1))
        self.weight, self.dweight = (np.zeros((2 * outputs, columns), dtype) for _ in range(2))
        self.bias, self.dbias = (np.zeros(2 * outputs, dtype) for _ in range(2))

    def begin(self, params: Params) -> None:
        """Start from these parameters, which do not depend on the rate: derivatives of 0."""
        inputs, outputs = self.weights.shape[2], self.weights.shape[1]
        for state, name in ((self.weights, "weight"), (self.biases, "bias")):
            state[0] = params[f"{self.name}.{name}"].reshape(state[0].shape)
            state[1] = 0
        self.weight[:] = 0
        self.weight[:outputs, :inputs] = self.weights[0]
        if self.weight.shape[1] > inputs:
            self.weight[outputs:, inputs:] = self.weights[0]
        self.bias[:outputs], self.bias[outputs:] = self.biases[0, :, 0], 0

    def forward(self, x: Array, out: Array) -> Any:
        """Bind: set out (2 O, B) to y and y'."""
        return kernels.bind("linear_forward", x, self.weight, self.bias, out, False)

    def backward(self, dy: Array, x: Array) -> Any:
        """Bind: set the gradients' blocks from dy (2 O, B), the derivative first, and x."""
        return kernels.bind("linear_backward", dy, x, self.dweight, self.dbias)

    def backward_input(self, dy: Array, out: Array) -> Any:
        """Bind: set out (2 I, B), the derivative first; of a wide layer."""
        return kernels.bind("linear_backward_input", dy, self.weight, out, False)

    def update(self, rate: Array) -> list[Any]:
        """Bind one step of SGD with the rate in `rate` (1,), of parameters and derivatives."""
        rows = len(self.bias), 1
        return [
            kernels.bind("dual_sgd", self.dweight, rate, self.weights, self.weight),
            kernels.bind(
                "dual_sgd",
                *(self.dbias.reshape(rows), rate, self.biases, self.bias.reshape(rows)),
            ),
        ]
