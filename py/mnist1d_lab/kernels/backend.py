"""Chooses between the compiled functions (simd_ops) and NumPy (numpy_ops); nothing else does.

The environment variable MNIST1D_KERNELS (`numpy` or `simd`) forces the choice, MNIST1D_LIBRARY
names the compiled library; else it is the one beside this file, which an installed wheel has. In
the browser the worker calls `load`. Without a library everything runs on NumPy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from mnist1d_lab.kernels import compiled, numpy_ops, simd_ops

# What a wheel has beside this file: by the platform, else by the name of all others.
LIBRARY = {"darwin": "library.dylib", "win32": "library.dll"}.get(sys.platform, "library.so")
Function = TypeVar("Function", bound=Callable[..., Any])

# A layer whose share of surviving weights is below this is trained sparse. Measured as whole
# training steps under Node 24, the same masks trained in both forms: the time of sparse / dense was
# 1.09 and 1.31 at a share of 0.63, 0.90 and 1.07 at 0.5, 0.69 and 0.78 at 0.4, 0.57 at 0.3 (hidden
# 200 and 500; batch 100). NumPy's sparse functions are slow loops, to be read and compared with.
SPARSE_BELOW = {"simd": 0.5, "numpy": 0.0}

_backend, _reason = "numpy", "no compiled library was given"


def load(path: str) -> None:
    """Use the compiled library at `path` if the machine takes it and NumPy is not forced."""
    global _backend
    forced = os.environ.get("MNIST1D_KERNELS", "")
    if forced == "numpy":
        return refuse("MNIST1D_KERNELS asks for it")
    try:
        compiled.load(path)
    except (OSError, AttributeError) as error:  # missing, refused, or not our library
        if forced == "simd":
            raise
        return refuse(f"the compiled library does not load ({error})")
    _backend = "simd"


def refuse(reason: str) -> None:
    """Compute with NumPy, for this reason: a clause that `note` ends its sentence with."""
    global _backend, _reason
    _backend, _reason = "numpy", reason


def backend() -> str:
    """Return what computes: 'simd' or 'numpy'."""
    return _backend


def fingerprint() -> str:
    """Return what computes, and of compiled functions the SHA-256 of their library, 12 digits."""
    return f"simd {compiled.digest()}" if _backend == "simd" else "numpy"


def note() -> str:
    """Return one line for the visitor: what computes, and if it is NumPy why.

    >>> note()  # doctest: +ELLIPSIS
    '...'
    """
    if _backend == "simd":
        return "Compiled SIMD kernels."
    # `python3 build.py bench NumPy` prints how much slower: 10 times and more.
    return f"Plain NumPy, over ten times slower than the compiled kernels: {_reason}."


@contextmanager
def using(name: str) -> Iterator[None]:
    """Within the block compute with 'simd' or 'numpy'.

    >>> with using("numpy"):
    ...     backend()
    'numpy'
    """
    global _backend
    before, _backend = _backend, name
    try:
        yield
    finally:
        _backend = before


def bind(name: str, *args: Any) -> Any:
    """Return a call of the function `name` of numpy_ops on these arrays, to be put in a program.

    Raises ValueError if the compiled function does not take such arrays.
    """
    if _backend == "simd":
        return getattr(simd_ops, name)(*args)
    return partial(getattr(numpy_ops, name), *args)


def compiled_or(name: str, reference: Function) -> Function:
    """Return the compiled function `name` of simd_ops, or `reference` where NumPy computes."""
    if _backend == "simd":
        function: Function = getattr(simd_ops, name)
        return function
    return reference


def sparse_below() -> float:
    """Return the share of surviving weights below which a layer is trained sparse."""
    return SPARSE_BELOW[_backend]


def program(calls: Sequence[Any]) -> Callable[[], object]:
    """Return a function of no arguments that makes these bound calls in order."""
    if _backend == "simd":
        return compiled.program(calls)
    kept = tuple(calls)

    def program() -> None:
        for call in kept:
            call()

    return program


def _installed() -> str:
    """Return the path of the library beside this file; '' if there is none."""
    # Not pathlib: the page's start does without.
    path = os.path.join(os.path.dirname(__file__), LIBRARY)  # noqa: PTH118, PTH120
    return path if os.path.isfile(path) else ""  # noqa: PTH113


if _path := os.environ.get("MNIST1D_LIBRARY") or _installed():
    load(_path)
elif os.environ.get("MNIST1D_KERNELS") == "simd":
    raise ImportError("MNIST1D_KERNELS=simd needs MNIST1D_LIBRARY, the compiled library's path")
