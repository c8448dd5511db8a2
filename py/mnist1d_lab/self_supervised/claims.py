"""What probes of several seeds say of each claim: supported, not supported or undecided.

Differences of test accuracies of linear probes, in points, paired by trial; the interval is
Student's over trials, 95 %. All claims are that a difference is above zero. H is the encoder's last
layer, Z the network's last.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mnist1d_lab.intervals import interval
from mnist1d_lab.models.cnn_gru import KERNELS
from mnist1d_lab.self_supervised import published
from mnist1d_lab.types import VerdictRow

H = len(KERNELS)  # the layer of that name, counted from 1
Z = -1
Arm = tuple[str, int]  # an arm, and the layer that is compared
SUPERVISED: Arm = ("mlp", Z)


class Claim(NamedTuple):
    """A claim: the first arm's accuracy minus the second's is above zero."""

    name: str
    text: str
    more: Arm
    less: Arm
    published: float | None  # the difference, in points


def _published(more: tuple[int, int], less: tuple[int, int]) -> float:
    values = published.LINEAR
    return round(values[more[0]][more[1]] - values[less[0]][less[1]], 1)


CLAIMS = (
    Claim(
        "projector",
        "The encoder’s last layer, H, knows more of the digits than the projector’s output, Z, "
        "which the loss sees",
        ("default", H), ("default", Z), _published((2, H - 1), (2, Z)),
    ),
    Claim(
        "without",
        "H is better with a projector behind it than without",
        ("default", H), ("none", H), _published((2, H - 1), (0, H - 1)),
    ),
    Claim(
        "untrained",
        "H is better than that of a network that was never trained",
        ("default", H), ("untrained", H), None,
    ),
    Claim(
        "supervised",
        "A linear probe of H, trained without labels, beats an MLP that is trained with them",
        ("default", H), SUPERVISED, round(published.LINEAR[2][H - 1] - published.MLP, 1),
    ),
)  # fmt: skip


def _accuracies(records: Sequence[Mapping[str, Any]], arm: Arm) -> dict[int, float]:
    """Return the linear accuracies of an arm's layer by trial."""
    name, layer = arm
    own = [record for record in records if record["arm"] == name]
    last = max((record["layer"] for record in own), default=0)
    wanted = last if layer == Z else layer
    return {r["trial"]: r["linear_acc"] for r in own if r["layer"] == wanted}


def verdict(records: Sequence[Mapping[str, Any]]) -> list[VerdictRow]:
    """Return what records of probes say of each claim; without records it is undecided, n = 0."""
    return [_row(claim, records) for claim in CLAIMS]


def _row(claim: Claim, records: Sequence[Mapping[str, Any]]) -> VerdictRow:
    more, less = _accuracies(records, claim.more), _accuracies(records, claim.less)
    values = [more[trial] - less[trial] for trial in sorted(more.keys() & less.keys())]
    mean, low, high = interval(values) if values else (None, math.nan, math.nan)
    has_ends = len(values) > 1
    judged = "supported" if low > 0 else "not supported" if high <= 0 else "undecided"
    return {
        "claim": claim.name,
        "text": claim.text,
        "verdict": judged,
        "n": len(values),
        "mean": mean,
        "low": low if has_ends else None,
        "high": high if has_ends else None,
        "unit": "points",
        "published": {"figure": None, "rerun": claim.published} if claim.published else None,
    }
