"""What a network computes, in NumPy, forward beside backward: the reference. No state here.

Shapes: B examples, I inputs, O outputs, C classes, N surviving weights. Activations are
(features, B), weights (O, I). `dy` is the gradient of the loss with respect to `y`, and so on.
Results go to arrays of the caller. Training uses float32; any floating dtype works. simd_ops has
the same functions compiled (py/native/kernels.c).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mnist1d_lab.kernels.dual_ops import (  # noqa: F401 - found here by `kernels.bind`
    dual_sgd,
    dual_softmax_cross_entropy,
    dual_tanh,
    dual_tanh_backward,
)
from mnist1d_lab.types import Array, Indices, Labels

TINY_MEAN, TINY_GRAD = 1e-30, 1e-16  # see `adam`


def linear_forward(x: Array, weight: Array, bias: Array, out: Array, relu: bool) -> None:
    """Set out (O, B) to weight (O, I) @ x (I, B) + bias (O,), then to its relu if asked."""
    np.matmul(weight, x, out=out)
    np.add(out, bias[:, np.newaxis], out=out)
    if relu:
        np.maximum(out, 0, out=out)


def linear_backward(dy: Array, x: Array, dweight: Array, dbias: Array) -> None:
    """Set dweight (O, I) and dbias (O,) from dy (O, B) and the layer's input x (I, B)."""
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
    """As linear_forward, for a weight of which only `values` (N,) survive.

    Output o has values[start[o]:start[o + 1]], and `column` (N,) says from which input each is.
    """
    for o, (begin, end) in enumerate(pairwise(start)):
        out[o] = values[begin:end] @ x[column[begin:end]] + bias[o]
    if relu:
        np.maximum(out, 0, out=out)


def sparse_backward(
    dy: Array, x: Array, start: Indices, column: Indices, dvalues: Array, dbias: Array
) -> None:
    """As linear_backward, for the surviving weights only: dvalues (N,)."""
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

    Input i has values[position[start[i]:start[i + 1]]], and `row` (N,) says to which output each
    goes.
    """
    for i, (begin, end) in enumerate(pairwise(start)):
        dx = values[position[begin:end]] @ dy[row[begin:end]]
        out[i] = out[i] + dx if accumulate else dx


def unfold(x: Array, out: Array, kernel: int, stride: int, padding: int) -> None:
    """Set out (C * kernel, P * B) to the inputs of a convolution at each of its P places.

    x is (C * L, B): C channels of L numbers, with zeros beyond their ends. The product of the
    weight (O, C * kernel) with `out` is then the convolution: (O, P * B), or (O * P, B).
    """
    channels, batch = len(out) // kernel, x.shape[1]
    signal = x.reshape(channels, -1, batch)
    padded = np.pad(signal, ((0, 0), (padding, padding), (0, 0)))
    places = out.shape[1] // batch
    windows = out.reshape(channels, kernel, places, batch)
    for k in range(kernel):
        windows[:, k] = padded[:, k : k + stride * (places - 1) + 1 : stride]


def fold(dpatches: Array, out: Array, kernel: int, stride: int, padding: int) -> None:
    """Set out (C * L, B) to dx, from the gradient (C * kernel, P * B) of `unfold`'s result."""
    channels, batch = len(dpatches) // kernel, out.shape[1]
    places = dpatches.shape[1] // batch
    windows = dpatches.reshape(channels, kernel, places, batch)
    signal = out.reshape(channels, -1, batch)
    length = signal.shape[1]
    padded = np.zeros((channels, length + 2 * padding, batch), out.dtype)
    for k in range(kernel):
        padded[:, k : k + stride * (places - 1) + 1 : stride] += windows[:, k]
    signal[...] = padded[:, padding : padding + length]


