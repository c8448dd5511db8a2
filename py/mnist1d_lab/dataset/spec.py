"""What can be asked for: frozen, checked specs with the published defaults. No computation here."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import numbers
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from mnist1d_lab.validation import (
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
MODELS = ("logistic", "mlp", "cnn", "gru")
CNN_LEAST = 3  # inputs that leave its kernels, with one zero at each end, a place


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


POINTS = 12  # of a template
HIGHEST = 10.0  # of a template's points, to either side; the published ones stay within 0.5


def drawings(text: str) -> dict[int, tuple[float, ...]]:
    """Read the templates that a spec draws anew: digit to its 12 points; '' has none."""
    allowed = (
        f"templates as digit:{POINTS} numbers from {-HIGHEST:g} to {HIGHEST:g}, joined by commas, "
        f"each digit once and split by semicolons, such as '1:{','.join('0' * POINTS)}', "
        f"or 10 rows of {POINTS} numbers"
    )
    found: dict[int, tuple[float, ...]] = {}
    for part in text.split(";") if text.strip() else []:
        label, colon, row = part.strip().partition(":")
        try:
            digit, points = int(label), tuple(float(point) for point in row.split(","))
        except ValueError:
            raise RefusedError(allowed) from None
        inside = len(points) == POINTS and all(abs(point) <= HIGHEST for point in points)
        if not (colon and inside and 0 <= digit <= 9 and digit not in found):  # NaN is not inside
            raise RefusedError(allowed)
        found[digit] = points
    return found


def _row(digit: int, points: Iterable[float]) -> str:
    return f"{digit}:{','.join(repr(float(point)).removesuffix('.0') for point in points)}"


def _drawn(value: Any) -> str:
    """Return templates as text; 10 rows of numbers, as the reference has them, are taken too."""
    if value is None:
        return ""
    if not isinstance(value, str):
        try:
            rows = [[float(point) for point in row] for row in value]
        except (TypeError, ValueError):
            rows = []
        value = ";".join(_row(digit, row) for digit, row in enumerate(rows)) or "?"
        value = value if len(rows) == 10 else "?"  # which drawings() refuses
    return ";".join(_row(*drawing) for drawing in sorted(drawings(value).items()))


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
    templates: str = checked("", _drawn)  # those drawn anew, "3:0,0.5,…": see drawings()

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

    @classmethod
    def of(cls, source: object) -> Self:
        """Read a spec as `Spec.of` does; the reference's arguments have no templates."""
        if isinstance(source, cls | Mapping) or hasattr(source, "templates"):
            return super().of(source)
        names = [field.name for field in dataclasses.fields(cls)]
        if [name for name in names if not hasattr(source, name)] != ["templates"]:
            return super().of(source)
        return cls(**{name: getattr(source, name) for name in names if name != "templates"})

    @property
    def padded_length(self) -> int:
        """Length every signal is stretched to after padding (72 for the published settings)."""
        return self.template_len + self.padding[1]


def _dataset(value: Any) -> DatasetSpec:
    if isinstance(value, DatasetSpec | Mapping):
        return DatasetSpec.of(value)
    raise RefusedError("a dict of DatasetSpec's fields")


def _trainable(dataset: DatasetSpec) -> None:
    """Refuse a split that leaves nothing to train or nothing to test on."""
    examples = dataset.num_samples // 10 * 10  # the reference rounds down to whole classes
    if not 0 < int(examples * dataset.train_split) < examples:
        allowed = f"such that both parts of the {examples} examples have at least one"
        raise refuse("train_split", dataset.train_split, allowed)


