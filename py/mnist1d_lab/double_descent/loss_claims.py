"""Whether squared error moves the threshold from n to n K parameters. No training.

The claim is that of the published text: with n examples and K outputs, a network interpolates from
about n parameters on with cross-entropy, and from about n K on with squared error, which has K
numbers to meet for each example. Two widths stand for the threshold: the smallest one that fits
the training labels, and the one whose test error is largest. Both are read from fixed widths, so
either is exact to a step between two of them only: a factor of 1.6 in parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from mnist1d_lab.double_descent.claims import (
    BELOW,
    Record,
    judge,
    last_records,
    make_row,
    of_loss,
    thresholds,
)
from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.spec import LOSSES
from mnist1d_lab.intervals import interval
from mnist1d_lab.types import VerdictRow

CROSS_ENTROPY, SQUARED_ERROR = LOSSES
Widths = Mapping[int, int]  # by seed


def peaks(records: Sequence[Record]) -> dict[int, int]:
    """Return by seed the width of the largest last test error; below width 16 nothing counts.

    A seed whose error is largest at the smallest or the largest of these widths has no peak.
    """
    curves: dict[int, dict[int, float]] = {}
    for (seed, width), record in last_records(records).items():
        if width >= BELOW:
            curves.setdefault(seed, {})[width] = record["test_error"]
    found = {seed: max(curve, key=lambda width: curve[width]) for seed, curve in curves.items()}
    return {
        seed: width
        for seed, width in found.items()
        if min(curves[seed]) < width < max(curves[seed])
    }


MEASURES: dict[str, tuple[str, Callable[[Sequence[Record]], dict[int, int]]]] = {
    "fits": ("the smallest network that fits", thresholds),
    "peak": ("the network of the largest test error", peaks),
}


def decades(cross_entropy: Widths, squared_error: Widths) -> list[float]:
    """Return log10 of how many times the parameters are with squared error, one a seed."""
    both = sorted(cross_entropy.keys() & squared_error.keys())
    sizes = [
        [PlainMLP(hidden=widths[seed]).parameters for seed in both]
        for widths in (cross_entropy, squared_error)
    ]
    return [float(value) for value in np.log10(np.divide(sizes[1], sizes[0]))]


def verdict(records: Sequence[Record]) -> list[VerdictRow]:
    """Return what records of both losses say, paired by seed.

    A ratio of 1 is 0 decades and one of K = 10 is 1: above a half it is nearer to K.
    """
    rows = []
    for name, (what, measure) in MEASURES.items():
        both = (measure(of_loss(records, loss)) for loss in (CROSS_ENTROPY, SQUARED_ERROR))
        values = decades(*both)
        _, low, high = interval(values) if values else (0.0, np.nan, np.nan)
        for end, least, text in (
            ("more", 0.0, "has more parameters than with cross-entropy"),
            ("tenfold", 0.5, "is nearer to ten times the parameters than to as many"),
        ):
            judged = judge(low - least, high - least, len(values), above=True)
            sentence = f"With squared error {what} {text}"
            rows.append(make_row(f"squared_{name}_{end}", sentence, values, judged, "decades"))
    return rows
