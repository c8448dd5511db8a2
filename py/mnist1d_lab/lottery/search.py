"""Finding lottery tickets: train, prune the smallest, rewind the rest, retrain. The loop, no more.

Source: Frankle & Carbin 2019, "The Lottery Ticket Hypothesis", iterative magnitude pruning with
resetting; the random arm is its control, the dense arm what a ticket is measured against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.dataset.spec import LotterySpec
from mnist1d_lab.lottery import adjacency, pruning
from mnist1d_lab.types import Masks, Params

Record = dict[str, Any]


class Trained(NamedTuple):
    """What a training leaves: what was measured at its end, and copies of its parameters."""

    record: Record
    scored: Params  # as they were after `score_step` updates
    origin: Params  # as they were after `rewind_step` updates


# Trains the parameters given, in place, from this step on; (params, masks, label, first step).
TrainOnce = Callable[[Params, Masks, Record, int], Trained]
Init = Callable[[np.random.Generator], Params]


class Level(NamedTuple):
    """One finished level of a trial, and all that the next one needs of it."""

    level: int
    records: list[Record]
    next_masks: Masks | None  # the ticket of the level after this; None after the last


def search(
    spec: LotterySpec, trial: int, init: Init, train_once: TrainOnce, found: Level | None = None
) -> Iterator[Level]:
    """Yield the levels of one trial, after `found` if it is given.

    Level 0 is the unpruned network: one training, reported as `dense` and as where both other arms
    start. A search that goes on gives the values of one that never stopped.
    """
    initial = init(np.random.default_rng(spec.seed + trial))
    full = pruning.full_masks(initial, spec.prune_biases)
    randoms = random_masks(spec, trial, full)
    origin, ticket, first = initial, found and found.next_masks, spec.rewind_step

    if found is None or first:  # what the dense network was at `rewind_step` is not kept: train it
        dense = train_once(pruning.rewind(initial, full), full, _label("dense", trial, 0, full), 0)
        origin = dense.origin if first else initial
        if found is None:
            ticket = _prune(spec, dense.scored, initial, full, 1)
            arms = ("dense", "lottery", "random")
            yield Level(0, [{**dense.record, "arm": arm} for arm in arms], ticket)

    for level in range(1, spec.levels + 1):
        random = next(randoms)
        if ticket is None or (found and level <= found.level):
            continue
        trained = {
            arm: train_once(
                pruning.rewind(origin, masks), masks, _label(arm, trial, level, masks), first
            )
            for arm, masks in (("lottery", ticket), ("random", random))
        }
        records = [arm.record for arm in trained.values()]
        last = level == spec.levels
        ticket = (
            None if last else _prune(spec, trained["lottery"].scored, initial, ticket, level + 1)
        )
        yield Level(level, records, ticket)


def _prune(spec: LotterySpec, scored: Params, initial: Params, masks: Masks, level: int) -> Masks:
    scores = (
        pruning.magnitude(scored, masks)
        if spec.criterion == "magnitude"
        else pruning.magnitude_increase(scored, initial, masks)
    )
    return pruning.prune(scores, masks, spec.sparsity(level), spec.scope)


def random_masks(spec: LotterySpec, trial: int, full: Masks) -> Iterator[Masks]:
    """Yield the random masks of levels 1, 2, ..., each within the last or drawn anew."""
    rng = np.random.default_rng([spec.seed + trial, 1])  # a stream of its own
    masks = full
    for level in range(1, spec.levels + 1):
        within = masks if spec.random_mask == "nested" else full
        scores = pruning.random_scores(rng, full)
        masks = pruning.prune(scores, within, spec.sparsity(level), spec.scope)
        yield masks


def _label(arm: str, trial: int, level: int, masks: Masks) -> Record:
    share, first_layer = pruning.sparsity(masks), next(iter(masks.values()))
    label = {"arm": arm, "trial": trial, "level": level, "sparsity": share}
    return {**label, **adjacency.measures(first_layer)}
