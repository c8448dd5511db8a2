"""Runs the tasks `lottery` and `arms`: a search of one trial, and what takes its ticket apart.

A search is kept level by level, an arm when it is done, so that a task that was stopped goes on
there.
"""

from __future__ import annotations

import base64
import dataclasses

from mnist1d_lab import jobs
from mnist1d_lab.cluster.names import name_of
from mnist1d_lab.cluster.steps import OnSteps, Record, StepsSince
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.lottery import arms
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec


def lottery_steps(args: Record) -> int:
    """Return how many optimiser steps a search takes."""
    return LotterySpec.of(args).total_steps


def lottery(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the records of a search of one trial."""
    return [record for level in _levels(args, kept, on_steps) for record in level["records"]]


def _levels(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the finished levels of a search of one trial: their records and masks in base64."""
    spec = LotterySpec.of(args)
    name, steps = name_of("lottery", spec), StepsSince(on_steps)
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


def _arm_spec(args: Record) -> ArmSpec:
    return ArmSpec.of({name: value for name, value in args.items() if name != "datasets"})


def arms_steps(args: Record) -> int:
    """Return how many optimiser steps a search and its ticket's analysis take."""
    trained = arms.analysis(_arm_spec(args), args["datasets"])
    return lottery_steps(args["lottery"]) + sum(map(arm_steps, trained))


def run_arms(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the records of a search, then those of its ticket's analysis."""
    spec, levels = _arm_spec(args), _levels(args["lottery"], kept, on_steps)
    mask = levels[spec.level - 1]["next_mask"]
    records = [record for level in levels for record in level["records"]]
    for one in arms.analysis(spec, args["datasets"]):
        records += run_arm(one, mask, kept, on_steps)
    return records


def arm_steps(spec: ArmSpec) -> int:
    """Return how many optimiser steps an arm takes."""
    return spec.steps - arms.first_step(spec)


def run_arm(spec: ArmSpec, mask: str | None, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the learning curve of one arm with a ticket (packed, in base64)."""
    name = name_of("arm", spec)
    trained: list[Record] | None = kept.load(name)
    if trained is None:
        plain = {**dataclasses.asdict(spec), "mask": mask}
        trained = jobs.run("arm", plain, StepsSince(on_steps))["records"]
        kept.save(name, trained)
    else:
        on_steps(arm_steps(spec))
    return list(trained)
