"""A network of the four models as jobs need it: from its seed, its state or its weights. No job."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import numpy as np

from mnist1d_lab.jobs.progress import OURS, Hooks
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.early_stop import EarlyStop
from mnist1d_lab.models.initialisation import initialiser
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.pooling_cnn import PoolingCNN
from mnist1d_lab.models.spec import LATER, POOLING, TrainSpec
from mnist1d_lab.models.train import make_optimizer
from mnist1d_lab.types import Array, Bytes, Model, Network, Optimizer
from mnist1d_lab.validation import refuse

IDENTITY = 32  # bytes
# Of a state: float64 numbers (steps done, the optimiser's scalars, and of an early stop what it has
# seen), then float32 vectors: the network's values and the optimiser's.


def model_of(spec: TrainSpec) -> Model:
    """Return the model of a spec, with as many inputs and outputs as its dataset has."""
    inputs, outputs = spec.dataset.final_seq_length, spec.dataset.classes
    if spec.model in POOLING:
        return PoolingCNN(POOLING[spec.model], inputs, outputs=outputs)
    models: dict[str, Model] = {
        "logistic": Logistic(inputs, outputs),
        "mlp": MLP(inputs, spec.hidden, outputs, depth=spec.depth),
        "cnn": CNN(inputs, outputs=outputs),
        "gru": GRU(inputs, outputs=outputs),
    }
    return models[spec.model]


def _initial(spec: TrainSpec, hooks: Hooks = OURS) -> Network:
    model = model_of(spec)
    if hooks.model:
        model = hooks.model(spec.dataset.final_seq_length, spec.hidden)
    init = model.init if hooks.model else initialiser(model, spec.init)
    return model.network(init(np.random.default_rng(spec.seed)))


def _identity(spec: TrainSpec, rest: Bytes) -> Bytes:
    """Return 32 bytes that only this training's network at this step has.

    How long a training goes on and when it is measured changes no step that is done, unless it
    may stop early.
    """
    fields = {**dataclasses.asdict(spec), "steps": None, "eval_every": None}
    if spec.early_stop:  # which looks at each measurement
        fields["eval_every"] = spec.eval_every
    fields = {name: value for name, value in fields.items() if (name, value) not in LATER.items()}
    if not spec.dataset.source:
        del fields["dataset"]["source"]  # younger than states that pages have at hand
    text = json.dumps(fields, sort_keys=True).encode()
    return np.frombuffer(hashlib.sha256(text + rest.tobytes()).digest(), np.uint8)


class Session:
    """A network, its optimiser and the steps done: what a training needs to go on."""

    def __init__(self, spec: TrainSpec, state: Bytes | None, hooks: Hooks = OURS) -> None:
        """Start from the seed, or from `state`; ValueError if that is another training's."""
        self.spec, self.network = spec, _initial(spec, hooks)
        self.optimizer: Optimizer = (hooks.optimizer or make_optimizer)(self.network, spec)
        self.step = 0
        self.early = EarlyStop(spec.early_stop)
        if state is not None:
            self._restore(state)

    def _vectors(self) -> tuple[Array, ...]:
        return self.network.values, *self.optimizer.vectors()

    def _restore(self, state: Bytes) -> None:
        identity, rest = state[:IDENTITY], state[IDENTITY:].copy()  # a copy is aligned
        if not np.array_equal(identity, _identity(self.spec, rest)):
            raise refuse("state", state, "what this very training returned, unchanged")
        scalars, vectors = len(self.optimizer.scalars()), self._vectors()
        count = 1 + scalars + len(self.early.seen())
        head = rest[: 8 * count].view(np.float64).tolist()
        self.step = int(head[0])
        self.optimizer.set_scalars(head[1 : 1 + scalars])
        self.early.set_seen(head[1 + scalars :])
        parts = np.split(rest[8 * count :].view(np.float32), len(vectors))
        for vector, part in zip(vectors, parts, strict=True):
            vector[...] = part

    def state(self) -> Bytes:
        """Return all of it as bytes, uint8, in this machine's byte order, with its identity."""
        numbers = self.step, *self.optimizer.scalars(), *self.early.seen()
        head = np.array(numbers, np.float64)
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
