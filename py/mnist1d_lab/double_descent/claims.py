"""What the records say of each claim about the double descent. No training.

The widths are fixed beforehand. Differences are paired by seed; the interval is Student's over
seeds, 95 %. A claim of which fewer than ENOUGH seeds speak is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.intervals import interval
from mnist1d_lab.types import VerdictRow

Record = Mapping[str, Any]
ENOUGH = 5  # seeds
NOISY, CLEAN = 0.15, 0.0  # the label noise that the claims are about
BELOW, PEAK, ABOVE = 16, 47, 300  # widths: before the peak, at it, and beyond
EARLY = 63  # an epoch; the minimum of the test error over the epochs, chosen on the test set
FITTED, FIRST, LAST = 0.5, 36, 61  # percent of training error, and the widths of the threshold


class Claim(NamedTuple):
    """A claim: supported if its differences are above zero, or if they are not (`above`)."""

    name: str
    text: str
    noise: float
    more: tuple[int, int | None]  # width, and epoch; None for the last
    less: tuple[int, int | None]
    above: bool = True


CLAIMS = (
    Claim("rise", "With label noise the error rises from width 16 to 47", NOISY,
          (PEAK, None), (BELOW, None)),
    Claim("descent", "With label noise the error falls again from width 47 to 300", NOISY,
          (PEAK, None), (ABOVE, None)),
    Claim("needs_noise", "On clean labels the error does not rise from width 16 to 47", CLEAN,
          (PEAK, None), (BELOW, None), above=False),
    Claim("early", "At width 47 the error is higher at the end than at epoch 63, "
          "which was chosen on the test set", NOISY, (PEAK, None), (PEAK, EARLY)),
)  # fmt: skip


def errors(
    records: Sequence[Record], noise: float, width: int, epoch: int | None
) -> dict[int, float]:
    """Return the test error of each seed, in percent; at its last epoch if `epoch` is None."""
    found: dict[int, Record] = {}
    for record in records:
        if (record["label_noise"], record["width"]) != (noise, width):
            continue
        last = found.get(record["seed"])
        wanted = record["epoch"] == epoch if epoch is not None else (
            last is None or record["epoch"] >= last["epoch"]
        )  # fmt: skip
        if wanted:
            found[record["seed"]] = record
    return {seed: record["test_error"] for seed, record in found.items()}


def differences(records: Sequence[Record], claim: Claim) -> list[float]:
    """Return a claim's differences, one a seed, in points."""
    more, less = (errors(records, claim.noise, *side) for side in (claim.more, claim.less))
    return [more[seed] - less[seed] for seed in sorted(more.keys() & less.keys())]


def thresholds(records: Sequence[Record], noise: float = NOISY) -> dict[int, int]:
    """Return by seed the smallest width whose last training error is below FITTED percent."""
    last: dict[tuple[int, int], Record] = {}
    for record in records:
        key = record["seed"], record["width"]
        if record["label_noise"] == noise and (
            key not in last or record["epoch"] >= last[key]["epoch"]
        ):
            last[key] = record
    found: dict[int, int] = {}
    for (seed, width), record in last.items():
        if record["train_error"] < FITTED:
            found[seed] = min(width, found.get(seed, width))
    return found


def _judge(low: float, high: float, n: int, above: bool) -> str:
    if n < ENOUGH or np.isnan(low):
        return "undecided"
    if low > 0:
        return "supported" if above else "not supported"
    if high <= 0:
        return "not supported" if above else "supported"
    return "undecided"


def _row(name: str, text: str, values: Sequence[float], verdict: str, unit: str) -> VerdictRow:
    mean, low, high = interval(values) if values else (None, np.nan, np.nan)
    ends = len(values) > 1
    return {
        "claim": name,
        "text": text,
        "verdict": verdict,
        "n": len(values),
        "mean": mean,
        "low": low if ends else None,
        "high": high if ends else None,
        "unit": unit,
        "published": None,
    }


def verdict(records: Sequence[Record]) -> list[VerdictRow]:
    """Return what the records say of each claim, and of the width that fits the data."""
    rows = []
    for claim in CLAIMS:
        values = differences(records, claim)
        _, low, high = interval(values) if values else (0.0, np.nan, np.nan)
        judged = _judge(low, high, len(values), claim.above)
        rows.append(_row(claim.name, claim.text, values, judged, "points"))
    widths = [float(width) for _, width in sorted(thresholds(records).items())]
    inside = all(FIRST <= width <= LAST for width in widths)
    judged = "undecided" if len(widths) < ENOUGH else "supported" if inside else "not supported"
    text = f"From a width of {FIRST} to {LAST} on, the training error is below {FITTED} %"
    return [*rows, _row("threshold", text, widths, judged, "units")]
