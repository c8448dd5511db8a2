"""What is changed for a controlled experiment on a ticket: its data, its weights or its mask.

Source: the analysis in Greydanus & Kobak (notebook lottery-tickets.ipynb), with four controls it
lacks: the permuted mask, the same with new initial weights, late rewinding, and a dense network
beside each. Nothing here trains.
What each condition changes is in CONDITIONS of spec.py.

The initial weights are those that the search rewound to: if it has a rewind_step, the dense
network's after that many updates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import islice

import numpy as np

from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery.spec import ArmSpec
from mnist1d_lab.types import Indices, Init, Masks, Params, Split
from mnist1d_lab.validation import refuse

CHUNKS = 4
# What the page runs by itself; any other pair of arm and condition can be asked for.
ANALYSIS = (
    ("dense", "fresh"),
    ("lottery", "fresh"),
    ("random", "fresh"),
    ("permuted", "fresh"),
    ("dense", "reinitialized"),
    ("lottery", "reinitialized"),
    ("permuted", "reinitialized"),
    *((arm, condition) for condition in ("flipped", "chunked", "halves", "shuffled", "late")
      for arm in ("dense", "lottery")),
)  # fmt: skip


def analysis(spec: ArmSpec, datasets: int) -> list[ArmSpec]:
    """Return the trainings that take a ticket apart, on each of so many fresh datasets."""
    return [
        dataclasses.replace(spec, arm=arm, condition=condition, fresh_seed=fresh_seed)
        for fresh_seed in range(spec.fresh_seed, spec.fresh_seed + datasets)
        for arm, condition in ANALYSIS
    ]


def _rng(spec: ArmSpec, purpose: int) -> np.random.Generator:
    """Return the random numbers for one purpose; 1 is for the search's random masks."""
    return np.random.default_rng([spec.lottery.seed, purpose])


def dataset(spec: ArmSpec) -> DatasetSpec:
    """Return the spec of the arm's data before its inputs are put in another order."""
    searched = spec.lottery.dataset
    if spec.condition == "search":
        return searched
    return dataclasses.replace(searched, seed=(searched.seed + spec.fresh_seed) % 2**32)


def input_order(spec: ArmSpec) -> Indices:
    """Return the order of the inputs, (inputs,) int32: new input i is old input order[i]."""
    count = spec.lottery.dataset.final_seq_length
    order = np.arange(count, dtype=np.int32)
    if spec.condition == "flipped":
        return order[::-1]
    if spec.condition == "halves":
        return np.roll(order, count // 2)
    if spec.condition == "shuffled":
        return order[nontrivial_permutation(_rng(spec, 3), count)]
    if spec.condition == "chunked":
        chunks = np.array_split(order, CHUNKS)
        return np.concatenate([chunks[i] for i in nontrivial_permutation(_rng(spec, 2), CHUNKS)])
    return order


def nontrivial_permutation(rng: np.random.Generator, count: int) -> Indices:
    """Return a random permutation (count,), int32; it is the identity only if count is 1."""
    order = rng.permutation(count)
    while count > 1 and np.array_equal(order, np.arange(count)):
        order = rng.permutation(count)
    return order.astype(np.int32)


def reorder(split: Split, order: Indices) -> Split:
    """Return the data with the inputs, the first axis, in this order (inputs,)."""
    x, x_test = (np.ascontiguousarray(part[order]) for part in (split.x, split.x_test))
    return split._replace(x=x, x_test=x_test)


def weights(spec: ArmSpec, init: Init, train_dense: Callable[[int], Params]) -> Params:
    """Return the unmasked weights the arm starts from.

    `train_dense(steps)` gives the dense network after so many updates of the search's training.
    """
    if spec.condition == "reinitialized":
        return init(_rng(spec, 4))
    if steps := spec.late_step if spec.condition == "late" else _rewound(spec):
        return train_dense(steps)
    return init(np.random.default_rng(spec.lottery.seed))


def _rewound(spec: ArmSpec) -> int:
    """Return how many updates of the search are in the weights that the arm starts from.

    In the search itself the dense network started from 0. On fresh data it starts from the rewound
    weights, as the tickets do, so that arms differ in their masks alone.
    """
    own = spec.arm == "dense" and spec.condition == "search"
    return 0 if own else spec.lottery.rewind_step


def first_step(spec: ArmSpec) -> int:
    """Return the step the arm's training starts at: for `search` where the search's own did.

    Raises ValueError if that training would have ended before.
    """
    first = _rewound(spec) if spec.condition == "search" else 0
    if first and spec.steps <= first:
        raise refuse("steps", spec.steps, f"above the search's rewind_step ({first})")
    return first


def masks(spec: ArmSpec, full: Masks, ticket: Masks | None) -> Masks:
    """Return the arm's masks; `ticket` is the lottery's, or a drawn one.

    Raises ValueError if the arm needs a ticket and there is none.
    """
    if spec.arm == "dense":
        return full
    if ticket is None:
        raise refuse("mask", None, f"given for the arm {spec.arm!r}")
    if spec.arm == "random":
        levels = pruning.random_masks(spec.lottery, 0, full)
        return next(islice(levels, spec.level - 1, None))(ticket)
    return permuted(ticket, _rng(spec, 5)) if spec.arm == "permuted" else ticket


def permuted(ticket: Masks, rng: np.random.Generator) -> Masks:
    """Return the ticket with each first-layer unit's survivors moved to random inputs.

    The control for locality: each unit keeps its number of survivors and loses their places.
    """
    first = next(iter(ticket))
    return {**ticket, first: rng.permuted(ticket[first], axis=1)}
