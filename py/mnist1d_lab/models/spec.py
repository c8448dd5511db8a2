"""What a training can be asked for: its checked fields and defaults. Trains nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mnist1d_lab.dataset.spec import (
    MAX_SEED,
    MOST_IN_BATCH,
    MOST_STEPS,
    DatasetSpec,
)  # fmt: skip
from mnist1d_lab.validation import RefusedError, Spec, checked, choice, integer, real, refuse

MODELS = ("logistic", "mlp", "cnn", "gru")
# The CNNs of the comparison of pooling, by the reference's names: see pooling_cnn.py.
POOLING = {
    "no_pool": "none", "stride_2": "stride", "max_pool": "max", "avg_pool": "average",
    "l2_pool": "l2",
}  # fmt: skip
# The settings of the data that the four models are compared over, one at a time.
SWEEPS: dict[str, tuple[float, ...]] = {
    "max_translation": (1, 4, 8, 16, 24, 36, 48, 60),
    "corr_noise_scale": (0, 0.1, 0.25, 0.5, 0.75, 1),
    "final_seq_length": (8, 12, 20, 30, 40, 56, 72),
}
OPTIMIZERS = ("adam", "momentum", "sgd")
# How weights are drawn: "default" is each layer's own of PyTorch, the others are torch.nn.init's.
INITS = ("default", "kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal")
BATCH_ORDERS = ("in_order", "shuffled", "with_replacement")
MOST_LAYERS = 4  # hidden ones of the MLP
# Fields that came after results and links were kept, with the value that asks for what was always
# done: while they have it they are left out of keys and states, so that the old ones stay valid.
LATER: dict[str, Any] = {
    "optimizer": "adam", "momentum": 0.9, "weight_decay": 0.0, "init": "default",
    "batch_order": "in_order", "label_noise": 0.0, "depth": 2, "early_stop": 0,
}  # fmt: skip
CNN_LEAST = 3  # inputs: with one zero at each end, the first kernel of 5 just fits
POOLED_LEAST = 4  # inputs: halved twice


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


class Optimised(Protocol):
    """A spec that has an optimiser."""

    @property
    def optimizer(self) -> str:
        """Return its name."""

    @property
    def momentum(self) -> float:
        """Return its coefficient."""


def require_momentum_used(spec: Optimised) -> None:
    """Refuse a momentum that the optimiser has none of."""
    if spec.optimizer != "momentum" and spec.momentum != LATER["momentum"]:
        raise refuse("momentum", spec.momentum, f"left out for {spec.optimizer}, which has none")


@dataclass(frozen=True)
class TrainSpec(Spec):
    """One training of one model; a step is one optimiser update on one batch.

    `hidden` and `depth`, the number of hidden layers, are for the MLP; the other models have the
    published sizes and refuse others. The network is measured at step 0, each `eval_every` steps
    and at the end. `optimizer`, `momentum` and `weight_decay` (L2, added to the gradient) are as in
    torch.optim.Adam and SGD; betas are Adam's. A `batch_order` in order goes through the examples
    as they are, again and again; shuffled, each pass has an order of its own, as a DataLoader with
    shuffle=True; with replacement, each batch is drawn anew. `label_noise` is the share of the
    training labels that another class replaces, drawn from the seed of the data; test labels stay,
    and the training accuracy is that on the replaced ones. With `early_stop` N the updates end once
    the test accuracy has not been above its best for N measurements in a row: the test set is
    looked at for that, so the accuracy it stops at is a little too good.

    >>> TrainSpec(model="cnn").steps
    2000
    """

    model: str = choice("mlp", *MODELS, *POOLING)
    dataset: DatasetSpec = checked(DatasetSpec(), dataset_value, "fields of `DatasetSpec`")
    hidden: int = integer(100, 1, 2000)
    steps: int = integer(2000, 1, MOST_STEPS)
    batch_size: int = integer(100, 1, MOST_IN_BATCH)
    learning_rate: float = real(0.01, 0, open_ends=True)
    beta1: float = real(0.9, 0, 0.9999)
    beta2: float = real(0.999, 0, 0.999999)
    eval_every: int = integer(100, 1, MOST_STEPS)
    seed: int = integer(0, 0, MAX_SEED)
    optimizer: str = choice("adam", *OPTIMIZERS)
    momentum: float = real(0.9, 0, 0.9999)
    weight_decay: float = real(0.0, 0, 1)
    init: str = choice("default", *INITS)
    batch_order: str = choice("in_order", *BATCH_ORDERS)
    label_noise: float = real(0.0, 0, 1)
    depth: int = integer(2, 1, MOST_LAYERS)
    early_stop: int = integer(0, 0, 1000)

    def __post_init__(self) -> None:
        """Check each field, then the split."""
        super().__post_init__()
        for name in ("hidden", "depth"):
            if self.model != "mlp" and getattr(self, name) != getattr(TrainSpec, name):
                raise refuse(name, getattr(self, name), f"left out for {self.model}")
        require_momentum_used(self)
        require_both_parts(self.dataset)
        length = self.dataset.final_seq_length
        if self.model == "cnn" and length < CNN_LEAST:
            allowed = f"at least {CNN_LEAST} for the CNN, whose first kernel spans 5 numbers"
            raise refuse("final_seq_length", length, allowed)
        if self.model in POOLING and length < POOLED_LEAST:
            allowed = f"at least {POOLED_LEAST} for {self.model}, which halves a signal twice"
            raise refuse("final_seq_length", length, allowed)
