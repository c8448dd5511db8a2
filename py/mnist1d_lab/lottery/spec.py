"""What a search for tickets and its analysis can be asked for, and the presets. Trains nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mnist1d_lab.dataset.spec import MAX_SEED, MOST_IN_BATCH, MOST_STEPS, DatasetSpec
from mnist1d_lab.lottery.rules import SCHEDULES
from mnist1d_lab.models.spec import (
    BATCH_ORDERS,
    INITS,
    LATER,
    MOST_LAYERS,
    OPTIMIZERS,
    TrainSpec,
    dataset_value,
    require_both_parts,
    require_momentum_used,
)
from mnist1d_lab.validation import (
    RefusedError,
    Spec,
    checked,
    choice,
    flag,
    integer,
    names_of,
    real,
    refuse,
)


@dataclass(frozen=True)
class LotterySpec(Spec):
    """Iterative magnitude pruning with rewinding (Frankle & Carbin 2019), with its controls.

    A geometric schedule prunes the share `prune_fraction` of the surviving weights in each of
    `levels` rounds, and none beyond `final_sparsity`; a linear one goes there in equal parts.
    Survivors go back to their initial values or, with `rewind_step` k, to those the dense network
    had after k updates; then they train for the updates after k. Weights are scored as they were
    after `score_step` updates (0: after the last). A random mask has as many weights and as many
    biases in each layer as the ticket of its level; with `random_counts` "together" only as many
    of both together, as published. Trial t uses `seed + t` for the initial weights and the random
    masks. What a training has beside is told in TrainSpec; `depth` is the MLP's number of hidden
    layers, all of which are pruned, with the last one. `of` fills in what `preset` says (see
    PRESETS); the fields' own defaults are those of `quick`.

    >>> round(LotterySpec.of({"preset": "paper"}).sparsity(92), 2)
    0.93
    """

    preset: str = choice("quick", "quick", "quick-small", "paper", "frankle-carbin")
    dataset: DatasetSpec = checked(DatasetSpec(), dataset_value, "fields of `DatasetSpec`")
    hidden: int = integer(500, 1, 2000)
    steps: int = integer(1000, 1, MOST_STEPS)
    batch_size: int = integer(100, 1, MOST_IN_BATCH)
    learning_rate: float = real(0.01, 0, open_ends=True)
    beta1: float = real(0.9, 0, 0.9999)
    beta2: float = real(0.999, 0, 0.999999)
    schedule: str = choice("geometric", "geometric", "linear")
    levels: int = integer(5, 1, 100)
    prune_fraction: float = real(0.4, 0, 1, open_ends=True)
    final_sparsity: float = real(1.0, 0, 1)
    scope: str = choice("layer", "layer", "global")
    prune_biases: bool = flag(True)
    criterion: str = choice("magnitude", "magnitude", "magnitude_increase")
    random_mask: str = choice("nested", "nested", "redrawn")
    random_counts: str = choice("apart", "apart", "together")
    rewind_step: int = integer(0, 0, MOST_STEPS)
    score_step: int = integer(0, 0, MOST_STEPS)
    eval_every: int = integer(100, 1, MOST_STEPS)
    trials: int = integer(3, 1, 1000)
    seed: int = integer(0, 0, MAX_SEED)
    optimizer: str = choice("adam", *OPTIMIZERS)
    momentum: float = real(0.9, 0, 0.9999)
    weight_decay: float = real(0.0, 0, 1)
    init: str = choice("default", *INITS)
    batch_order: str = choice("in_order", *BATCH_ORDERS)
    label_noise: float = real(0.0, 0, 1)
    depth: int = integer(2, 1, MOST_LAYERS)

    def __post_init__(self) -> None:
        """Check each field, then what they must be together."""
        super().__post_init__()
        require_momentum_used(self)
        require_both_parts(self.dataset)
        if self.seed + self.trials - 1 > MAX_SEED:
            raise refuse("seed", self.seed, f"at most {MAX_SEED} for the last trial")
        if self.rewind_step >= self.steps:
            raise refuse("rewind_step", self.rewind_step, f"less than steps ({self.steps})")
        if self.score_step and not self.rewind_step < self.score_step <= self.steps:
            allowed = f"0 (the last), or above rewind_step and at most steps ({self.steps})"
            raise refuse("score_step", self.score_step, allowed)

    @classmethod
    def of(cls, source: object) -> Self:
        """Read a spec as `Spec.of` does; what a dict leaves out is its preset's."""
        if not isinstance(source, Mapping):
            return super().of(source)
        fields = PRESETS.get(str(source.get("preset", "quick")), {})
        return super().of({**fields, **source})

    def sparsity(self, level: int) -> float:
        """Return the share of prunable weights that are pruned at a level; 0 at level 0."""
        return SCHEDULES[self.schedule](level, self)

    def steps_at(self, level: int) -> int:
        """Optimiser steps of one trial at a level: one dense training at level 0, then two arms."""
        return 2 * (self.steps - self.rewind_step) if level else self.steps

    @property
    def total_steps(self) -> int:
        """Optimiser steps of all trials."""
        return self.trials * sum(self.steps_at(level) for level in range(self.levels + 1))

    def training(self) -> TrainSpec:
        """Return the settings of the dense training."""
        known = names_of(type(self))
        names = [name for name in names_of(TrainSpec) if name in known]
        return TrainSpec(**{name: getattr(self, name) for name in names})

    def parts(self) -> list[LotterySpec]:
        """Return the trials as lotteries of one trial each."""
        trials = range(self.trials)
        return [dataclasses.replace(self, trials=1, seed=self.seed + trial) for trial in trials]


