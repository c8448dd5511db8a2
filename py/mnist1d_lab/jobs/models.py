"""The job that trains one of the four models, in one go or in parts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.jobs.fields import packed
from mnist1d_lab.jobs.progress import Job, OnProgress, Reporter
from mnist1d_lab.jobs.session import Session
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.models.train import batch_of, evaluate_all, train_steps
from mnist1d_lab.types import Bytes
from mnist1d_lab.validation import integer, optional, refuse


@dataclass(frozen=True)
class TrainArgs(TrainSpec):
    """A training; in parts also `until` which step, and the `state` of the part before."""

    state: Bytes | None = packed()
    until: int | None = optional(integer(0, 0))

    def __post_init__(self) -> None:
        """Check each field, then where to stop."""
        super().__post_init__()
        if self.until is not None and self.until > self.steps:
            raise refuse("until", self.until, f"at most steps ({self.steps})")


def train_job(args: TrainArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`.

    With `until` it stops after that many steps of `steps` in all,
    measures there too, and returns `step` and `state` as well: bytes (uint8), the network and its
    optimiser. Given that `state` it goes on, returns the records after it, and ends with the same
    values as without a stop. Raises ValueError for the state of another training, and for an
    `until` that lies before it.
    """
    spec = args.part(TrainSpec)
    session = Session(spec, args.state)
    until = spec.steps if args.until is None else args.until
    if until < session.step:
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
    batch = batch_of(spec, split)
    train_steps(network, session.optimizer, split, batch, steps, on_step)
    session.step = until
    result = {"spec": dataclasses.asdict(spec), "records": reporter.records}
    part = {"step": until, "state": session.state()} if args.until is not None else {}
    return {**result, **part}


JOBS = {"train": Job(TrainArgs, train_job)}