@dataclass(frozen=True)
class TrainSpec(Spec):
    """One training run of one model (steps are optimiser updates, one batch each).

    `hidden` is the MLP's; the other models have the published sizes.
    """

    model: str = choice("mlp", *MODELS)
    dataset: DatasetSpec = checked(DatasetSpec(), _dataset)
    hidden: int = integer(100, 1, 2000)
    steps: int = integer(2000, 1)
    batch_size: int = integer(100, 1)
    learning_rate: float = real(0.01, 0, open_ends=True)
    beta1: float = real(0.9, 0, 0.9999)
    beta2: float = real(0.999, 0, 0.999999)
    eval_every: int = integer(100, 1)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then the split."""
        super().__post_init__()
        _trainable(self.dataset)
        length = self.dataset.final_seq_length
        if self.model == "cnn" and length < CNN_LEAST:
            allowed = f"at least {CNN_LEAST} for the CNN, whose first kernel spans 5 numbers"
            raise refuse("final_seq_length", length, allowed)


@dataclass(frozen=True)
class LotterySpec(Spec):
    """Iterative magnitude pruning with rewinding (Frankle & Carbin 2019), with its controls.

    A geometric schedule prunes the share `prune_fraction` of what is left in each of `levels`
    rounds, a linear one goes to `final_sparsity` in equal parts. Survivors go back to their initial
    values or, with `rewind_step` k, to those the dense network had after k updates, and train for
    the updates after k. Weights are scored as they were after `score_step` updates (0: after the
    last). Trial t uses `seed + t` for the initial weights and the random masks. `of` fills in what
    `preset` says (see PRESETS); the fields' own defaults are those of `quick`.
    """

    preset: str = choice("quick", "quick", "paper", "frankle-carbin")
    dataset: DatasetSpec = checked(DatasetSpec(), _dataset)
    hidden: int = integer(200, 1, 2000)
    steps: int = integer(1000, 1)
    batch_size: int = integer(100, 1)
    learning_rate: float = real(0.01, 0, open_ends=True)
    beta1: float = real(0.9, 0, 0.9999)
    beta2: float = real(0.999, 0, 0.999999)
    schedule: str = choice("geometric", "geometric", "linear")
    levels: int = integer(5, 1, 100)
    prune_fraction: float = real(0.37, 0, 1, open_ends=True)
    final_sparsity: float = real(1.0, 0, 1)
    scope: str = choice("layer", "layer", "global")
    prune_biases: bool = flag(True)
    criterion: str = choice("magnitude", "magnitude", "magnitude_increase")
    random_mask: str = choice("nested", "nested", "redrawn")
    rewind_step: int = integer(0, 0)
    score_step: int = integer(0, 0)
    eval_every: int = integer(100, 1)
    trials: int = integer(3, 1, 1000)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then what they must be together."""
        super().__post_init__()
        _trainable(self.dataset)
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
        """Return the fraction of prunable weights gone at a level; level 0 is unpruned."""
        if self.schedule == "linear":
            return float(np.linspace(0, self.final_sparsity, self.levels + 1)[level])
        return float(1 - (1 - self.prune_fraction) ** level)

    def steps_at(self, level: int) -> int:
        """Optimiser steps of one trial at a level: one dense training, then two arms each."""
        return 2 * (self.steps - self.rewind_step) if level else self.steps

    @property
    def total_steps(self) -> int:
        """Optimiser steps in all."""
        return self.trials * sum(self.steps_at(level) for level in range(self.levels + 1))

    def training(self) -> TrainSpec:
        """Return the settings of the dense training."""
        names = [field.name for field in dataclasses.fields(TrainSpec) if field.name != "model"]
        return TrainSpec(**{name: getattr(self, name) for name in names})

    def parts(self) -> list[LotterySpec]:
        """Return the trials as lotteries of one trial each."""
        trials = range(self.trials)
        return [dataclasses.replace(self, trials=1, seed=self.seed + trial) for trial in trials]


# What each preset changes of quick's values.
PRESETS: dict[str, dict[str, Any]] = {
    "quick": {},
    "paper": {
        "hidden": 500,
        "steps": 1501,
        "learning_rate": 0.02,
        "schedule": "linear",
        "levels": 99,
        "final_sparsity": 1.0,
        "random_mask": "redrawn",
        "score_step": 1001,
        "trials": 2,
    },
    "frankle-carbin": {"levels": 15, "prune_fraction": 0.2, "prune_biases": False},
}
PRESET_WORDS = {
    "quick": (
        "Quick",
        "The whole effect in seconds: five rounds that each prune 37 % of what is left of a "
        "network of 200 hidden units.",
    ),
    "paper": (
        "The MNIST-1D paper",
        "The published search: 500 hidden units, 100 trainings from 0 to 100 % sparsity in equal "
        "parts, weights scored as they were at step 1000 of 1500, a new random mask each time.",
    ),
    "frankle-carbin": (
        "Frankle and Carbin",
        "The schedule of the paper that named lottery tickets: 20 % of the remaining weights a "
        "round, biases never pruned.",
    ),
}

ARMS = ("dense", "lottery", "random", "permuted", "drawn")
CONDITIONS = ("fresh", "reinitialized", "flipped", "chunked", "shuffled", "late", "search")


def _lottery(value: Any) -> LotterySpec:
    if isinstance(value, LotterySpec | Mapping):
        return LotterySpec.of(value)
    raise RefusedError("a dict of LotterySpec's fields")


@dataclass(frozen=True)
class ArmSpec(Spec):
    """One training that takes a ticket apart: which network, and what was changed for it.

    The network is the ticket's level of its `lottery` (of one trial); see controls.py for the arms
    and conditions. Defaults are the published analysis: 6000 steps, batches of 500.
    """

    lottery: LotterySpec = checked(LotterySpec(trials=1), _lottery)
    level: int = integer(5, 1, 100)
    arm: str = choice("lottery", *ARMS)
    condition: str = choice("fresh", *CONDITIONS)
    steps: int = integer(6000, 1)
    batch_size: int = integer(500, 1)
    learning_rate: float = real(0.0, 0)  # 0: the search's
    eval_every: int = integer(250, 1)
    late_step: int = integer(100, 1)

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


def name(spec: LotterySpec | ArmSpec) -> str:
    """Return a short name: specs with the same name have the same result.

    It keys caches and files: 12 hex digits of the SHA-256 of the canonical JSON. A preset is only
    where values came from, so it does not count.
    """

    def plain(value: dict[str, Any]) -> dict[str, Any]:
        new = {"templates": ""}  # fields younger than kept results, with what is no news
        kept = {k: e for k, e in value.items() if k != "preset" and (k, e) not in new.items()}
        return {k: plain(e) if isinstance(e, dict) else e for k, e in kept.items()}

    text = json.dumps(plain(dataclasses.asdict(spec)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
