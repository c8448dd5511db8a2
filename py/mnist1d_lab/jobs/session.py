"""A network of the four models as jobs need it: from its seed, its state or its weights. No job."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import cached_dataset
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.read_bytes import read_bytes
from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import as_split, make_optimizer
from mnist1d_lab.types import Bytes, Model, Network, Split
from mnist1d_lab.validation import refuse

HEAD = 3  # float64: steps done, and the optimiser's two powers of beta
SHORT = 30  # how much of a long refused value the sentence repeats: letters, or numbers of a list


def model_of(spec: TrainSpec) -> Model:
    """Return the model of a spec, with as many inputs as its dataset has."""
    inputs = spec.dataset.final_seq_length
    models: dict[str, Model] = {
        "logistic": Logistic(inputs),
        "mlp": MLP(inputs, spec.hidden),
        "cnn": CNN(inputs),
        "gru": GRU(inputs),
    }
    return models[spec.model]


@lru_cache(maxsize=4)  # a training in parts needs it again
def split_of(spec: DatasetSpec) -> Split:
    """Return a dataset as training wants it."""
    return as_split(cached_dataset(spec))


def shortened(value: Any) -> Any:
    """Return a value that is refused, short enough for a sentence."""
    return value[:SHORT] if isinstance(value, str | list) else value


def _initial(spec: TrainSpec) -> Network:
    model = model_of(spec)
    return model.network(model.init(np.random.default_rng(spec.seed)))


def _read(name: str, value: Any, size: int, spec: TrainSpec) -> Bytes:
    """Return the bytes of a field; ValueError if they are no bytes, or not of this network."""
    inputs = spec.dataset.final_seq_length
    allowed = f"the {size} bytes of a {spec.model} with {inputs} inputs"
    try:
        found = read_bytes(value)
    except (ValueError, TypeError, OverflowError):
        how = f"{allowed}, as bytes, numbers or base64"
        raise refuse(name, shortened(value), how) from None
    if found.nbytes != size:
        raise refuse(name, f"{found.nbytes} bytes", allowed)
    return found.copy()  # a copy is aligned


class Session:
    """A network, its optimiser and the steps done: what a training needs to go on."""

    def __init__(self, spec: TrainSpec, state: Any) -> None:
        """Start from the seed, or from `state`; ValueError if that is another network's."""
        self.network = _initial(spec)
        self.optimizer: Adam = make_optimizer(self.network, spec)
        self.step = 0
        if state is not None:
            size = 8 * HEAD + sum(vector.nbytes for vector in self._vectors())
            self._restore(_read("state", state, size, spec))

    def _vectors(self) -> tuple[Any, Any, Any]:
        return self.network.values, self.optimizer.mean, self.optimizer.square

    def _restore(self, state: Bytes) -> None:
        head = state[: 8 * HEAD].view(np.float64)
        self.step = int(head[0])
        self.optimizer.power1, self.optimizer.power2 = head[1:].tolist()
        parts = np.split(state[8 * HEAD :].view(np.float32), 3)
        for vector, part in zip(self._vectors(), parts, strict=True):
            vector[...] = part

    def state(self) -> Bytes:
        """Return all of it as bytes, uint8, in this machine's byte order."""
        powers = self.optimizer.power1, self.optimizer.power2
        head = np.array([self.step, *powers], np.float64)
        return np.concatenate([part.view(np.uint8) for part in (head, *self._vectors())])

    def weights(self) -> Bytes:
        """Return the network alone as bytes, uint8, of its parameters: see `network_of`."""
        return self.network.values.astype("<f4").view(np.uint8)


def network_of(spec: TrainSpec, state: Any, weights: Any) -> Network:
    """Return the network of a training's `state`, of `weights` alone, or else before any step.

    `weights` are bytes or base64: float32, the lowest byte first; layer by layer, of each its
    weights, row by row, then its biases. Raises ValueError for those of another network.
    """
    if weights is None:
        return Session(spec, state).network
    if state is not None:
        raise refuse("weights", "both", "left out where there is a state")
    network = _initial(spec)
    network.values[...] = _read("weights", weights, network.values.nbytes, spec).view("<f4")
    return network
