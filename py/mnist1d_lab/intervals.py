"""A mean and its 95 % interval, for whatever is repeated. Knows no experiment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Student's t, two-sided 95 %, for 1 to 30 degrees of freedom; NumPy has no quantiles of it.
T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and the ends of its 95 % interval, which are NaN for fewer than 2 values."""
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return mean, float("nan"), float("nan")
    t = T95[n - 2] if n - 2 < len(T95) else 1.96 + 2.4 / (n - 1)  # right to three digits
    half = t * float(np.std(values, ddof=1)) / n**0.5
    return mean, mean - half, mean + half
