"""The jobs of the four models: train one, in one go or in parts, and look inside it.

Plain dict in, plain arrays and records out. Part of the door of jobs.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.datasets import made
from mnist1d_lab.fields import refuse
from mnist1d_lab.interfaces import Bytes, Model, Split
from mnist1d_lab.models import MLP, Logistic
from mnist1d_lab.optim import Adam
from mnist1d_lab.reporter import OnProgress, Reporter
from mnist1d_lab.sequence_models import CNN, GRU
from mnist1d_lab.specs import DatasetSpec, TrainSpec
from mnist1d_lab.train import adam, advance, as_split, measure

Args = Mapping[str, Any]

HEAD = 3  # float64: steps done, and the optimiser's two powers of beta


def model_of(spec: TrainSpec) -> Model:
    """Return the model a spec asks for, with as many inputs as its dataset has."""
    inputs = spec.dataset.final_seq_length
    models: dict[str, Model] = {
        "logistic": Logistic(inputs),
        "mlp": MLP(inputs, spec.hidden),
        "cnn": CNN(inputs),
        "gru": GRU(inputs),
    }
    return models[spec.model]


@lru_cache(maxsize=4)  # a training in parts comes back to it
def _split(spec: DatasetSpec) -> Split:
    return as_split(made(spec))


class Session:
    """A network, its optimiser and how far they are: what a training needs to go on."""

    def __init__(self, spec: TrainSpec, state: Bytes | None) -> None:
        """Start from the seed, or where `state` was; ValueError if it is another network's."""
        model = model_of(spec)
        self.network = model.network(model.init(np.random.default_rng(spec.seed)))
        self.optimizer: Adam = adam(self.network, spec)
        self.step = 0
        if state is not None:
            self._restore(spec, state)

    def _vectors(self) -> tuple[Any, Any, Any]:
        return self.network.values, self.optimizer.mean, self.optimizer.square

    def _restore(self, spec: TrainSpec, state: Bytes) -> None:
        size = 8 * HEAD + sum(vector.nbytes for vector in self._vectors())
        if state.nbytes != size:
            allowed = (
                f"the {size} bytes of a {spec.model} with {spec.dataset.final_seq_length} inputs"
            )
            raise refuse("state", f"{state.nbytes} bytes", allowed)
        head = state[: 8 * HEAD].view(np.float64)
        self.step = int(head[0])
        self.optimizer.power1, self.optimizer.power2 = head[1:].tolist()
        parts = np.split(state[8 * HEAD :].view(np.float32), 3)
        for vector, part in zip(self._vectors(), parts, strict=True):
            vector[...] = part

    def state(self) -> Bytes:
        """Return all of it as bytes, in this machine's order: from here a training goes on."""
        powers = self.optimizer.power1, self.optimizer.power2
        head = np.array([self.step, *powers], np.float64)
        return np.concatenate([part.view(np.uint8) for part in (head, *self._vectors())])


def _bytes(value: Any) -> Bytes | None:
    return None if value is None else np.array(np.frombuffer(value, np.uint8))


def train_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`.

    With `until` it stops after that many steps of `steps` in all, and measures there too; given
    what it then returned as `state` it goes on, and ends with the same values as without a stop.
    Records of a part are those after its state. `state` is bytes: the network and its optimiser.
    """
    fields = {key: value for key, value in args.items() if key not in ("state", "until")}
    spec = TrainSpec.of(fields)
    session = Session(spec, _bytes(args.get("state")))
    until = int(args.get("until") or spec.steps)
    if not session.step <= until <= spec.steps:
        raise refuse("until", until, f"from {session.step} (done) to {spec.steps} (steps)")
    split, network = _split(spec.dataset), session.network
    reporter = Reporter(on_progress, until - session.step)

    def record(step: int) -> None:
        label = {"arm": spec.model, "trial": 0, "level": 0, "step": step, "sparsity": 0.0}
        reporter.record({**label, **measure(network, split)})

    def on_step(step: int, _: object) -> None:
        reporter.step()
        if step % spec.eval_every == 0 or step == until:
            record(step)

    if session.step == 0:
        record(0)
    steps = range(session.step, until)
    advance(network, session.optimizer, split, spec, steps, on_step)
    session.step = until
    return {
        "spec": dataclasses.asdict(spec),
        "records": reporter.records,
        "step": until,
        "state": session.state(),
    }


JOBS = {"train": train_job}
