"""The jobs of the four models: train one, in one go or in parts, and look inside it."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import cached_dataset
from mnist1d_lab.dataset.generator import get_templates
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.progress import Args, OnProgress, Reporter, split_args
from mnist1d_lab.jobs.read_bytes import read_bytes
from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.cnn_gru import CNN, GRU
from mnist1d_lab.models.mlp import MLP, Logistic
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import as_split, evaluate_all, make_optimizer, train_steps
from mnist1d_lab.types import Array, Bytes, Model, Split
from mnist1d_lab.validation import refuse

HEAD = 3  # float64: steps done, and the optimiser's two powers of beta


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
def _split(spec: DatasetSpec) -> Split:
    return as_split(cached_dataset(spec))


class Session:
    """A network, its optimiser and the steps done: what a training needs to go on."""

    def __init__(self, spec: TrainSpec, state: Any) -> None:
        """Start from the seed, or from `state`; ValueError if that is another network's."""
        model = model_of(spec)
        self.network = model.network(model.init(np.random.default_rng(spec.seed)))
        self.optimizer: Adam = make_optimizer(self.network, spec)
        self.step = 0
        if state is not None:
            self._restore(spec, read_bytes(state).copy())  # a copy is aligned

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
        """Return all of it as bytes, uint8, in this machine's byte order."""
        powers = self.optimizer.power1, self.optimizer.power2
        head = np.array([self.step, *powers], np.float64)
        return np.concatenate([part.view(np.uint8) for part in (head, *self._vectors())])


def train_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`.

    `args` are TrainSpec's fields. With `until` it stops after that many steps of `steps` in all,
    measures there too, and returns `step` and `state` as well: bytes (uint8), the network and its
    optimiser. Given that `state` it goes on, returns the records after it, and ends with the same
    values as without a stop. Raises ValueError for a bad field, or for another network's state.
    """
    fields, (state, until) = split_args(args, "state", "until")
    spec = TrainSpec.of(fields)
    session = Session(spec, state)
    until = int(until or spec.steps)
    if not session.step <= until <= spec.steps:
        raise refuse("until", until, f"from {session.step} (done) to {spec.steps} (steps)")
    split, network = _split(spec.dataset), session.network
    reporter = Reporter(on_progress, until - session.step)

    def record(step: int) -> None:
        label = {"arm": spec.model, "trial": 0, "level": 0, "step": step, "sparsity": 0.0}
        reporter.record({**label, **evaluate_all(network, split)})

    def on_step(step: int, _: object) -> None:
        reporter.step()
        if step % spec.eval_every == 0 or step == until:
            record(step)

    if session.step == 0:
        record(0)
    steps = range(session.step, until)
    train_steps(network, session.optimizer, split, spec.batch_size, steps, on_step)
    session.step = until
    result = {"spec": dataclasses.asdict(spec), "records": reporter.records}
    part = {"step": until, "state": session.state()} if "until" in args else {}
    return {**result, **part}


# The first layer of each model whose weights make sense to a reader.
FIRST = {"logistic": "linear", "mlp": "linear1", "cnn": "conv1"}


def _softmax(logits: Array) -> Array:
    """Return the probabilities (C, B)."""
    power = np.exp(logits - logits.max(axis=0))
    return np.asarray(power / power.sum(axis=0))


def inspect(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Look inside a network: at its weights, its answers, and one example on its way through.

    `args` are TrainSpec's fields, `state` (none: the initial weights) and `example`, the place of a
    test example. Returns the first layer's `weights` (rows * columns,) float32, empty for a GRU,
    and their `rows`; of all test examples `labels` (n,) int32 and `probabilities` (n * 10,)
    float32; of the one example its `x` (length,), the `template` (12,) of its digit, and
    `activations`: name, rows and values (rows * columns,) of each hidden layer, one row for each
    channel or unit. Raises ValueError for an example that does not exist.
    """
    fields, (state, example) = split_args(args, "state", "example")
    spec = TrainSpec.of(fields)
    network, split = Session(spec, state).network, _split(spec.dataset)
    count, example = len(split.y_test), int(example or 0)
    if not 0 <= example < count:
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
        "template": get_templates(spec.dataset.templates)["x"][int(split.y_test[example])],
        "activations": [
            {"name": name, **_rows(spec.model, values.ravel())}
            for name, values in seen.items()
            if name != "logits"
        ],
    }


def _rows(model: str, values: Array) -> dict[str, Any]:
    """Return a layer's activations as rows: channels or units; columns are positions, if any."""
    if model == "gru":  # step by step, the units of both directions at each step: transpose
        by_unit = np.ascontiguousarray(values.reshape(-1, 2 * GRU().units).T)
        return {"rows": len(by_unit), "values": by_unit.ravel()}
    return {"rows": CNN().channels if model == "cnn" else 1, "values": values}


JOBS = {"train": train_job, "inspect": inspect}
