"""The functions of dual_ops, compiled (py/native/dual.h); as simd_ops, of which it is a part."""

from __future__ import annotations

from mnist1d_lab.kernels.checks import FLOAT64, INT32, check_arrays, parts, shape_of, whole
from mnist1d_lab.kernels.compiled import Call
from mnist1d_lab.kernels.dual_ops import Doubles
from mnist1d_lab.types import Array, Labels


def dual_tanh(z: Array, out: Array) -> Call:
    """Bind `dual_ops.dual_tanh`."""
    rows, _ = shape_of("z", z, 2)
    parts("the number of rows of z", rows, 2)
    check_arrays({"out": (out, z.shape)}, {"z": (z, z.shape)})
    return Call("dual_tanh", z, out, z.size // 2)


def dual_tanh_backward(dy: Array, h: Array, out: Array) -> Call:
    """Bind `dual_ops.dual_tanh_backward`."""
    rows, _ = shape_of("dy", dy, 2)
    parts("the number of rows of dy", rows, 2)
    check_arrays({"out": (out, dy.shape)}, {"dy": (dy, dy.shape), "h": (h, dy.shape)})
    return Call("dual_tanh_backward", dy, h, out, dy.size // 2)


def dual_softmax_cross_entropy(
    logits: Array, labels: Labels, dlogits: Array, sums: Doubles
) -> Call:
    """Bind `dual_ops.dual_softmax_cross_entropy`; labels as `simd_ops.softmax_cross_entropy`."""
    rows, batch = shape_of("logits", logits, 2)
    classes = parts("the number of rows of logits", rows, 2)
    check_arrays(
        {"dlogits": (dlogits, logits.shape), "sums": (sums, (2,), FLOAT64)},
        {"logits": (logits, logits.shape), "labels": (labels, (batch,), INT32)},
    )
    return Call("dual_softmax_cross_entropy", logits, labels, dlogits, sums, classes, batch)


def dual_sgd(grad: Array, rate: Doubles, state: Doubles, weight: Array) -> Call:
    """Bind `dual_ops.dual_sgd`."""
    _, outputs, inputs = shape_of("state", state, 3)
    _, columns = shape_of("weight", weight, 2)
    wide = columns == 2 * inputs
    shape = 2 * whole("the number of outputs in state", outputs, 0), inputs * (2 if wide else 1)
    check_arrays(
        {"state": (state, (2, outputs, inputs), FLOAT64), "weight": (weight, shape)},
        {"grad": (grad, shape), "rate": (rate, (1,), FLOAT64)},
    )
    return Call("dual_sgd", grad, rate, state, weight, outputs, inputs, shape[1])
