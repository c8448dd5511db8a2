"""The job that trains one of the four models, in one go or in parts."""

from __future__ import annotations

import dataclasses
from typing import Any

from mnist1d_lab.jobs.progress import Args, OnProgress, Reporter, split_args
from mnist1d_lab.jobs.session import Session, split_of
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import evaluate_all, train_steps
from mnist1d_lab.validation import refuse


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
    split, network = split_of(spec.dataset), session.network
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


JOBS = {"train": train_job}
