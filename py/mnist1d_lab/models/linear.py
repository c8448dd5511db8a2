"""A linear layer in the form it is trained in: dense, or sparse if few weights survive.

Both keep their parameters and gradients in one part of the network's flat vectors, weights before
biases, and return bound calls. They know no other layer and no training.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Masks, Params


def make_linear(name: str, params: Params, masks: Masks) -> Dense | Sparse:
    """Return y = W x + b in the form that trains faster.

    `params` has `name`.weight (outputs, inputs) and `name`.bias (outputs,).
    """
    mask = masks.get(f"{name}.weight")
    kind = Sparse if mask is not None and mask.mean() < kernels.sparse_below() else Dense
    return kind(name, params, masks)


class Dense:
    """All weights (outputs, inputs); a mask only keeps pruned ones at 0."""

    def __init__(self, name: str, params: Params, masks: Masks) -> None:
        """Take the shapes from `params`; nothing is copied before `attach`."""
        self.name, self.params = name, params
        self.shape = params[f"{name}.weight"].shape
        self.outputs, self.inputs = self.shape
        self.weights = self._weights(masks)
        self.size = self.weights + self.outputs
        self.mask = self._mask(masks)

    def _weights(self, masks: Masks) -> int:
        return int(self.params[self._keys()[0]].size)

    def _mask(self, masks: Masks) -> Array:
        """Return 1 for what may change and 0 for what must not, (size,)."""
        both = [masks.get(key, np.ones_like(self.params[key])) for key in self._keys()]
        return np.concatenate([part.ravel() for part in both])

    def _keys(self) -> tuple[str, str]:
        return f"{self.name}.weight", f"{self.name}.bias"

    def attach(self, values: Array, grads: Array) -> None:
        """Move the parameters and gradients into these two vectors (size,), the optimiser's."""
        self.weight, self.bias = self.split(values)
        self.dweight, self.dbias = self.split(grads)
        weight, bias = self._keys()
        self.weight[...] = self.pack(self.params[weight])
        self.bias[...] = self.params[bias]

    def split(self, flat: Array) -> tuple[Array, Array]:
        """Return the weight and the bias in a vector (size,), as views."""
        return flat[: self.weights].reshape(self.shape), flat[self.weights :]

    def pack(self, weight: Array) -> Array:
        """Return the part of a weight (outputs, inputs) that is trained: here all of it."""
        return weight

    def unpack(self, flat: Array) -> Params:
        """Return the weight (outputs, inputs) and the bias in a vector (size,), by name."""
        return dict(zip(self._keys(), self.split(flat), strict=True))

    def forward(self, x: Array, out: Array, relu: bool) -> Any:
        """Bind: set out (outputs, B) from x (inputs, B)."""
        return kernels.bind("linear_forward", x, self.weight, self.bias, out, relu)

    def backward(self, dy: Array, x: Array) -> Any:
        """Bind: set the gradients from dy (outputs, B) and x (inputs, B)."""
        return kernels.bind("linear_backward", dy, x, self.dweight, self.dbias)

    def backward_input(self, dy: Array, out: Array, accumulate: bool) -> Any:
        """Bind: set out (inputs, B) to the input's gradient, or add it."""
        return kernels.bind("linear_backward_input", dy, self.weight, out, accumulate)


class Sparse(Dense):
    """The surviving weights only, row by row; and all biases.

    Two indices of the survivors, by output and by input, are what the sparse kernels read.
    """

    def _weights(self, masks: Masks) -> int:
        alive = masks[f"{self.name}.weight"] > 0
        rows, columns = (index.astype(np.int32) for index in np.nonzero(alive))
        self.alive = alive
        self.start, self.column = _starts(rows, self.outputs), columns
        # The same weights, column by column: where each is in row order, and its row.
        self.position = np.argsort(columns, kind="stable").astype(np.int32)
        self.row_start, self.row = _starts(columns, self.inputs), rows[self.position]
        return len(rows)

    def _mask(self, masks: Masks) -> Array:
        bias = self._keys()[1]
        mask = np.ones(self.size, self.params[bias].dtype)
        mask[self.weights :] = masks.get(bias, 1)
        return mask

    def split(self, flat: Array) -> tuple[Array, Array]:
        """Return the surviving weights and the bias in a vector (size,), as views."""
        return flat[: self.weights], flat[self.weights :]

    def pack(self, weight: Array) -> Array:
        """Return the surviving weights of a weight (outputs, inputs)."""
        survivors: Array = weight[self.alive]
        return survivors

    def unpack(self, flat: Array) -> Params:
        """Return the weight (outputs, inputs), 0 where it is gone, and the bias, by name."""
        survivors, bias = self.split(flat)
        weight = np.zeros(self.shape, flat.dtype)
        weight[self.alive] = survivors
        return dict(zip(self._keys(), (weight, bias), strict=True))

    def forward(self, x: Array, out: Array, relu: bool) -> Any:
        """Bind: set out (outputs, B) from x (inputs, B)."""
        index = self.start, self.column
        return kernels.bind("sparse_forward", x, self.weight, *index, self.bias, out, relu)

    def backward(self, dy: Array, x: Array) -> Any:
        """Bind: set the gradients from dy (outputs, B) and x (inputs, B)."""
        index = self.start, self.column
        return kernels.bind("sparse_backward", dy, x, *index, self.dweight, self.dbias)

    def backward_input(self, dy: Array, out: Array, accumulate: bool) -> Any:
        """Bind: set out (inputs, B) to the input's gradient, or add it."""
        index = self.row_start, self.row, self.position
        return kernels.bind("sparse_backward_input", dy, self.weight, *index, out, accumulate)


def _starts(groups: np.ndarray[Any, Any], count: int) -> np.ndarray[Any, Any]:
    """Return where each of `count` groups of sorted members starts, and the end: (count + 1,)."""
    sizes = np.bincount(groups, minlength=count)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
