"""The types that modules share: arrays, layers, networks, records. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NotRequired, Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
Indices = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Params = dict[str, Array]  # "linear1.weight" -> (outputs, inputs), "linear1.bias" -> (outputs,)
Masks = dict[str, Array]  # of what can be pruned: names and shapes of Params; 1 stays, 0 is pruned
Calls = list[Any]  # what kernels.bind returns, in order
Init = Callable[[np.random.Generator], Params]  # draws a model's initial parameters


class NewBuffer(Protocol):
    """Makes a buffer (features, B) for a batch of B examples."""

    def __call__(self, features: int, name: str = "") -> Array:
        """Return it, filled with zeros; `Network.activations` shows those that have a name."""


class Split(NamedTuple):
    """A dataset as training wants it, train and test part.

    x (inputs, n) and x_test (inputs, n_test) float32; y (n,) and y_test (n_test,) int32.
    """

    x: Array
    y: Labels
    x_test: Array
    y_test: Labels


class Layer(Protocol):
    """What a model needs of a layer: calls bound to buffers (features, B)."""

    def forward(self, x: Array, out: Array, relu: bool) -> Any:
        """Bind: set out (outputs, B) from x (inputs, B)."""

    def backward(self, dy: Array, x: Array) -> Any:
        """Bind: set the gradients from dy (outputs, B) and x (inputs, B)."""

    def backward_input(self, dy: Array, out: Array, accumulate: bool) -> Any:
        """Bind: set out (inputs, B) to the input's gradient, or add it."""


class TrainableLayer(Protocol):
    """What a network needs of a layer, of whatever kind: where its parameters are."""

    inputs: int
    outputs: int
    size: int  # of its parameters as one vector
    mask: Array  # (size,), 0 for what must not change

    def attach(self, values: Array, grads: Array) -> None:
        """Move the parameters and their gradients into these two vectors (size,)."""

    def unpack(self, flat: Array) -> Params:
        """Return the arrays in a vector (size,), by name."""


# Connects layers: (layers, new, x, logits, dlogits) -> calls forward and calls backward.
WireLayers = Callable[[Sequence[Any], NewBuffer, Array, Array, Array], tuple[Calls, Calls]]


class Network(Protocol):
    """What training needs of parameters in training."""

    values: Array  # (n,), all that is trained
    grads: Array  # (n,)
    mask: Array | None  # (n,), 0 for what must not change; None if everything may

    def learn(self, x: Array, labels: Labels) -> None:
        """Set `grads` for the mean loss of a batch: x (inputs, B), labels (B,)."""

    def evaluate(self, x: Array, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy in nats and the accuracy in percent on x (inputs, n)."""

    def activations(self, x: Array) -> dict[str, Array]:
        """Return what each named buffer, (features, B), holds after x (inputs, B)."""

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name."""

    def write(self, params: Params) -> None:
        """Copy the values into `params`."""


class Optimizer(Protocol):
    """What training needs of an optimiser, which is made for one network."""

    def step(self) -> None:
        """Update the network's values once, by its gradients as they are now."""

    def vectors(self) -> tuple[Array, ...]:
        """Return what it remembers of each parameter, float32 (n,) each."""

    def scalars(self) -> tuple[float, ...]:
        """Return what else it remembers."""

    def set_scalars(self, scalars: Sequence[float]) -> None:
        """Go on from what `scalars` returned."""


class Model(Protocol):
    """What training needs of a model."""

    def init(self, rng: np.random.Generator) -> Params:
        """Return fresh float32 parameters."""

    def network(self, params: Params, masks: Masks | None = None) -> Network:
        """Return a copy of `params` in the form that is trained and measured."""


class Evaluation(TypedDict):
    """A network measured on all examples: mean cross-entropy in nats, accuracy in percent."""

    train_loss: float
    train_acc: float
    test_loss: float
    test_acc: float


class Measurement(TypedDict):
    """One record: a training measured once. A flat row of a results file.

    `sparsity` is the share of prunable weights that are pruned, 0 to 1; losses are in nats,
    accuracies in percent. While a search trains, its rows have no `train_loss` and `train_acc`.
    """

    arm: str  # "dense", "lottery", "random", "permuted" or "drawn"; or a model's name
    trial: int
    level: int  # rounds of pruning before it
    step: int  # optimiser updates before it
    sparsity: float
    train_loss: NotRequired[float]
    train_acc: NotRequired[float]
    test_loss: float
    test_acc: float
    best_test_acc: NotRequired[float]  # the highest of its training, in the last row of it


class SearchMeasurement(Measurement):
    """A record of a search, with how local the mask of its first layer is, 0 to 1."""

    p2: float  # the share of windows of 2 adjacent inputs that survive whole
    p3: float
    p4: float
    null2: float  # the same if each unit's survivors were placed at random
    null3: float
    null4: float


class ArmMeasurement(Measurement):
    """A record of the analysis of a ticket."""

    condition: str  # what was changed for it, such as "shuffled"
    fresh_seed: NotRequired[int]  # which fresh dataset; 1 in records that are older than this


class GridRow(TypedDict):
    """What one cell of width and sparsity says of one comparison; see lottery/grid.py."""

    hidden: int
    sparsity: float  # 0 to 1
    survivors: int  # if the cell is matched on their number, else 0
    comparison: str
    n: int  # trials
    mean: float  # points of test accuracy
    low: float | None  # the ends of the 95 % interval; None for fewer than 2 trials
    high: float | None


class GridHolds(TypedDict):
    """From which width on one comparison holds, at a sparsity or a number of survivors."""

    comparison: str
    sparsity: float | None  # 0 to 1; None if survivors are matched
    survivors: int  # if they are matched, else 0
    hidden: int | None  # from this width on the whole interval is above zero; None: from none on
    widths: list[int]  # all at which it is
    of: list[int]  # all that were tried


class Published(TypedDict):
    """A published difference, in points of test accuracy; its two sources disagree."""

    figure: float | None  # read off the published figure; None if it does not show this
    rerun: float | None  # from the notebook's stored output


class VerdictRow(TypedDict):
    """What the records say of one claim; without records `mean` is None and `n` is 0."""

    claim: str
    text: str
    verdict: str  # "supported", "not supported" or "undecided"
    n: int  # trials
    mean: float | None
    low: float | None  # the ends of the 95 % interval; None for fewer than 2 trials
    high: float | None
    unit: str
    published: Published | None
