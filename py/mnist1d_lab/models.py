"""Models as pure functions of a dict of parameters, with manual backprop; no training here.

Parameters are named and shaped as in the reference's PyTorch models (weight is (outputs, inputs)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mnist1d_lab import ops
from mnist1d_lab.interfaces import Array, Labels, Params


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
class MLP:
    """The reference's residual MLP: h1 = relu(L1 x); h = h1 + relu(L2 h1); logits = L3 h."""

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

    def _forward(self, p: Params, x: Array) -> tuple[Array, Array, Array, Array]:
        """Return h1 (B, H), h2 (B, H), h (B, H) and logits (B, outputs)."""
        h1 = ops.relu_forward(ops.linear_forward(x, p["linear1.weight"], p["linear1.bias"]))
        h2 = ops.relu_forward(ops.linear_forward(h1, p["linear2.weight"], p["linear2.bias"]))
        h = h1 + h2
        return h1, h2, h, ops.linear_forward(h, p["linear3.weight"], p["linear3.bias"])

    def logits(self, params: Params, x: Array) -> Array:
        """Return logits (B, outputs) for x (B, inputs)."""
        return self._forward(params, x)[-1]

    def loss_and_grads(self, params: Params, x: Array, labels: Labels) -> tuple[float, Params]:
        """Return the mean cross-entropy in nats over x (B, inputs) and its gradients."""
        h1, h2, h, logits = self._forward(params, x)
        loss, probabilities = ops.softmax_cross_entropy_forward(logits, labels)

        dlogits = ops.softmax_cross_entropy_backward(probabilities, labels)
        dweight3, dbias3 = ops.linear_backward(dlogits, h)
        dh = ops.linear_backward_input(dlogits, params["linear3.weight"])
        da2 = ops.relu_backward(dh, h2)
        dweight2, dbias2 = ops.linear_backward(da2, h1)
        dh1 = dh + ops.linear_backward_input(da2, params["linear2.weight"])
        dweight1, dbias1 = ops.linear_backward(ops.relu_backward(dh1, h1), x)
        return loss, {
            "linear1.weight": dweight1,
            "linear1.bias": dbias1,
            "linear2.weight": dweight2,
            "linear2.bias": dbias2,
            "linear3.weight": dweight3,
            "linear3.bias": dbias3,
        }
