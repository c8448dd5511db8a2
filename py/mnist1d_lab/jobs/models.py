"""The jobs of the four models: train one, in one go or in parts, and look inside it.

Plain dict in, plain arrays and records out. Part of the door of jobs.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import made
from mnist1d_lab.dataset.generator import get_templates
from mnist1d_lab.dataset.spec import DatasetSpec, TrainSpec
from mnist1d_lab.jobs.progress import OnProgress, Reporter
from mnist1d_lab.jobs.read_bytes import read_bytes
from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.train import adam, advance, as_split, measure
from mnist1d_lab.types import Array, Bytes, Model, Split
from mnist1d_lab.validation import refuse

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

    def __init__(self, spec: TrainSpec, state: Any) -> None:
        """Start from the seed, or where `state` was; ValueError if it is another network's."""
        model = model_of(spec)
        self.network = model.network(model.init(np.random.default_rng(spec.seed)))
        self.optimizer: Adam = adam(self.network, spec)
        self.step = 0
        if state is not None:
            self._restore(spec, read_bytes(state).copy())  # in a place of its own, aligned

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


def train_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`.

    With `until` it stops after that many steps of `steps` in all, measures there too, and returns
    `step` and `state` as well; given that `state` it goes on, and ends with the same values as
    without a stop. Records of a part are those after its state, which is bytes: the network and its
    optimiser.
    """
    fields = {key: value for key, value in args.items() if key not in ("state", "until")}
    spec = TrainSpec.of(fields)
    session = Session(spec, args.get("state"))
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
    made = {"spec": dataclasses.asdict(spec), "records": reporter.records}
    part = {"step": until, "state": session.state()} if "until" in args else {}
    return {**made, **part}


FIRST = {"logistic": "linear", "mlp": "linear1", "cnn": "conv1"}  # layers one can make sense of


def _softmax(logits: Array) -> Array:
    """Return the probabilities (C, B)."""
    power = np.exp(logits - logits.max(axis=0))
    return np.asarray(power / power.sum(axis=0))


def inspect(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Look inside a network: TrainSpec's fields and its `state`, or none for its first weights.

    Returns the first layer's `weights` (rows * columns, float32; none of a GRU) and their `rows`;
    of all test examples, in order, `labels` (n, int32) and `probabilities` (n * 10, float32);
    of test example `example` its `x` (length), the `template` (12) of its digit and `activations`:
    name, rows and values (rows * columns) of each hidden layer, a row a channel or unit.
    """
    fields = {key: value for key, value in args.items() if key not in ("state", "example")}
    spec = TrainSpec.of(fields)
    network, split = Session(spec, args.get("state")).network, _split(spec.dataset)
    count = len(split.y_test)
    example = int(args.get("example") or 0)
    if not 0 <= example < count:
        raise refuse("example", example, f"from 0 to {count - 1}, the last test example")
    looks = [network.look(split.x_test[:, i : i + 100])["logits"] for i in range(0, count, 100)]
    seen = network.look(np.ascontiguousarray(split.x_test[:, example : example + 1]))
    first = network.unpack(network.values).get(f"{FIRST.get(spec.model)}.weight")
    rows = len(first) if first is not None else 0
    return {
        "weights": first.ravel().copy() if first is not None else np.empty(0, np.float32),
        "rows": rows,
        "labels": split.y_test.astype(np.int32),
        "probabilities": _softmax(np.concatenate(looks, axis=1)).T.ravel(),
        "x": split.x_test[:, example].copy(),
        "template": get_templates(spec.dataset.templates)["x"][int(split.y_test[example])],
        "activations": [
            {"name": name, **_picture(spec.model, values.ravel())}
            for name, values in seen.items()
            if name != "logits"
        ],
    }


def _picture(model: str, values: Array) -> dict[str, Any]:
    """Return activations with the time along the columns, if they have one."""
    if model == "gru":  # moment by moment, both directions at each: turned
        turned = np.ascontiguousarray(values.reshape(-1, 2 * GRU().units).T)
        return {"rows": len(turned), "values": turned.ravel()}
    return {"rows": CNN().channels if model == "cnn" else 1, "values": values}


JOBS = {"train": train_job, "inspect": inspect}
