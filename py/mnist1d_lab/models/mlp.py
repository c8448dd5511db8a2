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

    Each L is W y + b, with weights (hidden, inputs), (hidden, hidden) and (outputs, hidden).
    """

    inputs: int = 40
    hidden: int = 100
    outputs: int = 10

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias."""
        return {
            **linear_init(rng, "linear1", self.inputs, self.hidden),
            **linear_init(rng, "linear2", self.hidden, self.hidden),
            **linear_init(rng, "linear3", self.hidden, self.outputs),
        }

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""
        names = "linear1", "linear2", "linear3"
        return Network([make_linear(name, params, masks or {}) for name in names], self._wire)

    def _wire(
        self, layers: Sequence[Layer], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        linear1, linear2, linear3 = layers
        h1, h2 = new(self.hidden, "layer 1"), new(self.hidden, "layer 2")
        h, dh, da2 = (new(self.hidden) for _ in range(3))
        forward = [
            linear1.forward(x, h1, relu=True),  # h1 = relu(L1 x)
            linear2.forward(h1, h2, relu=True),  # h2 = relu(L2 h1)
            kernels.bind("add", h1, h2, h),  # h = h1 + h2
            linear3.forward(h, logits, relu=False),  # logits = L3 h
        ]
        backward = [
            linear3.backward(dlogits, h),
            linear3.backward_input(dlogits, dh, accumulate=False),  # dh, which is also dh2
            kernels.bind("relu_backward", dh, h2, da2),  # da2, before the relu of h2
            linear2.backward(da2, h1),
            linear2.backward_input(da2, dh, accumulate=True),  # dh + W2ᵀ da2: now it is dh1
            kernels.bind("relu_backward", dh, h1, dh),  # now it is da1, before the relu of h1
            linear1.backward(dh, x),
        ]
        return forward, backward
