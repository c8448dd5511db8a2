"""The types that modules hand to each other; nothing here computes."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
Params = dict[str, Array]  # "linear1.weight" -> (outputs, inputs), "linear1.bias" -> (outputs,)
Masks = dict[str, Array]  # the same names and shapes for what can be pruned; 1 stays, 0 is gone


class Split(NamedTuple):
    """A dataset as training wants it: x (n, inputs) float32, labels (n,), train and test."""

    x: Array
    y: Labels
    x_test: Array
    y_test: Labels


class Model(Protocol):
    """What training needs of a model."""

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh float32 parameters."""

    def logits(self, params: Params, x: Array) -> Array:
        """Return logits (B, classes) for x (B, inputs)."""

    def loss_and_grads(self, params: Params, x: Array, labels: Labels) -> tuple[float, Params]:
        """Return the mean cross-entropy in nats and its gradient for every parameter."""
