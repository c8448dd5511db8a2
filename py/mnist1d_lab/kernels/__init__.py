"""What computes the layers: compiled kernels, or NumPy as the reference. Knows no model."""

from mnist1d_lab.kernels.backend import (
    SPARSE_BELOW,
    backend,
    bind,
    load,
    note,
    program,
    refuse,
    using,
)

__all__ = ["SPARSE_BELOW", "backend", "bind", "load", "note", "program", "refuse", "using"]
