"""Does one learning rate do for all initial weights? What the results of many seeds say.

The margins were set before anything was measured. Intervals are Student's over seeds, 95 %: a claim
that something is below a margin is supported if the whole interval is, not supported if all of the
interval is above it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mnist1d_lab.intervals import interval
from mnist1d_lab.types import VerdictRow

SPREAD_MARGIN = 10.0  # percent of the mean best rate
LOSS_MARGIN = 1.0  # percent of what learning the rate gained
Rows = Sequence[Mapping[str, Any]]


def best_rates(records: Rows) -> dict[int, float]:
    """Return the best rate of each seed: at its own rate a record has `rate_of` equal to `seed`."""
    return {r["seed"]: r["learning_rate"] for r in records if r["rate_of"] == r["seed"]}


def distances(records: Rows) -> list[float]:
    """Return how far each seed's best rate is from the mean of all, in percent of that."""
    rates = list(best_rates(records).values())
    mean = sum(rates) / len(rates) if rates else 0.0
    return [100 * abs(rate - mean) / mean for rate in rates]


def lost(records: Rows) -> dict[int, float]:
    """Return of each seed the loss that others' best rates lose on average, in nats."""
    own = {r["seed"]: r["loss"] for r in records if r["rate_of"] == r["seed"]}
    found: dict[int, list[float]] = {}
    for r in records:
        if r["rate_of"] >= 0 and r["rate_of"] != r["seed"] and r["seed"] in own:
            found.setdefault(r["seed"], []).append(r["loss"] - own[r["seed"]])
    return {seed: sum(values) / len(values) for seed, values in found.items()}


def shares_lost(records: Rows) -> list[float]:
    """Return `lost` in percent of what the seed gained from the start: `rate_of` of that is -1."""
    start = {r["seed"]: r["loss"] for r in records if r["rate_of"] == -1}
    own = {r["seed"]: r["loss"] for r in records if r["rate_of"] == r["seed"]}
    values = lost(records)
    return [100 * values[s] / (start[s] - own[s]) for s in sorted(values) if s in start]


def _row(name: str, text: str, values: list[float], margin: float, unit: str) -> VerdictRow:
    mean, low, high = interval(values) if values else (None, math.nan, math.nan)
    has_ends = len(values) > 1
    judged = "supported" if high < margin else "not supported" if low > margin else "undecided"
    return {
        "claim": name,
        "text": text,
        "verdict": judged,
        "n": len(values),
        "mean": mean,
        "low": low if has_ends else None,
        "high": high if has_ends else None,
        "unit": unit,
        "published": None,
    }


def verdict(records: Rows) -> list[VerdictRow]:
    """Return what the records say: `seed`, `rate_of`, `learning_rate`, `loss` of each training.

    `rate_of` is the seed whose best rate the training used, or -1 for the rate before learning.
    """
    return [
        _row(
            "spread",
            f"The best rate of other initial weights is within {SPREAD_MARGIN:g} % of the mean",
            distances(records), SPREAD_MARGIN, "% of the mean",
        ),
        _row(
            "lost",
            "Another seed’s best rate loses less than "
            f"{LOSS_MARGIN:g} % of what learning the rate gains",
            shares_lost(records), LOSS_MARGIN, "% of the gain",
        ),
    ]  # fmt: skip
