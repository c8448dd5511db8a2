"""Forward and backward of each layer, in NumPy, side by side; no parameters and no state here.

Shapes: B examples, I inputs, O outputs, C classes. `dy` is the loss's gradient for `y`, and so on.
Arrays are float32 in training; the functions keep whatever dtype they are given.
"""

from __future__ import annotations

import numpy as np

from mnist1d_lab.interfaces import Array, Labels


def linear_forward(x: Array, weight: Array, bias: Array) -> Array:
    """Return `x @ weight.T + bias`, (B, O), as `torch.nn.functional.linear`."""
    y: Array = x @ weight.T
    y += bias
    return y


def linear_backward(dy: Array, x: Array) -> tuple[Array, Array]:
    """Return dweight (O, I) and dbias (O,) from dy (B, O) and the layer's input x (B, I)."""
    return dy.T @ x, dy.sum(axis=0)


def linear_backward_input(dy: Array, weight: Array) -> Array:
    """Return dx (B, I) from dy (B, O) and weight (O, I)."""
    dx: Array = dy @ weight
    return dx


def relu_forward(x: Array) -> Array:
    """Return max(x, 0), any shape."""
    return np.maximum(x, 0)


def relu_backward(dy: Array, y: Array) -> Array:
    """Return dx from dy and relu's output y; the gradient at 0 is 0, as in PyTorch."""
    return dy * (y > 0)


def softmax_cross_entropy_forward(logits: Array, labels: Labels) -> tuple[float, Array]:
    """Return the mean loss in nats and the probabilities (B, C) from logits (B, C), labels (B,)."""
    shifted = logits - logits.max(axis=1, keepdims=True)  # so that exp cannot overflow
    exp = np.exp(shifted)
    total = exp.sum(axis=1, keepdims=True)
    picked = shifted[np.arange(len(labels)), labels] - np.log(total[:, 0])
    return float(-picked.mean()), exp / total


def softmax_cross_entropy_backward(probabilities: Array, labels: Labels) -> Array:
    """Return dlogits (B, C) of the mean loss from the forward's probabilities."""
    dlogits = probabilities.copy()
    dlogits[np.arange(len(labels)), labels] -= 1
    dlogits /= len(labels)
    return dlogits