# The fields in which each preset differs from `quick`.
PRESETS: dict[str, dict[str, Any]] = {
    "quick": {},
    "quick-small": {"hidden": 200, "prune_fraction": 0.37},
    "paper": {
        "steps": 1501,
        "learning_rate": 0.02,
        "schedule": "linear",
        "levels": 99,
        "prune_fraction": 0.37,  # not used by a linear schedule, but a part of kept results' names
        "final_sparsity": 1.0,
        "random_mask": "redrawn",
        "random_counts": "together",
        "score_step": 1001,
        "trials": 2,
    },
    "frankle-carbin": {"hidden": 200, "levels": 15, "prune_fraction": 0.2, "prune_biases": False},
}
PRESET_WORDS = {  # title and sentence
    "quick": (
        "Quick",
        "The whole effect in a minute or two: 500 hidden units and five levels, each pruning 40 % "
        "of the remaining weights, to 92 % sparsity.",
    ),
    "quick-small": (
        "Quick, too narrow",
        "The same with 200 hidden units, to 90 % sparsity: reinitialised, its tickets lose to the "
        "dense network. It shows where the claims do not hold.",
    ),
    "paper": (
        "The MNIST-1D paper",
        "The published search: 500 hidden units, 100 trainings from 0 to 100 % sparsity in equal "
        "parts, weights scored as they were at step 1000 of 1500, a new random mask each time.",
    ),
    "frankle-carbin": (
        "Frankle and Carbin",
        "The schedule of the paper that named lottery tickets: 20 % of the remaining weights at "
        "each level, biases never pruned.",
    ),
}

ARMS = ("dense", "lottery", "random", "permuted", "drawn")
# Each condition of the analysis, and what differs from the search in which the ticket was found.
CONDITIONS = {
    "fresh": "the data: made from another seed, as in all conditions but `search`",
    "reinitialized": "also the initial weights: drawn anew",
    "flipped": "also the inputs' order: reversed",
    "chunked": "also the inputs' order: four chunks of them permuted",
    "halves": "also the inputs' order: the two halves swapped, as the published notebook does",
    "shuffled": "also the inputs' order: permuted",
    "late": "also the initial weights: those of the dense network after `late_step` updates",
    "search": "nothing",
}


def _lottery_value(value: Any) -> LotterySpec:
    """Check ArmSpec's field `lottery`: a LotterySpec, or a dict of its fields."""
    if isinstance(value, LotterySpec | Mapping):
        return LotterySpec.of(value)
    raise RefusedError("a dict of LotterySpec's fields")


@dataclass(frozen=True)
class ArmSpec(Spec):
    """One training of the analysis of a ticket: which network, and what is changed for it.

    The network is that of `level` of a search `lottery` (of one trial), with the masks of `arm`, in
    a `condition` of CONDITIONS. A fresh dataset is made from the seed of the search's data plus
    `fresh_seed`. Defaults are the published analysis: 6000 steps, batches of 500.
    """

    lottery: LotterySpec = checked(
        LotterySpec(trials=1), _lottery_value, "`LotterySpec`, one trial"
    )
    level: int = integer(5, 1, 100)
    arm: str = choice("lottery", *ARMS)
    condition: str = choice("fresh", *CONDITIONS)
    steps: int = integer(6000, 1, MOST_STEPS)
    batch_size: int = integer(500, 1, MOST_IN_BATCH)
    learning_rate: float = real(0.0, 0)  # 0: that of the search
    eval_every: int = integer(250, 1, MOST_STEPS)
    late_step: int = integer(100, 1, MOST_STEPS)
    fresh_seed: int = integer(1, 1, 1000)

    def __post_init__(self) -> None:
        """Check each field, then the level and the one trial."""
        super().__post_init__()
        if self.level > self.lottery.levels:
            raise refuse(
                "level", self.level, f"at most the search's levels ({self.lottery.levels})"
            )
        if self.lottery.trials != 1:
            raise refuse("trials", self.lottery.trials, "1 for the ticket of an arm")

    def training(self, dataset: DatasetSpec) -> TrainSpec:
        """Return the settings of this arm's training on a dataset."""
        return dataclasses.replace(
            self.lottery.training(),
            dataset=dataset,
            steps=self.steps,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate or self.lottery.learning_rate,
            eval_every=self.eval_every,
        )


# Fields that are younger than kept results and links, with the value that asks for what was always
# done: while they have it they are left out of keys and hashes, so that the old ones stay valid.
YOUNGER: dict[str, Any] = {
    "templates": "", "source": "", "random_counts": "together", "fresh_seed": 1, **LATER,
}  # fmt: skip


def result_key(spec: LotterySpec | ArmSpec) -> str:
    """Return a short key: specs with the same key have the same result.

    It names kept results and files: 12 hex digits of the SHA-256 of the canonical JSON. The preset
    is left out, since it changes no result; so are fields of YOUNGER that change none.
    """

    def plain(value: dict[str, Any]) -> dict[str, Any]:
        kept = {k: e for k, e in value.items() if k != "preset" and (k, e) not in YOUNGER.items()}
        return {k: plain(e) if isinstance(e, dict) else e for k, e in kept.items()}

    text = json.dumps(plain(dataclasses.asdict(spec)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
