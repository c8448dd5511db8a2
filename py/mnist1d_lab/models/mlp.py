"""Models of linear layers: their formulas, initial parameters and wiring. No training here.

CNN and GRU are in cnn_gru.py. Parameters are named and shaped as in the reference's PyTorch models
(weight is (outputs, inputs)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.models.linear import make_linear
from mnist1d_lab.models.network import Network
from mnist1d_lab.types import Array, Calls, Layer, Masks, NewBuffer, Params


def linear_init(rng: np.random.Generator, name: str, inputs: int, outputs: int) -> Params:
    """Return one layer's float32 weight (outputs, inputs) and bias (outputs,).

    Uniform in ±1/sqrt(inputs), the distribution of `torch.nn.Linear.reset_parameters`.
    """
    bound = 1 / np.sqrt(inputs)
    return {
        f"{name}.weight": rng.uniform(-bound, bound, (outputs, inputs)).astype(np.float32),
        f"{name}.bias": rng.uniform(-bound, bound, outputs).astype(np.float32),
    }


@dataclass(frozen=True)
class Logistic:
    """The reference's linear classifier: logits = W x + b."""

    inputs: int = 40
    outputs: int = 10

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, weight before bias."""
        return linear_init(rng, "linear", self.inputs, self.outputs)

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""
        return Network([make_linear("linear", params, masks or {})], self._wire)

    def _wire(
        self, layers: Sequence[Layer], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        (linear,) = layers
        forward = [linear.forward(x, logits, relu=False)]  # logits = W x + b
        backward = [linear.backward(dlogits, x)]  # dW = dlogits xᵀ, db = sum over B of dlogits
        return forward, backward


@dataclass(frozen=True)
class MLP:
    """The reference's residual MLP: h1 = relu(L1 x); h = h1 + relu(L2 h1); logits = L3 h.

    Each L is W y + b, with weights (hidden, inputs), (hidden, hidden) and (outputs, hidden). With
    another `depth` than 2 each hidden layer after the first is like L2: h = h + relu(Lk h).
    """

    inputs: int = 40
    hidden: int = 100
    outputs: int = 10
    depth: int = 2  # hidden layers

    def _names(self) -> list[str]:
        return [f"linear{number}" for number in range(1, self.depth + 2)]

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias."""
        params: Params = {}
        sizes = [self.inputs, *[self.hidden] * self.depth, self.outputs]
        for name, inputs, outputs in zip(self._names(), sizes[:-1], sizes[1:], strict=True):
            params |= linear_init(rng, name, inputs, outputs)
        return params

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""
        layers = [make_linear(name, params, masks or {}) for name in self._names()]
        return Network(layers, self._wire)

    def _wire(
        self, layers: Sequence[Layer], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        first, *middle, last = layers
        outs = [new(self.hidden, f"layer {number}") for number in range(1, self.depth + 1)]
        sums = [outs[0], *(new(self.hidden) for _ in middle)]  # h before each layer after the first
        dh, da = new(self.hidden), new(self.hidden)
        forward = [first.forward(x, outs[0], relu=True)]  # h1 = relu(L1 x)
        for layer, h, out, total in zip(middle, sums, outs[1:], sums[1:], strict=False):
            forward.append(layer.forward(h, out, relu=True))  # h2 = relu(L2 h1)
            forward.append(kernels.bind("add", h, out, total))  # h = h1 + h2
        forward.append(last.forward(sums[-1], logits, relu=False))  # logits = L3 h
        backward = [
            last.backward(dlogits, sums[-1]),
            last.backward_input(dlogits, dh, accumulate=False),  # dh, which is also dh2
        ]
        for layer, h, out in reversed(list(zip(middle, sums, outs[1:], strict=False))):
            backward += [
                kernels.bind("relu_backward", dh, out, da),  # da2, before the relu of h2
                layer.backward(da, h),
                layer.backward_input(da, dh, accumulate=True),  # dh + W2ᵀ da2: now it is dh1
            ]
        backward += [
            kernels.bind("relu_backward", dh, outs[0], dh),  # now it is da1, before the relu of h1
            first.backward(dh, x),
        ]
        return forward, backward
