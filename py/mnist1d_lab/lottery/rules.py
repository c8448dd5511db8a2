"""The rules of a search, one small function each; a page's visitor may write others in their place.

Which weights go (`magnitude`, `magnitude_increase`), what the others go back to (`rewind`), how
many are gone at a level (`geometric`, `linear`). All but the last two work on one array of
parameters at a time. They count, rank and train nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mnist1d_lab.types import Array, Masks, Params

if TYPE_CHECKING:
    from mnist1d_lab.lottery.spec import LotterySpec


def magnitude(weights: Array, initial: Array, grads: Array | None, masks: Array) -> Array:
    """Return the score of each weight: the lowest of a layer are pruned first.

    All have the shape of `weights`: (outputs, inputs) of a weight matrix, (outputs,) of a bias.
    `weights` are as training left them, `initial` as they were drawn; `masks` is 1 for those that
    are still there. An edited rule also gets `grads`, the gradient of the mean training loss.
    """
    return np.abs(weights)


def magnitude_increase(weights: Array, initial: Array, grads: Array | None, masks: Array) -> Array:
    """Return how much |weight| has grown in training (Zhou et al. 2019): the lowest go first.

    All have the shape of `weights`: (outputs, inputs) of a weight matrix, (outputs,) of a bias.
    `weights` are as training left them, `initial` as they were drawn; `masks` is 1 for those that
    are still there. An edited rule also gets `grads`, the gradient of the mean training loss.
    """
    return np.abs(weights) - np.abs(initial)


def rewind(initial: Array, trained: Array, masks: Array) -> Array:
    """Return the values from which the weights that are left train again.

    All have one shape. `initial` are the values that the search goes back to, as they were drawn or
    at its `rewind_step`; `trained` those that the training before left; `masks` is 0 for what is
    pruned, which stays 0 whatever is returned.
    """
    return initial * masks


def geometric(level: int, spec: LotterySpec) -> float:
    """Return the share of the prunable weights that is pruned at a level, 0 to 1; 0 at level 0."""
    return min(float(1 - (1 - spec.prune_fraction) ** level), spec.final_sparsity)


def linear(level: int, spec: LotterySpec) -> float:
    """Return the share of the prunable weights that is pruned at a level, 0 to 1; 0 at level 0."""
    return float(np.linspace(0, spec.final_sparsity, spec.levels + 1)[level])


Score = Callable[[Array, Array, "Array | None", Array], Array]
Rewind = Callable[[Array, Array, Array], Array]
Schedule = Callable[[int, "LotterySpec"], float]
CRITERIA: dict[str, Score] = {"magnitude": magnitude, "magnitude_increase": magnitude_increase}
SCHEDULES: dict[str, Schedule] = {"geometric": geometric, "linear": linear}


class Rules(NamedTuple):
    """The rules of one search; None stands for what its spec says, and costs nothing."""

    score: Score | None = None
    rewind: Rewind | None = None
    schedule: Schedule | None = None
    gradient: Callable[[Params, Masks], Params] | None = None  # what an edited `score` gets


OURS = Rules()
