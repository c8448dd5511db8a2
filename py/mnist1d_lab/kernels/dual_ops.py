"""Values and their derivatives with respect to one number, in NumPy: as numpy_ops, the reference.

Forward-mode differentiation by hand (dual numbers). What goes forward has the values in its first
rows, their derivatives in the others: (2 N, B). Of what goes backward the derivatives come first.
So a linear layer of numpy_ops does both in one product, with a weight of blocks: see `dual_sgd`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.types import Array, Labels

Doubles = NDArray[np.float64]


def dual_tanh(z: Array, out: Array) -> None:
    """Set out (2 N, B) to h = tanh z and h' = (1 - h²) z', from z and z' in z (2 N, B)."""
    half = len(z) // 2
    h = np.tanh(z[:half])
    out[:half], out[half:] = h, (1 - h * h) * z[half:]


def dual_tanh_backward(dy: Array, h: Array, out: Array) -> None:
    """Set out (2 N, B) from dy (2 N, B), both derivatives first, and h (2 N, B) of `dual_tanh`.

    dz = dy (1 - h²), and its derivative dz' = dy' (1 - h²) - 2 h h' dy.
    """
    half = len(h) // 2
    moved, plain, value, derivative = dy[:half], dy[half:], h[:half], h[half:]
    slope = 1 - value * value
    out[:half] = moved * slope - 2 * value * derivative * plain
    out[half:] = plain * slope


def dual_softmax_cross_entropy(
    logits: Array, labels: Labels, dlogits: Array, sums: Doubles
) -> None:
    """Set dlogits (2 C, B) to the mean loss's gradient and its derivative, the derivative first.

    logits (2 C, B) has the derivatives last; labels (B,). Adds to sums (2,), float64: the losses in
    nats, and their derivatives. With the shares p of softmax: dlogits = (p - 1 at the label) / B,
    and its derivative is p (x' - sum of p x') / B.
    """
    half, examples = len(logits) // 2, np.arange(len(labels))
    shifted = logits[:half] - logits[:half].max(axis=0)  # so that exp cannot overflow
    moved, exp = logits[half:], np.exp(shifted)
    total = exp.sum(axis=0)
    mean = (exp * moved).sum(axis=0) / total
    inside = (labels >= 0) & (labels < half)
    picked = np.where(inside, shifted[labels * inside, examples], 0)
    picked_moved = np.where(inside, moved[labels * inside, examples], 0)
    sums[0] += float((np.log(total) - picked).sum(dtype=np.float64))
    sums[1] += float((mean - picked_moved).sum(dtype=np.float64))
    share = exp / total
    dlogits[:half] = share * (moved - mean) / len(labels)
    share[labels[inside], examples[inside]] -= 1
    dlogits[half:] = share / len(labels)


def dual_sgd(grad: Array, rate: Doubles, state: Doubles, weight: Array) -> None:
    """Make one step of SGD on W and on W' = dW / d rate; write both into `weight`.

    state (2, O, I), float64, has W and W'; rate (1,). A step is W -= rate * g, so that
    W' -= g + rate * g', where g' is the Hessian times W'. grad (2 O, I) has g' above g. Where the
    layer's inputs have derivatives too, grad and weight are (2 O, 2 I): weight has W beside zeros,
    and below them W' beside W; and g' is the sum of its two blocks, (O, I) at the top left and
    bottom right. The state is float64, since two hundred steps of float32 would lose two digits.
    """
    outputs, inputs = state.shape[1:]
    gradient = grad[outputs:, :inputs].astype(np.float64)
    moved = grad[:outputs, :inputs].astype(np.float64)
    wide = grad.shape[1] > inputs
    if wide:
        moved += grad[outputs:, inputs:]
    state[1] -= gradient
    state[1] -= rate[0] * moved
    state[0] -= rate[0] * gradient
    weight[:outputs, :inputs], weight[outputs:, :inputs] = state
    if wide:
        weight[outputs:, inputs:] = state[0]
