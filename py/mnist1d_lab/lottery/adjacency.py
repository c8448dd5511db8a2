"""How local a first layer's mask is: shares of adjacent inputs that survive together. No training.

Source: the adjacency figure of Greydanus & Kobak (notebook lottery-tickets.ipynb). For 4
adjacent weights its script also multiplies by a column of the random mask; ours does not.
"""

from __future__ import annotations

import numpy as np

from mnist1d_lab.types import Array

WINDOWS = (2, 3, 4)


def together(mask: Array, width: int) -> float:
    """Return the share, 0 to 1, of windows of `width` adjacent inputs that survive whole.

    mask is (units, inputs), 1 or 0; the mean is over all units and all inputs - width + 1 windows.
    It is 0 if there are fewer than `width` inputs.
    """
    count = mask.shape[1] - width + 1
    if count < 1:
        return 0.0
    windows = np.lib.stride_tricks.sliding_window_view(mask > 0, width, axis=1)
    return float(windows.all(axis=2).mean())


def by_chance(mask: Array, width: int) -> float:
    """Return the mean of `together` if each unit's survivors were placed at random.

    Exact, over all permutations of each row of mask (units, inputs): s survivors of n inputs fill
    a window with probability s (s - 1) … / n (n - 1) …, with `width` factors in each product.
    """
    inputs = mask.shape[1]
    if inputs < width:
        return 0.0
    survivors = (mask > 0).sum(axis=1).astype(np.float64)
    steps = np.arange(width)
    shares = np.maximum(survivors[:, np.newaxis] - steps, 0) / (inputs - steps)
    return float(shares.prod(axis=1).mean())


def measures(mask: Array) -> dict[str, float]:
    """Return p2, p3, p4 (`together`) and null2, null3, null4 (`by_chance`), from 0 to 1."""
    return {
        **{f"p{width}": together(mask, width) for width in WINDOWS},
        **{f"null{width}": by_chance(mask, width) for width in WINDOWS},
    }
