"""One trial of a search: what its trainings start from, and what they leave. The loop is search.py.

The training itself is given by the caller as `train_once`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.lottery import adjacency, pruning
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.types import Init, Masks, Params

Record = dict[str, Any]  # a SearchMeasurement, or the part of it that is known before training


class Trained(NamedTuple):
    """What a training leaves: what was measured at its end, and copies of its parameters."""

    record: Record
    scored: Params  # as they were after `score_step` updates
    rewound: Params  # as they were after `rewind_step` updates, if there is a rewind_step


class Level(NamedTuple):
    """One finished level of a trial, and all that the next one needs of it."""

    level: int
    records: list[Record]
    next_masks: Masks | None  # the ticket of the level after this; None after the last


# Trains these parameters, in place, from this step on: (params, masks, label, first step).
TrainOnce = Callable[[Params, Masks, Record, int], Trained]


@dataclass(frozen=True)
class Trial:
    """What all levels of one trial share."""

    spec: LotterySpec
    number: int
    initial: Params
    full: Masks  # of the dense network: all ones
    train_once: TrainOnce

    @classmethod
    def of(cls, spec: LotterySpec, number: int, init: Init, train_once: TrainOnce) -> Trial:
        """Draw the trial's initial parameters."""
        initial = init(np.random.default_rng(spec.seed + number))
        return cls(
            spec, number, initial, pruning.full_masks(initial, spec.prune_biases), train_once
        )

    def train(self, arm: str, level: int, start: Params, masks: Masks) -> Trained:
        """Train a masked copy of `start`, from the step it was rewound to (dense: from step 0)."""
        label: Record = {"arm": arm, "trial": self.number, "level": level}
        label |= {"sparsity": pruning.sparsity(masks)}
        label |= adjacency.measures(pruning.first_layer(masks))
        first_step = 0 if arm == "dense" else self.spec.rewind_step
        return self.train_once(pruning.rewind(start, masks), masks, label, first_step)

    def origin(self, dense: Trained) -> Params:
        """Return what survivors are rewound to."""
        return dense.rewound if self.spec.rewind_step else self.initial

    def prune(self, level: int, masks: Masks, trained: Trained) -> Masks:
        """Prune masks to the sparsity of `level`: the smallest after the training go first."""
        return self.prune_to(self.spec.sparsity(level), masks, trained)

    def prune_to(self, sparsity: float, masks: Masks, trained: Trained) -> Masks:
        """Prune masks to a sparsity, as `prune` does."""
        return pruning.next_masks(self.spec, sparsity, masks, trained.scored, self.initial)
