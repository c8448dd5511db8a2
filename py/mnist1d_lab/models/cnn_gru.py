"""CNN and GRU, which use the order of the inputs: initial parameters and wiring. No training here.

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
from mnist1d_lab.types import Array, Calls, Masks, NewBuffer, Params

KERNELS = (5, 3, 3)  # of the three convolutions, all of stride 2 and padding 1
STRIDE, PADDING = 2, 1


def lengths(inputs: int) -> list[int]:
    """Return a signal's length before each convolution and after the last; 0: nothing is left."""
    all_lengths = [inputs]
    for kernel in KERNELS:
        length = all_lengths[-1]
        all_lengths.append(max(0, places(length, kernel, STRIDE, PADDING)) if length else 0)
    return all_lengths


def convolution_init(
    rng: np.random.Generator, name: str, channels: int, filters: int, kernel: int
) -> Params:
    """Return a float32 weight (filters, channels, kernel) and bias (filters,), as torch.nn.Conv1d.

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
    """Three convolutions, then a linear layer on all that is left: logits = L r(C3 r(C2 r(C1 x))).

    r is relu; each C is W * y + b of stride 2, with `channels` filters.
    """

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
        """Return a copy of `params` in the form that is trained; no masks are taken."""
        spans = lengths(self.inputs)
        layers: list[Any] = [
            Convolution(f"conv{index + 1}", params, spans[index], STRIDE, PADDING)
            for index in range(len(KERNELS))
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
            out = new(convolution.outputs, f"layer {number}")
            patches, dout = convolution.patches(new), new(convolution.outputs)
            forward += convolution.forward(h, patches, out, relu=True)  # out = relu(C h)
            steps = [
                kernels.bind("relu_backward", dout, out, dout),
                *convolution.backward(dout, patches),
            ]
            if h is not x:  # the gradient of x itself is not needed
                steps += convolution.backward_input(dout, convolution.patches(new), dh)
            backward = [*steps, *backward]
            h, dh = out, dout
        forward.append(linear.forward(h, logits, relu=False))  # logits = L h
        steps = [
            linear.backward(dlogits, h),
            linear.backward_input(dlogits, dh, accumulate=False),
        ]
        return forward, [*steps, *backward]


@dataclass(frozen=True)
class GRU:
    """A GRU that reads x one number a step, in both directions; a linear layer on all its states.

    For each direction, with states h (units,), h = 0 at first, and * element by element:
    r = sigmoid(W_ir x[t] + b_ir + W_hr h + b_hr); z = sigmoid(W_iz x[t] + b_iz + W_hz h + b_hz);
    n = tanh(W_in x[t] + b_in + r * (W_hn h + b_hn)); h = (1 - z) * n + z * h. Then logits = L h
    of the states of all steps, (inputs * 2 * units,).
    """

    inputs: int = 40
    units: int = 6
    outputs: int = 10

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters; the GRU's are uniform in ±1/sqrt(units), as in PyTorch."""
        bound, gates = 1 / np.sqrt(self.units), 3 * self.units
        shapes = ((gates, 1), (gates, self.units), (gates,), (gates,))
        params: Params = {
            f"gru.{name}": rng.uniform(-bound, bound, shapes[index % 4]).astype(np.float32)
            for index, name in enumerate(NAMES)
        }
        return params | linear_init(rng, "linear", self.inputs * 2 * self.units, self.outputs)

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained; no masks are taken."""
        gru = BidirectionalGRU("gru", params, self.inputs)
        layers: list[Any] = [gru, Dense("linear", params, {})]
        return Network(layers, self._wire)

    def _wire(
        self, layers: Sequence[Any], new: NewBuffer, x: Array, logits: Array, dlogits: Array
    ) -> tuple[Calls, Calls]:
        """Return the calls from x (inputs, B) to logits, and from dlogits to the gradients."""
        gru, linear = layers
        states, dstates = new(gru.outputs, "states"), new(gru.outputs)
        gates = gru.gates(new)
        forward = [
            gru.forward(x, states, gates),  # the states h of all steps, by the formula above
            linear.forward(states, logits, relu=False),  # logits = L h
        ]
        backward = [
            linear.backward(dlogits, states),
            linear.backward_input(dlogits, dstates, accumulate=False),
            gru.backward(dstates, x, states, gates),
        ]
        return forward, backward
