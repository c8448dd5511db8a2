"""What one training of the double descent can be asked for, and the widths. Trains nothing.

The published protocol: the notebook `deep-double-descent` of github.com/greydanus/mnist1d.
"""

from __future__ import annotations

from dataclasses import dataclass

from mnist1d_lab.dataset.spec import MAX_SEED, DatasetSpec
from mnist1d_lab.models.spec import dataset_value, require_both_parts
from mnist1d_lab.validation import Spec, checked, choice, integer, real

# Units of each hidden layer: those of the published figure.
WIDTHS = (2, 3, 4, 5, 7, 9, 12, 16, 21, 27, 36, 47, 61, 80, 104, 135, 177, 230, 300)
LOSSES = ("cross_entropy", "squared_error")
# The published data.
DATASET = DatasetSpec(num_samples=16_000, train_split=0.25)  # 4000 to train on, 12 000 to test on
PER_DECADE = 10  # measured epochs: evenly spaced on a logarithmic axis


@dataclass(frozen=True)
class DescentSpec(Spec):
    """One training of a network inputs-width-width-classes by SGD with momentum.

    Of the training labels a share `label_noise` is drawn anew, uniformly from all classes; so one
    in ten of those stays right by chance. What is drawn depends on `seed`. The test labels stay.

    >>> DescentSpec(width=47).epochs
    500
    """

    width: int = integer(47, 1, 500)
    label_noise: float = real(0.15, 0, 1)
    epochs: int = integer(500, 1, 5000)
    loss: str = choice("cross_entropy", *LOSSES)
    dataset: DatasetSpec = checked(DATASET, dataset_value, "fields of `DatasetSpec`")
    learning_rate: float = real(0.01, 0, open_ends=True)
    momentum: float = real(0.9, 0, 0.9999)
    batch_size: int = integer(100, 1, 10_000)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then the split."""
        super().__post_init__()
        require_both_parts(self.dataset)

    @property
    def hidden(self) -> int:
        """Return the units of a hidden layer, as other trainings name them."""
        return self.width

    @property
    def depth(self) -> int:
        """Return how many hidden layers there are."""
        return 2

    @property
    def steps(self) -> int:
        """Return how many updates there are in all epochs."""
        return self.epochs * -(-self.dataset.parts[0] // self.batch_size)


@dataclass(frozen=True)
class CNNDescentSpec(DescentSpec):
    """The same training of the published CNN; `width` counts the filters of each convolution.

    >>> CNNDescentSpec(width=10).loss
    'cross_entropy'
    """

    width: int = integer(18, 1, 100)
    loss: str = choice("cross_entropy", "cross_entropy")  # it has no other


def measured_epochs(epochs: int) -> tuple[int, ...]:
    """Return the epochs after which a network is measured: 0, ten in each decade, and the last.

    >>> measured_epochs(20)
    (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20)
    """
    decades = range(PER_DECADE * len(str(epochs)))
    grid = {round(10 ** (step / PER_DECADE)) for step in decades}
    return tuple(sorted({0, epochs, *(epoch for epoch in grid if epoch <= epochs)}))
