"""What the records say of each claim about the double descent. No training.

The widths are fixed beforehand. Differences are paired by seed; the interval is Student's over
seeds, 95 %. A claim of which fewer than ENOUGH seeds speak is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.double_descent.spec import LOSSES
from mnist1d_lab.intervals import interval
from mnist1d_lab.types import VerdictRow

Record = Mapping[str, Any]
ENOUGH = 5  # seeds
NOISY, CLEAN = 0.15, 0.0  # the label noise that the claims are about
BELOW, PEAK, ABOVE = 16, 47, 300  # widths: before the peak, at it, and beyond
EARLY = 63  # an epoch; the minimum of the test error over the epochs, chosen on the test set
FITTED = 0.5  # percent of training error
CNN_BELOW, CNN_PEAK, CNN_ABOVE = 10, 18, 100  # filters, of the published curve


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


CNN_CLAIMS = (
    Claim("cnn_rise", "With label noise the CNN's error rises from 10 to 18 filters", NOISY,
          (CNN_PEAK, None), (CNN_BELOW, None)),
    Claim("cnn_descent", "With label noise the CNN's error falls again from 18 to 100 filters",
          NOISY, (CNN_PEAK, None), (CNN_ABOVE, None)),
)  # fmt: skip


class Range(NamedTuple):
    """The widths from which on the training data are fitted: at least `first`, at most `last`."""

    name: str
    first: int
    last: int
    unit: str
    text: str


THRESHOLD = Range("threshold", 36, 61, "units", "a width of 36 to 61")
CNN_THRESHOLD = Range("cnn_threshold", 20, 28, "filters", "20 to 28 filters")


def of_loss(records: Sequence[Record], loss: str = LOSSES[0]) -> list[Record]:
    """Return the records of trainings with a loss; those that name none had cross-entropy."""
    return [record for record in records if record.get("loss", LOSSES[0]) == loss]


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


def last_records(records: Sequence[Record], noise: float = NOISY) -> dict[tuple[int, int], Record]:
    """Return the last record of each training, by seed and width."""
    last: dict[tuple[int, int], Record] = {}
    for record in records:
        key = record["seed"], record["width"]
        if record["label_noise"] == noise and (
            key not in last or record["epoch"] >= last[key]["epoch"]
        ):
            last[key] = record
    return last


def thresholds(records: Sequence[Record], noise: float = NOISY) -> dict[int, int]:
    """Return by seed the smallest width whose last training error is below FITTED percent."""
    found: dict[int, int] = {}
    for (seed, width), record in last_records(records, noise).items():
        if record["train_error"] < FITTED:
            found[seed] = min(width, found.get(seed, width))
    return found


def judge(low: float, high: float, n: int, above: bool) -> str:
    """Return the verdict on n differences whose interval is known."""
    if n < ENOUGH or np.isnan(low):
        return "undecided"
    if low > 0:
        return "supported" if above else "not supported"
    if high <= 0:
        return "not supported" if above else "supported"
    return "undecided"


def make_row(name: str, text: str, values: Sequence[float], verdict: str, unit: str) -> VerdictRow:
    """Return a claim with its verdict, and the mean and interval of these values."""
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


def verdict(
    records: Sequence[Record],
    claims: Sequence[Claim] = CLAIMS,
    threshold: Range = THRESHOLD,
) -> list[VerdictRow]:
    """Return what the records say of each claim, and of the width that fits the data.

    All are about cross-entropy; what squared error changes is in loss_claims.py.
    """
    records, rows = of_loss(records), []
    for claim in claims:
        values = differences(records, claim)
        _, low, high = interval(values) if values else (0.0, np.nan, np.nan)
        judged = judge(low, high, len(values), claim.above)
        rows.append(make_row(claim.name, claim.text, values, judged, "points"))
    widths = [float(width) for _, width in sorted(thresholds(records).items())]
    inside = all(threshold.first <= width <= threshold.last for width in widths)
    judged = "undecided" if len(widths) < ENOUGH else "supported" if inside else "not supported"
    text = f"From {threshold.text} on, the training error is below {FITTED} %"
    return [*rows, make_row(threshold.name, text, widths, judged, threshold.unit)]
