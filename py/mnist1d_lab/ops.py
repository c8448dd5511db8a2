"""What a network computes, in NumPy, forward beside backward: the reference. No state here.

Shapes: B examples, I inputs, O outputs, C classes, N surviving weights. Activations are
(features, B), weights (O, I). `dy` is the loss's gradient for `y`, and so on. Results go to arrays
that the caller owns. Training uses float32; any floating dtype works. `simd` has the same
functions compiled (py/native/kernels.c).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mnist1d_lab.interfaces import Array, Indices, Labels

TINY_MEAN, TINY_GRAD = 1e-30, 1e-16  # see `adam`


def linear_forward(x: Array, weight: Array, bias: Array, out: Array, relu: bool) -> None:
    """Set out (O, B) to weight (O, I) @ x (I, B) + bias (O), then to its relu if asked."""
    np.matmul(weight, x, out=out)
    np.add(out, bias[:, np.newaxis], out=out)
    if relu:
        np.maximum(out, 0, out=out)


def linear_backward(dy: Array, x: Array, dweight: Array, dbias: Array) -> None:
    """Set dweight (O, I) and dbias (O) from dy (O, B) and the layer's input x (I, B)."""
    np.matmul(dy, x.T, out=dweight)
    np.sum(dy, axis=1, out=dbias)


def linear_backward_input(dy: Array, weight: Array, out: Array, accumulate: bool) -> None:
    """Set out (I, B) to dx, or add dx to it, from dy (O, B) and weight (O, I)."""
    if accumulate:
        np.add(out, weight.T @ dy, out=out)
    else:
        np.matmul(weight.T, dy, out=out)


def sparse_forward(
    x: Array, values: Array, start: Indices, column: Indices, bias: Array, out: Array, relu: bool
) -> None:
    """As linear_forward, for a weight of which only `values` (N) survive.

    Output o has values[start[o]:start[o + 1]], and `column` (N) says of which input each is.
    """
    for o, (begin, end) in enumerate(pairwise(start)):
        out[o] = values[begin:end] @ x[column[begin:end]] + bias[o]
    if relu:
        np.maximum(out, 0, out=out)


def sparse_backward(
    dy: Array, x: Array, start: Indices, column: Indices, dvalues: Array, dbias: Array
) -> None:
    """As linear_backward, for the surviving weights only: dvalues (N)."""
    for o, (begin, end) in enumerate(pairwise(start)):
        dvalues[begin:end] = x[column[begin:end]] @ dy[o]
    np.sum(dy, axis=1, out=dbias)


def sparse_backward_input(
    dy: Array,
    values: Array,
    start: Indices,
    row: Indices,
    position: Indices,
    out: Array,
    accumulate: bool,
) -> None:
    """As linear_backward_input, through the transposed index of the surviving weights.

    Input i has values[position[start[i]:start[i + 1]]], and `row` (N) says to which output each
    goes.
    """
    for i, (begin, end) in enumerate(pairwise(start)):
        dx = values[position[begin:end]] @ dy[row[begin:end]]
        out[i] = out[i] + dx if accumulate else dx


def add(a: Array, b: Array, out: Array) -> None:
    """Set out to a + b, all of one shape."""
    np.add(a, b, out=out)


def relu_backward(dy: Array, y: Array, out: Array) -> None:
    """Set out to dx from dy and relu's output y; the gradient at 0 is 0, as in PyTorch."""
    np.copyto(out, dy)
    np.copyto(out, 0, where=y <= 0)


def softmax_cross_entropy(
    logits: Array, labels: Labels, dlogits: Array | None, sums: Array
) -> None:
    """Set dlogits (C, B), if given, to the mean loss's gradient; logits (C, B), labels (B).

    Adds to sums (2), float64: the losses in nats, and how many labels have the largest logit.
    """
    shifted = logits - logits.max(axis=0)  # so that exp cannot overflow
    exp = np.exp(shifted)
    total = exp.sum(axis=0)
    examples = np.arange(len(labels))
    sums[0] += float((np.log(total) - shifted[labels, examples]).sum(dtype=np.float64))
    sums[1] += float((logits.argmax(axis=0) == labels).sum())
    if dlogits is not None:
        np.divide(exp, total, out=dlogits)
        dlogits[labels, examples] -= 1
        np.divide(dlogits, len(labels), out=dlogits)


def adam(
    param: Array,
    grad: Array,
    mask: Array | None,
    mean: Array,
    square: Array,
    rates: Array,
    beta1: float,
    beta2: float,
    eps: float,
) -> None:
    """Update param, mean and square, all (n), by grad * mask: one step of Adam.

    `rates` (2) holds alpha / (1 - beta1^t) and 1 / sqrt(1 - beta2^t) of this step t. Means and
    squares far below what moves a weight count as 0: processors are slow with such numbers.
    """
    rate, correction = rates
    if mask is not None:
        grad = grad * mask
    mean += (1 - beta1) * (grad - mean)
    mean[np.abs(mean) < TINY_MEAN] = 0
    grad = np.where(np.abs(grad) < TINY_GRAD, 0, grad)
    square *= beta2
    square += (1 - beta2) * grad * grad
    param -= mean / (np.sqrt(square) * correction + eps) * rate
