"""What compiled code relies on and cannot check itself: simd_ops asks here before it binds.

Each fault is a ValueError of one sentence: the argument, what it must be, what it is. Only the two
checks of a sparse layer's index read an array's numbers; the others take microseconds at any size.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np

from mnist1d_lab.types import Indices
from mnist1d_lab.validation import refuse

# C counts in int32, where a larger number wraps; its loops look up to 200 (DEPTH) ahead.
MOST = 2**31 - 2**8
# As int32 it also multiplies the sides of matrices, by 40 at most (4 * GATHER, a panel's row).
MOST_ALONG_A_SIDE = MOST // 40

FLOAT32, FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)
INT32, UINT32 = np.dtype(np.int32), np.dtype(np.uint32)

# By the argument's name: the array, the shape it must have and, if not float32, its dtype.
Arguments = dict[str, tuple[Any, ...]]


def check_arrays(writes: Arguments, reads: Arguments, in_place: tuple[str, ...] = ()) -> None:
    """Check all arrays of a call: each for itself, and that no result overlaps another array.

    `in_place` names inputs that C reads just before it writes at the same place: the result may be
    one of them, but not begin elsewhere in it.
    """
    for name, argument in (*writes.items(), *reads.items()):
        _check_array(name, *argument)
    for name, (array, *_) in writes.items():
        if not array.flags.writeable:
            raise ValueError(f"{name} must be writable, got a read-only array")
    for (name, (out, *_)), (other, (array, *_)) in combinations(writes.items(), 2):
        _check_apart(name, out, other, array, False)
    for (name, (out, *_)), (other, (array, *_)) in product(writes.items(), reads.items()):
        _check_apart(name, out, other, array, other in in_place)


def _check_array(
    name: str, array: Any, shape: tuple[int, ...], dtype: np.dtype[Any] = FLOAT32
) -> None:
    if not isinstance(array, np.ndarray) or array.dtype != dtype or array.shape != shape:
        raise ValueError(f"{name} must be a {dtype} array {shape}, got {_told(array)}")
    flags = array.flags
    if not flags.c_contiguous:
        raise ValueError(f"{name} must be contiguous, got strides {array.strides}")
    if not flags.aligned:
        raise ValueError(f"{name} must be aligned, got an address between two numbers")
    if array.size > MOST:
        raise ValueError(f"{name} must have at most {MOST} numbers, got {array.size}")
    if len(shape) > 1 and max(shape) > MOST_ALONG_A_SIDE:
        raise ValueError(f"{name} must have sides of at most {MOST_ALONG_A_SIDE}, got {shape}")


def _told(value: Any) -> str:
    is_array = isinstance(value, np.ndarray)
    return f"{value.dtype} {value.shape}" if is_array else type(value).__name__


def _check_apart(name: str, out: Any, other: str, array: Any, may_be_it: bool) -> None:
    # Of contiguous arrays the bounds that NumPy compares are exact.
    if not np.may_share_memory(out, array) or (may_be_it and _begin_alike(out, array)):
        return
    wanted = f"{other} or share no memory with it" if may_be_it else f"apart from {other}"
    raise ValueError(f"{name} must be {wanted}, got arrays that overlap")


def _begin_alike(a: Any, b: Any) -> bool:
    return bool(a.ctypes.data == b.ctypes.data)


def shape_of(name: str, array: Any, sides: int | None = None) -> tuple[int, ...]:
    """Return the shape of what must be an array, of this many sides if a number is given."""
    if not isinstance(array, np.ndarray) or array.ndim != (array.ndim if sides is None else sides):
        wanted = "an array" if sides is None else f"an array with {sides} sides"
        raise ValueError(f"{name} must be {wanted}, got {_told(array)}")
    return tuple(array.shape)


def whole(name: str, value: Any, low: int, high: int = MOST) -> int:
    """Return a number that must be a whole one from `low` to `high`."""
    if not isinstance(value, int | np.integer) or not low <= value <= high:
        raise refuse(name, value, f"a whole number from {low} to {high}")
    return int(value)


def parts(name: str, size: int, of: int) -> int:
    """Return how many parts of a size there are in an array's side, which they must fill."""
    if size < of or size % of:
        raise ValueError(f"{name} must be a multiple of {of}, got {size}")
    return size // of


def check_starts(start: Indices, survivors: int) -> None:
    """Check where each row's survivors start, after `check_arrays`."""
    # Compared, not subtracted: a difference of int32 may wrap.
    falls = bool((start[1:] < start[:-1]).any())
    if falls or start[0] != 0 or start[-1] != survivors:
        got = f"{start[0]} to {start[-1]}" + (", with a fall" if falls else "")
        raise ValueError(f"start must rise from 0 to {survivors}, got {got}")


def check_indices(name: str, index: Indices, below: int) -> None:
    """Check that all indices point into `below` places, after `check_arrays`."""
    if index.size and not 0 <= index.min() <= index.max() < below:
        got = f"{index.min()} to {index.max()}"
        raise ValueError(f"{name} must be from 0 to {below - 1}, got {got}")
