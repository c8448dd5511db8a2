"""What a training can be asked for: its checked fields and defaults. Trains nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.dataset.spec import (
    MAX_SEED,
    MOST_IN_BATCH,
    MOST_STEPS,
    DatasetSpec,
)  # fmt: skip
from mnist1d_lab.validation import RefusedError, Spec, checked, choice, integer, real, refuse

MODELS = ("logistic", "mlp", "cnn", "gru")
# The settings of the data that the four models are compared over, one at a time.
SWEEPS: dict[str, tuple[float, ...]] = {
    "max_translation": (1, 4, 8, 16, 24, 36, 48, 60),
    "corr_noise_scale": (0, 0.1, 0.25, 0.5, 0.75, 1),
    "final_seq_length": (8, 12, 20, 30, 40, 56, 72),
}
CNN_LEAST = 3  # inputs: with one zero at each end, the first kernel of 5 just fits


def dataset_value(value: Any) -> DatasetSpec:
    """Check a spec's field `dataset`: a DatasetSpec, or a dict of its fields."""
    if isinstance(value, DatasetSpec | Mapping):
        return DatasetSpec.of(value)
    raise RefusedError("a dict of DatasetSpec's fields")


def require_both_parts(dataset: DatasetSpec) -> None:
    """Refuse a split that leaves nothing to train or nothing to test on."""
    if not all(dataset.parts):
        allowed = f"such that both parts of the {sum(dataset.parts)} examples have at least one"
        raise refuse("train_split", dataset.train_split, allowed)


@dataclass(frozen=True)
class TrainSpec(Spec):
    """One training of one model, with Adam; a step is one optimiser update on one batch.

    `hidden` is for the MLP; the other models have the published sizes and refuse another. The
    network is measured at step 0, each `eval_every` steps and at the end.
    """

    model: str = choice("mlp", *MODELS)
    dataset: DatasetSpec = checked(DatasetSpec(), dataset_value, "fields of `DatasetSpec`")
    hidden: int = integer(100, 1, 2000)
    steps: int = integer(2000, 1, MOST_STEPS)
    batch_size: int = integer(100, 1, MOST_IN_BATCH)
    learning_rate: float = real(0.01, 0, open_ends=True)
    beta1: float = real(0.9, 0, 0.9999)
    beta2: float = real(0.999, 0, 0.999999)
    eval_every: int = integer(100, 1, MOST_STEPS)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then the split."""
        super().__post_init__()
        if self.model != "mlp" and self.hidden != TrainSpec.hidden:
            raise refuse("hidden", self.hidden, f"left out for {self.model}")
        require_both_parts(self.dataset)
        length = self.dataset.final_seq_length
        if self.model == "cnn" and length < CNN_LEAST:
            allowed = f"at least {CNN_LEAST} for the CNN, whose first kernel spans 5 numbers"
            raise refuse("final_seq_length", length, allowed)
