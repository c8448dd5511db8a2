"""The compiled library: loading it, how a call gets its arguments, and the scratch memory it uses.

What each function takes is simd_ops.py's; nothing here checks an array.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.types import Array, Indices, Labels

_library: ctypes.CDLL | None = None
_shared: dict[type[Any], Any] = {}  # scratch by dtype: calls run one after the other
_Value = Array | Labels | NDArray[Any] | int | float | None


def load(path: str) -> None:
    """Load the compiled library. Raises OSError if the machine refuses it."""
    global _library
    library = ctypes.CDLL(path)
    library.run.restype = None
    _library = library


def digest() -> str:
    """Return the SHA-256 of the loaded library's file, 12 hex digits."""
    import hashlib  # neither is needed at the page's start
    from pathlib import Path

    assert _library is not None, "load comes first"
    return hashlib.sha256(Path(_library._name).read_bytes()).hexdigest()[:12]


class Call:
    """A compiled function with its arguments; keeps the arrays alive and where they are."""

    def __init__(self, name: str, *values: _Value) -> None:
        """Bind: pointers first, then numbers, as in the C struct of this name."""
        self.values = values
        layout = _struct(tuple(_kind(value) for value in values))
        self.args = layout(*(_plain(value) for value in values))
        assert _library is not None, "load comes first"
        self.entry = ctypes.cast(_library[name], ctypes.c_void_p)


class _Entry(ctypes.Structure):
    _fields_ = (("entry", ctypes.c_void_p), ("args", ctypes.c_void_p))


def program(calls: Sequence[Call]) -> Callable[[], object]:
    """Return a function of no arguments that makes these calls in order, in one step into C."""
    assert _library is not None, "load comes first"
    entries = [_Entry(call.entry, ctypes.addressof(call.args)) for call in calls]
    table = (_Entry * len(calls))(*entries)
    run, first, count = _library.run, ctypes.byref(table), ctypes.c_int(len(calls))
    kept = tuple(calls)  # the table holds only their addresses

    def program() -> None:
        run(first, count)

    program.calls = kept  # type: ignore[attr-defined]
    return program


def scratch(rows: int, depth: int) -> tuple[Array, Indices]:
    """Return what a product of (rows, depth) needs: see `lists`, `gather` and SCRATCH in C."""
    floats = max(40 * (rows + depth) + rows * depth, 200 * (100 + 4))
    return _share(floats, np.float32), _share(rows + 1 + rows * depth, np.int32)


def _share(size: int, dtype: type[Any]) -> Any:
    """Return at least `size` numbers, shared by all calls, that start at a cache line."""
    if dtype not in _shared or _shared[dtype].size < size:
        made = np.empty(size + 16, dtype)
        _shared[dtype] = made[-made.ctypes.data % 64 // 4 :]
    return _shared[dtype]


@lru_cache(maxsize=64)
def _struct(kinds: tuple[type[Any], ...]) -> type[ctypes.Structure]:
    fields = [(f"field{index}", kind) for index, kind in enumerate(kinds)]
    return type("Args", (ctypes.Structure,), {"_fields_": fields})


def _kind(value: _Value) -> type[Any]:
    """Return what C takes a value for; ctypes itself would wrap a number that is too large."""
    if isinstance(value, float):
        return ctypes.c_float
    if isinstance(value, int) and -(2**31) <= value < 2**31:
        return ctypes.c_int32
    if value is None or isinstance(value, np.ndarray):
        return ctypes.c_void_p
    raise ValueError(f"a value of a call must be an array, a float or an int32, got {value!r}")


def _plain(value: _Value) -> int | float | None:
    return value.ctypes.data if isinstance(value, np.ndarray) else value
