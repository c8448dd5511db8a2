"""The jobs the page, a script or a shell can run: plain dict in, plain arrays and records out.

The only door to the outside (the page's worker and __main__); it knows nothing of JavaScript.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab import data, lottery
from mnist1d_lab.interfaces import Masks, Network, Params, Split
from mnist1d_lab.models import MLP
from mnist1d_lab.specs import DatasetSpec, LotterySpec, TrainSpec
from mnist1d_lab.train import as_split, measure, train

Record = dict[str, Any]
OnProgress = Callable[[dict[str, Any]], None]

PROGRESS_SECONDS = 0.1  # between two reports: often enough for the eye, too seldom to cost


@lru_cache(maxsize=1)
def _draws(spec: DatasetSpec) -> data.Draws:
    return data.draw(spec)


def _make(spec: DatasetSpec) -> dict[str, Any]:
    """Make a dataset, keeping the random draws while only knobs change that do not touch them.

    A slider that is dragged then costs the transforms alone.
    """
    untouched = {
        name: getattr(DatasetSpec, name)
        for name in ("train_split", "scale_coeff", "corr_noise_scale", "iid_noise_scale")
    }
    untouched["shear_scale"] = DatasetSpec.shear_scale
    if not spec.shuffle_seq:
        untouched["final_seq_length"] = DatasetSpec.final_seq_length
    return data.assemble(spec, _draws(dataclasses.replace(spec, **untouched)))


def dataset(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Return a whole dataset: x and x_test float64 in row-major order, y and y_test int32, t.

    `shape` is x's (n_train, length); x_test has the same length. `args` are DatasetSpec's fields.
    """
    made = _make(DatasetSpec.of(args))
    return {
        "x": made["x"].ravel(),
        "y": made["y"].astype(np.int32),
        "x_test": made["x_test"].ravel(),
        "y_test": made["y_test"].astype(np.int32),
        "t": made["t"],
        "shape": list(made["x"].shape),
    }


def digits(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Return the first example of each digit in a dataset, and the ten templates.

    x (10 * length) float64 row-major, t (length); template_x (10 * 12), template_t (12).
    """
    made = _make(DatasetSpec.of(args))
    x, y = np.concatenate([made["x"], made["x_test"]]), np.concatenate([made["y"], made["y_test"]])
    first = [int(np.argmax(y == digit)) for digit in range(10)]
    return {
        "x": x[first].ravel(),
        "t": made["t"],
        "template_x": made["templates"]["x"].ravel(),
        "template_t": made["templates"]["t"],
    }


class Reporter:
    """Tells the caller how far a run is, at most every `PROGRESS_SECONDS`, and of its end."""

    def __init__(self, on_progress: OnProgress, total: int) -> None:
        """Report `total` optimiser steps in all."""
        self.on_progress, self.total = on_progress, total
        self.done, self.last = 0, -PROGRESS_SECONDS
        self.records: list[Record] = []
        self.current: list[Record] = []

    def step(self) -> None:
        """Count one optimiser step."""
        self.done += 1
        if self.due():
            self.report()

    def due(self) -> bool:
        """Return whether the last report is long enough ago."""
        return time.perf_counter() - self.last >= PROGRESS_SECONDS

    def record(self, record: Record) -> None:
        """Keep a finished measurement and report it."""
        self.records.append(record)
        if self.done == self.total or self.due():
            self.report()

    def report(self) -> None:
        """Send done, total, the records so far and, in a lottery, the network in training."""
        self.last = time.perf_counter()
        self.on_progress(
            {
                "done": self.done,
                "total": self.total,
                "records": self.records,
                "current": self.current,
            }
        )


def _mlp(spec: TrainSpec | LotterySpec) -> MLP:
    return MLP(inputs=spec.dataset.final_seq_length, hidden=spec.hidden)


def train_job(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`."""
    spec = TrainSpec.of(args)
    split, model = as_split(_make(spec.dataset)), _mlp(spec)
    reporter = Reporter(on_progress, spec.steps)

    def record(step: int, network: Network) -> None:
        label = {"arm": spec.model, "trial": 0, "level": 0, "step": step, "sparsity": 0.0}
        reporter.record({**label, **measure(network, split)})

    def on_step(step: int, network: Network) -> None:
        reporter.step()
        if step % spec.eval_every == 0 or step == spec.steps:
            record(step, network)

    params = model.init(np.random.default_rng(spec.seed))
    record(0, model.network(params))
    train(model, params, split, spec, on_step)
    return {"spec": dataclasses.asdict(spec), "records": reporter.records}


def lottery_job(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Find lottery tickets; return the spec in full and a record per arm, trial and level.

    Progress carries, beside the finished records, the test accuracy of the network in training as
    `current`, measured every `eval_every` steps.
    """
    spec = LotterySpec.of(args)
    split, model = as_split(_make(spec.dataset)), _mlp(spec)
    reporter = Reporter(on_progress, spec.total_steps)

    def train_once(params: Params, masks: Masks, label: Record) -> Record:
        def on_step(step: int, network: Network) -> None:
            if step % spec.eval_every == 0:
                reporter.current = [{**label, "step": step, **_test(network, split)}]
            reporter.step()

        network = train(model, params, split, spec, on_step, masks)
        return {**label, "step": spec.steps, **measure(network, split)}

    for record in lottery.run(spec, model.init, train_once):
        reporter.current = []
        reporter.record(record)
    return {"spec": dataclasses.asdict(spec), "records": reporter.records}


def plan(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Return how a lottery splits into one lottery a trial: spec, parts (arguments) and total.

    Trials are independent: part t, run anywhere, gives the records of trial t, labelled trial 0.
    """
    spec = LotterySpec.of(args)
    parts = [{**args, "trials": 1, "seed": spec.seed + trial} for trial in range(spec.trials)]
    return {"spec": dataclasses.asdict(spec), "parts": parts, "total": spec.total_steps}


def _test(network: Network, split: Split) -> dict[str, float]:
    loss, accuracy = network.evaluate(split.x_test, split.y_test)
    return {"test_loss": loss, "test_acc": accuracy}


JOBS = {
    "dataset": dataset,
    "digits": digits,
    "train": train_job,
    "lottery": lottery_job,
    "plan": plan,
}


def run(
    job: str, args: Mapping[str, Any] | None = None, on_progress: OnProgress = lambda _: None
) -> dict[str, Any]:
    """Run a job by name. Raises ValueError naming the field, the value and what is allowed."""
    if job not in JOBS:
        raise ValueError(f"job must be {', '.join(JOBS)}, got {job!r}")
    if not isinstance(args, Mapping | None):
        raise ValueError(f"args must be a dict of the job's fields, got {args!r}")
    return JOBS[job](args or {}, on_progress)
