"""CNNs that differ in how they halve a signal: by pooling, by a stride, or not. No training here.

Architecture, names and shapes of the reference's ConvPooling (notebooks/benchmark_pooling.ipynb).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.models.cnn_gru import convolution_init
from mnist1d_lab.models.convolution import Convolution, places
from mnist1d_lab.models.linear import Dense
from mnist1d_lab.models.mlp import linear_init
from mnist1d_lab.models.network import Network
from mnist1d_lab.types import Array, Calls, Masks, NewBuffer, Params

KERNEL, PADDING = 3, 1  # of both convolutions
POOLED = ("max", "average", "l2")


@dataclass(frozen=True)
class PoolingCNN:
    """Two convolutions, each followed by a pooling: logits = L p(r(C2 p(r(C1 x)))).

    r is relu; each C is W * y + b with `channels` filters of 3; p takes one number of each two
    neighbours, by `pooling`: their "max", "average" or "l2" norm. "none" leaves p out, and so does
    "stride", whose convolutions take every second place.
    """

    pooling: str
    inputs: int = 40
    channels: int = 20
    outputs: int = 10

    @property
    def stride(self) -> int:
        """Stride of both convolutions."""
        return 2 if self.pooling == "stride" else 1

    def lengths(self) -> list[int]:
        """Return a signal's length before each convolution and after the last one's pooling."""
        lengths = [self.inputs]
        for _ in range(2):
            length = places(lengths[-1], KERNEL, self.stride, PADDING)
            lengths.append(length // 2 if self.pooling in POOLED else length)
        return lengths

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias."""
        params = convolution_init(rng, "conv1", 1, self.channels, KERNEL)
        params |= convolution_init(rng, "conv2", self.channels, self.channels, KERNEL)
        features = self.channels * self.lengths()[-1]
        return params | linear_init(rng, "linear", features, self.outputs)

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained; no masks are taken."""
        layers: list[Any] = [
            Convolution(f"conv{number}", params, length, self.stride, PADDING)
            for number, length in enumerate(self.lengths()[:2], 1)
        ]
        return Network([*layers, Dense("linear", params, {})], self._wire)

    def _wire(
        self, layers: Sequence[Any], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        *convolutions, linear = layers
        forward: Calls = []
        backward: Calls = []
        h, dh = x, x  # h: the input of the next layer
        for number, convolution in enumerate(convolutions, 1):
            out, dout = new(convolution.outputs, f"layer {number}"), new(convolution.outputs)
            patches = convolution.patches(new)
            forward += convolution.forward(h, patches, out, relu=True)  # out = relu(C h)
            steps = [
                kernels.bind("relu_backward", dout, out, dout),
                *convolution.backward(dout, patches),
            ]
            if h is not x:  # the gradient of x itself is not needed
                steps += convolution.backward_input(dout, convolution.patches(new), dh)
            if self.pooling in POOLED:
                there, back, out, dout = self._pool(convolution, number, new, out, dout)
                forward, steps = [*forward, there], [back, *steps]
            backward = [*steps, *backward]
            h, dh = out, dout
        forward.append(linear.forward(h, logits, relu=False))  # logits = L h
        last = [
            linear.backward(dlogits, h),
            linear.backward_input(dlogits, dh, accumulate=False),
        ]
        return forward, [*last, *backward]

    def _pool(
        self, convolution: Convolution, number: int, new: NewBuffer, x: Array, dx: Array
    ) -> tuple[Any, Any, Array, Array]:
        """Return the call that pools x (C * L, B), the one back, the pooled y, and its gradient."""
        length = convolution.places
        features = convolution.filters * (length // 2)
        y, dy = new(features, f"pooled {number}"), new(features)
        there = kernels.bind("pool", x, y, length, self.pooling)
        return there, kernels.bind("pool_backward", dy, x, y, dx, length, self.pooling), y, dy
