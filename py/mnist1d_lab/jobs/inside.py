"""The jobs that look inside a network: at its weights, its answers, one signal on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import templates_of
from mnist1d_lab.jobs.fields import packed
from mnist1d_lab.jobs.progress import Job, OnProgress
from mnist1d_lab.jobs.session import network_of
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.pooling_cnn import PoolingCNN
from mnist1d_lab.models.spec import POOLING, TrainSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.types import Array, Bytes
from mnist1d_lab.validation import RefusedError, checked, integer, refuse

# The first layer of each model whose weights make sense to a reader.
FIRST = {"logistic": "linear", "mlp": "linear1", "cnn": "conv1", **dict.fromkeys(POOLING, "conv1")}
HIGHEST = 1000.0  # absolute value of a signal's numbers: far beyond any data's, far within float32


def _softmax(logits: Array) -> Array:
    """Return the probabilities (C, B)."""
    power = np.exp(logits - logits.max(axis=0))
    return np.asarray(power / power.sum(axis=0))


@dataclass(frozen=True)
class NetworkArgs(TrainSpec):
    """A network of a training: from its `state`, from `weights` alone, or before any step.

    The form of both is told in session.py.
    """

    state: Bytes | None = packed()
    weights: Bytes | None = packed()

    def __post_init__(self) -> None:
        """Check each field, then that at most one network is given."""
        super().__post_init__()
        if self.state is not None and self.weights is not None:
            raise refuse("weights", self.weights, "left out where there is a state")


@dataclass(frozen=True)
class InspectArgs(NetworkArgs):
    """A network, and the place of a test example."""

    example: int = integer(0, 0)


def inspect(args: InspectArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Look inside a network: at its weights, its answers, and one example on its way through.

    Returns the first layer's `weights` (rows * columns,) float32, empty for a GRU, and their
    `rows`; of all test examples `labels` (n,) int32 and `probabilities` (n * classes,) float32; of
    the one example its `x` (length,), the `template` (12,) of its digit (of data of one's own: the
    mean (length,) of its class), and `activations`: name, rows
    and values (rows * columns,) of each hidden layer, one row for each channel or unit. Raises
    ValueError for an example that does not exist, or for another network's weights.
    """
    spec, example = args.part(TrainSpec), args.example
    network, split = network_of(spec, args.state, args.weights), split_of(spec.dataset)
    count = len(split.y_test)
    if example >= count:
        raise refuse("example", example, f"from 0 to {count - 1}, the last test example")
    logits = [
        network.activations(split.x_test[:, i : i + 100])["logits"] for i in range(0, count, 100)
    ]
    seen = network.activations(np.ascontiguousarray(split.x_test[:, example : example + 1]))
    first = network.unpack(network.values).get(f"{FIRST.get(spec.model)}.weight")
    rows = len(first) if first is not None else 0
    return {
        "weights": first.ravel().copy() if first is not None else np.empty(0, np.float32),
        "rows": rows,
        "labels": split.y_test.astype(np.int32),
        "probabilities": _softmax(np.concatenate(logits, axis=1)).T.ravel(),
        "x": split.x_test[:, example].copy(),
        "template": templates_of(spec.dataset)[int(split.y_test[example])],
        "activations": _layers(spec.model, seen),
    }


def _signal(value: Any) -> Array:
    """Check numbers as a network gets them; return them as float32 (length,)."""
    allowed = f"numbers from {-HIGHEST:g} to {HIGHEST:g}, one for each input"
    try:
        x = np.asarray(value)
    except ValueError:  # lists of unequal lengths
        raise RefusedError(allowed) from None
    if x.ndim != 1 or x.dtype.kind not in "iuf":
        raise RefusedError(allowed)
    wrong = np.flatnonzero(~(np.abs(x) <= HIGHEST))  # NaN is not within
    if len(wrong):
        place = int(wrong[0])
        raise refuse("x", float(x[place]), f"{allowed}; number {place + 1} is wrong")
    return x.astype(np.float32)


@dataclass(frozen=True)
class ClassifyArgs(NetworkArgs):
    """A network, and a signal: numbers in the order of the network's inputs.

    They are in the data's units, in which all examples together have mean 0 and standard
    deviation 1.
    """

    x: Array = checked((), _signal, "`final_seq_length` numbers")

    def __post_init__(self) -> None:
        """Check each field, then the signal's length."""
        super().__post_init__()
        if len(self.x) != (length := self.dataset.final_seq_length):
            raise refuse("x", f"{len(self.x)} numbers", f"{length} numbers, one for each input")


def classify(args: ClassifyArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Say what a network makes of one signal, which need not be in any dataset.

    Returns `probabilities` (classes,) float32, and `activations` as `inspect` does. Raises
    ValueError for an x of another length or with a number beyond ±1000, or for another network's
    weights.
    """
    spec = args.part(TrainSpec)
    seen = network_of(spec, args.state, args.weights).activations(args.x[:, None])
    return {
        "probabilities": _softmax(seen["logits"]).ravel(),
        "activations": _layers(spec.model, seen),
    }


def _layers(model: str, seen: dict[str, Array]) -> list[dict[str, Any]]:
    """Return the hidden layers of what `Network.activations` saw of one signal, by name."""
    hidden = [(name, values.ravel()) for name, values in seen.items() if name != "logits"]
    return [{"name": name, **_rows(model, values)} for name, values in hidden]


def _rows(model: str, values: Array) -> dict[str, Any]:
    """Return a layer's activations as rows: channels or units; columns are positions, if any."""
    if model == "gru":  # step by step, the units of both directions at each step: transpose
        by_unit = np.ascontiguousarray(values.reshape(-1, 2 * GRU().units).T)
        return {"rows": len(by_unit), "values": by_unit.ravel()}
    channels = {"cnn": CNN.channels, **dict.fromkeys(POOLING, PoolingCNN.channels)}
    return {"rows": channels.get(model, 1), "values": values}


JOBS = {"inspect": Job(InspectArgs, inspect), "classify": Job(ClassifyArgs, classify)}
