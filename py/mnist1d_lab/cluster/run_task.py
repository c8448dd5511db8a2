"""Runs one task by the jobs, and labels its records. What tasks there are is in tasks.py.

A search is kept level by level, so that a task that was stopped goes on there.
"""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Callable
from typing import Any

from mnist1d_lab import jobs
from mnist1d_lab.cluster.tasks import Task, name_of
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.lottery import arms
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec

Record = dict[str, Any]
OnSteps = Callable[[int], None]  # told how many optimiser steps were done since the last call


def steps_of(task: Task) -> int:
    """Return how many optimiser steps a task takes, at most."""
    if task.job == "train":
        return int(task.args["steps"])
    if task.job == "lottery":
        return LotterySpec.of(task.args).total_steps
    trained = arms.analysis(_arm_spec(task.args), task.args["datasets"])
    search = LotterySpec.of(task.args["lottery"]).total_steps
    return search + sum(spec.steps - arms.first_step(spec) for spec in trained)


def run_task(task: Task, kept: Kept, on_steps: OnSteps = lambda _: None) -> list[Record]:
    """Return a task's records, with its labels; of what is kept nothing is computed again."""
    records = kept.load(task.name)
    if records is None:
        records = RUNNERS[task.job](task.args, kept, on_steps)
        kept.save(task.name, records)
    else:
        on_steps(steps_of(task))
    return [{**record, **task.labels} for record in records]


class _Steps:
    """Turns the reports of one job, which count from its start, into steps since the last one."""

    def __init__(self, on_steps: OnSteps) -> None:
        self.on_steps, self.done = on_steps, 0

    def __call__(self, progress: Record) -> None:
        """Take a report of a job."""
        self.on_steps(progress["done"] - self.done)
        self.done = progress["done"]


def _search(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the finished levels of a search of one trial: their records and masks in base64."""
    spec = LotterySpec.of(args)
    name, steps = name_of("lottery", spec), _Steps(on_steps)
    levels: list[Record] = []
    while len(levels) <= spec.levels and (one := kept.load(f"{name}/level-{len(levels)}")):
        levels.append(one)
        on_steps(spec.steps_at(one["level"]))

    def on_progress(progress: Record) -> None:
        if "checkpoint" in progress:
            level = dict(progress["checkpoint"])
            if level["next_mask"] is not None:
                level["next_mask"] = base64.b64encode(level["next_mask"].tobytes()).decode()
            kept.save(f"{name}/level-{level['level']}", level)
            levels.append(level)
        steps(progress)

    if len(levels) <= spec.levels:
        more = {"checkpoint": levels[-1]} if levels else {}
        jobs.run("lottery", {**args, **more}, on_progress)
    return levels


def _lottery(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    return [record for level in _search(args, kept, on_steps) for record in level["records"]]


def _train(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    found: list[Record] = jobs.run("train", args, _Steps(on_steps))["records"]
    return found


def _arm_spec(args: Record) -> ArmSpec:
    return ArmSpec.of({name: value for name, value in args.items() if name != "datasets"})


def _arms(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the records of a search, then those of its ticket's analysis."""
    spec, levels = _arm_spec(args), _search(args["lottery"], kept, on_steps)
    mask = levels[spec.level - 1]["next_mask"]
    records = [record for level in levels for record in level["records"]]
    for one in arms.analysis(spec, args["datasets"]):
        name = name_of("arm", one)
        if (trained := kept.load(name)) is None:
            plain = {**dataclasses.asdict(one), "mask": mask}
            trained = jobs.run("arm", plain, _Steps(on_steps))["records"]
            kept.save(name, trained)
        else:
            on_steps(one.steps - arms.first_step(one))
        records += trained
    return records


RUNNERS = {"lottery": _lottery, "train": _train, "arms": _arms}
