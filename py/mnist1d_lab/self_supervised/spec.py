"""What a self-supervised training can be asked for: checked fields and defaults. Trains nothing."""

from __future__ import annotations

from dataclasses import dataclass

from mnist1d_lab.dataset.spec import MAX_SEED, DatasetSpec
from mnist1d_lab.models.spec import CNN_LEAST, dataset_value, require_both_parts
from mnist1d_lab.validation import Spec, checked, choice, integer, real, refuse

MOST_EPOCHS = 100_000
MOST_PAIRS = 2000  # of a batch: the loss compares all of them with each other
MOST_PROJECTOR_LAYERS = 4
NEGATIVES = ("all", "second")  # views that a view is compared with, but for its own other one
# The networks that are compared: how many linear layers their projector has.
ARMS = {"default": 2, "none": 0, "deep": 4}


@dataclass(frozen=True)
class ContrastSpec(Spec):
    """A training of an encoder by SimCLR (Chen et al. 2020): without labels, on pairs of views.

    The encoder is the published CNN without its last layer; `projector` linear layers follow, of
    which none is used afterwards. A view of a signal is it without its linear trend, rolled by 0 to
    `max_roll` places, with a new slope (normal, `slope` is its standard deviation, per place) and a
    new offset (normal, `offset`). The loss is InfoNCE at a `temperature`: each view has to find the
    other view of its signal among all other views of its batch, or, with `negatives` "second", each
    first view among the second ones alone. Each epoch goes through all training signals in an order
    of its own. With 0 epochs the encoder stays as it was drawn. The optimiser is Adam.

    >>> ContrastSpec(projector=0).temperature
    0.5
    """

    dataset: DatasetSpec = checked(DatasetSpec(), dataset_value, "fields of `DatasetSpec`")
    projector: int = integer(2, 0, MOST_PROJECTOR_LAYERS)
    temperature: float = real(0.5, 0.01, 100)
    max_roll: int = integer(9, 0, 10_000)
    slope: float = real(0.04, 0, 100)
    offset: float = real(0.3, 0, 100)
    epochs: int = integer(200, 0, MOST_EPOCHS)
    batch_size: int = integer(100, 2, MOST_PAIRS)
    learning_rate: float = real(0.01, 0, open_ends=True)
    seed: int = integer(0, 0, MAX_SEED)
    negatives: str = choice("all", *NEGATIVES)

    def __post_init__(self) -> None:
        """Check each field, then the split and the length."""
        super().__post_init__()
        require_both_parts(self.dataset)
        if (length := self.dataset.final_seq_length) < CNN_LEAST:
            allowed = f"at least {CNN_LEAST} for the encoder, whose first kernel spans 5 numbers"
            raise refuse("final_seq_length", length, allowed)
