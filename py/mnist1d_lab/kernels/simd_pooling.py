"""Binds the compiled pooling, as simd_ops does the other functions. Never chosen here."""

from __future__ import annotations

from mnist1d_lab.kernels.checks import check_arrays, parts, shape_of, whole
from mnist1d_lab.kernels.compiled import Call
from mnist1d_lab.types import Array
from mnist1d_lab.validation import refuse

KINDS = ("max", "average", "l2")  # numbered as in sequences.h


def _numbers(x: Array, length: int, kind: str) -> tuple[int, int, int, int]:
    """Return channels, length, batch and kind as C wants them."""
    rows, batch = shape_of("x", x, 2)
    if kind not in KINDS:
        raise refuse("kind", kind, " or ".join(map(repr, KINDS)))
    channels = parts("the number of rows of x", rows, whole("length", length, 2))
    return channels, length, batch, KINDS.index(kind)


def pool(x: Array, out: Array, length: int, kind: str) -> Call:
    """Bind `numpy_ops.pool`."""
    channels, length, batch, number = _numbers(x, length, kind)
    check_arrays({"out": (out, (channels * (length // 2), batch))}, {"x": (x, x.shape)})
    return Call("pool", x, out, channels, length, batch, number)


def pool_backward(dy: Array, x: Array, y: Array, out: Array, length: int, kind: str) -> Call:
    """Bind `numpy_ops.pool_backward`."""
    channels, length, batch, number = _numbers(x, length, kind)
    half = channels * (length // 2), batch
    reads = {"dy": (dy, half), "x": (x, x.shape), "y": (y, half)}
    check_arrays({"out": (out, x.shape)}, reads)
    return Call("pool_backward", dy, x, y, out, channels, length, batch, number)
