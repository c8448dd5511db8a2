"""What computes the layers: compiled kernels, or NumPy as the reference. Knows no model."""

from mnist1d_lab.kernels.backend import (
    SPARSE_BELOW,
    backend,
    bind,
    compiled_or,
    load,
    note,
    program,
    refuse,
    sparse_below,
    using,
)

__all__ = [
    "SPARSE_BELOW",
    "backend",
    "bind",
    "compiled_or",
    "load",
    "note",
    "program",
    "refuse",
    "sparse_below",
    "using",
]
