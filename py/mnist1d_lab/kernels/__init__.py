"""What computes the layers: compiled kernels, or NumPy as the reference. Knows no model."""

from mnist1d_lab.kernels.backend import (
    SPARSE_BELOW,
    backend,
    bind,
    compiled_or,
    fingerprint,
    load,
    note,
    program,
    refuse,
    sparse_below,
    using,
)
from mnist1d_lab.kernels.numpy_ops import adam, softmax_cross_entropy

__all__ = [
    "SPARSE_BELOW",
    "adam",
    "backend",
    "bind",
    "compiled_or",
    "fingerprint",
    "load",
    "note",
    "program",
    "refuse",
    "softmax_cross_entropy",
    "sparse_below",
    "using",
]
