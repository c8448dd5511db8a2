"""What can be asked for: frozen, checked specs with the published defaults. No computation here."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.fields import (
    RefusedError,
    Spec,
    checked,
    choice,
    flag,
    integer,
    real,
    refuse,
)

MAX_SEED = 2**32 - 1  # what NumPy's RandomState takes
MAX_SCALE = 1000.0  # far beyond use, far within float64


def _padding(value: Any) -> tuple[int, int]:
    allowed = "two whole numbers, low then high, with 0 <= low <= high <= 10000"
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise RefusedError(allowed)
    low, high = value
    for end in value:
        if isinstance(end, bool) or not isinstance(end, numbers.Integral):
            raise RefusedError(allowed)
    if not 0 <= low <= high <= 10_000:
        raise RefusedError(allowed)
    return int(low), int(high)


@dataclass(frozen=True)
class DatasetSpec(Spec):
    """The knobs of the generator: names, meanings and defaults of the reference `get_dataset_args`.

    Lengths are in samples of the padded signal, scales in units of the unpadded template's height.
    """

    num_samples: int = integer(5000, 10, 1_000_000)
    train_split: float = real(0.8, 0, 1)
    template_len: int = integer(12, 1, 10_000)
    padding: tuple[int, int] = checked((36, 60), _padding)
    scale_coeff: float = real(0.4, 0, MAX_SCALE)
    max_translation: int = integer(48, 1)
    corr_noise_scale: float = real(0.25, 0, MAX_SCALE)
    iid_noise_scale: float = real(0.02, 0, MAX_SCALE)
    shear_scale: float = real(0.75, 0, MAX_SCALE)
    shuffle_seq: bool = flag(False)
    final_seq_length: int = integer(40, 2, 10_000)
    seed: int = integer(42, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then what they must be together."""
        super().__post_init__()
        if self.padded_length < 2:
            raise refuse("padding", self.padding, "long enough to make template_len + high >= 2")
        if self.max_translation > self.padded_length:
            allowed = (
                f"a whole number from 1 (no shift) to {self.padded_length} "
                "(the padded length, template_len + padding)"
            )
            raise refuse("max_translation", self.max_translation, allowed)

    @property
    def padded_length(self) -> int:
        """Length every signal is stretched to after padding (72 for the published settings)."""
        return self.template_len + self.padding[1]


def _dataset(value: Any) -> DatasetSpec:
    if isinstance(value, DatasetSpec | Mapping):
        return DatasetSpec.of(value)
    raise RefusedError("a dict of DatasetSpec's fields")


def _trainable(spec: TrainSpec | LotterySpec) -> None:
    """Refuse a split that leaves nothing to train or nothing to test on."""
    dataset = spec.dataset
    examples = dataset.num_samples // 10 * 10  # the reference rounds down to whole classes
    if not 0 < int(examples * dataset.train_split) < examples:
        allowed = f"such that both parts of the {examples} examples have at least one"
        raise refuse("train_split", dataset.train_split, allowed)


@dataclass(frozen=True)
class TrainSpec(Spec):
    """One training run of one model (steps are optimiser updates, one batch each)."""

    model: str = choice("mlp", "mlp")
    dataset: DatasetSpec = checked(DatasetSpec(), _dataset)
    hidden: int = integer(100, 1, 2000)
    steps: int = integer(2000, 1)
    batch_size: int = integer(100, 1)
    learning_rate: float = real(0.01, 0, open_ends=True)
    eval_every: int = integer(100, 1)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then the split."""
        super().__post_init__()
        _trainable(self)


@dataclass(frozen=True)
class LotterySpec(Spec):
    """Iterative magnitude pruning with rewinding (Frankle & Carbin 2019), with its controls.

    Each of `levels` rounds prunes the fraction `prune_fraction` of what is left in each layer.
    Trial t uses `seed + t` for the initial weights and the random masks.
    """

    preset: str = choice("quick", "quick")
    dataset: DatasetSpec = checked(DatasetSpec(), _dataset)
    hidden: int = integer(200, 1, 2000)
    steps: int = integer(1000, 1)
    batch_size: int = integer(100, 1)
    learning_rate: float = real(0.01, 0, open_ends=True)
    levels: int = integer(5, 1, 100)
    prune_fraction: float = real(0.37, 0, 1, open_ends=True)
    prune_biases: bool = flag(True)
    eval_every: int = integer(100, 1)
    trials: int = integer(3, 1, 1000)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, the split, and that the last trial's seed is still one."""
        super().__post_init__()
        _trainable(self)
        if self.seed + self.trials - 1 > MAX_SEED:
            raise refuse("seed", self.seed, f"at most {MAX_SEED} for the last trial")

    def sparsity(self, level: int) -> float:
        """Return the fraction of prunable weights gone at a level; level 0 is unpruned."""
        return float(1 - (1 - self.prune_fraction) ** level)

    @property
    def total_steps(self) -> int:
        """Optimiser steps in all: per trial one dense training, then two arms a level."""
        return self.trials * self.steps * (1 + 2 * self.levels)
