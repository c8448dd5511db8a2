"""The job that trains one of the four models, in one go or in parts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.jobs.fields import packed
from mnist1d_lab.jobs.progress import OURS, Hooks, Job, OnProgress, Reporter
from mnist1d_lab.jobs.session import Session
from mnist1d_lab.models.batches import batches
from mnist1d_lab.models.label_noise import training_split
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import evaluate_all, train_steps
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


def train_job(args: TrainArgs, on_progress: OnProgress, hooks: Hooks = OURS) -> dict[str, Any]:
    """Train one model; return the spec in full and a record at step 0 and each `eval_every`.

    With `until` it stops after that many steps of `steps` in all,
    measures there too, and returns `step` and `state` as well: bytes (uint8), the network and its
    optimiser. Given that `state` it goes on, returns the records after it, and ends with the same
    values as without a stop. With `early_stop` it also returns `stopped`, the step of the last
    update if it gave up, else None; records of later steps repeat what the network is. Raises
    ValueError for the state of another training, and for an `until` that lies before it.
    """
    spec = args.part(TrainSpec)
    session = Session(spec, args.state, hooks)
    until = spec.steps if args.until is None else args.until
    if until < session.step:
        raise refuse("until", until, f"from {session.step} (done) to {spec.steps} (steps)")
    split, network = training_split(spec, hooks.stage), session.network
    batch, reporter = batches(spec, len(split.y)), Reporter(on_progress, until - session.step)

    def record(step: int) -> None:
        label = {"arm": spec.model, "trial": 0, "level": 0, "step": step, "sparsity": 0.0}
        measured = evaluate_all(network, split)
        if step % spec.eval_every == 0:  # where it is cut into parts is no measurement of its own
            session.early.look(step, measured["test_acc"])
        reporter.record({**label, **measured})

    if session.step == 0:
        record(0)
    while session.step < until:
        end = min(until, (session.step // spec.eval_every + 1) * spec.eval_every)
        steps = range(session.step, session.step if session.early.stopped else end)
        train_steps(network, session.optimizer, split, batch, steps, lambda *_: reporter.step())
        reporter.skip(end - session.step - len(steps))
        session.step = end
        record(end)
    result: dict[str, Any] = {"spec": dataclasses.asdict(spec), "records": reporter.records}
    if spec.early_stop:
        result["stopped"] = session.early.step if session.early.stopped else None
    part = {"step": until, "state": session.state()} if args.until is not None else {}
    return {**result, **part}


JOBS = {"train": Job(TrainArgs, train_job, hooks=("model", "optimizer", "stage"))}
