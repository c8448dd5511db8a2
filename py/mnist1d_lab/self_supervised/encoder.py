"""Encoder and projector: their layers, initial parameters and wiring. No loss, no training here.

The encoder is the published CNN up to its last convolution; its output, flattened, is H. The
projector's linear layers follow, all but the last with relu; its output is Z.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.models.cnn_gru import CNN, KERNELS, PADDING, STRIDE, convolution_init, lengths
from mnist1d_lab.models.convolution import Convolution
from mnist1d_lab.models.linear import Dense
from mnist1d_lab.models.mlp import linear_init
from mnist1d_lab.types import Array, Calls, Params

PROJECTED = 16  # features of Z, if there is a projector
FEATURES_BATCH = 200  # signals per call of `features`: as many as the views of the usual batch


@dataclass(frozen=True)
class Encoder:
    """Three convolutions, then `projector` linear layers: H = r(C3 r(C2 r(C1 x))), Z = P2 r(P1 H).

    r is relu; of a projector of n layers the first n - 1 have as many outputs as H has features.
    """

    inputs: int = 40
    projector: int = 2
    filters: int = CNN().channels  # of each convolution

    @property
    def sizes(self) -> list[int]:
        """Return how many features each layer gives out: convolutions, then the projector's."""
        spans = lengths(self.inputs)[1:]
        hidden = [self.filters * spans[-1]] * (self.projector - 1)
        return [self.filters * span for span in spans] + hidden + [PROJECTED] * bool(self.projector)

    @property
    def names(self) -> list[str]:
        """Return the names of the layers, which those of their parameters begin with."""
        projector = [f"projector{number + 1}" for number in range(self.projector)]
        return [f"conv{number + 1}" for number in range(len(KERNELS))] + projector

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh parameters, layer by layer, weight before bias; PyTorch's distributions."""
        params: Params = {}
        for index, kernel in enumerate(KERNELS):
            channels = self.filters if index else 1
            params |= convolution_init(rng, f"conv{index + 1}", channels, self.filters, kernel)
        sizes = self.sizes[len(KERNELS) - 1 :]
        for name, inputs, outputs in zip(
            self.names[len(KERNELS) :], sizes[:-1], sizes[1:], strict=True
        ):
            params |= linear_init(rng, name, inputs, outputs)
        return params

    def network(self, params: Params) -> EncoderNetwork:
        """Return a copy of `params` in the form that is trained."""
        spans = lengths(self.inputs)
        layers: list[Any] = [
            Convolution(f"conv{index + 1}", params, spans[index], STRIDE, PADDING)
            for index in range(len(KERNELS))
        ]
        layers += [Dense(name, params, {}) for name in self.names[len(KERNELS) :]]
        return EncoderNetwork(layers)


class Program(NamedTuple):
    """The buffers of one number of signals n, and the calls that compute on them."""

    x: Array  # (inputs, n)
    outs: list[Array]  # of each layer (features, n); the last is Z
    dz: Array  # shaped as Z
    forward: Callable[[], object]  # sets outs from x
    backward: Callable[[], object]  # sets the gradients from dz


class EncoderNetwork:
    """Parameters in training: `values` and `grads` are one flat vector each, for the optimiser."""

    def __init__(self, layers: list[Any]) -> None:
        """Copy the parameters of these layers."""
        self.layers = layers
        size = sum(layer.size for layer in layers)
        dtype = layers[0].mask.dtype
        self.values, self.grads = np.empty(size, dtype), np.zeros(size, dtype)
        for layer, values, grads in zip(
            layers, self._parts(self.values), self._parts(self.grads), strict=True
        ):
            layer.attach(values, grads)
        self._programs: dict[int, Program] = {}

    def _parts(self, flat: Array) -> list[Array]:
        return np.split(flat, np.cumsum([layer.size for layer in self.layers])[:-1])

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name, shaped as in PyTorch."""
        parts = zip(self.layers, self._parts(flat), strict=True)
        return {name: array for layer, part in parts for name, array in layer.unpack(part).items()}

    def program(self, count: int) -> Program:
        """Return what computes this many signals; the last two numbers of them are kept."""
        if count not in self._programs:
            if len(self._programs) == 2:
                self._programs.clear()
            self._programs[count] = self._bind(count)
        return self._programs[count]

    def _bind(self, count: int) -> Program:
        def new(features: int) -> Array:
            return np.zeros((features, count), self.values.dtype)

        x = new(self.layers[0].inputs)
        outs = [new(layer.outputs) for layer in self.layers]
        douts = [new(layer.outputs) for layer in self.layers]
        forward: Calls = []
        backward: Calls = []
        h, dh = x, x  # h: the input of the next layer
        for number, (layer, out, dout) in enumerate(zip(self.layers, outs, douts, strict=True), 1):
            is_convolution = isinstance(layer, Convolution)
            relu = is_convolution or number < len(self.layers)
            steps: Calls = [kernels.bind("relu_backward", dout, out, dout)] if relu else []
            if is_convolution:
                patches = layer.patches(new)
                forward += layer.forward(h, patches, out, relu)
                steps += layer.backward(dout, patches)
                if h is not x:  # the gradient of x itself is not needed
                    steps += layer.backward_input(dout, layer.patches(new), dh)
            else:
                forward.append(layer.forward(h, out, relu))
                steps += [layer.backward(dout, h), layer.backward_input(dout, dh, False)]
            backward = [*steps, *backward]
            h, dh = out, dout
        programs = kernels.program(forward), kernels.program(backward)
        return Program(x, outs, douts[-1], *programs)

    def features(self, x: Array, layer: int) -> Array:
        """Return what a layer, counted from 1, makes of signals x (inputs, n): (features, n).

        Layer 0 is the signals themselves.
        """
        if layer == 0:
            return x
        found = np.empty((self.layers[layer - 1].outputs, x.shape[1]), self.values.dtype)
        for start in range(0, x.shape[1], FEATURES_BATCH):
            part = slice(start, start + FEATURES_BATCH)
            batch = self.program(found[:, part].shape[1])
            batch.x[...] = x[:, part]
            batch.forward()
            found[:, part] = batch.outs[layer - 1]
        return found
