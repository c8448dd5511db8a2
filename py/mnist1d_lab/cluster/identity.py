"""What computes here: versions and kernels. Machines that differ in it may differ in bits."""

from __future__ import annotations

import platform

import numpy as np

import mnist1d_lab
from mnist1d_lab import kernels


def identity() -> dict[str, str]:
    """Return the version of the package, of Python and NumPy, and what computes.

    `arithmetic` says of compiled kernels which library they are of.
    """
    return {
        "mnist1d_lab": mnist1d_lab.__version__,
        "numpy": np.__version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "arithmetic": kernels.fingerprint(),
    }


def made_by() -> str:
    """Return what kept parts must have been made by to be the same as those made here."""
    return " ".join(f"{name}={value}" for name, value in identity().items() if name != "python")
