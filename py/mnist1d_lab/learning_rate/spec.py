"""What the learning of a learning rate can be asked for: checked fields, defaults. No training."""

from __future__ import annotations

from dataclasses import dataclass

from mnist1d_lab.dataset.spec import MAX_SEED
from mnist1d_lab.validation import Spec, choice, integer, real, refuse

MOST_STEPS, MOST_OUTER_STEPS, MOST_RATE = 5000, 1000, 1000.0
EXAMPLES = 4000  # of the published data, to train on: the most in a batch
WEIGHTS = ("published", "drawn")


@dataclass(frozen=True)
class UnrolledSpec(Spec):
    """A short training whose mean loss is differentiated with respect to its learning rate.

    The network is 40-50-10 with tanh, the data are the published ones, the optimiser is plain SGD
    with one rate for all `steps`; a batch is the next `batch_size` examples in order, from the
    start again at their end. L, the loss in nats, is the mean over the steps of the loss of each
    step's batch before its update. Initial `weights` are those of the published run
    (torch.manual_seed(0) of PyTorch), or drawn from `seed`.

    >>> UnrolledSpec().steps
    200
    """

    steps: int = integer(200, 1, MOST_STEPS)
    batch_size: int = integer(50, 1, EXAMPLES)
    weights: str = choice("published", *WEIGHTS)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then the seed."""
        super().__post_init__()
        if self.weights == "published" and self.seed != UnrolledSpec.seed:
            raise refuse("seed", self.seed, "left out for the published weights")


@dataclass(frozen=True)
class RateSpec(UnrolledSpec):
    """A learning rate, learned from `start` on by SGD on L with the rate `outer_rate`.

    >>> RateSpec().outer_steps
    50
    """

    start: float = real(1.5, 0, MOST_RATE, open_ends=True)
    outer_rate: float = real(0.3, 0, MOST_RATE)
    outer_steps: int = integer(50, 1, MOST_OUTER_STEPS)
