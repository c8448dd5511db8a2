"""Finding lottery tickets: train, prune the smallest, rewind the rest, retrain. The loop, no more.

Source: Frankle & Carbin 2019, "The Lottery Ticket Hypothesis", iterative magnitude pruning with
resetting; the random arm is its control, the dense arm what a ticket is measured against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from mnist1d_lab import pruning
from mnist1d_lab.interfaces import Masks, Params
from mnist1d_lab.specs import LotterySpec

Record = dict[str, Any]
# Trains a copy of nothing: the parameters given, in place; returns what was measured at the end.
TrainOnce = Callable[[Params, Masks, Record], Record]


def run(
    spec: LotterySpec, init: Callable[[np.random.Generator], Params], train_once: TrainOnce
) -> Iterator[Record]:
    """Yield one record per arm, trial and level, as each is trained.

    Level 0 is the unpruned network: one training, reported as `dense` and as where both other arms
    start. `train_once(params, masks, label)` trains in place and returns its measurements.
    """
    for trial in range(spec.trials):
        initial = init(np.random.default_rng(spec.seed + trial))
        rng = np.random.default_rng([spec.seed + trial, 1])  # a stream of its own for random masks
        full = pruning.full_masks(initial, spec.prune_biases)
        masks = {"lottery": full, "random": full}

        trained = pruning.rewind(initial, full)
        dense = train_once(trained, full, _label("dense", trial, 0, full))
        yield from ({**dense, "arm": arm} for arm in ("dense", "lottery", "random"))

        for level in range(1, spec.levels + 1):
            target = spec.sparsity(level)
            scores = {
                "lottery": pruning.magnitude(trained, full),
                "random": pruning.random_scores(rng, full),
            }
            for arm in masks:
                masks[arm] = pruning.prune(scores[arm], masks[arm], target)
                params = pruning.rewind(initial, masks[arm])
                yield train_once(params, masks[arm], _label(arm, trial, level, masks[arm]))
                trained = params if arm == "lottery" else trained


def _label(arm: str, trial: int, level: int, masks: Masks) -> Record:
    return {"arm": arm, "trial": trial, "level": level, "sparsity": pruning.sparsity(masks)}
