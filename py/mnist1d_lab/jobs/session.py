"""A network of the four models as jobs need it: from its seed, its state or its weights. No job."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import numpy as np

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import make_optimizer
from mnist1d_lab.types import Bytes, Model, Network
from mnist1d_lab.validation import refuse

IDENTITY = 32  # bytes
HEAD = 3  # float64: steps done, and the optimiser's two powers of beta


def model_of(spec: TrainSpec) -> Model:
    """Return the model of a spec, with as many inputs and outputs as its dataset has."""
    inputs, outputs = spec.dataset.final_seq_length, spec.dataset.classes
    models: dict[str, Model] = {
        "logistic": Logistic(inputs, outputs),
        "mlp": MLP(inputs, spec.hidden, outputs),
        "cnn": CNN(inputs, outputs=outputs),
        "gru": GRU(inputs, outputs=outputs),
    }
    return models[spec.model]


def _initial(spec: TrainSpec) -> Network:
    model = model_of(spec)
    return model.network(model.init(np.random.default_rng(spec.seed)))


def _identity(spec: TrainSpec, rest: Bytes) -> Bytes:
    """Return 32 bytes that only this training's network at this step has.

    How long a training goes on and when it is measured changes no step that is done.
    """
    fields = {**dataclasses.asdict(spec), "steps": None, "eval_every": None}
    if not spec.dataset.source:
        del fields["dataset"]["source"]  # younger than states that pages have at hand
    text = json.dumps(fields, sort_keys=True).encode()
    return np.frombuffer(hashlib.sha256(text + rest.tobytes()).digest(), np.uint8)


class Session:
    """A network, its optimiser and the steps done: what a training needs to go on."""

    def __init__(self, spec: TrainSpec, state: Bytes | None) -> None:
        """Start from the seed, or from `state`; ValueError if that is another training's."""
        self.spec, self.network = spec, _initial(spec)
        self.optimizer: Adam = make_optimizer(self.network, spec)
        self.step = 0
        if state is not None:
            self._restore(state)

    def _vectors(self) -> tuple[Any, Any, Any]:
        return self.network.values, self.optimizer.mean, self.optimizer.square

    def _restore(self, state: Bytes) -> None:
        identity, rest = state[:IDENTITY], state[IDENTITY:].copy()  # a copy is aligned
        if not np.array_equal(identity, _identity(self.spec, rest)):
            raise refuse("state", state, "what this very training returned, unchanged")
        head = rest[: 8 * HEAD].view(np.float64)
        self.step = int(head[0])
        self.optimizer.power1, self.optimizer.power2 = head[1:].tolist()
        parts = np.split(rest[8 * HEAD :].view(np.float32), 3)
        for vector, part in zip(self._vectors(), parts, strict=True):
            vector[...] = part

    def state(self) -> Bytes:
        """Return all of it as bytes, uint8, in this machine's byte order, with its identity."""
        powers = self.optimizer.power1, self.optimizer.power2
        head = np.array([self.step, *powers], np.float64)
        rest = np.concatenate([part.view(np.uint8) for part in (head, *self._vectors())])
        return np.concatenate([_identity(self.spec, rest), rest])

    def weights(self) -> Bytes:
        """Return the network alone as bytes, uint8, of its parameters: see `network_of`."""
        return self.network.values.astype("<f4").view(np.uint8)


def network_of(spec: TrainSpec, state: Bytes | None, weights: Bytes | None) -> Network:
    """Return the network of a training's `state`, of `weights` alone, or else before any step.

    `weights` are float32, the lowest byte first; layer by layer, of each its weights, row by row,
    then its biases. Raises ValueError for those of another network.
    """
    if weights is None:
        return Session(spec, state).network
    network, inputs = _initial(spec), spec.dataset.final_seq_length
    if weights.nbytes != (size := network.values.nbytes):
        raise refuse("weights", weights, f"the {size} bytes of a {spec.model} with {inputs} inputs")
    values = weights.copy().view("<f4")
    if not np.isfinite(values).all():
        place = int(np.flatnonzero(~np.isfinite(values))[0])
        raise refuse("weights", float(values[place]), f"finite numbers; number {place + 1} is none")
    network.values[...] = values
    return network