def _pairs(x: Array, length: int) -> tuple[Array, Array]:
    """View x (C * L, B) as the first and second of each two neighbours: twice (C, L // 2, B)."""
    signal = x.reshape(len(x) // length, length, x.shape[1])
    end = length // 2 * 2  # the last of an odd number has no neighbour
    return signal[:, 0:end:2], signal[:, 1:end:2]


def pool(x: Array, out: Array, length: int, kind: str) -> None:
    """Set out (C * (L // 2), B) to one number for each two neighbours a, b of x (C * L, B).

    By `kind`: "max", "average", or "l2", the root of a^2 + b^2. As torch's max_pool1d, avg_pool1d
    and lp_pool1d of kernel size 2.
    """
    a, b = _pairs(x, length)
    y = out.reshape(a.shape)
    if kind == "max":
        np.maximum(a, b, out=y)
    elif kind == "average":
        np.multiply(a + b, 0.5, out=y)
    else:
        np.sqrt(a * a + b * b, out=y)


def pool_backward(dy: Array, x: Array, y: Array, out: Array, length: int, kind: str) -> None:
    """Set out (C * L, B) to dx from dy and `pool`'s result y (C * (L // 2), B) and its input x.

    As in PyTorch: of two equal neighbours the first has all of the maximum's gradient, and where
    both are 0, at which a root has no slope, the gradient of l2 is 0.
    """
    a, b = _pairs(x, length)
    da, db = _pairs(out, length)
    dy, y = dy.reshape(a.shape), y.reshape(a.shape)
    out.reshape(len(a), length, x.shape[1])[:, length // 2 * 2 :] = 0
    if kind == "max":
        second = (b > a) | np.isnan(b)
        da[...], db[...] = np.where(second, 0, dy), np.where(second, dy, 0)
    elif kind == "average":
        da[...] = db[...] = dy * 0.5
    else:
        slope = np.divide(dy, y, out=np.zeros_like(dy), where=y != 0)
        np.multiply(slope, a, out=da)
        np.multiply(slope, b, out=db)


def _sigmoid(x: Array) -> Array:
    power = np.exp(-np.abs(x))  # at most 1, so that nothing overflows
    return np.asarray(np.where(x >= 0, 1, power) / (1 + power))


def _gru_weights(weights: Array) -> tuple[int, list[list[Array]]]:
    """Return H, and for each direction w_input (3H,), w_hidden (3H, H) and their biases (3H,)."""
    size = weights.shape[1]  # 3H (H + 3)
    units = next(h for h in range(1, size) if 3 * h * (h + 3) == size)
    ends = 3 * units, 3 * units * (1 + units), 3 * units * (2 + units)
    parts = [np.split(direction, ends) for direction in weights]
    return units, [[a, b.reshape(-1, units), c, d] for a, b, c, d in parts]


def _steps(time: int, direction: int) -> range:
    return range(time - 1, -1, -1) if direction else range(time)


def gru_forward(x: Array, weights: Array, out: Array, gates: Array) -> None:
    """Set out (T * 2H, B) to the states of a GRU that reads x (T, B) forwards and backwards.

    weights (2, 3H (H + 3)) has for each direction, and in each part for the gates reset, update
    and new: from the input (3H,), from the state (3H, H), and the biases of both (3H,). `out` has
    at each of the T steps H units forwards, then H backwards. gates (2 * T * 4H, B) keeps what
    `gru_backward` needs. Formula and names of torch.nn.GRU.
    """
    time, batch = x.shape
    units, directions = _gru_weights(weights)
    states = out.reshape(time, 2, units, batch)
    kept = gates.reshape(2, time, 4, units, batch)
    shape = 3, units, batch
    for d, (w_input, w_hidden, b_input, b_hidden) in enumerate(directions):
        h = np.zeros((units, batch), x.dtype)
        for t in _steps(time, d):
            input_sum = (w_input[:, np.newaxis] * x[t] + b_input[:, np.newaxis]).reshape(shape)
            hidden_sum = (w_hidden @ h + b_hidden[:, np.newaxis]).reshape(shape)
            reset = _sigmoid(input_sum[0] + hidden_sum[0])
            update = _sigmoid(input_sum[1] + hidden_sum[1])
            new = np.tanh(input_sum[2] + reset * hidden_sum[2])
            h = (1 - update) * new + update * h
            kept[d, t] = reset, update, new, hidden_sum[2]
            states[t, d] = h


def gru_backward(
    dout: Array, x: Array, weights: Array, out: Array, gates: Array, dweights: Array
) -> None:
    """Set dweights, shaped as weights, from dout (T * 2H, B) and `gru_forward`'s arrays."""
    time, batch = x.shape
    units, directions = _gru_weights(weights)
    states, dstates = (array.reshape(time, 2, units, batch) for array in (out, dout))
    kept = gates.reshape(2, time, 4, units, batch)
    for d, (_, w_hidden, *_) in enumerate(directions):
        dh = np.zeros((units, batch), x.dtype)
        dw_input, dw_hidden, db_input, db_hidden = (np.zeros_like(part) for part in directions[d])
        steps = list(_steps(time, d))
        for s in range(time - 1, -1, -1):
            t = steps[s]
            h = states[steps[s - 1], d] if s else np.zeros_like(dh)  # the state before step t
            reset, update, new, hidden_new = kept[d, t]
            dh = dh + dstates[t, d]
            dnew = dh * (1 - update) * (1 - new * new)
            dupdate = dh * (h - new) * update * (1 - update)
            dreset = dnew * hidden_new * reset * (1 - reset)
            dinput = np.concatenate([dreset, dupdate, dnew])  # of input_sum
            dhidden = np.concatenate([dreset, dupdate, dnew * reset])  # of hidden_sum
            dw_input += dinput @ x[t]
            dw_hidden += dhidden @ h.T
            db_input += dinput.sum(axis=1)
            db_hidden += dhidden.sum(axis=1)
            dh = dh * update + w_hidden.T @ dhidden
        dweights[d] = np.concatenate([dw_input, dw_hidden.ravel(), db_input, db_hidden])


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
    """Set dlogits (C, B), if given, to the mean loss's gradient; logits (C, B), labels (B,).

    Adds to sums (2,), float64: the losses in nats, and how many labels have the largest logit.
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
    """Update param, mean and square, all (n,), by grad * mask: one step of Adam.

    `rates` (2,) holds alpha / (1 - beta1^t) and 1 / sqrt(1 - beta2^t) of this step t. Means and
    gradients far too small to change a weight count as 0: processors are slow with such numbers.
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


def decay(param: Array, grad: Array, decay: float) -> None:
    """Add decay * param to grad, both (n,): the gradient of decay / 2 * the sum of squares."""
    grad += decay * param


def sgd(
    param: Array,
    grad: Array,
    mask: Array | None,
    velocity: Array,
    rate: float,
    momentum: float,
    decay: float,
) -> None:
    """Update param and velocity, (n,), by grad * mask + decay * param: one step of SGD.

    velocity = momentum * velocity + that; param -= rate * velocity. A velocity far too small to
    change a weight counts as 0, as in `adam`.
    """
    if mask is not None:
        grad = grad * mask
    velocity *= momentum
    velocity += grad + decay * param
    velocity[np.abs(velocity) < TINY_MEAN] = 0
    param -= rate * velocity
