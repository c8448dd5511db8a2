"""Runs one task as the table of kinds says, and labels its records."""

from __future__ import annotations

from mnist1d_lab.cluster.kinds import KINDS
from mnist1d_lab.cluster.steps import OnSteps, Record
from mnist1d_lab.cluster.tasks import Task
from mnist1d_lab.files.kept import Kept


def steps_of(task: Task) -> int:
    """Return how many optimiser steps a task takes, at most."""
    return KINDS[task.job].steps(task.args)


def run_task(task: Task, kept: Kept, on_steps: OnSteps = lambda _: None) -> list[Record]:
    """Return a task's records, with its labels; of what is kept nothing is computed again."""
    return labelled(task, run_plain(task, kept, on_steps))


def run_plain(task: Task, kept: Kept, on_steps: OnSteps = lambda _: None) -> list[Record]:
    """Return a task's records without labels: those of all tasks of this name."""
    records: list[Record] | None = kept.load(task.name)
    if records is None:
        records = KINDS[task.job].run(task.args, kept, on_steps)
        kept.save(task.name, records)
    else:
        on_steps(steps_of(task))
    return records


def labelled(task: Task, records: list[Record]) -> list[Record]:
    """Return records with the trial, and the values of the grid."""
    return [{**record, **task.labels} for record in records]
