"""The table of what a task may run: a new experiment for `sweep` and `results` is one entry here.

Each has its spec, the function that runs one trial, and where the spec has a trial's seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mnist1d_lab.cluster import cells, searches, trainings
from mnist1d_lab.cluster.steps import OnSteps, Record
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.validation import Spec


@dataclass(frozen=True)
class Kind:
    """How a job becomes tasks.

    `run(args, kept, on_steps)` returns the tidy records of one trial and tells `on_steps` how many
    optimiser steps it took since the last call, `steps(args)` of them in all; what it saves in
    `kept` it need not compute again. `args` are the spec's fields, plain.
    """

    spec: type[Spec]
    run: Callable[[Record, Kept, OnSteps], list[Record]]
    steps: Callable[[Record], int]
    seed: str = "seed"  # path of the field with a trial's seed
    trials: str = ""  # path of the field with the number of trials, which is 1 in a task
    preset: str = "preset"  # path of the field that a grid file's preset goes to
    search: str | None = None  # path of the search that the page opens, "" if it is the spec itself


KINDS = {
    "lottery": Kind(
        LotterySpec, searches.lottery, searches.lottery_steps, trials="trials", search=""
    ),
    "train": Kind(TrainSpec, trainings.run, trainings.steps),
    "arms": Kind(
        PlanArmsArgs, searches.run_arms, searches.arms_steps, seed="lottery.seed",
        trials="lottery.trials", preset="lottery.preset", search="lottery",
    ),
    "cells": Kind(cells.CellsSpec, cells.run, cells.steps),
}  # fmt: skip
