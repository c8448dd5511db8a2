"""A GRU that reads one number a step in both directions, as it is trained. No training here.

It keeps its parameters and gradients in one part of the network's flat vectors and returns bound
calls, as the layers of linear.py do. Its formula is beside its model, in cnn_gru.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, NewBuffer, Params

# Of each direction, in the order in which the kernels take them; the names of torch.nn.GRU.
PARTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
NAMES = (*PARTS, *(f"{part}_reverse" for part in PARTS))


class BidirectionalGRU:
    """H units in each direction: from x (T, B) to their states at every step, (T * 2H, B)."""

    def __init__(self, name: str, params: Params, time: int) -> None:
        """Take the shapes from `params`; nothing is copied before `attach`."""
        self.params = {f"{name}.{part}": params[f"{name}.{part}"] for part in NAMES}
        self.units = params[f"{name}.weight_hh_l0"].shape[1]
        self.size = sum(array.size for array in self.params.values())
        self.mask = np.ones(self.size, params[f"{name}.weight_hh_l0"].dtype)  # all trained
        self.time, self.inputs, self.outputs = time, time, time * 2 * self.units

    def attach(self, values: Array, grads: Array) -> None:
        """Move the parameters and gradients into these two vectors (size,), the optimiser's."""
        self.weights, self.dweights = values.reshape(2, -1), grads.reshape(2, -1)
        values[...] = np.concatenate([array.ravel() for array in self.params.values()])

    def unpack(self, flat: Array) -> Params:
        """Return the arrays in a vector (size,), by name."""
        sizes = [array.size for array in self.params.values()]
        parts = np.split(flat, np.cumsum(sizes)[:-1])
        return {
            key: part.reshape(array.shape)
            for (key, array), part in zip(self.params.items(), parts, strict=True)
        }

    def gates(self, new: NewBuffer) -> Array:
        """Make a buffer (2 * T * 4H, B) for what `backward` needs of `forward`."""
        return new(2 * self.time * 4 * self.units)

    def forward(self, x: Array, out: Array, gates: Array) -> Any:
        """Bind: set out (T * 2H, B) and gates from x (T, B)."""
        return kernels.bind("gru_forward", x, self.weights, out, gates)

    def backward(self, dout: Array, x: Array, out: Array, gates: Array) -> Any:
        """Bind: set the gradients from dout (T * 2H, B), and from what `forward` took and set."""
        return kernels.bind("gru_backward", dout, x, self.weights, out, gates, self.dweights)
