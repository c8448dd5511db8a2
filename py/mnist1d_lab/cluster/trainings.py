"""Runs a task `train`: one training of one of the four models."""

from __future__ import annotations

from mnist1d_lab import jobs
from mnist1d_lab.cluster.steps import OnSteps, Record, StepsSince
from mnist1d_lab.files.kept import Kept


def steps(args: Record) -> int:
    """Return how many optimiser steps it takes."""
    return int(args["steps"])


def run(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return its records; it is kept only when it is done."""
    found: list[Record] = jobs.run("train", args, StepsSince(on_steps))["records"]
    return found
