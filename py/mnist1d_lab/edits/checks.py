"""What a hook hands back: an array of the right shape with finite numbers, or one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.types import Array


def words(shape: Iterable[Any]) -> str:
    """Return a shape as Python writes it."""
    return str(tuple(int(size) for size in shape))


def array(
    hook: str, name: str, value: object, shape: tuple[int, ...], dtype: Any, line: int | None
) -> Array:
    """Return what `name` returned as an array of this shape and type.

    Raises EditError for anything else: "score must return an array of shape (100, 40), got (40,)".
    """
    wanted = f"{name} must return an array of shape {words(shape)}"
    if value is None:
        raise EditError(hook, "TypeError", f"{wanted}, got None: is a return missing?", line)
    try:
        made = np.asarray(value)
    except ValueError:  # lists of unequal lengths
        raise EditError(hook, "ValueError", f"{wanted}, got uneven lists", line) from None
    if made.dtype.kind not in "fiub":
        kind = type(value).__name__ if made.dtype.kind == "O" else str(made.dtype)
        raise EditError(hook, "TypeError", f"{wanted} of numbers, got {kind}", line)
    if made.shape != shape:
        got = words(made.shape) if made.shape else "one number"
        raise EditError(hook, "ValueError", f"{wanted}, got {got}", line)
    finite(hook, name, made, line)
    return np.asarray(made, dtype)


def finite(hook: str, name: str, made: Array, line: int | None) -> None:
    """Refuse NaN and infinity, and say where the first is."""
    good = np.isfinite(made)
    if good.all():
        return
    place = words(np.unravel_index(int(np.argmin(good)), made.shape))
    count = int(made.size - np.count_nonzero(good))
    what = f"{count} of {made.size} numbers are not finite, the first at {place}"
    raise EditError(hook, "ValueError", f"{name} must return finite numbers: {what}", line)


def frozen(value: Array) -> Array:
    """Return a view that cannot be written to: what a hook is shown is not its own."""
    view = value.view()
    view.flags.writeable = False
    return view
