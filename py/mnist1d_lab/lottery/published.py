"""What was published about tickets at 92 % sparsity, as printed. Nothing here is computed or ours.

Test accuracies in percent on fresh data, each with that of the dense network beside it. The two
sources disagree: the figure of Greydanus & Kobak (2024), read off, and what the runs of its
notebook lottery-tickets.ipynb stored. The figure has one dense network for all; each stored run has
its own. The notebook's text calls the swapped halves chunks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Pair = tuple[float, float]  # test accuracy of the arm, and of its dense network


class PublishedArm(NamedTuple):
    """An arm in a condition, as published."""

    arm: str
    condition: str
    figure: Pair | None
    rerun: Pair | None


PUBLISHED = (
    PublishedArm("lottery", "fresh", (70.6, 64.0), (65.85, 64.2)),
    PublishedArm("random", "fresh", (58.0, 64.0), (59.95, 64.2)),
    PublishedArm("lottery", "reinitialized", (67.3, 64.0), (65.5, 63.8)),
    PublishedArm("lottery", "shuffled", (63.0, 64.0), (62.8, 63.8)),
    PublishedArm("lottery", "flipped", None, (62.8, 63.05)),
    PublishedArm("lottery", "halves", None, (61.85, 64.1)),
)
# Two stored runs of one dense network, equal in all their settings: how far apart runs end.
RERUN_DENSE_TWICE = (60.6, 66.4)
ADJACENT_RATIO = 1.66  # pairs of adjacent survivors, ticket to random mask
SPARSITY = 91 / 99  # of these tickets: level 91 of 99 equal parts
SETTINGS = {"hidden": 500, "steps": 6000, "batch_size": 500}


def gain_in(arm: str, condition: str) -> Callable[[str], float | None]:
    """Return what gives, for a source, the published accuracy minus the dense network's, in points.

    It gives None where a source has none.
    """

    def gain(source: str) -> float | None:
        pair = _pair(arm, condition, source)
        return None if pair is None else round(pair[0] - pair[1], 2)

    return gain


def lost_by_shuffling(source: str) -> float | None:
    """Return the ticket's published accuracy minus that on shuffled inputs, in points."""
    fresh, shuffled = (_pair("lottery", c, source) for c in ("fresh", "shuffled"))
    return None if fresh is None or shuffled is None else round(fresh[0] - shuffled[0], 2)


def _pair(arm: str, condition: str, source: str) -> Pair | None:
    for row in PUBLISHED:
        if (row.arm, row.condition) == (arm, condition):
            return row.figure if source == "figure" else row.rerun
    return None
