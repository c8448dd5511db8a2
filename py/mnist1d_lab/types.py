"""The types that modules hand to each other; nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
Indices = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Params = dict[str, Array]  # "linear1.weight" -> (outputs, inputs), "linear1.bias" -> (outputs,)
Masks = dict[str, Array]  # the same names and shapes for what can be pruned; 1 stays, 0 is gone
Calls = list[Any]  # what kernels.bind returns, in order


class New(Protocol):
    """Makes a buffer (features, B) for B examples; one with a name can be looked at."""

    def __call__(self, features: int, name: str = "") -> Array:
        """Return it, with zeros."""


class Split(NamedTuple):
    """A dataset as training wants it: x (inputs, n) float32, labels (n) int32, train and test."""

    x: Array
    y: Labels
    x_test: Array
    y_test: Labels


class Layer(Protocol):
    """What a model needs of a layer: calls bound to buffers (features, B)."""

    def forward(self, x: Array, out: Array, relu: bool) -> Any:
        """Bind: set out (outputs, B) from x (inputs, B)."""

    def backward(self, dy: Array, x: Array) -> Any:
        """Bind: set the gradients from dy (outputs, B) and x (inputs, B)."""

    def backward_input(self, dy: Array, out: Array, accumulate: bool) -> Any:
        """Bind: set out (inputs, B) to the input's gradient, or add it."""


class Part(Protocol):
    """What a network needs of a layer: where its parameters are, of whatever kind it is."""

    inputs: int
    outputs: int
    size: int
    mask: Array  # (size), 0 for what may not move

    def attach(self, values: Array, grads: Array) -> None:
        """Move into these two vectors (size)."""

    def unpack(self, flat: Array) -> Params:
        """Return the arrays in a vector (size), by name."""


# Connects layers: (layers, new, x, logits, dlogits) -> calls forward and calls backward.
Wire = Callable[[Sequence[Any], New, Array, Array, Array], tuple[Calls, Calls]]


class Network(Protocol):
    """What training needs of parameters in training."""

    values: Array  # all that is trained, flat
    grads: Array  # the same shape
    mask: Array | None  # the same shape, 0 for what may not move; None if all may

    def learn(self, x: Array, labels: Labels) -> None:
        """Set `grads` for the mean loss of a batch: x (inputs, B), labels (B)."""

    def evaluate(self, x: Array, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy in nats and the accuracy in percent on x (inputs, n)."""

    def look(self, x: Array) -> dict[str, Array]:
        """Return what x (inputs, B) makes of each named buffer, (features, B)."""

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name."""

    def write(self, params: Params) -> None:
        """Copy the values into `params`."""


class Model(Protocol):
    """What training needs of a model."""

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh float32 parameters."""

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""
