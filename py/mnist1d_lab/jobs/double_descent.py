"""The jobs of the double descent: one training, and what the records of many say of the claims."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.double_descent.claims import verdict
from mnist1d_lab.double_descent.spec import DescentSpec
from mnist1d_lab.double_descent.training import train
from mnist1d_lab.jobs.fields import NUMBER, WHOLE, records
from mnist1d_lab.jobs.progress import Job, OnProgress, Reporter
from mnist1d_lab.types import Evaluation
from mnist1d_lab.validation import Spec


def double_descent(spec: DescentSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Train one network of a width; return the spec in full, `parameters` and the records.

    A record has width, seed, epoch, label_noise; train_loss and test_loss (the mean, of the spec's
    loss); train_error and test_error (percent). Progress counts epochs.
    """
    reporter = Reporter(on_progress, spec.epochs)
    about = {"width": spec.width, "seed": spec.seed, "label_noise": spec.label_noise}

    def record(epoch: int, measured: Evaluation) -> None:
        reporter.record(
            {
                **about,
                "epoch": epoch,
                "train_loss": measured["train_loss"],
                "test_loss": measured["test_loss"],
                "train_error": 100 - measured["train_acc"],
                "test_error": 100 - measured["test_acc"],
            }
        )

    network = train(spec, record, reporter.step)
    return {
        "spec": dataclasses.asdict(spec),
        "parameters": network.values.size,
        "records": reporter.records,
    }


FIELDS = {
    "width": WHOLE, "seed": WHOLE, "epoch": WHOLE, "label_noise": NUMBER,
    "train_error": NUMBER, "test_error": NUMBER,
}  # fmt: skip


@dataclass(frozen=True)
class DescentVerdictArgs(Spec):
    """Records of trainings that differ in width, seed, epoch and label noise alone."""

    records: Any = records(FIELDS)


def descent_verdict(args: DescentVerdictArgs, _: OnProgress) -> dict[str, Any]:
    """Return what the records say of each claim about the double descent, as rows."""
    return {"verdict": verdict(args.records)}


JOBS = {
    "double_descent": Job(DescentSpec, double_descent),
    "descent_verdict": Job(DescentVerdictArgs, descent_verdict),
}
