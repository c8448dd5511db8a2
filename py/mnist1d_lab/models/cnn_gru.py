"""The models that know of neighbours: CNN and GRU, their initial parameters and wiring.

Architectures, names and shapes of the reference's PyTorch models (notebooks/models.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.models.convolution import Convolution, places
from mnist1d_lab.models.gru_layer import NAMES, BidirectionalGRU
from mnist1d_lab.models.linear import Dense
from mnist1d_lab.models.mlp import linear_init
from mnist1d_lab.models.network import Network
from mnist1d_lab.types import Array, Calls, Masks, New, Params

KERNELS = (5, 3, 3)  # of the three convolutions, all of stride 2 and padding 1
STRIDE, PADDING = 2, 1


def lengths(inputs: int) -> list[int]:
    """Return the length of a signal before each convolution and after the last; 0: none is left."""
    found = [inputs]
    for kernel in KERNELS:
        found.append(max(0, places(found[-1], kernel, STRIDE, PADDING)) if found[-1] else 0)
    return found


def convolution_init(
    rng: np.random.Generator, name: str, channels: int, filters: int, kernel: int
) -> Params:
    """Return a float32 weight (filters, channels, kernel) and bias (filters), as torch.nn.Conv1d.

    Uniform in ±1/sqrt(channels * kernel).
    """
    bound = 1 / np.sqrt(channels * kernel)
    shape = filters, channels, kernel
    return {
        f"{name}.weight": rng.uniform(-bound, bound, shape).astype(np.float32),
        f"{name}.bias": rng.uniform(-bound, bound, filters).astype(np.float32),
    }


@dataclass(frozen=True)
class CNN:
    """Three convolutions with relu, then one linear layer on all that is left."""

    inputs: int = 40
    channels: int = 25
    outputs: int = 10

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias."""
        params: Params = {}
        for index, kernel in enumerate(KERNELS):
            before = self.channels if index else 1
            name = f"conv{index + 1}"
            params |= convolution_init(rng, name, before, self.channels, kernel)
        return params | linear_init(
            rng, "linear", self.channels * lengths(self.inputs)[-1], self.outputs
        )

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured; masks: none."""
        spans = lengths(self.inputs)
        layers: list[Any] = [
            Convolution(f"conv{index + 1}", params, spans[index], STRIDE, PADDING)
            for index in range(len(KERNELS))
        ]
        return Network([*layers, Dense("linear", params, {})], self._wire)

    def _wire(
        self, layers: Sequence[Any], new: New, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        *convolutions, linear = layers
        forward: Calls = []
        backward: Calls = []
        below, dbelow = x, x  # of the first layer no gradient is wanted
        for convolution in convolutions:
            out = new(convolution.outputs, f"layer {len(forward) // 2 + 1}")
            patches, dout = convolution.patches(new), new(convolution.outputs)
            forward += convolution.forward(below, patches, out, relu=True)
            steps = [
                kernels.bind("relu_backward", dout, out, dout),
                *convolution.backward(dout, patches),
            ]
            if below is not x:
                steps += convolution.backward_input(dout, convolution.patches(new), dbelow)
            backward[:0] = steps
            below, dbelow = out, dout
        forward.append(linear.forward(below, logits, relu=False))
        backward[:0] = [
            linear.backward(dlogits, below),
            linear.backward_input(dlogits, dbelow, accumulate=False),
        ]
        return forward, backward


@dataclass(frozen=True)
class GRU:
    """A GRU that reads the numbers one by one, both ways; one linear layer on all its states."""

    inputs: int = 40
    units: int = 6
    outputs: int = 10

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters; those of the GRU are uniform in ±1/sqrt(units), as PyTorch's."""
        bound, gates = 1 / np.sqrt(self.units), 3 * self.units
        shapes = ((gates, 1), (gates, self.units), (gates,), (gates,))
        params: Params = {
            f"gru.{name}": rng.uniform(-bound, bound, shapes[index % 4]).astype(np.float32)
            for index, name in enumerate(NAMES)
        }
        return params | linear_init(rng, "linear", self.inputs * 2 * self.units, self.outputs)

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured; masks: none."""
        gru = BidirectionalGRU("gru", params, self.inputs)
        layers: list[Any] = [gru, Dense("linear", params, {})]
        return Network(layers, self._wire)

    def _wire(
        self, layers: Sequence[Any], new: New, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        gru, linear = layers
        states, dstates = new(gru.outputs, "states"), new(gru.outputs)
        gates = gru.gates(new)
        forward = [gru.forward(x, states, gates), linear.forward(states, logits, relu=False)]
        backward = [
            linear.backward(dlogits, states),
            linear.backward_input(dlogits, dstates, accumulate=False),
            gru.backward(dstates, x, states, gates),
        ]
        return forward, backward
