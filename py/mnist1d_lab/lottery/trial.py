"""One trial of a search: what its trainings start from, and what they leave. The loop is search.py.

The training itself is given by the caller as `train_once`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.lottery import adjacency, pruning
from mnist1d_lab.lottery.rules import CRITERIA, OURS, Rules
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
    rules: Rules = OURS

    @classmethod
    def of(
        cls,
        spec: LotterySpec,
        number: int,
        init: Init,
        train_once: TrainOnce,
        rules: Rules = OURS,
    ) -> Trial:
        """Draw the trial's initial parameters."""
        initial = init(np.random.default_rng(spec.seed + number))
        full = pruning.full_masks(initial, spec.prune_biases)
        return cls(spec, number, initial, full, train_once, rules)

    def train(
        self, arm: str, level: int, start: Params, masks: Masks, before: Trained | None = None
    ) -> Trained:
        """Train a masked copy of `start`, from the step it was rewound to (dense: from step 0).

        An edited rule of rewinding also sees what the training `before` left.
        """
        label: Record = {"arm": arm, "trial": self.number, "level": level}
        label |= {"sparsity": pruning.sparsity(masks)}
        label |= adjacency.measures(pruning.first_layer(masks))
        first_step = 0 if arm == "dense" else self.spec.rewind_step
        if self.rules.rewind and before:
            start = pruning.rewind(start, masks, before.scored, self.rules.rewind)
        return self.train_once(pruning.rewind(start, masks), masks, label, first_step)

    def origin(self, dense: Trained) -> Params:
        """Return what survivors are rewound to."""
        return dense.rewound if self.spec.rewind_step else self.initial

    def sparsity(self, level: int) -> float:
        """Return the share of prunable weights that are to be pruned at a level."""
        edited = self.rules.schedule
        return edited(level, self.spec) if edited else self.spec.sparsity(level)

    def prune(self, level: int, masks: Masks, trained: Trained) -> Masks:
        """Prune masks to the sparsity of `level`: the smallest after the training go first."""
        return self.prune_to(self.sparsity(level), masks, trained)

    def prune_to(self, sparsity: float, masks: Masks, trained: Trained) -> Masks:
        """Prune masks to a sparsity, as `prune` does."""
        score, gradient = self.rules.score or CRITERIA[self.spec.criterion], self.rules.gradient
        grads = gradient(trained.scored, masks) if gradient else None
        scores = pruning.scores(score, trained.scored, self.initial, grads, masks)
        return pruning.prune(scores, masks, sparsity, self.spec.scope)
